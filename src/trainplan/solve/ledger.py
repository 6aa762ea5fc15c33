"""What sessions placed so far have taken of rooms, instructors, cover and people's time.

Slots taken are kept as bits of a whole number, so that "is it free then?" is one operation. People of a
group are dealt out as sessions are placed, so that whatever is placed can be attended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from trainplan.model import After, Course, Instructor, Venue
from trainplan.workdays import Calendar, Placement, week_of


@dataclass(slots=True)
class Person:
    """Somebody of a group: when she is in training, and the last slot of each course she has taken."""

    busy: int = 0
    done: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """A session that could be placed: where, with whom, for whom."""

    course: Course
    placement: Placement
    venue: str
    instructors: tuple[str, ...]
    people: Mapping[str, tuple[Person, ...]]

    @property
    def seats(self) -> int:
        """Seats in it."""
        return sum(len(seated) for seated in self.people.values())


def bits(slots: Sequence[int]) -> int:
    """Return slots as a whole number with one bit each."""
    return sum(1 << slot for slot in slots)


class Ledger:
    """The resources of a programme and what is left of them."""

    def __init__(self, calendar: Calendar) -> None:
        """Start with nothing taken but what closures take."""
        self.calendar = calendar
        self.programme = programme = calendar.programme
        self._room = {id: self._shut("venue", id) for id in programme.venues}
        self._teacher = {id: self._shut("instructor", id) for id in programme.instructors}
        self._group = {id: self._shut("group", id) for id in programme.groups}
        horizon = ((programme.ends - programme.starts).days + 1) * calendar.periods
        self._away = {id: [0] * horizon for id in programme.groups}
        self._above = {id: programme.umbrellas(id) for id in programme.groups}
        self._worked: dict[tuple[str, date], set[date]] = {}
        self._running: dict[tuple[str, date], int] = {}
        self._people: dict[str, list[Person]] = {}
        self._over: dict[str, int] = {}  # the last slot of a course's last session
        self._begun: dict[str, tuple[int, int]] = {}  # first and last start of a course's sessions
        self._waiting: dict[str, list[tuple[str, After]]] = {}  # who waits for all of a course
        for other in programme.courses.values():
            for order in other.after:
                if order.all:
                    self._waiting.setdefault(order.course, []).append((other.id, order))
        self.placed: list[Offer] = []

    def _shut(self, whom: str, id: str) -> int:
        calendar = self.calendar
        first = [(day - self.programme.starts).days * calendar.periods for day in calendar.closed(whom, id)]  # type: ignore[arg-type]
        return bits([slot + period for slot in first for period in range(calendar.periods)])

    def people(self, group: str) -> list[Person]:
        """Return everybody in a group."""
        if group not in self._people:
            self._people[group] = [Person() for _ in range(self.programme.groups[group].headcount)]
        return self._people[group]

    def rooms(self, course: Course, mask: int) -> Iterator[Venue]:
        """Yield the venues that suit a course and are free."""
        for venue in self.programme.venues.values():
            if (course.features or frozenset()) <= venue.features and not self._room[venue.id] & mask:
                yield venue

    def team(self, course: Course, placement: Placement, mask: int) -> tuple[str, ...] | None:
        """Return instructors for every place, the least versatile first, or None; it may miss a way."""
        ends, chosen = self.calendar.day(placement.last), list[str]()
        days = self.calendar.days(placement)
        for role in sorted(course.roles, key=lambda one: self._holders(one.qualification)):
            able = [
                one
                for one in self.programme.instructors.values()
                if one.id not in chosen
                and not self._teacher[one.id] & mask
                and any(
                    held.name == role.qualification and (held.until is None or ends <= held.until)
                    for held in one.qualifications
                )
                and self._has_days(one, days)
            ]
            if len(able) < role.count:
                return None
            able.sort(key=lambda one: (bool(one.trip_cost), len(one.qualifications), one.cost_per_day))
            chosen += [one.id for one in able[: role.count]]
        return tuple(chosen)

    def _holders(self, qualification: str) -> int:
        return sum(
            any(held.name == qualification for held in one.qualifications)
            for one in self.programme.instructors.values()
        )

    def _has_days(self, one: Instructor, days: Sequence[date]) -> bool:
        if one.max_days_per_week is None:
            return True
        weeks: dict[date, set[date]] = {}
        for day in days:
            weeks.setdefault(week_of(day), set()).add(day)
        return all(
            len(more | self._worked.get((one.id, week), set())) <= one.max_days_per_week
            for week, more in weeks.items()
        )

    def crowded(self, course: Course, placement: Placement) -> bool:
        """Say whether as many sessions of the course as may run at once run then already."""
        return course.parallel is not None and any(
            self._running.get((course.id, day), 0) >= course.parallel for day in self.calendar.days(placement)
        )

    def in_order(self, course: Course, placement: Placement) -> bool:
        """Say whether all that must be over before it is, and it before all that waits for it."""
        last = max(placement.last, self._over.get(course.id, placement.last))
        return all(
            self._follows(order, self._over[order.course], placement.first)
            for order in course.after
            if order.all and order.course in self._over
        ) and all(
            self._follows(order, last, start)
            for later, order in self._waiting.get(course.id, ())
            for start in self._begun.get(later, ())
        )

    def _follows(self, order: After, last: int, first: int) -> bool:
        lag = (self.calendar.day(first) - self.calendar.day(last)).days
        return first > last and lag_fits(order.at_least, order.at_most, lag)

    def slack(self, group: str, placement: Placement, mask: int) -> dict[str, int]:
        """Return how many more may be away for all of a placement, of a group and of each umbrella above it.

        Empty where the group is not free then.
        """
        if self._group[group] & mask:
            return {}
        return {
            whole: self.programme.groups[whole].max_away
            - max(self._away[whole][slot] for slot in placement.slots)
            for whole in self._above[group]
        }

    def ready(self, course: Course, group: str, placement: Placement, mask: int) -> list[Person]:
        """Return the people who could take a course then, those first who have waited longest for it."""
        orders = [
            order
            for order in course.after
            if not order.all and group in self.programme.courses[order.course].seats
        ]
        starts, day = self.calendar.day(placement.first), self.calendar.day
        able = [
            one
            for one in self.people(group)
            if not one.busy & mask
            and course.id not in one.done
            and all(
                order.course in one.done
                and one.done[order.course] < placement.first
                and lag_fits(order.at_least, order.at_most, (starts - day(one.done[order.course])).days)
                for order in orders
            )
        ]
        if orders:
            able.sort(key=lambda one: [one.done[order.course] for order in orders])
        return able

    def place(self, offer: Offer) -> None:
        """Take what a session takes."""
        course, placement = offer.course, offer.placement
        mask = bits(placement.slots)
        if offer.venue:
            self._room[offer.venue] |= mask
        for day in self.calendar.days(placement):
            self._running[course.id, day] = self._running.get((course.id, day), 0) + 1
            for id in offer.instructors:
                self._worked.setdefault((id, week_of(day)), set()).add(day)
        for id in offer.instructors:
            self._teacher[id] |= mask
        for group, seated in offer.people.items():
            for whole in self._above[group]:
                away = self._away[whole]
                for slot in placement.slots:
                    away[slot] += len(seated)
            for one in seated:
                one.busy |= mask
                one.done[course.id] = placement.last
        self._over[course.id] = max(placement.last, self._over.get(course.id, placement.last))
        first, last = self._begun.get(course.id, (placement.first, placement.first))
        self._begun[course.id] = (min(first, placement.first), max(last, placement.first))
        self.placed.append(offer)


def lag_fits(at_least: int | None, at_most: int | None, lag: int) -> bool:
    """Say whether a lag in calendar days lies between the least and the most."""
    return (at_least is None or lag >= at_least) and (at_most is None or lag <= at_most)
