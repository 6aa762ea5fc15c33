"""The nouns: what a programme is made of and what a schedule says. Frozen, and without opinions.

Ids in here are canonical: as written in the file that defines them, whatever case a reference used.
``place`` fields say which row a thing came from, so that any later message can point there; they take
no part in equality.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Literal, NamedTuple

from trainplan.findings import Place

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_GOALS = ("seats", "due", "sessions", "early")


class Slot(NamedTuple):
    """The smallest piece of time that is planned: one period of one date."""

    day: date
    period: int  # index into Programme.periods


@dataclass(frozen=True, slots=True)
class After:
    """An order between two courses.

    A lag is (first day of the later) - (last day of the earlier) in calendar days. Whatever the lag,
    the later session begins in a later slot than the one in which the earlier ends.

    Attributes:
        course: The course that comes first.
        all: Every session of it must be over, whatever the groups; else each person's own session.
        at_least: Smallest lag in days, or None.
        at_most: Largest lag in days, or None.
    """

    course: str
    all: bool = False
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """So many instructors who hold one qualification."""

    qualification: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Course:
    """A row of curriculum.csv.

    Attributes:
        length: Slots in one session: days times periods a day, or half-days.
        whole_days: The session begins in a day's first period and fills its days.
        seats: Seats asked for by each group without parts (umbrellas are dealt out to their parts).
        mixed: One session may hold several groups.
        min_class, max_class: Seats in one session.
        features: What a venue must have; None where the course needs no venue.
        roles: The instructors that one session needs.
        start_on: Weekdays (Monday is 0) on which a session may start; None is any.
        span: The days may run on into the next week (weeks are Monday to Sunday).
        earliest: No session starts before it.
        latest: No session ends after it.
        due: A session that ends later is late.
        priority: Weight of a seat left unplaced, 1 to 9.
        parallel: At most so many sessions of the course on one date.
    """

    id: str
    title: str
    length: int
    whole_days: bool
    seats: Mapping[str, int]
    max_class: int
    min_class: int = 1
    mixed: bool = False
    features: frozenset[str] | None = frozenset()
    roles: tuple[Role, ...] = ()
    start_on: frozenset[int] | None = None
    span: bool = False
    after: tuple[After, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    due: date | None = None
    priority: int = 1
    parallel: int | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A row of groups.csv.

    Attributes:
        headcount: People in it; for an umbrella the sum of its parts'.
        max_away: People who may be in training at one time, a number however the file put it.
        part_of: The umbrella it belongs to, or None.
    """

    id: str
    title: str
    headcount: int
    max_away: int
    part_of: str | None = None
    available_from: date | None = None
    available_until: date | None = None
    site: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Venue:
    """A row of venues.csv. ``capacity`` is in seats, ``cost_per_day`` in the programme's currency."""

    id: str
    title: str
    capacity: int
    features: frozenset[str] = frozenset()
    site: str = ""
    available_from: date | None = None
    available_until: date | None = None
    cost_per_day: Decimal = Decimal(0)
    place: Place | None = field(default=None, compare=False)


class Qualification(NamedTuple):
    """What an instructor may teach, and the last day on which it holds (None: for good)."""

    name: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Instructor:
    """A row of instructors.csv.

    Attributes:
        max_days_per_week: Dates in one week (Monday to Sunday), or None.
        cost_per_day: For each distinct date, in the programme's currency.
        trip_cost: For each unbroken stay.
    """

    id: str
    name: str
    qualifications: tuple[Qualification, ...]
    site: str = ""
    available_from: date | None = None
    available_until: date | None = None
    max_days_per_week: int | None = None
    cost_per_day: Decimal = Decimal(0)
    trip_cost: Decimal = Decimal(0)
    place: Place | None = field(default=None, compare=False)


Whom = Literal["all", "venue", "group", "instructor", "course", "site"]


