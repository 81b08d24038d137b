"""Provisions with their words, as an answer rests on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from graph.resolve import Resolver
from office.citing import cited_path, cited_title
from tiaoli.records import Clause, Document, Kind, Norm

_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?(?:~\d+)?$")
_LISTED = (Kind.ITEM, Kind.SUBITEM)


@dataclass(frozen=True, slots=True)
class Basis:
    """A provision with its words."""

    document: Document
    clause: Clause
    cited: str  # 《标题》第九条第一款
    words: str


class Sources:
    """The clauses of norms with their documents; what they cite is looked up when it is asked for."""

    def __init__(self, resolver: Resolver, documents: Mapping[str, Document], norms: Iterable[Norm]) -> None:
        self._resolver, self._documents = resolver, documents
        self._clauses: dict[str, Clause] = {}
        self.load(norm.clause_id for norm in norms)

    def load(self, clause_ids: Iterable[str]) -> None:
        """Have clauses and the lead-ins above them at hand."""
        wanted = {clause_id for clause_id in clause_ids if "#" in clause_id} - self._clauses.keys()
        while wanted:
            found = self._resolver.store.clauses_by_id(sorted(wanted))
            self._clauses |= found
            wanted = {c.parent_id for c in found.values() if c.kind in _LISTED and c.parent_id} - self._clauses.keys()

    def basis(self, clause_id: str) -> Basis:
        """Return a clause as the basis of something; an item with the words that lead to it."""
        own = clause = self._clauses[clause_id]
        document = self._documents.get(clause.doc_id) or self._resolver.document(clause.doc_id)
        words = [clause.text or self._below(clause) or clause.heading]
        while clause.kind in _LISTED and clause.parent_id in self._clauses:
            clause = self._clauses[clause.parent_id]
            words.append(clause.text)
        cited = f"{cited_title(document)}{cited_path(own.path)}"
        return Basis(document, own, cited, "".join(reversed([w for w in words if w])))

    def _below(self, clause: Clause) -> str:
        """Return the words below a clause that has none of its own: those of an article stand in its 款."""
        return "".join(f"{_label(c)}{c.text}" for c in self._resolver.store.clauses_below(clause.clause_id))

    def with_cases(self, basis: Basis) -> Basis:
        """Return a provision with the cases that it leads to: 有下列情形之一的…：（一）…（二）…"""
        clause = basis.clause
        if not basis.words.rstrip().endswith(("：", ":")):
            return basis
        below = self._resolver.store.clauses_below(clause.clause_id)
        if not below and clause.parent_id is not None:
            below = [c for c in self._resolver.store.clauses_below(clause.parent_id) if c.order > clause.order]
        cases = takewhile(lambda c: c.kind is not Kind.PARAGRAPH, below)
        return replace(basis, words=basis.words + "".join(f"{_label(c)}{c.text}" for c in cases))

    def unit(self, clause_id: str) -> str:
        """Return the article in which a clause stands, the clause itself where there are no articles."""
        head, _, path = clause_id.partition("#")
        labels = path.split("/")
        at = next((n for n, label in enumerate(labels) if _ARTICLE.match(label)), None)
        return clause_id if at is None else f"{head}#{'/'.join(labels[: at + 1])}"


def _label(clause: Clause) -> str:
    """Return the label of a case where the text prints it."""
    return "" if clause.kind is Kind.PARAGRAPH else clause.label
