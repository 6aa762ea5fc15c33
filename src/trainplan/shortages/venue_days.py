"""What courses ask of venues, against the days on which these are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trainplan.findings import Severity
from trainplan.shortages.crowding import Crowd, Need, notable
from trainplan.shortages.reach import Reach
from trainplan.shortages.shortage import Shortage, between, ends, in_days, short
from trainplan.shortages.sizes import sessions
from trainplan.words import listed, many


def venue_days(reach: Reach) -> Iterator[Shortage]:
    """Yield venues that would have to be in use on more days than they are open, and that nearly are."""
    programme = reach.survey.programme
    needs = []
    for course in programme.courses.values():
        least = sessions(reach.survey, course)
        if course.features is not None and least:
            openings, runs = reach.survey.of(course.id), reach.any(course.id)
            useful = {id: openings.slots(mask & runs) for id, mask in openings.venues.items() if mask & runs}
            needs.append(Need(course.id, least * course.length, useful))
    too_much, nearly = notable(needs, _open)
    for crowd in too_much:
        yield _told(reach, crowd, "error")
    for crowd in nearly:
        if sum(sessions(reach.survey, programme.courses[id]) for id in crowd.courses) > 1:
            yield _told(reach, crowd, "warning")


def _open(useful: Mapping[str, int]) -> int:
    return sum(mask.bit_count() for mask in useful.values())


def _told(reach: Reach, crowd: Crowd, severity: Severity) -> Shortage:
    programme, calendar = reach.survey.programme, reach.survey.calendar
    rooms = [venue for id, venue in programme.venues.items() if id in crowd.useful]
    courses = [programme.courses[id] for id in crowd.courses]
    names, one = listed([room.id for room in rooms], "or"), len(rooms) == 1
    when = between(calendar, crowd.span)
    asked = f"{in_days(crowd.demand, calendar.periods)} in {names} {when}"
    place, column = courses[0].place, "latest" if courses[0].latest else "groups"
    if len(courses) == 1:
        runs = many(sessions(reach.survey, courses[0]), "session")
        who = f"{courses[0].id} needs {asked} ({runs} of {in_days(courses[0].length, calendar.periods)})"
    else:
        who = f"{listed(crowd.courses)} together need {asked}"
        place, column = (rooms[0].place, "") if one else (place, "venue")
    there = in_days(crowd.supply, calendar.periods)
    whole = _open({room.id: reach.survey.open("venue", room.id, crowd.span) for room in rooms})
    if whole == crowd.supply:
        there = f"{'it is' if one else 'they are'} open on {there}"
    else:
        there = f"{'it has' if one else 'they have'} {there} on which {'it' if len(courses) == 1 else 'they'}"
        there += " can run"
    days = ends(calendar, crowd.span)
    return short("venue-clash", f"{who}; {there}", crowd.courses, place, column, days=days, severity=severity)
