"""The graph: what stands in it, what it answers, how it leaves."""

from datetime import date

import networkx as nx
import pytest

from graph.bodies import body_id, body_names
from graph.build import edges, references, whole
from graph.corrected import CorrectedResolver
from graph.export import Records, records
from graph.kept import kept_graph
from graph.query import bodies_of, cited_by, cites, document_of, documents_of, within
from graph.schema import MAY_JOIN, EdgeType, NodeKind, breaches

TODAY = date(2024, 1, 1)


@pytest.fixture
def kept(library):
    with kept_graph(library) as graph:
        yield graph


@pytest.fixture
def resolver(library):
    return CorrectedResolver.of(library, at=TODAY)


@pytest.fixture
def G(kept, resolver):
    return references(kept, resolver)


def test_nothing_stands_outside_the_schema(G, kept, resolver):
    assert not list(breaches(G))
    assert not list(breaches(whole(kept, resolver)))
    assert not list(breaches(whole(kept, resolver, all_clauses=True)))
    assert MAY_JOIN.keys() == set(EdgeType)


def test_the_schema_tells_what_is_wrong():
    bad = nx.MultiDiGraph()
    bad.add_node("d", kind=NodeKind.DOCUMENT)
    bad.add_node("x", kind="thing")
    bad.add_edge("d", "d", key="cites", type="cites", clause_id="c", weight=1.0)
    bad.add_edge("d", "d", key="based_on", type="based_on", weight=1.0)
    bad.add_edge("d", "d", key="likes", type="likes")
    faults = "\n".join(breaches(bad))
    assert all(word in faults for word in ("no kind", "may not join", "without the clause", "no type"))


def test_the_graph_is_frozen(G):
    with pytest.raises(nx.NetworkXError):
        G.add_node("new")


def test_only_linked_clauses_and_those_above_them_stand_in_it(G, kept, resolver):
    clauses = {n for n, kind in G.nodes(data="kind") if kind == NodeKind.CLAUSE}
    assert "甲税法#第二条" in clauses and "乙办法#第一章" in clauses  # cited; above a citing one
    assert "甲税法#第一条/第一款" not in clauses
    assert "甲税法#第一条/第一款" in whole(kept, resolver, all_clauses=True)


def test_documents_and_bodies_find_each_other(G):
    assert documents_of(G, "乙市公安局") == documents_of(G, body_id("乙市公安局")) == ["乙办法", "乙办法2021"]
    assert bodies_of(G, "乙办法") == ["机构/乙市人民政府", "机构/乙市公安局"]
    assert documents_of(G, "没有的机构") == []


def test_references_are_found_from_both_ends(G):
    assert [(x.target, x.type) for x in cites(G, "乙办法2021")] == [
        ("乙办法", "repeals"),
        ("甲税法2020#第三条", "based_on"),
    ]
    assert [(x.source, x.type, x.clause_id) for x in cited_by(G, "甲税法")] == [
        ("乙办法", "based_on", "乙办法#第一章/第一条"),
        ("乙办法#第一章/第二条", "cites", "乙办法#第一章/第二条"),
        ("乙办法#第一章/第二条", "cites", "乙办法#第一章/第二条"),
    ]
    assert [x.source for x in cited_by(G, "甲税法#第二条")] == ["乙办法#第一章/第二条"]
    assert cites(G, "没有的文件") == []


def test_references_within_a_text_count_between_its_clauses_only(G):
    assert "乙办法" not in {x.source for x in cited_by(G, "乙办法")}
    assert [x.source for x in cited_by(G, "乙办法#第一章/第一条")] == ["乙办法#第一章/第二条"]


def test_a_node_is_within_its_document(G):
    assert document_of(G, "乙办法#第一章/第二条") == "乙办法"
    assert document_of(G, "机构/乙市公安局") is None
    assert "乙办法#第一章/第二条" in within(G, "乙办法#第一章")


def test_edges_leave_with_every_clause(kept, resolver, G):
    rows = list(edges(kept, resolver))
    everything = whole(kept, resolver, all_clauses=True)
    assert {(e.source, e.target, e.type) for e in rows} == set(everything.edges(keys=True))
    assert set(G.edges(keys=True)) < set(everything.edges(keys=True))


ISSUERS = [
    ("国务院", ("国务院",)),
    ("财政部、税务总局", ("财政部", "税务总局")),
    ("广州市民政局 广州市财政局　广州市民政局", ("广州市民政局", "广州市财政局")),
    ("中华人民共和国国务院", ("国务院",)),
    (None, ()),
]


@pytest.mark.parametrize(("issuer", "names"), ISSUERS)
def test_an_issuer_line_is_split_into_bodies(issuer, names):
    assert body_names(issuer) == names


def test_one_body_has_one_id_whatever_the_spelling(library, kept, resolver):
    bodies = {b.body_id: b for b in records(library, Records.BODIES, at=TODAY)}
    issuers = ["机构/乙市人民政府", "机构/乙市公安局", "机构/全国人大常委会"]
    assert [bodies[key].kind for key in issuers] == ["政府", "部门", "其他"]
    assert {e.target for e in edges(kept, resolver) if e.type == EdgeType.ISSUED_BY} == set(issuers)


@pytest.mark.parametrize("kind", Records)
def test_records_leave_in_the_same_order_each_time(library, kind):
    assert list(records(library, kind, at=TODAY)) == list(records(library, kind, at=TODAY))


def test_documents_leave_with_their_status(library):
    status = {d.doc_id: d.status for d in records(library, Records.DOCUMENTS, at=TODAY)}
    assert status == {"甲税法": "已修改", "甲税法2020": "现行有效", "乙办法": "已废止", "乙办法2021": "现行有效"}
