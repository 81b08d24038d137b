"""From the nodes of a page to its lines: one a paragraph, with the numbers of lists; one a row of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, takewhile

from ingest.readers.web.markers import Markers
from ingest.readers.web.page import Node, Page
from ingest.readers.web.tables import full_columns, grid, span

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…"
_WRAPPED = re.compile(
    rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])"
)  # a line end of the file, none of the text
_BLANKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")  # with the line ends that a page has no use for
_LINE_END = re.compile(r"\r\n|[\r\n]")
_FILE = re.compile(r"\.(?:docx?|wps|xlsx?|et|pdf|ofd|zip|rar|7z|txt|pptx?|jpe?g|png)(?:[?#].*)?$", re.IGNORECASE)
_PRE = frozenset({"pre", "listing", "xmp", "plaintext"})
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre\b|pre-wrap|pre-line|break-spaces)", re.IGNORECASE)
_FIXED = str.maketrans(" \t", "\u00a0\u2003")  # blanks that a browser keeps as they are
_NO_MARKER = ("", 0)
_MOST_OF = 0.5  # of the text of a table in one cell, above which it may only set out the page
_FEWEST_PARAGRAPHS = 5  # in such a cell
_MOST_ROWS = 3  # of such a table


@dataclass(frozen=True)
class Line:
    """A paragraph, or a row of a table, whose cells are parted by tabs and may run over several lines."""

    words: str
    first: int  # the number of the node that it begins in
    linked: int = 0  # visible characters in links
    is_row: bool = False
    has_file: bool = False  # a link in it leads to a file rather than a page

    @cached_property
    def visible(self) -> str:
        """Its words without blanks."""
        return "".join(self.words.split())


@dataclass(slots=True)
class Flow:
    """What a page shows: its lines, and by the numbers of their nodes what it shows that is no text, or does not show."""

    lines: list[Line] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    large_tables: list[int] = field(default_factory=list)


def is_file(address: str) -> bool:
    """Tell whether a link leads to a file rather than a page."""
    return _FILE.search(address.strip()) is not None


def lay_out(page: Page) -> Flow:
    """Return all that a page shows, in the order of the page."""
    writer = _Writer(page)
    writer.walk(0, len(page.nodes))
    return writer.flow


class _Writer:
    def __init__(self, page: Page) -> None:
        self.flow = Flow()
        self._page = page
        self._markers = Markers(page)
        nodes = page.nodes
        self._sizes = [0, *accumulate(len("".join(node.text.split())) for node in nodes)]
        self._paragraphs = [0, *accumulate(node.tag in ("p", "br", "li") for node in nodes)]
        self._tables = [0, *accumulate(node.tag == "table" for node in nodes)]
        self._parts: list[str] = []  # of the line that is being written
        self._first = self._linked = 0
        self._link_end = self._pre_end = 0  # where the link, the text with lines of its own end that are open
        self._has_file = False
        self._marker = _NO_MARKER  # the number of the item that the next line begins, and where the item ends

    def walk(self, start: int, stop: int, *, in_table: bool = False) -> None:
        """Write the nodes from `start` up to `stop`; inside a table, another one is text like any other."""
        self._link_end = self._pre_end = 0
        ends: list[int] = []  # of the blocks that are open
        number = start
        while number < stop:
            while ends and ends[-1] <= number:
                ends.pop()
                self._end_line()
            node = self._page.nodes[number]
            if node.is_block and self._page.is_shown(number):
                self._end_line()
                ends.append(node.end)
            number = self._write(number, node, in_table=in_table)
        self._end_line()

    def _write(self, number: int, node: Node, *, in_table: bool) -> int:
        """Write a text, a whole table, or what an element says by itself; return the number of the node to go on with."""
        if not node.tag:
            self._add(node.text, number)
            return number + 1
        if not self._page.is_shown(number):
            self._pass_over(node, number)
            return node.end
        if node.tag == "table" and not in_table and self._write_table(number):
            return node.end
        self._begin(node, number)
        return number + 1

    def _begin(self, node: Node, number: int) -> None:
        if node.tag == "br":
            self._end_line()
        elif node.tag == "a" and "href" in node.attributes:
            self._link_end = node.end
            self._has_file = self._has_file or is_file(node.attributes["href"])
        elif node.tag == "img":
            self.flow.pictures.append(number)
        elif node.tag == "li":
            self._marker = self._markers.marker(number), node.end
        if node.tag in _PRE or _KEEPS_LINES.search(node.style):
            self._pre_end = max(self._pre_end, node.end)

    def _pass_over(self, node: Node, number: int) -> None:
        if node.tag in ("iframe", "frame"):
            self.flow.frames.append(number)
        elif node.is_hidden:
            self.flow.hidden.append(number)

    def _add(self, text: str, number: int) -> None:
        keeps_lines = number < self._pre_end
        pieces = _LINE_END.split(text.translate(_FIXED)) if keeps_lines else [_WRAPPED.sub("", text)]
        for count, piece in enumerate(pieces):
            if count:
                self._end_line()
            if not self._parts:
                self._first = number
            self._parts.append(piece)
        self._linked += self._size(number) if number < self._link_end else 0

    def _end_line(self) -> None:
        words = _BLANKS.sub(" ", "".join(self._parts)).strip(" ")
        if words.strip():
            marker, end = self._marker
            self._marker = _NO_MARKER
            words = marker + words if self._first < end else words
            self.flow.lines.append(Line(words, self._first, self._linked, has_file=self._has_file))
        self._parts.clear()
        self._linked = 0
        self._has_file = False

    def _size(self, number: int) -> int:
        """Return the visible characters of a node."""
        return self._within(self._sizes, number)

    def _within(self, sums: Sequence[int], number: int) -> int:
        return sums[self._page.nodes[number].end] - sums[number]

    # --- tables ------------------------------------------------------------------------------------------------------

    def _write_table(self, number: int) -> bool:
        """Write a table row by row; False where it only sets out a page or frames a text."""
        seen = [[cell for cell in row if self._is_seen(cell, number)] for row in self._page.tables[number]]
        rows = [row for row in seen if any(map(self._size, row))]
        if self._sets_out(number, rows):
            return False
        self._write_loose(number, [cell for row in seen for cell in row])
        columns = max(sum(span(self._page.nodes[cell])[0] for cell in row) for row in rows)
        above = list(takewhile(lambda row: self._is_lone(row, columns), rows))
        below = list(takewhile(lambda row: self._is_lone(row, columns), reversed(rows)))[::-1]
        self._write_paragraphs(above)
        self._write_rows(number, rows[len(above) : len(rows) - len(below)])
        self._write_paragraphs(below)
        return True

    def _is_seen(self, cell: int, table: int) -> bool:
        """Tell whether a cell of a table is shown, and its row."""
        number = cell
        while number != table and self._page.is_shown(number):
            number = self._page.nodes[number].parent
        return number == table

    def _sets_out(self, number: int, rows: Sequence[Sequence[int]]) -> bool:
        """Tell whether a table is none: it has one column, or most of its text is a whole text in one cell."""
        if all(sum(self._size(cell) > 0 for cell in row) == 1 for row in rows):
            return True
        largest = max((cell for row in rows for cell in row), key=self._size)
        if self._size(largest) <= self._size(number) * _MOST_OF:
            return False
        if self._within(self._tables, largest):
            return True
        return len(rows) <= _MOST_ROWS and self._within(self._paragraphs, largest) >= _FEWEST_PARAGRAPHS

    def _is_lone(self, row: Sequence[int], columns: int) -> bool:
        """Tell whether a row is one cell across the table: a title above it, a note below it."""
        return len(row) == 1 and span(self._page.nodes[row[0]]) == (columns, 1)

    def _write_loose(self, number: int, cells: Sequence[int]) -> None:
        """Write what a table holds beside its cells: its caption, and text that has lost its cell."""
        at = number + 1
        for cell in cells:
            self.walk(at, cell, in_table=True)
            at = self._page.nodes[cell].end
        self.walk(at, self._page.nodes[number].end, in_table=True)

    def _write_paragraphs(self, rows: Sequence[Sequence[int]]) -> None:
        for row in rows:
            for cell in row:
                self.walk(cell + 1, self._page.nodes[cell].end, in_table=True)

    def _write_rows(self, number: int, rows: Sequence[Sequence[int]]) -> None:
        places = grid(rows, lambda cell: span(self._page.nodes[cell]))
        lines = {cell: self._cell(cell) for row in rows for cell in row}
        if places is None:
            self.flow.large_tables.append(number)
        words = [[lines[cell].words if cell in lines else "" for cell in row] for row in places or rows]
        for row, cells in zip(rows, full_columns(words) if places else words, strict=True):
            if any(cells):
                linked = sum(lines[cell].linked for cell in row)
                self.flow.lines.append(Line("\t".join(cells), row[0], linked, is_row=True))

    def _cell(self, number: int) -> Line:
        """Return the text of a cell, its lines parted by line ends."""
        start = len(self.flow.lines)
        self.walk(number + 1, self._page.nodes[number].end, in_table=True)
        lines = self.flow.lines[start:]
        del self.flow.lines[start:]
        return Line("\n".join(line.words for line in lines), number, sum(line.linked for line in lines))
