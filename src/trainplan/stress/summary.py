"""What many runs come to together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainplan.stress.runs import Result


@dataclass(frozen=True, slots=True)
class Weakness:
    """What happened to one thing, over all runs.

    Attributes:
        kind, id: The thing; an empty id is all of its kind.
        runs: How often something happened to it.
        touched: How often the schedule had to change, or could not be mended in time.
        people, lost: Seats moved and seats lost, in all these runs together.
        most: Seats moved in the worst of them.
        unmended: Runs for which no schedule was found.
    """

    kind: str
    id: str
    runs: int
    touched: int
    people: int
    lost: int
    most: int
    unmended: int


def weaknesses(results: Iterable[Result], *, by_kind: bool = False) -> list[Weakness]:
    """Return the things that something happened to, the weakest first.

    What is drawn more often counts more, as it would in life: things are ordered by the runs that could
    not be mended, then by all seats lost, then by all people moved.
    """
    found: dict[tuple[str, str], list[Result]] = {}
    for one in sorted(results, key=lambda one: one.run):
        found.setdefault((one.kind, "" if by_kind else one.id), []).append(one)
    weak = [
        Weakness(
            kind,
            id,
            len(runs),
            sum(bool(one.sessions) or not _mended(one) for one in runs),
            sum(one.people for one in runs),
            sum(one.lost for one in runs),
            max(one.people for one in runs),
            sum(not _mended(one) for one in runs),
        )
        for (kind, id), runs in found.items()
    ]
    return sorted(weak, key=lambda one: (-one.unmended, -one.lost, -one.people, one.kind, one.id))


def _mended(one: Result) -> bool:
    return one.status in ("optimal", "feasible")
