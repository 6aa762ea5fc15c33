"""Places for seats that a schedule lacks, or for a make-up class, without moving anybody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from trainplan.alternatives.around import LOCAL, ORDER, PEOPLE, VENUE, Around, Fit
from trainplan.audit import audit
from trainplan.findings import Finding
from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule, Session
from trainplan.workdays import calendar_of


@dataclass(frozen=True, slots=True)
class Place:
    """One way to seat people, audited with the whole schedule.

    Attributes:
        session: The session as it would be.
        existing: It is in the schedule already, and has room.
        values: What each of the programme's goals would come to, in their order.
        unsettled: Whether its people are free could not be settled.
    """

    session: Session
    existing: bool
    values: tuple[int, ...]
    unsettled: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be placed.

    Attributes:
        programme: The programme, asking for these seats too.
        missing: How many of the seats the programme asks for anyhow.
        again: How many go beyond the group's headcount: people who sit the course a second time.
    """

    programme: Programme
    course: str
    group: str
    seats: int
    missing: int
    again: int


@dataclass(frozen=True, slots=True)
class Places:
    """The places found for one group.

    Attributes:
        best: The best of them, best first.
        free: How many there are in all.
        blocked: How many other starts each rule blocks; a start that several block counts for the first.
        starts: Starts that were looked at.
        whole: There was time to look at all that the course has in the calendar.
    """

    asked: Asked
    best: tuple[Place, ...]
    free: int
    blocked: tuple[tuple[str, int], ...]
    starts: int
    whole: bool


def missing_seats(programme: Programme, schedule: Schedule, course: str, group: str) -> int:
    """Return the seats of a group in a course that are asked for and not placed."""
    asked = programme.courses[course].seats.get(group, 0)
    placed = sum(one.groups.get(group, 0) for one in schedule.live if one.course == course)
    return max(0, asked - placed)


def asked_for(programme: Programme, schedule: Schedule, course: str, group: str, seats: int) -> Asked:
    """Return the question as a programme that asks for ``seats`` more, where it does not do so already."""
    row = programme.courses[course]
    missing = min(seats, missing_seats(programme, schedule, course, group))
    wanted = row.seats.get(group, 0) + seats - missing
    people = programme.groups[group]
    again = max(0, wanted - people.headcount)
    courses = {**programme.courses, course: replace(row, seats={**row.seats, group: wanted})}
    groups = dict(programme.groups)
    for id in programme.umbrellas(group) if again else ():
        groups[id] = replace(groups[id], headcount=groups[id].headcount + again)
    raised = replace(programme, courses=courses, groups=groups)
    return Asked(raised, course, group, seats, missing, again)


def may_lack(asked: Asked, schedule: Schedule) -> dict[tuple[str, str], int]:
    """Return the seats that may stay unplaced when the question is answered, by course and group."""
    lacking = {
        (course.id, group): missing_seats(asked.programme, schedule, course.id, group)
        for course in asked.programme.courses.values()
        for group in course.seats
    }
    lacking[asked.course, asked.group] -= asked.seats
    return lacking


def places(asked: Asked, schedule: Schedule, most: int, go_on: Callable[[], bool] = lambda: True) -> Places:
    """Return where the seats could be without moving anybody, the best places first.

    Args:
        asked: The question.
        schedule: As it is; its own conflicts, if it has any, are not held against a place.
        most: So many places at most.
        go_on: Asked again and again whether there is time to look further.
    """
    programme = asked.programme
    around = Around(programme, schedule)
    blocked: Counter[str] = Counter()
    free: list[Place] = []
    starts, whole = 0, True
    for fit, old in _tried(asked, schedule, around):
        if not go_on():
            whole = False
            break
        starts += old is None
        if fit.free:
            after = with_session(schedule, fit.session)
            values = tuple(GOALS[name].measure(programme, after) for name in programme.goals)
            free.append(Place(fit.session, old is not None, values, fit.unsettled))
        elif old is None:
            blocked[fit.against[0].rule] += 1
    free.sort(key=lambda one: (one.values, one.session.start, one.session.id))
    sound = set(audit(programme, schedule))
    best: list[Place] = []
    for place in free:
        if len(best) == most:
            break
        if not new_conflicts(programme, sound, with_session(schedule, place.session)):
            best.append(place)
    return Places(asked, tuple(best), len(free), tuple(blocked.most_common()), starts, whole)


def with_session(schedule: Schedule, session: Session) -> Schedule:
    """Return the schedule with a session in place of the one that has its id, if one has."""
    return Schedule.of([*(one for one in schedule.sessions if one.id != session.id), session])


def new_conflicts(programme: Programme, known: set[Finding], schedule: Schedule) -> list[str]:
    """Return the rules that ``schedule`` breaks beyond the ``known`` findings.

    Seats still missing are no breach that a place makes.
    """
    return [
        one.rule
        for one in audit(programme, schedule)
        if one.severity == "error" and one not in known and one.rule != "demand"
    ]


def _tried(asked: Asked, schedule: Schedule, around: Around) -> Iterator[tuple[Fit, Session | None]]:
    """Yield what comes of adding the seats to each session, and of a new session at each start."""
    programme = asked.programme
    course = programme.courses[asked.course]
    for one in schedule.live:
        if one.course != course.id or not one.slots or "seats" in one.pin:
            continue
        seats = {**one.groups, asked.group: one.groups.get(asked.group, 0) + asked.seats}
        fuller = replace(one, groups=seats, seats=sum(seats.values()))
        near = Around(programme, schedule, without=one)
        against = [
            found
            for names in (("class-mix", "class-size"), VENUE, LOCAL, ORDER)
            for found in near.breaches(fuller, names)
        ]
        people = [] if against else near.breaches(fuller, PEOPLE)
        against += [found for found in people if found.severity == "error"]
        yield Fit(fuller, tuple(against), bool(people) and not against), one
    new = Session(
        id=new_id(schedule, course.id),
        course=course.id,
        title=course.title,
        start=programme.starts,
        end=programme.starts,
        slots=(),
        venues=(),
        instructors=(),
        groups={asked.group: asked.seats},
        seats=asked.seats,
    )
    for placement in calendar_of(programme).placements(course):
        yield around.fit(new, placement), None


def new_id(schedule: Schedule, course: str) -> str:
    """Return an id for one more session of a course."""
    taken = {one.id for one in schedule.sessions}
    numbers = range(1, len(taken) + 2)
    highest = [
        int(tail)
        for id in taken
        if id.startswith(f"{course}-") and (tail := id[len(course) + 1 :]).isdecimal()
    ]
    after = max(highest, default=0)
    return next(name for number in numbers if (name := f"{course}-{after + number:02d}") not in taken)
