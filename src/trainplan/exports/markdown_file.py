"""The schedule as Markdown: to read in a mail, a wiki or a repository."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from trainplan.exports.csv_file import seats
from trainplan.exports.facts import Facts, Resource, clean
from trainplan.model import Programme, Schedule
from trainplan.words import FULL_MONTHS, dated

_MARKUP = re.compile(r"[\\`*_{}\[\]()#!|~$@]|:(?=//)")


def escape(text: str) -> str:
    """Return ``text`` so that no Markdown reader takes any of it for markup, HTML or a link."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MARKUP.sub(lambda found: "\\" + found[0], text)
    return re.sub(r"(?i)\bwww\.", r"www\\.", text)


def content(programme: Programme, schedule: Schedule) -> bytes:
    """Return the Markdown file, UTF-8."""
    text = "\n".join(_lines(Facts(programme, schedule))) + "\n"
    return text.encode("utf-8", errors="backslashreplace")


def _lines(facts: Facts) -> Iterator[str]:
    yield f"# {escape(facts.programme.title)}"
    yield ""
    for name, value in facts.summary:
        yield f"- **{name}:** {escape(value)}"
    yield from _sessions(facts)
    yield from _people(facts)
    yield from _resources("Venues", "Venue", facts.venues)
    yield from _resources("Instructors", "Instructor", facts.instructors)
    if facts.days_off:
        yield from _section("Days off")
        yield from _table(("Days", "Why"), facts.days_off)
    yield from _section("Findings")
    if not facts.findings:
        yield "The schedule keeps every rule."
    else:
        rows = [(one.severity, one.rule, one.message) for one in facts.findings]
        yield from _table(("Severity", "Rule", "What is wrong"), rows)


def _sessions(facts: Facts) -> Iterator[str]:
    yield from _section("Sessions")
    if not facts.schedule.sessions:
        yield "No sessions."
    first = True
    for (year, month), sessions in facts.months():
        if not first:
            yield ""
        first = False
        yield f"### {FULL_MONTHS[month - 1]} {year}"
        yield ""
        rows = [
            (
                one.id,
                facts.title(one),
                facts.when(one),
                ", ".join(one.venues),
                ", ".join(one.instructors),
                seats(one.groups),
                f"{one.seats:,}",
                one.status,
            )
            for one in sessions
        ]
        yield from _table(
            ("Session", "Title", "Days", "Venue", "Instructors", "Groups", "Seats", "Status"), rows
        )


def _people(facts: Facts) -> Iterator[str]:
    yield from _section("Groups")
    rows = []
    for one in facts.groups:
        group = facts.programme.groups[one.id]
        most, when = facts.peak(one.id)
        rows.append(
            (
                one.id,
                one.name,
                f"{group.headcount:,}",
                f"{len(one.sessions):,}",
                f"{most:,}",
                f"{group.max_away:,}",
                dated(when) if when else "",
            )
        )
    yield from _table(("Group", "Title", "People", "Sessions", "Away at most", "Can spare", "First on"), rows)


def _resources(title: str, what: str, resources: Sequence[Resource]) -> Iterator[str]:
    if not resources:
        return
    yield from _section(title)
    rows = [
        (one.id, one.name, f"{len(one.sessions):,}", f"{one.used:,}", f"{one.open:,}", f"{one.share:.0%}")
        for one in resources
    ]
    yield from _table((what, "Name", "Sessions", "Days used", "Days open", "Used"), rows)


def _section(title: str) -> Iterator[str]:
    yield from ("", f"## {title}", "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(escape, row))} |"
