"""The graph as files that other programs for graphs read: GraphML, GEXF, node-link JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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
    """Write the graph as node-link JSON, as `networkx.node_link_graph(data, edges="edges")` reads it; a node or edge a line."""
    out.write(b'{"directed": true, "multigraph": true, "graph": {}, "nodes": [')
    _write_list(({**known(data), "id": node} for node, data in G.nodes(data=True)), out)
    out.write(b'], "edges": [')
    edges = G.edges(keys=True, data=True)
    _write_list(({**known(data), "source": s, "target": t, "key": str(key)} for s, t, key, data in edges), out)
    out.write(b"]}\n")


def _write_list(items: Iterable[dict[str, Any]], out: BinaryIO) -> None:
    for number, item in enumerate(items):
        out.write((",\n" if number else "\n").encode() + json.dumps(item, ensure_ascii=False).encode())


def known(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that are known, as numbers and text; dates are in ISO form.

    >>> known({"level": 1, "region": None})
    {'level': 1}
    """
    return {
        key: value if isinstance(value, int | float) else str(value) for key, value in data.items() if value is not None
    }


def _plain_graph(G: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return a copy that holds numbers and text only; each edge has an `id`."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    plain.add_nodes_from((node, known(data)) for node, data in G.nodes(data=True))
    edges = enumerate(G.edges(keys=True, data=True))
    plain.add_edges_from((s, t, str(key), known(data) | {"id": f"e{n}"}) for n, (s, t, key, data) in edges)
    return plain
