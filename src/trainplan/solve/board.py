"""The board: the solver's variables for a programme, and the one way for rules to speak of them.

Sessions are counted, not named: for each lot (a course for the same groups), each placement and each kind
of venue there is a number of sessions and a number of seats. Every rule is then linear, and identical
sessions leave no symmetry.

A board is in one of two modes. The fast one plans: what a rule forbids never becomes a variable. The gated
one explains and is tested: nothing is left out, and every constraint that a rule posts holds only while
the gate of (rule, what it is about) is open, so that the rule can be blamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from ortools.sat.python import cp_model, cp_model_helper

from trainplan.model import Course, Programme, Schedule, Session
from trainplan.rules import base
from trainplan.rules.base import About, Condition, Expr, Lot
from trainplan.solve.kinds import Kind, Pool, instructor_pools, venue_kinds
from trainplan.solve.leeway import Freed, Leeway
from trainplan.solve.runs import Crew, Fact, FactCrew, Run, Still, StillCrew
from trainplan.solve.still import Kept
from trainplan.workdays import Calendar, Placement


class Board:
    """Variables, constraints and gates of one programme."""

    def __init__(
        self,
        programme: Programme,
        *,
        calendar: Calendar | None = None,
        before: Schedule | None = None,
        gated: bool = False,
        candidates: Mapping[str, Sequence[Placement]] | None = None,
        every_seat: bool = False,
        leeway: Mapping[str, Leeway] | None = None,
        freed: Freed | None = None,
    ) -> None:
        """Lay out lots, runs and crews; the rules are posted afterwards.

        Args:
            programme: What to plan.
            calendar: Its calendar, if there is one already.
            before: An earlier schedule; its sessions with pins keep their names.
            gated: Leave nothing out and give each rule's statements a gate.
            candidates: Placements to choose from, by course, in place of the calendar's.
            every_seat: All seats must be placed; else as many as the goals ask for.
            leeway: For sessions of ``before`` by id: what may become of them. They keep their names then,
                with pins or without, and no rule is asked about what has no leeway at all.
            freed: Choose anew only this part of a schedule that keeps every rule; takes the place of
                ``candidates``.
        """
        self.programme = programme
        self.before = before
        self.leeway = leeway or {}
        self.calendar = calendar or Calendar(programme)
        self.gated = gated
        self.every_seat = every_seat
        self.model = cp_model.CpModel()
        self.gates: dict[tuple[str, About], Expr] = {}
        self._facts = freed is not None or any(one.held for one in self.leeway.values())
        self.structural: set[int] = set()  # numbers of the constraints that belong to no rule
        self.lifted: set[int] = set()  # numbers of the constraints that hold no more
        self._limits: list[int] = []  # numbers of the constraints that are to be lifted
        self.ranges: list[tuple[int, int]] = []  # smallest and largest value, by variable
        named = before.live if leeway is not None and before is not None else ()
        self.kinds = venue_kinds(self.calendar, before, named)
        self.pools = instructor_pools(self.calendar, before, named)
        self.lots = tuple(self._lots(before))
        self._unplaced: dict[tuple[str, str], Expr] = {}
        self._runs: list[Run] = []
        self._crews: dict[tuple[str, str, Placement], Crew] = {}
        stay: set[str] = set()
        if freed is not None:
            stay = self._keep_still(Kept(self, freed))
            candidates = {id: sorted(freed.places.get(id, ())) for id in programme.courses}
        for lot in self.lots:
            if lot.session is None or lot.session.id not in stay:
                self._lay_out(lot, candidates)

    def _lots(self, before: Schedule | None) -> Iterator[Lot]:
        for course in self.programme.courses.values():
            groups = tuple(course.seats)
            if not course.mixed:
                yield from (Lot(course, (group,)) for group in groups)
            if (course.mixed or self.gated) and (len(groups) > 1 or course.mixed):
                yield Lot(course, groups)
        for session in before.live if before else ():
            course_of = self.programme.courses.get(session.course)
            if (session.pin or session.id in self.leeway) and course_of is not None:
                yield Lot(course_of, self._may_sit(course_of, session), session)

    def _may_sit(self, course: Course, session: Session) -> tuple[str, ...]:
        """Return the groups that may have seats in a known session: any of the course, unless its seats stay.

        Where the course doesn't mix, that only one of them has is a matter of ``class-mix``.
        """
        leeway = self.leeway.get(session.id)
        stay = "seats" in session.pin or (leeway is not None and (leeway.held or not leeway.seats))
        sits = tuple(group for group in course.seats if session.groups.get(group))
        return sits if sits and stay and not course.mixed and not self.gated else tuple(course.seats)

    def _lay_out(self, lot: Lot, candidates: Mapping[str, Sequence[Placement]] | None) -> None:
        course, calendar = lot.course, self.calendar
        leeway = self.leeway.get(lot.session.id) if lot.session is not None else None
        if leeway is not None and leeway.held:
            self._hold(lot)
            return
        if leeway is not None:
            choice = list(leeway.placements)
        elif candidates is not None:
            choice = list(candidates[course.id])
        else:
            choice = [
                one for one in calendar.placements(course) if self.gated or calendar.in_window(course, one)
            ]
        if lot.session is not None and lot.session.slots:
            stands = Placement(tuple(calendar.number(slot) for slot in lot.session.slots))
            choice += [stands] if stands not in choice else []
        kinds = self._kinds(lot)
        asked = sum(course.seats[group] for group in lot.groups)
        most = 1 if lot.session else max(asked, 1) if self.gated else asked // course.min_class
        name = lot.session.id if lot.session else ""
        for placement in choice:
            run = Run(self, lot, placement, kinds, most)
            self._runs.append(run)
            if course.roles or self.gated:
                key = (course.id, name, placement)
                if key not in self._crews:
                    self._crews[key] = Crew(self, course, lot.session, placement, self.pools)
                self._crews[key].offered.append(run)

    def _kinds(self, lot: Lot) -> tuple[Kind, ...]:
        """Return the kinds of venue that a lot may be offered.

        A course that needs no venue is planned without; only a known session may keep what it was given.
        """
        if self.gated:
            return ((), *self.kinds)
        if lot.course.features is not None:
            return self.kinds
        return ((), lot.own) if lot.own in self.kinds else ((),)

    def _keep_still(self, kept: Kept) -> set[str]:
        """Put down what is not chosen anew, and return the names that stay: numbers in place of variables."""
        for run in kept.runs():
            self._runs.append(run)
            if run.lot.course.roles:
                name = run.lot.session.id if run.lot.session else ""
                key = (run.lot.course.id, name, run.placement)
                if key not in self._crews:
                    self._crews[key] = kept.crew(run)
                self._crews[key].offered.append(run)
        return kept.names

    def _hold(self, lot: Lot) -> None:
        """Put a session down as it is: numbers in place of variables."""
        session = lot.session
        assert session is not None
        if not session.slots:
            return
        placement = Placement(tuple(self.calendar.number(slot) for slot in session.slots))
        run = Fact(self, lot, placement)
        self._runs.append(run)
        if lot.course.roles and session.instructors:
            crew = FactCrew(self, lot.course, session, placement)
            crew.offered.append(run)
            self._crews[lot.course.id, session.id, placement] = crew

    @property
    def runs(self) -> Iterable[Run]:
        """The runs that nothing has forbidden so far."""
        return (run for run in self._runs if run.alive)

    @property
    def crews(self) -> Iterable[Crew]:
        """The crews of courses that need instructors, where some run is left."""
        return (crew for crew in self._crews.values() if crew.runs)

    def unplaced(self, course: Course, group: str) -> Expr:
        """Return how many of the seats asked for stay unplaced; 0 where all of them must be placed."""
        if self.every_seat:
            return 0
        key = (course.id, group)
        if key not in self._unplaced:
            self._unplaced[key] = self.whole("u", 0, course.seats[group])
        return self._unplaced[key]

    def forbid(
        self,
        where: base.Run | base.Crew,
        rule: str,
        about: About,
        *,
        kind: Kind | None = None,
        group: str | None = None,
        pool: Pool | None = None,
    ) -> None:
        """Rule out a run, or only its use of a kind of venue, a group or a pool of instructors."""
        assert isinstance(where, Run | Crew)
        if isinstance(where, Still | StillCrew):
            return
        if self.gated or where.made:
            self.require(self._use(where, kind, group, pool) == 0, rule, about)
        elif isinstance(where, Crew):
            where.pools.remove(pool if pool is not None else ())
        elif kind is not None:
            where.kinds.remove(kind)
        elif group is not None:
            where.groups.remove(group)
        else:
            where.kinds.clear()

    @staticmethod
    def _use(where: Run | Crew, kind: Kind | None, group: str | None, pool: Pool | None) -> Expr:
        if isinstance(where, Crew):
            return where.staff[pool or ()]
        if kind is not None:
            return where.counts[kind]
        return where.people[group] if group is not None else where.total

    def gate(self, rule: str, about: About) -> Expr:
        """Return the literal that is true while this statement of a rule holds."""
        key = (rule, about)
        if key not in self.gates:
            self.gates[key] = self.flag(f"{rule}|{about.kind}|{about.id}")
        return self.gates[key]

    def require(self, condition: Condition, rule: str, about: About) -> None:
        """Post a condition on behalf of a rule."""
        self._post(condition, [self.gate(rule, about)] if self.gated else [])

    def implies(self, flag: Expr, condition: Condition, rule: str, about: About) -> None:
        """Post a condition that only holds where ``flag`` is true."""
        self._post(condition, [flag, self.gate(rule, about)] if self.gated else [flag])

    def structure(self, condition: Condition) -> None:
        """Post what is true of the variables by their meaning, whatever the rules."""
        self.structural.add(len(self.model.proto.constraints))
        self._post(condition, [])

    def limit(self, condition: Condition) -> None:
        """Post what is only asked now, or was not proved: it ends with the block of ``for_now`` around it."""
        first = len(self.model.proto.constraints)
        self.structure(condition)
        self._limits.extend(range(first, len(self.model.proto.constraints)))

    @contextmanager
    def for_now(self) -> Iterator[None]:
        """Lift at the end of the block whatever was posted as a ``limit`` in it."""
        begun = len(self._limits)
        try:
            yield
        finally:
            for number in self._limits[begun:]:
                # Constraints keep their numbers, so this one is made empty.
                self.model.proto.constraints[number].copy_from(cp_model_helper.ConstraintProto())
            self.lifted.update(self._limits[begun:])
            del self._limits[begun:]

    def _post(self, condition: Condition, when: list[Expr]) -> None:
        # An expression without variables compares to a plain bool.
        if condition is True or (condition is False and not when and self._facts):
            # What is false of facts alone no choice can mend; the audit will say it.
            return
        constraint = self.model.add(condition) if condition is not False else self.model.add_bool_or([])
        if when:
            constraint.only_enforce_if(when)

    def whole(self, name: str, low: int, high: int) -> Expr:
        """Return a new whole-number variable."""
        self.ranges.append((low, high))
        return self.model.new_int_var(low, high, name)

    def flag(self, name: str) -> Expr:
        """Return a new yes-or-no variable."""
        self.ranges.append((0, 1))
        return self.model.new_bool_var(name)

    def total(self, terms: Iterable[Expr], weights: Sequence[int] | None = None) -> Expr:
        """Return a sum, weighted if weights are given; faster than adding one by one."""
        listed = list(terms)
        if self._facts and all(isinstance(term, int) for term in listed):
            return sum(
                term * weight for term, weight in zip(listed, weights or [1] * len(listed), strict=True)
            )
        if not listed:
            return 0
        if weights is None:
            return listed[0] if len(listed) == 1 else cp_model.LinearExpr.sum(listed)
        return cp_model.LinearExpr.weighted_sum(listed, weights)

    def most(self, expr: Expr) -> int:
        """Return the largest value that an expression can have."""
        if isinstance(expr, int):
            return expr
        if isinstance(expr, cp_model.IntVar):
            return self.ranges[expr.index][1]
        flat = cp_model.FlatIntExpr(expr)
        pairs = zip(flat.vars, flat.coeffs, strict=True)
        return int(
            flat.offset + sum(factor * self.ranges[variable.index][factor > 0] for variable, factor in pairs)
        )

    @staticmethod
    def value(expr: Expr, values: Sequence[int]) -> int:
        """Return what an expression comes to in a solution (one value a variable)."""
        if isinstance(expr, int):
            return expr
        if isinstance(expr, cp_model.IntVar):
            return values[expr.index]
        flat = cp_model.FlatIntExpr(expr)
        pairs = zip(flat.vars, flat.coeffs, strict=True)
        return int(flat.offset + sum(factor * values[variable.index] for variable, factor in pairs))

    @staticmethod
    def number(expr: Expr) -> int | None:
        """Return the number of the variable that an expression is; None if it is more than a variable."""
        return expr.index if isinstance(expr, cp_model.IntVar) else None

    def at_once(
        self, uses: Iterable[tuple[Placement, Expr]], *, by_day: bool = False
    ) -> Iterator[list[Expr]]:
        """Yield, for each time at which it matters, what is in use then.

        A time says nothing new when everything in use then is also in use at the time before or after
        it; such times are passed over.

        Args:
            uses: What is in use, and when.
            by_day: Count by dates in place of slots.
        """
        width = self.calendar.periods if by_day else 1
        at: dict[int, dict[int, Expr]] = {}
        for number, (placement, expr) in enumerate(uses):
            for time in dict.fromkeys(slot // width for slot in placement.slots):
                at.setdefault(time, {})[number] = expr
        kept: Mapping[int, Expr] = {}
        for time in sorted(at):
            if at[time].keys() <= kept.keys():
                continue
            if not kept.keys() <= at[time].keys():
                yield list(kept.values())
            kept = at[time]
        if kept:
            yield list(kept.values())
