"""What a document is: title, number, issuer, dates, type and rank, from its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.readers.reading import Reading
from tiaoli.records import Clause, Document, Kind


def describe(document: Document, clauses: Sequence[Clause], reading: Reading) -> Document:
    """Return `document` with all that its clauses say about it filled in."""
    titles = [c.text for c in clauses if c.kind is Kind.TITLE]
    return replace(document, title="".join((titles or [Path(document.source).stem])[0].split()))
