"""Where bars, lines and cells of the web page's pictures stand, in pixels; the page itself draws them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from trainplan.exports.facts import Facts, Resource, clean
from trainplan.model import Session, Slot
from trainplan.words import FULL_MONTHS, dated
from trainplan.workdays import dates, week_of

LEFT = 170  # pixels for names
LANE = 17
TOP = 20
COVER = 70  # pixels of a cover graph's highest bar
_NAME = 24  # characters of a name that fit


def calendar(facts: Facts) -> list[dict[str, Any]]:
    """Return the months in which there is a session, as weeks of days with their sessions."""
    on: dict[date, list[Session]] = {}
    for one in facts.schedule.sessions:
        for day in one.days:
            on.setdefault(day, []).append(one)
    months = []
    for year, month in sorted({(day.year, day.month) for day in on}):
        first = date(year, month, 1)
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        cells: list[dict[str, Any] | None] = [None] * first.weekday()
        cells += [_day(facts, day, on.get(day, [])) for day in dates(first, last)]
        cells += [None] * (-len(cells) % 7)
        weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
        months.append({"name": f"{FULL_MONTHS[month - 1]} {year}", "weeks": weeks})
    return months


def _day(facts: Facts, day: date, sessions: Sequence[Session]) -> dict[str, Any]:
    chips = [
        {
            "text": _chip(facts, one, day),
            "colour": facts.colours.get(one.course, 0),
            "gone": one.status == "cancelled",
        }
        for one in sessions
    ]
    off = not facts.calendar.works(day)
    return {"number": day.day, "off": off, "why": clean(facts.calendar.off.get(day, "")), "chips": chips}


def _chip(facts: Facts, session: Session, day: date) -> str:
    text = f"{facts.letters.get(session.course, '?')} {clean(session.id)}"
    periods = facts.programme.periods
    used = [periods[slot.period] for slot in session.slots if slot.day == day]
    if len(used) < len(periods):
        text += f", {clean(', '.join(used))}"
    return text + (", cancelled" if session.status == "cancelled" else "")


class _Scale:
    """From dates to pixels; wide enough for every session, even one outside the programme."""

    def __init__(self, facts: Facts) -> None:
        used = [day for one in facts.schedule.live for day in one.days]
        self.first = min([facts.programme.starts, *used])
        self.last = max([facts.programme.ends, *used])
        self.count = (self.last - self.first).days + 1
        self.day = max(3, min(24, 1000 // self.count))
        self.width = LEFT + self.count * self.day + 24  # the last month's name needs it

    def x(self, day: date) -> int:
        return LEFT + (day - self.first).days * self.day

    def ticks(self) -> list[tuple[int, str]]:
        starts = [day for day in dates(self.first, self.last) if day.day == 1 or day == self.first]
        if len(starts) > 1 and (starts[1] - starts[0]).days * self.day < 55:
            starts = starts[1:]
        return [(self.x(day), f"{FULL_MONTHS[day.month - 1][:3]} {day.year}") for day in starts]


def charts(facts: Facts) -> list[dict[str, Any]]:
    """Return a chart of venues, one of instructors and one of groups, those without any left out."""
    scale = _Scale(facts)
    kinds = (
        ("Venues", "Venue", facts.venues),
        ("Instructors", "Instructor", facts.instructors),
        ("Groups", "Group", facts.groups),
    )
    return [_chart(facts, scale, *kind) for kind in kinds if kind[2]]


def _chart(
    facts: Facts, scale: _Scale, name: str, what: str, resources: Sequence[Resource]
) -> dict[str, Any]:
    rows, table, y = [], [], TOP
    for one in resources:
        lanes: list[Slot] = []
        bars: list[dict[str, Any]] = []
        for session in (one for one in one.sessions if one.slots):
            lane = next((at for at, last in enumerate(lanes) if last < session.slots[0]), len(lanes))
            lanes[lane : lane + 1] = [session.slots[-1]]
            bars += _bars(facts, scale, session, y + 2 + lane * LANE)
            table.append((clean(one.id), clean(session.id), facts.title(session), facts.when(session)))
        label = clean(one.id)
        label = label if len(label) <= _NAME else label[: _NAME - 1] + "…"
        rows.append({"y": y, "label": label, "bars": bars})
        y += max(len(lanes), 1) * LANE + 2
    off = [
        (scale.x(day), scale.day) for day in dates(scale.first, scale.last) if not facts.calendar.works(day)
    ]
    return {
        "name": name, "what": what, "width": scale.width, "height": y, "rows": rows, "table": table,
        "off": _joined(off), "ticks": scale.ticks(),
    }  # fmt: skip


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for x, width in spans:
        if found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + width)
        else:
            found.append((x, width))
    return found


def _bars(facts: Facts, scale: _Scale, session: Session, y: int) -> list[dict[str, Any]]:
    """Return one bar for each unbroken stretch of slots."""
    periods = len(facts.programme.periods)
    runs: list[tuple[int, int]] = []
    for slot in session.slots:
        at = (slot.day - scale.first).days * periods + slot.period
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    letter = facts.letters.get(session.course, "?")
    title = f"{clean(session.id)} {facts.title(session)}, {facts.when(session)}"
    found = []
    for first, after in runs:
        width = round((after - first) * scale.day / periods, 1)
        found.append(
            {
                "x": round(LEFT + first * scale.day / periods, 1),
                "y": y,
                "w": width,
                "colour": facts.colours.get(session.course, 0),
                "letter": letter if width >= 2 + 7 * len(letter) else "",
                "title": title,
            }
        )
    return found


def covers(facts: Facts) -> list[dict[str, Any]]:
    """Return a graph for each group that has people away: how many on each day, and what it can spare."""
    scale = _Scale(facts)
    found = []
    for resource in facts.groups:
        days = facts.away[resource.id]
        if not days:
            continue
        spare = facts.programme.groups[resource.id].max_away
        most, when = facts.peak(resource.id)
        highest = max(most, spare, 1)
        path = "".join(
            f"M{scale.x(day)} 90v-{round(COVER * count / highest, 1)}h{scale.day}V90z"
            for day, count in days.items()
        )
        weeks: dict[date, int] = {}
        for day, count in days.items():
            weeks[week_of(day)] = max(weeks.get(week_of(day), 0), count)
        over = sum(1 for count in days.values() if count > spare)
        says = f"At most {most:,} away, first on {dated(when) if when else ''}; can spare {spare:,}. "
        says += f"More than that on {over:,} days." if over else "Never more than that."
        found.append(
            {
                "name": resource.name, "says": says, "path": path, "spare": spare, "left": LEFT,
                "width": scale.width, "limit": round(90 - COVER * spare / highest, 1),
                "ticks": scale.ticks(),
                "weeks": [
                    (dated(week), f"{count:,}", f"{spare:,}", "over" if count > spare else "no")
                    for week, count in weeks.items()
                ],
            }
        )  # fmt: skip
    return found
