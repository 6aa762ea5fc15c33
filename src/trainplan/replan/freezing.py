"""What of a schedule can't, or may not, be changed any more on a given day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from trainplan.audit import audit
from trainplan.model import Programme, Schedule, Session
from trainplan.solve.history import cut


def over(schedule: Schedule, today: date) -> frozenset[str]:
    """Return the sessions that are history: they ended before today."""
    return frozenset(one.id for one in schedule.live if one.end < today)


def begun(schedule: Schedule, today: date) -> frozenset[str]:
    """Return the sessions that have begun and are not over; one that begins today has."""
    return frozenset(one.id for one in schedule.live if one.start <= today <= one.end)


def frozen(schedule: Schedule, today: date, days: int) -> frozenset[str]:
    """Return the published sessions that begin within so many days: people have made their plans."""
    last = today + timedelta(days=days)
    return frozenset(
        one.id
        for one in schedule.live
        if one.status == "published" and today < one.start and days > 0 and one.start <= last
    )


def fixed(
    programme: Programme, schedule: Schedule, today: date, days: int, dropped: Collection[str]
) -> frozenset[str]:
    """Return the sessions that stay as they are.

    What is over stays whatever is wrong with it. What has begun, and what is frozen, stays unless it can't
    take place as it is; what is wrong only with the rest of the schedule is for the rest to mend.
    """
    past = over(schedule, today)
    history = cut(programme, [one for one in schedule.live if one.id in past])
    held = (begun(schedule, today) | frozen(schedule, today, days)) - set(dropped)
    while held:
        kept = [one for one in schedule.live if one.id in held]
        alone = Schedule.of([*history, *kept], Schedule((), None, today))
        broken = {
            id
            for finding in audit(programme, alone)
            if finding.severity == "error" and finding.rule != "demand"
            for id in finding.sessions
            if id in held
        }
        broken |= _surplus(programme, schedule, past | held) & held
        broken |= {one.id for one in kept if not programme.knows(one)}
        if not broken:
            break
        held -= broken
    return past | held


def _surplus(programme: Programme, schedule: Schedule, ids: Collection[str]) -> set[str]:
    """Return those of some sessions with seats of which they have more than are asked for."""
    placed: dict[tuple[str, str], list[Session]] = {}
    for one in schedule.live:
        if one.id not in ids:
            continue
        for group, seats in one.groups.items():
            if seats:
                placed.setdefault((one.course, group), []).append(one)
    found: set[str] = set()
    for (id, group), sessions in placed.items():
        course = programme.courses.get(id)
        asked = course.seats.get(group, 0) if course is not None else 0
        if sum(one.groups[group] for one in sessions) > asked:
            found |= {one.id for one in sessions}
    return found
