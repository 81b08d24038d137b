"""溯源: what a provision rests on, step by step up to national law, and what hangs on it."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from answers.tracing.paths import Dependants, Hanging, Path, Place, Step
from answers.tracing.tables import trace_tables
from interfaces import parts, state, theme
from interfaces.pages import relations
from interfaces.pages.address import CORPUS, GRAPH, READ, TRACE, clause_href, doc_href, href, page_in
from interfaces.pages.body_html import body_link
from interfaces.pages.downloads import excel_button, word_button
from interfaces.pages.library import Library
from interfaces.theme import esc
from tiaoli.errors import NotFound

_PER_PAGE = 100
_LONG = 360  # characters of the provision; what goes on is folded
_MOST_BODIES = 40


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    node = st.query_params.get("node", "")
    if not node:
        _choose(library)
        return
    try:
        paths, found = state.trace(node)
    except NotFound as error:
        theme.show(
            parts.note(f"{error}地址可能抄错了，或者文件已重新导入。", tone="over", link=("去打开文件", href(READ)))
        )
        return
    st.set_page_config(page_title=f"{found.start.cited} · 溯源 · 条理")
    theme.show(_head(found))
    made = partial(trace_tables, paths, found, date.today())
    with st.container(horizontal=True):
        excel_button("下载 Excel", f"{found.start.cited}溯源", made)
        word_button("下载 Word", f"{found.start.cited}溯源", made)
    theme.show(_up(paths) + _down(found, node, page_in(state.params())))


def _choose(library: Library) -> None:
    words = st.text_input(
        "看哪一条款或文件的来龙去脉",
        key=state.FIND,
        bind="query-params",
        placeholder="如 行政处罚法第十六条，或标题、文号中的几个字",
    ).strip()
    if words:
        theme.show(relations.match_list(relations.matches((), library, words), TRACE))
        return
    hint = "写出条款，即可看它依据什么、变动会影响什么。阅读文件时，点条款旁的“溯源”也到这里。"
    theme.show(parts.note(hint, tone="calm", link=("去打开文件", href(READ))))


def _head(found: Dependants) -> str:
    start = found.start
    words = f'<div class="text law">{parts.folded(found.words, _LONG)}</div>' if found.words else ""
    badge = parts.badge(start.document) if start.document else ""
    graph = f'<a class="act" href="{esc(href(GRAPH, node=start.node))}">关系图</a>'
    link = f'<a class="act" href="{esc(_address(start))}">阅读原文</a>'
    other = f'<a class="act" href="{esc(href(TRACE))}">另选条款</a>'
    return f'<div class="dochead"><div class="head"><h1>{esc(start.cited)}</h1>{badge}{link} {graph} {other}</div>{words}</div>'


def _up(paths: list[Path]) -> str:
    head = f"<h2>它依据什么（通到 {len(paths):,} 件上位文件）</h2>"
    if not paths:
        return head + '<p class="soft">没有找到引用、制定依据或同文条款通向更高效力的文件。</p>'
    return head + "".join(map(_path, paths))


def _path(path: Path) -> str:
    steps = "".join(f'<li><span class="how">{_said(step)}</span> {_place(step.place)}</li>' for step in path.steps)
    after = _like("其中内容最接近的条款", path.nearest)
    if path.successor is not None:
        after += f'<li><span class="how">已被它废止</span> {_place(path.successor)}</li>'
        after += _like("新法中内容最接近的条款", path.succeeding)
    return f'<ol class="way"><li>{_place(path.start)}</li>{steps}{after}</ol>'


def _said(step: Step) -> str:
    """How one place leads to the next, as a link to the clause that says so."""
    words = esc(step.how.value)
    return f'<a href="{esc(clause_href(step.clause_id))}">{words}</a>' if step.clause_id else words


def _like(name: str, place: Place | None) -> str:
    """A provision that is near in its words, with them."""
    if place is None or place.clause is None:
        return ""
    words = parts.marked(place.clause.text, (), longest=120)
    return f'<li><span class="how">{name}</span> {_place(place)}<br><span class="soft">{words}</span></li>'


def _place(place: Place, clause_id: str | None = None) -> str:
    if place.document is None:
        return f'{esc(place.cited)} <span class="badge">库中没有</span>'
    return f'<a href="{esc(_address(place, clause_id))}">{esc(place.cited)}</a> {parts.badge(place.document)}'


def _address(place: Place, clause_id: str | None = None) -> str:
    """The address of a place; of a whole document that of its clause that matters, where one does."""
    if place.clause:
        return clause_href(place.node)
    return clause_href(clause_id) if clause_id else doc_href(place.node)


def _down(found: Dependants, node: str, page: int) -> str:
    total = len(found.hanging)
    head = f"<h2>它变动会影响什么（{total:,} 处）</h2>"
    if not total:
        return head + '<p class="soft">库中没有条款引用它或以它为依据。</p>'
    last = -(-total // _PER_PAGE)
    page = min(page, last)
    rows = "".join(map(_row, found.hanging[(page - 1) * _PER_PAGE : page * _PER_PAGE]))
    heads = "".join(f"<th>{name}</th>" for name in ("条款", "关系", "层次", "涉及主体"))
    turn = parts.pages(page, last, lambda number: href(TRACE, node=node, page=number))
    return (
        f"{head}{_bodies(found)}<div class='wrap'><table class='list cards'><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div><div data-exact>{turn}</div>"
    )


def _bodies(found: Dependants) -> str:
    if not found.bodies:
        return ""
    names = "、".join(f"{body_link(body)}（{n:,}）" for body, n in found.bodies[:_MOST_BODIES])
    more = f" 等 {len(found.bodies):,} 个" if len(found.bodies) > _MOST_BODIES else ""
    return f"<p>涉及主体：{names}{more}</p>"


def _row(one: Hanging) -> str:
    way = "直接" if one.ring == 1 else f"间接，第 {one.ring} 层"
    bodies = "、".join(map(body_link, one.bodies))
    return (
        f'<tr><td class="place">{_place(one.place, one.clause_id)}</td><td>{esc(one.how.value)}</td>'
        f'<td class="k soft">{way}</td><td data-name="主体">{bodies}</td></tr>'
    )


main()
