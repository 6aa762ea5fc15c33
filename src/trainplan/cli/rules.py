"""``trainplan rules``: what a schedule must keep, and what it can be asked to be good at."""

from __future__ import annotations

from trainplan.cli.codes import Code
from trainplan.cli.options import DebugOption, JsonOption

NAME = "rules"
SHORT = "List the rules and the goals."
HELP = """\b
Examples:
  trainplan rules
  trainplan rules --json

List the rules that every schedule keeps and the goals that programme.toml can ask for.
"""


def run(as_json: JsonOption = False, debug: DebugOption = False) -> int:
    """Show both tables."""
    from trainplan.goals import GOALS
    from trainplan.rules import RULES

    rules = [(one.name, one.states) for one in RULES]
    goals = [(one.name, one.states) for one in GOALS.values()]
    if as_json:
        from trainplan.cli.documents import emit

        emit(
            rules=[{"name": name, "states": states} for name, states in rules],
            goals=[{"name": name, "states": states} for name, states in goals],
        )
        return Code.WELL
    from trainplan.views.catalogue import catalogue
    from trainplan.views.console import standard_output

    screen = standard_output()
    screen.show(catalogue(rules, goals, screen))
    return Code.WELL
