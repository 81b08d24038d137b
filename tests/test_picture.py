"""The picture of the graph page as data, its legend, its address; and the libraries that draw it."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from app_pages import ROOT, fill, opened
from sample_graph import CITY, CIVIL, INSTRUMENT, LAW, NORM, PLAN, RULE, sample_graph
from streamlit.testing.v1 import AppTest

from graph.schema import EdgeType, NodeKind
from interfaces.pages import relations
from interfaces.pages.address import BODY, clause_href, doc_href, href
from interfaces.pages.graph_view import KINDS, RELATIONS, Layout, View, view_in
from interfaces.pages.picture import page_of, picture, title
from interfaces.pages.picture_legend import legend, said

PARAGRAPH = f"{RULE}#第一章/第二条/第一款"


TEXTS = {
    "江川法.txt": "江川养老法\n\n第一条 为了养老，制定本法。\n\n第三条 市民政部门应当每年抽查养老机构。\n",
    "江川办法.txt": "江川市养老服务管理办法\n\n第一条 根据《江川养老法》，制定本办法。\n\n第二条 依照《江川养老法》第三条抽查。\n",
    "敌意.txt": "<script>alert(1)</script>江川办法\n\n第一条 根据《江川养老法》第一条，制定本办法。\n",
}


@pytest.fixture(scope="module")
def G():
    return sample_graph()


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("picture"), TEXTS)


@pytest.fixture
def app(store_folder, monkeypatch):
    monkeypatch.setenv("TIAOLI_STORE", str(store_folder))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


def drawn_by(app):
    """What the page gives to the browser."""
    (element,) = app.get("bidi_component")
    return json.loads(element.proto.json)


def by_id(elements):
    return {element["id"]: element for element in elements}


def view_at(link):
    return view_in(parse_qs(urlsplit(link).query))


def test_every_kind_and_type_has_a_name():
    assert KINDS.keys() == set(NodeKind)
    assert RELATIONS.keys() == set(EdgeType)


def test_boxes_say_what_they_are_and_lead_on(G):
    nodes = by_id(picture(G, View(RULE)).nodes)
    assert nodes[RULE]["centre"] and nodes[RULE]["opened"] and nodes[RULE]["open"] is None
    assert nodes[RULE]["label"].replace("\n", "") == "江川市养老服务管理办法"
    assert nodes[LAW]["page"] == doc_href(LAW)
    assert view_at(nodes[CIVIL]["open"]) == View(RULE, (CIVIL,))
    assert view_at(nodes[CIVIL]["about"]) == View(CIVIL)
    assert (nodes[CIVIL]["what"], nodes[CIVIL]["page"]) == ("机关", href(BODY, name=CIVIL))
    assert nodes[INSTRUMENT]["page"] is None


def test_lines_say_how_often_and_lead_to_a_clause(G):
    edges = by_id(picture(G, View(RULE)).edges)
    cites = edges[f"cites\t{RULE}\t{LAW}"]
    assert (cites["label"], cites["weight"], cites["page"]) == ("引用 3", 3, clause_href(f"{RULE}#第一章/第九条"))
    assert edges[f"issued_by\t{RULE}\t{CITY}"]["page"] is None


def test_every_line_joins_two_boxes(G):
    for layout in Layout:
        for node in (RULE, CIVIL, PARAGRAPH, NORM):
            drawn = picture(G, View(node, (PLAN,), layout=layout))
            ids = [element["id"] for element in drawn.nodes]
            assert len(ids) == len(set(ids))
            assert {end for edge in drawn.edges for end in (edge["source"], edge["target"])} <= set(ids)
            assert {node["parent"] for node in drawn.nodes if "parent" in node} <= set(ids)


def test_an_opened_box_can_be_closed(G):
    nodes = by_id(picture(G, View(RULE, (CIVIL,))).nodes)
    assert nodes[CIVIL]["opened"]
    assert view_at(nodes[CIVIL]["open"]) == View(RULE)


def test_clauses_and_norms_lead_to_the_clause(G):
    assert page_of(G, NORM) == page_of(G, PARAGRAPH) == clause_href(PARAGRAPH)
    assert title(G, PARAGRAPH) == "《江川市养老服务管理办法》第一章第二条第一款"
    assert title(G, NORM) == "应当每年抽查 养老机构"


def test_clauses_stand_in_the_box_of_their_document(G):
    drawn = picture(G, View(PARAGRAPH, layout=Layout.DOCUMENTS))
    nodes = by_id(drawn.nodes)
    assert nodes[PARAGRAPH]["parent"] == RULE and nodes[RULE]["group"]
    assert nodes[NORM]["parent"] == RULE
    assert "parent" not in nodes[CIVIL]
    assert not [edge for edge in drawn.edges if nodes[edge["target"]].get("parent") == edge["source"]]


def test_boxes_stand_in_the_row_of_their_rank(G):
    nodes = by_id(picture(G, View(RULE, (PARAGRAPH,), frozenset(NodeKind), layout=Layout.LEVELS)).nodes)
    assert (nodes[LAW]["rank"], nodes[RULE]["rank"], nodes[PARAGRAPH]["rank"]) == (1, 7, 7)
    assert nodes[CIVIL]["rank"] < nodes[LAW]["rank"] < nodes[INSTRUMENT]["rank"]
    signs = {node["rank"]: node["label"] for node in nodes.values() if node.get("sign")}
    assert signs.keys() == {node["rank"] for node in nodes.values()}
    assert (signs[0], signs[1]) == ("机关", "宪法、法律")


def test_documents_of_one_title_are_told_apart():
    G = sample_graph()
    G.nodes[LAW]["label"] = G.nodes[RULE]["label"]
    nodes = by_id(picture(G, View(RULE)).nodes)
    assert nodes[RULE]["title"].endswith("（2023）")
    assert nodes[LAW]["title"] == G.nodes[LAW]["label"]  # without a date there is nothing to tell


def test_what_is_left_out_is_counted_and_said(G):
    drawn = picture(G, View(RULE, most=2))
    assert len(drawn.drawn) == 3
    assert drawn.missing
    assert "未画出" in said(drawn) and by_id(drawn.nodes)[RULE]["rest"].startswith("未画出：")
    assert "没有省略" in said(picture(G, View(RULE)))


def test_the_address_holds_the_whole_view():
    view = View(
        "甲 法",
        ("机构/乙", "丙&丁"),
        frozenset({NodeKind.BODY}),
        frozenset({EdgeType.CITES, EdgeType.BEARS}),
        ("甲 法",),
        Layout.RINGS,
        60,
    )
    assert view_at(view.href) == view
    nothing = View("甲", kinds=frozenset(), types=frozenset())
    assert view_at(nothing.href) == nothing
    assert view_at(View("甲").href) == View("甲")


def test_odd_addresses_show_something():
    assert view_in({"node": ["甲"], "kind": ["x", "body"], "layout": ["<b>"], "most": ["1e9"]}) == View(
        "甲", kinds=frozenset({NodeKind.BODY})
    )


def test_the_legend_takes_out_and_brings_back(G):
    view = View(RULE)
    words = legend(G, view, picture(G, view))
    links = [view_at(link.replace("&amp;", "&")) for link in re.findall(r'href="([^"]+)"', words)]
    assert View(RULE, types=frozenset(EdgeType) - {EdgeType.CITES}) in links
    shown = view.shown_kinds(NodeKind.DOCUMENT)
    assert View(RULE, kinds=shown | {NodeKind.NORM}) in links
    without = View(RULE, types=frozenset(EdgeType) - {EdgeType.CITES})
    assert 'class="key edge cites off"' in legend(G, without, picture(G, without))


def test_titles_are_text_in_legend_and_table():
    G = sample_graph()
    G.nodes[LAW]["label"] = '<img src=x onerror="alert(1)">'
    view = View(RULE, doc_ids=(LAW, RULE))
    drawn = picture(G, view)
    for words in (legend(G, view, drawn), relations.drawn_table(drawn)):
        assert "<img" not in words and "&lt;img" in words


def test_the_table_has_a_row_for_each_line(G):
    drawn = picture(G, View(PARAGRAPH))
    table = relations.drawn_table(drawn)
    assert table.count("<tr>") == len(drawn.edges) + 1
    assert all(f'href="{edge["page"]}"' in table for edge in drawn.edges if edge["page"])


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_draws_a_document_and_what_was_opened(app):
    shown = opened(app, "graph", node="江川法")
    data = drawn_by(app)
    nodes = by_id(data["nodes"])
    assert nodes.keys() == {"江川法", "江川办法", "敌意", "机构/市民政部门"}
    assert by_id(data["edges"])["bears\t机构/市民政部门\t江川法"]["page"] == clause_href("江川法#第三条/第一款")
    assert (data["centre"], data["layout"]) == ("江川法", "forces")
    assert f"画出 4 个节点、{len(data['edges'])} 条关系" in shown
    assert "引用本文件的" in shown
    app.query_params["open"] = ["江川办法"]
    app.query_params["layout"] = "rings"
    app.run()
    assert by_id(drawn_by(app)["nodes"])["江川办法"]["opened"]
    assert drawn_by(app)["layout"] == "rings"


def test_the_page_begins_at_a_clause_too(app):
    shown = opened(app, "graph", node="江川法#第三条")
    assert "《江川养老法》第三条" in shown and "引用本条款的" in shown
    assert "江川办法#第二条/第一款" in by_id(drawn_by(app)["nodes"])


def test_the_page_begins_at_a_body_with_the_norms_that_it_bears(app):
    shown = opened(app, "graph", node="机构/市民政部门", kind=["body", "norm"])
    norms = [node for node in drawn_by(app)["nodes"] if node["kind"] == "norm"]
    assert [node["page"] for node in norms] == [clause_href("江川法#第三条/第一款")]
    assert "制定的文件（0）" in shown


@pytest.mark.parametrize(
    ("words", "node"),
    [
        ("江川养老法第三条", "江川法#第三条"),
        ("《江川养老法》 第三条第一款", "江川法#第三条/第一款"),
        ("市民政", "机构/市民政部门"),
        ("养老服务管理", "江川办法"),
    ],
)
def test_the_page_finds_where_to_begin(app, words, node):
    assert f'href="{View(node).href}"' in opened(app, "graph", find=words)


def test_what_is_not_found_is_told(app):
    assert "没有找到" in opened(app, "graph", find="江川养老法第九十九条")


def test_a_filter_that_leaves_nothing_says_so(app):
    shown = opened(app, "graph", node="江川法", type="none")
    assert "没有可以画出的关系" in shown
    assert not app.get("bidi_component")


def test_words_of_documents_reach_the_browser_as_data_only(app):
    shown = opened(app, "graph", node="敌意")
    assert "<script" not in shown
    (element,) = app.get("bidi_component")
    assert "alert(1)" not in element.proto.html_content + element.proto.js_content
    assert any("<script>" in node["title"] for node in drawn_by(app)["nodes"])  # which it puts in place as text


def test_no_two_relations_look_alike():
    css = (ROOT / "interfaces" / "theme.css").read_text(encoding="utf-8")
    rules = re.findall(r"\.key(?::is\(([^)]*)\)|\.(\w+)) (b )?\{ ([^}]*) \}", css)
    looks = {}
    for kind in EdgeType:
        mine = [rule for names, name, _, rule in rules if kind.value in {*re.findall(r"\w+", names), name}]
        looks[kind] = tuple(sorted(mine))
    assert all(any("--k" in rule for rule in look) for look in looks.values())
    assert len(set(looks.values())) == len(EdgeType)


def test_the_libraries_are_the_pinned_copies():
    folder = ROOT / "interfaces" / "vendor"
    rows = re.findall(r"^\| `([^`]+)` \| \S+ \| \S+ \| `([0-9a-f]{64})` \|$", (folder / "README.md").read_text(), re.M)
    assert {name for name, _ in rows} == {path.name for path in folder.glob("*.js")}
    for name, digest in rows:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
