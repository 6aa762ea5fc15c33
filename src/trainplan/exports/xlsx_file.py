"""The schedule as a workbook to look at, print, filter and hand back: ``sessions`` reads as a schedule."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from trainplan.audit import audit
from trainplan.exports.csv_file import COLUMNS, cells
from trainplan.exports.days import ranges
from trainplan.exports.xlsx_paper import Paper
from trainplan.exports.xlsx_pictures import cover, gantt
from trainplan.model import Programme, Schedule, Session
from trainplan.portrait import Use, absences, instructor_use, venue_use
from trainplan.words import dated, many, ranged

_DIARY = (
    "session", "mark", "title", "start", "end", "days", "venue", "instructors", "groups", "seats", "status",
)  # fmt: skip


def content(programme: Programme, schedule: Schedule) -> bytes:
    """Return the workbook; the same bytes for the same schedule.

    Raises:
        Unwritable: A text is longer than a cell can hold.
    """
    import xlsxwriter

    into = io.BytesIO()
    made = xlsxwriter.Workbook(into, {"in_memory": True, "strings_to_formulas": False})
    made.set_properties({"title": programme.title[:200], "created": datetime(2000, 1, 1)})
    paper = Paper(made, programme, schedule)
    _overview(paper)
    gantt(paper)
    _sessions(paper)
    cover(paper)
    _findings(paper)
    _diaries(paper)
    made.close()
    return into.getvalue()


def _overview(paper: Paper) -> None:
    programme, live = paper.programme, paper.schedule.live
    sheet = paper.sheet("overview")
    paper.write(sheet, 0, 0, programme.title, paper.title)
    sheet.set_row(0, 24)
    paper.write(sheet, 1, 0, f"{dated(programme.starts)} to {dated(programme.ends)}", paper.note)
    said = f"{many(sum(one.seats for one in live), 'seat')} in {many(len(live), 'session')}"
    called_off = len(paper.schedule.sessions) - len(live)
    paper.write(
        sheet, 2, 0, said + (f"; {many(called_off, 'session')} cancelled" if called_off else ""), paper.note
    )
    header = ("course", "mark", "title", "sessions", "seats", "first day", "last day")
    for column, (name, width) in enumerate(zip(header, (16, 8, 46, 10, 10, 13, 13), strict=True)):
        paper.write(sheet, 4, column, name, paper.head)
        sheet.set_column(column, column, width)
    for row, (id, mark) in enumerate(paper.marks.items(), 5):
        held = [one for one in live if one.course == id]
        known = programme.courses.get(id)
        look = paper.form(bold=True, align="center", bg_color=mark.colour, font_color=mark.ink)
        paper.write(sheet, row, 0, id)
        paper.write(sheet, row, 1, mark.letter, look)
        paper.write(sheet, row, 2, known.title if known else next((one.title for one in held), ""))
        paper.write(sheet, row, 3, len(held))
        paper.write(sheet, row, 4, sum(one.seats for one in held))
        if held:
            paper.write(sheet, row, 5, min(one.start for one in held))
            paper.write(sheet, row, 6, max(one.end for one in held))
    sheet.freeze_panes(5, 0)
    sheet.fit_to_pages(1, 0)


def _sessions(paper: Paper) -> None:
    rows: list[list[object]] = []
    for session in paper.schedule.sessions:
        told = cells(session, paper.programme)
        typed: dict[str, object] = {
            "start": session.start,
            "end": session.end,
            "seats": session.seats,
        }
        rows.append([typed.get(name, told[name]) for name in COLUMNS])
    paper.table(paper.sheet("sessions"), 0, COLUMNS, rows)


def _findings(paper: Paper) -> None:
    sheet = paper.sheet("findings")
    found = audit(paper.programme, paper.schedule)
    rows: list[list[object]] = [
        [one.severity, one.rule, one.message, "; ".join(one.sessions), str(one.place or "")] for one in found
    ]
    if not rows:
        rows = [["", "", "No rule is broken.", "", ""]]
    paper.table(sheet, 0, ("severity", "rule", "what", "involved", "place"), rows)
    sheet.set_column(2, 2, 80)


def _diaries(paper: Paper) -> None:
    programme, schedule = paper.programme, paper.schedule
    for id, absence in absences(programme, schedule).items():
        parts = set(programme.parts(id))
        held = [one for one in schedule.sessions if parts & set(one.groups)]
        title = programme.groups[id].title
        most = f"at most {absence.peak:,} away at one time, {absence.limit:,} can be spared"
        _diary(paper, f"group {id}", _both(id, title), most, held)
    for id, use in venue_use(programme, schedule).items():
        held = [one for one in schedule.sessions if id in one.venues]
        venue = programme.venues.get(id)
        _diary(paper, f"venue {id}", _both(id, venue.title if venue else ""), _used(use), held)
    for id, use in instructor_use(programme, schedule).items():
        held = [one for one in schedule.sessions if id in one.instructors]
        person = programme.instructors.get(id)
        _diary(paper, f"instructor {id}", _both(id, person.name if person else ""), _used(use), held)


def _both(id: str, title: str) -> str:
    return f"{title} ({id})" if title and title != id else id


def _used(use: Use) -> str:
    said = f"in use on {many(len(use.days), 'day')}, {use.utilisation:.0%} of the time that is open"
    idle = use.longest_idle
    if idle is not None:
        said += f"; longest without use: {many(idle.days, 'working day')}, {ranged(idle.first, idle.last)}"
    return said


def _diary(paper: Paper, name: str, title: str, said: str, held: Iterable[Session]) -> None:
    held = list(held)
    if not held:
        return
    sheet = paper.sheet(name)
    rows: list[list[object]] = []
    for session in held:
        told = cells(session, paper.programme)
        typed: dict[str, object] = {
            "mark": paper.marks[session.course].letter,
            "start": session.start,
            "end": session.end,
            "days": ranges(session.slots, paper.programme.periods),
            "seats": session.seats,
        }
        rows.append([typed.get(column, told.get(column, "")) for column in _DIARY])
    paper.table(sheet, 3, _DIARY, rows)
    paper.write(sheet, 0, 0, title, paper.title)
    paper.write(sheet, 1, 0, said, paper.note)
    for row, session in enumerate(held, 4):
        paper.write(sheet, row, 1, paper.marks[session.course].letter, paper.mark(session))
