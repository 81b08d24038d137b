"""What is the same obligation, and in what its statements differ."""

from __future__ import annotations

from factories import document

from answers.obligations.differing import chain, differences
from answers.obligations.grouping import Stated, grouped, likenesses
from answers.obligations.topic import Topic, topic_of
from tiaoli.records import Bearer, Deadline, Norm, NormKind, Strength

TOPIC = topic_of("执法案卷评查", lambda words: 3.0)
NONE = Topic("", ())


def norm(text, doc_id="甲", kind=NormKind.DUTY, **fields):
    return Norm(f"{doc_id}#一~n1", f"{doc_id}#一", doc_id, 0, len(text), text, kind, **{"action": text} | fields)


def stated(text, doc_id, *, heading="", **fields):
    bare = fields.pop("bare", False)
    return Stated(text, heading, norm(text, doc_id, **fields), doc_id, bare)


def groups(*members, topic=TOPIC):
    return grouped(members, topic)


def test_the_same_thing_in_other_words_is_one_group():
    members = (
        stated("完善执法案卷评查制度", "甲"),
        stated("建立健全执法案卷评查机制", "乙"),
        stated("实行年度案卷评查", "丙"),
    )
    assert groups(*members) == [[0, 1, 2]]


def test_what_stands_beside_in_an_enumeration_does_not_count():
    members = (
        stated("健全执法案卷评查制度", "甲"),
        stated("完善持证上岗制度、文书审核制度、执法案卷评查制度、错案追究制度", "乙"),
    )
    assert groups(*members) == [[0, 1]]


def test_different_things_about_a_topic_are_apart():
    members = (
        stated("健全执法案卷评查制度", "甲"),
        stated("向社会公布执法案卷评查的优秀案例和典型教材", "乙"),
        stated("邀请律师、专家、媒体代表参加执法案卷评查", "丙"),
    )
    assert groups(*members) == [[0], [1], [2]]


def test_what_is_ordered_counts_and_not_on_what_occasion():
    members = (
        stated("执法案卷评查时，应当附评分表", "甲", action="附评分表"),
        stated("执法案卷评查时，应当通知承办人到场", "乙", action="通知承办人到场"),
    )
    assert groups(*members) == [[0], [1]]


def test_a_duty_and_a_prohibition_are_apart_whatever_their_words():
    members = (
        stated("公开执法案卷评查结果", "甲"),
        stated("公开执法案卷评查结果", "乙", kind=NormKind.PROHIBITION),
    )
    assert groups(*members) == [[0], [1]]


def test_within_one_document_only_the_same_words_are_one():
    members = (
        stated("完善执法案卷评查制度", "甲"),
        stated("每年开展执法案卷抽查评查活动", "甲"),
        stated("完善执法案卷评查制度", "甲"),
    )
    assert groups(*members) == [[0, 2], [1]]


def test_items_that_order_nothing_join_no_group_by_a_few_words():
    members = (stated("完善执法案卷评查制度", "甲"), Stated("执法案卷评查情况及得分；", "", None, "乙", bare=True))
    assert groups(*members) == [[0], [1]]


def test_by_when_and_how_often_is_a_difference_and_no_other_obligation():
    yearly, twice = Deadline("每年", 2, 4, recurrence="1年"), Deadline("每半年", 2, 5, recurrence="6个月")
    members = (
        stated("应当每年组织执法案卷评查", "甲", deadlines=(yearly,)),
        stated("应当每半年组织执法案卷评查", "乙", deadlines=(twice,)),
    )
    assert groups(*members) == [[0, 1]]


def test_what_the_topic_is_only_an_occasion_for_is_another_obligation():
    members = (
        stated("结合执法案卷评查，组织业务轮训", "甲"),
        stated("完善执法案卷评查制度", "乙"),
        stated("市司法局应当结合执法案卷评查，开展业务轮训", "丙", bearers=(Bearer("市司法局", 0, 4),), modal="应当"),
    )
    assert groups(*members) == [[0, 2], [1]]


def test_other_words_beside_the_topic_order_another_thing():
    members = (
        stated("调取执法案卷评查记录", "甲"),
        stated("更正执法案卷评查分数", "乙"),
    )
    assert groups(*members) == [[0], [1]]


def test_what_is_only_near_the_topic_joins_nothing_about_it():
    near = Stated("完善执法案卷评查制度", "", norm("完善执法案卷评查制度", "乙"), "乙", near=True)
    assert groups(stated("完善执法案卷评查制度", "甲"), near) == [[0], [1]]


def test_whether_something_is_so_is_no_order_to_do_it():
    members = (
        stated("应当开展执法案卷评查", "甲"),
        stated("审核是否应当开展执法案卷评查、公布结果", "乙"),
    )
    assert groups(*members) == [[0], [1]]


def test_without_a_topic_all_words_count():
    members = (
        stated("每年向本级政府报告安全生产情况", "甲"),
        stated("每年向本级政府报告本地区安全生产情况", "乙"),
        stated("组织开展地质灾害隐患排查", "丙"),
    )
    assert groups(*members, topic=NONE) == [[0, 1], [2]]


def test_no_chain_joins_what_is_not_alike():
    members = [
        stated(f"完善执法案卷评查{words}", name)
        for name, words in (("甲", ""), ("乙", "标准"), ("丙", "标准和档案借阅登记"))
    ]
    likeness = likenesses(members, TOPIC)
    for group in grouped(members, TOPIC):
        assert all(likeness[a, b] >= 0.65 for a in group for b in group)


def test_nobody_is_in_no_group():
    assert grouped([], TOPIC) == []
    assert grouped([stated("完善执法案卷评查制度", "甲")], TOPIC) == [[0]]


# --- differences -----------------------------------------------------------------------------------------------------


def test_only_what_differs_is_told_and_what_is_not_said_too():
    said = [
        norm(
            "应当每年评查",
            strength=Strength.MANDATORY,
            modal="应当",
            deadlines=(Deadline("每年", 2, 4, recurrence="1年"),),
        ),
        norm("可以评查", kind=NormKind.POWER, modal="可以", bearers=(Bearer("市司法局", 0, 4),)),
        None,
    ]
    told = {one.name: one.values for one in differences(said)}
    assert told["频次"] == ("每年", "未写明", "未写明")
    assert told["强度"] == ("应当", "可以", "未写明")
    assert told["承担主体"] == ("未写明", "市司法局", "未写明")
    assert "数额" not in told


def test_a_chain_goes_from_the_state_down_and_tells_what_rests_on_what():
    documents = [
        document("县", title="临溪县案卷评查细则", level=11, issuer="临溪县人民政府", region="云岭省江川市临溪县"),
        document("国", title="国务院办公厅关于案卷评查的意见", level=8, issuer="国务院办公厅", region="全国"),
        document("省", title="云岭省案卷评查办法", level=9, issuer="云岭省人民政府", region="云岭省"),
    ]
    cites = {"县": {"云岭省案卷评查办法"}, "省": {"国务院办公厅关于案卷评查的意见"}, "国": set()}
    steps = chain(documents, cites.__getitem__)
    assert [(step.level, step.doc_id) for step in steps] == [("国家", "国"), ("省", "省"), ("县", "县")]
    assert [step.rests_on for step in steps] == [(), ("国务院办公厅关于案卷评查的意见",), ("云岭省案卷评查办法",)]
    assert chain(documents[:1], cites.__getitem__) == ()
