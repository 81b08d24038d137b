"""The tables for Word and Excel: marks, labels, hostile words, and the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document as open_word
from factories import document
from openpyxl import load_workbook
from versions import compared, statute

from compare.excel import excel_file
from compare.synopsis import counted, counts, heading, rows
from compare.word import word_file
from tiaoli.records import Change, Comparison

DAY = date(2024, 5, 6)
OLD = [
    ["为了加强河道管理，保障防洪安全，制定本办法。"],
    ["市水务部门负责全市河道的监督管理。", "区人民政府负责本行政区域内河道的巡查养护。"],
    ["任何单位和个人不得在河道内倾倒垃圾、擅自采砂。"],
    ["每年四月一日至六月三十日为禁渔期。"],
]
NEW = [
    ["为了加强河道管理，保障防洪安全，制定本办法。"],
    ["河道保护应当遵循统一规划、综合治理的原则。"],
    ["市水行政主管部门负责全市河道的监督管理。", "区人民政府负责本行政区域内河道的巡查养护。"],
    ["任何单位和个人不得在河道内倾倒垃圾、擅自采砂。"],
]


@pytest.fixture
def comparison() -> Comparison:
    found = compared(statute(OLD), statute(NEW))
    old = document("旧", title="江川市河道管理办法", doc_number="江政规〔2018〕5号", promulgated=date(2018, 4, 3))
    new = document("新", title="江川市河道管理办法", promulgated=date(2023, 8, 1), effective=date(2023, 9, 1))
    return replace(found, old=old, new=new)


def test_rows_tell_what_happened(comparison):
    assert [row.remark for row in rows(comparison)] == [
        "未变",
        "新增",
        "改序并修改：第二条改为第三条；修改第一款",
        "改序：第三条改为第四条",
        "删除",
    ]
    assert [row.number for row in rows(comparison, only_changed=True)] == [1, 2, 3]


def test_changes_are_counted(comparison):
    assert counts(comparison) == {
        Change.SAME: 1,
        Change.MOVED: 1,
        Change.MOVED_CHANGED: 1,
        Change.ADDED: 1,
        Change.DROPPED: 1,
    }
    assert counted(comparison) == "未变 1 条，改序 1 条，改序并修改 1 条，新增 1 条，删除 1 条"


def test_the_heading_names_both_where_they_differ(comparison):
    assert heading(comparison) == "《江川市河道管理办法》新旧条文对照表"
    other = replace(comparison, old=replace(comparison.old, title="江川市河道管理暂行规定"))
    assert heading(other) == "《江川市河道管理暂行规定》与《江川市河道管理办法》条文对照表"


# --- Word ------------------------------------------------------------------------------------------------------------


def test_the_word_table_marks_words(comparison):
    word = open_word(BytesIO(word_file(comparison, DAY)))
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert cells[0] == ["序号", "原条文", "新条文", "变化"]
    assert cells[1][1:3] == ["第一条　为了加强河道管理，保障防洪安全，制定本办法。"] * 2
    assert cells[3][1].split("\n")[1] == "区人民政府负责本行政区域内河道的巡查养护。"
    old, new = (word.tables[0].rows[3].cells[n].paragraphs[0].runs for n in (1, 2))
    assert [run.text for run in old if run.font.strike] == ["市水务部门"]
    assert [run.text for run in new if run.underline and run.bold] == ["市水行政主管部门"]


def test_the_word_page_is_as_officials_print_it(comparison):
    word = open_word(BytesIO(word_file(comparison, DAY)))
    section = word.sections[0]
    assert section.page_width > section.page_height
    xml = word.element.xml
    assert "w:tblHeader" in xml
    assert 'w:eastAsia="黑体"' in xml
    assert 'w:eastAsia="宋体"' in word.styles["Normal"].element.xml
    text = "\n".join(p.text for p in word.paragraphs)
    for words in ("江政规〔2018〕5号，2018年4月3日公布", "2023年9月1日施行", "新增 1 条", "2024年5月6日"):
        assert words in text
    assert "PAGE" in section.footer._element.xml


def test_only_changed_says_so(comparison):
    word = open_word(BytesIO(word_file(comparison, DAY, only_changed=True)))
    assert len(word.tables[0].rows) == 4
    assert "只列字句有改动的条款" in "\n".join(p.text for p in word.paragraphs)


# --- Excel -----------------------------------------------------------------------------------------------------------


def test_the_excel_table_marks_words(comparison):
    sheet = load_workbook(BytesIO(excel_file(comparison, DAY)), rich_text=True)["对照表"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0] == ["序号", "变化", "原序号", "原条文", "新序号", "新条文", "说明"]
    assert values[3][:3] == [3, "改序并修改", "第二条"]
    struck = [block.text for block in values[3][3] if not isinstance(block, str) and block.font.strike]
    bold = [block.text for block in values[3][5] if not isinstance(block, str) and block.font.b and block.font.u]
    assert (struck, bold) == (["市水务部门"], ["市水行政主管部门"])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G6"


def test_no_word_becomes_a_formula():
    hostile = [['=HYPERLINK("http://x.invalid","点")'], ["+1+1"], ["@SUM(A1)"], ["-2"]]
    found = compared(statute(hostile), statute([["=1+1"], *hostile[1:]]))
    found = replace(found, old=document("旧", title="=1+1"), new=document("新", title="=1+1"))
    book = load_workbook(BytesIO(excel_file(found, DAY)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_a_cell_that_is_too_long_goes_on_in_the_next_row():
    text = "河道管理范围包括水域沙洲滩地。" * 4000
    sheet = load_workbook(BytesIO(excel_file(compared(statute([[text]]), statute([[text]])), DAY)))["对照表"]
    cells = [(row[2].value, row[3].value) for row in sheet.iter_rows(min_row=2)]
    assert "".join(value for _, value in cells) == f"第一条　{text}"
    assert cells[1][0] == "第一条（续）"
    assert max(dimension.height or 0 for dimension in sheet.row_dimensions.values()) <= 409


# --- both ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [word_file, excel_file])
def test_the_same_comparison_gives_the_same_bytes(make, comparison):
    assert make(comparison, DAY) == make(comparison, DAY)


@pytest.mark.parametrize("make", [word_file, excel_file])
def test_what_no_office_file_can_hold_is_marked(make):
    found = compared(statute([["甲\x00\x0b乙\ufffe"]]), statute([["甲\x1b丙"]]))
    assert make(found, DAY)


@pytest.mark.parametrize("make", [word_file, excel_file])
def test_texts_without_clauses_make_an_empty_table(make):
    assert make(compared([], []), DAY)
