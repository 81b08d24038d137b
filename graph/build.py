"""The graph from the store: which records become nodes, which become edges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import networkx as nx

from graph.bodies import body_id, issuer_names
from graph.corrected import CorrectedResolver
from graph.resolve import Resolved
from graph.schema import EdgeType, NodeKind
from tiaoli.body_kinds import kind_of
from tiaoli.records import Citation, Clause, Document, Edge
from tiaoli.store import Store

_OF_THE_DOCUMENT = {EdgeType.BASED_ON, EdgeType.AMENDS, EdgeType.REPEALS}  # said by a clause, for its whole document


def build(store: Store, *, at: date | None = None, all_clauses: bool = False) -> nx.MultiDiGraph[str]:
    """Return the graph of the store, frozen: documents, the bodies that issue them, and what they cite.

    Of the clauses only those that cite or are cited stand in it, with the clauses above them; `all_clauses` takes all.
    The default is what questions about references need, at a tenth of the memory; the text and the other clauses of one
    document come faster from the store. `at` is the day for `status`, by default today. Texts are not in the graph.
    """
    resolver = CorrectedResolver.of(store, at=at or date.today())
    G: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document in resolver.documents:
        G.add_node(document.doc_id, **_document_data(document), status=resolver.standing.get(document.doc_id))
    resolved, places = list[Resolved](), list[list[_Place]]()
    for document in resolver.documents:
        resolved.append(Resolved(document, resolver.resolve(document)))
        places.append([_place(clause) for clause in resolver.clauses(document.doc_id)])
    needed = None if all_clauses else _linked(resolved)
    for one, tree in zip(resolved, places, strict=True):
        _add_clauses(G, one.document, tree if needed is None else _with_ancestors(tree, needed))
    for one in resolved:
        for name in _issuers(resolver.store, one.document):
            G.add_node(body_id(name), kind=NodeKind.BODY, label=name, body_kind=kind_of(name))
            _add_edge(G, _issuing(one.document, name))
        for edge in citation_edges(one):
            _add_edge(G, edge)
    return nx.freeze(G)


def edges(store: Store, *, at: date) -> Iterator[Edge]:
    """Yield every edge of the store, all clauses included, document by document; memory does not grow."""
    resolver = CorrectedResolver.of(store, at=at)
    for document in resolver.documents:
        citations = resolver.resolve(document)
        for place in map(_place, resolver.clauses(document.doc_id)):
            yield _containing(document, place)
        for name in _issuers(resolver.store, document):
            yield _issuing(document, name)
        yield from citation_edges(Resolved(document, citations))


def citation_edges(one: Resolved) -> Iterator[Edge]:
    """Yield an edge for each pair of citing and cited; `weight` counts the citations, `clause_id` is the first clause.

    A text that cites itself as a whole (违反本法规定) says nothing about the graph and gives none.
    """
    count: Counter[tuple[str, str, EdgeType]] = Counter()
    first: dict[tuple[str, str, EdgeType], str] = {}
    for citation in one.citations:
        if (target := _target(citation)) is not None:
            kind = EdgeType(citation.relation) if citation.relation in _OF_THE_DOCUMENT else EdgeType.CITES
            key = (one.document.doc_id if kind in _OF_THE_DOCUMENT else citation.clause_id, target, kind)
            count[key] += 1
            first.setdefault(key, citation.clause_id)
    for (source, target, kind), weight in count.items():
        yield Edge(source, target, kind, first[source, target, kind], weight=float(weight))


def _target(citation: Citation) -> str | None:
    """The node that a citation leads to: the provision, or the document where it names no (or no existing) provision."""
    if citation.target_clause_id is not None:
        return citation.target_clause_id
    return citation.target_doc_id if citation.target_doc_id != citation.doc_id else None


def _issuers(store: Store, document: Document) -> tuple[str, ...]:
    """Return the full names of the bodies that issued a document."""
    return tuple(dict.fromkeys(issuer_names(document, store.mentions(document.doc_id)).values()))


def _issuing(document: Document, name: str) -> Edge:
    return Edge(document.doc_id, body_id(name), EdgeType.ISSUED_BY)


class _Place(NamedTuple):
    """A clause without its text: all clauses of a large store fit in memory in this form."""

    clause_id: str
    parent_id: str | None
    kind: str
    label: str
    order: int


def _place(clause: Clause) -> _Place:
    return _Place(clause.clause_id, clause.parent_id, clause.kind, "".join(clause.path), clause.order)


def _linked(resolved: Sequence[Resolved]) -> set[str]:
    """Return the clauses that edges of citations touch."""
    citations = [c for one in resolved for c in one.citations if _target(c) is not None]
    return {c.clause_id for c in citations} | {c.target_clause_id for c in citations if c.target_clause_id is not None}


def _with_ancestors(tree: Sequence[_Place], needed: set[str]) -> list[_Place]:
    """Keep the clauses that are needed and those above them."""
    kept = set[str]()
    for place in reversed(tree):  # a parent stands before its children
        if place.clause_id in needed or place.clause_id in kept:
            kept.update({place.clause_id, place.parent_id or place.clause_id})
    return [place for place in tree if place.clause_id in kept]


def _add_clauses(G: nx.MultiDiGraph[str], document: Document, tree: Iterable[_Place]) -> None:
    for place in tree:
        data = {"label": place.label, "doc_id": document.doc_id, "clause_kind": place.kind, "order": place.order}
        G.add_node(place.clause_id, kind=NodeKind.CLAUSE, **data)
        _add_edge(G, _containing(document, place))


def _containing(document: Document, place: _Place) -> Edge:
    return Edge(place.parent_id or document.doc_id, place.clause_id, EdgeType.CONTAINS, place.clause_id)


def _add_edge(G: nx.MultiDiGraph[str], edge: Edge) -> None:
    G.add_edge(edge.source, edge.target, key=edge.type, type=edge.type, clause_id=edge.clause_id, weight=edge.weight)


def _document_data(document: Document) -> dict[str, object]:
    return {
        "kind": NodeKind.DOCUMENT,
        "label": document.title,
        "doc_type": document.doc_type,
        "level": document.level,
        "region": document.region,
        "promulgated": document.promulgated,
    }
