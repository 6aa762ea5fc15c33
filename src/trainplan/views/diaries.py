"""Diaries: what one course, group, venue or instructor does when, and how well its time is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from trainplan.model import Programme, Schedule, Session, Whom
from trainplan.portrait import Absence, Use, absences, closed_for, instructor_use, venue_use
from trainplan.views.bars import Canvas
from trainplan.views.console import Screen
from trainplan.views.month_grid import named
from trainplan.views.sessions import within
from trainplan.views.text import hanging, line
from trainplan.words import MONTHS, many, ranged
from trainplan.workdays import ONE_DAY, calendar_of, dates, week_of

GAUGE = 20  # columns of the longest bar


def courses(
    programme: Programme,
    schedule: Schedule,
    screen: Screen,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[RenderableType]:
    """Yield each course with its sessions, and how many of the seats asked for they hold."""
    titles = {id: one.title for id, one in programme.courses.items()}
    canvas = Canvas(programme, schedule, screen)
    for id, own in _split(titles, within(schedule, first, last), lambda one: (one.course,)):
        placed = sum(one.seats for one in schedule.live if one.course == id)
        asked = sum(programme.courses[id].seats.values()) if id in programme.courses else 0
        yield from _head(screen, id, titles.get(id, ""), f"{placed:,} of {many(asked, 'seat')} placed")
        yield from _diary(canvas, own)
        yield from named("Closed", closed_for(programme, "course", id, first, last), screen)


def groups(
    programme: Programme,
    schedule: Schedule,
    screen: Screen,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[RenderableType]:
    """Yield each group's sessions, an umbrella's with its parts', and people away against its cover."""
    canvas = Canvas(programme, schedule, screen)
    away = absences(programme, schedule)
    titles = {id: one.title for id, one in programme.groups.items() if id in away}

    def owners(session: Session) -> list[str]:
        return [
            owner
            for group in session.groups
            for owner in (programme.umbrellas(group) if group in programme.groups else (group,))
        ]

    for id, own in _split(titles, within(schedule, first, last), owners):
        known = programme.groups.get(id)
        told = f"{many(known.headcount, 'person', 'people')}, can spare {known.max_away:,}" if known else ""
        yield from _head(screen, id, titles.get(id, ""), told)
        yield from _diary(canvas, own)
        if known:
            yield from _cover(programme, away[id], screen, first, last)
            yield from named("Closed", closed_for(programme, "group", id, first, last), screen)


def venues(
    programme: Programme,
    schedule: Schedule,
    screen: Screen,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[RenderableType]:
    """Yield the diary of each venue, its days used and idle."""
    titles = {id: one.title for id, one in programme.venues.items()}
    canvas, uses = Canvas(programme, schedule, screen), venue_use(programme, schedule)
    for id, own in _split(titles, within(schedule, first, last), lambda one: one.venues):
        yield from _used(canvas, "venue", id, titles.get(id, ""), own, uses.get(id), first, last)


def instructors(
    programme: Programme,
    schedule: Schedule,
    screen: Screen,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[RenderableType]:
    """Yield the diary of each instructor, the days used and idle."""
    titles = {id: one.name for id, one in programme.instructors.items()}
    canvas, uses = Canvas(programme, schedule, screen), instructor_use(programme, schedule)
    for id, own in _split(titles, within(schedule, first, last), lambda one: one.instructors):
        yield from _used(canvas, "instructor", id, titles.get(id, ""), own, uses.get(id), first, last)


def _split(
    known: Iterable[str], chosen: Iterable[Session], whose: Callable[[Session], Iterable[str]]
) -> Iterator[tuple[str, list[Session]]]:
    """Yield every id with its sessions: the known ones, then those only sessions name, then nobody's."""
    by_id: dict[str, list[Session]] = {id: [] for id in known}
    nobody: list[Session] = []
    for session in chosen:
        names = dict.fromkeys(whose(session))
        for name in names:
            by_id.setdefault(name, []).append(session)
        if not names:
            nobody.append(session)
    yield from by_id.items()
    if nobody:
        yield "(none)", nobody


def _head(screen: Screen, id: str, title: str, told: str) -> Iterator[Text]:
    yield Text()
    name = f" {title}" if title and title != id else ""
    yield hanging(screen, "", line((id, "bold"), name, f": {told}" if told else ""))


def _diary(canvas: Canvas, own: Iterable[Session]) -> Iterator[Text]:
    empty = True
    for session in own:
        empty = False
        yield canvas.key(session, "  ")
    if empty:
        yield hanging(canvas.screen, "  ", Text("no session", style="dim"))


def _used(
    canvas: Canvas,
    whom: Whom,
    id: str,
    title: str,
    own: list[Session],
    use: Use | None,
    first: date | None,
    last: date | None,
) -> Iterator[RenderableType]:
    screen = canvas.screen
    told = ""
    if use is not None:
        told = f"{many(len(use.days), 'day')} used of {len(use.open):,} open ({100 * use.utilisation:.0f} %)"
        longest = use.longest_idle
        if longest is not None:
            stretch = ranged(longest.first, longest.last).replace("–", screen.glyphs.dash)
            told += f"; longest idle {many(longest.days, 'working day')}, {stretch}"
        if first or last:
            told += "; counted over the whole programme"
    yield from _head(screen, id, title, told)
    yield from _diary(canvas, own)
    if use is not None:
        yield from named("Closed", closed_for(canvas.programme, whom, id, first, last), screen)


def _cover(
    programme: Programme, away: Absence, screen: Screen, first: date | None, last: date | None
) -> Iterator[Text]:
    """Yield a line a week: people away each day, and the most of them as a bar against the limit."""
    days = [day for day in away.days if (first or date.min) <= day <= (last or date.max)]
    if not days:
        return
    calendar = calendar_of(programme)
    weekdays = sorted(programme.working_days | {day.weekday() for day in days})
    wide = max(len(f"{away.peak:,}"), 2) + 1
    room = GAUGE if screen.plain else min(GAUGE, screen.width - 10 - wide * len(weekdays) - 12)
    names = "".join("MTWTFSS"[one].rjust(wide) for one in weekdays)
    yield Text(f"  {'away'.ljust(7)}{names}", style="dim")
    for monday in dict.fromkeys(week_of(day) for day in days):
        week = list(dates(monday, monday + 6 * ONE_DAY))
        row = Text(f"  {f'{monday.day} {MONTHS[monday.month - 1]}'.ljust(7)}")
        for weekday in weekdays:
            day = week[weekday]
            count = away.days.get(day, 0)
            empty = screen.glyphs.free if calendar.works(day) else screen.glyphs.off
            inside = (first or date.min) <= day <= (last or date.max)
            row.append(
                (f"{count:,}" if count and inside else empty).rjust(wide), style="" if count else "dim"
            )
        most = max(away.days.get(day, 0) for day in week if day in days)
        share = most / away.limit if away.limit else 2.0
        row.append(" ")
        if room >= 5:
            full = min(round(room * share), room)
            row.append(screen.glyphs.bar * full + screen.glyphs.free * (room - full) + " ")
        row.append(f"{most:,}/{away.limit:,}", style="bold red" if most > away.limit else "")
        row.append(" over" if most > away.limit else "", style="bold red")
        yield row
