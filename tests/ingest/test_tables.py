"""Tables in the clause tree: a list of powers row by row, any other table as one clause. A row is written `甲|乙`."""

from pathlib import Path

import pytest

from ingest.pipeline import parse_text
from ingest.readers import markdown
from ingest.readers.reading import Reading
from ingest.structure import tables
from ingest.structure.labels import shadow
from tiaoli.cells import named_cells, table_rows
from tiaoli.lexicon import Word, entries
from tiaoli.store import FileState

SHARED = Path(__file__).parents[3] / "shared"
STATE = FileState("/清单.xls", "清单.xls", "清单", "", "", 1, "present")
HEAD = "序号|事项名称|权力类型|行使主体"


def parsed(*lines, headings=None):
    """Return the one document of a text, whose lines with a bar are rows; ¶ is a line break in a cell."""
    text, rows = [], []
    for line in lines:
        start = len(text)
        text += line.replace("|", "\t").replace("¶", "\n").split("\n")
        rows += [range(start, len(text))] if "|" in line else []
    (document,) = parse_text(Reading("\n".join(text), headings=headings or {}, rows=tuple(rows)), STATE)
    assert_nothing_lost(document)
    return document


def assert_nothing_lost(document):
    spans = "".join(document.text[clause.start : clause.end] for clause in document.clauses)
    assert "".join(spans.split()) == "".join(document.text.split())


def tree(*lines, headings=None):
    """Return path and kind of each clause."""
    return [f"{'/'.join(c.path)} {c.kind.value}" for c in parsed(*lines, headings=headings).clauses]


def test_each_numbered_row_of_a_list_of_powers_is_an_item():
    document = parsed("某市民政局权责清单", HEAD, "1|登记|行政许可|某局", "2|罚款|行政处罚|某局")
    assert [(c.label, c.kind.value, c.number) for c in document.clauses] == [
        ("标题", "title", None),
        ("表头", "table", None),
        ("1", "item", 1),
        ("2", "item", 2),
    ]
    assert document.clauses[2].text == "登记\t行政许可\t某局\t"


def test_a_head_names_a_list_of_powers_also_without_a_title():
    assert tree(HEAD, "1|登记|行政许可|某局") == ["表头 table", "1 item"]


def test_rows_without_a_number_belong_to_the_item_above():
    document = parsed(HEAD, "1|登记|行政许可|某局", "|子项|行政许可|", "|||某处", "2|罚款|行政处罚|某局")
    assert [c.label for c in document.clauses] == ["表头", "1", "2"]
    assert dict(named_cells(document.clauses)[document.clauses[1].clause_id]) == {
        "序号": "1",
        "事项名称": "登记\n子项",
        "权力类型": "行政许可\n行政许可",
        "行使主体": "某局\n某处",
    }


def test_numbers_inside_cells_open_nothing():
    assert tree(HEAD, "1|一、登记¶（一）备案|1.许可|第一条 某局", "2|罚款|行政处罚|某局") == [
        "表头 table",
        "1 item",
        "2 item",
    ]


@pytest.mark.parametrize("label", ["1", "01", "1.0", "1-1", "2,3", "十二", "（一）", "①", "XK-001"])
def test_a_number_of_any_form_is_the_label_as_printed(label):
    document = parsed("某市权责清单", HEAD, f"{label}|登记|行政许可|某局")
    assert document.clauses[-1].label == label
    assert document.clauses[-1].text.startswith("登记")


@pytest.mark.parametrize("label", ["1.", "1、", "1．"])
def test_the_stop_behind_a_number_is_no_part_of_the_label(label):
    assert parsed("某市权责清单", HEAD, f"{label}|登记|行政许可|某局").clauses[-1].label == "1"


def test_the_column_of_the_numbers_may_stand_behind_others():
    document = parsed("权力类型|序号|权力名称", "行政许可|1|登记", "|2|备案")
    assert [c.label for c in document.clauses] == ["表头", "1", "2"]
    assert dict(named_cells(document.clauses)[document.clauses[1].clause_id]) == {
        "权力类型": "行政许可",
        "序号": "1",
        "权力名称": "登记",
    }


def test_a_head_of_two_rows_is_one_and_names_its_columns_by_both():
    document = parsed("序号|事项名称|责任主体||追责情形", "||实施主体|监督主体|", "1|登记|某局|某厅|失职")
    assert [c.label for c in document.clauses] == ["表头", "1"]
    named = named_cells(document.clauses)[document.clauses[1].clause_id]
    assert [name for name, _ in named] == ["序号", "事项名称", "责任主体·实施主体", "责任主体·监督主体", "追责情形"]


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("一、行政许可（2项）|||", "一"),
        ("行政许可（2项）|||", "行政许可（2项）"),
        ("一|行政许可||", "一"),
        ("（一）行政许可|||", "（一）"),
    ],
)
def test_a_row_that_names_those_below_it_is_their_heading(row, label):
    lines = tree(HEAD, row, "1|登记|行政许可|某局", "2|备案|行政许可|某局")
    assert lines[2:] == [f"{label}/1 item", f"{label}/2 item"]


