"""Which texts of two lists belong together: the most alike first, neighbours of what belongs together before strangers.

Old and new are treated alike, so that the other way round gives the same matches the other way round.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from compare.likeness import Edge, Grams, Likeness, Text

_CLEAR, _RIVAL = 0.5, 0.15  # a likeness that needs no neighbours, and how far behind the next best then is
_ROUNDS = ((0.7, 0.6, 0.5), (0.45, 0.4, 0.35), (0.4, 0.3, 0.15))  # likeness needed where 0, 1, 2 neighbours fit
_NEIGHBOUR = 0.06  # likeness that a neighbour that fits is worth when pairs compete
_PART, _NEAR_PART = (
    0.5,
    0.35,
)  # share of a text that must come from another to be a part of it, and beside its other part
_MUCH = 0.25  # share of a text that is worth looking for elsewhere
_HELD, _FAR = 0.6, 0.25  # likeness of a text that is held in another as a whole; likeness below which that is chance
_MARGIN = 0.15
_AROUND = 3  # neighbours that are looked at on each side: one of them may have been moved away
_DIGITS = 6


class Match(NamedTuple):
    """Places that belong together: one and one, one and several (a split), several and one (a merger), or one alone."""

    old: tuple[int, ...]
    new: tuple[int, ...]


class _Side:
    """The places of one list that are matched, and in which match each is."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.match: dict[int, int] = {-1: -1, size: -2}  # the ends of a list belong to those of the other
        self._places = [-1, size]

    def take(self, place: int, match: int) -> None:
        self.match[place] = match
        insort(self._places, place)

    def before(self, place: int) -> list[int]:
        """The nearest matched places before, the nearest last."""
        at = bisect_left(self._places, place)
        return self._places[max(0, at - _AROUND) : at]

    def after(self, place: int) -> list[int]:
        """The nearest matched places after, the nearest first."""
        at = bisect_right(self._places, place)
        return self._places[at : at + _AROUND]

    def matches(self, places: Iterable[int]) -> set[int]:
        """The matches of these places."""
        return {self.match[place] for place in places}


class _Fit(NamedTuple):
    """How a pair sits between what is matched already."""

    sides: int  # neighbours of the two that belong together: 0, 1, 2
    shift: int  # how far the two are from each other, counted from the neighbours before


@dataclass(slots=True)
class _Matching:
    old: _Side
    new: _Side
    matches: list[tuple[list[int], list[int]]] = field(default_factory=list)

    def free(self, edge: Edge) -> bool:
        return edge.old not in self.old.match and edge.new not in self.new.match

    def pair(self, edge: Edge) -> None:
        self.old.take(edge.old, len(self.matches))
        self.new.take(edge.new, len(self.matches))
        self.matches.append(([edge.old], [edge.new]))

    def fit(self, edge: Edge) -> _Fit:
        left, right = self.old.before(edge.old), self.new.before(edge.new)
        before = bool(self.old.matches(left) & self.new.matches(right))
        after = bool(self.old.matches(self.old.after(edge.old)) & self.new.matches(self.new.after(edge.new)))
        shift = (edge.old - left[-1]) - (edge.new - right[-1]) if before else edge.old - edge.new
        return _Fit(before + after, abs(shift))

    def round(self, edges: Sequence[Edge], needed: Sequence[float]) -> bool:
        """Match what is alike enough, the best first; say whether there was anything."""
        keys = {}
        for edge in edges:
            fit = self.fit(edge)
            if edge.score >= needed[fit.sides]:
                best = round(-edge.score - _NEIGHBOUR * fit.sides, _DIGITS)
                keys[edge] = (best, fit.shift, edge.old + edge.new)
        found = False
        for _, alike in groupby(sorted(keys, key=keys.__getitem__), key=keys.__getitem__):
            # Those that compete equally share no text; all are judged before one of them changes the neighbours.
            for edge in [e for e in alike if self.free(e) and e.score >= needed[self.fit(e).sides]]:
                self.pair(edge)
                found = True
        return found


