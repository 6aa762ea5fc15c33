"""From a person's files to nouns: everything that is wrong with them comes back as findings.

Nothing in here raises for bad input, stops at the first fault, or guesses where a text can be read in two
ways. Formats (folder, workbook, CSV, JSON) end in a ``Table``; what turns its rows into nouns doesn't know
them.
"""

from trainplan.load.programme import load_programme
from trainplan.load.schedule import load_schedule

__all__ = ["load_programme", "load_schedule"]
