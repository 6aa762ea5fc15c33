"""What is said of a start is true: a session taken out of a sound schedule could be put back."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import builders as b
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tailored import made

from trainplan.audit import audit
from trainplan.model import After, Programme, Session
from trainplan.reasons.order import probe
from trainplan.reasons.starts import Block, Starts
from trainplan.reasons.usage import Usage
from trainplan.shortages.openings import Survey


def broken(programme: Programme, sessions: list[Session]) -> bool:
    """Whether the sessions break any rule but that seats are missing."""
    return any(
        one.severity == "error" and one.rule != "demand" for one in audit(programme, b.schedule(*sessions))
    )


def test_a_course_may_come_after_one_that_comes_after_another() -> None:
    """What comes first of all was once left out, so that nobody seemed ready for what comes last."""
    programme = b.programme(
        b.course("AA"),
        b.course("BB", after=(After("AA"),)),
        b.course("CC", after=(After("AA"), After("BB"))),
        ends="03-05",
    )
    rest = [b.session("AA-01", "03-01"), b.session("BB-01", "03-02")]
    survey = Survey(programme)
    usage = Usage.of(programme, survey.calendar, rest)
    _, free = Starts(survey, usage, programme.courses["CC"], "police", 10).found
    assert free is not None
    assert survey.calendar.slot(free.run.first).day == b.day("03-03")


@settings(max_examples=200)
@given(st.integers(0, 10**9), st.data())
def test_a_session_taken_out_could_be_put_back(seed: int, data: st.DataObject) -> None:
    programme, sessions = made(seed)
    assume(sessions)
    gone = data.draw(st.sampled_from(sessions))
    rest = [one for one in sessions if one is not gone]
    assume(not broken(programme, rest))
    survey = Survey(programme)
    usage = Usage.of(programme, survey.calendar, rest)
    course = programme.courses[gone.course]
    for group, seats in gone.groups.items():
        blocked, free = Starts(survey, usage, course, group, seats).found
        assert free is not None or blocked.get(Block.UNTRIED), blocked
        if free is None or not free.settled:
            continue
        if free.session is not None:
            more = {**free.session.groups, group: free.session.groups.get(group, 0) + 1}
            tries = [replace(free.session, groups=more, seats=free.session.seats + 1)]
        else:
            added = probe(survey.calendar, course, free.run, {group: course.min_class})
            count = sum(role.count for role in course.roles)
            rooms = [()] if course.features is None else [(venue,) for venue in programme.venues]
            tries = [
                replace(added, id="NEW", venues=room, instructors=teachers)
                for room, teachers in product(rooms, combinations(programme.instructors, count))
            ]
        others = [one for one in rest if one is not free.session]
        assert not all(broken(programme, [*others, one]) for one in tries)


@settings(max_examples=200)
@given(st.integers(0, 10**9))
def test_a_blocked_start_takes_no_session(seed: int) -> None:
    """Where the whole schedule stands and one seat more were asked for: no venue, no crew will do there."""
    programme, sessions = made(seed)
    assume(sessions)
    first = next(iter(programme.courses.values()))
    group = next(iter(first.seats))
    course = replace(first, seats={**first.seats, group: first.seats[group] + first.min_class}, mixed=False)
    more = replace(programme, courses={**programme.courses, first.id: course})
    survey = Survey(more)
    starts = Starts(survey, Usage.of(more, survey.calendar, sessions), course, group, course.min_class)
    blocked, free = starts.found
    assume(free is None and not blocked.get(Block.UNTRIED) and not first.mixed)
    assert sum(blocked.values()) == len(survey.of(course.id).runs)
    count = sum(role.count for role in course.roles)
    rooms = [()] if course.features is None else [(venue,) for venue in programme.venues]
    for run, room, teachers in product(
        survey.of(course.id).runs, rooms, combinations(programme.instructors, count)
    ):
        added = replace(
            probe(survey.calendar, course, run, {group: course.min_class}),
            id="NEW",
            venues=room,
            instructors=teachers,
        )
        assert broken(more, [*sessions, added])
