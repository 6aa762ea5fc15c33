"""What becomes of sessions, and what holds one where it is, in words."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.alternatives.why import Held
from trainplan.model import Course, Programme, Schedule, Session
from trainplan.shortages.shortage import in_days
from trainplan.words import listed, many, timed
from trainplan.workdays import DAY_NAMES


def differences(before: Schedule, after: Schedule) -> list[tuple[Session | None, Session | None]]:
    """Return the sessions that are not the same in both schedules, as they were and as they would be."""
    then, now = ({one.id: one for one in schedule.live} for schedule in (before, after))
    pairs = [(then.get(id), now.get(id)) for id in dict.fromkeys([*then, *now])]
    return [(old, new) for old, new in pairs if old is None or new is None or _shape(old) != _shape(new)]


def _shape(session: Session) -> tuple[object, ...]:
    groups = {group: seats for group, seats in session.groups.items() if seats}
    return session.slots, sorted(session.venues), sorted(session.instructors), sorted(groups.items())


def change(old: Session | None, new: Session | None, periods: Sequence[str]) -> str:
    """Return in words what becomes of a session; ``periods`` are the parts of a day."""
    if old is None or new is None:
        there = new or old
        assert there is not None
        what = f"{timed(there.slots, periods)}, {_at(there)}, {_seats(there)}"
        return f"new: {what}" if old is None else f"no longer held ({what})"
    parts = []
    if old.slots != new.slots:
        parts.append(f"{timed(old.slots, periods)} becomes {timed(new.slots, periods)}")
    if set(old.venues) != set(new.venues):
        parts.append(f"{_at(old)} becomes {_at(new)}")
    if set(old.instructors) != set(new.instructors):
        parts.append(_staffed(old, new))
    if _shape(old)[3] != _shape(new)[3]:
        parts.append(f"{_seats(old)} becomes {_seats(new)}")
    return "; ".join(parts)


def _at(session: Session) -> str:
    return f"in {listed(session.venues)}" if session.venues else "no venue"


def _staffed(old: Session, new: Session) -> str:
    gone = [id for id in old.instructors if id not in new.instructors]
    come = [id for id in new.instructors if id not in old.instructors]
    if gone and come:
        return f"with {listed(come)} in place of {listed(gone)}"
    return f"with {listed(come)} as well" if come else f"without {listed(gone)}"


def exchanges(old: Session, new: Session) -> str:
    """Return in words which other venue and instructors a session has, each after a comma; "" for none."""
    parts = []
    if set(old.venues) != set(new.venues):
        there = f" in place of {listed(old.venues)}" if old.venues and new.venues else ""
        parts.append(f"{_at(new) if new.venues else 'without a venue'}{there}")
    if set(old.instructors) != set(new.instructors):
        parts.append(_staffed(old, new))
    return "".join(f", {part}" for part in parts)


def _seats(session: Session) -> str:
    return listed([f"{seats:,} of {group}" for group, seats in session.groups.items() if seats]) or "no seats"


def no_run(programme: Programme, course: Course) -> str:
    """Return in words that a course has no start at all in the calendar."""
    days = listed([DAY_NAMES[number] for number in sorted(course.start_on or ())], "or")
    from_ = f" from a {days} on" if days else ""
    week = "" if course.span else " within one week"
    takes = in_days(course.length, len(programme.periods))
    return (
        f"{course.id} takes {takes} in a row{week}{from_}, which the programme has nowhere: it has no start"
    )


def holding(programme: Programme, held: Held) -> list[str]:
    """Return in words what holds a session where it is: goals against free starts, rules against others."""
    free = [one for one in held.starts if not one.against and not one.here]
    blocked = [one for one in held.starts if one.against]
    said: list[str] = []
    if not held.starts and held.whole:
        said.append(no_run(programme, programme.courses[held.session.course]))
    if "date" in held.session.pin:
        said.append("it is pinned to its days; what follows is for when the pin is taken out")
    better = [one for one in free if one.values < held.values]
    if better:
        best = min(better, key=lambda one: one.values)
        name, least = _first_difference(programme, held.values, best.values)
        said.append(
            f"it need not be there: from {timed(best.session.slots[:1], programme.periods)}"
            f"{exchanges(held.session, best.session)}, all else staying, {name} would be {least:,} less"
        )
    elif free:
        goals = list(
            dict.fromkeys(
                _first_difference(programme, held.values, one.values)[0]
                for one in free
                if one.values != held.values
            )
        )
        same = sum(one.values == held.values for one in free)
        if goals:
            said.append(f"{listed(goals)} would suffer at {_starts(len(free) - same)} that no rule forbids")
        if same:
            said.append(f"{_starts(same)} would be just as good")
    if blocked:
        said.append(f"rules forbid {_starts(len(blocked))} while everything else stays as it is")
    return said


def _starts(number: int) -> str:
    return many(number, "other start")


def _first_difference(programme: Programme, now: Sequence[int], then: Sequence[int]) -> tuple[str, int]:
    for name, here, there in zip(programme.goals, now, then, strict=True):
        if here != there:
            return name, abs(here - there)
    return programme.goals[-1], 0
