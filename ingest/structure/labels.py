"""What a printed label looks like: 第三条, 一、, （一）, 1., （1）, ①. Recognises; whether it opens a unit is decided elsewhere.

All matching runs on the shadow of a text: the same characters one for one, with full-width digits and brackets made
half-width, so that positions are the same in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from tiaoli.numerals import to_number


class Family(IntEnum):
    """The families of labels; the order is that of their usual rank, the highest first."""

    PART = 1  # 第一编
    SUBPART = 2  # 第一分编
    CHAPTER = 3  # 第一章
    SECTION = 4  # 第一节
    ARTICLE = 5  # 第一条, 第一条之一
    STEM = 6  # 甲、
    DECIMAL_1 = 7  # 1 总则, in a text numbered by decimals
    DECIMAL_2 = 8  # 1.1
    DECIMAL_3 = 9  # 1.1.1
    DECIMAL_4 = 10  # 1.1.1.1
    HEADING = 11  # 一、
    SUBHEADING = 12  # （一）
    POINT = 13  # 1.
    SUBPOINT = 14  # （1）
    CIRCLED = 15  # ①
    HALF_BRACKET = 16  # 1）
    LETTER = 17  # a.


DECIMALS = {Family.DECIMAL_1, Family.DECIMAL_2, Family.DECIMAL_3, Family.DECIMAL_4}
STATUTE_DIVISIONS = {Family.PART, Family.SUBPART, Family.CHAPTER, Family.SECTION}


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text: `start` to `end` with its punctuation, to `printed_end` without it.

    `words` are those of a label that is printed elsewhere, on a contents page; empty for all others.
    """

    family: Family
    number: int
    suffix: int | None
    start: int
    printed_end: int
    end: int
    words: str = ""


_HAN = "零〇○一二三四五六七八九十百千两"
_NUMBER = rf"[{_HAN}]+|\d{{1,4}}"
_OPENERS, _CLOSERS = "(“《〈[「『", ")”》〉]」』"
_BRACKET = re.compile(f"[{re.escape(_OPENERS + _CLOSERS)}]")
_GAP = r"[ \u3000\n]*"  # a label may be broken over printed lines that are one logical line
_DIVISION = {
    "编": Family.PART,
    "篇": Family.PART,
    "分编": Family.SUBPART,
    "章": Family.CHAPTER,
    "节": Family.SECTION,
    "条": Family.ARTICLE,
}
_STEMS = "甲乙丙丁戊己庚辛壬癸"

_LABEL = re.compile(
    rf"""
      第{_GAP}(?P<no>{_NUMBER}){_GAP}(?P<division>分编|[编篇章节条])(?:{_GAP}之{_GAP}(?P<suffix>[{_HAN}]{{1,3}}|\d{{1,3}})(?![{_HAN}分项款]))?
    | (?P<bracket>\({_GAP}(?P<in>[{_HAN}]{{1,6}}|\d{{1,3}}|[a-zA-Z]){_GAP}\)){_GAP}[、.]?
    | (?P<enclosed>[①-⑳⑴-⒇㈠-㈩]){_GAP}[、.]?
    | (?<![{_HAN}])(?P<han>[{_HAN}]{{1,6}}){_GAP}[、.．]
    | (?<![\d.])(?P<digits>\d{{1,3}}){_GAP}(?P<dot>[、.．]|\)(?!\)))
    | (?P<stem>[{_STEMS}]){_GAP}[、.]
    | (?<![A-Za-z])(?P<letter>[A-Za-z])[、.](?![A-Za-z\d@])
    """,
    re.VERBOSE,
)
_BARE_LABEL = re.compile(r"([一二三四五六七八九十]{1,3})[ \u3000]*\n")  # the number of a heading on a line of its own
_DASH_LABEL = re.compile(r"([—―─－-])[ \u3000]*、")  # 一、 as a scan gives it
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?[ \u3000]+(?=[^\d\s.%])")
# A text layer shows the stop behind a number as a character of no meaning where its font is not embedded.
_LOST_STOPS = dict.fromkeys((65533, *range(57344, 57600), *range(61440, 61696)), ".")
_SHADOW = _LOST_STOPS | str.maketrans("（）［］【】０１２３４５６７８９．：；，｡﹑︰∶", "()[][]0123456789.:;,。、::")
_ENCLOSED = {
    chr(ord(first) + n): (family, n + 1)
    for first, family, count in (("①", Family.CIRCLED, 20), ("⑴", Family.SUBPOINT, 20), ("㈠", Family.SUBHEADING, 10))
    for n in range(count)
}


