"""Two schedules side by side: which sessions differ, what each goal comes to, who is away and who is busy.

Nothing in here asks the solver. The two sides may have a programme each, so that one schedule can be held
against two programmes.
"""

from __future__ import annotations

from trainplan.compare.comparison import Comparison, Side, compare

__all__ = ["Comparison", "Side", "compare"]
