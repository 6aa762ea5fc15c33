"""Several programmes that differ in a few cells, planned at the same time and set side by side."""

from __future__ import annotations

from trainplan.scenarios.plan_all import Planned, cheapest, plan_all
from trainplan.scenarios.read import Scenario, Wanted, read_scenarios

__all__ = ["Planned", "Scenario", "Wanted", "cheapest", "plan_all", "read_scenarios"]
