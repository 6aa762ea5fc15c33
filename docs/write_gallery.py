"""Write docs/gallery.md and its pictures: real views of the bundled programme, with docs/plan.csv.

``python docs/write_gallery.py`` writes them anew. The pictures fetch nothing: no fonts from elsewhere.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rich.console import Console, RenderableType

from trainplan.load import load_programme
from trainplan.load.bundled import bundled_folder
from trainplan.load.schedule import load_schedule
from trainplan.model import Programme, Schedule
from trainplan.views import diaries
from trainplan.views.console import Screen
from trainplan.views.month_grid import month_grid
from trainplan.views.timeline import timeline

DOCS = Path(__file__).parent
PICTURES = DOCS / "gallery"
WIDTH = 100
SINCE, UNTIL = date(2027, 4, 1), date(2027, 5, 31)


class Shot(NamedTuple):
    """One picture: file name, what to type for it, what it shows, and the view itself."""

    name: str
    options: str
    says: str
    view: Callable[[Programme, Schedule, Screen], Iterable[RenderableType]]


SHOTS = (
    Shot(
        "calendar",
        "--from 2027-04-01 --to 2027-04-30",
        "A month as a grid: bars run across the days, each with the course's letter and the session's name.",
        lambda plan, made, screen: month_grid(plan, made, screen, SINCE, date(2027, 4, 30)),
    ),
    Shot(
        "timeline",
        "--by timeline --rows venues --from 2027-04-01 --to 2027-05-31",
        "Rooms down, weeks across.",
        lambda plan, made, screen: timeline(plan, made, screen, SINCE, UNTIL, "venues"),
    ),
    Shot(
        "group",
        "--by group --from 2027-04-01 --to 2027-05-31",
        "Each group's sessions, and people away each day against what the group can spare.",
        lambda plan, made, screen: diaries.groups(plan, made, screen, SINCE, UNTIL),
    ),
    Shot(
        "instructor",
        "--by instructor --from 2027-04-01 --to 2027-05-31",
        "Each instructor's diary, with the days used and the longest idle stretch of the whole programme.",
        lambda plan, made, screen: diaries.instructors(plan, made, screen, SINCE, UNTIL),
    ),
)


def pictures() -> dict[Path, str]:
    """Return every file of the gallery with its text."""
    plan, _ = load_programme(bundled_folder("saint-lucia"))
    made = load_schedule(DOCS / "plan.csv", plan)[0] if plan else None
    if plan is None or made is None:
        raise SystemExit("the bundled programme or docs/plan.csv can't be read")
    page = [
        "# Gallery\n",
        "Pictures of what `trainplan show saint-lucia docs/plan.csv` draws on a terminal.\n",
    ]
    found: dict[Path, str] = {}
    for shot in SHOTS:
        found[PICTURES / f"{shot.name}.svg"] = drawn(shot, plan, made)
        page += [
            f"## {shot.name.title()}\n",
            f"{shot.says}\n",
            f"`trainplan show saint-lucia docs/plan.csv {shot.options}`\n",
            f"![{shot.says}](gallery/{shot.name}.svg)\n",
        ]
    found[DOCS / "gallery.md"] = "\n".join(page)
    return found


def drawn(shot: Shot, plan: Programme, made: Schedule) -> str:
    """Return one view as a picture that fetches nothing."""
    screen = Screen(io.StringIO(), terminal=True, width=WIDTH)
    console = Console(
        file=io.StringIO(),
        record=True,
        width=WIDTH,
        force_terminal=True,
        color_system="256",
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for block in shot.view(plan, made, screen):
        console.print(block)
    svg = console.export_svg(title=f"trainplan show {shot.options}", unique_id=f"trainplan-{shot.name}")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    return "\n".join(row.rstrip() for row in svg.replace("Fira Code, ", "").splitlines()) + "\n"


def main() -> int:
    """Write what has changed."""
    PICTURES.mkdir(exist_ok=True)
    for path, text in pictures().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(DOCS.parent)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
