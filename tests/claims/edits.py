"""What people do to a schedule and to the files after it was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.claims.files import Files, Rows
from tests.claims.programmes import Drawing

PINS = ("date", "venue", "instructors", "seats")


def edited(rows: Rows, files: Files, chance: Random, *, pins: float, hands: float) -> Rows:
    """Return a schedule with pins put on and sessions changed by hand.

    Args:
        rows: Those of schedule.csv.
        files: The programme.
        chance: What is changed comes from it.
        pins, hands: How likely a session gets a pin, and how likely it is changed.
    """
    done = []
    for row in rows:
        now = dict(row)
        if chance.random() < hands:
            now = _by_hand(now, files, chance)
        if chance.random() < pins:
            some = chance.sample(PINS, chance.choice((1, 1, 2, 3)))
            now["pin"] = chance.choice(("; ".join(some), "; ".join(some), "all", "date"))
        if chance.random() < 0.3:
            now["status"] = chance.choice(("published", "published", "cancelled"))
        done.append(now)
    if done and chance.random() < hands / 2:
        done.pop(chance.randrange(len(done)))
    return tuple(done)


def _by_hand(row: dict[str, str], files: Files, chance: Random) -> dict[str, str]:
    what = chance.choice(("day", "day", "venue", "instructors", "seats", "groups"))
    if what == "day":
        moved = date.fromisoformat(row["start"]) + timedelta(days=chance.choice((-2, -1, 1, 2, 3)))
        row = {**row, "start": moved.isoformat()}
        row.pop("days"), row.pop("end")
    elif what == "venue":
        row["venue"] = chance.choice(["", *(one["venue"] for one in files.tables.get("venues", ()))])
    elif what == "instructors":
        names = [one["instructor"] for one in files.tables.get("instructors", ())]
        row["instructors"] = "; ".join(chance.sample(names, chance.randint(0, len(names))))
    elif what == "seats":
        groups = [one.partition(":") for one in row["groups"].split("; ")]
        counts = [(group, max(1, int(number) + chance.choice((-1, -1, 1)))) for group, _, number in groups]
        row["groups"] = "; ".join(f"{group}:{number}" for group, number in counts)
        row["seats"] = str(sum(number for _, number in counts))
    else:
        names = [one["group"] for one in files.tables["groups"] if one["group"] != "all"]
        _, _, rest = row["groups"].partition(":")
        if ";" not in rest:
            row["groups"] = f"{chance.choice(names)}:{rest}"
    return row


def changed(files: Files, seed: str) -> Files:
    """Return the files with a thing or two changed since the schedule was made; they may be refused."""
    chance = Random(f"changed {seed}")
    fresh = Drawing(f"changed {seed}")
    fresh.starts = date.fromisoformat(files.settings["starts"])
    fresh.ends = date.fromisoformat(files.settings["ends"])
    for _ in range(chance.choice((1, 1, 2))):
        files = _one_change(files, chance, fresh)
    return files


def _one_change(files: Files, chance: Random, fresh: Drawing) -> Files:
    what = chance.choice(("closure", "closure", "cell", "cell", "cell", "gone", "goals", "ends"))
    if what == "closure":
        tables = {name: [dict(row) for row in rows] for name, rows in files.tables.items()}
        for row in tables["venues"]:
            row.setdefault("site", "")
        rows = list(
            fresh.closures(
                tables["curriculum"], tables["groups"], tables["venues"], tables["instructors"], number=1
            )
        )
        more = tuple({key: text for key, text in row.items() if text} for row in rows)
        return files.with_rows("closures", (*files.tables.get("closures", ()), *more))
    if what == "gone":
        name = chance.choice(("venues", "instructors", "curriculum", "closures"))
        rows = files.tables.get(name, ())
        if not rows:
            return files
        at = chance.randrange(len(rows))
        return files.with_rows(name, rows[:at] + rows[at + 1 :])
    if what == "goals":
        names = list(files.settings.get("goals", ("seats", "due", "sessions", "early")))
        chance.shuffle(names)
        return replace(files, settings={**files.settings, "goals": names})
    if what == "ends":
        ends = date.fromisoformat(files.settings["ends"]) + timedelta(days=chance.choice((-1, 1, 2)))
        return replace(files, settings={**files.settings, "ends": ends.isoformat()})
    return _one_cell(files, chance, fresh)


def _one_cell(files: Files, chance: Random, fresh: Drawing) -> Files:
    number = str(chance.randint(1, 4))
    name, column, text = chance.choice(
        (
            ("curriculum", "max_class", number),
            ("curriculum", "min_class", number),
            ("curriculum", "latest", fresh.day()),
            ("curriculum", "earliest", fresh.day()),
            ("curriculum", "parallel", "1"),
            ("curriculum", "mixed", chance.choice(("yes", "no"))),
            ("curriculum", "instructors", chance.choice(("q", "r", "q x2"))),
            ("curriculum", "venue", chance.choice(("none", "x", "y"))),
            ("curriculum", "duration", chance.choice(("1 day", "2 days"))),
            ("groups", "headcount", number),
            ("groups", "max_away", number),
            ("groups", "available_from", fresh.day()),
            ("venues", "capacity", number),
            ("venues", "available_until", fresh.day()),
            ("instructors", "qualifications", chance.choice(("q", "r", f"q until {fresh.day()}"))),
            ("instructors", "max_days_per_week", number),
        )
    )
    rows = files.tables.get(name, ())
    if not rows:
        return files
    at = chance.randrange(len(rows))
    if column in ("headcount", "max_away") and rows[at]["group"] == "all":
        return files
    return files.with_rows(name, (*rows[:at], {**rows[at], column: text}, *rows[at + 1 :]))


def events(files: Files, rows: Rows, chance: Random, fresh: Drawing) -> list[str]:
    """Return what happened, in the words of ``replan --event``."""
    named = {
        kind: [row[kind] for row in files.tables.get(f"{kind}s", ())]
        for kind in ("venue", "instructor", "group")
    }
    leaves = [id for id in named["group"] if id != "all"]
    courses = [row["course"] for row in files.tables["curriculum"]]
    first, last = sorted((fresh.day(), fresh.day()))
    number = chance.randint(1, 4)
    can = [
        f"all closed {first}",
        f"course:{chance.choice(courses)} closed {first}..{last}",
        f"course:{chance.choice(courses)} max_class {number}",
        f"course:{chance.choice(courses)} min_class {number}",
        f"course:{chance.choice(courses)} parallel {number}",
        f"course:{chance.choice(courses)} latest {last}",
        f"course:{chance.choice(courses)} earliest {first}",
        f"course:{chance.choice(courses)} due {first}",
        f"course:{chance.choice(courses)} priority {number}",
        f"course:{chance.choice(courses)} cancelled",
        f"group:{chance.choice(leaves)} away {first}..{last}",
        f"group:{chance.choice(leaves)} +{number}",
        f"group:{chance.choice(leaves)} -1",
        f"group:{chance.choice(leaves)} max_away {number}",
        f"group:{chance.choice(leaves)} leaves {last}",
        f"group:{chance.choice(leaves)} joins {first}",
    ]
    if named["venue"]:
        venue = chance.choice(named["venue"])
        can += [
            f"venue:{venue} closed {first}..{last}",
            f"venue:{venue} closed {first}",
            f"venue:{venue} capacity {number}",
            f"venue:{venue} leaves {last}",
            f"venue:{venue} joins {first}",
        ]
    if any(row.get("site") for row in files.tables.get("venues", ())):
        can.append(f"site:hill closed {first}..{last}")
    if named["instructor"]:
        teacher = chance.choice(named["instructor"])
        can += [
            f"instructor:{teacher} away {first}..{last}",
            f"instructor:{teacher} away {first}",
            f"instructor:{teacher} leaves {last}",
            f"instructor:{teacher} joins {first}",
            f"instructor:{teacher} max_days_per_week {number}",
        ]
    if rows:
        can += [f"session:{chance.choice(rows)['session']} cancelled"] * 3
    return chance.sample(can, chance.choice((0, 1, 1, 1, 1, 2, 2, 3)))
