"""Hand-written bad files, each with the findings that it must meet beside it.

A case is a title after ``##``, the files that differ from the good programme below (``--- !file`` takes one
away), and under ``--- expected`` each finding: its code, its severity where it is a warning, and its text.
Under ``--- lacks`` stands, in the same form, what can be read but not planned, which is no error of reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trainplan.findings import Finding
from trainplan.load import load_programme, load_schedule
from trainplan.shortages import shortages

CASES = Path(__file__).parent / "cases"

# 4 January 2027 is a Monday.
GOOD: Mapping[str, str] = {
    "programme.toml": 'title = "Coast training"\nstarts = 2027-01-04\nends = 2027-03-26\n',
    "curriculum.csv": (
        "course,title,duration,groups,max_class,venue,instructors\n"
        "CP,Community Policing,1 week,police,20,classroom,community-policing\n"
        "CA,Cybersecurity Awareness,3 days,customs:12; police:10,12,computers,cybersecurity\n"
    ),
    "groups.csv": "group,title,headcount,max_away\npolice,Police,40,20\ncustoms,Customs,24,25%\n",
    "venues.csv": "venue,title,capacity,features\nhall,Hall,40,classroom\nlab,Lab,12,computers; classroom\n",
    "instructors.csv": (
        "instructor,name,qualifications\nrose,Sgt Rose,community-policing\njoseph,J. Joseph,cybersecurity\n"
    ),
}


@dataclass
class Case:
    title: str
    files: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)


def cases() -> Iterator[tuple[str, Case]]:
    for path in sorted(CASES.glob("*.txt")):
        case = section = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                case, section = Case(line[3:]), None
                yield path.stem, case
            elif line.startswith("--- ") and case is not None:
                section = line[4:]
                if section.startswith("!"):
                    case.gone.append(section[1:])
                elif section not in ("expected", "lacks"):
                    case.files[section] = ""
            elif case is not None and section == "expected" and line:
                case.expected.append(line)
            elif case is not None and section == "lacks" and line:
                case.lacks.append(line)
            elif case is not None and section in case.files and (line or case.files[section]):
                case.files[section] += line.replace("\\t", "\t").replace("\\0", "\0") + "\n"


def write(folder: Path, files: Mapping[str, str | bytes], gone: list[str] | tuple[str, ...] = ()) -> Path:
    """Write the good programme, with ``files`` in the place of its own and without ``gone``."""
    for name, content in {**GOOD, **files}.items():
        if name not in gone:
            raw = content if isinstance(content, bytes) else content.encode("utf-8")
            (folder / name).write_bytes(raw)
    return folder


def said(one: Finding) -> str:
    severity = "" if one.severity == "error" else f" ({one.severity})"
    return f"{one.rule}{severity} | {one}"


def meet(case: Case, folder: Path) -> list[str]:
    """Return everything that the case's files meet, its schedule included if it has one."""
    write(folder, case.files, case.gone)
    programme, findings = load_programme(folder)
    met = [said(one).replace(str(folder), "FOLDER") for one in findings]
    assert (programme is None) == any(one.severity == "error" for one in findings)
    for name in ("schedule.csv", "schedule.json"):
        if name in case.files:
            assert programme is not None, met
            _, more = load_schedule(folder / name, programme)
            met += map(said, more)
    return met


def lack(folder: Path) -> list[str]:
    """Return what can't be had of a programme that can be read."""
    programme, findings = load_programme(folder)
    assert programme is not None, findings
    return [said(one) for one in shortages(programme) if one.severity == "error"]
