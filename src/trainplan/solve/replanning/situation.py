"""What stands of a schedule that has to change, and what of it is wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from trainplan.audit import audit
from trainplan.findings import Finding
from trainplan.goals import GOALS
from trainplan.goals.base import Goal
from trainplan.model import Course, Programme, Schedule, Session
from trainplan.solve.dealing import undealt
from trainplan.solve.history import History
from trainplan.workdays import Calendar, Placement

FIRST = ("seats", "changes")


class Situation:
    """Where a replan begins; nothing of it changes on the way.

    Attributes:
        asked: The programme as it was given.
        history: The programme and the schedule in force, with what is over cut to what can be gone on from.
        programme: That of the history; everything is planned by it.
        before: The schedule of the history.
        calendar: Of the programme.
        fixed: Ids of the sessions that stay as they are.
        dropped: Ids of the sessions that don't take place any more.
        goals: Seats, changes, then the programme's own.
        stands: The earlier schedule without what is dropped.
        settled: What fixed sessions break by themselves.
        excused: Groups whose people can't be dealt out to what is fixed.
        movable: Sessions that may change, by id.
    """

    def __init__(
        self,
        asked: Programme,
        history: History,
        calendar: Calendar,
        fixed: Collection[str],
        dropped: Collection[str],
    ) -> None:
        """Look up what stands; nothing is searched yet."""
        self.asked = asked
        self.history = history
        self.programme = history.programme
        self.before = before = history.before
        self.calendar = calendar
        self.fixed = frozenset(fixed)
        self.dropped = frozenset(dropped)
        own = tuple(name for name in asked.goals if name not in FIRST)
        self.goals: tuple[Goal, ...] = tuple(GOALS[name] for name in (*FIRST, *own))
        self.stands = Schedule.of([one for one in before.live if one.id not in self.dropped], before, None)
        today = Schedule((), None, before.today)
        settled = Schedule.of([one for one in self.stands.live if one.id in self.fixed], today)
        self.settled = audit(asked, settled)
        self.excused = frozenset(group for group, _ in undealt(asked, _known(asked, settled)))
        self.movable = {
            one.id: one
            for one in self.stands.live
            if one.id not in self.fixed and one.course in asked.courses
        }
        self._choices: dict[str, list[Placement]] = {}

    # What no longer stands

    def breaches(self, schedule: Schedule) -> list[Finding]:
        """Return what a schedule breaks, without what is over and can't be mended."""
        past = {(one.rule, one.message) for one in self.settled if one.rule != "demand"}
        return [
            one
            for one in audit(self.asked, schedule)
            if one.severity == "error"
            and (one.rule, one.message) not in past
            and not (one.sessions and self.fixed.issuperset(one.sessions) and one.rule != "demand")
        ]

    def unsound(self, schedule: Schedule) -> list[Finding]:
        """Return what a schedule breaks, seats without a session left aside."""
        return [one for one in self.breaches(schedule) if one.rule != "demand"]

    def short(self, found: Sequence[Finding]) -> set[str]:
        """Return the courses that have not the seats asked for."""
        if not any(one.rule == "demand" for one in found):
            return set()
        known = self.programme.courses
        return {course for (course, _), seats in self.left(self.stands).items() if seats and course in known}

    def surplus(self, schedule: Schedule) -> bool:
        """Say whether a schedule has seats that nobody asks for."""
        return any(seats < 0 for seats in self.left(schedule).values())

    def left(self, schedule: Schedule) -> dict[tuple[str, str], int]:
        """Return the seats asked for less those that a schedule has, by course and group."""
        left = {
            (course.id, group): seats
            for course in self.programme.courses.values()
            for group, seats in course.seats.items()
        }
        for session in schedule.live:
            for group, seats in session.groups.items():
                left[session.course, group] = left.get((session.course, group), 0) - seats
        return left

    # Where sessions may be

    def choice(self, course: Course) -> list[Placement]:
        """Return where a session of a course may newly lie: after today, inside the course's window."""
        if course.id not in self._choices:
            today = self.before.today
            self._choices[course.id] = [
                one
                for one in self.calendar.placements(course)
                if self.calendar.in_window(course, one)
                and (today is None or self.calendar.day(one.first) > today)
            ]
        return self._choices[course.id]

    def own(self, session: Session) -> Placement:
        """Return where a session lies."""
        return Placement(tuple(self.calendar.number(slot) for slot in session.slots))

    # What comes of it

    def dressed(self, schedule: Schedule) -> Schedule:
        """Return a decoded schedule with everything that has not changed as it was written."""
        old = {one.id: one for one in self.before.sessions}
        sessions = []
        for one in schedule.live:
            was = old.get(one.id)
            if was is None:
                sessions.append(one)
            elif was.id in self.fixed or _same(was, one):
                sessions.append(was)
            else:
                sessions.append(_changed(was, one))
        ids = {one.id for one in sessions}
        # Without any slot, or of a course that is no more: the board could not hold them.
        sessions += [one for one in self.stands.live if one.id in self.fixed and one.id not in ids]
        return Schedule.of(sessions, self.before)


def _known(programme: Programme, schedule: Schedule) -> Schedule:
    """Return the sessions that can be dealt out: of courses and groups that the programme knows."""
    there = programme.groups
    return Schedule.of(
        replace(one, groups={group: seats for group, seats in one.groups.items() if group in there})
        for one in schedule.live
        if one.course in programme.courses and one.slots
    )


def _same(was: Session, now: Session) -> bool:
    return (
        was.slots == now.slots
        and set(was.venues) == set(now.venues)
        and set(was.instructors) == set(now.instructors)
        and _seated(was) == _seated(now)
    )


def _seated(session: Session) -> dict[str, int]:
    return {group: seats for group, seats in session.groups.items() if seats}


def _changed(was: Session, now: Session) -> Session:
    """Return a session as it is now, in everything that has not changed as it was written."""
    same_days = was.slots == now.slots
    return replace(
        was,
        slots=now.slots,
        start=was.start if same_days else now.start,
        end=was.end if same_days else now.end,
        venues=was.venues if set(was.venues) == set(now.venues) else now.venues,
        instructors=was.instructors if set(was.instructors) == set(now.instructors) else now.instructors,
        groups=was.groups if _seated(was) == _seated(now) else now.groups,
        seats=was.seats if _seated(was) == _seated(now) else now.seats,
    )
