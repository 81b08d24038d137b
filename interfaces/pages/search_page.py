"""检索: one form, and what was found."""

from __future__ import annotations

from functools import partial

import streamlit as st

from interfaces import parts, state, theme
from interfaces.pages import import_view, searching
from interfaces.pages.address import CORPUS, Asked, href
from interfaces.pages.library import Library
from search.contract import BadFilter
from search.index import Index


def main() -> None:
    """Draw the page from the address."""
    library, index = state.library(), state.index()
    if library is None:
        link = ("打开语料页，导入文件或示例语料", href(CORPUS, view="import"))
        theme.show(parts.note("库里还没有可以检索的文件。", tone="calm", link=link))
        return
    if not import_view.index_ready(index) or index is None:
        return
    asked = state.asked()
    _form(asked, index)
    if not asked.text:
        _before(library, index)
        return
    try:
        results = searching.search(index, asked)
    except BadFilter as error:
        link = ("去掉全部筛选，重新检索", asked.without_filters().href)
        theme.show(searching.chips(asked) + parts.note(str(error), link=link))
        return
    with state.store() as store:
        html = searching.result_html(asked, results, library, lambda hit: searching.only_paragraph(store, hit))
    theme.show(searching.chips(asked) + html)


def _form(asked: Asked, index: Index) -> None:
    catalogue = index.view().catalogue
    with st.form("search_form", border=False):
        words, button = st.columns([8, 1], vertical_alignment="bottom")
        words.text_input(
            "检索",
            key=state.QUERY,
            label_visibility="collapsed",
            placeholder="词句、法名加条号、文号，或粘贴一段话",
            max_chars=2000,
        )
        button.form_submit_button("检索", type="primary", width="stretch", on_click=state.submit_search)
        with st.expander("筛选条件"):
            columns = [*st.columns(4), *st.columns(3)]
            for column, name in zip(columns, state.FILTERS, strict=True):
                values = [*catalogue.values(name), *asked.filters.get(name, ())]
                column.multiselect(
                    searching.NAMES[name],
                    list(dict.fromkeys(values)),
                    key=state.filter_key(name),
                    format_func=partial(searching.value_name, name),
                    placeholder="不限",
                )


def _before(library: Library, index: Index) -> None:
    scope = f"可检索 {len(library.current):,} 件文件、{library.n_clauses:,} 个条款。"
    last = state.last_search()
    again = ("继续上次的检索：" + last.text, last.href) if last else None
    theme.show(parts.note(scope, tone="calm", link=again))
    theme.show(searching.teach(state.examples(library, index)))


main()
