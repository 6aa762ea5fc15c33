"""What is told of the goals while one of them is in hand."""

from __future__ import annotations

from trainplan.outcome import GoalResult
from trainplan.solve.telling import Telling


def test_every_goal_is_told_once_it_is_known():
    heard = []
    telling = Telling(["seats", "sessions", "early"], heard.append)
    telling.tell("", None, None, 0.0)
    telling.measured([0, 9, 500], [0, 4, 0], 1.0)
    telling.tell("early", None, 300, 2.0)
    telling.tell("sessions", 8, 5, 3.0)
    assert [(one.goal, one.value, one.bound, one.first) for one in heard] == [
        ("", None, None, False),
        ("sessions", 9, 4, True),
        ("early", None, 300, False),
        ("sessions", 8, 5, False),
    ]
    assert [one.goals for one in heard] == [
        (),
        (GoalResult("seats", 0, 0), GoalResult("sessions", 9, 4), GoalResult("early", 500, 0)),
        (GoalResult("seats", 0, 0), GoalResult("sessions", 9, 4), GoalResult("early", 500, 300)),
        # How the better schedule does on what comes after it is not known yet.
        (GoalResult("seats", 0, 0), GoalResult("sessions", 8, 5)),
    ]


def test_a_bound_is_not_told_of_another_schedule_that_may_do_worse_on_an_earlier_goal():
    heard = []
    telling = Telling(["seats", "sessions", "early"], heard.append)
    telling.measured([1, 8, 500], [0, 8, 450], 1.0)
    telling.tell("seats", 0, 0, 2.0)
    telling.tell("sessions", 9, 9, 3.0)
    telling.tell("early", 400, 0, 4.0)
    assert heard[-1].bound == 0
    assert heard[-1].goals[-1] == GoalResult("early", 400, 0)


def test_a_bound_never_gets_worse_and_the_same_value_forgets_nothing():
    heard = []
    telling = Telling(["seats", "early"], heard.append)
    telling.measured([3, 50], [1, 0], 1.0)
    telling.tell("seats", 3, 0, 2.0)
    assert heard[-1].bound == 1
    assert heard[-1].goals == (GoalResult("seats", 3, 1), GoalResult("early", 50, 0))
