"""Where a class fits: the first place in time that venues, instructors, cover and people leave for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from random import Random

from trainplan.model import Course
from trainplan.solve.construct import class_size
from trainplan.solve.ledger import lag_fits
from trainplan.solve.ruin.people import Cohort, first_served
from trainplan.solve.ruin.stock import Offer, Placed, Stock
from trainplan.solve.ruin.wants import Wants, Weigh, wants
from trainplan.workdays import Placement

Worth = Callable[[Course, Offer, int], tuple[int, ...]]  # what a session of so many seats adds to each goal


class Fitting:
    """Finds places in a stock."""

    def __init__(self, stock: Stock, weigh: Weigh, worth: Worth, random: Random) -> None:
        """Look up once what each course needs."""
        self.stock = stock
        self.random = random
        self._worth = worth
        self.wants = {id: wants(stock, course, weigh) for id, course in stock.programme.courses.items()}

    def place(self, course: Course, groups: Sequence[str], *, full: bool, blink: float) -> Placed | None:
        """Place one session in the first place that fits; None if there is none.

        Args:
            course: Of which course.
            groups: Who may sit in it.
            full: Only as large as it can be; else as small as a class may be.
            blink: How often to pass over a place, 0 to 1: what comes first is not always best.
        """
        stock, needs = self.stock, self.wants[course.id]
        left = stock.left[course.id]
        groups = [group for group in groups if left[group] > 0]
        wanted = sum(left[group] for group in groups)
        if wanted < course.min_class:
            return None
        blocked = self._blocked(needs, groups, wanted, full)
        for offer in needs.choice:
            if offer.mask & blocked or (blink and self.random.random() < blink):
                continue
            placed = self._put(needs, offer, groups, wanted, full)
            if placed is not None:
                return placed
        return None

    def offer(self, course: Course, slots: tuple[int, ...]) -> Offer | None:
        """Return the course's placement in these slots, if it has one."""
        choice = self.wants[course.id].choice
        at = bisect_left(choice, slots, key=lambda one: one.placement.slots)
        return choice[at] if at < len(choice) and choice[at].placement.slots == slots else None

    def dealt(
        self, course: Course, offer: Offer, groups: Mapping[str, int]
    ) -> dict[str, list[tuple[Cohort, int]]] | None:
        """Return people for a session's seats, first come first served; None if there are too few."""
        people = {}
        orders = self.wants[course.id].orders
        for group, seats in groups.items():
            crowd = self.stock.crowds[group]
            ready = crowd.ready(course, offer.placement, offer.mask, orders[group], self._day)
            if sum(one.people for one in ready) < seats:
                return None
            if seats:
                people[group] = _chosen(ready, seats, ordered=bool(orders[group]))
        return people

    def _blocked(self, needs: Wants, groups: Sequence[str], wanted: int, full: bool) -> int:
        """Return slots in which no session can be, one bit each; others may still turn out to be no good."""
        stock, course = self.stock, needs.course
        blocked = 0
        largest = course.max_class
        if course.features is not None:
            if not needs.kinds:
                return (1 << stock.slots) - 1
            blocked = (1 << stock.slots) - 1
            for number, _ in needs.kinds:
                blocked &= stock.rooms[number].full
            if len(needs.kinds) > 1:
                full = False  # how full is full depends on the venue
            largest = min(largest, max(capacity for _, capacity in needs.kinds))
        for _, pools in needs.roles:
            none = (1 << stock.slots) - 1
            for number, _ in pools:
                none &= stock.staff[number].full
            blocked |= none
        if len(groups) == 1:
            group = groups[0]
            size = class_size(wanted, course, largest) if full else course.min_class
            blocked |= stock.shut[group]
            for whole in stock.above[group]:
                blocked |= stock.cover[whole].blocked(size)
        return blocked

    def _put(
        self, needs: Wants, offer: Offer, groups: Sequence[str], wanted: int, full: bool
    ) -> Placed | None:
        stock, course = self.stock, needs.course
        if course.parallel is not None and any(
            stock.running[course.id, day] >= course.parallel for day in offer.days
        ):
            return None
        if not self._in_order(needs, offer.placement):
            return None
        kind, room = None, course.max_class
        if course.features is not None:
            best: tuple[int, int] | None = None
            for number, capacity in needs.kinds:
                if not stock.rooms[number].full & offer.mask:
                    rank = (-min(capacity, course.max_class, wanted), capacity)
                    if best is None or rank < best:
                        best, kind, room = rank, number, min(course.max_class, capacity)
            if kind is None:
                return None
        size = class_size(wanted, course, room)
        teams = self._teams(needs, offer)
        if teams is None:
            return None
        people = self._seated(needs, offer, groups, size, size if full else course.min_class)
        got = sum(seats for chosen in people.values() for _, seats in chosen)
        if 0 < wanted - got < course.min_class <= wanted - course.min_class and got > course.min_class:
            # Too few would be left for a class: leave just enough.
            people = self._seated(needs, offer, groups, wanted - course.min_class, course.min_class)
            got = sum(seats for chosen in people.values() for _, seats in chosen)
        if got < course.min_class or (full and got < size) or 0 < wanted - got < course.min_class:
            return None
        return stock.put(course, offer, kind, teams, people, self._worth(course, offer, got))

    def _in_order(self, needs: Wants, placement: Placement) -> bool:
        """Say whether all of what must be over before is, and the session before all that waits for it."""
        stock, day = self.stock, self.stock.calendar.day
        for order in needs.wholes:
            before = stock.of_course[order.course]
            if before:
                last = max(one.offer.placement.last for one in before.values())
                lag = (day(placement.first) - day(last)).days
                if placement.first <= last or not lag_fits(order.at_least, order.at_most, lag):
                    return False
        for later, order in stock.waiting.get(needs.course.id, ()):
            for one in stock.of_course[later].values():
                begun = one.offer.placement
                lag = (day(begun.first) - day(placement.last)).days
                if begun.first <= placement.last or not lag_fits(order.at_least, None, lag):
                    return False
        return True

    def _seated(
        self, needs: Wants, offer: Offer, groups: Sequence[str], size: int, least: int
    ) -> dict[str, list[tuple[Cohort, int]]]:
        """Choose people for a class, each seat from the group that has the most left to place.

        Nobody is chosen where it is plain that fewer than ``least`` can be spared.
        """
        stock, course = self.stock, needs.course
        left = stock.left[course.id]
        if len(groups) == 1:
            return self._seated_alone(needs, offer, groups[0], size, least)
        ready: dict[str, list[Cohort]] = {}
        able: dict[str, int] = {}
        slack: dict[str, int] = {}  # of each group, and of every umbrella above it
        spared: dict[str, int] = {}
        for group in groups:
            if stock.shut[group] & offer.mask:
                continue
            for whole in stock.above[group]:
                if whole not in slack:
                    slack[whole] = stock.cover[whole].slack(offer.placement)
            most = min([slack[whole] for whole in stock.above[group]])
            if most > 0:
                spared[group] = min(most, left[group])
        if sum(spared.values()) < least:
            return {}
        for group, most in spared.items():
            cohorts = stock.crowds[group].ready(
                course, offer.placement, offer.mask, needs.orders[group], self._day
            )
            ready[group] = cohorts
            able[group] = min(most, sum([one.people for one in cohorts]))
        shares = self._shares(slack, able, left, size)
        people: dict[str, list[tuple[Cohort, int]]] = {}
        for group, seats in shares.items():
            chosen = _chosen(ready[group], seats, ordered=bool(needs.orders[group]))
            if chosen:
                people[group] = chosen
        return people

    def _seated_alone(
        self, needs: Wants, offer: Offer, group: str, size: int, least: int
    ) -> dict[str, list[tuple[Cohort, int]]]:
        """Choose people of one group for a class."""
        stock = self.stock
        if stock.shut[group] & offer.mask:
            return {}
        slack = min([stock.cover[whole].slack(offer.placement) for whole in stock.above[group]])
        seats = min(size, slack, stock.left[needs.course.id][group])
        if seats < least:
            return {}
        orders = needs.orders[group]
        cohorts = stock.crowds[group].ready(needs.course, offer.placement, offer.mask, orders, self._day)
        seats = min(seats, sum([one.people for one in cohorts]))
        return {group: _chosen(cohorts, seats, ordered=bool(orders))} if seats else {}

    def _day(self, slot: int) -> int:
        return slot // self.stock.calendar.periods

    def _shares(
        self, slack: Mapping[str, int], able: Mapping[str, int], left: Mapping[str, int], size: int
    ) -> dict[str, int]:
        """Divide a class among groups that can spare people, umbrellas above them heeded."""
        above, spare = self.stock.above, dict(slack)
        taken = dict.fromkeys(able, 0)
        open_to = [group for group, seats in able.items() if seats]
        while size > 0 and open_to:
            group = max(open_to, key=lambda one: left[one] - taken[one])
            if any(spare[whole] <= 0 for whole in above[group]):
                open_to.remove(group)
                continue
            taken[group] += 1
            size -= 1
            for whole in above[group]:
                spare[whole] -= 1
            if taken[group] == able[group]:
                open_to.remove(group)
        return {group: seats for group, seats in taken.items() if seats}

    def _teams(self, needs: Wants, offer: Offer) -> tuple[tuple[int, int], ...] | None:
        """Choose instructors for every role, the least versatile first; it may miss a way."""
        if not needs.roles:
            return ()
        stock = self.stock
        ends = offer.days[-1]
        taken: dict[int, int] = {}
        for count, pools in needs.roles:
            short = count
            for number, until in pools:
                if until is not None and until < ends:
                    continue
                pile = stock.staff[number]
                if pile.full & offer.mask or not self._has_days(number, offer):
                    continue
                free = 1 if short == 1 and number not in taken else pile.free(offer.placement, offer.mask)
                got = min(short, free - taken.get(number, 0))
                if got > 0:
                    taken[number] = taken.get(number, 0) + got
                    short -= got
                    if not short:
                        break
            if short:
                return None
        return tuple(taken.items())

    def _has_days(self, pool: int, offer: Offer) -> bool:
        limit = self.stock.limits.get(pool)
        if limit is None:
            return True
        worked = self.stock.worked
        for week, days in offer.weeks:
            before = worked.get((pool, week))
            if len(days) + (len(before.keys() - days) if before else 0) > limit:
                return False
        return True


def _chosen(cohorts: Sequence[Cohort], seats: int, *, ordered: bool) -> list[tuple[Cohort, int]]:
    """Choose people; where nobody has waited longer than others, whole cohorts before parts of one."""
    if not ordered:
        for cohort in cohorts:
            if cohort.people == seats:
                return [(cohort, seats)]
    return first_served(cohorts, seats)
