"""Tiny programmes at random, of every kind that the files can say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.claims.files import Files, Rows

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GOALS = ("seats", "due", "sessions", "early", "finish", "even", "cost")
PRIMES = (2, 3, 5, 7, 11, 13)


class Drawing:
    """One programme in the making; whatever is chosen comes from the seed."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)
        self.halves = self.chance.random() < 0.25
        # Easter lies in the second of these spans, a holiday of Saint Lucia.
        self.starts = date(2027, 3, self.chance.choice((1, 1, 1, 3, 4, 24)))
        span = self.chance.choice((1, 2, 2, 3, 4) if self.halves else (2, 3, 4, 5, 7, 8, 9, 11))
        self.ends = self.starts + timedelta(days=span - 1)

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def pick(self, *options: Any) -> Any:
        return self.chance.choice(options)

    def day(self, before: int = 0, after: int = 0) -> str:
        """Return a date of the programme, or one up to so many days outside."""
        span = (self.ends - self.starts).days
        return (self.starts + timedelta(days=self.chance.randint(-before, span + after))).isoformat()

    # ---- the files

    def files(self) -> Files:
        groups = list(self._groups())
        leaves = [row["group"] for row in groups if row["group"] != "all"]
        venues = list(self._venues())
        instructors = list(self._instructors())
        courses = list(self._courses(groups, leaves))
        closures = list(self.closures(courses, groups, venues, instructors))
        tables: dict[str, Rows] = {
            "curriculum": tuple(map(_filled, courses)),
            "groups": tuple(map(_filled, groups)),
            "venues": tuple(map(_filled, venues)),
            "instructors": tuple(map(_filled, instructors)),
            "closures": tuple(map(_filled, closures)),
        }
        return Files(dict(self._settings()), tables)

    def _settings(self) -> Iterator[tuple[str, Any]]:
        yield "title", "Tiny"
        yield "starts", self.starts.isoformat()
        yield "ends", self.ends.isoformat()
        if self.maybe(0.2):
            yield "working_days", self.pick(list(WEEKDAYS), list(WEEKDAYS[:6]), ["mon", "wed", "fri"])
        if self.halves:
            yield "periods", ["morning", "afternoon"]
        if self.starts.day == 24:
            yield "holidays", "LC"
        if self.maybe(0.65):
            names = self.chance.sample(GOALS, self.chance.randint(1, 4))
            if self.maybe(0.6):
                names = ["seats", *(name for name in names if name != "seats")]
            yield "goals", names

    def _groups(self) -> Iterator[dict[str, Any]]:
        number = self.pick(1, 1, 2, 2, 3)
        whole = number > 1 and self.maybe(0.4)
        large = self.maybe(0.15)
        heads = 0
        for name in ("north", "south", "east")[:number]:
            count = self.pick(*PRIMES) if large else self.chance.randint(1, 4 if number > 1 else 6)
            heads += count
            most: Any = ""
            if self.maybe(0.4):
                most = self.pick("50%", "34%") if self.maybe(0.2) else self.chance.randint(1, count)
            yield {
                "group": name,
                "title": name,
                "headcount": count,
                "max_away": most,
                "part_of": "all" if whole else "",
                "available_from": self.day() if self.maybe(0.07) else "",
                "available_until": self.day() if self.maybe(0.07) else "",
            }
        if whole:
            most = self.chance.randint(1, heads) if self.maybe(0.6) else ""
            yield {"group": "all", "title": "all", "headcount": self.pick("", heads), "max_away": most}

    def _venues(self) -> Iterator[dict[str, Any]]:
        for name in ("lab", "hut")[: self.pick(0, 1, 1, 2, 2)]:
            yield {
                "venue": name,
                "title": name,
                "capacity": self.pick(1, 2, 3, 3, 20),
                "features": self.pick("", "x", "x; y"),
                "site": "hill" if self.maybe(0.3) else "",
                "available_from": self.day() if self.maybe(0.07) else "",
                "available_until": self.day() if self.maybe(0.07) else "",
                "cost_per_day": self.pick(0, 0, 10, 7, "2.5"),
            }

    def _instructors(self) -> Iterator[dict[str, Any]]:
        for name in ("ann", "bob")[: self.pick(0, 0, 1, 2, 2)]:
            held = self.pick("q", "q", "r", "q; r", f"q until {self.day()}")
            yield {
                "instructor": name,
                "name": name.title(),
                "qualifications": held,
                "available_from": self.day() if self.maybe(0.07) else "",
                "available_until": self.day() if self.maybe(0.07) else "",
                "max_days_per_week": self.chance.randint(1, 3) if self.maybe(0.25) else "",
                "cost_per_day": self.pick("", 5, "0.5"),
                "trip_cost": self.pick("", "", 20),
            }

    def _courses(self, groups: list[dict[str, Any]], leaves: list[str]) -> Iterator[dict[str, Any]]:
        heads = {row["group"]: row["headcount"] for row in groups}
        number = self.pick(1, 2, 2, 3)
        earlier: list[tuple[str, dict[str, int]]] = []
        for id in "ABC"[:number]:
            chosen = self.chance.sample(leaves, min(len(leaves), self.pick(1, 1, 2, 3)))
            if len(groups) > len(leaves) and self.maybe(0.3):
                asked, seats = "all", {leaf: heads[leaf] for leaf in leaves}
            else:
                seats = {leaf: self._seats(heads[leaf], number) for leaf in chosen}
                cells = [leaf if seats[leaf] == heads[leaf] else f"{leaf}:{seats[leaf]}" for leaf in chosen]
                asked = "; ".join(cells)
            least = self.pick(1, 1, 1, 2, 2, 3, 4)
            yield {
                "course": id,
                "title": id,
                "duration": self._duration(),
                "groups": asked,
                "mixed": "yes" if self.maybe(0.35) else "",
                "min_class": least if least > 1 else "",
                "max_class": max(least, self.pick(1, 2, 2, 3, 4, *PRIMES)),
                "venue": self.pick("none", "none", "", "x", "y"),
                "instructors": self.pick("", "", "", "q", "q", "r", "q x2", "q; r"),
                "start_on": self.pick("mon", "wed", "mon; thu", "fri") if self.maybe(0.12) else "",
                "span": self.pick("yes", "no") if self.maybe(0.3) else "",
                "after": self._after(earlier, seats),
                "earliest": self.day() if self.maybe(0.12) else "",
                "latest": self.day() if self.maybe(0.2) else "",
                "due": self.day() if self.maybe(0.35) else "",
                "priority": self.chance.randint(2, 9) if self.maybe(0.2) else "",
                "parallel": self.pick(1, 1, 2) if self.maybe(0.2) else "",
            }
            earlier.append((id, seats))

    def _seats(self, heads: int, courses: int) -> int:
        few = 3 if courses == 3 else 4
        return heads if heads > few and self.maybe(0.2) else self.chance.randint(1, min(heads, few))

    def _duration(self) -> str:
        if self.halves and self.maybe(0.6):
            return self.pick("1 half-day", "1 half-day", "3 half-days", "2 half-days")
        days = (self.ends - self.starts).days + 1
        if days < 3:
            return "1 day"
        return self.pick("1 day", "1 day", "2 days", "2 days" if days < 7 else "3 days", "3 days", "1 week")

    def _after(self, earlier: list[tuple[str, dict[str, int]]], seats: dict[str, int]) -> str:
        orders = []
        for id, before in earlier:
            if not self.maybe(0.4):
                continue
            everyone = self.maybe(0.3)
            if not everyone and any(before.get(group, 99) < number for group, number in seats.items()):
                continue
            least = self.chance.randint(0, 4)
            lag = self.pick("", "", "", f" +{least}d", f" +{least}d..{least + self.chance.randint(0, 4)}d")
            orders.append(f"{'all ' if everyone else ''}{id}{lag}")
        return "; ".join(orders)

    def closures(
        self,
        courses: list[dict[str, Any]],
        groups: list[dict[str, Any]],
        venues: list[dict[str, Any]],
        instructors: list[dict[str, Any]],
        number: int | None = None,
    ) -> Iterator[dict[str, Any]]:
        whom = ["all"]
        for kind, rows in (
            ("course", courses),
            ("group", groups),
            ("venue", venues),
            ("instructor", instructors),
        ):
            whom += [f"{kind}:{row[kind]}" for row in rows]
        if any(row["site"] for row in venues):
            whom.append("site:hill")
        for _ in range(self.pick(0, 0, 0, 1, 1, 2, 3) if number is None else number):
            first = self.day(before=1)
            row = {"who": self.pick(*whom), "from": first, "to": "", "repeats": "", "kind": "", "reason": ""}
            if self.maybe(0.3):
                row["to"] = (date.fromisoformat(first) + timedelta(days=self.pick(1, 2, 3))).isoformat()
            elif self.maybe(0.2):
                row["repeats"] = f"FREQ=WEEKLY;BYDAY={self.pick('MO', 'WE', 'FR')}"
            if row["who"] == "all" and self.maybe(0.3):
                row["kind"] = "open"
            if row["who"].startswith("group") and self.maybe(0.2):
                row["from"], row["to"] = self.starts.isoformat(), self.ends.isoformat()
            yield row


