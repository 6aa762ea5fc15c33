"""Files that a schedule is written to. ``FORMATS`` is the table of all of them; each is one file here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from trainplan.exports import csv_file, html_file, ics_file, json_file, markdown_file, xlsx_file
from trainplan.exports.whom import Whose
from trainplan.model import Programme, Schedule


class Format(NamedTuple):
    """One format: what the end of the file's name says, what it is good for, and how it is made.

    ``personal`` makes one for somebody alone, or one that minds the file that it replaces; None where
    a format knows of neither.
    """

    suffix: str
    states: str
    content: Callable[[Programme, Schedule], bytes]
    personal: Callable[[Programme, Schedule, bytes | None, Whose | None], bytes] | None = None


FORMATS: tuple[Format, ...] = (
    Format(".csv", "for a spreadsheet; reads back as a schedule", csv_file.content),
    Format(".json", "for other programs", json_file.content),
    Format(
        ".ics",
        "for calendars on phones and in mail",
        ics_file.content,
        lambda programme, schedule, former, whose: ics_file.content(
            programme, schedule, former=former, whose=whose
        ),
    ),
    Format(".xlsx", "a workbook to look at, print and filter; reads back as a schedule", xlsx_file.content),
    Format(".html", "for a browser: one page that needs no network", html_file.content),
    Format(".md", "for a mail, a wiki or a repository", markdown_file.content),
)


def format_of(suffix: str) -> Format | None:
    """Return the format whose files end in ``suffix`` (``.csv`` or ``csv``, in any case), if there is one."""
    wanted = "." + suffix.lower().lstrip(".")
    return next((one for one in FORMATS if one.suffix == wanted), None)
