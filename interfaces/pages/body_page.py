"""机关: what a body may, must and must not do; its 权责清单; how it stands to others; how that changed."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from answers.powers.tables import powers_tables
from answers.scope import Scope
from graph.kept import Circle, KeptGraph
from interfaces import parts, state, theme
from interfaces.pages import body_html
from interfaces.pages.address import CORPUS, href
from interfaces.pages.body_html import Wanted, wanted_in
from interfaces.pages.downloads import excel_button, word_button
from interfaces.pages.library import Library
from interfaces.pages.scoping import choose_scope, scope_in, scope_params
from interfaces.pages.tables_html import facts_html, table_html
from tiaoli.records import Body

_MOST = 60  # bodies found by a part of their name
_MOST_OF_CIRCLE = 25  # bodies of a list to begin with


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    scope = scope_in(state.params())
    wanted = wanted_in(state.params(), scope_params(scope))
    with state.kept() as kept:
        body = kept.body(wanted.body_id)
        if body is None:
            if wanted.body_id:
                theme.show(parts.note(f"库中的文件没有提到“{wanted.body_id.removeprefix('机构/')}”。", tone="over"))
            _choose(kept)
            return
        st.set_page_config(page_title=f"{body.name} · 机关 · 条理")
        parent = kept.body(body.parent_id) if body.parent_id else None
        organs, named = kept.parts_of(body.body_id), kept.named_in(body.body_id)
        theme.show(body_html.head(body, parent, organs, len(named)) + body_html.tabs(wanted))
        _view(library, kept, wanted, body, scope)


def _view(library: Library, kept: KeptGraph, wanted: Wanted, body: Body, scope: Scope) -> None:
    if wanted.view == "named":
        theme.show(body_html.named(kept.named_in(body.body_id), library.by_id))
        return
    if wanted.view == "changes":
        theme.show(body_html.changes(state.body_changes((body.body_id,))))
        return
    choose_scope(library)
    roles = [kept.body(role) for role in wanted.roles]
    bodies = (body.body_id, *(role.body_id for role in roles if role is not None))
    theme.show(body_html.roles(wanted, state.body_roles(body.body_id)))
    if wanted.view == "relations":
        theme.show(body_html.relations(state.body_relations(bodies, scope)))
    elif wanted.view == "powers":
        _powers(library, wanted, body, bodies, scope)
    else:
        theme.show(body_html.norms(wanted, state.body_norms(bodies, scope)))


def _powers(library: Library, wanted: Wanted, body: Body, bodies: tuple[str, ...], scope: Scope) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.toggle("只看本机关，不含内设机构和所属部门", key="alone", bind="query-params")
        found = state.body_powers(bodies, scope, alone=wanted.alone)
        tables = powers_tables(found, body.name, scope, len(library.current), date.today())
        made = partial(tuple, tables)
        excel_button("下载 Excel 清单", tables[0].title, made)
        word_button("下载 Word 清单", tables[0].title, made)
    theme.show(facts_html(tables[0].facts))
    theme.show(table_html(tables[0], wanted.page, lambda page: wanted.href(page=page)))
    if tables[1].rows:
        rest = table_html(tables[1], 1, lambda page: wanted.href(page=page))
        summary = f"<strong>其他职责</strong> <span class=soft>{len(tables[1].rows):,} 项，不在写明职权的条款中</span>"
        theme.show(f'<details class="kind"><summary>{summary}</summary>{rest}</details>')


def _choose(kept: KeptGraph) -> None:
    words = st.text_input(
        "看哪个机关", key=state.FIND, placeholder="机关名称中的几个字，如 民政局", bind="query-params"
    ).strip()
    if words:
        theme.show(body_html.choices(kept.bodies_like(words, _MOST)))
    else:
        theme.show(body_html.circles({circle: kept.bodies_most_named(circle, _MOST_OF_CIRCLE) for circle in Circle}))


main()
