"""People finish a course before they start the one that builds on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import After, Course, Programme, Schedule, Session
from trainplan.rules.base import About, Board
from trainplan.rules.in_step import seats_in_order, sessions_in_order
from trainplan.words import many, timed


class CourseOrder:
    """Whoever starts a course has finished the courses that come before it (``after``).

    For each group that takes both courses, every seat in the later one needs a seat of its own in the
    earlier one that ends in time: in an earlier slot, and, where there is a lag, so many calendar
    days before the later one's first day. With ``all``, every session of the earlier course is over, whatever
    the groups. What was over before today is asked no more when a schedule is changed: it has been held.
    Whether three or more courses fit together for the same people is the business of
    ``group-attendance``.

    Breach: RS-01 starts on 8 Mar 2027; 4 of its 10 police can't have finished CP before

    What to do: Move the later session back or the earlier one forward, give the earlier one more seats, or
    correct ``after`` in curriculum.csv.
    """

    name: ClassVar[str] = "course-order"
    states: ClassVar[str] = "Whoever starts a course has finished, in time, the courses that come before it."

    def post(self, board: Board) -> None:
        """Keep the seats of each group that takes both courses in step, or with ``all`` the sessions."""
        for later in board.programme.courses.values():
            about = About("course", later.id)
            for order in later.after:
                earlier = board.programme.courses[order.course]
                if order.all:
                    sessions_in_order(board, earlier, later, order, about)
                    continue
                for group in later.seats:
                    if group in earlier.seats:
                        seats_in_order(board, group, earlier, later, order, about)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions that start before their people can be ready; the place is the later session.

        Where the schedule replaces another, what was over by then is asked no more.
        """
        today = schedule.before.today if schedule.before is not None else None
        runs: dict[str, list[Session]] = {}
        seats: dict[tuple[str, str], list[Session]] = {}
        for session in schedule.live:
            if session.slots:
                runs.setdefault(session.course, []).append(session)
                for group, count in session.groups.items():
                    if count:
                        seats.setdefault((session.course, group), []).append(session)
        for course in programme.courses.values():
            for after in course.after:
                if after.all:
                    asked = [one for one in runs.get(course.id, ()) if today is None or one.end >= today]
                    yield from self._all(programme, after, runs.get(after.course, ()), asked)
                    continue
                for group in both(programme, course, after):
                    earlier, later = (seats.get((id, group), ()) for id in (after.course, course.id))
                    for session, missing, nearest in unmatched(after, group, earlier, later):
                        if today is not None and session.end < today:
                            continue
                        people = f"{missing:,} of its {session.groups[group]:,} {group}"
                        last = _too_long_ago(programme, after, earlier, session)
                        yield self._finding(
                            programme,
                            session,
                            f"{people} can't have finished {after.course} {_lag(after)}before{last}",
                            nearest,
                        )

    def _all(
        self, programme: Programme, after: After, earlier: Sequence[Session], later: Sequence[Session]
    ) -> Iterator[Finding]:
        if not earlier:
            return
        final = max(earlier, key=lambda session: session.slots[-1])
        over = f"{final.id} ends on {timed(final.slots[-1:], programme.periods)}"
        for session in later:
            if session is not final and (
                _too_late(after, final, session) or _too_early(after, final, session)
            ):
                wanted = f"all of {after.course} must be over {_lag(after)}before"
                yield self._finding(programme, session, f"{wanted}, and {over}", final)

    def _finding(self, programme: Programme, session: Session, why: str, other: Session | None) -> Finding:
        concerned = sorted([session] + ([other] if other else []), key=lambda one: (one.start, one.id))
        first = session.slots[0].day
        return Finding(
            self.name,
            "error",
            f"{session.id} starts on {timed(session.slots[:1], programme.periods)}; {why}",
            tuple(one.id for one in concerned),
            (first,),
            session.place and replace(session.place, column="start"),
        )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        course = programme.courses[about.id]
        orders = [
            f"{_lag(after)}after {'all sessions of ' if after.all else ''}{after.course}"
            for after in course.after
        ]
        return f"{course.id} comes {' and '.join(orders) or 'in any order'}"


def _too_long_ago(programme: Programme, after: After, earlier: Iterable[Session], later: Session) -> str:
    """Return in words the last earlier session that is over in time, if even that ended too long before."""
    over = [one for one in earlier if not _too_late(after, one, later)]
    last = max(over, key=lambda one: one.slots[-1], default=None)
    if last is None or not _too_early(after, last, later):
        return ""
    days = many((later.slots[0].day - last.slots[-1].day).days, "day")
    return f" ({last.id} ends on {timed(last.slots[-1:], programme.periods)}, {days} before)"


def both(programme: Programme, course: Course, after: After) -> tuple[str, ...]:
    """Return the groups that take both courses: those whom the order binds."""
    earlier = programme.courses.get(after.course)
    return tuple(group for group in course.seats if earlier is not None and group in earlier.seats)


def unmatched(
    after: After, group: str, earlier: Iterable[Session], later: Iterable[Session]
) -> Iterator[tuple[Session, int, Session | None]]:
    """Yield each later session with how many of the group's seats there are that nobody can be ready for.

    First come, first served loses nothing: a session that starts later accepts all that one before
    it accepts, but for those whose time has run out for every session from then on.

    Args:
        after: The order, without ``all``.
        group: The group whose seats are matched.
        earlier: Sessions of the course that comes first, with slots.
        later: Sessions of the other course, with slots.

    Yields:
        The later session, its seats without a match, and the next earlier session, which ends too late
        for it (None if there is none).
    """
    ready = deque(
        (session, session.groups.get(group, 0))
        for session in sorted(earlier, key=lambda one: (one.slots[-1], one.slots[0]))
    )
    for session in sorted(later, key=lambda one: one.slots[0]):
        missing = session.groups.get(group, 0)
        while missing and ready and not _too_late(after, ready[0][0], session):
            source, left = ready.popleft()
            if _too_early(after, source, session):
                continue
            if left > missing:
                ready.appendleft((source, left - missing))
            missing = max(0, missing - left)
        if missing:
            yield session, missing, ready[0][0] if ready else None


def _too_late(after: After, earlier: Session, later: Session) -> bool:
    """Say whether the earlier session ends too late for the later one."""
    lag = (later.slots[0].day - earlier.slots[-1].day).days
    return earlier.slots[-1] >= later.slots[0] or (after.at_least is not None and lag < after.at_least)


def _too_early(after: After, earlier: Session, later: Session) -> bool:
    """Say whether the earlier session ended so long before that it no longer counts."""
    lag = (later.slots[0].day - earlier.slots[-1].day).days
    return after.at_most is not None and lag > after.at_most


def _lag(after: After) -> str:
    least, most = after.at_least or None, after.at_most
    if least is None and most is None:
        return ""
    if most is None:
        return f"at least {many(least or 0, 'day')} "
    if least is None:
        return f"at most {many(most, 'day')} "
    return f"{many(most, 'day')} " if least == most else f"{least:,} to {many(most, 'day')} "
