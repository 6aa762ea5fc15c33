"""Ways out by changing a group, a venue or an instructor, or by having one more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from trainplan.explain import effort
from trainplan.explain.dial import Dial, any_of, one, some
from trainplan.explain.line import Line
from trainplan.explain.makes import Rows, add_rows, change_instructor, set_fields, unpin
from trainplan.explain.result import Change
from trainplan.load.cells import qualification_cell, role_cell
from trainplan.model import PINS, Course, Instructor, Pin, Programme, Qualification, Schedule, Venue
from trainplan.rules.base import About
from trainplan.words import dated, listed, many

ROWS: dict[str, Rows] = {"group": "groups", "venue": "venues", "instructor": "instructors"}
COLLEAGUES = 8  # so many are thought of to be trained for a qualification
MOST_NEW = 12  # venues or instructors added at the most


def thing_dials(
    programme: Programme, before: Schedule | None, line: Line, courses: list[Course]
) -> Iterator[Dial]:
    """Yield the changes to groups, venues and instructors that meet a statement; ``courses`` are at stake."""
    match line.rule:
        case "group-cover":
            yield _cover(programme, line.about.id)
        case "venue-capacity":
            yield from _capacity(programme, line.about.id, courses)
        case "venue-features":
            yield from _features(programme, programme.courses[line.about.id])
        case "venue-clash":
            yield _venues(programme, line.about.id.split(";")[0])
        case "instructor-load":
            yield _load(programme, line.about.id)
        case "instructor-qualified":
            yield _renewal(programme, line.about.id, line.part)
        case "instructor-roles":
            yield from _roles(programme, programme.courses[line.about.id])
        case "instructor-clash":
            yield from _instructors(programme, line.about.id.split(";"), courses)
        case "group-closed" | "venue-closed" | "instructor-closed" if line.part.startswith("available"):
            yield from _availability(programme, line)
        case "pinned":
            yield from _pins(before, line.about.id)


def _set(
    about: About, message: str, column: str, old: object, new: object, costs: float, **fields: object
) -> Change:
    make = partial(set_fields, ROWS[about.kind], about.id, fields)
    return Change(message, about, column, str(old), str(new), costs, make)


def _cover(programme: Programme, id: str) -> Dial:
    group = programme.groups[id]
    old = group.max_away

    def change(at: int) -> Change:
        new = old + 1 + at
        message = f"raise max_away of {id} from {old:,} to {new:,}"
        costs = effort.by_share(effort.COVER, at + 1, max(old, group.headcount // 4))
        return _set(About("group", id), message, "max_away", old, new, costs, max_away=new)

    return Dial(group.headcount - old, change)


def _capacity(programme: Programme, id: str, courses: list[Course]) -> Iterator[Dial]:
    old = programme.venues[id].capacity
    most = max((min(course.max_class, sum(course.seats.values())) for course in courses), default=old)

    def change(at: int) -> Change:
        new = old + 1 + at
        message = f"make room for {new:,} in {id} (capacity), not {old:,}"
        costs = effort.by_share(effort.ROOM, at + 1, old)
        return _set(About("venue", id), message, "capacity", old, new, costs, capacity=new)

    if most > old:
        yield Dial(most - old, change)


def _features(programme: Programme, course: Course) -> Iterator[Dial]:
    wanted = course.features or frozenset()
    changes = []
    for venue in programme.venues.values():
        lacking = wanted - venue.features
        if lacking:
            message = f"equip {venue.id} with {listed(sorted(lacking))} (features), or another venue"
            old, new = "; ".join(sorted(venue.features)), "; ".join(sorted(venue.features | wanted))
            about, costs = About("venue", venue.id), effort.ROOM + len(lacking)
            fields = {"features": venue.features | wanted}
            changes.append(_set(about, message, "features", old, new, costs, **fields))
    if changes:
        yield any_of(changes)
    if not any(wanted <= venue.features for venue in programme.venues.values()):
        seats = max(min(course.max_class, sum(course.seats.values())), course.min_class)
        id = free_id(programme.venues, "new-venue")
        having = f" with {listed(sorted(wanted))}" if wanted else ""
        message = f"have a venue{having} for {many(seats, 'seat')}"
        room = (Venue(id, "New venue", seats, wanted),)
        make = partial(add_rows, "venues", room)
        yield one(Change(message, About("venue", id), "venue", "", id, effort.VENUE, make, room))


def _venues(programme: Programme, id: str) -> Dial:
    like = programme.venues[id]

    def change(at: int) -> Change:
        ids = free_ids(programme.venues, id, at + 1)
        new = tuple(
            replace(like, id=one, title=f"{like.title} (one more)", available_from=None, available_until=None)
            for one in ids
        )
        message = f"have {'one more venue' if at == 0 else many(at + 1, 'more venue')} like {id}"
        make, costs = partial(add_rows, "venues", new), effort.VENUE * (at + 1)
        return Change(message, About("venue", ids[0]), "venue", "", "; ".join(ids), costs, make, new)

    return Dial(MOST_NEW, change)


def _load(programme: Programme, id: str) -> Dial:
    old = programme.instructors[id].max_days_per_week or 0

    def change(at: int) -> Change:
        new = old + 1 + at
        message = f"let {id} teach {many(new, 'day')} a week (max_days_per_week), not {old:,}"
        costs = effort.PERSON + at
        about, fields = About("instructor", id), {"max_days_per_week": new}
        return _set(about, message, "max_days_per_week", old, new, costs, **fields)

    return Dial(max(0, 7 - old), change)


def _renewal(programme: Programme, id: str, name: str) -> Dial:
    held = next(one for one in programme.instructors[id].qualifications if one.name == name and one.until)
    old = held.until or programme.ends

    def change(at: int) -> Change:
        new = old + timedelta(days=at + 1)
        message = f"renew {name} of {id} to {dated(new)} or longer"
        make = partial(change_instructor, id, partial(_renewed, name, new))
        was, will = (f"{name} until {day.isoformat()}" for day in (old, new))
        return Change(message, About("instructor", id), "qualifications", was, will, effort.RENEWAL, make)

    return Dial(max(0, (programme.ends - old).days), change)


def _renewed(name: str, until: date, teacher: Instructor) -> Instructor:
    held = tuple(
        one._replace(until=until) if one.name == name and one.until is not None and one.until < until else one
        for one in teacher.qualifications
    )
    return replace(teacher, qualifications=held)


def _roles(programme: Programme, course: Course) -> Iterator[Dial]:
    for name in dict.fromkeys(role.qualification for role in course.roles):
        changes: list[Change] = []
        for teacher in programme.instructors.values():
            if len(changes) < COLLEAGUES and all(one.name != name for one in teacher.qualifications):
                message = f"have another instructor qualify for {name}, for instance {teacher.id}"
                about = About("instructor", teacher.id)
                old = "; ".join(qualification_cell(one) for one in teacher.qualifications)
                make = partial(change_instructor, teacher.id, partial(_qualified, name))
                new = f"{old}; {name}" if old else name
                changes.append(Change(message, about, "qualifications", old, new, effort.RENEWAL + 2, make))
        if changes:
            yield any_of(changes)
        held = {one.name for teacher in programme.instructors.values() for one in teacher.qualifications}
        if name not in held:
            yield _new_instructors(programme, (Qualification(name),), name)
    if sum(role.count for role in course.roles) > 1:
        yield _fewer(course)


def _fewer(course: Course) -> Dial:
    roles = [role for role in course.roles if role.count > 1]
    changes = []
    for role in roles:
        new_roles = tuple(replace(one, count=one.count - 1) if one is role else one for one in course.roles)
        old_cell, new_cell = ("; ".join(map(role_cell, some)) for some in (course.roles, new_roles))
        message = f"hold {course.id} with {many(role.count - 1, 'instructor')} for {role.qualification}"
        make = partial(set_fields, "courses", course.id, {"roles": new_roles})
        about, costs = About("course", course.id), effort.CLASS + 2
        changes.append(Change(message, about, "instructors", old_cell, new_cell, costs, make))
    return some(changes)


def _qualified(name: str, teacher: Instructor) -> Instructor:
    return replace(teacher, qualifications=(*teacher.qualifications, Qualification(name)))


def _instructors(programme: Programme, ids: list[str], courses: list[Course]) -> Iterator[Dial]:
    held = programme.instructors[ids[0]].qualifications
    asked = {role.qualification for course in courses for role in course.roles}
    wanted = tuple(Qualification(one.name) for one in held if one.name in asked)
    if wanted:
        yield _new_instructors(programme, wanted, listed([one.name for one in wanted]))


def _new_instructors(programme: Programme, held: tuple[Qualification, ...], named: str) -> Dial:
    def change(at: int) -> Change:
        ids = free_ids(programme.instructors, "new-instructor", at + 1)
        new = tuple(Instructor(id, f"New instructor ({named})", held) for id in ids)
        message = f"have {'one more instructor' if at == 0 else many(at + 1, 'more instructor')} with {named}"
        make, costs = partial(add_rows, "instructors", new), effort.HIRE * (at + 1)
        return Change(
            message, About("instructor", ids[0]), "instructor", "", "; ".join(ids), costs, make, new
        )

    return Dial(MOST_NEW, change)


def _availability(programme: Programme, line: Line) -> Iterator[Dial]:
    about, column = line.about, line.part
    row = getattr(programme, ROWS[about.kind])[about.id]
    old: date = getattr(row, column)
    comes = column == "available_from"
    size = (old - programme.starts).days if comes else (programme.ends - old).days
    base = effort.ROOM - 2 if about.kind == "venue" else effort.PERSON

    def change(at: int) -> Change:
        new = old - timedelta(days=at + 1) if comes else old + timedelta(days=at + 1)
        word = "from" if comes else "until"
        message = f"have {about.id} {word} {dated(new)} ({column}), {many(at + 1, 'day')} "
        message += "sooner" if comes else "longer"
        costs = effort.by_days(base, at + 1)
        cells = (old.isoformat(), new.isoformat())
        return _set(about, message, column, *cells, costs, **{column: new})

    if size > 0:
        yield Dial(size, change)


def _pins(before: Schedule | None, id: str) -> Iterator[Dial]:
    session = next(one for one in before.live if one.id == id) if before else None
    if session is None:
        return
    changes: list[Change] = []
    old = "; ".join(pin for pin in PINS if pin in session.pin)

    def change(what: frozenset[Pin], said: str, costs: float) -> Change:
        new = "; ".join(pin for pin in PINS if pin in session.pin - what)
        return Change(said, About("session", id), "pin", old, new, costs, partial(unpin, id, what))

    if len(session.pin) > 1:
        for pin in PINS:
            if pin in session.pin:
                changes.append(change(frozenset([pin]), f"take the pin off the {pin} of {id}", effort.PAPER))
    changes.append(change(session.pin, f"take the pin off {id}", effort.PAPER + 1))
    yield some(changes)


def free_ids(taken: Iterable[str], like: str, number: int) -> tuple[str, ...]:
    """Return new ids that nobody has yet."""
    known = {id.casefold() for id in taken}
    found: list[str] = []
    step = 1 if like.startswith("new-") else 2
    while len(found) < number:
        if f"{like}-{step}".casefold() not in known:
            found.append(f"{like}-{step}")
        step += 1
    return tuple(found)


def free_id(taken: Iterable[str], like: str) -> str:
    """Return a new id that nobody has yet."""
    return free_ids(taken, like, 1)[0]
