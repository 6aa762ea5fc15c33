"""Why a session is where it is: what forbids it elsewhere, and what another place would cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trainplan.alternatives.around import Around, Fit
from trainplan.alternatives.places import missing_seats, new_id, with_session
from trainplan.audit import audit
from trainplan.findings import Finding
from trainplan.goals import GOALS
from trainplan.model import Course, Programme, Schedule, Session
from trainplan.outcome import Outcome, bounds_beside
from trainplan.words import dated, listed, timed
from trainplan.workdays import DAY_NAMES, Placement, calendar_of


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a session, all other sessions staying where they are.

    Attributes:
        session: The session as it would be there.
        against: What the rules say against it.
        values: What each goal would come to; empty where something stands against it.
        here: It is where the session is now.
        unsettled: Whether its people are free there was not found out.
    """

    session: Session
    against: tuple[Finding, ...]
    values: tuple[int, ...]
    here: bool = False
    unsettled: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A session and every start that it could have.

    Attributes:
        session: As it is.
        values: What each goal comes to now.
        starts: In order of time, as far as there was time to look.
        whole: There was time to look at all of them.
    """

    session: Session
    values: tuple[int, ...]
    starts: tuple[Start, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An alternative that somebody has in mind.

    Attributes:
        course: Whose session.
        session: The one that is meant; None for any session of the course.
        on: A date that is to be in it, or None where only venue or instructor are to change.
        venue, teacher: Empty where nothing is asked.
    """

    course: Course
    session: Session | None
    on: date | None
    venue: str = ""
    teacher: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """The alternative in the schedule as it is: one session moved there, nothing else changed.

    Attributes:
        moved: The session as it is now; None where it would be one more.
        fit: The session there.
        against: What the audit of the whole schedule says against that, beyond what it says now.
    """

    placement: Placement
    moved: Session | None
    fit: Fit
    against: tuple[Finding, ...]


def values(programme: Programme, schedule: Schedule) -> tuple[int, ...]:
    """Return what each of the programme's goals comes to."""
    return tuple(GOALS[name].measure(programme, schedule) for name in programme.goals)


def starts(
    programme: Programme, schedule: Schedule, session: Session, go_on: Callable[[], bool] = lambda: True
) -> Held:
    """Return every start of a session with what stands against it, nothing else being moved."""
    course = programme.courses[session.course]
    around = Around(programme, schedule, without=session)
    calendar = calendar_of(programme)
    now = tuple(calendar.number(slot) for slot in session.slots)
    found: list[Start] = []
    whole = True
    for placement in calendar.placements(course):
        if placement.slots == now:
            found.append(Start(session, (), values(programme, schedule), here=True))
            continue
        if not go_on():
            whole = False
            break
        fit = around.fit(session, placement)
        after = with_session(schedule, fit.session)
        costs = values(programme, after) if fit.free else ()
        found.append(Start(fit.session, fit.against, costs, unsettled=fit.unsettled))
    return Held(session, values(programme, schedule), tuple(found), whole)


def already(schedule: Schedule, asked: Asked) -> Session | None:
    """Return a session that is what was asked for."""
    for one in schedule.live:
        if (
            one.course == asked.course.id
            and (asked.session is None or one.id == asked.session.id)
            and (asked.on is None or asked.on in one.days)
            and (not asked.venue or asked.venue in one.venues)
            and (not asked.teacher or asked.teacher in one.instructors)
        ):
            return one
    return None


def placements(programme: Programme, asked: Asked) -> tuple[Placement, ...]:
    """Return the runs of days that are meant: those that begin on the date, else those that hold it."""
    calendar = calendar_of(programme)
    if asked.on is None:
        assert asked.session is not None
        return (Placement(tuple(calendar.number(slot) for slot in asked.session.slots)),)
    every = calendar.placements(asked.course)
    begin = tuple(one for one in every if calendar.day(one.first) == asked.on)
    return begin or tuple(one for one in every if asked.on in calendar.days(one))


def no_start(programme: Programme, asked: Asked) -> Finding:
    """Return why no session of the course can have the date in it."""
    assert asked.on is not None
    course, calendar = asked.course, calendar_of(programme)
    why = calendar.why_off(asked.on)
    if why is not None:
        message = f"nobody works on {dated(asked.on)}: {why}"
    elif course.start_on is not None:
        days = listed([DAY_NAMES[number] for number in sorted(course.start_on)], "or")
        message = f"{course.id} starts on a {days}, and no run of its days from there holds {dated(asked.on)}"
    else:
        message = f"no unbroken run of the days that {course.id} takes holds {dated(asked.on)}"
    return Finding("course-days", "error", message, (), (asked.on,), course.place)


