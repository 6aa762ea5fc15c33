"""Turns in the order in which the seats come in a solution of the relaxation."""

from __future__ import annotations

import builders as b

from trainplan.model import Course
from trainplan.solve.wide.guide import Guide

COURSES: dict[str, Course] = {
    "AA": b.course("AA", "police:20", max_class=10),
    "BB": b.course("BB", "police:20", max_class=10),
}
AA, BB = ("AA", ("police",)), ("BB", ("police",))


def test_every_class_has_its_turn_those_that_come_sooner_first() -> None:
    guide = Guide(COURSES, {BB: [(3, 20.0)], AA: [(0, 10.0), (5, 10.0)]})
    assert guide.turns() == [AA, BB, BB, AA]


def test_a_class_comes_when_the_share_asked_for_has_come() -> None:
    guide = Guide(COURSES, {AA: [(0, 4.0), (8, 16.0)], BB: [(5, 20.0)]})
    assert guide.turns(share=0.3) == [AA, BB, BB, AA]
    assert guide.turns(share=0.7) == [BB, BB, AA, AA]


def test_seats_that_never_come_are_last() -> None:
    guide = Guide(COURSES, {AA: [(0, 9.0)], BB: [(2, 20.0)]})
    assert guide.turns(share=0.5) == [AA, AA, BB, BB]


def test_nothing_that_comes_has_no_turn() -> None:
    assert Guide(COURSES, {AA: [], BB: [(0, 20.0)]}).turns() == [BB, BB]
