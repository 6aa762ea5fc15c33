"""What an event does to a programme: one function each, from the old programme to the new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from trainplan.load.grammar.dates import date_parser
from trainplan.load.grammar.numbers import MOST_PEOPLE, away, whole
from trainplan.load.notes import Reason
from trainplan.load.wording import quote
from trainplan.model import Closure, Group, Programme, Session, Whom

Effect = Callable[[Programme, str, str, date], Programme]
ONE_DAY = timedelta(days=1)


class Wrong(Exception):
    """An event can't be so; the message is one line that says why."""


def _date(programme: Programme, text: str) -> date:
    day = date_parser(programme.date_order)(text.strip())
    if isinstance(day, Reason):
        raise Wrong(day.text)
    return day


def _block(programme: Programme, text: str, what: str) -> tuple[date, date]:
    text = text.removeprefix("from ").removeprefix("on ").strip()
    if not text:
        raise Wrong(f"does not say when it is {what}")
    first, dots, last = text.partition("..")
    start = _date(programme, first)
    end = _date(programme, last) if dots else start
    if end < start:
        raise Wrong(f"ends on {end}, before it begins on {start}")
    return start, end


def _number(text: str, low: int = 1) -> int:
    number = whole(low, MOST_PEOPLE)(text.strip())
    if isinstance(number, Reason):
        raise Wrong(number.text)
    return number


def _with(programme: Programme, table: str, id: str, **fields: Any) -> Programme:
    """Return the programme with some fields of one thing changed."""
    things: Mapping[str, Any] = getattr(programme, table)
    tables: dict[str, Any] = {table: {**things, id: replace(things[id], **fields)}}
    return replace(programme, **tables)


def closed(whom: Whom) -> Effect:
    """Return the effect of a closure: a date, or the first and the last of several."""

    def effect(programme: Programme, id: str, rest: str, today: date) -> Programme:
        block = _block(programme, rest, "closed" if whom in ("venue", "site", "course", "all") else "away")
        if block[1] < programme.starts or block[0] > programme.ends:
            raise Wrong(f"lies outside the programme, {programme.starts} to {programme.ends}")
        one = Closure(whom, id, (block,), reason="closed" if whom in ("venue", "site", "all") else "away")
        return replace(programme, closures=(*programme.closures, one))

    return effect


def leaves(table: str) -> Effect:
    """Return the effect of leaving: not there on that day any more, today where none is named."""

    def effect(programme: Programme, id: str, rest: str, today: date) -> Programme:
        day = _date(programme, rest.removeprefix("on ")) if rest else today
        until = getattr(programme, table)[id].available_until
        last = day - ONE_DAY
        return _with(programme, table, id, available_until=last if until is None else min(until, last))

    return effect


def joins(table: str) -> Effect:
    """Return the effect of coming: there from that day on, not before."""

    def effect(programme: Programme, id: str, rest: str, today: date) -> Programme:
        day = _date(programme, rest.removeprefix("on ")) if rest else today
        return _with(programme, table, id, available_from=day)

    return effect


def capacity(programme: Programme, id: str, rest: str, today: date) -> Programme:
    """Change how many seats a venue has."""
    return _with(programme, "venues", id, capacity=_number(rest))


def weekly(programme: Programme, id: str, rest: str, today: date) -> Programme:
    """Change on how many days of a week an instructor works."""
    return _with(programme, "instructors", id, max_days_per_week=_number(rest))


def headcount(programme: Programme, id: str, rest: str, today: date) -> Programme:
    """Change how many people a group has: ``+12``, ``-5``, or the new number.

    A course that the whole group takes grows and shrinks with it; one that takes so many of it keeps its
    seats as long as the group has the people. Who could all be away at once still can.
    """
    group = programme.groups[id]
    parts = programme.parts(id)
    if parts != (id,):
        raise Wrong(f"{id} has parts, and people belong to these: say which of {', '.join(parts)}")
    sign = rest[:1] if rest[:1] in ("+", "-", "\u2212") else ""
    number = _number(rest[len(sign) :], 0)
    heads = number if not sign else group.headcount + (number if sign == "+" else -number)
    if heads < 0:
        raise Wrong(f"{id} has only {group.headcount:,} people")
    most = heads if group.max_away == group.headcount else min(group.max_away, heads)
    after = _with(programme, "groups", id, headcount=heads, max_away=most)
    for above in programme.umbrellas(id)[1:]:
        after = _grown(after, programme.groups[above], heads - group.headcount)
    courses = {}
    for course in programme.courses.values():
        seats = course.seats.get(id)
        if seats is not None:
            seats = heads if seats == group.headcount else min(seats, heads)
            course = replace(course, seats={**course.seats, id: seats})
        courses[course.id] = course
    return replace(after, courses=courses)


def _grown(programme: Programme, whole: Group, more: int) -> Programme:
    heads = whole.headcount + more
    most = heads if whole.max_away == whole.headcount else min(whole.max_away, heads)
    return _with(programme, "groups", whole.id, headcount=heads, max_away=most)


def max_away(programme: Programme, id: str, rest: str, today: date) -> Programme:
    """Change how many of a group may be away at one time: ``10``, or ``20%``."""
    number = away(rest)
    if isinstance(number, Reason):
        raise Wrong(number.text)
    heads = programme.groups[id].headcount
    return _with(programme, "groups", id, max_away=min(heads, number.of(heads)))


def no_course(programme: Programme, id: str, rest: str, today: date) -> Programme:
    """Ask for no seats of a course any more."""
    seats = dict.fromkeys(programme.courses[id].seats, 0)
    return _with(programme, "courses", id, seats=seats)


def without_seats(programme: Programme, sessions: Iterable[Session]) -> Programme:
    """Ask for the seats of these sessions no more."""
    courses = dict(programme.courses)
    for session in sessions:
        course = courses.get(session.course)
        if course is None:
            continue
        seats = {group: max(0, asked - session.groups.get(group, 0)) for group, asked in course.seats.items()}
        courses[course.id] = replace(course, seats=seats)
    return replace(programme, courses=courses)


def course_number(field: str) -> Effect:
    """Return the effect of another number in a course's row."""

    def effect(programme: Programme, id: str, rest: str, today: date) -> Programme:
        number = _number(rest)
        if field == "priority" and number > 9:
            raise Wrong(f"{quote(rest)} is too large: at most 9 is possible")
        after = _with(programme, "courses", id, **{field: number})
        course = after.courses[id]
        if course.min_class > course.max_class:
            raise Wrong(f"max_class {course.max_class} would be below min_class {course.min_class}")
        return after

    return effect


def course_date(field: str) -> Effect:
    """Return the effect of another date in a course's row."""

    def effect(programme: Programme, id: str, rest: str, today: date) -> Programme:
        return _with(programme, "courses", id, **{field: _date(programme, rest)})

    return effect
