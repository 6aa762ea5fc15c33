"""The small relaxation: its bound holds whatever the prices are, and says something with good ones."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from random import Random

import builders as b
import numpy as np
import pytest
from tailored import made

from trainplan.goals import GOALS
from trainplan.model import After, Course, Programme
from trainplan.solve import relaxed
from trainplan.solve.wide import linear
from trainplan.solve.wide.compact import Compact
from trainplan.solve.wide.lagrange import Prices, bound
from trainplan.solve.wide.linear import solved
from trainplan.workdays import Calendar, Placement


def early(programme: Programme, calendar: Calendar) -> Callable[[Course, Placement], int]:
    return lambda course, placement: (calendar.day(placement.last) - programme.starts).days


def compact(programme: Programme, unplaced: int = 0, *, coarse: bool = False) -> Compact:
    calendar = Calendar(programme)
    return Compact(calendar, early(programme, calendar), unplaced, coarse=coarse)


def best_bound(relaxation: Compact) -> int:
    found = solved(relaxation, lambda: True)
    assert found is not None
    return bound(relaxation, found.prices)


@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("seed", range(15))
def test_no_schedule_is_better_than_the_bound(seed: int, coarse: bool) -> None:
    """Each programme was made around a schedule that places every seat."""
    programme, sessions = made(seed)
    if sessions:
        value = GOALS["early"].measure(programme, b.schedule(*sessions))
        assert best_bound(compact(programme, coarse=coarse)) <= value


@pytest.mark.parametrize("seed", range(15))
def test_whatever_the_prices_the_bound_holds(seed: int) -> None:
    programme, sessions = made(seed)
    if not sessions:
        return
    random = np.random.default_rng(seed)
    relaxation = compact(programme)
    for scale in (0.1, 10.0, 1000.0, 1e12, float("nan")):
        prices = Prices(
            random.normal(0, scale, relaxation.most.size),
            [random.normal(0, scale, order.times) for order in relaxation.orders],
            float(random.normal(0, scale)),
        )
        assert bound(relaxation, prices) <= GOALS["early"].measure(programme, b.schedule(*sessions))


@pytest.mark.parametrize("seed", range(8))
def test_seats_left_out_are_allowed_for(seed: int) -> None:
    programme, sessions = made(seed)
    chance = Random(seed)
    if len(sessions) > 1:
        kept = b.schedule(*chance.sample(sessions, len(sessions) - 1))
        missing = GOALS["seats"].measure(programme, kept)
        assert best_bound(compact(programme, missing)) <= GOALS["early"].measure(programme, kept)


def in_one_room(**other: object) -> Programme:
    """Three classes of ten, one room: they end on the first three working days, Monday 1 March and on."""
    return b.programme(
        b.course("AA", "police:30", max_class=10, features=""),
        groups=[b.group("police", 30)],
        venues=[b.venue()],
        **other,
    )


def test_a_room_is_shared_in_time() -> None:
    assert best_bound(compact(in_one_room())) == 10 * (0 + 1 + 2)


def test_the_smaller_class_that_there_must_be_takes_a_room_too() -> None:
    """Fifteen each of two groups at ten a class: four classes, where two times one and a half end sooner."""
    programme = b.programme(
        b.course("AA", "police:15; fire:15", min_class=5, max_class=10, features=""),
        groups=[b.group("police", 15), b.group("fire", 15)],
        venues=[b.venue()],
    )
    assert best_bound(compact(programme, coarse=True)) == 10 * 0 + 10 * 1 + 10 * 2
    assert 30 < best_bound(compact(programme)) <= 10 * 0 + 10 * 1 + 5 * 2 + 5 * 3


@pytest.mark.parametrize(
    ("least", "most", "seats"), [(1, 1, 3), (2, 5, 8), (3, 3, 9), (3, 4, 11), (5, 12, 31), (4, 9, 7)]
)
def test_seats_are_divided_into_the_cheapest_classes(least: int, most: int, seats: int) -> None:
    """Tried out against every division there is, each class in the placement that is cheapest for it."""
    programme = b.programme(
        b.course("AA", f"police:{seats}", min_class=least, max_class=most, features=""),
        groups=[b.group("police", seats)],
        venues=[b.venue()],
    )
    relaxation = compact(programme)
    slots = len(relaxation.slots)
    prices = Random(seats)
    # What a class pays is whole for a seat as well: nothing is rounded.
    piles = np.array([float(most * prices.randrange(20)) for _ in range(relaxation.most.size)])
    paid = [[piles[pile * slots + slot] for slot in range(slots)] for pile in range(len(relaxation.most))]
    (lot,) = relaxation.lots

    def cheapest(size: int) -> float:
        return min(
            size * cost
            + sum(number * paid[pile][slot] for pile, number in lot.by_class)
            + sum(size * paid[pile][slot] for pile in lot.by_seat)
            for slot, cost in zip(lot.first, lot.cost, strict=True)
        )

    def divided(left: int, largest: int) -> float:
        if not left:
            return 0.0
        sizes = range(least, min(largest, left) + 1)
        return min((cheapest(size) + divided(left - size, size) for size in sizes), default=inf)

    owed = float((piles.reshape(relaxation.most.shape) * relaxation.most).sum())
    assert bound(relaxation, Prices(piles, [], 0.0)) == divided(seats, most) - owed


def test_a_class_is_no_larger_than_can_be_spared() -> None:
    """Ten a day can be away: classes of ten, though twenty would fit."""
    programme = b.programme(
        b.course("AA", "police:20", max_class=20, features=""),
        groups=[b.group("police", 20, max_away=10)],
        venues=[b.venue(), b.venue("annex")],
    )
    assert best_bound(compact(programme)) == 10 * 1
    assert compact(programme).lots[0].size == 10


def test_prime_class_sizes_bound_as_well_as_any_others() -> None:
    """Sixteen sizes whose least common multiple is beyond 64 bits, each group in one class, one room."""
    sizes = (7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67)
    programme = b.programme(
        b.course("AA", {f"g{size}": size for size in sizes}, max_class=70, features=""),
        groups=[b.group(f"g{size}", size + 1, max_away=size) for size in sizes],
        venues=[b.venue(capacity=80)],
    )
    calendar = Calendar(programme)
    placements = calendar.placements(programme.courses["AA"])
    ends = [(calendar.day(one.last) - programme.starts).days for one in placements]
    # The largest classes first.
    least = sum(size * wait for size, wait in zip(sorted(sizes, reverse=True), ends, strict=False))
    assert best_bound(compact(programme)) == least


def test_orders_and_lags_are_kept() -> None:
    programme = b.programme(
        b.course("AA", "police:10", max_class=10, features=""),
        b.course("BB", "police:10", max_class=10, features="", after=(After("AA", at_least=7),)),
        venues=[b.venue()],
    )
    assert best_bound(compact(programme)) == 10 * 7


def test_one_who_teaches_two_things_is_one_person() -> None:
    programme = b.programme(
        b.course("AA", "police:10", max_class=10, features=None, roles="law:1"),
        b.course("BB", "fire:10", max_class=10, features=None, roles="first-aid:1"),
        groups=[b.group("police"), b.group("fire")],
        instructors=[b.instructor("ann", "law; first-aid")],
    )
    assert best_bound(compact(programme)) == 10 * 1


def test_what_comes_is_every_seat() -> None:
    relaxation = compact(in_one_room())
    found = solved(relaxation, lambda: True)
    assert found is not None
    ((turn, comes),) = relaxation.comes(found.values).items()
    assert turn == ("AA", ("police",))
    assert sum(seats for _, seats in comes) == pytest.approx(30)
    assert [slot for slot, _ in comes] == [0, 1, 2]


def test_a_first_order_method_comes_near_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "EXACT", -1)
    assert 29 <= best_bound(compact(in_one_room())) <= 30


def test_a_relaxation_that_is_to_end_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relaxed, "SMALL", 0)
    assert solved(compact(in_one_room()), lambda: False) is None
