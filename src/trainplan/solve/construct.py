"""Randomised list scheduling: sessions one after another, each at the first place that every rule leaves.

A pass takes milliseconds and places most seats; passes with other orders, drawn at random, place more. What
comes out is a whole schedule to start the exact search from, and to fall back upon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random

from trainplan.model import Course, Programme, Schedule, Session
from trainplan.solve.ledger import Ledger, Offer, Person, bits
from trainplan.workdays import Calendar, Placement

Turn = tuple[str, tuple[str, ...]]  # one class: its course, and the groups that may sit in it

PATIENCE = 12  # passes without anything better before giving up


def construct(
    calendar: Calendar,
    measure: Callable[[Schedule], list[int]],
    random: Random,
    go_on: Callable[[], bool],
) -> Schedule | None:
    """Return the best schedule of several passes; None if there was no time for one.

    Args:
        calendar: Of the programme to plan.
        measure: The goals' values of a schedule, most important first.
        random: Where the orders come from.
        go_on: Asked before each pass whether there is time for it.
    """
    return _best_of(lambda shaken: one_pass(calendar, random, shaken=shaken), measure, go_on)


def _best_of(
    one_of: Callable[[bool], Schedule],
    measure: Callable[[Schedule], list[int]],
    go_on: Callable[[], bool],
) -> Schedule | None:
    best: Schedule | None = None
    record: list[int] = []
    fruitless = 0
    while fruitless < PATIENCE and go_on():
        schedule = one_of(best is not None)
        value = measure(schedule)
        if best is None or value < record:
            best, record, fruitless = schedule, value, 0
        else:
            fruitless += 1
    return best


def one_pass(calendar: Calendar, random: Random, *, shaken: bool) -> Schedule:
    """Return the schedule of one pass, its order shaken by chance or not."""
    ledger = Ledger(calendar)
    for course in listed(calendar.programme, random, shaken):
        choice = _choice(calendar, course)
        for seats in _lots(course, random if shaken else None):
            _place(ledger, course, seats, choice)
    return _schedule(calendar, ledger.placed)


def _choice(calendar: Calendar, course: Course) -> list[tuple[Placement, int]]:
    placements = (one for one in calendar.placements(course) if calendar.in_window(course, one))
    return [(one, bits(one.slots)) for one in placements]


def listed(programme: Programme, random: Random, shaken: bool) -> Iterator[Course]:
    """Yield the courses, each after those that come before it, the urgent and the long ones first."""

    def urgency(course: Course) -> tuple[float, float]:
        deadline = min(course.due or programme.ends, course.latest or programme.ends)
        days = (deadline - programme.starts).days - course.priority * 14
        return days * (random.uniform(0.3, 1.7) if shaken else 1.0), -course.length

    waiting = {course.id: course for course in programme.courses.values()}
    key = {id: urgency(course) for id, course in waiting.items()}
    # A course is as urgent as the most urgent of those that wait for it.
    for _ in range(len(waiting)):
        for course in waiting.values():
            for order in course.after:
                key[order.course] = min(key[order.course], key[course.id])
    while waiting:
        free = [one for one in waiting.values() if not any(order.course in waiting for order in one.after)]
        course = min(free, key=lambda one: key[one.id])
        yield waiting.pop(course.id)


def ranks_of(courses: Iterable[Course]) -> dict[str, int]:
    """Return how many courses in a row come before each."""
    listed = list(courses)
    ranks = {course.id: 0 for course in listed}
    for _ in listed:
        for course in listed:
            for order in course.after:
                ranks[course.id] = max(ranks[course.id], ranks[order.course] + 1)
    return ranks


def _lots(course: Course, random: Random | None) -> list[dict[str, int]]:
    if course.mixed:
        return [dict(course.seats)]
    lots = [{group: seats} for group, seats in course.seats.items()]
    if random is not None:
        random.shuffle(lots)
    return lots


def _place(
    ledger: Ledger,
    course: Course,
    left: dict[str, int],
    placements: Sequence[tuple[Placement, int]],
    most: int | None = None,
) -> None:
    """Place sessions until no seats are left or no place is: full classes first, then what fits.

    With ``most`` so many full classes at the most are placed, and nothing else.
    """
    before = len(ledger.placed)
    for full in (True, False) if most is None else (True,):
        for placement, mask in placements:
            while any(left.values()):
                offer = _offer(ledger, course, left, placement, mask, full)
                if offer is None:
                    break
                ledger.place(offer)
                for group, seated in offer.people.items():
                    left[group] -= len(seated)
                if most is not None and len(ledger.placed) - before == most:
                    return


def _offer(
    ledger: Ledger, course: Course, left: Mapping[str, int], placement: Placement, mask: int, full: bool
) -> Offer | None:
    if ledger.crowded(course, placement) or not ledger.in_order(course, placement):
        return None
    venue, room = "", course.max_class
    wanted = sum(left.values())
    if course.features is not None:
        rooms = [one for one in ledger.rooms(course, mask) if one.capacity >= course.min_class]
        if not rooms:
            return None
        best = min(rooms, key=lambda one: (-min(one.capacity, course.max_class, wanted), one.capacity))
        venue, room = best.id, min(room, best.capacity)
    size = class_size(wanted, course, room)
    people = _seated(ledger, course, left, placement, mask, size)
    got = sum(len(some) for some in people.values())
    if 0 < wanted - got < course.min_class <= wanted - course.min_class:
        # Too few would be left for a class: leave just enough.
        people = _seated(ledger, course, left, placement, mask, wanted - course.min_class)
        got = sum(len(some) for some in people.values())
    if got < course.min_class or (full and got < size) or 0 < wanted - got < course.min_class:
        return None
    team = ledger.team(course, placement, mask)
    return None if team is None else Offer(course, placement, venue, team, people)


def _seated(
    ledger: Ledger, course: Course, left: Mapping[str, int], placement: Placement, mask: int, size: int
) -> dict[str, tuple[Person, ...]]:
    """Choose people for a class, each seat from the group that has the most left to place."""
    slack: dict[str, int] = {}
    above: dict[str, tuple[str, ...]] = {}
    ready: dict[str, list[Person]] = {}
    for group in left:
        spare = ledger.slack(group, placement, mask) if left[group] else {}
        if spare and min(spare.values()) > 0:
            above[group] = tuple(spare)
            slack |= spare
            ready[group] = ledger.ready(course, group, placement, mask)
    taken = dict.fromkeys(ready, 0)
    while sum(taken.values()) < size:
        open_to = [
            group
            for group, seats in taken.items()
            if seats < min(left[group], len(ready[group])) and all(slack[whole] > 0 for whole in above[group])
        ]
        if not open_to:
            break
        group = max(open_to, key=lambda one: left[one] - taken[one])
        taken[group] += 1
        for whole in above[group]:
            slack[whole] -= 1
    return {group: tuple(ready[group][:seats]) for group, seats in taken.items() if seats}


def class_size(wanted: int, course: Course, room: int) -> int:
    """Return a class size that leaves enough for the last class."""
    size = min(wanted, room)
    short = course.min_class - (wanted - size)
    return max(course.min_class, size - short) if size < wanted and short > 0 else size


def _schedule(calendar: Calendar, offers: Sequence[Offer]) -> Schedule:
    sessions = []
    numbers: dict[str, int] = {}
    for offer in sorted(offers, key=lambda one: (one.placement.slots, one.course.id)):
        course = offer.course
        numbers[course.id] = numbers.get(course.id, 0) + 1
        slots = tuple(calendar.slot(number) for number in offer.placement.slots)
        sessions.append(
            Session(
                id=f"{course.id}-{numbers[course.id]:02d}",
                course=course.id,
                title=course.title,
                start=slots[0].day,
                end=slots[-1].day,
                slots=slots,
                venues=(offer.venue,) if offer.venue else (),
                instructors=offer.instructors,
                groups={group: len(seated) for group, seated in offer.people.items()},
                seats=offer.seats,
            )
        )
    return Schedule.of(sessions)
