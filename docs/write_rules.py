"""Writes rules.md from the rules and goals themselves: ``python docs/write_rules.py``."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path

from trainplan.goals import GOALS
from trainplan.rules import RULES

PAGE = Path(__file__).with_name("rules.md")

HEAD = """\
<!-- Written by docs/write_rules.py from the rules themselves. Change those, then run it again. -->

# Rules and goals

A schedule that breaks a rule has a conflict: `trainplan check` names it, and `trainplan generate` never
writes one. Goals say which of the schedules that break no rule is the best; a programme puts them in
order (`goals` in programme.toml), the most important first.
"""


def manual() -> str:
    """Return the whole page as Markdown."""
    parts = [HEAD, "## Rules\n", _table((rule.name, rule.states) for rule in RULES)]
    parts += [_entry(rule.name, rule, ("Breach", "What to do")) for rule in RULES]
    parts += ["## Goals\n\nSmaller is better.\n", _table((goal.name, goal.states) for goal in GOALS.values())]
    parts += [_entry(goal.name, goal, ("Example",)) for goal in GOALS.values()]
    return "\n".join(parts)


def sections(thing: object, labels: Iterable[str]) -> dict[str, str]:
    """Return the parts of a class's docstring: its text under ``""``, then each labelled paragraph.

    Raises:
        LookupError: One of the labels is missing.
    """
    paragraphs = (inspect.getdoc(type(thing)) or "").split("\n\n")
    found: dict[str, str] = {}
    for label in labels:
        marked = [one for one in paragraphs if one.startswith(f"{label}: ")]
        if len(marked) != 1:
            raise LookupError(
                f"{type(thing).__name__} has {len(marked)} paragraphs that begin with {label!r}"
            )
        found[label] = " ".join(marked[0].removeprefix(f"{label}: ").split())
        paragraphs.remove(marked[0])
    return {"": "\n\n".join(paragraphs).replace("``", "`"), **found}


def _entry(name: str, thing: object, labels: tuple[str, ...]) -> str:
    text = sections(thing, labels)
    lines = [f"### {name}\n", text[""] + "\n"]
    for label in labels:
        told = text[label].replace("``", "`")
        lines.append(f"{label}:\n\n> {told}\n" if label == "Breach" else f"{label}: {told}\n")
    return "\n".join(lines)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(
        ["| name | in a sentence |\n| --- | --- |\n", *(f"| [{a}](#{a}) | {b} |\n" for a, b in rows)]
    )


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
