"""What every sheet of a schedule's workbook shares: its formats, its page, and how texts are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from trainplan.exports.write import Unwritable
from trainplan.load.wording import key
from trainplan.model import Programme, Schedule, Session
from trainplan.portrait import Mark, marks
from trainplan.workdays import Calendar, calendar_of

A4 = 9
MOST_NAME = 31  # characters in a sheet's name
_BARRED = re.compile(r"[\[\]:*?/\\.'\x00-\x1f\ud800-\udfff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_EARLIEST = date(1901, 1, 1)  # spreadsheets count the days of 1900 wrongly


class Paper:
    """The workbook while it is being written."""

    def __init__(self, made: Any, programme: Programme, schedule: Schedule) -> None:
        """Prepare the formats of ``made``, an xlsxwriter workbook."""
        self.made, self.programme, self.schedule = made, programme, schedule
        self.calendar: Calendar = calendar_of(programme)
        self.marks: Mapping[str, Mark] = marks(programme, schedule)
        self._taken: set[str] = set()
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.title = self.form(bold=True, font_size=14)
        self.head = self.form(bold=True, bg_color="#DDE6F0", bottom=1, text_wrap=True, valign="top")
        self.text = self.form(num_format="@", text_wrap=True, valign="top")
        self.note = self.form(italic=True, font_color="#555555")
        self.day = self.form(num_format="yyyy-mm-dd", align="left", indent=1, valign="top")
        self.count = self.form(num_format="#,##0", valign="top")
        self.share = self.form(num_format="0%", valign="top")

    def form(self, **how: object) -> Any:
        """Return a format, the same for the same wish: a workbook has room for only so many."""
        wish = tuple(sorted(how.items()))
        if wish not in self._formats:
            self._formats[wish] = self.made.add_format(how)
        return self._formats[wish]

    def mark(self, session: Session) -> Any:
        """Return the format of a course's own colour; a cancelled session is struck through."""
        mark = self.marks[session.course]
        look = {"bold": True, "align": "center", "valign": "top", "border": 1, "border_color": "#999999"}
        if session.status == "cancelled":
            return self.form(**look, font_strikeout=True, bg_color="#EEEEEE")
        return self.form(**look, bg_color=mark.colour, font_color=mark.ink)

    def sheet(self, name: str) -> Any:
        """Return a new sheet that prints on A4 landscape, its name made such as a workbook allows."""
        plain = " ".join(_BARRED.sub("_", name).split())[:MOST_NAME].rstrip() or "sheet"
        made, number = plain, 1
        while key(made) in self._taken or made.casefold() in self._taken:
            number += 1
            made = f"{plain[: MOST_NAME - 1 - len(str(number))]} {number}"
        self._taken |= {key(made), made.casefold()}
        sheet = self.made.add_worksheet(made)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: object, form: Any = None) -> None:
        """Write a date, a number or a text; no text is ever run as a formula or taken for a link.

        Raises:
            Unwritable: A text is longer than a cell.
        """
        if isinstance(value, date) and value >= _EARLIEST:
            sheet.write_datetime(row, column, value, form or self.day)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(row, column, value, form or self.count)
        else:
            text = _SURROGATE.sub("\ufffd", str(value))
            form = form or self.text
            if text.startswith("<r>") and text.endswith("</r>"):
                # What looks like the writer's own way to say "rich text" is cut in two to be taken as it is.
                trouble = sheet.write_rich_string(row, column, text[:3], self.text, text[3:], form)
            elif text:
                trouble = sheet.write_string(row, column, text, form)
            else:
                trouble = 0
            if trouble:
                raise Unwritable(f"a workbook's cell can't hold {len(text):,} characters: {text[:40]!r} …")

    def table(self, sheet: Any, top: int, header: tuple[str, ...], rows: list[list[object]]) -> None:
        """Write a table with its header in row ``top``: frozen, filtered, the header on every page."""
        for column, name in enumerate(header):
            self.write(sheet, top, column, name, self.head)
        for number, cells in enumerate(rows, top + 1):
            for column, value in enumerate(cells):
                self.write(sheet, number, column, value)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, top + max(len(rows), 1), len(header) - 1)
        sheet.repeat_rows(top)
        sheet.fit_to_pages(1, 0)
        for column, name in enumerate(header):
            longest = max([len(name) + 3, *(len(str(cells[column])) + 1 for cells in rows)])
            sheet.set_column(column, column, min(max(longest, 7), 44))
