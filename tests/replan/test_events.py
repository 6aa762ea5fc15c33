"""What can be said to have happened, what it does, and what is answered where it can't be so."""

from __future__ import annotations

from datetime import date

import pytest
from builders import closure, course, day, group, instructor, programme, schedule, session, venue

from trainplan.model import Programme
from trainplan.replan.events import EVENTS, Event, parse, read_all

TODAY = date(2027, 3, 1)
MADE = programme(
    course("CP", "marine:20; band:4", min_class=4, max_class=24, features=""),
    course("CY", "band:9"),
    groups=[
        group("force", 29, 29),
        group("marine", 20, 20, part_of="force"),
        group("band", 9, 3, part_of="force"),
    ],
    venues=[venue("LT", site="north"), venue("lab 2")],
    instructors=[instructor("JB", "law", available_until="03-20")],
)
PLAN = schedule(session("CP-03"))


def after(*texts: str) -> Programme:
    done, wrongs = read_all(texts, MADE, PLAN, TODAY)
    assert not wrongs
    return done[-1][1]


def wrong(text: str) -> str:
    done, wrongs = read_all([text], MADE, PLAN, TODAY)
    assert not done
    (said,) = wrongs
    return said


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("venue:LT closed 2027-03-01..2027-03-05", ("venue", "LT", "closed", "2027-03-01..2027-03-05")),
        ("  Venue:lt   CLOSED  2 Mar 2027 ", ("venue", "LT", "closed", "2 Mar 2027")),
        ("instructor:JB ill 2027-03-02", ("instructor", "JB", "away", "2027-03-02")),
        ("instructor:JB gone", ("instructor", "JB", "leaves", "")),
        ("group:band +12", ("group", "band", "headcount", "+12")),
        ("course:cy max_class 16", ("course", "CY", "max_class", "16")),
        ("session:cp-03 canceled", ("session", "CP-03", "cancelled", "")),
        ("site:North closed 2027-03-02", ("site", "north", "closed", "2027-03-02")),
        ("all closed 2027-03-02", ("all", "", "closed", "2027-03-02")),
    ],
)
def test_read(text: str, event: tuple[str, ...]) -> None:
    read = parse(text, MADE, PLAN)
    assert isinstance(read, Event)
    assert (read.kind, read.id, read.verb, read.rest) == event


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "begins with none of venue, site"),
        ("LT closed 2027-03-01", "begins with none of venue"),
        ("venue:TL closed 2027-03-01", '"TL" is no venue of venues.csv'),
        ("venue:LT", "does not say what happens to a venue (known: closed"),
        ("venue:LT floods 2027-03-01", '"floods" is nothing that happens to a venue'),
        ("venue:LT closed", "does not say when it is closed"),
        ("venue:LT closed 2027-03-05..2027-03-01", "ends on 2027-03-01, before it begins"),
        ("venue:LT closed 2026-03-05", "outside the programme"),
        ("venue:LT closed next week", "is not a date"),
        ("venue:LT closed 03/04/2027", "could be 3 Apr 2027 or 4 Mar 2027"),
        ("group:force +2", "force has parts, and people belong to these: say which of marine, band"),
        ("group:band -10", "band has only 9 people"),
        ("group:band +x", "not a whole number"),
        ("course:CP max_class 3", "max_class 3 would be below min_class 4"),
        ("course:CP priority 10", "at most 9"),
        ("session:CP-04 cancelled", 'is no session of the schedule; did you mean "CP-03"?'),
        ("venue: closed 2027-03-01", "is no venue"),
        ("[/x] <script>", "begins with none of"),
    ],
)
def test_refused_in_one_line(text: str, says: str) -> None:
    said = wrong(text)
    assert says in said
    assert "\n" not in said


def test_everything_wrong_is_said_at_once() -> None:
    texts = ["venue:LT closed 2027-03-02", "no", "group:nobody +1"]
    done, wrongs = read_all(texts, MADE, PLAN, TODAY)
    assert (len(done), len(wrongs)) == (1, 2)


def test_closures_are_added() -> None:
    made = after("venue:LT closed 2027-03-01..2027-03-05", "group:band away 2027-03-02")
    assert made.closures == (
        closure("venue", "LT", "03-01..03-05", reason="closed"),
        closure("group", "band", "03-02", reason="away"),
    )


def test_who_leaves_is_not_there_on_that_day_and_never_comes_back_by_leaving() -> None:
    assert after("instructor:JB leaves 2027-03-10").instructors["JB"].available_until == day("03-09")
    assert after("instructor:JB leaves 2027-03-30").instructors["JB"].available_until == day("03-20")
    assert after("instructor:JB leaves").instructors["JB"].available_until == day("02-28")
    assert after("instructor:JB arrives 2027-03-05").instructors["JB"].available_from == day("03-05")


def test_a_group_grows_with_its_umbrella_and_the_courses_it_takes_whole() -> None:
    made = after("group:marine +5")
    assert (made.groups["marine"].headcount, made.groups["marine"].max_away) == (25, 25)
    assert (made.groups["force"].headcount, made.groups["force"].max_away) == (34, 34)
    assert made.courses["CP"].seats == {"marine": 25, "band": 4}
    made = after("group:band -6")
    assert (made.groups["band"].headcount, made.groups["band"].max_away) == (3, 3)
    assert made.courses["CP"].seats == {"marine": 20, "band": 3}
    assert made.courses["CY"].seats == {"band": 3}


def test_numbers_and_dates_of_a_course() -> None:
    made = after("course:CP max_class 16", "course:CP latest 2027-03-19", "course:CY cancelled")
    assert (made.courses["CP"].max_class, made.courses["CP"].latest) == (16, day("03-19"))
    assert made.courses["CY"].seats == {"band": 0}
    assert after("group:marine max_away 20%").groups["marine"].max_away == 4
    assert after("venue:LT capacity 9").venues["LT"].capacity == 9


@pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.example)
def test_every_kind_has_an_example_of_its_own_grammar(kind: object) -> None:
    word = kind.example.split()[1]  # type: ignore[attr-defined]
    assert word in kind.verbs or word[0] == "+"  # type: ignore[attr-defined]
