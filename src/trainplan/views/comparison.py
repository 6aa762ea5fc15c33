"""Two schedules side by side: what differs, and nothing that doesn't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.text import Text

from trainplan.compare import Comparison
from trainplan.compare.comparison import LoadPair
from trainplan.compare.loads import Load
from trainplan.compare.pairs import Difference, Kind
from trainplan.findings import Finding
from trainplan.model import Programme, Session
from trainplan.views.console import Screen
from trainplan.views.findings import findings
from trainplan.views.tables import Column, table
from trainplan.views.text import hanging, heading, line, seats_in_words, when
from trainplan.words import many


def comparison(
    compared: Comparison,
    programmes: tuple[Programme, Programme],
    called: tuple[str, str],
    screen: Screen,
    states: Mapping[str, str],
) -> Iterator[RenderableType]:
    """Yield everything in which the two sides differ.

    Args:
        compared: The sides held against each other.
        programmes: Of the first and the second.
        called: What a person calls the first and the second.
        screen: Where.
        states: The sentence of each rule, by name.
    """
    renamed = sum(one.kinds == ("renamed",) for one in compared.sessions)
    differ = len(compared.sessions) - renamed
    counts = f"{many(differ, 'session')} {'differs' if differ == 1 else 'differ'}, {compared.same:,} the same"
    if renamed:
        counts += f", {renamed:,} the same under another id"
    yield hanging(screen, "", line((f"{called[0]} and {called[1]}", "bold"), f": {counts}."))
    yield Text()
    yield heading("Goals")
    yield from _goals(compared, called, screen)
    if compared.sessions:
        yield Text()
        yield heading("Sessions")
        yield from _sessions(compared.sessions, programmes, called, screen)
    for title, loads, what in (
        ("Away at the peak", compared.groups, "Group"),
        ("Days in use", compared.venues, "Venue"),
        ("Days taught", compared.instructors, "Instructor"),
    ):
        yield Text()
        yield heading(title)
        yield from _loads(loads, what, called, screen)
    for title, found in (("Conflicts gained", compared.gained), ("Conflicts lost", compared.lost)):
        yield Text()
        yield from _findings(title, found, screen, states)


def _goals(compared: Comparison, called: tuple[str, str], screen: Screen) -> Iterator[RenderableType]:
    columns = (
        Column("Goal"),
        Column(called[0], wraps=16),
        Column(called[1], wraps=16),
        Column("Value", right=True),
        Column("Value then", right=True),
        Column("Difference", right=True),
    )
    rows = [
        [
            goal.name if goal.counts else f"({goal.name})",
            *goal.words,
            *(f"{value:,}" for value in goal.values),
            f"{goal.values[1] - goal.values[0]:+,}" if goal.values[0] != goal.values[1] else "same",
        ]
        for goal in compared.goals
    ]
    yield from table(screen, columns, rows)
    if not all(goal.counts for goal in compared.goals):
        yield hanging(
            screen, "", line("In brackets: what the programme does not ask for. Smaller is better.")
        )


def _sessions(
    found: Sequence[Difference],
    programmes: tuple[Programme, Programme],
    called: tuple[str, str],
    screen: Screen,
) -> Iterator[RenderableType]:
    columns = (Column("Session"), Column("What"), Column(called[0], wraps=16), Column(called[1], wraps=16))
    rows = [
        [
            one.id,
            kind,
            _told(one.before, kind, programmes[0], screen),
            _told(one.after, kind, programmes[1], screen),
        ]
        for one in found
        for kind in one.kinds
    ]
    yield from table(screen, columns, rows)


def _told(session: Session | None, kind: Kind, programme: Programme, screen: Screen) -> str:
    """Return that part of a session which a kind of difference is about."""
    if session is None:
        return ""
    days = when(session, programme, screen) or "no days"
    if kind == "moved":
        return days
    if kind == "reroomed":
        return ", ".join(session.venues) or "none"
    if kind == "restaffed":
        return ", ".join(session.instructors) or "none"
    seats = seats_in_words(session.groups) or "nobody"
    if kind == "resized":
        return seats
    if kind == "renamed":
        return session.id
    return f"{days}, {', '.join(session.venues) or 'no venue'}, {seats}"


def _loads(
    loads: Mapping[str, LoadPair], what: str, called: tuple[str, str], screen: Screen
) -> Iterator[RenderableType]:
    differ = {id: pair for id, pair in loads.items() if pair[0] != pair[1]}
    if not differ:
        yield hanging(screen, "", line("The same."))
        return
    numbers = [[one.used if one else 0 for one in pair] for pair in differ.values()]
    rows = [
        [id, *(_load(one) for one in pair), f"{after - before:+,}" if after != before else ""]
        for (id, pair), (before, after) in zip(differ.items(), numbers, strict=True)
    ]
    columns = (
        Column(what),
        Column(called[0], right=True),
        Column(called[1], right=True),
        Column("Difference", right=True),
    )
    yield from table(screen, columns, rows)
    if len(differ) < len(loads):
        yield hanging(screen, "", line(f"The other {many(len(loads) - len(differ), what.lower())} the same."))


def _load(one: Load | None) -> str:
    if one is None:
        return "none such"
    return f"{one.used:,}" + (f" of {one.limit:,}" if one.limit is not None else "")


def _findings(
    title: str, found: Sequence[Finding], screen: Screen, states: Mapping[str, str]
) -> Iterator[RenderableType]:
    yield heading(f"{title}: {len(found) or 'none'}")
    yield from findings(found, screen, states)
