"""What became of the decisions of persons: where each holds, where it hangs and why, and what overruled it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graph.carrying import Hanging
from graph.corrected import CorrectedStore
from tiaoli.decided import Overruled, decide_names, key_of
from tiaoli.records import Decision, Document

NO_DOCUMENT = "库中没有这份文件"
NOT_CURRENT = "文件已不是现行文本，库中也没有它的新版本"
NO_MENTION = "现有文件中没有出现这个名称"


class Standing(NamedTuple):
    """What became of one decision in the current documents."""

    decision: Decision
    holds: tuple[str, ...]  # ids of documents
    hanging: tuple[Hanging, ...]
    overruled: tuple[Decision, ...]  # by later words, of others or the same person


def standings(store: CorrectedStore) -> list[Standing]:
    """Return what became of every decision, the earliest decision first; none is left out."""
    found = _Found()
    found.overrule(decide_names(store.said.everywhere))
    for document in store.said.documents.values():
        if document.current:
            found.look(store, document)
    known = {one.decision_id: one for one in store.said.decisions}
    return [
        Standing(
            one,
            tuple(found.holds[key]),
            tuple(found.hanging[key]) or (() if found.holds[key] else (_nowhere(one, store.said.documents),)),
            tuple(known[by] for by in found.overruled[key]),
        )
        for key, one in known.items()
    ]


class _Found:
    """What the documents tell, by the ids of the decisions."""

    def __init__(self) -> None:
        self.holds: defaultdict[str, list[str]] = defaultdict(list)
        self.hanging: defaultdict[str, list[Hanging]] = defaultdict(list)
        self.overruled: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def overrule(self, overruled: Iterable[Overruled]) -> None:
        for won, lost in overruled:
            self.overruled[lost.decision_id][won.decision_id] = None

    def look(self, store: CorrectedStore, document: Document) -> None:
        """Take up what became of the decisions in one document."""
        if store.said.concerns(document.doc_id):
            corrected = store.corrected(document.doc_id)
            self.overrule(corrected.overruled)
            for one in corrected.holding:
                self.holds[one.decision_id].append(document.doc_id)
            for left in corrected.hanging:
                self.hanging[left.decision.decision_id].append(left)
        names = set(_names(store, document.doc_id)) if store.said.everywhere else set()
        for one in store.said.everywhere:
            if key_of(one.words) in names:
                self.holds[one.decision_id].append(document.doc_id)


def _names(store: CorrectedStore, doc_id: str) -> Iterator[str]:
    """Yield the names that a document uses, as they are compared."""
    yield from (key_of(mention.text) for mention in store.extracted_mentions(doc_id))
    yield from (key_of(bearer.name) for norm in store.norms(doc_id) for bearer in norm.bearers)


def _nowhere(decision: Decision, documents: dict[str, Document]) -> Hanging:
    """Say why a decision has no current document to be in."""
    if decision.doc_id is None:
        return Hanging(decision, None, NO_MENTION)
    known = decision.doc_id in documents
    return Hanging(decision, decision.doc_id if known else None, NOT_CURRENT if known else NO_DOCUMENT)
