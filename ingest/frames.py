"""The frames of a document: the text itself, a measure that a notice encloses, and its attachments.

Each has a head (title and preamble), a body of units and a closing of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import marks
from ingest.labels import STATUTE_DIVISIONS, Family, label_at
from ingest.lines import Line

_LOOK_BACK = 6  # lines between a sign-off and the title of what is enclosed
_LOOK_AHEAD = 12
_NEAR = 300  # lines that are looked through for units around a sign-off
_CONTENTS = re.compile(r"目[ \u3000]*[录次](?:[ \u3000]|第|$)")
_LEADER = re.compile(r"[.…·。]{4,}[-—\s]*\d{1,4}[-—\s]*$")


@dataclass(frozen=True, slots=True)
class Frame:
    """A run of lines with a structure of its own. An attachment's label runs from its first line's start to `label_end`."""

    lines: tuple[Line, ...]
    label_end: int | None = None


def split_frames(shade: str, lines: Sequence[Line]) -> list[Frame]:
    """Return the frames of a document in order; together they hold all its lines."""
    frames: list[Frame] = []
    start, label_end = 0, None
    for index in range(len(lines)):
        attached = _attachment(shade, lines, index)
        begins = index > start and (
            _encloses(shade, lines, start, index) or _follows_sign_off(shade, lines, start, index)
        )
        if attached is None and not begins:
            continue
        if index > start:
            frames.append(Frame(tuple(lines[start:index]), label_end))
        start, label_end = index, attached
    frames.append(Frame(tuple(lines[start:]), label_end))
    return frames


def _words(shade: str, line: Line) -> str:
    return shade[line.start : line.end]


def _attachment(shade: str, lines: Sequence[Line], index: int) -> int | None:
    """Return where the label of an attachment ends that begins at a line, None where the line only lists or is text."""
    line = lines[index]
    label = marks.attachment_label(_words(shade, line))
    if label is None or line.end - line.start > 80 or not _stands_alone(shade, lines, index, label):
        return None
    return line.start + label.end(1)


def _stands_alone(shade: str, lines: Sequence[Line], index: int, label: re.Match[str]) -> bool:
    """Tell an attachment from a list of attachments, a file name and a sentence (附图中除…)."""
    title = label.string[label.end() :].strip()
    if re.search(r"[。；;，,]$|\.(?:docx?|xlsx?|pdf|wps|zip|rar|et|jpg)$", title, re.IGNORECASE):
        return False
    rest = lines[index + 1 : index + 1 + _LOOK_AHEAD]
    if not rest:
        return False
    if re.match(r"(?:附件\s*)?1\s*[.、．]", title):
        return False
    listed = ":" in label[0] and bool(title)
    for line in rest:
        words = _words(shade, line)
        if marks.is_date(words) or marks.is_sign_off(words) or (listed and marks.is_signature(words)):
            return False
        if marks.attachment_label(words) and len(words) <= 80 and listed:
            continue
        return not listed or len(words) > 12
    return not listed


def _encloses(shade: str, lines: Sequence[Line], start: int, index: int) -> bool:
    """Tell whether a line is the title of a measure that the frame begun at `start` encloses: it stands behind a sign-off."""
    words = _words(shade, lines[index])
    if marks.is_half_title(words) and index + 1 < len(lines):
        words += _words(shade, lines[index + 1])
    if not marks.is_title(words) or label_at(shade, lines[index].start, lines[index].end) or len(words) > 90:
        return False
    before = index - 1
    signed = False
    while before > start and index - before <= _LOOK_BACK:
        words = _words(shade, lines[before])
        signed = signed or marks.is_date(words) or marks.is_signature(words)
        if not (
            marks.is_date(words) or marks.is_signature(words) or marks.is_sign_off(words) or lines[before].page_mark
        ):
            break
        before -= 1
    return (
        signed
        and _has_body(shade, lines[max(start, before - _NEAR) : before + 1])
        and _has_body(shade, lines[index + 1 : index + 40])
    )


def _follows_sign_off(shade: str, lines: Sequence[Line], start: int, index: int) -> bool:
    """Tell whether a line comes right behind body and date of a signed text and begins another one with units of its own."""
    before = index - 1
    while before > start + 1 and marks.is_sign_off(_words(shade, lines[before])):
        before -= 1
    signed = marks.is_date(_words(shade, lines[before])) and marks.is_signature(_words(shade, lines[before - 1]))
    if not signed or marks.is_sign_off(_words(shade, lines[index])) or marks.is_date(_words(shade, lines[index])):
        return False
    labels = [label for line in lines[index : index + _NEAR] if (label := label_at(shade, line.start, line.end))]
    numbered = any(label_at(shade, line.start, line.end) for line in lines[max(start, before - _NEAR) : before])
    return numbered and len(labels) >= 2 and (labels[0].number == 1 or _has_body(shade, lines[index : index + 3]))


def _has_body(shade: str, lines: Sequence[Line]) -> bool:
    return any(
        (line.end - line.start >= 15 and shade[line.end - 1] in "。；：:;.！") or label_at(shade, line.start, line.end)
        for line in lines
    )


def contents_lines(shade: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines of a contents page: its head, and labels that stand again as true headings."""
    leaders = {index for index, line in enumerate(lines) if _LEADER.search(_words(shade, line))}
    head = next((i for i, line in enumerate(lines[:_NEAR]) if _CONTENTS.match(_words(shade, line))), None)
    if head is None:
        first = next((i for i, line in enumerate(lines) if _is_division(shade, line)), None)
        again = None if first is None else _repeated(shade, lines, first)
        return frozenset(leaders | set(range(first or 0, again or 0)))
    again = _repeated(shade, lines, head + 1) if head + 1 < len(lines) else None
    run_on = {head} if _words(shade, lines[head])[2:].strip() else set()  # 目录第一章总则第二章…
    return frozenset(leaders | run_on | set(range(head, again or head)))


def attachment_list(shade: str, lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the lines of a list of attachments: 附件：1.… and the numbered lines behind it."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if (
            re.match(r"附件[ \u3000]*:[ \u3000]*(?:附件[ ]*)?1", _words(shade, line)) and line.end - line.start <= 120
        ) or (
            index - 1 in found
            and re.match(r"(?:附件[ ]*)?\d{1,2}(?:[.、．]| )", _words(shade, line))
            and line.end - line.start <= 120
        ):
            found.add(index)
    return found


def _is_division(shade: str, line: Line) -> bool:
    label = label_at(shade, line.start, line.end)
    return label is not None and label.family in STATUTE_DIVISIONS


def _repeated(shade: str, lines: Sequence[Line], first: int) -> int | None:
    """Return the line where the first contents entry stands again, None where the text begins before it."""
    entry = _squeezed(shade, lines[first])
    for index in range(first + 1, len(lines)):
        label = label_at(shade, lines[index].start, lines[index].end)
        if (label and label.family is Family.ARTICLE) or lines[index].end - lines[index].start > 120:
            return None
        if entry and _squeezed(shade, lines[index]) == entry:
            return index
    return None


def _squeezed(shade: str, line: Line) -> str:
    return re.sub(r"[\s.…·\d-]", "", _words(shade, line))
