"""From seats that can't be dealt to the few that can't be dealt even alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainplan.attendance.puzzle import binding, puzzle
from trainplan.attendance.search import Search
from trainplan.model import Programme, Session


class Shrinking:
    """Takes seats away while what is left still can't be dealt.

    Sessions of a course that others come after keep their seats as an offer when they need not be filled
    any more: without them nobody could go on, and everything would look impossible.
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
        needs = dict(zip(whole.ids, whole.needs, strict=True))
        if not self._impossible(needs):
            return None
        step = max(1, len(needs) // 2)
        while step:
            for first in range(0, len(whole.ids), step):
                fewer = {
                    id: seats for id, seats in needs.items() if id not in whole.ids[first : first + step]
                }
                if fewer != needs and self._impossible(fewer):
                    needs = fewer
            step //= 2
        for id in tuple(needs):
            low, high = 1, needs[id]
            while low < high:
                middle = (low + high) // 2
                if self._impossible({**needs, id: middle}):
                    high = middle
                else:
                    low = middle + 1
            needs[id] = high
        return needs

    def _impossible(self, needs: Mapping[str, int]) -> bool:
        wanted = self._wanted(needs)
        sessions = [one for one in self.sessions if one.id in needs or one.course in wanted]
        search = Search(puzzle(self.programme, self.group, sessions, needs), self.left)
        answer = search.run()
        self.left = search.left
        return answer is False

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
