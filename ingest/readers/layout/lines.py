"""From characters to printed lines, and a line's text with the blanks that a person sees in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median, median_low

from ingest.readers.layout.sheet import Glyph

NEVER_FIRST = frozenset("，,、。．.；;：:？?！!”’）)》〉】〕］]」』…—％%‰℃")
NEVER_LAST = frozenset("“‘（(《〈【〔［[「『")
_SAME_BASELINE = 0.2  # of the size, by which the characters of a line may stand higher or lower
_SMALLER = 0.8  # of the size: what is smaller may be raised or lowered,
_RAISED = 0.5  # so much of its height must lie beside the line then
_ATTACHED = 0.5  # of the larger size, the farthest that it is beside a character of the line
_SHIFTED = 0.35  # of the size, by which other characters of a line may be shifted
_OVERPRINTED = 0.3  # of the size, within which the same character is printed twice
_WORD_GAP = 0.15  # of the size: so much more space than the line has elsewhere is a blank between words in letters,
_GAP = 0.22  # so much between Chinese characters,
_WIDE_GAP = 0.4  # and so much beside punctuation, and between Chinese and other characters, which are set apart anyway
_THINNEST_BLANK = 0.05  # of the size; a blank of less cannot be seen
_LEVEL = 4.0  # points; what is printed twice is not farther apart
_MOST_ALIKE = 200  # characters of one kind on a line that are looked at
_ROOM = 0.35  # of the size, by which a line may miss the right edge although the next word did not fit
_LETTER = re.compile(r"[A-Za-z0-9]")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(slots=True)
class Row:
    """Characters that stand beside each other, from left to right."""

    glyphs: list[Glyph]
    y: float
    size: float

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(glyph.x1 for glyph in self.glyphs[-3:])

    @property
    def top(self) -> float:
        """Where it begins, from above."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """Where it ends, from above."""
        return max(glyph.bottom for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    head: float  # width of its beginning that no line break may part: 甲, “甲, 甲。, 2018


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Return the rows that characters stand in, from the top; what is printed twice in one place counts once."""
    rows: list[Row] = []
    blanks: list[Glyph] = []
    for glyph in sorted(_once(glyphs), key=lambda glyph: (glyph.y, glyph.x0)):
        if glyph.is_blank:
            blanks.append(glyph)
        elif rows and abs(glyph.y - rows[-1].y) <= _SAME_BASELINE * min(glyph.size, rows[-1].size):
            rows[-1].glyphs.append(glyph)
        else:
            rows.append(Row([glyph], glyph.y, glyph.size))
    rows = list(_with_raised(rows))
    _add_blanks(rows, blanks)
    return rows


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Leave out characters that are printed a second time, a little aside, to look bold."""
    seen: dict[tuple[str, int], list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.is_blank:
            yield glyph
            continue
        level = int(glyph.y // _LEVEL)
        alike = chain.from_iterable(
            seen.get((glyph.text, near), [])[-_MOST_ALIKE:] for near in range(level - 1, level + 2)
        )
        if not any(_is_overprint(glyph, other) for other in alike):
            seen.setdefault((glyph.text, level), []).append(glyph)
            yield glyph


def _is_overprint(one: Glyph, other: Glyph) -> bool:
    near = _OVERPRINTED * min(one.size, other.size, 2 * (one.x1 - one.x0))
    return abs(one.x0 - other.x0) < near and abs(one.y - other.y) < near


def _with_raised(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows, those of raised or lowered characters joined to the line they stand in."""
    last: Row | None = None
    for row in rows:
        row.glyphs.sort(key=lambda glyph: glyph.x0)
        row.size = median_low(glyph.size for glyph in row.glyphs)
        if last and _stands_in(last, row):
            main = max(last, row, key=lambda row: (row.size, len(row.glyphs)))
            last = Row(sorted(last.glyphs + row.glyphs, key=lambda glyph: glyph.x0), main.y, main.size)
        else:
            if last:
                yield last
            last = row
    if last:
        yield last


def _stands_in(upper: Row, lower: Row) -> bool:
    small, large = sorted((upper, lower), key=lambda row: row.size)
    beside = sorted([*upper.glyphs, *lower.glyphs], key=lambda glyph: glyph.x0)
    if any(right.x0 - left.x1 <= -_OVERPRINTED * large.size for left, right in pairwise(beside)):
        return False
    if small.size >= _SMALLER * large.size:
        return lower.y - upper.y <= _SHIFTED * large.size
    shared = min(small.bottom, large.bottom) - max(small.top, large.top)
    gaps = (right.x0 - left.x1 for left, right in pairwise(beside) if left.size != right.size)
    return shared >= _RAISED * small.size and min(gaps, default=0) <= _ATTACHED * large.size


def _add_blanks(rows: Sequence[Row], blanks: Sequence[Glyph]) -> None:
    """Put printed blanks into the rows that they stand in; both come from the top."""
    at = 0
    for blank in blanks:
        while at < len(rows) and rows[at].bottom < blank.y:
            at += 1
        if at < len(rows) and rows[at].top < blank.y and rows[at].x0 < blank.x0 < rows[at].x1:
            rows[at].glyphs.append(blank)
    for row in rows:
        if any(glyph.is_blank for glyph in row.glyphs):
            row.glyphs.sort(key=lambda glyph: (glyph.x0 + glyph.x1) / 2)


def line_of(row: Row) -> Line:
    """Return a row as a line of text."""
    words = _words(row)
    return Line(words, row.x0, row.x1, row.y, row.size, _head(row))


def _words(row: Row) -> str:
    seen = [glyph for glyph in row.glyphs if not glyph.is_blank]
    usual = median([other.x0 - one.x1 for one, other in pairwise(seen)] or [0])
    parts, blanks, last = [seen[0].text], "", seen[0]
    for glyph in row.glyphs[row.glyphs.index(seen[0]) + 1 :]:
        if glyph.is_blank:
            blanks += glyph.text
            continue
        gap = glyph.x0 - last.x1
        if blanks:
            parts.append(blanks if gap > _THINNEST_BLANK * row.size else "")
        elif _is_gap(last, glyph, gap - max(usual, 0)):
            parts.append(" ")
        parts.append(glyph.text)
        blanks, last = "", glyph
    return "".join(parts)


def _is_gap(one: Glyph, other: Glyph, gap: float) -> bool:
    """Tell whether there is room for a blank between two characters."""
    if _LETTER.match(one.text[-1]) and _LETTER.match(other.text):
        least = _WORD_GAP
    elif _CHINESE.match(one.text) and _CHINESE.match(other.text):
        least = _GAP
    else:
        least = _WIDE_GAP
    return gap > least * max(one.size, other.size)


def has_no_room(room: float, line: Line, other: Line) -> bool:
    """Tell whether the beginning of the next line does not fit into the room behind a line."""
    return room <= other.head + _ROOM * line.size


def _head(row: Row) -> float:
    """Return the width of a row's beginning that no line break may part."""
    seen = [glyph for glyph in row.glyphs if not glyph.is_blank]
    at = 0
    while at < len(seen) - 1 and _is_unbroken(seen[at], seen[at + 1]):
        at += 1
    return seen[at].x1 - row.x0


def _is_unbroken(one: Glyph, other: Glyph) -> bool:
    """Tell whether no line break falls between two characters: in a word, before a stop, at a quotation mark."""
    if other.text in NEVER_FIRST or one.text in NEVER_LAST or (one.text in "”’" and other.text in "“‘"):
        return True
    return one.text.isascii() and other.text.isascii() and other.x0 - one.x1 <= _WORD_GAP * one.size