def tries(programme: Programme, schedule: Schedule, asked: Asked) -> list[Try]:
    """Return for each start the best way to have it by moving one session alone, the best start first."""
    if asked.session is not None:
        movable: list[Session | None] = [asked.session]
    else:
        movable = [one for one in schedule.live if one.course == asked.course.id and "date" not in one.pin]
        movable = movable or [None]
    known = set(audit(programme, schedule))
    found: list[Try] = []
    for placement in placements(programme, asked):
        ways = [_try(programme, schedule, asked, one, placement) for one in movable]
        best = min(ways, key=lambda one: len({finding.rule for finding in one.against}))
        found.append(replace(best, against=_audited(programme, schedule, known, best)))
    return sorted(found, key=lambda one: len({finding.rule for finding in one.against}))


def _try(
    programme: Programme, schedule: Schedule, asked: Asked, one: Session | None, placement: Placement
) -> Try:
    around = Around(programme, schedule, without=one)
    wanted = [one] if one is not None else _new(programme, schedule, asked.course)
    fits = [around.fit(each, placement, venue=asked.venue, teacher=asked.teacher) for each in wanted]
    fit = min(fits, key=lambda each: len({finding.rule for finding in each.against}))
    return Try(placement, one, fit, fit.against)


def _audited(programme: Programme, schedule: Schedule, known: set[Finding], one: Try) -> tuple[Finding, ...]:
    after = with_session(schedule, one.fit.session)
    found = [each for each in audit(programme, after) if each.severity == "error" and each not in known]
    # The audit sees a session without instructors where nobody was left; who is missing, the fit knows.
    teachers = [each for each in one.fit.against if each.rule.startswith("instructor")]
    if teachers:
        found = [each for each in found if each.rule != "instructor-roles"] + teachers
    pin = one.moved.pin if one.moved is not None else frozenset()
    if "date" in pin and one.moved is not None and one.moved.slots != one.fit.session.slots:
        message = f"{one.moved.id} is pinned to {timed(one.moved.slots, programme.periods)}"
        place = one.moved.place and replace(one.moved.place, column="pin")
        found.insert(0, Finding("pinned", "error", message, (one.moved.id,), one.moved.days, place))
    if one.moved is None:
        found = [each for each in found if each.rule not in ("class-size", "demand")]
    return tuple(dict.fromkeys(found))


def _new(programme: Programme, schedule: Schedule, course: Course) -> list[Session]:
    """Return one more session for each group that lacks seats; where none does, one without people."""
    lacking = {group: missing_seats(programme, schedule, course.id, group) for group in course.seats}
    day, id = date.min, new_id(schedule, course.id)
    return [
        Session(id, course.id, day, day, (), (), (), {group: seats}, seats, course.title)
        for group, missing in lacking.items()
        if (seats := min(missing, course.max_class))
    ] or [Session(id, course.id, day, day, (), (), (), {}, 0, course.title)]


def best_of(solved: Sequence[tuple[Try, Outcome]]) -> tuple[Try, Outcome]:
    """Return the best answer for several runs of days that are all meant, with bounds that hold for all.

    Args:
        solved: At least one; every run of days, each with what the engine answered.
    """
    found = [(way, one) for way, one in solved if one.schedule is not None]
    if not found:
        return next(((way, one) for way, one in solved if one.status != "infeasible"), solved[0])
    way, best = min(found, key=lambda pair: [goal.value for goal in pair[1].goals])
    if all(one.status in ("optimal", "infeasible") for _, one in solved):
        return way, best
    bounds = [goal.bound for goal in best.goals]
    now = [goal.value for goal in best.goals]
    for _, other in solved:
        if other.status != "infeasible":
            there = [goal.value for goal in other.goals] or now
            known = [goal.bound for goal in other.goals] or [0] * len(now)
            bounds = list(map(min, bounds, bounds_beside(now, there, known)))
    goals = tuple(replace(goal, bound=bound) for goal, bound in zip(best.goals, bounds, strict=True))
    return way, replace(best, status="feasible", goals=goals)
