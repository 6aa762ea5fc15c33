"""What the rows about groups, venues and instructors say, and what an earlier schedule pins."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trainplan.explain.calendar_lines import when, without_row
from trainplan.explain.draft import UNLIMITED, Draft
from trainplan.explain.line import Line, cell
from trainplan.model import Group, Instructor, Programme, Session, Venue
from trainplan.rules import RULES
from trainplan.rules.base import About
from trainplan.words import dated, listed, spanned

_RULES = {rule.name: rule for rule in RULES}


def group_lines(programme: Programme, group: Group) -> Iterator[Line]:
    """Yield the statements about one group, or an umbrella."""
    about = About("group", group.id)
    if group.max_away < group.headcount:
        yield Line(
            "group-cover",
            about,
            "",
            _RULES["group-cover"].because(programme, about),
            cell(group.place, "max_away"),
            partial(_change_group, group.id, {"max_away": UNLIMITED}),
        )
    if programme.parts(group.id) == (group.id,):
        yield Line(
            "group-attendance",
            about,
            "",
            _RULES["group-attendance"].because(programme, about),
            cell(group.place, "headcount"),
            partial(_undealt, group.id),
        )
    drop = partial(_change_group, group.id)
    yield from _availability("group-closed", about, group, f"{group.id} can come", drop)
    for at, closure in enumerate(programme.closures):
        if closure.whom == "group" and closure.id == group.id and closure.blocks:
            message = f"{group.id} can't come on {when(closure)}"
            yield Line(
                "group-closed", about, f"closure {at}", message, closure.place, partial(without_row, at)
            )


def venue_lines(programme: Programme, venue: Venue, seats: int) -> Iterator[Line]:
    """Yield the statements about one venue but for its features; no class is larger than ``seats``."""
    about = About("venue", venue.id)
    if venue.capacity < seats:
        yield Line(
            "venue-capacity",
            about,
            "",
            _RULES["venue-capacity"].because(programme, about),
            cell(venue.place, "capacity"),
            partial(_change_venue, venue.id, {"capacity": seats}),
        )
    drop = partial(_change_venue, venue.id)
    yield from _availability("venue-closed", about, venue, f"{venue.id} can be used", drop)
    for at, closure in enumerate(programme.closures):
        if closure.whom == "venue" and closure.id == venue.id and closure.blocks:
            message = f"{venue.id} can't be used on {when(closure)}"
            yield Line(
                "venue-closed", about, f"closure {at}", message, closure.place, partial(without_row, at)
            )


def site_lines(programme: Programme, site: str) -> Iterator[Line]:
    """Yield the closures of a site."""
    for at, closure in enumerate(programme.closures):
        if closure.whom == "site" and closure.id == site and closure.blocks:
            message = f"no venue at {site} can be used on {when(closure)}"
            about, drop = About("site", site), partial(without_row, at)
            yield Line("venue-closed", about, f"closure {at}", message, closure.place, drop)


def sharing_line(programme: Programme, rule: str, ids: tuple[str, ...]) -> Line:
    """Return that like venues, or like instructors, are in one session each at a time."""
    kind = "venue" if rule == "venue-clash" else "instructor"
    rows = programme.venues if kind == "venue" else programme.instructors
    about = About(kind, ";".join(ids))
    message = _RULES[rule].because(programme, about)
    return Line(rule, about, "", message, rows[ids[0]].place, partial(_free, kind, ids))


def instructor_lines(programme: Programme, teacher: Instructor, asked: frozenset[str]) -> Iterator[Line]:
    """Yield the statements about one instructor; of the qualifications those that are ``asked``."""
    about = About("instructor", teacher.id)
    for held in teacher.qualifications:
        if held.until is not None and held.name in asked:
            yield Line(
                "instructor-qualified",
                about,
                held.name,
                f"{teacher.id} holds {held.name} until {dated(held.until)}",
                cell(teacher.place, "qualifications"),
                partial(_renewed, teacher.id, held.name),
            )
    if teacher.max_days_per_week is not None:
        yield Line(
            "instructor-load",
            about,
            "",
            _RULES["instructor-load"].because(programme, about),
            cell(teacher.place, "max_days_per_week"),
            partial(_change_instructor, teacher.id, {"max_days_per_week": None}),
        )
    drop = partial(_change_instructor, teacher.id)
    yield from _availability("instructor-closed", about, teacher, f"{teacher.id} can teach", drop)
    for at, closure in enumerate(programme.closures):
        if closure.whom == "instructor" and closure.id == teacher.id and closure.blocks:
            message = f"{teacher.id} is away on {when(closure)}"
            yield Line(
                "instructor-closed", about, f"closure {at}", message, closure.place, partial(without_row, at)
            )


def pin_line(session: Session) -> Line:
    """Return that a session of the earlier schedule is pinned."""
    what = []
    if "date" in session.pin:
        what.append(f"on {spanned(session.days)}")
    if "venue" in session.pin:
        what.append(f"in {listed(session.venues) or 'no venue'}")
    if "instructors" in session.pin:
        what.append(f"with {listed(session.instructors) or 'no instructor'}")
    if "seats" in session.pin:
        what.append(f"for {listed([f'{seats:,} of {group}' for group, seats in session.groups.items()])}")
    return Line(
        "pinned",
        About("session", session.id),
        "",
        f"{session.id} is pinned: {', '.join(what)}",
        cell(session.place, "pin"),
        partial(_unpinned, session.id),
    )


def _availability(
    rule: str, about: About, row: Group | Venue | Instructor, can: str, drop: partial[None]
) -> Iterator[Line]:
    for name, word, day in (
        ("available_from", "from", row.available_from),
        ("available_until", "until", row.available_until),
    ):
        if day is not None:
            message = f"{can} {word} {dated(day)}{' on' if word == 'from' else ''}"
            yield Line(rule, about, name, message, cell(row.place, name), partial(drop, {name: None}))


def _change_group(id: str, fields: dict[str, object], draft: Draft) -> None:
    draft.group(id, **fields)


def _change_venue(id: str, fields: dict[str, object], draft: Draft) -> None:
    draft.venue(id, **fields)


def _change_instructor(id: str, fields: dict[str, object], draft: Draft) -> None:
    draft.instructor(id, **fields)


def _undealt(id: str, draft: Draft) -> None:
    draft.undealt.add(id)


def _free(kind: str, ids: tuple[str, ...], draft: Draft) -> None:
    (draft.free_venues if kind == "venue" else draft.free_instructors).update(ids)


def _renewed(id: str, name: str, draft: Draft) -> None:
    held = draft.instructors[id].qualifications
    draft.instructor(
        id, qualifications=tuple(one._replace(until=None) if one.name == name else one for one in held)
    )


def _unpinned(id: str, draft: Draft) -> None:
    draft.pins.add(id)
