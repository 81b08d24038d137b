"""What is searched for and shown: whole articles of statutes, single units of policy texts.

An article stands with its 款 and 项. Elsewhere each unit stands alone, its headings counted in. What says nothing alone and
would match by its shortness stands with others: short list items with the sentence that leads into them, table cells that
came as lines with their neighbours. Units that only bear a heading over others are kept for navigation and are not ranked.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiaoli.numerals import to_number
from tiaoli.records import Clause, Kind

PASSAGES_VERSION = 2  # raise it when the same clauses give other passages: indexes are then built anew

_SHORT_ITEM = 40  # characters
_SHORT_CELL = 20  # characters
_LEAST_CELLS, _MOST_CELLS = 4, 40  # in a row
_LIST_KINDS = {Kind.ITEM, Kind.SUBITEM, Kind.POINT, Kind.SUBPOINT, Kind.SUBSUBPOINT}
_UNPRINTED = {Kind.PARAGRAPH, Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING, Kind.TABLE}  # their labels are ours
_DIVISIONS = {Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ATTACHMENT}
_LAID_OUT = {Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING, Kind.ATTACHMENT, Kind.TABLE, Kind.ARTICLE}  # line by line
_LINE_BREAK = re.compile(r"[ \u3000]*\n\s*")  # inside one paragraph: a page was no wider
_BLANK_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of the index. `headings` stand above it and count for the ranking; `text` is shown."""

    clause_id: str
    kind: Kind
    path: tuple[str, ...]
    text: str
    headings: str = ""
    ranked: bool = True  # False: found by citation only

    def field(self, title: str) -> str:
        """The words that count for the ranking: title, headings and text. Nothing where it is not ranked."""
        return f"{title}。{self.headings}。{self.text}" if self.ranked else ""


class Tree:
    """The clauses of one document with their children."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        """Take the clauses of one document in order."""
        self.clauses = clauses
        self.by_id = {clause.clause_id: clause for clause in clauses}
        self._children: defaultdict[str | None, list[Clause]] = defaultdict(list)
        self._place: dict[str, int] = {}  # among the children of the parent
        for clause in clauses:
            self._place[clause.clause_id] = len(self._children[clause.parent_id])
            self._children[clause.parent_id].append(clause)

    def children(self, clause: Clause) -> list[Clause]:
        """The clauses right below one, in order."""
        return self._children.get(clause.clause_id, [])

    def siblings_from(self, clause: Clause, limit: int) -> list[Clause]:
        """The clause and those after it under the same parent, at most `limit` together."""
        place = self._place[clause.clause_id]
        return self._children[clause.parent_id][place : place + limit]

    def headings(self, clause: Clause) -> str:
        """Labels and headings of what stands above a clause, the outermost first."""
        above: list[str] = []
        parent = self.by_id.get(clause.parent_id or "")
        while parent is not None:
            if parent.heading or parent.kind is not Kind.PARAGRAPH:
                above.append(_printed(parent) + (parent.heading or parent.text[:_SHORT_ITEM]))
            parent = self.by_id.get(parent.parent_id or "")
        return " ".join(reversed(above))

    def whole_text(self, clause: Clause) -> str:
        """The words of a clause and of all below it, each on its line; labels that the source prints stand before them."""
        below = [_printed(child) + self.whole_text(child) for child in self.children(clause)]
        return "\n".join(part for part in (_own(clause), *below) if part)


def passages_of(clauses: Sequence[Clause]) -> Iterator[Passage]:
    """Yield the passages of a document in text order; together they hold all its words."""
    tree = Tree(clauses)
    taken: set[str] = set()  # clauses whose words stand in the passage of another
    for clause in clauses:
        if clause.parent_id in taken:
            taken.add(clause.clause_id)
        if clause.clause_id in taken:
            continue
        text = _own(clause)
        if clause.kind is Kind.ARTICLE or _short_list(tree, clause):
            text = tree.whole_text(clause)
            taken.update(child.clause_id for child in tree.children(clause))
        elif cells := _cells(tree, clause):
            text = "\n".join(map(_own, cells))
            taken.update(cell.clause_id for cell in cells)
        ranked = bool(clause.text) or text != _own(clause) or not tree.children(clause)
        yield Passage(clause.clause_id, clause.kind, clause.path, text, tree.headings(clause), ranked and bool(text))


def _cells(tree: Tree, clause: Clause) -> list[Clause]:
    """The clause and what follows it, where they are the cells of a table that came as lines: none says much alone."""
    row = tree.siblings_from(clause, _MOST_CELLS) if _is_cell(clause) else []
    cells = list(itertools.takewhile(lambda c: _is_cell(c) and not tree.children(c), row))
    return cells if len(cells) >= _LEAST_CELLS else []


def _is_cell(clause: Clause) -> bool:
    return clause.kind is Kind.PARAGRAPH and len(clause.text) < _SHORT_CELL and clause.text[-1:] not in "。；：:;"


def _short_list(tree: Tree, clause: Clause) -> bool:
    """Whether a clause leads into nothing but short items that have nothing below them."""
    items = tree.children(clause)
    return bool(items) and all(
        item.kind in _LIST_KINDS and len(item.text) + len(item.heading) <= _SHORT_ITEM and not tree.children(item)
        for item in items
    )


def _own(clause: Clause) -> str:
    parts = [part for part in (clause.heading, clause.text) if part]
    if clause.kind in _LAID_OUT:
        return _BLANK_LINES.sub("\n", "\n".join(parts))
    return "\n".join(_LINE_BREAK.sub(_mended, part) for part in parts)


def _mended(line_break: re.Match[str]) -> str:
    """What stands for a line end that the width of a page set: nothing between Chinese characters, else a blank."""
    words, at = line_break.string, (line_break.start() - 1, line_break.end())
    return " " if all(words[i : i + 1].isascii() and words[i : i + 1].isalnum() for i in at) else ""


def _printed(clause: Clause) -> str:
    """The label as it stands before the words: （一）, 第一章, 一、, 1."""
    if clause.kind in _UNPRINTED:
        return ""
    if clause.label[-1:] in ")）":
        return clause.label
    if clause.kind in _DIVISIONS or to_number(clause.label) is None:
        return f"{clause.label} "
    return f"{clause.label}{'.' if clause.label.isascii() else '、'}"
