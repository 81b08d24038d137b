"""What is printed on one page: lines and tables in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.layout.columns import Column, in_reading_order
from ingest.readers.layout.grids import Cell, Grid, grids_of
from ingest.readers.layout.lines import Line, Row, line_of, rows_of
from ingest.readers.layout.sheet import Glyph, Sheet
from ingest.readers.layout.tables import Table, table_of

_FEWEST_CELLS = 2  # with text, of a table; a frame around a text has one


@dataclass(slots=True)
class Page:
    """What is printed on a page, in the order of reading, each with the column that it stands in."""

    number: int  # from 1; what is printed sideways is a page of its own with the same number
    width: float
    height: float
    blocks: list[tuple[Line | Table, Column]]

    def outermost(self, *, at_head: bool) -> Line | None:
        """Return the line nearest to the head or foot of the page, None if a table is nearer."""
        lines = [block for block, _ in self.blocks if isinstance(block, Line)]
        tables = [block for block, _ in self.blocks if isinstance(block, Table)]
        if at_head:
            line = min(lines, key=lambda line: line.y, default=None)
            return line if line and all(line.y < table.bottom for table in tables) else None
        line = max(lines, key=lambda line: line.y, default=None)
        return line if line and all(line.y > table.top for table in tables) else None

    def remove(self, line: Line) -> None:
        """Take a line off the page."""
        self.blocks = [(block, column) for block, column in self.blocks if block is not line]


def page_of(sheet: Sheet) -> Page:
    """Return the lines and tables that characters and ruling lines make."""
    tables, loose = _tables(sheet)
    rows = rows_of(loose)
    blocks: list[tuple[Line | Table, Column]] = []
    for table in tables:
        above = [row for row in rows if row.y < table.top]
        rows = rows[len(above) :]
        blocks += _lines(above, sheet.width)
        blocks.append((table, ()))
    return Page(sheet.number, sheet.width, sheet.height, blocks + _lines(rows, sheet.width))


def _lines(rows: Sequence[Row], width: float) -> list[tuple[Line | Table, Column]]:
    return [(line_of(row), column) for column, run in in_reading_order(rows, width) for row in run]


def _tables(sheet: Sheet) -> tuple[list[Table], list[Glyph]]:
    """Return the tables of a page from the top, and the characters outside them."""
    grids = grids_of(sheet.rules)
    inside: list[list[tuple[Cell, Glyph]]] = [[] for _ in grids]
    loose: list[Glyph] = []
    for glyph in sheet.glyphs:
        index, cell = _find_cell(grids, glyph)
        if cell is None:
            loose.append(glyph)
        else:
            inside[index].append((cell, glyph))
    tables = []
    for grid, glyphs in zip(grids, inside, strict=True):
        if len({cell for cell, glyph in glyphs if not glyph.is_blank}) >= _FEWEST_CELLS:
            tables.append(table_of(grid, glyphs))
        else:
            loose += [glyph for _, glyph in glyphs]
    return tables, loose


def _find_cell(grids: Sequence[Grid], glyph: Glyph) -> tuple[int, Cell | None]:
    for index, grid in enumerate(grids):
        if cell := grid.cell_at(glyph):
            return index, cell
    return 0, None
