"""What persons said of the documents of a store: which decisions concern a document, and where they stand in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import UNSET

from graph.carrying import Hanging, Origin, Placed, Target
from tiaoli.decisions import CitationValue, value_of
from tiaoli.errors import NotFound
from tiaoli.records import Clause, Decision, Document
from tiaoli.store import Store
from tiaoli.validity import in_force_from

# What became of the clauses of a version in another: ids of the one → ids of the other. Compares texts, which costs.
Became = Callable[[Document, Sequence[Clause], Document, Sequence[Clause]], Mapping[str, Sequence[str]]]

NO_TARGET = "更正所指的文件或条款已不在库中"


class Said:
    """The decisions of a store as they were when it was asked."""

    def __init__(self, store: Store, became: Became | None = None) -> None:
        """Read all decisions; without `became` a clause of another version is known by its label and words."""
        self._store, self._became = store, became
        self.decisions = store.decisions()
        self.everywhere = [one for one in self.decisions if one.doc_id is None]
        self.documents = {d.doc_id: d for d in store.documents(all_versions=True)} if self.decisions else {}
        self._by_name: defaultdict[str, list[Decision]] = defaultdict(list)
        for one in self.decisions:
            for name in self._names(one.doc_id, one.work):
                self._by_name[name].append(one)
        self._origins: dict[tuple[str, str], Origin] = {}
        self._last: tuple[str, Placed] = "", Placed([], [])

    def concerns(self, doc_id: str) -> bool:
        """Tell whether anything was said of a document or of an earlier version of it."""
        return next(self._concerning(doc_id), None) is not None

    def placed(self, doc_id: str) -> Placed:
        """Return the decisions about a document with their places in it, and those that have none there."""
        if self._last[0] != doc_id:
            self._last = doc_id, self._placed(doc_id)
        return self._last[1]

    def _placed(self, doc_id: str) -> Placed:
        concerning, found = list(self._concerning(doc_id)), Placed([], [])
        if concerning:
            target = Target(self.documents[doc_id], self._store.clauses(doc_id), self._store.text(doc_id))
            for decision in concerning:
                one = target.place(decision, self._origin(decision, target))
                if isinstance(one, Hanging):
                    found.hanging.append(one)
                elif self._leads_nowhere(one):
                    found.hanging.append(Hanging(decision, doc_id, NO_TARGET))
                else:
                    found.decisions.append(one)
        return found

    def _names(self, doc_id: str | None, work: str | None) -> set[str]:
        """Return what a document shares with its other versions: its work, and its id without the number of the version."""
        document = self.documents.get(doc_id or "")
        works = {work, document.version_of if document is not None else None} - {None}
        return {f"work {name}" for name in works} | ({f"file {_stem(doc_id)}"} if doc_id else set())

    def _concerning(self, doc_id: str) -> Iterator[Decision]:
        """Yield the decisions on a document and on versions that are not known to be later, each once, the earliest first."""
        document = self.documents.get(doc_id)
        if document is None:
            return
        names = sorted(self._names(doc_id, None))
        found = {one.decision_id: one for name in names for one in self._by_name.get(name, ())}
        for one in sorted(found.values(), key=lambda decision: (decision.when, decision.decision_id)):
            if not self._is_later(one.doc_id or "", document):
                yield one

    def _is_later(self, doc_id: str, than: Document) -> bool:
        """Tell whether a document is known to be a later version than another one."""
        if _stem(doc_id) == _stem(than.doc_id):
            return _version(doc_id) > _version(than.doc_id)
        document = self.documents.get(doc_id)
        day, other = in_force_from(document) if document is not None else None, in_force_from(than)
        return day is not None and other is not None and day > other

    def _origin(self, decision: Decision, target: Target) -> Origin | None:
        """Return the version that a decision was taken on, set against the target; None where it is gone or the same."""
        doc_id, to = decision.doc_id or "", target.document.doc_id
        if doc_id == to or doc_id not in self.documents:
            return None
        if (doc_id, to) not in self._origins:
            clauses = self._store.clauses(doc_id)
            became = None
            if self._became is not None:
                became = self._became(self.documents[doc_id], clauses, target.document, target.clauses)
            self._origins[doc_id, to] = Origin({c.clause_id: c for c in clauses}, became)
        return self._origins[doc_id, to]

    def _leads_nowhere(self, decision: Decision) -> bool:
        """Tell whether a decision leads a citation to what the store does not hold."""
        value = value_of(decision)
        if not isinstance(value, CitationValue):
            return False
        doc_id, clause_id = (None if one is UNSET else one for one in (value.target_doc_id, value.target_clause_id))
        if clause_id is None:
            return doc_id is not None and doc_id not in self.documents
        try:
            clause = self._store.clause(clause_id)
        except NotFound:
            return True
        return doc_id not in (None, clause.doc_id)


def _stem(doc_id: str | None) -> str:
    """Return the id of a document without the number of its version."""
    return (doc_id or "").partition("@")[0]


def _version(doc_id: str) -> int:
    number = doc_id.partition("@")[2]
    return int(number) if number.isdecimal() else 1
