"""All rules, in the order in which they are told to the solver and audited.

Those that only forbid single choices come first: what they rule out, the others need not consider.
"""

from __future__ import annotations

from trainplan.rules.base import Rule
from trainplan.rules.class_mix import ClassMix
from trainplan.rules.class_size import ClassSize
from trainplan.rules.course_days import CourseDays
from trainplan.rules.course_order import CourseOrder
from trainplan.rules.course_parallel import CourseParallel
from trainplan.rules.course_window import CourseWindow
from trainplan.rules.demand import Demand
from trainplan.rules.group_attendance import GroupAttendance
from trainplan.rules.group_closed import GroupClosed
from trainplan.rules.group_cover import GroupCover
from trainplan.rules.instructor_clash import InstructorClash
from trainplan.rules.instructor_closed import InstructorClosed
from trainplan.rules.instructor_load import InstructorLoad
from trainplan.rules.instructor_qualified import InstructorQualified
from trainplan.rules.instructor_roles import InstructorRoles
from trainplan.rules.pinned import Pinned
from trainplan.rules.venue_capacity import VenueCapacity
from trainplan.rules.venue_clash import VenueClash
from trainplan.rules.venue_closed import VenueClosed
from trainplan.rules.venue_features import VenueFeatures

RULES: tuple[Rule, ...] = (
    CourseDays(),
    CourseWindow(),
    VenueFeatures(),
    VenueClosed(),
    GroupClosed(),
    InstructorQualified(),
    InstructorClosed(),
    ClassMix(),
    VenueClash(),
    VenueCapacity(),
    InstructorRoles(),
    InstructorClash(),
    InstructorLoad(),
    ClassSize(),
    GroupCover(),
    CourseOrder(),
    CourseParallel(),
    Demand(),
    GroupAttendance(),
    Pinned(),
)

__all__ = ["RULES", "Rule"]
