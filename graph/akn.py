"""Documents as Akoma Ntoso 3.0 (OASIS LegalDocML). docs/exports.md says what becomes what.

Statutes become an `act`, all others a `doc`. Every visible character of the text is in the file, in its order. An `eId` is made
of the kinds and numbers on the way to a clause (`chp_1__art_5__para_2`), its `GUID` is the clause's id in the store.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lxml import etree
from lxml.builder import ElementMaker

from graph.bodies import body_id, issuer_names
from graph.iris import iri_of, iri_part
from graph.resolve import Resolver
from graph.xml_text import xml_text
from tiaoli.cells import cell_spans, is_closed
from tiaoli.records import Citation, Clause, DocType, Document, Kind, Span

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
UNKNOWN_DAY = "0001-01-01"  # the schema wants a date where none is known
_E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
_KEPT = 64  # documents whose eIds are remembered, since they are cited again and again

_STATUTES = {
    DocType.LAW: "law",
    DocType.ADMIN_REGULATION: "administrativeRegulation",
    DocType.SUPERVISION_REGULATION: "supervisionRegulation",
    DocType.LOCAL_REGULATION: "localRegulation",
    DocType.DEPARTMENTAL_RULE: "departmentalRule",
    DocType.LOCAL_RULE: "localGovernmentRule",
}
_OTHERS = {
    DocType.JUDICIAL_INTERPRETATION: "judicialInterpretation",
    DocType.NORMATIVE: "normativeDocument",
    DocType.POWERS_LIST: "powersList",
    DocType.OTHER: "document",
}
_ELEMENTS = {  # kinds that have an element of their own; all others are an hcontainer with the kind as its name
    Kind.PART: "part",
    Kind.SUBPART: "subpart",
    Kind.CHAPTER: "chapter",
    Kind.SECTION: "section",
    Kind.ARTICLE: "article",
    Kind.PARAGRAPH: "paragraph",
    Kind.ITEM: "point",
    Kind.SUBITEM: "indent",
}
_SHORT = {"chapter": "chp", "section": "sec", "article": "art", "paragraph": "para"}  # as the naming convention has it
_IN_FRONT = (Kind.TITLE, Kind.PREAMBLE)
_AFTER_LABEL = re.compile(r"[\s、.．]*")


class Reference(NamedTuple):
    """A stretch of a document's text that leads somewhere."""

    start: int
    end: int
    href: str


