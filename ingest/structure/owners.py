"""To which of the open units a paragraph belongs: the item above it, or the unit whose list it ends."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.structure import marks
from ingest.structure.frames import Frame
from ingest.structure.kinds import articles_are_headed
from ingest.structure.labels import STATUTE_DIVISIONS, Family
from ingest.structure.nesting import Token
from ingest.structure.units import Tree, Unit
from tiaoli.records import Kind

_NEVER_ITEMS = {*STATUTE_DIVISIONS, Family.ARTICLE}
_ITEMS = {Kind.ITEM, Kind.SUBITEM}
_STOPS = frozenset("。；：！？;:!?）)”")
_HEADINGS = {Kind.HEADING, Kind.SUBHEADING}
_BARE_HEADING = re.compile(r"[^，,；;：:。]{2,15}(?<!的)。")  # （二）发展目标。
_STOPS_OF_PARTED = frozenset("。；;）)”")
_FEWEST_ALIKE = 3  # units that show how many paragraphs the units of their list have


class Owners:
    """The tokens of a frame, and which unit each of them has become so far."""

    def __init__(self, tree: Tree, frame: Frame, tokens: Sequence[Token], root: int | None) -> None:
        self.tokens = list(tokens)
        self._tree = tree
        self._root = root  # the unit of an attachment that everything stands under
        self._units: list[int] = []  # of the tokens taken so far
        self._last_paragraph: dict[int, int] = {}  # article → its open 款
        self._children: defaultdict[int | None, list[int]] = defaultdict(list)  # token → units below it but articles
        self._single: Counter[int | None] = Counter()  # token → how many of those have one paragraph
        self._followed = _followed(self.tokens)
        self._parted = _parted(frame, self.tokens)
        articles = [token for token in self.tokens if token.label.family is Family.ARTICLE]
        self.headed = articles_are_headed(tree.shade, [(token.label.end, token.end) for token in articles])

    @property
    def next(self) -> Token | None:
        """The first token that has not become a unit."""
        return self.tokens[len(self._units)] if len(self._units) < len(self.tokens) else None

    def families_above(self, token: Token) -> list[Family]:
        """Return the families of the tokens that a token stands under, the nearest first."""
        return [self.tokens[index].label.family for index in self._line(token.parent)]

    def parent_unit(self, token: Token) -> int | None:
        """Return the unit that a token's own stands under; below an article it is the open 款."""
        if token.parent is None:
            return self._root
        return self._last_paragraph.get(token.parent, self._units[token.parent])

    def take(self, unit: int) -> None:
        """Note which unit the next token has become."""
        token = self.tokens[len(self._units)]
        self._units.append(unit)
        if token.label.family is not Family.ARTICLE:
            self._children[token.parent].append(unit)

    def owner(self) -> int | None:
        """Return the unit that a paragraph, a table or a row belongs to that comes now."""
        return self._unit(self._owner())

    def add_paragraph(self, start: int, end: int, *, last: bool = False) -> None:
        """Add a paragraph under the unit that it belongs to; the last one of a text may be about all of it."""
        about_all = last and self._follows_full_unit() and marks.is_about_all(self._tree.shade[start:end])
        self._add_paragraph(None if about_all else self._owner(), start, end)

    def _follows_full_unit(self) -> bool:
        """Tell whether all units of a policy text are taken, and the last one has its text on its own line only."""
        if self.next is not None or not self._units or any(t.label.family is Family.ARTICLE for t in self.tokens):
            return False
        unit = self._tree.units[self._units[-1]]
        full = _last_character(self._tree.shade, unit.text_start, unit.end) in _STOPS and unit.heading_end < unit.end
        return full and not self._tree.paragraphs[self._units[-1]]

    def add_own_paragraph(self, start: int, end: int) -> None:
        """Add a paragraph under the last unit taken."""
        self._add_paragraph(len(self._units) - 1, start, end)

    def _add_paragraph(self, owner: int | None, start: int, end: int) -> None:
        unit = self._unit(owner)
        paragraph = self._tree.add_paragraph(start, end, unit)
        if owner is None:
            return
        token = self.tokens[owner]
        if token.label.family is Family.ARTICLE:
            self._last_paragraph[owner] = paragraph
        else:
            self._single[token.parent] += {1: 1, 2: -1}.get(self._tree.paragraphs[unit], 0)

    def _unit(self, index: int | None) -> int | None:
        return self._root if index is None else self._units[index]

    def _line(self, index: int | None) -> Iterator[int]:
        """Yield a token and those that it stands under, the nearest first."""
        while index is not None:
            yield index
            index = self.tokens[index].parent

    def _owner(self) -> int | None:
        """Return the token that a paragraph belongs to, None for the top.

        The paragraph ends the lists below that unit: a new list behind it stands under the same unit.
        """
        last = len(self._units) - 1 if self._units else None
        owner = next((index for index in self._line(last) if self._keeps(index)), None)
        self._restart_list(owner)
        return owner

    def _keeps(self, index: int) -> bool:
        """Tell whether a paragraph behind an open unit is about it, not about the unit that its list belongs to."""
        token, unit = self.tokens[index], self._tree.units[self._units[index]]
        if token.label.family in _NEVER_ITEMS or index in self._followed:
            return True
        last = _last_character(self._tree.shade, unit.text_start, unit.end)
        if last == ":" and index not in self._children:
            return True
        if unit.kind in _ITEMS:
            return False
        own = self._tree.paragraphs[self._units[index]]
        if unit.heading_end == unit.end or last not in _STOPS or self._is_bare_heading(unit, token.parent):
            return own == 0 or not self._others_have_one(token.parent)
        return own > 0 or len(self._children[token.parent]) == 1 or token.label.family in self._parted

    def _is_bare_heading(self, unit: Unit, parent: int | None) -> bool:
        """Tell whether a unit is a heading with a stop and no text, in a list whose other units have both."""
        words = self._tree.shade[unit.text_start : unit.end].strip()
        if unit.kind not in _HEADINGS or not _BARE_HEADING.fullmatch(words):
            return False
        others = (self._tree.units[index] for index in self._children[parent][:-1])
        return any(other.text_start < other.heading_end < other.end for other in others)

    def _others_have_one(self, parent: int | None) -> bool:
        """Tell whether there are several units before the last one of a list, each with one paragraph."""
        others, last = len(self._children[parent]) - 1, self._children[parent][-1]
        return others >= _FEWEST_ALIKE and self._single[parent] - (self._tree.paragraphs[last] == 1) == others

    def _restart_list(self, owner: int | None) -> None:
        """Let a list that begins with the next token stand under `owner`, not under what a paragraph has ended."""
        first, following = self.next, len(self._units)
        if first is None or first.label.number != 1 or first.label.family in _NEVER_ITEMS:
            return
        above = first.parent
        if above is None or above == owner or not (owner is None or owner in self._line(above)):
            return
        for index in range(following, len(self.tokens)):
            token = self.tokens[index]
            if token.parent == above and token.label.family is first.label.family:
                self.tokens[index] = replace(token, parent=owner)
            elif token.parent is None or token.parent < following:
                break


