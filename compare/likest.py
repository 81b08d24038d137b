"""Where a provision of a repealed instrument is said again: the provision of another document that is likest in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compare.likeness import Grams, Likeness, grams, together
from tiaoli.provisions import provision_of
from tiaoli.records import Change, Clause, Kind, Present
from tiaoli.store import Store

_PROVISIONS = (Kind.ARTICLE, Kind.PARAGRAPH, Kind.ITEM)
_SAME = 0.995  # likeness from which the words are the same but for signs


class Likest:
    """Tells which provision of another document is likest to one; two documents are weighed once, when they are asked for."""

    def __init__(self, store: Store) -> None:
        """Take a store whose documents are asked for."""
        self._store = store
        self._texts: dict[str, list[tuple[Clause, Grams]]] = {}
        self._found: dict[tuple[str, str], dict[str, Present]] = {}

    def of(self, clause: Clause, doc_id: str) -> Present | None:
        """Return the provision of that document that is likest to a clause, as a whole; None where none is like it."""
        key = clause.doc_id, doc_id
        if key not in self._found:
            self._found[key] = dict(self._weighed(*key))
        return self._found[key].get(clause.clause_id)

    def _weighed(self, old: str, new: str) -> Iterator[tuple[str, Present]]:
        before, after = self._provisions(old), self._provisions(new)
        likeness = Likeness([text for _, text in (*before, *after)])
        ones, others = ([likeness.text(text) for _, text in those] for those in (before, after))
        best: dict[int, tuple[float, bool, int]] = {}
        for edge in likeness.edges(ones, others):
            alike = before[edge.old][0].kind is after[edge.new][0].kind
            best[edge.old] = max(best.get(edge.old, (0.0, False, 0)), (edge.score, alike, -edge.new))
        labels = dict(labelled(self._store.clauses(new)))
        for place, (score, _, other) in best.items():
            found = after[-other][0]
            change = Change.MOVED if score >= _SAME else Change.MOVED_CHANGED
            present = Present(new, found.clause_id, labels.get(found.clause_id), change, score)
            yield before[place][0].clause_id, present

    def _provisions(self, doc_id: str) -> list[tuple[Clause, Grams]]:
        """The provisions of a document with the words of each and of those below it."""
        if doc_id not in self._texts:
            self._texts[doc_id] = list(_with_words(self._store.clauses(doc_id)))
        return self._texts[doc_id]


def _with_words(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Grams]]:
    own = [grams(f"{clause.heading}{clause.text}") for clause in clauses]
    for n, clause in enumerate(clauses):
        below = n + 1
        while below < len(clauses) and len(clauses[below].path) > len(clause.path):
            below += 1
        if clause.kind in _PROVISIONS:
            yield clause, together(own[n:below])


def labelled(clauses: Iterable[Clause]) -> Iterator[tuple[str, str | None]]:
    """Yield the id of each clause with the address by which it is cited."""
    above: dict[str, tuple[Clause, ...]] = {}
    for clause in clauses:
        chain = (*above.get(clause.parent_id or "", ()), clause)
        above[clause.clause_id] = chain
        provision = provision_of(chain)
        yield clause.clause_id, None if provision is None else str(provision)
