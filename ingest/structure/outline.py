"""Which labels open a unit. Paragraphs are put between the units later, in `segment`.

A label at the start of a line is taken at its word unless it reads as a reference (第三十条规定的…). A label inside a line
(run-together items, lost line breaks) must go on with a numbering that is open, or begin one that goes on later.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ingest.structure.labels import (
    DECIMALS,
    STATUTE_DIVISIONS,
    Family,
    Label,
    decimal_at,
    label_at,
    labels_outside_brackets,
    looks_decimal,
)
from ingest.structure.lines import LONGEST_WITH_BREAKS, Line
from ingest.structure.nesting import Nesting, Token
from ingest.structure.places import Places
from ingest.structure.quotations import quoted_lines
from ingest.structure.references import enumerates, refers_to_article, refers_to_division, refers_to_item

_ATTACHMENT_LIST = re.compile(r"附件[ ]*:[ ]*1")
_STUCK_PAGE_NUMBER = re.compile(r"[-—–― ]*\d{1,3}[-—–― ]*(?=第)")
_PAGE_MARK_BEFORE = re.compile(r"(?:^|[。；：;:”)\s])[-—–― ]*\d{1,4}[-—–― ]*$")
_ARTICLE = re.compile(r"第[^条]{1,8}条")
_NO_POINT_BEHIND = re.compile(r"[A-Za-z\d.%/]$")
_NO_LABEL_BEHIND = "第条款项、和及或至之其统"
_BREAKS = "。；：;:!！?？)）”」】…"
_VIEW = 200  # characters behind a label that tell what it is; a line may have millions,
_VIEW_BEFORE = 12  # and visible ones before it
_LARGEST = {Family.HEADING: 150, Family.SUBHEADING: 200, Family.POINT: 400, Family.SUBPOINT: 200}
_LARGEST_OTHER = 3000
_FARTHEST_ARTICLE_JUMP = 20
_FARTHEST_STUCK_JUMP = 3  # of an article whose label its text follows without a gap
_LARGEST_FIRST_STUCK = 2  # number of the first article if its text follows without a gap
_FEWEST_DECIMALS = 3  # labels of two parts or more
_LONGEST_HEADING = 30  # characters
_LONGEST_DIVISION_TITLE = 60  # characters, and
_LONGEST_STOPPED_TITLE = 20  # of one that may end in a full stop; it is shorter
_MARKED_BY_BRACKETS = {Family.SUBHEADING, Family.SUBPOINT, Family.CIRCLED}


def outline(
    shade: str, lines: Sequence[Line], skipped: Collection[int], headings: Mapping[int, Label] | None = None
) -> list[Token]:
    """Return the labelled units of a run of lines in text order, but for those of the lines whose index is `skipped`.

    `headings` are lines that have their label elsewhere.
    """
    reader = _Reader(shade, lines)
    quoted = quoted_lines(shade, lines)
    for index, line in enumerate(lines):
        if headings and (label := headings.get(index)):
            reader.take(index, line, label)
        elif index not in skipped and index not in quoted and not line.page_mark:
            reader.read(index, line)
    return reader.nesting.tokens


class _Reader:
    """Takes the labels that open a unit, line by line."""

    def __init__(self, shade: str, lines: Sequence[Line]) -> None:
        self._shade = shade
        self._places = Places(shade, lines)
        self._by_decimals = _is_numbered_by_decimals(shade, lines)
        self.nesting = Nesting(self._places)

    def take(self, index: int, line: Line, label: Label) -> None:
        """Take a line as the heading of a division whose label is printed elsewhere."""
        words = re.sub(r"\s", "", self._shade[label.start : label.printed_end])
        here = replace(label, start=line.start, printed_end=line.start, end=line.start, words=words)
        self.nesting.take(here, index, line.end)

    def read(self, index: int, line: Line) -> None:
        """Take the units that a line opens, at its start and inside."""
        position = line.start
        first = self._first_label(line)
        if first and self._opens_line(first, line):
            self.nesting.take(first, index, line.end)
            position = first.end
        elif first and first.start == line.start:
            position = first.end
        listed = _ATTACHMENT_LIST.search(self._shade, position, line.end)
        for label in labels_outside_brackets(self._shade, position, listed.start() if listed else line.end):
            if label.start > line.start and self._opens_inside(label, line):
                self.nesting.take(label, index, line.end)

    def _first_label(self, line: Line) -> Label | None:
        """Return the label at the start of a line, also behind a page number that stuck to it (4第八条)."""
        if self._by_decimals and (label := decimal_at(self._shade, line.start, line.end)):
            return label
        if label := line.label(self._shade):
            return label
        mark = _STUCK_PAGE_NUMBER.match(self._shade, line.start, line.end)
        found = label_at(self._shade, mark.end(), line.end) if mark else None
        return found if found and found.family is Family.ARTICLE and self._articles_ahead(found) == 1 else None

    def _articles_ahead(self, label: Label) -> int:
        """Return by how much an article's number is ahead of the last one's."""
        return label.number - self.nesting.last_number(Family.ARTICLE)

    # --- at the start of a line --------------------------------------------------------------------------------------

    def _opens_line(self, label: Label, line: Line) -> bool:
        rest = self._shade[label.end : line.end]
        if _is_too_large(label):
            return False
        if label.family in STATUTE_DIVISIONS:
            return not label.suffix and _is_division_title(rest)
        if label.family is Family.ARTICLE:
            return self._article_opens_line(label, rest)
        if line.level or label.family in DECIMALS:
            return True
        if label.family in _MARKED_BY_BRACKETS:
            return not refers_to_item(rest)
        if label.family is Family.HEADING:
            return not enumerates(label, rest)
        if label.family is Family.POINT:
            return self._point_opens_line(label, rest)
        return self.nesting.is_next(label) or self._begins_list(label)

    def _article_opens_line(self, label: Label, rest: str) -> bool:
        ahead = self._articles_ahead(label)
        if refers_to_article(rest, expected=ahead == 1):
            return False
        gap = not rest or rest[0] in " \u3000\n:【[("
        if not self.nesting.has_any(Family.ARTICLE):
            return gap or label.number <= _LARGEST_FIRST_STUCK
        if label.suffix:
            return gap and ahead in (0, 1)
        if gap and (label.number == 1 or ahead <= 0):
            return True
        if gap and ahead > 0 and self._heads_division() and self._begins_excerpt(label):
            return True
        return 1 <= ahead <= (_FARTHEST_ARTICLE_JUMP if gap else _FARTHEST_STUCK_JUMP)

    def _heads_division(self) -> bool:
        """Tell whether the last unit is a division, whose first article comes now."""
        top = self.nesting.top()
        return top is not None and top.family in STATUTE_DIVISIONS

    def _begins_excerpt(self, label: Label) -> bool:
        """Tell whether an article follows its division's line at once, and the division is not quoted behind a colon."""
        division = self.nesting.tokens[-1]
        before = self._shade[max(0, division.label.start - _VIEW) : division.label.start].rstrip()
        gap = self._shade[division.end : min(label.start, division.end + _VIEW)]
        return not before.endswith(":") and not gap.strip()

    def _point_opens_line(self, label: Label, rest: str) -> bool:
        if rest[:1].isdigit():  # 1.5万元, or 1. and 80周岁
            goes_on = self.nesting.open_number(label.family) > 0 and self.nesting.is_next(label)
            return goes_on or self._begins_list(label)
        return bool(rest.strip()) or self.nesting.is_next(label) or label.number == 1

    def _begins_list(self, label: Label) -> bool:
        """Tell whether a label is the first of a numbering that goes on later."""
        return label.number == 1 and self._places.goes_on(label)

    # --- inside a line -----------------------------------------------------------------------------------------------

    def _opens_inside(self, label: Label, line: Line) -> bool:
        if _is_too_large(label):
            return False
        before = self._shade[max(line.start, label.start - _VIEW) : label.start].rstrip(" \u3000")[-_VIEW_BEFORE:]
        rest = self._shade[label.end : min(line.end, label.end + _VIEW)]
        bracketed = label.family in _MARKED_BY_BRACKETS
        broken = before[-1:] in _BREAKS or (bracketed and self._shade[label.start - 1] in " \u3000")
        if label.family in STATUTE_DIVISIONS:
            return self.nesting.is_next(label) and broken and len(_before_article(rest)) <= _LONGEST_HEADING
        if label.family is Family.ARTICLE:
            return self._article_opens_inside(label, before, rest, broken)
        if refers_to_item(rest) or before[-1:] in _NO_LABEL_BEHIND:
            return False
        if label.family is Family.HEADING:
            return self._heading_opens_inside(label, line, rest, broken)
        if label.family is Family.POINT:
            return self._point_opens_inside(label, line, before, broken)
        if bracketed:
            return self._continues(label, line, sure=broken)
        return broken and self._continues(label, line, sure=False)

    def _article_opens_inside(self, label: Label, before: str, rest: str, broken: bool) -> bool:
        if self._articles_ahead(label) != 1 or label.suffix:
            return False
        if refers_to_article(rest, expected=rest[:1] in (" ", "\u3000")):
            return False
        return broken or self._heads_division() or _PAGE_MARK_BEFORE.search(before) is not None

    def _heading_opens_inside(self, label: Label, line: Line, rest: str, broken: bool) -> bool:
        # 由市民政局负责解释五、本通知自…; in a text without any breaks also 二、
        lost_break = self.nesting.is_next(label) and label.number > (1 if line.length > LONGEST_WITH_BREAKS else 2)
        return (broken or lost_break) and not enumerates(label, rest) and self._continues(label, line, sure=True)

    def _point_opens_inside(self, label: Label, line: Line, before: str, broken: bool) -> bool:
        goes_on = self.nesting.open_number(label.family) > 0 and self.nesting.is_next(label)
        if looks_decimal(self._shade, label) and not (broken and goes_on):
            return False
        if _NO_POINT_BEHIND.search(before) or (self._shade[label.printed_end] == "、" and not broken):
            return False
        return self._continues(label, line, sure=broken)

    def _continues(self, label: Label, line: Line, *, sure: bool) -> bool:
        """Tell whether a label inside a line goes on with an open numbering or begins one that goes on later."""
        if self._heads_list(label, line):
            return True
        last = self.nesting.open_label(label.family)
        if last and last.number and self.nesting.is_next(label):
            return sure or label.family is not Family.POINT or last.start >= line.start
        skipped = sure and label.family is Family.HEADING and label.number == (last.number if last else 0) + 2
        return (label.number == 1 or skipped) and self._places.goes_on(label, before=None if sure else line.end)

    def _heads_list(self, label: Label, line: Line) -> bool:
        """Tell whether a label comes right behind a heading that lost its line break and goes on with a closed numbering."""
        last = self.nesting.tokens[-1].label if self.nesting.tokens else None
        if last is None or label.number != self.nesting.last_number(label.family) + 1 or last.start < line.start:
            return False
        return last.family < label.family and label.start - last.end <= _LONGEST_HEADING


def _is_too_large(label: Label) -> bool:
    return label.number > _LARGEST.get(label.family, _LARGEST_OTHER)


def _is_division_title(rest: str) -> bool:
    """Tell whether the words behind 第一章 can be its title."""
    title = _before_article(rest)
    stopped = rest.rstrip().endswith(("。", "；", ";"))
    longest = _LONGEST_STOPPED_TITLE - 1 if stopped else _LONGEST_DIVISION_TITLE
    return len(title) <= longest and not refers_to_division(rest)


def _before_article(rest: str) -> str:
    """Return the words up to the first label of an article that follows on the same line."""
    return _ARTICLE.split(rest, maxsplit=1)[0]


def _is_numbered_by_decimals(shade: str, lines: Sequence[Line]) -> bool:
    """Tell whether a text goes 1, 1.1, 1.1.1 as plans for emergencies and technical standards do."""
    labels = [label for line in lines if not line.row and (label := decimal_at(shade, line.start, line.end))]
    deep = [label for label in labels if label.family > Family.DECIMAL_1]
    return len(deep) >= _FEWEST_DECIMALS and deep[0].number == 1
