"""A session at a place in time: in which room, with whom, and how many of its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trainplan.solve.replanning.repair.jobs import Fit, Job, Spot, price
from trainplan.solve.replanning.repair.places import Places
from trainplan.solve.replanning.repair.team import choose_team
from trainplan.solve.replanning.repair.timetable import People
from trainplan.solve.ruin.people import Cohort, first_served


def find_fit(places: Places, job: Job, spot: Spot, *, full: bool = True) -> Fit | None:
    """Return the session at a place, in the best room and with the best team; None if it can't be.

    Args:
        places: Of the timetable.
        job: The session.
        spot: Where in time.
        full: With all its seats; else with as many as there is room for.
    """
    table, course = places.table, places.table.programme.courses[job.course]
    placement = spot.placement
    if course.parallel is not None and any(
        table.running[course.id, day] >= course.parallel for day in spot.days
    ):
        return None
    if not table.in_order(course, placement):
        return None
    wanted = sum(job.session.groups.values())
    if "seats" in job.pin:
        full = True
    venues, room = choose_room(places, job, spot, wanted if full else course.min_class)
    if venues is None or (full and wanted > room):
        return None
    people = choose_people(places, job, spot, min(room, course.max_class), full=full)
    if people is None:
        return None
    groups = {group: sum(seats for _, seats in chosen) for group, chosen in people.items()}
    size = sum(groups.values())
    if size < course.min_class or size > course.max_class:
        return None
    team = choose_team(places, job, spot)
    if team is None:
        return None
    slots = tuple(table.calendar.slot(number) for number in placement.slots)
    session = replace(
        job.session,
        slots=slots,
        start=slots[0].day,
        end=slots[-1].day,
        venues=venues,
        instructors=team,
        groups=groups,
        seats=size,
    )
    return Fit(table.new(session), people, price(job.old, session))


def choose_room(places: Places, job: Job, spot: Spot, seats: int) -> tuple[tuple[str, ...] | None, int]:
    """Return the venue of a session at a place and how many it takes; None where there is none.

    Its own comes first, then the smallest that holds them all, then the largest.
    """
    table, course = places.table, places.table.programme.courses[job.course]
    own = job.old.venues if job.old is not None else ()
    if course.features is None:
        known = len(own) == 1 and own[0] in table.rooms
        if known and places.free(job.course, own[0], spot.mask):
            capacity = table.programme.venues[own[0]].capacity
            if capacity >= seats:
                return own, capacity
        return (None, 0) if "venue" in job.pin and own else ((), course.max_class)
    wanted = min(sum(job.session.groups.values()), course.max_class)
    best: tuple[tuple[bool, bool, int], str, int] | None = None
    for room, capacity in places.suited[course.id]:
        if capacity < seats or ("venue" in job.pin and own != (room,)):
            continue
        if not places.free(course.id, room, spot.mask):
            continue
        large = capacity >= wanted
        rank = (own != (room,) or not large, not large, capacity if large else -capacity)
        if best is None or rank < best[0]:
            best = rank, room, capacity
    return (None, 0) if best is None else ((best[1],), best[2])


def choose_people(places: Places, job: Job, spot: Spot, room: int, *, full: bool) -> People | None:
    """Return people for a session at a place: for all its seats, or for as many as can be spared."""
    table, course = places.table, places.table.programme.courses[job.course]
    spare: dict[str, int] = {}
    people: dict[str, list[tuple[Cohort, int]]] = {}
    for group, wanted in job.session.groups.items():
        seats = min(wanted, room)
        if seats <= 0:
            continue
        if table.shut[group] & spot.mask:
            seats = 0
        for whole in table.above[group]:
            if whole not in spare:
                spare[whole] = table.cover[whole].slack(spot.placement)
            seats = min(seats, spare[whole])
        if full and seats < wanted:
            return None
        if seats <= 0:
            continue
        ready = table.ready(group, course, spot.placement, spot.mask)
        chosen, got = chosen_from(ready, seats)
        if full and got < wanted:
            return None
        if got:
            people[group] = chosen
            room -= got
            for whole in table.above[group]:
                spare[whole] -= got
    return people


def chosen_from(cohorts: Sequence[Cohort], seats: int) -> tuple[list[tuple[Cohort, int]], int]:
    """Choose so many people, first come, first served, and say how many there were."""
    chosen = first_served(cohorts, seats)
    return chosen, sum(people for _, people in chosen)