def test_headings_among_the_rows_nest_by_their_labels():
    assert tree(
        HEAD, "一、许可|||", "（一）市级|||", "1|甲|乙|丙", "（二）县级|||", "1|甲|乙|丙", "二、处罚|||", "1|甲|乙|丙"
    ) == [
        "表头 table",
        "一 heading",
        "一/（一） subheading",
        "一/（一）/1 item",
        "一/（二） subheading",
        "一/（二）/1 item",
        "二 heading",
        "二/1 item",
    ]


def test_a_note_in_a_row_of_its_own_is_no_heading():
    assert tree(HEAD, "1|登记|行政许可|某局", "备注：按年更新。|||")[-1] == "1 item"


def test_each_sheet_begins_with_its_title():
    headings = {0: 1, 3: 1}
    assert tree(
        "某局权责清单（许可类）", HEAD, "1|甲|乙|丙", "某局权责清单（处罚类）", HEAD, "1|甲|乙|丙", headings=headings
    ) == [
        "标题 title",
        "表头 table",
        "1 item",
        "标题 title",
        "表头 table",
        "1 item",
    ]


def test_the_name_of_a_sheet_is_the_heading_of_its_rows():
    headings = {0: 2, 3: 2}
    assert tree("行政许可（1项）", HEAD, "1|甲|乙|丙", "行政处罚（1项）", HEAD, "1|甲|乙|丙", headings=headings) == [
        "行政许可（1项） heading",
        "行政许可（1项）/表头 table",
        "行政许可（1项）/1 item",
        "行政处罚（1项） heading",
        "行政处罚（1项）/表头 table",
        "行政处罚（1项）/1 item",
    ]


def test_a_list_goes_on_in_a_table_without_a_head():
    assert tree("一、许可", HEAD, "1|甲|乙|丙", "二、处罚", "2|甲|乙|丙") == [
        "一 heading",
        "一/表头 table",
        "一/1 item",
        "二 heading",
        "二/2 item",
    ]


def test_a_file_that_was_attached_to_another_has_its_title():
    assert tree("附件", "某市民政局权责清单", HEAD, "1|甲|乙|丙", headings={1: 1}) == [
        "序言 preamble",
        "标题 title",
        "表头 table",
        "1 item",
    ]


def test_a_list_in_an_attachment_stands_below_it():
    lines = [
        "关于公布清单的通知",
        "各单位：",
        "现予公布。",
        "某市民政局",
        "2024年3月1日",
        "附件1",
        "某市民政局权责清单",
    ]
    assert tree(*lines, "序号|名称|依据", "1|登记|条例")[-2:] == ["附件1/表头 table", "附件1/1 item"]


def test_any_other_table_is_one_clause_below_what_it_belongs_to():
    lines = [
        "一、标准",
        "按下表执行。",
        "序号|项目|金额",
        "1|一、甲|五元",
        "2|第一条 乙|六元",
        "3|附件1|七元",
        "二、其他",
        "另行通知。",
    ]
    assert tree(*lines) == ["一 heading", "一/段1 paragraph", "一/表 table", "二 heading", "二/段1 paragraph"]


def test_tables_of_another_width_are_two():
    assert tree("一、标准", "甲|乙", "1|2", "丙|丁|戊", "3|4|5") == ["一 heading", "一/表 table", "一/表 table"]


def test_a_table_keeps_its_empty_cells():
    document = parsed("一、标准", "|一季度|二季度", "收入|5|", "支出||6")
    assert table_rows(document.clauses[-1].text) == [("", "一季度", "二季度"), ("收入", "5", ""), ("支出", "", "6")]


def test_line_breaks_in_cells_end_no_row():
    document = parsed("一、标准", "项目¶名称|金额", "甲¶乙|五元¶六元", "丙|七元")
    assert table_rows(document.clauses[-1].text) == [("项目\n名称", "金额"), ("甲\n乙", "五元\n六元"), ("丙", "七元")]


def test_a_table_above_the_text_is_part_of_its_head():
    lines = [
        "某市民政局关于养老服务的通知",
        "索引号|001",
        "各县民政局：",
        "一、总体要求",
        "加强管理，保障老年人权益。" * 9,
    ]
    assert tree(*lines)[:3] == ["标题 title", "序言 preamble", "一 heading"]


