"""What stands around a node: which nodes are chosen, what stands for what, what is left out."""

from __future__ import annotations

import networkx as nx
import pytest
from sample_graph import CITY, CIVIL, FINANCE, INSTRUMENT, LAW, NORM, OTHER_NORM, PLAN, RULE, sample_graph

from graph.query import EVERYTHING, Passing, around, joined, lifted, neighbours
from graph.schema import EdgeType, NodeKind, breaches

OVERVIEW = Passing(frozenset({NodeKind.DOCUMENT, NodeKind.BODY, NodeKind.INSTRUMENT}))
PARAGRAPH, NINTH = f"{RULE}#第一章/第二条/第一款", f"{RULE}#第一章/第九条"


@pytest.fixture(scope="module")
def G():
    return sample_graph()


def drawn(found, *, without=()):
    return {(s, t, key) for s, t, key in found.graph.edges(keys=True) if key not in without}


def test_the_sample_holds_every_kind_and_type_and_nothing_else(G):
    assert not list(breaches(G))
    assert {kind for _, kind in G.nodes(data="kind")} == set(NodeKind)
    assert {key for _, _, key in G.edges(keys=True)} == set(EdgeType)


def test_documents_stand_for_their_clauses_and_norms(G):
    found = neighbours(G, [RULE], OVERVIEW)
    assert set(found.graph) == {RULE, LAW, PLAN, CIVIL, CITY, INSTRUMENT}
    cites = found.graph.edges[RULE, LAW, "cites"]
    assert (cites["weight"], cites["clause_id"]) == (3.0, NINTH)  # two clauses cite, one of them twice
    assert {(CIVIL, RULE, "bears"), (RULE, CITY, "owes"), (RULE, PLAN, "same_as"), (PLAN, RULE, "implements")} <= drawn(
        found
    )
    assert not found.left_out[RULE]


def test_every_edge_between_two_shown_nodes_is_there(G):
    assert {(CITY, CIVIL, "supervises"), (CIVIL, CITY, "organ_of"), (PLAN, CIVIL, "issued_by")} <= drawn(
        neighbours(G, [RULE], OVERVIEW)
    )


def test_around_a_clause_stand_norms_bodies_and_clauses_themselves(G):
    found = neighbours(G, [PARAGRAPH])
    assert {NORM, OTHER_NORM, CIVIL, CITY, f"{LAW}#第三条", NINTH} <= set(found.graph)
    assert {(PARAGRAPH, NORM, "contains"), (CIVIL, NORM, "bears"), (NORM, OTHER_NORM, "same_as")} <= drawn(found)
    assert RULE not in found.graph  # the clause above it is the neighbour


def test_a_clause_stands_for_what_it_contains_down_to_the_next_that_is_shown(G):
    found = neighbours(G, [f"{RULE}#第一章/第二条"], Passing(frozenset({NodeKind.CLAUSE, NodeKind.NORM})))
    article = f"{RULE}#第一章/第二条"
    assert PARAGRAPH in found.graph and NORM in found.graph
    assert (PARAGRAPH, NORM, "contains") in drawn(found)
    assert (article, f"{LAW}#第三条", "cites") not in drawn(found)
    without = neighbours(G, [article], Passing(frozenset({NodeKind.NORM})))
    assert (article, NORM, "contains") in drawn(without)


def test_around_a_norm_and_a_body_stand_their_own_edges(G):
    assert {CIVIL, CITY, OTHER_NORM, PARAGRAPH} == set(neighbours(G, [NORM]).graph) - {NORM}
    assert {NORM, OTHER_NORM, FINANCE, CITY, PLAN} == set(neighbours(G, [CIVIL]).graph) - {CIVIL}


def test_types_and_documents_are_filters(G):
    only = neighbours(G, [CIVIL], Passing(types=frozenset({EdgeType.BEARS})))
    assert set(only.graph) == {CIVIL, NORM, OTHER_NORM}
    assert {key for _, _, key in drawn(only)} == {"bears"}
    plan = neighbours(G, [CIVIL], Passing(doc_ids=frozenset({RULE})))
    assert set(plan.graph) == {CIVIL, NORM}  # its links to other bodies are said in the plan


def test_the_heaviest_of_each_type_come_first_and_the_rest_is_counted(G):
    found = neighbours(G, [RULE], OVERVIEW, most=3)
    assert len(found.graph) == 4
    assert sum(found.left_out[RULE].values()) >= 2
    every = around(G, RULE, OVERVIEW)
    for kind, nodes in every.items():
        assert found.left_out[RULE][kind] == sum(n not in found.graph for n in nodes)


def test_a_limit_holds_for_all_centres_together(G):
    found = neighbours(G, [RULE, CIVIL], limit=4)
    assert len(found.graph) == 4
    assert found.left_out[CIVIL]


def test_opening_a_node_adds_and_takes_nothing_away(G):
    before, after = neighbours(G, [PLAN], OVERVIEW), neighbours(G, [PLAN, RULE], OVERVIEW)
    assert set(before.graph) < set(after.graph)
    assert drawn(before) <= drawn(after)


@pytest.mark.parametrize("kinds", [OVERVIEW.kinds, EVERYTHING.kinds, frozenset({NodeKind.CLAUSE, NodeKind.BODY})])
def test_a_lifted_graph_has_the_same_neighbours(G, kinds):
    for centre in G:
        passing = Passing(kinds)
        found, again = (neighbours(H, [centre], passing) for H in (G, lifted(G, kinds, [centre])))
        assert nx.to_dict_of_dicts(found.graph) == nx.to_dict_of_dicts(again.graph), centre
        assert found.left_out == again.left_out


def test_what_a_graph_seen_from_its_centre_lacks_is_joined_from_another(G):
    seen = nx.MultiDiGraph(G)
    seen.remove_edges_from([(CITY, CIVIL, "supervises"), (PLAN, LAW, "amends")])
    found = neighbours(seen, [RULE], OVERVIEW)
    assert (CITY, CIVIL, "supervises") not in drawn(found)
    assert drawn(joined(found, [G], OVERVIEW)) == drawn(neighbours(G, [RULE], OVERVIEW))
    no_amendments = Passing(OVERVIEW.kinds, frozenset(EdgeType) - {EdgeType.AMENDS})
    assert (PLAN, LAW, "amends") not in drawn(joined(found, [G], no_amendments))


def test_unknown_nodes_are_left_out(G):
    assert set(neighbours(G, ["没有", FINANCE], Passing(types=frozenset())).graph) == {FINANCE}
    assert len(neighbours(G, ["没有"], EVERYTHING).graph) == 0


def test_the_graph_may_be_frozen_and_stays_as_it_is(G):
    before = nx.to_dict_of_dicts(G)
    neighbours(nx.freeze(G.copy()), [RULE, CIVIL])
    assert nx.to_dict_of_dicts(G) == before
