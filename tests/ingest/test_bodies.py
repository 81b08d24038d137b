"""Bodies and parties: what kind a name is of, where a text names them, and whom it means."""

import pytest

from ingest.bodies.names import find_bodies, is_public, kind_of
from ingest.bodies.words import Modifier
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


# --- where a text names them -----------------------------------------------------------------------------------------

TABLES = {
    table: entries("body_names", table, Modifier if table == "modifier" else Word)
    for table in (
        *("domain", "office", "level", "inner", "before_bare_head", "modifier", "word"),
        *("outside", "deed", "compound"),
    )
}
WITHIN = [pytest.param(w, id=f"{table}-{w.text}") for table, ws in list(TABLES.items())[:7] for w in ws]
BEFORE = [pytest.param(w, id=f"{table}-{w.text}") for table in ("outside", "deed") for w in TABLES[table]]


def names(text):
    return [text[span.start : span.end] for span in find_bodies(text)]


@pytest.mark.parametrize("word", WITHIN)
def test_a_word_that_names_are_built_of_belongs_to_the_name(word):
    assert [names(example) for example in word.examples] == [[example] for example in word.examples]


@pytest.mark.parametrize("word", BEFORE)
def test_a_name_ends_before_a_word_that_belongs_to_none(word):
    assert [names(example) for example in word.examples] == [[e.removeprefix(word.text)] for e in word.examples]


@pytest.mark.parametrize("word", TABLES["compound"], ids=lambda word: word.text)
def test_a_compound_that_begins_like_a_body_is_none(word):
    for example in word.examples:
        at = example.index(word.text)
        assert not [span for span in find_bodies(example) if at <= span.start < at + len(word.text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("由县级以上地方人民政府市场监督管理部门责令改正，处五千元以上罚款", ["县级以上地方人民政府市场监督管理部门"]),
        (
            "设区的市级生态环境主管部门和江川市住房和城乡建设局",
            ["设区的市级生态环境主管部门", "江川市住房和城乡建设局"],
        ),
        ("省、自治区、直辖市人民政府及其有关部门", ["省、自治区、直辖市人民政府", "有关部门"]),
        ("各县（市、区）人民政府，市各部门", ["各县（市、区）人民政府", "市各部门"]),
        ("会同公安、税务、市场监督管理等部门", ["公安、税务、市场监督管理等部门"]),
        ("市财政局、市民政局会同有关单位", ["市财政局", "市民政局", "有关单位"]),
        ("市或者区绿化行政管理部门应当", ["市或者区绿化行政管理部门"]),
        ("任何单位和个人有权向公安机关举报", ["任何单位", "个人", "公安机关"]),
        ("公民、法人或者其他组织对行政机关", ["公民", "法人", "其他组织", "行政机关"]),
        ("对直接负责的主管人员和其他直接责任人员", ["直接负责的主管人员", "其他直接责任人员"]),
        (
            "由负责药品监督管理的部门会同履行个人信息保护职责的部门",
            ["负责药品监督管理的部门", "履行个人信息保护职责的部门"],
        ),
        ("报共同的上一级市场监督管理部门指定", ["共同的上一级市场监督管理部门"]),
        ("被检查人、个人信息处理者和承租人", ["被检查人", "个人信息处理者", "承租人"]),
        ("食品生产经营单位不得伪造", ["食品生产经营单位"]),
        ("市人民政府组织有关部门编制规划", ["市人民政府", "有关部门"]),
        ("区住建局核实购房人信息", ["区住建局", "购房人"]),
        ("由工业和信息化部、国家发展改革委负责", ["工业和信息化部", "国家发展改革委"]),
        ("药品注册处、政策法规科承办", ["药品注册处", "政策法规科"]),
        ("各省、自治区、直辖市应当执行", ["各省、自治区、直辖市"]),
        ("国家鼓励企业创新，遵守国家规定", ["国家", "企业"]),
        ("依照《江川市人民政府工作规则》办理", []),
        ("并处五万元罚款，以件为单位，政府采购个人信息", []),
        ("", []),
    ],
)
def test_bodies_are_found_in_running_text(text, found):
    assert names(text) == found


def test_bodies_of_a_part_of_a_text_have_their_place_in_the_whole():
    text = "当事人应当配合。市财政局负责。"
    assert [(span.start, span.end) for span in find_bodies(text, 8, 12)] == [(8, 12)]
