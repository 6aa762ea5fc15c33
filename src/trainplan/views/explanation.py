"""Why not every seat can be placed, cause by cause, and the ways out of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import RenderableType
from rich.text import Text

from trainplan.explain.line import Line
from trainplan.explain.result import Cause, Explanation, Fix
from trainplan.findings import Place
from trainplan.views.console import Screen
from trainplan.views.text import hanging, line
from trainplan.words import listed

Cell = Callable[[Line], str]

UNPROVED = "not proved to be smallest in the time: some lines may not be needed"
UNCHECKED = "not checked against everything else in the time"


def explanation(title: str, told: Explanation, cell: Cell, screen: Screen) -> Iterator[RenderableType]:
    """Yield the whole answer.

    Args:
        title: The programme's.
        told: The answer.
        cell: What stands in the cell that a line speaks of; empty where that is not known.
        screen: Where.
    """
    yield hanging(
        screen, "", line((title, "bold"), ": ", (_verdict(told), "bold"), f" ({told.seconds:.1f} s).")
    )
    for number, cause in enumerate(told.causes):
        yield from _cause(told, number, cause, cell, screen)
    if told.causes:
        if not screen.plain:
            yield Text()
        yield from (hanging(screen, "", line(text)) for text in _end(told))


def _verdict(told: Explanation) -> str:
    start = "stopped early: " if told.interrupted else ""
    if told.verdict == "possible":
        return "nothing stands in the way: every seat can be placed"
    if told.verdict == "unsettled":
        return f"{start}not settled whether every seat can be placed; nothing was found to stand in the way"
    causes = f"{len(told.causes):,} causes" if len(told.causes) > 1 else "a cause"
    return f"{start}not every seat can be placed, and that is proved; {causes} found"


def _cause(
    told: Explanation, number: int, cause: Cause, cell: Cell, screen: Screen
) -> Iterator[RenderableType]:
    count = len(told.causes)
    name = f"Cause {number + 1} of {count}" if count > 1 else "A cause"
    fixes = [(at, fix) for at, fix in enumerate(told.fixes, 1) if number in fix.causes]
    if screen.plain:
        yield from (Text(text) for text in _plainly(number + 1, cause, fixes, cell))
        return
    yield Text()
    because = f": {cause.because}." if cause.because else "."
    yield hanging(screen, "", line((name, "bold"), because))
    for text in _alike(cause):
        yield hanging(screen, "", line(text))
    yield hanging(
        screen, "", line("These can't all hold:" if cause.verified else f"These can't all hold ({UNPROVED}):")
    )
    for one in cause.lines:
        yield hanging(screen, f"  {screen.glyphs.bullet} ", _line(one, cell))
    if not fixes:
        yield hanging(screen, "", line("No single change was found that is a way out of it."))
        return
    yield hanging(screen, "", line("Any one of these is a way out, the least effort first:"))
    width = len(str(len(told.fixes)))
    for at, fix in fixes:
        text = fix.change.message if fix.verified else f"{fix.change.message} ({UNCHECKED})"
        yield hanging(screen, f"  {at:>{width}}. ", line(text))


def _line(one: Line, cell: Cell) -> Text:
    where = spot(one.place, cell(one)) if one.place is not None else ""
    return line((f"{where}: ", "dim") if where else "", one.message)


def spot(place: Place, text: str) -> str:
    """Return a place with what stands there: ``groups.csv row 3, max_away 20%``."""
    if not place.column:
        return str(place)
    row = f" row {place.row}" if place.row else ""
    return f"{place.file}{row}, {place.column}{f' {text}' if text else ''}"


def _alike(cause: Cause) -> Iterator[str]:
    if cause.alike:
        courses = listed(sorted({course for course, _ in cause.alike}))
        groups = listed([group for _, group in sorted(cause.alike)])
        yield f"The same stands in the way of {groups} in {courses}."


def _plainly(number: int, cause: Cause, fixes: list[tuple[int, Fix]], cell: Cell) -> Iterator[str]:
    if cause.because:
        yield line(f"cause {number}: because: {cause.because}").plain
    for text in _alike(cause):
        yield line(f"cause {number}: {text}").plain
    for one in cause.lines:
        yield line(f"cause {number}: ").plain + _line(one, cell).plain
    if not cause.verified:
        yield f"cause {number}: {UNPROVED}"
    for at, fix in fixes:
        sure = "" if fix.verified else f" ({UNCHECKED})"
        yield line(f"cause {number}: fix {at}: {fix.change.message}{sure}").plain


def _end(told: Explanation) -> Iterator[str]:
    count = len(told.causes)
    if all(cause.verified for cause in told.causes):
        each = "Each is" if count > 1 else "It is"
        yield f"{each} a smallest cause: without any one of its lines the rest can hold. There may be others."
    if told.together:
        *most, last = (str(at + 1) for at in told.together)
        numbers = f"{', '.join(most)} and {last}" if most else last
        if most:
            yield f"Together, fixes {numbers} make room for everything; that was solved and checked."
        else:
            yield f"Fix {last} alone makes room for everything; that was solved and checked."
    elif count > 1 and told.searched:
        yield "Each fix mends its own cause; no set with a fix for each mends all."
    elif count > 1:
        yield "Each fix mends its own cause; no set of them that mends all was found in the time."
    if told.rest:
        seats = "All other seats" if count else "All seats"
        yield f"{seats} can be placed together."
    elif not told.complete:
        yield "Time ran out: there may be more causes, which a longer --time-limit would show."
