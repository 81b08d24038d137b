"""Tables as Word stores them: rows, cells that span columns or go on from the row above, and frames that are no table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.word.xml import Element, child, descendants, name, number, value

_MOST_COLUMNS = 63  # that Word allows
_MOST_NESTED = 0.5  # share of a table's text in tables within it, above which it only holds them in place


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row."""

    content: Element
    columns: int  # that it spans
    is_continued: bool  # it belongs to the cell above or before it, where the text stands


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    before: int  # columns left out before its first cell
    after: int  # and behind its last


def rows_of(table: Element) -> tuple[list[Row], int]:
    """Return the rows of a table, and how many a tracked change has taken out."""
    rows = list(_below(table, "w:tr"))
    kept = [_row(row) for row in rows if child(row, "w:trPr", "w:del") is None]
    return kept, len(rows) - len(kept)


def is_frame(table: Element, rows: list[Row]) -> bool:
    """Tell whether a table only puts text in its place: one cell a row, or little but tables in its cells."""
    if all(len(row.cells) <= 1 for row in rows):
        return True
    whole = _length(table)
    inner = sum(_length(nested) for row in rows for cell in row.cells for nested in _below(cell.content, "w:tbl"))
    return inner > _MOST_NESTED * whole


def _row(row: Element) -> Row:
    properties = child(row, "w:trPr")
    cells = tuple(_cell(cell) for cell in _below(row, "w:tc") if child(cell, "w:tcPr", "w:cellDel") is None)
    before, after = child(properties, "w:gridBefore"), child(properties, "w:gridAfter")
    return Row(cells, _columns(number(before)), _columns(number(after)))


def _cell(cell: Element) -> Cell:
    properties = child(cell, "w:tcPr")
    merged = [child(properties, key) for key in ("w:vMerge", "w:hMerge")]
    continued = any(e is not None and value(e, "continue") == "continue" for e in merged)
    return Cell(cell, max(1, _columns(number(child(properties, "w:gridSpan"), 1))), continued)


def _columns(count: int) -> int:
    return min(max(count, 0), _MOST_COLUMNS)


def _below(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also within content controls and tracked insertions."""
    for element in parent:
        known = name(element)
        if known == wanted:
            yield element
        elif known not in ("", "w:p", "w:tbl", "w:tr", "w:tc") and not known.endswith("Pr"):
            yield from _below(element, wanted)


def _length(element: Element) -> int:
    return sum(len(text.text or "") for text in descendants(element, "w:t"))
