"""Citations of instruments and provisions in a clause."""

from __future__ import annotations

from tiaoli.records import Citation, Clause


def find_citations(clause: Clause) -> tuple[Citation, ...]:
    """Return the citations that stand in a clause, in text order, not yet resolved."""
    return ()
