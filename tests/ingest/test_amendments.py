"""Amending decisions as data."""

import pytest

from ingest.pipeline import parse_text
from ingest.readers.reading import Reading
from tiaoli.records import Act
from tiaoli.store import FileState

REPLACE, ADD, DELETE, RENUMBER = Act.REPLACE, Act.ADD, Act.DELETE, Act.RENUMBER
DECISION = (
    "江川市人民政府关于修改《江川市停车管理办法》的决定\n\n江川市人民政府决定对《江川市停车管理办法》作如下修改：\n\n"
)


def found(text):
    file = FileState("/a.txt", "a.txt", "a", "0", "", 1, "present")
    (parsed,) = parse_text(Reading(text), file)
    spans = {c.clause_id: (c.start, c.end) for c in parsed.clauses}
    for one in parsed.amendments:
        start, end = spans[one.clause_id]
        assert start <= one.start < end and one.start < one.end <= len(parsed.text)
    return parsed.amendments


def orders(text):
    return [(a.act, a.label, a.old, a.new, a.new_label) for a in found(DECISION + text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、将第三条修改为：“停车应当有序。”", [(REPLACE, "第三条", None, "停车应当有序。", None)]),
        ("一、将第三条第一款中的“公安局”修改为“公安机关”。", [(REPLACE, "第三条第一款", "公安局", "公安机关", None)]),
        (
            "一、将第三条、第五条第二款中的“罚款”修改为“处罚”。",
            [(REPLACE, "第三条", "罚款", "处罚", None), (REPLACE, "第五条第二款", "罚款", "处罚", None)],
        ),
        (
            "一、第三条中的“甲”修改为“乙”，“丙”修改为“丁”。",
            [(REPLACE, "第三条", "甲", "乙", None), (REPLACE, "第三条", "丙", "丁", None)],
        ),
        ("一、增加一条，作为第七条：“收费应当公示。”", [(ADD, None, None, "收费应当公示。", "第七条")]),
        ("一、第八条增加一款，作为第二款：“夜间减半。”", [(ADD, "第八条", None, "夜间减半。", "第八条第二款")]),
        ("一、在第八条第一款“停车场”后增加“（库）”。", [(ADD, "第八条第一款", "停车场", "（库）", None)]),
        ("一、删去第九条。", [(DELETE, "第九条", None, None, None)]),
        ("一、删去第九条第二款中的“暂住证”。", [(DELETE, "第九条第二款", "暂住证", None, None)]),
        ("一、第九条中的“暂住证”删除。", [(DELETE, "第九条", "暂住证", None, None)]),
        (
            "一、第十条改为第十一条，修改为：“本办法自公布之日起施行。”",
            [
                (RENUMBER, "第十条", None, None, "第十一条"),
                (REPLACE, "第十条", None, "本办法自公布之日起施行。", "第十一条"),
            ],
        ),
        (
            "一、第十条改为第十一条，第二款修改为：“从其规定。”",
            [
                (RENUMBER, "第十条", None, None, "第十一条"),
                (REPLACE, "第十条第二款", None, "从其规定。", None),
            ],
        ),
        (
            "一、第四条增加一项，作为第二项：“（二）临时停车；”，第二项至第四项相应改为第三项至第五项。",
            [
                (ADD, "第四条", None, "（二）临时停车；", "第四条第二项"),
                (RENUMBER, "第四条第二项", None, None, "第四条第三项"),
                (RENUMBER, "第四条第三项", None, None, "第四条第四项"),
                (RENUMBER, "第四条第四项", None, None, "第四条第五项"),
            ],
        ),
    ],
)  # fmt: skip
def test_each_form_of_amending_is_read(text, expected):
    assert orders(text) == expected


def test_new_paragraphs_keep_their_lines_and_added_articles_their_own_words():
    text = "一、增加二条，作为第七条、第八条：\n\n“第七条 收费应当公示。\n\n“公示牌应当醒目。\n\n“第八条 夜间减半。”\n\n二、删去第九条。\n"
    assert orders(text) == [
        (ADD, None, None, "第七条 收费应当公示。\n公示牌应当醒目。", "第七条"),
        (ADD, None, None, "第八条 夜间减半。", "第八条"),
        (DELETE, "第九条", None, None, None),
    ]


def test_a_quotation_that_is_never_closed_ends_before_the_next_amendment():
    assert orders("一、将第三条修改为：“停车应当有序。\n\n二、删去第九条。\n") == [
        (REPLACE, "第三条", None, "停车应当有序。", None),
        (DELETE, "第九条", None, None, None),
    ]


def test_a_decision_on_several_measures_says_for_each_what_it_amends():
    text = (
        "江川市人民政府关于修改部分规章的决定\n\n江川市人民政府决定：\n\n"
        "一、对《江川市停车管理办法》作出修改\n\n（一）删去第二条。\n\n"
        "二、对《江川市公园管理办法》作出修改\n\n（一）将第三条中的“园林局”修改为“城管局”。\n"
    )
    assert [(a.title, a.act, a.label) for a in found(text)] == [
        ("江川市停车管理办法", DELETE, "第二条"),
        ("江川市公园管理办法", REPLACE, "第三条"),
    ]


def test_a_revision_of_a_law_names_it_without_brackets():
    text = (
        "中华人民共和国甲税法修正案（二）\n\n一、将甲税法第五条修改为：“税率为百分之三。”\n\n二、删去甲税法第六条。\n"
    )
    assert [(a.title, a.label) for a in found(text)] == [
        ("中华人民共和国甲税法", "第五条"),
        ("中华人民共和国甲税法", "第六条"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "江川市停车管理办法\n\n第一条 申请人应当将名称修改为规范名称。\n\n第二条 违反第一条的，删除其信息。\n",
        "关于做好停车工作的通知\n\n一、增加“绿色通道”。各区要增加一款产品。\n\n二、将“一窗受理”修改为“一网通办”。\n",
    ],
)
def test_a_text_that_amends_nothing_has_no_amendments(text):
    assert found(text) == ()