def match(old: Sequence[Text], new: Sequence[Text], edges: Sequence[Edge], likeness: Likeness) -> list[Match]:
    """Return every place of both lists in exactly one match; the order is that of the old list, then of the new."""
    matching = _Matching(_Side(len(old)), _Side(len(new)))
    for edge in _clear(edges):
        matching.pair(edge)
    for number, needed in enumerate(_ROUNDS):
        if number == len(_ROUNDS) - 1:
            _add_parts(matching, old, new, edges, likeness)
            edges = [_held(edge, old, new, likeness) if matching.free(edge) else edge for edge in edges]
        while matching.round([edge for edge in edges if matching.free(edge)], needed):
            pass
    _add_parts(matching, old, new, edges, likeness)
    return _all(matching)


def _held(edge: Edge, old: Sequence[Text], new: Sequence[Text], likeness: Likeness) -> Edge:
    """Return a pair as more alike than it seems where one of the two is held in the other, which says more."""
    if edge.score < _FAR:
        return edge
    one, other = old[edge.old].grams, new[edge.new].grams
    share = max(likeness.covered(one, other), likeness.covered(other, one))
    return edge._replace(score=max(edge.score, round(_HELD * share, _DIGITS)))


def _clear(edges: Sequence[Edge]) -> Iterator[Edge]:
    """Yield the pairs that are alike and have no rivals."""
    of_old, of_new = defaultdict[int, list[float]](list), defaultdict[int, list[float]](list)
    for edge in edges:
        of_old[edge.old].append(edge.score)
        of_new[edge.new].append(edge.score)
    for edge in edges:
        rivals = sum(s > edge.score - _RIVAL for s in (*of_old[edge.old], *of_new[edge.new]))
        if edge.score >= _CLEAR and rivals == 2:  # itself, once on each side
            yield edge


# --- splits and mergers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A text alone, and a match in which another text may hold it."""

    place: int
    match: int
    is_new: bool
    share: float


def _add_parts(
    matching: _Matching, old: Sequence[Text], new: Sequence[Text], edges: Sequence[Edge], likeness: Likeness
) -> None:
    """Add texts that are alone to the match of which they are a part: what a split gave, what a merger took."""
    parts = [
        part
        for edge in edges
        for is_new in (False, True)
        if (part := _part(matching, old, new, edge, is_new, likeness)) is not None
    ]
    parts.sort(key=lambda part: (-part.share, part.place, part.match))
    for part in parts:
        side = matching.new if part.is_new else matching.old
        if part.place in side.match:
            continue
        olds, news = matching.matches[part.match]
        if len(olds if part.is_new else news) == 1:
            side.take(part.place, part.match)
            (news if part.is_new else olds).append(part.place)


def _part(
    matching: _Matching, old: Sequence[Text], new: Sequence[Text], edge: Edge, is_new: bool, likeness: Likeness
) -> _Part | None:
    own, other = (matching.new, matching.old) if is_new else (matching.old, matching.new)
    place, whole = (edge.new, edge.old) if is_new else (edge.old, edge.new)
    if place in own.match or whole not in other.match:
        return None
    number = other.match[whole]
    olds, news = matching.matches[number]
    held, others = (olds, news) if is_new else (news, olds)
    if len(held) > 1:
        return None
    texts, own_texts = (old, new) if is_new else (new, old)
    rest = Counter(texts[whole].grams)
    for one in others:
        rest.subtract(own_texts[one].grams)
    share = round(_share(own_texts[place].grams, +rest, texts[whole].grams, likeness), _DIGITS)
    near = number in own.matches((*own.before(place)[-1:], *own.after(place)[:1]))
    return _Part(place, number, is_new, share) if share >= (_NEAR_PART if near else _PART) else None


def _share(text: Grams, rest: Grams, whole: Grams, likeness: Likeness) -> float:
    """Return how much of `text` comes from the rest of a text; or, less a margin, how much of the rest went into it."""
    much = likeness.weight(rest) >= _MUCH * likeness.weight(whole)
    return max(likeness.covered(text, rest), likeness.covered(rest, text) - _MARGIN if much else 0.0)


def _all(matching: _Matching) -> list[Match]:
    found = [Match(tuple(sorted(olds)), tuple(sorted(news))) for olds, news in matching.matches]
    found += [Match((place,), ()) for place in range(matching.old.size) if place not in matching.old.match]
    found += [Match((), (place,)) for place in range(matching.new.size) if place not in matching.new.match]
    return sorted(found, key=lambda m: (not m.old, m.old, m.new))
