"""What is said to be free or not, and where there is a place, against every room and all instructors.

The programmes are made around schedules that break no rule, tight wherever they can be; half-days, umbrellas,
orders and lags among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from tests import builders as make
from tests.tailored import made
from trainplan.alternatives.places import asked_for, new_conflicts, places, with_session
from trainplan.alternatives.telling import exchanges
from trainplan.alternatives.why import starts
from trainplan.audit import audit
from trainplan.model import Programme, Schedule, Session
from trainplan.workdays import calendar_of

PROGRAMMES = 30


def ways(programme: Programme, session: Session) -> Iterator[Session]:
    """Every room and every set of instructors that a session could have; what is pinned it keeps."""
    course = programme.courses[session.course]
    rooms: list[tuple[str, ...]] = [()] if course.features is None else [(id,) for id in programme.venues]
    count = sum(role.count for role in course.roles)
    teams = list(combinations(programme.instructors, count))
    for room in [session.venues] if "venue" in session.pin else rooms:
        for team in [session.instructors] if "instructors" in session.pin else teams:
            yield replace(session, venues=room, instructors=team)


def sound(programme: Programme, schedule: Schedule) -> bool:
    return not any(one.severity == "error" for one in audit(programme, schedule))


@pytest.mark.parametrize("seed", range(PROGRAMMES))
def test_a_start_is_free_if_and_only_if_some_room_and_some_instructors_make_it_so(seed: int) -> None:
    programme, sessions = made(seed)
    if not sessions:
        return
    chance = Random(seed)
    pins = ["", "", "", "venue", "instructors"]
    schedule = Schedule.of(
        replace(one, pin=frozenset(filter(None, [chance.choice(pins)])))  # type: ignore[arg-type]
        for one in sessions
    )
    # Some more to change to: a room and two people who can do everything.
    programme = replace(
        programme,
        venues={**programme.venues, "spare": make.venue("spare", 9, "x; y", available_from="03-04")},
        instructors={
            **programme.instructors,
            "zoe": make.instructor("zoe", "q; r", max_days_per_week=chance.choice([1, 3, None])),
        },
    )
    for session in chance.sample(schedule.live, min(3, len(schedule.live))):
        for start in starts(programme, schedule, session).starts:
            if start.here or start.unsettled:
                continue
            if start.against:
                for other in ways(programme, start.session):
                    assert not sound(programme, with_session(schedule, other)), (session.id, start, other)
            else:
                # By hand: the date, and of room and instructors what is named and nothing else.
                said = exchanges(session, start.session)
                by_hand = replace(
                    session, slots=start.session.slots, start=start.session.start, end=start.session.end
                )
                if " in " in said:
                    by_hand = replace(by_hand, venues=start.session.venues)
                if " with" in said:
                    by_hand = replace(by_hand, instructors=start.session.instructors)
                assert sound(programme, with_session(schedule, by_hand)), (session.id, said, by_hand)


@pytest.mark.parametrize("seed", range(PROGRAMMES))
def test_every_place_is_one_and_no_other_start_has_any(seed: int) -> None:
    programme, sessions = made(seed)
    if not sessions:
        return
    chance = Random(seed)
    schedule = Schedule.of(sessions)
    course = programme.courses[chance.choice(list(programme.courses))]
    group = chance.choice(list(course.seats))
    # One session is lost, or so many seats are to be made up.
    if chance.random() < 0.5:
        schedule = Schedule.of(one for one in sessions if one is not chance.choice(sessions))
    asked = asked_for(programme, schedule, course.id, group, chance.randint(1, 3))
    found = places(asked, schedule, 999)
    known = set(audit(asked.programme, schedule))
    for place in found.best:
        assert new_conflicts(asked.programme, known, with_session(schedule, place.session)) == []
    if not all(place.unsettled for place in found.best):
        assert found.free >= len(found.best)
    taken = {place.session.slots for place in found.best if not place.existing}
    calendar = calendar_of(asked.programme)
    new = next((place.session for place in found.best if not place.existing), None)
    seats = {group: asked.seats}
    blank = new or Session(
        f"{course.id}-99", course.id, programme.starts, programme.starts, (), (), (), seats, 0
    )
    for placement in calendar.placements(course):
        slots = tuple(calendar.slot(number) for number in placement.slots)
        if slots not in taken:
            there = replace(
                blank,
                slots=slots,
                start=slots[0].day,
                end=slots[-1].day,
                groups=seats,
                seats=asked.seats,
            )
            for other in ways(asked.programme, there):
                after = with_session(schedule, other)
                assert new_conflicts(asked.programme, known, after), (slots, other)
