"""Norms of the rows of a powers list (权责清单): the power, the duties that go with it, the liability.

The columns are known by their names (`[[column]]` in the lexicon). Quoted provisions in the columns of bases and the cases of
liability are no norms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.norms import words
from tiaoli.cells import Columns
from tiaoli.lexicon import Word, entries
from tiaoli.records import Clause, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Word):
    """What a column of a powers list holds, told by a pattern over its name."""

    holds: str  # item, type, bearer, basis, charge, duties, liability


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row that norms are read from; spans count in the document."""

    item: Span | None
    type: str | None
    bearers: tuple[Span, ...]
    basis: tuple[Span, ...]
    charges: tuple[Span, ...]
    duties: tuple[Span, ...]
    liabilities: tuple[Span, ...]


_NUMBER = re.compile(
    r"\s*(?:[0-9]{1,2}[.、．)]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_STAGE = re.compile(r"[^：:。；\n]{2,8}(?:阶段|环节)?(?:责任)?[：:]\s*")
_OTHER = re.compile(r"其他.{0,30}(?:责任|情形|职责)$")
_SHORTEST = 3  # characters of a duty
_PIECE = re.compile(
    r"(?:[^。；;\n]|(?<![。；;：:])\n(?!\s*[0-9（(一二三四五六七八九十]))+"
)  # a line may go on in the next
_LABEL = re.compile(r".{2,10}(?:责任|职责|阶段|环节)$|.*[：:]$")
_CASES = re.compile(r"[：:]\s*\n?")


def row_of(clause: Clause, columns: Columns) -> Row | None:
    """Return the cells of a row by what they hold; None where the list has no column of items."""
    base = clause.end - len(clause.text)  # a row has no heading, and blanks at its end are its own
    cells: dict[str, list[Span]] = {}
    for name, spans in columns:
        holds = _holds(name)
        if holds == "basis" and holds in cells:
            continue  # that of the power comes first; later ones are those of duties and liabilities
        if holds and spans:
            cells.setdefault(holds, []).extend(Span(base + s.start, base + s.end) for s in spans)
    if "item" not in cells:
        return None
    kind = "".join("".join(clause.text[s.start - base : s.end - base].split()) for s in cells.get("type", ())[:1])
    return Row(
        cells["item"][0],
        kind or None,
        tuple(cells.get("bearer", ())),
        tuple(cells.get("basis", ())),
        tuple(cells.get("charge", ())),
        tuple(cells.get("duties", ())),
        tuple(cells.get("liability", ())),
    )


def pieces(text: str, span: Span) -> Iterator[Span]:
    """Yield the numbered duties of a cell, without their numbers and final marks."""
    for piece in _PIECE.finditer(text, span.start, span.end):
        start = piece.start() + len(piece[0]) - len(piece[0].lstrip())
        if number := _NUMBER.match(text, start, piece.end()):
            start = number.end()
        if stage := _STAGE.match(text, start, piece.end()):
            start = stage.end()
        end = piece.start() + len(piece[0].rstrip())
        if end - start >= _SHORTEST and not _OTHER.match(text, start, end) and not _LABEL.match(text[start:end]):
            yield Span(start, end)


def lead_of_cases(text: str, span: Span) -> Span | None:
    """Return the sentence of a cell that says who is liable, before the cases; None where there is none."""
    colon = _CASES.search(text, span.start, span.end)
    return Span(span.start, colon.start()) if colon and colon.start() - span.start >= 6 else None


def distinct(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans whose words have not been there before."""
    seen = set()
    for span in spans:
        shown = "".join(text[span.start : span.end].split())
        if shown and shown not in seen:
            seen.add(shown)
            yield span


def type_of_power(kind: str | None, item: str) -> str:
    """Return the type of power that a list gives, in the terms of the records."""
    if kind is None or kind.startswith(("其他", "公共服务")):
        return words.power_type(item) or "其他" if kind is None else "其他"
    return kind if kind.startswith("行政") else words.power_type(kind) or "其他"


@cache
def _holds(name: str) -> str | None:
    return next((column.holds for column in entries("norms", "column", Column) if re.search(column.text, name)), None)
