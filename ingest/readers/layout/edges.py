"""Where the text of a column begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median, median_low

from ingest.readers.layout.lines import Line, has_no_room
from ingest.readers.layout.paragraphs import Edges

_ALIKE = 0.6  # of the size: edges so near to each other are one
_SAME_SIZE = 1.15  # of the usual size: titles and notes tell nothing of the edges
_FULL = 1.5  # of the size: a line that comes so near to the right edge is full
_FEWEST_FULL = 4  # lines that make the edges of a page certain
_LEAST_SHARE = 0.5  # of the lines behind full ones that must begin in the same place; centred ones do not
_WIDE = 0.75  # of the way to where the right margin is as wide as the left one: lines that end there may be full
_MOST_LINES = 500  # that are looked at
_FARTHEST = 3.0  # of the size: lines so far apart are not neighbours
_SPACED = 1.25  # times the usual distance, between paragraphs told by space,
_MOSTLY = 0.9  # of which so many have to be
_CENTRED = 0.3  # of the size: the middles of centred lines are not farther apart, and their beginnings are
_PADDING = 6.0  # points, the most that a cell keeps free on either side


def edges_of(lines: Sequence[Line], width: float) -> tuple[Edges, bool]:
    """Return the edges of a column, and whether they are certain; `width` is that of a page with one column, else 0."""
    size = median_low(line.size for line in lines)
    usual = [line for line in lines if size / _SAME_SIZE <= line.size <= size * _SAME_SIZE]
    near = _ALIKE * size
    left = min(line.x0 for line in usual)
    right = _outermost((line.x1 for line in usual), near)
    if right is not None:
        full = [line for line in usual if line.x1 >= right - _FULL * size]
        start, most = _usual_start(usual, right, near)
        sure = len(full) >= _FEWEST_FULL and most
        if sure or right >= _WIDE * (width - left):
            return Edges(left if start is None else start, right, *_pitch(usual, right)), sure
    return Edges(left, max(width - left, *(line.x1 for line in lines))), False


def _usual_start(lines: Sequence[Line], right: float, near: float) -> tuple[float | None, bool]:
    """Return where most lines begin that follow a full one, None if there is no such place; and whether most do."""
    starts = [other.x0 for one, other in pairwise(lines) if has_no_room(right - one.x1, one, other)]
    starts = starts[:_MOST_LINES]
    counts = [(sum(abs(x - start) <= near for x in starts), -start) for start in starts]
    count, start = max(counts, default=(0, 0.0))
    return (-start, count >= _LEAST_SHARE * len(starts)) if count > 1 else (None, False)


def _outermost(values: Iterable[float], near: float) -> float | None:
    """Return the largest value that is not alone."""
    ordered = sorted(values, reverse=True)
    return next((one for one, other in pairwise(ordered) if one - other <= near), None)


def _pitch(lines: Sequence[Line], right: float) -> tuple[float, bool]:
    """Return how far apart lines of one paragraph are, in sizes, and whether paragraphs are farther apart."""
    within: list[float] = []
    between: list[float] = []
    for one, other in pairwise(lines):
        if 0 < other.y - one.y <= _FARTHEST * one.size:
            full = has_no_room(right - one.x1, one, other)
            (within if full else between).append((other.y - one.y) / max(one.size, other.size))
    pitch = median(within) if within else median(between) if between else 0.0
    spaced = sum(step > _SPACED * pitch for step in between)
    return pitch, bool(within) and spaced >= max(1, _MOSTLY * len(between))


def cell_edges(lines: Sequence[Line], left: float, right: float) -> list[Edges]:
    """Return the edges of each line of the text in a cell between two ruling lines; of centred lines each has its own."""
    before = min(max(min(line.x0 for line in lines) - left, 0.0), _PADDING)
    behind = min(max(right - max(line.x1 for line in lines), 0.0), _PADDING)
    steps = [(other.y - one.y) / max(one.size, other.size) for one, other in pairwise(lines)]
    pitch = min(steps, default=0.0)
    spaced = max(steps, default=0.0) > _SPACED * pitch
    if not _are_centred(lines):
        return [Edges(left + before, right - behind, pitch, spaced)] * len(lines)
    width = right - left - before - behind
    return [Edges(line.x0, line.x0 + width, pitch, spaced) for line in lines]


def _are_centred(lines: Sequence[Line]) -> bool:
    near = _CENTRED * lines[0].size
    middles = [(line.x0 + line.x1) / 2 for line in lines]
    return max(middles) - min(middles) <= near < max(line.x0 for line in lines) - min(line.x0 for line in lines)
