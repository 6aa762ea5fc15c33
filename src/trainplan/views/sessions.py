"""The list of sessions: what a coordinator reads out on the telephone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType

from trainplan.model import PINS, Programme, Schedule, Session
from trainplan.views.console import Screen
from trainplan.views.tables import Column, note, table
from trainplan.views.text import seats_in_words, when
from trainplan.words import many


def sessions(
    programme: Programme,
    schedule: Schedule,
    screen: Screen,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[RenderableType]:
    """Yield the sessions of ``schedule`` that have a day from ``first`` to ``last``, one each row."""
    chosen = within(schedule, first, last)
    if not chosen:
        yield note(screen, "No session in this time.")
        return
    columns = (
        Column("Session"),
        Column("Title", spare=True),
        Column("Days", wraps=14),
        Column("Venue", wraps=8),
        Column("Instructors", wraps=11),
        Column("Groups", wraps=12),
        Column("Seats", right=True),
        Column("Note", wraps=9),
    )
    yield from table(screen, columns, [_row(one, programme, screen) for one in chosen])
    live = [one for one in chosen if one.status != "cancelled"]
    seats = sum(one.seats for one in live)
    if not screen.plain:
        yield note(screen, f"{many(len(live), 'session')}, {many(seats, 'seat')}.")


def within(schedule: Schedule, first: date | None, last: date | None) -> Sequence[Session]:
    """Return the sessions that have a day from ``first`` to ``last``; those without days by their start."""
    return [
        one
        for one in schedule.sessions
        if any(
            (first is None or day >= first) and (last is None or day <= last)
            for day in one.days or (one.start,)
        )
    ]


def _row(session: Session, programme: Programme, screen: Screen) -> list[str]:
    course = programme.courses.get(session.course)
    return [
        session.id,
        session.title or (course.title if course else session.course),
        when(session, programme, screen) or "no days",
        ", ".join(session.venues),
        ", ".join(session.instructors),
        seats_in_words(session.groups),
        str(session.seats),
        _note(session),
    ]


def _note(session: Session) -> str:
    parts: list[str] = [] if session.status == "draft" else [session.status]
    if session.pin:
        parts.append(f"pinned: {'all' if len(session.pin) == len(PINS) else ', '.join(sorted(session.pin))}")
    return "; ".join(parts)
