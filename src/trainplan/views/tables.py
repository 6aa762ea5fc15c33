"""Tables that lose nothing: in columns where they fit, as one record below the other where they don't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from trainplan.views.console import Screen
from trainplan.views.text import hanging, line, shown

Cell = str | Text
GAP = 2


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        header: Its heading; in records the label of the value.
        right: Numbers stand at the right.
        wraps: Its text may go on in further lines, between words, down to this width; 0: it may not.
        spare: It may be left out where the table would not fit with it (never on a plain screen).
    """

    header: str
    right: bool = False
    wraps: int = 0
    spare: bool = False


def table(
    screen: Screen, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
) -> Iterator[RenderableType]:
    """Yield a table of ``rows`` that fits ``screen``.

    A ``str`` is somebody's text and made harmless; a ``Text`` is taken as it is. A column that is empty in
    every row is left out.
    """
    cells = [[Text(shown(one)) if isinstance(one, str) else one for one in row] for row in rows]
    keep = [number for number in range(len(columns)) if any(row[number].plain for row in cells)]
    columns = [columns[number] for number in keep]
    cells = [[row[number] for number in keep] for row in cells]
    natural = [
        max([cell_len(column.header), *(row[number].cell_len for row in cells)])
        for number, column in enumerate(columns)
    ]
    if screen.plain:
        yield from _lines(columns, cells, natural)
        return
    words = [max(_longest_word(row[number]) for row in cells) for number in range(len(columns))]
    fitted = _fitted(columns, natural, words, screen.width)
    if fitted is None:
        yield from _records(screen, columns, cells)
        return
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, GAP - 1, 0, 0), show_edge=False)
    for number, width in fitted:
        column = columns[number]
        drawn.add_column(
            Text(column.header),
            justify="right" if column.right else "left",
            width=width,
            overflow="fold",
        )
    for row in cells:
        drawn.add_row(*(row[number] for number, _ in fitted))
    yield drawn


def _fitted(
    columns: Sequence[Column], natural: Sequence[int], words: Sequence[int], width: int
) -> list[tuple[int, int]] | None:
    """Return which columns to draw and how wide, or None where no way of it fits."""
    chosen = list(range(len(columns)))
    spare = [number for number, column in enumerate(columns) if column.spare]
    while True:
        room = width - GAP * (len(chosen) - 1)
        if sum(natural[number] for number in chosen) <= room:
            return [(number, natural[number]) for number in chosen]
        if not spare:
            break
        chosen.remove(spare.pop())
    least = {
        number: min(natural[number], max(columns[number].wraps, words[number]))
        if columns[number].wraps
        else natural[number]
        for number in chosen
    }
    over = room - sum(least.values())
    if over < 0:
        return None
    # The room that is left goes first to the columns that need little to be whole.
    for done, number in enumerate(sorted(chosen, key=lambda one: natural[one] - least[one])):
        more = min(natural[number] - least[number], over // (len(chosen) - done))
        least[number] += more
        over -= more
    return [(number, least[number]) for number in chosen]


def _longest_word(text: Text) -> int:
    return max((cell_len(word) for word in text.plain.split()), default=0)


def _lines(
    columns: Sequence[Column], cells: Sequence[Sequence[Text]], natural: Sequence[int]
) -> Iterator[Text]:
    for row in ([column.header for column in columns], *([cell.plain for cell in row] for row in cells)):
        padded = [
            " " * (width - cell_len(text)) + text if column.right else text + " " * (width - cell_len(text))
            for text, width, column in zip(row, natural, columns, strict=True)
        ]
        yield Text((" " * GAP).join(padded).rstrip())


def _records(screen: Screen, columns: Sequence[Column], cells: Sequence[Sequence[Text]]) -> Iterator[Text]:
    label = max(cell_len(column.header) for column in columns[1:])
    for row in cells:
        first = row[0].copy()
        first.stylize("bold")
        yield hanging(screen, "", first)
        for column, cell in zip(columns[1:], row[1:], strict=True):
            if cell.plain:
                yield hanging(screen, f"  {column.header.ljust(label)}  ", cell)


def note(screen: Screen, text: str) -> Text:
    """Return a sentence below a table."""
    return hanging(screen, "", line(text))
