"""A schedule seen by one group, one instructor or one venue: the sessions that are theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from trainplan.model import Group, Instructor, Programme, Schedule, Session, Venue

KINDS = ("group", "instructor", "venue")


class Whose(NamedTuple):
    """One of them: what it is, its id and the name that people use."""

    kind: str
    id: str
    title: str

    def of(self, programme: Programme, schedule: Schedule) -> Schedule:
        """Return the sessions that are theirs, the cancelled too; an umbrella's are those of its parts."""
        parts = programme.parts(self.id) if self.kind == "group" else ()
        mine: Mapping[str, Callable[[Session], bool]] = {
            "group": lambda session: any(part in session.groups for part in parts),
            "instructor": lambda session: self.id in session.instructors,
            "venue": lambda session: self.id in session.venues,
        }
        return Schedule.of(filter(mine[self.kind], schedule.sessions), schedule.before)


def everybody(programme: Programme) -> dict[str, Whose]:
    """Return everyone who may have a calendar of their own, by ``group:police``."""
    things: dict[str, Mapping[str, Group] | Mapping[str, Instructor] | Mapping[str, Venue]] = {
        "group": programme.groups,
        "instructor": programme.instructors,
        "venue": programme.venues,
    }
    return {
        f"{kind}:{id}": Whose(kind, id, one.name if isinstance(one, Instructor) else one.title)
        for kind, named in things.items()
        for id, one in named.items()
    }
