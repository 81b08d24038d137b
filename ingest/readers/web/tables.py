"""Where the cells of a table stand, and which of its columns say something."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.readers.web.page import Node

WIDEST_SPAN, HIGHEST_SPAN = 1_000, 65_534  # as browsers have it
MOST_PLACES = 1_000_000  # in a table, those included that merged cells leave empty
EMPTY = -1

_DIGITS = re.compile(r"\s*\+?(\d{1,9})")


def grid(rows: Sequence[Sequence[int]], span: Callable[[int], tuple[int, int]]) -> list[list[int]] | None:
    """Return which cell stands in each place of each row, a merged cell in its first place and `EMPTY` in the others.

    None where merged or uneven rows make the table larger than one can be.
    """
    found: list[list[int]] = []
    held: list[int] = []  # for each column, how many rows more a cell from above reaches down
    places = 0
    for row in rows:
        line: list[int] = []
        begun: list[tuple[int, int, int]] = []
        for cell in row:
            while len(line) < len(held) and held[len(line)]:
                line.append(EMPTY)
            width, height = span(cell)
            begun.append((len(line), len(line) + width, height - 1))
            line += [cell, *[EMPTY] * (width - 1)]
            if places + len(line) > MOST_PLACES:
                return None
        width = max(len(line), len(held))
        places += width
        held = [max(0, rest - 1) for rest in held] + [0] * (width - len(held))
        for left, right, rest in begun:
            held[left:right] = [rest] * (right - left)
        found.append(line)
    return found if len(held) * len(found) <= MOST_PLACES else None


def span(cell: Node) -> tuple[int, int]:
    """Return how many columns and rows a cell takes; a rowspan of 0 reaches to the end of the table."""
    width = _number(cell.attributes.get("colspan"), WIDEST_SPAN) or 1
    return width, _number(cell.attributes.get("rowspan"), HIGHEST_SPAN) or HIGHEST_SPAN


def _number(text: str | None, largest: int) -> int:
    found = _DIGITS.match(text or "")
    return min(int(found[1]), largest) if found else 1


def full_columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows, all of the same number of cells, without columns that are empty throughout."""
    width = max(map(len, rows), default=0)
    full = [at for at in range(width) if any(at < len(cells) and cells[at] for cells in rows)]
    return [[cells[at] if at < len(cells) else "" for at in full] for cells in rows]
