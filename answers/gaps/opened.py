"""A document opened with all that it says: what an answer that reads a store document by document looks at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tiaoli.provisions import ProvisionIndex
from tiaoli.records import Assignment, Citation, Clause, Document, Kind, Mention, Norm
from tiaoli.store import Store

_END = re.compile(r"[。；;！!？?\n]")


@dataclass(frozen=True)
class Opened:
    """One document with its text, its clauses and what was found in them."""

    document: Document
    text: str
    clauses: Sequence[Clause]
    norms: Sequence[Norm]
    mentions: Sequence[Mention]
    assignments: Sequence[Assignment]
    citations: Sequence[Citation]

    @classmethod
    def of(cls, store: Store, document: Document) -> Opened:
        """Open a document of a store."""
        doc_id = document.doc_id
        return cls(
            document,
            store.text(doc_id),
            store.clauses(doc_id),
            store.norms(doc_id),
            store.mentions(doc_id),
            store.assignments(doc_id),
            store.citations(doc_id),
        )

    @cached_property
    def by_id(self) -> Mapping[str, Clause]:
        """The clauses by their ids."""
        return {clause.clause_id: clause for clause in self.clauses}

    @cached_property
    def provisions(self) -> ProvisionIndex:
        """Finds the clause of a label: 第五条第二款."""
        return ProvisionIndex(self.clauses)

    @cached_property
    def below(self) -> Mapping[str, Sequence[Clause]]:
        """The clauses right below each clause."""
        found: defaultdict[str, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            if clause.parent_id is not None:
                found[clause.parent_id].append(clause)
        return found

    @cached_property
    def norms_of(self) -> Mapping[str, Sequence[Norm]]:
        """The norms of each clause."""
        found: defaultdict[str, list[Norm]] = defaultdict(list)
        for norm in self.norms:
            found[norm.clause_id].append(norm)
        return found

    @cached_property
    def mentions_of(self) -> Mapping[str, Sequence[Mention]]:
        """The places of each clause where bodies are named."""
        found: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            found[mention.clause_id].append(mention)
        return found

    def above(self, clause: Clause) -> Iterator[Clause]:
        """Yield the clauses above one, the nearest first."""
        while clause.parent_id is not None and (parent := self.by_id.get(clause.parent_id)) is not None:
            yield parent
            clause = parent

    def article(self, clause: Clause) -> Clause:
        """The article (or the outermost unit below headings) that a clause is part of; the clause itself elsewhere."""
        line = (clause, *self.above(clause))
        return next((one for one in line if one.kind is Kind.ARTICLE), clause)

    def whole(self, clause: Clause) -> Iterator[Clause]:
        """Yield a clause and all below it, in their order."""
        yield clause
        for one in self.below.get(clause.clause_id, ()):
            yield from self.whole(one)

    def words(self, clause: Clause) -> str:
        """The own words of a clause, with its heading."""
        return self.text[clause.start : clause.end]

    def sentence(self, start: int, end: int, clause: Clause) -> tuple[int, int]:
        """Return where the sentence begins and ends in which a span of a clause stands."""
        begins = max((m.end() for m in _END.finditer(self.text, clause.start, start)), default=clause.start)
        found = _END.search(self.text, max(end - 1, start), clause.end)
        return begins, found.end() if found else clause.end
