"""The legend of a picture, which is also its filter: kinds, relations, documents, layout, how much. HTML made with `esc`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from graph import query
from graph.schema import EdgeType, NodeKind
from interfaces.pages.graph_view import KINDS, LAYOUTS, MOST, RELATIONS, View, tallied
from interfaces.pages.picture import Graph, Picture, title
from interfaces.theme import esc

_MOST_DOCUMENTS = 12


def legend(G: Graph, view: View, picture: Picture) -> str:
    """Which colours stand for what; a click takes a kind or a relation out of the picture or brings it back."""
    how_many = "".join(_choice(f"{n} 个", replace(view, most=n), n == view.most) for n in MOST)
    rows = (
        ("节点", _kinds(G, view, picture)),
        ("关系", _relations(view, picture)),
        (
            "排列",
            "".join(_choice(words, replace(view, layout=one), one is view.layout) for one, words in LAYOUTS.items()),
        ),
        ("每个节点", f"<span>最多画</span>{how_many}<span>相邻节点</span>"),
        ("文件", _documents(G, view, picture)),
    )
    lines = "".join(f"<div><dt>{name}</dt><dd>{items}</dd></div>" for name, items in rows if items)
    return f'<dl class="picture-legend" data-stay>{lines}</dl>'


def said(picture: Picture) -> str:
    """How much is drawn and how much is not."""
    nodes, missing = len(picture.drawn), picture.missing
    drawn = f"画出 {nodes:,} 个节点、{len(picture.edges):,} 条关系。"
    if not missing:
        return f"{drawn}没有省略。"
    return f"{drawn}因数量限制未画出的相邻节点：{tallied(missing)}。"


def _kinds(G: Graph, view: View, picture: Picture) -> str:
    shown = view.shown_kinds(NodeKind(G.nodes[view.node]["kind"]))
    counts = Counter(kind for _, kind in picture.drawn.nodes(data="kind"))
    return "".join(
        _toggle(kind.value, words, counts[kind], replace(view, kinds=shown ^ {kind}), on=kind in shown)
        for kind, words in KINDS.items()
    )


def _relations(view: View, picture: Picture) -> str:
    """The relations that are drawn, left out for their number, or taken out."""
    counts = Counter(edge["type"] for edge in picture.edges)
    there = {*counts, *picture.missing, *(frozenset(EdgeType) - view.types)}
    return "".join(
        _toggle(
            f"edge {kind.value}", words, counts[kind], replace(view, types=view.types ^ {kind}), on=kind in view.types
        )
        for kind, words in RELATIONS.items()
        if kind in there
    )


def _documents(G: Graph, view: View, picture: Picture) -> str:
    """The documents in which most of the picture stands, and those that were chosen."""
    counts = Counter(found for node in picture.drawn if (found := query.document_of(G, node)))
    likely = (doc_id for doc_id, _ in counts.most_common(_MOST_DOCUMENTS))
    offered = [doc_id for doc_id in dict.fromkeys((*view.doc_ids, *likely)) if doc_id in G]
    if len(offered) < 2 and not view.doc_ids:
        return ""
    words = f"只看 {len(view.doc_ids)} 件文件的内容" if view.doc_ids else "只看某些文件的内容"
    links = "".join(_document(G, view, doc_id) for doc_id in offered)
    return f"<details{' open' if view.doc_ids else ''}><summary>{words}</summary>{links}</details>"


def _document(G: Graph, view: View, doc_id: str) -> str:
    on = doc_id in view.doc_ids
    chosen = _without(view.doc_ids, doc_id) if on else (*view.doc_ids, doc_id)
    return _choice(title(G, doc_id), replace(view, doc_ids=tuple(chosen)), on)


def _without(all_: Iterable[str], one: str) -> list[str]:
    return [other for other in all_ if other != one]


def _toggle(css: str, words: str, count: int, other: View, *, on: bool) -> str:
    number = f"<i>{count:,}</i>" if on else ""
    tip = "从图中去掉" if on else "放回图中"
    return (
        f'<a class="key {esc(css)}{"" if on else " off"}" href="{esc(other.href)}" title="{tip}" role="switch" '
        f'aria-checked="{str(on).lower()}"><b></b>{esc(words)}{number}</a>'
    )


def _choice(words: str, other: View, on: bool) -> str:
    current = ' aria-current="true"' if on else ""
    return f'<a class="key" href="{esc(other.href)}" title="{esc(words)}"{current}><span>{esc(words)}</span></a>'
