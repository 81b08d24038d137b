"""义务: what bodies must, must not and may do about a topic, over all documents, the same obligation in one group."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.obligations.answer import ALL_KINDS, Asked
from answers.obligations.tables import asked_in_words, obligations_tables
from interfaces import parts, state, theme
from interfaces.pages import obligations_html
from interfaces.pages.address import CORPUS, href
from interfaces.pages.downloads import excel_button, word_button
from interfaces.pages.obligations_html import wanted_in
from interfaces.pages.scoping import choose_scope, scope_in, scope_params
from tiaoli.errors import TiaoliError

_HINT = (
    "写一个主题（如 行政执法案卷评查、可疑交易报告的时限），或一个机关（如 各级政府、生态环境部门），也可以两样都写。"
)


def main() -> None:
    """Draw the page from the address."""
    library, opened = state.library(), state.index()
    if library is None or opened is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    state.keep_index(opened)
    scope = scope_in(state.params())
    wanted = wanted_in(state.params(), scope_params(scope))
    theme.show("<h1>义务查询</h1>")
    with st.container(horizontal=True):
        st.text_input("主题", key="about", bind="query-params", placeholder="如 行政执法案卷评查")
        st.text_input("机关", key="body", bind="query-params", placeholder="如 各级政府")
    choose_scope(library)
    if not (wanted.about or wanted.body):
        theme.show(parts.note(_HINT, tone="calm"))
        return
    kinds = tuple(kind for kind in ALL_KINDS if kind in wanted.kinds) or ALL_KINDS
    try:
        answer = state.obligations(Asked(wanted.body, wanted.about, kinds, scope), opened)
    except TiaoliError as error:
        theme.show(parts.note(f"{error}", tone="over"))
        return
    st.set_page_config(page_title=f"{asked_in_words(answer)} · 义务 · 条理")
    made = partial(obligations_tables, answer)
    with st.container(horizontal=True):
        excel_button("下载 Excel", f"义务清单：{asked_in_words(answer)}", made)
        word_button("下载 Word", f"义务清单：{asked_in_words(answer)}", made)
    theme.show(obligations_html.answer_html(answer, wanted))


main()
