"""Lines that only name what stands elsewhere: a contents page, a list of attachments."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from ingest.structure import marks
from ingest.structure.labels import STATUTE_DIVISIONS, Family, Label
from ingest.structure.lines import Line

_CONTENTS = re.compile(r"目[ \u3000]*[录次](?:[ \u3000]|第|$)")
_LEADER = re.compile(r"[.…·。]{4}[-—\s]*\d{1,4}[-—\s]*$")
_NOT_OF_AN_ENTRY = re.compile(r"[\s.…·\d-]")  # leaders and page numbers
_FIRST_ATTACHMENT = re.compile(r"附件?[ \u3000]*:[ \u3000]*(?:附件[ ]*)?1")
_FIRST_NAME = re.compile(r"(?:附件[ ]*)?1(?:[.、．]| )")
_HEAD_OF_LIST = re.compile(r"附件?[ \u3000]*:")
_NEXT_ATTACHMENT = re.compile(r"(?:附件[ ]*)?\d{1,2}(?:[.、．]| )")
_FARTHEST_HEAD = 300  # lines before the head of a contents page
_LONGEST_ENTRY = 120  # characters
_LONGEST_NAME = 60  # characters of an attachment's name in a list
_LONGEST_TITLE = 40  # characters of a division's title without its label
_FEWEST_BARE = 2  # titles that stand again
_LINES_OF_ENTRY = 6  # lines from one page number of a contents page to the next, with a page mark between
_VIEW = 30  # lines behind 附件： that tell whether it heads a list


def contents_lines(shade: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines of a contents page: its head, and labels that stand again as true headings."""
    leaders = {index for index, line in enumerate(lines) if _LEADER.search(line.words(shade))}
    near = enumerate(lines[:_FARTHEST_HEAD])
    head = next((index for index, line in near if _CONTENTS.match(line.words(shade))), None)
    if head is not None:
        run_on = {head} if lines[head].words(shade)[2:].strip() else set()  # 目录第一章总则第二章…
        stop = max(_text_start(shade, lines, head + 1) or head, _last_leader(leaders, head) + 1)
        return frozenset(leaders | run_on | {*range(head, stop)})
    first = next((index for index, line in enumerate(lines) if _is_division(shade, line)), len(lines))
    bare = min(bare_headings(shade, lines), default=first)
    return frozenset(leaders | {*range(first, _text_start(shade, lines, first) or bare)})


def bare_headings(shade: str, lines: Sequence[Line]) -> dict[int, Label]:
    """Return the lines that repeat the titles of a run of divisions without their labels, and the label that each has there.

    Such a run is a contents page whose entries became headings: 第一章 总则 / 第二章 管理 / 总则 / 第一条 … / 管理 / 第七条 ….
    """
    first = next((index for index, line in enumerate(lines) if _is_division(shade, line)), len(lines))
    entries = list(takewhile(lambda line: _is_division(shade, line), lines[first:]))
    titles = {_entry(shade[label.end : line.end]): label for line in entries if (label := line.label(shade))}
    text = first + len(entries)
    found: dict[int, Label] = {}
    for index, line in enumerate(lines[text:], text):
        words = _entry(line.words(shade)) if line.length <= _LONGEST_TITLE else ""
        if label := titles.pop(words, None):
            found[index] = label
        elif index == text:
            break
    return found if len(found) >= _FEWEST_BARE else {}


def attachment_list(shade: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines of a list of attachments: 附件：1.… and the numbered lines behind it."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        words = line.words(shade) if line.length <= _LONGEST_ENTRY else ""
        goes_on = index - 1 in found and _NEXT_ATTACHMENT.match(words)
        if (
            goes_on
            or _FIRST_ATTACHMENT.match(words)
            or (_HEAD_OF_LIST.fullmatch(words) and _heads_list(shade, lines, index))
        ):
            found.add(index)
    return frozenset(found)


def heads_list(following: Sequence[str]) -> bool:
    """Tell whether the lines behind 附件： only number attachments: short, without a stop, and then the text is signed or ends."""
    names = list(takewhile(lambda words: _NEXT_ATTACHMENT.match(words) and _is_name(words), following))
    if not names or not _FIRST_NAME.match(names[0]):
        return False
    behind = following[len(names) : len(names) + 1]
    ends = (marks.is_signature, marks.is_date, marks.is_sign_off, marks.is_formula, marks.attachment_label)
    return all(any(end(words) for end in ends) for words in behind)


def _heads_list(shade: str, lines: Sequence[Line], index: int) -> bool:
    return heads_list([line.words(shade) for line in lines[index + 1 : index + 1 + _VIEW]])


def _is_name(words: str) -> bool:
    return len(words) <= _LONGEST_NAME and words[-1] not in "。;:,"


def _last_leader(leaders: Collection[int], head: int) -> int:
    """Return the last entry with a page number on a contents page that begins at `head`, the line before it where none is."""
    last = head - 1
    for index in sorted(leaders):
        if head < index <= max(last, head) + _LINES_OF_ENTRY:
            last = index
    return last


def _text_start(shade: str, lines: Sequence[Line], first: int) -> int | None:
    """Return the line where the contents entry `first` stands again, None where the text begins before it."""
    entry = _entry(lines[first].words(shade)) if first < len(lines) else ""
    for index, line in enumerate(lines[first + 1 :], first + 1):
        label = line.label(shade)
        if (label and label.family is Family.ARTICLE) or line.length > _LONGEST_ENTRY:
            return None
        if entry and _entry(line.words(shade)) == entry:
            return index
    return None


def _entry(words: str) -> str:
    return _NOT_OF_AN_ENTRY.sub("", words)


def _is_division(shade: str, line: Line) -> bool:
    label = line.label(shade)
    return label is not None and label.family in STATUTE_DIVISIONS
