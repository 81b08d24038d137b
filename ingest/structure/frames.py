"""The frames of a document: the text itself, a measure that a notice encloses, and its attachments.

Each has a head (title and preamble), a body of units and a closing of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.structure import marks
from ingest.structure.contents import bare_headings, contents_lines, heads_list
from ingest.structure.labels import Label
from ingest.structure.lines import Line

_NAMED = re.compile(r"《([^《》]{4,90})》")
_NUMBER_BEHIND = re.compile(r"\([^()]*号\)$")
_FILE_OR_SENTENCE = re.compile(r"[。；;，,]$|(?:^|\.)(?:docx?|xlsx?|pdf|wps|zip|rar|et|jpg)$", re.IGNORECASE)
_LEFT_OUT = "(略)"  # stands for the whole of an attachment
_FIRST_OF_LIST = re.compile(r"(?:附件\s*)?1\s*[.、．]")
_STOPS = "。；：:;.！"
_LOOK_BACK = 6  # lines between a sign-off and the title of what is enclosed
_LOOK_AHEAD = 12  # lines behind an attachment's label that tell it from a list of attachments
_NEAR = 300  # lines that are looked through for units around a sign-off
_NEXT_TO = 40  # lines behind a title in which its text begins
_LONGEST_TITLE = 90  # characters
_MOST_TITLE_LINES = 3
_LONGEST_LABEL_LINE = 80  # characters
_LONGEST_NAME = 12  # characters of a line that may still be part of a list of attachments or a signature
_SHORTEST_TEXT = 15  # characters
_SHEET_HEAD = 6  # lines around the title of a sheet
_FEWEST_LABELS = 2  # of an unsigned text behind a signed one


@dataclass(frozen=True, slots=True)
class Frame:
    """A run of lines with a structure of its own."""

    shade: str  # of the whole file
    lines: tuple[Line, ...]
    label_end: int | None  # where the label of an attachment ends, which begins the first line
    contents: frozenset[int]  # indexes of the lines of its contents page
    headings: Mapping[int, Label]  # indexes of lines that are headings, whose labels only the contents page has

    @property
    def is_attachment(self) -> bool:
        """Whether it begins with the label of an attachment."""
        return self.label_end is not None

    def words(self, index: int) -> str:
        """Return the shadow text of a line."""
        return self.lines[index].words(self.shade)


def split_frames(shade: str, lines: Sequence[Line]) -> list[Frame]:
    """Return the frames of a document in order; together they hold all its lines."""
    starts: list[int] = []
    label_ends: list[int | None] = []
    last_texts, names = _last_texts(shade, lines), _named_titles(shade)
    for index in range(len(lines)):
        label_end = _attachment_label_end(shade, lines, index)
        if (
            index == 0
            or label_end is not None
            or _begins_table(shade, lines, index)
            or (
                not _repeats_title(shade, lines, starts[-1], index)
                and (
                    _encloses(shade, lines, starts[-1], index)
                    or (label_ends[-1] is None and _is_named(shade, lines, names, index))
                )
            )
            or _follows_sign_off(shade, lines, starts[-1], max(starts[-1] + 1, last_texts[index - 1]), index)
        ):
            starts.append(index)
            label_ends.append(label_end)
    runs = [tuple(lines[start:stop]) for start, stop in pairwise([*starts, len(lines)])]
    return [
        Frame(shade, run, end, contents_lines(shade, run), bare_headings(shade, run))
        for run, end in zip(runs, label_ends, strict=True)
    ]


def _attachment_label_end(shade: str, lines: Sequence[Line], index: int) -> int | None:
    """Return where the label of an attachment ends that begins at a line, None where the line only lists or is text."""
    line = lines[index]
    label = marks.attachment_label(line.words(shade))
    if label is None or line.row or line.length > _LONGEST_LABEL_LINE or _heads_title(lines, index):
        return None
    following = [other.words(shade) for other in lines[index + 1 : index + 1 + _LOOK_AHEAD]]
    stands_alone = (line.level > 0 and bool(following)) or _stands_alone(label, following)
    return line.start + label.end(1) if stands_alone else None


def _heads_title(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line opens a file whose title is marked as one: the whole file is what was attached to another."""
    return index == 0 and len(lines) > 1 and lines[1].level == 1


def _stands_alone(label: re.Match[str], following: Sequence[str]) -> bool:
    """Tell an attachment from a list of attachments, a file name and a sentence (附图中除…)."""
    title = label.string[label.end() :].strip()
    if title.endswith(_LEFT_OUT):
        return True
    if not following or _FILE_OR_SENTENCE.search(title) or _FIRST_OF_LIST.match(title):
        return False
    may_list = ":" in label[0] and bool(title)
    if not title and heads_list(following):
        return False
    for words in following:
        if marks.is_date(words) or marks.is_sign_off(words) or (may_list and marks.is_signature(words)):
            return False
        if not may_list:
            return True
        if not marks.attachment_label(words) or len(words) > _LONGEST_LABEL_LINE:
            return len(words) > _LONGEST_NAME
    return False


