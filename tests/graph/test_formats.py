"""The graph in every form: written, read back with the library of that form, compared node by node and edge by edge."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import networkx as nx
import pytest
import rdflib
from app_pages import ROOT
from rdflib import RDF, RDFS
from rdflib.namespace import DCTERMS, PROV, SKOS
from sample_graph import CIVIL, NORM, PLAN, RULE, sample_graph

from graph import formats, neo4j, rdf
from graph.iris import iri_of, node_of
from graph.rdf import ELI, PROPERTIES, TIAOLI
from graph.schema import EdgeType, NodeKind


@pytest.fixture(scope="module")
def G():
    return sample_graph()


def written(write, G):
    out = io.BytesIO()
    write(G, out)
    out.seek(0)
    return out


def known(data):
    return {key: value for key, value in data.items() if value is not None}


def plain_nodes(G):
    return {node: formats.known(data) for node, data in G.nodes(data=True)}


def plain_edges(G):
    return {(s, t, str(k)): formats.known(d) for s, t, k, d in G.edges(keys=True, data=True)}


# --- GraphML, GEXF, node-link JSON -----------------------------------------------------------------------------------


def test_graphml_is_read_back_as_it_was(G):
    again = nx.read_graphml(written(formats.write_graphml, G), force_multigraph=True)
    assert dict(again.nodes(data=True)) == plain_nodes(G)
    edges = {(s, t, d["type"]): {k: v for k, v in d.items() if k != "id"} for s, t, d in again.edges(data=True)}
    assert edges == plain_edges(G)


def test_gexf_is_read_back_as_it_was(G):
    again = nx.read_gexf(written(formats.write_gexf, G))
    assert {n: dict(d.items()) for n, d in again.nodes(data=True)} == plain_nodes(G)
    edges = {}
    for s, t, d in again.edges(data=True):
        edges[s, t, d["relation"]] = {
            "type": d["relation"],
            **{k: v for k, v in d.items() if k not in ("id", "relation")},
        }
    assert edges == plain_edges(G)


def test_json_is_read_back_as_it_was(G):
    data = json.load(written(formats.write_json, G))
    again = nx.node_link_graph(data, edges="edges")
    assert dict(again.nodes(data=True)) == plain_nodes(G)
    assert {(s, t, k): d for s, t, k, d in again.edges(keys=True, data=True)} == plain_edges(G)


@pytest.mark.parametrize(
    ("write", "read"), [(formats.write_graphml, nx.read_graphml), (formats.write_gexf, nx.read_gexf)]
)
def test_odd_characters_are_no_markup_and_break_nothing(write, read):
    G = sample_graph()
    G.nodes[NORM]["label"] = '\x0b<甲>&"乙"\uffff\n丙\U00020000'
    assert read(written(write, G)).nodes[NORM]["label"] == '<甲>&"乙"\n丙\U00020000'


@pytest.mark.parametrize("write", [formats.write_graphml, formats.write_gexf, formats.write_json, rdf.write_turtle])
def test_the_same_graph_gives_the_same_bytes(G, write):
    assert written(write, G).getvalue() == written(write, sample_graph()).getvalue()


# --- RDF -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def triples(G):
    return rdflib.Graph().parse(written(rdf.write_turtle, G), format="turtle")


def test_turtle_holds_every_node_with_all_that_is_known(G, triples):
    for node, data in G.nodes(data=True):
        subject = rdflib.URIRef(iri_of(node))
        assert set(triples.predicate_objects(subject)) >= set(rdf.node_facts(node, data))
        assert triples.value(subject, DCTERMS.identifier).toPython() == node
    said = set(triples.subjects(DCTERMS.identifier))
    assert {node_of(str(subject)) for subject in said} == set(G)
    assert triples.value(rdflib.URIRef(iri_of(RULE)), DCTERMS.issued).toPython() == date(2023, 5, 1)
    assert triples.value(rdflib.URIRef(iri_of(CIVIL)), SKOS.prefLabel).toPython() == "江川市民政局"


def test_turtle_holds_every_edge_once_with_all_that_is_known(G, triples):
    types = {uri: kind for kind, uri in PROPERTIES.items()}
    found = {}
    for statement in triples.subjects(RDF.type, RDF.Statement):
        s, p, o = (triples.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        assert (s, p, o) in triples
        clause = triples.value(statement, PROV.wasDerivedFrom)
        norm = triples.value(statement, TIAOLI.norm)
        data = {
            "type": types[p],
            "clause_id": clause and node_of(str(clause)),
            "norm_id": norm and node_of(str(norm)),
            **{
                name: value.toPython()
                for name in ("weight", "rule", "confidence")
                if (value := triples.value(statement, TIAOLI[name])) is not None
            },
        }
        found[node_of(str(s)), node_of(str(o)), types[p].value] = known(data)
    assert found == {key: known(data) for key, data in ((e[:3], e[3]) for e in G.edges(keys=True, data=True))}


def test_the_vocabulary_says_every_term_of_ours(triples):
    vocabulary = rdflib.Graph().parse(ROOT / "docs" / "vocabulary.ttl")
    used = {term for triple in triples for term in triple[1:] if str(term).startswith(str(TIAOLI))}
    for term in used:
        assert {label.language for label in vocabulary.objects(term, RDFS.label)} == {"zh", "en"}, term
        assert vocabulary.value(term, RDFS.comment), term
    page = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    ours = {str(term).removeprefix(str(TIAOLI)) for term in vocabulary.subjects() if str(term).startswith(str(TIAOLI))}
    assert [name for name in ours if f"`tiaoli:{name}`" not in page] == []


def test_each_type_and_kind_has_a_term():
    assert PROPERTIES.keys() == set(EdgeType)
    assert rdf.CLASSES.keys() == set(NodeKind)
    assert len(set(PROPERTIES.values())) == len(PROPERTIES)
    assert PROPERTIES[EdgeType.CITES] == ELI.cites


@pytest.mark.parametrize("node", ["甲法", "甲法#第一章/第二条~2", "机构/乙 局(100%)", 'x<y>"z#"\\^`{|}', "甲#乙#丙"])
def test_ids_and_iris_are_inverses(node):
    assert node_of(iri_of(node)) == node
    assert rdflib.URIRef(iri_of(node)).n3()  # rdflib refuses what Turtle cannot hold


# --- CSV for Neo4j ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables(G):
    return {
        name: list(csv.reader(io.StringIO(b"".join(lines).decode(), newline=""))) for name, lines in neo4j.csv_files(G)
    }


READ = {"long": int, "double": float, "date": date.fromisoformat, "boolean": lambda cell: cell == "true"}


def records_of(head, row):
    for name, cell in zip(head, row, strict=True):
        name, _, kind = name.partition(":") if not name.startswith(":") else (name, "", "")
        if cell:
            yield name, READ[kind](cell) if kind else neo4j.plain(cell)


def test_csv_is_read_back_as_it_was(G, tables):
    head, *rows = tables["nodes.csv"]
    nodes = {data.pop(":ID"): data for data in (dict(records_of(head, row)) for row in rows)}
    for data in nodes.values():
        data["kind"] = data.pop(":LABEL")
    assert nodes == {n: known(d) for n, d in G.nodes(data=True)}
    head, *rows = tables["edges.csv"]
    edges = {}
    for row in rows:
        data = dict(records_of(head, row))
        key = data.pop(":START_ID"), data.pop(":END_ID"), data.pop(":TYPE")
        edges[key] = data | {"type": key[2]}
    assert edges == {e[:3]: known(e[3]) for e in G.edges(keys=True, data=True)}


def test_the_heads_are_those_that_neo4j_reads(tables):
    assert tables["nodes.csv"][0][:2] == [":ID", ":LABEL"]
    assert tables["edges.csv"][0][:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert "level:long" in tables["nodes.csv"][0] and "promulgated:date" in tables["nodes.csv"][0]
    assert "weight:double" in tables["edges.csv"][0]
    assert all(len(row) == len(rows[0]) for rows in tables.values() for row in rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula_and_links_still_hold(start):
    G = nx.relabel_nodes(sample_graph(), {PLAN: f"{start}HYPERLINK()"})
    G.nodes[NORM]["label"] = f"{start}1+1"
    found = {
        name: list(csv.reader(io.StringIO(b"".join(lines).decode(), newline=""))) for name, lines in neo4j.csv_files(G)
    }
    cells = [cell for rows in found.values() for row in rows[1:] for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    ids = {row[0] for row in found["nodes.csv"][1:]}
    assert {end for row in found["edges.csv"][1:] for end in row[:2]} <= ids


@pytest.mark.parametrize("text", ["", "江川", "=1", "'=1", "''=1", "'江川'", "-", "@a", "\t=", "'"])
def test_guarding_a_cell_can_be_undone(text):
    assert neo4j.plain(neo4j.guarded(text)) == text
