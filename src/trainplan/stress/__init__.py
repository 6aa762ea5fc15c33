"""What would go wrong: disruptions drawn at random, each replanned, and what they come to together."""

from __future__ import annotations

from trainplan.stress.draw import draw
from trainplan.stress.rates import Rate, Rates, read_rates
from trainplan.stress.results import Results
from trainplan.stress.runs import Result, Setting, stress
from trainplan.stress.summary import Weakness, weaknesses

__all__ = [
    "Rate",
    "Rates",
    "Result",
    "Results",
    "Setting",
    "Weakness",
    "draw",
    "read_rates",
    "stress",
    "weaknesses",
]
