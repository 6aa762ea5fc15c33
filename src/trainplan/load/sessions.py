"""A row of schedule.csv as a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from trainplan.load.derive import Deriver
from trainplan.load.grammar.courses import ask
from trainplan.load.grammar.dates import date_parser
from trainplan.load.grammar.days import Slots, days_parser
from trainplan.load.grammar.numbers import MOST_PEOPLE, whole
from trainplan.load.grammar.words import anything, choice
from trainplan.load.notes import Reason
from trainplan.load.register import Register
from trainplan.load.table import Row
from trainplan.load.wording import quote
from trainplan.model import PINS, Course, Pin, Programme, Session, Status

_STATUS: Mapping[str, Status] = {"draft": "draft", "published": "published", "cancelled": "cancelled"}
_PINS: Mapping[str, frozenset[Pin]] = {"all": frozenset(PINS), **{one: frozenset({one}) for one in PINS}}

Note = Callable[[str, Reason], None]

_seats = whole(0, MOST_PEOPLE)
_status = choice(tuple(_STATUS))
_pin = choice((*PINS, "all"))


class SessionReader:
    """Reads the rows of one schedule of one programme."""

    def __init__(self, programme: Programme) -> None:
        """Learn the programme's ids and how it writes dates and days."""
        self._programme = programme
        self._dates = date_parser(programme.date_order)
        self._days = days_parser(programme.periods, self._dates)
        self._derived = Deriver(programme)
        self._courses = Register("course", "curriculum.csv", programme.courses)
        self._venues = Register("venue", "venues.csv", programme.venues)
        self._instructors = Register("instructor", "instructors.csv", programme.instructors)
        self._groups = Register("group", "groups.csv", programme.groups)
        self._umbrellas = {one.part_of for one in programme.groups.values()}

    def session(self, row: Row) -> Session | None:
        """Return a row's session, its id empty if it has none; None if it can't be told what or when."""
        id = row.text("session")
        row.sessions = (id,) if id else ()
        course = self._course(row)
        when = None if course is None else self._when(row, course)
        # Read in any case: whoever mends the row wants to know of all its faults at once.
        status = _STATUS[row.read("status", _status, "draft")]
        # Whoever taught or hosted what was called off may have left the programme since.
        unknown = row.warn if status == "cancelled" else row.refuse
        venues = self._ids(row, "venue", self._venues, unknown)
        instructors = self._ids(row, "instructors", self._instructors, unknown)
        groups = self._seats(row, unknown)
        seats = row.read("seats", _seats, None)
        pin = frozenset[Pin]().union(*(_PINS[word] for word in row.each("pin", _pin)))
        if course is None or when is None:
            return None
        start, end, slots = when
        return Session(
            id=id,
            course=course.id,
            start=start,
            end=end,
            slots=slots,
            venues=venues,
            instructors=instructors,
            groups=groups,
            seats=sum(groups.values()) if seats is None else seats,
            title=row.raw("title"),
            status=status,
            pin=pin,
            place=row.place(),
        )

    def _course(self, row: Row) -> Course | None:
        written = row.need("course", anything, "", "CP")
        id = self._courses.find(written) if written else None
        if id is None:
            if written:
                row.refuse("course", self._courses.unknown(written))
            return None
        return self._programme.courses[id]

    def _when(self, row: Row, course: Course) -> tuple[date, date, Slots] | None:
        start = row.read("start", self._dates, None)
        end = row.read("end", self._dates, None)
        if row.text("days"):
            slots = row.read("days", self._days, None)
            if slots is None:
                return None
        elif start is not None:
            slots = self._derived.slots(course, start)
        else:
            if not row.text("start"):
                said = f"{quote(row.text('course'))} has neither a start nor days (e.g. 2027-03-01)"
                row.refuse("start", Reason("missing-value", said))
            return None
        return start or slots[0].day, end or slots[-1].day, slots

    def _ids(self, row: Row, column: str, register: Register, unknown: Note) -> tuple[str, ...]:
        """Return the ids in a cell, each once. Unknown ones stay: the other rules still see the session."""
        found: dict[str, None] = {}
        for written in row.items(column):
            id = register.find(written)
            if id is None:
                unknown(column, register.unknown(written))
                id = written
            if id in found:
                row.refuse(column, Reason("repeated-id", f"{quote(written)} is named twice"))
            found[id] = None
        return tuple(found)

    def _seats(self, row: Row, unknown: Note) -> dict[str, int]:
        items = row.items("groups")
        if len(items) == 1 and ":" not in items[0] and row.text("seats"):
            # One group has all the seats there are.
            items = [f"{items[0]}:{row.text('seats')}"]
        seats: dict[str, int] = {}
        for item in items:
            one = ask(item)
            if isinstance(one, Reason):
                row.refuse("groups", one)
                continue
            id = self._groups.find(one.group)
            if one.seats is None:
                said = f"{quote(item)} does not say how many seats (e.g. police:24)"
                row.refuse("groups", Reason("bad-seats", said))
            elif id is not None and id in self._umbrellas:
                parts = ", ".join(self._programme.parts(id))
                said = f"{quote(one.group)} has parts; give each of them its own seats ({parts})"
                row.refuse("groups", Reason("umbrella", said))
            else:
                if id is None:
                    unknown("groups", self._groups.unknown(one.group))
                    id = one.group
                if id in seats:
                    row.refuse(
                        "groups", Reason("repeated-id", f"{quote(one.group)} is named twice; added up")
                    )
                seats[id] = seats.get(id, 0) + one.seats
        return seats
