"""Displaced sessions get new places one after another; what stands in the way is moved where that helps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from trainplan.model import Session
from trainplan.solve.replanning.repair.fill import fill
from trainplan.solve.replanning.repair.insert import insert, place, trim_job
from trainplan.solve.replanning.repair.jobs import Job
from trainplan.solve.replanning.repair.mend import Mend


def greedy(mend: Mend, displaced: Sequence[Session], go_on: Callable[[], bool]) -> None:
    """Give displaced sessions places, those with pins first and what people take first before the rest.

    Args:
        mend: The repair.
        displaced: Sessions without a place.
        go_on: Whether there is time for others to make way; single places are looked for in any case.
    """
    ranks = mend.ranks
    jobs = [job for one in displaced if (job := trim_job(mend, one)) is not None]
    jobs += [job for one in _surplus(mend) if (job := trim_job(mend, one)) is not None]
    jobs.sort(key=lambda one: (not one.pin, ranks[one.course], one.session.start, one.session.id))
    homeless: list[Job] = []
    for job in jobs:
        now = trim_job(mend, job.session)
        if now is not None and not place(mend, now):
            homeless.append(now)
    for job in homeless:
        now = trim_job(mend, job.session)
        if now is None or place(mend, now):
            continue
        if not (go_on() and insert(mend, now, 0)):
            place(mend, now, full=False)
    fill(mend)
    mend.table.forget()
    mend.keep_best()


def _surplus(mend: Mend) -> Iterator[Session]:
    """Take out sessions with seats of which there are more than are asked for."""
    for course, left in mend.table.left.items():
        for group in list(left):
            mine = [
                mend.table.held[number]
                for number in mend.table.of_group.get(group, set()) & mend.table.of_course[course]
            ]
            for one in sorted(mine, key=lambda one: one.placement.slots, reverse=True):
                if left[group] >= 0:
                    break
                if not one.fact and "seats" not in mend.job(one.session).pin:
                    yield mend.take_out(one).session
