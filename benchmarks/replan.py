"""What a replan keeps of a schedule, beside a plan made afresh: ``python benchmarks/replan.py -o FILE.csv``.

To each programme, on a day when a quarter of it is over, random events happen, one run each: a site closed
for three days, an instructor away for a month, a venue closed for a week, a group away for a week, two of
these at once. A row of FILE says how many seats (by priority) the schedule lacks after the replan, how many
a plan made afresh lacks in which the same sessions are facts (what is over, has begun or is frozen), how
many of the sessions ahead are no longer as they were in either, and how long each took. Afresh is the
better of two: the replan's engine given nothing but the facts, and the planner's with the facts pinned,
unless that used days that are over.

Programmes: ``saint-lucia-full``, planned once, and made programmes (``programmes.py --featured``) of 100, 350
and 1,000 sessions with the schedule hidden in them. Rows that FILE holds already are not run again, so that a
run may be broken off, or be divided by ``--only`` and ``--kinds``. In the end a table for each programme and
kind says in what share of the runs the replan lost no more seats.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import programmes
from harness import table

from trainplan import solve
from trainplan.exports.csv_file import content
from trainplan.goals import GOALS
from trainplan.load import load_programme, load_schedule
from trainplan.model import PINS, Programme, Schedule, Session
from trainplan.outcome import Limits
from trainplan.replan import replan
from trainplan.replan.events import read_all
from trainplan.replan.freezing import fixed

FULL = Path(__file__).parents[1] / "data" / "saint-lucia-full"
SIZES = (100, 350, 1000)
NAMES = ("saint-lucia-full", *(f"made-{size}" for size in SIZES))
KINDS = ("site", "instructor", "venue", "group", "two")
FREEZE = 14  # days
SITES = 3  # in a made programme, whose venues have none
COLUMNS = (
    "programme", "kind", "number", "events", "ahead", "lacked", "replan_lacks", "fresh_lacks",
    "replan_changed", "fresh_changed", "replan_seconds", "fresh_seconds",
)  # fmt: skip

Row = dict[str, object]


def read(name: str, folder: Path, planning: float) -> tuple[Programme, Schedule]:
    """Return a programme and the schedule in force, all of it published; made and planned at the first time.

    Args:
        name: One of ``NAMES``.
        folder: Where what is made stays.
        planning: Seconds to plan in.
    """
    if name == NAMES[0]:
        where, kept = FULL, folder / f"{name}.csv"
    else:
        where, kept = folder / name, folder / f"{name}.hidden.csv"
        if not kept.exists():
            size = name.partition("-")[2]
            programmes.main([str(where), "--sessions", size, "--seed", "1", "--featured"])
    programme, _ = load_programme(where)
    assert programme is not None, where
    if not kept.exists():
        outcome = solve.plan(programme, Limits(planning))
        assert outcome.schedule is not None
        kept.write_bytes(content(programme, outcome.schedule))
    plan, _ = load_schedule(kept, programme)
    assert plan is not None, kept
    if not any(one.site for one in programme.venues.values()):
        venues = {
            id: replace(one, site=f"site-{number % SITES}")
            for number, (id, one) in enumerate(programme.venues.items())
        }
        programme = replace(programme, venues=venues)
    return programme, Schedule.of(replace(one, status="published") for one in plan.live)


def draw(kind: str, programme: Programme, ahead: Sequence[Session], random: Random) -> tuple[str, ...]:
    """Return what happens, to something that sessions ahead need."""
    if kind == "two":
        one, other = random.sample(KINDS[:-1], 2)
        return (*draw(one, programme, ahead, random), *draw(other, programme, ahead, random))
    while True:
        session = random.choice(ahead)
        start = random.choice(session.days)

        def days(number: int, start: date = start) -> str:
            return f"{start}..{min(programme.ends, start + timedelta(days=number - 1))}"

        if kind == "site" and session.venues and programme.venues[session.venues[0]].site:
            return (f"site:{programme.venues[session.venues[0]].site} closed {days(3)}",)
        if kind == "instructor" and session.instructors:
            return (f"instructor:{random.choice(session.instructors)} away {days(30)}",)
        if kind == "venue" and session.venues:
            return (f"venue:{session.venues[0]} closed {days(7)}",)
        if kind == "group" and session.groups:
            return (f"group:{random.choice(list(session.groups))} away {days(7)}",)


def lacks(programme: Programme, schedule: Schedule | None) -> int | None:
    """Return the seats without a session, by priority; None without a schedule."""
    return None if schedule is None else GOALS["seats"].measure(programme, schedule)


def changed(ahead: Iterable[Session], schedule: Schedule | None) -> int | None:
    """Return how many sessions have no like in a schedule: same course, slots, venue, team and seats."""
    if schedule is None:
        return None

    def likeness(one: Session) -> object:
        groups = tuple(sorted((group, seats) for group, seats in one.groups.items() if seats))
        return one.course, one.slots, frozenset(one.venues), frozenset(one.instructors), groups

    there = Counter(map(likeness, schedule.live))
    return (Counter(map(likeness, ahead)) - there).total()


def afresh(programme: Programme, facts: Sequence[Session], today: date, limits: Limits) -> Schedule | None:
    """Return the better of two plans in which the facts stand and nothing else is known."""
    alone = Schedule.of(facts, today=today)
    first = solve.replan(programme, alone, limits, fixed={one.id for one in facts}).schedule
    pinned = Schedule.of(replace(one, pin=frozenset(PINS)) for one in facts)
    second = solve.plan(programme, limits, before=pinned).schedule
    known = {one.id for one in facts}
    if second is not None and any(one.start <= today and one.id not in known for one in second.live):
        second = None
    found = [one for one in (first, second) if one is not None]
    return min(found, key=lambda one: GOALS["seats"].measure(programme, one), default=None)


def run(name: str, kind: str, number: int, made: tuple[Programme, Schedule], limits: Limits) -> Row:
    """Let something happen, replan, plan afresh, and return what came of it."""
    programme, plan = made
    today = programme.starts + (programme.ends - programme.starts) / 4
    ahead = [one for one in plan.live if one.start > today]
    events = draw(kind, programme, ahead, Random(f"{name} {kind} {number}"))
    happened, wrongs = read_all(events, programme, plan, today)
    assert not wrongs, wrongs
    after = happened[-1][1]
    held = fixed(after, plan, today, FREEZE, ())
    began = time.monotonic()
    outcome = replan(programme, plan, events, today, FREEZE, limits)
    replanned = time.monotonic() - began
    began = time.monotonic()
    fresh = afresh(after, [one for one in plan.live if one.id in held], today, limits)
    return {
        "programme": name,
        "kind": kind,
        "number": number,
        "events": "; ".join(events),
        "ahead": len(ahead),
        "lacked": lacks(after, plan),
        "replan_lacks": lacks(after, outcome.schedule),
        "fresh_lacks": lacks(after, fresh),
        "replan_changed": changed(ahead, outcome.schedule),
        "fresh_changed": changed(ahead, fresh),
        "replan_seconds": round(replanned, 1),
        "fresh_seconds": round(time.monotonic() - began, 1),
    }


def told(rows: Sequence[Row]) -> str:
    """Return the table of all rows."""
    cells: list[Sequence[object]] = []
    for name in NAMES:
        for kind in KINDS:
            some = [row for row in rows if row["programme"] == name and row["kind"] == kind]
            if some:
                cells.append((name, kind, len(some), *_figures(some)))
    header = (
        "<programme", "<event", "runs", "loses no more", "seats lost", "afresh", "changed", "afresh", "fewer",
        "slowest s",
    )  # fmt: skip
    return table(header, cells)


def _figures(rows: Sequence[Row]) -> Iterable[object]:
    def number(row: Row, column: str) -> int | None:
        text = str(row[column])
        return int(text) if text not in ("", "None") else None

    def share(good: Callable[[int | None, int | None], bool], what: str) -> str:
        count = sum(good(number(one, f"replan_{what}"), number(one, f"fresh_{what}")) for one in rows)
        return f"{count / len(rows):.0%}"

    def lost(column: str) -> int:
        return sum((number(one, column) or 0) - max(0, number(one, "lacked") or 0) for one in rows)

    def total(column: str) -> int:
        return sum(number(one, column) or 0 for one in rows)

    yield share(lambda mine, other: other is None or (mine is not None and mine <= other), "lacks")
    yield lost("replan_lacks")
    yield lost("fresh_lacks")
    yield total("replan_changed")
    yield total("fresh_changed")
    yield share(lambda mine, other: other is None or (mine is not None and mine < other), "changed")
    yield max(float(str(one["replan_seconds"])) for one in rows)


def main() -> None:
    """Run what is not in the file yet, then print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--folder", type=Path, help="for what is made; else beside the output")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--events", type=int, default=20, metavar="N", help="of each kind")
    parser.add_argument("--time-limit", type=float, default=20.0, metavar="SECONDS")
    parser.add_argument("--planning", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--workers", type=int, default=0)
    given = parser.parse_args()
    folder = given.folder or given.output.parent / "programmes"
    folder.mkdir(parents=True, exist_ok=True)
    done: list[Row] = []
    if given.output.exists():
        with given.output.open(newline="", encoding="utf-8") as file:
            done = [dict(row) for row in csv.DictReader(file)]
    known = {(row["programme"], row["kind"], int(str(row["number"]))) for row in done}
    for name in given.only:
        made = read(name, folder, given.planning)
        for kind in given.kinds:
            for number in range(given.events):
                if (name, kind, number) in known:
                    continue
                if kind in ("site", "two") and not any(one.site for one in made[0].venues.values()):
                    continue
                done.append(run(name, kind, number, made, Limits(given.time_limit, given.workers)))
                fresh = not given.output.exists()
                with given.output.open("a", newline="", encoding="utf-8") as file:
                    writer = csv.DictWriter(file, COLUMNS)
                    if fresh:
                        writer.writeheader()
                    writer.writerow(done[-1])
                print(*done[-1].values(), sep="  ", flush=True)
    print(told(done))


if __name__ == "__main__":
    main()
