"""The rows of published 权责清单: a row is one matter, whatever else its cells say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from answers.provisions_cited import Basis, Sources
from graph.resolve import Resolver
from tiaoli.cells import cell_spans
from tiaoli.records import Body, Clause, LedCitation, Norm, NormKind, Span

OTHER = "其他"
_Placed = TypeVar("_Placed", Norm, LedCitation)


@dataclass(frozen=True, slots=True)
class Power:
    """One matter of a list of powers and duties."""

    name: str
    type: str  # 行政许可, 行政处罚 …; 其他 where the words tell none
    body: Body
    bases: tuple[Basis, ...]  # what grants it, the highest rank first; a row of a list stands behind what it cites
    norms: tuple[Norm, ...]  # that say so
    duties: tuple[Norm, ...]  # 责任事项: what the body must do, in the same provision
    liabilities: tuple[Basis, ...]  # 追责情形

    @property
    def limits(self) -> tuple[str, ...]:
        """The time limits of the power and of the duties that go with it, in words."""
        return tuple(dict.fromkeys(limit.text for norm in (*self.norms, *self.duties) for limit in norm.deadlines))


class PowerRows:
    """Reads the rows of lists; each document is opened once."""

    def __init__(self, resolver: Resolver, sources: Sources) -> None:
        self._resolver, self._sources = resolver, sources
        self._read: dict[str, tuple[dict[str, list[Norm]], dict[str, list[LedCitation]]]] = {}

    def power(self, body: Body, norm: Norm) -> Power:
        """Return the matter of the row in which a norm stands."""
        of_clause, cited = self._document(norm.doc_id)
        norms, citations = of_clause[norm.clause_id], cited.get(norm.clause_id, [])
        row = self._sources.basis(norm.clause_id)
        head = next((one for one in norms if one.kind is NormKind.POWER), norms[0])
        liabilities = tuple(n for n in norms if n.kind is NormKind.LIABILITY)
        duties = tuple(n for n in norms if n is not head and n not in liabilities)
        answered = tuple(replace(row, words=_cell(row.clause, n.start)) for n in liabilities)
        bases = (*self._bases(row.clause, citations), row)
        return Power(head.text.rstrip("。"), head.power_type or OTHER, body, bases, (head,), duties, answered)

    def _document(self, doc_id: str) -> tuple[dict[str, list[Norm]], dict[str, list[LedCitation]]]:
        if doc_id not in self._read:
            document = self._resolver.document(doc_id)
            norms = _by_clause(self._resolver.store.norms(doc_id))
            self._read[doc_id] = norms, _by_clause(self._resolver.resolve(document))
        return self._read[doc_id]

    def _bases(self, row: Clause, citations: Sequence[LedCitation]) -> list[Basis]:
        """Return what the first cell that cites anything rests on: later ones tell the basis of duties and liabilities."""
        first = _cell_of(row, citations[0].start) if citations else None
        cited = [c.target_clause_id for c in citations if c.target_clause_id and _cell_of(row, c.start) == first]
        self._sources.load(cited)
        bases = [self._sources.basis(clause_id) for clause_id in dict.fromkeys(cited)]
        return sorted(bases, key=lambda basis: basis.document.level)


def _by_clause(found: Iterable[_Placed]) -> dict[str, list[_Placed]]:
    by_clause: dict[str, list[_Placed]] = {}
    for one in found:
        by_clause.setdefault(one.clause_id, []).append(one)
    return by_clause


def _cell_of(row: Clause, start: int) -> Span | None:
    """Return the cell of a row that a place of the document lies in."""
    at = start - (row.end - len(row.text))
    cells = (cell for line in cell_spans(row.text) for cell in line)
    return next((cell for cell in cells if cell.start <= at < cell.end), None)


def _cell(row: Clause, start: int) -> str:
    cell = _cell_of(row, start)
    return row.text if cell is None else row.text[cell.start : cell.end]
