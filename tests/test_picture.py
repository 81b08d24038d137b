"""The picture of the graph page as data, its legend, its address; and the libraries that draw it."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from app_pages import ROOT
from sample_graph import CITY, CIVIL, LAW, NORM, PLAN, RULE, sample_graph

from graph.schema import EdgeType, NodeKind
from interfaces.pages import relations
from interfaces.pages.address import clause_href, doc_href
from interfaces.pages.graph_view import KINDS, RELATIONS, Layout, View, view_in
from interfaces.pages.picture import page_of, picture, title
from interfaces.pages.picture_legend import legend, said

PARAGRAPH = f"{RULE}#第一章/第二条/第一款"


@pytest.fixture(scope="module")
def G():
    return sample_graph()


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
    assert (nodes[CIVIL]["what"], nodes[CIVIL]["page"]) == ("机关", None)


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
    assert 'class="key cites off"' in legend(G, without, picture(G, without))


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


def test_the_libraries_are_the_pinned_copies():
    folder = ROOT / "interfaces" / "vendor"
    rows = re.findall(r"^\| `([^`]+)` \| \S+ \| \S+ \| `([0-9a-f]{64})` \|$", (folder / "README.md").read_text(), re.M)
    assert {name for name, _ in rows} == {path.name for path in folder.glob("*.js")}
    for name, digest in rows:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
