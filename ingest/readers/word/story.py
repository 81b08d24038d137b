"""A story of a Word file — its body, a cell, a text box, a note — as lines: paragraphs, tables, text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ingest.readers.reading import Reading
from ingest.readers.word.findings import Comment, Findings
from ingest.readers.word.notes import Notes
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.running import Box, Running
from ingest.readers.word.styles import Styles, place_in
from ingest.readers.word.tables import Cell, Row, is_frame, rows_of
from ingest.readers.word.xml import Element, attribute, child, descendants, name, value
from tiaoli.errors import UnreadableFile

_TITLE_LEVEL = 1
_TABS = re.compile(r"\t+")  # several only set words farther apart
_MOST_CELLS = 1_000_000  # of a table, those included that merged cells leave empty
_FEWEST_COLUMNS = 2  # of a table that is none of a single column


@dataclass(slots=True)
class Lines:
    """Lines as a Reading has them."""

    lines: list[str] = field(default_factory=list)
    headings: dict[int, int] = field(default_factory=dict)
    rows: list[range] = field(default_factory=list)

    def add(self, text: str, level: int = 0) -> range:
        """Add a text of one or several lines; return their numbers."""
        first = len(self.lines)
        self.lines += text.split("\n")
        added = range(first, len(self.lines))
        if level:
            self.headings |= dict.fromkeys(added, level)
        return added

    def add_reading(self, reading: Reading) -> None:
        """Add what another reader made of a part of the file."""
        first = len(self.lines)
        self.lines += reading.text.split("\n")
        self.headings |= {first + number: level for number, level in reading.headings.items()}
        self.rows += [range(first + row.start, first + row.stop) for row in reading.rows]


def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Document:
    """What all stories of a document share; without more, it is one that is read for its bare words."""

    findings: Findings
    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    notes: Notes = field(default_factory=Notes)
    comments: Mapping[str, Comment] = field(default_factory=dict)
    embedded: Callable[[str], Reading | None] = _nothing  # reads what a relation embeds as a whole


class Story:
    """Reads the blocks of one story into lines."""

    def __init__(self, document: Document, lines: Lines | None = None, *, in_cell: bool = False) -> None:
        self.lines = Lines() if lines is None else lines
        self._document, self._in_cell = document, in_cell
        self._running = Running(document.findings, document.styles, document.notes, document.comments)
        self._lead = ""  # of the next line: the words before a paragraph mark that is hidden
        self._joined = ""  # to the words of the next paragraph: those before a paragraph mark that is deleted

    def read(self, parent: Element) -> Lines:
        """Read all that stands in an element; return the lines."""
        self._blocks(parent)
        self._flush()
        return self.lines

    def _blocks(self, parent: Element) -> None:
        for element in parent:
            known = name(element)
            if known == "w:p":
                self._paragraph(element)
            elif known == "w:tbl":
                self._flush()
                self._table(element)
            elif known == "w:altChunk":
                self._flush()
                self._chunk(element)
            elif known not in ("", "w:del", "w:moveFrom") and not known.endswith("Pr"):
                self._blocks(element)

    def _flush(self) -> None:
        """Write what waits for a paragraph that does not come."""
        if words := self._lead + self._joined:
            self._lead = self._joined = ""
            self.lines.add(words)

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "w:pPr")
        mark = child(properties, "w:rPr")
        style = value(child(properties, "w:pStyle"))
        read = self._running.read(element, style)
        self._add_boxes(box for box in read.boxes if box.comes_first)
        if child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None:
            self._document.findings.counts["deleted"] += bool(read.text)
            self._joined += read.text
        elif self._document.styles.hides(mark, style):
            if read.text.strip():
                self._lead += self._number(properties, style) + read.text
        else:
            words = self._lead + self._number(properties, style) + self._joined + read.text
            self._lead = self._joined = ""
            words = _TABS.sub(" " if self._document.styles.is_contents(style) else "\t", words)
            self.lines.add(words.strip("\n").rstrip(), _TITLE_LEVEL * self._document.styles.is_title(style))
        self._add_boxes(box for box in read.boxes if not box.comes_first)

    def _number(self, properties: Element | None, style: str) -> str:
        """Return the automatic number that is printed before a paragraph."""
        place = place_in(child(properties, "w:numPr"), self._document.styles.place(style))
        return self._document.numbering.next(place) if place else ""

    def _add_boxes(self, boxes: Iterable[Box]) -> None:
        for box in boxes:
            if isinstance(box.content, str):
                self.lines.add(box.content)
            else:
                Story(self._document, self.lines, in_cell=self._in_cell).read(box.content)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        rows, removed = rows_of(table)
        self._document.findings.counts["deleted"] += removed
        if is_frame(table, rows):
            for cell in (cell for row in rows for cell in row.cells if not cell.is_continued):
                self._blocks(cell.content)
                self._flush()
            return
        for cells in _full_columns([self._cells(row) for row in rows]):
            if self._in_cell:
                self.lines.add(" ".join(filter(None, cells)))
            else:
                self.lines.rows.append(self.lines.add("\t".join(cells)))

    def _cells(self, row: Row) -> list[str]:
        """Return the texts of a row; the columns behind the first that a cell spans are empty."""
        texts = [""] * row.before
        for cell in row.cells:
            texts += [self._cell(cell), *[""] * (cell.columns - 1)]
        return [*texts, *[""] * row.after]

    def _cell(self, cell: Cell) -> str:
        if cell.is_continued:
            self._document.findings.hide("".join(text.text or "" for text in descendants(cell.content, "w:t")))
            return ""
        lines = Story(self._document, in_cell=True).read(cell.content).lines
        return "\n".join(filter(None, (line.replace("\t", " ").strip() for line in lines)))

    # --- embedded files ----------------------------------------------------------------------------------------------

    def _chunk(self, element: Element) -> None:
        """Add the text of a file that is embedded whole, such as a web page."""
        reading = self._document.embedded(attribute(element, "r:id"))
        if reading is None:
            self._document.findings.counts["chunk"] += 1
        else:
            self.lines.add_reading(reading)
            self._document.findings.embedded += reading.notes


def _full_columns(rows: list[list[str]]) -> list[list[str]]:
    """Return rows of the same length, without the columns that only arise where cells are merged."""
    width = max(map(len, rows))
    if width * len(rows) > _MOST_CELLS:
        raise UnreadableFile(f"表格超过 {_MOST_CELLS // 10_000} 万格，请拆分后再导入")
    padded = [[*cells, *[""] * (width - len(cells))] for cells in rows]
    full = [at for at in range(width) if any(cells[at] for cells in padded)]
    kept = full if len(full) > 1 else range(min(width, _FEWEST_COLUMNS))
    return [[cells[at] for at in kept] for cells in padded]
