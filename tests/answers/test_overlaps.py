"""职权交叉: what is one, and what only looks like one."""

import pytest

from answers.gaps.overlaps import field_of, within
from answers.gaps.survey import kinds_of, select
from answers.scope import Scope

POLICY = """江川市促进商品消费若干措施

江川市人民政府

一、支持汽车消费。对购买新能源汽车的消费者给予补贴。（{bracket}）

二、支持家电消费。开展家电以旧换新。（责任单位：市商务局）
"""
RULE = """江川市户外广告管理办法

江川市人民政府令第12号

第一条 为了加强户外广告管理，制定本办法。

第二条 {sentence}
"""


@pytest.mark.parametrize(
    "bracket",
    ["责任单位：市商务局、市财政局", "责任单位：市商务局、市财政局、各县区政府", "市商务局、市财政局负责"],
)
def test_a_task_with_several_bodies_and_no_leader_is_found(read, bracket):
    (found,) = within(read(POLICY.format(bracket=bracket)))
    assert found.bodies == ("市商务局", "市财政局")
    assert "市商务局、市财政局" in found.message
    assert found.quotes[0].text.startswith("一、支持汽车消费。")


@pytest.mark.parametrize(
    "bracket",
    [
        "牵头单位：市商务局；配合单位：市财政局",
        "市商务局牵头，市财政局配合",
        "市商务局、市财政局按职责分工负责",
        "责任单位：市商务局、各县区政府",  # levels of one line
        "责任单位：市商务局、市商务局市场科",  # a body and its office
        "责任单位：市商务局、市有关部门",
    ],
)
def test_leaders_levels_and_whoever_is_meant_in_general_are_no_overlap(read, bracket):
    assert not list(within(read(POLICY.format(bracket=bracket))))


def test_a_document_that_says_that_the_first_leads_has_no_overlaps(read):
    text = POLICY.format(bracket="责任单位：市商务局、市财政局") + "\n三、各项任务排在第一位的为牵头单位。\n"
    assert not list(within(read(text)))


@pytest.mark.parametrize(
    "sentence",
    [
        "擅自设置户外广告的，由城市管理部门或者市场监督管理部门责令限期拆除。",
        "本市户外广告由市城市管理局、市交通运输局负责审批。",
    ],
)
def test_a_power_of_several_bodies_is_found(read, sentence):
    (found,) = within(read(RULE.format(sentence=sentence)))
    assert len(found.bodies) == 2
    assert found.quotes[0].text == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "擅自设置户外广告的，由城市管理部门、市场监督管理部门按照各自职责责令限期拆除。",
        "擅自设置户外广告的，由城市管理部门会同市场监督管理部门责令限期拆除。",
        "擅自设置户外广告的，由省城市管理部门或者市城市管理部门责令限期拆除。",  # levels of one line
        "本办法由市城市管理局、市交通运输局负责解释。",
        "城市管理部门、市场监督管理部门应当加强宣传。",  # each by itself
        "农业、林业部门负责消除农田和林区的鼠害。",  # each in its field
    ],
)
def test_joint_divided_and_separate_tasks_are_no_overlap(read, sentence):
    assert not list(within(read(RULE.format(sentence=sentence))))


LAW = """江川市{name}条例

2021年3月1日江川市第八届人民代表大会常务委员会第二次会议通过

第一条 为了{name}，根据有关法律，结合本市实际，制定本条例。

第二条 在江川市公园内擅自搭建临时摊点堆放经营物料的，由{body}责令限期拆除，处五百元罚款。
"""


def across(surveyed, one, other, names=("市容管理", "绿地保护")):
    found = surveyed(**{name: LAW.format(name=name, body=body) for name, body in zip(names, (one, other), strict=True)})
    return select(found, Scope(), kinds_of(["O2"])).findings


def test_the_same_conduct_punished_by_different_bodies_of_one_place_is_found(surveyed):
    (found,) = across(surveyed, "城市管理部门", "园林绿化部门")
    assert len({quote.doc_id for quote in found.quotes}) == 2
    assert set(found.bodies) == {"城市管理部门", "园林绿化部门"}
    assert found.message.startswith("江川市的两件文件")


def test_a_body_under_its_former_name_is_no_other_body(surveyed):
    assert not across(surveyed, "工商行政管理部门", "市场监督管理部门")


def test_two_versions_of_one_work_are_not_compared(surveyed):
    assert not across(surveyed, "城市管理部门", "园林绿化部门", names=("市容管理", "市容 管理"))


def test_bodies_to_which_powers_were_moved_are_not_compared(surveyed):
    assert not across(surveyed, "综合行政执法部门", "园林绿化部门")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("江川市财政局", "财政"),
        ("县级以上人民政府财政部门", "财政"),
        ("国务院财政部门", "财政"),
        ("环境保护行政主管部门", "生态环境"),
        ("市容环境卫生行政主管部门", "市容环境卫生"),
    ],
)
def test_the_field_of_a_department_is_that_of_todays(name, field):
    assert field_of(name) == field


def test_a_bracket_in_a_line_of_its_own_is_shown_with_what_is_to_be_done(read):
    text = "江川市促进商品消费若干措施\n\n江川市人民政府\n\n一、支持汽车消费\n\n对购买汽车的给予补贴。\n\n责任单位：市商务局、市财政局\n"
    (found,) = within(read(text))
    assert [quote.text for quote in found.quotes] == ["对购买汽车的给予补贴。", "责任单位：市商务局、市财政局"]


LISTING = """江川市{name}条例

2021年3月1日江川市第八届人民代表大会常务委员会第二次会议通过

第一条 为了{name}，根据有关法律，制定本条例。

第二条 有下列行为之一的，由{body}责令改正，处五百元罚款：

（一）{conduct}；

（二）毁坏公园座椅。
"""


@pytest.mark.parametrize(
    ("conduct", "found"),
    [("在江川市公园和街头绿地内擅自搭建临时摊点堆放经营物料", 1), ("未经批准设立分支机构", 0)],
)
def test_a_listed_conduct_is_compared_where_it_says_enough(surveyed, conduct, found):
    texts = {
        name: LISTING.format(name=name, body=body, conduct=conduct)
        for name, body in (("市容管理", "城市管理部门"), ("绿地保护", "园林绿化部门"))
    }
    findings = select(surveyed(**texts), Scope(), kinds_of(["O2"])).findings
    assert len(findings) == found
    assert all(quote.text.startswith("（一）") for one in findings for quote in one.quotes)
