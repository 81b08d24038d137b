"""Tables pasted into plain text: one cell a line, all but the first of a row behind a tab, a blank line between rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_FEWEST_TABS = 2  # cells behind the first in a head row
_LONGEST_NAME = 20  # characters of a cell of a head row
_STOPS = "。；"


def pasted_rows(lines: Sequence[str]) -> tuple[range, ...]:
    """Return the rows of the tables pasted into a text, as runs of line numbers. A table begins with its head row."""
    rows: list[range] = []
    in_table = False
    for block in _blocks(lines):
        cells = [lines[number] for number in block]
        in_table = any(cell.startswith("\t") for cell in cells) if in_table else _is_head(cells)
        if in_table:
            rows.append(block)
    return tuple(rows)


def _blocks(lines: Sequence[str]) -> Iterator[range]:
    """Yield the runs of lines between blank ones."""
    start = None
    for number, line in enumerate([*lines, ""]):
        if line.strip() and start is None:
            start = number
        elif not line.strip() and start is not None:
            yield range(start, number)
            start = None


def _is_head(cells: Sequence[str]) -> bool:
    short = all(len(cell.strip()) <= _LONGEST_NAME and not any(stop in cell for stop in _STOPS) for cell in cells)
    return short and not cells[0].startswith("\t") and sum(cell.startswith("\t") for cell in cells) >= _FEWEST_TABS
