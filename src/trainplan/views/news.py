"""What a replan changes, what that costs, and whom to tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.text import Text

from trainplan.model import Session
from trainplan.replan import ReplanOutcome
from trainplan.replan.news import counted, news, tellings, told
from trainplan.views.console import Screen
from trainplan.views.refusal import remarks
from trainplan.views.tables import Column, note, table
from trainplan.views.text import hanging, heading, line, seats_in_words, when
from trainplan.views.unplaced import unplaced
from trainplan.views.verdict import gap, verdict
from trainplan.words import many

SAID = {
    "cancelled": "cancelled",
    "moved": "moved",
    "reroomed": "in another venue",
    "restaffed": "with other instructors",
    "resized": "with other seats",
    "new": "new",
    "kept": "as they were",
}


def replanned(outcome: ReplanOutcome, said: Mapping[str, str], screen: Screen) -> Iterator[RenderableType]:
    """Yield everything there is to say about a replan; ``said`` has each goal's value in plain units."""
    programme = outcome.programme
    if outcome.schedule is None:
        yield hanging(screen, "", line((programme.title, "bold"), f": {_none(outcome)}"))
        yield from remarks(outcome.outcome.because, screen)
        return
    if outcome.same:
        sessions = many(len(outcome.old.live), "session")
        yield hanging(
            screen, "", line((programme.title, "bold"), f": nothing has to change; all {sessions} stand.")
        )
        if outcome.outcome.unplaced:
            yield from unplaced(outcome.outcome.unplaced, screen)
        return
    yield from verdict(programme, outcome.outcome, said, screen, _nearness(outcome))
    yield Text()
    yield heading("What becomes of the sessions")
    kinds = counted(outcome.changes)
    yield from table(
        screen,
        (Column("What"), Column("Sessions", right=True), Column("Cost", right=True)),
        [[SAID[kind], f"{number:,}", f"{cost:,}"] for kind, (number, cost) in kinds.items()],
    )
    yield Text()
    yield heading("News")
    yield from _changes(outcome, screen)
    yield Text()
    yield heading("To be told")
    yield from _told(outcome, screen)
    if outcome.outcome.unplaced:
        yield Text()
        yield heading("Without a place")
        yield from unplaced(outcome.outcome.unplaced, screen)


def _nearness(outcome: ReplanOutcome) -> str:
    """Return in one sentence how few changes these are, without a full stop."""
    start = "Stopped early: " if outcome.outcome.interrupted else ""
    seats, changes = outcome.goals[:2]
    as_many = "every seat placed" if not seats.value else "as many seats placed"
    if seats.proved and changes.proved:
        return f"{start}Proved: no schedule with {as_many} changes less"
    if not seats.proved:
        left = f"{seats.value:,} are left, {seats.bound:,} at best"
        return f"{start}Not proved to place as many seats as possible: {left}"
    return (
        f"{start}Within {gap(changes)} of the least change with {as_many}"
        if changes.bound
        else f"{start}Not proved to change as little as possible"
    )


def _none(outcome: ReplanOutcome) -> str:
    if outcome.outcome.status == "infeasible":
        return "no schedule keeps what is pinned, and that is proved."
    if outcome.outcome.interrupted:
        return "stopped before there was any schedule."
    return f"no schedule found in {outcome.outcome.seconds:.1f} s; that does not mean that there is none."


def _changes(outcome: ReplanOutcome, screen: Screen) -> Iterator[RenderableType]:
    columns = (
        Column("Session"),
        Column("What"),
        Column("From", wraps=14),
        Column("To", wraps=14),
        Column("Because of", wraps=14),
        Column("Cost", right=True),
    )

    def state(one: Session | None, other: Session | None) -> str:
        if one is None:
            return ""
        parts = []
        if other is None or one.slots != other.slots:
            parts.append(when(one, outcome.programme, screen) or "no days")
        if other is None or set(one.venues) != set(other.venues):
            parts.append(", ".join(one.venues) or "no venue")
        if other is None or set(one.instructors) != set(other.instructors):
            parts += [", ".join(one.instructors)] if one.instructors or other is not None else []
        if other is None or dict(one.groups) != dict(other.groups):
            parts.append(seats_in_words(one.groups))
        return "; ".join(parts)

    rows = [
        [
            one.session,
            one.kind,
            state(one.before, one.after),
            state(one.after, one.before),
            one.event,
            f"{one.cost:,}",
        ]
        for one in news(outcome.changes)
    ]
    yield from table(screen, columns, rows)


def _told(outcome: ReplanOutcome, screen: Screen) -> Iterator[RenderableType]:
    columns = (Column("Who"), Column("Name", wraps=12, spare=True), Column("What", wraps=24))
    rows = []
    for telling in tellings(outcome.programme, outcome.changes):
        for number, change in enumerate(telling.changes):
            again = number and not screen.plain
            rows.append(
                [
                    "" if again else f"{telling.whose} {telling.id}",
                    "" if again else telling.name,
                    told(change),
                ]
            )
    yield from table(screen, columns, rows)
    if not rows:
        yield note(screen, "Nobody.")
