"""What a better plan gains, in plain units."""

from __future__ import annotations

from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule
from trainplan.outcome import Outcome
from trainplan.words import many


def gains(programme: Programme, before: Outcome, wider: Programme, after: Outcome) -> list[str]:
    """Return in words how each goal changes between two plans, in the programme's order.

    Args:
        programme: What the first was made for.
        before: The first plan.
        wider: The programme with a relief.
        after: The plan made with it.
    """
    assert before.schedule is not None
    assert after.schedule is not None
    said = []
    for old, new in zip(before.goals, after.goals, strict=True):
        if old.value == new.value:
            continue
        word = _WORDS.get(old.name)
        if word is not None:
            said.append(word(programme, before.schedule, after.schedule, old.value - new.value))
        else:
            told = GOALS[old.name].say(programme, before.schedule, old.value)
            said.append(f"{GOALS[new.name].say(wider, after.schedule, new.value)} in place of {told}")
    return [one for one in said if one]


def _seats(programme: Programme, before: Schedule, after: Schedule, less: int) -> str:
    placed = sum(one.seats for one in after.live) - sum(one.seats for one in before.live)
    if not placed:
        return f"seats of more priority placed ({less:,})" if less > 0 else ""
    if placed > 0:
        return f"{many(placed, 'more seat')} placed"
    return f"{many(-placed, 'seat less', 'seats less')} placed"


def _early(programme: Programme, before: Schedule, after: Schedule, less: int) -> str:
    there = [sum(one.seats for one in schedule.live) for schedule in (before, after)]
    if not all(there):
        return ""
    if there[0] != there[1]:
        # With more people trained, the sum of their waits says little: the mean does.
        waits = [
            GOALS["early"].measure(programme, schedule) / seats
            for schedule, seats in zip((before, after), there, strict=True)
        ]
        return f"mean wait {waits[1]:,.1f} days in place of {waits[0]:,.1f}"
    days = less / there[0]
    # One place after the point, but never a gain of nought.
    size = f"{abs(days):,.1f}" if abs(days) >= 0.1 else "less than 0.1"
    return f"everyone done {size} days {'earlier' if days > 0 else 'later'} on average"


def _due(programme: Programme, before: Schedule, after: Schedule, less: int) -> str:
    late = [
        sum(
            one.seats
            for one in schedule.live
            if (due := programme.courses[one.course].due) is not None
            and one.slots
            and one.slots[-1].day > due
        )
        for schedule in (before, after)
    ]
    change = f"{many(abs(less), 'seat-day')} {'less' if less > 0 else 'more'}"
    return f"{late[1]:,} seats late in place of {late[0]:,}, {change}"


def _sessions(programme: Programme, before: Schedule, after: Schedule, less: int) -> str:
    return f"{many(abs(less), 'session')} {'fewer' if less > 0 else 'more'}"


def _finish(programme: Programme, before: Schedule, after: Schedule, less: int) -> str:
    return f"all over {many(abs(less), 'day')} {'sooner' if less > 0 else 'later'}"


_WORDS = {"seats": _seats, "early": _early, "due": _due, "sessions": _sessions, "finish": _finish}
