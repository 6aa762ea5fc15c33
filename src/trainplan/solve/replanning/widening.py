"""More and more is freed, as long as something better is not ruled out."""

from __future__ import annotations

from trainplan.solve.replanning.boards import Boards
from trainplan.solve.replanning.bounds import bound_own_goals, fewest_left_over
from trainplan.solve.replanning.freedom import Freedom, near, pays, whole
from trainplan.solve.replanning.incumbent import Incumbent
from trainplan.solve.replanning.situation import FIRST, Situation
from trainplan.solve.search import Budget


def widen(
    situation: Situation, incumbent: Incumbent, boards: Boards, freedom: Freedom, budget: Budget
) -> None:
    """Free whatever could still pay."""
    if incumbent.best is None or incumbent.value(0) > 0:
        _more_seats(situation, incumbent, boards, freedom, budget)
    if incumbent.best is None:
        return
    every = frozenset(situation.movable)
    if (
        incumbent.value(0) <= incumbent.bounds[0]
        and incumbent.value(1) > incumbent.bounds[1]
        and budget.left > 0
    ):
        # Others may change rooms or instructors with the broken ones; none of them moves.
        boards.solve(Freedom(freedom.anew, every, freedom.more), share=0.25)
    for _ in range(3):
        if incumbent.value(0) > incumbent.bounds[0] or budget.left <= 0 or budget.stop.is_set():
            return
        gap = incumbent.value(1) - incumbent.bounds[1]
        if gap <= 0:
            return
        moving = pays(situation, incumbent.value(1) - incumbent.alone - 1)
        wide = Freedom(freedom.anew | moving, every, frozenset(situation.programme.courses))
        cost = incumbent.value(1)
        exact = boards.solve(wide, share=0.6)
        if exact is not None and whole(situation, wide):
            # Whatever is not on the board costs at least as much as the best there was.
            least = min(cost if exact.barren else exact.bounds[1], incumbent.value(1))
            incumbent.note_bound(1, least, [incumbent.value(0)])
        if exact is None or incumbent.value(1) >= cost:
            return


def _more_seats(
    situation: Situation, incumbent: Incumbent, boards: Boards, freedom: Freedom, budget: Budget
) -> None:
    """Place seats that the smallest freedom leaves out, if they can be placed."""
    movable = situation.movable
    if incumbent.best is not None and boards.time_to_post():
        incumbent.note_bound(0, fewest_left_over(situation, budget))
    reach = 8
    while budget.left > 0 and (incumbent.best is None or incumbent.value(0) > incumbent.bounds[0]):
        around = freedom.anew | near(situation, freedom, reach)
        if around.issuperset(movable) or incumbent.best is None:
            break
        courses = {movable[id].course for id in around}
        boards.solve(Freedom(around, frozenset(), freedom.more | courses), share=0.3)
        reach *= 2
    if budget.left > 0 and (incumbent.best is None or incumbent.value(0) > incumbent.bounds[0]):
        everything = Freedom(frozenset(movable), frozenset(movable), frozenset(situation.programme.courses))
        exact = boards.solve(everything, share=0.8)
        if exact is not None and whole(situation, everything):
            incumbent.note_bound(0, exact.bounds[0])
            incumbent.impossible = incumbent.best is None and exact.impossible


def polish(
    situation: Situation, incumbent: Incumbent, boards: Boards, freedom: Freedom, budget: Budget
) -> None:
    """Better the programme's own goals with what has to change anyway; nothing else is touched."""
    best = incumbent.best
    if len(situation.goals) == len(FIRST) or budget.left <= 0 or best is situation.stands:
        return
    assert best is not None
    now = {one.id: one for one in best.live}
    changed = {id for id, one in situation.movable.items() if now.get(id) is not one}
    fuller = freedom.here if freedom.here != frozenset(situation.movable) else frozenset[str]()
    known = {one.id for one in situation.before.sessions}
    more = freedom.more | {one.course for one in best.live if one.id not in known}
    boards.solve(Freedom(frozenset(changed), fuller - changed, more), 0.4, own=True)
    bound_own_goals(situation, incumbent, boards, freedom)
