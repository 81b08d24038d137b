"""The bodies of a store: one id for one body, what it is part of, and what was renamed."""

from dataclasses import replace

import pytest

from graph.bodies import level_of
from graph.kept import KeptGraph
from tiaoli.lexicon import entries
from tiaoli.records import Document, Mention, ParsedDocument
from tiaoli.renamed_bodies import Moved, Renamed, moved_duties, successor, successors
from tiaoli.store import FileState, Store

CITY = "广东省广州市"


def mention(doc_id, text, name=None, kind="部门", region=None, reason=""):
    return Mention(f"{doc_id}#第一条", doc_id, 0, len(text), text, name or text, kind, region, reason)


@pytest.fixture
def put(tmp_path):
    """A function that puts a document with mentions into a store and gives the store."""
    with Store(tmp_path / "store") as store:

        def one(doc_id, *mentions, issuer=None):
            document = Document(doc_id, doc_id, f"{doc_id}.txt", doc_id, issuer=issuer)
            clauses = ()
            file = FileState(f"/{doc_id}.txt", f"{doc_id}.txt", doc_id, doc_id, "", 1, "present")
            mentions = tuple(replace(m, start=n, end=n + len(m.text)) for n, m in enumerate(mentions))
            store.put_file(file, [ParsedDocument(document, "", clauses, mentions=mentions)])
            return store

        yield one


def bodies(store):
    with KeptGraph(None) as kept:
        kept.update(store)
        return list(kept.bodies())


def words_in(store, doc_id):
    with KeptGraph(None) as kept:
        kept.update(store)
        return kept.words_in(doc_id)


def test_one_body_of_several_documents_has_one_id_and_all_its_names(put):
    put("甲", mention("甲", "广州市教育局", region=CITY))
    store = put("乙", mention("乙", "广州市教委", "广州市教育局", region=CITY))
    found = {body.body_id: body for body in bodies(store)}
    assert sorted(found) == ["机构/广州市人民政府", "机构/广州市教育局"]
    body = found["机构/广州市教育局"]
    assert (body.aliases, body.kind, body.level, body.region) == (("广州市教委",), "部门", "市", CITY)
    assert body.parent_id == "机构/广州市人民政府"
    assert found["机构/广州市人民政府"].kind == "政府"


def test_words_that_mean_a_body_only_where_they_stand_are_no_alias(put):
    own = mention("甲", "本局", "广州市教育局", region=CITY, reason="发文机关自称")
    completed = mention("甲", "市教育局", "广州市教育局", region=CITY, reason="按文件所属地区补全")
    store = put("甲", own, completed)
    assert {body.name: body.aliases for body in bodies(store)}["广州市教育局"] == ()


def test_a_document_means_a_body_by_its_words_unless_it_means_two(put):
    store = put(
        "甲",
        mention("甲", "市教育局", "广州市教育局", region=CITY),
        mention("甲", "该局", "广州市教育局", region=CITY),
        mention("甲", "该局", "广州市财政局", region=CITY),
    )
    assert words_in(store, "甲") == {"市教育局": "机构/广州市教育局"}


def test_an_issuer_is_the_body_that_its_document_means(put):
    store = put(
        "甲", mention("甲", "广东省广州市教育局", "广州市教育局", region=CITY), issuer="广东省广州市教育局、丙市财政局"
    )
    found, words = {body.body_id: body for body in bodies(store)}, words_in(store, "甲")
    assert words["广东省广州市教育局"] == "机构/广州市教育局"
    assert words["丙市财政局"] == "机构/丙市财政局"
    assert found["机构/广州市教育局"].aliases == ("广东省广州市教育局",)
    assert found["机构/丙市财政局"].kind == "部门"


def test_a_body_without_a_place_is_one_of_its_own_kind(put):
    found = {
        b.name: b for b in bodies(put("甲", mention("甲", "当事人", kind="公民"), mention("甲", "国务院公安部门")))
    }
    assert (found["当事人"].kind, found["当事人"].level, found["当事人"].parent_id) == ("公民", None, None)
    assert (found["国务院公安部门"].level, found["国务院公安部门"].parent_id) == ("国家", "机构/国务院")


