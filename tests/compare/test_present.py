"""Where the provisions of earlier versions stand in the version in force."""

from datetime import date

import pytest
from factories import document
from versions import statute

from compare.present import Presence
from tiaoli.records import Change, ParsedDocument
from tiaoli.store import FileState, Store

OLD = [
    ["为了加强湿地保护，制定本办法。"],
    ["市林业主管部门负责湿地的登记和巡查。", "区主管部门协助前款规定的登记工作。"],
    ["擅自填埋湿地的，处五千元罚款。"],
    ["湿地内的鱼塘由水产部门另行管理。"],
]
NEW = [OLD[0], ["本办法所称湿地，是指常年积水的沼泽和滩涂。"], OLD[1], ["擅自填埋湿地的，处五万元罚款。"]]


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store") as store:
        for doc_id, articles, day in (("旧", OLD, date(2000, 1, 1)), ("新", NEW, date(2020, 1, 1))):
            clauses = tuple(statute(articles, doc_id))
            one = document(doc_id, title="甲市湿地办法", version_of="甲市湿地办法", effective=day)
            file = FileState(f"/{doc_id}", doc_id, doc_id, doc_id, "", 1, "present")
            store.put_file(file, [ParsedDocument(one, "", clauses)])
        yield store


def told(store, at=date(2024, 1, 1), doc_id="旧"):
    """What became of each clause: its label, the change, its address today."""
    presence = Presence(store, at=at)
    found = {clause.clause_id.partition("#")[2]: presence.of(clause) for clause in store.clauses(doc_id)}
    return {label: (p.change, p.label) if p else None for label, p in found.items()}


def test_each_provision_is_followed_to_the_version_in_force(store):
    now = told(store)
    assert now["第一条"] == (Change.SAME, "第一条")
    assert now["第二条"] == (Change.MOVED, "第三条")
    assert now["第二条/第二款"] == (Change.MOVED, "第三条第二款")
    assert now["第三条"] == (Change.MOVED_CHANGED, "第四条")
    assert now["第四条"] == (Change.DROPPED, None)


def test_the_version_in_force_and_days_before_the_next_need_no_following(store):
    assert set(told(store, doc_id="新").values()) == {None}
    assert set(told(store, at=date(2010, 1, 1)).values()) == {None}


def test_two_versions_are_compared_once(store, monkeypatch):
    presence = Presence(store, at=date(2024, 1, 1))
    first = presence.of(store.clauses("旧")[0])
    monkeypatch.setattr(Presence, "_compared", None)
    assert presence.of(store.clauses("旧")[0]) == first
