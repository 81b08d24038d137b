"""Which labels open a unit and how units nest: one row is a label and the place of its parent in the list."""

import pytest

from ingest.structure.labels import shadow
from ingest.structure.lines import split_lines
from ingest.structure.outline import outline
from ingest.structure.quotations import quoted_lines


def units(text):
    shade = shadow(text)
    return [
        (text[t.label.start : t.label.printed_end], t.parent) for t in outline(shade, split_lines(shade, {}), set())
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第一章 总则\n第一条 甲。\n第二章 附则", [("第一章", None), ("第一条", 0), ("第二章", None)]),
        ("一、甲\n（一）乙\n二、丙", [("一", None), ("（一）", 0), ("二", None)]),
        ("一、甲\n1.乙\n（一）丙\n（二）丁\n2.戊", [("一", None), ("1", 0), ("（一）", 1), ("（二）", 1), ("2", 0)]),
        ("第一条 甲：\n（一）乙；\n第二条 丙。", [("第一条", None), ("（一）", 0), ("第二条", None)]),
        ("一、甲\n第一条 乙。\n二、丙\n第二条 丁。", [("一", None), ("第一条", 0), ("二", None), ("第二条", 2)]),
    ],
)
def test_a_unit_stands_under_the_nearest_of_higher_rank_or_the_one_whose_list_goes_on(text, found):
    assert units(text) == found


@pytest.mark.parametrize("text", ["一、二类动物疫病", "b.甲", "第二章规定的程序", "（一）、（二）项所列人员"])
def test_what_only_looks_like_a_label_opens_nothing(text):
    assert units(text) == []


def test_skipped_lines_open_nothing():
    shade = "一、甲\n二、乙"
    assert [token.label.number for token in outline(shade, split_lines(shade, {}), {0})] == [2]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("将第五条修改为：“第五条 甲：\n（一）乙；\n（二）丙。”\n二、丁", {1, 2}),
        ("将第五条修改为：“第五条 甲：\n二、删去第七条。", set()),
        ("所称“甲\n（一）乙。”", set()),
    ],
)
def test_a_quotation_behind_a_colon_goes_on_to_its_end(text, quoted):
    shade = shadow(text)
    assert quoted_lines(shade, split_lines(shade, {})) == quoted
