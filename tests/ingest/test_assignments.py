"""Bodies made responsible at the end of a clause."""

import pytest
from factories import clause

from ingest.assignments import _Word, find_assignments
from tiaoli.lexicon import entries
from tiaoli.records import Kind, Role

LEAD, RESPONSIBLE, SUPPORT = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT


def found(text, **given):
    one = clause(kind=Kind.PARAGRAPH, text=text, start=0, end=len(text), **given)
    assignments = find_assignments([one], text)
    assert all("".join(text[a.start : a.end].split()) == a.body for a in assignments)
    return [(a.role, a.body) for a in assignments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("扩大供给。（责任单位：市民政局、市财政局）", [(RESPONSIBLE, "市民政局"), (RESPONSIBLE, "市财政局")]),
        ("扩大供给。(牵头单位:县住建局;配合单位:县公安局)", [(LEAD, "县住建局"), (SUPPORT, "县公安局")]),
        ("扩大供给。〔牵头部门：市商务局，配合部门：市邮政管理局〕", [(LEAD, "市商务局"), (SUPPORT, "市邮政管理局")]),
        ("扩大供给。（市税务局牵头，各区人民政府配合）", [(LEAD, "市税务局"), (SUPPORT, "各区人民政府")]),
        ("扩大供给。（省民政厅、财政厅等按职责分工负责）", [(RESPONSIBLE, "省民政厅"), (RESPONSIBLE, "财政厅")]),
        ("扩大供给。〔责任单位: 市民政\n局、 市财政局〕", [(RESPONSIBLE, "市民政局"), (RESPONSIBLE, "市财政局")]),
        ("责任单位：市交通局", [(RESPONSIBLE, "市交通局")]),
        ("扩大供给。（责任单位：市住房和城乡建设局和市教育局）", [(RESPONSIBLE, "市住房和城乡建设局"), (RESPONSIBLE, "市教育局")]),
        ("扩大供给。（责任单位：省民政厅，各市、州、县人民政府）", [(RESPONSIBLE, "省民政厅"), (RESPONSIBLE, "各市、州、县人民政府")]),
        ("扩大供给。（责任单位：各县（市、区）人民政府）", [(RESPONSIBLE, "各县（市、区）人民政府")]),
        ("对失信的单位（个人）不予受理，责任单位逾期未改的通报。", []),
        ("由负责部门解释（见附件）。", []),
    ],
)  # fmt: skip
def test_bodies_are_told_with_their_part(text, expected):
    assert found(text) == expected


def test_a_rule_of_the_document_makes_the_first_ones_lead():
    text = "提高补贴。〔责任单位：市民政局，市财政局、市人社局，逗号前为牵头单位，下同〕"
    assert found(text) == [(LEAD, "市民政局"), (RESPONSIBLE, "市财政局"), (RESPONSIBLE, "市人社局")]


@pytest.mark.parametrize("table", ["head", "tail"])
def test_the_words_do_what_their_examples_say(table):
    for word in entries("assignments", table, _Word):
        for example in word.examples:
            assert any(role == word.role for role, _ in found(example)), example
        for counter in word.counter:
            assert not found(counter), counter
