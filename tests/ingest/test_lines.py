"""Logical lines: what is joined, what stays apart. Lines are written as the words that a person sees."""

import pytest

from ingest.structure.labels import shadow
from ingest.structure.lines import split_lines


def lines(text, headings=None):
    return [line.words(text).replace("\n", "") for line in split_lines(shadow(text), headings or {})]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("各地应当加强管理\n，落实责任。", ["各地应当加强管理，落实责任。"]),
        ("负责登记、\n检查。", ["负责登记、检查。"]),
        ("江川市民政局（含所属\n事业单位）负责。", ["江川市民政局（含所属事业单位）负责。"]),
        ("应当登记。未登记的\n不得开工。", ["应当登记。未登记的不得开工。"]),
        ("第一章\n总则\n第一条 甲。", ["第一章总则", "第一条 甲。"]),
        ("3\n、建立制度。", ["3、建立制度。"]),
        ("第十七条\n之一\n【年龄】已满十六周岁的。\n另款。", ["第十七条之一【年龄】已满十六周岁的。", "另款。"]),
    ],
)
def test_a_break_that_no_writer_makes_is_undone(text, joined):
    assert lines(text) == joined


@pytest.mark.parametrize(
    "text",
    [
        "江川市民政局\n2024年3月1日",
        "应当登记。未登记的\n（一）不得开工；",
        "第一条\n第二条",
        "一、目标\n\n\n二、任务",
    ],
)
def test_lines_that_stand_alone_stay_apart(text):
    assert lines(text) == [line for line in text.split("\n") if line]


def test_a_heading_is_joined_to_nothing_before_it():
    assert lines("负责登记、\n检查", {1: 2}) == ["负责登记、", "检查"]


def test_bare_numbers_are_page_marks_only_if_they_count_up_a_page_apart():
    page = "各地应当加强管理。\n" * 30
    marked = split_lines(f"{page}1\n{page}2\n{page}", {})
    assert [line.page_mark for line in marked].count(True) == 2
    assert not any(line.page_mark for line in split_lines(f"{page}1\n2\n{page}", {}))


def wrapped(*paragraphs, indent):
    """Break paragraphs into lines of 30 characters as a text layer does that has lost its indents of `indent` characters."""
    printed = []
    for paragraph in paragraphs:
        printed.append(paragraph[: 30 - indent])
        printed += [paragraph[at : at + 30] for at in range(30 - indent, len(paragraph), 30)]
    return "\n".join(printed)


def test_a_sentence_that_ends_at_the_margin_goes_on_unless_the_next_line_is_a_first_one():
    sentence = "为规范停车秩序江川市制定本办法自公布之日起施行各单位应当遵照执行并加强管理工作确保落实人人有责"
    goes_on = (
        (sentence + "车位应当公示收费应当合理")[:57] + "。" + sentence + "。"
    )  # the first stop stands at the margin
    other = "停车收费实行政府指导价车位应当划线夜间停车减半收取费用残疾人停车免收费用" * 2 + "。"
    text = wrapped(*(f"（{n}）{other}" for n in "一二三四五"), goes_on, other, indent=2)
    assert lines(text)[5:] == [goes_on, other]


def test_a_page_mark_within_a_sentence_stays_there_and_one_behind_a_sentence_is_parted():
    assert lines("慰问品每户三千\n—2—元以上。") == ["慰问品每户三千—2—元以上。"]
    assert lines("慰问品每户三千元。\n—2—各县应当落实。") == ["慰问品每户三千元。", "—2—", "各县应当落实。"]
