"""What keeps a group from ever having a session of a course: cover, class sizes, closures and order."""

from __future__ import annotations

from collections.abc import Iterator

from trainplan.model import After, Course
from trainplan.shortages.openings import Survey
from trainplan.shortages.reach import Reach
from trainplan.shortages.shortage import Shortage, in_days, short
from trainplan.shortages.sizes import largest, spared
from trainplan.words import dated, listed, many
from trainplan.workdays import Placement

NEVER = "ends never"  # said of a course that has no place itself


def no_class(survey: Survey, course: Course) -> Iterator[Shortage]:
    """Yield seats that can't be split into classes of a size that is allowed."""
    lots = [course.seats] if course.mixed else [{group: seats} for group, seats in course.seats.items()]
    for seats in lots:
        asked, away, most = (
            sum(seats.values()),
            spared(survey.programme, seats),
            largest(survey, course, seats),
        )
        whose = "" if len(lots) == 1 and len(course.seats) == len(seats) else f" for {listed(list(seats))}"
        least = f"a class of {course.id} has at least {many(course.min_class, 'seat')}"
        if asked and asked < course.min_class:
            said = f"{least}; only {asked:,} {'is' if asked == 1 else 'are'} asked for{whose}"
            yield short("class-size", said, [course.id], course.place, "min_class", groups=list(seats))
        elif asked and away < max(1, course.min_class):
            said = f"{least}; {listed(list(seats))} can spare {many(away, 'person', 'people')} at one time"
            place = survey.programme.groups[next(iter(seats))].place
            yield short("group-cover", said, [course.id], place, "max_away", groups=list(seats))
        elif asked and -(-asked // most) * course.min_class > asked:
            said = (
                f"{many(asked, 'seat')}{whose} can't be split into classes of {course.id}"
                f" of {course.min_class:,} to {most:,}"
            )
            yield short("class-size", said, [course.id], course.place, "min_class", groups=list(seats))


def no_time(reach: Reach, course: Course) -> Iterator[Shortage]:
    """Yield groups that are never free when a session may be held, or can't be ready for it in time."""
    openings, calendar = reach.survey.of(course.id), reach.survey.calendar
    takes = in_days(course.length, calendar.periods)
    for group in course.seats:
        place = reach.survey.programme.groups[group].place
        if not openings.groups[group]:
            said = f"{course.id} takes {takes} in a row; {group} may never be away so long when it may start"
            yield short("group-closed", said, [course.id], place, "available_until", groups=[group])
        elif not openings.usable(group):
            said = f"{course.id} has no run of days with a venue and instructors on which {group} may be away"
            yield short("group-closed", said, [course.id], place, "available_until", groups=[group])
        elif not reach.runs(course.id, group):
            said = "; ".join(_order(reach, course, group))
            yield short("course-order", said, [course.id], course.place, "after", groups=[group])


def _order(reach: Reach, course: Course, group: str) -> Iterator[str]:
    calendar = reach.survey.calendar
    runs = reach.placements(course.id, reach.survey.of(course.id).usable(group))
    last = dated(calendar.day(runs[-1].first))
    for order in course.after:
        if any(reach.kept(order, course, group, run) for run in runs):
            continue
        comes = f"{course.id} comes {_lag(order)}after {'all of ' if order.all else ''}{order.course}"
        soonest = _soonest(reach, order, group, runs)
        if order.all:
            over = reach.over(order.course)
        else:
            over = min((run.last for run in _before(reach, order, group)), default=None)
        if soonest is not None:
            first = "first start long enough" if order.at_least else "first start"
            yield f"{comes}; the {first} after it is {many(soonest, 'day')} later"
            continue
        when = NEVER if over is None else f"ends on {dated(calendar.day(over))} at the earliest"
        yield f"{comes}, which {when}; its last possible start is on {last}"


def _before(reach: Reach, order: After, group: str) -> list[Placement]:
    return reach.placements(order.course, reach.runs(order.course, group))


def _soonest(reach: Reach, order: After, group: str, runs: list[Placement]) -> int | None:
    """Return the shortest lag that is long enough, in days; None where the longest one isn't to blame."""
    if order.all or order.at_most is None:
        return None
    day = reach.survey.calendar.day
    pairs = ((run.first, reach.latest_before(order, group, run)) for run in runs)
    return min(((day(first) - day(last)).days for first, last in pairs if last is not None), default=None)


def _lag(order: After) -> str:
    if order.at_least is not None and order.at_most is not None:
        return f"{order.at_least} to {order.at_most} days "
    if order.at_least is not None:
        return f"{many(order.at_least, 'day')} or more "
    return f"at most {many(order.at_most, 'day')} " if order.at_most is not None else ""
