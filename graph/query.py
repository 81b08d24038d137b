"""Questions to the graph. Every function takes the graph first and leaves it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import networkx as nx

from graph.bodies import body_id
from graph.schema import EdgeType, NodeKind

REFERENCES = (EdgeType.CITES, EdgeType.BASED_ON, EdgeType.AMENDS, EdgeType.REPEALS)


class Link(NamedTuple):
    """An edge with what it comes from."""

    source: str
    target: str
    type: str
    clause_id: str | None
    weight: float


def documents_of(G: nx.MultiDiGraph[str], body: str) -> list[str]:
    """Return the ids of the documents that a body issued, by its id or its name; none where it is not known."""
    node = body if body in G else body_id(body)
    if node not in G:
        return []
    return sorted(s for s, _, kind in G.in_edges(node, keys=True) if kind == EdgeType.ISSUED_BY)


def bodies_of(G: nx.MultiDiGraph[str], doc_id: str) -> list[str]:
    """Return the ids of the bodies that issued a document, in the order in which it names them."""
    return [t for _, t, kind in G.out_edges(doc_id, keys=True) if kind == EdgeType.ISSUED_BY]


def cites(G: nx.MultiDiGraph[str], node: str, *, types: Iterable[str] = REFERENCES) -> list[Link]:
    """Return what a document or clause refers to, with all that stands below it; references within it are left out."""
    inside, wanted = within(G, node), set(types)
    edges = (e for n in inside for e in G.out_edges(n, keys=True, data=True))
    return sorted(_link(e) for e in edges if e[2] in wanted and e[1] not in inside)


def cited_by(G: nx.MultiDiGraph[str], node: str, *, types: Iterable[str] = REFERENCES) -> list[Link]:
    """Return what refers to a document or clause, or to anything below it; references within it are left out."""
    inside, wanted = within(G, node), set(types)
    edges = (e for n in inside for e in G.in_edges(n, keys=True, data=True))
    return sorted(_link(e) for e in edges if e[2] in wanted and e[0] not in inside)


def within(G: nx.MultiDiGraph[str], node: str) -> set[str]:
    """Return a node with all that it contains; only itself where it contains nothing, none where it is not known."""
    if node not in G:
        return set()
    found, open_ = {node}, [node]
    while open_:
        for _, target, kind in G.out_edges(open_.pop(), keys=True):
            if kind == EdgeType.CONTAINS and target not in found:
                found.add(target)
                open_.append(target)
    return found


def document_of(G: nx.MultiDiGraph[str], node: str) -> str | None:
    """Return the document that a node stands in: of a clause its own, of a document itself, of a body none."""
    data = G.nodes[node]
    return node if data["kind"] == NodeKind.DOCUMENT else data.get("doc_id")


def neighbours(G: nx.MultiDiGraph[str], node: str, *, depth: int = 1, limit: int = 60) -> nx.MultiDiGraph[str]:
    """Return what stands around a document or body as a small graph of documents and bodies, to be drawn.

    References between clauses become edges between their documents, `weight` counts them. Where there are more than `limit`
    nodes, those with the most references are kept. A clause stands for its document; an unknown node gives an empty graph.
    """
    small: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    centre = document_of(G, node) or node if node in G else None
    if centre is None:
        return small
    small.add_node(centre, **G.nodes[centre])
    ring = [centre]
    for _ in range(depth):
        ring = _grow(G, small, ring, limit)
    return small


def _grow(G: nx.MultiDiGraph[str], small: nx.MultiDiGraph[str], ring: Iterable[str], limit: int) -> list[str]:
    """Add the neighbours of `ring`, the strongest first, and return those that are new."""
    links: dict[tuple[str, str, str], float] = {}
    for node in ring:
        for link in _around(G, node):
            links[link[:3]] = max(links.get(link[:3], 0.0), link[3])
    added: list[str] = []
    for (source, target, kind), weight in sorted(links.items(), key=lambda item: (-item[1], item[0])):
        new = [n for n in (source, target) if n not in small]
        if len(small) + len(new) <= limit:
            for n in new:
                small.add_node(n, **G.nodes[n])
                added.append(n)
            small.add_edge(source, target, key=kind, type=kind, weight=weight)
    return added


def _around(G: nx.MultiDiGraph[str], node: str) -> Iterator[tuple[str, str, str, float]]:
    """Yield the edges of a document or body between whole documents and bodies."""
    total: dict[tuple[str, str, str], float] = {}
    for link in (*cites(G, node), *cited_by(G, node), *_issues(G, node)):
        source, target = document_of(G, link.source) or link.source, document_of(G, link.target) or link.target
        total[source, target, link.type] = total.get((source, target, link.type), 0.0) + link.weight
    for key, weight in total.items():
        yield (*key, weight)


def _issues(G: nx.MultiDiGraph[str], node: str) -> Iterator[Link]:
    for edge in (*G.out_edges(node, keys=True, data=True), *G.in_edges(node, keys=True, data=True)):
        if edge[2] == EdgeType.ISSUED_BY:
            yield _link(edge)


def _link(edge: tuple[str, str, str, dict[str, object]]) -> Link:
    source, target, kind, data = edge
    clause_id, weight = data.get("clause_id"), data.get("weight", 1.0)
    return Link(source, target, kind, str(clause_id) if clause_id else None, float(str(weight)))
