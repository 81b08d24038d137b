from itertools import pairwise

from search.passages import passages_of
from tiaoli.records import Clause, Kind

HEADS = {"一": Kind.HEADING, "（一）": Kind.SUBHEADING, "1": Kind.POINT, "2": Kind.POINT, "第一条": Kind.ARTICLE}


def clause(label, text="", parent=None, heading="", kind=None):
    name = f"{parent.clause_id}/{label}" if parent else f"d#{label}"
    path = (*(parent.path if parent else ()), label)
    kind = kind or HEADS.get(label, Kind.PARAGRAPH)
    return Clause(name, "d", parent.clause_id if parent else None, kind, label, path, heading, text, 0, 0, 0)


def test_a_unit_of_a_policy_text_stands_alone_under_its_headings():
    top = clause("一", heading="总体要求")
    below = clause("（一）", "各部门要落实责任，加强监督检查，确保各项工作按时完成到位，不得推诿。", top, "强化监管。")
    passages = list(passages_of([top, below]))
    assert [(p.path, p.ranked) for p in passages] == [(("一",), False), (("一", "（一）"), True)]
    assert passages[1].headings == "一、总体要求"
    assert passages[1].text.startswith("强化监管。\n各部门")
    assert passages[1].field("意见") == f"意见。一、总体要求。{passages[1].text}"


def test_short_items_stand_with_the_sentence_that_leads_into_them():
    lead = clause("段1", "补贴对象包括：")
    items = [clause("1", "特困老年人；", lead), clause("2", "低保老年人。", lead)]
    passages = list(passages_of([lead, *items]))
    assert [(p.path, p.text) for p in passages] == [(("段1",), "补贴对象包括：\n1.特困老年人；\n2.低保老年人。")]


def test_long_items_stand_alone():
    lead = clause("段1", "要求如下：")
    items = [clause("1", "甲" * 60, lead), clause("2", "乙。", lead)]
    assert [p.path for p in passages_of([lead, *items])] == [("段1",), ("段1", "1"), ("段1", "2")]


def test_an_article_takes_in_all_below_it():
    article = clause("第一条", "处罚种类：")
    item = clause("（一）", "罚款：", article, kind=Kind.ITEM)
    subitem = clause("1", "大额", item, kind=Kind.SUBITEM)
    assert [p.text for p in passages_of([article, item, subitem])] == ["处罚种类：\n（一）罚款：\n1.大额"]


def test_cells_of_a_table_that_came_as_lines_stand_together():
    clauses = [
        clause(f"段{n}", text) for n, text in enumerate(["序号", "项目", "1", "罚款", "以上各项自公布之日起施行。"], 1)
    ]
    assert [p.text for p in passages_of(clauses)] == ["序号\n项目\n1\n罚款", "以上各项自公布之日起施行。"]


def test_title_preamble_and_closing_are_found_too():
    clauses = [clause("标题", "某通知", kind=Kind.TITLE), clause("序言", "各区：", kind=Kind.PREAMBLE)]
    clauses.append(clause("落款", "某市政府", kind=Kind.CLOSING))
    assert [(p.text, p.ranked) for p in passages_of(clauses)] == [
        ("某通知", True),
        ("各区：", True),
        ("某市政府", True),
    ]


def test_a_heading_with_nothing_below_it_is_found():
    assert [p.ranked for p in passages_of([clause("一", heading="附表另发")])] == [True]


def test_blank_lines_are_left_out_and_nothing_else():
    texts = [p.text for p in passages_of([clause("序言", "甲\n\n　乙\n丙", kind=Kind.PREAMBLE)])]
    assert texts == ["甲\n乙\n丙"]


def test_ids_are_those_of_clauses_and_come_once(statutes):
    rows = [statutes.index().generation.row(n) for n in range(statutes.index().generation.size)]
    assert all(a != b for a, b in pairwise(sorted(row.clause_id for row in rows)))


def test_line_ends_that_a_page_set_are_mended_and_those_of_the_layout_stay():
    wrapped = clause("段1", "补贴对象为第十六条规定的老\n  年人，按照GB\nT标准执行。")
    assert next(passages_of([wrapped])).text == "补贴对象为第十六条规定的老年人，按照GB T标准执行。"
    closing = clause("落款", "江川市民政局\n2024年3月1日", kind=Kind.CLOSING)
    assert next(passages_of([closing])).text == "江川市民政局\n2024年3月1日"
