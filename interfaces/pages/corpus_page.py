"""语料: what is in the store, how it came there, what it is made of, what is doubtful."""

from __future__ import annotations

import streamlit as st

from interfaces import state, theme
from interfaces.pages import charts, corpus, import_view
from interfaces.pages.library import Library


def main() -> None:
    """Draw the view that the address names."""
    library = state.library()
    view = state.corpus_view("files" if library else "import")
    theme.show(corpus.tabs(view))
    if library is None or view == "import":
        import_view.draw(library)
    elif view == "charts":
        _charts(library)
    elif view == "problems":
        theme.show(corpus.problem_list(library))
    else:
        _files(library)


def _files(library: Library) -> None:
    wanted = state.wanted()
    types, statuses = corpus.choices(library)
    with st.container(key="corpus_filters"):
        find, kind, status, order = st.columns([3, 2, 2, 2])
    key, change = state.corpus_key, state.submit_wanted
    find.text_input("标题、文号、机关或来源", key=key("find"), on_change=change)
    kind.selectbox("文种", ["", *types], key=key("doc_type"), on_change=change, format_func=lambda v: v or "不限")
    status.selectbox("时效", ["", *statuses], key=key("status"), on_change=change, format_func=lambda v: v or "不限")
    order.selectbox(
        "排序", list(corpus.ORDERS), key=key("order"), on_change=change, format_func=corpus.ORDERS.__getitem__
    )
    with st.container(horizontal=True):
        st.toggle("只看有待核问题的", key=key("doubtful"), on_change=change)
        st.toggle("包括旧文本和已撤下的", key=key("past"), on_change=change)
    theme.show(corpus.listing(library, wanted))


def _charts(library: Library) -> None:
    theme.show(corpus.figures(library))
    st.altair_chart(charts.stacked(corpus.by_year(library), "年份", "文种"), alt="各年公布的文件，按文种")
    left, right = st.columns(2)
    left.altair_chart(charts.bars(corpus.by_level(library), "位阶"), alt="各位阶的文件")
    right.altair_chart(charts.bars(corpus.by_issuer(library), "制定机关"), alt="文件最多的制定机关")


main()
