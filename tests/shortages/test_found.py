"""Shortages made by hand: each is found, with the right rule, numbers and place. March 2027, no holidays."""

# ruff: noqa: E501 (a sentence is easier to compare in one piece)
from __future__ import annotations

import builders as b
import pytest

from trainplan.findings import Place
from trainplan.model import After, Programme
from trainplan.shortages import found, shortages
from trainplan.shortages.openings import Survey

WEEK = {"length": 5}

CASES: dict[str, tuple[Programme, str, str, str]] = {
    "no venue with the features": (
        b.programme(b.course(features="computers"), venues=[b.venue()]),
        "venue-features",
        "CP needs a venue with computers; there is none",
        "curriculum.csv row 2, column venue",
    ),
    "the largest venue is too small": (
        b.programme(b.course(features="", min_class=10), venues=[b.venue(capacity=8)]),
        "venue-capacity",
        "a class of CP has at least 10 seats; the largest venue, hall, has 8",
        "venues.csv row 2, column capacity",
    ),
    "no venue is open long enough": (
        b.programme(
            b.course(features="", **WEEK),
            venues=[b.venue()],
            closures=[b.closure("venue", "hall", "03-03..03-25", place=Place("closures.csv", 2))],
        ),
        "venue-closed",
        "CP takes 5 days in a row; hall is never open so long when it may start",
        "closures.csv row 2, column from",
    ),
    "something happened that no file says": (
        b.programme(
            b.course(features="", **WEEK),
            venues=[b.venue()],
            closures=[b.closure("venue", "hall", "03-03..03-25")],
        ),
        "venue-closed",
        "CP takes 5 days in a row; hall is never open so long when it may start",
        "None",
    ),
    "nobody holds it": (
        b.programme(b.course(roles="law:1"), instructors=[b.instructor(qualifications="safety")]),
        "instructor-qualified",
        "CP needs 1 instructor with law; nobody holds it",
        "curriculum.csv row 2, column instructors",
    ),
    "too few hold it": (
        b.programme(b.course(roles="law:2"), instructors=[b.instructor(qualifications="law")]),
        "instructor-qualified",
        "CP needs 2 instructors with law; only ann holds it",
        "curriculum.csv row 2, column instructors",
    ),
    "one person can't fill two roles": (
        b.programme(
            b.course(roles="law:1; safety:1"), instructors=[b.instructor(qualifications="law; safety")]
        ),
        "instructor-closed",
        "on no run of days for CP are enough instructors there for all its roles",
        "curriculum.csv row 2, column instructors",
    ),
    "it runs out too soon": (
        b.programme(
            b.course(roles="law:1", **WEEK), instructors=[b.instructor(qualifications="law until 03-04")]
        ),
        "instructor-qualified",
        "CP needs 1 instructor with law to the end of a session, and law runs out before: that of ann on 4 Mar 2027",
        "instructors.csv row 2, column qualifications",
    ),
    "a session takes more days than a week of hers": (
        b.programme(
            b.course(roles="law:1", **WEEK),
            instructors=[b.instructor(qualifications="law", max_days_per_week=3)],
        ),
        "instructor-load",
        "a session of CP takes 5 days; ann teaches 3 days a week at most",
        "instructors.csv row 2, column max_days_per_week",
    ),
    "she stays too short": (
        b.programme(
            b.course(roles="law:1", **WEEK),
            instructors=[b.instructor(qualifications="law", available_from="03-10", available_until="03-17")],
        ),
        "instructor-closed",
        "a session of CP takes 5 days; ann is never there so long when it may start",
        "instructors.csv row 2, column available_until",
    ),
    "venue and instructor never meet": (
        b.programme(
            b.course(roles="law:1", features=""),
            venues=[b.venue(available_from="03-15")],
            instructors=[b.instructor(qualifications="law", available_until="03-12")],
        ),
        "venue-closed",
        "when CP has a venue open it has too few instructors there, and the other way round",
        "curriculum.csv row 2, column venue",
    ),
    "the group is never there": (
        b.programme(b.course(**WEEK), groups=[b.group(available_from="03-29")]),
        "group-closed",
        "CP takes 5 days in a row; police may never be away so long when it may start",
        "groups.csv row 2, column available_from",
    ),
    "the group is there when the venue is not": (
        b.programme(
            b.course(features=""),
            venues=[b.venue(available_until="03-05")],
            groups=[b.group(available_from="03-08")],
        ),
        "group-closed",
        "CP has no run of days with a venue and instructors on which police may be away",
        "groups.csv row 2, column available_from",
    ),
    "the smallest class is more than can be away": (
        b.programme(b.course(min_class=8), groups=[b.group(max_away=6)]),
        "group-cover",
        "a class of CP has at least 8 seats; police can spare 6 people at one time",
        "groups.csv row 2, column max_away",
    ),
    "an umbrella spares too few for a mixed class": (
        b.programme(
            b.course(seats="north:6; south:6", mixed=True, min_class=8),
            groups=[
                b.group("all", 12, 7),
                b.group("north", 6, part_of="all"),
                b.group("south", 6, part_of="all"),
            ],
        ),
        "group-cover",
        "a class of CP has at least 8 seats; north and south can spare 7 people at one time",
        "groups.csv row 3, column max_away",
    ),
    "fewer seats than a class": (
        b.programme(b.course(seats="police:4", min_class=6)),
        "class-size",
        "a class of CP has at least 6 seats; only 4 are wanted",
        "curriculum.csv row 2, column min_class",
    ),
    "seats that no number of classes makes": (
        b.programme(b.course(seats="police:25", min_class=10, max_class=12)),
        "class-size",
        "25 seats can't be split into classes of CP of 10 to 12",
        "curriculum.csv row 2, column min_class",
    ),
    "the lag leads beyond the end": (
        b.programme(
            b.course("A", earliest="03-15", **WEEK), b.course("B", after=(After("A", at_least=14),), length=1)
        ),
        "course-order",
        "B comes 14 days or more after A, which ends on 19 Mar 2027 at the earliest; its last possible start is on "
        "31 Mar 2027",
        "curriculum.csv row 3, column after",
    ),
    "the weekend is longer than the lag": (
        b.programme(
            b.course("A", start_on=(0,), **WEEK),
            b.course("B", start_on=(0,), after=(After("A", at_least=0, at_most=2),), **WEEK),
            ends="03-26",
        ),
        "course-order",
        "B comes 0 to 2 days after A, but can't start sooner than 3 days after it (if that ends on 5 Mar 2027, on "
        "8 Mar 2027)",
        "curriculum.csv row 3, column after",
    ),
    "all of it takes too long": (
        b.programme(
            b.course("A", "police:40", max_class=10, features="", **WEEK),
            b.course("B", "fire:10", after=(After("A", all=True),), latest="03-26"),
            venues=[b.venue()],
        ),
        "course-order",
        "B comes after all of A, which ends on 26 Mar 2027 at the earliest; its last possible start is on 26 Mar 2027",
        "curriculum.csv row 3, column after",
    ),
    "more venue days than there are": (
        b.programme(
            b.course(seats="police:112", max_class=16, features="", length=3, latest="03-26", span=True),
            venues=[b.venue(available_from="03-08")],
        ),
        "venue-clash",
        "CP needs 21 days in hall from 8 Mar 2027 to 26 Mar 2027 (7 sessions of 3 days); it is open on 15 days",
        "curriculum.csv row 2, column latest",
    ),
    "two courses in one venue": (
        b.programme(
            b.course("A", "police:60", max_class=10, features="", length=2),
            b.course("B", "police:60", max_class=10, features="", length=2, latest="03-31"),
            venues=[b.venue(available_from="03-03")],
        ),
        "venue-clash",
        "A and B together need 24 days in hall from 3 Mar 2027 to 31 Mar 2027; it is open on 21 days",
        "venues.csv row 2",
    ),
    "a narrow window within a wide one": (
        b.programme(
            b.course("A", "police:30", max_class=10, features="", length=3, earliest="03-08", latest="03-12"),
            b.course("B", "police:10", features=""),
            venues=[b.venue()],
        ),
        "venue-clash",
        "A needs 9 days in hall from 8 Mar 2027 to 12 Mar 2027 (3 sessions of 3 days); it is open on 5 days",
        "curriculum.csv row 2, column latest",
    ),
    "days that its starts can't use": (
        b.programme(
            b.course(seats="police:50", max_class=10, features="", length=3, start_on=[0]),
            venues=[b.venue(available_from="03-08", available_until="03-31")],
        ),
        "venue-clash",
        "CP needs 15 days in hall from 8 Mar 2027 to 31 Mar 2027 (5 sessions of 3 days); it has 12 days on which it can run",
        "curriculum.csv row 2, column groups",
    ),
    "more days of an instructor than she has": (
        b.programme(
            b.course(seats="police:60", max_class=10, roles="law:1", length=5),
            instructors=[b.instructor(qualifications="law until 03-26")],
        ),
        "instructor-clash",
        "CP needs 30 days of ann from 1 Mar 2027 to 26 Mar 2027 (6 sessions of 5 days), who can teach it on 20 days",
        "instructors.csv row 2",
    ),
    "more days than her weeks hold": (
        b.programme(
            b.course("A", "police:60", max_class=10, roles="law:1", length=2),
            instructors=[b.instructor(qualifications="law", max_days_per_week=2)],
        ),
        "instructor-load",
        "A needs 12 days of ann from 1 Mar 2027 to 31 Mar 2027 (6 sessions of 2 days), who can teach it on 10 days, "
        "at the days a week agreed",
        "instructors.csv row 2, column max_days_per_week",
    ),
    "two courses and their two instructors": (
        b.programme(
            b.course("A", "police:60", max_class=10, roles="law:2", length=2, latest="03-12"),
            b.course("B", "police:60", max_class=10, roles="law:1", latest="03-12"),
            instructors=[b.instructor(qualifications="law"), b.instructor("bob", "law")],
            groups=[b.group(headcount=60)],
        ),
        "instructor-clash",
        "A needs 24 days of ann or bob from 1 Mar 2027 to 12 Mar 2027 (6 sessions of 2 days), who together can teach "
        "it on 20 days",
        "curriculum.csv row 2, column instructors",
    ),
    "more person-days than can be spared": (
        b.programme(
            b.course(seats="police:30", max_class=3, length=5, start_on=[0], latest="03-26"),
            groups=[b.group(headcount=30, max_away=3)],
        ),
        "group-cover",
        "CP needs 150 person-days of police from 1 Mar 2027 to 26 Mar 2027 (30 seats); 3 at a time on 20 days are 60 "
        "person-days",
        "groups.csv row 2, column max_away",
    ),
    "more person-days than the umbrella can spare": (
        b.programme(
            b.course("A", "north:30; south:30", length=5, latest="03-12"),
            groups=[
                b.group("all", 60, 20),
                b.group("north", 30, part_of="all"),
                b.group("south", 30, part_of="all"),
            ],
        ),
        "group-cover",
        "A needs 300 person-days of all from 1 Mar 2027 to 12 Mar 2027 (60 seats); 20 at a time on 10 days are 200 "
        "person-days",
        "groups.csv row 2, column max_away",
    ),
    "somebody's courses are longer than the time": (
        b.programme(
            b.course("A", "police:10", length=5, latest="03-12"),
            b.course("B", "police:9", length=4, latest="03-12"),
            b.course("C", "police:9", length=2, latest="03-12"),
            groups=[b.group(headcount=11)],
        ),
        "group-attendance",
        "somebody of police has to take A, B and C, which are 11 days from 1 Mar 2027 to 12 Mar 2027; there are 10 "
        "days for them",
        "groups.csv row 2, column headcount",
    ),
    "more sessions than may run at once": (
        b.programme(b.course(seats="police:60", max_class=10, length=5, parallel=1)),
        "course-parallel",
        "CP takes 6 sessions at least; with 1 at once and room for 4 one after another it can have 4",
        "curriculum.csv row 2, column parallel",
    ),
    "half-days": (
        b.programme(
            b.course(seats="police:33", max_class=3, length=3, whole_days=False, features="", latest="03-05"),
            venues=[b.venue(available_from="03-02")],
            periods=b.TWO_PERIODS,
        ),
        "venue-clash",
        "CP needs 16½ days in hall from 2 Mar 2027 to 5 Mar 2027 (11 sessions of 1½ days); it is open on 4 days",
        "curriculum.csv row 2, column latest",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    programme, rule, message, place = CASES[name]
    errors = [one for one in shortages(programme) if one.severity == "error"]
    assert [(one.rule, one.message, str(one.place)) for one in errors] == [(rule, message, place)]


def test_a_course_alone_explains_those_that_share_with_it() -> None:
    """A is short by itself; that B shares its hall is no second shortage."""
    programme = b.programme(
        b.course("A", "police:60", max_class=10, features="", length=5),
        b.course("B", "police:10", features="", length=5),
        venues=[b.venue()],
    )
    assert [one.courses for one in found(Survey(programme))] == [("A",)]


def test_what_is_nearly_used_up_is_a_warning() -> None:
    programme = b.programme(
        b.course("A", "police:40", max_class=10, features="", length=5, start_on=[0], latest="03-26"),
        venues=[b.venue()],
    )
    (only,) = shortages(programme)
    assert (only.severity, only.rule) == ("warning", "venue-clash")
    assert only.message == (
        "A needs 20 days in hall from 1 Mar 2027 to 26 Mar 2027 (4 sessions of 5 days); it is open on 20 days"
    )
    assert only.days == (b.day("03-01"), b.day("03-26"))


def test_a_shortage_speaks_only_of_the_groups_it_is_about() -> None:
    programme = b.programme(b.course(seats="north:10; south:10", **WEEK), groups=[b.group("north", 10, 0)])
    (only,) = found(Survey(programme))
    assert only.about("CP", "north")
    assert not only.about("CP", "south")
    assert not only.about("XX", "north")


def test_an_easy_programme_lacks_nothing() -> None:
    programme = b.programme(
        b.course(roles="law:1", features="projector", **WEEK),
        b.course("B", after=(After("CP", at_least=7),)),
        venues=[b.venue(features="projector")],
        instructors=[b.instructor(qualifications="law")],
    )
    assert shortages(programme) == ()
