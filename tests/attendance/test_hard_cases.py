"""Cases that are hard to deal for one reason each, and how large an easy one may be."""

from __future__ import annotations

from math import gcd
from random import Random

import builders as b
import pytest

from trainplan.attendance import conflict, deal
from trainplan.model import After, Programme, Session


def of(headcount: int, *orders: tuple[str, After], courses: str = "A B C D", **other: object) -> Programme:
    return b.programme(
        *(
            b.course(id, {"police": headcount}, after=tuple(after for later, after in orders if later == id))
            for id in courses.split()
        ),
        groups=[b.group("police", headcount)],
        **other,
    )


def plan(*rows: str, periods: int = 1) -> list[Session]:
    """``A-1 5 03-01..03-03`` is five police in session A-1 on these days."""
    return [
        b.session(id, when, {"police": int(seats)}, periods=periods)
        for id, seats, when in (row.split(maxsplit=2) for row in rows)
    ]


# headcount, orders, sessions, and whether they can be dealt
CASES = {
    "everybody at one time": (10, (), ("A-1 6 03-01", "B-1 4 03-01"), True),
    "one too many at one time": (10, (), ("A-1 6 03-01", "B-1 5 03-01"), False),
    "more seats of a course than people": (10, (), ("A-1 6 03-01", "A-2 5 03-08"), False),
    # A overlaps B, B overlaps C, C overlaps A, but never all three at once.
    "three that overlap two by two": (
        10,
        (),
        ("A-1 4 03-01..03-03", "B-1 4 03-03; 03-05", "C-1 3 03-02; 03-05"),
        False,
    ),
    "three that overlap two by two and fit": (
        11,
        (),
        ("A-1 4 03-01..03-03", "B-1 4 03-03; 03-05", "C-1 3 03-02; 03-05"),
        True,
    ),
    # Who is in A-1 is not in B-1, so in B-2, so not in C-1; whoever is in C-1 is not in A-2, so in A-1.
    "an odd round": (
        2,
        (),
        ("A-1 1 03-01", "B-1 1 03-01", "B-2 1 03-02", "C-1 1 03-02..03-03", "A-2 1 03-03", "C-2 1 03-04"),
        False,
    ),
    "an even round": (
        2,
        (),
        ("A-1 1 03-01", "B-1 1 03-01", "B-2 1 03-02", "C-1 1 03-02", "C-2 1 03-03", "A-2 1 03-03"),
        True,
    ),
    "an afternoon is a later slot": (5, (("B", After("A")),), ("A-1 5 03-01 am", "B-1 5 03-01 pm"), True),
    "the same slot is not": (5, (("B", After("A")),), ("A-1 3 03-01 am", "B-1 2 03-01 am"), False),
    "the lag is met to the day": (5, (("B", After("A", at_least=7)),), ("A-1 5 03-01", "B-1 5 03-08"), True),
    "a day short of the lag": (5, (("B", After("A", at_least=8)),), ("A-1 5 03-01", "B-1 5 03-08"), False),
    "a day over the longest lag": (5, (("B", After("A", at_most=6)),), ("A-1 5 03-01", "B-1 5 03-08"), False),
    # The second B can only take people of A-2; so B-1 has to leave them for it.
    "those who can wait wait": (
        6,
        (("B", After("A", at_most=7)),),
        ("A-1 3 03-01", "A-2 3 03-04", "B-1 3 03-08", "B-2 3 03-11"),
        True,
    ),
    "too few are left within the window": (
        6,
        (("B", After("A", at_most=7)),),
        ("A-1 3 03-01", "A-2 3 03-04", "B-1 2 03-08", "B-2 4 03-11"),
        False,
    ),
    "whoever drops out leaves seats empty": (
        6,
        (("B", After("A", at_most=7)),),
        ("A-1 6 03-01", "B-1 2 03-03", "B-2 1 03-08"),
        True,
    ),
    # B needs those of A-1, but they are all in C when B runs.
    "they are elsewhere": (
        6,
        (("B", After("A")), ("C", After("A", at_most=3))),
        ("A-1 3 03-01", "B-1 1 03-04", "C-1 3 03-04", "A-2 3 03-05"),
        False,
    ),
    # Chained orders: C-1 takes those of B-1, who are those of A-1, who are busy in D.
    "a chain that meets a fourth course": (
        4,
        (("B", After("A")), ("C", After("B")), ("D", After("A", at_most=9))),
        ("A-1 2 03-01", "B-1 2 03-02", "C-1 1 03-08", "D-1 2 03-08", "A-2 2 03-09", "D-2 2 03-10"),
        False,
    ),
    "nobody took what comes before": (4, (("B", After("A")),), ("B-1 1 03-02",), False),
    "all of it over is not about people": (4, (("B", After("A", all=True)),), ("B-1 1 03-02",), True),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    headcount, orders, rows, possible = CASES[name]
    halves = any(row.endswith(("am", "pm")) for row in rows)
    programme = of(headcount, *orders, periods=b.TWO_PERIODS if halves else ("day",))
    sessions = plan(*rows, periods=2 if halves else 1)
    assert deal(programme, "police", sessions).possible is possible
    assert (conflict(programme, "police", sessions) is None) is possible


def test_blame_leaves_out_who_has_no_part_in_it() -> None:
    sessions = plan("A-1 6 03-01", "B-1 5 03-01", "C-1 10 03-08", "D-1 3 03-02")
    assert set(deal(of(10), "police", sessions).blame) == {"A-1", "B-1"}
    assert conflict(of(10), "police", sessions) == {"A-1": 6, "B-1": 5}


def test_a_conflict_asks_for_no_seat_more_than_it_must() -> None:
    assert conflict(of(10), "police", plan("A-1 9 03-01", "B-1 8 03-01", "B-2 2 03-08")) == {
        "A-1": 9,
        "B-1": 2,
    }


def test_an_order_that_starves_is_blamed_on_the_later_course() -> None:
    programme = of(6, ("B", After("A", at_most=7)))
    sessions = plan("A-1 3 03-01", "A-2 3 03-04", "B-1 1 03-08", "B-2 5 03-11", "C-1 6 03-20")
    assert conflict(programme, "police", sessions) == {"B-2": 4}


def test_an_order_binds_only_groups_that_take_both() -> None:
    programme = b.programme(
        b.course("A", "customs:3"), b.course("B", "police:3; customs:3", after=(After("A"),), mixed=True)
    )
    sessions = [b.session("B-1", "03-02", "police:3")]
    assert deal(programme, "police", sessions).possible
    assert not deal(programme, "customs", [b.session("B-1", "03-02", "customs:3")]).possible


def test_the_cancelled_and_other_groups_seats_are_left_out() -> None:
    sessions = [
        b.session("A-1", "03-01", "police:10", status="cancelled"),
        b.session("B-1", "03-01", "police:10; customs:4"),
        b.session("C-1", "03-01", "customs:4"),
    ]
    assert set(deal(of(10), "police", sessions).seats) == {"B-1"}


def test_too_little_effort_settles_nothing() -> None:
    _, _, rows, _ = CASES["an odd round"]
    assert deal(of(2), "police", plan(*rows), effort=1).possible is None
    assert conflict(of(2), "police", plan(*rows), effort=1) is None


def test_no_seats_are_no_trouble() -> None:
    assert deal(of(10), "police", []).possible


def test_a_thousand_sessions_of_a_large_group() -> None:
    """Twenty courses for 1,200 people in classes of 24, twenty classes every Monday."""
    names = [f"C{number:02}" for number in range(20)]
    programme = of(1200, courses=" ".join(names), starts="01-04", ends="12-31")
    mondays = [day for day in b.days("01-04..12-18") if day.weekday() == 0]
    # Each course in a rhythm of its own, so that no class stays together of itself.
    rhythms = [step for step in range(1, 50) if gcd(step, 50) == 1]
    sessions = [
        b.session(f"{name}-{number:02}", mondays[number * rhythm % 50].isoformat(), "police:24")
        for name, rhythm in zip(names, rhythms, strict=True)
        for number in range(50)
    ]
    dealing = deal(programme, "police", sessions)
    assert dealing.possible
    assert all(len(set(dealing.seats[one.id])) == 24 for one in sessions)


def test_people_go_in_teams_where_all_sizes_are_multiples_of_a_team() -> None:
    """Fourteen courses for 120 people, dealt beforehand by sixes to classes on days that suit them."""
    chance = Random(3)  # by ones not settled within this effort
    names = [f"C{number:02}" for number in range(14)]
    days = b.days("03-01..03-18")
    free = [set(days) for _ in range(20)]
    sessions = []
    for name in names:
        waiting = list(range(20))
        chance.shuffle(waiting)
        while waiting:
            day = max(days, key=lambda day: (sum(day in free[team] for team in waiting[:8]), chance.random()))
            going = [team for team in waiting[:8] if day in free[team]][: chance.randint(1, 4)]
            waiting = [team for team in waiting if team not in going]
            for team in going:
                free[team].discard(day)
            seats = {"police": 6 * len(going)}
            sessions.append(b.session(f"{name}-{len(sessions):03}", day.isoformat(), seats))
    dealing = deal(of(120, courses=" ".join(names)), "police", sessions, effort=60_000)
    assert dealing.possible
    for one in sessions:
        assert len(set(dealing.seats[one.id])) == one.groups["police"]
    for day in days:
        away = [person for one in sessions if day in one.days for person in dealing.seats[one.id]]
        assert len(away) == len(set(away))
    for name in names:
        taking = [person for one in sessions if one.course == name for person in dealing.seats[one.id]]
        assert sorted(taking) == list(range(120))