def test_a_row_closes_no_document_and_begins_none():
    lines = ["一、标准", "项目|金额", "特此通知|五元", "某市民政局|2024年3月1日", "附件1|六元", "某某办法|七元"]
    assert tree(*lines) == ["一 heading", "一/表 table"]


def test_days_in_the_rows_of_a_list_are_not_those_of_the_list():
    document = parsed("某市民政局权责清单", HEAD, "1|登记|本条例自2020年5月1日起施行|某局", "2|甲|乙|某局¶2019年3月1日")
    assert (document.document.effective, document.document.promulgated) == (None, None)


COLUMNS = {
    "number_column": lambda name: tables.number_column([name]) is not None,
    "power_column": lambda name: tables.names_powers([name, name]),
    "matter_column": lambda name: tables.names_powers(["权力类型", name]),
}


@pytest.mark.parametrize("table", COLUMNS)
def test_the_words_of_heads_tell_their_examples(table):
    for word in entries("structure", table, Word):
        assert all(COLUMNS[table](shadow(name)) for name in word.examples)
        assert not any(COLUMNS[table](shadow(name)) for name in word.counter)


@pytest.mark.parametrize(
    "head",
    [
        "序号|事项名称|责任主体|完成时限",
        "序号|违法行为|法律依据|裁量标准",
        "序号|问题|整改|追责情况",
        "权力类型|职权名称|行使主体|备注",
    ],
)
def test_a_head_of_other_columns_makes_no_list(head):
    assert tree(head, "1|甲|乙|丙") == ["表 table"]


# --- Markdown --------------------------------------------------------------------------------------------------------


def test_a_table_of_markdown_is_rows_and_its_marks_are_markup():
    reading = markdown.read(
        "# 标准\n\n| 项目 | 金额 |\n|:---|---:|\n| **甲**<br>乙 | 5 |\n| a \\| b |\n| | |\n\n完。".encode()
    )
    assert reading.text == "标准\n\n项目\t金额\n甲\n乙\t5\na | b\t\n\n完。"
    assert reading.rows == (range(2, 3), range(3, 5), range(5, 6))
    assert reading.headings == {0: 1}


@pytest.mark.parametrize("text", ["甲 | 乙\n\n丙 | 丁", "甲\n---\n乙", "| 甲 | 乙 |\n| 丙 | 丁 |"])
def test_bars_without_a_rule_below_them_are_text(text):
    assert markdown.read(text.encode()).rows == ()


def test_a_dash_in_a_cell_is_text():
    assert markdown.read("| 甲 | 乙 |\n|---|---|\n| --- | - |\n| 一 | ---- |".encode()).text.endswith("一\t----")


# --- real lists ------------------------------------------------------------------------------------------------------

REAL = SHARED / "corpora" / "powers-lists"


@pytest.mark.skipif(not REAL.is_dir(), reason="没有共享语料")
def test_a_real_list_gives_the_same_tree_as_a_workbook_and_as_text():
    from ingest.readers import read

    stem = "克拉玛依市发展和改革委员会2024年权责清单"
    trees = []
    for path in (REAL / f"{stem}.xls", REAL / "tsv" / f"{stem}.tsv"):
        readings = read(path.name, path.read_bytes())
        (document,) = parse_text(readings[0], STATE)
        assert_nothing_lost(document)
        trees.append([(c.path, c.kind, "".join(c.text.split())) for c in document.clauses])
    assert trees[0] == trees[1]
    assert [path[-1] for path, kind, _ in trees[0] if kind == "item"] == [str(n) for n in range(1, 58)]


def test_a_table_pasted_into_plain_text_is_one_table():
    text = "一、任务分工\n\n序号\n\t事项\n\t牵头单位\n\n1\n\t增加车位。\n夜间开放。\n\t市公安局\n\n规范收费\n\t市发改委\n\n二、其他\n\n照此执行。\n"
    (document,) = parse_text(markdown.read_text(text.encode()), STATE)
    assert [f"{'/'.join(c.path)} {c.kind}" for c in document.clauses] == [
        "一 heading",
        "一/表 table",
        "二 heading",
        "二/段1 paragraph",
    ]
    assert table_rows(document.clauses[1].text) == [
        ("序号", "事项", "牵头单位"),
        ("1", "增加车位。\n夜间开放。", "市公安局"),
        ("规范收费", "市发改委"),
    ]
    assert markdown.read_text("一、标题\n\t第一段话讲的是停车。\n\t第二段。\n".encode()).rows == ()
