"""The schedule as one web page: nothing is fetched, and all of it can be read without script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from trainplan.exports.charts import calendar, charts, covers
from trainplan.exports.csv_file import seats
from trainplan.exports.facts import Facts, clean
from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule

SECTIONS = (
    ("summary", "Summary"),
    ("calendar", "Calendar"),
    ("gantt", "Over time"),
    ("cover", "People away"),
    ("sessions", "Sessions"),
    ("use", "How full"),
    ("findings", "Findings"),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEAD = ("Session", "Title", "Days", "Venue", "Instructors", "Groups", "Seats", "Status")


def content(programme: Programme, schedule: Schedule) -> bytes:
    """Return the page, UTF-8; the same bytes for the same schedule."""
    from jinja2 import Environment
    from markupsafe import Markup

    facts = Facts(programme, schedule)
    # Only these two are markup, and both are ours; all else is escaped by the environment.
    css, js = Markup(_part("page.css")), Markup(_part("page.js"))
    made = Environment(autoescape=True, trim_blocks=True).from_string(_part("page.html"))
    text = made.render(
        policy=_policy(css, js),
        css=css,
        js=js,
        title=clean(programme.title),
        sections=SECTIONS,
        summary=facts.summary,
        goals=_goals(facts),
        courses=[
            {"id": one.id, "title": clean(one.title), **_mark(facts, one.id)}
            for one in programme.courses.values()
        ],
        days_off=facts.days_off,
        weekdays=WEEKDAYS,
        months=calendar(facts),
        charts=charts(facts),
        covers=covers(facts),
        session_head=HEAD,
        sessions=_sessions(facts),
        usage=[
            (
                clean(one.id),
                one.kind,
                one.name,
                f"{len(one.sessions):,}",
                f"{one.used:,}",
                f"{max(one.open - one.used, 0):,}",
                f"{one.open:,}",
                f"{one.share:.0%}",
            )
            for one in (*facts.venues, *facts.instructors)
        ],
        findings=[
            (one.rule, one.severity, clean(one.message), clean(", ".join(one.sessions)))
            for one in facts.findings
        ],
    )
    return text.encode("utf-8", errors="backslashreplace")


def _goals(facts: Facts) -> list[tuple[str, str, str]]:
    rows = []
    for name in facts.programme.goals:
        goal = GOALS[name]
        value = goal.measure(facts.programme, facts.schedule)
        rows.append((name, goal.say(facts.programme, facts.schedule, value), f"{value:,}"))
    return rows


def _sessions(facts: Facts) -> list[dict[str, object]]:
    return [
        {
            "id": clean(one.id),
            "course": one.course,
            "status": one.status,
            **_mark(facts, one.course),
            "cells": (
                facts.title(one),
                facts.when(one),
                clean(", ".join(one.venues)),
                clean(", ".join(one.instructors)),
                clean(seats(one.groups).replace("; ", ", ")),
                f"{one.seats:,}",
                one.status,
            ),
        }
        for one in facts.schedule.sessions
    ]


def _mark(facts: Facts, course: str) -> dict[str, object]:
    return {"letter": facts.letters.get(course, "?"), "colour": facts.colours.get(course, 0)}


@cache
def _part(name: str) -> str:
    return files("trainplan.exports").joinpath("page", name).read_text(encoding="utf-8")


def _policy(css: str, js: str) -> str:
    """Return the rule by which a browser runs our style and script and nothing else, and fetches nothing."""
    return (
        f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(js)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
