"""Where a check is clever, the plain and slow way must come to the same."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, permutations

from builders import TWO_PERIODS, closure, course, day, group, instructor, programme, schedule, session, venue
from hypothesis import given
from hypothesis import strategies as st

from trainplan.model import After, Programme, Role, Session, Slot
from trainplan.rules.course_days import CourseDays
from trainplan.rules.course_order import CourseOrder, unmatched
from trainplan.rules.group_cover import GroupCover
from trainplan.rules.instructor_roles import InstructorRoles
from trainplan.rules.venue_clash import VenueClash
from trainplan.workdays import Calendar

MONDAY = day("03-01")


def held(id: str, first: int, length: int, seats: int, **other: object) -> Session:
    """A session from so many half-days after the start on, so many long."""
    taken = tuple(Slot(MONDAY + timedelta(days=one // 2), one % 2) for one in range(first, first + length))
    plain = session(id, "03-01", {"police": seats}, start=taken[0].day, end=taken[-1].day, **other)
    return Session(**{**{name: getattr(plain, name) for name in plain.__slots__}, "slots": taken})


spells = st.lists(st.tuples(st.integers(0, 11), st.integers(1, 3), st.integers(1, 3)), max_size=4)
lags = st.tuples(st.none() | st.integers(0, 4), st.none() | st.integers(0, 5))


def in_time(earlier: Session, later: Session, after: After) -> bool:
    lag = later.slots[0].day - earlier.slots[-1].day
    return (
        max(earlier.slots) < min(later.slots)
        and (after.at_least is None or lag >= timedelta(days=after.at_least))
        and (after.at_most is None or lag <= timedelta(days=after.at_most))
    )


@given(spells, spells, lags)
def test_first_come_first_served_matches_as_many_seats_as_any_matching(
    before: list[tuple[int, int, int]], behind: list[tuple[int, int, int]], lag: tuple[int | None, int | None]
) -> None:
    after = After("CP", at_least=lag[0], at_most=lag[1])
    earlier = [held(f"CP-{number}", *spell) for number, spell in enumerate(before)]
    later = [held(f"RS-{number}", *spell) for number, spell in enumerate(behind)]
    missing = sum(seats for _, seats, _ in unmatched(after, "police", earlier, later))

    source = [one for one in earlier for _ in range(one.groups["police"])]
    wanted = [one for one in later for _ in range(one.groups["police"])]
    taken: dict[int, int] = {}

    def seat(want: int, tried: set[int]) -> bool:
        for number, one in enumerate(source):
            if number not in tried and in_time(one, wanted[want], after):
                tried.add(number)
                if number not in taken or seat(taken[number], tried):
                    taken[number] = want
                    return True
        return False

    assert missing == len(wanted) - sum(seat(want, set()) for want in range(len(wanted)))


@given(spells, spells, lags)
def test_all_binds_every_session_to_the_last_of_the_earlier_course(
    before: list[tuple[int, int, int]], behind: list[tuple[int, int, int]], lag: tuple[int | None, int | None]
) -> None:
    after = After("CP", all=True, at_least=lag[0], at_most=lag[1])
    plan = programme(course("CP"), course("RS", after=(after,)), periods=TWO_PERIODS)
    earlier = [held(f"CP-{number}", *spell) for number, spell in enumerate(before)]
    later = [held(f"RS-{number}", *spell) for number, spell in enumerate(behind)]
    found = {one.message.split()[0] for one in CourseOrder().check(plan, schedule(*earlier, *later))}
    last = max((one.slots[-1] for one in earlier), default=None)
    final = [one for one in earlier if one.slots[-1] == last]
    assert found == {two.id for two in later if not all(in_time(one, two, after) for one in final)}


@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
    st.lists(st.sets(st.sampled_from("abc")), min_size=1, max_size=3),
)
def test_roles_are_filled_where_some_order_of_the_team_fills_them(
    roles: list[str], team: list[set[str]]
) -> None:
    plan = programme(
        course(roles=tuple(Role(name) for name in roles)),
        instructors=[instructor(f"i{number}", ";".join(sorted(can))) for number, can in enumerate(team)],
    )
    run = schedule(session(instructors=";".join(plan.instructors)))
    fits = len(team) == len(roles) and any(
        all(role in can for role, can in zip(roles, order, strict=True)) for order in permutations(team)
    )
    assert (not list(InstructorRoles().check(plan, run))) == fits


seated = st.lists(
    st.tuples(
        st.integers(0, 7), st.integers(1, 3), st.sampled_from(["marine", "patrol", "fire"]), st.integers(0, 4)
    ),
    max_size=6,
)
FORCE = programme(
    course("CP", "marine:9; patrol:9; fire:9"),
    groups=[
        group("force", 18, 6),
        group("marine", 9, 5, part_of="force"),
        group("patrol", 9, 4, part_of="force"),
        group("fire", 9, 0),
    ],
    periods=TWO_PERIODS,
)
PARTS = {"force": {"marine", "patrol"}, "marine": {"marine"}, "patrol": {"patrol"}, "fire": {"fire"}}


@given(seated)
def test_cover_is_short_on_the_days_that_a_slow_count_says(runs: list[tuple[int, int, str, int]]) -> None:
    sessions = []
    for number, (first, length, name, seats) in enumerate(runs):
        plain = held(f"CP-{number}", first, length, seats)
        fields = {field: getattr(plain, field) for field in plain.__slots__}
        sessions.append(Session(**{**fields, "groups": {name: seats}}))
    found = {
        (one.message.partition(":")[0], when)
        for one in GroupCover().check(FORCE, schedule(*sessions))
        for when in one.days
    }
    short = set()
    for name, parts in PARTS.items():
        for number in range(12):
            slot = Slot(MONDAY + timedelta(days=number // 2), number % 2)
            away = sum(
                seats
                for one in sessions
                if slot in one.slots
                for part, seats in one.groups.items()
                if part in parts
            )
            if away > FORCE.groups[name].max_away:
                short.add((name, slot.day))
    assert found == short


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(1, 3), st.sampled_from(["hall", "lab"])), max_size=6)
)
def test_venues_clash_where_two_share_a_slot(runs: list[tuple[int, int, str]]) -> None:
    plan = programme(course(), venues=[venue("hall"), venue("lab")], periods=TWO_PERIODS)
    sessions = [
        held(f"CP-{number}", first, length, 1, venue=name)
        for number, (first, length, name) in enumerate(runs)
    ]
    pairs = {
        frozenset({one.id, two.id})
        for one, two in combinations(sessions, 2)
        if one.venues == two.venues and set(one.slots) & set(two.slots)
    }
    found = [one.sessions for one in VenueClash().check(plan, schedule(*sessions))]
    assert {frozenset(pair) for ids in found for pair in combinations(ids, 2)} == pairs


@st.composite
def calendars(draw: st.DrawFn) -> Programme:
    periods = draw(st.sampled_from([("day",), TWO_PERIODS]))
    off = sorted(draw(st.sets(st.integers(0, 9), max_size=3)))
    return programme(
        course(
            length=draw(st.integers(1, 2)) * len(periods)
            if (whole := draw(st.booleans()))
            else draw(st.integers(1, 4)),
            whole_days=whole,
            span=draw(st.booleans()),
            start_on=draw(st.none() | st.sets(st.integers(0, 6), min_size=1, max_size=3)),
        ),
        ends=MONDAY + timedelta(days=9),
        periods=periods,
        working_days=frozenset(draw(st.sets(st.integers(0, 6), min_size=2))),
        closures=[closure("all", "", (MONDAY + timedelta(days=one)).isoformat()) for one in off],
    )


@given(calendars())
def test_the_days_of_a_session_are_right_exactly_where_the_calendar_has_them(plan: Programme) -> None:
    calendar = Calendar(plan)
    wanted = plan.courses["CP"]
    known = {tuple(calendar.slot(number) for number in one.slots) for one in calendar.placements(wanted)}
    axis = [
        Slot(MONDAY + timedelta(days=one), period)
        for one in range(-1, 11)
        for period in range(len(plan.periods))
    ]
    for first in range(len(axis)):
        for rest in combinations(axis[first + 1 : first + 9], wanted.length - 1):
            taken = (axis[first], *rest)
            assert (not found(plan, taken)) == (taken in known), taken


def found(plan: Programme, taken: tuple[Slot, ...]) -> list[str]:
    run = Session("CP-1", "CP", taken[0].day, taken[-1].day, taken, (), (), {"police": 1}, 1)
    return [one.message for one in CourseDays().check(plan, schedule(run))]


def test_the_axis_of_these_tests_begins_on_a_monday() -> None:
    assert date(2027, 3, 1) == MONDAY
    assert MONDAY.weekday() == 0
