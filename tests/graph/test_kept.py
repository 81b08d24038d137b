"""The graph that is kept: what documents add to it, and that a change leaves it as if it were made anew."""

from __future__ import annotations

from datetime import date

import pytest

from graph.build import around, kind_of_node, whole
from graph.corrected import CorrectedResolver
from graph.kept import KeptGraph, kept_graph
from graph.schema import EdgeType, NodeKind, breaches
from ingest import pipeline
from tiaoli.decisions import on_body, on_norm
from tiaoli.records import Verb
from tiaoli.store import Store

LAW = """中华人民共和国河道法

（2015年3月1日第十二届全国人民代表大会常务委员会第十次会议通过）

第一条 为了保护河道，制定本法。

第二条 县级以上人民政府水行政主管部门负责河道的监督管理。

第三条 任何单位和个人不得在河道内倾倒垃圾。
"""
RULES = """江川市河道管理办法

第一条 根据《中华人民共和国河道法》，制定本办法。

第二条 江川市水务局负责全市河道的监督管理，会同江川市财政局制定年度计划，报江川市人民政府批准。

第三条 任何单位和个人不得在河道内倾倒垃圾。

第四条 江川市水务局应当在二十日内将巡查结果向江川市人民政府报告。

第五条 违反《中华人民共和国河道法》第三条规定的，由江川市水务局处一千元罚款。
"""
COUNTY = """云岭县河道管理规定

第一条 根据《江川市河道管理办法》和《云岭省水利条例》，制定本规定。

第二条 云岭县水务局应当在十日内将巡查结果向云岭县人民政府报告。云岭县水务局可以委托云岭县水政监察大队开展巡查。
"""


