"""Places for more seats: what was looked for, the best places, and what moving the fewest would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from trainplan.alternatives.places import Asked, Place, Places
from trainplan.alternatives.telling import change, differences, no_run
from trainplan.alternatives.why import values
from trainplan.model import Programme, Schedule
from trainplan.outcome import Outcome
from trainplan.views.console import Screen
from trainplan.views.tables import Cell, Column, table
from trainplan.views.text import hanging, heading, line, seats_in_words, when
from trainplan.words import listed, many

Nearest = tuple[Asked, Outcome, bool]


def options(
    programme: Programme,
    present: Schedule,
    found: Sequence[Places],
    shown: Sequence[tuple[Asked, Place]],
    nearest: Sequence[Nearest],
    screen: Screen,
) -> Iterator[RenderableType]:
    """Yield what was looked for and what there is."""
    for one in found:
        yield hanging(screen, "", line((_wanted(one.asked), "bold"), f": {_reach(one)}."))
    if any(one.asked.again for one in found):
        text = (
            "Seats beyond the headcount are for people who sit the course a second time; that they are free "
            "then is not checked."
        )
        yield hanging(screen, "", line((text, "bold yellow")))
    if shown:
        yield Text()
        yield heading("Without moving anybody, the best first")
        now = values(programme, present)
        yield from table(screen, COLUMNS, [_row(programme, now, asked, one, screen) for asked, one in shown])
    for asked, outcome, proved in nearest:
        yield Text()
        yield from _moving(present, asked, outcome, proved, screen)


COLUMNS = (
    Column("Session"),
    Column("When", wraps=14),
    Column("Venue"),
    Column("Instructors", wraps=12),
    Column("Seats", wraps=12),
    Column("Costs", wraps=14),
)


def _wanted(asked: Asked) -> str:
    return f"{many(asked.seats, 'seat')} of {asked.group} in {asked.course}"


def _reach(one: Places) -> str:
    asked = one.asked
    kind = "asked for and not placed" if asked.missing == asked.seats else "to make up"
    if 0 < asked.missing < asked.seats:
        kind = f"{asked.missing:,} asked for and not placed, the rest to make up"
    blocks = listed([f"{count:,} by {rule}" for rule, count in one.blocked])
    text = f"{kind}; {many(one.free, 'place')} without moving anybody, "
    if one.starts or not one.whole:
        text += f"of {many(one.starts, 'possible start')} and the sessions that there are"
    else:
        text += f"and no start: {no_run(asked.programme, asked.programme.courses[asked.course])}"
    if blocks:
        text += f"; starts blocked: {blocks}"
    return text if one.whole else f"{text}. Time ran out before all were looked at"


def _row(programme: Programme, now: Sequence[int], asked: Asked, place: Place, screen: Screen) -> list[Cell]:
    session = place.session
    costs = [
        f"{name} {value - before:+,}"
        for name, before, value in zip(programme.goals, now, place.values, strict=True)
        if value != before and name != "seats"
    ]
    if place.unsettled:
        costs.append("whether the people are free was not settled")
    added = f"{session.groups.get(asked.group, 0):,} of {asked.group}"
    seats = f"{seats_in_words(session.groups)} ({asked.seats} more)" if place.existing else added
    return [
        session.id if place.existing else f"{session.id} (new)",
        when(session, programme, screen),
        ", ".join(session.venues),
        ", ".join(session.instructors),
        seats,
        ", ".join(costs) or "nothing",
    ]


def _moving(
    present: Schedule, asked: Asked, outcome: Outcome, proved: bool, screen: Screen
) -> Iterator[RenderableType]:
    if outcome.schedule is None:
        if outcome.status == "infeasible":
            text = f"{_wanted(asked)}: no place, whatever is moved; that is proved."
            yield hanging(screen, "", line((text, "bold red")))
        else:
            text = (
                f"{_wanted(asked)}: not settled in {outcome.seconds:.1f} s whether moving others makes room."
            )
            yield hanging(screen, "", line((text, "bold yellow")))
        return
    differ = differences(present, outcome.schedule)
    how = "and fewer is proved impossible" if proved else "perhaps not the fewest"
    yield heading(f"Moving the fewest, for {_wanted(asked)} ({how})")
    rows: list[list[Cell]] = [
        [one.id, change(old, new, asked.programme.periods)]
        for old, new in differ
        if (one := old or new) is not None
    ]
    yield from table(screen, (Column("Session"), Column("Change", wraps=30)), rows)
