"""A table of an answer as HTML made with `esc`: a row a line, its first words lead to the clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from interfaces.pages.address import clause_href
from interfaces.parts import folded, pages
from interfaces.theme import esc
from office.tables import Row, Table, said

PER_PAGE = 100
_LONG = 40  # characters of a fact that takes a line of its own
_FOLDED = 200  # characters of a cell; what goes on is folded, so that a row is not screens high


def table_html(table: Table, page: int, address: Callable[[int], str]) -> str:
    """Return one page of a table, its printed columns only, with links to the other pages; `address` is that of a page."""
    if not table.rows:
        return '<p class="soft">没有符合条件的内容。</p>'
    last = max(1, -(-len(table.rows) // PER_PAGE))
    page = min(page, last)
    shown = [n for n, column in enumerate(table.columns) if column.printed]
    heads = "".join(f"<th>{esc(table.columns[n].name)}</th>" for n in shown)
    rows = "".join(_row(table, row, shown) for row in table.rows[(page - 1) * PER_PAGE : page * PER_PAGE])
    return (
        f'<div class="wrap"><table class="list cards answer"><thead><tr>{heads}<th>原文</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div><div data-exact>{pages(page, last, address)}</div>"
    )


def facts_html(facts: Iterable[tuple[str, str]]) -> str:
    """Return what an answer is about, as a card."""
    cells = "".join(
        f"<div{' class=wide' if len(words) > _LONG else ''}><dt>{esc(name)}</dt><dd>{esc(words)}</dd></div>"
        for name, words in facts
    )
    return f'<dl class="card">{cells}</dl>'


def _row(table: Table, row: Row, shown: list[int]) -> str:
    cells = "".join(_cell(table.columns[n].name, said(row.values[n])) for n in shown)
    link = f'<a href="{esc(clause_href(row.clause_id))}">打开</a>' if row.clause_id else ""
    return f'<tr>{cells}<td class="k">{link}</td></tr>'


def _cell(name: str, words: str) -> str:
    return f'<td data-name="{esc(name)}">{folded(words, _FOLDED)}</td>' if words else "<td></td>"
