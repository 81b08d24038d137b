"""对照: two versions side by side, or the choice of what to compare."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from compare.synopsis import SAME_WORDS, heading
from interfaces import parts, state, theme
from interfaces.pages import comparing
from interfaces.pages.address import CORPUS, href
from interfaces.pages.comparing import Wanted
from interfaces.pages.downloads import EXCEL, WORD
from interfaces.pages.library import Library
from tiaoli.records import Comparison


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    wanted = comparing.wanted_in(state.params())
    lost = [doc_id for doc_id in (wanted.old, wanted.new) if doc_id and doc_id not in library.by_id]
    for doc_id in lost:
        theme.show(parts.note(f"库中没有编号为 {doc_id} 的文件。", tone="over"))
    if lost or not wanted.old or not wanted.new:
        _choose(library, Wanted() if lost else wanted)
        return
    _draw(library, wanted)


def _draw(library: Library, wanted: Wanted) -> None:
    comparison, rows = state.comparison(library.by_id[wanted.old], library.by_id[wanted.new])
    st.set_page_config(page_title=f"{heading(comparison)} · 条理")
    theme.show(comparing.head(library, comparison, wanted))
    _downloads(comparison, only_changed=not wanted.shown & SAME_WORDS)
    theme.show(comparing.filters(rows, wanted) + comparing.table(rows, wanted))


def _downloads(comparison: Comparison, *, only_changed: bool) -> None:
    from compare.excel import excel_file
    from compare.word import word_file

    name = heading(comparison)
    with st.container(horizontal=True):
        for label, make, ending, kind in (
            ("下载 Word 对照表", word_file, "docx", WORD),
            ("下载 Excel 对照表", excel_file, "xlsx", EXCEL),
        ):
            st.download_button(
                label,
                partial(make, comparison, date.today(), only_changed=only_changed),
                f"{name}.{ending}",
                kind,
                on_click="ignore",
            )


def _choose(library: Library, wanted: Wanted) -> None:
    one = library.by_id.get(wanted.old or wanted.new)
    label = "对照哪件文件" if one is None else "与哪件文件对照"
    words = st.text_input(
        label, key=state.FIND, placeholder="标题、文号或制定机关中的几个字", bind="query-params"
    ).strip()
    if one is None:
        theme.show(comparing.choice_of_works(library, words))
    else:
        theme.show(comparing.choice_of_other(library, one, words))


main()
