"""Which labels open a unit, and how the units nest. Paragraphs are put between them later, in `segment`.

A label at the start of a line is taken at its word unless it reads as a reference (第三十条规定的…). A label inside a line
(run-together items, lost line breaks) must go on with a numbering that is open, or begin one that goes on later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.labels import DECIMALS, STATUTE_DIVISIONS, Family, Label, decimal_at, label_at, labels_within
from ingest.lines import Line
from tiaoli.numerals import to_number

_REFERENCE = re.compile(
    r"(?:规定|所称|所列|所述|的|和|及|与|至|到|或|、|,|，|中|以及|第[\d一二三四五六七八九十百]{1,5}[款项条章节]|款|项(?!目)|目(?![录标的前])|之规定|修改|改为|增加|删去|删除|明确|要求|作为|内容|~|-|—|前款|有关)"
)
_SURE_REFERENCE = re.compile(
    r"[、,，~]|款(?!项)|项(?!目)|(?:第|\()[\d一二三四五六七八九十百]{1,5}\)?[款项]|(?:至|到|和|及|或|与|以及)[ ]*第|(?:规定|所称|所列|所述)[的之：:,，]|所称|所列|所述|中的"
)
_CERTAIN_REFERENCE = re.compile(r"[、,，~]|款(?!项)|项(?!目)|(?:第|\()[\d一二三四五六七八九十百]{1,5}\)?[款项]")
_LIST_REFERENCE = re.compile(
    r"[ ]*(?:款(?!项)|条(?![约件例款目理])|项(?!目)|目(?![录标的前])|(?:和|或|至|到|及|以及)[ ]*\(|[、,，]?[ ]*\([^()]{1,6}\)[项款目])|[、,，]?[ ]*\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)"
)
_ATTACHMENT_LIST = re.compile(r"附件[ ]*:[ ]*1")
_ENUMERATION = re.compile(
    r"([零一二三四五六七八九十百]{1,4})[、,，]?(?:[零一二三四五六七八九十]{1,3}[、,，])*(?:条|项|款|级|类|是|等|产业|次|期)"
)
_BREAKS = "。；：;:!！?？)）”」】…"
_PAGE_MARK_BEFORE = re.compile(r"(?:^|[。；：”)\s])[-—–― ]*\d{1,4}[-—–― ]*$")
_VIEW = 200  # characters around a label that tell what it is; a line may have millions
_FARTHEST_ARTICLE_JUMP = 20
_LARGEST = {Family.HEADING: 150, Family.SUBHEADING: 200, Family.POINT: 400, Family.SUBPOINT: 200}
_OPENERS, _CLOSERS = "(“《〈[「『", ")”》〉]」』"
_FEWEST_DECIMALS = 3  # labels of two parts or more
_LONGEST_HEADING = 30  # characters
_LONGEST_QUOTE = 80  # lines


@dataclass(frozen=True, slots=True)
class Token:
    """A labelled unit: its label, where its own line part ends, and the token it stands under (an index, or None)."""

    label: Label
    line: int  # index of its line
    end: int
    parent: int | None


class Outline:
    """The labelled units of a run of lines. Build it once; `tokens` are in text order."""

    def __init__(self, shade: str, lines: Sequence[Line], skipped: frozenset[int] = frozenset()) -> None:
        self._shade, self._lines = shade, lines
        self.tokens: list[Token] = []
        self._stack: list[int] = []  # indexes of open tokens, outermost first
        self._last_article = 0
        self._last: dict[Family, int] = {}  # last number of each family, also of closed lists
        self._places = _places(shade, lines)
        self._by_decimals = _is_numbered_by_decimals(shade, lines)
        quoted = quoted_lines(shade, lines)
        for index, line in enumerate(lines):
            if index not in skipped and index not in quoted and not line.page_mark:
                self._read_line(index, line)

    # --- acceptance --------------------------------------------------------------------------------------------------

    def _read_line(self, index: int, line: Line) -> None:
        position = line.start
        first = self._first_label(line)
        if first is not None and self._opens_line(first, line):
            self._take(first, index, line)
            position = first.end
        elif first is not None and first.start == line.start:
            position = first.end
        listed = _ATTACHMENT_LIST.search(self._shade, position, line.end)
        for label in _inline(self._shade, position, listed.start() if listed else line.end):
            if label.start > line.start and self._opens_inside(label, line):
                self._take(label, index, line)

    def _first_label(self, line: Line) -> Label | None:
        """Return the label at the start of a line, also behind a page number that stuck to it (4第八条)."""
        if self._by_decimals and (label := decimal_at(self._shade, line.start, line.end)):
            return label
        if label := label_at(self._shade, line.start, line.end):
            return label
        mark = re.compile(r"[-—–― ]*\d{1,3}[-—–― ]*(?=第)").match(self._shade, line.start, line.end)
        found = label_at(self._shade, mark.end(), line.end) if mark else None
        fits = found is not None and found.family is Family.ARTICLE and found.number == self._last_article + 1
        return found if fits else None

    def _opens_line(self, label: Label, line: Line) -> bool:
        rest = self._shade[label.end : line.end]
        if label.number > _LARGEST.get(label.family, 3000):
            return False
        if label.family in STATUTE_DIVISIONS:
            return self._opens_division(label, rest)
        if label.family is Family.ARTICLE:
            return self._opens_article(label, rest)
        if line.level or label.family in DECIMALS:
            return True
        if label.family in (Family.SUBHEADING, Family.SUBPOINT, Family.CIRCLED) and _LIST_REFERENCE.match(rest):
            return False
        if label.family is Family.HEADING and _enumerates(label, rest):
            return False
        if label.family is Family.POINT:
            return self._opens_point(label, rest)
        if label.family in (Family.STEM, Family.LETTER, Family.HALF_BRACKET):
            return self._is_next(label) or (label.number == 1 and self._goes_on(label))
        return True

    def _opens_division(self, label: Label, rest: str) -> bool:
        if _REFERENCE.match(rest) or label.suffix:
            return False
        words = re.split(r"第[^条]{1,8}条", rest)[0]
        return (len(words) <= 60 and not re.search(r"[。；]$", rest.strip())) or len(words) < 20

    def _opens_article(self, label: Label, rest: str) -> bool:
        gap = not rest or rest[0] in " \u3000\n:【[("
        ahead = label.number - self._last_article
        if _reads_as_reference(rest, expected=ahead == 1):
            return False
        if self._last_article == 0 and not any(t.label.family is Family.ARTICLE for t in self.tokens):
            return gap or label.number <= 2
        if label.suffix:
            return gap and ahead in (0, 1)
        return 1 <= ahead <= (_FARTHEST_ARTICLE_JUMP if gap else 3) or (gap and (label.number == 1 or ahead <= 0))

    def _opens_point(self, label: Label, rest: str) -> bool:
        if label.end < len(self._shade) and rest[:1].isdigit():  # 1.5万元, or 1. and 80周岁
            return (self._is_next(label) and self._open_number(label.family) > 0) or (
                label.number == 1 and self._goes_on(label)
            )
        return bool(rest.strip()) or self._is_next(label) or label.number == 1

    def _opens_inside(self, label: Label, line: Line) -> bool:
        if label.number > _LARGEST.get(label.family, 3000):
            return False
        before = self._shade[max(line.start, label.start - _VIEW) : label.start].rstrip(" \u3000")[-12:]
        rest = self._shade[label.end : min(line.end, label.end + _VIEW)]
        bracketed = label.family in (Family.SUBHEADING, Family.SUBPOINT, Family.CIRCLED)
        broken = before[-1:] in _BREAKS or (bracketed and self._shade[label.start - 1] in " \u3000")
        if label.family in STATUTE_DIVISIONS:
            return self._is_next(label) and broken and len(re.split(r"第[^条]{1,8}条", rest)[0]) <= 30
        if label.family is Family.ARTICLE:
            return self._article_inside(label, before, rest, broken)
        if _LIST_REFERENCE.match(rest) or before[-1:] in "第条款项、和及或至之其统":
            return False
        if label.family is Family.HEADING:
            lost_break = label.number > 2 and self._is_next(label)  # 由市民政局负责解释五、本通知自…
            return (broken or lost_break) and not _enumerates(label, rest) and self._continues(label, line, sure=True)
        if bracketed:
            return self._continues(label, line, sure=broken)
        if label.family is Family.POINT:
            return self._point_inside(label, line, before, rest, broken)
        return broken and self._continues(label, line, sure=False)

    def _article_inside(self, label: Label, before: str, rest: str, broken: bool) -> bool:
        expected = label.number == self._last_article + 1 and not label.suffix
        if not expected or _reads_as_reference(rest, expected=rest[:1] in (" ", "\u3000")):
            return False
        heads_chapter = bool(self._stack) and self.tokens[self._stack[-1]].label.family in STATUTE_DIVISIONS
        return broken or heads_chapter or bool(_PAGE_MARK_BEFORE.search(before))

    def _point_inside(self, label: Label, line: Line, before: str, rest: str, broken: bool) -> bool:
        if _is_decimal(self._shade, label) and not (
            broken and self._is_next(label) and self._open_number(Family.POINT)
        ):
            return False
        if re.search(r"[A-Za-z\d.%/]$", before) or (self._shade[label.printed_end] == "、" and not broken):
            return False
        return self._continues(label, line, sure=broken)

    def _continues(self, label: Label, line: Line, *, sure: bool) -> bool:
        """Tell whether a label inside a line goes on with an open numbering or begins one that goes on later."""
        if self._heads_list(label, line):
            return True
        if self._open_number(label.family) and self._is_next(label):
            return sure or label.family is not Family.POINT or self._is_inline_list(label.family, line)
        skips_one = label.number == self._open_number(label.family) + 2 and label.family is Family.HEADING and sure
        return (label.number == 1 or skips_one) and self._goes_on(label, within=None if sure else line.end)

    def _heads_list(self, label: Label, line: Line) -> bool:
        """Tell whether a label comes right behind a heading that lost its line break and goes on with a closed numbering."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or label.number != self._last.get(label.family, 0) + 1 or last.label.start < line.start:
            return False
        return last.label.family < label.family and label.start - last.label.end <= _LONGEST_HEADING

    def _is_inline_list(self, family: Family, line: Line) -> bool:
        last = next(t for t in map(self.tokens.__getitem__, reversed(self._stack)) if t.label.family is family)
        return last.label.start >= line.start

    def _open_number(self, family: Family) -> int:
        return next(
            (self.tokens[i].label.number for i in reversed(self._stack) if self.tokens[i].label.family is family), 0
        )

    def _is_next(self, label: Label) -> bool:
        return label.number == self._open_number(label.family) + 1

    def _goes_on(self, label: Label, within: int | None = None) -> bool:
        """Tell whether the next number of a label's family stands later, before the first stands again."""
        places = self._places[label.family, label.number + 1]
        found = bisect_right(places, label.start)
        if found == len(places) or (within is not None and places[found] >= within):
            return False
        again = self._places[label.family, label.number]
        repeat = bisect_right(again, label.start)
        return repeat == len(again) or again[repeat] > places[found]

    # --- nesting -----------------------------------------------------------------------------------------------------

    def _take(self, label: Label, index: int, line: Line) -> None:
        if self.tokens and self.tokens[-1].line == index:
            last = self.tokens[-1]
            self.tokens[-1] = Token(last.label, last.line, label.start, last.parent)
        self._make_room(label)
        parent = self._stack[-1] if self._stack else None
        self._stack.append(len(self.tokens))
        self.tokens.append(Token(label, index, line.end, parent))
        self._last[label.family] = label.number
        if label.family is Family.ARTICLE:
            self._last_article = label.number

    def _make_room(self, label: Label) -> None:
        """Close the open units that the new one does not stand under."""
        families = [self.tokens[i].label.family for i in self._stack]
        if label.family in STATUTE_DIVISIONS:
            self._close(lambda family: family >= label.family or family not in STATUTE_DIVISIONS)
        elif label.family is Family.ARTICLE:
            outside = families.index(Family.ARTICLE) if Family.ARTICLE in families else len(families)
            kept = [f for f in families[:outside] if f in STATUTE_DIVISIONS or f is Family.HEADING]
            del self._stack[len(kept) if families[: len(kept)] == kept else 0 :]
        elif label.family in families:
            del self._stack[len(families) - 1 - families[::-1].index(label.family) :]
        elif Family.ARTICLE not in families and not self._nests_below(label):
            self._close(lambda family: family > label.family)

    def _close(self, closes: object) -> None:
        while self._stack and closes(self.tokens[self._stack[-1]].label.family):  # type: ignore[operator]
            self._stack.pop()

    def _nests_below(self, label: Label) -> bool:
        """Tell whether a list of a usually higher family stands below an open unit: its numbering goes on behind it."""
        if not self._stack or label.number != 1:
            return False
        top = self.tokens[self._stack[-1]].label
        if top.family <= label.family:
            return False
        upper = [self.tokens[i].label for i in self._stack if self.tokens[i].label.family < label.family]
        limit = min((self._next_place(u.family, u.number + 1, label.start) for u in upper), default=len(self._shade))
        following = self._next_place(top.family, top.number + 1, label.start)
        return following < limit and self._next_place(top.family, 1, label.start) > following

    def _next_place(self, family: Family, number: int, after: int) -> int:
        places = self._places[family, number]
        found = bisect_right(places, after)
        return places[found] if found < len(places) else len(self._shade)


