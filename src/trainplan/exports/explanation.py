"""An explanation as a JSON document has it."""

from __future__ import annotations

from typing import Any

from trainplan.explain.line import Line
from trainplan.explain.result import Cause, Explanation, Fix
from trainplan.rules.base import About


def record(told: Explanation) -> dict[str, Any]:
    """Return the fields of ``explain --json``; causes and fixes are numbered from 1 in the order given."""
    return {
        "verdict": told.verdict,
        "interrupted": told.interrupted,
        "complete": told.complete,
        "rest": told.rest,
        "causes": [_cause(one) for one in told.causes],
        "fixes": [_fix(number, one) for number, one in enumerate(told.fixes, 1)],
        "together": [at + 1 for at in told.together],
        "searched": told.searched,
        "seconds": round(told.seconds, 3),
        "seconds_to_first": None if told.first is None else round(told.first, 3),
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "because": cause.because or None,
        "lines": [_line(one) for one in cause.lines],
        "verified": cause.verified,
        "alike": [{"course": course, "group": group} for course, group in sorted(cause.alike)],
    }


def _line(one: Line) -> dict[str, Any]:
    place = one.place
    return {
        "rule": one.rule,
        "about": about(one.about),
        "message": one.message,
        "place": place and {"file": place.file, "row": place.row or None, "column": place.column or None},
    }


def _fix(number: int, fix: Fix) -> dict[str, Any]:
    return {
        "number": number,
        "message": fix.change.message,
        "about": about(fix.change.about),
        "column": fix.change.column,
        "from": _value(fix.change.old),
        "to": _value(fix.change.new),
        "verified": fix.verified,
        "cause": fix.cause + 1,
        "also": [number + 1 for number in fix.also],
        "effort": round(fix.change.effort, 2),
    }


def about(what: About) -> str:
    """Return what something is about as closures.csv would name it: ``group:police``, ``all``."""
    return f"{what.kind}:{what.id}" if what.id else what.kind


def _value(text: str) -> str | int | None:
    if text.isascii() and text.isdigit():
        return int(text)
    return text or None
