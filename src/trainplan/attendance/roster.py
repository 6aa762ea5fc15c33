"""Whether a roster holds, by counting alone: no part of what made it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainplan.model import Programme, Session, Slot


def holds(
    programme: Programme, group: str, sessions: Sequence[Session], roster: Mapping[str, Sequence[int]]
) -> bool:
    """Say whether a roster fills the seats of ``group`` with people who can really be there.

    Each session has as many people of the group as it has seats for it, no number beyond the headcount.
    Nobody takes a course twice, is in two sessions in one slot, or starts a course without having finished,
    in time, what comes before it.

    Args:
        programme: Says how many people there are and which orders bind.
        group: A group without parts.
        sessions: Any sessions; those that are cancelled or have no seats for the group need no people.
        roster: The people in each session, by its id, numbered from 0.
    """
    calendars: dict[int, list[Session]] = {}
    for session in sessions:
        seats = session.groups.get(group, 0) if session.status != "cancelled" else 0
        people = roster.get(session.id, ())
        if len(people) != max(0, seats) or len(set(people)) != len(people):
            return False
        for person in people:
            calendars.setdefault(person, []).append(session)
    if any(not 0 <= person < programme.groups[group].headcount for person in calendars):
        return False
    # Many people take the same sessions: one of them is looked at.
    alike = {tuple(session.id for session in taken): taken for taken in calendars.values()}
    return all(_can_attend(programme, group, taken) for taken in alike.values())


def _can_attend(programme: Programme, group: str, taken: Sequence[Session]) -> bool:
    """Say whether one person can take these sessions."""
    of_course = {session.course: session for session in taken}
    slots = [slot for session in taken for slot in session.slots]
    if len(of_course) != len(taken) or len(set(slots)) != len(slots):
        return False
    return all(_in_order(programme, group, session, of_course) for session in taken)


def _in_order(programme: Programme, group: str, session: Session, taken: Mapping[str, Session]) -> bool:
    """Say whether all that comes before a session's course was over in time."""
    course = programme.courses.get(session.course)
    for after in course.after if course is not None and group in course.seats else ():
        before = programme.courses.get(after.course)
        if after.all or before is None or group not in before.seats:
            continue
        done = taken.get(after.course)
        if done is None:
            return False
        begins = session.slots[0] if session.slots else Slot(session.start, 0)
        over = done.slots[-1] if done.slots else Slot(done.end, len(programme.periods) - 1)
        lag = (begins.day - over.day).days
        if begins <= over or (after.at_least is not None and lag < after.at_least):
            return False
        if after.at_most is not None and lag > after.at_most:
            return False
    return True
