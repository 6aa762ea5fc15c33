"""Whether some statements can hold together, by trying everything: no solver, no calendar, no rule of ours.

Only for tiny programmes. Time is numbered by periods from the programme's start; where the programme's end is
not among the statements, it goes on for some days more. A statement that is left out makes nothing stricter:
a session works through a day off that is not among them or steps over it, whichever it likes, and where its
length is not among them it is of any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, combinations, permutations, product
from math import inf
from typing import NamedTuple

from trainplan.explain.line import Line
from trainplan.model import Course, Programme, Schedule, Session

LONGEST = 8  # days that a session of any length may take
MORE = 14  # days that there are beyond an end that does not bind


class One(NamedTuple):
    """A session: its periods as numbers."""

    course: str
    days: tuple[int, ...]
    venue: str
    staff: tuple[str, ...]
    seats: tuple[tuple[str, int], ...]


class TooMany(Exception):
    """There is more to try than was allowed."""


class Naive:
    """One question: the programme, and which of its statements hold."""

    def __init__(
        self,
        programme: Programme,
        lines: Sequence[Line],
        before: Schedule | None = None,
        most: float = inf,
    ) -> None:
        self.programme = programme
        self.steps = most  # so many more may be tried
        self.periods = len(programme.periods)
        self.held = {(line.rule, line.about.kind, line.about.id, line.part) for line in lines}
        self.sharing = {
            (line.rule, id)
            for line in lines
            if line.rule.endswith("clash")
            for id in line.about.id.split(";")
        }
        self.asked = {
            (course.id, group): seats
            for course in programme.courses.values()
            for group, seats in course.seats.items()
        }
        self.wanted = {pair for pair in self.asked if self._demanded(*pair)}
        self.pinned = [
            one
            for one in (before.live if before else ())
            if one.pin and self.has("pinned", "session", one.id)
        ]

    def _demanded(self, course: str, group: str) -> bool:
        return self.has("demand", "course", course, group) or self.has("demand", "course", course)

    def has(self, rule: str, kind: str, id: str, part: str = "") -> bool:
        return (rule, kind, id, part) in self.held

    def possible(self) -> bool:
        steps: list[tuple[Course, Session | None]] = []
        for course in self._ordered():
            steps += [(course, one) for one in self.pinned if one.course == course.id]
            steps.append((course, None))
        options = {course.id: list(self._options(course)) for course, _ in steps}
        if any(one.course not in self.programme.courses for one in self.pinned):
            return False
        return self._place([], steps, options, 0, dict(self.asked))

    def _ordered(self) -> Iterator[Course]:
        waiting = dict(self.programme.courses)
        while waiting:
            for course in list(waiting.values()):
                if not any(order.course in waiting for order in course.after):
                    yield waiting.pop(course.id)

    def _place(
        self,
        placed: list[One],
        steps: Sequence[tuple[Course, Session | None]],
        options: Mapping[str, Sequence[One]],
        first: int,
        left: dict[tuple[str, str], int],
    ) -> bool:
        if not any(left[pair] for pair in self.wanted) and all(pinned is None for _, pinned in steps):
            return self._dealt(placed)
        if not steps:
            return False
        (course, pinned), *others = steps
        done = not any(left[pair] for pair in self.wanted if pair[0] == course.id)
        if pinned is None and done and self._place(placed, others, options, 0, left):
            return True
        mine = options[course.id]
        for at in range(first, len(mine)):
            self.steps -= 1
            if self.steps < 0:
                raise TooMany
            one = mine[at]
            if pinned is not None and not self._as_pinned(pinned, one):
                continue
            if any(left[course.id, group] < seats for group, seats in one.seats):
                continue
            if not self._fits(placed, one):
                continue
            for group, seats in one.seats:
                left[course.id, group] -= seats
            if pinned is None:
                found = self._place([*placed, one], steps, options, at, left)
            else:
                found = self._place([*placed, one], others, options, 0, left)
            for group, seats in one.seats:
                left[course.id, group] += seats
            if found:
                return True
        return False

    def _as_pinned(self, old: Session, new: One) -> bool:
        if "date" in old.pin and tuple(map(self._number, old.slots)) != new.days:
            return False
        if "venue" in old.pin and old.venues != ((new.venue,) if new.venue else ()):
            return False
        staffed = self.has("instructor-roles", "course", new.course)
        if "instructors" in old.pin and staffed and set(old.instructors) != set(new.staff):
            return False
        return "seats" not in old.pin or dict(old.groups) == dict(new.seats)

    def _number(self, slot: tuple[date, int]) -> int:
        return (slot[0] - self.programme.starts).days * self.periods + slot[1]

    # ---- what a single session may be

    def day(self, number: int) -> date:
        return self.programme.starts + timedelta(days=number // self.periods)

    def _runs(self, length: int) -> set[tuple[int, ...]]:
        """Return the runs of so many periods: whatever days off don't bind, each set of them off or not."""
        programme = self.programme
        span = (programme.ends - programme.starts).days + 1
        if not self.has("course-days", "programme", "ends", "ends"):
            span += MORE
        off: set[date] = set()
        maybe: list[set[date]] = []
        for at, closure in enumerate(programme.closures):
            if closure.whom == "all" and self.has("course-days", "all", "", f"closure {at}"):
                off |= _days(closure.blocks)
            elif closure.whom == "all":
                maybe.append(_days(closure.blocks))
        runs = set()
        for some in chain.from_iterable(combinations(maybe, count) for count in range(len(maybe) + 1)):
            shut = off.union(*some)
            axis = [
                number
                for number in range(span * self.periods)
                if self.day(number).weekday() in programme.working_days and self.day(number) not in shut
            ]
            runs |= {tuple(axis[at : at + length]) for at in range(len(axis) - length + 1)}
        return runs

    def _options(self, course: Course) -> Iterator[One]:
        lengths: Sequence[int] = (course.length,)
        fixed = self.has("course-days", "course", course.id, "duration") or not self._lasts(course)
        if not fixed:
            # A shorter one is easier in all but two things: a longest lag after it, and its pinned days.
            matters = any(one.course == course.id and "date" in one.pin for one in self.pinned) or any(
                order.course == course.id
                and order.at_most is not None
                and self.has("course-order", "course", other.id, f"after {number}")
                for other in self.programme.courses.values()
                for number, order in enumerate(other.after)
            )
            lengths = range(1, LONGEST * self.periods + 1) if matters else (1,)
        for days in sorted(run for length in lengths for run in self._runs(length)):
            if fixed and course.whole_days and days[0] % self.periods:
                continue
            if not self._in_time(course, days):
                continue
            for venue, staff, seats in product(
                self._venues(course, days), self._staffs(course, days), self._seatings(course, days)
            ):
                total = sum(number for _, number in seats)
                tight = venue and self.has("venue-capacity", "venue", venue)
                if tight and total > self.programme.venues[venue].capacity:
                    continue
                yield One(course.id, days, venue, staff, seats)

    def _lasts(self, course: Course) -> bool:
        """Say whether the course's length is among the statements that there are."""
        return course.length > 1 or any(
            order.course == course.id and order.at_most is not None
            for other in self.programme.courses.values()
            for order in other.after
        )

    def _in_time(self, course: Course, days: tuple[int, ...]) -> bool:
        first, last = self.day(days[0]), self.day(days[-1])
        id = course.id
        starts = self.has("course-days", "course", id, "start_on")
        if course.start_on and starts and first.weekday() not in course.start_on:
            return False
        if (
            self.has("course-days", "course", id, "span")
            and first.isocalendar()[:2] != last.isocalendar()[:2]
        ):
            return False
        if (
            course.earliest
            and self.has("course-window", "course", id, "earliest")
            and first < course.earliest
        ):
            return False
        if course.latest and self.has("course-window", "course", id, "latest") and last > course.latest:
            return False
        return not self._shut("course-window", "course", id, days)

    def _shut(self, rule: str, kind: str, id: str, days: tuple[int, ...]) -> bool:
        dates = {self.day(number) for number in days}
        for at, closure in enumerate(self.programme.closures):
            counts = (closure.whom, closure.id) == (kind, id) and self.has(rule, kind, id, f"closure {at}")
            if counts and not dates.isdisjoint(_days(closure.blocks)):
                return True
        if kind == "course":
            return False
        row = getattr(self.programme, f"{kind}s")[id]
        comes = self.has(rule, kind, id, "available_from")
        if row.available_from and comes and min(dates) < row.available_from:
            return True
        if row.available_until and self.has(rule, kind, id, "available_until"):
            return max(dates) > row.available_until
        return False

    def _venues(self, course: Course, days: tuple[int, ...]) -> list[str]:
        anywhere = not self.has("venue-features", "course", course.id)
        housed = {
            id for one in self.pinned if one.course == course.id and "venue" in one.pin for id in one.venues
        }
        if anywhere and not housed:
            return [""]
        return ([""] if anywhere else []) + [
            id
            for id, venue in self.programme.venues.items()
            if (
                id in housed
                if anywhere
                else course.features is not None and course.features <= venue.features
            )
            and not self._shut("venue-closed", "venue", id, days)
            and not (venue.site and self._shut_site(venue.site, days))
        ]

    def _shut_site(self, site: str, days: tuple[int, ...]) -> bool:
        dates = {self.day(number) for number in days}
        return any(
            closure.whom == "site"
            and closure.id == site
            and self.has("venue-closed", "site", site, f"closure {at}")
            and not dates.isdisjoint(_days(closure.blocks))
            for at, closure in enumerate(self.programme.closures)
        )

    def _staffs(self, course: Course, days: tuple[int, ...]) -> list[tuple[str, ...]]:
        if not self.has("instructor-roles", "course", course.id):
            return [()]
        places = [role.qualification for role in course.roles for _ in range(role.count)]
        there = [
            id
            for id in self.programme.instructors
            if not self._shut("instructor-closed", "instructor", id, days)
        ]
        return [
            team
            for team in combinations(there, len(places))
            if any(
                all(self._holds(id, name, days) for id, name in zip(order, places, strict=True))
                for order in permutations(team)
            )
        ]

    def _holds(self, id: str, name: str, days: tuple[int, ...]) -> bool:
        return any(
            one.name == name
            and (
                one.until is None
                or self.day(days[-1]) <= one.until
                or not self.has("instructor-qualified", "instructor", id, name)
            )
            for one in self.programme.instructors[id].qualifications
        )

    def _seatings(self, course: Course, days: tuple[int, ...]) -> Iterator[tuple[tuple[str, int], ...]]:
        groups = [
            group
            for group in course.seats
            if not any(
                self._shut("group-closed", "group", whole, days) for whole in self.programme.umbrellas(group)
            )
        ]
        for numbers in product(*(range(course.seats[group] + 1) for group in groups)):
            seats = tuple((group, number) for group, number in zip(groups, numbers, strict=True) if number)
            total = sum(numbers)
            if not seats:
                continue
            if len(seats) > 1 and not course.mixed and self.has("class-mix", "course", course.id):
                continue
            if total < course.min_class and self.has("class-size", "course", course.id, "min"):
                continue
            if total > course.max_class and self.has("class-size", "course", course.id, "max"):
                continue
            yield seats

    # ---- what sessions may be together

    def _fits(self, placed: Sequence[One], new: One) -> bool:
        everything = [*placed, new]
        return (
            self._apart(placed, new)
            and self._parallel(everything, new)
            and self._load(everything, new)
            and self._cover(everything, new)
            and self._in_order(placed, new)
        )

    def _apart(self, placed: Sequence[One], new: One) -> bool:
        for other in placed:
            if set(other.days).isdisjoint(new.days):
                continue
            if new.venue and other.venue == new.venue and ("venue-clash", new.venue) in self.sharing:
                return False
            if any(("instructor-clash", id) in self.sharing for id in set(new.staff) & set(other.staff)):
                return False
        return True

    def _parallel(self, everything: Sequence[One], new: One) -> bool:
        most = self.programme.courses[new.course].parallel
        if most is None or not self.has("course-parallel", "course", new.course):
            return True
        return all(
            sum(one.course == new.course and day in map(self.day, one.days) for one in everything) <= most
            for day in map(self.day, new.days)
        )

    def _load(self, everything: Sequence[One], new: One) -> bool:
        for id in new.staff:
            most = self.programme.instructors[id].max_days_per_week
            if most is None or not self.has("instructor-load", "instructor", id):
                continue
            weeks: dict[object, set[int]] = {}
            for one in everything:
                if id in one.staff:
                    for number in one.days:
                        weeks.setdefault(self.day(number).isocalendar()[:2], set()).add(
                            number // self.periods
                        )
            if any(len(days) > most for days in weeks.values()):
                return False
        return True

    def _cover(self, everything: Sequence[One], new: One) -> bool:
        for group in self.programme.groups.values():
            if not self.has("group-cover", "group", group.id):
                continue
            parts = set(self.programme.parts(group.id))
            for day in new.days:
                away = sum(
                    seats
                    for one in everything
                    if day in one.days
                    for part, seats in one.seats
                    if part in parts
                )
                if away > group.max_away:
                    return False
        return True

    def _in_order(self, placed: Sequence[One], new: One) -> bool:
        """Check the orders that bind a session of a later course; earlier courses are all placed by then."""
        course = self.programme.courses[new.course]
        for number, order in enumerate(course.after):
            if not self.has("course-order", "course", course.id, f"after {number}"):
                continue
            first = self.programme.courses[order.course]
            if order.all:
                # The last of them counts; it is over in time only if all of them are.
                ends = [one for one in placed if one.course == first.id]
                if ends and not self._lag(order, max(ends, key=lambda one: one.days[-1]), new):
                    return False
                continue
            for group in dict(new.seats):
                if group not in first.seats:
                    continue
                later = [one for one in (*placed, new) if one.course == course.id]
                if not self._matched(order, group, [one for one in placed if one.course == first.id], later):
                    return False
        return True

    def _lag(self, order: object, one: One, new: One) -> bool:
        lag = (self.day(new.days[0]) - self.day(one.days[-1])).days
        least, most = order.at_least, order.at_most  # type: ignore[attr-defined]
        return (
            new.days[0] > one.days[-1] and (least is None or lag >= least) and (most is None or lag <= most)
        )

    def _matched(self, order: object, group: str, earlier: Sequence[One], later: Sequence[One]) -> bool:
        """Say whether each later seat finds an earlier one of its own, by trying every way."""
        sources = [one for one in earlier for _ in range(dict(one.seats).get(group, 0))]
        seats = [one for one in later for _ in range(dict(one.seats).get(group, 0))]

        def match(at: int, used: frozenset[int]) -> bool:
            if at == len(seats):
                return True
            return any(
                number not in used and self._lag(order, source, seats[at]) and match(at + 1, used | {number})
                for number, source in enumerate(sources)
            )

        return match(0, frozenset())

    def _dealt(self, placed: Sequence[One]) -> bool:
        """Say whether the people of each group can be dealt out, by trying every way."""
        groups = {group for one in placed for group, _ in one.seats}
        return all(
            self._deal(group, sorted(placed, key=lambda one: one.days))
            for group in groups
            if self.has("group-attendance", "group", group)
        )

    def _deal(self, group: str, placed: Sequence[One]) -> bool:
        heads = self.programme.groups[group].headcount
        mine = [(one, dict(one.seats).get(group, 0)) for one in placed if dict(one.seats).get(group)]

        def deal(at: int, taken: tuple[tuple[One, ...], ...]) -> bool:
            if at == len(mine):
                return True
            one, seats = mine[at]
            free = [person for person in range(heads) if self._may(group, taken[person], one)]
            for chosen in combinations(free, seats):
                then = tuple((*had, one) if person in chosen else had for person, had in enumerate(taken))
                if deal(at + 1, then):
                    return True
            return False

        return deal(0, ((),) * heads)

    def _may(self, group: str, had: Sequence[One], new: One) -> bool:
        for one in had:
            if one.course == new.course or not set(one.days).isdisjoint(new.days):
                return False
        course = self.programme.courses[new.course]
        for number, order in enumerate(course.after):
            binds = group in self.programme.courses[order.course].seats and not order.all
            if not binds or not self.has("course-order", "course", course.id, f"after {number}"):
                continue
            if not any(one.course == order.course and self._lag(order, one, new) for one in had):
                return False
        return True


def _days(blocks: Sequence[tuple[date, date]]) -> set[date]:
    return {first + timedelta(days=step) for first, last in blocks for step in range((last - first).days + 1)}


def possible(
    programme: Programme, lines: Sequence[Line], before: Schedule | None = None, most: float = inf
) -> bool:
    """Say whether these statements can all hold together.

    Raises:
        TooMany: More than ``most`` sessions would have to be tried.
    """
    return Naive(programme, lines, before, most).possible()
