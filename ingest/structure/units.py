"""Clauses before they have ids: the units of a document, and the tree that they grow into."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from ingest.structure.tables import is_powers_list
from tiaoli.numerals import to_chinese
from tiaoli.records import Kind

Note = tuple[str, str, int, int]  # code, message, start, end

_LABELS = {Kind.TITLE: "标题", Kind.PREAMBLE: "序言", Kind.CLOSING: "落款"}  # of what has no printed label


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause before it has an id; its parent is the index of an earlier unit."""

    kind: Kind
    label: str
    start: int
    end: int
    text_start: int  # where the own text begins, behind the printed label
    heading_end: int  # where the heading ends and the text begins; = text_start without a heading
    parent: int | None
    number: int | None = None
    suffix: int | None = None

    def moved(self, by: int) -> Unit:
        """Return the unit with all its places moved."""
        return replace(
            self,
            start=self.start + by,
            end=self.end + by,
            text_start=self.text_start + by,
            heading_end=self.heading_end + by,
        )


@dataclass(frozen=True, slots=True)
class Member:
    """One of the documents in a file: its mark (篇1; empty for a whole file or what stands outside), and its units."""

    mark: str
    start: int
    end: int
    units: tuple[Unit, ...]
    problems: tuple[Note, ...] = ()


@dataclass
class Tree:
    """The units of a document found so far, in the order of the text; a unit's index stands for it."""

    text: str
    shade: str
    units: list[Unit] = field(default_factory=list)
    titled: bool = False
    lists_powers: bool = False  # one of its titles says so, or that of the attachment that it is in
    paragraphs: Counter[int | None] = field(default_factory=Counter)  # parent → how many 款 or 段 it has

    def append(self, unit: Unit) -> int:
        """Add a unit and return its index."""
        self.units.append(unit)
        if unit.kind is Kind.TITLE:
            self.titled = True
            self.lists_powers = self.lists_powers or is_powers_list(self.text[unit.start : unit.end])
        elif unit.kind is Kind.ATTACHMENT:
            self.lists_powers = is_powers_list(self.text[unit.start : unit.end])
        return len(self.units) - 1

    def add(self, kind: Kind, start: int, end: int, *, label: str = "", parent: int | None = None) -> int:
        """Add a unit without a printed label and return its index."""
        return self.append(Unit(kind, label or _LABELS[kind], start, end, start, start, parent))

    def add_paragraph(self, start: int, end: int, parent: int | None) -> int:
        """Add the next 款 of an article, or the next 段 of anything else, and return its index."""
        self.paragraphs[parent] += 1
        number = self.paragraphs[parent]
        in_article = parent is not None and self.units[parent].kind is Kind.ARTICLE
        label = f"第{to_chinese(number)}款" if in_article else f"段{number}"
        return self.append(Unit(Kind.PARAGRAPH, label, start, end, start, start, parent, number))

    def extend(self, start: int, end: int) -> None:
        """Let the last unit run on over a stretch of the text that opens none; where there is no unit yet, it is preamble."""
        if not self.units:
            self.add(Kind.PREAMBLE, start, end)
        elif end > self.units[-1].end:
            self.units[-1] = replace(self.units[-1], end=end)

    def printed(self, start: int, end: int) -> str:
        """Return a stretch of the text without blanks, as labels are written."""
        return re.sub(r"\s", "", self.text[start:end])
