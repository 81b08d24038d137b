"""What Akoma Ntoso wants to know of a document: its addresses, who made it and when, and from when to when it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lxml import etree

from graph.akn_names import UNKNOWN_DAY, E, day_of, work_uri
from graph.bodies import body_id
from graph.iris import iri_of
from graph.xml_text import xml_text
from tiaoli.records import Document


def metadata(document: Document, issuers: Sequence[str]) -> etree._Element:
    """Return the `meta` of a document that these bodies issued."""
    work, day = work_uri(document), day_of(document)
    expression = f"{work}/zho@{day}"
    names = [f"#org_{n + 1}" for n in range(len(issuers))] or ["#unknown"]
    authors = [E.FRBRauthor(href=name) for name in names]
    number = [E.FRBRnumber(value=document.doc_number)] if document.doc_number else []
    made = "promulgated" if document.promulgated else "adopted" if document.adopted else "effective"
    dated = {"date": day, "name": made if day != UNKNOWN_DAY else "unknown"}
    return E.meta(
        E.identification(
            E.FRBRWork(
                *_addresses(f"{work}/!main", work),
                E.FRBRdate(**dated),
                *authors,
                E.FRBRcountry(value="cn"),
                *number,
                E.FRBRname(value=xml_text(" ".join(document.title.split())) or document.doc_id),
            ),
            E.FRBRExpression(
                *_addresses(f"{expression}/!main", expression),
                E.FRBRdate(**dated),
                E.FRBRauthor(href=names[0]),
                E.FRBRlanguage(language="zho"),
            ),
            E.FRBRManifestation(
                *_addresses(f"{expression}/!main.xml", f"{expression}.akn"),
                E.FRBRdate(date=day, name="text"),
                E.FRBRauthor(href="#tiaoli"),
                E.FRBRformat(value="application/akn+xml"),
            ),
            source="#tiaoli",
        ),
        *_publication(document),
        *_lifecycle(document),
        _references(issuers),
    )


def _addresses(this: str, uri: str) -> list[etree._Element]:
    return [E.FRBRthis(value=this), E.FRBRuri(value=uri)]


def _publication(document: Document) -> list[etree._Element]:
    if document.promulgated is None:
        return []
    number = {"number": document.doc_number} if document.doc_number else {}
    return [E.publication(date=document.promulgated.isoformat(), name="公布", showAs="公布", **number)]


def _lifecycle(document: Document) -> list[etree._Element]:
    """When the text came into force and when it goes out of it."""
    days: tuple[tuple[str, str, date | None], ...] = (
        ("in-force", "generation", document.effective),
        ("expiry", "repeal", document.expires),
    )
    events = [
        E.eventRef(eId=f"event_{name}", date=day.isoformat(), type=kind, source="#tiaoli")
        for name, kind, day in days
        if day is not None
    ]
    return [E.lifecycle(*events, source="#tiaoli")] if events else []


def _references(issuers: Sequence[str]) -> etree._Element:
    bodies = [
        E.TLCOrganization(eId=f"org_{n + 1}", href=iri_of(body_id(name)), showAs=xml_text(name))
        for n, name in enumerate(issuers)
    ] or [E.TLCOrganization(eId="unknown", href="/ontology/organization/unknown", showAs="不详")]
    tool = E.TLCOrganization(eId="tiaoli", href="https://tiaoli.example/", showAs="条理")
    return E.references(*bodies, tool, source="#tiaoli")
