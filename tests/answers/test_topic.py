"""What a topic asks for, and how well clauses fit it."""

from __future__ import annotations

import pytest

from answers.obligations.topic import Place, fit, plain, share, topic_of, within


def rare(words):
    """Every word is equally rare."""
    return 3.0


def known(*words):
    """Only these words occur."""
    return lambda word: 3.0 if word in words else 0.0


def place(text, **fields):
    return Place(fields.pop("heading", ""), plain(text), **fields)


def score(about, text, **fields):
    return fit(topic_of(about, rare), place(text, **fields)).score


def words_of(about):
    return [concept.words for concept in topic_of(about, rare).concepts]


def test_a_topic_is_its_matters_each_with_the_words_that_stand_for_it():
    topic = topic_of("执法人员持证上岗", rare)
    assert [concept.words for concept in topic.concepts] == [("执法人员",), ("持证上岗",)]
    forms = topic.concepts[1].forms
    assert forms["持证上岗"] == 1 > forms["执法资格"] > forms["上岗"] > 0


def test_two_words_for_one_matter_are_one_matter():
    assert words_of("罚缴分离、收支两条线") == [("罚缴分离", "收支两条线")]


def test_what_only_joins_words_is_no_matter():
    assert words_of("行政复议和信访") == [("行政复议",), ("信访",)]


def test_words_that_ask_for_time_limits_are_met_by_norms_that_have_one():
    about, text = "投诉处理的时限", "主管部门应当在收到之后十五日内处理投诉。"
    with_limit = score(about, text, has=frozenset({"deadline"}), ruled=True)
    without = score(about, text.replace("十五日内", "认真"), ruled=True)
    assert with_limit > without
    elsewhere = score(about, "会议每月召开。", has=frozenset({"deadline"}), ruled=True)
    assert without > elsewhere


def test_a_word_that_nothing_holds_is_looked_for_by_its_letters():
    forms = topic_of("腾挪", known("腾", "挪")).concepts[0].forms
    assert forms == {"腾": pytest.approx(0.3), "挪": pytest.approx(0.3)}


def test_of_a_pasted_text_the_rarest_words_count():
    about = "、".join(f"{name}河段" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯")
    assert 0 < len(topic_of(about, rare).concepts) <= 12


def test_parts_of_a_word_may_stand_apart():
    topic = topic_of("信息公开", rare)
    near = fit(topic, place("行政机关应当主动公开有关信息。"))
    only = fit(topic, place("行政机关应当采集有关信息。"))
    assert near.covered > only.covered


def test_one_sentence_that_says_it_all_goes_before_several_that_share_it():
    together = "建立案卷评查制度并公开评查结果。其他事项另行规定。"
    apart = "建立案卷管理制度。其他事项另行规定并评查。"
    assert score("案卷评查", together) > score("案卷评查", apart)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"heading": "行政复议"}, {}),
        ({"above": "行政复议"}, {}),
        ({"above": "行政复议"}, {"title": "行政复议"}),
        ({"ruled": True}, {}),
        ({}, {"function": "purpose"}),
        ({}, {"listed": True}),
    ],
)
def test_where_words_stand_and_what_a_clause_is_count(better, worse):
    text = "加强行政复议机构建设。"
    about = "行政复议机构的听证"
    assert score(about, text, **better) >= score(about, text, **worse)
    assert score(about, text, **better) != score(about, text, **worse) or better == {"above": "行政复议"}


def test_a_document_whose_title_names_what_is_rare_is_about_it():
    about, known = "助餐配餐补贴", {"助餐配餐": 4.0, "补贴": 2.0, "助餐": 4.0}
    topic = topic_of(about, lambda words: known.get(words, 0.0))
    paid = fit(topic, place("补贴用于场地租金。", title="江川市助餐配餐办法"))
    named = fit(topic, place("镇人民政府负责助餐配餐场地。"))
    assert paid.score > named.score
    assert paid.above == ("助餐配餐",)


def test_what_stands_over_a_clause_confirms_what_it_half_says():
    about = "责任追究"
    headed = fit(topic_of(about, rare), place("对应当追究内部责任的，按照程序办理。", above="责任追究程序"))
    alone = fit(topic_of(about, rare), place("对应当追究内部责任的，按照程序办理。"))
    assert headed.covered > alone.covered


def test_a_clause_that_says_nothing_of_a_topic_does_not_fit_though_its_title_does():
    assert score("行政复议", "本办法自公布之日起施行。", title="行政复议办法") == 0


def test_a_sentence_has_from_its_heading_what_it_does_not_say_itself():
    topic, text = topic_of("行政复议", rare), "应当公开审理。加强行政复议。"
    headed, bare = within(topic, place(text, heading="行政复议")), within(topic, place(text))
    assert share(headed, "应当公开审理") > share(bare, "应当公开审理") == 0
    assert share(bare, "加强行政复议") == 1


def test_what_was_found_is_told():
    found = fit(topic_of("执法人员持证上岗", rare), place("执法人员取得执法证件后方可执法。"))
    assert found.found == ("执法人员", "执法证件")
    assert 0.9 < found.covered <= 1
