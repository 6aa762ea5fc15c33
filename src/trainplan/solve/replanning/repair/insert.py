"""One session gets a place: the cheapest of the first that fit, or one where others make way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from trainplan.goals.changes import DAYS
from trainplan.model import Session
from trainplan.solve.replanning.repair.blockers import blockers
from trainplan.solve.replanning.repair.fit import find_fit
from trainplan.solve.replanning.repair.jobs import Fit, Job, Spot
from trainplan.solve.replanning.repair.mend import Mend

LOOKED_AT = 4  # places that fit, of which the cheapest is taken
NEAR = (24, 8)  # places at which others are asked to make way, by how deep that goes
MOST_LEAVE = 4  # sessions that make way for one, at the most


def trim_job(mend: Mend, session: Session) -> Job | None:
    """Return a session with no more seats than are left over; None where none are."""
    left = mend.table.left.get(session.course, {})
    job = mend.job(session)
    if "seats" in job.pin:
        return job
    groups = {group: min(seats, left.get(group, 0)) for group, seats in session.groups.items()}
    groups = {group: seats for group, seats in groups.items() if seats > 0}
    if not groups:
        return job if job.pin else None
    return Job(replace(session, groups=groups, seats=sum(groups.values())), job.old)


def _fits(mend: Mend, job: Job, *, full: bool, blink: float = 0.0) -> Iterator[Fit]:
    for spot in mend.places.open_to(job, full=full):
        if blink and mend.random.random() < blink:
            continue
        fit = find_fit(mend.places, job, spot, full=full)
        if fit is not None:
            yield fit


def place(mend: Mend, job: Job, *, full: bool = True, blink: float = 0.0, looked_at: int = LOOKED_AT) -> bool:
    """Give a session the cheapest of the first places that fit; say whether there was one."""
    own, rest = None, _fits(mend, job, full=full, blink=blink)
    least = DAYS + (sum(job.old.groups.values()) if job.old is not None else 0)
    best: tuple[tuple[int, int, int], Fit] | None = None
    for number, fit in enumerate(islice(rest, looked_at)):
        if own is None and job.old is not None and fit.held.session.slots == job.old.slots:
            own = fit
        rank = (-fit.held.session.seats, fit.cost, number)
        if best is None or rank < best[0]:
            best = rank, fit
        # Its own days, or others where it keeps its room and its team: nothing that comes is cheaper.
        if full and fit.cost <= least and (own is fit) is (fit.cost < DAYS):
            break
    if best is None:
        return False
    mend.put(best[1])
    return True


def insert(mend: Mend, job: Job, depth: int) -> bool:
    """Place a session where others make way and find places themselves; say whether it went well."""
    own = mend.places.own(job)
    spots: list[Spot] = [own] if own is not None else []
    if "date" not in job.pin:
        here = own.placement.first if own is not None else 0
        near = sorted(mend.places.spots[job.course], key=lambda one: abs(one.placement.first - here))
        spots += [one for one in near if one != own]
    mark = mend.mark()
    for spot in spots[: NEAR[depth]]:
        out = blockers(mend.places, job, spot, mend.movable)
        if not out or len(out) > MOST_LEAVE:
            continue
        jobs = [mend.take_out(one) for one in out]
        fit = find_fit(mend.places, job, spot)
        if fit is not None:
            mend.put(fit)
            left_over = [one for one in jobs if not place(mend, one)]
            deeper = depth + 1 < len(NEAR)
            if all(deeper and insert(mend, one, depth + 1) for one in left_over) and mend.holds(mark[0]):
                return True
        mend.back(mark)
    return False
