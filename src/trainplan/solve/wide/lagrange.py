"""What prices of rooms, instructors, cover and order prove, exactly.

The LP solver works in floating point, but the bound does not rest on it: whatever prices it gives are made to
have the right sign and rounded, and then the seats of each lot are divided into classes, each in its cheapest
placement at those prices, in whole numbers (a Lagrangian bound: A. M. Geoffrion, 1974). That classes are
whole is more than the linear program knows. Bad prices only make it weaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from trainplan.solve.wide.compact import Compact, Floats, Ints, Lot

FINE = 1 << 20  # prices are rounded to multiples of 1/FINE
DEAREST = 1e7  # in units of the goal; beyond, sums would no longer fit into 64 bits
LARGEST = 1 << 61  # in multiples of 1/FINE, for the same reason


@dataclass(frozen=True, slots=True)
class Prices:
    """What an LP solver makes of it: all not negative but those of orders, which are not positive.

    Attributes:
        piles: One for each pile and working slot, row by row.
        orders: For each order one for each of its times, ascending.
        unplaced: Of a seat without a session, weighed by priority.
    """

    piles: Floats
    orders: Sequence[Floats]
    unplaced: float


def bound(compact: Compact, prices: Prices) -> int:
    """Return a value below which the goal can't be, whatever the prices are."""
    unplaced = _rounded(prices.unplaced)
    # With the largest prices the sum would not fit into 64 bits.
    total = -int((_whole(compact, prices).astype(object) * compact.most).sum())
    total -= unplaced * compact.unplaced
    for lot, per_seat, per_class in _costs(compact, prices):
        cost = None
        if not compact.unplaced and not lot.course.mixed:
            cost = _in_classes(lot, per_seat, per_class)
        if cost is None:
            # A seat's share of its class is rounded down: what is a little less is a bound all the same.
            ways = [int((per_seat + per_class // lot.size).min())] if len(per_seat) else []
            if compact.unplaced:
                ways.append(unplaced * lot.course.priority)
            cost = lot.seats * min(ways, default=0)
        total += cost
    return -(-total // FINE)


def _in_classes(lot: Lot, per_seat: Ints, per_class: Ints) -> int | None:
    """Return what the seats of a lot cost at least, in whole classes; None if that can't be said.

    What a class of so many seats costs in its cheapest placement is concave, for it is the least of straight
    lines. So the cheapest division has all classes but one as large or as small as they may be.
    """
    least, most = lot.course.min_class, lot.size
    if not len(per_seat) or least > most or int(np.abs(per_seat).max()) > LARGEST // most:
        return None

    @cache
    def cheapest(seats: int) -> int:
        return int((per_seat * seats + per_class).min())

    found = []
    for classes in range(-(-lot.seats // most), lot.seats // least + 1):
        full, over = divmod(lot.seats - classes * least, most - least) if most > least else (classes, 0)
        cost = full * cheapest(most) + (classes - full - bool(over)) * cheapest(least)
        found.append(cost + (cheapest(least + over) if over else 0))
    return min(found, default=None)


def _rounded(price: float) -> int:
    """Return a price that can't be negative in multiples of 1/FINE."""
    return round(min(max(price, 0.0), DEAREST) * FINE) if price == price else 0


def _whole(compact: Compact, prices: Prices) -> Ints:
    """Return prices of piles in whole multiples of 1/FINE."""
    fair = np.clip(np.nan_to_num(prices.piles), 0.0, DEAREST)
    piles = np.rint(fair * FINE).astype(np.int64)
    return piles.reshape(compact.most.shape)


def _costs(compact: Compact, prices: Prices) -> Iterator[tuple[Lot, Ints, Ints]]:
    """Yield what a seat costs at these prices and what a class does, by placement, in multiples of 1/FINE."""
    piles = _whole(compact, prices)
    upto = np.concatenate([np.zeros((len(piles), 1), dtype=np.int64), np.cumsum(piles, axis=1)], axis=1)
    costs = {id(lot): lot.cost * FINE for lot in compact.lots}
    for order, values in zip(compact.orders, prices.orders, strict=True):
        # They may not fall again: what is owed at one time is still owed at the next.
        owed = np.rint(np.clip(np.nan_to_num(values), -DEAREST, 0.0) * FINE).astype(np.int64)
        owed = np.append(np.minimum.accumulate(owed[::-1])[::-1], 0)
        costs[id(order.earlier)] = costs[id(order.earlier)] + owed[order.done]
        costs[id(order.later)] = costs[id(order.later)] - owed[order.begun]
    for lot in compact.lots:
        per_seat, per_class = costs[id(lot)], np.zeros(len(lot.choice), dtype=np.int64)
        for pile, number in lot.by_class:
            per_class += (upto[pile][lot.last + 1] - upto[pile][lot.first]) * number
        for pile in lot.by_seat:
            per_seat = per_seat + upto[pile][lot.last + 1] - upto[pile][lot.first]
        yield lot, per_seat, per_class
