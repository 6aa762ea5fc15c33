"""What prices of rooms, instructors, cover and order prove, exactly.

The LP solver works in floating point, but the bound does not rest on it: whatever prices it gives are made to
have the right sign and rounded, and then every seat takes its cheapest placement at those prices, in whole
numbers (a Lagrangian bound: A. M. Geoffrion, 1974). Bad prices only make it weaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainplan.solve.wide.compact import Compact, Floats, Ints

FINE = 1 << 20  # prices are rounded to multiples of 1/FINE
DEAREST = 1e7  # in units of the goal; beyond, sums would no longer fit into 64 bits


@dataclass(frozen=True, slots=True)
class Prices:
    """What an LP solver makes of it: all not negative but those of orders, which are not positive.

    Attributes:
        piles: One for each pile and working slot, row by row.
        orders: For each order one for each of its times, ascending.
        spare: For each lot one for a class beyond full ones.
        unplaced: Of a seat without a session, weighed by priority.
    """

    piles: Floats
    orders: Sequence[Floats]
    spare: Floats
    unplaced: float


def bound(compact: Compact, prices: Prices) -> int:
    """Return a value below which the goal can't be, whatever the prices are."""
    unplaced = _rounded(prices.unplaced)
    total = (
        -sum(int(price @ most) for price, most in zip(_whole(compact, prices), compact.most, strict=True))
        * compact.unit
    )
    total -= unplaced * compact.unplaced
    for lot, spare, cost in zip(compact.lots, prices.spare, _costs(compact, prices), strict=True):
        if lot.spare is not None:
            total += _rounded(spare) * lot.lacking // lot.size
        ways = [int(cost.min())] if len(cost) else []
        if compact.unplaced:
            ways.append(unplaced * lot.course.priority)
        total += lot.seats * min(ways, default=0)
    return -(-total // FINE)


def _rounded(price: float) -> int:
    """Return a price that can't be negative in multiples of 1/FINE."""
    return round(min(max(price, 0.0), DEAREST) * FINE) if price == price else 0


def _whole(compact: Compact, prices: Prices) -> Ints:
    """Return prices of piles in whole multiples of 1/FINE, for the part of a thing that ``unit`` has."""
    fair = np.clip(np.nan_to_num(prices.piles), 0.0, DEAREST)
    piles = np.rint(fair * (FINE / compact.unit)).astype(np.int64)
    return piles.reshape(compact.most.shape)


def _costs(compact: Compact, prices: Prices) -> list[Ints]:
    """Return what a seat costs at these prices, by lot and placement, in multiples of 1/FINE."""
    unit, piles = compact.unit, _whole(compact, prices)
    upto = np.concatenate([np.zeros((len(piles), 1), dtype=np.int64), np.cumsum(piles, axis=1)], axis=1)
    costs = {id(lot): lot.cost * FINE for lot in compact.lots}
    for order, values in zip(compact.orders, prices.orders, strict=True):
        # They may not fall again: what is owed at one time is still owed at the next.
        owed = np.rint(np.clip(np.nan_to_num(values), -DEAREST, 0.0) * FINE).astype(np.int64)
        owed = np.append(np.minimum.accumulate(owed[::-1])[::-1], 0)
        costs[id(order.earlier)] = costs[id(order.earlier)] + owed[order.done]
        costs[id(order.later)] = costs[id(order.later)] - owed[order.begun]
    found = []
    for lot, spare in zip(compact.lots, prices.spare, strict=True):
        cost = costs[id(lot)]
        of_class = np.zeros(len(lot.choice), dtype=np.int64)
        for pile, number in lot.by_class:
            of_class += (upto[pile][lot.last + 1] - upto[pile][lot.first]) * number
        cost = cost + of_class * (unit // lot.size)
        for pile in lot.by_seat:
            cost = cost + (upto[pile][lot.last + 1] - upto[pile][lot.first]) * unit
        if lot.spare is not None:
            # A class beyond full ones takes seats from them: min x size x class <= (size - min) x seats.
            size, least = lot.size, lot.course.min_class
            short = np.maximum(0, _rounded(spare) - of_class * unit)
            cost = cost - -(-short // (least * size)) * (size - least)
        found.append(cost)
    return found
