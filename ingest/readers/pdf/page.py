"""The characters of a page of a PDF that a person sees, and what stands on it unseen."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage, PdfTextPage

from ingest.readers.layout.characters import Characters
from ingest.readers.layout.sheet import Glyph, Rule, Sheet
from ingest.readers.pdf.drawing import Box, Drawing, Object, clip_of, drawing_of, is_white

_LEAN = 3  # degrees by which text may lean and still be upright
_TINY = 1.0  # points; nobody reads what is smaller
_WIDEST = 3  # times the size; a character that is wider and higher has been measured wrongly
_BELOW = 0.14  # of the size: how far a Chinese character goes below its baseline
_LARGE = 0.4  # of the page: a picture that covers so much may be a scan
_MOST_CHARACTERS = 200_000  # of a page

Turn = int  # degrees by which text is turned to the left: 0, 90, 180, 270


@dataclass(slots=True)
class Found:
    """What was found on a page."""

    sheets: list[Sheet] = field(default_factory=list)  # the text, and what is printed sideways
    unseen: defaultdict[str, str] = field(default_factory=lambda: defaultdict(str))  # what nobody sees, by why
    slanted: str = ""  # the words of watermarks
    under_picture: bool = False  # the text is what a scanner recognised and laid under the picture of the page
    is_picture: bool = False  # there is something to see, but no text
    is_broken: bool = False
    comments: int = 0  # notes, stamps and the like that lie over the page

    @property
    def has_text(self) -> bool:
        """Whether there is text."""
        return any(not glyph.is_blank for sheet in self.sheets for glyph in sheet.glyphs)


@dataclass(frozen=True, slots=True)
class _Look:
    """How the characters of one object look."""

    size: float
    turn: Turn | None  # None for a slant
    unseen: str = ""  # why nobody sees it
    white: bool = False
    clip: Box | None = None  # where it shows


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of a page that is shown."""

    left: float
    bottom: float
    right: float
    top: float

    def shows(self, box: Box) -> bool:
        """Tell whether the middle of a box is on the page."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def size(self, turn: Turn) -> tuple[float, float]:
        """Return width and height for a reader of text turned so."""
        width, height = self.right - self.left, self.top - self.bottom
        return (width, height) if turn in (0, 180) else (height, width)

    def place(self, x: float, y: float, turn: Turn) -> tuple[float, float]:
        """Return where a point is for a reader of text turned so, from the upper left corner."""
        if turn == 0:
            return x - self.left, self.top - y
        if turn == 90:
            return y - self.bottom, x - self.left
        if turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


Character = tuple[str, Box, float, float, _Look]  # text, box, origin x and y, look


def read_page(page: PdfPage, number: int, characters: Characters) -> Found:
    """Return what is on a page, from 1; `characters` counts what it had to change."""
    frame = _Frame(*page.get_cropbox())
    drawing = drawing_of(page)
    found = Found()
    shown: list[Character] = []
    layer: list[Character] = []
    slanted: list[Character] = []
    for character in _characters(page, characters):
        text, box, *_, look = character
        why = look.unseen or _why_unseen(frame, box, look, drawing)
        if why == _LAYER:
            layer.append(character)
        elif look.turn is None and not why:
            slanted.append(character)
        elif not why:
            shown.append(character)
        elif not text.isspace():
            found.unseen[why] += text
    if layer and not any(not text.isspace() for text, *_ in shown) and _is_scan(frame, drawing):
        shown, layer = layer, []
        found.under_picture = True
    if words := _words(layer):
        found.unseen[_LAYER] = words
    found.slanted = _words(slanted)
    found.sheets = list(_sheets(frame, number, shown, drawing))
    found.is_picture = not found.has_text and bool(drawing.pictures or drawing.is_picture or len(drawing.areas) > 1)
    return found


_LAYER = "不显示"


def _is_scan(frame: _Frame, drawing: Drawing) -> bool:
    page = (frame.right - frame.left) * (frame.top - frame.bottom)
    return any((right - left) * (top - bottom) >= _LARGE * page for left, bottom, right, top in drawing.pictures)


def _why_unseen(frame: _Frame, box: Box, look: _Look, drawing: Drawing) -> str:
    if not frame.shows(box):
        return "在页面之外"
    if look.clip and not _lies_in(box, look.clip):
        return "被裁去"
    if look.white and not any(_lies_in(box, area) for area in (*drawing.areas, *drawing.pictures)):
        return "白色"
    return ""


def _lies_in(box: Box, area: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


# --- characters ------------------------------------------------------------------------------------------------------


def _characters(page: PdfPage, characters: Characters) -> Iterator[Character]:
    """Yield all characters of the text layer in the order of the file."""
    textpage = page.get_textpage()
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    last, look = None, _Look(0, 0)
    for index in range(min(textpage.count_chars(), _MOST_CHARACTERS)):
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        obj = pdfium.FPDFText_GetTextObject(textpage, index)
        address = ctypes.addressof(obj.contents) if obj else None
        if address != last or address is None:
            last, look = address, _look(textpage, index, obj)
        unmapped = pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1
        text = characters.read(pdfium.FPDFText_GetUnicode(textpage, index), mapped=not unmapped)
        place = (box.left, box.bottom, box.right, box.top)
        if box.right - box.left > _WIDEST * look.size and box.top - box.bottom > _WIDEST * look.size:
            yield text, *_upright_place(textpage, index, look.size), look
        else:
            yield text, place, x.value, y.value, look
    textpage.close()


def _upright_place(textpage: PdfTextPage, index: int, size: float) -> tuple[Box, float, float]:
    """Return box and origin of a character in a line that runs down, of which only the ink is told reliably."""
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(textpage, index, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    x, y = (left + right - size) / 2, (bottom + top - size) / 2
    return (x, y, x + size, y + size), x, y + _BELOW * size


def _look(textpage: PdfTextPage, index: int, obj: Object | None) -> _Look:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(obj) if obj else pdfium.FPDF_TEXTRENDERMODE_FILL
    unseen = _LAYER if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE else "过小" if size < _TINY else ""
    filled = mode in (pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP)
    white = bool(obj) and filled and is_white(obj)
    clip = clip_of(obj, (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)) if obj else None
    return _Look(max(size, _TINY), _turn(matrix.a, matrix.b), unseen, white, clip)


def _turn(a: float, b: float) -> Turn | None:
    degrees = math.degrees(math.atan2(b, a)) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= _LEAN else None


# --- sheets ----------------------------------------------------------------------------------------------------------


def _sheets(frame: _Frame, number: int, shown: Sequence[Character], drawing: Drawing) -> Iterator[Sheet]:
    """Yield the page as it is read most of the time, then once more for what is printed in another direction."""
    turns = Counter(look.turn for *_, look in shown if look.turn is not None)
    lines = [] if drawing.is_picture else drawing.lines
    for place, (turn, _) in enumerate(turns.most_common()):
        glyphs = [_glyph(frame, character, turn) for character in shown if character[-1].turn == turn]
        rules = [_rule(frame, line, turn) for line in lines] if place == 0 else []
        yield Sheet(number, *frame.size(turn), glyphs, rules)


def _glyph(frame: _Frame, character: Character, turn: Turn) -> Glyph:
    text, (left, bottom, right, top), x, y, look = character
    (x0, _), (x1, _) = frame.place(left, bottom, turn), frame.place(right, top, turn)
    return Glyph(text, min(x0, x1), max(x0, x1), frame.place(x, y, turn)[1], look.size)


def _rule(frame: _Frame, line: Box, turn: Turn) -> Rule:
    (x0, y0), (x1, y1) = frame.place(line[0], line[1], turn), frame.place(line[2], line[3], turn)
    return Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _words(characters: Sequence[Character]) -> str:
    """Return characters without blanks, in the order of the file."""
    return "".join(text for text, *_ in characters if not text.isspace())
