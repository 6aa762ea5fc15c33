"""What keeps a group from ever having a session of a course: cover, class sizes, closures and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from trainplan.model import After, Course
from trainplan.shortages.openings import Survey
from trainplan.shortages.reach import Reach
from trainplan.shortages.shortage import Shortage, in_days, never_there, short
from trainplan.shortages.sizes import largest, spared
from trainplan.words import dated, listed, many
from trainplan.workdays import Placement

NONE_BEFORE = "of which no session for"  # said where it is the earlier course that has no place


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
            said = f"{least}; only {asked:,} {'is' if asked == 1 else 'are'} wanted{whose}"
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
        programme = reach.survey.programme
        place, column = never_there(programme, "group", programme.groups[group])
        if not openings.groups[group]:
            said = f"{course.id} takes {takes} in a row; {group} may never be away so long when it may start"
            yield short("group-closed", said, [course.id], place, column, groups=[group])
        elif not openings.usable(group):
            said = f"{course.id} has no run of days with a venue and instructors on which {group} may be away"
            yield short("group-closed", said, [course.id], place, column, groups=[group])
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
        soonest = None if order.all else _soonest(reach, order, group, runs)
        if order.all:
            over = reach.over(order.course)
        else:
            over = min(
                (run.last for run in reach.placements(order.course, reach.runs(order.course, group))),
                default=None,
            )
        if soonest is not None and order.at_most is not None:
            days, earlier, later = soonest
            yield (
                f"{comes}, but can't start sooner than {many(days, 'day')} after it "
                f"(if that ends on {dated(earlier)}, on {dated(later)})"
            )
            continue
        if over is None:
            yield f"{comes}, {NONE_BEFORE} {group} is possible"
            continue
        ends = f"on {dated(calendar.day(over))} at the earliest"
        yield f"{comes}, which ends {ends}; its last possible start is on {last}"


def _soonest(
    reach: Reach, order: After, group: str, runs: Sequence[Placement]
) -> tuple[int, date, date] | None:
    """Return the fewest days from an end of the earlier course to a start, and both dates.

    None where no run begins after an end in time. Ends that come too short before are none of them.
    """
    day = reach.survey.calendar.day
    ends = [(run, reach.latest_before(order, group, run)) for run in runs]
    pairs = [(day(last), day(run.first)) for run, last in ends if last is not None and last < run.first]
    return min((((later - earlier).days, earlier, later) for earlier, later in pairs), default=None)


def _lag(order: After) -> str:
    if order.at_least is not None and order.at_most is not None:
        return f"{order.at_least} to {order.at_most} days "
    if order.at_least is not None:
        return f"{many(order.at_least, 'day')} or more "
    return f"at most {many(order.at_most, 'day')} " if order.at_most is not None else ""
