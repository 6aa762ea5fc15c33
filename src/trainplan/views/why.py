"""Why a session is where it is: what stands against other starts, goals side by side, what would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from trainplan.alternatives.telling import change, differences, exchanges
from trainplan.alternatives.why import Asked, Held, Start, Try, values
from trainplan.findings import Finding
from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule, Session
from trainplan.outcome import Outcome
from trainplan.views.console import Screen
from trainplan.views.tables import Column, table
from trainplan.views.text import day_name, hanging, heading, line, seats_in_words, when
from trainplan.words import many


def held(programme: Programme, seen: Held, holds: Sequence[str], screen: Screen) -> Iterator[RenderableType]:
    """Yield where a session is, what holds it there, and its starts with what stands against each."""
    yield hanging(
        screen, "", line((seen.session.id, "bold"), f": {described(programme, seen.session, screen)}.")
    )
    for said in holds:
        yield hanging(screen, f"{screen.glyphs.bullet} ", line(f"{said}."))
    if not seen.whole:
        text = (
            "Time ran out: starts after the last one shown were not looked at, and nothing is said of them."
        )
        yield hanging(screen, "", line((text, "bold yellow")))
    if not seen.starts:
        return
    yield Text()
    yield heading("Starts, everything else staying as it is")
    rows = [
        [
            _start(programme, run[0].session, screen),
            _span(programme, run, screen),
            _told(programme, seen, run),
        ]
        for run in _alike(seen)
    ]
    yield from table(screen, (Column("From"), Column("To"), Column("Against it", wraps=24)), rows)


def described(programme: Programme, session: Session, screen: Screen) -> str:
    """Return a session in one phrase."""
    parts = [when(session, programme, screen)]
    if session.venues:
        parts.append(f"in {', '.join(session.venues)}")
    if session.instructors:
        parts.append(f"with {', '.join(session.instructors)}")
    if session.groups:
        parts.append(f"for {seats_in_words(session.groups)}")
    return " ".join(parts)


def _alike(seen: Held) -> Iterator[list[Start]]:
    """Yield runs of starts one after the other against which the same is said, messages aside."""

    def said(one: Start) -> tuple[object, ...]:
        elsewhere = "" if one.against else exchanges(seen.session, one.session)
        return _rules(one), one.here, one.unsettled, elsewhere

    run: list[Start] = []
    for one in seen.starts:
        if run and said(one) != said(run[-1]):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _rules(start: Start) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.rule for one in start.against))


def _span(programme: Programme, run: Sequence[Start], screen: Screen) -> str:
    return f"{_start(programme, run[-1].session, screen)} ({len(run)})" if len(run) > 1 else ""


def _start(programme: Programme, session: Session, screen: Screen) -> str:
    """Return when a session starts: the day, and the part of it for a course that is held in such parts."""
    day = session.start.isoformat() if screen.plain else day_name(session.start)
    parts = len(programme.periods) > 1 and not programme.courses[session.course].whole_days
    return f"{day} {programme.periods[session.slots[0].period]}" if parts and session.slots else day


def _told(programme: Programme, seen: Held, run: Sequence[Start]) -> str:
    first = run[0]
    if first.here:
        return "here it is"
    if not first.against:
        nothing = f"nothing{exchanges(seen.session, first.session)}"
        if first.unsettled:
            nothing += " (whether its people are free was not settled)"
        return f"{nothing}; {_costs(programme, seen.values, [one.values for one in run])}"
    rules = _rules(first)
    said: list[str] = []
    for rule in rules:
        messages = [one.message for one in first.against if one.rule == rule]
        more = len(messages) - 1
        said.append(f"{rule}: {messages[0]}" + (f" (and {more} more)" if more else ""))
    text = "; ".join(said)
    return f"{text}; and the like for the others" if len(run) > 1 else text


def _costs(programme: Programme, now: Sequence[int], there: Sequence[Sequence[int]]) -> str:
    parts = []
    for name, here, each in zip(programme.goals, now, zip(*there, strict=True), strict=True):
        least, most = min(each), max(each)
        if (least, most) != (here, here):
            reach = f"{least - here:+,}" if least == most else f"{least - here:+,} to {most - here:+,}"
            parts.append(f"{name} {reach}")
    return ", ".join(parts) or "no goal changes"


def alternative(
    programme: Programme,
    present: Schedule,
    asked: Asked,
    same: Session | None,
    tried: Sequence[Try],
    outcome: Outcome | None,
    nowhere: Finding | None,
    screen: Screen,
) -> Iterator[RenderableType]:
    """Yield what stands against an alternative, and what it would come to at its best."""
    if same is not None:
        yield hanging(
            screen, "", line("It is so: ", (same.id, "bold"), f" is {described(programme, same, screen)}.")
        )
        return
    if nowhere is not None:
        yield hanging(
            screen, "", line(("Impossible, and that is proved", "bold red"), f": {nowhere.rule}: {nowhere}.")
        )
        return
    way = tried[0]
    who = way.moved.id if way.moved is not None else f"One more {asked.course.id}"
    verb = "moved to" if way.moved is not None else "on"
    there = described(programme, way.fit.session, screen)
    yield hanging(screen, "", line((who, "bold"), f" {verb} {there}, and nothing else:"))
    if way.against:
        for one in way.against:
            yield hanging(screen, f"{screen.glyphs.bullet} ", line((one.rule, "bold"), f": {one}"))
    else:
        yield hanging(screen, f"{screen.glyphs.bullet} ", line("no rule stands against it"))
    yield Text()
    assert outcome is not None
    yield from _best(programme, present, asked, outcome, screen)


def _best(
    programme: Programme, present: Schedule, asked: Asked, outcome: Outcome, screen: Screen
) -> Iterator[RenderableType]:
    if outcome.schedule is None:
        if outcome.status == "infeasible":
            text = "Whatever else is moved, no schedule has it there; that is proved."
            yield hanging(screen, "", line((text, "bold red")))
        else:
            text = f"Not settled in {outcome.seconds:.1f} s: there may be schedules that have it, or none."
            yield hanging(screen, "", line((text, "bold yellow")))
        return
    proved = (
        "proved to be the best that has it" if outcome.status == "optimal" else "the best found that has it"
    )
    yield heading(f"With it, everything else free to move: {proved} ({outcome.seconds:.1f} s)")
    now = dict(zip(programme.goals, values(programme, present), strict=True))
    rows = []
    for goal in outcome.goals:
        words = GOALS[goal.name].say(programme, outcome.schedule, goal.value)
        rows.append(
            [
                goal.name,
                f"{now[goal.name]:,}",
                f"{goal.value:,}",
                f"{goal.value - now[goal.name]:+,}" if goal.value != now[goal.name] else "same",
                f"{goal.bound:,}",
                words,
            ]
        )
    columns = (
        Column("Goal"),
        Column("Now", right=True),
        Column("With it", right=True),
        Column("Change", right=True),
        Column("Best possible", right=True),
        Column("What it comes to", wraps=16, spare=True),
    )
    yield from table(screen, columns, rows)
    if [goal.value for goal in outcome.goals] < [now[goal.name] for goal in outcome.goals]:
        text = "Better than the present schedule, which is not the best: generate can better it too."
        yield hanging(screen, "", line(text))
    yield Text()
    differ = differences(present, outcome.schedule)
    yield heading(f"What would change: {many(len(differ), 'session')}")
    changes = [[(old or new).id, change(old, new, programme.periods)] for old, new in differ if old or new]  # type: ignore[union-attr]
    yield from table(screen, (Column("Session"), Column("Change", wraps=30)), changes)
