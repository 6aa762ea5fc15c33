"""The people of a group can really take the seats that it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from trainplan.attendance import Dealing, deal
from trainplan.findings import Finding
from trainplan.model import Programme, Schedule, Session
from trainplan.rules.base import About, Board, Expr
from trainplan.rules.course_order import both, unmatched
from trainplan.words import listed, many
from trainplan.workdays import Placement


class GroupAttendance:
    """A group's seats can be dealt out to its people, so that each one's calendar is sound.

    A person takes a course at most once, is never in two sessions at once, and keeps the order that
    ``after`` asks. Each rule on its own may be kept and still nobody is free for the last seat; this rule
    finds that out by dealing. Seats that break ``course-order`` already are left out of the dealing.

    Breach: police: the seats of CP-01, CY-01 and CP-02 can't be dealt out to its 10 people

    What to do: Move one of the sessions named, or take seats off it. If it says that the dealing was not
    settled, it may well be possible: the search was stopped.
    """

    name: ClassVar[str] = "group-attendance"
    states: ClassVar[str] = (
        "Each group's people can be dealt out to its seats without anybody being double-booked."
    )

    def post(self, board: Board) -> None:
        """Ask for no more seats at one time, or in one course, than there are people.

        That is plainly necessary; the rest is dealing people out, and cutting off what can't be dealt.
        """
        away: dict[str, list[tuple[Placement, Expr]]] = {}
        taken: dict[tuple[str, str], list[Expr]] = {}
        for run in board.runs:
            for group, people in run.people.items():
                away.setdefault(group, []).append((run.placement, people))
                taken.setdefault((group, run.lot.course.id), []).append(people)
        for group, uses in away.items():
            heads = board.programme.groups[group].headcount
            for together in board.at_once(uses):
                board.require(board.total(together) <= heads, self.name, About("group", group))
        for (group, _), seats in taken.items():
            heads = board.programme.groups[group].headcount
            board.require(board.total(seats) <= heads, self.name, About("group", group))

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield groups whose seats can't be dealt; a warning where that could not be settled."""
        seated: dict[str, list[Session]] = {}
        for session in schedule.live:
            if session.slots and session.course in programme.courses:
                for group, seats in session.groups.items():
                    if seats and group in programme.groups:
                        seated.setdefault(group, []).append(session)
        for group, row in programme.groups.items():
            sessions = seated.get(group)
            if not sessions:
                continue
            dealing = deal(programme, group, sessions)
            if dealing.possible is False:
                dealing = deal(programme, group, in_order(programme, group, sessions))
                if dealing.possible:
                    # More seats than people is no matter of order, whatever else is.
                    crowd = _too_many(row.headcount, group, sessions)
                    dealing = Dealing(not crowd, blame=tuple(one.id for one in crowd))
            if dealing.possible:
                continue
            place = row.place and replace(row.place, column="headcount")
            if dealing.possible is None:
                message = f"{group}: whether its seats can be dealt out to its people was not settled"
                yield Finding(self.name, "warning", message, (), (), place)
                continue
            blamed = [session for session in sessions if session.id in dealing.blame]
            yield Finding(
                self.name,
                "error",
                f"{group}: {_told(programme, group, blamed)}",
                tuple(session.id for session in blamed),
                tuple(sorted({day for session in blamed for day in session.days})),
                place,
            )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one group."""
        people = many(programme.groups[about.id].headcount, "person", "people")
        return f"{about.id} has {people}, each in one session at a time and once in a course"


def in_order(programme: Programme, group: str, sessions: Sequence[Session]) -> list[Session]:
    """Return the sessions without the seats that ``course-order`` rejects, so that it alone blames those.

    Seats that go may have been what others were matched to; so it goes on until none are left to go.
    """
    kept = list(sessions)
    while True:
        surplus: dict[int, int] = {}
        for course in programme.courses.values():
            for after in course.after:
                if after.all or group not in both(programme, course, after):
                    continue
                earlier, later = (
                    [one for one in kept if one.course == name] for name in (after.course, course.id)
                )
                for session, missing, _ in unmatched(after, group, earlier, later):
                    surplus[id(session)] = max(missing, surplus.get(id(session), 0))
        if not surplus:
            return kept
        kept = [
            replace(one, groups={**one.groups, group: one.groups[group] - surplus.get(id(one), 0)})
            for one in kept
        ]


def _too_many(headcount: int, group: str, sessions: Sequence[Session]) -> list[Session]:
    """Return sessions of one course, or of one time, that have more seats than there are people."""
    together: dict[object, list[Session]] = {}
    for session in sessions:
        for shared in (session.course, *session.slots):
            together.setdefault(shared, []).append(session)
    crowds = (some for some in together.values() if sum(one.groups[group] for one in some) > headcount)
    return next(crowds, [])


def _told(programme: Programme, group: str, blamed: Sequence[Session]) -> str:
    headcount = programme.groups[group].headcount
    seats = sum(session.groups[group] for session in blamed)
    courses = {session.course for session in blamed}
    people = many(headcount, "person", "people")
    names = listed([session.id for session in blamed])
    if seats > headcount and len(courses) == 1:
        return f"{many(seats, 'seat')} in {courses.pop()} ({names}) for {people}, each of whom takes it once"
    if seats > headcount and set.intersection(*(set(session.slots) for session in blamed)):
        return f"{many(seats, 'seat')} at one time ({names}) for {people}"
    orders: dict[str, list[str]] = {}
    for name in dict.fromkeys(session.course for session in blamed):
        course = programme.courses[name]
        for after in course.after:
            if not after.all and group in both(programme, course, after):
                orders.setdefault(name, []).append(after.course)
    told = [f"{name} comes after {listed(earlier)}" for name, earlier in orders.items()]
    why = f" ({listed(told)})" if told else ""
    return f"the seats of {names} can't be dealt out to its {people}{why}"
