"""What a schedule uses, thing by thing and slot by slot, worked out once for many questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from trainplan.model import Programme, Session
from trainplan.workdays import Calendar, week_of


@dataclass
class Usage:
    """Masks have a bit for each slot of the programme.

    Attributes:
        venues, teachers: The slots (bits) in which each is taken.
        weeks: The dates on which an instructor teaches, by instructor and Monday.
        away: People of each group, umbrellas included, in training, by slot.
        dates: Sessions of a course, by date.
        of_course: The sessions of each course.
        at: The sessions of a course that take exactly these slots, by their numbers.
        of_group: The sessions that seat a group.
        seats: Seats placed, by course and group.
    """

    venues: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    teachers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    weeks: dict[tuple[str, date], set[date]] = field(default_factory=lambda: defaultdict(set))
    away: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    dates: dict[tuple[str, date], int] = field(default_factory=lambda: defaultdict(int))
    of_course: dict[str, list[Session]] = field(default_factory=lambda: defaultdict(list))
    at: dict[tuple[str, tuple[int, ...]], list[Session]] = field(default_factory=lambda: defaultdict(list))
    of_group: dict[str, list[Session]] = field(default_factory=lambda: defaultdict(list))
    seats: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, programme: Programme, calendar: Calendar, sessions: Iterable[Session]) -> Usage:
        """Return what these sessions use."""
        usage = cls()
        for session in sessions:
            usage.add(programme, calendar, session)
        return usage

    def add(self, programme: Programme, calendar: Calendar, session: Session) -> None:
        """Count one more session."""
        numbers = [calendar.number(slot) for slot in session.slots]
        mask = sum(1 << number for number in numbers if number >= 0)
        for venue in session.venues:
            self.venues[venue] |= mask
        for teacher in session.instructors:
            self.teachers[teacher] |= mask
            for day in session.days:
                self.weeks[teacher, week_of(day)].add(day)
        for group, seats in session.groups.items():
            if not seats or group not in programme.groups:
                continue
            self.of_group[group].append(session)
            self.seats[session.course, group] += seats
            for whole in programme.umbrellas(group):
                away = self.away[whole]
                for number in numbers:
                    away[number] += seats
        for day in session.days:
            self.dates[session.course, day] += 1
        self.of_course[session.course].append(session)
        self.at[session.course, tuple(numbers)].append(session)
