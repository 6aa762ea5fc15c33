"""Seats that no session holds get a place: in sessions with room for them, then in new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from trainplan.model import Course
from trainplan.solve.construct import class_size
from trainplan.solve.replanning.repair.fit import choose_people
from trainplan.solve.replanning.repair.insert import place
from trainplan.solve.replanning.repair.jobs import Job
from trainplan.solve.replanning.repair.mend import Mend


def fill(
    mend: Mend, courses: Iterable[str] | None = None, blink: float = 0.0, *, partly: bool = True
) -> None:
    """Place seats that are left over, of some courses or all: in sessions with room, then in new ones."""
    known = mend.calendar.programme.courses
    for id in known if courses is None else dict.fromkeys(courses):
        course = known[id]
        left = mend.table.left[course.id]
        if any(seats > 0 for seats in left.values()):
            _top_up(mend, course)
        lots = [tuple(left)] if course.mixed else [(group,) for group in left]
        for groups in lots:
            while _new_session(mend, course, groups, blink, partly):
                pass


def _top_up(mend: Mend, course: Course) -> None:
    """Add people to sessions that have room for them."""
    table = mend.table
    for number in sorted(table.of_course[course.id], key=lambda one: table.held[one].placement.slots):
        held = table.held[number]
        if held.fact or "seats" in mend.job(held.session).pin:
            continue
        session = held.session
        room = course.max_class
        for id in session.venues:
            room = min(room, table.programme.venues[id].capacity)
        room -= sum(session.groups.values())
        left = table.left[course.id]
        groups = [group for group in left if left[group] > 0 and (course.mixed or group in session.groups)]
        more = {group: min(room, left[group]) for group in groups}
        if room <= 0 or not more:
            continue
        job = Job(replace(session, groups=more, seats=sum(more.values())), None)
        spot = mend.here(held)
        people = choose_people(mend.places, job, spot, room, full=False)
        if people:
            mend.count(held, -1)
            table.enlarge(held, people)
            mend.count(table.held[number], 1)


def _new_session(mend: Mend, course: Course, groups: Sequence[str], blink: float, partly: bool) -> bool:
    left = mend.table.left[course.id]
    wanted = {group: left[group] for group in groups if left[group] > 0}
    number = sum(wanted.values())
    if number < max(1, course.min_class):
        return False
    rooms = [capacity for _, capacity in mend.places.suited.get(course.id, ())]
    if course.features is not None and not rooms:
        return False
    size = class_size(number, course, min(course.max_class, max(rooms, default=course.max_class)))
    job = Job(mend.blank(course, _shared(wanted, size)), None)
    if place(mend, job, blink=blink, looked_at=1):
        return True
    if not partly:
        return False
    # As many as there is room for anywhere.
    job = Job(mend.blank(course, wanted), None)
    return place(mend, job, full=False, blink=blink)


def _shared(wanted: dict[str, int], size: int) -> dict[str, int]:
    """Divide a class among groups, each seat to the one that has the most left to place."""
    shares = dict.fromkeys(wanted, 0)
    for _ in range(min(size, sum(wanted.values()))):
        group = max(wanted, key=lambda one: wanted[one] - shares[one])
        shares[group] += 1
    return {group: seats for group, seats in shares.items() if seats}
