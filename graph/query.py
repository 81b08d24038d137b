"""Questions to the graph. Every function takes the graph first and leaves it as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, NamedTuple

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


class Neighbourhood(NamedTuple):
    """What stands around some nodes, small enough to be drawn, and how much of it was left out."""

    graph: nx.MultiDiGraph[str]
    left_out: Mapping[str, Counter[str]]  # of each centre, by type of edge: its neighbours that do not stand in `graph`


class Passing(NamedTuple):
    """Which nodes and edges a neighbourhood may hold; a document passes what stands in it or comes from its clauses."""

    kinds: frozenset[str] = frozenset(NodeKind)
    types: frozenset[str] = frozenset(EdgeType)
    doc_ids: frozenset[str] = frozenset()  # none: all documents

    def edge(self, G: nx.MultiDiGraph[str], source: str, target: str, data: Mapping[str, Any]) -> bool:
        """Whether an edge passes."""
        if data["type"] not in self.types:
            return False
        if not self.doc_ids:
            return True
        said_in = str(data.get("clause_id") or "").partition("#")[0]
        return not self.doc_ids.isdisjoint((said_in, document_of(G, source), document_of(G, target)))


EVERYTHING = Passing()


def neighbours(
    G: nx.MultiDiGraph[str], centres: Sequence[str], passing: Passing = EVERYTHING, *, most: int = 30, limit: int = 500
) -> Neighbourhood:
    """Return what stands around `centres`: at most `most` new nodes around each, the first centre first, `limit` in all.

    A clause, norm or document that is not of a kind that passes is stood for by what contains it: without clauses and norms,
    what their edges say is said of their documents, and `weight` is the sum. Every edge between two of the nodes is there, with
    the first of its clauses. Where there are too many nodes, each type of edge gets the same number in turn, the heaviest first.
    Centres that `G` does not hold are left out.
    """
    known = [node for node in dict.fromkeys(centres) if node in G]
    shown = dict.fromkeys(known)
    ranked = {node: _ranked(around(G, node, passing)) for node in known}
    for found in ranked.values():
        new = (node for node in dict.fromkeys(_in_turn(found.values())) if node not in shown)
        shown.update(dict.fromkeys(islice(new, min(most, max(0, limit - len(shown))))))
    left_out = {
        node: Counter(
            {kind: missing for kind, nodes in found.items() if (missing := sum(n not in shown for n in nodes))}
        )
        for node, found in ranked.items()
    }
    return Neighbourhood(_between(G, shown, passing), left_out)


def joined(
    found: Neighbourhood, others: Iterable[nx.MultiDiGraph[str]], passing: Passing = EVERYTHING
) -> Neighbourhood:
    """Return a neighbourhood with the edges that other graphs know between its nodes and it lacks: it was seen from its centres."""
    small = nx.MultiDiGraph(found.graph)
    for G in others:
        more = _between(G, [node for node in small if node in G], passing)
        missing = [edge for edge in more.edges(keys=True, data=True) if not small.has_edge(*edge[:3])]
        small.add_edges_from(missing)
    return found._replace(graph=small)


def lifted(G: nx.MultiDiGraph[str], kinds: frozenset[str], keep: Iterable[str] = ()) -> nx.MultiDiGraph[str]:
    """Return the graph of the nodes of these kinds, and of those to `keep`, each of which stands for what it contains.

    Around a node that it keeps, `neighbours` finds in it the same as in `G` where nodes of no other kinds pass and no documents
    are chosen: an edge that stands for several has the first of their clauses only.
    """
    kept = set(keep)
    shown = (node for node, kind in G.nodes(data="kind") if kind in kinds or node in kept)
    return _between(G, shown, EVERYTHING)


def container(G: nx.MultiDiGraph[str], node: str) -> str | None:
    """Return what contains a clause or norm directly, None for what nothing contains."""
    return next((source for source, keys in G.pred[node].items() if EdgeType.CONTAINS in keys), None)


def around(G: nx.MultiDiGraph[str], node: str, passing: Passing = EVERYTHING) -> dict[str, Counter[str]]:
    """Return the neighbours of a node and of what it contains, by type of edge, each with the weight of its edges.

    What stands in a document or clause is a neighbour of it where its kind passes: its norms, and the clauses right below it.
    """
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    inside = within(G, node)
    for one in inside:
        for source, target, _, data in _edges_at(G, one):
            other = target if source == one else source
            if other not in inside and passing.edge(G, source, target, data):
                shown = _stand_in(G, other, passing.kinds)
                if shown is not None and shown not in inside:
                    found[data["type"]][shown] += data.get("weight", 1.0)
    if EdgeType.CONTAINS in passing.types:
        below = set(G.successors(node))
        wanted = (n for n in inside - {node} if G.nodes[n]["kind"] == NodeKind.NORM or n in below)
        if held := {n: 1.0 for n in wanted if G.nodes[n]["kind"] in passing.kinds}:
            found[EdgeType.CONTAINS].update(held)
    return dict(found)


def _edges_at(G: nx.MultiDiGraph[str], node: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    yield from G.out_edges(node, keys=True, data=True)
    yield from G.in_edges(node, keys=True, data=True)


def _stand_in(G: nx.MultiDiGraph[str], node: str, kinds: frozenset[str]) -> str | None:
    """Return the node itself or what contains it, whichever first is of these kinds."""
    at: str | None = node
    while at is not None and G.nodes[at]["kind"] not in kinds:
        at = container(G, at)
    return at


def _ranked(found: Mapping[str, Counter[str]]) -> dict[str, list[str]]:
    """Return the neighbours of each type, the heaviest first."""
    return {kind: sorted(count, key=lambda node: (-count[node], node)) for kind, count in sorted(found.items())}


def _in_turn(lists: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the first of each list, then the second of each, and so on."""
    return (node for row in zip_longest(*lists) for node in row if node is not None)


def _between(G: nx.MultiDiGraph[str], shown: Iterable[str], passing: Passing) -> nx.MultiDiGraph[str]:
    """Return the graph of these nodes in which each stands for what it contains, down to the next of them."""
    small: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    small.add_nodes_from((node, G.nodes[node]) for node in shown)
    below = G.adj  # one view for all: each costs time
    stands = {node: node for node in small}
    for node in list(small):
        open_ = [node]
        while open_:
            for child, keys in below[open_.pop()].items():
                if EdgeType.CONTAINS in keys and child not in stands:
                    stands[child] = node
                    open_.append(child)
    for source, node in stands.items():
        for target, keys in below[source].items():
            if (other := stands.get(target, node)) != node:
                for key, data in keys.items():
                    if passing.edge(G, source, target, data):
                        _gather(small, node, other, key, data)
    return small


def _gather(small: nx.MultiDiGraph[str], source: str, target: str, key: str, data: Mapping[str, Any]) -> None:
    """Add an edge, or its weight to the one that is there."""
    clause_id, weight = data.get("clause_id"), data.get("weight", 1.0)
    if small.has_edge(source, target, key):
        there = small.edges[source, target, key]
        there["weight"] += weight
        there["clause_id"] = min(filter(None, (there["clause_id"], clause_id)), default=None)
    else:
        small.add_edge(source, target, key=key, type=key, clause_id=clause_id, weight=weight)


def _link(edge: tuple[str, str, str, dict[str, object]]) -> Link:
    source, target, kind, data = edge
    clause_id, weight = data.get("clause_id"), data.get("weight", 1.0)
    return Link(source, target, kind, str(clause_id) if clause_id else None, float(str(weight)))
