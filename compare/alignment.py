"""Which clause of one version became which of another: by their words, not by their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from compare.likeness import Edge, Grams, Likeness, Text, alike, grams, together
from compare.matching import match
from compare.pairing import Match
from compare.units import DIVISIONS, UNPRINTED, Group, Unit, group, plain, units, words
from tiaoli.records import Change, Clause, Comparison, Document, Kind, Pair

_OUR_PARAGRAPH = "段"
_DIGITS = 3  # of a likeness that is shown


def compare(old: Document, old_clauses: Sequence[Clause], new: Document, new_clauses: Sequence[Clause]) -> Comparison:
    """Return which clause of `old` became which of `new`; each of both is in exactly one pair, or below one.

    The other way round gives the same pairs the other way round.
    """
    before, after = _Side(old_clauses), _Side(new_clauses)
    return Comparison(old, new, _Alignment(before, after).pairs(before.units, after.units))


class _Side:
    """One of the two versions."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.units = units(clauses)
        self._by_id = {clause.clause_id: clause for clause in clauses}
        self._grams = {clause.clause_id: grams(words(clause)) for clause in clauses}
        self.match: dict[str, Match] = {}  # of each clause that has been matched

    def grams(self, unit: Unit) -> Grams:
        """What a unit is recognised by."""
        return together([self._grams[clause.clause_id] for clause in (unit.clause, *unit.below)])

    def match_above(self, clause: Clause) -> Match | None:
        """The match of what a clause stands in; articles are numbered through, whatever chapter they are in."""
        above = self._by_id.get(clause.parent_id or "")
        while above is not None and clause.kind is Kind.ARTICLE and above.kind in DIVISIONS:
            above = self._by_id.get(above.parent_id or "")
        return self.match[above.clause_id] if above is not None else None


class _Alignment:
    """Two versions, and how much each pair of characters says in them."""

    def __init__(self, old: _Side, new: _Side) -> None:
        self._old, self._new = old, new
        self._likeness = Likeness((*map(old.grams, old.units), *map(new.grams, new.units)))

    def pairs(self, old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Pair, ...]:
        """Return the pairs of these units, in the order of the new text; what was dropped stands where it stood."""
        if not old and not new:
            return ()
        left, right = self._texts(self._old, old), self._texts(self._new, new)
        matches = match(left, right, self._edges(old, left, new, right), self._likeness)
        for one in matches:
            self._old.match.update((old[place].clause.clause_id, one) for place in one.old)
            self._new.match.update((new[place].clause.clause_id, one) for place in one.new)
        crossed = _crossed(matches)
        return tuple(
            self._pair(
                [old[n] for n in one.old], [new[n] for n in one.new], self._alike(one, left, right), one in crossed
            )
            for one in _in_order(matches, crossed)
        )

    def _texts(self, side: _Side, those: Sequence[Unit]) -> list[Text]:
        return [self._likeness.text(side.grams(unit)) for unit in those]

    def _alike(self, one: Match, left: Sequence[Text], right: Sequence[Text]) -> float:
        whole = [self._joined([side[n] for n in places]) for side, places in ((left, one.old), (right, one.new))]
        return round(alike(*whole), _DIGITS)

    def _joined(self, texts: Sequence[Text]) -> Text:
        return texts[0] if len(texts) == 1 else self._likeness.text(together([text.grams for text in texts]))

    def _edges(
        self, old: Sequence[Unit], left: Sequence[Text], new: Sequence[Unit], right: Sequence[Text]
    ) -> list[Edge]:
        """Candidates within the groups; the title of one version is the title of the other, whatever it says."""
        found = [e for e in self._likeness.edges(left, right) if group(old[e.old].clause) is group(new[e.new].clause)]
        titles = [[n for n, unit in enumerate(side) if group(unit.clause) is Group.TITLE] for side in (old, new)]
        if [len(places) for places in titles] == [1, 1]:
            title = Edge(titles[0][0], titles[1][0], 1.0)
            found = [e for e in found if e[:2] != title[:2]] + [title]
        return found

    def _pair(self, old: Sequence[Unit], new: Sequence[Unit], likeness: float, crossed: bool) -> Pair:
        below = self.pairs(*([Unit(c, ()) for unit in side for c in unit.below] for side in (old, new)))
        olds, news = tuple(u.clause for u in old), tuple(u.clause for u in new)
        return Pair(self._change(olds, news, below, crossed), olds, news, likeness, crossed, below)

    def _change(self, old: Sequence[Clause], new: Sequence[Clause], below: Sequence[Pair], crossed: bool) -> Change:
        if not old or not new:
            return Change.DROPPED if old else Change.ADDED
        if len(old) > 1 or len(new) > 1:
            return Change.MERGED if len(old) > 1 else Change.SPLIT
        same = plain(words(old[0])) == plain(words(new[0])) and all(pair.change is Change.SAME for pair in below)
        if self._is_moved(old[0], new[0], crossed):
            return Change.MOVED if same else Change.MOVED_CHANGED
        return Change.SAME if same else Change.CHANGED

    def _is_moved(self, old: Clause, new: Clause, crossed: bool) -> bool:
        """Whether a clause is cited in another way than before, or stands elsewhere if it has no label to be cited by."""
        labels = _label(old), _label(new)
        elsewhere = self._old.match_above(old) is not self._new.match_above(new)
        return labels[0] != labels[1] or elsewhere or (labels == (None, None) and crossed)


def _label(clause: Clause) -> object:
    """What tells one label from another; None where the source prints none."""
    if clause.kind in UNPRINTED or clause.label.startswith(_OUR_PARAGRAPH):
        return None
    return (clause.kind, clause.number, clause.suffix or 0) if clause.number is not None else plain(clause.label)


def _in_order(matches: Sequence[Match], crossed: set[Match]) -> Iterator[Match]:
    """Yield the matches in the order of the new places, those without one behind what stood before them."""
    place, keys = -1, dict[Match, tuple[int, int]]()
    for one in sorted((m for m in matches if m.old), key=lambda m: m.old[0]):
        if one.new and one not in crossed:
            place = one.new[0]
        keys[one] = (one.new[0], -1) if one.new else (place, one.old[0])
    keys |= {one: (one.new[0], -1) for one in matches if not one.old}
    yield from sorted(matches, key=keys.__getitem__)


def _crossed(matches: Sequence[Match]) -> set[Match]:
    """Return the matches that stand in another order than the rest: of two that cross, the one that crosses more others."""
    both = [one for one in matches if one.old and one.new]
    old, new = (
        np.array([side[0] for side in sides], dtype=int) for sides in ([m.old for m in both], [m.new for m in both])
    )
    crossing = [np.flatnonzero((old < a) != (new < b)) for a, b in zip(old, new, strict=True)]
    crossing = [mine[old[mine] != old[at]] for at, mine in enumerate(crossing)]
    counts = np.array([len(mine) for mine in crossing])
    return {
        one for one, mine, count in zip(both, crossing, counts, strict=True) if count and counts[mine].min() <= count
    }


def every_pair(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield pairs and those below them, each before its own."""
    for pair in pairs:
        yield pair
        yield from every_pair(pair.below)
