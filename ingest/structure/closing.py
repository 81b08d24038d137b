"""Where the closing of a frame begins: sentences on coming into force, signature, date, and what remains behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure import marks
from ingest.structure.frames import Frame
from ingest.structure.labels import Family
from ingest.structure.nesting import Token

_DATED = re.compile(r"\d年\d{1,2}月|[〇零○]\w{1,2}年")
_SENTENCE = re.compile(r"[^。：]{1,40}[。：]")
_LONGEST_CLOSING = 40  # lines
_LONGEST_ATTACHMENT_LIST = 200  # characters of a line
_SHORTEST_SUBSTANCE = 60  # characters of a paragraph that is more than remains; it is longer
_SIGNATURE_VIEW = 8  # lines that tell whether a body's name is a signature
_SHORTEST_LIST_OF_BODIES = 3  # lines that sign without a date
_LONGEST_SIGNATURE_LINE = 120  # characters
_SHORTEST_UNIT = 2  # characters before a closing on the same line
_SHORT_UNIT = 60  # characters of a unit that needs no full stop; it is shorter


def closing_start(frame: Frame, tokens: Sequence[Token], first: int) -> int:
    """Return where the closing begins at or behind the line `first`, the end of the frame where there is none."""
    index = closing_line(frame, tokens, first)
    if index < len(frame.lines):
        return frame.lines[index].start
    if tokens and _is_policy(frame, tokens):
        return _closing_inside(frame, tokens[-1]) or frame.lines[-1].end
    return frame.lines[-1].end


def closing_line(frame: Frame, tokens: Sequence[Token], first: int) -> int:
    """Return the line that the closing begins with, at or behind `first` and the last unit; the number of lines if none."""
    start = max(first, tokens[-1].line + 1) if tokens else first
    policy = _is_policy(frame, tokens)
    substance = _last_substance(frame)
    for index in range(start, len(frame.lines)):
        if index in frame.contents or frame.lines[index].row:
            continue
        if policy and len(frame.lines) - index <= _LONGEST_CLOSING and marks.is_formula(frame.words(index)):
            return index
        if tokens and _is_dated_signature(frame, index):
            return index
        if index >= substance and _is_remains(frame, index, policy=policy):
            return index
    return len(frame.lines)


def _is_policy(frame: Frame, tokens: Sequence[Token]) -> bool:
    """Tell whether sentences on coming into force are closing: in articles and attachments they are text."""
    return not frame.is_attachment and all(token.label.family is not Family.ARTICLE for token in tokens)


def _is_dated_signature(frame: Frame, index: int) -> bool:
    dated = index + 1 < len(frame.lines) and marks.is_date(frame.words(index + 1))
    return dated and marks.is_signature(frame.words(index))


def _is_remains(frame: Frame, index: int, *, policy: bool) -> bool:
    """Tell whether a line is one that stands behind a text: a formula, a date, a signature, a list of attachments."""
    words = frame.words(index)
    return (
        marks.is_sign_off(words)
        or (policy and marks.is_formula(words))
        or marks.is_date(words)
        or (marks.is_signature(words) and _signs(frame, index))
        or _lists_attachments(words)
    )


def _lists_attachments(words: str) -> bool:
    short = len(words) <= _LONGEST_ATTACHMENT_LIST and not words.endswith("。")
    return short and marks.attachment_label(words) is not None


def _signs(frame: Frame, index: int) -> bool:
    """Tell whether a body's name is a signature: a date or the end of the text follows."""
    rest = [line.words(frame.shade) for line in frame.lines[index : index + _SIGNATURE_VIEW]]
    if all(marks.is_signature(words) or marks.is_date(words) or marks.is_sign_off(words) for words in rest):
        return True
    if any(len(words) > _LONGEST_SIGNATURE_LINE or words[-1] in "。；;" for words in rest):
        return False
    return len(rest) <= _SHORTEST_LIST_OF_BODIES or any(_DATED.search(words) for words in rest)


def _last_substance(frame: Frame) -> int:
    """Return the last line that is a paragraph of the text rather than one of the remains behind it, -1 if none is."""
    indexes = reversed(range(len(frame.lines)))
    return next((index for index in indexes if frame.lines[index].row or _is_substance(frame.words(index))), -1)


def _is_substance(words: str) -> bool:
    long = len(words) > _SHORTEST_SUBSTANCE and words[-1] in "。；;"
    return long and not (marks.is_formula(words) or marks.is_sign_off(words))


def _closing_inside(frame: Frame, token: Token) -> int | None:
    """Return where the closing begins in the last unit's line if that line has lost its breaks."""
    label = token.label
    if label.start == frame.lines[token.line].start and _keeps_breaks(frame.shade[label.end : token.end]):
        return None
    start = label.end + _SHORTEST_UNIT
    shade = frame.shade
    return marks.formula_within(shade, start, token.end) or marks.signature_within(shade, start, token.end)


def _keeps_breaks(words: str) -> bool:
    """Tell whether a unit's words are short, or keep heading and text apart by a stop."""
    return len(words) < _SHORT_UNIT or _SENTENCE.match(words) is not None