def _filled(row: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in row.items() if value not in ("", None)}


def draw(seed: str) -> Files:
    """Return the files of a tiny programme; trainplan may still refuse them."""
    return Drawing(seed).files()


def kinds(files: Files) -> Iterator[str]:
    """Yield what is in a programme, in words to count."""
    if "periods" in files.settings:
        yield "half-days"
    if "holidays" in files.settings:
        yield "holidays"
    goals = files.settings.get("goals", ["seats"])
    yield f"goals begin with {goals[0]}"
    yield from (f"goal {name}" for name in goals)
    for row in files.tables["curriculum"]:
        for column in ("mixed", "min_class", "start_on", "span", "earliest", "latest", "due", "parallel"):
            if row.get(column):
                yield f"course {column}"
        if row.get("venue") == "none":
            yield "course without venue"
        if "all " in row.get("after", ""):
            yield "order of all"
        if ".." in row.get("after", ""):
            yield "lag with both ends"
        if row.get("after"):
            yield "order"
    for name in ("groups", "venues", "instructors"):
        for row in files.tables.get(name, ()):
            for column in ("max_away", "part_of", "available_from", "available_until", "site"):
                if row.get(column):
                    yield f"{name} {column}"
            for column in ("max_days_per_week", "cost_per_day", "trip_cost"):
                if row.get(column):
                    yield f"{name} {column}"
            if "until" in row.get("qualifications", ""):
                yield "instructors expiring"
    for row in files.tables.get("closures", ()):
        yield f"closure of {row['who'].partition(':')[0]}{' open' if row.get('kind') else ''}"
        if row.get("repeats"):
            yield "closure that repeats"
