"""阅读: one document at one clause, or the choice of a document."""

from __future__ import annotations

import streamlit as st

from interfaces import parts, state, theme
from interfaces.pages import document_head, orders, reader_html
from interfaces.pages.address import CORPUS, doc_href, href
from interfaces.pages.corpus import document_table
from interfaces.pages.library import Library
from interfaces.pages.reading import Reading, open_reading
from tiaoli.errors import NotFound

_MOST = 60  # documents in the list to choose from


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    clause_id, doc_id = st.query_params.get("clause", ""), st.query_params.get("doc", "")
    if not clause_id and not doc_id:
        _choose(library)
        return
    try:
        with state.store() as store:
            reading = open_reading(store, library, clause_id, doc_id)
            _draw(reading)
    except NotFound as error:
        _missing(library, str(error), clause_id.partition("#")[0])


def _draw(reading: Reading) -> None:
    document = reading.document
    st.set_page_config(page_title=f"{document.title} · 条理")
    theme.show(document_head.head(reading))
    text = reading.text
    st.download_button("下载文本", lambda: text, f"{document.doc_id}.txt", "text/plain", on_click="ignore")
    if (tables := orders.orders(reading)) != "":
        theme.show(tables)
    theme.show(reader_html.page(reading))


def _missing(library: Library, why: str, doc_id: str) -> None:
    link = None
    if (document := library.by_id.get(doc_id)) is not None:
        link = (f"打开《{document.title}》", doc_href(doc_id))
    theme.show(parts.note(f"{why}地址可能抄错了，或者文件已重新导入、条款编号有变。", tone="over", link=link))
    _choose(library)


def _choose(library: Library) -> None:
    words = st.text_input("打开文件", key=state.FIND, placeholder="标题、文号或制定机关中的几个字", bind="query-params")
    found = library.find(words) if words.strip() else list(library.current)
    more = f"，以下是前 {_MOST} 件" if len(found) > _MOST else ""
    count = f'<p class="soft small">{len(found):,} 件{more}</p>'
    theme.show(count + document_table(found[:_MOST], library))


main()