def _last_character(shade: str, start: int, end: int) -> str:
    """Return the last visible character between two places, nothing if there is none."""
    while end > start and shade[end - 1].isspace():
        end -= 1
    return shade[end - 1] if end > start else ""


def _followed(tokens: Sequence[Token]) -> set[int]:
    """Return the tokens behind which their list goes on."""
    last: dict[tuple[int | None, Family], int] = {}
    followed = set()
    for index, token in enumerate(tokens):
        before = last.get((token.parent, token.label.family))
        if before is not None and token.label.number == tokens[before].label.number + 1:
            followed.add(before)
        last[token.parent, token.label.family] = index
    return followed


def _parted(frame: Frame, tokens: Sequence[Token]) -> set[Family]:
    """Return the families whose units have paragraphs of their own between the units of one list."""
    return {
        one.label.family
        for one, other in pairwise(tokens)
        if _is_successor(one, other)
        and any(not line.page_mark for line in frame.lines[one.line + 1 : other.line])
        and _last_character(frame.shade, one.label.end, one.end) in _STOPS_OF_PARTED
    }


def _is_successor(one: Token, other: Token) -> bool:
    """Tell whether a token is the next of the same list."""
    return (
        other.parent == one.parent
        and other.label.family is one.label.family
        and other.label.number == one.label.number + 1
    )
