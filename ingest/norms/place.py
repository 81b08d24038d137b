"""Where a norm is being read: the clause, what stands over it, and what carries on from one unit to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.norms.leads import Lead
from ingest.norms.words import trust
from tiaoli.records import Bearer, Citation, Clause, Norm, Span


@dataclass(slots=True)
class Place:
    """One clause while it is read; `norms` grows."""

    text: str  # of the document
    clause: Clause
    citations: Sequence[Citation]  # of the clause
    headings: tuple[str, ...]  # over the clause, its own last
    lead: Lead | None
    policy: bool  # a text without articles, in which a bare verb is an order
    norms: list[Norm] = field(default_factory=list)
    previous: Norm | None = None  # the unit before, as far as its subject carries on
    offenders: tuple[Bearer, ...] = ()  # of the last breach
    imposing: tuple[Bearer, ...] = ()  # the bodies that impose its consequences

    def add(self, norm: Norm | None) -> None:
        """Take a norm up, with its id and how far it can be trusted."""
        if norm is not None:
            norm_id = f"{self.clause.clause_id}~n{len(self.norms) + 1}"
            norm = replace(norm, norm_id=norm_id, confidence=trust(norm.rule, norm.kind))
            self.norms.append(norm)
            self.previous = norm

    def cited(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the spans of the citations within a stretch of the clause."""
        return tuple(dict.fromkeys(Span(c.start, c.end) for c in self.citations if start <= c.start < end))


def text_start(clause: Clause, text: str) -> int:
    """Return where the words of a clause begin in its document, behind its label and heading."""
    start = clause.end - len(clause.text)
    if text[start : clause.end] == clause.text:
        return start
    return max(clause.start, text.find(clause.text, clause.start, clause.end))
