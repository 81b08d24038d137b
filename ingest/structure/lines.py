"""From a normalised text to its logical lines: what a person sees as one line of text, whatever broke it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise, zip_longest
from statistics import median

from ingest.structure.labels import STATUTE_DIVISIONS, Family, Label, label_at
from tiaoli.numerals import to_number

LONGEST_WITH_BREAKS = 1000  # characters of a line; a longer one has lost its breaks

_PAGE_MARK = re.compile(
    r"[-—–―─ \u3000]{1,4}\d{1,4}[-—–―─ \u3000]{1,4}|第 ?\d{1,4} ?页(?:[,， ]*共 ?\d{1,4} ?页)?|\d{1,3} ?/ ?\d{1,3}"
)
_LEADING_MARK = re.compile(r"[-—–―─]{1,2}[ \u3000]{0,2}\d{1,4}[ \u3000]{0,2}[-—–―─]{1,2}[ \u3000]*(?=\S)")
_TRAILING_MARK = re.compile(r"[-—–―─]{1,2}[ \u3000]{0,2}\d{1,4}[ \u3000]{0,2}[-—–―─]{1,2}$")
_NEXT_ATTACHMENT = re.compile(r"(?<=[)。;])[ \u3000]+(?=附件[ ]?(\d{1,2}|[一二三四五六七八九十]{1,3})[ \u3000:])")
_ATTACHMENT = re.compile(r"附\s?(?:[件表录图]\s?\d{0,2}|\d{1,2})(?:[ \u3000:：《]|$)")
_NUMBERED_ATTACHMENT = re.compile(r"附件[ ]?(\d{1,2}|[一二三四五六七八九十]{1,3})[ \u3000:]")
_BOX = re.compile(
    r"专栏[ \u3000]?\d{1,2}[ \u3000:]"
)  # the title of a box, which stands apart from the sentence it interrupts
_BARE_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}")
_REST_OF_ARTICLE = re.compile(r"之[一二三四五六七八九十]{1,3}$|\[[^\]]{1,40}\]")  # brackets of a shadow text
_STOPS = "。；：！？.;:!?…”」）)》】〕"
_ENDS_SENTENCE = "。；：！？.;:!?…”"
_NEVER_FIRST = "，,、。；;：:”）)》】〕!?！？"
_NEVER_LAST = "“（(《〔【〈、，,"
_LONG = 100  # characters; a paragraph of that length does not end without a stop
_SHORTEST_PAGE = 200  # characters
_OPENERS, _CLOSERS = "(〔[", ")〕]"
_BRACKET_VIEW = 200  # characters that are looked through for a bracket left open, and for its other half
_FEWEST_WRAPPED = 8  # lines that must stop short of a stop before a text counts as hard-wrapped
_LEAST_SHARE_WRAPPED = 0.25  # of all lines
_NARROWEST_PAGE = 40  # columns
_WIDEST_LINE = 400  # characters; what is longer was never a printed line
_SAME_WIDTH = 6  # columns by which the lines of a page may differ
_LEAST_SHARE_OF_SAME_WIDTH = 0.7  # of the unfinished lines
_FULL = 0.75  # of the width: a line that may go on in the next one
_BRACKETS_BEHIND_STOP = re.compile(r"[。；][ \u3000]*[(〔\[【](?:[^()〔〕\[\]【】]|\([^()]*\))*[)〕\]】]$")
_FEWEST_LABELLED = 4  # full lines with a label that tell how wide first lines are
_LOST_INDENT = 3  # columns by which first lines are narrower at least
_MARGIN = 1  # columns short of the usual width at which a line is full to the last
_SET_IN = 2  # blanks before the first line of a paragraph, over those before the others
_LONGEST_LABEL_LINE = 12  # characters
_LONGEST_DIVISION_TITLE = 40  # characters
_LONGEST_MARK = 16  # characters of a page mark
_FULL_TITLE = 20  # characters of a division's line that may go on in the next
_LONGEST_REST_OF_TITLE = 12  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line from its first to its last visible character; it may run over printed line ends."""

    start: int
    end: int
    level: int = 0  # of a Markdown heading
    page_mark: bool = False
    indent: int = 0  # blanks before it
    cut: bool = False  # off a text that has lost its line breaks
    row: int = 0  # number from 1 of the row of a table that it is, as the format of the file says; 0 for none

    @property
    def is_whole(self) -> bool:
        """Whether it is certain where it begins and ends: a heading, a row of a table, what was cut off a longer one."""
        return self.level > 0 or self.row > 0 or self.cut

    @property
    def length(self) -> int:
        """Characters from the first to the last."""
        return self.end - self.start

    def words(self, shade: str) -> str:
        """Return the shadow text of the line."""
        return shade[self.start : self.end]

    def label(self, shade: str) -> Label | None:
        """Return the label that the line begins with, or None."""
        return label_at(shade, self.start, self.end)


