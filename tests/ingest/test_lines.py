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
