"""The clauses of a document as elements of Akoma Ntoso: every visible character of the text, in its order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from graph.akn_names import ELEMENTS, E
from graph.xml_text import xml_text
from tiaoli.cells import cell_spans, is_closed
from tiaoli.records import Clause, Kind, Span

_AFTER_LABEL = re.compile(r"[\s、.．]*")


class Reference(NamedTuple):
    """A stretch of a document's text that leads somewhere."""

    start: int
    end: int
    href: str


def children_of(clauses: Sequence[Clause]) -> Mapping[str | None, list[Clause]]:
    """Return the clauses below each, None for the outermost, so that going down them follows the text.

    Where a clause stands behind a sibling of the clause above it, it goes to what contains both.
    """
    above = {clause.clause_id: clause.parent_id for clause in clauses}
    below: dict[str | None, list[Clause]] = {}
    open_: list[str] = []
    for clause in clauses:
        parent = clause.parent_id
        while parent is not None and parent not in open_:
            parent = above.get(parent)
        del open_[open_.index(parent) + 1 if parent is not None else 0 :]
        open_.append(clause.clause_id)
        below.setdefault(parent, []).append(clause)
    return below


@dataclass(frozen=True, slots=True)
class Page:
    """What is needed to write the clauses of one document."""

    text: str
    eids: Mapping[str, str]
    references: Sequence[Reference]
    children: Mapping[str | None, Sequence[Clause]]

    def hierarchy(self, clause: Clause) -> etree._Element:
        """A clause with all below it."""
        name = ELEMENTS.get(clause.kind)
        element = E(name) if name else E.hcontainer(name=clause.kind.value)
        element.set("eId", self.eids[clause.clause_id])
        element.set("GUID", clause.clause_id)
        at = self._labelled(element, "num", clause.label, clause.start, clause.end)
        at = self._labelled(element, "heading", clause.heading, at, clause.end)
        below = [self.hierarchy(child) for child in self.children.get(clause.clause_id, ())]
        told = self._told(at, clause.end)
        if not below:
            element.append(E.content(*(told or [E.p()])))
            return element
        if told:
            element.append(E.intro(*told))
        element.extend(below)
        return element

    def _labelled(self, element: etree._Element, name: str, words: str, start: int, end: int) -> int:
        """Write the label or heading that stands at the beginning of a stretch, and return where the rest begins."""
        at = _end_of(words, self.text, start, end)
        if at == start:
            return start
        if name == "num" and (after := _AFTER_LABEL.match(self.text, at, end)):
            at = after.end()
        element.append(self._inline(E(name), start, at))
        return at

    def blocks(self, name: str, clauses: Sequence[Clause]) -> list[etree._Element]:
        """An element around the text of outermost clauses, none where there are none."""
        told = [element for clause in clauses for element in self._block(clause)]
        return [E(name, *told)] if told else []

    def _block(self, clause: Clause) -> list[etree._Element]:
        told = self._told(clause.start, clause.end)
        if told:
            told[0].set("eId", self.eids[clause.clause_id])
            told[0].set("GUID", clause.clause_id)
        if clause.kind is Kind.TITLE:
            for paragraph in told:
                _wrap(paragraph, "docTitle")
        return told

    def _told(self, start: int, end: int) -> list[etree._Element]:
        """The text as a table or as paragraphs, one for each line; nothing where there is none."""
        own = self.text[start:end].rstrip(" \n")
        if (is_closed(own) or ("\t" in own.strip() and "|" not in own)) and (rows := cell_spans(own)):
            return [E.table(*(E.tr(*(self._cell(start, cell) for cell in row)) for row in rows))]
        return self._paragraphs(start, end)

    def _cell(self, start: int, cell: Span) -> etree._Element:
        return E.td(*(self._paragraphs(start + cell.start, start + cell.end) or [E.p()]))

    def _paragraphs(self, start: int, end: int) -> list[etree._Element]:
        found, at = [], start
        for line in self.text[start:end].split("\n"):
            if line.strip():
                found.append(self._inline(E.p(), at, at + len(line)))
            at += len(line) + 1
        return found

    def _inline(self, element: etree._Element, start: int, end: int) -> etree._Element:
        """Put a stretch of the text into an element, with the references that lie within it."""
        at, last = start, None
        for reference in self.references[bisect_left(self.references, start, key=lambda one: one.start) :]:
            if reference.start >= end:
                break
            if reference.start < at or reference.end > end:
                continue
            _append(element, last, self.text[at : reference.start])
            last = E.ref(_words(self.text[reference.start : reference.end]), href=reference.href)
            element.append(last)
            at = reference.end
        _append(element, last, self.text[at:end])
        return element


def _end_of(label: str, text: str, start: int, end: int) -> int:
    """Return where the label ends that stands at the beginning of a stretch, blanks aside; `start` where it does not."""
    at = start
    for letter in label:
        while at < end and text[at].isspace():
            at += 1
        if at >= end or text[at] != letter:
            return start
        at += 1
    return at


def _append(element: etree._Element, last: etree._Element | None, words: str) -> None:
    if last is None:
        element.text = (element.text or "") + _words(words)
    else:
        last.tail = (last.tail or "") + _words(words)


def _wrap(element: etree._Element, name: str) -> None:
    """Move all that an element holds into one new element within it."""
    inner = E(name)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)


def _words(text: str) -> str:
    """Text with its lines and blanks made one, without what XML may not hold."""
    return re.sub(r"\s+", " ", xml_text(text))
