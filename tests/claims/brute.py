"""The true optimum of a tiny programme, goal by goal, by trying every schedule.

Nothing of ``trainplan.solve`` is used. Sessions are placed one after another, course by course; what is
placed is given up as soon as something is broken that no further session could mend, or as soon as it
can not be as good as the best schedule known. That a schedule is sound is the word of the audit, what it is
worth that of the goals: both have guards of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations, product
from typing import NamedTuple

from trainplan.audit import audit
from trainplan.findings import Finding
from trainplan.goals import GOALS
from trainplan.model import After, Course, Programme, Schedule, Session, Slot
from trainplan.workdays import Calendar

Values = tuple[int, ...]
STEPS = 400_000  # sessions tried, at the most
AUDITS = 12_000  # schedules audited, at the most


class TooLarge(Exception):
    """There are more schedules than there is time to try."""


class Wish(NamedTuple):
    """A session of a course at certain slots that has to be there, a certain one where it has a name."""

    course: str
    slots: tuple[Slot, ...]
    name: str = ""

    def granted(self, schedule: Schedule) -> bool:
        return any(
            one.course == self.course and one.slots == self.slots and self.name in ("", one.id)
            for one in schedule.live
        )


@dataclass(frozen=True)
class Question:
    """What is to be planned.

    Attributes:
        programme: The rules, and the seats asked for.
        goals: Their names, most important first.
        before: The schedule whose pins are to be kept, and against which changes are counted.
        fixed: Sessions that stay as they are; what they break among themselves does not count.
        named: Sessions of ``before`` that keep their names, and go if they need not be kept.
        cancelled: Sessions that were: none of their course may be put on any of their days at their venue.
        after_today: Nothing new lies on ``before.today`` or before.
        wish: A session that has to be there, or None.
        lacking: Seats that may stay unplaced at the most, by course and group; None for any.
    """

    programme: Programme
    goals: tuple[str, ...]
    before: Schedule | None = None
    fixed: tuple[Session, ...] = ()
    named: tuple[Session, ...] = ()
    cancelled: tuple[Session, ...] = ()
    after_today: bool = False
    wish: Wish | None = None
    lacking: Mapping[tuple[str, str], int] | None = None

    def barred(self, course: str, days: Iterable[object], venues: Iterable[str]) -> bool:
        """Say whether a session was cancelled there: one of the course, on one of the days, at the venue."""
        return any(
            one.course == course and not set(one.days).isdisjoint(days) and set(one.venues) == set(venues)
            for one in self.cancelled
        )

    @property
    def settled(self) -> frozenset[str]:
        return frozenset(one.id for one in self.fixed)

    def left(self) -> dict[tuple[str, str], int]:
        """Return the seats that are still to be placed, by course and group."""
        asked = {
            (course.id, group): seats
            for course in self.programme.courses.values()
            for group, seats in course.seats.items()
        }
        for one in self.fixed:
            for group, seats in one.groups.items():
                asked[one.course, group] = asked.get((one.course, group), 0) - seats
        return {pair: max(0, seats) for pair, seats in asked.items()}

    def measure(self, schedule: Schedule) -> Values:
        """Return what the goals come to; seats held already are not counted as asked for too much."""
        against = replace(schedule, before=self.before)
        return tuple(GOALS[name].measure(self.with_held, against) for name in self.goals)

    @property
    def with_held(self) -> Programme:
        held: Counter[tuple[str, str]] = Counter()
        for one in self.fixed:
            for group, seats in one.groups.items():
                held[one.course, group] += seats
        courses = {
            id: replace(one, seats={group: max(n, held[id, group]) for group, n in one.seats.items()})
            for id, one in self.programme.courses.items()
        }
        return replace(self.programme, courses=courses)

    def breaches(self, schedule: Schedule) -> list[Finding]:
        """Return what a schedule breaks; that seats are missing is no breach."""
        over = [
            Finding("demand", "error", f"{-number} seats too many of {group} in {course}", (), (), None)
            for (course, group), number in self.over(schedule).items()
        ]
        found = [
            one
            for one in audit(self.programme, replace(schedule, before=self.before))
            if one.severity == "error"
            and one.rule != "demand"
            and not (one.sessions and self.settled.issuperset(one.sessions))
        ]
        if self.wish is not None and not self.wish.granted(schedule):
            over.append(Finding("course-days", "error", "the session wished for is not there", (), (), None))
        if self.lacking is not None and any(
            number > self.lacking.get(pair, 0) for pair, number in self.still_left(schedule).items()
        ):
            over.append(Finding("demand", "error", "more seats are left over than may be", (), (), None))
        return over + found

    def still_left(self, schedule: Schedule) -> dict[tuple[str, str], int]:
        """Return the seats that a schedule leaves over, below nought where it has too many."""
        left = self.left()
        for one in schedule.live:
            if one.id not in self.settled:
                for group, seats in one.groups.items():
                    left[one.course, group] = left.get((one.course, group), 0) - seats
        return left

    def over(self, schedule: Schedule) -> dict[tuple[str, str], int]:
        return {pair: number for pair, number in self.still_left(schedule).items() if number < 0}


@dataclass(frozen=True)
class Truth:
    """The best there is.

    Attributes:
        values: What the goals come to, None if no schedule is possible at all.
        schedule: One that is so good.
    """

    values: Values | None
    schedule: Schedule | None


class Spot(NamedTuple):
    """A session as it could be: its slots as numbers and as bits, who and where, and what it is worth."""

    course: str
    name: str
    when: tuple[int, ...]
    bits: int
    venues: tuple[str, ...]
    team: tuple[str, ...]
    seats: tuple[tuple[str, int], ...]
    total: int
    early: int
    late: int
    change: int


@dataclass
class Step:
    """One decision: what becomes of a session with a name, or which other sessions a course has."""

    course: str
    spots: list[Spot]
    session: Session | None = None
    must: bool = False
    gone: int = 0  # what it counts as a change if the session is not held
    last: bool = False  # no further step is about this course


class Brute:
    """One search."""

    def __init__(self, question: Question, *, steps: int = STEPS, audits: int = AUDITS) -> None:
        self.question, self.programme = question, question.programme
        self.calendar = Calendar(self.programme)
        self.periods = self.calendar.periods
        self.steps, self.audits = steps, audits
        self.left = question.left()
        self.placed: list[Spot] = []
        self.busy: dict[str, int] = {}
        self.days_of: dict[str, Counter[int]] = {}
        self.away: Counter[tuple[str, int]] = Counter()
        self.running: Counter[tuple[str, int]] = Counter()
        self.of: dict[str, list[Spot]] = {id: [] for id in self.programme.courses}
        self.most = {id: min(group.max_away, group.headcount) for id, group in self.programme.groups.items()}
        self.above = {id: self.programme.umbrellas(id) for id in self.programme.groups}
        self.sums = dict.fromkeys(("seats", "due", "sessions", "early", "finish", "even", "changes"), 0)
        for one in question.fixed:
            self._add(self._fact(one))
        facts = Schedule(question.fixed)
        self.sums |= {name: GOALS[name].measure(self.programme, facts) for name in ("finish", "even")}
        if "changes" in question.goals:
            # Whatever is neither fixed nor has a name to keep is gone in any case.
            there = Schedule((*question.fixed, *question.named), question.before)
            self.sums["changes"] = GOALS["changes"].measure(self.programme, there)
        self.plan = list(self._plan())
        self.best: Values | None = None
        self.found: Schedule | None = None

    # ---- what there is to decide

    def _plan(self) -> Iterator[Step]:
        for course in self._ordered():
            steps = [self._named(course, one) for one in self.question.named if one.course == course.id]
            spots = [spot._replace(change=self._new(spot)) for spot in self._spots(course)]
            yield from (*steps, Step(course.id, spots, last=True))

    def _ordered(self) -> Iterator[Course]:
        waiting = dict(self.programme.courses)
        while waiting:
            for course in list(waiting.values()):
                if not any(order.course in waiting for order in course.after):
                    yield waiting.pop(course.id)

    def _named(self, course: Course, session: Session) -> Step:
        spots = [
            spot._replace(name=session.id, change=self._change(session, spot))
            for spot in self._spots(course, session)
            if self._kept(session, spot)
        ]
        spots.sort(key=lambda spot: (spot.change, spot.early, -spot.total))
        gone = 30 + sum(session.groups.values()) if self._counts(session) else 0
        return Step(course.id, spots, session, bool(session.pin), gone)

    def _kept(self, session: Session, spot: Spot) -> bool:
        """Say whether the pins of a session are kept."""
        pin = session.pin
        groups = {group: seats for group, seats in session.groups.items() if seats}
        return (
            ("date" not in pin or self._slots(spot) == session.slots)
            and ("venue" not in pin or set(spot.venues) == set(session.venues))
            and ("instructors" not in pin or set(spot.team) == set(session.instructors))
            and ("seats" not in pin or dict(spot.seats) == groups)
        )

    def _counts(self, session: Session) -> bool:
        return "changes" in self.question.goals and any(one.id == session.id for one in self._before.ahead)

    def _change(self, session: Session, spot: Spot) -> int:
        """Return what a session counts as changed, by the goal's own measure of the two alone."""
        if not self._counts(session):
            return 0
        old = Schedule((session,), today=self._before.today)
        return GOALS["changes"].measure(self.programme, Schedule((self.session(spot, session.id),), old))

    def _new(self, spot: Spot) -> int:
        """Return what a session counts as changed that nobody had before."""
        if "changes" not in self.question.goals:
            return 0
        old = Schedule((), today=self._before.today)
        return GOALS["changes"].measure(self.programme, Schedule((self.session(spot, "new"),), old))

    @property
    def _before(self) -> Schedule:
        assert self.question.before is not None
        return self.question.before

    def _spots(self, course: Course, session: Session | None = None) -> Iterator[Spot]:
        """Yield every session of a course that could stand by itself, the earliest and largest first."""
        today = self._before.today if self.question.after_today else None
        spots = []
        for placement in self.calendar.placements(course):
            days = set(self.calendar.days(placement))
            slots = tuple(self.calendar.slot(number) for number in placement.slots)
            if not self.calendar.in_window(course, placement):
                continue
            own = session is not None and session.slots == slots
            if today is not None and min(days) <= today and not own:
                continue
            seatings = [
                some for some in self._seatings(course) if all(self._comes(group, days) for group, _ in some)
            ]
            teams = list(self._teams(course, days))
            for venues in self._venues(course, days, session):
                if not own and self.question.barred(course.id, days, venues):
                    continue
                for team, seats in product(teams, seatings):
                    if not venues or sum(n for _, n in seats) <= self.programme.venues[venues[0]].capacity:
                        spots.append(self._spot(course, "", placement.slots, venues, team, seats))
        spots.sort(key=lambda spot: (spot.when[-1], -spot.total))
        yield from spots

    def _comes(self, group: str, days: set[object]) -> bool:
        return self.calendar.closed("group", group).isdisjoint(days)

    def _seatings(self, course: Course) -> Iterator[tuple[tuple[str, int], ...]]:
        groups = [group for group in course.seats if self.left.get((course.id, group))]
        numbers = (
            range(1 + min(self.left[course.id, group], min(self.most[id] for id in self.above[group])))
            for group in groups
        )
        for chosen in product(*numbers):
            seats = tuple((group, n) for group, n in zip(groups, chosen, strict=True) if n)
            total = sum(chosen)
            if seats and (len(seats) == 1 or course.mixed) and course.min_class <= total <= course.max_class:
                yield seats

    def _venues(
        self, course: Course, days: set[object], session: Session | None
    ) -> Iterator[tuple[str, ...]]:
        open_ = {
            id: venue
            for id, venue in self.programme.venues.items()
            if self.calendar.closed("venue", id).isdisjoint(days)
        }
        if course.features is None:
            yield ()
            # Nothing is gained by a venue that nobody needs, but a session may have one.
            if session is not None and len(session.venues) == 1 and session.venues[0] in open_:
                yield session.venues
            return
        yield from ((id,) for id, venue in open_.items() if course.features <= venue.features)

    def _teams(self, course: Course, days: set[object]) -> Iterator[tuple[str, ...]]:
        places = [role.qualification for role in course.roles for _ in range(role.count)]
        last = max(days)
        there = [
            id for id in self.programme.instructors if self.calendar.closed("instructor", id).isdisjoint(days)
        ]

        def holds(id: str, name: str) -> bool:
            return any(
                held.name == name and (held.until is None or last <= held.until)
                for held in self.programme.instructors[id].qualifications
            )

        for team in combinations(there, len(places)):
            if any(all(map(holds, order, places)) for order in permutations(team)):
                yield team

    def _spot(
        self,
        course: Course | None,
        name: str,
        when: tuple[int, ...],
        venues: tuple[str, ...],
        team: tuple[str, ...],
        seats: tuple[tuple[str, int], ...],
        id: str = "",
    ) -> Spot:
        total = sum(number for _, number in seats)
        early = late = 0
        if when:
            last = self.calendar.day(when[-1])
            early = total * (last - self.programme.starts).days
            if course is not None and course.due is not None:
                late = total * max(0, (last - course.due).days)
        bits = sum(1 << number for number in when if number >= 0)
        return Spot(course.id if course else id, name, when, bits, venues, team, seats, total, early, late, 0)

    def _fact(self, one: Session) -> Spot:
        course = self.programme.courses.get(one.course)
        when = tuple(self.calendar.number(slot) for slot in one.slots)
        seats = tuple((group, number) for group, number in one.groups.items() if number)
        return self._spot(course, one.id, when, one.venues, one.instructors, seats, one.course)

    # ---- placing sessions

    def _fits(self, spot: Spot) -> bool:
        """Say whether a session can be added; a no holds whatever else is added."""
        if any(self.busy.get(id, 0) & spot.bits for id in (*spot.venues, *spot.team)):
            return False
        for group, number in spot.seats:
            if self.left[spot.course, group] < number:
                return False
        extra: Counter[str] = Counter()
        for group, number in spot.seats:
            for id in self.above[group]:
                extra[id] += number
        for id, number in extra.items():
            if any(self.away[id, slot] + number > self.most[id] for slot in spot.when):
                return False
        course = self.programme.courses[spot.course]
        days = {slot // self.periods for slot in spot.when}
        if course.parallel is not None and any(
            self.running[course.id, day] >= course.parallel for day in days
        ):
            return False
        return self._rested(spot, days) and all(self._in_order(order, spot) for order in course.after)

    def _rested(self, spot: Spot, days: set[int]) -> bool:
        for id in spot.team:
            most = self.programme.instructors[id].max_days_per_week
            if most is None:
                continue
            held = {day for day, number in self.days_of.get(id, Counter()).items() if number} | days
            first = self.programme.starts.weekday()
            weeks = Counter((day + first) // 7 for day in held)
            if any(weeks[(day + first) // 7] > most for day in days):
                return False
        return True

    def _in_order(self, order: After, spot: Spot) -> bool:
        """Say whether enough people could be ready; all sessions of an earlier course are placed by now."""
        earlier = self.of.get(order.course, [])
        if order.all:
            final = max((one for one in earlier if one.when), key=lambda one: one.when[-1], default=None)
            return final is None or self._lag(order, final, spot)
        first = self.programme.courses[order.course]
        for group, number in spot.seats:
            if group not in first.seats:
                continue
            ready = sum(dict(one.seats).get(group, 0) for one in earlier if self._lag(order, one, spot))
            if ready < number:
                return False
        return True

    def _lag(self, order: After, first: Spot, then: Spot) -> bool:
        days = then.when[0] // self.periods - first.when[-1] // self.periods
        return (
            first.when[-1] < then.when[0]
            and (order.at_least is None or days >= order.at_least)
            and (order.at_most is None or days <= order.at_most)
        )

    def _add(self, spot: Spot, sign: int = 1) -> None:
        """Add a session, or with -1 take it away again; the worst so far is kept by who adds it."""
        if sign > 0:
            self.placed.append(spot)
            self.of.setdefault(spot.course, []).append(spot)
        else:
            self.placed.pop()
            self.of[spot.course].pop()
        for id in (*spot.venues, *spot.team):
            # What is fixed may clash: only what is added later is taken away again.
            self.busy[id] = self.busy.get(id, 0) | spot.bits if sign > 0 else self.busy[id] & ~spot.bits
        days = {slot // self.periods for slot in spot.when}
        for id in spot.team:
            uses = self.days_of.setdefault(id, Counter())
            for day in days:
                uses[day] += sign
        for day in days:
            self.running[spot.course, day] += sign
        for group, number in spot.seats:
            if (spot.course, group) in self.left and spot.name not in self.question.settled:
                self.left[spot.course, group] -= sign * number
            for id in self.above.get(group, ()):
                for slot in spot.when:
                    self.away[id, slot] += sign * number
        sums = self.sums
        sums["sessions"] += sign
        sums["early"] += sign * spot.early
        sums["due"] += sign * spot.late
        sums["changes"] += sign * spot.change

    def _peaks(self, spot: Spot) -> tuple[int, int]:
        """Return the goals ``finish`` and ``even`` with a session that has been added."""
        finish = max(self.sums["finish"], spot.when[-1] // self.periods + 1)
        even = self.sums["even"]
        for group, _ in spot.seats:
            for id in self.above[group]:
                away = max(self.away[id, slot] for slot in spot.when)
                even = max(even, -(-1000 * away // max(1, self.programme.groups[id].max_away)))
        return finish, even

    # ---- the search

    def run(self, target: Values | None = None) -> Truth:
        """Return the best there is.

        Args:
            target: What a sound schedule is known to be worth: nothing worse is looked at. A schedule that
                is as good is still looked for, so that a search that overlooks schedules is found out.

        Raises:
            TooLarge: It would take too long.
        """
        self.best = target
        self._decide(0, 0)
        return Truth(self.best if self.found is not None else None, self.found)

    def _decide(self, at: int, first: int) -> None:
        if at == len(self.plan):
            self._finish()
            return
        if not self._may_win(at):
            return
        step = self.plan[at]
        for number in range(first, len(step.spots)):
            spot = step.spots[number]
            self.steps -= 1
            if self.steps < 0:
                raise TooLarge
            if not self._fits(spot):
                continue
            self._add(spot)
            then = self.sums["finish"], self.sums["even"]
            self.sums["finish"], self.sums["even"] = self._peaks(spot)
            # A session with a name is there once, others may have their likes.
            self._decide(*((at + 1, 0) if step.session else (at, number)))
            self.sums["finish"], self.sums["even"] = then
            self._add(spot, -1)
        if not step.must:
            self._pass(step, at)

    def _pass(self, step: Step, at: int) -> None:
        """Go on without a named session, or without any more sessions of a course."""
        course = self.programme.courses[step.course]
        lost = (
            course.priority * sum(self.left[course.id, group] for group in course.seats) if step.last else 0
        )
        self.sums["seats"] += lost
        self.sums["changes"] += step.gone
        self._decide(at + 1, 0)
        self.sums["seats"] -= lost
        self.sums["changes"] -= step.gone

    def _may_win(self, at: int) -> bool:
        """Say whether what is placed can still become as good as the best known, or better."""
        if self.best is None:
            return True
        least = self._least(at)
        return least < self.best if self.found is not None else least <= self.best

    def _least(self, at: int) -> Values:
        """Return what each goal comes to at least, whatever is added."""
        sums = {**self.sums, "cost": self._bill()}
        if self.best is not None and self.question.goals[0] == "seats" and at < len(self.plan):
            slack = self.best[0] - self.sums["seats"]
            if slack < 0:
                return (self.sums["seats"], *(0 for _ in self.question.goals[1:]))
            for step in self.plan[at:]:
                if step.last:
                    self._more(sums, step, slack)
        return tuple(sums[name] for name in self.question.goals)

    def _more(self, sums: dict[str, int], step: Step, slack: int) -> None:
        """Add what the seats that have to be placed in a course cost at least."""
        course = self.programme.courses[step.course]
        seats = sum(self.left[course.id, group] for group in course.seats) - slack // course.priority
        if seats <= 0:
            return
        early, late, most = self._cheapest[course.id]
        sums["early"] += seats * early
        sums["due"] += seats * late
        sums["sessions"] += -(-seats // most)

    @property
    def _cheapest(self) -> Mapping[str, tuple[int, int, int]]:
        """Days to wait, days late, and seats in a session: the best of each, by course."""
        if not hasattr(self, "_known"):
            self._known: dict[str, tuple[int, int, int]] = {}
            for id in self.programme.courses:
                spots = [spot for step in self.plan if step.course == id for spot in step.spots]
                self._known[id] = (
                    min((spot.early // spot.total for spot in spots), default=0),
                    min((spot.late // spot.total for spot in spots), default=0),
                    max((spot.total for spot in spots), default=1),
                )
        return self._known

    def _bill(self) -> int:
        """Return what venues and instructors cost at least, trips left out."""
        if "cost" not in self.question.goals:
            return 0
        days: dict[str, set[int]] = {}
        for spot in self.placed:
            for id in (*spot.venues, *spot.team):
                days.setdefault(id, set()).update(slot // self.periods for slot in spot.when)
        tables = {**self.programme.venues, **self.programme.instructors}
        return int(sum(len(held) * tables[id].cost_per_day for id, held in days.items() if id in tables))

    def _finish(self) -> None:
        """Take a schedule that is as good as the best known, if it is sound."""
        if not self._may_win(len(self.plan)):
            return
        self.audits -= 1
        if self.audits < 0:
            raise TooLarge
        facts = {one.id: one for one in self.question.fixed}
        sessions = [
            facts.get(spot.name) or self.session(spot, spot.name or f"{spot.course}-new{at}")
            for at, spot in enumerate(self.placed)
        ]
        schedule = Schedule.of(sessions, self.question.before)
        values = self.question.measure(schedule)
        worse = self.best is not None and (
            values > self.best or (values == self.best and self.found is not None)
        )
        if not worse and not self.question.breaches(schedule):
            self.best, self.found = values, schedule

    def _slots(self, spot: Spot) -> tuple[Slot, ...]:
        return tuple(self.calendar.slot(number) for number in spot.when)

    def session(self, spot: Spot, name: str) -> Session:
        slots = self._slots(spot)
        old = next((one for one in self.question.named if one.id == name), None)
        made = Session(
            name or spot.name,
            spot.course,
            slots[0].day,
            slots[-1].day,
            slots,
            spot.venues,
            spot.team,
            dict(spot.seats),
            spot.total,
        )
        return replace(made, pin=old.pin, status=old.status) if old is not None else made


def pinned(programme: Programme, goals: Sequence[str], before: Schedule | None) -> Question:
    """Return the question of planning with the pins of an earlier schedule kept."""
    names = tuple(goals)
    kept = Schedule.of(one for one in before.live if one.pin) if before is not None else None
    named = kept.live if kept is not None else ()
    return Question(programme, names, kept, named=tuple(named))


def replanned(
    programme: Programme, before: Schedule, fixed: Collection[str], dropped: Collection[str]
) -> Question:
    """Return the question of changing a schedule as little as can be: seats, changes, then its own goals."""
    own = tuple(name for name in programme.goals if name not in ("seats", "changes"))
    live = [one for one in before.live if one.id not in dropped]
    return Question(
        programme,
        ("seats", "changes", *own),
        before,
        fixed=tuple(one for one in live if one.id in fixed),
        named=tuple(one for one in live if one.id not in fixed and one.course in programme.courses),
        cancelled=tuple(one for one in before.live if one.id in dropped),
        after_today=True,
    )
