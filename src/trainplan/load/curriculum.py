"""curriculum.csv: what is taught, to whom, for how long, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trainplan.load.asks import Asks
from trainplan.load.grammar.courses import Duration, duration, order, role
from trainplan.load.grammar.dates import DateParser
from trainplan.load.grammar.numbers import MOST_PEOPLE, whole
from trainplan.load.grammar.words import anything, course_identifier, weekday, yes_no
from trainplan.load.notes import Reason
from trainplan.load.register import Register, Shelf
from trainplan.load.rowids import new_id
from trainplan.load.settings import Settings
from trainplan.load.table import Layout, Row
from trainplan.load.wording import key, nearest, quote
from trainplan.model import After, Course, Group, Role

LAYOUT = Layout(
    "curriculum.csv",
    ("course", "title", "duration", "groups", "max_class"),
    (
        "mixed", "min_class", "venue", "instructors", "start_on", "span", "after", "earliest", "latest",
        "due", "priority", "parallel",
    ),
)  # fmt: skip

_class = whole(1, MOST_PEOPLE)
_priority = whole(1, 9)
_parallel = whole(1, 1000)


@dataclass(frozen=True, slots=True)
class Known:
    """What the other files define, for courses to refer to."""

    groups: Shelf[Group]
    features: Register
    qualifications: Register


def read_courses(rows: list[Row], shelf: Shelf[Course], settings: Settings, known: Known) -> None:
    """Put the courses on their shelf: ids in canonical spelling, umbrellas dealt out to their parts."""
    drafts: list[tuple[Row, Course]] = []
    dates, asks = settings.dates, Asks(known.groups)
    for row in rows:
        id = new_id(row, "course", shelf, course_identifier)
        if id is not None:
            course = _course(id, row, settings, dates, asks.seats(row), known)
            drafts.append((row, course))
            shelf.put(id, course, row.number, row.spoilt)
    for row, course in drafts:
        after = _after(row, course, shelf)
        shelf.put(course.id, replace(course, after=after), row.number, row.spoilt)


def _course(
    id: str, row: Row, settings: Settings, dates: DateParser, seats: dict[str, int], known: Known
) -> Course:
    length, span = _length(row, settings)
    smallest = row.read("min_class", _class, 1)
    largest = row.need("max_class", _class, MOST_PEOPLE, "24")
    if smallest > largest:
        said = f"the smallest class, {smallest}, is larger than the largest, {largest}"
        row.refuse("min_class", Reason("class-bounds", said))
    return Course(
        id=id,
        title=row.need("title", anything, id, "Community Policing"),
        length=length.length,
        whole_days=length.whole_days,
        seats=seats,
        max_class=largest,
        min_class=smallest,
        mixed=row.read("mixed", yes_no, False),
        features=_features(row, known.features),
        roles=_roles(row, known.qualifications),
        start_on=frozenset(row.each("start_on", weekday, nothing="any")) or None,
        span=span,
        earliest=row.read("earliest", dates, None),
        latest=row.read("latest", dates, None),
        due=row.read("due", dates, None),
        priority=row.read("priority", _priority, 1),
        parallel=row.read("parallel", _parallel, None),
        place=row.place(),
    )


def _length(row: Row, settings: Settings) -> tuple[Duration, bool]:
    # Where the periods can't be read, half-days can't be judged: they pass, and the programme is refused.
    periods = 2 if "periods" in settings.spoilt else len(settings.periods)
    week = len(settings.working_days)
    parse = duration(periods, week)
    length = row.need("duration", parse, Duration(periods, True, 1), "3 days")
    return length, row.read("span", yes_no, length.days > week)


def _features(row: Row, register: Register) -> frozenset[str] | None:
    words = row.each("venue", anything, nothing="any")
    if any(key(word) == "none" for word in words):
        if len(words) > 1:
            said = f"{quote(row.text('venue'))} asks for no venue and for features of one"
            row.refuse("venue", Reason("unknown-word", said))
        return None
    return frozenset(_spelled(row, "venue", word, register, "venue", "feature") for word in words)


def _roles(row: Row, register: Register) -> tuple[Role, ...]:
    roles: dict[str, Role] = {}
    for one in row.each("instructors", role, nothing="none"):
        name = _spelled(row, "instructors", one.qualification, register, "instructor", "qualification")
        if name in roles:
            said = f"{quote(name)} is named twice; write how many are needed behind it ({name} x2)"
            row.refuse("instructors", Reason("repeated-id", said))
        roles[name] = Role(name, one.count)
    return tuple(roles.values())


def _spelled(row: Row, column: str, word: str, register: Register, owner: str, what: str) -> str:
    """Return a word as it is defined. One that nobody has is for the plan to report, but a slip is ours."""
    found = register.find(word)
    if found is not None:
        return found
    guess = nearest(word, register.names)
    if guess is not None:
        said = f"no {owner} has the {what} {quote(word)}; did you mean {quote(guess)}?"
        row.warn(column, Reason("nobody-has", said))
    return word


def _after(row: Row, course: Course, shelf: Shelf[Course]) -> tuple[After, ...]:
    found: list[After] = []
    for one in row.each("after", order, nothing="none"):
        id = shelf.find(one.course)
        if id is None:
            if shelf.complete:
                row.refuse("after", shelf.unknown(one.course))
        elif id == course.id:
            row.refuse("after", Reason("cycle", f"{quote(one.course)} can't come before itself"))
        elif id in shelf.things:
            found.append(replace(one, course=id))
    return tuple(dict.fromkeys(found))
