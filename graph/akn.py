"""Documents as Akoma Ntoso 3.0 (OASIS LegalDocML). docs/exports.md says what becomes what.

Statutes become an `act`, all others a `doc`. Every visible character of the text is in the file, in its order. An `eId` is made
of the kinds and numbers on the way to a clause (`chp_1__art_5__para_2`), its `GUID` is the clause's id in the store.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from graph.akn_meta import metadata
from graph.akn_names import OTHERS, STATUTES, E, eids, work_uri
from graph.akn_text import Page, Reference, children_of
from graph.bodies import issuer_names
from graph.resolve import Resolver
from tiaoli.records import Citation, Clause, Document, Kind

_KEPT = 64  # documents whose eIds are remembered, since they are cited again and again
_IN_FRONT = (Kind.TITLE, Kind.PREAMBLE)


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
    statute = document.doc_type in STATUTES
    page = Page(text, eids(clauses), sorted(references), children_of(clauses))
    front, rest = _leading(clauses, page.children)
    last_title = max((n for n, clause in enumerate(front) if clause.kind is Kind.TITLE), default=-1) + 1
    closing = rest.pop() if len(rest) > 1 and _is_closing(rest[-1], page.children) else None
    parts = [
        metadata(document, issuers),
        *page.blocks("preface", front[:last_title]),
        *page.blocks("preamble", front[last_title:]),
        E.body(*map(page.hierarchy, rest)) if statute else E.mainBody(*map(page.hierarchy, rest)),
        *page.blocks("conclusions", [closing] if closing else []),
    ]
    name = {**STATUTES, **OTHERS}[document.doc_type]
    whole = (E.act if statute else E.doc)(*parts, name=name, contains="originalVersion")
    written: bytes = etree.tostring(E.akomaNtoso(whole), xml_declaration=True, encoding="UTF-8", pretty_print=False)
    return written


def _leading(
    clauses: Sequence[Clause], children: Mapping[str | None, Sequence[Clause]]
) -> tuple[list[Clause], list[Clause]]:
    """Part the outermost clauses into what stands before the text, and the text; a document that has no other keeps all as text."""
    top = children.get(None, [])
    first = next((n for n, c in enumerate(top) if c.kind not in _IN_FRONT or c.clause_id in children), len(top))
    return (list(top[:first]), list(top[first:])) if first < len(top) else ([], list(top))


def _is_closing(clause: Clause, children: Mapping[str | None, Sequence[Clause]]) -> bool:
    return clause.kind is Kind.CLOSING and clause.clause_id not in children
