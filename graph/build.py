"""Graphs for networkx from what is kept: the whole of it, its references alone, or what stands around some nodes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from sys import intern
from typing import Any

import networkx as nx

from graph.bodies import PREFIX
from graph.kept import KeptGraph
from graph.part import INSTRUMENT, PartEdge
from graph.resolve import Resolver
from graph.schema import EdgeType, NodeKind
from tiaoli.records import Body, Clause, Document, Edge, Norm

REFERENCES = (EdgeType.CITES, EdgeType.BASED_ON, EdgeType.AMENDS, EdgeType.REPEALS, EdgeType.IMPLEMENTS)
ALIKE = (EdgeType.SAME_AS, EdgeType.DIFFERS_FROM)
_NORM = re.compile(r"~[np][^/#]*$")  # ends the id of a norm; a repeated label ends in ~2


def whole(kept: KeptGraph, resolver: Resolver, *, all_clauses: bool = False) -> nx.MultiDiGraph[str]:
    """Return all of the graph, frozen, with the status of documents as `resolver` has it.

    Of the clauses only those stand in it that cite, are cited or hold norms, with the clauses above them; `all_clauses`
    takes all. Texts of clauses are not in the graph.
    """
    G: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    _add_documents(G, resolver, resolver.documents)
    found = list(kept.edges())
    needed = None if all_clauses else _ends(found)
    for document in resolver.documents:
        norms = resolver.store.norms(document.doc_id)
        clauses = resolver.store.clauses(document.doc_id)
        if needed is not None:
            holding = {norm.clause_id for norm in norms}
            clauses = _with_ancestors(clauses, needed, holding)
        _add_clauses(G, clauses)
        _add_norms(G, norms)
    _add_bodies(G, kept.bodies())
    _add_edges(G, (*found, *_organs(kept), *kept.alike()))
    return nx.freeze(G)


def references(kept: KeptGraph, resolver: Resolver) -> nx.MultiDiGraph[str]:
    """Return the documents, who issued them and what they refer to, frozen; clauses stand in it where they cite or are cited.

    This is what questions about documents need, at a tenth of the memory of the whole.
    """
    G: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    _add_documents(G, resolver, resolver.documents)
    found = kept.edges_of((*REFERENCES, EdgeType.ISSUED_BY))
    needed = _ends(found)
    for doc_id in dict.fromkeys(node.partition("#")[0] for node in sorted(needed)):
        if doc_id in G:
            _add_clauses(G, _with_ancestors(resolver.store.clauses(doc_id), needed))
    _add_bodies(G, kept.bodies_by_id(edge.target for edge in found).values())
    _add_edges(G, found)
    return nx.freeze(G)


def around(
    kept: KeptGraph, resolver: Resolver, nodes: Iterable[str], types: Collection[EdgeType] = tuple(EdgeType)
) -> nx.MultiDiGraph[str]:
    """Return nodes with what one edge of these types joins them to, frozen.

    A document brings its clauses that cite or are cited, a clause its norms; each clause comes with those above it. Nodes
    that are not known are left out.
    """
    G: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    centres = _with_parts(kept, resolver, nodes)
    found = list(
        dict.fromkeys((*kept.edges_from(centres, types), *kept.edges_to(centres, types)))
    )  # both ends may be centres
    if EdgeType.ORGAN_OF in types:
        found += _organs_at(kept, centres)
    if not set(ALIKE).isdisjoint(types):
        found += [edge for edge in kept.alike_to(n for n in centres if _NORM.search(n)) if edge.type in types]
    _add_nodes(G, kept, resolver, [*centres, *(end for edge in found for end in edge[:2])])
    _add_edges(G, (edge for edge in found if edge.source in G and edge.target in G))
    return nx.freeze(G)


def edges(kept: KeptGraph, resolver: Resolver) -> Iterator[Edge]:
    """Yield every edge of the graph, all clauses included; memory does not grow."""
    for document in resolver.documents:
        for clause in resolver.store.clauses(document.doc_id):
            yield _record(_containing(clause))
        for norm in resolver.store.norms(document.doc_id):
            yield _record(_holding(norm))
        yield from map(_record, kept.edges(document.doc_id))
    yield from map(_record, _organs(kept))
    yield from map(_record, kept.alike())


def _record(edge: PartEdge) -> Edge:
    return Edge(edge.source, edge.target, edge.type, edge.clause_id, edge.norm_id, edge.weight)


# --- nodes -----------------------------------------------------------------------------------------------------------


def kind_of_node(node: str) -> NodeKind:
    """Return what the id of a node says that it is.

    >>> [kind_of_node(node).value for node in ("办法", "办法#第一条~2", "办法#第一条~n1", "机构/国务院", "文书/某法")]
    ['document', 'clause', 'norm', 'body', 'instrument']
    """
    if node.startswith(PREFIX):
        return NodeKind.BODY
    if node.startswith(INSTRUMENT):
        return NodeKind.INSTRUMENT
    if "#" not in node:
        return NodeKind.DOCUMENT
    return NodeKind.NORM if _NORM.search(node) else NodeKind.CLAUSE


def _with_parts(kept: KeptGraph, resolver: Resolver, nodes: Iterable[str]) -> list[str]:
    """Return nodes with the clauses and norms that stand for them: those of a document that have edges, the norms of a clause."""
    found = list(dict.fromkeys(nodes))
    for node in list(found):
        kind = kind_of_node(node)
        if kind is NodeKind.DOCUMENT:
            found += kept.citing_clauses(node)
        elif kind is NodeKind.CLAUSE:
            doc_id = node.partition("#")[0]
            found += [n.norm_id for n in resolver.store.norms(doc_id) if _is_within(n.clause_id, node)]
    return list(dict.fromkeys(found))


def _is_within(clause_id: str, other: str) -> bool:
    return clause_id == other or clause_id.startswith(f"{other}/")


def _add_nodes(G: nx.MultiDiGraph[str], kept: KeptGraph, resolver: Resolver, nodes: Iterable[str]) -> None:
    by_kind: dict[NodeKind, list[str]] = {}
    for node in dict.fromkeys(nodes):
        by_kind.setdefault(kind_of_node(node), []).append(node)
    norms = resolver.store.norms_by_id(by_kind.get(NodeKind.NORM, ()))
    clauses = resolver.store.clauses_by_id((*by_kind.get(NodeKind.CLAUSE, ()), *(n.clause_id for n in norms.values())))
    while above := {c.parent_id for c in clauses.values() if c.parent_id is not None} - clauses.keys():
        clauses |= resolver.store.clauses_by_id(sorted(above))
    documents = dict.fromkeys((*by_kind.get(NodeKind.DOCUMENT, ()), *(c.doc_id for c in clauses.values())))
    _add_documents(G, resolver, [d for d in resolver.documents if d.doc_id in documents])
    for clause in clauses.values():
        if clause.doc_id in G:
            _add_clause(G, clause)
    _add_edges(G, (_containing(clause) for clause in clauses.values() if clause.clause_id in G))
    _add_norms(G, [norm for norm in norms.values() if norm.clause_id in G])
    _add_bodies(G, kept.bodies_by_id(by_kind.get(NodeKind.BODY, ())).values())
    for node in by_kind.get(NodeKind.INSTRUMENT, ()):
        _add_instrument(G, node)


def _add_documents(G: nx.MultiDiGraph[str], resolver: Resolver, documents: Iterable[Document]) -> None:
    for document in documents:
        G.add_node(
            document.doc_id,
            kind=NodeKind.DOCUMENT,
            label=document.title,
            doc_type=document.doc_type,
            level=document.level,
            region=document.region,
            promulgated=document.promulgated,
            status=resolver.standing.get(document.doc_id),
        )


def _add_clauses(G: nx.MultiDiGraph[str], clauses: Iterable[Clause]) -> None:
    for clause in clauses:
        _add_clause(G, clause)
        _add_edges(G, (_containing(clause),))


def _add_clause(G: nx.MultiDiGraph[str], clause: Clause) -> None:
    G.add_node(
        _shared(clause.clause_id),
        kind=NodeKind.CLAUSE,
        label="".join(clause.path),
        doc_id=_shared(clause.doc_id),
        clause_kind=clause.kind,
        order=clause.order,
    )


def _with_ancestors(clauses: Sequence[Clause], *needed: Collection[str]) -> list[Clause]:
    """Keep the clauses that are needed and those above them."""
    kept = set[str]()
    for clause in reversed(clauses):  # a parent stands before its children
        if any(clause.clause_id in some for some in (kept, *needed)):
            kept.update({clause.clause_id, clause.parent_id or clause.clause_id})
    return [clause for clause in clauses if clause.clause_id in kept]


def _add_norms(G: nx.MultiDiGraph[str], norms: Iterable[Norm]) -> None:
    for norm in norms:
        G.add_node(
            _shared(norm.norm_id),
            kind=NodeKind.NORM,
            label=norm.text,
            doc_id=_shared(norm.doc_id),
            norm_kind=norm.kind,
            strength=norm.strength,
            power_type=norm.power_type,
        )
        _add_edges(G, (_holding(norm),))


def _add_bodies(G: nx.MultiDiGraph[str], bodies: Iterable[Body]) -> None:
    for body in bodies:
        data = {"label": body.name, "body_kind": body.kind, "body_level": body.level, "region": body.region}
        G.add_node(body.body_id, kind=NodeKind.BODY, **data)


def _add_instrument(G: nx.MultiDiGraph[str], node: str) -> None:
    G.add_node(node, kind=NodeKind.INSTRUMENT, label=node.removeprefix(INSTRUMENT))


# --- edges -----------------------------------------------------------------------------------------------------------


def _ends(found: Iterable[PartEdge]) -> set[str]:
    """Return the clauses that edges touch: those at their ends and those in which the norms at their ends stand."""
    return {end for edge in found for end in (*edge[:2], edge.clause_id) if end is not None and "#" in end}


def _containing(clause: Clause) -> PartEdge:
    return PartEdge(clause.parent_id or clause.doc_id, clause.clause_id, EdgeType.CONTAINS, rule="tree")


def _holding(norm: Norm) -> PartEdge:
    return PartEdge(norm.clause_id, norm.norm_id, EdgeType.CONTAINS, rule="tree")


def _organs(kept: KeptGraph) -> Iterator[PartEdge]:
    for body in kept.bodies():
        if body.parent_id is not None:
            yield PartEdge(body.body_id, body.parent_id, EdgeType.ORGAN_OF, rule="name")


def _organs_at(kept: KeptGraph, nodes: Iterable[str]) -> Iterator[PartEdge]:
    for body in kept.bodies_by_id(nodes).values():
        if body.parent_id is not None:
            yield PartEdge(body.body_id, body.parent_id, EdgeType.ORGAN_OF, rule="name")
        for part in kept.parts_of(body.body_id):
            yield PartEdge(part.body_id, body.body_id, EdgeType.ORGAN_OF, rule="name")


def _add_edges(G: nx.MultiDiGraph[str], found: Iterable[PartEdge]) -> None:
    """Add edges; where several documents say the same, the weights add up and the first is the origin."""
    for edge in found:
        for node in edge[:2]:
            if node not in G and node.startswith(INSTRUMENT):
                _add_instrument(G, node)
        if G.has_edge(edge.source, edge.target, edge.type):
            G.edges[edge.source, edge.target, edge.type]["weight"] += edge.weight
        else:
            data = {name: _shared(value) for name, value in edge._asdict().items() if value not in (None, "")}
            G.add_edge(data.pop("source"), data.pop("target"), key=edge.type, **data)


def _shared(value: Any) -> Any:  # noqa: ANN401
    """Return the same string for the same words: a large graph names each node many times."""
    return intern(value) if type(value) is str else value
