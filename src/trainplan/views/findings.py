"""Findings, rule by rule: what is wrong, with whom, when, and where in the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.text import Text

from trainplan.findings import Finding
from trainplan.views.console import Screen
from trainplan.views.text import blocks, days_in_words, hanging, line, shown
from trainplan.words import dated, many, spanned


def findings(found: Sequence[Finding], screen: Screen, states: Mapping[str, str]) -> Iterator[RenderableType]:
    """Yield ``found``, grouped by rule in the order in which rules first come up.

    On a plain screen each finding is one line that stands by itself.

    Args:
        found: In the order to be shown.
        screen: Where.
        states: The sentence of each rule, by name; a finding of reading has none.
    """
    if screen.plain:
        yield from (Text(_one_line(one)) for one in found)
        return
    by_rule: dict[str, list[Finding]] = {}
    for one in found:
        by_rule.setdefault(one.rule, []).append(one)
    for number, (rule, group) in enumerate(by_rule.items()):
        if number:
            yield Text()
        title = line((rule, "bold"), f" ({len(group)})")
        if rule in states:
            title.append_text(line(f": {states[rule]}"))
        yield hanging(screen, "", title)
        for one in group:
            yield hanging(screen, f"  {screen.glyphs.bullet} ", _told(one, screen))


def summary(found: Sequence[Finding], screen: Screen, what: str) -> Text:
    """Return the count of conflicts and warnings; ``what`` names the thing that was checked."""
    errors = [one for one in found if one.severity == "error"]
    warnings = len(found) - len(errors)
    if not found:
        return hanging(screen, "", line(("No conflicts", "bold green"), f" in {what}."))
    parts = []
    if errors:
        rules = len({one.rule for one in errors})
        parts.append(many(len(errors), "conflict") + (f" of {rules} kinds" if rules > 1 else ""))
    if warnings:
        parts.append(many(warnings, "warning"))
    text = " and ".join(parts) + f" in {what}."
    if not errors:
        text = f"No conflicts, {text}"
    return hanging(screen, "", line((text, "bold red" if errors else "bold yellow")))


def _told(finding: Finding, screen: Screen) -> Text:
    out = Text()
    if finding.severity == "warning":
        out.append("warning: ", style="bold yellow")
    out.append(shown(finding.message))
    # Most messages name sessions and days themselves; only what they leave out is added.
    about = []
    if not all(one in finding.message for one in finding.sessions):
        about.append(", ".join(finding.sessions))
    told = spanned(finding.days) in finding.message or all(
        dated(day) in finding.message for day in finding.days
    )
    if not told:
        about.append(days_in_words(sorted(set(finding.days)), screen.glyphs))
    if finding.place:
        about.append(str(finding.place))
    if about:
        out.append(f" [{shown('; '.join(about))}]", style="dim")
    return out


def _one_line(finding: Finding) -> str:
    parts = [f"{finding.severity} {finding.rule}"]
    if finding.place:
        parts.append(str(finding.place))
    text = f"{': '.join(parts)}: {finding.message}"
    if finding.sessions:
        text += f" [{', '.join(finding.sessions)}]"
    if finding.days:
        spans = [f"{a}..{b}" if a != b else f"{a}" for a, b in blocks(sorted(set(finding.days)))]
        text += f" [{'; '.join(spans)}]"
    return shown(text)
