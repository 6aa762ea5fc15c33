"""Throw damaged and hostile files at every reader, and count the faults.

``python benchmarks/fuzz_readers.py --inputs 1000000 --seed 1`` says how many inputs each reader was given,
and each fault with what brings it back. A fault is an exception, a finding without a place, or an answer that
contradicts its findings (a programme despite an error, none without one).
"""

from __future__ import annotations

import argparse
import io
import json
import random
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from trainplan.exports.programme_book import content
from trainplan.load import load_programme, load_schedule
from trainplan.load.plain import read_plain
from trainplan.model import Programme

GOOD = {
    "programme.toml": 'title = "T"\nstarts = 2027-01-04\nends = 2027-03-26\ndate_order = "dmy"\n'
    'periods = ["am", "pm"]\nhours = { am = "08:30-12:00", pm = "13:00-16:30" }\ngoals = ["seats", "due"]\n',
    "curriculum.csv": "course,title,duration,groups,max_class,venue,instructors,after,due,start_on\n"
    "CP,Community Policing,1 week,police,20,classroom,law x2,,2027-03-01,mon\n"
    'CA,"Cyber, basic",3 half-days,customs:12; police:10,12,any,,CP +14d..60d,,\n',
    "groups.csv": "group,title,headcount,max_away,part_of\nforce,All,,,\npolice,Police,40,20,force\n"
    "customs,Customs,24,25%,\n",
    "venues.csv": "venue,title,capacity,features,site,cost_per_day\nhall,Hall,40,classroom,north,12.50\n",
    "instructors.csv": "instructor,name,qualifications\nrose,Rose,law until 2027-06-30\njo,Jo,law\n",
    "closures.csv": "who,from,to,repeats,kind,reason\nall,2027-02-22,,,open,Day\n"
    "venue:hall,01/03/2027,5 Mar 2027,FREQ=MONTHLY;BYDAY=1WE,closed,Storm\n",
}
PLAN = (
    "session,course,title,start,end,days,venue,instructors,groups,seats,status,pin\n"
    "CP-01,CP,'=x,2027-01-11,2027-01-15,2027-01-11 am..2027-01-15 pm,hall,rose; jo,police:20,20,draft,date\n"
    "CA-01,CA,y,2027-02-01,,2027-02-01; 2027-02-02 am,hall,,customs:12,12,cancelled,all\n"
)
ROWS = [
    dict(zip(PLAN.split("\n")[0].split(","), row.split(","), strict=True)) for row in PLAN.split("\n")[1:3]
]
PIECES = (
    *("police", "all", "none", "yes", "24", "24.0", "-1", "0.2", "20%", "police:60", "CP +14d", "all CP"),
    *("x x9", "2027-02-30", "03/02/2027", "2027-02-01..2027-02-05", "46448", "FREQ=YEARLY;BYDAY=6MO"),
    *("=1+1", "'", ";", ":", "..", '"', ",", "\n", "\r", "\t", "\0", "\ufeff", "\u202e", "💥", "²"),
    *("9" * 400, "<c", "<row r='9'>", '<c r="XFD1048576"><v>1</v></c>', ' t="e"', ' t="s"', ' s="999"'),
    *("</v>", "&#0;", "&x;", "_x0000_", "[", "{", "[[x]]", "NaN", "1e999", "null", "\ud83d"),
    *("0x" + "f" * 300, "1979-05-27T07:32:00Z", "FREQ=DAILY"),
)
Reader = Callable[[random.Random], str | None]


def spoiled(text: bytes, chance: random.Random) -> bytes:
    """Return ``text`` with a few wounds: bytes, spans and pieces lost, doubled, changed and put in."""
    raw = bytearray(text)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(raw) + 1)
        end = min(len(raw), at + chance.choice((1, 1, 2, 5, 20, 200)))
        kind = chance.randrange(7)
        if kind == 0:
            raw[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 2, 4))))
        elif kind == 1:
            del raw[at:end]
        elif kind == 2:
            raw[at:at] = raw[at:end] * chance.choice((1, 2, 30))
        elif kind == 3 and at < len(raw):
            raw[at] ^= 1 << chance.randrange(8)
        elif kind == 4 and chance.random() < 0.2:
            del raw[at:]
        else:
            raw[at : end if kind == 5 else at] = chance.choice(PIECES).encode("utf-8", "surrogatepass")
    return bytes(raw)


def reworded(text: str, chance: random.Random) -> bytes:
    """Return a table with cells changed, shuffled, added and lost, in some encoding."""
    rows = [line.split(",") for line in text.splitlines()]
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        row = chance.choice(rows)
        at = chance.randrange(len(row)) if row else 0
        kind = chance.randrange(8)
        if kind < 4 and row:
            row[at] = chance.choice((row[at], "")) + "".join(
                chance.choices(PIECES, k=chance.choice((1, 1, 2)))
            )
        elif kind == 4 and row:
            del row[at]
        elif kind == 5:
            rows.append(list(chance.choice(rows)))
        elif kind == 6:
            row.insert(at, chance.choice(PIECES))
        else:
            chance.shuffle(row)
    made = chance.choice("\n\n\r").join(chance.choice(",,,;\t").join(row) for row in rows)
    encoding = chance.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    return made.encode(encoding, "replace" if encoding == "cp1252" else "surrogatepass")


