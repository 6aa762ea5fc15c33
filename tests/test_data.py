"""The bundled programmes: each reads without a word, and is what its README says it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trainplan.findings import Finding
from trainplan.load import load_programme
from trainplan.load.bundled import bundled_folder, bundled_names
from trainplan.model import Course, Programme
from trainplan.shortages import shortages
from trainplan.workdays import Calendar

ROOT = Path(__file__).parents[1]
NAMES = ["overbooked", "saint-lucia", "saint-lucia-full"]


def load(name: str) -> tuple[Programme, tuple[Finding, ...]]:
    programme, findings = load_programme(bundled_folder(name))
    assert programme is not None, findings
    return programme, tuple(findings)


def test_the_programmes_are_those_of_the_checkout() -> None:
    assert sorted(bundled_names()) == NAMES
    assert sorted(path.name for path in (ROOT / "data").iterdir() if path.is_dir()) == NAMES
    for name in NAMES:
        assert bundled_folder(name).samefile(ROOT / "data" / name), "an editable install reads the checkout"


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_programme_reads_without_a_finding(name: str) -> None:
    assert [str(one) for one in load(name)[1]] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_programme_explains_itself(name: str) -> None:
    folder = ROOT / "data" / name
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert "illustrative" in text or "invented" in text
    for course in load(name)[0].courses.values():
        assert name == "saint-lucia-full" or course.title in text or course.id in text
    assert (folder / "programme.toml").read_text(encoding="utf-8").startswith("#")


def audience(programme: Programme, course: Course) -> set[str]:
    """The largest groups that hold everybody who takes a course."""
    return {programme.umbrellas(group)[-1] for group in course.seats}


def test_saint_lucia_has_exactly_the_three_topics_of_the_proposed_curriculum() -> None:
    programme, _ = load("saint-lucia")
    week = len(programme.working_days)
    said = {
        course.title: (course.length, {programme.groups[id].title for id in audience(programme, course)})
        for course in programme.courses.values()
    }
    assert said == {
        "Community Policing Techniques": (week, {"Royal Saint Lucia Police Force"}),
        "Cybersecurity Awareness": (3, {"Government officials"}),
        "Emergency Response Drills": (2 * week, {"Saint Lucia Fire Service"}),
    }
    assert all(course.whole_days for course in programme.courses.values())


def test_saint_lucia_rests_on_the_numbers_its_readme_calls_sourced() -> None:
    programme, _ = load("saint-lucia")
    assert programme.groups["police"].headcount == 1143
    assert programme.groups["fire"].headcount < 260
    assert {id: programme.venues[id].capacity for id in ("palmville", "nsdc", "fire-school")} == {
        "palmville": 33,
        "nsdc": 21,
        "fire-school": 52,
    }


@pytest.mark.parametrize("name", ["saint-lucia", "saint-lucia-full"])
def test_the_island_keeps_its_holidays_carnival_and_hurricane_season(name: str) -> None:
    programme, _ = load(name)
    calendar = Calendar(programme)
    assert calendar.why_off(date(2027, 2, 22)) == "Independence Day"
    assert {calendar.why_off(date(2027, 7, day)) for day in (19, 20)} == {"Carnival Monday and Tuesday"}
    exposed = calendar.closed("venue", "parish-centre")
    assert (min(exposed), max(exposed)) == (date(2027, 6, 1), date(2027, 11, 30))


def test_the_fuller_programme_uses_what_its_readme_promises() -> None:
    programme, _ = load("saint-lucia-full")
    courses = programme.courses.values()
    assert 15 <= len(courses) <= 25
    assert programme.periods == ("morning", "afternoon")
    assert any(not course.whole_days for course in courses)
    assert any(order.all for course in courses for order in course.after)
    assert any(order.at_most for course in courses for order in course.after)
    assert any(order.at_least for course in courses for order in course.after)
    for field in ("mixed", "earliest", "latest", "due", "parallel", "start_on"):
        assert any(getattr(course, field) for course in courses), field
    instructors = programme.instructors.values()
    assert any(held.until for one in instructors for held in one.qualifications)
    for field in ("available_from", "max_days_per_week", "cost_per_day", "trip_cost"):
        assert any(getattr(one, field) for one in instructors), field
    assert any(len(closure.blocks) > 1 for closure in programme.closures)
    assert {closure.whom for closure in programme.closures} >= {"all", "venue", "group", "instructor", "site"}
    assert date(2027, 5, 27) in Calendar(programme).working, "Corpus Christi is opened"


@pytest.mark.parametrize("name", ["saint-lucia", "saint-lucia-full"])
def test_the_arithmetic_sees_no_shortage_where_everything_fits(name: str) -> None:
    found = shortages(load(name)[0])
    assert [str(one) for one in found if one.severity == "error"] == []


def test_the_overbooked_programme_fails_in_several_ways_before_it_is_planned() -> None:
    found = [one for one in shortages(load("overbooked")[0]) if one.severity == "error"]
    assert len({one.rule for one in found}) >= 4
    assert not any("Community Policing" in one.message for one in found), "the innocent course is left alone"
