"""What may become of the sessions of a schedule that there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from trainplan.model import Schedule
from trainplan.workdays import Placement


@dataclass(frozen=True, slots=True)
class Leeway:
    """What may become of one session of an earlier schedule. Without any placement it stays as it is.

    Attributes:
        placements: Where it may lie, its own place included if it may stay there.
        seats: Its seats may change.
        may_go: It may be left out altogether.
    """

    placements: Sequence[Placement] = ()
    seats: bool = False
    may_go: bool = False

    @property
    def held(self) -> bool:
        """Whether nothing of it may change."""
        return not self.placements and not self.may_go


HELD = Leeway()


@dataclass(frozen=True, slots=True)
class Freed:
    """A part of a schedule that is chosen anew while the rest stays where it is.

    Attributes:
        schedule: All of it.
        places: By course: where its sessions are chosen anew, those that lie there and any others.
    """

    schedule: Schedule
    places: Mapping[str, Set[Placement]]
