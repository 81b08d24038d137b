"""依据链: the ways up from a provision, and what hangs on one."""

from __future__ import annotations

from datetime import date

import pytest

from answers.tracing.paths import How, dependants, node_named, paths_up
from answers.tracing.tables import trace_tables
from tiaoli.errors import NotFound

LAW = """中华人民共和国饮水法

（2015年3月1日第十二届全国人民代表大会常务委员会第十次会议通过，自2015年5月1日起施行）

第一条 为了保障饮水安全，制定本法。

第二条 县级以上地方人民政府应当至少每季度向社会公开一次饮水安全状况信息。

第三条 供水单位应当保证水质。
"""
NEWER = (
    LAW.replace("2015年3月1日第十二届", "2025年3月1日第十四届")
    .replace("自2015年5月1日", "自2025年5月1日")
    .replace("第三条 供水单位应当保证水质。", "第三条 国家鼓励节约用水。\n\n第四条 供水单位应当保证水质。")
)
PROVINCE = """云岭省饮水条例

（2016年3月1日云岭省第十二届人民代表大会常务委员会第十次会议通过，自2016年5月1日起施行）

第一条 根据《中华人民共和国饮水法》，制定本条例。

第二条 市、县人民政府应当每月公开一次饮水安全状况信息。

第三条 供水单位违反《中华人民共和国饮水法》第三条规定的，由江川市水务局责令改正。
"""
COUNTY = """云岭县饮水安全工作方案

云政发〔2018〕3号

一、信息公开

根据《云岭省饮水条例》第二条和《江川市水源规定》，县水务局应当每月公开饮水安全状况信息。
"""
SHELF = {"饮水法": LAW, "条例": PROVINCE, "方案": COUNTY}


def clause_with(opened, doc_id, words):
    return next(c.clause_id for c in opened.store.clauses(doc_id) if words in c.text)


def test_a_duty_of_a_county_traces_to_national_law(shelf):
    with shelf(SHELF) as opened:
        paths = paths_up(opened.kept, opened.resolver, clause_with(opened, "方案", "县水务局"))
    told = [[(step.how, step.place.node) for step in path.steps] for path in paths]
    assert told[0][0] == (How.CITES, "条例#第二条")
    assert told[0][-1] == (How.BASED_ON, "饮水法")
    assert [steps[-1][1] for steps in told] == ["饮水法", "条例#第二条"]
    assert paths[0].nearest is not None
    assert paths[0].nearest.node == "饮水法#第二条/第一款"  # the words of the duty are those of this article


def test_a_law_that_the_store_does_not_hold_ends_the_way(shelf):
    with shelf({"条例": PROVINCE, "方案": COUNTY}) as opened:
        paths = paths_up(opened.kept, opened.resolver, clause_with(opened, "方案", "县水务局"))
    assert [(path.end.node, path.end.document is None) for path in paths] == [
        ("条例#第二条", False),
        ("文书/饮水法", True),
    ]


def test_where_the_law_was_repealed_its_successor_is_shown(shelf):
    code = (
        NEWER.replace("中华人民共和国饮水法", "中华人民共和国水法典") + "\n第五条 《中华人民共和国饮水法》同时废止。\n"
    )
    with shelf(SHELF | {"法典": code}) as opened:
        path = paths_up(opened.kept, opened.resolver, clause_with(opened, "方案", "县水务局"))[0]
    assert path.successor is not None
    assert path.succeeding is not None
    assert (path.end.node, path.successor.node, path.succeeding.node) == ("饮水法", "法典", "法典#第二条/第一款")


def test_a_way_never_leads_down_and_ends_nowhere_from_the_top(shelf):
    with shelf(SHELF) as opened:
        assert paths_up(opened.kept, opened.resolver, "饮水法#第二条/第一款") == []


def test_what_hangs_on_an_article_comes_ring_by_ring_with_the_bodies(shelf):
    with shelf(SHELF) as opened:
        article = dependants(opened.kept, opened.resolver, "饮水法#第三条")
        law = dependants(opened.kept, opened.resolver, "饮水法")
        near = dependants(opened.kept, opened.resolver, "饮水法", rings=1)
    assert [(one.place.node, one.ring, one.how) for one in article.hanging] == [("条例#第三条/第一款", 1, How.CITES)]
    assert [body.name for body, _ in article.bodies] == ["江川市水务局"]
    assert ("条例", 1) in {(one.place.node, one.ring) for one in law.hanging}
    assert {one.ring for one in near.hanging} == {1}


def test_references_to_an_earlier_version_hang_on_where_the_provision_stands_now(shelf):
    with shelf(SHELF | {"饮水法2025": NEWER}) as opened:
        found = dependants(opened.kept, opened.resolver, "饮水法2025#第四条")
        other = dependants(opened.kept, opened.resolver, "饮水法2025#第三条")
    assert [one.place.node for one in found.hanging] == ["条例#第三条/第一款"]
    assert other.hanging == ()


@pytest.mark.parametrize(
    ("words", "node"),
    [
        ("饮水法第三条", "饮水法#第三条"),
        ("《云岭省饮水条例》", "条例"),
        ("方案#一/段1", "方案#一/段1"),
    ],
)
def test_a_place_may_be_named_as_people_do(shelf, words, node):
    with shelf(SHELF) as opened:
        assert node_named(opened.resolver, words) == node
        with pytest.raises(NotFound, match="行政处罚法第十六条"):
            node_named(opened.resolver, "没有的办法第一条")


def test_an_unknown_place_is_told(shelf):
    with shelf(SHELF) as opened, pytest.raises(NotFound):
        dependants(opened.kept, opened.resolver, "没有#第一条")


def test_the_tables_say_the_way_in_words(shelf):
    with shelf(SHELF) as opened:
        node = clause_with(opened, "方案", "县水务局")
        paths, found = (
            paths_up(opened.kept, opened.resolver, node),
            dependants(opened.kept, opened.resolver, "饮水法#第三条"),
        )
    up, down = trace_tables(paths, found, date(2026, 6, 1))
    assert up.rows[0].values[1] == "《中华人民共和国饮水法》"
    assert "引用 《云岭省饮水条例》第二条 → 以之为依据 《中华人民共和国饮水法》" in str(up.rows[0].values[4])
    assert up.rows[0].clause_id == "饮水法#第二条/第一款"
    assert (down.rows[0].clause_id, down.rows[0].values[4]) == ("条例#第三条/第一款", "江川市水务局")
