"""阅读: one document at one clause, or the choice of a document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from interfaces import parts, state, theme
from interfaces.pages import correction_form, document_head, norms_view, orders, reader_html
from interfaces.pages.address import CORPUS, doc_href, href
from interfaces.pages.corpus import document_table
from interfaces.pages.downloads import excel_button
from interfaces.pages.library import Library
from interfaces.pages.norms_table import norms_table
from interfaces.pages.norms_view import Wanted
from interfaces.pages.reading import Reading, open_reading
from office.tables import Table
from tiaoli.errors import NotFound
from tiaoli.records import Norm

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
    listing = st.query_params.get("view") == norms_view.VIEW
    correction_form.show(reading)
    theme.show(document_head.head(reading))
    text = reading.text
    st.download_button("下载文本", lambda: text, f"{document.doc_id}.txt", "text/plain", on_click="ignore")
    if not listing and (tables := orders.orders(reading)) != "":
        theme.show(tables)
    if tabs := norms_view.tabs(reading, listing=listing):
        theme.show(tabs)
    if listing:
        _list(reading)
    else:
        theme.show(reader_html.page(reading))


def _list(reading: Reading) -> None:
    bodies = norms_view.bodies(reading)
    body = state.listed_body(bodies)
    if body and body not in bodies:
        theme.show(parts.note(f"本文件没有由“{body}”承担的规范。", tone="calm"))
    wanted = norms_view.wanted_in(state.params(), reading.document.doc_id)
    found = norms_view.select(reading, wanted)
    name = f"{reading.document.title or reading.document.doc_id} 规范清单"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "承担主体",
            ["", *bodies],
            key=state.BODY_CHOICE,
            on_change=state.submit_body,
            format_func=lambda one: f"{one}（{bodies[one]:,} 条）" if one else "不限",
            width=360,
        )
        excel_button(f"下载 Excel 清单（{len(found):,} 条）", name, partial(_tables, reading, found, wanted))
    theme.show(norms_view.filters(reading, wanted) + norms_view.table(reading, found, wanted))
    if more := norms_view.removed(reading) + norms_view.hanging(reading):
        theme.show(more)


def _tables(reading: Reading, found: Sequence[Norm], wanted: Wanted) -> tuple[Table]:
    return (norms_table(reading, found, wanted, date.today()),)


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
