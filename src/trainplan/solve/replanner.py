"""From a schedule that has to change to the nearest one that need not.

Sessions keep their names here: each is a lot of its own, and what it costs to change it is exact. First only
what no longer stands is freed and everything else is a fact; then, as long as something better is not ruled
out, more is freed. Two bounds rule it out: what each session costs at least by itself, and a board on which
every change that could still pay is open.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from random import Random
from threading import Event

from trainplan.audit import audit
from trainplan.findings import Finding
from trainplan.goals import GOALS
from trainplan.goals.base import Goal
from trainplan.model import Course, Programme, Schedule, Session
from trainplan.outcome import Fault, GoalResult, Limits, Outcome, Progress, Report
from trainplan.rules.base import Expr
from trainplan.solve.answer import unkeepable, unplaced
from trainplan.solve.board import Board
from trainplan.solve.bound import Relaxation
from trainplan.solve.dealing import undealt
from trainplan.solve.exact import Exact
from trainplan.solve.history import history
from trainplan.solve.keep import KEPT
from trainplan.solve.leeway import HELD, Leeway
from trainplan.solve.posted import posted
from trainplan.solve.repair.mend import HEAT, HOT, Mend
from trainplan.solve.search import Budget
from trainplan.solve.strengthen import once_every_seat_is_placed
from trainplan.words import listed
from trainplan.workdays import Calendar, Placement

FIRST = ("seats", "changes")
PLACES = 40_000  # places offered to freed sessions together, at the most
QUICKLY = 2_500  # places of all courses and groups for which bounding every goal takes a moment
AGAIN = 4  # times that more seats are looked for from the best schedule on
QUICK = 0.02  # of the budget: what is posted in less is proved rather than searched
POSTING = 0.004  # seconds (or effort) that a session adds to posting a board, before one was posted


@dataclass(frozen=True, slots=True)
class Freedom:
    """How much of the earlier schedule is open.

    Attributes:
        anew: Sessions that may lie anywhere.
        here: Sessions that may have other rooms, instructors and seats, at their days.
        more: Courses that may have new sessions.
    """

    anew: frozenset[str]
    here: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()


class Replanner:
    """One replan in the making."""

    def __init__(
        self,
        programme: Programme,
        before: Schedule,
        fixed: Collection[str],
        dropped: Collection[str],
        limits: Limits,
        report: Report,
        stop: Event | None,
    ) -> None:
        """Take the order; nothing is computed yet."""
        self.history = history(programme, before, fixed)
        self.asked = programme
        self.before = before = self.history.before
        self.fixed = frozenset(fixed)
        self.dropped = frozenset(dropped)
        self.programme = self.history.programme
        self.calendar = Calendar(self.programme)
        self.budget = Budget(limits, stop)
        self.report = report
        self.stop = stop
        own = tuple(name for name in programme.goals if name not in FIRST)
        self.goals: tuple[Goal, ...] = tuple(GOALS[name] for name in (*FIRST, *own))
        self.bounds = [0] * len(self.goals)
        self.best: Schedule | None = None
        self.impossible = False
        self.alone = 0  # what the changes come to at least, each session by itself
        self.stands = Schedule.of([one for one in before.live if one.id not in self.dropped], before, None)
        today = Schedule((), None, before.today)
        settled = Schedule.of([one for one in self.stands.live if one.id in self.fixed], today)
        self.settled = audit(programme, settled)
        self.excused = frozenset(group for group, _ in undealt(programme, _known(programme, settled)))
        self.movable = {
            one.id: one
            for one in self.stands.live
            if one.id not in self.fixed and one.course in programme.courses
        }
        self._choices: dict[str, list[Placement]] = {}
        self._posting = POSTING * len(self.stands.live)  # what posting a board takes
        self._searched = 0
        self._mended: tuple[Mend | None, Schedule | None] = (None, None)

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

    def run(self) -> Outcome:
        """Free more and more until nothing better is possible or the time is up."""
        self.report(Progress("", None, None, self.budget.seconds, so_far=self._so_far))
        found = self.breaches(self.stands)
        broken = {id for one in found if one.rule != "demand" for id in one.sessions if id in self.movable}
        broken |= {id for id, one in self.movable.items() if not self.programme.knows(one)}
        short = self._short(found)
        if not broken and not self._surplus(self.stands):
            # Sound as it is: only seats that it does not place could be a reason to touch it.
            self.best = self.stands
            self._note_bound(1, self.value(1))
            if not short:
                if not self.value(1):
                    # With every seat placed, nothing else changes nothing: there is no other such schedule.
                    for number in range(len(FIRST), len(self.goals)):
                        self._note_bound(number, self.value(number))
                return self._answer()
        if self._surplus(self.stands) and (trimmed := self._trimmed()) is not None:
            # Nobody but those who are no longer there has to give way: what it costs can't be less.
            self.best = trimmed
            self._note_bound(1, self.value(1))
            if self.value(0) <= 0:
                return self._answer()
        broken |= self._strip(broken)
        self._mend(broken)
        lost = self.best is not None and self.value(0) > max(0, self.value(0, self.stands))
        if lost or self.budget.left < 4 * self._posting:
            # Seats are lost, or there are too many sessions for the time: what proves nothing comes first.
            self._search(0.5, self.goals[:2])
        freedom = Freedom(
            frozenset(broken),
            frozenset(one.id for one in self.movable.values() if one.course in short),
            frozenset(short | {self.movable[id].course for id in broken}),
        )
        self._solve(freedom, share=0.3)
        if self.best is None or self._time_to_post():
            self.alone = self._alone(frozenset(broken))
            self._note_bound(1, self.alone)
        if self._posting > QUICK * self.budget.limits.seconds:
            self._search(0.3, self.goals[:2])
        self._widen(freedom)
        self._search(0.5, self.goals[:2])
        if self.best is not None:
            self._polish(freedom)
        self._search(1.0, self.goals)
        return self._answer()

    def _proved(self, number: int) -> bool:
        """Say whether nothing better is possible for so many goals, the most important first."""
        return self.best is not None and all(self.value(goal) <= self.bounds[goal] for goal in range(number))

    def _time_to_post(self) -> bool:
        """Say whether there is time to post another board and to search on it."""
        return self.budget.left > 1.5 * self._posting

    def _trimmed(self) -> Schedule | None:
        """Return what stands without the seats that nobody asks for, if that is sound."""
        sessions = {one.id: one for one in self.stands.live}
        for (course, group), seats in self._left(self.stands).items():
            over = -seats
            for one in reversed(self.stands.live):
                now = sessions[one.id]
                if over <= 0 or one.id not in self.movable or one.course != course or "seats" in one.pin:
                    continue
                size = sum(now.groups.values())
                fewer = min(over, now.groups.get(group, 0), size - self.programme.courses[course].min_class)
                if fewer > 0:
                    groups = {**now.groups, group: now.groups[group] - fewer}
                    groups = {id: number for id, number in groups.items() if number}
                    sessions[one.id] = replace(now, groups=groups, seats=size - fewer)
                    over -= fewer
            if over > 0:
                return None
        trimmed = Schedule.of(sessions.values(), self.before)
        return None if self._unsound(trimmed) else trimmed

    def _strip(self, broken: set[str]) -> set[str]:
        """Take out what is broken, and what can't stand without it; return all of it.

        What is left is a first answer, if a poor one: everything taken out is gone.
        """
        gone = set(broken)
        while True:
            left = Schedule.of([one for one in self.stands.live if one.id not in gone], self.before)
            unsound = self._unsound(left)
            more = {
                id
                for one in unsound
                for id in one.sessions
                if id in self.movable and id not in gone and not self.movable[id].pin
            }
            if not more:
                break
            gone |= more
        if not unsound and self.best is None and not self._surplus(left):
            self.best = left
        return gone

    def _mend(self, gone: set[str]) -> None:
        """Give what was taken out new places, one after another: whatever comes later is no worse."""
        mend = self._mend_of([one for id, one in self.movable.items() if id not in gone])
        mend.greedy([self.movable[id] for id in sorted(gone)], lambda: not self.budget.stop.is_set())
        self._hear(mend)

    def _mend_of(self, kept: Sequence[Session]) -> Mend:
        return Mend(
            self.calendar,
            self.before,
            [one for one in self.stands.live if one.id in self.fixed],
            kept,
            self.choice,
            [one for one in self.before.live if one.id in self.dropped],
            Random(f"{self.budget.limits.seed} {self._searched}"),
        )

    def _hear(self, mend: Mend) -> None:
        """Keep what a repair has come to, and the repair itself, if that is better."""
        before = self.best
        self.budget.handled(mend.table.handled - mend.noted)
        mend.noted = mend.table.handled
        self._take(self._dressed(Schedule.of(mend.sessions())), self.goals)
        if self.best is not before:
            self._mended = mend, self.best

    def _search(self, share: float, goals: Sequence[Goal]) -> None:
        """Take sessions out and place them anew for a share of the time, unless these goals are proved."""
        if self.best is None or self.budget.left <= 0 or self._proved(len(goals)):
            return
        if self.value(0) > self.bounds[0] and share < 1:
            # First more seats, whatever that changes, again and again by other chances; then fewer changes.
            span = self.budget.left * share / 2 / AGAIN
            for _ in range(AGAIN):
                self._wander(span / max(self.budget.left, span, 1e-9), HOT)
        self._wander(share, HEAT)

    def _wander(self, share: float, heat: float) -> None:
        if self.best is None or self.budget.left <= 0:
            return
        mend, best = self._mended
        if mend is None or best is not self.best or mend.value != mend.best[1]:
            mend = self._mend_of([one for one in self.best.live if one.id not in self.fixed])
        self._searched += 1
        until = self.budget.left * (1 - share)
        span = max(self.budget.left - until, 1e-9)
        enough = self.bounds[0] if heat == HOT else -1

        def left() -> float:
            self.budget.handled(mend.table.handled - mend.noted)
            mend.noted = mend.table.handled
            if mend.best[1][0] <= enough:
                return 0.0
            return max(0.0, (self.budget.left - until) / span)

        mend.run(left, heat)
        self._hear(mend)

    def _take(self, found: Schedule, goals: Sequence[Goal]) -> None:
        """Keep a schedule that breaks no rule, if it is better than what there is."""
        if self._unsound(found):
            return
        values = [goal.measure(self.programme, found) for goal in goals]
        if self.best is None or values < [goal.measure(self.programme, self.best) for goal in goals]:
            self.best = found

    def _short(self, found: Sequence[Finding]) -> set[str]:
        """Return the courses that have not the seats asked for."""
        if not any(one.rule == "demand" for one in found):
            return set()
        known = self.programme.courses
        return {course for (course, _), seats in self._left(self.stands).items() if seats and course in known}

    def _surplus(self, schedule: Schedule) -> bool:
        return any(seats < 0 for seats in self._left(schedule).values())

    def _left(self, schedule: Schedule) -> dict[tuple[str, str], int]:
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

    def value(self, number: int, schedule: Schedule | None = None) -> int:
        """Return the value of a goal, of the best schedule unless another is given."""
        schedule = schedule or self.best
        assert schedule is not None
        return self.goals[number].measure(self.programme, schedule)

    def _note_bound(self, number: int, bound: int | None) -> None:
        if bound is not None:
            self.bounds[number] = max(self.bounds[number], bound)

    # Boards

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

    def _leeway(self, freedom: Freedom) -> dict[str, Leeway]:
        leeway = {one.id: HELD for one in self.stands.live if one.course in self.programme.courses}
        each = max(12, PLACES // (12 * max(1, len(freedom.anew))))
        for id, session in self.movable.items():
            own = [self._own(session)] if session.slots else []
            if id in freedom.anew:
                choice = self.choice(self.programme.courses[session.course])
                start = own[0].first if own else 0
                near = sorted(choice, key=lambda one, start=start: (abs(one.first - start), one.first))  # type: ignore[misc]
                leeway[id] = Leeway(sorted({*own, *near[:each]}), seats=True, may_go=not session.pin)
            elif id in freedom.here:
                leeway[id] = Leeway(own, seats=True, may_go=not session.pin)
        return leeway

    def _whole(self, freedom: Freedom) -> bool:
        """Say whether the freed sessions may lie at every place there is for them."""
        each = max(12, PLACES // (12 * max(1, len(freedom.anew))))
        return all(
            len(self.choice(self.programme.courses[self.movable[id].course])) <= each for id in freedom.anew
        )

    def _board(self, freedom: Freedom, goals: Sequence[Goal], budget: Budget) -> tuple[Board, list[Expr]]:
        candidates = {
            id: self.choice(course) if id in freedom.more else []
            for id, course in self.programme.courses.items()
        }
        began = budget.seconds
        board = posted(self.calendar, goals, self.before, budget, candidates, self._leeway(freedom))
        self._keep_out(board[0])
        self._posting = budget.seconds - began
        return board

    def _keep_out(self, board: Board) -> None:
        """Let nothing else of its course take the days of a cancelled session at its venue."""
        for gone in (one for one in self.before.live if one.id in self.dropped):
            days = set(gone.days)
            for run in board.runs:
                at = self.calendar.days(run.placement)
                if run.lot.course.id != gone.course or days.isdisjoint(at) or not run.alive:
                    continue
                session = run.lot.session
                if session is not None and run.placement == self._own(session):
                    continue
                for kind, count in run.counts.items():
                    # Venues of named sessions are alike to none: a kind is one of them.
                    if set(kind) == set(gone.venues):
                        board.structure(count == 0)

    def _solve(self, freedom: Freedom, share: float, own: bool = False) -> Exact | None:
        """Solve what is free, and keep what comes of it if it is better; return the search.

        There is none where there is a schedule, and no time to lay out a board. With ``own`` the programme's
        own goals count too, and after all of them that people keep their seats.
        """
        if self.best is not None and not self._time_to_post():
            return None
        goals = (*self.goals, KEPT) if own else self.goals[:2]
        seconds = self.budget.left * share
        budget = Budget(replace(self.budget.limits, seconds=max(seconds, 0.5)), self.stop)
        board, objectives = self._board(freedom, goals, budget)
        start = self.best
        if start is not None:
            for goal, objective in list(zip(goals, objectives, strict=True))[: 2 if own else 1]:
                board.structure(objective <= goal.measure(self.programme, start))
        exact = Exact(board, goals, objectives, start, self.before, budget, self._tell, self.excused)
        exact.run()
        self.budget.spend(budget.seconds)
        if exact.best is not None and exact.best is not self.best:
            self._take(self._dressed(exact.best), goals)
        return exact

    def _values(self, schedule: Schedule) -> list[int]:
        return [goal.measure(self.programme, schedule) for goal in self.goals]

    def _tell(self, goal: str, value: int | None, bound: int | None) -> None:
        # A bound on what has been freed is none on the whole: told as one it would promise too much.
        if goal in GOALS:
            self.report(Progress(goal, value, None, self.budget.seconds))

    def _dressed(self, schedule: Schedule) -> Schedule:
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

    def _unsound(self, schedule: Schedule) -> list[Finding]:
        return [one for one in self.breaches(schedule) if one.rule != "demand"]

    # Bounds, and more freedom where they leave room

    def _alone(self, broken: frozenset[str]) -> int:
        """Return what the sessions cost at least, each by itself: a sum that no schedule undercuts."""
        freedom = Freedom(broken, frozenset(self.movable))
        nowhere: dict[str, list[Placement]] = {id: [] for id in self.programme.courses}
        board, _ = posted(self.calendar, (), self.before, self.budget, nowhere, self._leeway(freedom))
        crews = {
            (crew.session.id, crew.placement): {id for pool in crew.pools for id in pool}
            for crew in board.crews
            if crew.session is not None
        }
        cheapest: dict[str, int] = {}
        for run in board.runs:
            session = run.lot.session
            if session is None or session.id not in self.movable:
                continue
            teach = crews.get((session.id, run.placement), set())
            price = sum(id not in teach for id in session.instructors)
            price += 0 if run.lot.own in run.kinds else 3
            if run.placement != self._own(session):
                price += 10 + sum(session.groups.values())
            else:
                price += sum(seats for id, seats in session.groups.items() if id not in run.groups)
            cheapest[session.id] = min(cheapest.get(session.id, price), price)
        whole = self._whole(freedom)
        total = 0
        for one in self.before.ahead:
            gone = 30 + sum(one.groups.values())
            if one.id not in self.movable:
                total += gone if one.id not in self.fixed else 0
            elif one.id in broken and whole:
                total += min(cheapest.get(one.id, gone), gone)
            else:
                total += min(cheapest.get(one.id, gone - 20), gone - 20)
        return total

    def _own(self, session: Session) -> Placement:
        return Placement(tuple(self.calendar.number(slot) for slot in session.slots))

    def _widen(self, freedom: Freedom) -> None:
        """Free whatever could still pay."""
        if self.best is None or self.value(0) > 0:
            self._more_seats(freedom)
        if self.best is None:
            return
        if self.value(0) <= self.bounds[0] and self.value(1) > self.bounds[1] and self.budget.left > 0:
            # Others may change rooms or instructors with the broken ones; none of them moves.
            self._solve(Freedom(freedom.anew, frozenset(self.movable), freedom.more), share=0.25)
        for _ in range(3):
            if self.value(0) > self.bounds[0] or self.budget.left <= 0 or self.budget.stop.is_set():
                return
            gap = self.value(1) - self.bounds[1]
            if gap <= 0:
                return
            pays = self._pays(self.value(1) - self.alone - 1)
            wide = Freedom(freedom.anew | pays, frozenset(self.movable), frozenset(self.programme.courses))
            cost = self.value(1)
            exact = self._solve(wide, share=0.6)
            if exact is not None and self._whole(wide):
                # Whatever is not on the board costs at least as much as the best there was.
                self._note_bound(1, min(cost if exact.barren else exact.bounds[1], self.value(1)))
            if exact is None or self.value(1) >= cost:
                return

    def _pays(self, most: int) -> set[str]:
        """Return the sessions that may get other days in a schedule that costs so much more than ``alone``.

        Each other session costs what it does by itself at least, so no session can cost more than that much
        more.
        """
        return {id for id, one in self.movable.items() if 10 + sum(one.groups.values()) <= most}

    def _more_seats(self, freedom: Freedom) -> None:
        """Place seats that the smallest freedom leaves out, if they can be placed."""
        if self.best is not None and self._time_to_post():
            self._note_bound(0, self._seats_at_best())
        reach = 8
        while self.budget.left > 0 and (self.best is None or self.value(0) > self.bounds[0]):
            near = freedom.anew | self._near(freedom, reach)
            if near.issuperset(self.movable) or self.best is None:
                break
            self._solve(Freedom(near, frozenset(), freedom.more | self._courses(near)), share=0.3)
            reach *= 2
        if self.budget.left > 0 and (self.best is None or self.value(0) > self.bounds[0]):
            everything = Freedom(
                frozenset(self.movable), frozenset(self.movable), frozenset(self.programme.courses)
            )
            exact = self._solve(everything, share=0.8)
            if exact is not None and self._whole(everything):
                self._note_bound(0, exact.bounds[0])
                self.impossible = self.best is None and exact.impossible

    def _courses(self, ids: Collection[str]) -> set[str]:
        return {self.movable[id].course for id in ids}

    def _near(self, freedom: Freedom, number: int) -> set[str]:
        """Return so many sessions that share most with the freed ones: people, orders, rooms, instructors."""
        courses = {self.movable[id].course for id in freedom.anew} | freedom.more
        groups = {group for id in freedom.anew for group in self.movable[id].groups}
        groups |= {group for id in freedom.more for group in self.programme.courses[id].seats}
        ordered = set(courses)
        for _ in range(3):
            for course in self.programme.courses.values():
                for order in course.after:
                    if order.course in ordered or course.id in ordered:
                        ordered |= {order.course, course.id}
        rooms = {id for one in freedom.anew for id in self.movable[one].venues}
        staff = {id for one in freedom.anew for id in self.movable[one].instructors}

        def score(one: Session) -> tuple[int, str]:
            return (
                -4 * (one.course in courses)
                - 3 * (one.course in ordered)
                - 2 * bool(groups & set(one.groups))
                - bool(rooms & set(one.venues))
                - bool(staff & set(one.instructors)),
                one.id,
            )

        rest = sorted((one for id, one in self.movable.items() if id not in freedom.anew), key=score)
        return {one.id for one in rest[:number]}

    def _seats_at_best(self) -> int | None:
        """Return how few seats stay unplaced at least, by the relaxation of a board without names."""
        candidates = {id: self.choice(course) for id, course in self.programme.courses.items()}
        for one in self.movable.values():
            if one.slots:
                place = self._own(one)
                if place not in candidates[one.course]:
                    candidates[one.course] = sorted([*candidates[one.course], place])
        leeway = {
            one.id: HELD
            for one in self.stands.live
            if one.id in self.fixed and one.course in self.programme.courses
        }
        facts = Schedule.of([one for one in self.stands.live if one.id in leeway], None, self.before.today)
        board, objectives = posted(self.calendar, self.goals[:1], facts, self.budget, candidates, leeway)
        return Relaxation(board, self.budget).bound(objectives[0])

    def _polish(self, freedom: Freedom) -> None:
        """Better the programme's own goals with what has to change anyway; nothing else is touched."""
        if len(self.goals) == len(FIRST) or self.budget.left <= 0 or self.best is self.stands:
            return
        assert self.best is not None
        now = {one.id: one for one in self.best.live}
        changed = {id for id, one in self.movable.items() if now.get(id) is not one}
        fuller = freedom.here if freedom.here != frozenset(self.movable) else frozenset[str]()
        more = freedom.more | {one.course for one in self.best.live if one.id not in self.stands_ids}
        self._solve(Freedom(frozenset(changed), fuller - changed, more), 0.4, own=True)
        self._bound_own(freedom)

    def _bound_own(self, freedom: Freedom) -> None:
        """Bound the programme's own goals where that is quickly done: over all that changes as little."""
        proved = all(self.value(number) <= self.bounds[number] for number in (0, 1))
        if not proved:
            return
        pays = self._pays(self.value(1) - self.alone)
        wide = Freedom(freedom.anew | pays, frozenset(self.movable), frozenset(self.programme.courses))
        if not self._whole(wide):
            return
        offered = sum(
            len(self.choice(one)) * max(1, len(one.seats)) for one in self.programme.courses.values()
        )
        if offered > QUICKLY:
            return
        board, objectives = self._board(wide, self.goals, self.budget)
        for number in (0, 1):
            board.structure(objectives[number] <= self.value(number))
        if self.value(0) == 0:
            once_every_seat_is_placed(board)
        relaxation = Relaxation(board, self.budget)
        for number in range(2, len(self.goals)):
            self._note_bound(number, relaxation.bound(objectives[number]))
            board.structure(objectives[number] <= self.value(number))
        if self._proved(len(self.goals)):
            return
        exact = self._solve(wide, share=0.8, own=True)
        if exact is not None:
            for number in range(2, len(self.goals)):
                self._note_bound(number, exact.bounds[number])

    @property
    def stands_ids(self) -> set[str]:
        """Ids of the earlier schedule."""
        return {one.id for one in self.before.sessions}

    # The answer

    def _so_far(self) -> Outcome | None:
        """Return the answer there would be now, asked for by another thread."""
        return self._answer(reasons=False) if self.best is not None else None

    def _answer(self, *, reasons: bool = True) -> Outcome:
        interrupted, seconds = self.budget.stop.is_set(), self.budget.seconds
        if self.best is None:
            status = "infeasible" if self.impossible else "unknown"
            because = self._why_impossible() if self.impossible else ()
            return Outcome(status, None, (), (), seconds, interrupted, because)  # type: ignore[arg-type]
        unsound = self._unsound(self.best)
        if unsound:
            raise Fault(f"a replanned schedule breaks {unsound[0].rule}: {unsound[0]}")
        before = Schedule.of(
            self.history.written(self.before.sessions), self.before.before, self.before.today
        )
        written = Schedule.of(self.history.written(self.best.live), before)
        results = []
        for number, goal in enumerate(self.goals):
            value, bound = self.value(number), self.bounds[number]
            if bound > value:
                raise Fault(f"goal {goal.name} is {value} in a schedule, and proved to be {bound} at least")
            if number >= len(FIRST):
                value, bound = self._as_written(goal, value, bound, written)
            results.append(GoalResult(goal.name, value, bound))
        live = {one.id for one in self.best.live}
        rows = [
            one if one.status == "cancelled" else replace(one, status="cancelled")
            for one in before.sessions
            if one.id not in live
        ]
        return Outcome(
            "optimal" if all(result.proved for result in results) else "feasible",
            Schedule.of([*written.live, *rows], before),
            tuple(results),
            tuple(unplaced(self.programme, self.best, reasons=reasons)),
            seconds,
            interrupted,
        )

    def _as_written(self, goal: Goal, value: int, bound: int, written: Schedule) -> tuple[int, int]:
        """Return what a goal comes to, and its bound, with what is over as it was written."""
        told = goal.measure(self.asked, written)
        if goal.name == "even":
            return told, max(bound, goal.measure(self.asked, Schedule.of(self.history.over.values())))
        # What was cut off counts for every schedule alike.
        return told, bound + told - value

    def _why_impossible(self) -> tuple[Finding, ...]:
        """Return the pins that can't be kept together with what happened, and what stands against them.

        Of what pinned sessions break by themselves, that what comes before them is missing says nothing:
        it is not pinned, and could be anywhere.
        """
        pinned = {one.id: one for one in self.stands.live if one.pin}
        alone = [
            one
            for one in unkeepable(self.asked, Schedule.of(pinned.values()))
            if one.rule not in ("course-order", "group-attendance")
        ]
        found = alone or [
            one
            for one in self.breaches(self.stands)
            if one.rule != "demand" and not pinned.keys().isdisjoint(one.sessions)
        ]
        concerned = {id for one in found for id in one.sessions if id in pinned} or set(pinned)
        pins = [
            Finding(
                "pinned",
                "error",
                f"{id} is pinned ({listed(sorted(pinned[id].pin))})",
                (id,),
                pinned[id].days,
                place and replace(place, column="pin"),
            )
            for id in sorted(concerned)
            for place in (pinned[id].place,)
        ]
        return (*pins, *found)


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


def run(
    programme: Programme,
    before: Schedule,
    fixed: Collection[str],
    dropped: Collection[str],
    limits: Limits,
    report: Report | None,
    stop: Event | None,
) -> Outcome:
    """Replan; see ``trainplan.solve.replan``."""
    return Replanner(programme, before, fixed, dropped, limits, report or (lambda progress: None), stop).run()
