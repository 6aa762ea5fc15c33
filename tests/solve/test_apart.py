"""What falls apart is planned apart, and comes to the same as if it were planned whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from threading import Event

import pytest

from tests.builders import closure, course, group, instructor, programme, schedule, session, venue
from trainplan.audit import audit
from trainplan.load import load_programme
from trainplan.load.bundled import bundled_folder
from trainplan.model import After, Programme, Schedule
from trainplan.outcome import Limits, Outcome, Progress
from trainplan.solve import apart
from trainplan.solve.apart import plan_apart
from trainplan.solve.parts import lanes, split
from trainplan.solve.planner import run as plan_whole
from trainplan.solve.search import Budget

QUICK = Limits(30.0, workers=1)


def together(made: Programme, **earlier: Schedule) -> list[set[str]]:
    """The courses of each part."""
    return [set(part.programme.courses) for part in split(made, **earlier)]


def two(*, first: str = "north:4", second: str = "south:4", **other: object) -> Programme:
    """Two courses with nothing in common."""
    return programme(
        course("CP", first, features="", roles="law:1", min_class=2, max_class=4),
        course("CY", second, features="lab", roles="it:1", max_class=4),
        **{
            "groups": [group("north", 4), group("south", 4)],
            # The hall has no lab, and the lab is too small for CP.
            "venues": [venue("hall", 4), venue("lab", 1, "lab")],
            "instructors": [instructor("ann", "law"), instructor("bob", "it")],
            **other,
        },
    )


APART = [{"CP"}, {"CY"}]


def test_what_shares_nothing_falls_apart():
    assert together(two()) == APART


def test_each_part_has_only_what_it_needs():
    made = two(
        closures=[
            closure("venue", "hall", "03-01"),
            closure("instructor", "bob", "03-02"),
            closure("group", "south", "03-03"),
            closure("site", "hill", "03-04"),
            closure("all", "", "03-05"),
            closure("course", "CP", "03-08"),
        ],
        groups=[group("north", 4), group("south", 4), group("nobody", 9)],
    )
    first, second = (part.programme for part in split(made))
    assert [*first.groups, *first.venues, *first.instructors] == ["north", "hall", "ann"]
    assert [*second.groups, *second.venues, *second.instructors] == ["south", "lab", "bob"]
    assert [one.whom for one in first.closures] == ["venue", "site", "all", "course"]
    assert [one.whom for one in second.closures] == ["instructor", "group", "site", "all"]


@pytest.mark.parametrize(
    "made",
    [
        two(second="south:3; north:1"),
        two(venues=[venue("hall", 4), venue("lab", 2, "lab")]),
        two(instructors=[instructor("ann", "law; it until 03-02"), instructor("bob", "it")]),
        two(groups=[group("all", 8, 6), group("north", 4, part_of="all"), group("south", 4, part_of="all")]),
        replace(two(), courses={**two().courses, "CY": replace(two().courses["CY"], after=(After("CP"),))}),
    ],
    ids=["group", "venue", "instructor", "umbrella", "order"],
)
def test_what_is_shared_joins(made):
    assert together(made) == []


def test_an_umbrella_that_limits_nobody_joins_nothing():
    made = two(
        groups=[
            group("all", 9, 7, available_from="03-02"),
            group("east", 1, 1, part_of="all"),
            group("north", 4, 3, part_of="all"),
            group("south", 4, 3, part_of="all"),
        ]
    )
    assert together(made) == APART
    first, _ = (part.programme for part in split(made))
    # It counts the people of this part alone, and still says when they are there.
    assert list(first.groups) == ["all", "north"]
    assert (first.groups["all"].headcount, first.groups["all"].max_away) == (4, 4)
    assert first.groups["all"].available_from == made.groups["all"].available_from


@pytest.mark.parametrize(
    ("goals", "falls"),
    [
        (("seats", "due", "sessions", "early"), True),
        (("early", "finish"), True),
        (("seats", "even"), True),
        (("seats", "finish", "early"), False),
        (("seats", "finish", "even"), False),
        (("seats", "cost"), True),
        (("seats", "changes"), False),
    ],
)
def test_goals_whose_worst_part_counts_must_come_last(goals, falls):
    assert bool(split(two(goals=goals))) is falls


def test_amounts_that_are_rounded_are_not_added_up():
    dear = two(goals=("seats", "cost"), venues=[venue("hall", 4, cost_per_day=Decimal("20.5"))])
    assert split(dear) == ()
    assert split(replace(dear, goals=("seats", "early")))


def test_sessions_go_with_their_course():
    held = schedule(
        session("CP-03", "03-02", "north:4", venue="hall", instructors="ann", pin="date"),
        session("CY-01", "03-03", "south:1", venue="lab", instructors="bob"),
    )
    parts = split(two(), before=held, start=held)
    assert [[one.id for one in part.before.sessions] for part in parts] == [["CP-03"], ["CY-01"]]
    assert [[one.id for one in part.start.sessions] for part in parts] == [["CP-03"], ["CY-01"]]
    assert [part.pinned for part in parts] == [True, False]


@pytest.mark.parametrize(
    "held",
    [
        session("CP-03", "03-02", "north:1", venue="lab", pin="venue"),
        session("CP-03", "03-02", "north:4", instructors="bob", pin="instructors"),
        session("CY-01", "03-02", "north:4", pin="date", course="CP"),
        session("CP-03", "03-02", "nobody:4", pin="date"),
    ],
    ids=["venue", "instructor", "name of another's", "unknown"],
)
def test_a_pin_across_parts_keeps_them_together(held):
    assert together(two(), before=schedule(held)) == []
    if held.course == "CP" and "nobody" not in held.groups:
        assert together(two(), start=schedule(held)) == []


def test_lanes_have_like_work_and_begin_with_the_small():
    parts = [
        replace(part, work=work) for part, work in zip(split(two()) * 3, (9, 1, 5, 4, 2, 7), strict=True)
    ]
    assert lanes(parts, 1) == [[1, 4, 3, 2, 5, 0]]
    assert sorted(sum(parts[one].work for one in lane) for lane in lanes(parts, 2)) == [14, 14]


def pieces(random: Random, prefix: str) -> dict[str, object]:
    """One small programme out of which larger ones are made."""
    both = f"{prefix}N:{random.choice((2, 3))}; {prefix}S:1"
    return {
        "courses": [
            course(
                f"{prefix}A",
                both,
                length=2,
                features=prefix,
                max_class=2,
                mixed=random.random() < 0.5,
                due=random.choice((None, "03-03")),
                priority=random.choice((1, 3)),
            ),
            course(
                f"{prefix}B", f"{prefix}N:2", roles=f"{prefix}:1", max_class=2, after=(After(f"{prefix}A"),)
            ),
        ],
        "groups": [
            group(f"{prefix}U", 4, random.choice((1, 2, 3))),
            group(f"{prefix}N", 3, part_of=f"{prefix}U"),
            group(f"{prefix}S", 1, part_of=f"{prefix}U"),
        ],
        "venues": [venue(f"{prefix}V", random.choice((1, 2)), prefix, cost_per_day=Decimal(30))],
        "instructors": [instructor(f"{prefix}I", prefix, trip_cost=Decimal(random.choice((0, 50))))],
        "closures": [closure(*random.choice((("venue", f"{prefix}V"), ("group", f"{prefix}U"))), "03-02")],
    }


def side_by_side(some: Iterable[dict[str, object]], **other: object) -> Programme:
    some = list(some)
    named = {key: [one for piece in some for one in piece[key]] for key in some[0]}
    return programme(*named.pop("courses"), **named, **other)


def both_ways(made: Programme, limits: Limits = QUICK, **earlier: Schedule) -> tuple[Outcome, Outcome]:
    before = earlier.get("before")
    whole = plan_whole(made, limits, report=None, stop=None, **{"before": None, **earlier})
    parts = split(made, **earlier)
    assert len(parts) > 1
    return whole, plan_apart(made, parts, Budget(limits, None), before, lambda progress: None)


@pytest.mark.parametrize(
    "goals",
    [
        ("seats", "due", "sessions", "early"),
        ("seats", "cost", "early"),
        ("sessions", "finish"),
        ("seats", "early", "even"),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_the_best_of_the_parts_is_the_best_of_the_whole(seed, goals):
    random = Random(f"apart {seed}")
    made = side_by_side(
        [pieces(random, prefix) for prefix in "XY"], starts="03-01", ends="03-05", goals=goals
    )
    whole, parted = both_ways(made)
    assert whole.status == parted.status == "optimal"
    assert parted.goals == whole.goals
    assert parted.unplaced or not whole.unplaced
    assert all(one.rule == "demand" for one in audit(made, parted.schedule))


@pytest.mark.parametrize("effort", [0.002, 0.01, 0.05, 0.2])
@pytest.mark.parametrize("seed", range(2))
def test_bounds_hold_when_time_runs_out(seed, effort):
    random = Random(f"bounds {seed}")
    made = side_by_side([pieces(random, prefix) for prefix in "XY"], starts="03-01", ends="03-12")
    best = plan_whole(made, QUICK, before=None, report=None, stop=None)
    assert best.status == "optimal"
    limits = Limits(effort, reproducible=True)
    found = plan_apart(made, split(made), Budget(limits, None), None, lambda progress: None)
    for goal, known in zip(found.goals, best.goals, strict=True):
        assert goal.bound <= known.value <= goal.value
        if known.value < goal.value:
            # Whoever does worse on one goal may do better than the best on the next.
            break


def planned(value: list[int], bound: list[int], early: list[int] | None = None) -> apart.Planned:
    none = [0] * len(value)
    return apart.Planned(0, Schedule(()), tuple(value), tuple(bound), tuple(early or none), False, 1.0)


def test_a_bound_that_rests_on_what_is_not_proved_is_not_added_up():
    goals = ["seats", "sessions", "early"]
    proved, open_ = planned([0, 5, 90], [0, 5, 80], [0, 4, 60]), planned([0, 7, 50], [0, 6, 40], [0, 5, 30])
    assert apart.joint_bounds(goals, [proved, proved]) == [0, 10, 160]
    assert apart.joint_bounds(goals, [proved, open_]) == [0, 11, 90]
    missing = planned([2, 7, 50], [1, 6, 40], [1, 5, 30])
    assert apart.joint_bounds(goals, [proved, missing]) == [1, 0, 0]
    assert apart.joint_bounds(["seats", "finish"], [planned([0, 9], [0, 8]), planned([0, 7], [0, 7])]) == [
        0,
        8,
    ]


def test_pins_are_kept():
    held = schedule(session("CP-03", "03-04", "north:4", venue="hall", instructors="ann", pin="all"))
    whole, parted = both_ways(two(), before=held)
    assert parted.status == whole.status == "optimal"
    assert parted.goals == whole.goals
    assert [one.id for one in parted.schedule.live if one.pin] == ["CP-03"]


def test_pins_that_can_t_be_kept_are_named():
    held = schedule(session("CP-03", "03-06", "north:4", venue="hall", instructors="ann", pin="all"))
    whole, parted = both_ways(two(), before=held)
    assert parted.status == whole.status == "infeasible"
    assert parted.because == whole.because


def test_a_start_is_never_made_worse_and_keeps_its_names():
    start = schedule(
        session("CP-09", "03-01", "north:4", venue="hall", instructors="ann"),
        session("CY-07", "03-01", "south:1", venue="lab", instructors="bob"),
    )
    made = two()
    stopped = Event()
    stopped.set()
    for stop in (None, stopped):
        parts = split(made, start=start)
        found = plan_apart(made, parts, Budget(QUICK, stop), None, lambda progress: None)
        assert {"CP-09", "CY-07"} <= {one.id for one in found.schedule.live}


def test_who_is_stopped_at_once_still_gets_something_sound():
    stop = Event()
    stop.set()
    made = two()
    found = plan_apart(made, split(made), Budget(QUICK, stop), None, lambda progress: None)
    assert (found.status, found.interrupted) == ("feasible", True)
    assert found.unplaced == ()
    held = schedule(session("CP-03", "03-04", "north:4", venue="hall", instructors="ann", pin="all"))
    kept = plan_apart(made, split(made, before=held), Budget(QUICK, stop), held, lambda progress: None)
    assert (kept.status, kept.interrupted, kept.schedule) == ("unknown", True, None)


def copies(made: Programme, number: int) -> Programme:
    """A programme several times side by side, under other names."""
    things: dict[str, dict[str, object]] = {"courses": {}, "groups": {}, "venues": {}, "instructors": {}}
    closures = [one for one in made.closures if one.whom == "all"]
    for copy in range(number):

        def named(id: str | None, copy: int = copy) -> str | None:
            return f"{id}{copy}" if id else id

        for one in made.courses.values():
            things["courses"][named(one.id)] = replace(
                one,
                id=named(one.id),
                seats={named(id): seats for id, seats in one.seats.items()},
                features=None if one.features is None else frozenset(map(named, (*one.features, "for"))),
                roles=tuple(replace(role, qualification=named(role.qualification)) for role in one.roles),
                after=tuple(replace(after, course=named(after.course)) for after in one.after),
            )
        for one in made.groups.values():
            there = replace(one, id=named(one.id), part_of=named(one.part_of), site=named(one.site))
            things["groups"][there.id] = there
        for one in made.venues.values():
            features = frozenset(map(named, (*one.features, "for")))
            there = replace(one, id=named(one.id), site=named(one.site), features=features)
            things["venues"][there.id] = there
        for one in made.instructors.values():
            held = tuple(row._replace(name=named(row.name)) for row in one.qualifications)
            there = replace(one, id=named(one.id), site=named(one.site), qualifications=held)
            things["instructors"][there.id] = there
        closures += [replace(one, id=named(one.id)) for one in made.closures if one.whom != "all"]
    return replace(made, **things, closures=tuple(closures))


def test_three_islands_come_to_three_times_one(monkeypatch):
    monkeypatch.setattr(apart, "WORTH_SPLITTING", 1)
    one, _ = load_programme(bundled_folder("saint-lucia"))
    # Half a year and two goals: the rest would take longer to prove and add nothing.
    one = replace(one, ends=one.starts + timedelta(days=182), goals=("seats", "sessions"))
    limits = Limits(60.0, workers=1)
    single = plan_whole(one, limits, before=None, report=None, stop=None)
    heard: list[Progress] = []
    tripled = apart.run(copies(one, 3), limits, before=None, report=heard.append, stop=None)
    assert single.status == tripled.status == "optimal"
    assert [goal.value for goal in tripled.goals] == [3 * goal.value for goal in single.goals]
    assert [told.doing for told in heard[:-1] if told.doing] == [
        f"{n} of 3 independent parts planned" for n in (1, 2, 3)
    ]


def test_the_same_answer_whatever_the_processes(monkeypatch):
    random = Random("again")
    made = side_by_side([pieces(random, prefix) for prefix in "XYZ"], starts="03-01", ends="03-19")
    monkeypatch.setattr(apart, "WORTH_A_PROCESS", 0)
    limits = Limits(6.0, reproducible=True)
    found = [
        plan_apart(made, split(made), Budget(replace(limits, workers=workers), None), None, lambda told: None)
        for workers in (1, 2)
    ]
    assert found[0].schedule == found[1].schedule
    assert found[0].goals == found[1].goals
    assert found[0].seconds == found[1].seconds
