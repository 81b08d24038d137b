"""What of a page a person sees, and what is only in the file: hidden text, watermarks, the words under a scan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.readers.layout.page import Page, page_of
from ingest.readers.layout.sheet import Glyph, Rule, Sheet

INVISIBLE = "不显示"  # why a character is not seen: the file says so; a scan has what was recognised in such letters
_LARGE = 0.4  # of the page: a picture that covers so much may be a scan
_STAMP = 20  # characters; a scan may be stamped with so many, by what made it or as its page number
_FEWEST_AREAS = 2  # a page has at least so many where letters are drawn, and not written
_MOST_WORDS = 60  # characters that a note quotes
_MOST_NUMBERS = 20  # of pages that a note names

Box = tuple[float, float, float, float]  # left, top, right, bottom
Turn = int  # degrees by which text is turned to the left: 0, 90, 180, 270
Note = tuple[str, str]


class Character(NamedTuple):
    """A character of a page; all measures are points from the upper left corner."""

    text: str
    box: Box
    x: float  # of its origin, which is on the baseline
    y: float
    size: float
    turn: Turn | None = 0  # None for a slant
    unseen: str = ""  # why nobody sees it
    white: bool = False

    def stands_in(self, area: Box) -> bool:
        """Tell whether its middle is within an area."""
        left, top, right, bottom = area
        return left <= (self.box[0] + self.box[2]) / 2 <= right and top <= (self.box[1] + self.box[3]) / 2 <= bottom


@dataclass(slots=True)
class Drawing:
    """What else there is on a page."""

    lines: list[Box] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)  # filled with a colour that white letters show on
    pictures: list[Box] = field(default_factory=list)
    is_picture: bool = False  # there are more lines than a table has


@dataclass(slots=True)
class Found:
    """What was found on a page."""

    pages: list[Page] = field(default_factory=list)  # the text, and once more what is printed sideways
    visible: int = 0  # how many characters are seen
    unseen: dict[str, str] = field(default_factory=dict)  # the characters that nobody sees, by why
    slanted: str = ""  # the words of a watermark
    under_picture: bool = False  # the text is what was recognised in the picture of the page
    is_picture: bool = False  # there is something to see, but no text, or no more than a stamp
    is_broken: bool = False
    comments: int = 0  # notes, stamps and the like that lie over the page


def seen_on(number: int, width: float, height: float, characters: Iterable[Character], drawing: Drawing) -> Found:
    """Return what is on a page, from 1."""
    found = Found()
    shown: list[Character] = []
    slanted: list[Character] = []
    unseen: dict[str, list[Character]] = {}
    for character in characters:
        if why := _why_unseen(character, (0, 0, width, height), drawing):
            unseen.setdefault(why, []).append(character)
        else:
            (slanted if character.turn is None else shown).append(character)
    if INVISIBLE in unseen and not _words(shown) and _is_scan(width * height, drawing):
        shown = unseen.pop(INVISIBLE)
        found.under_picture = True
    found.unseen = {why: words for why, hidden in unseen.items() if (words := _words(hidden))}
    found.slanted = _words(slanted)
    found.visible = len(_words(shown))
    found.pages = [page_of(sheet) for sheet in _sheets(number, width, height, shown, drawing)]
    drawn = drawing.pictures or drawing.is_picture or len(drawing.areas) >= _FEWEST_AREAS
    stamped = not found.under_picture and found.visible < _STAMP and _is_scan(width * height, drawing)
    found.is_picture = stamped or (bool(drawn) and not found.visible)
    return found


def _why_unseen(character: Character, page: Box, drawing: Drawing) -> str:
    if character.unseen:
        return character.unseen
    if not character.stands_in(page):
        return "在页面之外"
    if character.white and not any(map(character.stands_in, (*drawing.areas, *drawing.pictures))):
        return "白色"
    return ""


def _is_scan(page: float, drawing: Drawing) -> bool:
    return any((right - left) * (bottom - top) >= _LARGE * page for left, top, right, bottom in drawing.pictures)


def _words(characters: Iterable[Character]) -> str:
    """Return characters without blanks, in the order of the file."""
    return "".join(character.text for character in characters if not character.text.isspace())


# --- sheets ----------------------------------------------------------------------------------------------------------


def _sheets(number: int, width: float, height: float, shown: Sequence[Character], drawing: Drawing) -> Iterator[Sheet]:
    """Yield the page as it is read most of the time, then once more for what is printed in another direction."""
    turns = Counter(character.turn for character in shown if character.turn is not None)
    lines = [] if drawing.is_picture else drawing.lines
    for place, (turn, _) in enumerate(turns.most_common()):
        glyphs = [_glyph(character, turn, width, height) for character in shown if character.turn == turn]
        rules = [Rule(*_turned(line, turn, width, height)) for line in lines] if place == 0 else []
        size = (width, height) if turn in (0, 180) else (height, width)
        yield Sheet(number, *size, glyphs, rules)


def _glyph(character: Character, turn: Turn, width: float, height: float) -> Glyph:
    left, _, right, _ = _turned(character.box, turn, width, height)
    _, y = _place(character.x, character.y, turn, width, height)
    return Glyph(character.text, left, right, y, character.size)


def _turned(box: Box, turn: Turn, width: float, height: float) -> Box:
    (x0, y0), (x1, y1) = _place(*box[:2], turn, width, height), _place(*box[2:], turn, width, height)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _place(x: float, y: float, turn: Turn, width: float, height: float) -> tuple[float, float]:
    """Return where a point is for a reader of text turned so, from the upper left corner."""
    if turn == 90:
        return height - y, x
    if turn == 180:
        return width - x, height - y
    return (x, y) if turn == 0 else (y, width - x)


# --- notes -----------------------------------------------------------------------------------------------------------


def notes_of(found: Sequence[Found]) -> Iterator[Note]:
    """Yield what is to report of what was not read, or only under a picture."""
    if pages := [index for index, page in enumerate(found) if page.under_picture]:
        yield (
            "recognised",
            f"第 {page_numbers(pages)} 页是扫描件，文字取自文件自带的识别结果，可能有错字，请对照原件核对",
        )
    unseen: dict[str, str] = {}
    for page in found:
        for why, words in page.unseen.items():
            unseen[why] = unseen.get(why, "") + words
    for why, words in unseen.items():
        yield "unseen_text", f"有 {len(words)} 个看不见的字符（{why}）未读入：{_quoted(words)}"
    for words, count in Counter(page.slanted for page in found if page.slanted).items():
        yield "watermark", f"已去掉 {count} 页上斜排的水印：{_quoted(words)}"
    if broken := [index for index, page in enumerate(found) if page.is_broken]:
        yield "broken_pages", f"第 {page_numbers(broken)} 页已损坏，未能读入，请核对原文件"
    if comments := sum(page.comments for page in found):
        yield "comments", f"有 {comments} 处批注、图章等附加内容未读入"


def page_numbers(pages: Sequence[int]) -> str:
    """Return the numbers of pages, given from 0, as words."""
    shown = "、".join(str(page + 1) for page in pages[:_MOST_NUMBERS])
    return f"{shown} 等 {len(pages)}" if len(pages) > _MOST_NUMBERS else shown


def _quoted(text: str) -> str:
    return f"“{text[:_MOST_WORDS]}{'…' if len(text) > _MOST_WORDS else ''}”"
