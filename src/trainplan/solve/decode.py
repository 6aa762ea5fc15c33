"""From counts to a calendar: who sits where, in which room, with which instructor, under which name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from trainplan.model import Course, Schedule, Session
from trainplan.rules.base import Lot
from trainplan.solve.board import Board
from trainplan.solve.kinds import Kind, Pool
from trainplan.solve.runs import Fact, FactCrew, Run
from trainplan.workdays import Calendar, Placement


@dataclass(slots=True)
class Draft:
    """A session on its way to a name."""

    lot: Lot
    placement: Placement
    kind: Kind
    groups: Mapping[str, int]
    venues: tuple[str, ...] = ()
    instructors: list[str] = field(default_factory=list)


def decode(board: Board, values: Sequence[int], before: Schedule | None = None) -> Schedule:
    """Return the schedule that a solution stands for.

    Args:
        board: The model that was solved.
        values: A value for each variable.
        before: The schedule whose named sessions the board kept.
    """
    facts = [run.lot.session for run in board.runs if isinstance(run, Fact)]
    runs = [run for run in board.runs if not isinstance(run, Fact)]
    drafts = [draft for run in runs for draft in _sessions(board, run, values)]
    drafts.sort(key=lambda one: (one.placement.slots, one.lot.course.id, tuple(one.groups)))
    _rooms(drafts)
    _staff(board, drafts, values)
    standing = [session for session in facts if session is not None]
    return Schedule.of([*standing, *named(board.calendar, drafts, before)], before)


def _sessions(board: Board, run: Run, values: Sequence[int]) -> Iterator[Draft]:
    counts = {kind: board.value(count, values) for kind, count in run.counts.items()}
    if not any(counts.values()):
        return
    sizes = [
        (kind, size)
        for kind, count in counts.items()
        if count
        for size in _evenly(board.value(run.seats[kind], values), count)
    ]
    people = {group: board.value(seats, values) for group, seats in run.people.items()}
    for (kind, _), groups in zip(sizes, _fill([size for _, size in sizes], people), strict=True):
        yield Draft(run.lot, run.placement, kind, groups)


def _evenly(seats: int, sessions: int) -> list[int]:
    """Return sizes that differ by one at most, the larger first."""
    size, over = divmod(seats, sessions)
    return [size + 1] * over + [size] * (sessions - over)


def _fill(sizes: Sequence[int], people: Mapping[str, int]) -> list[dict[str, int]]:
    """Deal groups out to sessions of given sizes, so that few sessions hold more than one group.

    The largest remaining group goes to the largest remaining room, which a whole group often fills.
    """
    left = dict(people)
    filled: list[dict[str, int]] = [{} for _ in sizes]
    room = list(sizes)
    while any(left.values()):
        group = max(left, key=lambda one: left[one])
        exact = [at for at, free in enumerate(room) if free == left[group]]
        at = exact[0] if exact else max(range(len(room)), key=lambda one: room[one])
        seats = min(left[group], room[at])
        filled[at][group] = filled[at].get(group, 0) + seats
        left[group] -= seats
        room[at] -= seats
    order = list(people)
    return [dict(sorted(one.items(), key=lambda item: order.index(item[0]))) for one in filled]


def _rooms(drafts: Iterable[Draft]) -> None:
    by_kind: dict[Kind, list[Draft]] = {}
    for draft in drafts:
        if draft.lot.session is not None and draft.kind == draft.lot.own:
            draft.venues = draft.lot.session.venues
        elif draft.kind:
            by_kind.setdefault(draft.kind, []).append(draft)
    for kind, held in by_kind.items():
        for draft, venue in zip(held, left_edge(kind, [one.placement for one in held]), strict=True):
            draft.venues = (venue,)


Name = TypeVar("Name")


class NoneFree(Exception):
    """Some venue or instructor is free at each slot of a placement, and none at all of them."""


def left_edge(names: Sequence[Name], placements: Sequence[Placement]) -> list[Name]:
    """Give each placement, in order of start, the first name that is free; counts made sure that one is.

    The left-edge algorithm (Hashimoto and Stevens, 1971): exact where placements are unbroken runs of
    the programme's working slots. Where a programme spells out runs that are not, either a name stands alone
    or there are names for all.

    Raises:
        NoneFree: None is free, which only happens to runs that step over working days.
    """
    busy: dict[Name, set[int]] = {name: set() for name in names}
    given = []
    for placement in placements:
        name = next((one for one in names if busy[one].isdisjoint(placement.slots)), None)
        if name is None:
            raise NoneFree(placement)
        busy[name].update(placement.slots)
        given.append(name)
    return given


def _staff(board: Board, drafts: Sequence[Draft], values: Sequence[int]) -> None:
    hired: dict[Pool, list[tuple[Placement, tuple[str, str]]]] = {}
    for crew in board.crews:
        if isinstance(crew, FactCrew):
            continue
        key = (crew.course.id, crew.session.id if crew.session else "")
        for pool, staff in crew.staff.items():
            hired.setdefault(pool, []).extend([(crew.placement, key)] * board.value(staff, values))
    there: dict[tuple[Placement, tuple[str, str]], list[str]] = {}
    for pool, jobs in hired.items():
        jobs.sort(key=lambda job: job[0].slots)
        for job, name in zip(jobs, left_edge(pool, [placement for placement, _ in jobs]), strict=True):
            there.setdefault(job, []).append(name)
    sessions: dict[tuple[Placement, tuple[str, str]], list[Draft]] = {}
    for draft in drafts:
        key = (draft.lot.course.id, draft.lot.session.id if draft.lot.session else "")
        sessions.setdefault((draft.placement, key), []).append(draft)
    for job, names in there.items():
        _fill_roles(board, sessions[job], names)


def _fill_roles(board: Board, drafts: Sequence[Draft], names: Sequence[str]) -> None:
    """Match instructors to the places that sessions of one course at one time have for them."""
    course: Course = drafts[0].lot.course
    ends = board.calendar.day(drafts[0].placement.last)
    places = [
        (draft, role.qualification) for draft in drafts for role in course.roles for _ in range(role.count)
    ]
    able = [
        [
            place
            for place, (_, wanted) in enumerate(places)
            if any(
                held.name == wanted and (held.until is None or ends <= held.until)
                for held in board.programme.instructors[name].qualifications
            )
        ]
        for name in names
    ]
    holder: dict[int, int] = {}

    def seat(person: int, tried: set[int]) -> bool:
        for place in able[person]:
            if place not in tried:
                tried.add(place)
                if place not in holder or seat(holder[place], tried):
                    holder[place] = person
                    return True
        return False

    for person in range(len(names)):
        seat(person, set())
    for place in sorted(holder):
        places[place][0].instructors.append(names[holder[place]])


def named(calendar: Calendar, drafts: Iterable[Draft], before: Schedule | None) -> Iterator[Session]:
    """Yield drafts, in order of start, as sessions numbered by course, with no name that ``before`` has."""
    by_course: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.lot.session is None:
            by_course.setdefault(draft.lot.course.id, []).append(draft)
        else:
            yield _session(calendar, draft, draft.lot.session.id)
    taken = {session.id for session in before.sessions} if before else set()
    for course, held in by_course.items():
        width = max(2, len(str(len(held))))
        numbers = (f"{course}-{number:0{width}d}" for number in range(1, len(held) + len(taken) + 1))
        names = (name for name in numbers if name not in taken)
        for draft, name in zip(held, names, strict=False):
            yield _session(calendar, draft, name)


def _session(calendar: Calendar, draft: Draft, name: str) -> Session:
    slots = tuple(calendar.slot(number) for number in draft.placement.slots)
    known = draft.lot.session
    return Session(
        id=name,
        course=draft.lot.course.id,
        title=draft.lot.course.title,
        start=slots[0].day,
        end=slots[-1].day,
        slots=slots,
        venues=draft.venues,
        instructors=tuple(draft.instructors),
        groups=draft.groups,
        seats=sum(draft.groups.values()),
        status=known.status if known else "draft",
        pin=known.pin if known else frozenset(),
    )
