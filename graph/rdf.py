"""The graph as RDF in Turtle. docs/vocabulary.md says which terms are borrowed and which are ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, BinaryIO

import networkx as nx
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, SKOS, NamespaceManager
from rdflib.term import Node

from graph.iris import BASE, iri_of
from graph.schema import EdgeType, NodeKind

TIAOLI = Namespace("https://tiaoli.example/ns#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
PREFIXES = {"tiaoli": TIAOLI, "eli": ELI, "dcterms": DCTERMS, "skos": SKOS, "prov": PROV, "rdf": RDF, "xsd": XSD}

CLASSES: dict[NodeKind, tuple[URIRef, ...]] = {
    NodeKind.DOCUMENT: (ELI.LegalResource, TIAOLI.Document),
    NodeKind.CLAUSE: (ELI.LegalResourceSubdivision, TIAOLI.Clause),
    NodeKind.BODY: (PROV.Organization, TIAOLI.Body),
    NodeKind.NORM: (TIAOLI.Norm,),
    NodeKind.INSTRUMENT: (ELI.LegalResource, TIAOLI.Instrument),
}
PROPERTIES: dict[EdgeType, URIRef] = {
    EdgeType.CONTAINS: ELI.has_part,
    EdgeType.ISSUED_BY: ELI.passed_by,
    EdgeType.CITES: ELI.cites,
    EdgeType.BASED_ON: ELI.based_on,
    EdgeType.AMENDS: ELI.amends,
    EdgeType.REPEALS: ELI.repeals,
    EdgeType.IMPLEMENTS: ELI.implements,
    **{
        kind: TIAOLI[kind.value]
        for kind in (
            EdgeType.BEARS,
            EdgeType.HOLDS,
            EdgeType.OWES,
            EdgeType.SUPERVISES,
            EdgeType.DELEGATES_TO,
            EdgeType.WORKS_WITH,
            EdgeType.ORGAN_OF,
            EdgeType.SAME_AS,
            EdgeType.DIFFERS_FROM,
        )
    },
}
ATTRIBUTES: dict[str, URIRef] = {  # all others are ours, by their names
    "label": SKOS.prefLabel,
    "doc_type": DCTERMS.type,
    "region": DCTERMS.spatial,
    "promulgated": DCTERMS.issued,
    "effective": ELI.first_date_entry_in_force,
    "expires": ELI.date_no_longer_in_force,
    "doc_number": ELI.id_local,
}
_TEXTS_OF_EDGES = {"clause_id": PROV.wasDerivedFrom, "norm_id": TIAOLI.norm}  # their values are nodes
_NAMED_BY_TYPE = {"kind", "type"}  # said by the class and by the property


def write_turtle(G: nx.MultiDiGraph[str], out: BinaryIO) -> None:
    """Write the graph as Turtle, a node and an edge at a time; what is not known is left out.

    An edge is a triple; what it comes from and how sure it is stands in an `rdf:Statement` about that triple.
    """
    names = NamespaceManager(Graph(bind_namespaces="none"))
    for prefix, namespace in PREFIXES.items():
        names.bind(prefix, namespace)
        out.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
    term = cache(lambda uri: uri.n3(names))  # of the few terms of vocabularies; our own ids are written in full
    for node, data in G.nodes(data=True):
        out.write(_block(term, URIRef(iri_of(node)), node_facts(node, data)))
    for number, (source, target, key, data) in enumerate(G.edges(keys=True, data=True)):
        subject, verb, object_ = URIRef(iri_of(source)), PROPERTIES[EdgeType(key)], URIRef(iri_of(target))
        out.write(_block(term, subject, [(verb, object_)]))
        out.write(_block(term, BNode(f"e{number}"), edge_facts(subject, verb, object_, data)))


def node_facts(node: str, data: Mapping[str, Any]) -> Iterator[tuple[URIRef, Node]]:
    """Yield what is said of a node, as predicate and object."""
    for one in CLASSES[NodeKind(data["kind"])]:
        yield RDF.type, one
    yield DCTERMS.identifier, Literal(node)
    for name, value in data.items():
        if name not in _NAMED_BY_TYPE and value is not None:
            yield ATTRIBUTES.get(name, TIAOLI[name]), _value(name, value)


def edge_facts(
    subject: URIRef, verb: URIRef, object_: URIRef, data: Mapping[str, Any]
) -> Iterator[tuple[URIRef, Node]]:
    """Yield what is said of an edge, as predicate and object of a statement about it."""
    yield from ((RDF.type, RDF.Statement), (RDF.subject, subject), (RDF.predicate, verb), (RDF.object, object_))
    for name, value in data.items():
        if name not in _NAMED_BY_TYPE and value is not None:
            yield _TEXTS_OF_EDGES.get(name, TIAOLI[name]), _value(name, value)


def _value(name: str, value: object) -> Node:
    if name in _TEXTS_OF_EDGES or name == "doc_id":
        return URIRef(iri_of(str(value)))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=XSD.date)
    return Literal(value) if isinstance(value, bool | int | float) else Literal(str(value))


def _block(term: Callable[[URIRef], str], subject: Node, facts: Iterable[tuple[URIRef, Node]]) -> bytes:
    said = " ;\n    ".join(f"{term(verb)} {_written(term, object_)}" for verb, object_ in facts)
    return f"\n{subject.n3()} {said} .\n".encode()


def _written(term: Callable[[URIRef], str], object_: Node) -> str:
    return term(object_) if isinstance(object_, URIRef) and not object_.startswith(BASE) else object_.n3()
