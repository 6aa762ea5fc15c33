"""Sessions that keep their names: whom they may seat, where they may be, and what is claimed of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from builders import closure, course, day, group, instructor, programme, schedule, session, venue
from twins.brute import Tiny, single

from trainplan.audit import audit
from trainplan.goals import GOALS
from trainplan.goals.changes import price
from trainplan.model import Programme, Schedule, Session
from trainplan.outcome import Limits
from trainplan.replan import ReplanOutcome, replan
from trainplan.solve import plan

QUICK = Limits(20.0, workers=1)


def replanned(made: Programme, old: Schedule, *events: str, today: str = "03-01") -> ReplanOutcome:
    return replan(made, old, events, day(today), 0, QUICK)


def told(outcome: ReplanOutcome) -> dict[str, str]:
    return {one.session: one.kind for one in outcome.changes if one.kind != "kept"}


def claims(outcome: ReplanOutcome) -> list[tuple[int, int]]:
    """What is said of seats and changes: the value, and what it can't be less than."""
    return [(one.value, one.bound) for one in outcome.goals[:2]]


# Two groups, each for itself, and one of them away on the day of its session.

SWAP = programme(
    course("CP", "a:10; b:10", max_class=10),
    closures=[closure("group", "a", "03-02")],
    ends="03-12",
)
A_THEN_B = schedule(session("CP-01", "03-02", "a:10"), session("CP-02", "03-09", "b:10"))


def test_pinned_days_leave_a_session_free_to_seat_another_group() -> None:
    start = Schedule.of(replace(one, pin=frozenset({"date"})) for one in A_THEN_B.sessions)
    outcome = plan(SWAP, QUICK, start=start)
    assert outcome.status == "optimal"
    assert outcome.schedule is not None
    assert [(one.id, dict(one.groups)) for one in outcome.schedule.live] == [
        ("CP-01", {"b": 10}),
        ("CP-02", {"a": 10}),
    ]


def test_pinned_seats_do_not() -> None:
    start = Schedule.of(replace(one, pin=frozenset({"date", "seats"})) for one in A_THEN_B.sessions)
    assert plan(SWAP, QUICK, start=start).status == "infeasible"


def test_an_instructor_who_is_pinned_to_a_course_without_any_can_t_be() -> None:
    start = schedule(session("CP-01", "03-03", "a:10", instructors="ann", pin="instructors"))
    made = replace(SWAP, instructors={"ann": instructor("ann", "law")})
    assert plan(made, QUICK, start=start).status == "infeasible"


def test_to_swap_two_groups_is_to_tell_all_of_them() -> None:
    swapped = Schedule.of(
        [session("CP-01", "03-02", "b:10"), session("CP-02", "03-09", "a:10")], before=A_THEN_B
    )
    assert GOALS["changes"].measure(SWAP, swapped) == 20
    assert claims(replanned(SWAP, A_THEN_B)) == [(0, 0), (20, 20)]
    tuesdays = replace(SWAP.courses["CP"], start_on=frozenset({1}), parallel=1)
    made = replace(SWAP, courses={"CP": tuesdays}, ends=day("03-09"))
    # There are two days, one for each: to swap is all there is.
    outcome = replanned(made, A_THEN_B)
    assert told(outcome) == {"CP-01": "resized", "CP-02": "resized"}
    assert claims(outcome) == [(0, 0), (20, 20)]
    assert {one.session: one.cost for one in outcome.changes} == {"CP-01": 10, "CP-02": 10}


# A course that needs no venue and has one all the same.

NONE = programme(
    course("CP", "a:10", max_class=10),
    course("CY", "b:10", max_class=10, features="lab"),
    venues=[venue("hall", 30), venue("room", 30, "lab"), venue("den", 30)],
    ends="03-12",
)
IN_HALL = schedule(
    session("CP-01", "03-02", "a:10", venue="hall"), session("CY-01", "03-09", "b:10", venue="room")
)


def test_a_venue_that_is_not_needed_is_kept() -> None:
    outcome = replanned(NONE, IN_HALL, "venue:room closed 2027-03-09")
    assert told(outcome) == {"CY-01": "moved"}
    assert claims(outcome) == [(0, 0), (20, 20)]


