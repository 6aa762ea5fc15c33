"""The calendar of a programme: which days work, and every set of slots that one run of a course may take.

Time is numbered on one plain axis, so that dates and numbers turn into each other without a table:
slot = (days since the programme's start) x (periods a day) + period. Weekends and holidays have numbers
too; they are simply never part of a placement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from trainplan.model import Closure, Course, Programme, Slot, Whom

ONE_DAY = timedelta(days=1)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """The exact slots that one run of a course would take, as ascending numbers on the axis."""

    slots: tuple[int, ...]

    @property
    def first(self) -> int:
        """The slot in which it begins."""
        return self.slots[0]

    @property
    def last(self) -> int:
        """The slot in which it ends."""
        return self.slots[-1]


def public_holidays(code: str, first: date, last: date) -> dict[date, str]:
    """Return the public holidays from ``first`` to ``last``, observed days included, with their names.

    Args:
        code: ISO 3166 country (``LC``) or country-subdivision (``US-PR``).
        first: First date asked for.
        last: Last date asked for, included.

    Raises:
        LookupError: The country or subdivision is not known.
    """
    import holidays

    country, _, subdivision = code.partition("-")
    years = range(first.year, last.year + 1)
    try:
        known = holidays.country_holidays(country, subdiv=subdivision or None)
        english = [name for name in known.supported_languages if name.startswith("en")]
        named = holidays.country_holidays(
            country, subdiv=subdivision or None, years=years, language=english[0] if english else None
        )
    except NotImplementedError as unknown:
        raise LookupError(code) from unknown
    return {day: name for day, name in sorted(named.items()) if first <= day <= last}


def week_of(day: date) -> date:
    """Return the Monday of the week that ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def dates(first: date, last: date) -> Iterator[date]:
    """Yield every date from ``first`` to ``last``, both included; none if ``last`` is the earlier."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


class Calendar:
    """Working days, slots and placements of one programme; computed once, then only looked up."""

    def __init__(self, programme: Programme) -> None:
        """Lay out the days of ``programme``, each kind of day when it is first asked for.

        Whatever asks for working days raises LookupError where ``programme.holidays`` names no known
        country or subdivision.
        """
        self.programme = programme
        self.periods = len(programme.periods)
        self._placements: dict[str, tuple[Placement, ...]] = {}
        self._closed: dict[tuple[Whom, str], frozenset[date]] = {}

    @cached_property
    def off(self) -> dict[date, str]:
        """Working weekdays of the programme that are off for everybody, with the reason, ascending."""
        programme = self.programme
        holidays = (
            public_holidays(programme.holidays, programme.starts, programme.ends)
            if programme.holidays
            else {}
        )
        for closure in self._of("all"):
            if closure.opens:
                for day in self._dates(closure):
                    holidays.pop(day, None)
        for closure in self._of("all"):
            if not closure.opens:
                holidays |= dict.fromkeys(self._dates(closure), closure.reason or "closed")
        return {day: why for day, why in sorted(holidays.items()) if day.weekday() in programme.working_days}

    @cached_property
    def working(self) -> tuple[date, ...]:
        """The programme's working days, ascending."""
        return tuple(day for day in dates(self.programme.starts, self.programme.ends) if self.works(day))

    def works(self, day: date) -> bool:
        """Say whether ``day`` is a working day of the programme."""
        programme = self.programme
        return (
            programme.starts <= day <= programme.ends
            and day.weekday() in programme.working_days
            and day not in self.off
        )

    def why_off(self, day: date) -> str | None:
        """Return why nobody works on ``day``, in words; None for a working day."""
        if self.works(day):
            return None
        if day in self.off:
            return self.off[day]
        if not self.programme.starts <= day <= self.programme.ends:
            return "outside the programme"
        return f"a {DAY_NAMES[day.weekday()]}"

    def number(self, slot: Slot) -> int:
        """Return the slot's number on the axis; negative or large when it lies outside the programme."""
        return (slot.day - self.programme.starts).days * self.periods + slot.period

    def number_of(self, day: date) -> int:
        """Return the number of a day's first slot."""
        return (day - self.programme.starts).days * self.periods

    def slot(self, number: int) -> Slot:
        """Return the slot with that number."""
        days, period = divmod(number, self.periods)
        return Slot(self.programme.starts + timedelta(days=days), period)

    def day(self, number: int) -> date:
        """Return the date of the slot with that number."""
        return self.programme.starts + timedelta(days=number // self.periods)

    def days(self, placement: Placement) -> tuple[date, ...]:
        """Return the dates that a placement uses, ascending, each once."""
        return tuple(dict.fromkeys(self.day(number) for number in placement.slots))

    def placements(self, course: Course) -> tuple[Placement, ...]:
        """Return every run of consecutive working slots that has the course's length and may start there.

        It heeds length, working days, ``start_on`` and ``span``, but no window, closure or capacity:
        those are other rules' business. In order of time. Where the programme spells out a course's runs,
        it is those.
        """
        if course.id not in self._placements:
            stated = self.programme.runs.get(course.id)
            self._placements[course.id] = tuple(
                self._enumerate(course) if stated is None else map(Placement, stated)
            )
        return self._placements[course.id]

    def _enumerate(self, course: Course) -> Iterator[Placement]:
        axis = [self.number(Slot(day, period)) for day in self.working for period in range(self.periods)]
        for start in range(len(axis) - course.length + 1):
            first, last = axis[start], axis[start + course.length - 1]
            if course.whole_days and first % self.periods:
                continue
            if course.start_on is not None and self.day(first).weekday() not in course.start_on:
                continue
            if not course.span and week_of(self.day(first)) != week_of(self.day(last)):
                continue
            yield Placement(tuple(axis[start : start + course.length]))

    def unbroken(self, placement: Placement) -> int:
        """Return the slot from which on a placement leaves out no working slot before its end.

        That is its first slot, unless the programme spells out runs that step over working days.
        """
        if not self.programme.runs:
            return placement.first
        first = placement.last
        for slot in reversed(placement.slots[:-1]):
            between = range(slot + 1, first)
            if any(self.works(self.day(number)) for number in between):
                break
            first = slot
        return first

    def in_window(self, course: Course, placement: Placement) -> bool:
        """Say whether a placement heeds ``earliest``, ``latest`` and the course's own closures."""
        return (
            (course.earliest is None or self.day(placement.first) >= course.earliest)
            and (course.latest is None or self.day(placement.last) <= course.latest)
            and self.closed("course", course.id).isdisjoint(self.days(placement))
        )

    def closed(self, whom: Whom, id: str) -> frozenset[date]:
        """Return the dates on which a venue, group, instructor or course may not be used.

        A venue's include its site's closures, a group's those of the umbrellas above it, and all but
        a course's the days outside the availability window. Days off for everybody are not among them.
        """
        if (whom, id) not in self._closed:
            self._closed[whom, id] = frozenset(self._shut(whom, id))
        return self._closed[whom, id]

    def _shut(self, whom: Whom, id: str) -> Iterator[date]:
        programme = self.programme
        for closure in self._of(whom, id):
            yield from self._dates(closure)
        if whom == "course":
            return
        if whom == "group":
            owner = programme.groups[id]
            if owner.part_of is not None:
                yield from self.closed("group", owner.part_of)
            start, end = owner.available_from, owner.available_until
        elif whom == "venue":
            venue = programme.venues[id]
            if venue.site:
                for closure in self._of("site", venue.site):
                    yield from self._dates(closure)
            start, end = venue.available_from, venue.available_until
        else:
            instructor = programme.instructors[id]
            start, end = instructor.available_from, instructor.available_until
        for day in dates(programme.starts, programme.ends):
            if (start is not None and day < start) or (end is not None and day > end):
                yield day

    def _of(self, whom: Whom, id: str = "") -> Iterator[Closure]:
        return (one for one in self.programme.closures if one.whom == whom and one.id == id)

    def _dates(self, closure: Closure) -> Iterator[date]:
        for first, last in closure.blocks:
            yield from dates(max(first, self.programme.starts), min(last, self.programme.ends))


_latest: Calendar | None = None


def calendar_of(programme: Programme) -> Calendar:
    """Return the calendar of ``programme``; asked again for the same object, the same calendar.

    An audit asks once for each rule. Only the latest is kept, together with its programme, so that no
    other programme can be mistaken for it.
    """
    global _latest
    latest = _latest
    if latest is None or latest.programme is not programme:
        latest = _latest = Calendar(programme)
    return latest
