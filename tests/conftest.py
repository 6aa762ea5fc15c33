"""One way to run for everybody: hypothesis draws the same examples in every run of CI, and has no deadline.

Two busy cores make any deadline a coin toss; a failing example found on one machine must fail on the next.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci", settings.get_profile("here"), derandomize=True, print_blob=True, database=None
)
settings.load_profile("ci" if os.environ.get("CI") else "here")
