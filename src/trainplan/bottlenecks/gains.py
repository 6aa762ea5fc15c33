"""What a better plan gains, in plain units, and never more than is proved of it."""

from __future__ import annotations

from collections.abc import Callable

from trainplan.bottlenecks.tried import Extent, Tried
from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule
from trainplan.outcome import Outcome
from trainplan.words import many

# Before a number. What nothing is proved of was found, and might be otherwise in a better plan.
_SAID: dict[Extent, str] = {"exact": "", "at least": "at least ", "at most": "at most ", "open": "perhaps "}
_TURNED: dict[Extent, Extent] = {"at least": "at most", "at most": "at least"}


def gains(programme: Programme, before: Outcome, tried: Tried) -> list[str]:
    """Return in words how each goal changes by a relief, in the programme's order.

    Args:
        programme: Without the relief.
        before: The plan without it.
        tried: The relief and the plan made with it.
    """
    after = tried.outcome
    assert before.schedule is not None
    assert after.schedule is not None
    said = []
    for old, new, extent in zip(before.goals, after.goals, tried.extents, strict=True):
        if old.value == new.value:
            continue
        less = old.value - new.value
        # At least so much less is at most so much more.
        about = _SAID[extent if less > 0 else _TURNED.get(extent, extent)]
        word = _WORDS.get(old.name)
        if word is not None:
            said.append(word(programme, before.schedule, after.schedule, less, about))
        else:
            told = GOALS[old.name].say(programme, before.schedule, old.value)
            then = GOALS[new.name].say(tried.relief.programme, after.schedule, new.value)
            said.append(f"{then} in place of {told}" + (f" ({about}that)" if about else ""))
    return [one for one in said if one]


def certain(before: Outcome, tried: Tried) -> bool:
    """Say whether all that ``gains`` says is just so: no better plan on either side could change it."""
    pairs = zip(before.goals, tried.outcome.goals, tried.extents, strict=True)
    return all(extent == "exact" for old, new, extent in pairs if old.value != new.value)


def _seats(programme: Programme, before: Schedule, after: Schedule, less: int, about: str) -> str:
    if any(course.priority != 1 for course in programme.courses.values()):
        placed = sum(one.seats for one in after.live) - sum(one.seats for one in before.live)
        if placed > 0 and less > 0:
            return f"{many(placed, 'more seat')} placed, {about}{less:,} by priority"
        return f"{about}{abs(less):,} {'less' if less > 0 else 'more'} unplaced by priority"
    if less > 0:
        return f"{about}{many(less, 'more seat')} placed"
    return f"{about}{many(-less, 'seat fewer', 'seats fewer')} placed"


def _early(programme: Programme, before: Schedule, after: Schedule, less: int, about: str) -> str:
    there = [sum(one.seats for one in schedule.live) for schedule in (before, after)]
    if not all(there):
        return ""
    if there[0] != there[1]:
        # With more people trained, the sum of their waits says little: the mean does.
        waits = [
            GOALS["early"].measure(programme, schedule) / seats
            for schedule, seats in zip((before, after), there, strict=True)
        ]
        doubt = "perhaps " if about else ""
        return f"{doubt}mean wait {waits[1]:,.1f} days in place of {waits[0]:,.1f}"
    days = less / there[0]
    # One place after the point, but never a gain of nought.
    size = f"{abs(days):,.1f}" if abs(days) >= 0.1 else f"{abs(days):.1g}"
    return f"everyone done {about}{size} days {'earlier' if days > 0 else 'later'} on average"


def _due(programme: Programme, before: Schedule, after: Schedule, less: int, about: str) -> str:
    return f"{about}{many(abs(less), 'seat-day')} {'less' if less > 0 else 'more'} late"


def _sessions(programme: Programme, before: Schedule, after: Schedule, less: int, about: str) -> str:
    return f"{about}{many(abs(less), 'session')} {'fewer' if less > 0 else 'more'}"


def _finish(programme: Programme, before: Schedule, after: Schedule, less: int, about: str) -> str:
    return f"all over {about}{many(abs(less), 'day')} {'sooner' if less > 0 else 'later'}"


_WORDS: dict[str, Callable[[Programme, Schedule, Schedule, int, str], str]] = {
    "seats": _seats,
    "early": _early,
    "due": _due,
    "sessions": _sessions,
    "finish": _finish,
}
