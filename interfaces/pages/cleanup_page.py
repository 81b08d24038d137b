"""清理: which documents to keep, amend, repeal or declare lapsed, with the reasons."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.cleanup.judge import cleanup
from answers.cleanup.records import Cleanup
from answers.cleanup.tables import catalogue
from interfaces import parts, state, theme
from interfaces.pages import cleanup_view
from interfaces.pages.address import CORPUS, href
from interfaces.pages.downloads import excel_button, word_button
from interfaces.pages.progress import bar
from interfaces.pages.scoping import choose_scope
from office.tables import Table


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    choose_scope(library)
    st.text_input("制定机关", key="issuer", placeholder="机关名称中的几个字", bind="query-params")
    wanted = cleanup_view.wanted_in(state.params())
    found = _cleaned(wanted)
    about = found.described(wanted.scope, wanted.issuer)
    with st.container(horizontal=True):
        excel_button("下载 Excel 目录", "清理目录", partial(catalogue, found, about))
        word_button("下载 Word 目录", "清理目录", partial(_in_word, found, about))
    theme.show(f'<p class="soft small">{theme.esc(about)}</p>')
    theme.show(cleanup_view.filters(found, wanted))
    theme.show(cleanup_view.listing(cleanup_view.select(found, wanted), wanted))


def _cleaned(wanted: cleanup_view.Wanted) -> Cleanup:
    """The clean-up of the wanted documents, with a bar while it goes on."""
    judge = state.judge()
    with bar("正在逐件检查文件，第一次需要一两分钟") as told:
        return cleanup(judge, wanted.scope, issuer=wanted.issuer, progress=told)


def _in_word(found: Cleanup, about: str) -> list[Table]:
    return catalogue(found, about)[:-1]  # what is handed on; all findings are too many for Word


main()
