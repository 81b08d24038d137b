"""Which clauses may fit a topic, found over the whole index: those that speak of enough of its matters, or stand below such.

The index only tells where words stand. What it finds is read from the store and weighed clause by clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answers.obligations.topic import APART, UNRULING, Concept, Place, Topic, plain
from search.contract import Mask, Numbers, Values
from search.generation import Generation
from search.lexical import LexicalRetriever
from tiaoli.records import Clause, Kind, Norm, NormKind
from tiaoli.store import Store

SPEAKS = 0.6  # share of a topic from which a passage is counted as speaking of it
_LEAST = 0.25  # … and from which it is looked at
MOST = 300  # passages that are looked at, the best first, unless more are asked for
_SHARE_OF_ONE = 0.15  # of the passages that are looked at may be of one document, where there are many of others
_LEAD = 60  # letters of what leads into a list
_NO_RULE = {Kind.TITLE, Kind.CLOSING}
_LISTED = {Kind.ITEM, Kind.SUBITEM, Kind.POINT, Kind.SUBPOINT, Kind.SUBSUBPOINT}
_NORM_KINDS = {NormKind.LIABILITY: "liability", NormKind.PROHIBITION: "prohibition", NormKind.RIGHT: "right"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Passages that speak of a topic, the best first, and how many there are of those that were not looked at."""

    numbers: Numbers
    speaking: int  # passages that speak of most of it
    left: int  # of those, how many lie behind the most that are looked at


def spoken(topic: Topic, retriever: LexicalRetriever, allowed: Mask, most: int = MOST) -> Spoken:
    """Return the passages among those `allowed` that speak of a topic."""
    coverage = covered(topic, retriever)
    coverage[~allowed] = 0.0
    speaking = int(np.count_nonzero(coverage >= SPEAKS - 1e-6))
    numbers = np.flatnonzero(coverage >= _LEAST)
    words = retriever.scores(topic.text)[numbers]
    worth = coverage[numbers] + words / (2 * float(words.max(initial=0.0)) or 1.0)
    order = np.lexsort((numbers, -worth))
    kept = numbers[_spread(order, retriever.owners[numbers[order]], most)]
    left = speaking - int(np.count_nonzero(coverage[kept] >= SPEAKS - 1e-6))
    return Spoken(kept, speaking, left)


def _spread(order: Numbers, owners: NDArray[np.int32], most: int) -> Numbers:
    """Return the first of an order; where there are more, those of one document that crowds it out go behind the others."""
    if len(order) <= most:
        return order
    seen: Counter[int] = Counter()
    crowding = []
    for owner in owners.tolist():
        seen[owner] += 1
        crowding.append(seen[owner] > most * _SHARE_OF_ONE)
    return order[np.argsort(crowding, kind="stable")][:most]


def covered(topic: Topic, retriever: LexicalRetriever) -> Values:
    """Return which share of a topic each passage speaks of, what stands over it included."""
    asked = [concept for concept in topic.concepts if not concept.asks] or list(topic.concepts)
    whole = sum(concept.weight for concept in asked) or 1.0
    coverage = np.zeros(len(retriever.holding("")), np.float32)
    for concept in asked:
        coverage += np.float32(concept.weight / whole) * _degrees(concept, retriever)
    return coverage


def _degrees(concept: Concept, retriever: LexicalRetriever) -> Values:
    """How well each passage speaks of a concept."""
    degrees = np.zeros(len(retriever.holding("")), np.float32)
    for form, degree in sorted(concept.forms.items(), key=lambda one: one[1]):
        held = np.logical_and.reduce([retriever.holding(part) for part in form.split(APART)])
        degrees[held] = degree
    return degrees


# --- reading what was found ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A clause with what stands over it, its norms, and whether it can be looked at by itself."""

    clause: Clause
    above: str
    norms: tuple[Norm, ...]

    def place(self, title: str) -> Place:
        """What a topic looks at; `title` is that of the document in its plain form."""
        clause = self.clause
        function = "scope" if clause.kind is Kind.PREAMBLE else clause.function
        has = {_NORM_KINDS[norm.kind] for norm in self.norms if norm.kind in _NORM_KINDS}
        has |= {"deadline"} if any(norm.deadlines for norm in self.norms) else set()
        has |= {"amount"} if any(norm.amounts for norm in self.norms) else set()
        has |= {"liability"} if function == "liability" else set()
        return Place(
            plain(clause.heading),
            plain(clause.text),
            self.above,
            title,
            frozenset(has),
            bool(self.norms),
            clause.kind in _LISTED,
            function,
        )


def is_bare(clause: Clause, norm: Norm | None) -> bool:
    """Whether a clause orders nothing by itself: an item of a list, a purpose, a scope, a definition, without a norm."""
    explains = clause.kind is Kind.PREAMBLE or clause.function in (*UNRULING, "principle")
    return norm is None and (clause.kind in _LISTED or explains)


def read(store: Store, generation: Generation, numbers: Sequence[int]) -> Iterator[Read]:
    """Yield the clauses of passages that bear words of their own, with those whose words a passage holds, by documents."""
    rows = {row.clause_id: plain(row.headings) for row in map(generation.row, numbers)}
    heads = store.clauses_by_id(rows)
    by_document: dict[str, dict[str, tuple[Clause, str]]] = {}
    for clause_id, above in rows.items():
        if (head := heads.get(clause_id)) is not None:  # the store may have moved on
            by_document.setdefault(head.doc_id, {}).update(_branch(store, head, above))
    for doc_id, clauses in by_document.items():
        norms: dict[str, list[Norm]] = {}
        for norm in store.norms(doc_id, clauses.keys()):
            norms.setdefault(norm.clause_id, []).append(norm)
        for clause_id, (clause, above) in clauses.items():
            yield Read(clause, above, tuple(norms.get(clause_id, ())))


def _branch(store: Store, head: Clause, above: str) -> dict[str, tuple[Clause, str]]:
    """Return a clause and those below it that its passage holds, with words of their own, each with what stands over it."""
    whole = head.kind is Kind.ARTICLE or head.text.endswith((":", "："))
    clauses = [head, *(store.clauses_below(head.clause_id) if whole else ())]
    by_id = {clause.clause_id: clause for clause in clauses}
    over = {head.clause_id: above}
    for clause in clauses[1:]:
        parent = by_id.get(clause.parent_id or "", head)
        lead = plain(parent.heading or parent.text[:_LEAD])
        over[clause.clause_id] = f"{over.get(parent.clause_id, above)}。{lead}"
    spoken_of = (clause for clause in clauses if clause.text and clause.kind not in _NO_RULE)
    return {clause.clause_id: (clause, over[clause.clause_id]) for clause in spoken_of}
