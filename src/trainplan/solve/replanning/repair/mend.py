"""Displaced sessions get new places, the cheapest first; what stands in the way is moved where that helps.

First one after another, sessions that move for little making way. Then, as long as there is time, ruin and
recreate: sessions that compete for what is short are taken out and come back by other chances.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import exp
from random import Random

from trainplan.goals.changes import DAYS
from trainplan.model import PINS, Course, Schedule, Session
from trainplan.solve.construct import class_size
from trainplan.solve.replanning.repair.blockers import blockers
from trainplan.solve.replanning.repair.fit import choose_people, find_fit
from trainplan.solve.replanning.repair.jobs import Fit, Job, Spot, price
from trainplan.solve.replanning.repair.places import Places
from trainplan.solve.replanning.repair.timetable import Held, Timetable
from trainplan.workdays import Calendar, Placement

LOOKED_AT = 4  # places that fit, of which the cheapest is taken
NEAR = (24, 8)  # places at which others are asked to make way, by how deep that goes
MOST_LEAVE = 4  # sessions that make way for one, at the most
LARGEST = 10  # sessions taken out at once, at the most
PATIENCE = 100  # steps in which there was nothing to take out
BLINK = 0.03  # how often a place is passed over
PARTLY = 0.25  # how often classes may be smaller than they could be
UNPINNED = 10**7  # seats that a session with a pin counts as where it has no place
HEAT = 6.0  # what the changes may get worse by at first, about
HOT = 100.0  # the same while it is looked for places for more seats, whatever that changes

Values = tuple[int, ...]  # seats left over, changes, and the programme's own goals as far as they add up


class Mend:
    """One repair in the making.

    Attributes:
        table: The sessions that have a place now.
        value: Of the goals now.
        best: The sessions of the best state so far, facts left out, and its value.
        noted: How much of what the table has handled is on the budget's account.
    """

    def __init__(
        self,
        calendar: Calendar,
        before: Schedule,
        facts: Sequence[Session],
        kept: Sequence[Session],
        choice: Callable[[Course], Sequence[Placement]],
        banned: Sequence[Session],
        random: Random,
    ) -> None:
        """Begin with what stands.

        Args:
            calendar: Of the programme as it is now.
            before: The earlier schedule; what its sessions ahead were is what changes are counted from.
            facts: Sessions that stay whatever is wrong with them.
            kept: Other sessions that keep every rule, together with the facts and each other.
            choice: Where sessions of a course may newly lie.
            banned: Cancelled sessions, whose days at their venue no other session of their course may have.
            random: Where all chance comes from.
        """
        self.calendar = calendar
        self.random = random
        programme = calendar.programme
        self._own_goals = tuple(one for one in programme.goals if one in ("due", "sessions", "early"))
        self._old = {one.id: one for one in before.ahead}
        self._names = {one.id for one in (*before.sessions, *kept)}
        self.noted = 0
        self._blanks = 0
        self._ranks = _ranks(programme.courses.values())
        self.table = Timetable(calendar, facts, kept)
        self.places = Places(self.table, choice, self._weigh, banned)
        self._facts = {one.id for one in facts}
        gone = [one for one in before.ahead if one.id not in self._facts]
        weights = {id: course.priority for id, course in programme.courses.items()}
        seats = sum(weights[id] * seats for id, left in self.table.left.items() for seats in left.values())
        there = {one.session.id for one in self.table.held.values()}
        self.value: Values = (
            seats + sum(UNPINNED for one in self._old.values() if one.pin and one.id not in there),
            sum(price(one, None) for one in gone),
            *(0 for _ in self._own_goals),
        )
        self._changed: set[int] = set()  # numbers of the sessions that are not as they were
        for one in self.table.held.values():
            if not one.fact:
                self.value = self._plus(self._gain(one))
                if price(self._old.get(one.session.id), one.session) and self.movable(one):
                    self._changed.add(one.number)
        self.best: tuple[list[Session], Values] = ([], self.value)
        self._keep_best()

    # What a session counts

    def _weigh(self, course: Course, placement: Placement) -> Values:
        end = self.calendar.day(placement.last)
        weights = {
            "due": max(0, (end - course.due).days) if course.due is not None else 0,
            "sessions": 0,
            "early": (end - self.calendar.programme.starts).days,
        }
        return tuple(weights[goal] for goal in self._own_goals)

    def _gain(self, held: Held) -> Values:
        """Return what a session that has its place adds to the goals, its seats left aside."""
        session, old = held.session, self._old.get(held.session.id)
        weights = self._weigh(held.course, held.placement)
        return (
            0,
            price(old, session) - (price(old, None) if old is not None else 0),
            *(
                1 if goal == "sessions" else session.seats * weight
                for goal, weight in zip(self._own_goals, weights, strict=True)
            ),
        )

    def _plus(self, more: Values, sign: int = 1) -> Values:
        return tuple(now + sign * add for now, add in zip(self.value, more, strict=True))

    def _count(self, held: Held, sign: int) -> None:
        self._changed.discard(held.number)
        if sign > 0 and price(self._old.get(held.session.id), held.session) and self.movable(held):
            self._changed.add(held.number)
        gain = self._gain(held)
        seats = held.course.priority * sum(held.session.groups.values())
        seats += UNPINNED if self.job(held.session).pin else 0
        self.value = self._plus((-seats, *gain[1:]), sign)

    # Single steps, all of which can be undone

    def _put(self, fit: Fit) -> None:
        self.table.put(fit.held, fit.people)
        self._count(fit.held, 1)

    def _take_out(self, held: Held) -> Job:
        """Take a session out; return it as one that needs a place."""
        self.table.take_out(held)
        self._count(held, -1)
        return self.job(held.session)

    def _mark(self) -> tuple[int, Values, set[int]]:
        """Return what is needed to go back to where it is now."""
        return self.table.mark(), self.value, set(self._changed)

    def _back(self, mark: tuple[int, Values, set[int]]) -> None:
        self.table.back(mark[0])
        self.value, self._changed = mark[1], set(mark[2])

    def job(self, session: Session) -> Job:
        """Return a session as one that needs a place."""
        return Job(session, self._old.get(session.id))

    def movable(self, held: Held) -> bool:
        """Say whether a session may be asked to make way: it is no fact, and not pinned altogether."""
        return not held.fact and not self.job(held.session).pin.issuperset(PINS)

    def _keep_best(self) -> None:
        sessions = [one.session for one in self.table.held.values() if not one.fact]
        self.best = (sessions, self.value)

    # One after another

    def greedy(self, displaced: Sequence[Session], go_on: Callable[[], bool]) -> None:
        """Give displaced sessions places, those with pins first and what people take first before the rest.

        Args:
            displaced: Sessions without a place.
            go_on: Whether there is time for others to make way; single places are looked for in any case.
        """
        ranks = self._ranks
        jobs = [job for one in displaced if (job := self._wanted(one)) is not None]
        jobs += [job for one in self._surplus() if (job := self._wanted(one)) is not None]
        jobs.sort(key=lambda one: (not one.pin, ranks[one.course], one.session.start, one.session.id))
        homeless: list[Job] = []
        for job in jobs:
            now = self._wanted(job.session)
            if now is not None and not self._place(now):
                homeless.append(now)
        for job in homeless:
            now = self._wanted(job.session)
            if now is None or self._place(now):
                continue
            if not (go_on() and self._insert(now, 0)):
                self._place(now, full=False)
        self._fill()
        self.table.forget()
        self._keep_best()

    def _wanted(self, session: Session) -> Job | None:
        """Return a session with no more seats than are left over; None where none are."""
        left = self.table.left.get(session.course, {})
        job = self.job(session)
        if "seats" in job.pin:
            return job
        groups = {group: min(seats, left.get(group, 0)) for group, seats in session.groups.items()}
        groups = {group: seats for group, seats in groups.items() if seats > 0}
        if not groups:
            return job if job.pin else None
        return Job(replace(session, groups=groups, seats=sum(groups.values())), job.old)

    def _surplus(self) -> Iterator[Session]:
        """Take out sessions with seats of which there are more than are asked for."""
        for course, left in self.table.left.items():
            for group in list(left):
                mine = [
                    self.table.held[number]
                    for number in self.table.of_group.get(group, set()) & self.table.of_course[course]
                ]
                for one in sorted(mine, key=lambda one: one.placement.slots, reverse=True):
                    if left[group] >= 0:
                        break
                    if not one.fact and "seats" not in self.job(one.session).pin:
                        yield self._take_out(one).session

    def _fits(self, job: Job, *, full: bool, blink: float = 0.0) -> Iterator[Fit]:
        for spot in self.places.open_to(job, full=full):
            if blink and self.random.random() < blink:
                continue
            fit = find_fit(self.places, job, spot, full=full)
            if fit is not None:
                yield fit

    def _place(self, job: Job, *, full: bool = True, blink: float = 0.0, looked_at: int = LOOKED_AT) -> bool:
        """Give a session the cheapest of the first places that fit; say whether there was one."""
        own, rest = None, self._fits(job, full=full, blink=blink)
        least = DAYS + (sum(job.old.groups.values()) if job.old is not None else 0)
        best: tuple[tuple[int, int, int], Fit] | None = None
        for number, fit in enumerate(islice(rest, looked_at)):
            if own is None and job.old is not None and fit.held.session.slots == job.old.slots:
                own = fit
            rank = (-fit.held.session.seats, fit.cost, number)
            if best is None or rank < best[0]:
                best = rank, fit
            # Its own days, or others where it keeps its room and its team: nothing that comes is cheaper.
            if full and fit.cost <= least and (own is fit) is (fit.cost < DAYS):
                break
        if best is None:
            return False
        self._put(best[1])
        return True

    def _insert(self, job: Job, depth: int) -> bool:
        """Place a session where others make way and find places themselves; say whether it went well."""
        own = self.places.own(job)
        spots: list[Spot] = [own] if own is not None else []
        if "date" not in job.pin:
            here = own.placement.first if own is not None else 0
            near = sorted(self.places.spots[job.course], key=lambda one: abs(one.placement.first - here))
            spots += [one for one in near if one != own]
        mark = self._mark()
        for spot in spots[: NEAR[depth]]:
            out = blockers(self.places, job, spot, self.movable)
            if not out or len(out) > MOST_LEAVE:
                continue
            jobs = [self._take_out(one) for one in out]
            fit = find_fit(self.places, job, spot)
            if fit is not None:
                self._put(fit)
                left_over = [one for one in jobs if not self._place(one)]
                deeper = depth + 1 < len(NEAR)
                if all(deeper and self._insert(one, depth + 1) for one in left_over) and self._holds(mark[0]):
                    return True
            self._back(mark)
        return False

    def _holds(self, mark: int) -> bool:
        """Say whether nobody takes a course any more without what comes before it."""
        return not self.table.owes(self.table.touched(mark)) and self.table.wholes_in_order()

    # Seats that no session of the earlier schedule holds

    def _fill(self, courses: Iterable[str] | None = None, blink: float = 0.0, *, partly: bool = True) -> None:
        """Place seats that are left over, of some courses or all: in sessions with room, then in new ones."""
        known = self.calendar.programme.courses
        for id in known if courses is None else dict.fromkeys(courses):
            course = known[id]
            left = self.table.left[course.id]
            if any(seats > 0 for seats in left.values()):
                self._top_up(course)
            lots = [tuple(left)] if course.mixed else [(group,) for group in left]
            for groups in lots:
                while self._new_session(course, groups, blink, partly):
                    pass

    def _top_up(self, course: Course) -> None:
        """Add people to sessions that have room for them."""
        table = self.table
        for number in sorted(table.of_course[course.id], key=lambda one: table.held[one].placement.slots):
            held = table.held[number]
            if held.fact or "seats" in self.job(held.session).pin:
                continue
            session = held.session
            room = course.max_class
            for id in session.venues:
                room = min(room, table.programme.venues[id].capacity)
            room -= sum(session.groups.values())
            left = table.left[course.id]
            groups = [
                group for group in left if left[group] > 0 and (course.mixed or group in session.groups)
            ]
            more = {group: min(room, left[group]) for group in groups}
            if room <= 0 or not more:
                continue
            job = Job(replace(session, groups=more, seats=sum(more.values())), None)
            spot = self._here(held)
            people = choose_people(self.places, job, spot, room, full=False)
            if people:
                self._count(held, -1)
                table.enlarge(held, people)
                self._count(table.held[number], 1)

    def _here(self, held: Held) -> Spot:
        return self.places.spot(held.course, held.placement)

    def _new_session(self, course: Course, groups: Sequence[str], blink: float, partly: bool) -> bool:
        left = self.table.left[course.id]
        wanted = {group: left[group] for group in groups if left[group] > 0}
        number = sum(wanted.values())
        if number < max(1, course.min_class):
            return False
        rooms = [capacity for _, capacity in self.places.suited.get(course.id, ())]
        if course.features is not None and not rooms:
            return False
        size = class_size(number, course, min(course.max_class, max(rooms, default=course.max_class)))
        job = Job(self._blank(course, _shared(wanted, size)), None)
        if self._place(job, blink=blink, looked_at=1):
            return True
        if not partly:
            return False
        # As many as there is room for anywhere.
        job = Job(self._blank(course, wanted), None)
        return self._place(job, full=False, blink=blink)

    def _blank(self, course: Course, groups: dict[str, int]) -> Session:
        self._blanks += 1
        day = self.calendar.programme.starts
        # No name that a schedule could have; it gets one in the end.
        name = f"\0{self._blanks}"
        return Session(name, course.id, day, day, (), (), (), groups, sum(groups.values()), course.title)

    def sessions(self) -> list[Session]:
        """Return the sessions of the best state, facts left out, new ones with names of their own."""
        numbers: dict[str, int] = {}
        named: list[Session] = []
        for one in sorted(self.best[0], key=lambda one: (one.slots, one.id)):
            if one.id.startswith("\0"):
                name = ""
                while not name or name in self._names:
                    numbers[one.course] = numbers.get(one.course, 0) + 1
                    name = f"{one.course}-{numbers[one.course]:02d}"
                one = replace(one, id=name)
            named.append(one)
        return named

    # Ruin and recreate

    def run(self, go_on: Callable[[], float], heat: float = HEAT) -> None:
        """Search until it is enough.

        Args:
            go_on: Returns the share of the effort that is left, 1 to 0; the end is at 0.
            heat: By how much the changes may get worse at first, about.
        """
        left, idle = go_on(), 0
        while left > 0 and idle < PATIENCE:
            idle = 0 if self._step(heat * left * left) else idle + 1
            left = go_on()

    def _step(self, heat: float) -> bool:
        """Take some sessions out and place them anew; say whether there were any."""
        mark = self._mark()
        jobs = self._ruin()
        if not jobs:
            return False
        self._recreate(jobs)
        if self._holds(mark[0]) and self._accept(mark[1], heat):
            self.table.forget()
            if self.value < self.best[1]:
                self._keep_best()
        else:
            self._back(mark)
        return True

    def _accept(self, before: Values, heat: float) -> bool:
        if self.value <= before:
            return True
        if self.value[0] > before[0]:
            return False
        worse = self.value[1] - before[1]
        if worse > 0:
            return heat > 0 and self.random.random() < exp(-worse / heat)
        return self.random.random() < 0.1 * heat / HEAT

    def _ruin(self) -> list[Job]:
        """Take sessions out: one that could be better off, or none, and what competes with it."""
        random, table = self.random, self.table
        number = 1 + int(random.random() ** 2 * LARGEST)
        short = self._short()
        if short and random.random() < 0.7:
            course = random.choice(short)
            group = random.choice([id for id, seats in table.left[course].items() if seats > 0])
            spot = random.choice(self.places.spots[course])
            seed = Job(self._blank(self.calendar.programme.courses[course], {group: 1}), None)
            return self._rivals(seed, spot, group, number)
        changed = [table.held[number] for number in sorted(self._changed)]
        if self.value[1] and changed and random.random() < 0.9:
            one = changed[random.randrange(len(changed))]
            job = self._take_out(one)
            old = self.places.own(job)
            spot = old if old is not None and random.random() < 0.7 else self._here(one)
            group = random.choice(list(one.session.groups))
            return [job, *self._rivals(job, spot, group, number - 1)]
        if not changed:
            return []
        one = changed[random.randrange(len(changed))]
        return [self._take_out(one)]

    def _rivals(self, job: Job, spot: Spot, group: str, number: int) -> list[Job]:
        """Take out sessions that have what a session would need, the nearest in time to a place first."""
        random, table = self.random, self.table
        which = random.randrange(4)
        course = self.calendar.programme.courses[job.course]
        numbers: set[int] = set()
        if which == 0 and course.features is not None:
            for room, _ in self.places.suited[course.id]:
                numbers |= table.of_room[room]
        elif which == 1 and course.roles:
            role = random.choice(course.roles)
            for teacher in table.programme.instructors.values():
                if any(held.name == role.qualification for held in teacher.qualifications):
                    numbers |= table.of_teacher[teacher.id]
        elif which == 2:
            numbers |= table.of_course[course.id]
        else:
            numbers |= table.of_group[group]
        around = [table.held[one] for one in numbers]
        around = [one for one in around if self.movable(one)]
        around.sort(key=lambda one: (abs(one.placement.first - spot.placement.first), one.number))
        return [self._take_out(one) for one in around[:number]]

    def _recreate(self, jobs: Sequence[Job]) -> None:
        random = self.random
        ranks = self._ranks
        order = random.randrange(3)

        def key(one: Job) -> tuple[float, float]:
            if order == 0:
                return ranks[one.course], random.random()
            if order == 1:
                return random.random(), 0.0
            return ranks[one.course], -one.session.seats * random.uniform(0.7, 1.4)

        short = self._short()
        wanted = random.choice(short) if short else ""
        partly = random.random() < PARTLY
        if wanted and random.random() < 0.7:
            taken: Counter[tuple[str, str]] = Counter()
            for job in jobs:
                for group, seats in job.session.groups.items():
                    taken[job.course, group] += seats
            # Seats that were left over before come before those of the sessions taken out.
            for (course, group), seats in taken.items():
                self.table.left[course][group] -= seats
            self._fill([wanted], blink=3 * BLINK, partly=partly)
            for (course, group), seats in taken.items():
                self.table.left[course][group] += seats
        for job in sorted(jobs, key=key):
            now = self._wanted(job.session)
            if now is None:
                continue
            if not self._place(now, blink=BLINK) and partly:
                self._place(now, full=False)
        self._fill([*(job.course for job in jobs), *([wanted] if wanted else [])], blink=BLINK, partly=partly)

    def _short(self) -> list[str]:
        """Return the courses with seats that are left over and could have a place."""
        left = self.table.left
        return [id for id in left if self.places.spots[id] and any(seats > 0 for seats in left[id].values())]


def _shared(wanted: dict[str, int], size: int) -> dict[str, int]:
    """Divide a class among groups, each seat to the one that has the most left to place."""
    shares = dict.fromkeys(wanted, 0)
    for _ in range(min(size, sum(wanted.values()))):
        group = max(wanted, key=lambda one: wanted[one] - shares[one])
        shares[group] += 1
    return {group: seats for group, seats in shares.items() if seats}


def _ranks(courses: Iterable[Course]) -> dict[str, int]:
    """Return how many courses in a row come before each."""
    listed = list(courses)
    ranks = {course.id: 0 for course in listed}
    for _ in listed:
        for course in listed:
            for order in course.after:
                ranks[course.id] = max(ranks[course.id], ranks[order.course] + 1)
    return ranks
