"""What happened, in one line each: ``venue:LT closed 2027-03-01..2027-03-05``.

An event says who or what, then what of it. ``EVENTS`` is the table of everything that can be said; an event
turns a programme into the programme that holds from then on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from trainplan.load.notes import Reason
from trainplan.load.register import Register
from trainplan.load.wording import key, quote
from trainplan.model import Programme, Schedule
from trainplan.replan import effects
from trainplan.replan.effects import Wrong

Effect = Callable[[Programme, str, str, date], Programme]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Attributes:
        text: As the person wrote it.
        kind: ``venue``, ``site``, ``group``, ``instructor``, ``course``, ``session`` or ``all``.
        id: Which one, as its file writes it; empty with ``all``.
        verb: What happened, a name of ``EVENTS``.
        rest: The dates or the number that go with it.
    """

    text: str
    kind: str
    id: str
    verb: str
    rest: str = ""

    @property
    def cancels(self) -> str | None:
        """The session that it cancels, if it does."""
        return self.id if self.kind == "session" and self.verb == "cancelled" else None


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be said of one kind of thing: a word, and what it does to a programme."""

    example: str
    verbs: dict[str, Effect | None]


EVENTS: dict[str, Kind] = {
    "venue": Kind(
        "venue:LT closed 2027-03-01..2027-03-05",
        {
            "closed": effects.closed("venue"),
            "leaves": effects.leaves("venues"),
            "joins": effects.joins("venues"),
            "capacity": effects.capacity,
        },
    ),
    "site": Kind("site:north closed 2027-03-01..2027-03-05", {"closed": effects.closed("site")}),
    "instructor": Kind(
        "instructor:JB leaves 2027-04-10",
        {
            "away": effects.closed("instructor"),
            "leaves": effects.leaves("instructors"),
            "joins": effects.joins("instructors"),
            "max_days_per_week": effects.weekly,
        },
    ),
    "group": Kind(
        "group:fire +12",
        {
            "away": effects.closed("group"),
            "leaves": effects.leaves("groups"),
            "joins": effects.joins("groups"),
            "headcount": effects.headcount,
            "max_away": effects.max_away,
        },
    ),
    "course": Kind(
        "course:CY max_class 16",
        {
            "closed": effects.closed("course"),
            "cancelled": effects.no_course,
            "max_class": effects.course_number("max_class"),
            "min_class": effects.course_number("min_class"),
            "parallel": effects.course_number("parallel"),
            "priority": effects.course_number("priority"),
            "earliest": effects.course_date("earliest"),
            "latest": effects.course_date("latest"),
            "due": effects.course_date("due"),
        },
    ),
    "session": Kind("session:CP-03 cancelled", {"cancelled": None}),
    "all": Kind("all closed 2027-03-01..2027-03-05", {"closed": effects.closed("all")}),
}

# Other words for the same, as people say them.
ALSO = {
    "close": "closed",
    "shut": "closed",
    "unavailable": "away",
    "ill": "away",
    "sick": "away",
    "absent": "away",
    "gone": "leaves",
    "left": "leaves",
    "leave": "leaves",
    "returns": "joins",
    "arrives": "joins",
    "opens": "joins",
    "canceled": "cancelled",
    "cancel": "cancelled",
    "dropped": "cancelled",
}
_SPLIT = re.compile(r"\s+")
_FILES = {
    "venue": ("venues", "venues.csv"),
    "group": ("groups", "groups.csv"),
    "instructor": ("instructors", "instructors.csv"),
    "course": ("courses", "curriculum.csv"),
}


def parse(text: str, programme: Programme, schedule: Schedule | None = None) -> Event | Wrong:
    """Return the event that a line tells of, or what is wrong with the line.

    Args:
        text: Such as ``group:fire +12``.
        programme: Whose ids it uses.
        schedule: Whose sessions it names; without one every session's id is taken for known.
    """
    words = _SPLIT.split(text.strip(), maxsplit=1)
    head, tail = words[0], words[1] if len(words) > 1 else ""
    kind, colon, name = head.partition(":")
    kind = key(kind)
    if kind not in EVENTS or (kind != "all") != bool(colon):
        known = ", ".join(EVENTS)
        return Wrong(f"event {quote(text)}: begins with none of {known} (e.g. {EVENTS['venue'].example})")
    offered = EVENTS[kind]
    id = _find(kind, name, programme, schedule)
    if isinstance(id, Reason):
        return Wrong(f"event {quote(text)}: {id.text}")
    if kind == "group" and tail[:1] in ("+", "-", "\u2212"):
        verb, rest = "headcount", tail
    else:
        verb, _, rest = tail.partition(" ")
        verb = key(verb)
    verb = verb if verb in offered.verbs else ALSO.get(verb, verb)
    if verb == "away" and verb not in offered.verbs:
        verb = "closed"
    if verb == "closed" and verb not in offered.verbs:
        verb = "away"
    if verb not in offered.verbs:
        can = ", ".join(offered.verbs)
        what = f"{quote(verb)} is nothing that" if verb else "does not say what"
        return Wrong(
            f"event {quote(text)}: {what} happens to a {kind} (known: {can}; e.g. {offered.example})"
        )
    return Event(text.strip(), kind, id, verb, rest.strip())


def _find(kind: str, name: str, programme: Programme, schedule: Schedule | None) -> str | Reason:
    if kind == "all":
        return ""
    if kind == "site":
        sites = {one.site for table in (programme.venues, programme.groups) for one in table.values()}
        register = Register("site", "venues.csv", sorted(sites - {""}))
    elif kind == "session":
        if schedule is None:
            return name
        register = Register("session", "the schedule", [one.id for one in schedule.sessions])
    else:
        table, file = _FILES[kind]
        register = Register(kind, file, getattr(programme, table))
    return register.find(name) or register.unknown(name)


def happen(event: Event, programme: Programme, today: date) -> Programme | Wrong:
    """Return the programme after an event, or why it can't be so."""
    effect = EVENTS[event.kind].verbs[event.verb]
    if effect is None:
        return programme
    try:
        return effect(programme, event.id, event.rest, today)
    except Wrong as wrong:
        return Wrong(f"event {quote(event.text)}: {wrong} (e.g. {EVENTS[event.kind].example})")


def read_all(
    texts: Sequence[str], programme: Programme, schedule: Schedule, today: date
) -> tuple[list[tuple[Event, Programme]], list[str]]:
    """Return each event with the programme after it and all before it, and everything that is wrong."""
    done: list[tuple[Event, Programme]] = []
    wrongs: list[str] = []
    for text in texts:
        event = parse(text, programme, schedule)
        after = event if isinstance(event, Wrong) else happen(event, programme, today)
        if isinstance(event, Wrong) or isinstance(after, Wrong):
            wrongs.append(str(event if isinstance(event, Wrong) else after))
            continue
        programme = after
        done.append((event, programme))
    return done, wrongs
