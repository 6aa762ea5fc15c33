"""From a programme's files to a ``Programme``: reading, tying together, checking across files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trainplan.findings import Finding, Place
from trainplan.load import closures, curriculum, groups, instructors, venues
from trainplan.load.crosschecks import CHECKS
from trainplan.load.folder import SETTINGS, Folder
from trainplan.load.header import rows_of
from trainplan.load.notes import Notes, Reason
from trainplan.load.overrides import Overridden
from trainplan.load.register import Register, Shelf
from trainplan.load.settings import KEYS, Settings, read_settings
from trainplan.load.table import Layout, Row
from trainplan.load.wording import quote
from trainplan.load.workbook import SUFFIXES, Workbook, open_workbook
from trainplan.model import Closure, Course, Group, Instructor, Programme, Venue

_OPTIONAL = (venues.LAYOUT.file, instructors.LAYOUT.file, closures.LAYOUT.file)
_FILES = (SETTINGS, curriculum.LAYOUT.file, groups.LAYOUT.file, *_OPTIONAL, "schedule.csv")
# Without these no calendar can be laid out.
_FRAME = frozenset({"starts", "ends", "working_days", "periods", "holidays"})


def load_programme(path: Path, sets: Sequence[str] = ()) -> tuple[Programme | None, tuple[Finding, ...]]:
    """Read a programme, and say everything that is wrong with it.

    Args:
        path: Its folder, or the programme.toml in it; or the workbook that holds it.
        sets: What to put in the place of single cells and keys, as ``groups.police.max_away=25%``; of
            two for the same cell the later counts.

    Returns:
        The programme, None if any finding is an error; and the findings, by file, row and column.
    """
    notes = Notes()
    folder = _folder(Path(path), notes)
    if folder is None:
        return None, notes.findings()
    if not sets:
        programme = _Reading(folder, notes).programme()
        return (None if notes.failed else programme), notes.findings()
    changed = Overridden(folder, sets, notes)
    programme = _Reading(changed, notes).programme()
    return (None if notes.failed else programme), changed.replaced(notes.findings())


def _folder(path: Path, notes: Notes) -> Folder | Workbook | None:
    try:
        if path.is_dir():
            return Folder(path, notes)
        if path.is_file() and path.suffix.lower() == ".toml":
            return Folder(path.parent, notes, path.name)
        if path.suffix.lower() in SUFFIXES and path.exists():
            return open_workbook(path, notes)
        there = path.exists()
    except (OSError, ValueError):
        there = False
    place = Place(path.name or str(path))
    if there:
        said = f"is neither a programme's folder, nor its {SETTINGS}, nor a workbook (.xlsx)"
        notes.error(Reason("unreadable-file", said), place)
    else:
        notes.error(Reason("missing-file", f"there is no programme at {quote(str(path))}"), place)
    return None


class _Reading:
    """One programme while it is being read."""

    def __init__(self, folder: Folder | Workbook | Overridden, notes: Notes) -> None:
        self.folder, self.notes = folder, notes
        self.sites = Register("site", "venues.csv")
        self.features = Register("feature", "venues.csv")
        self.qualifications = Register("qualification", "instructors.csv")
        self.venues: Shelf[Venue] = Shelf("venue", venues.LAYOUT.file)
        self.instructors: Shelf[Instructor] = Shelf("instructor", instructors.LAYOUT.file)
        self.groups: Shelf[Group] = Shelf("group", groups.LAYOUT.file)
        self.courses: Shelf[Course] = Shelf("course", curriculum.LAYOUT.file)

    def programme(self) -> Programme:
        """Return the programme as far as it can be read."""
        settings = self._settings()
        dates = settings.dates
        self.folder.note_strays(_OPTIONAL, _FILES)
        venues.read_venues(
            self._rows(venues.LAYOUT, self.venues), self.venues, dates, self.sites, self.features
        )
        venue_sites = Register("site", "venues.csv", self.sites.names)
        venue_sites.complete = self.venues.complete
        instructors.read_instructors(
            self._rows(instructors.LAYOUT, self.instructors),
            self.instructors,
            dates,
            self.sites,
            self.qualifications,
        )
        groups.read_groups(
            self._rows(groups.LAYOUT, self.groups, needed=True), self.groups, dates, self.sites
        )
        curriculum.read_courses(
            self._rows(curriculum.LAYOUT, self.courses, needed=True),
            self.courses,
            settings,
            curriculum.Known(self.groups, self.features, self.qualifications),
        )
        self._check_needs()
        shut = self._closures(settings, venue_sites)
        programme = self._assembled(settings, shut)
        if not settings.spoilt & _FRAME:
            for check in CHECKS:
                check(programme, self.notes)
        return programme

    def _settings(self) -> Settings:
        values = self.folder.settings()
        if values is not None:
            return read_settings(values, self.folder.settings_file, self.notes, self.folder.settings_places)
        # The tables are still read by the defaults, for what can be told of them without the frame.
        return Settings(spoilt=set(KEYS))

    def _rows(self, layout: Layout, shelf: Shelf[Any], needed: bool = False) -> list[Row]:
        if not self.folder.has(layout.file):
            if needed:
                self.folder.absent(layout.file)
                shelf.complete = False
            return []
        table = self.folder.table(layout)
        rows = None if table is None else rows_of(table, layout, self.notes)
        shelf.complete = table is not None and rows is not None and not table.lost
        if needed and rows == [] and shelf.complete:
            said = f"has a header but no row, so there is no {shelf.what}"
            self.notes.error(Reason("empty-file", said), self.folder.place(layout.file))
            shelf.complete = False
        return rows or []

    def _check_needs(self) -> None:
        """venues.csv and instructors.csv may only be missing where no course needs one."""
        sound = self.courses.sound()
        needs = (
            (venues.LAYOUT.file, any(one.features is not None for one in sound)),
            (instructors.LAYOUT.file, any(one.roles for one in sound)),
        )
        for file, needed in needs:
            if needed and not self.folder.has(file):
                self.folder.absent(file)

    def _closures(self, settings: Settings, venue_sites: Register) -> tuple[Closure, ...]:
        registers: dict[Any, Register] = {
            "venue": self.venues,
            "instructor": self.instructors,
            "group": self.groups,
            "course": self.courses,
            "site": self.sites,
        }
        self.sites.complete = self.venues.complete and self.instructors.complete and self.groups.complete
        rows = self._rows(closures.LAYOUT, Shelf("closure", closures.LAYOUT.file))
        return closures.read_closures(rows, settings, registers, venue_sites)

    def _assembled(self, settings: Settings, shut: tuple[Closure, ...]) -> Programme:
        courses = {one.id: one for one in self.courses.sound()}
        moved = {Place(SETTINGS, 0, key): place for key, place in self.folder.settings_places.items()}
        if isinstance(self.folder, Overridden):
            moved |= self.folder.cells()
        return Programme(
            title=settings.title,
            starts=settings.starts or closures.A_DAY,
            ends=settings.ends or closures.A_DAY,
            courses=courses,
            groups=self.groups.things,
            venues=self.venues.things,
            instructors=self.instructors.things,
            closures=shut,
            working_days=settings.working_days,
            holidays=settings.holidays,
            timezone=settings.timezone,
            date_order=settings.date_order,
            periods=settings.periods,
            hours=settings.hours,
            currency=settings.currency,
            goals=settings.goals,
            moved=moved,
        )
