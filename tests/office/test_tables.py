"""Answers as workbooks and papers: words stay words, every row leads to its clause, the same bytes each time."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document as open_word
from openpyxl import load_workbook

from office import tables
from office.tables import Column, Row, Table, excel_file, word_file
from tiaoli.errors import TiaoliError

COLUMNS = (Column("事项", 30), Column("数量", 8), Column("期限", 16), Column("把握", 8, printed=False, form="0%"))
ROWS = (
    Row(("=1+1\x00", 3.0, date(2026, 12, 25), 0.9), "办法#第一条"),
    Row(("@公布目录", None, None, None)),
)
TABLE = Table("江川市财政局期限表", COLUMNS, ROWS, (("范围", "全部文件"),), "期限")


def link(clause_id: str) -> str:
    return f"http://localhost:8501/read?clause={clause_id}"


def test_a_workbook_holds_words_figures_days_and_links():
    data = excel_file([TABLE], link)
    assert data == excel_file([TABLE], link)
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["期限", "说明"]
    heads, first, second = book["期限"].iter_rows()
    assert [cell.value for cell in heads] == ["事项", "数量", "期限", "把握", "原文", "条款编号"]
    assert [cell.data_type for cell in first[:2]] == ["s", "n"]
    assert first[0].value == "=1+1\ufffd"
    assert first[2].value.date() == date(2026, 12, 25)
    assert first[4].hyperlink.target == link("办法#第一条")
    assert (second[4].hyperlink, second[5].value) == (None, None)
    assert book["期限"].print_area == "'期限'!$A$1:$C$3"
    facts = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert facts == {"名称": "江川市财政局期限表", "范围": "全部文件"}


def test_a_paper_holds_what_is_printed():
    data = word_file([TABLE])
    assert data == word_file([TABLE])
    word = open_word(BytesIO(data))
    assert [p.text for p in word.paragraphs] == ["江川市财政局期限表", "范围：全部文件"]
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows == [["事项", "数量", "期限"], ["=1+1\ufffd", "3", "2026年12月25日"], ["@公布目录", "", ""]]


def test_what_does_not_fit_is_told(monkeypatch):
    monkeypatch.setattr(tables, "_MOST_ROWS", 1)
    monkeypatch.setattr(tables, "MOST_IN_WORD", 1)
    for make in (lambda: excel_file([TABLE], link), lambda: word_file([TABLE])):
        with pytest.raises(TiaoliError, match="2 行"):
            make()
