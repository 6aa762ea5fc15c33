"""Ruin and recreate: sessions that compete for what is short are taken out and come back by other chances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import exp

from trainplan.solve.replanning.repair.fill import fill
from trainplan.solve.replanning.repair.insert import place, trim_job
from trainplan.solve.replanning.repair.jobs import Job, Spot
from trainplan.solve.replanning.repair.mend import Mend, Values

LARGEST = 10  # sessions taken out at once, at the most
PATIENCE = 100  # steps in which there was nothing to take out
BLINK = 0.03  # how often a place is passed over
PARTLY = 0.25  # how often classes may be smaller than they could be
HEAT = 6.0  # what the changes may get worse by at first, about
HOT = 100.0  # the same while it is looked for places for more seats, whatever that changes


def ruin_and_recreate(mend: Mend, go_on: Callable[[], float], heat: float = HEAT) -> None:
    """Search until it is enough.

    Args:
        mend: The repair.
        go_on: Returns the share of the effort that is left, 1 to 0; the end is at 0.
        heat: By how much the changes may get worse at first, about.
    """
    left, idle = go_on(), 0
    while left > 0 and idle < PATIENCE:
        idle = 0 if _step(mend, heat * left * left) else idle + 1
        left = go_on()


def _step(mend: Mend, heat: float) -> bool:
    """Take some sessions out and place them anew; say whether there were any."""
    mark = mend.mark()
    jobs = _ruin(mend)
    if not jobs:
        return False
    _recreate(mend, jobs)
    if mend.holds(mark[0]) and _accept(mend, mark[1], heat):
        mend.table.forget()
        if mend.value < mend.best[1]:
            mend.keep_best()
    else:
        mend.back(mark)
    return True


def _accept(mend: Mend, before: Values, heat: float) -> bool:
    if mend.value <= before:
        return True
    if mend.value[0] > before[0]:
        return False
    worse = mend.value[1] - before[1]
    if worse > 0:
        return heat > 0 and mend.random.random() < exp(-worse / heat)
    return mend.random.random() < 0.1 * heat / HEAT


def _ruin(mend: Mend) -> list[Job]:
    """Take sessions out: one that could be better off, or none, and what competes with it."""
    random, table = mend.random, mend.table
    number = 1 + int(random.random() ** 2 * LARGEST)
    short = _short(mend)
    if short and random.random() < 0.7:
        course = random.choice(short)
        group = random.choice([id for id, seats in table.left[course].items() if seats > 0])
        spot = random.choice(mend.places.spots[course])
        seed = Job(mend.blank(mend.calendar.programme.courses[course], {group: 1}), None)
        return _rivals(mend, seed, spot, group, number)
    changed = [table.held[number] for number in sorted(mend.changed)]
    if mend.value[1] and changed and random.random() < 0.9:
        one = changed[random.randrange(len(changed))]
        job = mend.take_out(one)
        old = mend.places.own(job)
        spot = old if old is not None and random.random() < 0.7 else mend.here(one)
        group = random.choice(list(one.session.groups))
        return [job, *_rivals(mend, job, spot, group, number - 1)]
    if not changed:
        return []
    one = changed[random.randrange(len(changed))]
    return [mend.take_out(one)]


def _rivals(mend: Mend, job: Job, spot: Spot, group: str, number: int) -> list[Job]:
    """Take out sessions that have what a session would need, the nearest in time to a place first."""
    random, table = mend.random, mend.table
    which = random.randrange(4)
    course = mend.calendar.programme.courses[job.course]
    numbers: set[int] = set()
    if which == 0 and course.features is not None:
        for room, _ in mend.places.suited[course.id]:
            numbers |= table.of_room[room]
    elif which == 1 and course.roles:
        role = random.choice(course.roles)
        for teacher in table.programme.instructors.values():
            if any(held.name == role.qualification for held in teacher.qualifications):
                numbers |= table.of_teacher[teacher.id]
    elif which == 2:
        numbers |= table.of_course[course.id]
    else:
        numbers |= table.of_group[group]
    around = [table.held[one] for one in numbers]
    around = [one for one in around if mend.movable(one)]
    around.sort(key=lambda one: (abs(one.placement.first - spot.placement.first), one.number))
    return [mend.take_out(one) for one in around[:number]]


def _recreate(mend: Mend, jobs: Sequence[Job]) -> None:
    random = mend.random
    ranks = mend.ranks
    order = random.randrange(3)

    def key(one: Job) -> tuple[float, float]:
        if order == 0:
            return ranks[one.course], random.random()
        if order == 1:
            return random.random(), 0.0
        return ranks[one.course], -one.session.seats * random.uniform(0.7, 1.4)

    short = _short(mend)
    wanted = random.choice(short) if short else ""
    partly = random.random() < PARTLY
    if wanted and random.random() < 0.7:
        taken: Counter[tuple[str, str]] = Counter()
        for job in jobs:
            for group, seats in job.session.groups.items():
                taken[job.course, group] += seats
        # Seats that were left over before come before those of the sessions taken out.
        for (course, group), seats in taken.items():
            mend.table.left[course][group] -= seats
        fill(mend, [wanted], blink=3 * BLINK, partly=partly)
        for (course, group), seats in taken.items():
            mend.table.left[course][group] += seats
    for job in sorted(jobs, key=key):
        now = trim_job(mend, job.session)
        if now is None:
            continue
        if not place(mend, now, blink=BLINK) and partly:
            place(mend, now, full=False)
    fill(mend, [*(job.course for job in jobs), *([wanted] if wanted else [])], blink=BLINK, partly=partly)


def _short(mend: Mend) -> list[str]:
    """Return the courses with seats that are left over and could have a place."""
    left = mend.table.left
    return [id for id in left if mend.places.spots[id] and any(seats > 0 for seats in left[id].values())]
