"""图谱: what a document or a body is linked to, as a picture and in tables."""

from __future__ import annotations

import streamlit as st

from graph import query
from interfaces import parts, state, theme
from interfaces.pages import relations
from interfaces.pages.address import CORPUS, GRAPH, doc_href, href
from interfaces.pages.corpus import document_table
from interfaces.pages.library import Library


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    G = state.graph()
    node = st.query_params.get("node", "")
    if node and node not in G:
        theme.show(parts.note(f"图谱中没有“{node}”。文件可能已撤下或换了编号。", tone="over"))
    if not node or node not in G:
        _choose(G, library)
        return
    name = relations.title(G, node)
    st.set_page_config(page_title=f"{name} · 图谱 · 条理")
    document = library.by_id.get(node)
    mark = parts.badge(document) if document else '<span class="badge">机关</span>'
    links = f'<a class="act" href="{theme.esc(href(GRAPH))}">另选文件或机关</a>'
    if document:
        links = f'<a class="act" href="{theme.esc(doc_href(node))}">阅读全文</a> {links}'
    theme.show(f'<div class="dochead"><div class="head"><h1>{theme.esc(name)}</h1>{mark}{links}</div></div>')
    _picture(G, node)
    if document:
        theme.show(relations.document_tables(G, library, document))
    else:
        issued = [library.by_id[d] for d in query.documents_of(G, node) if d in library.by_id]
        theme.show(f"<h2>制定的文件（{len(issued)}）</h2>{document_table(issued, library)}")


def _picture(G: relations.Graph, node: str) -> None:
    dot, count = relations.picture(G, node)
    if count < 2:
        theme.show(parts.note("没有找到它与语料中其他文件或机关的关系。", tone="calm"))
        return
    st.graphviz_chart(dot, alt=f"{relations.title(G, node)} 的关系图，内容同下面的表")
    st.caption("箭头从引用者指向被引用者，数字是引用处数；关系太多时只画最强的。点方框看它的关系。")


def _choose(G: relations.Graph, library: Library) -> None:
    words = st.text_input(
        "看哪个文件或机关的关系", key=state.FIND, bind="query-params", placeholder="标题、文号或机关名称中的几个字"
    ).strip()
    if words:
        theme.show(relations.match_list(relations.matches(G, library, words)))
    else:
        theme.show(relations.overview(G, library))


main()
