"""What the graph page shows of one document or body: a picture's description, and tables; no widgets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import networkx as nx

from graph import query
from graph.schema import EdgeType, NodeKind
from interfaces.pages.address import GRAPH, clause_href, doc_href, href
from interfaces.pages.library import Library
from interfaces.parts import badge, title_link
from interfaces.theme import esc
from tiaoli.records import Document

Graph: TypeAlias = "nx.MultiDiGraph[str]"
RELATIONS = {
    EdgeType.CITES: "引用",
    EdgeType.BASED_ON: "依据",
    EdgeType.AMENDS: "修改",
    EdgeType.REPEALS: "废止",
    EdgeType.ISSUED_BY: "制定",
}
_MOST_DRAWN = 25  # nodes of the picture
_MOST_LISTED = 30  # in a list of the most …
_WIDE, _HIGH = 13, 3  # characters and lines of a box
_TOKEN = re.compile(r"[A-Za-z0-9]+|.")  # a number stays whole
_LETTER, _LINE = 0.155, 0.19  # inches, at the size of the picture's letters


def is_body(G: Graph, node: str) -> bool:
    """Whether a node is a body."""
    return bool(G.nodes[node]["kind"] == NodeKind.BODY)


def title(G: Graph, node: str) -> str:
    """What a document or body is called."""
    return str(G.nodes[node].get("label") or node)


# --- the picture -----------------------------------------------------------------------------------------------------


def picture(G: Graph, node: str) -> tuple[str, int]:
    """Return what stands around a node in the DOT language, and how many nodes that is.

    From left to right: what cites it, the node itself, what it cites and who issued it. Each node is a link to its own picture.
    """
    small = query.neighbours(G, node, limit=_MOST_DRAWN)
    name = {n: f"n{at}" for at, n in enumerate(small)}
    boxes = [_box(small, n, name[n], n == node) for n in small]
    arrows = [_arrow(name[s], name[t], key, data) for s, t, key, data in small.edges(keys=True, data=True)]
    look = (
        'graph [rankdir=LR, bgcolor="transparent", nodesep=0.14, ranksep=1.1]; '
        'node [shape=box, style=rounded, fontname="sans-serif", fontsize=11, fixedsize=true]; '
        'edge [fontname="sans-serif", fontsize=9, arrowsize=0.6];'
    )
    return f"digraph {{ {look} {' '.join((*boxes, *arrows))} }}", len(small)


def _box(small: Graph, node: str, name: str, centre: bool) -> str:
    lines = _lines(title(small, node))
    width, high = max(map(len, lines)) * _LETTER + 0.3, len(lines) * _LINE + 0.16
    css = "centre" if centre else "body" if is_body(small, node) else "document"
    words = "\\n".join(_quoted(line) for line in lines)
    link = "" if centre else f', URL="{_quoted(href(GRAPH, node=node))}"'
    tip = _quoted(title(small, node))
    return f'{name} [label="{words}", class="{css}", width={width:.2f}, height={high:.2f}, tooltip="{tip}"{link}];'


def _lines(words: str) -> list[str]:
    """A title in lines that fit into a box.

    >>> _lines("江川市人民政府办公室关于印发江川市公益性公墓建设管理办法的通知")
    ['江川市人民政府办公室关于印', '发江川市公益性公墓建设管理', '办法的通知']
    >>> _lines("江川市民政局权责清单（2025年版）")
    ['江川市民政局权责清单（', '2025年版）']
    """
    lines, room = [""], float(_WIDE)
    for token in _TOKEN.findall(words):
        need = len(token) * (0.6 if token.isascii() else 1)
        if lines[-1] and need > room:
            lines.append("")
            room = _WIDE
        lines[-1] += token
        room -= need
    if len(lines) > _HIGH:
        return [*lines[: _HIGH - 1], lines[_HIGH - 1][: _WIDE - 1] + "…"]
    return lines if words else ["（无标题）"]


def _quoted(words: str) -> str:
    """Words as they stand between the quotes of DOT, where a backslash begins a command."""
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _arrow(source: str, target: str, key: str, data: Mapping[str, Any]) -> str:
    name, weight = RELATIONS.get(EdgeType(key), key), int(data["weight"])
    if key == EdgeType.ISSUED_BY:
        return f'{source} -> {target} [label="{name}", style=dashed, class="issued"];'
    return f'{source} -> {target} [label="{name} {weight}", penwidth={min(0.8 + weight / 8, 4):.1f}, class="{key}"];'


# --- tables ----------------------------------------------------------------------------------------------------------


def document_tables(G: Graph, library: Library, document: Document) -> str:
    """What a document cites and what cites it, provision by provision, and what it cites that is not in the store."""
    node = document.doc_id
    out = _links(G, library, query.cites(G, node), outward=True)
    into = _links(G, library, query.cited_by(G, node), outward=False)
    return (
        f"<h2>本文件引用的</h2>{out or '<p class=soft>没有引用语料中的其他文件。</p>'}"
        f"<h2>引用本文件的</h2>{into or '<p class=soft>语料中没有文件引用它。</p>'}{_missing(library, document)}"
    )


def _links(G: Graph, library: Library, links: Iterable[query.Link], *, outward: bool) -> str:
    groups: defaultdict[str, list[query.Link]] = defaultdict(list)
    for link in links:
        other = link.target if outward else link.source
        groups[query.document_of(G, other) or other].append(link)
    ordered = sorted(groups.items(), key=lambda item: (-sum(link.weight for link in item[1]), item[0]))
    return "".join(_group(G, library, other, found, outward) for other, found in ordered)


def _group(G: Graph, library: Library, other: str, links: Sequence[query.Link], outward: bool) -> str:
    document = library.by_id.get(other)
    name = f"{title_link(document)} {badge(document)}" if document else esc(title(G, other))
    kinds = Counter(RELATIONS.get(EdgeType(link.type), link.type) for link in links for _ in range(int(link.weight)))
    counts = "，".join(f"{kind} {n} 处" for kind, n in kinds.most_common())
    rows = "".join(_link_row(G, link, outward) for link in links)
    more = f'<a class="small" href="{esc(href(GRAPH, node=other))}">看它的关系</a>'
    return (
        f'<details class="kind"><summary>{name} <span class="soft">{esc(counts)}</span></summary>'
        f'<p>{more}</p><div class="wrap"><table class="list"><tbody>{rows}</tbody></table></div></details>'
    )


def _link_row(G: Graph, link: query.Link, outward: bool) -> str:
    mine = link.clause_id or link.source
    source, target = _place(G, mine), _place(G, link.target)
    kind = RELATIONS.get(EdgeType(link.type), link.type)
    first, second = ("本文件", "") if outward else ("", "本文件")
    return f'<tr><td>{first}{source}</td><td class="k soft">{esc(kind)}</td><td>{second}{target}</td></tr>'


def _place(G: Graph, node: str) -> str:
    """A clause as a link; of a document as a whole, that."""
    if node in G and G.nodes[node]["kind"] == NodeKind.CLAUSE:
        return f'<a href="{esc(clause_href(node))}">{esc(title(G, node))}</a>'
    return f'<a href="{esc(clause_href(node) if "#" in node else doc_href(node))}">{"该条款" if "#" in node else "全文"}</a>'


def _missing(library: Library, document: Document) -> str:
    unknown = Counter(c.title for c in library.citations(document) if c.status == "unknown_document")
    if not unknown:
        return ""
    rows = "".join(f"<tr><td>《{esc(name)}》</td><td class='n'>{n} 处</td></tr>" for name, n in unknown.most_common())
    table = f'<table class="list"><tbody>{rows}</tbody></table>'
    return f'<details class="kind"><summary><strong>引用了但语料中没有的文件</strong> {len(unknown)} 件</summary>{table}</details>'


# --- where to begin --------------------------------------------------------------------------------------------------


def overview(G: Graph, library: Library) -> str:
    """The documents cited by most others and the bodies that issued most."""
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for source, target, kind in G.edges(keys=True):
        if kind in query.REFERENCES:
            one, other = query.document_of(G, source), query.document_of(G, target)
            if one and other and one != other:
                cited[other].add(one)
    most = sorted(cited.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_LISTED]
    documents = [(n, title(G, n), len(by)) for n, by in most]
    issued = Counter(t for _, t, kind in G.edges(keys=True) if kind == EdgeType.ISSUED_BY)
    bodies = [(n, title(G, n), count) for n, count in issued.most_common(_MOST_LISTED)]
    left = _ranking("被最多文件引用的文件", "被引用", documents)
    return f'<div class="two">{left}{_ranking("制定文件最多的机关", "制定", bodies)}</div>'


def _ranking(name: str, verb: str, rows: Sequence[tuple[str, str, int]]) -> str:
    cells = "".join(
        f'<tr><td><a href="{esc(href(GRAPH, node=node))}">{esc(label)}</a></td><td class="n">{count:,} 件</td></tr>'
        for node, label, count in rows
    )
    head = f"<thead><tr><th>{name}</th><th>{verb}</th></tr></thead>"
    return f'<div><table class="list">{head}<tbody>{cells}</tbody></table></div>'


def matches(G: Graph, library: Library, words: str) -> list[tuple[str, str]]:
    """Documents and bodies whose names hold `words`, bodies first, as node and name."""
    bodies = [n for n, kind in G.nodes(data="kind") if kind == NodeKind.BODY and words in title(G, n)]
    bodies.sort(key=lambda n: (len(n), n))
    found = [(n, f"机关　{title(G, n)}") for n in bodies]
    return found + [(d.doc_id, f"文件　{d.title}") for d in library.find(words) if d.doc_id in G]


def match_list(found: Sequence[tuple[str, str]]) -> str:
    """Links to what was found."""
    items = "".join(
        f'<li><a href="{esc(href(GRAPH, node=n))}">{esc(name)}</a></li>' for n, name in found[:_MOST_LISTED]
    )
    return f"<ul>{items}</ul>" if items else "<p>没有找到这样的文件或机关。</p>"
