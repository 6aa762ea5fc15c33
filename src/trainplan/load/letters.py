"""A workbook's columns by their letters, as its people see them."""

from __future__ import annotations


def column_number(letters: str) -> int:
    """Return which column letters name: A is 1, AA is 27."""
    number = 0
    for one in letters.upper():
        number = number * 26 + ord(one) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column, the first being number 1."""
    letters = ""
    while number > 0:
        number, last = divmod(number - 1, 26)
        letters = chr(65 + last) + letters
    return letters
