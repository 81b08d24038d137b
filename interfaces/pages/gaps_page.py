"""交叉与空白: one matter with several bodies, and what documents leave open of who does what."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.gaps.survey import Selected, select, table
from interfaces import parts, state, theme
from interfaces.pages import gaps_view
from interfaces.pages.address import CORPUS, href
from interfaces.pages.downloads import excel_button, word_button
from interfaces.pages.scoping import choose_scope
from office.tables import Table

_NAME = "职权交叉与职责空白"


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    choose_scope(library)
    survey = state.survey()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("机关", key=state.BODY, bind="query-params", placeholder="名称中的几个字", width=320)
        wanted = gaps_view.wanted_in(state.params())
        every = select(survey, wanted.scope, body=wanted.body)
        found = select(survey, wanted.scope, wanted.shown(), wanted.body)
        excel_button(f"下载 Excel（{len(found.findings):,} 条）", _NAME, partial(_tables, found))
        word_button("下载 Word", _NAME, partial(_tables, found))
    theme.show(gaps_view.filters(every, wanted) + gaps_view.about(found, wanted) + gaps_view.listing(found, wanted))


def _tables(found: Selected) -> tuple[Table]:
    return (table(_NAME, found),)


main()