def test_one_that_is_closed_is_given_up() -> None:
    outcome = replanned(NONE, IN_HALL, "venue:hall closed 2027-03-02")
    assert told(outcome) == {"CP-01": "reroomed"}
    assert claims(outcome) == [(0, 0), (3, 3)]


@pytest.mark.parametrize("venues", ["hall", "hall; den"])
def test_one_that_is_pinned_is_kept_by_a_plan(venues: str) -> None:
    pinned = session("CP-01", "03-02", "a:10", venue=venues, pin="venue")
    for others in ((), (IN_HALL.sessions[1],), (replace(IN_HALL.sessions[1], venues=("hall",)),)):
        outcome = plan(NONE, QUICK, start=schedule(pinned, *others))
        assert outcome.status == "optimal"
        assert outcome.unplaced == ()
        assert outcome.schedule is not None
        kept = next(one for one in outcome.schedule.live if one.id == "CP-01")
        assert kept.venues == pinned.venues


def test_several_venues_are_taken_together() -> None:
    """CY needs the den, which CP-01 has beside the hall."""
    made = programme(
        NONE.courses["CP"],
        replace(NONE.courses["CY"], features=frozenset({"screen"})),
        venues=[venue("hall", 30), venue("den", 30, "screen")],
        ends="03-02",
    )
    both = session("CP-01", "03-02", "a:10", venue="hall; den")
    old = schedule(both, session("CY-01", "03-01", "b:10", venue="den"))
    outcome = replanned(made, old, "venue:den closed 2027-03-01", today="02-26")
    # Whichever way, one gives up its place: CP-01 a venue, and CY-01 its day.
    assert claims(outcome) == [(0, 0), (3 + 20, 3 + 20)]
    assert outcome.schedule is not None
    assert audit(outcome.programme, outcome.schedule) == ()
    pinned = schedule(replace(both, pin=frozenset({"venue", "date"})), old.sessions[0])
    assert claims(replanned(made, pinned, "venue:den closed 2027-03-01", today="02-26")) == [
        (10, 10),
        (40, 40),
    ]


# Ten people in two classes: what people have to be told counts.


def test_people_who_are_moved_to_another_session_count() -> None:
    made = programme(
        course("A", "g0:10; g1:10", length=2, features="room", max_class=10),
        course("B", "g0:10; g1:10", features="room", max_class=10),
        groups=[group("u", 20, 10), group("g0", 10, 10, part_of="u"), group("g1", 10, 10, part_of="u")],
        venues=[venue("v", 10, "room"), venue("w", 10, "room")],
        closures=[closure("venue", "v", "03-12"), closure("group", "g1", "03-04")],
        ends="03-12",
    )
    old = schedule(
        session("B-01", "03-01", "g0:10", venue="v", status="published"),
        session("B-02", "03-02", "g1:10", venue="v"),
        session("A-01", "03-03..03-04", "g0:10", venue="v"),
        session("A-02", "03-08..03-09", "g1:10", venue="v"),
    )
    new = schedule(
        session("A-03", "03-01..03-02", "g1:1", venue="w"),
        session("B-01", "03-01", "g0:9", venue="v", status="published"),
        session("A-02", "03-02..03-03", "g1:9", venue="v"),
        session("A-01", "03-03..03-04", "g0:1", venue="w"),
        session("A-04", "03-04..03-05", "g0:9", venue="v"),
        session("B-03", "03-05", "g0:1", venue="w"),
        session("B-02", "03-08", "g1:10", venue="v"),
        before=old,
    )
    new_sessions, moved, shrunk = 3 * 10, (10 + 10) * 2, 1 + (3 + 9)
    value = GOALS["changes"].measure(made, new)
    assert value == new_sessions + moved + shrunk
    said = "2 sessions moved, 10 seats taken off sessions that stay, 3 sessions new"
    assert GOALS["changes"].say(made, new, value) == said
    assert claims(replanned(made, old, "venue:v closed 2027-03-03", today="02-26"))[1] == (3, 3)


# Everything that a small replan claims, against every schedule that there is.


