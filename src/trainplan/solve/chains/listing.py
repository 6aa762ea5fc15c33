"""Serial schedule generation: tasks one after another, each as early (or as late) as what is left allows.

A pass over a hundred tasks takes less than a millisecond. A schedule is then pushed to the right and back to
the left (justification: V. Valls, F. Ballestín, S. Quintanilla, 2005), which shortens it more often than not.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from random import Random

from trainplan.solve.chains.packed import Profile
from trainplan.solve.chains.tasks import Chains

Starts = list[int]  # the first slot of each task
Picks = list[tuple[int, ...]]  # the resources that meet each task's needs, unit by unit


class Lister:
    """List scheduling of one set of chains.

    Attributes:
        heads: The earliest start of each task that orders and windows leave.
        before: The tasks that come right before each one.
        behind: The tasks that come right behind each one.
    """

    def __init__(self, chains: Chains, random: Random, slots: int | None = None) -> None:
        """Prepare arrays; nothing is placed yet.

        Args:
            chains: The tasks.
            random: Where chance comes from.
            slots: How much of the axis to use; all of it if left out. The less, the faster.
        """
        self._random = random
        tasks = chains.tasks
        self.slots = slots if slots is not None else len(chains.axis)
        self.lengths = [task.length for task in tasks]
        self._profile = profile = Profile([one.capacity for one in chains.resources], self.slots)
        wanted = [0] * len(chains.resources)
        for task in tasks:
            for resource, amount in task.uses.items():
                wanted[resource] += amount
            for need in task.needs:
                for choice in need.choices:
                    wanted[choice.resource] += need.amount
        self._sought = wanted
        scarce = [total > one.capacity for total, one in zip(wanted, chains.resources, strict=True)]
        self._capacity = [one.capacity for one in chains.resources]
        # What asks for more than there is can't be placed: it may begin nowhere.
        fits = [all(most <= self._capacity[one] for one, most in task.uses.items()) for task in tasks]
        self._uses = [
            [(one, most) for one, most in task.uses.items() if scarce[one] and fitting]
            for task, fitting in zip(tasks, fits, strict=True)
        ]
        ends = [(1 << max(0, self.slots - task.length + 1)) - 1 for task in tasks]
        self._needs = [
            [
                [(choice.resource, profile.tops(choice.starts & end)) for choice in need.choices]
                for need in task.needs
                for _ in range(need.amount)
            ]
            for task, end in zip(tasks, ends, strict=True)
        ]
        self._allowed = [
            profile.tops(task.starts & end if fitting else 0)
            for task, end, fitting in zip(tasks, ends, fits, strict=True)
        ]
        self.before: list[list[int]] = [[] for _ in tasks]
        self.behind: list[list[int]] = [[] for _ in tasks]
        self._plain: list[list[int]] = [[] for _ in tasks]
        self._lagged: list[list[tuple[int, Sequence[int], Sequence[int]]]] = [[] for _ in tasks]
        self.justifies = True
        for link in chains.links:
            self.before[link.then].append(link.first)
            self.behind[link.first].append(link.then)
            if link.order.at_least is None and link.order.at_most is None:
                self._plain[link.then].append(link.first)
            else:
                # Pushed to the right a session could leave those behind it waiting too long.
                self.justifies = False
                self._lagged[link.then].append(
                    (link.first, chains.soonest(link.order), chains.latest(link.order))
                )
        self._order = self._sorted()
        self.heads = self._heads()

    def _sorted(self) -> list[int]:
        left = [len(one) for one in self.before]
        ready = [task for task, missing in enumerate(left) if not missing]
        for task in ready:
            for then in self.behind[task]:
                left[then] -= 1
                if not left[then]:
                    ready.append(then)
        return ready

    def _heads(self) -> list[int]:
        heads = [0] * len(self.lengths)
        width = self._profile.width
        for task in self._order:
            soonest, _ = self._between(task, heads)
            rest = self._allowed[task] >> (soonest * width)
            heads[task] = soonest + ((rest & -rest).bit_length() - 1) // width if rest else self.slots
        return heads

    def tails(self) -> list[int]:
        """Return for each task the slots that must pass from its start to the end, at least."""
        tails = list(self.lengths)
        for task in reversed(self._order):
            for then in self.behind[task]:
                tails[task] = max(tails[task], self.lengths[task] + tails[then])
        return tails

    def _between(self, task: int, starts: Sequence[int]) -> tuple[int, int]:
        """Return the first and the last slot in which those before a task let it begin."""
        soonest, latest = 0, self.slots
        for first in self._plain[task]:
            over = starts[first] + self.lengths[first]
            if over > soonest:
                soonest = over
        for first, sooner, later in self._lagged[task]:
            last = starts[first] + self.lengths[first] - 1
            if last >= self.slots:
                return self.slots, -1
            soonest, latest = max(soonest, sooner[last]), min(latest, later[last])
        return soonest, latest

    def ordered(self, urgency: Sequence[float]) -> list[int]:
        """Return the tasks so that each comes after those before it, the most urgent (least) first."""
        left = [len(one) for one in self.before]
        ready: list[tuple[float, int]] = []
        for task, missing in enumerate(left):
            if not missing:
                heappush(ready, (urgency[task], task))
        listed = []
        while ready:
            _, task = heappop(ready)
            listed.append(task)
            for then in self.behind[task]:
                left[then] -= 1
                if not left[then]:
                    heappush(ready, (urgency[then], then))
        return listed

    def left(self, order: Sequence[int]) -> tuple[Starts, Picks] | None:
        """Place tasks as early as possible, in an order that keeps each behind those before it."""
        profile, width, lengths = self._profile, self._profile.width, self.lengths
        profile.clear()
        starts, picks = [0] * len(lengths), [()] * len(lengths)  # type: tuple[Starts, Picks]
        for task in order:
            soonest, latest = self._between(task, starts)
            length = lengths[task]
            free = profile.enough(self._uses[task], length, self._allowed[task]) >> (soonest * width)
            if self._needs[task]:
                found = self._met(task, free, soonest, 1)
                if found is None or found[0] > latest:
                    return None
                start, picks[task] = found
            else:
                if not free:
                    return None
                start = soonest + ((free & -free).bit_length() - 1) // width
                if start > latest:
                    return None
            starts[task] = start
            self._take(task, start, picks[task])
        return starts, picks

    def right(self, order: Sequence[int], until: int) -> tuple[Starts, Picks] | None:
        """Place tasks as late as possible before ``until``, in an order that has what is behind first."""
        profile, width, lengths = self._profile, self._profile.width, self.lengths
        profile.clear()
        starts, picks = [0] * len(lengths), [()] * len(lengths)  # type: tuple[Starts, Picks]
        for task in order:
            length = lengths[task]
            latest = until
            for then in self.behind[task]:
                if starts[then] < latest:
                    latest = starts[then]
            latest -= length
            if latest < 0:
                return None
            free = profile.enough(self._uses[task], length, self._allowed[task])
            free &= (1 << ((latest + 1) * width)) - 1
            if self._needs[task]:
                found = self._met(task, free, 0, -1)
                if found is None:
                    return None
                start, picks[task] = found
            else:
                if not free:
                    return None
                start = (free.bit_length() - 1) // width
            starts[task] = start
            self._take(task, start, picks[task])
        return starts, picks

    def _take(self, task: int, start: int, picked: tuple[int, ...]) -> None:
        length, take = self.lengths[task], self._profile.take
        for resource, amount in self._uses[task]:
            take(resource, amount, start, length)
        for resource in picked:
            take(resource, 1, start, length)

    def _met(self, task: int, free: int, shift: int, way: int) -> tuple[int, tuple[int, ...]] | None:
        """Return the first (``way`` 1) or last start in ``free`` with every need met, and by what."""
        profile, length, width = self._profile, self.lengths[task], self._profile.width
        options = []
        for need in self._needs[task]:
            open_to = [(one, profile.free(one, 1, length, starts) >> (shift * width)) for one, starts in need]
            some = 0
            for _, starts in open_to:
                some |= starts
            free &= some
            options.append(open_to)
        while free:
            bit = free & -free if way > 0 else 1 << (free.bit_length() - 1)
            start = shift + (bit.bit_length() - 1) // width
            picked = self._pick(task, options, bit, start)
            if picked is not None:
                return start, picked
            free ^= bit
        return None

    def _pick(
        self, task: int, options: Sequence[Sequence[tuple[int, int]]], bit: int, start: int
    ) -> tuple[int, ...] | None:
        """Choose a resource for each need in one slot, those first that few others ask for."""
        picked: list[int] = []
        taken = dict(self._uses[task])
        for need in options:
            able = [
                one
                for one, starts in need
                if starts & bit
                and (one not in taken or self._spare(one, taken[one] + 1, start, self.lengths[task]))
            ]
            if not able:
                return None
            one = min(able, key=lambda it: self._sought[it] * (0.5 + self._random.random()))
            taken[one] = taken.get(one, 0) + 1
            picked.append(one)
        return tuple(picked)

    def _spare(self, resource: int, amount: int, start: int, length: int) -> bool:
        top = 1 << ((start + 1) * self._profile.width - 1)
        return amount <= self._capacity[resource] and bool(self._profile.free(resource, amount, length, top))
