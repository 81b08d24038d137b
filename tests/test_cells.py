"""Cells of rows: where they stand in a clause's text, and what the head of a list calls them."""

import pytest
from factories import clause
from hypothesis import given
from hypothesis import strategies as st

from tiaoli.cells import cell_spans, column_names, named_cells, named_spans, table_rows
from tiaoli.records import Kind


def head(text):
    return clause("表头", kind=Kind.TABLE, text=text)


def item(label, text):
    return clause(label, kind=Kind.ITEM, text=text)


CELL = st.text("甲乙，。 1\n", max_size=6).map(str.strip)
ROWS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(ROWS)
def test_closed_rows_give_back_their_cells(rows):
    text = "\n".join("".join(f"{cell}\t" for cell in row) for row in rows)
    assert table_rows(text) == [tuple(row) for row in rows]


@given(ROWS)
def test_spans_cut_the_cells_out_of_the_text(rows):
    text = "\n".join("".join(f" {cell} \t" for cell in row) for row in rows)
    assert [[text[c.start : c.end] for c in row] for row in cell_spans(text)] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("税目\t税额\n噪声\t350元", [("税目", "税额"), ("噪声", "350元")]),
        ("| 甲 | 乙 |\n|---|:-:|\n| 丙 | |", [("甲", "乙"), ("丙", "")]),
        ("甲\t\n\t乙\t", [("甲",), ("", "乙")]),
        ("只有文字", [("只有文字",)]),
        ("", []),
    ],
)
def test_rows_of_other_texts_are_lines(text, rows):
    assert table_rows(text) == rows


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([("序 号", "事项\n名称")], ["序号", "事项名称"]),
        ([("序号", "层级及权限", "", "职责")], ["序号", "层级及权限", "层级及权限", "职责"]),
        ([("序号", "备注", "")], ["序号", "备注", "第3列"]),
        ([("序号", "主体", ""), ("", "实施", "监督")], ["序号", "主体·实施", "主体·监督"]),
        ([("序号", "主体", "备注"), ("", "", "备注")], ["序号", "主体", "备注"]),
        ([], []),
    ],
)
def test_columns_are_called_by_their_heads(rows, names):
    assert column_names(rows) == names


def named(*clauses):
    return {key.partition("#")[2]: dict(cells) for key, cells in named_cells(clauses).items()}


def test_the_label_is_the_cell_of_the_number():
    assert named(head("序号\t事项\t依据\t"), item("1", "登记\t\t")) == {"1": {"序号": "1", "事项": "登记", "依据": ""}}


def test_cells_go_on_in_rows_without_a_number():
    rows = "登记\t条例\t\n\t\t办法\n细则\t"
    assert named(head("序号\t事项\t依据\t"), item("1", rows)) == {
        "1": {"序号": "1", "事项": "登记", "依据": "条例\n办法\n细则"}
    }


def test_columns_of_one_name_are_one():
    assert named(head("序号\t权限\t\t备注\t"), item("1", "市级\t负责审批\t\t")) == {
        "1": {"序号": "1", "权限": "市级\n负责审批", "备注": ""}
    }


def test_a_row_that_is_longer_than_its_head_loses_nothing():
    assert named(head("序号\t事项\t"), item("1", "登记\t多\t余\t"))["1"]["第4列"] == "余"


def test_rows_of_lines_are_named_too():
    assert named(head("| 序号 | 事项 | 依据 |"), item("1", "登记 | 条例 |")) == {
        "1": {"序号": "1", "事项": "登记", "依据": "条例"}
    }


def test_each_list_goes_by_the_head_above_it():
    found = named(head("序号\t事项\t"), item("1", "登记\t"), head("序号\t名称\t"), item("2", "罚款\t"))
    assert found == {"1": {"序号": "1", "事项": "登记"}, "2": {"序号": "2", "名称": "罚款"}}


@pytest.mark.parametrize(
    "clauses",
    [
        (item("1", "登记\t"),),
        (head("序号\t事项\t"), item("（一）", "倾倒垃圾；")),
        (head("序号\t事项\t"), clause("第一款", kind=Kind.PARAGRAPH, text="甲\t乙\t")),
        (clause("表", kind=Kind.TABLE, text="序号\t事项\t"), item("1", "登记\t")),
    ],
)
def test_what_is_no_row_of_a_list_has_no_names(clauses):
    assert named_spans(clauses) == {}
