"""Bodies and parties: what kind a name is of, where a text names them, and whom it means."""

import pytest

from ingest.bodies.names import is_public, kind_of
from tiaoli.body_kinds import Head, head_of
from tiaoli.lexicon import Word, entries

HEADS = entries("bodies", "head", Head)


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.text)
def test_a_head_decides_its_examples_and_not_its_counter_examples(head):
    assert {head_of(name) for name in head.examples} == {head}
    assert head not in {head_of(name) for name in head.counter}


@pytest.mark.parametrize("word", entries("bodies", "no_body", Word), ids=lambda word: word.text)
def test_a_word_that_only_ends_like_a_body_is_none(word):
    assert {head_of(text) for text in word.examples} == {None}


@pytest.mark.parametrize(
    ("name", "kind", "public"),
    [
        ("县级以上地方人民政府及其有关部门", "部门", True),
        ("各区（县、市）人民政府（含开发区）", "政府", True),
        ("公安、税务、市场监督管理等部门", "部门", True),
        ("履行个人信息保护职责的部门", "部门", True),
        ("市住房公积金管理中心", "事业单位", True),
        ("村民委员会", "社会组织", False),
        ("人民法院", "其他", True),
        ("企业的工作人员", "公民", False),
        ("企业工作人员", "公民", False),
        ("直接负责的主管人员", "公民", False),
        ("关键信息基础设施运营者", "公民", False),
        ("互联网上网服务营业场所经营单位", "企业", False),
        ("设计方案", "其他", False),
        ("", "其他", False),
    ],
)
def test_kind_and_public_power_are_told_by_the_end_of_a_name(name, kind, public):
    assert (kind_of(name), is_public(name)) == (kind, public)
