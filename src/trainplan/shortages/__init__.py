"""What the files alone already show can't be had, each in numbers: arithmetic, no search.

A finding is made only where the seats provably can't all be placed, so a programme without findings may
still be impossible, but one with an error never is possible as it stands.
"""

from __future__ import annotations
