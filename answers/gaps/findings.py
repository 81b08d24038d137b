"""What an answer that looks for flaws finds: a kind, the places with their words, and what to make of it in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from answers.gaps.opened import Opened
from office.citing import cited_path
from tiaoli.records import Clause, Norm


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding: what it is, and what it must not be taken for."""

    id: str
    title: str
    meaning: str
    trap: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a clause that show a finding, with their span in the text of the document."""

    doc_id: str
    title: str  # of the document
    clause_id: str
    label: str  # address of the clause in the document
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that somebody should look at. A hint to check, never a verdict."""

    kind: str  # id of its kind
    doc_id: str
    clause_ids: tuple[str, ...]  # those of the quotes; the first is the one that a row leads to
    bodies: tuple[str, ...]  # names, as the text means them
    quotes: tuple[Quote, ...]
    message: str
    confidence: float  # 0..1: how many of the findings of this kind that were read were right
    norm_ids: tuple[str, ...] = ()


def quote(opened: Opened, clause: Clause, start: int, end: int) -> Quote:
    """Return the words between two offsets of a clause, without blanks around them."""
    words = opened.text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    document = opened.document
    title, label = document.title or document.doc_id, cited_path(clause.path)
    return Quote(document.doc_id, title, clause.clause_id, label, start, start + len(words), words)


def of_norms(norms: Iterable[Norm]) -> tuple[str, ...]:
    """The ids of norms, each once."""
    return tuple(dict.fromkeys(norm.norm_id for norm in norms))
