"""The graph as files that other programs for graphs read: GraphML, GEXF, node-link JSON. Written a node and an edge at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

import networkx as nx
from lxml import etree

from graph.columns import Type, columns, written
from graph.xml_text import xml_text

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"
_ATTRIBUTES = "node", "edge"  # in both forms the attributes of nodes and those of edges are declared apart


def write_graphml(G: nx.MultiDiGraph[str], out: BinaryIO) -> None:
    """Write the graph as GraphML; what is not known is left out, days are text in ISO form."""
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("graphml", nsmap={None: _GRAPHML}):
            for use, types in zip(_ATTRIBUTES, _types(G), strict=True):
                for name, kind in types.items():
                    key = {"id": f"{use}_{name}", "for": use, "attr.name": name, "attr.type": _plain(kind)}
                    file.write(etree.Element("key", key))
            with file.element("graph", edgedefault="directed"):
                for node, data in G.nodes(data=True):
                    file.write(_graphml("node", data, id=node))
                for number, (source, target, data) in enumerate(G.edges(data=True)):
                    file.write(_graphml("edge", data, id=f"e{number}", source=source, target=target))


def _graphml(use: str, data: Mapping[str, Any], **place: str) -> etree._Element:
    element = etree.Element(use, {name: xml_text(value) for name, value in place.items()})
    for name, value in data.items():
        if value is not None:
            etree.SubElement(element, "data", key=f"{use}_{name}").text = xml_text(written(value))
    return element


def write_gexf(G: nx.MultiDiGraph[str], out: BinaryIO) -> None:
    """Write the graph as GEXF, where `type` says whether an edge has a direction: what an edge says is its `relation`."""
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with (
            file.element("gexf", nsmap={None: _GEXF}, version="1.2"),
            file.element("graph", defaultedgetype="directed", mode="static"),
        ):
            for use, types in zip(_ATTRIBUTES, _types(G), strict=True):
                with file.element("attributes", {"class": use, "mode": "static"}):
                    for name, kind in types.items():
                        key = {"id": f"{use}_{name}", "title": _title(use, name), "type": _plain(kind)}
                        file.write(etree.Element("attribute", key))
            with file.element("nodes"):
                for node, data in G.nodes(data=True):
                    file.write(_gexf("node", data, id=node, label=str(data.get("label") or node)))
            with file.element("edges"):
                for number, (source, target, data) in enumerate(G.edges(data=True)):
                    weight = written(data.get("weight", 1.0))
                    file.write(_gexf("edge", data, id=f"e{number}", source=source, target=target, weight=weight))


def _gexf(use: str, data: Mapping[str, Any], **place: str) -> etree._Element:
    element = etree.Element(use, {name: xml_text(value) for name, value in place.items()})
    values = etree.SubElement(element, "attvalues")
    for name, value in data.items():
        if value is not None and name not in place:
            etree.SubElement(values, "attvalue", {"for": f"{use}_{name}", "value": xml_text(written(value))})
    return element


def _title(use: str, name: str) -> str:
    return "relation" if (use, name) == ("edge", "type") else name


def _types(G: nx.MultiDiGraph[str]) -> tuple[dict[str, Type], dict[str, Type]]:
    nodes, edges = (data for _, data in G.nodes(data=True)), (data for _, _, data in G.edges(data=True))
    return columns(nodes), columns(edges)


def _plain(kind: Type) -> str:
    """Return the name of a type; these forms know no days."""
    return Type.TEXT if kind is Type.DAY else kind


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
    """Return the attributes that are known, as numbers and text; days are in ISO form.

    >>> known({"level": 1, "region": None})
    {'level': 1}
    """
    return {
        key: value if isinstance(value, int | float) else str(value) for key, value in data.items() if value is not None
    }
