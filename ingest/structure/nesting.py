"""How labelled units nest: which of those before it a new unit stands under."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.structure.labels import STATUTE_DIVISIONS, Family, Label
from ingest.structure.places import Places

_HOLD_ARTICLES = {*STATUTE_DIVISIONS, Family.HEADING}


@dataclass(frozen=True, slots=True)
class Token:
    """A labelled unit: its label, where its own line part ends, and the token it stands under (an index, or None)."""

    label: Label
    line: int  # index of its line
    end: int
    parent: int | None


class Nesting:
    """The units taken so far, in text order, and which of them are open."""

    def __init__(self, places: Places) -> None:
        self.tokens: list[Token] = []
        self._places = places
        self._open: list[int] = []  # indexes of tokens, the outermost first
        self._last: dict[Family, int] = {}  # last number of each family, also of closed lists

    def take(self, label: Label, line: int, end: int) -> None:
        """Add the unit that a label opens; where the last one stands on the same line, its part ends here."""
        if self.tokens and self.tokens[-1].line == line:
            self.tokens[-1] = replace(self.tokens[-1], end=label.start)
        self._make_room(label)
        parent = self._open[-1] if self._open else None
        self._open.append(len(self.tokens))
        self.tokens.append(Token(label, line, end, parent))
        self._last[label.family] = label.number

    def top(self) -> Label | None:
        """Return the label of the innermost open unit."""
        return self.tokens[self._open[-1]].label if self._open else None

    def open_label(self, family: Family) -> Label | None:
        """Return the label of the innermost open unit of a family."""
        labels = (self.tokens[index].label for index in reversed(self._open))
        return next((label for label in labels if label.family is family), None)

    def open_number(self, family: Family) -> int:
        """Return the number of the innermost open unit of a family, 0 where none is open."""
        label = self.open_label(family)
        return label.number if label else 0

    def last_number(self, family: Family) -> int:
        """Return the last number of a family, open or closed, 0 where there was none."""
        return self._last.get(family, 0)

    def has_any(self, family: Family) -> bool:
        """Tell whether there was a unit of a family."""
        return family in self._last

    def is_next(self, label: Label) -> bool:
        """Tell whether a label goes on with the open numbering of its family, or begins one."""
        return label.number == self.open_number(label.family) + 1

    def _make_room(self, label: Label) -> None:
        """Close the open units that the new one does not stand under."""
        families = [self.tokens[index].label.family for index in self._open]
        if label.family in STATUTE_DIVISIONS:
            self._close_down_to(label.family)
        elif label.family is Family.ARTICLE:
            self._close_what_holds_no_articles(families)
        elif label.family in families:
            del self._open[len(families) - 1 - families[::-1].index(label.family) :]
        elif Family.ARTICLE not in families and not self._nests_below(label):
            self._close_down_to(label.family)

    def _close_down_to(self, family: Family) -> None:
        """Close the innermost units as long as they are of the family's rank or a lower one."""
        while (top := self.top()) and top.family >= family:
            self._open.pop()

    def _close_what_holds_no_articles(self, families: list[Family]) -> None:
        """Keep the divisions and headings above an article if nothing else stands between them, else close all."""
        outside = families[: families.index(Family.ARTICLE)] if Family.ARTICLE in families else families
        kept = [family for family in outside if family in _HOLD_ARTICLES]
        del self._open[len(kept) if kept == families[: len(kept)] else 0 :]

    def _nests_below(self, label: Label) -> bool:
        """Tell whether a list of a usually higher family stands below an open unit: its numbering goes on behind it."""
        top = self.top()
        if top is None or label.number != 1 or top.family <= label.family:
            return False
        successor = self._successor(top, label.start)
        again = self._places.following(top.family, 1, label.start)
        labels = (self.tokens[index].label for index in self._open)
        above = [self._successor(upper, label.start) for upper in labels if upper.family < label.family]
        return successor < min(above, default=self._places.nowhere) and successor < again

    def _successor(self, label: Label, after: int) -> int:
        return self._places.following(label.family, label.number + 1, after)
