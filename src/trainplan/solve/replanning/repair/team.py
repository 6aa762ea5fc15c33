"""Who could teach a session at a place in time, and who does."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.model import Course
from trainplan.solve.replanning.repair.jobs import Job, Spot
from trainplan.solve.replanning.repair.places import Places


def able(places: Places, course: Course, spot: Spot, *, free: bool = True) -> list[list[str]]:
    """Return for each place in the team who could fill it at a place in time, ``free`` or not."""
    table, ends = places.table, spot.days[-1]
    seats: list[list[str]] = []
    for role in course.roles:
        # Whoever holds a qualification twice is named twice, which does no harm.
        some = [
            one
            for one, until in places.holders.get(role.qualification, ())
            if not (free and table.staff[one] & spot.mask)
            and (until is None or ends <= until)
            and (not free or table.has_days(one, spot.weeks))
        ]
        seats += [some] * role.count
    return seats


def choose_team(places: Places, job: Job, spot: Spot) -> tuple[str, ...] | None:
    """Return instructors for all roles, as many of the session's own as can be; None without enough."""
    course = places.table.programme.courses[job.course]
    own = job.old.instructors if job.old is not None else ()
    seats = able(places, course, spot)
    if "instructors" in job.pin:
        seats = [[one for one in some if one in own] for some in seats]
    team: dict[str, int] = {}

    def find(seat: int, among: Sequence[Sequence[str]], seen: set[str]) -> bool:
        for one in among[seat]:
            if one not in seen:
                seen.add(one)
                if one not in team or find(team[one], among, seen):
                    team[one] = seat
                    return True
        return False

    mine = [[one for one in some if one in own] for some in seats]
    for seat in range(len(seats)):
        find(seat, mine, set())
    filled = set(team.values())
    others = [sorted(some, key=lambda one: (one not in own, *_versatile(places, one))) for some in seats]
    for seat in range(len(seats)):
        # Whoever is on the team already stays on it, if in another place.
        if seat not in filled and not find(seat, others, set()):
            return None
    if "instructors" in job.pin and set(team) != set(own):
        return None
    return tuple(sorted(team, key=lambda one: (one not in own, list(own).index(one) if one in own else 0)))


def _versatile(places: Places, id: str) -> tuple[bool, int, object]:
    one = places.table.programme.instructors[id]
    return bool(one.trip_cost), len(one.qualifications), one.cost_per_day
