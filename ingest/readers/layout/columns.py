"""The order of reading: what stands in columns is read one column after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from ingest.readers.layout.lines import Row

_GUTTER = 1.2  # of the size, the least space between two columns
_FEWEST_ROWS = 4  # of a column
_NARROWEST = 8  # times the size: a column of text is wider
_FULL = 0.8  # of a column's width: a row that fills it,
_LEAST_SHARE_FULL = 0.5  # and how many of its rows must, for text runs on from row to row and a table's cells do not
_MOST_ROWS = 400  # of a page; one with more is no page of text in columns
_MIDDLE = 0.03  # of the page's width: a gutter so near to its middle parts columns of equal width

Gap = tuple[float, float]
Column = tuple[int, ...]  # () the whole page, (0,) its left half, (0, 1) the right half of that


def in_reading_order(rows: Sequence[Row], width: float) -> Iterator[tuple[Column, list[Row]]]:
    """Yield the rows of a page so wide, given from the top, in runs of one column each; () is as wide as the page."""
    if len(rows) > _MOST_ROWS:
        yield (), list(rows)
    elif rows:
        yield from _ordered(rows, (), _Measures(median_low(row.size for row in rows), width))


class _Measures(NamedTuple):
    """The usual size of a page's characters, and its width."""

    size: float
    width: float

    @property
    def gutter(self) -> float:
        return _GUTTER * self.size


def _ordered(rows: Sequence[Row], column: Column, page: _Measures) -> Iterator[tuple[Column, list[Row]]]:
    run: list[Row] = []
    at = 0
    while at < len(rows):
        stop, gutter = _region(rows, at, page)
        sides = _sides(rows[at:stop], gutter, page)
        if sides is None:
            run.append(rows[at])
            at += 1
            continue
        if run:
            yield column, run
        run = []
        for number, side in enumerate(sides):
            yield from _ordered(side, (*column, number), page)
        at = stop
    if run:
        yield column, run


def _region(rows: Sequence[Row], first: int, page: _Measures) -> tuple[int, Gap]:
    """Return how far down a gap that begins at a row goes on, and what is free of it everywhere."""
    best: tuple[int, Gap] = (first, (0, 0))
    for gap in _gaps_at(rows, first, page):
        stop = first
        while stop < len(rows) and (free := _free(gap, rows[stop], page)):
            gap = free
            stop += 1
        best = max(best, (stop, gap))
    return best


def _gaps_at(rows: Sequence[Row], at: int, page: _Measures) -> Iterator[Gap]:
    """Yield the wide gaps in a row, and that between it and the next one where they stand side by side, a little shifted."""
    yield from _gaps(rows[at], page)
    for one, other in pairwise(rows[at : at + 2]):
        if other.y - one.y < max(one.size, other.size):
            left, right = sorted((one, other), key=lambda row: row.x0)
            if right.x0 - left.x1 >= page.gutter:
                yield left.x1, right.x0


def _gaps(row: Row, page: _Measures) -> Iterator[Gap]:
    seen = [glyph for glyph in row.glyphs if not glyph.is_blank]
    for one, other in pairwise(seen):
        if other.x0 - one.x1 >= page.gutter:
            yield one.x1, other.x0


def _free(gap: Gap, row: Row, page: _Measures) -> Gap | None:
    """Return what a row leaves free of a gap, None where it stands in the way."""
    spaces = [(gap[0], row.x0), (row.x1, gap[1]), *_gaps(row, page)]
    start, end = max(
        ((max(gap[0], start), min(gap[1], end)) for start, end in spaces), key=lambda space: space[1] - space[0]
    )
    return (start, end) if end - start >= page.gutter else None


def _sides(rows: Sequence[Row], gutter: Gap, page: _Measures) -> tuple[list[Row], list[Row]] | None:
    """Return the rows left and right of a gutter, None where they are no columns of text."""
    if len(rows) < _FEWEST_ROWS:
        return None
    middle = (gutter[0] + gutter[1]) / 2
    left = list(_parts(rows, 0, middle))
    right = list(_parts(rows, middle, float("inf")))
    if min(len(left), len(right)) < _FEWEST_ROWS or min(_width(left), _width(right)) < _NARROWEST * page.size:
        return None
    full = [_is_full_text(left), _is_full_text(right)]
    halves = abs(middle - page.width / 2) <= _MIDDLE * page.width
    return (left, right) if all(full) or (any(full) and halves) else None


def _parts(rows: Iterable[Row], start: float, end: float) -> Iterator[Row]:
    """Yield what of each row lies between two edges."""
    for row in rows:
        glyphs = [glyph for glyph in row.glyphs if start <= glyph.x0 < end]
        while glyphs and glyphs[-1].is_blank:
            glyphs.pop()
        while glyphs and glyphs[0].is_blank:
            glyphs.pop(0)
        if glyphs:
            yield Row(glyphs, glyphs[0].y, median_low(glyph.size for glyph in glyphs))


def _width(rows: Sequence[Row]) -> float:
    return max(row.x1 for row in rows) - min(row.x0 for row in rows)


def _is_full_text(rows: Sequence[Row]) -> bool:
    width = _width(rows)
    return sum(row.x1 - row.x0 >= _FULL * width for row in rows) >= _LEAST_SHARE_FULL * len(rows)
