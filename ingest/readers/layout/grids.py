"""Ruled tables: from the lines drawn on a page to cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.layout.sheet import Glyph, Rule

_SAME = 3.0  # points within which two lines are one, or touch
_SHORTEST = 4.0  # points; what is shorter is a dot
_OPEN = 6.0  # points by which the lines of one direction stick out of a table that has no outer line there
_COVERED = 0.5  # of a cell's side: so much of a line parts it from its neighbour
_MOST_RULES = 3000  # of a page; a drawing has more
_MOST_CELLS = 20_000  # of a table
_MOST_ODD = 0.2  # of a table's cells may lie in areas that are no rectangles; a drawing has more

Span = tuple[float, float]
Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the lines that bound it; one that was merged spans several rows or columns."""

    rows: range
    columns: range


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: where its lines are, and which cell each place belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: dict[Place, Cell]

    def cell_at(self, glyph: Glyph) -> Cell | None:
        """Return the cell that a character stands in, None where it stands outside."""
        row = bisect_right(self.ys, (glyph.top + glyph.bottom) / 2) - 1
        column = bisect_right(self.xs, (glyph.x0 + glyph.x1) / 2) - 1
        return self.cells.get((row, column))


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """Return the tables that the lines of a page draw, from the top; none where there are so many that it is a drawing."""
    if len(rules) > _MOST_RULES:
        return []
    level = _merged((rule.y0, rule.x0, rule.x1) for rule in rules if rule.x1 - rule.x0 >= _SHORTEST)
    upright = _merged((rule.x0, rule.y0, rule.y1) for rule in rules if rule.y1 - rule.y0 >= _SHORTEST)
    found = filter(None, (_grid(*group) for group in _connected(level, upright)))
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


# --- lines -----------------------------------------------------------------------------------------------------------

_Stroke = tuple[float, float, float]  # where across, start and end along


def _merged(strokes: Iterable[_Stroke]) -> list[_Stroke]:
    """Return strokes on one line that touch or overlap as one."""
    merged: list[_Stroke] = []
    for group in _near(sorted(strokes)):
        across = sum(stroke[0] for stroke in group) / len(group)
        start, end = 0.0, float("-inf")
        for _, first, last in sorted(group, key=lambda stroke: stroke[1:]):
            if first > end + _SAME and end > float("-inf"):
                merged.append((across, start, end))
            start, end = (start, max(end, last)) if first <= end + _SAME else (first, last)
        merged.append((across, start, end))
    return merged


def _near(strokes: Iterable[_Stroke]) -> Iterator[list[_Stroke]]:
    group: list[_Stroke] = []
    for stroke in strokes:
        if group and stroke[0] - group[0][0] > _SAME:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _connected(level: Sequence[_Stroke], upright: Sequence[_Stroke]) -> Iterator[tuple[list[_Stroke], list[_Stroke]]]:
    """Yield the level and upright strokes that hang together."""
    touching = [[j for j, other in enumerate(upright) if _touch(one, other)] for one in level]
    across: list[list[int]] = [[] for _ in upright]
    for i, others in enumerate(touching):
        for j in others:
            across[j].append(i)
    seen: set[int] = set()
    for first in range(len(level)):
        if first in seen or not touching[first]:
            continue
        ours, theirs, queue = {first}, set[int](), [first]
        while queue:
            for j in touching[queue.pop()]:
                if j not in theirs:
                    theirs.add(j)
                    queue += [i for i in across[j] if i not in ours]
                    ours.update(across[j])
        seen |= ours
        yield [level[i] for i in sorted(ours)], [upright[j] for j in sorted(theirs)]


def _touch(level: _Stroke, upright: _Stroke) -> bool:
    y, x0, x1 = level
    x, y0, y1 = upright
    return x0 - _SAME <= x <= x1 + _SAME and y0 - _SAME <= y <= y1 + _SAME


# --- cells -----------------------------------------------------------------------------------------------------------


def _grid(level: Sequence[_Stroke], upright: Sequence[_Stroke]) -> Grid | None:
    """Return the table that strokes draw, None where they draw none: one box, a column of boxes, a picture."""
    xs, ys = _edges(upright, level), _edges(level, upright)
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 2 or rows < 1 or rows * columns > _MOST_CELLS:
        return None
    owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}
    walls, floors = _spans(upright, xs), _spans(level, ys)
    for row, column in owner:
        if column + 1 < columns and not _is_covered(walls[column + 1], ys[row], ys[row + 1]):
            _join(owner, (row, column), (row, column + 1))
        if row + 1 < rows and not _is_covered(floors[row + 1], xs[column], xs[column + 1]):
            _join(owner, (row, column), (row + 1, column))
    cells = _cells(owner)
    return Grid(xs, ys, cells) if cells else None


def _edges(strokes: Sequence[_Stroke], others: Sequence[_Stroke]) -> tuple[float, ...]:
    """Return where the lines of a direction are, with those that are left out at the outer sides of the table."""
    found = sorted(sum(stroke[0] for stroke in group) / len(group) for group in _near(sorted(strokes)))
    first, last = min(other[1] for other in others), max(other[2] for other in others)
    before = [first] if found[0] - first > _OPEN else []
    return (*before, *found, *([last] if last - found[-1] > _OPEN else []))


def _spans(strokes: Iterable[_Stroke], edges: Sequence[float]) -> list[list[Span]]:
    """Return for each edge the parts of it that are drawn."""
    spans: list[list[Span]] = [[] for _ in edges]
    for across, start, end in strokes:
        nearest = min(range(len(edges)), key=lambda index: abs(edges[index] - across))
        spans[nearest].append((start, end))
    return spans


def _is_covered(spans: Iterable[Span], start: float, end: float) -> bool:
    drawn = sum(max(0.0, min(end, last) - max(start, first)) for first, last in spans)
    return drawn >= _COVERED * (end - start)


def _join(owner: dict[Place, Place], one: Place, other: Place) -> None:
    """Let two places belong to one cell."""
    a, b = _root(owner, one), _root(owner, other)
    owner[max(a, b)] = min(a, b)


def _root(owner: dict[Place, Place], place: Place) -> Place:
    while owner[place] != place:
        owner[place] = place = owner[owner[place]]
    return place


def _cells(owner: dict[Place, Place]) -> dict[Place, Cell]:
    """Return the cell of each place; nothing where there is but one, or too many are no rectangles."""
    places: dict[Place, list[Place]] = {}
    for place in owner:
        places.setdefault(_root(owner, place), []).append(place)
    cells: dict[Place, Cell] = {}
    odd = 0
    for members in places.values():
        rows, columns = {row for row, _ in members}, {column for _, column in members}
        cell = Cell(range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1))
        odd += len(members) if len(members) < len(cell.rows) * len(cell.columns) else 0
        cells.update(dict.fromkeys(members, cell))
    return cells if len(places) > 1 and odd <= _MOST_ODD * len(owner) else {}
