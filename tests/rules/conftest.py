"""Let a case that fails show what was found and what was expected."""

import pytest

pytest.register_assert_rewrite("rulecases")
