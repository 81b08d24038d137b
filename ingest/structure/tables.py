"""What rows of tables are told by."""

from __future__ import annotations

import re

_POWERS_LIST = re.compile(r"(?:权责|权力|责任|职权)[^。]{0,10}清单")
_ROW_NUMBER = re.compile(r"\|?[ \u3000]*(\d{1,5})[ \u3000]*[|\t]")
_FEWEST_GAPS = 2  # between the cells of a row


def is_row(words: str) -> bool:
    """Tell whether a line is a row of a table."""
    return words.count("\t") >= _FEWEST_GAPS or (words.startswith("|") and words.count("|") >= _FEWEST_GAPS)


def row_number(words: str) -> re.Match[str] | None:
    """Return the match of the cell that a numbered row begins with (group 1 is the number), or None."""
    return _ROW_NUMBER.match(words)


def is_powers_list(title: str) -> bool:
    """Tell whether a title is that of a list of powers (权责清单), in which each numbered row is an item."""
    return _POWERS_LIST.search(title) is not None
