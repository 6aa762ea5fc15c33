"""What only shows between courses and makes no sense: orders that contradict themselves or the seats.

What makes sense and only can't be planned is no error of reading, but a shortage: see ``shortages``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trainplan.findings import Place
from trainplan.load.loops import loops
from trainplan.load.notes import Notes, Reason
from trainplan.model import Course, Programme


def spot(course: Course, column: str) -> Place:
    """Return where a cell of a course's row is."""
    return replace(course.place or Place("curriculum.csv"), column=column)


def check_order(programme: Programme, notes: Notes) -> None:
    """No course comes before itself, however long the way round."""
    courses = programme.courses
    for loop in loops({id: [one.course for one in course.after] for id, course in courses.items()}):
        said = f"these courses wait for one another: {' after '.join((*loop, loop[0]))}"
        notes.error(Reason("cycle", said), spot(courses[loop[0]], "after"))


def check_order_seats(programme: Programme, notes: Notes) -> None:
    """Whoever takes a course has a seat in the course that comes before it."""
    for later in programme.courses.values():
        for order in later.after:
            earlier = programme.courses.get(order.course)
            if earlier is None or order.all:
                continue
            shared = [group for group in later.seats if group in earlier.seats]
            if not shared:
                said = (
                    f"no group takes both {earlier.id} and {later.id}, so this binds nobody;"
                    f' write "all {earlier.id}" to wait for every session of it'
                )
                notes.warn(Reason("order-binds-nobody", said), spot(later, "after"))
            for group in shared:
                if later.seats[group] > earlier.seats[group]:
                    said = (
                        f"{later.seats[group]} seats for {group} come after {earlier.id},"
                        f" which has only {earlier.seats[group]} for it"
                    )
                    notes.error(Reason("order-seats", said), spot(later, "groups"))


Check = Callable[[Programme, Notes], None]
CHECKS: tuple[Check, ...] = (check_order, check_order_seats)
