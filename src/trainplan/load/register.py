"""Names that one file defines and others refer to, found again whatever their case and spacing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from trainplan.load.notes import Reason
from trainplan.load.wording import did_you_mean, key, quote

T = TypeVar("T")

# Guessing costs about a millisecond a name. Whoever gets more unknown names than this from one file has
# another problem than spelling.
_GUESSES = 100


class Register:
    """Names of one kind, each kept as it was first written.

    Attributes:
        what: The kind of thing, e.g. ``group``.
        file: Where it is defined.
        complete: False when that file could not be read, so that no name can be called unknown.
    """

    def __init__(self, what: str, file: str, names: Iterable[str] = ()) -> None:
        """Start with ``names`` defined."""
        self.what, self.file = what, file
        self.complete = True
        self._by_key: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        self._guesses: dict[str, str] = {}
        for name in names:
            self.define(name)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in the order of their definition."""
        return tuple(self._by_key.values())

    def define(self, name: str) -> str:
        """Define ``name`` unless it is, and return it as it was first written."""
        self._found.clear()
        return self._by_key.setdefault(key(name), name)

    def find(self, name: str) -> str | None:
        """Return the name as it was defined, or None."""
        if name not in self._found:
            self._found[name] = self._by_key.get(key(name))
        return self._found[name]

    def unknown(self, name: str) -> Reason:
        """Say that there is no such name, and which one was probably meant."""
        if name not in self._guesses:
            guess = did_you_mean(name, self.names) if len(self._guesses) < _GUESSES else ""
            self._guesses[name] = guess
        text = f"{quote(name)} is no {self.what} of {self.file}{self._guesses[name]}"
        return Reason("unknown-id", text)


class Shelf(Register, Generic[T]):
    """A register with the things themselves.

    Attributes:
        things: By id, in the file's order.
        rows: The row that each was read from.
        spoilt: Ids of things that could only be read in part. They are known, so that nothing that
            refers to them is called unknown; but their numbers mean nothing.
    """

    def __init__(self, what: str, file: str) -> None:
        """Start empty."""
        super().__init__(what, file)
        self.things: dict[str, T] = {}
        self.rows: dict[str, int] = {}
        self.spoilt: set[str] = set()

    def taken(self, id: str) -> Reason | None:
        """Say in which row the id is defined already, if it is."""
        first = self.find(id)
        if first is None:
            return None
        return Reason(
            "duplicate-id", f"{quote(id)} is already the {self.what} of row {self.rows.get(first, 0)}"
        )

    def put(self, id: str, thing: T, row: int, spoilt: bool) -> None:
        """Add a thing under a new id."""
        self.define(id)
        self.things[id] = thing
        self.rows[id] = row
        if spoilt:
            self.spoilt.add(id)

    def lose(self, id: str) -> None:
        """Remember the id of a row of which nothing else can be told."""
        if id:
            self.spoilt.add(self.define(id))

    def sound(self) -> tuple[T, ...]:
        """Return the things that were read whole."""
        return tuple(thing for id, thing in self.things.items() if id not in self.spoilt)
