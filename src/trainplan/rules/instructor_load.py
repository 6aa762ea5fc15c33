"""An instructor works no more days a week than agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board, Expr
from trainplan.words import dated, listed, many
from trainplan.workdays import week_of


class InstructorLoad:
    """No instructor teaches on more dates of one week than ``max_days_per_week`` in instructors.csv.

    A week runs from Monday to Sunday. A date counts once, whether it is taught for half a day or with
    two sessions.

    Breach: ann teaches on 4 days in the week of 1 Mar 2027; 3 days a week is the most

    What to do: Give one of the sessions another instructor, or move it to another week.
    """

    name: ClassVar[str] = "instructor-load"
    states: ClassVar[str] = "No instructor teaches on more days of a week than agreed."

    def post(self, board: Board) -> None:
        """Count the dates on which an instructor works, week by week. Such an instructor is a pool of one."""
        calendar, instructors = board.calendar, board.programme.instructors
        works: dict[tuple[str, ...], dict[date, Expr]] = {}
        stays: dict[tuple[str, ...], set[date]] = {}
        for crew in board.crews:
            for pool, staff in crew.staff.items():
                if isinstance(staff, int) and staff:
                    stays.setdefault(pool, set()).update(calendar.days(crew.placement))
        for crew in board.crews:
            for pool, staff in crew.staff.items():
                if instructors[pool[0]].max_days_per_week is None or isinstance(staff, int):
                    continue
                dates = works.setdefault(pool, {})
                for day in calendar.days(crew.placement):
                    if day in stays.get(pool, ()):
                        continue
                    if day not in dates:
                        dates[day] = board.flag("works")
                    about = About("instructor", ";".join(pool))
                    board.require(staff <= board.most(staff) * dates[day], self.name, about)
        for pool, dates in works.items():
            limit = instructors[pool[0]].max_days_per_week or 0
            weeks: dict[date, list[Expr]] = {}
            for day, flag in dates.items():
                weeks.setdefault(week_of(day), []).append(flag)
            for monday, flags in weeks.items():
                # Where what stays as it is comes to more than is agreed, nothing is added to it.
                left = max(0, limit - sum(week_of(day) == monday for day in stays.get(pool, ())))
                board.require(board.total(flags) <= left, self.name, About("instructor", ";".join(pool)))

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield instructors' weeks with too many days."""
        weeks: dict[tuple[str, date], dict[date, list[str]]] = {}
        for session in schedule.live:
            for id in dict.fromkeys(session.instructors):
                teacher = programme.instructors.get(id)
                if teacher is None or teacher.max_days_per_week is None:
                    continue
                for day in session.days:
                    monday = day - timedelta(days=day.weekday())
                    weeks.setdefault((id, monday), {}).setdefault(day, []).append(session.id)
        for (id, monday), days in weeks.items():
            teacher = programme.instructors[id]
            most = teacher.max_days_per_week
            if most is None or len(days) <= most:
                continue
            yield Finding(
                self.name,
                "error",
                f"{id} teaches on {many(len(days), 'day')} in the week of {dated(monday)}; "
                f"{many(most, 'day')} a week is the most",
                tuple(dict.fromkeys(name for day in sorted(days) for name in days[day])),
                tuple(sorted(days)),
                teacher.place and replace(teacher.place, column="max_days_per_week"),
            )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one instructor, or several who are alike."""
        ids = about.id.split(";")
        most = programme.instructors[ids[0]].max_days_per_week
        verb, each = ("teaches", "") if len(ids) == 1 else ("teach", " each")
        limit = "any number of days" if most is None else f"at most {many(most, 'day')}"
        return f"{listed(ids)} {verb} {limit} a week{each}"
