"""The records of the store as they leave for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from graph.build import edges
from graph.corrected import CorrectedResolver, corrected
from graph.kept import kept_graph
from graph.norms import norm_records
from graph.resolve import Follow
from tiaoli.cells import named_cells
from tiaoli.exports import as_dict
from tiaoli.records import Clause
from tiaoli.store import Store


class Records(StrEnum):
    """What can be exported as JSON lines."""

    DOCUMENTS = "documents"
    CLAUSES = "clauses"
    NORMS = "norms"
    CITATIONS = "citations"
    BODIES = "bodies"
    EDGES = "edges"
    AMENDMENTS = "amendments"
    ASSIGNMENTS = "assignments"


def records(store: Store, kind: Records, *, at: date, follow: Follow | None = None) -> Iterator[object]:
    """Yield the records of a kind in the order of the store, one document at a time; `at` is the day for `status`.

    Norms and citations are those that persons left. `follow` tells where cited provisions of earlier versions stand today.
    """
    store = corrected(store)
    match kind:
        case Records.DOCUMENTS:
            resolver = CorrectedResolver.of(store, at=at)
            return (replace(d, status=resolver.standing.get(d.doc_id)) for d in resolver.documents)
        case Records.CLAUSES:
            return (clause for d in store.documents() for clause in _with_cells(store.clauses(d.doc_id)))
        case Records.NORMS:
            return norm_records(CorrectedResolver.of(store, at=at))
        case Records.CITATIONS:
            resolver = CorrectedResolver.of(store, at=at, follow=follow)
            return (citation for d in resolver.documents for citation in resolver.resolve(d))
        case Records.BODIES:
            return kept_graph(store).bodies()
        case Records.EDGES:
            return edges(kept_graph(store), CorrectedResolver.of(store, at=at))
        case Records.AMENDMENTS:
            resolver = CorrectedResolver.of(store, at=at)
            return (amendment for d in resolver.documents for amendment in resolver.amendments(d))
        case Records.ASSIGNMENTS:
            return (assignment for d in store.documents() for assignment in store.assignments(d.doc_id))


def _with_cells(clauses: Sequence[Clause]) -> Iterator[dict[str, object]]:
    """Yield clauses with the cells of each that is a row of a list, by the names of the columns; None for all others."""
    cells = named_cells(clauses)
    for clause in clauses:
        named = cells.get(clause.clause_id)
        yield as_dict(clause) | {"cells": None if named is None else dict(named)}
