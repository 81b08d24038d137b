"""One document as the reader shows it: which stretch of it, what stands around the clause in question, what to beware of."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TypeVar

from compare.becoming import became
from graph.bodies import body_id
from graph.carrying import Hanging
from graph.corrected import CorrectedStore, corrected
from graph.norms import as_written, with_bodies
from interfaces.pages.library import Library
from office.citing import cited_path, cited_title
from tiaoli.cells import Columns, named_spans
from tiaoli.errors import NotFound
from tiaoli.records import (
    Amendment,
    Assignment,
    Bearer,
    Citation,
    Clause,
    Decision,
    Document,
    Kind,
    Mention,
    Norm,
    Problem,
)
from tiaoli.store import Store

_CUTS = (  # where a long text may be cut, the best places first
    Kind.PART,
    Kind.SUBPART,
    Kind.ATTACHMENT,
    Kind.CHAPTER,
    Kind.HEADING,
    Kind.SECTION,
    Kind.SUBHEADING,
    Kind.ARTICLE,
)
WHOLE = 900  # clauses of a document that is shown in one piece
PART = 500  # clauses of a stretch of a longer one
_LEAST = 200
_LONG = 80  # characters of a clause; one of more counts as several
DIVISIONS = frozenset({Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION})
_OUTER = DIVISIONS | {Kind.HEADING, Kind.SUBHEADING, Kind.ATTACHMENT}
_Found = TypeVar("_Found", Citation, Norm, Mention)
_UNITS = (Kind.ARTICLE, Kind.SUBHEADING, Kind.HEADING)  # what one turns over one by one, where a text has it


@dataclass(frozen=True, slots=True)
class Stretch:
    """Clauses from `start` to `end` (not included), by their order, and how they are called."""

    start: int
    end: int
    label: str


class Reading:
    """A document opened at a clause, or at its beginning."""

    def __init__(self, store: Store, library: Library, document: Document, clause_id: str | None = None) -> None:
        """Read the document; NotFound where it has no such clause."""
        self.document, self.library = document, library
        self.clauses: Sequence[Clause] = store.clauses(document.doc_id)
        self.text = store.text(document.doc_id)
        self.problems: Sequence[Problem] = store.problems(document.doc_id)
        self.assignments: Sequence[Assignment] = store.assignments(document.doc_id)
        self.mentions: Sequence[Mention] = store.mentions(document.doc_id)
        self.norms: Sequence[Norm] = list(with_bodies(store.norms(document.doc_id), self.mentions))
        self.said, self.hanging = _said(store, document)
        self.extracted: Sequence[Norm] = Store.norms(store, document.doc_id) if self.said else self.norms  # as found
        self.extracted_citations: Sequence[Citation] = (
            Store.citations(store, document.doc_id) if self.said else store.citations(document.doc_id)
        )
        self.extracted_mentions: Sequence[Mention] = (
            Store.mentions(store, document.doc_id) if self.said else self.mentions
        )
        self._by_id = {clause.clause_id: clause for clause in self.clauses}
        if clause_id is not None and clause_id not in self._by_id:
            raise NotFound(f"{cited_title(document)}中没有编号为 {clause_id} 的条款。")
        self.aim = self._by_id[clause_id] if clause_id else None

    @cached_property
    def children(self) -> dict[str | None, list[Clause]]:
        """The clauses right below each clause; below None the outermost."""
        found: defaultdict[str | None, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            found[clause.parent_id].append(clause)
        return found

    @cached_property
    def columns(self) -> dict[str, Columns]:
        """The columns of each clause that is a row of a list."""
        return named_spans(self.clauses)

    @cached_property
    def citations(self) -> dict[str, list[Citation]]:
        """The citations of each clause, in text order."""
        return _by_clause(self.library.citations(self.document))

    @cached_property
    def norms_of(self) -> dict[str, list[Norm]]:
        """The norms of each clause, in text order."""
        return _by_clause(self.norms)

    @cached_property
    def mentions_of(self) -> dict[str, list[Mention]]:
        """The bodies that each clause names, in text order."""
        return _by_clause(self.mentions)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {body_id(mention.name): mention.name for mention in self.mentions}

    def body_name(self, bearer: Bearer) -> str:
        """Whom the document means by the name of a bearer."""
        return self._names.get(bearer.body_id or "", bearer.name)

    def bodies_of(self, norm: Norm) -> list[str]:
        """Whom the document means by those on whom a norm lies, each once."""
        return list(dict.fromkeys(map(self.body_name, norm.bearers)))

    def basis_of(self, norm: Norm) -> Iterator[Citation]:
        """The citations that a norm rests on, with their titles as the text writes them."""
        spans = {(span.start, span.end) for span in norm.citations}
        for citation in self.citations.get(norm.clause_id, ()):
            if (citation.start, citation.end) in spans:
                yield as_written(citation)

    @cached_property
    def borne(self) -> Counter[str]:
        """How many norms lie on each body, by the name of the body."""
        return Counter(name for norm in self.norms for name in self.bodies_of(norm))

    def clause_at(self, position: int) -> Clause | None:
        """The clause in which a position of the text lies."""
        at = bisect_right(self._starts, position) - 1
        return self.clauses[at] if at >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.clauses]

    @cached_property
    def amendments(self) -> Sequence[Amendment]:
        """What the document amends in others, in text order."""
        return self.library.amendments(self.document)

    @cached_property
    def doubts(self) -> dict[str, list[Problem]]:
        """The problems of each clause; those without a place stand with the first."""
        found: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in self.problems:
            if (clause := self.place_of(problem)) is not None:
                found[clause.clause_id].append(problem)
        return found

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id, which must be one of the document's."""
        return self._by_id[clause_id]

    def place_of(self, problem: Problem) -> Clause | None:
        """The clause in which a problem begins."""
        at = problem.start or 0
        return next((c for c in reversed(self.clauses) if c.start <= at), next(iter(self.clauses), None))

    def parents(self, clause: Clause) -> Iterator[Clause]:
        """What stands above a clause, the innermost first."""
        while clause.parent_id is not None and (above := self._by_id.get(clause.parent_id)) is not None:
            yield above
            clause = above

    # --- stretches ---------------------------------------------------------------------------------------------------

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The stretches in which a long document is shown; one for a document of usual length."""
        count, sizes = len(self.clauses), self._sizes
        if sizes[-1] <= WHOLE:
            return [Stretch(0, count, "全文")]
        starts = [0]
        while sizes[-1] - sizes[starts[-1]] > PART:
            if (cut := self._cut(starts[-1])) is None:
                break
            starts.append(cut)
        return [Stretch(start, end, self._name(start, end)) for start, end in pairwise((*starts, count))]

    def _cut(self, start: int) -> int | None:
        """Where the stretch from `start` ends: where the text is divided most, never within an article."""
        least, most = self._sizes[start] + _LEAST, self._sizes[start] + PART
        cuts = [c for c in self.clauses[start + 1 :] if c.kind in _CUTS or c.clause_id in self.columns]
        cuts = [c for c in cuts if self._sizes[c.order] >= least]
        near = [c for c in cuts if self._sizes[c.order] <= most] or cuts[:1]
        best = min(near, key=lambda c: (_CUTS.index(c.kind) if c.kind in _CUTS else len(_CUTS), -c.order), default=None)
        return best.order if best else None

    @cached_property
    def _sizes(self) -> list[float]:
        """How much stands before each clause, and in the whole, in clauses of usual length."""
        return list(accumulate((max(1, (c.end - c.start) / _LONG) for c in self.clauses), initial=0.0))

    def _name(self, start: int, end: int) -> str:
        inside = self.clauses[start:end]
        named = [c for c in inside if c.kind is Kind.ARTICLE] or [c for c in inside if c.kind in _OUTER] or list(inside)
        return named[0].label if len(named) == 1 else f"{named[0].label}—{named[-1].label}"

    @cached_property
    def shown(self) -> Stretch:
        """The stretch with the clause in question."""
        at = self.aim.order if self.aim else 0
        return next((s for s in self.stretches if s.start <= at < s.end), self.stretches[0])

    # --- around the clause -------------------------------------------------------------------------------------------

    def outline(self) -> Iterator[tuple[Clause, int, bool]]:
        """Yield what the table of contents holds: a clause, its depth, and whether it is on the page."""
        depth: dict[str, int] = {}
        for clause in self.clauses:
            here = self.shown.start <= clause.order < self.shown.end
            inner = clause.kind is Kind.ARTICLE or clause.clause_id in self.columns
            if clause.kind in _OUTER or (inner and here):
                above = next((p.clause_id for p in self.parents(clause) if p.clause_id in depth), None)
                depth[clause.clause_id] = depth[above] + 1 if above else 0
                yield clause, depth[clause.clause_id], here

    @cached_property
    def unit(self) -> Clause | None:
        """The article (or the heading, in a text without articles) that the clause in question belongs to."""
        if self.aim is None:
            return None
        line = [self.aim, *self.parents(self.aim)]
        return next((c for kind in _UNITS for c in line if c.kind is kind), self.aim)

    def beside(self, step: int) -> Clause | None:
        """The unit before (-1) or after (1) the one in question; at the beginning of the text, its first."""
        if self.unit is None:
            return next(filter(self._is_unit, self.clauses), None) if step > 0 else None
        ordered = self.clauses[self.unit.order + 1 :] if step > 0 else reversed(self.clauses[: self.unit.order])
        return next(filter(self._is_unit, ordered), None)

    def _is_unit(self, clause: Clause) -> bool:
        """Whether one turns over to this clause: what the text is divided into, or the rows of a list."""
        if self._unit_kind is None and self.columns:
            return clause.clause_id in self.columns
        return clause.kind is (self._unit_kind or Kind.PARAGRAPH)

    @cached_property
    def _unit_kind(self) -> Kind | None:
        kinds = {c.kind for c in self.clauses}
        return next((kind for kind in _UNITS if kind in kinds), None)

    def citation(self, clause: Clause) -> str:
        """How a clause is cited, without the title."""
        return cited_path(clause.path, only_paragraph=self._only_paragraph(clause))

    def _only_paragraph(self, clause: Clause) -> bool:
        article = next((c for c in (clause, *self.parents(clause)) if c.kind is Kind.ARTICLE), None)
        return article is not None and sum(c.kind is Kind.PARAGRAPH for c in self.children[article.clause_id]) == 1


def _said(store: Store, document: Document) -> tuple[tuple[Decision, ...], tuple[Hanging, ...]]:
    """What persons said of a document and of names in all: what holds in it, and what is about words that it has no longer."""
    if not isinstance(store, CorrectedStore):
        return (), ()
    everywhere = tuple(store.said.everywhere)
    if not store.said.concerns(document.doc_id):
        return everywhere, ()
    found = store.corrected(document.doc_id)
    return (*everywhere, *found.holding), found.hanging


def _by_clause(found: Iterable[_Found]) -> dict[str, list[_Found]]:
    by_clause: defaultdict[str, list[_Found]] = defaultdict(list)
    for one in found:
        by_clause[one.clause_id].append(one)
    return by_clause


def open_reading(store: Store, library: Library, clause_id: str, doc_id: str) -> Reading:
    """Return the document opened at a clause or, without one, at its beginning; NotFound says what there is not."""
    if clause_id:
        document_id = store.clause(clause_id).doc_id
        return Reading(corrected(store, became), library, library.by_id[document_id], clause_id)
    if doc_id not in library.by_id:
        raise NotFound(f"库中没有编号为 {doc_id} 的文件。")
    return Reading(corrected(store, became), library, library.by_id[doc_id])
