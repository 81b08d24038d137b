"""Tables as rows of text, over the ends of pages too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.layout.edges import cell_edges
from ingest.readers.layout.grids import Cell, Grid
from ingest.readers.layout.lines import line_of, rows_of
from ingest.readers.layout.paragraphs import Placed, between, paragraphs, text_of
from ingest.readers.layout.sheet import Glyph

_SAME_EDGE = 4.0  # points by which the columns of a table may shift from page to page
_MOST_HEAD_ROWS = 4
_FEWEST_ROWS = 3  # that tell whether all rows begin with something
_STOPS = "。；：！？.;:!?”）)"
_LONG = 8  # characters; what is shorter and fills a cell is a name or a figure
_FULL = 1.5  # times the size: so little room is left behind a line that goes on


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table on a page: the edges of its columns, and its rows of cells."""

    xs: tuple[float, ...]
    top: float
    bottom: float
    rows: list[list[str]]
    open: frozenset[int]  # columns whose last cell breaks off within a sentence


def table_of(grid: Grid, glyphs: Iterable[tuple[Cell, Glyph]]) -> Table:
    """Return a table with the text of its cells."""
    inside: dict[Cell, list[Glyph]] = {}
    for cell, glyph in glyphs:
        inside.setdefault(cell, []).append(glyph)
    rows = [[""] * (len(grid.xs) - 1) for _ in grid.ys[1:]]
    left_open: set[int] = set()
    for cell in sorted(inside, key=lambda cell: (cell.rows[0], cell.columns[0])):
        lines = _cell_lines(grid, cell, inside[cell])
        if not lines:
            continue
        text = "\n".join(text_of(paragraph) for paragraph in paragraphs(lines)).replace("\t", " ")
        before = rows[cell.rows[0]][cell.columns[0]]
        rows[cell.rows[0]][cell.columns[0]] = f"{before}\n{text}" if before else text
        breaks_off = len(text) >= _LONG and lines[-1].behind <= _FULL and text[-1] not in _STOPS
        if cell.rows[-1] == len(rows) - 1 and breaks_off:
            left_open.add(cell.columns[0])
    return Table(grid.xs, grid.ys[0], grid.ys[-1], [row for row in rows if any(row)], frozenset(left_open))


def _cell_lines(grid: Grid, cell: Cell, glyphs: Sequence[Glyph]) -> list[Placed]:
    lines = [line_of(row) for row in rows_of(glyphs)]
    if not lines:
        return []
    edges = cell_edges(lines, grid.xs[cell.columns[0]], grid.xs[cell.columns[-1] + 1])
    return [Placed(line, one, 0) for line, one in zip(lines, edges, strict=True)]


# --- over the end of a page ------------------------------------------------------------------------------------------


def continued(table: Table, other: Table) -> tuple[Table, int] | None:
    """Return a table and its part on the next page as one, and how many head rows were repeated there.

    None is returned where the other one has other columns, so that it is another table.
    """
    xs = _common_edges(table.xs, other.xs)
    if xs is None:
        return None
    rows = [_spread(row, table.xs, xs) for row in table.rows]
    more = [_spread(row, other.xs, xs) for row in other.rows]
    repeated = _repeated(rows, more)
    more = more[repeated:]
    left_open = {_nearest(xs, table.xs[column]) for column in table.open}
    if rows and more and _is_rest(rows, more[0], left_open):
        rows[-1] = [
            _grown(one, two, column in left_open)
            for column, (one, two) in enumerate(zip(rows[-1], more[0], strict=True))
        ]
        more = more[1:]
    still_open = frozenset(_nearest(xs, other.xs[column]) for column in other.open)
    return Table(xs, table.top, other.bottom, rows + more, still_open), repeated


def _common_edges(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...] | None:
    """Return the edges of two tables together, None where they are not alike."""
    if abs(one[0] - other[0]) > _SAME_EDGE or abs(one[-1] - other[-1]) > _SAME_EDGE:
        return None
    new = [x for x in other if abs(x - one[_nearest(one, x)]) > _SAME_EDGE]
    shared = len(other) - len(new)
    return tuple(sorted([*one, *new])) if shared > min(len(one), len(other)) / 2 + 1 or not new else None


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - x))


def _spread(row: Sequence[str], edges: Sequence[float], common: Sequence[float]) -> list[str]:
    """Return a row in the columns that both parts of a table have."""
    spread = [""] * (len(common) - 1)
    for edge, text in zip(edges, row, strict=False):
        if text:
            spread[_nearest(common, edge)] = text
    return spread


def _repeated(rows: Sequence[list[str]], more: Sequence[list[str]]) -> int:
    """Return how many rows at the head of a table stand again at the head of its next part."""
    count = 0
    for one, other in zip(rows[:_MOST_HEAD_ROWS], more, strict=False):
        if "".join("".join(one).split()) != "".join("".join(other).split()):
            break
        count += 1
    return count


def _is_rest(rows: Sequence[Sequence[str]], first: Sequence[str], left_open: Collection[int]) -> bool:
    """Tell whether the first row on a page is what did not fit into the last row of the page before.

    It holds nothing but what a cell goes on with that has broken off; or it has no beginning, as its row has, and a cell
    has broken off, or all rows begin with something.
    """
    filled = [column for column, text in enumerate(first) if text]
    if len(filled) == 1 and filled[0] in left_open:
        return True
    last = rows[-1]
    if first[0] or not last[0] or not all(last[column] for column in filled):
        return False
    numbered = len(rows) >= _FEWEST_ROWS and all(row[0] for row in rows)
    return numbered or any(column in left_open for column in filled)


def _grown(one: str, other: str, is_open: bool) -> str:
    return one + between(one, other) + other if is_open and other else "\n".join(filter(None, (one, other)))
