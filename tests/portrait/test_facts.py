"""People away, use of venues and people, days off by name: small cases counted by hand."""

from __future__ import annotations

from builders import (
    TWO_PERIODS,
    closure,
    course,
    day,
    days,
    group,
    instructor,
    programme,
    schedule,
    session,
    venue,
)

from trainplan.portrait import Idle, Off, absences, closed_for, closures, days_off, instructor_use, venue_use


def test_an_umbrella_counts_its_parts_and_cancelled_sessions_nobody() -> None:
    plan = programme(
        course("CP", "north:5; south:5"),
        groups=[group("police", 20, 6), group("north", part_of="police"), group("south", part_of="police")],
    )
    made = schedule(
        session("CP-01", "03-01..03-02", "north:5"),
        session("CP-02", "03-02", "south:3"),
        session("CP-03", "03-02", "south:2", status="cancelled"),
    )
    found = absences(plan, made)
    assert found["police"].days == {day("03-01"): 5, day("03-02"): 8}
    assert (found["police"].peak, found["police"].peak_on) == (8, day("03-02"))
    assert found["police"].over == (day("03-02"),)
    assert found["south"].days == {day("03-02"): 3}


def test_a_group_that_never_trains_has_no_peak() -> None:
    found = absences(programme(course("CP"), groups=[group("police"), group("idle")]), schedule())
    assert (found["idle"].peak, found["idle"].peak_on, found["idle"].over) == (0, None, ())


def test_half_days_count_the_fuller_half() -> None:
    plan = programme(course("CP"), periods=TWO_PERIODS)
    made = schedule(
        session("CP-01", "03-01 am", "police:4", periods=2),
        session("CP-02", "03-01", "police:3", periods=2),
    )
    assert absences(plan, made)["police"].days == {day("03-01"): 7}


def test_idle_stretches_step_over_weekends_and_closures() -> None:
    plan = programme(
        course("CP"),
        ends="03-12",
        venues=[venue("hall")],
        closures=[closure("venue", "hall", "03-03", reason="Paint")],
    )
    made = schedule(session("CP-01", "03-02", venue="hall"), session("CP-02", "03-09", venue="hall"))
    use = venue_use(plan, made)["hall"]
    assert use.days == (day("03-02"), day("03-09"))
    assert len(use.open) == 9
    assert use.utilisation == 2 / 9
    assert use.idle == (
        Idle(day("03-01"), day("03-01"), 1),
        Idle(day("03-04"), day("03-08"), 3),
        Idle(day("03-10"), day("03-12"), 3),
    )
    assert use.longest_idle == Idle(day("03-04"), day("03-08"), 3)


def test_half_days_are_used_by_half() -> None:
    plan = programme(course("CP"), ends="03-02", periods=TWO_PERIODS, instructors=[instructor("ann")])
    made = schedule(session("CP-01", "03-01 pm", instructors="ann; stranger", periods=2))
    found = instructor_use(plan, made)
    assert found["ann"].utilisation == 1 / 4
    assert found["ann"].days == days("03-01")
    assert list(found) == ["ann", "stranger"]


def test_nothing_open_is_nothing_used() -> None:
    plan = programme(
        course("CP"),
        ends="03-01",
        venues=[venue("hall")],
        closures=[closure("venue", "hall", "03-01", reason="Flood")],
    )
    assert venue_use(plan, schedule())["hall"].utilisation == 0
    used = venue_use(plan, schedule(session("CP-01", "03-01", venue="hall")))["hall"]
    assert (used.utilisation, used.idle) == (1, ())


def test_days_off_are_named_and_run_over_weekends() -> None:
    plan = programme(
        course("CP"),
        ends="05-03",
        holidays="LC",
        closures=[closure("all", "", "03-11..03-16", reason="Carnival"), closure("all", "", "04-28")],
    )
    assert days_off(plan, day("03-01"), day("05-02")) == (
        Off(day("03-11"), day("03-16"), "Carnival"),
        Off(day("03-26"), day("03-26"), "Good Friday"),
        Off(day("03-29"), day("03-29"), "Easter Monday"),
        Off(day("04-28"), day("04-28"), "closed"),
    )
    assert days_off(plan, day("03-12"), day("03-12")) == (Off(day("03-12"), day("03-12"), "Carnival"),)


def test_closures_of_sites_umbrellas_and_windows_concern_their_own() -> None:
    plan = programme(
        course("CP"),
        groups=[group("police"), group("north", part_of="police", available_from="03-08")],
        venues=[venue("hall", site="south"), venue("other", available_until="03-05")],
        closures=[
            closure("site", "south", "03-03..03-04", reason="Road"),
            closure("group", "police", "03-10", reason="Parade"),
            closure("all", "", "03-12", reason="Carnival"),
        ],
    )
    assert closed_for(plan, "venue", "hall") == (Off(day("03-03"), day("03-04"), "Road", "site", "south"),)
    assert closed_for(plan, "venue", "other")[0][:3] == (day("03-06"), plan.ends, "no longer available")
    assert [one[:3] for one in closed_for(plan, "group", "north")] == [
        (day("03-01"), day("03-07"), "not yet available"),
        (day("03-10"), day("03-10"), "Parade"),
    ]
    assert [one.reason for one in closures(plan)] == ["Road", "Parade"]
    assert closed_for(plan, "venue", "nowhere") == ()
