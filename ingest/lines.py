"""From a normalised text to its logical lines: what a person sees as one line of text, whatever broke it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.labels import Family, label_at

_LINE = re.compile(r"[^\n]+")
_PAGE_MARK = re.compile(
    r"[-—–―─ \u3000]{1,4}\d{1,4}[-—–―─ \u3000]{1,4}|第 ?\d{1,4} ?页(?:[,， ]*共 ?\d{1,4} ?页)?|\d{1,3} ?/ ?\d{1,3}"
)
_LEADING_MARK = re.compile(r"[-—–―─]{1,2}[ \u3000]{0,2}\d{1,4}[ \u3000]{0,2}[-—–―─]{1,2}[ \u3000]*(?=\S)")
_BARE_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}")
_STOPS = "。；：！？.;:!?…”」）)》】〕"
_NEVER_FIRST = "，,、。；;：:”）)》】〕!?！？"
_NEVER_LAST = "“（(《〔【〈、，,"
_LONG = 100  # characters; a paragraph of that length does not end without a stop
_SHORTEST_PAGE = 200  # characters
_FEWEST_WRAPPED = 8  # lines that must stop short of a stop before a text counts as hard-wrapped


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line from its first to its last visible character; it may run over printed line ends."""

    start: int
    end: int
    level: int = 0  # of a Markdown heading
    page_mark: bool = False
    indent: int = 0  # blanks before it


def split_lines(shade: str, headings: Mapping[int, int]) -> list[Line]:
    """Return the logical lines of a shadow text in order; blank lines belong to none."""
    lines = _printed_lines(shade, headings)
    lines = _join_interrupted(shade, lines)
    lines = _join_fragments(shade, lines)
    lines = _join_wrapped(shade, lines)
    return _join_split_labels(shade, lines)


def _printed_lines(shade: str, headings: Mapping[int, int]) -> list[Line]:
    lines, number, position = [], 0, 0
    for match in _LINE.finditer(shade):
        number += shade.count("\n", position, match.start())
        position = match.start()
        stripped = match[0].strip()
        if stripped:
            start = match.start() + match[0].index(stripped[0])
            mark = _PAGE_MARK.fullmatch(match[0].strip(" \u3000")) is not None
            lines.append(Line(start, start + len(stripped), headings.get(number, 0), mark, start - match.start()))
    return _mark_page_numbers(shade, lines)


def _mark_page_numbers(shade: str, lines: list[Line]) -> list[Line]:
    """Mark lines of nothing but a number that count up by one, a page apart."""
    bare = [i for i, line in enumerate(lines) if _is_bare_number(shade, lines, i)]
    numbers = [int(shade[lines[i].start : lines[i].end]) for i in bare]
    counting = len(bare) > 1 and all(other == one + 1 for one, other in pairwise(numbers))
    if counting and all(lines[b].start - lines[a].start >= _SHORTEST_PAGE for a, b in pairwise(bare)):
        for i in bare:
            lines[i] = replace(lines[i], page_mark=True)
    return lines


