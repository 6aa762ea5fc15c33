"""What stands in the way of a session at a place in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trainplan.model import Course
from trainplan.solve.replanning.repair.jobs import Job, Spot
from trainplan.solve.replanning.repair.places import Places
from trainplan.solve.replanning.repair.team import able
from trainplan.solve.replanning.repair.timetable import Held
from trainplan.workdays import week_of


def blockers(places: Places, job: Job, spot: Spot, movable: Callable[[Held], bool]) -> list[Held] | None:
    """Return the sessions that would have to leave a place for another; None if that is not enough.

    Args:
        places: Of the timetable.
        job: The session.
        spot: The place.
        movable: Says which sessions may be asked to leave.
    """
    table, course = places.table, places.table.programme.courses[job.course]
    out: dict[int, Held] = {}
    if course.features is not None:
        ways = []
        for room, capacity in places.suited[course.id]:
            if capacity < sum(job.session.groups.values()):
                continue
            if "venue" in job.pin and job.old is not None and job.old.venues != (room,):
                continue
            found = _way(places, table.of_room[room], spot.mask, movable)
            if found is None or places.banned.get((course.id, room), 0) & spot.mask:
                continue
            if _shut_without(table.rooms[room], found, spot.mask):
                continue
            ways.append(found)
        if not ways:
            return None
        out |= {one.number: one for one in min(ways, key=len)}
    team = _blocking_team(places, job, course, spot, movable)
    if team is None:
        return None
    out |= {one.number: one for one in team}
    for group, seats in job.session.groups.items():
        if seats and not _blocking_people(places, group, seats, course, spot, movable, out):
            return None
    if course.parallel is not None:
        same = list(table.overlapping(table.of_course[course.id] - out.keys(), spot.mask))
        for one in [one for one in same if movable(one)][: max(0, len(same) - course.parallel + 1)]:
            out[one.number] = one
    return list(out.values())


def _way(places: Places, numbers: set[int], mask: int, movable: Callable[[Held], bool]) -> list[Held] | None:
    found = list(places.table.overlapping(numbers, mask))
    return found if all(movable(one) for one in found) else None


def _shut_without(taken: int, out: Sequence[Held], mask: int) -> bool:
    for one in out:
        taken &= ~one.mask
    return bool(taken & mask)


def _blocking_team(
    places: Places, job: Job, course: Course, spot: Spot, movable: Callable[[Held], bool]
) -> list[Held] | None:
    """Return the sessions whose instructors would be needed."""
    table, out = places.table, list[Held]()
    chosen: set[str] = set()
    free = able(places, course, spot)
    for seat, every in enumerate(able(places, course, spot, free=False)):
        there = [one for one in free[seat] if one not in chosen]
        if there:
            chosen.add(there[0])
            continue
        ways = []
        for one in every:
            if one in chosen:
                continue
            found = _way(places, table.of_teacher[one], spot.mask, movable)
            if found is None or _shut_without(table.staff[one], found, spot.mask):
                continue
            limit = table.programme.instructors[one].max_days_per_week
            if limit is not None:
                found += [
                    held
                    for number in sorted(table.of_teacher[one])
                    if movable(held := table.held[number])
                    and held not in found
                    and spot.weeks.keys() & {week_of(day) for day in held.session.days}
                ]
            ways.append((len(found), one, found))
        if not ways:
            return None
        _, one, found = min(ways, key=lambda way: way[:2])
        chosen.add(one)
        out += found
    return out


def _blocking_people(
    places: Places,
    group: str,
    seats: int,
    course: Course,
    spot: Spot,
    movable: Callable[[Held], bool],
    out: dict[int, Held],
) -> bool:
    """Add the sessions that would have to give people back; say whether that is enough."""
    table = places.table
    if table.shut[group] & spot.mask:
        return False
    slots = spot.placement.slots
    for whole in table.above[group]:
        cover = table.cover[whole]
        parts = table.programme.parts(whole)
        while True:
            away = [cover.away[slot] for slot in slots]
            for one in out.values():
                theirs = sum(one.session.groups.get(part, 0) for part in parts)
                mine = set(one.placement.slots)
                away = [n - theirs * (slot in mine) for n, slot in zip(away, slots, strict=True)]
            if max(away) + seats <= cover.most:
                break
            more = [
                one
                for part in parts
                for one in table.overlapping(table.of_group[part] - out.keys(), spot.mask)
                if movable(one)
            ]
            if not more:
                return False
            one = min(more, key=lambda one: (abs(one.session.seats - seats), one.number))
            out[one.number] = one
    ready = sum(one.people for one in table.ready(group, course, spot.placement, spot.mask))
    if ready < seats:
        # People who sit elsewhere then.
        for one in table.overlapping(table.of_group[group] - out.keys(), spot.mask):
            if ready >= seats:
                break
            if movable(one):
                out[one.number] = one
                ready += one.session.groups[group]
    return ready >= seats
