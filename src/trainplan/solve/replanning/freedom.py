"""How much of the earlier schedule is open, session by session."""

from __future__ import annotations

from dataclasses import dataclass

from trainplan.model import Session
from trainplan.solve.leeway import HELD, Leeway
from trainplan.solve.replanning.situation import Situation

PLACES = 40_000  # places offered to freed sessions together, at the most


@dataclass(frozen=True, slots=True)
class Freedom:
    """How much of the earlier schedule is open.

    Attributes:
        anew: Sessions that may lie anywhere.
        here: Sessions that may have other rooms, instructors and seats, at their days.
        more: Courses that may have new sessions.
    """

    anew: frozenset[str]
    here: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()


def leeway_of(situation: Situation, freedom: Freedom) -> dict[str, Leeway]:
    """Return what each session that stands may do, by id."""
    leeway = {one.id: HELD for one in situation.stands.live if one.course in situation.programme.courses}
    each = max(12, PLACES // (12 * max(1, len(freedom.anew))))
    for id, session in situation.movable.items():
        own = [situation.own(session)] if session.slots else []
        if id in freedom.anew:
            choice = situation.choice(situation.programme.courses[session.course])
            start = own[0].first if own else 0
            near = sorted(choice, key=lambda one, start=start: (abs(one.first - start), one.first))  # type: ignore[misc]
            leeway[id] = Leeway(sorted({*own, *near[:each]}), seats=True, may_go=not session.pin)
        elif id in freedom.here:
            leeway[id] = Leeway(own, seats=True, may_go=not session.pin)
    return leeway


def whole(situation: Situation, freedom: Freedom) -> bool:
    """Say whether the freed sessions may lie at every place there is for them."""
    each = max(12, PLACES // (12 * max(1, len(freedom.anew))))
    courses = situation.programme.courses
    return all(len(situation.choice(courses[situation.movable[id].course])) <= each for id in freedom.anew)


def pays(situation: Situation, most: int) -> set[str]:
    """Return the sessions that may get other days in a schedule that costs so much more than ``alone``.

    Each other session costs what it does by itself at least, so no session can cost more than that much
    more.
    """
    return {id for id, one in situation.movable.items() if 10 + sum(one.groups.values()) <= most}


def near(situation: Situation, freedom: Freedom, number: int) -> set[str]:
    """Return so many sessions that share most with the freed ones: people, orders, rooms, instructors."""
    movable, programme = situation.movable, situation.programme
    courses = {movable[id].course for id in freedom.anew} | freedom.more
    groups = {group for id in freedom.anew for group in movable[id].groups}
    groups |= {group for id in freedom.more for group in programme.courses[id].seats}
    ordered = set(courses)
    for _ in range(3):
        for course in programme.courses.values():
            for order in course.after:
                if order.course in ordered or course.id in ordered:
                    ordered |= {order.course, course.id}
    rooms = {id for one in freedom.anew for id in movable[one].venues}
    staff = {id for one in freedom.anew for id in movable[one].instructors}

    def score(one: Session) -> tuple[int, str]:
        return (
            -4 * (one.course in courses)
            - 3 * (one.course in ordered)
            - 2 * bool(groups & set(one.groups))
            - bool(rooms & set(one.venues))
            - bool(staff & set(one.instructors)),
            one.id,
        )

    rest = sorted((one for id, one in movable.items() if id not in freedom.anew), key=score)
    return {one.id for one in rest[:number]}
