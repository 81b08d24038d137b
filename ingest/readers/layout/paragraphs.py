"""From printed lines to paragraphs: which line goes on in the next one is told by the edges of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.layout.lines import NEVER_FIRST, NEVER_LAST, Line, has_no_room
from ingest.structure.labels import STATUTE_DIVISIONS, Family, Label, label_at, shadow
from ingest.structure.references import refers_to_article, refers_to_item

_STOPS = frozenset("。；：！？.;:!?…")
_CLOSERS = frozenset("”’）)》】〕")
_ALIKE = 0.6  # of the size: lines that begin so near to each other begin in the same place
_DEEPEST = 4.5  # times the size; what is set in more is no text that runs on
_CENTRED = 0.7  # times the size: a centred line leaves at least this much on either side,
_SAME_MIDDLE = 1.0  # and not more than this much more on one side
_SAME_SIZE = 1.15  # the larger size through the smaller
_FARTHEST = 3.5  # sizes; lines of a paragraph are not farther apart
_LOOSE = 1.8  # times the usual distance of lines: a paragraph whose first line is set in ends there,
_LOOSE_BLOCK = 1.25  # and one whose first line is not
_LEADER = re.compile(r"(?:[.．…·・。]{3,}|[-—]{4,})[ ]*[-—(（]?[ ]*[\dIVXivx]{1,5}[ ]*[-—)）]?$")
_WORD = re.compile(r"[A-Za-z0-9]")
_TOKEN = re.compile(r"[!-~]+$")
_ADDRESS = re.compile(r"://|www\.|@|[\w-]+\.[\w-]+[/?]")
_LONGEST_TOKEN = 200  # characters that are looked at for an address
_LONGEST_LABEL = 40  # characters that are looked at to tell whether a label is a reference


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the text of a column begins and ends, and how far apart its lines are, in sizes."""

    left: float
    right: float
    pitch: float = 0.0  # 0 where nothing is known of it
    spaced: bool = False  # paragraphs are told by the space between them


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and how it stands between the edges."""

    line: Line
    edges: Edges
    column: int  # lines of one column have the same number

    @property
    def before(self) -> float:
        """Room on its left, in sizes."""
        return (self.line.x0 - self.edges.left) / self.line.size

    @property
    def behind(self) -> float:
        """Room on its right, in sizes."""
        return (self.edges.right - self.line.x1) / self.line.size

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle."""
        return self.before >= _CENTRED and self.behind >= _CENTRED and abs(self.before - self.behind) <= _SAME_MIDDLE


def paragraphs(lines: Sequence[Placed]) -> list[list[Placed]]:
    """Return the lines of each paragraph."""
    found: list[list[Placed]] = []
    for line, after in pairwise([*lines, None]):
        assert line is not None
        if found and goes_on(found[-1], line, after):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def text_of(lines: Sequence[Placed]) -> str:
    """Return the text of a paragraph."""
    parts = [lines[0].line.text]
    for one, other in pairwise(lines):
        parts += [between(one.line.text, other.line.text), other.line.text]
    return "".join(parts)


def between(one: str, other: str) -> str:
    """Return what parts two lines of a paragraph: words in letters a blank, Chinese characters nothing.

    >>> between("应当", "依法"), between("标准Quality", "management"), between("见http://www.gov.cn/zheng", "ce/12.htm")
    ('', ' ', '')
    """
    words = _WORD.match(one[-1:]) and _WORD.match(other[:1]) and not (one[-1].isdigit() and other[0].isdigit())
    token = _TOKEN.search(one[-_LONGEST_TOKEN:]) if words else None
    had_to_break = token is not None and (token[0] == one or _ADDRESS.search(token[0]))
    return " " if token and not had_to_break else ""


def goes_on(paragraph: Sequence[Placed], line: Placed, after: Placed | None) -> bool:
    """Tell whether a paragraph goes on in a line; `after` is the line behind that one."""
    first, last = paragraph[0], paragraph[-1]
    centred = line.is_centred and abs(last.before - last.behind) <= _SAME_MIDDLE
    if not _is_full(last, line, centred) or _differ(last, line) or _LEADER.search(last.line.text):
        return False
    if last.line.text[-1] in NEVER_LAST or line.line.text[0] in NEVER_FIRST:
        return True
    if centred:
        return not _is_stopped(last) and not _label(line)
    place = (first if last is first else paragraph[1]).before
    in_place = max(place, line.before) <= _DEEPEST if last is first else abs(line.before - place) <= _ALIKE
    if not in_place:
        return False
    if first.before > line.before + _ALIKE:  # as usual: the first line is set in
        return not (_label(line) and _is_stopped(last))
    if first.before < line.before - _ALIKE:  # all others are set in, behind a number
        return bool(_label(first)) and not _label(line) and not (last is first and _is_stopped(last))
    at_edge = first.before <= _ALIKE or last is not first or _is_block(line, after)
    return at_edge and _flows(first, last, line)


def _is_full(last: Placed, line: Placed, centred: bool) -> bool:
    room = last.behind + (max(last.before, 0) if centred else 0)
    return has_no_room(room * last.line.size, last.line, line.line)


def _differ(last: Placed, line: Placed) -> bool:
    """Tell whether two lines look as if they belonged to different paragraphs."""
    small, large = sorted((last.line.size, line.line.size))
    if large > _SAME_SIZE * small:
        return True
    step = (line.line.y - last.line.y) / large
    if last.column != line.column or step > _FARTHEST or not last.edges.pitch:
        return last.column == line.column and step > _FARTHEST
    set_in = last.before > _ALIKE or line.before > _ALIKE or not last.edges.spaced
    return step > (_LOOSE if set_in else _LOOSE_BLOCK) * last.edges.pitch


def _is_block(line: Placed, after: Placed | None) -> bool:
    """Tell whether a line that is set in goes on in one that is set in as much: so does a whole block of text."""
    alike = after is not None and abs(after.before - line.before) <= _ALIKE
    return after is not None and alike and _is_full(line, after, False) and not _label(after)


def _flows(first: Placed, last: Placed, line: Placed) -> bool:
    """Tell whether a text whose first line is not set in goes on: it is not finished, and nothing begins."""
    if _label(line):
        return False
    if not _is_stopped(last) or last.line.text[-1] in "：:":
        return True
    if last.line.text[-1] in "；;":
        return not _is_item(first)
    return last.edges.spaced and last.column == line.column


def _is_stopped(placed: Placed) -> bool:
    words = placed.line.text.rstrip("".join(_CLOSERS))
    return bool(words) and words[-1] in _STOPS


def _is_item(placed: Placed) -> bool:
    """Tell whether a line is the first of an item in a list."""
    label = _label(placed)
    return label is not None and label.family > Family.ARTICLE


def _label(placed: Placed) -> Label | None:
    """Return the label that a line begins with, None where there is none or it is but a reference."""
    shade = shadow(placed.line.text)
    label = label_at(shade, 0, len(shade))
    if label is None or label.family is Family.LETTER or label.family in STATUTE_DIVISIONS:
        return label
    rest = shade[label.end : label.end + _LONGEST_LABEL]
    refers = refers_to_article(rest, expected=False) if label.family is Family.ARTICLE else refers_to_item(rest)
    return None if refers else label
