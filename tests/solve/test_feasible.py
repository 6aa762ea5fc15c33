"""Whether certain seats can be placed: what is not settled, and what is a fault."""

from __future__ import annotations

import pytest

import trainplan.solve.feasible
from tests import builders as make
from trainplan.outcome import Limits
from trainplan.solve.ask import Ask
from trainplan.solve.decode import NoneFree
from trainplan.solve.feasible import settle


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """A question that only the exact search answers."""
    monkeypatch.setattr(trainplan.solve.feasible, "one_pass", lambda *given, **more: make.schedule())
    programme = make.programme(make.course("IT", "police:10", features=None), ends="03-05")
    return Ask(programme, frozenset({("IT", "police")}))


def test_counts_that_no_copy_can_keep_settle_nothing(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_free(*given: object) -> None:
        raise NoneFree

    monkeypatch.setattr(trainplan.solve.feasible, "_dealt", none_free)
    assert settle(ask, Limits(20, workers=1)).possible is None


def test_a_mistake_in_the_search_is_no_open_question(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(*given: object) -> None:
        raise KeyError("IT")

    monkeypatch.setattr(trainplan.solve.feasible, "_dealt", mistaken)
    with pytest.raises(KeyError):
        settle(ask, Limits(20, workers=1))
