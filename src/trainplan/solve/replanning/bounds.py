"""What no schedule undercuts: in changes, in seats left over and in the programme's own goals."""

from __future__ import annotations

from trainplan.model import Schedule
from trainplan.solve.bound import Relaxation
from trainplan.solve.leeway import HELD
from trainplan.solve.posted import posted
from trainplan.solve.replanning.boards import Boards
from trainplan.solve.replanning.freedom import Freedom, leeway_of, pays, whole
from trainplan.solve.replanning.incumbent import Incumbent
from trainplan.solve.replanning.situation import Situation
from trainplan.solve.search import Budget
from trainplan.solve.strengthen import once_every_seat_is_placed
from trainplan.workdays import Placement

QUICKLY = 2_500  # places of all courses and groups for which bounding every goal takes a moment


def least_alone(situation: Situation, broken: frozenset[str], budget: Budget) -> int:
    """Return what the sessions cost at least, each by itself: a sum that no schedule undercuts."""
    movable = situation.movable
    freedom = Freedom(broken, frozenset(movable))
    nowhere: dict[str, list[Placement]] = {id: [] for id in situation.programme.courses}
    leeway = leeway_of(situation, freedom)
    board, _ = posted(situation.calendar, (), situation.before, budget, nowhere, leeway)
    crews = {
        (crew.session.id, crew.placement): {id for pool in crew.pools for id in pool}
        for crew in board.crews
        if crew.session is not None
    }
    cheapest: dict[str, int] = {}
    for run in board.runs:
        session = run.lot.session
        if session is None or session.id not in movable:
            continue
        teach = crews.get((session.id, run.placement), set())
        price = sum(id not in teach for id in session.instructors)
        price += 0 if run.lot.own in run.kinds else 3
        if run.placement != situation.own(session):
            price += 10 + sum(session.groups.values())
        else:
            price += sum(seats for id, seats in session.groups.items() if id not in run.groups)
        cheapest[session.id] = min(cheapest.get(session.id, price), price)
    free = whole(situation, freedom)
    total = 0
    for one in situation.before.ahead:
        gone = 30 + sum(one.groups.values())
        if one.id not in movable:
            total += gone if one.id not in situation.fixed else 0
        elif one.id in broken and free:
            total += min(cheapest.get(one.id, gone), gone)
        else:
            total += min(cheapest.get(one.id, gone - 20), gone - 20)
    return total


def fewest_left_over(situation: Situation, budget: Budget) -> int | None:
    """Return how few seats stay unplaced at least, by the relaxation of a board without names."""
    programme, stands = situation.programme, situation.stands
    candidates = {id: situation.choice(course) for id, course in programme.courses.items()}
    for one in situation.movable.values():
        if one.slots:
            place = situation.own(one)
            if place not in candidates[one.course]:
                candidates[one.course] = sorted([*candidates[one.course], place])
    leeway = {
        one.id: HELD for one in stands.live if one.id in situation.fixed and one.course in programme.courses
    }
    facts = Schedule.of([one for one in stands.live if one.id in leeway], None, situation.before.today)
    board, objectives = posted(situation.calendar, situation.goals[:1], facts, budget, candidates, leeway)
    return Relaxation(board, budget).bound(objectives[0])


def bound_own_goals(situation: Situation, incumbent: Incumbent, boards: Boards, freedom: Freedom) -> None:
    """Bound the programme's own goals where that is quickly done: over all that changes as little."""
    goals, programme = situation.goals, situation.programme
    proved = all(incumbent.value(number) <= incumbent.bounds[number] for number in (0, 1))
    if not proved:
        return
    moving = pays(situation, incumbent.value(1) - incumbent.alone)
    wide = Freedom(freedom.anew | moving, frozenset(situation.movable), frozenset(programme.courses))
    if not whole(situation, wide):
        return
    offered = sum(len(situation.choice(one)) * max(1, len(one.seats)) for one in programme.courses.values())
    if offered > QUICKLY:
        return
    board, objectives = boards.post(wide, goals, boards.budget)
    for number in (0, 1):
        board.structure(objectives[number] <= incumbent.value(number))
    if incumbent.value(0) == 0:
        once_every_seat_is_placed(board)
    relaxation = Relaxation(board, boards.budget)
    held = incumbent.values()
    for number in range(2, len(goals)):
        incumbent.note_bound(number, relaxation.bound(objectives[number]), held[:number])
        board.structure(objectives[number] <= held[number])
    if incumbent.proved(len(goals)):
        return
    exact = boards.solve(wide, share=0.8, own=True)
    if exact is not None and exact.best is not None:
        found = [goal.measure(programme, exact.best) for goal in goals]
        for number in range(2, len(goals)):
            incumbent.note_bound(number, exact.bounds[number], found[:number])