@pytest.fixture
def shelf(tmp_path):
    """A folder of texts and the store that they are read into."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("河道法", LAW), ("办法", RULES), ("规定", COUNTY)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with Store(tmp_path / "store") as store:
        read(folder, store)
        yield folder, store


def read(folder, store):
    for _ in pipeline.ingest([folder], store, workers=0):
        pass


def rows(graph):
    """All that a graph holds, whatever the order in which it came."""
    nodes = {key: graph.named_in(key) for key in (body.body_id for body in graph.bodies())}
    return sorted(map(repr, graph.edges())), list(graph.bodies()), nodes, sorted(map(repr, graph.alike()))


def anew(store):
    with KeptGraph(None) as graph:
        graph.update(store)
        return rows(graph)


def said(graph, kind):
    return {(edge.source, edge.target) for edge in graph.edges() if edge.type is kind}


def test_norms_join_bodies(shelf):
    with kept_graph(shelf[1]) as graph:
        assert said(graph, EdgeType.WORKS_WITH) == {("机构/江川市水务局", "机构/江川市财政局")}
        assert said(graph, EdgeType.DELEGATES_TO) == {("机构/云岭县水务局", "机构/云岭县水政监察大队")}
        owed = {pair for pair in said(graph, EdgeType.OWES) if kind_of_node(pair[0]) is NodeKind.BODY}
        assert owed == {("机构/江川市水务局", "机构/江川市人民政府"), ("机构/云岭县水务局", "机构/云岭县人民政府")}
        borne = [edge for edge in graph.edges_from(["机构/江川市水务局"], [EdgeType.BEARS]) if "第四条" in edge.target]
        assert [(edge.clause_id, edge.norm_id) for edge in borne] == [
            (borne[0].target.partition("~")[0], borne[0].target)
        ]
        assert all(edge.rule and 0 < edge.confidence <= 1 for edge in borne)


def test_tasks_without_a_subject_lie_on_the_bodies_in_the_bracket_behind_them(tmp_path):
    text = (
        "江川市促进消费若干措施\n\n一、稳定大宗消费\n\n"
        "支持汽车更新消费。开展家电下乡活动。（责任单位：江川市商务局、江川市财政局）\n"
        "江川市公安局应当简化登记手续。（责任单位：江川市公安局）\n"
    )
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "措施.txt").write_text(text, encoding="utf-8")
    with Store(tmp_path / "store") as store:
        read(tmp_path / "texts", store)
        norms = {norm.norm_id: norm.text for norm in store.norms("措施")}
        with kept_graph(store) as graph:
            borne = [
                (edge.source.removeprefix("机构/"), norms[edge.target], edge.rule)
                for edge in graph.edges_of([EdgeType.BEARS])
            ]
    assert borne == [
        ("江川市公安局", "江川市公安局应当简化登记手续", "modal"),
        ("江川市商务局", "支持汽车更新消费", "assignment: 责任"),
        ("江川市财政局", "支持汽车更新消费", "assignment: 责任"),
        ("江川市商务局", "开展家电下乡活动", "assignment: 责任"),
        ("江川市财政局", "开展家电下乡活动", "assignment: 责任"),
    ]


def test_documents_join_what_they_rest_on(shelf):
    with kept_graph(shelf[1]) as graph:
        assert said(graph, EdgeType.BASED_ON) == {("办法", "河道法"), ("规定", "办法"), ("规定", "文书/云岭省水利条例")}
        assert ("办法#第五条/第一款", "河道法#第三条") in said(graph, EdgeType.CITES)


def test_the_same_words_meet_and_those_with_other_figures(shelf):
    with kept_graph(shelf[1]) as graph:
        same = {tuple(sorted((e.source, e.target))) for e in graph.alike() if e.type is EdgeType.SAME_AS}
        assert [(one.partition("~")[0], other.partition("~")[0]) for one, other in same] == [
            ("办法#第三条/第一款", "河道法#第三条/第一款")
        ]
        (differing,) = [e for e in graph.alike() if e.type is EdgeType.DIFFERS_FROM]
        assert {differing.source.partition("#")[0], differing.target.partition("#")[0]} == {"办法", "规定"}
        assert differing in graph.alike_to([differing.source])


def test_a_body_has_its_names_and_its_parts(shelf):
    with kept_graph(shelf[1]) as graph:
        (body,) = graph.bodies_named("江川市水务局")
        assert (body.kind, body.parent_id) == ("部门", "机构/江川市人民政府")
        assert body in graph.parts_of("机构/江川市人民政府")
        assert [one.name for one, _ in graph.bodies_like("水务局", 5)] == ["云岭县水务局", "江川市水务局"]
        assert graph.named_in("机构/江川市水务局") == {"办法": 3}
        assert graph.words_in("办法")["江川市水务局"] == "机构/江川市水务局"
        assert graph.bodies_named("没有的局") == []


def changed_text(folder, store):
    (folder / "办法.txt").write_text(
        RULES.replace("二十日", "三十日").replace("江川市财政局", "江川市审计局"), encoding="utf-8"
    )


def new_document(folder, store):
    text = "云岭省水利条例\n\n第一条 为了兴修水利，制定本条例。\n\n第二条 省水利厅负责水利工作。\n"
    (folder / "条例.txt").write_text(text, encoding="utf-8")


def new_version(folder, store):
    text = LAW.replace("2015年3月1日第十二届", "2025年3月1日第十四届").replace("不得在河道内倾倒", "禁止在河道内堆放")
    (folder / "河道法2025.txt").write_text(text, encoding="utf-8")


def gone(folder, store):
    (folder / "办法.txt").unlink()


def a_norm_corrected(folder, store):
    norm = next(norm for norm in store.norms("办法") if "巡查结果" in norm.text)
    clause, document = store.clause(norm.clause_id), store.document("办法")
    store.put_decision(on_norm(norm, Verb.REJECT, who="校对", clause=clause, document=document))


def a_name_explained(folder, store):
    store.put_decision(on_body("江川市水务局", Verb.EDIT, who="校对", name="江川市水利局"))


@pytest.mark.parametrize("change", [changed_text, new_document, new_version, gone, a_norm_corrected, a_name_explained])
def test_a_changed_graph_equals_one_made_anew(shelf, change):
    folder, store = shelf
    kept_graph(store).close()
    before = anew(store)
    change(folder, store)
    read(folder, store)
    with kept_graph(store) as graph:
        assert rows(graph) == anew(store) != before


def test_one_changed_document_changes_its_own_part(shelf):
    folder, store = shelf
    with kept_graph(store) as graph:
        others = without_references(graph, "规定"), list(graph.edges("河道法"))
    changed_text(folder, store)
    read(folder, store)
    with KeptGraph(store.folder) as graph:
        assert graph.update(store) == 1
        assert graph.update(store) == 0
        assert (without_references(graph, "规定"), list(graph.edges("河道法"))) == others
        assert ("规定", "办法@2") in said(graph, EdgeType.BASED_ON)  # it cites the text that is current


def without_references(graph, doc_id):
    return [edge for edge in graph.edges(doc_id) if edge.type is not EdgeType.BASED_ON]


def test_a_first_build_that_was_stopped_goes_on(shelf, monkeypatch):
    store = shelf[1]
    monkeypatch.setattr("graph.kept._CHUNK", 1)

    def stop(done, total):
        if done == 1:
            raise KeyboardInterrupt

    with KeptGraph(store.folder) as graph:
        with pytest.raises(KeyboardInterrupt):
            graph.update(store, progress=stop)
        assert graph.revision is None
    with KeptGraph(store.folder) as graph:
        assert graph.update(store) == 2
        assert rows(graph) == anew(store)


def test_what_is_damaged_or_cannot_be_written_is_made_anew(shelf):
    store = shelf[1]
    (store.folder / "graph.sqlite").write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with kept_graph(store) as graph:
        assert rows(graph) == anew(store)


def test_the_whole_and_what_stands_around_keep_to_the_schema(shelf):
    store = shelf[1]
    resolver = CorrectedResolver.of(store, at=date(2026, 1, 1))
    with kept_graph(store) as graph:
        G = whole(graph, resolver)
        assert not list(breaches(G))
        assert {data["kind"] for _, data in G.nodes(data=True)} == set(NodeKind)
        for node in sorted(G):
            near = around(graph, resolver, [node])
            assert not list(breaches(near))
            assert set(G.successors(node)) | set(G.predecessors(node)) <= set(near) | unlinked(G, node)
        assert len(around(graph, resolver, ["没有"])) == 0


def unlinked(G, node):
    """What a document or clause contains is met through its links, not one by one."""
    return {target for _, target, kind in G.out_edges(node, keys=True) if kind == EdgeType.CONTAINS}
