"""The pictures of a schedule's workbook: a Gantt chart in cells, and people away a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from trainplan.exports.xlsx_paper import Paper
from trainplan.portrait import absences
from trainplan.words import MONTHS
from trainplan.workdays import dates

_LABELS = 3  # columns before the first day
_SCALE = 43  # per cent at which two months and the labels fill the width of a page
_OFF = {"bg_color": "#C9C9C9", "pattern": 1}
_WEEKEND = {"bg_color": "#ECECEC", "pattern": 1}


def gantt(paper: Paper) -> None:
    """Draw a row a session and a column a day, the course's letter on its colour in every day used."""
    sheet = paper.sheet("gantt")
    sessions = paper.schedule.sessions
    days = _days(paper)
    paper.write(sheet, 0, 0, paper.programme.title, paper.title)
    for column, (name, width) in enumerate((("session", 10), ("title", 26), ("where", 14))):
        paper.write(sheet, 2, column, name, paper.head)
        sheet.set_column(column, column, width)
    sheet.set_column(_LABELS, _LABELS + len(days) - 1, 2.1)
    _ruler(paper, sheet, days)
    small = paper.form(font_size=9, num_format="@")
    at = {day: column for column, day in enumerate(days, _LABELS)}
    off = [(at[day], form) for day in days if (form := _shade(paper, day)) is not None]
    for row, session in enumerate(sessions, 3):
        title = session.title or session.course
        for column, text in enumerate((session.id, title, "; ".join(session.venues))):
            paper.write(sheet, row, column, text, small)
        used = set(session.days)
        for column, form in off:
            if days[column - _LABELS] not in used:
                sheet.write_blank(row, column, None, form)
        mark = paper.mark(session)
        for day in session.days:
            sheet.write_string(row, at[day], paper.marks[session.course].letter, mark)
    sheet.freeze_panes(3, _LABELS)
    sheet.repeat_rows(1, 2)
    sheet.repeat_columns(0, _LABELS - 1)
    sheet.set_print_scale(_SCALE)
    sheet.set_v_pagebreaks(
        [column for column, day in enumerate(days, _LABELS) if column > _LABELS and _page(day)]
    )


def _page(day: date) -> bool:
    return day.day == 1 and day.month % 2 == 1


def _days(paper: Paper) -> list[date]:
    """Return every day of the programme, and those around it on which a hand-made schedule has sessions."""
    used = [day for session in paper.schedule.sessions for day in session.days]
    first, last = min([paper.programme.starts, *used]), max([paper.programme.ends, *used])
    days = list(dates(first, last))
    # Who wrote the year 2207 for 2027 gets her days, and not a chart that no spreadsheet can hold.
    if len(days) > 16_000:
        return sorted({*dates(paper.programme.starts, paper.programme.ends), *used})
    return days


def _shade(paper: Paper, day: date) -> Any:
    if paper.calendar.works(day):
        return None
    return paper.form(**(_OFF if day in paper.calendar.off else _WEEKEND))


def _ruler(paper: Paper, sheet: Any, days: list[date]) -> None:
    month = paper.form(bold=True, align="left", indent=1, left=1, bg_color="#DDE6F0", bottom=1)
    runs: list[list[int]] = []
    for column, day in enumerate(days, _LABELS):
        if runs and (before := days[column - _LABELS - 1]).month == day.month and before.year == day.year:
            runs[-1][1] = column
        else:
            runs.append([column, column])
        look = {"font_size": 6, "align": "center", "bottom": 1}
        shade = {} if paper.calendar.works(day) else _OFF if day in paper.calendar.off else _WEEKEND
        sheet.write_number(2, column, day.day, paper.form(**look, **shade))
        if day in paper.calendar.off:
            sheet.write_comment(2, column, f"{day.isoformat()} {paper.calendar.off[day]}"[:500])
    for first, last in runs:
        day = days[first - _LABELS]
        name = f"{MONTHS[day.month - 1]} {day.year}"
        if first == last:
            sheet.write_string(1, first, name[:3], month)
        else:
            sheet.merge_range(1, first, 1, last, "", month)
            sheet.write_string(1, first, name, month)


def cover(paper: Paper) -> None:
    """Write a row a day and a column a group: people away, marked where a limit is reached or broken."""
    sheet = paper.sheet("cover")
    away = {id: one for id, one in absences(paper.programme, paper.schedule).items() if one.days}
    used = {day for one in away.values() for day in one.days}
    days = sorted(used | set(paper.calendar.working))
    rows = ("away on one day", "can spare", "most away")
    for row, name in enumerate(rows):
        paper.write(sheet, row, 0, name, paper.head)
    sheet.set_column(0, 0, 17)
    for column, (id, absence) in enumerate(away.items(), 1):
        paper.write(sheet, 0, column, id, paper.head)
        paper.write(sheet, 1, column, absence.limit, paper.count)
        sheet.set_column(column, column, min(max(len(id) + 2, 8), 20))
        letter = _column(column)
        sheet.write_formula(2, column, f"=MAX({letter}4:{letter}{len(days) + 3})", paper.count, absence.peak)
    for row, day in enumerate(days, 3):
        paper.write(sheet, row, 0, day)
        for column, absence in enumerate(away.values(), 1):
            if day in absence.days:
                sheet.write_number(row, column, absence.days[day], paper.count)
    if away and days:
        # Bold and an exclamation mark beside the colour, for a print in grey says as much.
        over = paper.made.add_format({"bg_color": "#F4B6A6", "bold": True, "num_format": '#,##0"!"'})
        full = paper.made.add_format({"bg_color": "#FBE3A8", "bold": True})
        area = (3, 1, len(days) + 2, len(away))
        rule = {"type": "formula", "stop_if_true": True}
        sheet.conditional_format(*area, {**rule, "criteria": "=B4>B$2", "format": over})
        sheet.conditional_format(*area, {**rule, "criteria": '=AND(B4<>"",B4=B$2)', "format": full})
        sheet.conditional_format(2, 1, 2, len(away), {**rule, "criteria": "=B3>B$2", "format": over})
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(0, 2)
    sheet.fit_to_pages(1, 0)


def _column(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