def _reads_as_reference(rest: str, *, expected: bool) -> bool:
    """Tell whether the words behind an article's label make it a reference; an expected label needs a stronger sign."""
    words = rest.lstrip(" \u3000")
    if expected:
        return (_SURE_REFERENCE if words == rest else _CERTAIN_REFERENCE).match(words) is not None
    return _REFERENCE.match(words) is not None


def _enumerates(label: Label, rest: str) -> bool:
    """Tell whether 一、 only begins an enumeration: 一、二类动物疫病."""
    found = _ENUMERATION.match(rest)
    return found is not None and to_number(found[1]) == label.number + 1


def _is_decimal(shade: str, label: Label) -> bool:
    """Tell whether a point's label may be the beginning of a decimal number."""
    return label.family is Family.POINT and shade[label.end - 1] == "." and shade[label.end : label.end + 1].isdigit()


def _inline(shade: str, start: int, end: int) -> Iterator[Label]:
    """Yield what looks like a label between two positions and stands in no bracket or quotation there."""
    depth, position = 0, start
    for label in labels_within(shade, start, end):
        for c in shade[position : label.start]:
            if c in _OPENERS:
                depth += 1
            elif c in _CLOSERS and depth:
                depth -= 1
        position = label.end if shade[label.start] == "(" else label.start
        if depth == 0:
            yield label


