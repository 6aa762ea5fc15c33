"""From seats that can't be dealt to the few that can't be dealt even alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainplan.attendance.puzzle import Puzzle, binding, puzzle
from trainplan.attendance.settle import Answer, settle
from trainplan.model import Programme, Session


class Shrinking:
    """Takes seats away while what is left still can't be dealt.

    Seats of a course that others come after stay on offer when they need not be filled any more: without
    them nobody could go on, and everything would look impossible.
    """

    def __init__(self, programme: Programme, group: str, sessions: Sequence[Session], effort: int) -> None:
        """Get ready to shrink the seats of ``group`` in ``sessions`` with at most ``effort``."""
        self.programme = programme
        self.group = group
        self.sessions = sessions
        self.left = effort

    def run(self) -> Mapping[str, int] | None:
        """Return the seats by session id, or None where they can be dealt or that was not settled."""
        whole = puzzle(self.programme, self.group, self.sessions)
        answer = settle(whole, self.left)
        return self.shrunk(whole, answer) if answer.possible is False else None

    def shrunk(self, whole: Puzzle, answer: Answer) -> Mapping[str, int]:
        """Return a few of the seats of ``whole``, which by ``answer`` can't be dealt."""
        if answer.short:
            return {whole.ids[number]: answer.short[number] for number in sorted(answer.short)}
        needs = dict(zip(whole.ids, whole.needs, strict=True))
        # What is smaller should not be harder to refute by much; what is, may be possible after all.
        patience = 1000 + 4 * answer.spent
        step = max(1, len(needs) // 2)
        while step:
            for first in range(0, len(whole.ids), step):
                dropped = whole.ids[first : first + step]
                fewer = {id: seats for id, seats in needs.items() if id not in dropped}
                if len(fewer) < len(needs):
                    needs = self._refuted(fewer, patience) or needs
            step //= 2
        for id in tuple(needs):
            low, high = 1, needs.get(id, 0)
            while low < high:
                middle = (low + high) // 2
                fewer = self._refuted({**needs, id: middle}, patience) or {}
                needs = fewer or needs
                low, high = (low, needs.get(id, 0)) if fewer else (middle + 1, high)
        return needs

    def _refuted(self, needs: dict[str, int], patience: int) -> dict[str, int] | None:
        """Return ``needs`` or still fewer seats if they can't be dealt, None otherwise."""
        wanted = self._wanted(needs)
        sessions = [one for one in self.sessions if one.id in needs or one.course in wanted]
        part = puzzle(self.programme, self.group, sessions, needs)
        answer = settle(part, min(self.left, patience))
        self.left -= answer.spent
        if answer.possible is not False:
            return None
        if answer.short:
            return {part.ids[number]: answer.short[number] for number in sorted(answer.short)}
        return needs

    def _wanted(self, needs: Mapping[str, int]) -> frozenset[str]:
        """Return the courses that come, at any remove, before one of those that must be filled."""
        open_ = [one.course for one in self.sessions if one.id in needs]
        wanted: set[str] = set()
        while open_:
            course = self.programme.courses.get(open_.pop())
            for order in binding(self.programme, course, self.group) if course else ():
                if order.course not in wanted:
                    wanted.add(order.course)
                    open_.append(order.course)
        return frozenset(wanted)
