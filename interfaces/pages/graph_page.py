"""图谱: what a document, a body or a clause is linked to, as a picture and in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import streamlit as st

from graph import query
from graph.build import kind_of_node
from graph.schema import NodeKind
from interfaces import parts, state, theme
from interfaces.pages import relations
from interfaces.pages.address import CORPUS, GRAPH, href
from interfaces.pages.corpus import document_table
from interfaces.pages.downloads import json_button
from interfaces.pages.graph_view import KINDS, LIMIT, View, view_in
from interfaces.pages.library import Library
from interfaces.pages.picture import Graph, Picture, page_of, picture, title
from interfaces.pages.picture_component import show_picture
from interfaces.pages.picture_legend import legend, said

_MOST_BODIES = 15  # in what is found for a name


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    view = view_in(state.params())
    overview = view.is_overview(kind_of_node(view.node))
    G = state.surroundings(view.centres, library, overview=overview) if view.node else None
    if G is None or view.node not in G:
        if view.node:
            theme.show(parts.note(f"图谱中没有“{view.node}”。文件可能已撤下或换了编号。", tone="over"))
        _choose(library)
        return
    _head(G, library, view)
    drawn = picture(G, view, lambda small: _beside(small, library))
    _picture(G, view, drawn)
    theme.show(relations.drawn_table(drawn) + _tables(library, view.node))


def _beside(small: Graph, library: Library) -> Iterator[Graph]:
    """What joins the neighbours to one another: references between documents, and what bodies have to do with bodies."""
    kinds = Counter(kind for _, kind in small.nodes(data="kind"))
    if kinds[NodeKind.CLAUSE]:
        yield state.graph()
    elif kinds[NodeKind.DOCUMENT] > 1:
        yield state.documents()
    if kinds[NodeKind.BODY] > 1:
        yield state.among([node for node, kind in small.nodes(data="kind") if kind == NodeKind.BODY], library)


def _head(G: Graph, library: Library, view: View) -> None:
    name = title(G, view.node)
    st.set_page_config(page_title=f"{name} · 图谱 · 条理")
    document = library.by_id.get(view.node)
    kind = NodeKind(G.nodes[view.node]["kind"])
    mark = parts.badge(document) if document else f'<span class="badge">{KINDS[kind]}</span>'
    read = page_of(G, view.node)
    to = "机关页" if kind is NodeKind.BODY else "打开原文"
    links = f'<a class="act" href="{theme.esc(read)}">{to}</a>' if read else ""
    links += f'<a class="act" href="{theme.esc(href(GRAPH))}">另选起点</a>'
    theme.show(f'<div class="dochead"><div class="head"><h1>{theme.esc(name)}</h1>{mark}{links}</div></div>')


def _picture(G: Graph, view: View, drawn: Picture) -> None:
    theme.show(legend(G, view, drawn))
    words = said(drawn)
    if len(drawn.drawn) < 2:
        theme.show(parts.note(f"没有可以画出的关系。{words}", tone="calm"))
        return
    name = f"{title(G, view.node)}关系图"
    data = {"nodes": drawn.nodes, "edges": drawn.edges, "layout": view.layout.value, "centre": view.node}
    show_picture({**data, "name": name, "words": f"{name}，内容同下面的表"})
    full = f"一张图最多 {LIMIT} 个节点。" if len(drawn.drawn) >= LIMIT else ""
    theme.show(
        f'<p class="soft small">{theme.esc(words + full)}点方框或线看说明，双击方框展开；箭头旁的数字是处数。</p>'
    )
    json_button("下载图中数据（JSON）", name, drawn.drawn)


def _tables(library: Library, node: str) -> str:
    kind, G = kind_of_node(node), state.graph()
    if kind in (NodeKind.DOCUMENT, NodeKind.CLAUSE):
        return relations.reference_tables(G, library, node)
    if kind is not NodeKind.BODY:
        return ""
    issued = [library.by_id[d] for d in query.documents_of(G, node) if d in library.by_id]
    return f"<h2>制定的文件（{len(issued)}）</h2>{document_table(issued, library)}"


def _choose(library: Library) -> None:
    words = st.text_input(
        "看哪个文件、条款或机关的关系",
        key=state.FIND,
        bind="query-params",
        placeholder="标题、文号、机关名称中的几个字，或某法第几条",
    ).strip()
    if not words:
        theme.show(relations.overview(state.documents()))
        return
    with state.kept() as kept:
        bodies = [body for body, _ in kept.bodies_like(words, _MOST_BODIES)]
    theme.show(relations.match_list(relations.matches(bodies, library, words), GRAPH))


main()
