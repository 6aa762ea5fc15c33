"""Whether one session fits into a schedule whose other sessions stay, and what it would break there.

The rules themselves are asked, each about as few sessions as can matter to it: those of the same weeks,
of the courses that are bound by order, of the same people. Whatever is offered is audited whole in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from trainplan.findings import Finding
from trainplan.model import Course, Programme, Role, Schedule, Session
from trainplan.rules import RULES, Rule
from trainplan.workdays import Placement, calendar_of, week_of

VENUE = ("venue-clash", "venue-capacity", "venue-features", "venue-closed")
TEACHER = ("instructor-clash", "instructor-qualified", "instructor-closed", "instructor-load")
LOCAL = (
    "course-window",
    "course-days",
    "group-closed",
    "group-cover",
    "class-size",
    "class-mix",
    "course-parallel",
)
ORDER = ("course-order",)
PEOPLE = ("group-attendance",)


@dataclass(frozen=True, slots=True)
class Fit:
    """A session somewhere, and the new conflicts that it makes there; none where it fits."""

    session: Session
    against: tuple[Finding, ...] = ()
    unsettled: bool = False  # whether the people can be dealt out was not found out

    @property
    def free(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.against


class Around:
    """The other sessions of a schedule, looked up by what can matter to one more."""

    def __init__(self, programme: Programme, schedule: Schedule, without: Session | None = None) -> None:
        """Look at ``schedule``, ``without`` the session that is to go elsewhere."""
        self.programme = programme
        self.calendar = calendar_of(programme)
        self.present = schedule
        self.others = tuple(one for one in schedule.live if without is None or one.id != without.id)
        self.without = without
        self._weeks: dict[date, list[Session]] = {}
        for one in self.others:
            for week in dict.fromkeys(week_of(day) for day in one.days):
                self._weeks.setdefault(week, []).append(one)
        self._known: dict[tuple[object, ...], frozenset[Finding]] = {}

    def fit(self, wanted: Session, placement: Placement, *, venue: str = "", teacher: str = "") -> Fit:
        """Return the session at a placement, in the best venue and with the best instructors there.

        Args:
            wanted: The session; its venue and instructors are kept where they can be, and where pinned
                they must be unless ``venue`` or ``teacher`` asks for another.
            placement: Its new slots.
            venue: Where it must be, or wherever it can.
            teacher: Who must be among its instructors.
        """
        course = self.programme.courses[wanted.course]
        slots = tuple(self.calendar.slot(number) for number in placement.slots)
        moved = replace(wanted, slots=slots, start=slots[0].day, end=slots[-1].day, venues=(), instructors=())
        against = [*self.breaches(moved, LOCAL), *self.breaches(moved, ORDER)]
        kept = wanted.venues if "venue" in wanted.pin and not venue else ()
        room, lacking = self._room(course, moved, wanted, venue or "".join(kept[:1]))
        if "instructors" in wanted.pin and not teacher:
            team = wanted.instructors
            missing = self.breaches(replace(moved, instructors=team), (*TEACHER, "instructor-roles"))
        else:
            team, missing = self._team(course, moved, wanted, teacher)
        moved = replace(moved, venues=room, instructors=team)
        against += [*lacking, *missing]
        unsettled = False
        if not against:
            people = self.breaches(moved, PEOPLE)
            against = [one for one in people if one.severity == "error"]
            unsettled = bool(people) and not against
        return Fit(moved, tuple(against), unsettled)

    def breaches(self, session: Session, names: Iterable[str]) -> list[Finding]:
        """Return what these rules say of the schedule with ``session``, and not of the schedule as it is."""
        rules = [rule for rule in RULES if rule.name in names]
        found: list[Finding] = []
        for rule in rules:
            beside, before, key = self._beside(rule, session)
            if key not in self._known:
                self._known[key] = frozenset(rule.check(self.programme, Schedule.of(before)))
            now = rule.check(self.programme, Schedule.of([*beside, session]))
            found += [one for one in now if one not in self._known[key]]
        return found

    def _beside(
        self, rule: Rule, session: Session
    ) -> tuple[list[Session], list[Session], tuple[object, ...]]:
        """Return the sessions that matter to a rule, those of the present schedule, and a name for them."""
        if rule.name in ORDER:
            courses = frozenset(self._bound_up(session.course))
            beside = [one for one in self.others if one.course in courses]
            before = [one for one in self.present.live if one.course in courses]
            return beside, before, (rule.name, courses)
        if rule.name in PEOPLE:
            groups = frozenset(session.groups)
            beside = [one for one in self.others if not groups.isdisjoint(one.groups)]
            before = [one for one in self.present.live if not groups.isdisjoint(one.groups)]
            return beside, before, (rule.name, groups)
        weeks = tuple(dict.fromkeys(week_of(day) for day in session.days))
        near = {one.id: one for week in weeks for one in self._weeks.get(week, ())}
        beside = list(near.values())
        return beside, beside, (rule.name, weeks)

    def _bound_up(self, id: str) -> Iterator[str]:
        yield id
        yield from (order.course for order in self.programme.courses[id].after)
        for other in self.programme.courses.values():
            if any(order.course == id for order in other.after):
                yield other.id

    def _room(
        self, course: Course, moved: Session, wanted: Session, only: str
    ) -> tuple[tuple[str, ...], list[Finding]]:
        if course.features is None and not only:
            return (), []
        venues = [one for one in self.programme.venues.values() if not only or one.id == only]
        # Where it is now, else the cheapest, else the smallest that is large enough.
        venues.sort(key=lambda one: (one.id not in wanted.venues, one.cost_per_day, one.capacity))
        nearest: tuple[tuple[int, int], tuple[str, ...], list[Finding]] | None = None
        for number, venue in enumerate(venues):
            against = self.breaches(replace(moved, venues=(venue.id,)), VENUE)
            if not against:
                return (venue.id,), []
            hard = sum(one.rule in ("venue-features", "venue-capacity") for one in against)
            if nearest is None or (hard, number) < nearest[0]:
                nearest = (hard, number), (venue.id,), against
        if nearest is None:
            return (), self.breaches(moved, VENUE)
        return nearest[1], nearest[2]

    def _team(
        self, course: Course, moved: Session, wanted: Session, only: str
    ) -> tuple[tuple[str, ...], list[Finding]]:
        """Return instructors for every place, and what keeps those away who would be needed."""
        places = [role.qualification for role in course.roles for _ in range(role.count)]
        against: dict[str, list[Finding]] = {}
        able: dict[str, set[str]] = {}
        for one in self.programme.instructors.values():
            held = {name for name, until in one.qualifications if until is None or moved.end <= until}
            if held.intersection(places) or one.id == only:
                able[one.id] = held
                against[one.id] = self.breaches(replace(moved, instructors=(one.id,)), TEACHER)
        if only:
            other = [one for one in against[only] if one.rule != "instructor-qualified"]
            unfit = [one for one in against[only] if one.rule == "instructor-qualified"]
            if not course.roles or unfit or other:
                return (only,), unfit or other or self.breaches(_with(moved, only), ("instructor-roles",))
        free = [id for id in able if not against[id]]
        free.sort(key=lambda id: (id != only, id not in wanted.instructors, *self._dear(id)))
        team = _match(places, free, able)
        if team is not None:
            return team, []
        findings: list[Finding] = []
        for role in course.roles:
            holders = [id for id in able if role.qualification in able[id]]
            if sum(not against[id] for id in holders) < role.count:
                findings += _keeping(role, holders, against)
        if not findings:
            everybody = replace(moved, instructors=tuple(free))
            findings = self.breaches(everybody, ("instructor-roles",))
        return (), list(dict.fromkeys(findings))

    def _dear(self, id: str) -> tuple[object, ...]:
        one = self.programme.instructors[id]
        return bool(one.trip_cost), one.cost_per_day, len(one.qualifications)


def _with(session: Session, teacher: str) -> Session:
    return replace(session, instructors=(teacher,))


def _keeping(role: Role, holders: list[str], against: dict[str, list[Finding]]) -> Iterator[Finding]:
    """Yield what keeps away those who hold a qualification; where nobody does, that."""
    if len(holders) < role.count:
        who = f"only {len(holders)}" if holders else "nobody"
        yield Finding(
            "instructor-roles",
            "error",
            f"{role.count} with {role.qualification} are needed, and {who} holds it to the last day",
        )
    for id in holders:
        yield from against[id]


def _match(places: list[str], people: list[str], able: dict[str, set[str]]) -> tuple[str, ...] | None:
    """Give every place somebody of her own, those first who come first in ``people``; None if it can't be."""
    holder: dict[int, str] = {}

    def seat(id: str, tried: set[int]) -> bool:
        for at, wanted in enumerate(places):
            if wanted in able[id] and at not in tried:
                tried.add(at)
                if at not in holder or seat(holder[at], tried):
                    holder[at] = id
                    return True
        return False

    for id in people:
        if len(holder) < len(places):
            seat(id, set())
    return tuple(holder[at] for at in range(len(places))) if len(holder) == len(places) else None
