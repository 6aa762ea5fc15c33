"""The news of a replan as files: a table for a spreadsheet, a text to send, a calendar to import."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from trainplan.exports import ics_file
from trainplan.exports.csv_file import defuse, seats
from trainplan.exports.days import ranges
from trainplan.model import Programme, Schedule, Session
from trainplan.replan import ReplanOutcome
from trainplan.replan.news import concerned, news, tellings, told

COLUMNS = (
    "session",
    "course",
    "title",
    "kind",
    "event",
    "cost",
    "days_before",
    "days_after",
    "venue_before",
    "venue_after",
    "instructors_before",
    "instructors_after",
    "groups_before",
    "groups_after",
    "tell",
)


def table(outcome: ReplanOutcome) -> bytes:
    """Return a row for each session that has changed: UTF-8, RFC 4180, CRLF at line ends."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in news(outcome.changes):
        session = one.after or one.before
        assert session is not None
        row = [one.session, session.course, session.title, one.kind, one.event, str(one.cost)]
        before, after = (_state(state, outcome.programme) for state in (one.before, one.after))
        row += [cell for pair in zip(before, after, strict=True) for cell in pair]
        row.append("; ".join(f"{whose}:{id}" for whose, id in concerned(one)))
        writer.writerow([defuse(cell) for cell in row])
    return text.getvalue().encode("utf-8", errors="backslashreplace")


def letter(outcome: ReplanOutcome) -> bytes:
    """Return what each group, instructor and venue has to know, one paragraph each."""
    lines: list[str] = [f"{outcome.programme.title}: what changes, as of {outcome.today}"]
    for telling in tellings(outcome.programme, outcome.changes):
        name = f" ({telling.name})" if telling.name != telling.id else ""
        lines += ["", f"{telling.whose} {telling.id}{name}"]
        for change in telling.changes:
            because = f" [{change.event}]" if change.event else ""
            lines.append(f"- {told(change)}{because}")
    if len(lines) == 1:
        lines += ["", "Nothing."]
    plain = "".join(one if one.isprintable() or one == "\n" else " " for one in "\n".join(lines))
    return (plain + "\n").encode("utf-8", errors="backslashreplace")


def calendar(outcome: ReplanOutcome) -> bytes:
    """Return a calendar of what has changed alone: each event's SEQUENCE above that of the old schedule's."""
    changed = {one.session for one in news(outcome.changes)}
    sessions = outcome.schedule.sessions if outcome.schedule is not None else ()
    old = Schedule.of(one for one in outcome.old.sessions if one.id in changed)
    new = Schedule.of(one for one in sessions if one.id in changed)
    former = ics_file.content(outcome.programme, old)
    return ics_file.content(outcome.programme, new, former=former)


NEWS: Mapping[str, Callable[[ReplanOutcome], bytes]] = {".csv": table, ".txt": letter, ".ics": calendar}


def _state(session: Session | None, programme: Programme) -> list[str]:
    if session is None:
        return ["", "", "", ""]
    return [
        ranges(session.slots, programme.periods),
        "; ".join(session.venues),
        "; ".join(session.instructors),
        seats(session.groups),
    ]
