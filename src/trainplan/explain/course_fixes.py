"""Ways out by changing a row of curriculum.csv."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from trainplan.explain import effort
from trainplan.explain.dial import Dial, one, some
from trainplan.explain.line import Line
from trainplan.explain.makes import change_course, set_fields
from trainplan.explain.result import Change
from trainplan.load.cells import after_cell
from trainplan.model import WEEKDAYS, After, Course, Programme
from trainplan.rules.base import About
from trainplan.words import dated, many
from trainplan.workdays import DAY_NAMES


def course_dials(programme: Programme, line: Line) -> Iterator[Dial]:
    """Yield the changes to a course that meet one statement about it."""
    course = programme.courses[line.about.id]
    match line.rule, line.part.partition(" ")[0]:
        case "class-size", "min":
            yield _smaller(course)
        case "class-size", "max":
            yield _larger(course)
        case "class-mix", _:
            message = f"let groups of {course.id} sit together (mixed: yes)"
            yield one(_set(course, message, "mixed", "no", "yes", effort.PAPER + 1, mixed=True))
        case "course-parallel", _:
            yield _parallel(course)
        case "course-window", "earliest":
            yield from _earlier(programme, course)
        case "course-window", "latest":
            yield from _later(programme, course)
        case "course-days", "start_on":
            yield _start_on(programme, course)
        case "course-days", "span":
            message = f"let {course.id} run on after a weekend (span: yes)"
            yield one(_set(course, message, "span", "no", "yes", effort.PAPER, span=True))
        case "course-order", "after":
            yield from _lag(course, course.after[int(line.part.partition(" ")[2])])


def _set(
    course: Course, message: str, column: str, old: object, new: object, costs: float, **fields: object
) -> Change:
    make = partial(set_fields, "courses", course.id, fields)
    return Change(message, About("course", course.id), column, str(old), str(new), costs, make)


def _smaller(course: Course) -> Dial:
    old = course.min_class

    def change(at: int) -> Change:
        new = old - 1 - at
        message = f"lower min_class of {course.id} from {old:,} to {new:,}"
        costs = effort.by_share(effort.CLASS, at + 1, old)
        return _set(course, message, "min_class", old, new, costs, min_class=new)

    return Dial(old - 1, change)


def _larger(course: Course) -> Dial:
    old = course.max_class
    most = max(sum(course.seats.values()), old) if course.mixed else max(course.seats.values())

    def change(at: int) -> Change:
        new = old + 1 + at
        message = f"raise max_class of {course.id} from {old:,} to {new:,}"
        costs = effort.by_share(effort.CLASS, at + 1, old)
        return _set(course, message, "max_class", old, new, costs, max_class=new)

    return Dial(max(0, most - old), change)


def _parallel(course: Course) -> Dial:
    old = course.parallel or 1

    def change(at: int) -> Change:
        new = old + 1 + at
        message = f"let {new:,} sessions of {course.id} run on one day (parallel), not {old:,}"
        return _set(course, message, "parallel", old, new, effort.PAPER + at, parallel=new)

    return Dial(sum(course.seats.values()), change)


def _earlier(programme: Programme, course: Course) -> Iterator[Dial]:
    old = course.earliest
    if old is None or old <= programme.starts:
        return

    def change(at: int) -> Change:
        new = old - timedelta(days=at + 1)
        message = f"let {course.id} start from {dated(new)} (earliest), {many(at + 1, 'day')} sooner"
        costs = effort.by_days(effort.WINDOW, at + 1)
        return _set(course, message, "earliest", old.isoformat(), new.isoformat(), costs, earliest=new)

    yield Dial((old - programme.starts).days, change)


def _later(programme: Programme, course: Course) -> Iterator[Dial]:
    old = course.latest
    if old is None or old >= programme.ends:
        return

    def change(at: int) -> Change:
        new = old + timedelta(days=at + 1)
        message = f"let {course.id} end by {dated(new)} (latest), {many(at + 1, 'day')} later"
        costs = effort.by_days(effort.WINDOW, at + 1)
        return _set(course, message, "latest", old.isoformat(), new.isoformat(), costs, latest=new)

    yield Dial((programme.ends - old).days, change)


def _start_on(programme: Programme, course: Course) -> Dial:
    old = course.start_on or frozenset()
    told = "; ".join(WEEKDAYS[day] for day in sorted(old))
    changes = []
    for day in sorted(programme.working_days - old):
        new = "; ".join(WEEKDAYS[one] for one in sorted(old | {day}))
        message = f"let {course.id} start on a {DAY_NAMES[day]} too (start_on)"
        changes.append(_set(course, message, "start_on", told, new, effort.PAPER, start_on=old | {day}))
    message = f"let {course.id} start on any day (start_on)"
    changes.append(_set(course, message, "start_on", told, "", effort.PAPER + 0.5, start_on=None))
    return some(changes)


def _lag(course: Course, order: After) -> Iterator[Dial]:
    def edited(new: After | None) -> partial[Course]:
        return partial(_reordered, order, new)

    def change(message: str, new: After | None, costs: float) -> Change:
        make = partial(change_course, course.id, edited(new))
        said = after_cell(new) if new is not None else ""
        return Change(message, About("course", course.id), "after", after_cell(order), said, costs, make)

    if order.at_least:
        least = order.at_least

        def sooner(at: int) -> Change:
            new = replace(order, at_least=least - 1 - at if least - 1 - at else None)
            message = (
                f"let {course.id} follow {order.course} after {many(least - 1 - at, 'day')}, not {least:,}"
            )
            return change(message, new, effort.by_days(effort.WINDOW, at + 1))

        yield Dial(least, sooner)
    if order.at_most is not None:
        most = order.at_most

        def longer(at: int) -> Change:
            days = many(most + 1 + at, "day")
            new = replace(order, at_most=most + 1 + at)
            message = f"let {course.id} follow {order.course} up to {days} later, not {most:,}"
            return change(message, new, effort.by_days(effort.WINDOW, at + 1))

        yield Dial(366, longer)
    if order.all:
        message = f"let each person start {course.id} once they have finished {order.course} themselves"
        yield one(change(message, replace(order, all=False), effort.ORDER - 2))
    first = f"all of {order.course}" if order.all else order.course
    yield one(change(f"let {course.id} no longer wait for {first} (after)", None, effort.ORDER))


def _reordered(old: After, new: After | None, course: Course) -> Course:
    orders = list(course.after)
    at = next((number for number, one in enumerate(orders) if one == old), None)
    if at is not None:
        orders[at : at + 1] = [new] if new is not None else []
    return replace(course, after=tuple(orders))