def split_lines(shade: str, headings: Mapping[int, int], rows: Sequence[range] = ()) -> list[Line]:
    """Return the logical lines of a shadow text in order; blank lines belong to none, a row of a table is one line."""
    lines = _split_attachments(shade, _join_rows(shade, _printed_lines(shade, headings, rows)))
    lines = [part for line in lines for part in _attachments_of(shade, line)]
    lines = _join_interrupted(shade, lines)
    lines = _join(shade, lines, _begins_with_stop)
    lines = _join(shade, lines, _completes_title)
    lines = _join_over_marks(shade, _join_wrapped(shade, lines))
    lines = _join(shade, lines, _is_fragment)
    return _join(shade, lines, _is_broken_label)


def _join(shade: str, lines: Sequence[Line], goes_with: Callable[[str, Line, Line], bool]) -> list[Line]:
    """Join each line to what has become of the one before it where `goes_with` says so."""
    joined: list[Line] = []
    for line in lines:
        if joined and goes_with(shade, joined[-1], line):
            joined[-1] = replace(joined[-1], end=line.end, level=joined[-1].level or line.level)
        else:
            joined.append(line)
    return joined


def _split_attachments(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Split a text that has lost its line breaks where its attachments begin: behind its date 附件1, then 附件2 …"""
    split: list[Line] = []
    for line in lines:
        start, number = line.start, 1
        while line.length > LONGEST_WITH_BREAKS and (
            found := _run_on_attachment(number).search(shade, start, line.end)
        ):
            split += [
                replace(line, start=start, end=found.start(1)),
                replace(line, start=found.start(1), end=found.end(2), cut=True),
            ]
            start, number = found.end(1), number + 1
        split.append(replace(line, start=start, cut=start > line.start))
    return split


def _attachments_of(shade: str, line: Line) -> list[Line]:
    """Split a line of several attachments, each a title and no more: 附件一 信号（略） 附件二 示意图（略）."""
    first = _NUMBERED_ATTACHMENT.match(shade, line.start, line.end)
    if first is None or line.row:
        return [line]
    starts, number = [line.start], to_number(first[1])
    for gap in _NEXT_ATTACHMENT.finditer(shade, line.start, line.end):
        if number is not None and to_number(gap[1]) == number + 1:
            starts.append(gap.end())
            number += 1
    if len(starts) == 1:
        return [line]
    ends = [start - 1 for start in starts[1:]]
    return [
        replace(line, start=start, end=start + len(shade[start:end].rstrip()), cut=True)
        for start, end in zip(starts, [*ends, line.end], strict=True)
    ]


@cache
def _run_on_attachment(number: int) -> re.Pattern[str]:
    dated = r"\d日[ \u3000]*" if number == 1 else r"[^附参见如(《“]"
    return re.compile(rf"{dated}((附件[ ]?{number})(?!\d)[ \u3000:]*)(?=[^)》”。，、;]{{4}})")


def _join_rows(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Join the printed lines of each row of a table, whose cells may hold several; one without words is none."""
    joined: list[Line] = []
    for line in lines:
        if joined and line.row and line.row == joined[-1].row:
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
    return [line for line in joined if not line.row or not line.words(shade).isspace()]


def _printed_lines(shade: str, headings: Mapping[int, int], rows: Sequence[range]) -> list[Line]:
    """Return the printed lines with their words; those of a row stand with the tabs around them, which tell its cells."""
    row_of = {number: count for count, row in enumerate(rows, 1) for number in row}
    lines, at = [], 0
    for number, printed in enumerate(shade.split("\n")):
        if row := row_of.get(number, 0):
            lines.append(Line(at, at + len(printed), row=row))
        elif words := printed.strip():
            indent = len(printed) - len(printed.lstrip())
            start = at + indent
            page_mark = _PAGE_MARK.fullmatch(printed.strip(" \u3000")) is not None
            lines.append(Line(start, start + len(words), headings.get(number, 0), page_mark, indent))
        at += len(printed) + 1
    return _mark_page_numbers(shade, lines)


def _mark_page_numbers(shade: str, lines: list[Line]) -> list[Line]:
    """Mark lines of nothing but a number that count up by one, a page apart."""
    bare = [index for index in range(len(lines)) if _is_bare_number(shade, lines, index)]
    steps = pairwise(lines[index] for index in bare)
    if len(bare) < 2 or not all(_is_next_page(shade, one, other) for one, other in steps):
        return lines
    pages = set(bare)
    return [replace(line, page_mark=True) if index in pages else line for index, line in enumerate(lines)]


def _is_bare_number(shade: str, lines: Sequence[Line], index: int) -> bool:
    stop_follows = index + 1 < len(lines) and shade[lines[index + 1].start] in "、.．"  # a label broken over lines
    bare = not lines[index].row and re.fullmatch(r"\d{1,3}", lines[index].words(shade)) is not None
    return bare and not stop_follows


def _is_next_page(shade: str, one: Line, other: Line) -> bool:
    counts_up = int(other.words(shade)) == int(one.words(shade)) + 1
    return counts_up and other.start - one.start >= _SHORTEST_PAGE


def _join_interrupted(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Part a page mark from the line it stuck to; one that stands within a sentence is joined to that sentence."""
    joined: list[Line] = []
    for line in lines:
        mark = None if line.page_mark or line.row else _LEADING_MARK.match(shade, line.start, line.end)
        if mark and _interrupts(shade, joined, line, mark.end()):
            joined[-1] = replace(joined[-1], end=line.end)
        elif mark:
            mark_end = line.start + len(mark[0].rstrip())
            joined += [Line(line.start, mark_end, page_mark=True), replace(line, start=mark.end())]
        else:
            joined.append(line)
    return joined


def _interrupts(shade: str, before: Sequence[Line], line: Line, after: int) -> bool:
    """Tell whether a page mark stands within a sentence: what goes before is not complete, and no label follows."""
    if not before or before[-1].is_whole or before[-1].page_mark or label_at(shade, after, line.end):
        return False
    return shade[before[-1].end - 1] not in _STOPS and _ATTACHMENT.match(shade, after, line.end) is None


def _join_over_marks(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Join the halves of a sentence that a page mark parts, which stands on a line of its own or at the end of the first."""
    joined: list[Line] = []
    for line in lines:
        half = _half_before_mark(shade, joined)
        whole = line.is_whole or line.page_mark or _begins_unit(shade, line) or _BOX.match(shade, line.start, line.end)
        if half is not None and not whole and _is_broken_off(shade, half):
            while joined and joined[-1].start >= half.start:
                joined.pop()
            joined.append(replace(half, end=line.end))
        else:
            joined.append(line)
    return joined


def _half_before_mark(shade: str, lines: Sequence[Line]) -> Line | None:
    """Return what stands before a page mark that ends some lines, None where none does or the line is certain to be whole."""
    if not lines:
        return None
    if lines[-1].page_mark:
        return lines[-2] if len(lines) > 1 and not (lines[-2].is_whole or lines[-2].page_mark) else None
    mark = (
        None
        if lines[-1].is_whole
        else _TRAILING_MARK.search(shade, max(lines[-1].start, lines[-1].end - _LONGEST_MARK), lines[-1].end)
    )
    before = shade[lines[-1].start : mark.start()].rstrip() if mark else ""
    return replace(lines[-1], end=lines[-1].start + len(before)) if before else None


def _begins_with_stop(shade: str, last: Line, line: Line) -> bool:
    """Tell whether a line begins with a sign that never begins one."""
    whole = last.is_whole or line.is_whole or last.page_mark or line.page_mark
    return not whole and shade[line.start] in _NEVER_FIRST


def _completes_title(shade: str, last: Line, line: Line) -> bool:
    """Tell whether a line is the rest of a division's title that filled the line before: set in, short, no sentence."""
    label = last.label(shade)
    if label is None or label.family not in STATUTE_DIVISIONS or last.length < _FULL_TITLE or line.label(shade):
        return False
    next_line = shade.count("\n", last.end, line.start) == 1
    short = line.length <= _LONGEST_REST_OF_TITLE and shade[line.end - 1].isalnum()
    certain = line.is_whole or line.page_mark or last.is_whole
    return next_line and short and not certain and line.indent >= last.indent + _SET_IN


def _is_fragment(shade: str, last: Line, line: Line) -> bool:
    """Tell whether a line stands behind a break no writer makes: at a comma, inside brackets, within a sentence."""
    if last.is_whole or line.is_whole or last.page_mark or line.page_mark or _begins_unit(shade, line):
        return False
    return (
        shade[last.end - 1] in _NEVER_LAST
        or _is_broken_off(shade, last)
        or (line.length <= _BRACKET_VIEW and _completes_bracket(shade, last, line))
    )


def _is_broken_off(shade: str, line: Line) -> bool:
    """Tell whether a line ends in the middle of a sentence: it is long, or has ended another sentence before."""
    if not shade[line.end - 1].isalnum():
        return False
    return line.length >= _LONG or re.search(r"[。；;]", line.words(shade)) is not None


def _completes_bracket(shade: str, last: Line, line: Line) -> bool:
    """Tell whether a line closes a bracket that the one before left open."""
    depth = _open_brackets(shade, last)
    return depth > 0 and 0 in accumulate(map(_step, line.words(shade)), initial=depth)


def _open_brackets(shade: str, line: Line) -> int:
    """Return how many brackets are open at the end of a line."""
    depth = 0
    for c in shade[max(line.start, line.end - _BRACKET_VIEW) : line.end]:
        depth = max(0, depth + _step(c))
    return depth


def _step(c: str) -> int:
    """Return by how much a character changes the depth of brackets."""
    return (c in _OPENERS) - (c in _CLOSERS)


def _join_wrapped(shade: str, lines: Sequence[Line]) -> list[Line]:
    """Undo the hard line breaks of a text layer: a full line without a stop goes on in the next one.

    A page mark between the two halves is joined too; it stays in the clause that it interrupts.
    """
    page = _Page.of(shade, lines)
    if page is None:
        return list(lines)
    usual = Counter(line.indent for line in lines if not line.page_mark).most_common(1)[0][0]
    joined: list[Line] = []
    unfinished = False  # the last line is full and goes on
    for line, following in zip_longest(lines, lines[1:]):
        begins = _begins_unit(shade, line) or line.indent >= usual + _SET_IN
        if unfinished and (line.page_mark or not begins):
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
            unfinished = False
        unfinished = (unfinished and line.page_mark) or _goes_on(shade, page, joined[-1], line, following)
    return joined


def _goes_on(shade: str, page: _Page, whole: Line, line: Line, following: Line | None) -> bool:
    """Tell whether a printed line, the last one of a `whole`, goes on in the following one."""
    if line.is_whole or line.page_mark or (columns := _columns(shade, line)) < _FULL * page.width:
        return False
    blank_line = following is not None and shade.count("\n", line.end, following.start) > 1
    if not (_is_complete(shade, whole) or (blank_line and shade[line.end - 1] in _CLOSERS)):
        return True
    # Where indents were lost, the first line of a paragraph is narrower by them than the next line of the same.
    lost = page.first_width is not None and page.width - page.first_width >= _LOST_INDENT
    if not lost or following is None or columns < page.width - _MARGIN:
        return False
    return _columns(shade, following) >= (page.first_width or 0) + _LOST_INDENT


def _is_complete(shade: str, line: Line) -> bool:
    """Tell whether a line ends with a stop, or with brackets behind one: 。（责任单位：市民政局）."""
    if _open_brackets(shade, line):
        return False
    words = shade[max(line.start, line.end - _BRACKET_VIEW) : line.end]
    return words[-1] in _ENDS_SENTENCE or _BRACKETS_BEHIND_STOP.search(words) is not None


def _begins_unit(shade: str, line: Line) -> bool:
    label = line.label(shade)
    return line.is_whole or (label is not None and label.family < Family.LETTER)


@dataclass(frozen=True, slots=True)
class _Page:
    """How wide a hard-wrapped text is printed, in columns."""

    width: float
    first_width: float | None  # of full lines that begin with a label; None where there are too few

    @classmethod
    def of(cls, shade: str, lines: Sequence[Line]) -> _Page | None:
        """Return the measures of a text, None where it is not hard-wrapped."""
        unfinished = [line for line in lines if not (line.page_mark or line.row) and shade[line.end - 1] not in _STOPS]
        long = [(line, width) for line in unfinished if (width := _columns(shade, line)) >= _NARROWEST_PAGE]
        if len(long) < max(_FEWEST_WRAPPED, _LEAST_SHARE_WRAPPED * len(lines)):
            return None
        middle = median(width for _, width in long)
        if sum(abs(width - middle) <= _SAME_WIDTH for _, width in long) < _LEAST_SHARE_OF_SAME_WIDTH * len(long):
            return None
        labelled = [width for line, width in long if _begins_unit(shade, line)]
        others = [width for line, width in long if not _begins_unit(shade, line)]
        first = median(labelled) if len(labelled) >= _FEWEST_LABELLED else None
        return cls(median(others) if others else middle, first)


def _columns(shade: str, line: Line) -> int:
    """Return how wide a line is printed: a Chinese character takes two columns."""
    if line.length > _WIDEST_LINE:
        return 2 * _WIDEST_LINE
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line.words(shade))


def _is_broken_label(shade: str, last: Line, line: Line) -> bool:
    """Tell whether the break between two lines fell into a label or right behind it."""
    if last.length > _LONGEST_LABEL_LINE or line.page_mark or last.page_mark or line.row or last.row:
        return False
    words = last.words(shade)
    if words.isdecimal() and len(words) <= 2:
        return shade[line.start] in "、．." and shade[line.start + 1 : line.start + 2].strip() == ""
    if _BARE_NUMBER.fullmatch(words):  # 一⏎、降低…, 一⏎办理条件
        return shade[line.start] in "、.．" or line.label(shade) is None
    label = last.label(shade)
    if label is None or label.end != last.end or line.label(shade):
        return False
    if label.family in STATUTE_DIVISIONS:
        return line.length <= _LONGEST_DIVISION_TITLE and shade[line.end - 1] not in "。；：;:"
    # 1.⏎…, （一）⏎…; of an article only its suffix and its printed heading: 第十七条⏎之一⏎【刑事责任年龄】
    return label.family is not Family.ARTICLE or _REST_OF_ARTICLE.match(line.words(shade)) is not None
