"""What became of the clauses of one version in another, by their ids alone."""

from __future__ import annotations

from collections.abc import Sequence

from compare.alignment import compare, every_pair
from tiaoli.records import Clause, Document


def became(
    old: Document, old_clauses: Sequence[Clause], new: Document, new_clauses: Sequence[Clause]
) -> dict[str, tuple[str, ...]]:
    """Return the ids of the clauses that each clause of `old` became in `new`; none where it was dropped."""
    pairs = every_pair(compare(old, old_clauses, new, new_clauses).pairs)
    return {clause.clause_id: tuple(c.clause_id for c in pair.new) for pair in pairs for clause in pair.old}
