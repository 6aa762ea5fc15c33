"""Disruptions drawn, replanned, kept and summed up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trainplan.load import load_programme
from trainplan.load.bundled import bundled_folder
from trainplan.model import Programme
from trainplan.stress import Rate, Rates, Result, draw, read_rates, weaknesses
from trainplan.stress.draw import chances

FAST = ("--time-limit", "5")


@pytest.fixture(scope="module")
def saint_lucia() -> Programme:
    programme, _ = load_programme(bundled_folder("saint-lucia"))
    assert programme is not None
    return programme


def test_a_seed_always_draws_the_same_and_another_draws_otherwise(saint_lucia: Programme) -> None:
    one = [draw(saint_lucia, Rates(), 1, run) for run in range(1, 40)]
    assert one == [draw(saint_lucia, Rates(), 1, run) for run in range(1, 40)]
    assert one != [draw(saint_lucia, Rates(), 2, run) for run in range(1, 40)]
    assert {made.kind for made in one} == {"instructor", "site", "group"}
    assert all(saint_lucia.starts <= made.first <= made.last <= saint_lucia.ends for made in one)


def test_storms_keep_to_their_season(saint_lucia: Programme) -> None:
    storms = [made for run in range(300) if (made := draw(saint_lucia, Rates(), 1, run)).kind == "site"]
    assert storms
    assert all((6, 1) <= (one.first.month, one.first.day) <= (11, 30) for one in storms)
    assert storms[0].event.startswith(f"site:{storms[0].id} closed 2027-")


def test_rates_weigh_what_is_drawn(saint_lucia: Programme) -> None:
    none = Rate(0, 7)
    only = Rates(instructor=none, group=none)
    assert {draw(saint_lucia, only, 1, run).kind for run in range(20)} == {"site"}
    with pytest.raises(LookupError):
        draw(saint_lucia, Rates(none, none, none), 1, 1)
    by_kind = {one.kind: one for one in chances(saint_lucia, Rates())}
    days = (saint_lucia.ends - saint_lucia.starts).days + 1
    expected = 0.5 * len(saint_lucia.instructors) * days / 365
    assert by_kind["instructor"].expected == pytest.approx(expected)


def test_a_season_may_run_over_the_new_year() -> None:
    rate = Rate(1, 1, ((12, 1), (1, 31)))
    assert [rate.begins(date(2027, month, 15)) for month in (12, 1, 2, 7)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[storm]\n", "storm: no such kind"),
        ("site = 3\n", "site: is no table"),
        ("[site]\nper_year = -1\n", "site.per_year: is no number"),
        ("[site]\ndays = 0\n", "site.days: is no whole number"),
        ('[site]\nseason = "13-01..11-30"\n', "site.season: is no season"),
        ("[site]\nrate = 1\n", "site.rate: no such key"),
    ],
)
def test_what_is_wrong_with_rates_is_said(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "rates.toml").write_text(text, encoding="utf-8")
    rates, (finding,) = read_rates(tmp_path / "rates.toml")
    assert rates is None
    assert says in str(finding)


def test_the_documented_rates_are_the_ones_without_a_file() -> None:
    rates, found = read_rates(Path(__file__).parents[2] / "docs" / "rates.toml")
    assert (rates, found) == (Rates(), ())


def result(run: int, id: str, people: int, lost: int = 0, status: str = "optimal") -> Result:
    return Result(run, "instructor", id, f"instructor:{id} away", status, people, lost, 1, 1, 0.1)


def test_the_weakest_is_what_costs_most_in_all() -> None:
    runs = [result(1, "a", 50), result(2, "b", 5, 1), result(3, "c", 0, 0, "unknown"), result(4, "b", 5)]
    weak = weaknesses(runs)
    assert [one.id for one in weak] == ["c", "b", "a"]
    assert (weak[1].runs, weak[1].people, weak[1].lost, weak[1].most) == (2, 10, 1, 5)
    (every,) = weaknesses(runs, by_kind=True)
    assert (every.runs, every.people, every.unmended) == (4, 60, 1)


TEACH = "instructor,name,qualifications,site\nrose,Rose,policing,\njoe,Joe,policing,\n"


@pytest.fixture
def taught(small: Path) -> Path:
    (small / "instructors.csv").write_text(TEACH, encoding="utf-8")
    return small


def numbers(runs: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(one["run"], one["event"], one["status"], one["people"], one["lost"]) for one in runs]


def test_processes_change_nothing_and_a_stop_costs_nothing(run: Any, taught: Path) -> None:
    words = ("stress", "small", "plan.csv", *FAST, "--json")
    whole = run(*words, "--runs", "6", "--processes", "1", "-o", "one.jsonl").document
    assert [one["run"] for one in whole["runs"]] == [1, 2, 3, 4, 5, 6]
    assert run(*words, "--runs", "2", "--processes", "1", "-o", "two.jsonl").code == 0
    two = Path("two.jsonl")
    two.write_bytes(two.read_bytes() + b'{"run": 3, "ki')  # killed while it wrote
    resumed = run(*words, "--runs", "6", "--processes", "2", "-o", "two.jsonl")
    assert "2 of 6 are in the file already" in resumed.err
    assert numbers(resumed.document["runs"]) == numbers(whole["runs"])
    lines = two.read_text(encoding="utf-8").splitlines()
    assert [json.loads(one).get("run", 0) for one in lines][:3] == [0, 1, 2]
    assert sorted(json.loads(one).get("run", 0) for one in lines) == list(range(7))


def test_results_of_another_stress_are_refused(run: Any, taught: Path) -> None:
    words = ("stress", "small", "plan.csv", *FAST, "--runs", "1", "-o", "r.jsonl")
    assert run(*words).code == 0
    for other in (("--seed", "9"), ("--freeze", "3"), ("--set", "venues.hall.capacity=29")):
        ran = run(*words, *other)
        assert (ran.code, "give --force to begin it anew" in ran.err) == (2, True), other
    assert run(*words, "--seed", "9", "--force").code == 0
    before = Path("plan.csv").read_bytes()
    assert run("stress", "small", "plan.csv", "--runs", "1", "-o", "plan.csv").code == 2
    assert Path("plan.csv").read_bytes() == before


def test_what_hurts_is_named(run: Any, taught: Path) -> None:
    Path("rates.toml").write_text(
        "[instructor]\nper_year = 0\n[group]\nper_year = 0\n[site]\nper_year = 9\ndays = 31\n"
        'season = "03-01..03-02"\n',
        encoding="utf-8",
    )
    ran = run(
        "stress", "small", "plan.csv", *FAST, "--runs", "4", "--rates", "rates.toml", "--processes", "1"
    )
    assert ran.code == 0, ran.err
    assert "Weak point: venue:" in ran.out
    assert "trainplan replan small plan.csv --event 'venue:" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["small"], "stress needs a schedule"),
        (["small", "plan.csv", "--runs", "0"], "--runs"),
        (["small", "plan.csv", "--time-limit", "0"], "more than 0"),
        (["small", "plan.csv", "--rates", "none.toml"], "no file"),
        (["small", "plan.csv", "--set", "venues.hall.capacity=5"], "has conflicts of its own"),
    ],
)
def test_wrong_arguments(run: Any, taught: Path, words: list[str], says: str) -> None:
    ran = run("stress", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_a_dask_cluster_of_two_workers_says_the_same(run: Any, taught: Path) -> None:
    distributed = pytest.importorskip("distributed")
    words = ("stress", "small", "plan.csv", *FAST, "--runs", "4", "--json")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        afar = run(*words, "--cluster", cluster.scheduler_address)
    assert afar.code == 0, afar.err
    assert numbers(afar.document["runs"]) == numbers(run(*words, "--processes", "1").document["runs"])
