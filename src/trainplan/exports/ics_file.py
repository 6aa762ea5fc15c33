"""``.ics``: a calendar (RFC 5545) that phones and mail programs subscribe to or import.

One event for each unbroken block of days, so that a course that runs on after a weekend is two. Without clock
times in the programme events are all-day; with them an event of several days repeats daily, so that nobody's
nights are taken. An event keeps its UID wherever it moves. A calendar that replaces an older one raises the
SEQUENCE of what has changed, and of nothing else, and calls off what is no longer there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from trainplan.exports.days import ranges
from trainplan.exports.whom import Whose
from trainplan.model import Programme, Schedule, Session

if TYPE_CHECKING:
    from icalendar import Calendar, Event

STATUS = {"draft": "TENTATIVE", "published": "CONFIRMED", "cancelled": "CANCELLED"}


class Block(NamedTuple):
    """Days that follow one another, from clock time to clock time; None is the whole day."""

    first: date
    days: int
    hours: tuple[time, time] | None


class Former(NamedTuple):
    """An event of the calendar that is replaced."""

    event: Event
    sequence: int
    said: bytes


def content(
    programme: Programme, schedule: Schedule, *, former: bytes | None = None, whose: Whose | None = None
) -> bytes:
    """Return the schedule as a calendar; the same bytes each time.

    Args:
        programme: Names things, and says clock times and time zone.
        schedule: What takes place, and what was called off.
        former: The calendar that this one replaces, if there is one. What can't be read is left aside.
        whose: Name the calendar after one group, instructor or venue; ``schedule`` holds only theirs.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//trainplan//trainplan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = f"{programme.title}: {whose.title}" if whose is not None else programme.title
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    known = _events(former)
    writer = _Writer(programme)
    for event in writer.events(schedule):
        calendar.add_component(writer.numbered(event, known.pop(str(event["uid"]), None)))
    for old in known.values():
        # Only what this programme once said is its to call off.
        if str(old.event["uid"]).endswith(writer.home):
            calendar.add_component(writer.called_off(old))
    if writer.zone is not None:
        calendar.add_missing_timezones(
            first_date=programme.starts - timedelta(days=366), last_date=programme.ends + timedelta(days=366)
        )
    return bytes(calendar.to_ical())


def blocks(programme: Programme, session: Session) -> Iterator[Block]:
    """Yield a session's blocks in order; by its stated dates where it names no slots."""
    if not session.slots:
        yield Block(session.start, max(1, (session.end - session.start).days + 1), None)
        return
    timed = all(period in programme.hours for period in programme.periods)
    pieces: list[Block] = []
    for day in session.days:
        periods = [slot.period for slot in session.slots if slot.day == day]
        for hours in _clock(programme, periods) if timed else (None,):
            pieces.append(Block(day, 1, hours))
    # Mornings of several days are one block, whatever the afternoons are.
    joined: list[Block] = []
    for piece in pieces:
        for at, one in enumerate(joined):
            if one.hours == piece.hours and one.first + timedelta(days=one.days) == piece.first:
                joined[at] = one._replace(days=one.days + 1)
                break
        else:
            joined.append(piece)
    yield from joined


def _clock(programme: Programme, periods: list[int]) -> Iterator[tuple[time, time]]:
    """Yield the clock times of one day: periods that follow one another are one stretch."""
    stretch: list[int] = []
    for period in periods:
        if stretch and period != stretch[-1] + 1:
            yield _span(programme, stretch)
            stretch = []
        stretch.append(period)
    yield _span(programme, stretch)


def _span(programme: Programme, periods: list[int]) -> tuple[time, time]:
    first, last = programme.periods[periods[0]], programme.periods[periods[-1]]
    return programme.hours[first][0], programme.hours[last][1]