def _is_bare_number(shade: str, lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    stop_follows = index + 1 < len(lines) and shade[lines[index + 1].start] in "、.．"  # a label broken over lines
    return re.fullmatch(r"\d{1,3}", shade[line.start : line.end]) is not None and not stop_follows


def _join_interrupted(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Join a line that begins with a page mark to the sentence it interrupts; a mark before a label is a line of its own."""
    out: list[Line] = []
    for line in lines:
        mark = None if line.page_mark else _LEADING_MARK.match(shade, line.start, line.end)
        if mark is None:
            out.append(line)
        elif label_at(shade, mark.end(), line.end):
            out += [
                Line(line.start, line.start + len(mark[0].rstrip()), page_mark=True),
                replace(line, start=mark.end()),
            ]
        elif out and not out[-1].level:
            out[-1] = replace(out[-1], end=line.end)
        else:
            out.append(line)
    return out


def _join_fragments(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Join what no writer breaks: before a comma or closing bracket, behind a comma, an opening one, or inside brackets."""
    out: list[Line] = []
    for line in lines:
        if out and _is_fragment(shade, out[-1], line):
            out[-1] = replace(out[-1], end=line.end)
        else:
            out.append(line)
    return out


def _is_fragment(shade: str, last: Line, line: Line) -> bool:
    if last.level or line.level or last.page_mark or line.page_mark:
        return False
    if shade[line.start] in _NEVER_FIRST:
        return True
    if _opens(shade, line):
        return False
    return (
        shade[last.end - 1] in _NEVER_LAST
        or _is_broken_off(shade, last)
        or (line.end - line.start <= 200 and _completes_bracket(shade, last, line))
    )


def _is_broken_off(shade: str, line: Line) -> bool:
    """Tell whether a line ends in the middle of a sentence: it is long, or has ended another sentence before."""
    long = line.end - line.start >= _LONG
    return shade[line.end - 1].isalnum() and (long or re.search(r"[。；;]", shade[line.start : line.end]) is not None)


def _completes_bracket(shade: str, last: Line, line: Line) -> bool:
    """Tell whether a line closes a bracket that the one before left open."""
    depth = 0
    for c in shade[max(last.start, last.end - 200) : last.end]:
        depth = max(0, depth + (c in "(〔[") - (c in ")〕]"))
    for c in shade[line.start : line.end] if depth else "":
        depth += (c in "(〔[") - (c in ")〕]")
        if depth == 0:
            return True
    return False


def _join_wrapped(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Undo the hard line breaks of a text layer: a full line without a stop goes on in the next one.

    A page mark between the two halves is joined too; it stays in the clause that it interrupts.
    """
    width = _wrap_width(shade, lines)
    if not width:
        return list(lines)
    usual = Counter(line.indent for line in lines if not line.page_mark).most_common(1)[0][0]
    out: list[Line] = []
    open_line = False  # the last line is full and goes on
    for line in lines:
        begins = _opens(shade, line) or line.indent >= usual + 2  # a paragraph is set in
        if out and open_line and (line.page_mark or not begins):
            out[-1] = replace(out[-1], end=line.end)
            open_line = line.page_mark or _goes_on(shade, line, width)
        else:
            out.append(line)
            open_line = not line.page_mark and _goes_on(shade, line, width)
    return out


def _goes_on(shade: str, line: Line, width: float) -> bool:
    return not line.level and _columns(shade, line) >= 0.75 * width and shade[line.end - 1] not in _STOPS


def _opens(shade: str, line: Line) -> bool:
    return line.level > 0 or (
        (label := label_at(shade, line.start, line.end)) is not None and label.family < Family.LETTER
    )


def _wrap_width(shade: str, lines: Sequence[Line]) -> float:
    """Return the width in columns at which the text is wrapped, 0 where it is not."""
    unfinished = [_columns(shade, x) for x in lines if not x.page_mark and shade[x.end - 1] not in _STOPS]
    long = [width for width in unfinished if width >= 40]
    if len(long) < _FEWEST_WRAPPED or len(long) < 0.25 * len(lines):
        return 0
    middle = median(long)
    return middle if sum(abs(width - middle) <= 6 for width in long) >= 0.7 * len(long) else 0


def _columns(shade: str, line: Line) -> int:
    if line.end - line.start > 400:  # no printed line is that long
        return 800
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in shade[line.start : line.end])


def _join_split_labels(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Join a label with what stands on the next line where the break fell into or right behind it."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last and _is_broken_label(shade, last, line):
            out[-1] = replace(last, end=line.end, level=last.level or line.level)
        else:
            out.append(line)
    return out


def _is_broken_label(shade: str, last: Line, line: Line) -> bool:
    if last.end - last.start > 12 or line.page_mark or last.page_mark:
        return False
    words = shade[last.start : last.end]
    if words.isdecimal() and len(words) <= 2:
        return shade[line.start] in "、．." and shade[line.start + 1 : line.start + 2].strip() == ""
    if _BARE_NUMBER.fullmatch(words):  # 一⏎、降低…, 一⏎办理条件
        return shade[line.start] in "、.．" or label_at(shade, line.start, line.end) is None
    label = label_at(shade, last.start, last.end)
    if label is None or label.end != last.end or label_at(shade, line.start, line.end) is not None:
        return False
    if label.family in (Family.PART, Family.SUBPART, Family.CHAPTER, Family.SECTION):
        return line.end - line.start <= 40 and shade[line.end - 1] not in "。；："
    return label.family is not Family.ARTICLE  # 1.⏎…, （一）⏎…
