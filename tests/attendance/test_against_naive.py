"""Dealing by crowds and masks, against persons one by one and a verifier that knows only the nouns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

import builders as b
from hypothesis import given, settings
from hypothesis import strategies as st

from trainplan.attendance import conflict, deal
from trainplan.attendance.puzzle import puzzle
from trainplan.model import After, Programme, Session, Slot

MONDAY = date(2027, 3, 1)


def fits(programme: Programme, been: list[Session], session: Session) -> bool:
    """Whether somebody who has been in ``been`` may go to ``session``, by the words of the contract."""
    for other in been:
        if other.course == session.course or set(other.slots) & set(session.slots):
            return False
    for order in programme.courses[session.course].after:
        both = (programme.courses[session.course], programme.courses[order.course])
        if order.all or not all("police" in course.seats for course in both):
            continue
        done = [other for other in been if other.course == order.course]
        if not done or max(done[0].slots) >= min(session.slots):
            return False
        lag = (min(session.slots).day - max(done[0].slots).day).days
        if not (order.at_least or -1) <= lag <= (999 if order.at_most is None else order.at_most):
            return False
    return True


def naive(programme: Programme, sessions: list[Session]) -> bool:
    """Try every choice of persons for every session; who of them has which past is all one."""
    headcount = programme.groups["police"].headcount
    pasts = {((),) * headcount}
    ordered = sorted(sessions, key=lambda one: one.slots)
    for number, session in enumerate(ordered):
        pasts = {
            tuple(sorted((*past, number) if who in chosen else past for who, past in enumerate(crowd)))
            for crowd in pasts
            for chosen in combinations(range(headcount), session.groups["police"])
            if all(fits(programme, [ordered[i] for i in crowd[who]], session) for who in chosen)
        }
    return bool(pasts)


@st.composite
def cases(draw: st.DrawFn, most_sessions: int = 6) -> tuple[Programme, list[Session]]:
    headcount = draw(st.integers(1, 4))
    halves = draw(st.booleans())
    periods = 2 if halves else 1
    lag = st.none() | st.integers(0, 4)
    courses = []
    for number, id in enumerate("ABCD"[: draw(st.integers(1, 4))]):
        after = tuple(
            After(earlier, draw(st.integers(0, 9)) == 0, draw(lag), draw(lag))
            for earlier in "ABCD"[:number]
            if draw(st.integers(0, 2)) == 0
        )
        seats = {"customs": 1} if draw(st.integers(0, 9)) == 0 else {"police": headcount}
        length = draw(st.integers(1, 3))
        courses.append(b.course(id, seats, after=after, length=length, whole_days=not halves))
    programme = b.programme(
        *courses,
        groups=[b.group("police", headcount), b.group("customs", 1)],
        periods=b.TWO_PERIODS if halves else ("day",),
    )
    sessions = []
    for number in range(draw(st.integers(1, most_sessions))):
        course = draw(st.sampled_from(courses))
        start = draw(st.integers(0, 8 * periods))
        slots = tuple(
            Slot(MONDAY + timedelta(days=step // periods), step % periods)
            for step in range(start, start + course.length)
        )
        sessions.append(
            Session(
                f"{course.id}-{number:02}",
                course.id,
                slots[0].day,
                slots[-1].day,
                slots,
                (),
                (),
                {"police": (seats := draw(st.integers(1, min(headcount, 2)))), "fire": 3},
                seats + 3,
            )
        )
    return programme, sessions


@settings(max_examples=400, deadline=None)
@given(cases())
def test_possible_is_what_one_by_one_finds(case: tuple[Programme, list[Session]]) -> None:
    programme, sessions = case
    dealing = deal(programme, "police", sessions)
    assert dealing.possible is naive(programme, sessions)
    if not dealing.possible:
        assert not dealing.seats
        assert set(dealing.blame) <= {one.id for one in sessions}
        assert dealing.blame
        return
    assert conflict(programme, "police", sessions) is None
    for one in sessions:
        people = dealing.seats[one.id]
        assert len(set(people)) == len(people) == one.groups["police"]
        assert set(people) <= set(range(programme.groups["police"].headcount))
    for person in range(programme.groups["police"].headcount):
        mine = sorted((one for one in sessions if person in dealing.seats[one.id]), key=lambda one: one.slots)
        for number, one in enumerate(mine):
            assert fits(programme, mine[:number], one)


@settings(max_examples=200, deadline=None)
@given(cases(most_sessions=9))
def test_who_is_kept_apart_is_so_both_ways(case: tuple[Programme, list[Session]]) -> None:
    """Mending looks from either session; one that had come too early was once not seen from its own side."""
    apart = puzzle(case[0], "police", case[1]).apart
    for one, mask in enumerate(apart):
        for other in range(len(apart)):
            assert (mask >> other & 1) == (apart[other] >> one & 1)


@settings(max_examples=150, deadline=None)
@given(cases(most_sessions=5))
def test_a_conflict_stands_for_itself(case: tuple[Programme, list[Session]]) -> None:
    """Its seats can't be dealt however many of the seats of the courses before them are used."""
    programme, sessions = case
    found = conflict(programme, "police", sessions)
    if found is None:
        return
    wanted, open_ = set(), [one.course for one in sessions if one.id in found]
    while open_:
        for order in programme.courses[open_.pop()].after:
            if not order.all and order.course not in wanted:
                wanted.add(order.course)
                open_.append(order.course)
    choices = []
    for one in sessions:
        least, most = found.get(one.id, 0), one.groups["police"]
        assert least <= most
        choices.append(range(least, most + 1) if one.course in wanted else [least])
    for seats in product(*choices):
        part = [
            replace(one, groups={"police": some}) for one, some in zip(sessions, seats, strict=True) if some
        ]
        assert not naive(programme, part)