def _places(shade: str, lines: Sequence[Line]) -> dict[tuple[Family, int], list[int]]:
    """Return where each family and number stands, for looking ahead."""
    places: dict[tuple[Family, int], list[int]] = defaultdict(list)
    for line in lines:
        for label in _inline(shade, line.start, line.end):
            if label.start == line.start or not _is_decimal(shade, label):
                places[label.family, label.number].append(label.start)
    return places


def _is_numbered_by_decimals(shade: str, lines: Sequence[Line]) -> bool:
    """Tell whether a text goes 1, 1.1, 1.1.1 as plans for emergencies and technical standards do."""
    labels = [label for line in lines if (label := decimal_at(shade, line.start, line.end))]
    deep = [label for label in labels if label.family > Family.DECIMAL_1]
    return len(deep) >= _FEWEST_DECIMALS and deep[0].number == 1


def quoted_lines(shade: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of lines that begin inside a quotation opened behind a colon: the new words of an amendment."""
    quoted: set[int] = set()
    index = 0
    while index < len(lines):
        if _opens_quotation(shade, lines, index):
            last = _closing_line(shade, lines, index)
            quoted.update(range(index + 1, last + 1))
            index = max(last, index)
        index += 1
    return frozenset(quoted)


def _opens_quotation(shade: str, lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line leaves a quotation open that a colon announces, on the same line or at the end of the last."""
    words = shade[lines[index].start : lines[index].end]
    at = words.rfind("“")
    if at < 0 or words.find("”", at) >= 0:
        return False
    before = words[at - 1] if at else shade[lines[index - 1].end - 1] if index else ""
    return before in ("：", ":")


def _closing_line(shade: str, lines: Sequence[Line], opening: int) -> int:
    """Return the line where a quotation that `opening` opens is closed, `opening` itself where it never is."""
    for index in range(opening + 1, min(opening + 1 + _LONGEST_QUOTE, len(lines))):
        words = shade[lines[index].start : lines[index].end]
        if words.count("”") > words.count("“") - words.startswith("“"):
            return index
        if re.match(r"[一二三四五六七八九十]{1,3}、(?:将|第|增加|删[去除]|[^”]{0,30}修改)", words):
            return opening
    return opening
