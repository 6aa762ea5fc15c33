"""What courses ask of instructors, against the days on which these may teach them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from trainplan.findings import Severity
from trainplan.shortages.crowding import Crowd, Need, notable
from trainplan.shortages.reach import Reach
from trainplan.shortages.shortage import Shortage, between, ends, in_days, short
from trainplan.shortages.sizes import sessions
from trainplan.words import listed, many
from trainplan.workdays import week_of


def teacher_days(reach: Reach) -> Iterator[Shortage]:
    """Yield instructors who would have to teach on more days than they may, and who nearly do."""
    programme = reach.survey.programme
    needs = []
    for course in programme.courses.values():
        least = sessions(reach.survey, course)
        openings, runs = reach.survey.of(course.id), reach.any(course.id)
        for role, holders in zip(course.roles, openings.teachers, strict=True):
            useful = {id: openings.slots(mask & runs) for id, mask in holders.items() if mask & runs}
            if least:
                needs.append(Need(course.id, least * course.length * role.count, useful))
    supply = Weeks(reach)
    too_much, nearly = notable(needs, supply)
    for crowd in too_much:
        yield _told(reach, crowd, supply, "error")
    for crowd in nearly:
        if sum(sessions(reach.survey, programme.courses[id]) for id in crowd.courses) > 1:
            yield _told(reach, crowd, supply, "warning")


class Weeks:
    """How much instructors can give, no week more than agreed."""

    def __init__(self, reach: Reach) -> None:
        """Lay out the weeks of the programme."""
        survey = reach.survey
        # The same slots come up again and again while courses are added one by one.
        self._known: dict[tuple[int, int], int] = {}
        self.periods = survey.calendar.periods
        self.most = {one.id: one.max_days_per_week for one in survey.programme.instructors.values()}
        weeks: dict[date, list[date]] = {}
        for day in survey.calendar.working:
            weeks.setdefault(week_of(day), []).append(day)
        self.weeks = [survey.mask(days) for days in weeks.values()]

    def __call__(self, useful: Mapping[str, int]) -> int:
        """Return the slots that they can teach of those in which they can be of use."""
        return sum(self._of(id, mask) for id, mask in useful.items())

    def _of(self, id: str, mask: int) -> int:
        most = self.most[id]
        if most is None:
            return mask.bit_count()
        key = most, mask
        if key not in self._known:
            slots = most * self.periods
            self._known[key] = sum(min((mask & week).bit_count(), slots) for week in self.weeks)
        return self._known[key]


def _told(reach: Reach, crowd: Crowd, supply: Weeks, severity: Severity) -> Shortage:
    programme, calendar = reach.survey.programme, reach.survey.calendar
    people = [one for id, one in programme.instructors.items() if id in crowd.useful]
    courses = [programme.courses[id] for id in crowd.courses]
    names, one = listed([person.id for person in people], "or"), len(people) == 1
    asked = f"{in_days(crowd.demand, calendar.periods)} of {names} {between(calendar, crowd.span)}"
    if len(courses) == 1:
        runs = many(sessions(reach.survey, courses[0]), "session")
        who = f"{courses[0].id} needs {asked} ({runs} of {in_days(courses[0].length, calendar.periods)})"
    else:
        who = f"{listed(crowd.courses)} together need {asked}"
    weekly = any(
        supply.most[id] is not None and supply({id: mask}) < mask.bit_count()
        for id, mask in crowd.useful.items()
    )
    there = f"{'who' if one else 'who together'} can teach {'it' if len(courses) == 1 else 'them'} on"
    there += f" {in_days(crowd.supply, calendar.periods)}"
    if weekly:
        there += ", at the days a week agreed"
    return short(
        "instructor-load" if weekly else "instructor-clash",
        f"{who}, {there}",
        crowd.courses,
        people[0].place if one else courses[0].place,
        ("max_days_per_week" if weekly else "") if one else "instructors",
        days=ends(calendar, crowd.span),
        severity=severity,
    )
