"""What each column and key means, in the one line that a workbook shows at its heading."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_WINDOW = {
    "available_from": "The first day on which it may be used; empty: always.",
    "available_until": "The last day on which it may be used; empty: always.",
}

NOTES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "curriculum.csv": {
            "course": "A short id, each once. Needed. Example: CP",
            "title": "The course's name in full. Needed.",
            "duration": "How long one session takes. Needed. Examples: 3 days, 1 week, 3 half-days",
            "groups": "Who takes it, with ; between. Needed. Examples: police, or police:60; customs:12",
            "mixed": "yes: people of several of these groups may sit in one session. Empty: no",
            "min_class": "The fewest seats in one session. Empty: 1",
            "max_class": "The most seats in one session. Needed. Example: 24",
            "venue": "What the venue must have, all of it, with ; between. none: no venue. Empty: any",
            "instructors": "Roles to be filled, with ; between. Example: community-policing; range-safety x2",
            "start_on": "Weekdays on which a session may begin. Example: mon; wed. Empty: any",
            "span": "no: all days in one week. yes: it may run on after the weekend. Empty: by its length",
            "after": "What comes first, with ; between. Examples: CP, CP +14d, CP +14d..60d, all CP",
            "earliest": "No session begins before this date.",
            "latest": "No session ends after this date.",
            "due": "A session that ends later counts as late.",
            "priority": "What a seat weighs when not all can be placed, 1 to 9. Empty: 1",
            "parallel": "The most sessions of this course on one day.",
        },
        "groups.csv": {
            "group": "A short id, each once. Needed. Example: police",
            "title": "The group's name in full. Empty: the id",
            "headcount": "How many people belong to it. Needed, but for a group that has parts. Example: 24",
            "max_away": "How many may be in training at one time: 40, or 20% of the headcount. Empty: all",
            "part_of": "The larger group that it belongs to.",
            "site": "Where it is stationed.",
            **_WINDOW,
        },
        "venues.csv": {
            "venue": "A short id, each once. Needed. Example: hall",
            "title": "The venue's name in full. Empty: the id",
            "capacity": "Seats. Needed. Example: 24",
            "features": "What it has, with ; between. Example: classroom; computers",
            "site": "Where it stands; a closure of the site closes it.",
            "cost_per_day": "For each day on which it is used, without currency. Example: 120.50",
            **_WINDOW,
        },
        "instructors.csv": {
            "instructor": "A short id, each once. Needed. Example: rose",
            "name": "As shown to people. Empty: the id",
            "qualifications": "What they may teach, with ; between. Example: range-safety until 2027-06-30",
            "site": "Where they are stationed.",
            "max_days_per_week": "The most days in one week, Monday to Sunday, 1 to 7.",
            "cost_per_day": "For each day on which they teach, without currency.",
            "trip_cost": "For each stay; sessions fewer than four days apart belong to one.",
            **_WINDOW,
        },
        "closures.csv": {
            "who": "What is closed. Needed. all, venue:ID, group:ID, instructor:ID, course:ID or site:ID",
            "from": "The first day. Needed.",
            "to": "The last day. Empty: one day",
            "repeats": "A rule by which it comes again. Example: FREQ=WEEKLY;BYDAY=FR",
            "kind": "closed, or open: with all, a public holiday on which you work. Empty: closed",
            "reason": "Shown wherever the closure is to blame.",
        },
        "schedule.csv": {
            "session": "The session's id; it stays with the session. Example: CP-01",
            "course": "Which course it is a run of. Needed.",
            "title": "What it is called.",
            "start": "Its first date.",
            "end": "Its last date.",
            "days": "As ranges: 2027-01-11..2027-01-15; 2027-01-18. Empty: from start and the length",
            "venue": "Ids, with ; between.",
            "instructors": "Ids, with ; between.",
            "groups": "Seats of each group. Example: police:24; customs:6",
            "seats": "Their sum.",
            "status": "draft, published or cancelled.",
            "pin": "What later planning must leave alone: date; venue; instructors; seats, or all.",
        },
    }
)

KEY_NOTES: Mapping[str, str] = MappingProxyType(
    {
        "title": "What the programme is called. Needed.",
        "starts": "The first date that may be used. Needed.",
        "ends": "The last date that may be used. Needed.",
        "working_days": "Weekdays on which training may take place. Empty: mon; tue; wed; thu; fri",
        "holidays": "Country, or country-subdivision, whose public holidays are off: LC, US-PR. Empty: none",
        "timezone": "For calendar exports. Example: America/St_Lucia. Empty: UTC",
        "date_order": "How 03/02/2027 is read: dmy or mdy. Empty: such a date is refused if unclear",
        "periods": "The parts of a working day, in order. Example: morning; afternoon. Empty: day",
        "hours": "Times of each period. Example: morning: 08:30-12:00; afternoon: 13:00-16:30",
        "currency": "What costs are counted in. Empty: USD",
        "goals": "What makes a schedule good, most important first. Empty: seats; due; sessions; early",
    }
)
