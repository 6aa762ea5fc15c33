"""How much of each group is away at its peak, against what it can spare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType

from trainplan.model import Programme, Schedule, Slot
from trainplan.views.console import Screen
from trainplan.views.tables import Column, table
from trainplan.views.text import day_name

LENGTH = 10


def peaks(programme: Programme, schedule: Schedule) -> dict[str, tuple[int, Slot]]:
    """Return for each group with seats the most people away at one time, and the first time it is so.

    An umbrella counts the people of all its parts.
    """
    away: dict[str, Counter[Slot]] = {}
    for session in schedule.live:
        for group, seats in session.groups.items():
            if group in programme.groups:
                for owner in programme.umbrellas(group):
                    counts = away.setdefault(owner, Counter())
                    for slot in session.slots:
                        counts[slot] += seats
    return {
        group: max(
            ((count, slot) for slot, count in away[group].items()), key=lambda one: (one[0], _earlier(one[1]))
        )
        for group in programme.groups
        if away.get(group)
    }


def away(programme: Programme, schedule: Schedule, screen: Screen) -> Iterator[RenderableType]:
    """Yield a table of the groups that train: people, the most of them away, what can be spared, when."""
    rows = []
    for id, (most, slot) in peaks(programme, schedule).items():
        group = programme.groups[id]
        when = slot.day.isoformat() if screen.plain else day_name(slot.day)
        rows.append(
            [
                id,
                group.title if group.title != id else "",
                f"{group.headcount:,}",
                f"{most:,}",
                f"{group.max_away:,}",
                _gauge(most, group.max_away, screen),
                when,
            ]
        )
    columns = (
        Column("Group"),
        Column("Title", spare=True),
        Column("People", right=True),
        Column("Away at most", right=True),
        Column("Can spare", right=True),
        Column("Used", spare=True),
        Column("First on"),
    )
    yield from table(screen, columns, rows)


def _earlier(slot: Slot) -> tuple[int, int]:
    return (-slot.day.toordinal(), -slot.period)


def _gauge(most: int, limit: int, screen: Screen) -> str:
    if screen.plain:
        return f"{most / limit:.0%}" if limit else ""
    full = min(round(LENGTH * most / limit), LENGTH) if limit else LENGTH
    return screen.glyphs.bar * full + screen.glyphs.free * (LENGTH - full)
