"""The provision of another document that says what a provision of a repealed one said."""

from datetime import date

import pytest
from factories import document
from versions import statute

from compare.likest import Likest
from tiaoli.records import Change, ParsedDocument
from tiaoli.store import FileState, Store

REPEALED = [
    ["市林业主管部门负责湿地的登记和巡查。", "区主管部门协助前款规定的登记工作。"],
    ["擅自填埋湿地的，处五千元罚款。"],
]
CODE = [
    ["本条例所称河道，是指天然水道和人工水道。"],
    ["擅自填埋湿地的，处五万元罚款。"],
    [*REPEALED[0], "登记的期限为十日。"],
]


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store") as store:
        for doc_id, articles in (("旧", REPEALED), ("新", CODE), ("他", [["船舶应当悬挂国旗。"]])):
            one = document(doc_id, title=f"甲市{doc_id}条例", effective=date(2020, 1, 1))
            file = FileState(f"/{doc_id}", doc_id, doc_id, doc_id, "", 1, "present")
            store.put_file(file, [ParsedDocument(one, "", tuple(statute(articles, doc_id)))])
        yield store


def test_a_provision_is_led_to_the_likest_one_of_another_document(store):
    likest = Likest(store)
    found = {c.clause_id.partition("#")[2]: likest.of(c, "新") for c in store.clauses("旧")}
    assert {label: (p.label, p.change) for label, p in found.items() if p} == {
        "第一条": ("第三条", Change.MOVED_CHANGED),
        "第一条/第一款": ("第三条第一款", Change.MOVED),
        "第一条/第二款": ("第三条第二款", Change.MOVED),
        "第二条": ("第二条", Change.MOVED_CHANGED),
        "第二条/第一款": ("第二条第一款", Change.MOVED_CHANGED),
    }
    assert all(p.doc_id == "新" and 0 < p.likeness <= 1 for p in found.values() if p)


def test_nothing_is_likest_where_no_words_are_shared(store):
    assert not any(Likest(store).of(clause, "他") for clause in store.clauses("旧"))