def zipped(parts: dict[str, bytes], method: int) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", method) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return into.getvalue()


class Bench:
    """Good files in a folder of their own, and one reader after the other to be tried on bad ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in GOOD.items():
            (folder / name).write_text(text, encoding="utf-8")
        programme, findings = load_programme(folder)
        if programme is None:
            raise RuntimeError(f"the good programme is not good: {findings}")
        self.programme: Programme = programme
        self.book = content(read_plain(folder))
        with zipfile.ZipFile(io.BytesIO(self.book)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.readers: dict[str, Callable[[random.Random], str | None]] = {
            **{name: self._file(name) for name in GOOD},
            "schedule.csv": self._schedule_csv,
            "schedule.json": self._schedule_json,
            "programme.xlsx": self._workbook,
            "schedule.xlsx": self._schedule_workbook,
        }

    def _file(self, name: str) -> Reader:
        def tried(chance: random.Random) -> str | None:
            text = GOOD[name]
            table = name.endswith(".csv") and chance.random() < 0.6
            (self.folder / name).write_bytes(
                reworded(text, chance) if table else spoiled(text.encode(), chance)
            )
            try:
                return self._programme(self.folder)
            finally:
                (self.folder / name).write_text(text, encoding="utf-8")

        return tried

    def _programme(self, path: Path) -> str | None:
        programme, findings = load_programme(path)
        if (programme is None) != any(one.severity == "error" for one in findings):
            return f"the answer contradicts its findings: {findings}"
        return next((f"no place: {one}" for one in findings if one.place is None or not one.message), None)

    def _schedule(self, name: str, raw: bytes) -> str | None:
        path = self.folder / name
        path.write_bytes(raw)
        schedule, findings = load_schedule(path, self.programme)
        path.unlink()
        if schedule is None and not any(one.severity == "error" for one in findings):
            return "no schedule, and no word why"
        for one in schedule.sessions if schedule else ():
            if not one.id or not one.slots or list(one.slots) != sorted(set(one.slots)):
                return f"no sound session: {one}"
        return next((f"no place: {one}" for one in findings if one.place is None or not one.message), None)

    def _schedule_csv(self, chance: random.Random) -> str | None:
        raw = reworded(PLAN, chance) if chance.random() < 0.6 else spoiled(PLAN.encode(), chance)
        return self._schedule("plan.csv", raw)

    def _schedule_json(self, chance: random.Random) -> str | None:
        odd: tuple[object, ...] = (
            None,
            True,
            1.5,
            float("nan"),
            [],
            {},
            ["x"],
            {"police": 1},
            {"police": "x"},
            10**400,
        )
        rows: list[object] = [dict(row) for row in ROWS]
        for row in rows:
            if isinstance(row, dict):
                row[chance.choice((*row, "slots"))] = chance.choice((*odd, *PIECES))
        if chance.random() < 0.1:
            rows.append(chance.choice(odd[:8]))
        raw = json.dumps({"sessions": rows} if chance.random() < 0.9 else rows).encode()
        return self._schedule("plan.json", raw if chance.random() < 0.5 else spoiled(raw, chance))

    def _spoiled_book(self, chance: random.Random) -> bytes:
        if chance.random() < 0.2:
            return spoiled(self.book, chance)
        parts = dict(self.parts)
        read = ("xl/worksheets/", "xl/work", "xl/styles", "xl/shared")
        names = [name for name in parts if name.startswith(read)]
        for name in chance.choices(names, k=chance.choice((1, 1, 2))):
            parts[name] = spoiled(parts[name], chance)
        if chance.random() < 0.05:
            del parts[chance.choice(list(parts))]
        return zipped(parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))

    def _workbook(self, chance: random.Random) -> str | None:
        path = self.folder / "mine.xlsx"
        path.write_bytes(self._spoiled_book(chance))
        return self._programme(path)

    def _schedule_workbook(self, chance: random.Random) -> str | None:
        return self._schedule("plan.xlsx", self._spoiled_book(chance).replace(b"closures", b"schedule"))


def tried(count: int, seed: int, seconds: float | None = None) -> Iterator[tuple[str, int, str | None]]:
    """Yield the reader, the input's own seed and the fault, if there was one, of ``count`` inputs."""
    until = None if seconds is None else time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch))
        names = [*bench.readers, *["schedule.csv", "schedule.json"] * 4]
        for number in range(seed * 10_000_000, seed * 10_000_000 + count):
            if until is not None and time.monotonic() > until:
                return
            name = names[number % len(names)]
            fault = None
            try:
                fault = bench.readers[name](random.Random(number))
            except BaseException as problem:
                if isinstance(problem, KeyboardInterrupt):
                    raise
                fault = "".join(traceback.format_exception(problem)[-4:])
            yield name, number, fault


def main() -> int:
    """Try, tell, and end with 1 if there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=None, help="stop after so many seconds")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    faults = 0
    began = time.monotonic()
    for name, number, fault in tried(asked.inputs, asked.seed, asked.seconds):
        counts[name] += 1
        if fault is not None:
            faults += 1
            print(f"fault: {name}, input {number}: {fault}", flush=True)
    for name, count in sorted(counts.items()):
        print(f"{count:>9,} {name}")
    print(f"{sum(counts.values()):>9,} inputs, {faults} faults, {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
