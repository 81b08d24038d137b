"""Where a provision of a repealed instrument is said again: the provision of another document that is likest in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from compare.likeness import LEAST, Grams, Likeness, grams, together
from tiaoli.provisions import provision_of
from tiaoli.records import Change, Clause, Kind, Present
from tiaoli.store import Store

_PROVISIONS = (Kind.ARTICLE, Kind.PARAGRAPH, Kind.ITEM)
_SAME = 0.995  # likeness from which the words are the same but for signs
_DIGITS = 6  # of a likeness: sums in another order agree in so many


class Likest:
    """Tells which provision of another document is likest to one; the words of a document are weighed once."""

    def __init__(self, store: Store) -> None:
        """Take a store whose documents are asked for."""
        self._store = store
        self._words: dict[str, dict[str, Grams]] = {}
        self._weighed: dict[str, _Weighed] = {}

    def of(self, clause: Clause, doc_id: str) -> Present | None:
        """Return the provision of that document that is likest to a clause, as a whole; None where none is like it."""
        if clause.doc_id not in self._words:
            clauses = self._store.clauses(clause.doc_id)
            self._words[clause.doc_id] = {one.clause_id: words for one, words in _with_words(clauses)}
        words = self._words[clause.doc_id].get(clause.clause_id)
        return self._likest(clause.kind, words, doc_id) if words else None

    def of_words(self, words: str, doc_id: str) -> Present | None:
        """Return the provision of that document that is likest to some words; None where none is like them."""
        return self._likest(Kind.PARAGRAPH, grams(words), doc_id) if words else None

    def _likest(self, kind: Kind, words: Grams, doc_id: str) -> Present | None:
        if doc_id not in self._weighed:
            self._weighed[doc_id] = _Weighed(self._store.clauses(doc_id))
        return self._weighed[doc_id].likest(kind, words)


class _Weighed:
    """The provisions of a document, found by the pairs of letters that they have."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        provisions = list(_with_words(clauses))
        self._clauses = [clause for clause, _ in provisions]
        self._labels = dict(labelled(clauses))
        self._likeness = Likeness([words for _, words in provisions])
        having: dict[str, list[tuple[int, float]]] = {}
        for place, (_, words) in enumerate(provisions):
            for gram, value in self._likeness.text(words).vector.items():
                having.setdefault(gram, []).append((place, value))
        self._having = {gram: _columns(found) for gram, found in having.items()}

    def likest(self, kind: Kind, words: Grams) -> Present | None:
        """Return the provision that is likest, of equal ones that of the same kind, then the first."""
        scores = np.zeros(len(self._clauses))
        for gram, value in self._likeness.text(words).vector.items():
            if gram in self._having:
                places, values = self._having[gram]
                scores[places] += value * values
        scores = scores.round(_DIGITS)
        score = min(1.0, float(scores.max(initial=0.0)))
        if score < LEAST:
            return None
        equal = [self._clauses[n] for n in np.flatnonzero(scores >= score)]
        found = min(equal, key=lambda clause: clause.kind is not kind)
        change = Change.MOVED if score >= _SAME else Change.MOVED_CHANGED
        return Present(found.doc_id, found.clause_id, self._labels.get(found.clause_id), change, score)


def _with_words(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Grams]]:
    texts = (f"{clause.heading}{clause.text}" for clause in clauses)
    own = [grams(text) if text else Grams() for text in texts]
    for n, clause in enumerate(clauses):
        below = n + 1
        while below < len(clauses) and len(clauses[below].path) > len(clause.path):
            below += 1
        if clause.kind in _PROVISIONS:
            yield clause, together(own[n:below])


def _columns(found: Sequence[tuple[int, float]]) -> tuple[np.ndarray, np.ndarray]:
    places, values = zip(*found, strict=True)
    return np.array(places), np.array(values)


def labelled(clauses: Iterable[Clause]) -> Iterator[tuple[str, str | None]]:
    """Yield the id of each clause with the address by which it is cited."""
    above: dict[str, tuple[Clause, ...]] = {}
    for clause in clauses:
        chain = (*above.get(clause.parent_id or "", ()), clause)
        above[clause.clause_id] = chain
        provision = provision_of(chain)
        yield clause.clause_id, None if provision is None else str(provision)
