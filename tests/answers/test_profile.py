"""机关: norms, relations to others, and what became of them from version to version."""

from __future__ import annotations

from answers.organs import find_bodies
from answers.profile import changes_of, norms_of, relations_of
from answers.scope import Scope
from tiaoli.records import Change, NormKind

OLD = """江川市供水条例

（2015年3月1日江川市第十届人民代表大会常务委员会第三次会议通过，自2015年5月1日起施行）

第一条 为了保障供水，制定本条例。

第二条 江川市水务局应当每年检查供水设施，并向江川市人民政府报告。

第三条 江川市水务局应当会同江川市财政局编制供水计划。

第四条 江川市水务局不得收取检查费用。
"""
NEW = (
    OLD.replace("2015年3月1日江川市第十届", "2025年3月1日江川市第十二届")
    .replace("自2015年5月1日", "自2025年5月1日")
    .replace("每年检查供水设施", "每半年检查供水设施和水质")
    .replace("第四条 江川市水务局不得收取检查费用。", "第四条 江川市水务局可以委托江川市水政监察大队实施检查。")
)


def body(opened, name="江川市水务局"):
    return find_bodies(opened.kept, name)


def test_norms_come_with_their_provisions_from_the_documents_in_scope(shelf):
    with shelf({"条例2015": OLD, "条例2025": NEW}) as opened:
        held = norms_of(opened.kept, opened.resolver, body(opened), Scope())
        past = norms_of(opened.kept, opened.resolver, body(opened), Scope(past=True))
    assert {one.norm.doc_id for one in held} == {"条例2025"}
    assert {one.norm.doc_id for one in past} == {"条例2015", "条例2025"}
    assert {one.norm.kind for one in held} == {NormKind.DUTY, NormKind.POWER}
    assert held[0].basis.cited == "《江川市供水条例》第二条第一款"


def test_relations_are_told_from_both_ends(shelf):
    with shelf({"条例": NEW}) as opened:
        own = relations_of(opened.kept, opened.resolver, body(opened), Scope())
        city = relations_of(opened.kept, opened.resolver, body(opened, "江川市人民政府"), Scope())
    assert [(one.kind, one.other.name) for one in own] == [
        ("reports_to", "江川市人民政府"),
        ("works_with", "江川市财政局"),
        ("delegates_to", "江川市水政监察大队"),
    ]
    assert [(one.kind, one.other.name) for one in city] == [("reported_by", "江川市水务局")]
    assert city[0].bases[0].clause.clause_id == "条例#第二条/第一款"


def test_changes_between_versions_are_told_one_by_one(shelf):
    with shelf({"条例2015": OLD, "条例2025": NEW}) as opened:
        (work,) = changes_of(opened.kept, opened.resolver, body(opened))
    assert (work.old.doc_id, work.new.doc_id, work.same) == ("条例2015", "条例2025", 1)
    told = [(c.change, c.old and c.old.norm.text, c.new and c.new.norm.text) for c in work.changes]
    assert told == [
        (
            Change.CHANGED,
            "江川市水务局应当每年检查供水设施，并向江川市人民政府报告",
            "江川市水务局应当每半年检查供水设施和水质，并向江川市人民政府报告",
        ),
        (Change.DROPPED, "江川市水务局不得收取检查费用", None),
        (Change.ADDED, None, "江川市水务局可以委托江川市水政监察大队实施检查"),
    ]
