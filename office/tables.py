"""Tables of answers as they leave: one record for all of them, an Excel workbook or a Word document made from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from office.packing import legal, steady
from office.papers import ROOM_CM, keep_together, new_paper, new_table, put_lines, put_title, set_widths
from office.sheets import LINE_POINTS, breadth, put_facts, put_heads, put_link, put_text, set_print, style
from tiaoli.errors import TiaoliError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | float | date | None
Link = Callable[[str], str]  # id of a clause → address at which a browser opens it

_LINK, _ID = ("原文", 8.0), ("条款编号", 36.0)  # the columns that follow those of the table, with their widths
_MOST_LINES = 27  # of a row: Excel makes none higher than 409 points
_LONGEST = 32_000  # characters that a cell of Excel can hold, and a few to spare
_MOST_ROWS = 1_048_575  # of a sheet, without its head
_MOST_LINKS = 65_000  # of a sheet: Excel drops all where there are more than 65,530
MOST_IN_WORD = 5_000  # rows: Word takes minutes to open longer tables


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its width in letters, whether it is printed, and the form of its figures (`0%`)."""

    name: str
    width: float
    printed: bool = True  # in Word, and on the pages that Excel prints
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table and the clause that it comes from."""

    values: tuple[Value, ...]
    clause_id: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as a table. `facts` say what it is about: what was asked, what was searched, what stayed open."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    facts: tuple[tuple[str, str], ...] = ()
    name: str = "清单"  # of its sheet


def in_words(day: date) -> str:
    """A day as documents write it: 2023年3月13日."""
    return f"{day.year}年{day.month}月{day.day}日"


def said(value: Value) -> str:
    """A value as words: days in Chinese, figures without a needless .0, nothing for what is not known.

    >>> [said(value) for value in ("市财政局", 20.0, date(2026, 12, 25), None)]
    ['市财政局', '20', '2026年12月25日', '']
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return in_words(value)
    return value if isinstance(value, str) else f"{value:g}"


# --- Excel -----------------------------------------------------------------------------------------------------------


def excel_file(tables: Sequence[Table], link: Link) -> bytes:
    """Return tables as an .xlsx file, a sheet for each and one that says what they are about.

    Behind the columns of a table each row has a link to its clause and the id of it. TiaoliError where a table has more
    rows than Excel can hold.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill_sheet(book.create_sheet(table.name), table, link)
    about = book.create_sheet("说明")
    put_facts(about, (fact for table in tables for fact in (("名称", table.title), *table.facts)))
    book.properties.title, book.properties.creator = legal(tables[0].title), "条理"
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _fill_sheet(sheet: Worksheet, table: Table, link: Link) -> None:
    from openpyxl.utils import get_column_letter

    if len(table.rows) > _MOST_ROWS:
        raise TiaoliError(f"“{table.title}”有 {len(table.rows):,} 行，Excel 放不下，请缩小范围后再导出。")
    traced = any(row.clause_id for row in table.rows)
    for at, row in enumerate(table.rows, 2):
        for column, (about, value) in enumerate(zip(table.columns, row.values, strict=True), 1):
            _put(sheet, at, column, value, about.form)
        if traced:
            _put_clause(sheet, at, len(table.columns) + 1, row.clause_id, link)
        sheet.row_dimensions[at].height = LINE_POINTS * min(_lines(table, row), _MOST_LINES)
    heads = [(column.name, column.width) for column in table.columns]
    put_heads(sheet, [*heads, *([_LINK, _ID] if traced else [])], len(table.rows) + 1)
    set_print(sheet)
    printed = max(n for n, column in enumerate(table.columns, 1) if column.printed)
    sheet.print_area = f"A1:{get_column_letter(printed)}{len(table.rows) + 1}"


def _put(sheet: Worksheet, row: int, column: int, value: Value, form: str | None) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        put_text(cell, value if len(value) <= _LONGEST else f"{value[:_LONGEST]}……（全文见正文）")
        return
    cell.value = value
    style(cell)
    if form or isinstance(value, date):
        cell.number_format = form or 'yyyy"年"m"月"d"日"'


def _put_clause(sheet: Worksheet, row: int, column: int, clause_id: str | None, link: Link) -> None:
    put_text(sheet.cell(row, column + 1), clause_id or "")
    if clause_id and row <= _MOST_LINKS:
        put_link(sheet.cell(row, column), "打开", link(clause_id))
    else:
        style(sheet.cell(row, column))


def _lines(table: Table, row: Row) -> int:
    """How many lines the highest cell of a row takes."""
    pairs = zip(row.values, table.columns, strict=True)
    return max(1, *(_height(value, column.width) for value, column in pairs if isinstance(value, str)))


def _height(value: str, width: float) -> int:
    return sum(max(1, math.ceil(breadth(line) / (width - 2))) for line in value.split("\n"))


# --- Word ------------------------------------------------------------------------------------------------------------


def word_file(tables: Sequence[Table]) -> bytes:
    """Return tables as a .docx file, each with its title and what it is about; columns that are not printed are left out.

    TiaoliError where a table is longer than Word can handle.
    """
    word = new_paper(tables[0].title)
    for at, table in enumerate(tables):
        if len(table.rows) > MOST_IN_WORD:
            raise TiaoliError(
                f"“{table.title}”有 {len(table.rows):,} 行，做成 Word 会打不开，请缩小范围，或导出为 Excel。"
            )
        _add_table(word, table, on_new_page=at > 0)
    out = BytesIO()
    word.save(out)
    return steady(out.getvalue())


def _add_table(word: Any, table: Table, *, on_new_page: bool) -> None:  # noqa: ANN401 – python-docx has few types
    if on_new_page:
        word.add_page_break()
    put_title(word, table.title)
    put_lines(word, table.facts)
    shown = [n for n, column in enumerate(table.columns) if column.printed]
    drawn = new_table(word, [table.columns[n].name for n in shown])
    for words in _words_of(table.rows, shown):
        cells = drawn.add_row().cells
        for cell, text in zip(cells, words, strict=True):
            cell.paragraphs[0].add_run(legal(text))
    for row in drawn.rows[1:]:
        keep_together(row)
    whole = sum(table.columns[n].width for n in shown)
    set_widths(drawn, [table.columns[n].width / whole * ROOM_CM for n in shown])


def _words_of(rows: Iterable[Row], shown: Sequence[int]) -> Iterator[list[str]]:
    for row in rows:
        yield [said(row.values[n]) for n in shown]