def shadow(text: str) -> str:
    """Return `text` with full-width digits, brackets and stops made half-width, one character for one."""
    return text.translate(_SHADOW)


def label_at(shade: str, start: int, end: int) -> Label | None:
    """Return the label that begins at `start` of a shadow text and lies before `end`, or None.

    >>> label_at("第十条之一 为了", 0, 7).suffix, label_at("(十二)建立", 0, 7).number, label_at("3.加强", 0, 4).family.name
    (1, 12, 'POINT')
    """
    if match := _LABEL.match(shade, start, end):
        return _label(match)
    bare = _BARE_LABEL.match(shade, start, end) or _DASH_LABEL.match(shade, start, end)
    return bare and Label(Family.HEADING, to_number(bare[1]) or 1, None, start, bare.end(1), bare.end())


def decimal_at(shade: str, start: int, end: int) -> Label | None:
    """Return the label of a text numbered by decimals that begins at `start`, or None.

    >>> decimal_at("2.1.3 职责", 0, 8).family.name, decimal_at("2　体系", 0, 4).family.name, decimal_at("1.5万元", 0, 5)
    ('DECIMAL_3', 'DECIMAL_1', None)
    """
    match = _DECIMAL.match(shade, start, end)
    if match is None:
        return None
    parts = match[1].split(".")
    return Label(Family(Family.DECIMAL_1 + len(parts) - 1), int(parts[-1]), None, start, match.end(1), match.end())


def labels_within(shade: str, start: int, end: int) -> Iterator[Label]:
    """Yield all that looks like a label between two positions, in order and without overlap."""
    return filter(None, map(_label, _LABEL.finditer(shade, start, end)))


def labels_outside_brackets(shade: str, start: int, end: int) -> Iterator[Label]:
    """Yield what looks like a label between two positions and stands in no bracket or quotation there."""
    depth, position = 0, start
    for label in labels_within(shade, start, end):
        for bracket in _BRACKET.finditer(shade, position, label.start):
            if bracket[0] in _OPENERS:
                depth += 1
            elif depth:
                depth -= 1
        position = label.end if shade[label.start] == "(" else label.start
        if depth == 0:
            yield label


def looks_decimal(shade: str, label: Label) -> bool:
    """Tell whether a point's label may be the beginning of a decimal number."""
    return label.family is Family.POINT and shade[label.end - 1] == "." and shade[label.end : label.end + 1].isdigit()


def _label(match: re.Match[str]) -> Label | None:
    family, number, printed_end = _what(match)
    if number is None:
        return None
    suffix = to_number(match["suffix"]) if match["suffix"] else None
    return Label(family, number, suffix, match.start(), printed_end, match.end())


def _what(match: re.Match[str]) -> tuple[Family, int | None, int]:
    """Return family, number and where the printed label ends."""
    if match["division"]:
        return _DIVISION[match["division"]], to_number(match["no"]), match.end()
    if match["bracket"]:
        return *_in_brackets(match["in"]), match.end("bracket")
    if match["enclosed"]:
        return *_ENCLOSED[match["enclosed"]], match.end("enclosed")
    if match["han"]:
        return Family.HEADING, to_number(match["han"]), match.end("han")
    if match["digits"] and match["dot"] == ")":
        return Family.HALF_BRACKET, int(match["digits"]), match.end()
    if match["digits"]:
        return Family.POINT, int(match["digits"]), match.end("digits")
    if match["stem"]:
        return Family.STEM, _STEMS.index(match["stem"]) + 1, match.end("stem")
    return Family.LETTER, _place_in_alphabet(match["letter"]), match.end("letter")


def _in_brackets(words: str) -> tuple[Family, int | None]:
    if words.isalpha() and words.isascii():
        return Family.LETTER, _place_in_alphabet(words)
    return Family.SUBPOINT if words.isdecimal() else Family.SUBHEADING, to_number(words)


def _place_in_alphabet(letter: str) -> int:
    return ord(letter.lower()) - ord("a") + 1
