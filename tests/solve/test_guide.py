"""List scheduling in the order that the linear relaxation gives."""

from __future__ import annotations

from random import Random

import builders as b
import pytest
from tailored import made

from trainplan.audit import audit
from trainplan.goals import GOALS
from trainplan.model import After, Programme
from trainplan.outcome import Limits
from trainplan.solve.bound import Relaxation
from trainplan.solve.construct import pass_by_turns
from trainplan.solve.guide import Guide
from trainplan.solve.posted import posted
from trainplan.solve.search import Budget
from trainplan.workdays import Calendar


def guide_for(programme: Programme) -> Guide:
    budget = Budget(Limits(seconds=60), None)
    board, (seats, early) = posted(Calendar(programme), [GOALS["seats"], GOALS["early"]], None, budget)
    relaxation = Relaxation(board, budget)
    assert relaxation.bound(seats) is not None
    board.structure(seats <= 0)
    assert relaxation.bound(early) is not None
    assert relaxation.values is not None
    return Guide(board, relaxation.values)


def in_a_row() -> Programme:
    return b.programme(
        b.course("BB", "police:20", max_class=10, after=(After("AA"),), features=""),
        b.course("AA", "police:20", max_class=10, features=""),
        venues=[b.venue()],
    )


def test_every_class_has_its_turn_those_that_others_wait_for_first() -> None:
    turns = guide_for(in_a_row()).turns(None)
    assert sorted(turns) == [("AA", ("police",))] * 2 + [("BB", ("police",))] * 2
    assert turns[0] == ("AA", ("police",))


def test_a_pass_by_turns_places_what_the_turns_say() -> None:
    programme = in_a_row()
    schedule = pass_by_turns(Calendar(programme), guide_for(programme).turns(None))
    assert audit(programme, schedule) == ()
    assert max(one.end for one in schedule.live) == b.day("03-04")


def test_seats_without_a_turn_come_last() -> None:
    programme = in_a_row()
    schedule = pass_by_turns(Calendar(programme), [("AA", ("police",))])
    assert sum(one.seats for one in schedule.live) == 20
    assert {one.course for one in schedule.live} == {"AA"}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_turns_no_rule_is_broken(seed: int) -> None:
    programme, _ = made(seed)
    chance = Random(seed)
    turns = [
        (id, tuple(course.seats) if course.mixed else (group,))
        for id, course in programme.courses.items()
        for group in course.seats
    ] * 3
    chance.shuffle(turns)
    schedule = pass_by_turns(Calendar(programme), turns)
    broken = {one.rule for one in audit(programme, schedule) if one.severity == "error"}
    assert broken <= {"demand"}


def test_what_waits_for_all_of_a_course_is_not_overtaken() -> None:
    programme = b.programme(
        b.course("AA", "police:20", max_class=10),
        b.course("BB", "fire:10", after=(After("AA", all=True),)),
        ends="03-02",
    )
    schedule = pass_by_turns(Calendar(programme), [("BB", ("fire",)), ("AA", ("police",))])
    assert {one.rule for one in audit(programme, schedule)} == {"demand"}
