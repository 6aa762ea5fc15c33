"""The small parts: shrinking, turning dials, drafts, and what a time-out may not say."""

from __future__ import annotations

from threading import Event

import pytest

from tests.builders import closure, course, day, group, programme, venue
from trainplan.explain import explain
from trainplan.explain.dial import Dial, smallest
from trainplan.explain.draft import Draft
from trainplan.explain.gather import Statements
from trainplan.explain.result import Change
from trainplan.explain.shrink import shrink
from trainplan.outcome import Limits
from trainplan.rules.base import About


@pytest.mark.parametrize("core", [{0}, {9}, {3, 4}, {0, 5, 9}, set(range(10))])
def test_shrinking_finds_the_one_smallest_set(core):
    kept, sure = shrink(range(10), lambda some: core <= set(some))
    assert (set(kept), sure) == (core, True)


def test_shrinking_keeps_what_is_not_settled_and_says_so():
    kept, sure = shrink(range(4), lambda some: None if 2 not in set(some) else 3 in set(some))
    assert set(kept) == {2, 3}
    assert not sure


def test_shrinking_leaves_out_the_first_first():
    """Of two sets that are both smallest, the one of later things stays."""
    kept, _ = shrink(range(4), lambda some: {0, 1} <= set(some) or {2, 3} <= set(some))
    assert kept == [2, 3]


def changes(size, rising=True):
    def change(at):
        return Change(str(at), About("course", "CP"), "", "", "", at, lambda both: both)

    return Dial(size, change, rising)


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_dials_stop_at_the_smallest_that_works(size):
    for least in range(size):
        assert list(smallest(changes(size), lambda one, least=least: one.effort >= least)) == [least]
    assert list(smallest(changes(size), lambda one: False)) == []


def test_small_amounts_cost_few_questions():
    asked = []
    list(smallest(changes(1000), lambda one: asked.append(one) or one.effort >= 5))
    assert len(asked) < 12


def test_choices_are_tried_each():
    assert list(smallest(changes(5, rising=False), lambda one: one.effort % 2 == 0)) == [0, 2, 4]


def crowded():
    return programme(course("CP", "police:9", max_class=3, latest="03-02", parallel=1))


def test_a_programme_that_is_possible_has_nothing_in_its_way():
    told = explain(programme(course()), Limits(10.0, workers=1))
    assert (told.verdict, told.causes, told.fixes) == ("possible", (), ())


def test_a_time_out_is_never_impossible():
    told = explain(crowded(), Limits(1e-6))
    assert (told.verdict, told.causes) == ("unsettled", ())


def test_a_stop_at_once_is_never_impossible():
    stop = Event()
    stop.set()
    told = explain(crowded(), Limits(10.0), stop=stop)
    assert (told.verdict, told.interrupted) == ("unsettled", True)


def test_no_seats_at_all_are_possible():
    assert explain(programme(groups=[group()]), Limits(5.0)).verdict == "possible"


def test_dropping_every_statement_leaves_nothing_to_forbid():
    made = programme(
        course("CP", "police:10", length=3, features="x", roles="q:2", latest="03-01", min_class=11),
        venues=[venue("v", 2, "x")],
        closures=[closure("all", "", "03-01..03-31")],
    )
    statements = Statements(made, None)
    draft = Draft(made)
    for line in statements.about(statements.everything):
        line.drop(draft)
    assert draft.ask().must == frozenset()


def test_a_copy_of_a_venue_is_closed_when_the_venue_is():
    made = programme(
        course("CP", "police:4", features="x", max_class=2),
        venues=[venue("v", 9, "x")],
        closures=[closure("venue", "v", "03-01")],
    )
    draft = Draft(made)
    draft.free_venues.add("v")
    asked = draft.ask().programme
    copies = set(asked.venues) - {"v"}
    assert copies
    assert {one.id for one in asked.closures} == {"v", *copies}


def test_repeating_closures_go_on_beyond_a_later_end():
    made = programme(course(), closures=[closure("all", "", "03-05; 03-12; 03-19; 03-26")])
    row = made.closures[0]
    later = closure("all", "", "03-05; 03-12; 03-19; 03-26; 04-02; 04-09")
    from dataclasses import replace

    from trainplan.findings import Place

    place = Place("closures.csv", 2)
    made = replace(made, closures=(replace(row, place=place),))
    draft = Draft(made, None, lambda ends: (replace(later, place=place),))
    draft.endless = True
    assert (day("04-09"), day("04-09")) in draft.ask().programme.closures[0].blocks
