"""The graph as files that other programs for graphs read: GraphML, GEXF, node-link JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import networkx as nx


def write_graphml(G: nx.MultiDiGraph[str], out: BinaryIO) -> None:
    """Write the graph as GraphML; the key of an edge is its `type`."""
    nx.write_graphml_xml(_plain_graph(G), out, edge_id_from_attribute="id")


def write_gexf(G: nx.MultiDiGraph[str], out: BinaryIO) -> None:
    """Write the graph as GEXF, where `type` says whether an edge has a direction: what an edge says is its `relation`."""
    plain = _plain_graph(G)
    for _, _, data in plain.edges(data=True):
        data["relation"] = data.pop("type")
    nx.write_gexf(plain, out)


def write_json(G: nx.MultiDiGraph[str], out: BinaryIO) -> None:
    """Write the graph as node-link JSON, as `networkx.node_link_graph` reads it, piece by piece."""
    for piece in json.JSONEncoder(ensure_ascii=False).iterencode(node_link(G)):
        out.write(piece.encode())


def node_link(G: nx.MultiDiGraph[str]) -> dict[str, Any]:
    """Return the graph as networkx understands node-link JSON, with `nodes` and `edges`; only what JSON knows is in it."""
    plain: dict[str, Any] = nx.node_link_data(_plain_graph(G, ids=False), edges="edges")
    return plain


def known(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that are known, as numbers and text; dates are in ISO form.

    >>> known({"level": 1, "region": None})
    {'level': 1}
    """
    return {
        key: value if isinstance(value, int | float) else str(value) for key, value in data.items() if value is not None
    }


def _plain_graph(G: nx.MultiDiGraph[str], *, ids: bool = True) -> nx.MultiDiGraph[str]:
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    plain.add_nodes_from((node, known(data)) for node, data in G.nodes(data=True))
    plain.add_edges_from(
        _numbered(G) if ids else ((s, t, str(k), known(d)) for s, t, k, d in G.edges(keys=True, data=True))
    )
    return plain


def _numbered(G: nx.MultiDiGraph[str]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for number, (source, target, key, data) in enumerate(G.edges(keys=True, data=True)):
        yield source, target, str(key), known(data) | {"id": f"e{number}"}
