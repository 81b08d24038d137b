"""Splits and mergers: a text alone that is a part of a text which is matched with another part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from compare.likeness import Edge, Grams, Likeness
from compare.pairing import Lists, Pairing

SHORT = 15  # pairs of letters: of a text as short as this, what another has in common with it may be chance
_PART = 0.5  # share of a text that must come from another for it to be a part of it
_RARE = 4  # texts that have rare words: the part and the whole, and in both versions the penalty for a breach of it
_MUCH = 0.25  # share of a text that is worth looking for elsewhere
_MARGIN = 0.15  # by which the share of what is left of a whole must be larger than the share of the part
_SOME = 0.1  # share of a text that must come from another even if it holds what is left of that
_BESIDE = 0.2  # share that it is worth to stand beside the other part when several could hold a text
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Part:
    """A text alone, and a match in which another text may hold it."""

    place: int
    match: int
    is_new: bool
    rank: float  # the larger, the earlier it is added


def add_parts(pairing: Pairing, lists: Lists, edges: Sequence[Edge], beside: float) -> None:
    """Add texts that are alone to the match of which they are a part: what a split gave, what a merger took.

    `beside` is the share of a text that must come from the whole where the text stands beside the other part.
    """
    while _added(pairing, lists, edges, beside):
        pass


def _added(pairing: Pairing, lists: Lists, edges: Sequence[Edge], beside: float) -> bool:
    """Add what is a part, the clearest first; say whether there was anything."""
    found = False
    parts = [
        part
        for edge in edges
        for is_new in (False, True)
        if (part := _part(pairing, lists, edge, is_new, beside)) is not None
    ]
    for part in sorted(parts, key=lambda part: (-part.rank, part.place, part.match)):
        own = pairing.new if part.is_new else pairing.old
        # Another part may have come to this match meanwhile, and have taken what this one shares with the whole.
        if part.place in own.match or not _has_whole(pairing, part.match, part.is_new):
            continue
        if _share(pairing, lists, part.place, part.match, part.is_new) >= beside:
            own.take(part.place, part.match)
            pairing.matches[part.match][part.is_new].append(part.place)
            found = True
    return found


def _part(pairing: Pairing, lists: Lists, edge: Edge, is_new: bool, beside: float) -> _Part | None:
    own, other = (pairing.new, pairing.old) if is_new else (pairing.old, pairing.new)
    place, whole = (edge.new, edge.old) if is_new else (edge.old, edge.new)
    if place in own.match or whole not in other.match:
        return None
    number = other.match[whole]
    if not _has_whole(pairing, number, is_new):
        return None
    share = _share(pairing, lists, place, number, is_new)
    near = number in own.matches((own.before(place)[0], own.after(place)[0]))
    if share < (beside if near else _PART) or (share < _PART and not lists.own(edge, _RARE)):
        return None
    return _Part(place, number, is_new, round(share + edge.score + _BESIDE * near, _DIGITS))


def _has_whole(pairing: Pairing, match: int, is_new: bool) -> bool:
    """Return whether a match has one text on the other side, which may be the whole of several on this."""
    return len(pairing.matches[match][not is_new]) == 1


def _share(pairing: Pairing, lists: Lists, place: int, match: int, is_new: bool) -> float:
    """Return the share that a text has in what the other parts of the whole leave of it."""
    texts, wholes = (lists.new, lists.old) if is_new else (lists.old, lists.new)
    whole = wholes[pairing.matches[match][not is_new][0]].grams
    rest = Counter(whole)
    for part in pairing.matches[match][is_new]:
        rest.subtract(texts[part].grams)
    return round(_larger_share(texts[place].grams, +rest, whole, lists.likeness), _DIGITS)


def _larger_share(text: Grams, rest: Grams, whole: Grams, likeness: Likeness) -> float:
    """Return how much of `text` comes from the rest of a text; or, less a margin, how much of the rest went into it."""
    share = likeness.covered(text, rest)
    much = rest.total() >= SHORT and likeness.weight(rest) >= _MUCH * likeness.weight(whole)
    if not much or likeness.covered(text, whole) < _SOME:
        return share
    return max(share, likeness.covered(rest, text) - _MARGIN)
