"""What the graph may hold: kinds of nodes, types of edges, and which kinds each type may join."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import networkx as nx


class NodeKind(StrEnum):
    """What a node is; every node has it as its attribute `kind`."""

    DOCUMENT = "document"
    CLAUSE = "clause"
    BODY = "body"
    NORM = "norm"
    INSTRUMENT = "instrument"  # named in a text but not in the store


class EdgeType(StrEnum):
    """What an edge says; every edge has it as its key and as its attribute `type`."""

    CONTAINS = "contains"
    ISSUED_BY = "issued_by"
    BEARS = "bears"
    HOLDS = "holds"
    OWES = "owes"
    SUPERVISES = "supervises"
    DELEGATES_TO = "delegates_to"
    WORKS_WITH = "works_with"
    ORGAN_OF = "organ_of"
    CITES = "cites"
    BASED_ON = "based_on"
    AMENDS = "amends"
    REPEALS = "repeals"
    IMPLEMENTS = "implements"
    SAME_AS = "same_as"
    DIFFERS_FROM = "differs_from"


OVERVIEW = frozenset(
    {NodeKind.DOCUMENT, NodeKind.BODY, NodeKind.INSTRUMENT}
)  # what stands for clauses and norms, or has none
_D, _C, _B, _N, _I = NodeKind
_TEXTS, _CITED = (_D, _C), (_D, _C, _I)

MAY_JOIN: dict[EdgeType, tuple[tuple[NodeKind, ...], tuple[NodeKind, ...]]] = {
    EdgeType.CONTAINS: (_TEXTS, (_C, _N)),
    EdgeType.ISSUED_BY: ((_D,), (_B,)),
    EdgeType.BEARS: ((_B,), (_N,)),
    EdgeType.HOLDS: ((_B,), (_N,)),
    EdgeType.OWES: ((_B, _N), (_B,)),
    EdgeType.SUPERVISES: ((_B,), (_B,)),
    EdgeType.DELEGATES_TO: ((_B,), (_B,)),
    EdgeType.WORKS_WITH: ((_B,), (_B,)),
    EdgeType.ORGAN_OF: ((_B,), (_B,)),
    EdgeType.CITES: ((_C, _N), _CITED),
    EdgeType.BASED_ON: ((_D,), _CITED),
    EdgeType.AMENDS: ((_D,), _CITED),
    EdgeType.REPEALS: ((_D,), _CITED),
    EdgeType.IMPLEMENTS: ((_D,), (_D, _I)),
    EdgeType.SAME_AS: ((_N, _C), (_N, _C)),
    EdgeType.DIFFERS_FROM: ((_N, _C), (_N, _C)),
}

AMONG_BODIES = (EdgeType.SUPERVISES, EdgeType.DELEGATES_TO, EdgeType.WORKS_WITH, EdgeType.ORGAN_OF)

# Said by no clause: a tree, the head of a document, the name of a body.
_WITHOUT_CLAUSE = (EdgeType.CONTAINS, EdgeType.ISSUED_BY, EdgeType.ORGAN_OF)


def breaches(G: nx.MultiDiGraph[str]) -> Iterator[str]:
    """Yield a line for each node and edge of `G` that the schema does not allow, and each edge without its origin."""
    for node, data in G.nodes(data=True):
        if data.get("kind") not in set(NodeKind):
            yield f"{node}: no kind of node: {data.get('kind')}"
    for source, target, key, data in G.edges(keys=True, data=True):
        if fault := _fault(G, source, target, key, data):
            yield f"{source} -{key}-> {target}: {fault}"


def _fault(G: nx.MultiDiGraph[str], source: str, target: str, key: str, data: dict[str, Any]) -> str:
    if key not in set(EdgeType) or data.get("type") != key:
        return "no type of edge"
    sources, targets = MAY_JOIN[EdgeType(key)]
    if G.nodes[source].get("kind") not in sources or G.nodes[target].get("kind") not in targets:
        return "may not join these kinds"
    if key not in _WITHOUT_CLAUSE and not data.get("clause_id"):
        return "without the clause that it comes from"
    return "" if data.get("weight", 0) > 0 else "without weight"