@dataclass(frozen=True, slots=True)
class Closure:
    """A row of closures.csv, its recurrence already spelled out.

    Attributes:
        whom: What kind of thing it closes.
        id: Which one; empty with ``all``.
        blocks: First and last date of each closed block that touches the programme, ascending.
        opens: With ``all``: makes holidays working days instead of closing.
        reason: Shown to people.
    """

    whom: Whom
    id: str
    blocks: tuple[tuple[date, date], ...]
    opens: bool = False
    reason: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything a coordinator's files say.

    Attributes:
        starts, ends: First and last date that may be used.
        working_days: Weekdays, Monday is 0.
        holidays: ISO 3166 code of the country or subdivision whose public holidays are off, or None.
        periods: Names of the parts of a working day, in order.
        hours: Clock times of a period, for timed calendar events.
        goals: What to optimise, most important first.
        courses, groups, venues, instructors: By id, in the files' order.
        moved: Where to look instead of at a place in plain files: at a cell's value given for this run
            alone, or at a key in a workbook.
        runs: By course, the only runs of slots (numbers on the calendar's axis) that its sessions may take,
            whatever its row says of length and starts. No file says so: questions do that leave a day off,
            or a length, open.
    """

    title: str
    starts: date
    ends: date
    courses: Mapping[str, Course]
    groups: Mapping[str, Group]
    venues: Mapping[str, Venue] = field(default_factory=dict)
    instructors: Mapping[str, Instructor] = field(default_factory=dict)
    closures: tuple[Closure, ...] = ()
    working_days: frozenset[int] = frozenset(range(5))
    holidays: str | None = None
    timezone: str = "UTC"
    date_order: Literal["dmy", "mdy"] | None = None
    periods: tuple[str, ...] = ("day",)
    hours: Mapping[str, tuple[time, time]] = field(default_factory=dict)
    currency: str = "USD"
    goals: tuple[str, ...] = DEFAULT_GOALS
    moved: Mapping[Place, Place] = field(default_factory=dict, compare=False)
    runs: Mapping[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)

    def parts(self, group: str) -> tuple[str, ...]:
        """Return the groups without parts that make up ``group``, itself if it has none."""
        below = [child.id for child in self.groups.values() if child.part_of == group]
        return tuple(leaf for child in below for leaf in self.parts(child)) if below else (group,)

    def umbrellas(self, group: str) -> tuple[str, ...]:
        """Return ``group`` and every umbrella above it, the nearest first."""
        line: list[str] = []
        step: str | None = group
        while step is not None:
            line.append(step)
            step = self.groups[step].part_of
        return tuple(line)

    def knows(self, session: Session) -> bool:
        """Say whether everything that a session names is in the files."""
        return (
            session.course in self.courses
            and self.venues.keys() >= set(session.venues)
            and self.instructors.keys() >= set(session.instructors)
            and self.groups.keys() >= set(session.groups)
        )


Status = Literal["draft", "published", "cancelled"]
Pin = Literal["date", "venue", "instructors", "seats"]
PINS: tuple[Pin, ...] = ("date", "venue", "instructors", "seats")


@dataclass(frozen=True, slots=True)
class Session:
    """A row of schedule.csv: one dated run of a course, as a person or the solver wrote it.

    It holds what the row says, even where that contradicts itself; the rules are there to notice.

    Attributes:
        start, end: First and last date as stated.
        slots: The slots used, ascending, each once.
        venues: Usually one; none for a course that needs no venue.
        groups: Seats for each group.
        seats: Their sum as stated.
        pin: What a replan may not move (``all`` is spelled out).
    """

    id: str
    course: str
    start: date
    end: date
    slots: tuple[Slot, ...]
    venues: tuple[str, ...]
    instructors: tuple[str, ...]
    groups: Mapping[str, int]
    seats: int
    title: str = ""
    status: Status = "draft"
    pin: frozenset[Pin] = frozenset()
    place: Place | None = field(default=None, compare=False)

    @property
    def days(self) -> tuple[date, ...]:
        """The dates used, ascending, each once."""
        return tuple(dict.fromkeys(slot.day for slot in self.slots))


@dataclass(frozen=True, slots=True)
class Schedule:
    """Sessions in order of start, then id.

    Attributes:
        sessions: All of them, the cancelled too.
        before: The schedule that this one replaces and whose pins it must keep, if there is one.
        today: The day on which this one was, or is to be, replaced: what had ended by then is history.
            None where nobody replaces it, or where nothing had begun.
    """

    sessions: tuple[Session, ...]
    before: Schedule | None = field(default=None, compare=False)
    today: date | None = field(default=None, compare=False)

    @classmethod
    def of(
        cls, sessions: Iterable[Session], before: Schedule | None = None, today: date | None = None
    ) -> Schedule:
        """Return a schedule of these sessions, put in order."""
        return cls(tuple(sorted(sessions, key=lambda one: (one.start, one.id))), before, today)

    @property
    def live(self) -> tuple[Session, ...]:
        """The sessions that take place: all but the cancelled."""
        return tuple(one for one in self.sessions if one.status != "cancelled")

    @property
    def ahead(self) -> tuple[Session, ...]:
        """The sessions that take place and had not ended by ``today``."""
        return tuple(one for one in self.live if self.today is None or one.end >= self.today)
