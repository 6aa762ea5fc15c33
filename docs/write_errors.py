"""Write docs/errors.md from the codes and from findings really met: ``python docs/write_errors.py``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from trainplan.load.codes import CODES

PAGE = Path(__file__).with_name("errors.md")
CASES = Path(__file__).parents[1] / "tests" / "load" / "cases"
INTRODUCTION = """\
# What can be wrong with a file

`python docs/write_errors.py` writes this page. Everything that is wrong with your files is said in one run,
each with its place: file (or sheet), row and column. With `--json` the same findings come as a list, where
`rule` is one of the names below. An error keeps the file from being used; a warning is worth a look.

What can be read but not planned (a course too long for its window, a feature that no venue has) is none of
these: `check` names it, with its place, by the rule that it would break, and everything else is planned.
What a finished schedule may break is in [rules.md](rules.md).
"""
# Why it matters, and what is right.
TEACH: Mapping[str, tuple[str, str]] = {
    "missing-file": ("Nothing can be planned without it.", "`groups.csv` beside `programme.toml`"),
    "unreadable-file": ("It can't be opened as what it should be.", "an ordinary file that you may read"),
    "unknown-file": ("Under its name it goes unread.", "`closures.csv`, not `closure.csv`"),
    "too-large": (
        "No real programme is so large.",
        "a table of its rows alone",
    ),
    "not-text": ("Letters can't be told from its bytes.", "in Excel: Save As, CSV UTF-8"),
    "encoding": ("Accents may have been read wrongly.", "in Excel: Save As, CSV UTF-8"),
    "nul-byte": ("Text never holds one, so cells may be lost.", "save it anew from the spreadsheet"),
    "empty-file": ("There is nothing to plan with.", "a header, then a row for each thing"),
    "not-workbook": ("Only `.xlsx` is read.", "in Excel: Save As, Excel Workbook"),
    "bad-workbook": ("Its cells can't be trusted.", "open it, and save it again under another name"),
    "locked-workbook": ("It can't be opened without the password.", "a copy saved without one"),
    "missing-sheet": ("Nothing can be planned without it.", "a sheet called `groups`"),
    "repeated-sheet": ("There is no telling which of them counts.", "one sheet `groups`"),
    "bad-toml": ("None of its keys can be read.", '`title = "Training 2027"`'),
    "bad-json": (
        "None of its sessions can be read.",
        '`{"sessions": [{"course": "CP", …}]}`',
    ),
    "bad-set": ("A guess would plan another programme.", "`--set groups.police.max_away=25%`"),
    "missing-key": ("There is no sensible default.", "`starts = 2027-01-04`"),
    "unknown-key": ("A misspelt key would silently do nothing.", "`working_days`, not `workdays`"),
    "wrong-type": ("It can't be taken to mean anything.", '`goals = ["seats", "due"]`'),
    "missing-column": ("Every row needs it.", "`group,headcount`"),
    "unknown-column": ("A misspelt column would silently do nothing.", "`max_away`, not `max_awya`"),
    "duplicate-column": ("There is no telling which of them counts.", "each name once"),
    "unnamed-column": ("What has no name is not read.", "a name in the first row, or an empty column"),
    "merged-cells": ("Only the first of merged cells holds anything.", "the value in each cell, unmerged"),
    "too-many-cells": (
        "There is no telling which cell is which.",
        '`"Hall, upstairs"` in quotation marks',
    ),
    "unclosed-quote": ("All that follows is swallowed by one cell.", '`"Hall, upstairs"`'),
    "bad-quote": ("There is no telling where the cell ends.", '`"the ""old"" hall"`'),
    "long-cell": ("It is probably half a file in one cell.", "fewer than 131,072 characters"),
    "repeated-row": ("It was probably pasted twice.", "each session once"),
    "rows-left-out": ("What follows speaks of the other rows only.", "mend the rows that are named"),
    "cell-error": ("The value that was meant is not in the file.", "`24` instead of `#REF!`"),
    "missing-value": ("Nothing sensible can be put in its place.", "`24`"),
    "bad-id": ("Other cells could not name it.", "`hall-1`"),
    "duplicate-id": ("There is no telling which row is meant.", "`hall-1` and `hall-2`"),
    "repeated-id": ("It would count twice, or one was meant to be another.", "`rose; joseph`"),
    "unknown-id": ("What it names is nowhere.", "an id from the file that defines it"),
    "missing-id": ("Later planning knows a session by its id.", "`CP-01`"),
    "unknown-word": ("It can't be taken to mean anything.", "`yes` or `no`"),
    "bad-number": ("A guess would plan for the wrong number.", "`24`"),
    "number-range": ("Nothing real has that number.", "`24`"),
    "ambiguous-number": ("One person is not a hundred per cent.", "`1`, or `100%`"),
    "odd-number": (
        "More people might be planned than fit.",
        "the number of seats that there are",
    ),
    "bad-date": ("A guess would plan the wrong day.", "`2027-03-02` or `2 Mar 2027`"),
    "ambiguous-date": ("It could be two different days.", '`2027-03-02`, or `date_order = "dmy"`'),
    "odd-date": ("It lies outside any programme.", "`2027-03-02`"),
    "bad-days": ("It is not clear on which days the session is.", "`2027-01-11..2027-01-15; 2027-01-18`"),
    "bad-duration": ("It is not clear how long a session is.", "`3 days`, `1 week`, `3 half-days`"),
    "bad-order": ("It is not clear what comes first.", "`CP`, `CP +14d..60d`, `all CP`"),
    "bad-role": ("It is not clear who must teach.", "`community-policing; range-safety x2`"),
    "bad-seats": ("It is not clear how many come.", "`police:60`"),
    "bad-who": ("It is not clear what is closed.", "`venue:hall`, or `all`"),
    "bad-recurrence": ("It is not clear when it comes again.", "`FREQ=WEEKLY;BYDAY=FR`"),
    "bad-hours": ("Calendar events could not be timed.", '`hours = { day = "08:30-16:30" }`'),
    "ends-before-start": ("There is no day in between.", "from `2027-03-01` to `2027-03-05`"),
    "programme-too-long": ("It would take for ever to plan.", "at most ten years"),
    "unknown-holidays": ("Its public holidays would be planned as working days.", '`holidays = "LC"`'),
    "unknown-timezone": ("Calendar events would be at the wrong hour.", '`timezone = "America/St_Lucia"`'),
    "unknown-goal": ("Nothing could be said to be better by it.", '`goals = ["seats", "due", "early"]`'),
    "replan-goal": ("A first plan changes nothing.", '`goals = ["seats", "due", "early"]`'),
    "goal-order": ("Some people would not be trained, for the sake of it.", "`seats` as the first goal"),
    "half-days": ("A day of one period has no half.", '`periods = ["morning", "afternoon"]`'),
    "class-bounds": ("No class has such a size.", "`min_class` 6, `max_class` 24"),
    "cycle": ("Nothing could ever be the first.", "A after B, and B after nothing"),
    "order-binds-nobody": (
        "The order changes nothing as it stands.",
        "`all CP`, or no order",
    ),
    "order-seats": ("Those people would take the second without the first.", "`police:20` in both"),
    "asked-twice": ("It is not clear which number counts.", "`police:60`"),
    "umbrella": ("It is not clear which part's people are meant.", "`north:30; south:30`"),
    "more-than-headcount": ("There are not so many people.", "at most the group's `headcount`"),
    "headcount-sum": ("One of the numbers is wrong.", "an empty cell: it is worked out"),
    "same-name": ("If both are one room, it would be booked twice.", "one row for each room"),
    "nobody-has": ("The course could never be held.", "the spelling that the other file has"),
    "open-needs-all": ("A holiday is off for everybody or for nobody.", "`all`"),
    "closes-nothing": ("It was probably meant for another year or place.", "a date within the programme"),
}


def met() -> Mapping[str, str]:
    """Return, for each code that the hand-written bad files meet, the first line that is shown for it."""
    found: dict[str, str] = {}
    for path in sorted(CASES.glob("*.txt")):
        for line in _expected(path):
            code, _, text = line.partition(" | ")
            found.setdefault(code.split()[0], text)
    return found


def _expected(path: Path) -> Iterator[str]:
    inside = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("--- ", "## ")):
            inside = line == "--- expected"
        elif inside and " | " in line:
            yield line


def page() -> str:
    """Return the whole page."""
    seen = met()
    parts = [INTRODUCTION]
    for code, states in CODES.items():
        why, right = TEACH[code]
        shown = f"```text\n{seen[code]}\n```\n\n" if code in seen else ""
        parts.append(f"## {code}\n\n{states} {why}\n\n{shown}Right: {right}.\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