def tiny(seed: int) -> tuple[Tiny, Schedule, list[str]]:
    random = Random(f"known sessions {seed}")
    made = programme(
        course("CP", "a:2; b:2", max_class=random.choice((2, 3)), mixed=random.random() < 0.2),
        course("CY", random.choice(("a:1", "b:2")), features="lab", max_class=2),
        groups=[group("a", 2, random.choice((1, 2, 2))), group("b", 2)],
        venues=[venue("lab", 2, "lab"), venue("hut", random.choice((1, 2)), random.choice(("", "lab")))],
        closures=[closure("group", random.choice("ab"), random.choice(("03-02", "03-03")))],
        starts="03-01",
        ends="03-04",
    )
    first, second = random.choice((("a", "b"), ("b", "a"), ("a", "a")))
    seats = 1 if first == second else random.choice((1, 2))
    old = schedule(
        session("CP-01", "03-02", f"{first}:{seats}", venue=random.choice(("", "hut", "lab; hut"))),
        session("CP-02", random.choice(("03-03", "03-04")), f"{second}:{seats}"),
        session("CY-01", "03-03", "b:1" if "b" in made.courses["CY"].seats else "a:1", venue="lab"),
    )
    events = [
        "venue:lab closed 2027-03-03",
        "venue:hut closed 2027-03-02",
        "group:a away 2027-03-02..2027-03-03",
        "group:b max_away 1",
        "course:CP max_class 1",
        "venue:lab capacity 1",
        "group:a headcount 1",
        "session:CP-02 cancelled",
    ]
    when = {"CP": [(1,), (2,), (3,)], "CY": [(1,), (2,), (3,)]}
    return Tiny("known", made, when, seats=(1, 2)), old, random.sample(events, random.choice((1, 1, 2)))


def options(here: Tiny, made: Programme, known: Session) -> list[Session | None]:
    """Return what may become of a session: gone, or any one that the course allows by itself."""
    course_of = made.courses[known.course]
    found: list[Session | None] = [None]
    for one in single(here, course_of):
        if one.seats <= course_of.max_class and (course_of.mixed or len(one.groups) == 1):
            found.append(replace(one, id=known.id))
            if len(known.venues) > 1 and not one.venues:
                found.append(replace(one, id=known.id, venues=known.venues))
    return found


def nothing_is_nearer(seed: int) -> int:
    """Hold a replan against every schedule with the sessions there were and a new one or none."""
    here, old, events = tiny(seed)
    outcome = replanned(here.programme, old, *events)
    made = outcome.programme
    assert outcome.schedule is not None
    before = outcome.schedule.before
    assert before is not None
    found = [value for value, _ in claims(outcome)]
    cancelled = {event.cancels for event in outcome.events}
    new = session("CP-09", "03-02", "a:1")
    choices = [options(here, made, one) if one.id not in cancelled else [None] for one in (*old.live, new)]
    # What each costs by itself, so that only those that cost less are looked at.
    prices = [[price(known, one) for one in some] for known, some in zip(old.live, choices, strict=False)]
    prices.append([0 if one is None else 10 for one in choices[-1]])
    tried = 0
    for numbers in product(*(range(len(some)) for some in choices)):
        tried += 1
        cost = sum(some[number] for some, number in zip(prices, numbers, strict=True))
        if found[0] == 0 and cost >= found[1]:
            continue
        chosen = (some[number] for some, number in zip(choices, numbers, strict=True))
        one = Schedule.of((each for each in chosen if each is not None), before)
        if [GOALS[name].measure(made, one) for name in ("seats", "changes")] < found:
            broken = [
                each for each in audit(made, one) if each.rule != "demand" or "missing" not in each.message
            ]
            assert broken, (
                seed,
                events,
                found,
                [(each.id, each.start, each.venues, each.groups) for each in one.live],
            )
    return tried


@pytest.mark.parametrize("seed", range(4))
def test_no_schedule_is_nearer_whoever_sits_where(seed: int) -> None:
    """Whatever has fewer seats unplaced, or as few and fewer changes, breaks a rule."""
    assert nothing_is_nearer(seed) > 1000
