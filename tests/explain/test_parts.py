"""The small parts: shrinking, turning dials, drafts, and what a time-out may not say."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from tests.builders import closure, course, day, group, instructor, programme, venue
from trainplan.explain import explain
from trainplan.explain.dial import Dial, smallest
from trainplan.explain.draft import Draft
from trainplan.explain.gather import Statements
from trainplan.explain.result import Change, Fix
from trainplan.explain.runs import open_runs
from trainplan.explain.shrink import shrink
from trainplan.explain.together import smallest_set
from trainplan.outcome import Limits
from trainplan.rules.base import About
from trainplan.solve import settle
from trainplan.workdays import Calendar


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

    from trainplan.findings import Place

    place = Place("closures.csv", 2)
    made = replace(made, closures=(replace(row, place=place),))
    draft = Draft(made, None, lambda ends: (replace(later, place=place),))
    draft.endless = True
    assert (day("04-09"), day("04-09")) in draft.ask().programme.closures[0].blocks


def runs(course, off=(), **asked):
    made = programme(course, closures=[], ends=day("03-12"))
    found = open_runs(Calendar(made), course, [frozenset(map(day, days)) for days in off], **asked)
    return found


def test_a_session_works_on_a_day_that_may_be_off_or_steps_over_it():
    """Monday 1 March is 0; the weekend is 5 and 6."""
    found = runs(course("CP", length=2), [["03-03"]])
    assert (1, 2) in found
    assert (1, 3) in found
    assert (0, 2) not in found
    assert (2, 3) in found


def test_days_of_one_statement_are_all_off_or_none():
    found = runs(course("CP", length=3), [["03-02", "03-04"]])
    assert {run for run in found if run[0] == 0} == {(0, 1, 2), (0, 2, 4)}


def test_of_any_length_the_shortest_to_each_end_are_enough():
    found = runs(course("CP", length=1, start_on=(0,)), any_length=True)
    ends = {run[-1] for run in found}
    assert ends == {0, 1, 2, 3, 4, 7, 8, 9, 10, 11}
    assert len(found) == len(ends)
    assert (
        len(runs(course("CP", length=1, start_on=(0,), span=True), any_length=True, every_start=True)) == 15
    )


def fix(number, effort, cause):
    return Fix(Change(str(number), About("course", "CP"), "", "", "", effort, lambda both: both), cause, True)


def test_the_smallest_set_may_be_a_fix_of_the_other_cause():
    fixes = [fix(0, 1, 0), fix(1, 2, 1), fix(2, 5, 1)]
    own = lambda at, cause: at == 2 or fixes[at].cause == cause  # noqa: E731
    assert smallest_set(fixes, 2, own, lambda some: 2 in some) == ((2,), True)


def test_a_set_that_is_refuted_is_not_the_end():
    fixes = [fix(0, 1, 0), fix(1, 3, 0), fix(2, 2, 1), fix(3, 4, 1)]
    own = lambda at, cause: fixes[at].cause == cause  # noqa: E731
    assert smallest_set(fixes, 2, own, lambda some: {1, 3} == set(some)) == ((1, 3), True)
    assert smallest_set(fixes, 2, own, lambda some: False) == ((), True)
    assert smallest_set(fixes, 2, own, lambda some: None) == ((), False)
    doubtful = [*fixes, replace(fixes[0], verified=False)]
    assert smallest_set(doubtful, 2, own, lambda some: False) == ((), False)


def test_somebody_in_two_places_at_once_works_no_more_days_a_week():
    """Three sessions on one date are one day of work; on three dates they are three."""

    def can(latest):
        made = programme(
            course("CP", "police:3", max_class=1, parallel=1, roles="q:1", latest=latest),
            instructors=[instructor("ann", "q", max_days_per_week=2)],
        )
        draft = Draft(made)
        draft.free_instructors.add("ann")
        return settle(draft.ask(), Limits(20.0, workers=1)).possible

    assert can("03-05") is False
    assert can("03-08") is True


def test_a_no_does_not_count_where_there_are_too_few_copies():
    made = programme(
        course("CP", "police:900", features="x", min_class=2, max_class=2, latest="03-01"),
        venues=[venue("v", 1, "x")],
    )
    draft = Draft(made)
    draft.free_venues.add("v")
    ask = draft.ask()
    assert not ask.enough
    assert settle(ask, Limits(5.0, workers=1)).possible is None
