"""Replan after seeded single events: ``python benchmarks/replan.py PROGRAMME SCHEDULE -o FILE.csv``.

One event at a time happens to the schedule, all of it published, on a day when a quarter of the programme is
over. A row says what the event was, how many of the sessions ahead were left untouched, what the changes cost
against what is proved to be necessary, how long it took, and that nothing that was over or frozen had moved
(``history_touched`` and ``frozen_touched``: sessions that could have stood and yet changed; both must be 0).
Rows that FILE holds already are not run again, so that a run may be broken off. At the end the medians are
printed.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from trainplan.load import load_programme, load_schedule
from trainplan.model import Programme, Schedule, Session
from trainplan.outcome import Limits
from trainplan.replan import ReplanOutcome, replan
from trainplan.replan.freezing import over

COLUMNS = (
    "number", "event", "status", "sessions_ahead", "untouched", "untouched_share", "seats", "seats_bound",
    "changes", "bound", "gap", "history_touched", "frozen_touched", "seconds",
)  # fmt: skip


def events(programme: Programme, ahead: list[Session], random: Random) -> Iterator[str]:
    """Yield events that could happen to these sessions, without end."""
    draws = ("venue", "away", "leaves", "group", "max_class", "cancelled", "all")
    while True:
        one = random.choice(ahead)
        start = random.choice(one.days)
        what = random.choice(draws)
        end = start + timedelta(days=random.choice((0, 1, 4)))
        course = programme.courses[one.course]
        if what == "venue" and one.venues:
            yield f"venue:{one.venues[0]} closed {start}..{end}"
        elif what == "away" and one.instructors:
            yield f"instructor:{random.choice(one.instructors)} away {start}..{end}"
        elif what == "leaves" and one.instructors:
            yield f"instructor:{random.choice(one.instructors)} leaves {start}"
        elif what == "group":
            yield f"group:{random.choice(list(one.groups))} {random.choice(('+5', '+10', '-5'))}"
        elif what == "max_class" and course.max_class > course.min_class + 2:
            yield f"course:{course.id} max_class {course.max_class - random.choice((1, 2))}"
        elif what == "cancelled":
            yield f"session:{one.id} cancelled"
        elif what == "all":
            yield f"all closed {start}"


def row(number: int, event: str, outcome: ReplanOutcome, seconds: float) -> dict[str, object]:
    """Return what one replan came to."""
    before, today = outcome.old, outcome.today
    past = over(before, today)
    ahead = [one for one in before.live if one.id not in past]
    kept = {one.session for one in outcome.changes if one.kind == "kept"}
    untouched = sum(one.id in kept for one in ahead)
    values = {goal.name: goal for goal in outcome.goals}
    seats, changes = values.get("seats"), values.get("changes")
    gap = "" if changes is None else 0.0 if changes.proved else round(changes.gap, 4)
    return {
        "number": number,
        "event": event,
        "status": outcome.outcome.status,
        "sessions_ahead": len(ahead),
        "untouched": untouched,
        "untouched_share": round(untouched / max(1, len(ahead)), 4),
        "seats": seats.value if seats else "",
        "seats_bound": seats.bound if seats else "",
        "changes": changes.value if changes else "",
        "bound": changes.bound if changes else "",
        "gap": gap,
        "history_touched": len(past - kept) if outcome.schedule else "",
        "frozen_touched": len(outcome.fixed - past - kept) if outcome.schedule else "",
        "seconds": round(seconds, 2),
    }


def main() -> None:
    """Run what is not in the file yet, then say the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("programme", type=Path)
    parser.add_argument("schedule", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat)
    parser.add_argument("--freeze", type=int, default=14)
    parser.add_argument("--time-limit", type=float, default=30.0)
    parser.add_argument("--workers", type=int, default=0)
    given = parser.parse_args()
    programme, _ = load_programme(given.programme)
    assert programme is not None
    read, _ = load_schedule(given.schedule, programme)
    assert read is not None
    plan = Schedule.of(replace(one, status="published") for one in read.live)
    today = given.today or programme.starts + (programme.ends - programme.starts) / 4
    ahead = [one for one in plan.live if one.start > today]
    drawn = events(programme, ahead, Random(given.seed))
    done: list[dict[str, object]] = []
    if given.output.exists():
        with given.output.open(newline="", encoding="utf-8") as file:
            done = [dict(one) for one in csv.DictReader(file)]
    known = {int(str(one["number"])) for one in done}
    for number in range(given.events):
        event = next(drawn)
        if number in known:
            continue
        began = time.monotonic()
        limits = Limits(given.time_limit, given.workers)
        outcome = replan(programme, plan, [event], today, given.freeze, limits)
        done.append(row(number, event, outcome, time.monotonic() - began))
        fresh = not given.output.exists()
        with given.output.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            if fresh:
                writer.writeheader()
            writer.writerow(done[-1])
        print(*done[-1].values(), sep="  ", flush=True)
    told(done)


def told(done: list[dict[str, object]]) -> None:
    """Print the figures of all rows."""
    rows = [one for one in done if str(one["changes"])]
    if not rows:
        print("no schedule in any row")
        return
    seconds = [float(str(one["seconds"])) for one in rows]
    gaps = [float(str(one["gap"])) for one in rows]
    untouched = [float(str(one["untouched_share"])) for one in rows]
    proved = sum(
        gap == 0 and int(str(one["seats"])) <= int(str(one["seats_bound"]))
        for gap, one in zip(gaps, rows, strict=True)
    )
    near = sum(gap <= 0.05 for gap in gaps)
    touched = sum(int(str(one["history_touched"])) + int(str(one["frozen_touched"])) for one in rows)
    print(
        f"{len(rows)} of {len(done)} events replanned; "
        f"seconds: median {statistics.median(seconds):.1f}, worst {max(seconds):.1f}"
    )
    print(f"seats and changes proved in {proved}, changes within 5 % in {near}")
    print(f"sessions untouched: median {statistics.median(untouched):.1%}, worst {min(untouched):.1%}")
    print(f"history or frozen sessions touched: {touched}")


if __name__ == "__main__":
    main()
