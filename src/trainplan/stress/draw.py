"""Drawing what goes wrong: one disruption for each run, the same for the same seed and number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from trainplan.model import Programme
from trainplan.stress.rates import Rate, Rates
from trainplan.workdays import dates


@dataclass(frozen=True, slots=True)
class Disruption:
    """Something that goes wrong.

    Attributes:
        run: The number of its run, from 1.
        kind: ``instructor``, ``site``, ``venue`` or ``group``.
        id: Which one.
        first, last: Its dates, both included.
    """

    run: int
    kind: str
    id: str
    first: date
    last: date

    @property
    def event(self) -> str:
        """What ``replan --event`` would be told."""
        verb = "closed" if self.kind in ("site", "venue") else "away"
        return f"{self.kind}:{self.id} {verb} {self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class _Chance:
    """One kind: whom it may happen to, on which dates, how often in the whole programme."""

    kind: str
    ids: tuple[str, ...]
    days: tuple[date, ...]
    length: int
    expected: float


def chances(programme: Programme, rates: Rates) -> tuple[_Chance, ...]:
    """Return what may happen; kinds that can't are left out.

    Where no venue has a site a storm closes single venues.
    """
    sites = tuple(dict.fromkeys(one.site for one in programme.venues.values() if one.site))
    leaves = tuple(id for id in programme.groups if programme.parts(id) == (id,))
    stormy = ("site", sites) if sites else ("venue", tuple(programme.venues))
    kinds = (
        ("instructor", tuple(programme.instructors), rates.instructor),
        (*stormy, rates.site),
        ("group", leaves, rates.group),
    )
    found = (_chance(programme, kind, ids, rate) for kind, ids, rate in kinds)
    return tuple(one for one in found if one.expected > 0)


def _chance(programme: Programme, kind: str, ids: tuple[str, ...], rate: Rate) -> _Chance:
    days = tuple(day for day in dates(programme.starts, programme.ends) if rate.begins(day))
    # A rate holds for a year, of which a season is a part.
    season = sum(rate.begins(date(2027, 1, 1) + timedelta(days=number)) for number in range(365))
    expected = rate.per_year * len(ids) * len(days) / max(1, season)
    return _Chance(kind, ids, days, rate.days, expected)


def draw(programme: Programme, rates: Rates, seed: int, run: int) -> Disruption:
    """Return what goes wrong in the run with this number.

    It depends on seed and number alone, so that it does not matter who draws it, or when.

    Raises:
        LookupError: Nothing can go wrong by these rates.
    """
    possible = chances(programme, rates)
    if not possible:
        raise LookupError("nothing can go wrong by these rates")
    random = Random(f"{seed}:{run}")
    one = random.choices(possible, [chance.expected for chance in possible])[0]
    id = random.choice(one.ids)
    first = random.choice(one.days)
    last = min(first + timedelta(days=one.length - 1), programme.ends)
    return Disruption(run, one.kind, id, first, last)