def test_an_office_is_part_of_its_department_and_that_of_its_government(put):
    store = put("甲", mention("甲", "法规处", "广州市教育局法规处", kind="内设机构", region=CITY))
    assert {b.name: b.parent_id for b in bodies(store)} == {
        "广州市教育局法规处": "机构/广州市教育局",
        "广州市教育局": "机构/广州市人民政府",
        "广州市人民政府": None,
    }


@pytest.mark.parametrize(
    ("name", "region", "parent"),
    [
        ("国家税务总局广州市税务局", CITY, "机构/国家税务总局"),
        ("中国人民银行广州市分行", CITY, "机构/中国人民银行"),
        ("广州市人民代表大会常务委员会办公厅", CITY, None),
        ("中共广州市委办公厅", CITY, None),
        ("广州市教育局", CITY, "机构/广州市人民政府"),
        ("教育部", "全国", "机构/国务院"),
    ],
)
def test_a_body_is_part_of_the_one_that_leads_it(put, name, region, parent):
    found = {body.name: body for body in bodies(put("甲", mention("甲", name, region=region)))}
    assert found[name].parent_id == parent


def test_every_parent_is_a_body(put):
    store = put("甲", mention("甲", "财政部", region="全国"), mention("甲", "国务院财政部门"), issuer="国务院")
    found = {body.body_id: body for body in bodies(store)}
    assert all(body.parent_id is None or body.parent_id in found for body in found.values())
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("name", "region", "level"),
    [
        ("国务院", "全国", "国家"),
        ("广东省教育厅", "广东省", "省"),
        ("上海市教育委员会", "上海市", "省"),
        ("上海市浦东新区人民政府", "上海市浦东新区", "县"),
        ("广州市教育局", CITY, "市"),
        ("广州市天河区教育局", "广东省广州市天河区", "县"),
        ("海宁市教育局", "浙江省嘉兴市海宁市", "县"),
        ("榕江县人民政府", "贵州省黔东南苗族侗族自治州榕江县", "县"),
        ("云台街道办事处", "广东省广州市天河区", "乡"),
        ("省级人民政府", None, "省"),
        ("设区的市人民政府", None, "市"),
        ("乡镇人民政府", None, "乡"),
        ("县级以上人民政府", None, None),
        ("市、县人民政府", None, None),
        ("市场监督管理部门", None, None),
        ("区域管理机构", None, None),
        ("当事人", None, None),
    ],
)
def test_the_level_of_a_body_follows_from_its_place_or_its_words(name, region, level):
    assert level_of(name, region) == level


# --- renamed bodies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["national", "local"])
def test_an_entry_renames_its_examples_and_says_since_when_and_by_what(table):
    for one in entries("renamed_bodies", table, Renamed):
        for example in one.examples:
            assert successor(example).name == example.removesuffix(one.text) + one.full
        assert len(one.since) >= 7
        assert one.source


def test_moved_duties_name_both_bodies():
    for one in entries("renamed_bodies", "moved", Moved):
        assert one in moved_duties(one.examples[0])
        assert (one.text, bool(one.note)) == (f"{one.old}→{one.full}", True)


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("国家计划委员会", "国家发展和改革委员会"),
        ("国家工商行政管理局", "国家市场监督管理总局"),
        ("中国保险监督管理委员会", "国家金融监督管理总局"),
        ("国务院扶贫开发领导小组办公室", "农业农村部"),
        ("江川市工商行政管理局", "江川市市场监督管理局"),
        ("江川市扶贫开发办公室", "江川市农业农村局"),
        ("江川市人口和计划生育局", "江川市卫生健康局"),
    ],
)
def test_a_former_body_leads_to_that_of_today(name, today):
    chain = successors(name)
    assert chain[-1].name == today
    assert [one.since for one in chain] == sorted(one.since for one in chain)


@pytest.mark.parametrize("name", ["财政部", "江川市公安局", "劳动人事局", "国家文化局", "江川市教育局", "环境保护局"])
def test_a_body_that_was_not_renamed_has_no_successor(name):
    assert successor(name) is None