@dataclass(slots=True)
class _Writer:
    """Makes the events of one programme."""

    programme: Programme

    @property
    def home(self) -> str:
        """The end of every UID: two programmes may both have a session CP-01."""
        key = f"trainplan:{self.programme.title}:{self.programme.starts.year}"
        return f"@{uuid5(NAMESPACE_URL, key).hex[:12]}.trainplan"

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone of clock times; None where Coordinated Universal Time will do."""
        timed = bool(self.programme.hours)
        return ZoneInfo(self.programme.timezone) if timed and self.programme.timezone != "UTC" else None

    def events(self, schedule: Schedule) -> Iterator[Event]:
        """Yield the events without their numbers of change."""
        for session in schedule.sessions:
            for number, block in enumerate(blocks(self.programme, session), start=1):
                yield self._event(session, number, block)

    def _event(self, session: Session, number: int, block: Block) -> Event:
        from icalendar import Event

        event = Event()
        key = f"{session.id}:{number}"
        event.add("uid", f"{uuid5(NAMESPACE_URL, key).hex}{self.home}")
        last = block.first + timedelta(days=block.days - 1)
        if block.hours is None:
            event.add("dtstart", block.first)
            event.add("dtend", last + timedelta(days=1))
        else:
            starts, ends = block.hours
            # Past midnight: it ends on the day after.
            over = block.first + timedelta(days=1) if ends <= starts else block.first
            event.add("dtstart", datetime.combine(block.first, starts, self.zone or UTC))
            event.add("dtend", datetime.combine(over, ends, self.zone or UTC))
            if block.days > 1:
                event.add("rrule", {"freq": "daily", "count": block.days})
        course = self.programme.courses.get(session.course)
        title = session.title or (course.title if course is not None else "")
        event.add("summary", f"{session.course} {title}".strip())
        known = self.programme.venues
        venues = [known[id].title if id in known else id for id in session.venues]
        if venues:
            event.add("location", "; ".join(venues))
        event.add("description", self._told(session, title))
        event.add("categories", [session.course])
        event.add("status", STATUS[session.status])
        event.add("transp", "TRANSPARENT" if session.status == "cancelled" else "OPAQUE")
        return event

    def _told(self, session: Session, title: str) -> str:
        programme = self.programme
        groups = [
            f"{programme.groups[id].title if id in programme.groups else id}: {seats}"
            for id, seats in session.groups.items()
        ]
        people = [
            programme.instructors[id].name if id in programme.instructors else id
            for id in session.instructors
        ]
        lines = [
            f"{title} ({session.id}), {session.status}",
            f"Days: {ranges(session.slots, programme.periods)}",
            f"Seats: {session.seats} ({'; '.join(groups)})",
        ]
        if people:
            lines.append(f"Instructors: {'; '.join(people)}")
        return "\n".join(lines)

    def numbered(self, event: Event, old: Former | None) -> Event:
        """Give an event its number of change: as before if it says what it said before."""
        sequence = 0 if old is None else old.sequence + (_said(event) != old.said)
        event.add("sequence", sequence)
        # When it was written, as far as two exports of one schedule may tell: no clock is asked.
        begin = datetime.combine(self.programme.starts, time(), UTC)
        event.add("dtstamp", begin + timedelta(minutes=sequence))
        return event

    def called_off(self, old: Former) -> Event:
        """Return an event that is no longer there as one that was cancelled."""
        event = old.event
        if str(event.get("status")) != STATUS["cancelled"]:
            for name, value in (("status", STATUS["cancelled"]), ("transp", "TRANSPARENT")):
                event.pop(name, None)
                event.add(name, value)
        event.pop("sequence", None)
        event.pop("dtstamp", None)
        return self.numbered(event, old)


def _events(former: bytes | None) -> dict[str, Former]:
    """Return the events of an older calendar by UID, without their numbers of change."""
    from icalendar import Calendar, Event

    if former is None:
        return {}
    try:
        read: Calendar = Calendar.from_ical(former)
    except (ValueError, IndexError, KeyError, UnicodeError):
        return {}
    found: dict[str, Former] = {}
    for event in read.walk("VEVENT"):
        sequence = event.get("sequence")
        number = sequence if isinstance(sequence, int) else 0
        if isinstance(event, Event):
            found[str(event.get("uid", ""))] = Former(event, number, _said(event))
    return found


def _said(event: Event) -> bytes:
    """Return what an event says, whatever its number of change."""
    plain = event.copy()
    for name in ("sequence", "dtstamp"):
        plain.pop(name, None)
    return bytes(plain.to_ical())
