"""What the programme's own days say: its end, its holidays, and closures for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trainplan.explain.draft import Draft
from trainplan.explain.line import Line
from trainplan.findings import Place
from trainplan.model import Closure, Programme
from trainplan.rules.base import About
from trainplan.words import dated, listed, ranged
from trainplan.workdays import Calendar, public_holidays

SETTINGS = "programme.toml"
SHOWN = 6  # dates named in one line


def calendar_lines(programme: Programme, calendar: Calendar) -> Iterator[Line]:
    """Yield the statements about days that bind every course."""
    yield Line(
        "course-days",
        About("programme", "ends"),
        "ends",
        f"the programme ends on {dated(programme.ends)}",
        Place(SETTINGS, 0, "ends"),
        _run_on,
    )
    if programme.holidays:
        off = public_holidays(programme.holidays, programme.starts, programme.ends)
        days = [day for day in off if day.weekday() in programme.working_days and not calendar.works(day)]
        if days:
            named = listed([f"{dated(day)} ({off[day]})" for day in days])
            yield Line(
                "course-days",
                About("programme", "holidays"),
                "holidays",
                f"nobody works on the public holidays of {programme.holidays}: {named}",
                Place(SETTINGS, 0, "holidays"),
                _work_on_holidays,
            )
    for at, closure in enumerate(programme.closures):
        if closure.whom == "all" and not closure.opens and closure.blocks:
            yield Line(
                "course-days",
                About("all", ""),
                f"closure {at}",
                f"nobody works on {when(closure)}",
                closure.place,
                partial(without_row, at),
            )


def when(closure: Closure) -> str:
    """Return the dates of a closure, with its reason."""
    blocks = [ranged(first, last) for first, last in closure.blocks]
    days = listed(blocks)
    return f"{days} ({closure.reason})" if closure.reason else days


def without_row(at: int, draft: Draft) -> None:
    """Take a row of closures.csv out, by its position."""
    draft.gone.add(at)


def _run_on(draft: Draft) -> None:
    draft.endless = True


def _work_on_holidays(draft: Draft) -> None:
    draft.no_holidays = True
