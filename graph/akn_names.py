"""How Akoma Ntoso names things: documents as works, clauses by their eIds, kinds by elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml.builder import ElementMaker

from graph.iris import iri_part
from tiaoli.records import Clause, DocType, Document, Kind

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
UNKNOWN_DAY = "0001-01-01"  # the schema wants a date where none is known
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})

STATUTES = {
    DocType.LAW: "law",
    DocType.ADMIN_REGULATION: "administrativeRegulation",
    DocType.SUPERVISION_REGULATION: "supervisionRegulation",
    DocType.LOCAL_REGULATION: "localRegulation",
    DocType.DEPARTMENTAL_RULE: "departmentalRule",
    DocType.LOCAL_RULE: "localGovernmentRule",
}
OTHERS = {
    DocType.JUDICIAL_INTERPRETATION: "judicialInterpretation",
    DocType.NORMATIVE: "normativeDocument",
    DocType.POWERS_LIST: "powersList",
    DocType.OTHER: "document",
}
ELEMENTS = {  # kinds that have an element of their own; all others are an hcontainer with the kind as its name
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


def work_uri(document: Document) -> str:
    """Return the address of a document as a work: country, kind, the day it was made public, its id in the store."""
    kind = "act" if document.doc_type in STATUTES else "doc"
    return f"/akn/cn/{kind}/{day_of(document)}/{iri_part(document.doc_id)}"


def eids(clauses: Sequence[Clause]) -> dict[str, str]:
    """Return the eId of each clause by its id: kinds and numbers from the outermost clause inwards, each once.

    A clause without a number is counted among those of its kind under the same clause; of two of one number, the second gets -2.
    """
    found: dict[str, str] = {}
    taken = set[str]()
    counts: Counter[tuple[str | None, str]] = Counter()
    for clause in clauses:
        element = ELEMENTS.get(clause.kind, clause.kind.value)
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


def day_of(document: Document) -> str:
    """Return the day on which a document was made public, adopted or came into force, whichever is known first, in ISO form."""
    known = document.promulgated or document.adopted or document.effective
    return known.isoformat() if known else UNKNOWN_DAY
