"""What of two lists of texts is matched so far, and how a pair sits among it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from compare.likeness import Edge, Likeness, Text

NEIGHBOUR = 0.06  # likeness that a neighbour that fits is worth when pairs compete
_AROUND = 3  # neighbours that are looked at on each side: one of them may have been moved away
_DIGITS = 6


class Match(NamedTuple):
    """Places that belong together: one and one, one and several (a split), several and one (a merger), or one alone."""

    old: tuple[int, ...]
    new: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """The two lists of texts, and how alike texts are."""

    old: Sequence[Text]
    new: Sequence[Text]
    likeness: Likeness

    def held(self, edge: Edge) -> float:
        """Return the share of one of the two that occurs in the other, of that which has the larger share."""
        one, other = self.old[edge.old].grams, self.new[edge.new].grams
        return max(self.likeness.covered(one, other), self.likeness.covered(other, one))

    def own(self, edge: Edge, texts: int) -> bool:
        """Return whether the two share words that so many texts have at most, the two among them."""
        return self.likeness.own(self.old[edge.old].grams, self.new[edge.new].grams, texts)

    def length(self, edge: Edge) -> int:
        """Return how long the shorter of the two is, in pairs of letters."""
        return min(self.old[edge.old].grams.total(), self.new[edge.new].grams.total())


class Side:
    """The places of one list that are matched, and in which match each is."""

    def __init__(self, size: int) -> None:
        """Start with nothing matched but the ends of the list, which belong to those of the other."""
        self.size = size
        self.match: dict[int, int] = {-1: -1, size: -2}
        self._places = [-1, size]

    def take(self, place: int, match: int) -> None:
        """Put a place into a match."""
        self.match[place] = match
        insort(self._places, place)

    def before(self, place: int) -> list[int]:
        """Return the nearest matched places before, the nearest first."""
        at = bisect_left(self._places, place)
        return self._places[max(0, at - _AROUND) : at][::-1]

    def after(self, place: int) -> list[int]:
        """Return the nearest matched places after, the nearest first."""
        at = bisect_right(self._places, place)
        return self._places[at : at + _AROUND]

    def matches(self, places: Iterable[int]) -> set[int]:
        """Return the matches of these places."""
        return {self.match[place] for place in places}


class Fit(NamedTuple):
    """How a pair sits between what is matched already."""

    sides: int  # neighbours of the two that belong together: 0, 1, 2
    shift: int  # how far the two are from each other, counted from the neighbours before
    nearest: bool  # whether the very next neighbours of the two belong together, before or after
    touching: bool  # whether these stand right beside both


Enough = Callable[[Edge, Fit], bool]  # whether a pair that sits so is alike enough


@dataclass(slots=True)
class Pairing:
    """The matches so far: of each, the places of both lists."""

    old: Side
    new: Side
    matches: list[tuple[list[int], list[int]]] = field(default_factory=list)

    def free(self, edge: Edge) -> bool:
        """Return whether neither of the two is matched."""
        return edge.old not in self.old.match and edge.new not in self.new.match

    def pair(self, edge: Edge) -> None:
        """Match the two with each other."""
        self.old.take(edge.old, len(self.matches))
        self.new.take(edge.new, len(self.matches))
        self.matches.append(([edge.old], [edge.new]))

    def fit(self, edge: Edge) -> Fit:
        """Return how a pair that is not matched sits."""
        before = self.old.before(edge.old), self.new.before(edge.new)
        after = self.old.after(edge.old), self.new.after(edge.new)
        sides = [bool(self.old.matches(old) & self.new.matches(new)) for old, new in (before, after)]
        nearest = [self.old.match[old[0]] == self.new.match[new[0]] for old, new in (before, after)]
        beside = [abs(edge.old - old[0]) == abs(edge.new - new[0]) == 1 for old, new in (before, after)]
        origin = (before[0][0], before[1][0]) if sides[0] else (0, 0)
        shift = (edge.old - origin[0]) - (edge.new - origin[1])
        touching = any(fits and next_to for fits, next_to in zip(nearest, beside, strict=True))
        return Fit(sum(sides), abs(shift), any(nearest), touching)

    def rounds(self, edges: Sequence[Edge], enough: Enough) -> None:
        """Match what is alike enough, the best first, until nothing is left: each match gives others neighbours."""
        while self._round([edge for edge in edges if self.free(edge)], enough):
            pass

    def _round(self, edges: Sequence[Edge], enough: Enough) -> bool:
        keys = {}
        for edge in edges:
            fit = self.fit(edge)
            if enough(edge, fit):
                best = round(-edge.score - NEIGHBOUR * fit.sides, _DIGITS)
                keys[edge] = (best, fit.shift, edge.old + edge.new)
        found = False
        for _, alike in groupby(sorted(keys, key=keys.__getitem__), key=keys.__getitem__):
            # Those that compete equally share no text; all are judged before one of them changes the neighbours.
            for edge in [e for e in alike if self.free(e) and enough(e, self.fit(e))]:
                self.pair(edge)
                found = True
        return found

    def all(self) -> list[Match]:
        """Return every place in exactly one match; the order is that of the old list, then of the new."""
        found = [Match(tuple(sorted(olds)), tuple(sorted(news))) for olds, news in self.matches]
        found += [Match((place,), ()) for place in range(self.old.size) if place not in self.old.match]
        found += [Match((), (place,)) for place in range(self.new.size) if place not in self.new.match]
        return sorted(found, key=lambda m: (not m.old, m.old, m.new))
