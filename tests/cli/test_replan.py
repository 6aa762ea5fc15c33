"""``trainplan replan``: what it writes, says and ends with."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

EVENT = ("--event", "venue:hall closed 2027-03-01..2027-03-05")
TODAY = ("--today", "2027-02-01")
LAB = ("--event", "venue:lab closed 2027-03-10")


def test_what_has_to_change_is_said_and_written(run: Any, small: Path) -> None:
    ran = run("replan", "small", "plan.csv", *TODAY, *EVENT, "-o", "new.csv", "--news", "news.csv")
    assert ran.code == 0
    for part in ("CP-01    moved", "2027-03-01..2027-03-03", EVENT[1], "group police", "venue hall"):
        assert part in ran.out
    assert "customs" not in ran.out.partition("To be told")[2]
    assert "wrote new.csv" in ran.err
    rows = list(csv.DictReader(io.StringIO(Path("new.csv").read_text(encoding="utf-8"))))
    assert {row["session"] for row in rows} == {"CP-01", "IT-01"}
    (news,) = csv.DictReader(io.StringIO(Path("news.csv").read_text(encoding="utf-8")))
    assert (news["session"], news["kind"], news["event"], news["cost"]) == ("CP-01", "moved", EVENT[1], "30")
    assert news["tell"] == "group:police; venue:hall"
    assert run("check", "small", "new.csv").code == 0


def test_nothing_to_change_gives_the_same_bytes(run: Any, small: Path) -> None:
    """Line ends, quotes and columns of her own included."""
    text = Path("plan.csv").read_text(encoding="utf-8").replace("session,", "remark,session,", 1)
    lines = text.splitlines()
    text = "\n".join([lines[0], *(f'"=1+1",{line}' for line in lines[1:])])
    Path("mine.csv").write_bytes(text.encode())
    ran = run(
        "replan", "small", "mine.csv", *TODAY, "--event", "venue:lab closed 2027-03-10", "-o", "new.csv"
    )
    assert ran.code == 0
    assert "nothing has to change; all 2 sessions stand" in ran.out
    assert Path("new.csv").read_bytes() == Path("mine.csv").read_bytes()


def test_json(run: Any, small: Path) -> None:
    document = run("replan", "small", "plan.csv", *TODAY, *EVENT, "--json").document
    assert document["status"] in ("optimal", "feasible")
    assert [goal["name"] for goal in document["goals"]][:2] == ["seats", "changes"]
    assert document["goals"][1]["value"] == document["goals"][1]["bound"] == 30
    changes = {one["session"]: one for one in document["changes"]}
    assert {id: one["kind"] for id, one in changes.items()} == {"CP-01": "moved", "IT-01": "kept"}
    assert changes["CP-01"]["event"] == EVENT[1]
    assert changes["CP-01"]["before"]["days"] == ["2027-03-01", "2027-03-02", "2027-03-03"]
    assert changes["IT-01"]["event"] is None
    assert changes["IT-01"]["before"] == changes["IT-01"]["after"]


def test_a_cancelled_session_stays_in_the_file_as_cancelled(run: Any, small: Path) -> None:
    ran = run("replan", "small", "plan.csv", *TODAY, "--event", "session:IT-01 cancelled", "-o", "-")
    assert ran.code == 0
    rows = {row["session"]: row for row in csv.DictReader(io.StringIO(ran.out))}
    assert rows["IT-01"]["status"] == "cancelled"
    assert rows["IT-02"]["groups"] == "customs:10"
    assert "IT-01 on 2 Mar 2027 is cancelled" in ran.err


def test_seats_of_a_cancelled_session_are_given_up_where_that_is_asked(run: Any, small: Path) -> None:
    event = ("--event", "session:IT-01 cancelled", "--drop-seats")
    ran = run("replan", "small", "plan.csv", *TODAY, *event)
    assert ran.code == 0
    assert "IT-02" not in ran.out
    assert "--drop-seats -o new.csv" in ran.err


def test_to_cancel_what_is_over_is_said_to_have_no_effect(run: Any, small: Path) -> None:
    asked = ("--today", "2027-03-20", "--event", "session:IT-01 cancelled")
    ran = run("replan", "small", "plan.csv", *asked)
    assert "session:IT-01 cancelled has no effect: it ended on 2 Mar 2027" in ran.err
    document = run("replan", "small", "plan.csv", *asked, "--json").document
    assert document["without_effect"] == ["session:IT-01 cancelled"]


def test_a_pin_that_can_t_be_kept_is_named(run: Any, small: Path) -> None:
    lines = Path("plan.csv").read_text(encoding="utf-8").splitlines()
    Path("pinned.csv").write_text(f"{lines[0]},pin\n{lines[1]},all\n{lines[2]},\n", encoding="utf-8")
    ran = run("replan", "small", "pinned.csv", *TODAY, *EVENT, "-o", "new.csv")
    assert ran.code == 3
    assert "CP-01 is in hall" in ran.out
    assert not Path("new.csv").exists()


def test_the_news_as_a_letter(run: Any, small: Path) -> None:
    run("replan", "small", "plan.csv", *TODAY, *EVENT, "--news", "news.txt")
    text = Path("news.txt").read_text(encoding="utf-8")
    assert "group police (Police)\n- CP-01 moves from 1–3 Mar 2027 to " in text
    assert "customs" not in text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--event", "venue:hal closed 2027-03-01"), 'did you mean "hall"?'),
        (("--event", "fire!", "--event", "group:police +x"), 'event "fire!"'),
        (("--freeze", "soon"), "--freeze soon: give a number of days"),
        (("--time-limit", "0"), "--time-limit"),
        (("--news", "news.pdf"), "ends in none of .csv, .txt, .ics"),
        (("--news", "plan.csv"), "exists already"),
        (("-o", "plan.csv"), "exists already"),
    ],
)
def test_refused_before_any_work(run: Any, small: Path, words: tuple[str, ...], says: str) -> None:
    ran = run("replan", "small", "plan.csv", *TODAY, *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


def test_without_a_schedule(run: Any, small: Path) -> None:
    ran = run("replan", "small")
    assert ran.code == 2
    assert "needs a schedule" in ran.err


def test_what_left_the_files_is_news_and_no_mistake(run: Any, small: Path) -> None:
    venues = Path("small/venues.csv")
    venues.write_text(venues.read_text(encoding="utf-8").replace("hall,Hall", "room,Room"), encoding="utf-8")
    document = run("replan", "small", "plan.csv", *TODAY, "--json").document
    (change,) = (one for one in document["changes"] if one["kind"] != "kept")
    assert (change["kind"], change["event"]) == ("reroomed", "the files have changed")
    assert change["after"]["venue"] == "room"


def test_rows_that_would_be_lost_are_refused(run: Any, small: Path) -> None:
    plan = Path("plan.csv")
    plan.write_text(
        plan.read_text(encoding="utf-8") + "XX-01,XX,2027-03-01,hall,police:1,1\n", encoding="utf-8"
    )
    ran = run("replan", "small", "plan.csv", *TODAY)
    assert ran.code == 2
    assert '"XX" is no course' in ran.err


def test_generate_starts_from_a_schedule_and_keeps_its_pins(run: Any, small: Path) -> None:
    run("pin", "small", "plan.csv", "--session", "IT-01")
    ran = run("generate", "small", "--start-from", "plan.csv", "-o", "new.csv", "--json")
    days = {one["session"]: one["days"][0] for one in ran.document["sessions"]}
    assert days == {"CP-01": "2027-03-01", "IT-01": "2027-03-02"}
    assert ran.document["status"] == "optimal"
    Path("plan.csv").write_text("session,course,start,venue\nXX-1,XX,2027-03-01,hall\n", encoding="utf-8")
    assert run("generate", "small", "--start-from", "plan.csv").code == 2


def test_the_news_as_a_calendar_of_what_changed_alone(run: Any, small: Path) -> None:
    from icalendar import Calendar

    run("replan", "small", "plan.csv", *TODAY, *EVENT, "-o", "new.csv", "--news", "news.ics")
    run("export", "small", "plan.csv", "-o", "old.ics")
    old, new = (
        {str(one["uid"]): one for one in Calendar.from_ical(Path(name).read_bytes()).walk("VEVENT")}
        for name in ("old.ics", "news.ics")
    )
    ((uid, event),) = new.items()
    assert int(event["sequence"]) > int(old[uid]["sequence"])
    assert event["dtstart"].dt != old[uid]["dtstart"].dt
