"""The picture of a neighbourhood as data for the browser: boxes and lines with words, colour classes and links; no widgets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

import networkx as nx

from graph import query
from graph.schema import EdgeType, NodeKind
from interfaces.pages.address import BODY, GRAPH, clause_href, doc_href, href
from interfaces.pages.graph_view import KINDS, LIMIT, RELATIONS, Layout, View, tallied
from interfaces.pages.library import LEVELS

Graph: TypeAlias = "nx.MultiDiGraph[str]"
Element: TypeAlias = dict[str, Any]
_WIDE, _HIGH = 12, 3  # characters and lines of a box
_LAST = 99  # rank of what has none
_NO_RANK = {NodeKind.BODY: 0, NodeKind.INSTRUMENT: _LAST - 1}
_TOKEN = re.compile(r"[（《“]*(?:[A-Za-z0-9]+|.)[）》”、，]*")  # a number stays whole, brackets with what they hold


class Picture(NamedTuple):
    """What is drawn, as the browser takes it, and what is not."""

    nodes: list[Element]
    edges: list[Element]
    drawn: Graph
    left_out: Mapping[str, Counter[str]]  # of each centre, by type of edge

    @property
    def missing(self) -> Counter[str]:
        """How many neighbours are left out in all, by type of edge."""
        return sum(self.left_out.values(), Counter[str]())


Beside: TypeAlias = Callable[
    [Graph], Iterable[Graph]
]  # graphs that may know more edges between the nodes of a small one


def picture(G: Graph, view: View, beside: Beside = lambda small: ()) -> Picture:
    """Return the picture that a view asks for; its node must stand in `G`, which need hold no more than stands around it.

    `beside` gives the graphs that know what joins the neighbours to one another, where `G` does not.
    """
    passing = view.passing(NodeKind(G.nodes[view.node]["kind"]))
    found = query.neighbours(G, view.centres, passing, most=view.most, limit=LIMIT)
    found = query.joined(found, beside(found.graph), passing)
    names = Counter(_name(G, node) for node in found.graph)
    nodes = [_box(G, found, node, view, alone=names[_name(G, node)] == 1) for node in found.graph]
    if view.layout is Layout.DOCUMENTS:
        nodes = _grouped(G, nodes)
    if view.layout is Layout.LEVELS:
        nodes = _ranked(G, nodes)
    held = {(node.get("parent"), node["id"]) for node in nodes}  # what a box around boxes says without a line
    edges = [
        _line(s, t, key, data)
        for s, t, key, data in found.graph.edges(keys=True, data=True)
        if (s, t) not in held and (t, s) not in held
    ]
    return Picture(nodes, edges, found.graph, found.left_out)


def title(G: Graph, node: str) -> str:
    """What a node is called: a clause with its document."""
    whose = _document_title(G, node) if G.nodes[node]["kind"] == NodeKind.CLAUSE else ""
    return whose + _name(G, node)


def page_of(G: Graph, node: str) -> str | None:
    """The page on which a node is read: a clause, a document, a body, the clause of a norm; None where it has none."""
    data = G.nodes[node]
    if data["kind"] == NodeKind.BODY:
        return href(BODY, name=node)
    if data["kind"] == NodeKind.DOCUMENT:
        return doc_href(node)
    if data["kind"] == NodeKind.CLAUSE:
        return clause_href(node)
    clause_id = query.container(G, node) if data["kind"] == NodeKind.NORM else None
    return clause_href(clause_id) if clause_id else None


def _document_title(G: Graph, node: str) -> str:
    document = query.document_of(G, node)
    return f"《{title(G, document)}》" if document is not None and document in G else ""


def _box(G: Graph, found: query.Neighbourhood, node: str, view: View, *, alone: bool) -> Element:
    kind = NodeKind(G.nodes[node]["kind"])
    year = "" if alone else _year(G, node)
    lines = _lines(_short(G, node, grouped=view.layout is Layout.DOCUMENTS) + year)
    left_out: Mapping[str, int] = found.left_out.get(node, {})
    opened = node in view.centres
    return {
        "id": node,
        "kind": kind.value,
        "what": KINDS[kind],
        "title": title(G, node) + year,
        "label": "\n".join(lines),
        "columns": max(map(_columns, lines)),
        "rows": len(lines),
        "order": G.nodes[node].get("order"),
        "centre": node == view.node,
        "opened": opened,
        "open": None if node == view.node else view.toggled(node).href,
        "about": None if node == view.node else href(GRAPH, node=node),
        "page": page_of(G, node),
        "to": "机关页" if kind is NodeKind.BODY else "打开原文",
        "rest": f"未画出：{tallied(left_out)}" if left_out else "",
    }


def _name(G: Graph, node: str) -> str:
    return " ".join(str(G.nodes[node].get("label") or node).split())


def _year(G: Graph, node: str) -> str:
    """What tells two documents of one title apart."""
    promulgated = G.nodes[node].get("promulgated")
    return f"（{str(promulgated)[:4]}）" if promulgated else ""


def _short(G: Graph, node: str, *, grouped: bool) -> str:
    """The words in a box; a clause says whose it is unless it stands in the box of its document."""
    whose = G.nodes[node]["kind"] == NodeKind.CLAUSE and not grouped
    return f"{_name(G, node)} {_document_title(G, node)}" if whose else _name(G, node)


def _lines(words: str) -> list[str]:
    """A name in lines that fit into a box.

    >>> _lines("江川市人民政府办公室关于印发江川市公益性公墓建设管理办法的通知")
    ['江川市人民政府办公室关于', '印发江川市公益性公墓建设', '管理办法的通知']
    >>> _lines("江川市民政局权责清单（2025年版）")
    ['江川市民政局权责清单', '（2025年版）']
    """
    lines, room = [""], float(_WIDE)
    for token in _TOKEN.findall(words):
        need = _columns(token)
        if lines[-1] and need > room:
            lines.append("")
            room = _WIDE
        lines[-1] += token
        room -= need
    if len(lines) > _HIGH:
        return [*lines[: _HIGH - 1], lines[_HIGH - 1][: _WIDE - 1] + "…"]
    return lines if words else ["（无标题）"]


def _columns(words: str) -> float:
    """How wide words are, in Chinese characters."""
    return sum(0.6 if letter.isascii() else 1.0 for letter in words)


def _grouped(G: Graph, nodes: list[Element]) -> list[Element]:
    """Put clauses and norms into a box of their document; a document that is drawn as a node becomes that box."""
    documents = {node["id"]: query.document_of(G, node["id"]) for node in nodes}
    inside = {node: document for node, document in documents.items() if document in G and document != node}
    groups = dict.fromkeys(inside.values())
    known = {node["id"] for node in nodes}
    for node in nodes:
        if node["id"] in inside:
            node["parent"] = inside[node["id"]]
        node["group"] = node["id"] in groups
    return nodes + [_group(G, document) for document in groups if document is not None and document not in known]


def _group(G: Graph, document: str) -> Element:
    return {
        "id": document,
        "kind": NodeKind.DOCUMENT.value,
        "what": KINDS[NodeKind.DOCUMENT],
        "title": title(G, document),
        "label": title(G, document),
        "group": True,
        "opened": False,
        "about": href(GRAPH, node=document),
        "page": doc_href(document),
        "to": "打开原文",
    }


def _ranked(G: Graph, nodes: list[Element]) -> list[Element]:
    """Tell the rank of each box, that of its document, and add a sign for each rank."""
    for node in nodes:
        document = query.document_of(G, node["id"])
        level = G.nodes[document].get("level") if document is not None and document in G else None
        node["rank"] = level if level in LEVELS else _NO_RANK.get(NodeKind(node["kind"]), _LAST)
    signs = {**LEVELS, **{rank: KINDS[kind] for kind, rank in _NO_RANK.items()}, _LAST: "其他"}
    return nodes + [_sign(rank, signs[rank]) for rank in sorted({node["rank"] for node in nodes})]


def _sign(rank: int, words: str) -> Element:
    lines = _lines(words)
    look = {"label": "\n".join(lines), "columns": max(map(_columns, lines)), "rows": len(lines)}
    return {"id": f"rank {rank}", "kind": "sign", "title": words, "rank": rank, "sign": True, **look}


def _line(source: str, target: str, key: str, data: Mapping[str, Any]) -> Element:
    name, weight = RELATIONS[EdgeType(key)], round(data["weight"])
    clause_id = data.get("clause_id")
    return {
        "id": f"{key}\t{source}\t{target}",
        "source": source,
        "target": target,
        "type": key,
        "what": name,
        "label": f"{name} {weight:,}" if weight > 1 else name,
        "weight": weight,
        "page": clause_href(clause_id) if clause_id else None,
        "to": "打开依据条款",
    }
