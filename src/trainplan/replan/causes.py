"""Which event a change is due to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trainplan.audit import audit
from trainplan.findings import Finding
from trainplan.model import Programme, Schedule, Session
from trainplan.replan.events import Event

FILES = "the files have changed"


@dataclass(frozen=True, slots=True)
class Causes:
    """What each event broke, to tell by it what the changes are due to.

    Attributes:
        broken: The event that first broke a session, by the session's id.
        courses: Events that changed how many seats of a course are asked for, by course.
        marks: Rooms, instructors, groups and courses of what each event broke, by event.
    """

    broken: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, before: Session | None, after: Session | None) -> str:
        """Return what a change is due to.

        A session that was not broken itself made way for one that was: for the one it has most in common
        with.
        """
        if before is not None and before.id in self.broken:
            return self.broken[before.id]
        one = after or before
        if one is None:
            return FILES
        if one.course in self.courses:
            return self.courses[one.course]
        mine = _marks(before) | _marks(after)
        return max(self.marks, key=lambda event: len(self.marks[event] & mine), default=FILES)


def causes(programme: Programme, schedule: Schedule, events: Sequence[tuple[Event, Programme]]) -> Causes:
    """Return what each event broke, by auditing the old schedule after one event after another."""
    broken: dict[str, str] = {}
    courses: dict[str, str] = {}
    marks: dict[str, set[str]] = {}
    by_id = {one.id: one for one in schedule.live}
    seen: set[tuple[str, str]] = set()
    gone: set[str] = set()

    def note(text: str, found: Sequence[Finding]) -> None:
        marks.setdefault(text, set())
        for finding in found:
            mark = (finding.rule, finding.message)
            if finding.severity != "error" or mark in seen:
                continue
            seen.add(mark)
            if finding.rule == "demand":
                courses.setdefault(finding.message.partition(":")[0], text)
                continue
            for id in finding.sessions:
                broken.setdefault(id, text)
                marks[text] |= _marks(by_id.get(id))

    note(FILES, audit(programme, schedule))
    for one in schedule.live:
        if not programme.knows(one):
            broken[one.id] = FILES
            marks[FILES] |= _marks(one)
    for event, after in events:
        if event.cancels:
            gone.add(event.cancels)
            broken.setdefault(event.cancels, event.text)
        note(event.text, audit(after, Schedule.of(one for one in schedule.live if one.id not in gone)))
        marks[event.text] |= {f"{event.kind}:{event.id}"} | _marks(by_id.get(event.id))
    if not marks[FILES] and len(marks) > 1:
        del marks[FILES]
    return Causes(broken, courses, {text: frozenset(some) for text, some in marks.items()})


def _marks(session: Session | None) -> set[str]:
    if session is None:
        return set()
    return {
        f"course:{session.course}",
        *(f"venue:{id}" for id in session.venues),
        *(f"instructor:{id}" for id in session.instructors),
        *(f"group:{id}" for id in session.groups),
    }