class AknWriter:
    """Writes the documents of a store one by one; it remembers the eIds of those that are cited."""

    def __init__(self, resolver: Resolver) -> None:
        """Write what `resolver` reads."""
        self.resolver = resolver
        self._eids: OrderedDict[str, Mapping[str, str]] = OrderedDict()
        self._documents = {document.doc_id: document for document in resolver.documents}

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield a file for each current document, in the order of the store."""
        for document in self.resolver.documents:
            yield f"{document.doc_id}.xml", iter((self.write(document),))

    def write(self, document: Document) -> bytes:
        """Return a document as Akoma Ntoso, its resolved citations as references."""
        clauses = self.resolver.clauses(document.doc_id)
        references = [r for c in self.resolver.resolve(document) if (r := self._reference(c, document)) is not None]
        issuers = tuple(issuer_names(document, self.resolver.store.mentions(document.doc_id)).values())
        text = self.resolver.store.text(document.doc_id)
        return akoma_ntoso(document, clauses, text, references=references, issuers=tuple(dict.fromkeys(issuers)))

    def _reference(self, citation: Citation, document: Document) -> Reference | None:
        target = self._documents.get(citation.target_doc_id or "")
        if target is None:
            return None
        eid = self._eids_of(target.doc_id).get(citation.target_clause_id or "")
        if target.doc_id == document.doc_id:
            return Reference(citation.start, citation.end, f"#{eid}") if eid else None
        return Reference(citation.start, citation.end, f"{work_uri(target)}/!main{f'~{eid}' if eid else ''}")

    def _eids_of(self, doc_id: str) -> Mapping[str, str]:
        if doc_id not in self._eids:
            self._eids[doc_id] = eids(self.resolver.clauses(doc_id))
            if len(self._eids) > _KEPT:
                self._eids.popitem(last=False)
        self._eids.move_to_end(doc_id)
        return self._eids[doc_id]


def akoma_ntoso(
    document: Document,
    clauses: Sequence[Clause],
    text: str,
    *,
    references: Sequence[Reference] = (),
    issuers: Sequence[str] = (),
) -> bytes:
    """Return a document as Akoma Ntoso 3.0 in UTF-8; the same input gives the same bytes.

    `clauses` are all clauses in their order, `text` is the normalised text that their spans and those of `references` count in.
    """
    statute = document.doc_type in _STATUTES
    page = _Page(text, eids(clauses), sorted(references), _children(clauses))
    front, rest = _leading(clauses, page.children)
    last_title = max((n for n, clause in enumerate(front) if clause.kind is Kind.TITLE), default=-1) + 1
    closing = rest.pop() if len(rest) > 1 and _is_closing(rest[-1], page.children) else None
    parts = [
        _meta(document, issuers),
        *page.blocks("preface", front[:last_title]),
        *page.blocks("preamble", front[last_title:]),
        _E.body(*map(page.hierarchy, rest)) if statute else _E.mainBody(*map(page.hierarchy, rest)),
        *page.blocks("conclusions", [closing] if closing else []),
    ]
    name = {**_STATUTES, **_OTHERS}[document.doc_type]
    whole = (_E.act if statute else _E.doc)(*parts, name=name, contains="originalVersion")
    written: bytes = etree.tostring(_E.akomaNtoso(whole), xml_declaration=True, encoding="UTF-8", pretty_print=False)
    return written


# --- addresses -------------------------------------------------------------------------------------------------------


def work_uri(document: Document) -> str:
    """Return the address of a document as a work: country, kind, the day it was made public, its id in the store."""
    kind = "act" if document.doc_type in _STATUTES else "doc"
    return f"/akn/cn/{kind}/{_day(document)}/{iri_part(document.doc_id)}"


def eids(clauses: Sequence[Clause]) -> dict[str, str]:
    """Return the eId of each clause by its id: kinds and numbers from the outermost clause inwards, each once.

    A clause without a number is counted among those of its kind under the same clause; of two of one number, the second gets -2.
    """
    found: dict[str, str] = {}
    taken = set[str]()
    counts: Counter[tuple[str | None, str]] = Counter()
    for clause in clauses:
        element = _ELEMENTS.get(clause.kind, clause.kind.value)
        short = _SHORT.get(element, element)
        counts[clause.parent_id, short] += 1
        number = str(counts[clause.parent_id, short] if clause.number is None else clause.number)
        number += f"bis{clause.suffix}" if clause.suffix else ""
        above = f"{found[clause.parent_id]}__" if clause.parent_id in found else ""
        eid = _free(f"{above}{short}_{number}", taken)
        taken.add(eid)
        found[clause.clause_id] = eid
    return found


def _free(eid: str, taken: set[str]) -> str:
    if eid not in taken:
        return eid
    number = 2
    while f"{eid}-{number}" in taken:
        number += 1
    return f"{eid}-{number}"


def _day(document: Document) -> str:
    known = document.promulgated or document.adopted or document.effective
    return known.isoformat() if known else UNKNOWN_DAY


# --- metadata --------------------------------------------------------------------------------------------------------


def _meta(document: Document, issuers: Sequence[str]) -> etree._Element:
    work, day = work_uri(document), _day(document)
    expression = f"{work}/zho@{day}"
    names = [f"#org_{n + 1}" for n in range(len(issuers))] or ["#unknown"]
    authors = [_E.FRBRauthor(href=name) for name in names]
    number = [_E.FRBRnumber(value=document.doc_number)] if document.doc_number else []
    made = "promulgated" if document.promulgated else "adopted" if document.adopted else "effective"
    dated = {"date": day, "name": made if day != UNKNOWN_DAY else "unknown"}
    return _E.meta(
        _E.identification(
            _E.FRBRWork(
                *_addresses(f"{work}/!main", work),
                _E.FRBRdate(**dated),
                *authors,
                _E.FRBRcountry(value="cn"),
                *number,
                _E.FRBRname(value=xml_text(" ".join(document.title.split())) or document.doc_id),
            ),
            _E.FRBRExpression(
                *_addresses(f"{expression}/!main", expression),
                _E.FRBRdate(**dated),
                _E.FRBRauthor(href=names[0]),
                _E.FRBRlanguage(language="zho"),
            ),
            _E.FRBRManifestation(
                *_addresses(f"{expression}/!main.xml", f"{expression}.akn"),
                _E.FRBRdate(date=day, name="text"),
                _E.FRBRauthor(href="#tiaoli"),
                _E.FRBRformat(value="application/akn+xml"),
            ),
            source="#tiaoli",
        ),
        *_publication(document),
        *_lifecycle(document),
        _references(issuers),
    )


def _addresses(this: str, uri: str) -> list[etree._Element]:
    return [_E.FRBRthis(value=this), _E.FRBRuri(value=uri)]


def _publication(document: Document) -> list[etree._Element]:
    if document.promulgated is None:
        return []
    number = {"number": document.doc_number} if document.doc_number else {}
    return [_E.publication(date=document.promulgated.isoformat(), name="公布", showAs="公布", **number)]


def _lifecycle(document: Document) -> list[etree._Element]:
    """When the text came into force and when it goes out of it."""
    days: tuple[tuple[str, str, date | None], ...] = (
        ("in-force", "generation", document.effective),
        ("expiry", "repeal", document.expires),
    )
    events = [
        _E.eventRef(eId=f"event_{name}", date=day.isoformat(), type=kind, source="#tiaoli")
        for name, kind, day in days
        if day is not None
    ]
    return [_E.lifecycle(*events, source="#tiaoli")] if events else []


def _references(issuers: Sequence[str]) -> etree._Element:
    bodies = [
        _E.TLCOrganization(eId=f"org_{n + 1}", href=iri_of(body_id(name)), showAs=xml_text(name))
        for n, name in enumerate(issuers)
    ] or [_E.TLCOrganization(eId="unknown", href="/ontology/organization/unknown", showAs="不详")]
    tool = _E.TLCOrganization(eId="tiaoli", href="https://tiaoli.example/", showAs="条理")
    return _E.references(*bodies, tool, source="#tiaoli")


# --- the text --------------------------------------------------------------------------------------------------------


def _children(clauses: Sequence[Clause]) -> Mapping[str | None, list[Clause]]:
    """Return the clauses below each, None for the outermost, so that going down them follows the text.

    Where a clause stands behind a sibling of the clause above it, it goes to what contains both.
    """
    above = {clause.clause_id: clause.parent_id for clause in clauses}
    below: dict[str | None, list[Clause]] = {}
    open_: list[str] = []
    for clause in clauses:
        parent = clause.parent_id
        while parent is not None and parent not in open_:
            parent = above.get(parent)
        del open_[open_.index(parent) + 1 if parent is not None else 0 :]
        open_.append(clause.clause_id)
        below.setdefault(parent, []).append(clause)
    return below


def _leading(
    clauses: Sequence[Clause], children: Mapping[str | None, Sequence[Clause]]
) -> tuple[list[Clause], list[Clause]]:
    """Part the outermost clauses into what stands before the text, and the text; a document that has no other keeps all as text."""
    top = children.get(None, [])
    first = next((n for n, c in enumerate(top) if c.kind not in _IN_FRONT or c.clause_id in children), len(top))
    return (list(top[:first]), list(top[first:])) if first < len(top) else ([], list(top))


def _is_closing(clause: Clause, children: Mapping[str | None, Sequence[Clause]]) -> bool:
    return clause.kind is Kind.CLOSING and clause.clause_id not in children


@dataclass(frozen=True, slots=True)
class _Page:
    """What is needed to write the clauses of one document."""

    text: str
    eids: Mapping[str, str]
    references: Sequence[Reference]
    children: Mapping[str | None, Sequence[Clause]]

    def hierarchy(self, clause: Clause) -> etree._Element:
        """A clause with all below it."""
        name = _ELEMENTS.get(clause.kind)
        element = _E(name) if name else _E.hcontainer(name=clause.kind.value)
        element.set("eId", self.eids[clause.clause_id])
        element.set("GUID", clause.clause_id)
        at = self._labelled(element, "num", clause.label, clause.start, clause.end)
        at = self._labelled(element, "heading", clause.heading, at, clause.end)
        below = [self.hierarchy(child) for child in self.children.get(clause.clause_id, ())]
        told = self._told(at, clause.end)
        if not below:
            element.append(_E.content(*(told or [_E.p()])))
            return element
        if told:
            element.append(_E.intro(*told))
        element.extend(below)
        return element

    def _labelled(self, element: etree._Element, name: str, words: str, start: int, end: int) -> int:
        """Write the label or heading that stands at the beginning of a stretch, and return where the rest begins."""
        at = _end_of(words, self.text, start, end)
        if at == start:
            return start
        if name == "num" and (after := _AFTER_LABEL.match(self.text, at, end)):
            at = after.end()
        element.append(self._inline(_E(name), start, at))
        return at

    def blocks(self, name: str, clauses: Sequence[Clause]) -> list[etree._Element]:
        """An element around the text of outermost clauses, none where there are none."""
        told = [element for clause in clauses for element in self._block(clause)]
        return [_E(name, *told)] if told else []

    def _block(self, clause: Clause) -> list[etree._Element]:
        told = self._told(clause.start, clause.end)
        if told:
            told[0].set("eId", self.eids[clause.clause_id])
            told[0].set("GUID", clause.clause_id)
        if clause.kind is Kind.TITLE:
            for paragraph in told:
                _wrap(paragraph, "docTitle")
        return told

    def _told(self, start: int, end: int) -> list[etree._Element]:
        """The text as a table or as paragraphs, one for each line; nothing where there is none."""
        own = self.text[start:end].rstrip(" \n")
        if (is_closed(own) or ("\t" in own.strip() and "|" not in own)) and (rows := cell_spans(own)):
            return [_E.table(*(_E.tr(*(self._cell(start, cell) for cell in row)) for row in rows))]
        return self._paragraphs(start, end)

    def _cell(self, start: int, cell: Span) -> etree._Element:
        return _E.td(*(self._paragraphs(start + cell.start, start + cell.end) or [_E.p()]))

    def _paragraphs(self, start: int, end: int) -> list[etree._Element]:
        found, at = [], start
        for line in self.text[start:end].split("\n"):
            if line.strip():
                found.append(self._inline(_E.p(), at, at + len(line)))
            at += len(line) + 1
        return found

    def _inline(self, element: etree._Element, start: int, end: int) -> etree._Element:
        """Put a stretch of the text into an element, with the references that lie within it."""
        at, last = start, None
        for reference in self.references[bisect_left(self.references, start, key=lambda one: one.start) :]:
            if reference.start >= end:
                break
            if reference.start < at or reference.end > end:
                continue
            _append(element, last, self.text[at : reference.start])
            last = _E.ref(_words(self.text[reference.start : reference.end]), href=reference.href)
            element.append(last)
            at = reference.end
        _append(element, last, self.text[at:end])
        return element


def _end_of(label: str, text: str, start: int, end: int) -> int:
    """Return where the label ends that stands at the beginning of a stretch, blanks aside; `start` where it does not."""
    at = start
    for letter in label:
        while at < end and text[at].isspace():
            at += 1
        if at >= end or text[at] != letter:
            return start
        at += 1
    return at


def _append(element: etree._Element, last: etree._Element | None, words: str) -> None:
    if last is None:
        element.text = (element.text or "") + _words(words)
    else:
        last.tail = (last.tail or "") + _words(words)


def _wrap(element: etree._Element, name: str) -> None:
    """Move all that an element holds into one new element within it."""
    inner = _E(name)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)


def _words(text: str) -> str:
    """Text with its lines and blanks made one, without what XML may not hold."""
    return re.sub(r"\s+", " ", xml_text(text))
