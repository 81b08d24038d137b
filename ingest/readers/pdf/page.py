"""The characters of a page of a PDF with their places."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage
from pypdfium2.raw import FPDF_PAGEOBJECT as Object

from ingest.readers.layout.characters import Characters
from ingest.readers.layout.seen import INVISIBLE, Box, Character, Found, Turn, seen_on
from ingest.readers.pdf.drawing import clip_of, drawing_of, is_white

_LEAN = 3  # degrees by which text may lean and still be upright
_TINY = 1.5  # points; nobody reads what is smaller
_WIDEST = 3  # times the size; a character that is wider and higher has been measured wrongly
_BELOW = 0.14  # of the size: how far a Chinese character goes below its baseline


def read_page(page: PdfPage, number: int, characters: Characters) -> Found:
    """Return what is on a page, from 1; `characters` counts what it had to change."""
    left, bottom, right, top = page.get_cropbox()
    return seen_on(
        number, right - left, top - bottom, _characters(page, left, top, characters), drawing_of(page, left, top)
    )


class _Look(NamedTuple):
    """How the characters of one object look."""

    size: float
    turn: Turn | None
    unseen: str
    white: bool
    clip: Box | None  # where they show


def _characters(page: PdfPage, left: float, top: float, characters: Characters) -> Iterator[Character]:
    """Yield all characters of the text layer in the order of the file, their places from the upper left corner."""
    textpage = page.get_textpage()
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    last, look = None, _Look(0, 0, "", False, None)
    for index in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        obj = pdfium.FPDFText_GetTextObject(textpage, index)
        address = ctypes.addressof(obj.contents) if obj else None
        if address != last or address is None:
            last, look = address, _look(textpage, index, obj)
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        place = (box.left, box.bottom, box.right, box.top, x.value, y.value)
        if min(box.right - box.left, box.top - box.bottom) > _WIDEST * look.size:
            place = _upright_place(textpage, index, look.size)
        mapped = pdfium.FPDFText_HasUnicodeMapError(textpage, index) != 1
        text = characters.read(pdfium.FPDFText_GetUnicode(textpage, index), mapped=mapped)
        unseen = look.unseen or ("被裁去" if look.clip and not _shows(place, look.clip) else "")
        x0, y0, x1, y1, at_x, at_y = place
        shown = (x0 - left, top - y1, x1 - left, top - y0)
        yield Character(text, shown, at_x - left, top - at_y, look.size, look.turn, unseen, look.white)
    textpage.close()


_Place = tuple[float, float, float, float, float, float]  # left, bottom, right, top, origin, as PDF counts


def _upright_place(textpage: PdfTextPage, index: int, size: float) -> _Place:
    """Return box and origin of a character in a line that runs down, of which only the ink is told reliably."""
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(textpage, index, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    x, y = (left + right - size) / 2, (bottom + top - size) / 2
    return x, y, x + size, y + size, x, y + _BELOW * size


def _shows(place: _Place, clip: Box) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3]


def _look(textpage: PdfTextPage, index: int, obj: Object | None) -> _Look:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, found)
    matrix = (found.a, found.b, found.c, found.d, found.e, found.f)
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(found.c, found.d)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(obj) if obj else pdfium.FPDF_TEXTRENDERMODE_FILL
    unseen = INVISIBLE if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE else "过小" if size < _TINY else ""
    filled = mode in (pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP)
    white = bool(obj) and filled and is_white(obj)
    return _Look(max(size, _TINY), _turn(found.a, found.b), unseen, white, clip_of(obj, matrix) if obj else None)


def _turn(a: float, b: float) -> Turn | None:
    degrees = math.degrees(math.atan2(b, a)) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= _LEAN else None
