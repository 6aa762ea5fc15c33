"""The one table of what can be wrong with a file: the code that a finding carries, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        # The file as a whole
        "missing-file": "A file that is needed is not there.",
        "unreadable-file": "A file is there but can't be opened or is no file of that kind.",
        "unknown-file": "A file's name is close to one that trainplan reads, so it is probably meant.",
        "too-large": "A file is larger than any programme's would be.",
        "not-text": "A file's bytes are no text in any encoding that trainplan reads.",
        "encoding": "A file is not in UTF-8; it is read as Windows text, accents may be off.",
        "nul-byte": "A row holds a NUL byte, which no text has: the file is damaged.",
        "empty-file": "A file holds no rows.",
        "bad-toml": "programme.toml is not valid TOML.",
        "bad-json": "A schedule's JSON can't be read.",
        # Keys and columns
        "missing-key": "programme.toml lacks a key that is needed.",
        "unknown-key": "programme.toml has a key that trainplan does not know.",
        "wrong-type": "A key of programme.toml holds another kind of value than it should.",
        "missing-column": "A table lacks a column that is needed.",
        "unknown-column": "A table has a column that trainplan does not know.",
        "duplicate-column": "Two columns of a table have the same name.",
        "unnamed-column": "A column holds cells but has no name.",
        # Rows
        "too-many-cells": "A row has more cells than the header has columns.",
        "unclosed-quote": "A quotation mark is opened and never closed.",
        "bad-quote": "A quotation mark stands where none may.",
        "long-cell": "A cell is longer than any real one.",
        "repeated-row": "A row says in every cell the same as an earlier one.",
        "rows-left-out": "Rows could not be read, and the rest was read without them.",
        # Cells
        "missing-value": "A cell that is needed is empty.",
        "bad-id": "A text can't serve as an id.",
        "duplicate-id": "Two rows have the same id.",
        "repeated-id": "The same thing is named twice in one cell.",
        "unknown-id": "An id is defined nowhere.",
        "missing-id": "A session has no id, and is given one.",
        "unknown-word": "A cell holds another word than the few it may hold.",
        "bad-number": "A cell does not hold the kind of number it should.",
        "number-range": "A number is smaller or larger than it can be.",
        "ambiguous-number": "A number could be read in two ways.",
        "odd-number": "A number looks like a placeholder.",
        "bad-date": "A cell does not hold a date.",
        "ambiguous-date": "A date could be read in two ways.",
        "odd-date": "A date lies so far away that it can't be meant.",
        "bad-days": "A session's days can't be read.",
        "bad-duration": "A duration can't be read.",
        "bad-order": "An entry of `after` can't be read.",
        "bad-role": "An instructor role can't be read.",
        "bad-seats": "A group with its seats can't be read.",
        "bad-who": "It is not clear whom a closure closes.",
        "bad-recurrence": "A recurrence rule can't be read or would never end.",
        "bad-hours": "The clock times of a period can't be read or overlap.",
        # What only shows between cells and files
        "ends-before-start": "Something ends before it starts.",
        "programme-too-long": "The programme is longer than can be planned.",
        "unknown-holidays": "No public holidays are known for that country or subdivision.",
        "unknown-timezone": "No such time zone is known.",
        "unknown-goal": "No such goal is known.",
        "replan-goal": "A goal only makes sense when replanning.",
        "goal-order": "Seats are not the first goal, so some may be given up for another.",
        "half-days": "Half-days need two periods in a day.",
        "class-bounds": "The smallest class is larger than the largest.",
        "cycle": "Things come before, or are part of, themselves.",
        "order-binds-nobody": "No group takes both courses, so their order binds nobody.",
        "order-seats": "A later course asks for more seats of a group than the course before it.",
        "asked-twice": "A course asks for the same group twice.",
        "umbrella": "A group with parts stands where only a group without parts may.",
        "more-than-headcount": "More seats or people are named than the group has.",
        "headcount-sum": "An umbrella's headcount is not the sum of its parts'.",
        "same-name": "Two rows seem to be the same thing, spelled twice.",
        "nobody-has": "A feature or qualification that nothing has, but something has one spelled like it.",
        "no-placement": "A session fits nowhere in the programme, or in its course's window.",
        "open-needs-all": "Only `all` may be opened on a holiday.",
        "closes-nothing": "A closure closes nothing: it lies outside the programme, or at no venue's site.",
    }
)
