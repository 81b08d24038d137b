"""The store as persons have corrected it: what is read of norms, citations and mentions has their decisions on top.

What was extracted stays as it is. A decision is taken over by every later version of its document in which its words
stand unchanged in the same clause; those that cannot be are told by `graph.standings`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.carrying import Hanging
from graph.resolve import NOT_IN_FORCE, RESOLVED, Follow, Resolver
from graph.said import Became, Said
from tiaoli.decided import (
    Decided,
    Overruled,
    apply_to_mentions,
    decide_citations,
    decide_names,
    decide_norms,
    is_added,
    key_of,
    meanings,
    named,
)
from tiaoli.records import Citation, Decision, Document, LedCitation, Mention, Norm, Span, Status
from tiaoli.store import Store

NO_UNIT = "抽取的分句已改变，请重新核对"
NO_CITATION = "这里抽取的引用已改变，请重新核对"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The norms and citations of one document with decisions on top, and what became of the decisions."""

    norms: list[Norm]
    citations: list[Citation]
    holding: tuple[Decision, ...]
    hanging: tuple[Hanging, ...]
    overruled: tuple[Overruled, ...]


class CorrectedStore(Store):
    """A view of an open store whose norms, citations and mentions are those that persons left; it closes with the store."""

    def __init__(self, store: Store, became: Became | None = None) -> None:
        """Take the decisions of `store` as they are now; `became` as in `Said`."""
        self.folder, self._db = store.folder, store._db
        self.said = Said(store, became)
        self._last: tuple[str, Corrected] | None = None

    def norms(self, doc_id: str, among: Collection[str] | None = None) -> list[Norm]:
        """What a document, or some of its clauses, lays on whom, as persons have corrected it."""
        if not self.said.concerns(doc_id):
            return super().norms(doc_id, among)
        return [norm for norm in self.corrected(doc_id).norms if among is None or norm.clause_id in among]

    def norms_by_id(self, norm_ids: Iterable[str]) -> dict[str, Norm]:
        """Norms by their ids as persons have corrected them, those that are not known or were removed left out."""
        wanted = list(norm_ids)
        found = super().norms_by_id(wanted)
        for doc_id in {norm_id.partition("#")[0] for norm_id in wanted}:
            if self.said.concerns(doc_id):
                found = {key: norm for key, norm in found.items() if norm.doc_id != doc_id}
                found |= {norm.norm_id: norm for norm in self.norms(doc_id) if norm.norm_id in wanted}
        return found

    def norms_of_type(self, doc_ids: Iterable[str], power_type: str) -> list[Norm]:
        """Norms of one type of power in these documents, as persons have corrected them."""
        wanted = list(doc_ids)
        concerned = [doc_id for doc_id in wanted if self.said.concerns(doc_id)]
        found = super().norms_of_type([doc_id for doc_id in wanted if doc_id not in concerned], power_type)
        return [*found, *(n for doc_id in concerned for n in self.norms(doc_id) if n.power_type == power_type)]

    def norms_with_limits(self, doc_ids: Iterable[str]) -> list[Norm]:
        """Norms with time limits in these documents, as persons have corrected them."""
        wanted = list(doc_ids)
        concerned = [doc_id for doc_id in wanted if self.said.concerns(doc_id)]
        found = super().norms_with_limits([doc_id for doc_id in wanted if doc_id not in concerned])
        return [*found, *(n for doc_id in concerned for n in self.norms(doc_id) if n.deadlines)]

    def citations(self, doc_id: str) -> list[Citation]:
        """Citations of a document, as persons have corrected them."""
        return list(self.corrected(doc_id).citations) if self.said.concerns(doc_id) else super().citations(doc_id)

    def titles_cited(self, doc_id: str) -> set[str]:
        """Titles of the instruments that a document cites, as persons have corrected it."""
        if not self.said.concerns(doc_id):
            return super().titles_cited(doc_id)
        return {citation.title for citation in self.corrected(doc_id).citations}

    def mentions(self, doc_id: str, among: Collection[str] | None = None) -> list[Mention]:
        """Where a document, or some of its clauses, names bodies, and whom persons say it means."""
        if not self.said.everywhere and not self.said.concerns(doc_id):
            return super().mentions(doc_id, among)
        decisions = [*self.said.everywhere, *self.said.placed(doc_id).decisions]
        mentions = apply_to_mentions(super().mentions(doc_id), decisions)
        found = sorted([*mentions, *self._bearers(doc_id, mentions, decisions)], key=lambda one: one.start)
        return [mention for mention in found if among is None or mention.clause_id in among]

    def extracted_mentions(self, doc_id: str) -> list[Mention]:
        """Where the extraction found that a document names bodies."""
        return super().mentions(doc_id)

    def corrected(self, doc_id: str) -> Corrected:
        """Return the norms and citations of a document with decisions on top, and what became of the decisions."""
        if self._last is None or self._last[0] != doc_id:
            self._last = doc_id, self._corrected(doc_id)
        return self._last[1]

    def _corrected(self, doc_id: str) -> Corrected:
        placed, extracted = self.said.placed(doc_id), super().citations(doc_id)
        norms = decide_norms(super().norms(doc_id), placed.decisions)
        citations = decide_citations(extracted, placed.decisions)
        lost = [Hanging(one, doc_id, NO_UNIT) for one in norms.homeless]
        lost += [Hanging(one, doc_id, NO_CITATION) for one in citations.homeless]
        homeless = {one.decision.decision_id for one in lost}
        return Corrected(
            [_with_citations(norm, citations, extracted) for norm in norms.records],
            citations.records,
            tuple(one for one in placed.decisions if one.decision_id not in homeless),
            (*placed.hanging, *lost),
            (*norms.overruled, *citations.overruled, *decide_names(placed.decisions)),
        )

    def _bearers(self, doc_id: str, mentions: Sequence[Mention], decisions: Sequence[Decision]) -> Iterator[Mention]:
        """Yield mentions of the bearers whose names persons explained and where no mention was found."""
        said = {key: one.value for key, one in meanings(decisions).items() if one.value is not None}
        clauses = self.clauses(doc_id) if said else []
        taken = [(mention.start, mention.end) for mention in mentions]
        for norm in self.norms(doc_id) if said else ():
            for bearer in norm.bearers:
                value = said.get(key_of(bearer.name))
                free = not any(start < bearer.end and bearer.start < end for start, end in taken)
                clause = next((c for c in clauses if c.start <= bearer.start < bearer.end <= c.end), None)
                if value is not None and clause is not None and free:
                    taken.append((bearer.start, bearer.end))
                    blank = Mention(clause.clause_id, doc_id, bearer.start, bearer.end, bearer.name, bearer.name)
                    yield named(blank, value)


