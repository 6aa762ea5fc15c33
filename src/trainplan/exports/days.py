"""The ``days`` column: the slots of a session as ranges that a person can read and a reader can undo."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.model import Slot


def ranges(slots: Sequence[Slot], periods: Sequence[str]) -> str:
    """Return slots as ranges, ``;`` between.

    A range holds everything between its ends, so only neighbours are joined: one date and the next, or
    one period and the next (a day's last period and the next day's first included). A session that runs
    on after a weekend therefore has two ranges.

    Args:
        slots: Ascending, each once.
        periods: Names of the parts of a day; a single one is not written.

    Returns:
        ``2027-01-11..2027-01-15; 2027-01-18``, or with periods ``2027-01-11 morning``.
    """
    blocks: list[tuple[Slot, Slot]] = []
    for slot in slots:
        if blocks and _number(slot, periods) == _number(blocks[-1][1], periods) + 1:
            blocks[-1] = (blocks[-1][0], slot)
        else:
            blocks.append((slot, slot))
    return "; ".join(
        _name(first, periods) if first == last else f"{_name(first, periods)}..{_name(last, periods)}"
        for first, last in blocks
    )


def named(slot: Slot, periods: Sequence[str]) -> str:
    """Return one slot as the ``days`` column names it."""
    return _name(slot, periods)


def _name(slot: Slot, periods: Sequence[str]) -> str:
    day = slot.day.isoformat()
    return day if len(periods) == 1 else f"{day} {periods[slot.period]}"


def _number(slot: Slot, periods: Sequence[str]) -> int:
    return slot.day.toordinal() * len(periods) + slot.period
