"""Short words for tests to build programmes and schedules with.

Days are written as in a schedule, without the year: ``03-01..03-05; 03-08`` (of 2027; 1 March is a
Monday). A range holds every date in it. ``03-01 am`` and ``03-01 pm`` are the halves of a day in
a programme with two periods.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from trainplan.findings import Place
from trainplan.model import (
    PINS,
    Closure,
    Course,
    Group,
    Instructor,
    Programme,
    Qualification,
    Role,
    Schedule,
    Session,
    Slot,
    Venue,
    Whom,
)

YEAR = 2027
HALVES = {"am": 0, "pm": 1}
TWO_PERIODS = ("morning", "afternoon")


def day(text: str | date) -> date:
    """``03-01`` is 1 March 2027; a whole ISO date is itself."""
    if isinstance(text, date):
        return text
    return date.fromisoformat(text if len(text) > 5 else f"{YEAR}-{text}")


def days(text: str) -> tuple[date, ...]:
    """Every date of ``03-01..03-05; 03-08``."""
    found: list[date] = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        first, _, last = part.partition("..")
        step, until = day(first.strip()), day((last or first).strip())
        while step <= until:
            found.append(step)
            step += timedelta(days=1)
    return tuple(found)


def slots(text: str, periods: int = 1) -> tuple[Slot, ...]:
    """The slots of ``03-01 pm; 03-02``: a date without a half stands for all its periods."""
    found: set[Slot] = set()
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        plain, _, half = part.partition(" ")
        found |= {
            Slot(date_, period)
            for date_ in days(plain)
            for period in ([HALVES[half]] if half else range(periods))
        }
    return tuple(sorted(found))


def ids(text: str) -> tuple[str, ...]:
    """``ann; bob`` as a tuple."""
    return tuple(filter(None, (piece.strip() for piece in text.split(";"))))


def counts(text: str) -> dict[str, int]:
    """``police:24; customs:6`` as a dictionary."""
    return {id.strip(): int(number) for id, _, number in (part.partition(":") for part in ids(text))}


def course(id: str = "CP", seats: Mapping[str, int] | str = "police:10", **other: Any) -> Course:
    """A one-day course for ten police, up to 30 in a class, that needs neither venue nor instructor.

    ``roles`` is written ``range-safety:2``, ``features`` ``computers; projector`` (None: no venue needed),
    dates and weekdays as in the model or ``03-01``.
    """
    fields: dict[str, Any] = {
        "title": id,
        "length": 1,
        "whole_days": True,
        "max_class": 30,
        "features": None,
        **other,
    }
    if isinstance(fields["features"], str):
        fields["features"] = frozenset(ids(fields["features"]))
    if isinstance(fields.get("roles"), str):
        fields["roles"] = tuple(Role(name, count) for name, count in counts(fields["roles"]).items())
    for name in ("earliest", "latest", "due"):
        if isinstance(fields.get(name), str):
            fields[name] = day(fields[name])
    if fields.get("start_on") is not None:
        fields["start_on"] = frozenset(fields["start_on"])
    return Course(id=id, seats=counts(seats) if isinstance(seats, str) else dict(seats), **fields)


def group(id: str = "police", headcount: int = 10, max_away: int | None = None, **other: Any) -> Group:
    """A group of ten who may all be away at once."""
    return Group(
        **{
            "id": id,
            "title": id,
            "headcount": headcount,
            "max_away": headcount if max_away is None else max_away,
            **_dated(other),
        }
    )


def venue(id: str = "hall", capacity: int = 30, features: str = "", **other: Any) -> Venue:
    """A hall for thirty."""
    return Venue(
        **{
            "id": id,
            "title": id,
            "capacity": capacity,
            "features": frozenset(ids(features)),
            **_dated(other),
        }
    )


def instructor(id: str = "ann", qualifications: str = "", **other: Any) -> Instructor:
    """Someone with these qualifications: ``safety; law until 03-05``."""
    held = tuple(
        Qualification(name, day(until) if until else None)
        for name, _, until in (part.partition(" until ") for part in ids(qualifications))
    )
    return Instructor(**{"id": id, "name": id.title(), "qualifications": held, **_dated(other)})


def closure(whom: Whom, id: str, when: str, **other: Any) -> Closure:
    """A closure on ``03-01..03-05; 03-08``."""
    blocks = tuple(
        (days(part)[0], days(part)[-1]) for part in filter(None, (piece.strip() for piece in when.split(";")))
    )
    return Closure(whom, id, blocks, **other)


def programme(
    *courses: Course,
    groups: Iterable[Group] = (),
    venues: Iterable[Venue] = (),
    instructors: Iterable[Instructor] = (),
    closures: Iterable[Closure] = (),
    **other: Any,
) -> Programme:
    """March 2027. A group that only a course names has as many people as its largest course has seats.

    Things that come from a file get the row in which they would stand.
    """
    asked: dict[str, int] = {}
    for one in courses:
        for id, seats in one.seats.items():
            asked[id] = max(seats, asked.get(id, 0))
    named = list(groups)
    named += [group(id, most) for id, most in asked.items() if id not in {one.id for one in named}]
    return Programme(
        **{
            "title": "Test",
            "starts": day("03-01"),
            "ends": day("03-31"),
            "courses": _rows("curriculum.csv", courses),
            "groups": _rows("groups.csv", named),
            "venues": _rows("venues.csv", venues),
            "instructors": _rows("instructors.csv", instructors),
            "closures": tuple(closures),
            **_dated(other),
        }
    )


def session(
    id: str = "CP-01",
    when: str = "03-01",
    groups: Mapping[str, int] | str = "police:10",
    *,
    venue: str = "",
    instructors: str = "",
    pin: str = "",
    periods: int = 1,
    **other: Any,
) -> Session:
    """A session of the course that its id begins with; start, end and seats follow unless stated."""
    taken = slots(when, periods)
    seats = counts(groups) if isinstance(groups, str) else dict(groups)
    stated: dict[str, Any] = {
        "course": id.rpartition("-")[0],
        "start": taken[0].day if taken else day("03-01"),
        "end": taken[-1].day if taken else day("03-01"),
        "seats": sum(seats.values()),
        **{key: day(value) if key in ("start", "end") else value for key, value in other.items()},
    }
    return Session(
        id=id,
        slots=taken,
        venues=ids(venue),
        instructors=ids(instructors),
        groups=seats,
        pin=frozenset(PINS) if pin == "all" else frozenset(ids(pin)),  # type: ignore[arg-type]
        **stated,
    )


def schedule(*sessions: Session, before: Schedule | None = None, today: str | None = None) -> Schedule:
    """These sessions, each with the row of schedule.csv in which it would stand in this order."""
    placed = _rows("schedule.csv", sessions, unique=False)
    return Schedule.of(placed, before, day(today) if today else None)


def _dated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Turn ``03-01`` into a date in the fields that hold one."""
    dated = ("available_from", "available_until", "starts", "ends")
    return {key: day(value) if key in dated and value is not None else value for key, value in fields.items()}


def _rows(file: str, things: Iterable[Any], unique: bool = True) -> Any:
    placed = [
        one if one.place is not None else replace(one, place=Place(file, row))
        for row, one in enumerate(things, start=2)
    ]
    return {one.id: one for one in placed} if unique else placed