class CorrectedResolver(Resolver):
    """Resolves citations as persons have corrected them; a target that a person gave goes before any other."""

    @classmethod
    def of(cls, store: Store, *, at: date, follow: Follow | None = None) -> Resolver:
        """Return a resolver over the current documents of `store`, with decisions on top. See `Resolver.of`."""
        return super().of(corrected(store), at=at, follow=follow)

    def resolve(self, document: Document) -> tuple[LedCitation, ...]:
        """Return the citations of `document` with their targets, in text order."""
        led, said = super().resolve(document), self.store.citations(document.doc_id)
        return tuple(self._aimed(*one) for one in zip(led, said, strict=True))

    def _aimed(self, led: LedCitation, said: Citation) -> LedCitation:
        if said.target_doc_id is None and said.target_clause_id is None:
            return led
        doc_id = said.target_doc_id or self.store.clause(said.target_clause_id or "").doc_id
        over = self.standing.get(doc_id) in (Status.REPEALED, Status.EXPIRED) and led.relation != "repeals"
        aimed = replace(led, target_doc_id=doc_id, target_clause_id=said.target_clause_id)
        return self._followed(replace(aimed, status=NOT_IN_FORCE if over else RESOLVED))


def corrected(store: Store, became: Became | None = None) -> CorrectedStore:
    """Return the store as persons have corrected it; one that is so already is given back."""
    return store if isinstance(store, CorrectedStore) else CorrectedStore(store, became)


def corrected_norms(store: Store, doc_id: str) -> list[Norm]:
    """Return what a document lays on whom, as persons have corrected it."""
    return corrected(store).norms(doc_id)


def corrected_citations(store: Store, doc_id: str) -> list[Citation]:
    """Return the citations of a document as persons have corrected them, not yet led to their targets."""
    return corrected(store).citations(doc_id)


def _with_citations(norm: Norm, citations: Decided[Citation], extracted: Sequence[Citation]) -> Norm:
    """Return a norm with the citations that persons left to it: those rejected go, those added within it come."""
    before = {Span(c.start, c.end) for c in extracted}
    now = [Span(c.start, c.end) for c in citations.records if c.clause_id == norm.clause_id]
    kept = [span for span in norm.citations if span in now]
    added = [s for s in now if norm.start <= s.start < norm.end and (is_added(norm) or s not in before)]
    return replace(norm, citations=tuple(dict.fromkeys((*kept, *added))))
