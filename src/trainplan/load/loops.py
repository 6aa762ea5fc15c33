"""Finding things that come before, or are part of, themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def loops(leads_to: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return loops of a graph, each closing at another node; none only if it has none.

    Where nothing leads to more than one thing, these are all its loops. Works without recursion, however
    long a chain.
    """
    found: list[tuple[str, ...]] = []
    finished: set[str] = set()
    for start in leads_to:
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, depth = stack.pop()
            while len(path) > depth:
                gone = path.pop()
                del on_path[gone]
                finished.add(gone)
            if node in on_path:
                loop = path[on_path[node] :]
                if all(node != known[0] for known in found):
                    found.append(tuple(loop))
                continue
            if node in finished:
                continue
            on_path[node] = len(path)
            path.append(node)
            stack += [(after, len(path)) for after in reversed(leads_to.get(node, ()))]
        finished.update(path)
    return found
