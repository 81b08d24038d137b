"""期限: what is due when, as a table, a month, and limits by their length."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st
from dateutil.relativedelta import relativedelta

from answers.calendar.dues import HORIZON, Calendar, by_day, upcoming
from answers.calendar.ics import ics_file
from answers.calendar.tables import (
    Asked,
    calendar_tables,
    dated_table,
    left_out_table,
    running_table,
    undated_table,
)
from answers.organs import find_bodies, with_organs
from graph.bodies import PREFIX
from interfaces import parts, state, theme
from interfaces.pages import calendar_view
from interfaces.pages.address import CORPUS, href
from interfaces.pages.calendar_view import ALONE, BODY, DAYS, FROM, LEFT_OUT, MONTH, PERIODS, RUNNING, Wanted
from interfaces.pages.downloads import excel_button, ics_button, word_button
from interfaces.pages.library import Library
from interfaces.pages.scoping import choose_scope
from interfaces.pages.tables_html import table_html
from office.tables import MOST_IN_WORD, Link, Table
from tiaoli.errors import TiaoliError

_TABLES = {DAYS: dated_table, PERIODS: undated_table, RUNNING: running_table, LEFT_OUT: left_out_table}


def main() -> None:
    """Draw the page from the address."""
    library = state.library()
    if library is None:
        theme.show(parts.note("库里还没有文件。", tone="calm", link=("打开语料页，导入文件或示例语料", href(CORPUS))))
        return
    if (given := st.query_params.get(BODY, "")).startswith(PREFIX):  # the widget writes names: two forms would not last
        st.query_params[BODY] = given.removeprefix(PREFIX)
    whole = state.calendar()
    wanted = calendar_view.wanted_in(state.params(), date.today())
    _choose(whole, wanted)
    choose_scope(library)
    try:
        name, ids = _meant(wanted)
    except TiaoliError as error:
        theme.show(parts.note(str(error), tone="over"))
        return
    found = whole.narrowed(wanted.scope.holds, ids)
    asked = _asked(library, found, wanted, name)
    _give(found, asked)
    theme.show(calendar_view.summary(found) + calendar_view.tabs(wanted, _counts(found, asked)))
    theme.show(_shown(found, asked, wanted))


def _choose(whole: Calendar, wanted: Wanted) -> None:
    """Draw the widgets that set in the address whose limits are shown and from which day on."""
    names = sorted({body.removeprefix(PREFIX) for due in whole.dues for body in due.bodies})
    options = ["", *dict.fromkeys([*names, *([wanted.body] if wanted.body else [])])]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "承担主体",
            options,
            key=BODY,
            bind="query-params",
            format_func=lambda one: one or "不限",
            width=360,
        )
        st.toggle("不含内设机构和所属部门", key=ALONE, bind="query-params", disabled=not wanted.body)
        st.date_input("从哪天看起", wanted.since, key=FROM, bind="query-params", format="YYYY-MM-DD", width=180)


def _meant(wanted: Wanted) -> tuple[str, frozenset[str] | None]:
    """Return the name and the ids of the bodies that are asked for; no ids where none is."""
    if not wanted.body:
        return "", None
    with state.kept() as kept:
        meant = find_bodies(kept, wanted.body)
        bodies = meant if wanted.alone else with_organs(kept, meant)
    return "、".join(one.name for one in meant), frozenset(one.body_id for one in bodies)


def _asked(library: Library, found: Calendar, wanted: Wanted, name: str) -> Asked:
    scope = wanted.scope.described(len(found.documents), len(library.current))
    return Asked(wanted.since, wanted.since + HORIZON, scope, name)


def _counts(found: Calendar, asked: Asked) -> dict[str, int]:
    """How many rows each view has; what is due later than the days that are shown is told there."""
    return {
        DAYS: len(list(upcoming(found.dated, asked.since, asked.until))),
        PERIODS: len(found.undated),
        RUNNING: len(found.running),
        LEFT_OUT: len(found.left_out),
    }


def _give(found: Calendar, asked: Asked) -> None:
    """Offer the files."""
    name = f"{asked.body}期限"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ics_button("下载日历（.ics）", name, partial(_ics, found, asked))
        excel_button("下载 Excel", name, lambda: [*calendar_tables(found, asked), left_out_table(found, asked)])
        if len(found.running) <= MOST_IN_WORD:
            word_button("下载 Word", name, lambda: calendar_tables(found, asked))
        else:
            st.caption(f"起算期限有 {len(found.running):,} 条，做成 Word 会打不开，缩小范围后可下载 Word。")


def _ics(found: Calendar, asked: Asked, link: Link) -> bytes:
    return ics_file(found.dated, asked.since, asked.until, link, f"{asked.body}期限")


def _shown(found: Calendar, asked: Asked, wanted: Wanted) -> str:
    if wanted.view == MONTH:
        last = wanted.month + relativedelta(months=1, days=-1)
        return calendar_view.month_html(wanted, by_day(found.dated, wanted.month, last))
    table: Table = _TABLES[wanted.view](found, asked)
    rows = table_html(table, wanted.page, lambda page: calendar_view.at(wanted, page))
    return f'{calendar_view.facts(table)}<div class="{"dated" if wanted.view in (DAYS, PERIODS) else ""}">{rows}</div>'


main()
