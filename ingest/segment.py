"""From text to the clause tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tiaoli.records import Kind


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause before it has an id: its parent is the index of an earlier unit."""

    kind: Kind
    label: str
    start: int
    end: int
    text_start: int  # where the own text begins: after the printed label
    heading_end: int  # where the heading ends and the text begins; = text_start without a heading
    parent: int | None
    number: int | None = None
    suffix: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One of the documents in a file: its mark (篇1; empty for the whole file or what stands outside), and its units."""

    mark: str
    start: int
    end: int
    units: tuple[Unit, ...]
    problems: tuple[tuple[str, str, int, int], ...] = ()  # code, message, start, end


def segment(text: str, headings: Mapping[int, int]) -> list[Member]:
    """Return the documents that a normalised text holds, each with its clause tree, in the order of the text."""
    units: list[Unit] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            kind = Kind.PARAGRAPH if units else Kind.TITLE
            units.append(
                Unit(kind, f"段{len(units)}" if units else "标题", start, start + len(line), start, start, None)
            )
        start += len(line)
    return [Member("", 0, len(text), tuple(units))]
