"""Lines that only name what stands elsewhere: a contents page, a list of attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.labels import STATUTE_DIVISIONS, Family
from ingest.structure.lines import Line

_CONTENTS = re.compile(r"目[ \u3000]*[录次](?:[ \u3000]|第|$)")
_LEADER = re.compile(r"[.…·。]{4}[-—\s]*\d{1,4}[-—\s]*$")
_NOT_OF_AN_ENTRY = re.compile(r"[\s.…·\d-]")  # leaders and page numbers
_FIRST_ATTACHMENT = re.compile(r"附件?[ \u3000]*:[ \u3000]*(?:附件[ ]*)?1")
_NEXT_ATTACHMENT = re.compile(r"(?:附件[ ]*)?\d{1,2}(?:[.、．]| )")
_FARTHEST_HEAD = 300  # lines before the head of a contents page
_LONGEST_ENTRY = 120  # characters


def contents_lines(shade: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines of a contents page: its head, and labels that stand again as true headings."""
    leaders = {index for index, line in enumerate(lines) if _LEADER.search(line.words(shade))}
    near = enumerate(lines[:_FARTHEST_HEAD])
    head = next((index for index, line in near if _CONTENTS.match(line.words(shade))), None)
    if head is not None:
        run_on = {head} if lines[head].words(shade)[2:].strip() else set()  # 目录第一章总则第二章…
        return frozenset(leaders | run_on | {*range(head, _text_start(shade, lines, head + 1) or head)})
    first = next((index for index, line in enumerate(lines) if _is_division(shade, line)), len(lines))
    return frozenset(leaders | {*range(first, _text_start(shade, lines, first) or first)})


def attachment_list(shade: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines of a list of attachments: 附件：1.… and the numbered lines behind it."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        words = line.words(shade) if line.length <= _LONGEST_ENTRY else ""
        if _FIRST_ATTACHMENT.match(words) or (index - 1 in found and _NEXT_ATTACHMENT.match(words)):
            found.add(index)
    return frozenset(found)


def _text_start(shade: str, lines: Sequence[Line], first: int) -> int | None:
    """Return the line where the contents entry `first` stands again, None where the text begins before it."""
    entry = _entry(shade, lines[first]) if first < len(lines) else ""
    for index, line in enumerate(lines[first + 1 :], first + 1):
        label = line.label(shade)
        if (label and label.family is Family.ARTICLE) or line.length > _LONGEST_ENTRY:
            return None
        if entry and _entry(shade, line) == entry:
            return index
    return None


def _entry(shade: str, line: Line) -> str:
    return _NOT_OF_AN_ENTRY.sub("", line.words(shade))


def _is_division(shade: str, line: Line) -> bool:
    label = line.label(shade)
    return label is not None and label.family in STATUTE_DIVISIONS
