"""What is drawn on a page of a PDF: ruling lines, and what stands behind the text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage
from pypdfium2.raw import FPDF_PAGEOBJECT as Object

from ingest.readers.layout.seen import Box, Drawing

_DEEPEST = 8  # forms within forms
_MOST_OBJECTS = 50_000  # of a page
_MOST_POINTS = 20_000  # of the lines of a page; a map has more, a table has not
_MOST_POINTS_OF_PATH = 400
_MOST_DOTS = 100_000_000  # of a picture; a scan of A0 has sixty million
_THIN = 3.0  # points; a filled area not higher or wider is a line
_STRAIGHT = 0.7  # points by which a line may lean
_WHITE = 248  # of 255

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


def drawing_of(page: PdfPage, left: float, top: float) -> Drawing:
    """Return what is drawn on a page whose upper left corner is given as PDF counts."""
    drawing = Drawing()
    points = 0
    for count, (obj, kind, matrix) in enumerate(_objects(page, (1, 0, 0, -1, -left, top), 0)):
        if points > _MOST_POINTS or count > _MOST_OBJECTS:
            drawing.is_picture = True
            break
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            points += _add_path(drawing, obj, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.pictures.append(_bounds(obj, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            drawing.areas.append(_bounds(obj, matrix))
    return drawing


def has_huge_picture(page: PdfPage) -> bool:
    """Tell whether a page has a picture of more dots than can be unpacked safely."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for obj, kind, _ in _objects(page, (1, 0, 0, 1, 0, 0), 0):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pdfium.FPDFImageObj_GetImagePixelSize(obj, width, height)
            if width.value * height.value > _MOST_DOTS:
                return True
    return False


def clip_of(obj: Object, matrix: Matrix) -> Box | None:
    """Return the area within which text shows, as PDF counts, None where nothing bounds it.

    `matrix` is that of its characters on the page: in a form, which has measures of its own, the area is not known.
    """
    clip = pdfium.FPDFPageObj_GetClipPath(obj)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if count < 1 or any(abs(one - other) > _STRAIGHT for one, other in zip(_matrix(obj), matrix, strict=True)):
        return None
    left, bottom, right, top = float("-inf"), float("-inf"), float("inf"), float("inf")
    for path in range(count):
        points = [
            _point(pdfium.FPDFClipPath_GetPathSegment(clip, path, index))
            for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, path))
        ]
        if points:
            box = _box(points)
            left, bottom, right, top = max(left, box[0]), max(bottom, box[1]), min(right, box[2]), min(top, box[3])
    return left, bottom, right, top


def _objects(holder: PdfPage | Object, matrix: Matrix, depth: int) -> Iterator[tuple[Object, int, Matrix]]:
    """Yield the objects of a page, those in forms too, each with its kind and the matrix of what it is in."""
    of_page = depth == 0
    count = pdfium.FPDFPage_CountObjects(holder) if of_page else pdfium.FPDFFormObj_CountObjects(holder)
    for index in range(count):
        get = pdfium.FPDFPage_GetObject if of_page else pdfium.FPDFFormObj_GetObject
        obj = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(obj)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield obj, kind, matrix
        elif depth < _DEEPEST:
            yield from _objects(obj, _within(matrix, _matrix(obj)), depth + 1)


def _matrix(obj: Object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(obj, found):
        return 1, 0, 0, 1, 0, 0
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _within(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies the inner one first."""
    a, b, c, d, e, f = inner
    (x0, y0), (x1, y1), (x2, y2) = _moved(outer, (a, b)), _moved(outer, (c, d)), _moved(outer, (e, f))
    zero_x, zero_y = outer[4], outer[5]
    return (x0 - zero_x, y0 - zero_y, x1 - zero_x, y1 - zero_y, x2, y2)


def _moved(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _bounds(obj: Object, matrix: Matrix) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(obj, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return _box([_moved(matrix, corner) for corner in ((left, bottom), (right, top), (left, top), (right, bottom))])


def _box(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


# --- paths -----------------------------------------------------------------------------------------------------------


def _add_path(drawing: Drawing, obj: Object, matrix: Matrix) -> int:
    """Add the lines and areas of a path; return how many points it has."""
    count = pdfium.FPDFPath_CountSegments(obj)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if count > _MOST_POINTS_OF_PATH or not pdfium.FPDFPath_GetDrawMode(obj, fill, stroke):
        return int(count)
    for points in _shapes(obj, count, _within(matrix, _matrix(obj))):
        box = _box(points)
        if stroke.value:
            drawing.lines += [line for one, other in pairwise(points) if _is_line(line := _box([one, other]))]
        if not fill.value:
            continue
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            drawing.lines.append(_middle(box))
        elif not is_white(obj):
            drawing.areas.append(box)
    return int(count)


def _shapes(obj: Object, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """Yield the corners of each closed or open line of a path."""
    points: list[Point] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(obj, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(_moved(matrix, _point(segment)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _point(segment: pdfium.FPDF_PATHSEGMENT) -> Point:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _is_line(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= _STRAIGHT


def _middle(box: Box) -> Box:
    """Return the line through the middle of a thin area."""
    left, top, right, bottom = box
    if right - left < bottom - top:
        return (left + right) / 2, top, (left + right) / 2, bottom
    return left, (top + bottom) / 2, right, (top + bottom) / 2


def is_white(obj: Object) -> bool:
    """Tell whether an object is filled with white, or with nothing."""
    color = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(obj, *color):
        return False
    *rgb, alpha = (part.value for part in color)
    return alpha == 0 or min(rgb) >= _WHITE
