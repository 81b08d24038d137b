"""条号漂移: where a provision of an earlier version stands in the version in force, by the words and not by the number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from compare.alignment import compare, every_pair
from compare.likest import labelled
from compare.works import works
from tiaoli.records import Change, Clause, Document, Pair, Present, Version, Work
from tiaoli.store import Store


class Presence:
    """Tells what became of provisions of earlier versions; two versions are compared once, when they are asked for."""

    def __init__(self, store: Store, *, at: date) -> None:
        """Take the current documents of `store`; of each work the version in force at `at` counts."""
        self._store, self._at = store, at
        self._works = {d.doc_id: work for work in works(store.documents()) for d in _documents(work)}
        self._fates: dict[tuple[str, str], dict[str, Present]] = {}

    def of(self, clause: Clause) -> Present | None:
        """Return what became of a clause; None where its own version is the one in force, or none is."""
        newest = self._newest(clause.doc_id)
        if newest is None:
            return None
        key = clause.doc_id, newest.doc_id
        if key not in self._fates:
            self._fates[key] = self._compared(*key)
        return self._fates[key].get(clause.clause_id)

    def _newest(self, doc_id: str) -> Document | None:
        work = self._works.get(doc_id)
        begun = [v for v in work.versions if v.begins is not None and v.begins <= self._at] if work else []
        own = next((v for v in begun if doc_id in {d.doc_id for d in _of(v)}), None)
        return begun[-1].document if own is not None and own is not begun[-1] else None

    def _compared(self, old: str, new: str) -> dict[str, Present]:
        before, after = (self._store.clauses(doc_id) for doc_id in (old, new))
        labels = dict(labelled((*before, *after)))
        pairs = compare(self._store.document(old), before, self._store.document(new), after).pairs
        return {clause.clause_id: _fate(pair, clause, new, labels) for pair in every_pair(pairs) for clause in pair.old}


def _documents(work: Work) -> Iterator[Document]:
    for version in work.versions:
        yield from _of(version)


def _of(version: Version) -> tuple[Document, ...]:
    return version.document, *version.copies


_MOVED = {Change.SAME: Change.MOVED, Change.CHANGED: Change.MOVED_CHANGED}


def _fate(pair: Pair, old: Clause, new: str, labels: Mapping[str, str | None]) -> Present:
    """What became of an old clause of a pair; where it became several, the first of them stands for all.

    A 款 that stayed in its place moves with its article: it is cited by another address.
    """
    if not pair.new:
        return Present(new, None, None, pair.change)
    first = pair.new[0].clause_id
    moved = labels.get(old.clause_id) != labels.get(first)
    return Present(new, first, labels.get(first), _MOVED.get(pair.change, pair.change) if moved else pair.change)
