"""Rows of tables as they become units: a table as a whole, or each numbered row of a list of powers an item of its own."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.structure.kinds import kind_of
from ingest.structure.labels import Family, label_at
from ingest.structure.lines import Line
from ingest.structure.owners import Owners
from ingest.structure.tables import (
    division_label,
    is_division,
    is_row_number,
    names_powers,
    number_column,
    whole_number,
)
from ingest.structure.units import Tree, Unit
from tiaoli.cells import HEAD, cell_spans
from tiaoli.records import Kind, Span

_TABLE = "表"
_CELL_ENDS = "\t|"


class Rows:
    """The tables of a frame, row by row; a unit or a paragraph between two rows closes a table."""

    def __init__(self, tree: Tree, owners: Owners) -> None:
        self._tree, self._owners = tree, owners
        self._columns = 0  # of the open table; 0 where none is open
        self._number: int | None = None  # the column of the numbers of a list of powers; None in any other table
        self._outside: int | None = None  # the unit that the table belongs to
        self._divisions: list[tuple[Family, int]] = []  # open headings among the rows of a list, the outermost first
        self._last = -1  # the last unit that is made of rows

    @property
    def is_open(self) -> bool:
        """Whether a row may go on with a table."""
        return self._columns > 0

    def close(self) -> None:
        """End the open table."""
        self._columns = 0
        self._divisions = []

    def name(self, line: Line) -> None:
        """Add a line that names the list behind it, as the name of a sheet does."""
        self.close()
        self._outside = self._owners.owner()
        self._divide(Span(line.start, line.end), line)

    def add(self, line: Line) -> None:
        """Add a row to the open table, or open one with it."""
        spans = [cell for row in cell_spans(line.words(self._tree.shade)) for cell in row]
        spans = [Span(line.start + cell.start, line.start + cell.end) for cell in spans]
        cells = [self._tree.shade[cell.start : cell.end] for cell in spans]
        opens = not self.is_open or (line.row > 0 and len(cells) > self._columns)
        if opens:
            self._open(cells)
        if self._number is not None and any(cells):
            self._add_to_list(line, spans, cells, self._number)
        elif opens:
            self._last = self._tree.add(Kind.TABLE, line.start, line.end, label=_TABLE, parent=self._owner())
        else:
            self._tree.extend(line.start, line.end)

    def _open(self, cells: Sequence[str]) -> None:
        """Open a table with its first row; a list goes on in the next table if that has no head of its own."""
        if not self._divisions:
            self._outside = self._owners.owner()
        self._columns = max(1, len(cells))
        column = number_column(cells)
        if column is not None and (self._tree.lists_powers or names_powers(cells)):
            self._number = column
        elif self._tree.lists_powers:
            self._number = 0
        elif not self._number_in(cells):
            self._number = None

    def _number_in(self, cells: Sequence[str]) -> str:
        """Return the number of a row of the list, nothing where it has none."""
        numbers = cells[self._number : self._number + 1] if self._number is not None else []
        return next(filter(is_row_number, numbers), "")

    def _add_to_list(self, line: Line, spans: Sequence[Span], cells: Sequence[str], column: int) -> None:
        goes_on = self._last == len(self._tree.units) - 1
        if is_division(cells, column):
            filled = [cell for cell in spans if cell.start < cell.end]
            self._divide(Span(filled[0].start, filled[-1].end), line)
        elif number := self._number_in(cells):
            self._add_item(line, spans[column], number, first=column == 0)
        elif goes_on and number_column(cells) is None:
            self._tree.extend(line.start, line.end)
        else:
            self._last = self._tree.add(Kind.TABLE, line.start, line.end, label=HEAD, parent=self._owner())

    def _add_item(self, line: Line, cell: Span, number: str, *, first: bool) -> None:
        """Add a numbered row; its text is what stands behind the number, all of the row where that is not its first cell."""
        shade, start = self._tree.shade, line.start
        if first:
            start = next(at for at in range(cell.end, line.end) if shade[at] in _CELL_ENDS) + 1
        label = self._tree.printed(cell.start, cell.end).rstrip(".、．")
        unit = Unit(Kind.ITEM, label, line.start, line.end, start, start, self._owner(), whole_number(number))
        self._last = self._tree.append(unit)

    def _divide(self, words: Span, line: Line) -> None:
        """Add the heading of the rows behind it; one without a label is called by its words."""
        shade = self._tree.shade
        label = label_at(shade, words.start, words.end) or division_label(shade, words)
        while self._divisions and self._divisions[-1][0] >= label.family:
            self._divisions.pop()
        printed = self._tree.printed(label.start, label.printed_end)
        kind, number = kind_of(label.family, []), label.number or None
        unit = Unit(kind, printed, line.start, line.end, label.end, line.end, self._owner(), number, label.suffix)
        self._divisions.append((label.family, self._tree.append(unit)))

    def _owner(self) -> int | None:
        """Return the unit that a row belongs to: the last heading among the rows, or what the table belongs to."""
        return self._divisions[-1][1] if self._divisions else self._outside
