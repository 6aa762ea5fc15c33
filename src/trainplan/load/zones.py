"""Names that others keep: countries with their public holidays, and time zones."""

from __future__ import annotations

import re
from datetime import date

from trainplan.load.notes import Reason
from trainplan.load.wording import did_you_mean, nearest, quote
from trainplan.workdays import public_holidays

_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", re.ASCII)
_ANY_DAY = date(2027, 1, 1)


def holidays_reason(code: str) -> Reason | None:
    """Return why ``code`` names no public holidays, or None if it does. Loads ``holidays``."""
    # The package knows stock exchanges and its own aliases by names of other shapes.
    if _CODE.fullmatch(code.upper()):
        try:
            public_holidays(code.upper(), _ANY_DAY, _ANY_DAY)
        except LookupError:
            pass
        else:
            return None
    return _unknown_holidays(code)


def _unknown_holidays(code: str) -> Reason:
    import holidays

    known = holidays.list_supported_countries(include_aliases=False)
    country, dash, subdivision = code.upper().partition("-")
    if dash and country in known:
        hint = did_you_mean(subdivision, known[country])
        said = f"{quote(subdivision)} is no part of {country} with public holidays of its own{hint}"
        return Reason("unknown-holidays", said)
    guess = _by_name(code) or nearest(country, known)
    hint = f"; did you mean {quote(guess)}?" if guess is not None else ""
    said = f"{quote(code)} is no country whose public holidays are known (e.g. LC, US-PR){hint}"
    return Reason("unknown-holidays", said)


def _by_name(name: str) -> str | None:
    """Return the code of the country called ``name``, for whoever writes "Saint Lucia" or "LCA"."""
    from holidays.registry import COUNTRIES

    codes = {}
    for module, (_, code, *aliases) in COUNTRIES.items():
        codes[module.replace("_", " ")] = code
        codes.update(dict.fromkeys(aliases, code))
    guess = nearest(name, codes)
    return codes[guess] if guess is not None else None


def timezone_reason(name: str) -> Reason | None:
    """Return why ``name`` is no time zone, or None if it is one."""
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        zones = sorted(available_timezones())
        # A machine without any time zones can't tell; calendar exports will say so when it matters.
        if not zones:
            return None
        said = f"{quote(name)} is no time zone (e.g. America/St_Lucia){did_you_mean(name, zones)}"
        return Reason("unknown-timezone", said)
    return None