def _begins_table(shade: str, lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line is the title of the next sheet of a workbook: marked as one, between two tables."""
    line = lines[index]
    if line.level != 1 or line.label(shade) or not marks.is_title(line.words(shade)):
        return False
    around = lines[max(0, index - _SHEET_HEAD) : index], lines[index + 1 : index + 1 + _SHEET_HEAD]
    return all(any(other.row for other in side) for side in around)


def _encloses(shade: str, lines: Sequence[Line], start: int, index: int) -> bool:
    """Tell whether a line is the title of a measure that the frame begun at `start` encloses: it stands behind a sign-off."""
    words = lines[index].words(shade)
    if marks.is_half_title(words) and index + 1 < len(lines):
        words += lines[index + 1].words(shade)
    if lines[index].row or not marks.is_title(words) or lines[index].label(shade) or len(words) > _LONGEST_TITLE:
        return False
    first = _sign_off_start(shade, lines, start, index)
    return (
        any(_signs(line.words(shade)) for line in lines[first:index])
        and _has_text(shade, lines[max(start, first - 1 - _NEAR) : first])
        and _has_text(shade, lines[index + 1 : index + _NEXT_TO])
    )


def _repeats_title(shade: str, lines: Sequence[Line], start: int, index: int) -> bool:
    """Tell whether a line is the title that its frame begins with, but for a number in brackets: an order stands between."""
    return _squeezed(_NUMBER_BEHIND.sub("", lines[start].words(shade))) == _squeezed(lines[index].words(shade))


def _named_titles(shade: str) -> dict[str, int]:
    """Return the titles in 《》 of a text, and where each is named first."""
    names: dict[str, int] = {}
    for found in _NAMED.finditer(shade):
        names.setdefault(_squeezed(found[1]), found.end())
    return names


def _is_named(shade: str, lines: Sequence[Line], names: Mapping[str, int], index: int) -> bool:
    """Tell whether lines are the title of a measure that the text before names in 《》, and its own text follows."""
    line = lines[index]
    if line.label(shade) or line.row or line.page_mark or not _ends(shade, lines[index - 1]):
        return False
    stop, words = index, ""
    while words not in names:
        if stop == len(lines) or stop - index == _MOST_TITLE_LINES or len(words) > _LONGEST_TITLE:
            return False
        words += _squeezed(lines[stop].words(shade))
        stop += 1
    signed = any(_signs(line.words(shade)) or marks.is_sign_off(line.words(shade)) for line in lines[stop : stop + 2])
    return (
        names[words] <= line.start
        and marks.is_title(words, weak=False)
        and not signed
        and _has_text(shade, lines[stop : stop + _NEXT_TO])
    )


def _ends(shade: str, line: Line) -> bool:
    """Tell whether a text may end with a line: with a stop, brackets, a signature or a date."""
    return shade[line.end - 1] in _STOPS + ")" or _signs(line.words(shade))


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def _sign_off_start(shade: str, lines: Sequence[Line], start: int, stop: int) -> int:
    """Return the first of the lines right before `stop` that are a sign-off, `stop` itself where none is."""
    first = stop
    while first - 1 > start and stop - first < _LOOK_BACK:
        line = lines[first - 1]
        words = line.words(shade)
        if not (_signs(words) or marks.is_sign_off(words) or line.page_mark):
            break
        first -= 1
    return first


def _signs(words: str) -> bool:
    return marks.is_date(words) or marks.is_signature(words)


def _last_texts(shade: str, lines: Sequence[Line]) -> list[int]:
    """Return for each line the last one up to it that is more than 公开, 抄送 and the like, -1 where there is none."""
    found, last = [], -1
    for index, line in enumerate(lines):
        last = last if marks.is_sign_off(line.words(shade)) else index
        found.append(last)
    return found


def _follows_sign_off(shade: str, lines: Sequence[Line], start: int, dated: int, index: int) -> bool:
    """Tell whether a line comes right behind body and date of a signed text and begins another one with units of its own."""
    if dated >= index or not marks.is_date(lines[dated].words(shade)):
        return False
    words = lines[index].words(shade)
    if not marks.is_signature(lines[dated - 1].words(shade)) or marks.is_sign_off(words) or marks.is_date(words):
        return False
    labels = [label for line in lines[index : index + _NEAR] if (label := line.label(shade))]
    if len(labels) < _FEWEST_LABELS or not any(line.label(shade) for line in lines[max(start, dated - _NEAR) : dated]):
        return False
    return labels[0].number == 1 or _has_text(shade, lines[index : index + 3])


def _has_text(shade: str, lines: Sequence[Line]) -> bool:
    """Tell whether a sentence or a labelled unit stands among some lines."""
    return any((line.length >= _SHORTEST_TEXT and shade[line.end - 1] in _STOPS) or line.label(shade) for line in lines)
