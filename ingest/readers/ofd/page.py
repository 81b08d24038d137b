"""What is placed on a page of an OFD file: characters, lines and pictures."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

from ingest.readers.layout.characters import Characters
from ingest.readers.layout.seen import INVISIBLE, Box, Character, Drawing, Turn
from ingest.readers.ofd.package import children, name_of
from ingest.readers.zipped import MOST_ELEMENTS, Element
from tiaoli.errors import UnreadableFile

POINTS = 72 / 25.4  # of a millimetre, in which OFD measures
_DEEPEST = 8  # blocks within blocks
_MOST_CHARACTERS = 200_000  # of a page
_MOST_OBJECTS = MOST_ELEMENTS  # of a page; graphics that draw each other by their ids could make any number
_MOST_POINTS = 20_000  # of the lines of a page; a map has more, a table has not
_THIN = 3.0  # points; a filled area not higher or wider is a line
_STRAIGHT = 0.7  # points by which a line may lean
_TINY = 1.5  # points; nobody reads what is smaller
_LEAN = 3  # degrees by which text may lean and still be upright
_ASCENT, _DESCENT = 0.86, 0.14  # of the size: how far a Chinese character stands above and below its baseline
_WHITE = 248  # of 255
_NO_TEXT = "\xa4"  # stands for a character that is only drawn
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_STEP = re.compile(r"[SMLQBAC]|[-+.\d][-+.\deE]*")

Point = tuple[float, float]


class Matrix(NamedTuple):
    """How the measures of an object become those of what it is in."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def moved(self, x: float, y: float) -> Point:
        """Return where a point comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def holding(self, inner: Matrix) -> Matrix:
        """Return the matrix that applies the inner one first."""
        (e, f) = self.moved(inner.e, inner.f)
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )


class Placement:
    """Collects what stands on a page; all measures become points from its upper left corner."""

    def __init__(self, left: float, top: float, units: Mapping[str, Element], characters: Characters) -> None:
        self._page = Matrix(POINTS, 0, 0, POINTS, -left * POINTS, -top * POINTS)
        self._units = units  # graphics that are drawn by their id
        self._read = characters.read
        self._points = self._objects = 0
        self.characters: list[Character] = []
        self.drawing = Drawing()

    def add(self, page: Element) -> None:
        """Add what the layers of a page, or of a template, hold."""
        for layer in children(page, "Content", "Layer"):
            self._add_all(layer, self._page, 0)

    def _add_all(self, holder: Element, matrix: Matrix, depth: int) -> None:
        for element in holder:
            kind = name_of(element)
            self._objects += 1
            _refuse_too_many(self._objects, _MOST_OBJECTS, "对象")
            if kind == "TextObject":
                self.characters += self._text(element, matrix.holding(_matrix(element)))
            elif kind == "PathObject":
                self._add_path(element, matrix.holding(_matrix(element)))
            elif kind == "ImageObject":
                self.drawing.pictures.append(_boundary(element, matrix))
            elif depth < _DEEPEST and kind == "PageBlock":
                self._add_all(element, matrix, depth + 1)
            elif depth < _DEEPEST and kind == "CompositeObject":
                unit = self._units.get(element.get("ResourceID", ""))
                for content in children(unit, "Content"):
                    self._add_all(content, matrix.holding(_matrix(element)), depth + 1)

    def _text(self, element: Element, matrix: Matrix) -> Iterator[Character]:
        size, stretch = _number(element.get("Size")), _number(element.get("HScale"), 1.0)
        shown = size * math.hypot(matrix.c, matrix.d)
        unseen = INVISIBLE if _is_hidden(element) else "过小" if shown < _TINY else ""
        white = any(map(_is_white, children(element, "FillColor")))
        turn = _turn(matrix)
        x = y = 0.0
        for code in children(element, "TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            text = code.text or ""
            _refuse_too_many(len(self.characters) + len(text), _MOST_CHARACTERS, "文字")
            steps = zip(_deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text)), strict=True)
            for c, (dx, dy) in zip(text, steps, strict=True):
                width = size * stretch * (1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5)
                corners = (matrix.moved(x, y - _ASCENT * size), matrix.moved(x + width, y + _DESCENT * size))
                read = self._read(ord(c), mapped=c != _NO_TEXT)
                yield Character(read, _box(corners), *matrix.moved(x, y), max(shown, _TINY), turn, unseen, white)
                x, y = x + (width if dx is None and dy is None else dx or 0.0), y + (dy or 0.0)

    def _add_path(self, element: Element, matrix: Matrix) -> None:
        data = "".join(child.text or "" for child in children(element, "AbbreviatedData"))
        filled = element.get("Fill", "false").lower() == "true"
        white = any(map(_is_white, children(element, "FillColor")))
        for points in _shapes(data, matrix):
            self._points += len(points)
            box = _box(points)
            if self._points > _MOST_POINTS:
                self.drawing.is_picture = True
                return
            if element.get("Stroke", "true").lower() == "true":
                self.drawing.lines += [line for pair in pairwise(points) if _extent(line := _box(pair)) <= _STRAIGHT]
            if filled and _extent(box) <= _THIN:
                self.drawing.lines.append(_middle(box))
            elif filled and not white:
                self.drawing.areas.append(box)


# --- attributes ------------------------------------------------------------------------------------------------------


def numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """Return the numbers that an attribute lists, None where they are not so many."""
    found = [_number(word, math.nan) for word in (text or "").split()]
    return tuple(found) if len(found) == count and not any(map(math.isnan, found)) else None


def _number(text: str | None, otherwise: float = 0.0) -> float:
    try:
        found = float(text or "")
    except ValueError:
        return otherwise
    return found if math.isfinite(found) else otherwise


def _deltas(text: str | None, count: int) -> Iterator[float | None]:
    """Yield how far it is from each of `count` characters to the next, None where it is not said; g 3 5 is 5 5 5."""
    words = iter((text or "").split())
    given: list[float] = []
    for word in words:
        if word == "g":
            times, delta = _number(next(words, "")), _number(next(words, ""))
            given += repeat(delta, max(0, min(int(times), count - len(given))))
        else:
            given.append(_number(word))
    yield from [*given[:count], *repeat(None, count - len(given))]


def _matrix(element: Element) -> Matrix:
    """Return the matrix of an object: its own one, then the way to the corner of its boundary."""
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or Matrix()
    x, y, *_ = numbers(element.get("Boundary"), 4) or (0.0, 0.0)
    return Matrix(a, b, c, d, e + x, f + y)


def _boundary(element: Element, matrix: Matrix) -> Box:
    x, y, width, height = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    return _box((matrix.moved(x, y), matrix.moved(x + width, y + height)))


def _is_hidden(element: Element) -> bool:
    return element.get("Visible", "true").lower() == "false" or _number(element.get("Alpha"), 255) == 0


def _is_white(color: Element) -> bool:
    words = color.get("Value", "").split()
    parts = [int(word[1:], 16) if re.fullmatch("#[0-9a-fA-F]{1,2}", word) else _number(word) for word in words]
    return len(parts) in (1, 3) and min(parts) >= _WHITE


def _turn(matrix: Matrix) -> Turn | None:
    degrees = -math.degrees(math.atan2(matrix.b, matrix.a)) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= _LEAN else None


# --- shapes ----------------------------------------------------------------------------------------------------------


def _shapes(data: str, matrix: Matrix) -> Iterator[list[Point]]:
    """Yield the corners of each line of a path."""
    words = iter(_STEP.findall(data))
    points: list[Point] = []
    for word in words:
        count = _OPERANDS.get(word)
        if count is None:
            continue
        operands = [_number(operand) for operand in (next(words, "") for _ in range(count))]
        if word in "SM" and len(points) > 1:
            yield points
        if word in "SM":
            points = []
        if word == "C" and points:
            points.append(points[0])
        elif operands:
            points.append(matrix.moved(*operands[-2:]))
    if len(points) > 1:
        yield points


def _box(points: Sequence[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _extent(box: Box) -> float:
    """Return the lesser of width and height."""
    return min(box[2] - box[0], box[3] - box[1])


def _middle(box: Box) -> Box:
    """Return the line through the middle of a thin area."""
    left, top, right, bottom = box
    if right - left < bottom - top:
        return (left + right) / 2, top, (left + right) / 2, bottom
    return left, (top + bottom) / 2, right, (top + bottom) / 2


def _refuse_too_many(count: int, most: int, what: str) -> None:
    if count > most:
        raise UnreadableFile(f"OFD 有一页的{what}超过 {most // 10_000} 万个，不像正常的文档；请拆分后再导入")
