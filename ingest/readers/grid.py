"""From the cells of sheets to text: tables as rows, and what stands above and below them as lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import product, takewhile

from ingest.clean import LINE_END
from ingest.readers.reading import Reading

Cells = list[str]
Area = tuple[int, int, int, int]  # merged cells: top, left, bottom, right, the last ones included

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*[(（]?\d*[)）]?", re.IGNORECASE)
_ATTACHMENT = re.compile(r"附\s*[件表录]")
_SENTENCE = re.compile("[:：。；、]")
_FIELD = re.compile(r"[^:：]{1,20}[:：].{0,60}", re.DOTALL)  # 填表人：某某
_GAP = "　"
_COVERED = "有 {} 个单元格被合并单元格遮住，其中的文字没有读入；如需要，请取消合并后再导入"
_LONGEST_TITLE = 60  # characters
_FEWEST_REPEATED = 3  # cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet from its first row and column on."""

    rows: Sequence[Cells]
    name: str = ""
    merged: Sequence[Area] = ()


def lay_out(sheets: Sequence[Sheet], encoding: str = "utf-8", notes: Sequence[tuple[str, str]] = ()) -> Reading:
    """Return sheets one behind the other as one text.

    The title of a sheet is marked as one. Where there are several, the name of a sheet without a title stands above it.
    """
    grids = [_Grid.of(sheet) for sheet in sheets]
    tables = [list(_blocks(grid.rows())) for grid in grids]
    filled = [(sheet.name, blocks) for sheet, blocks in zip(sheets, tables, strict=True) if blocks]
    text, untold = _Text(), []
    for name, blocks in filled:
        names = len(filled) > 1 and name and not _UNNAMED.fullmatch(name)
        if names and blocks[0].titled:
            untold.append(name)
        elif names:
            text.add_line(name, level=2)
        for number, block in enumerate(blocks):
            text.add(block, level=2 if number else 1)
    told = (
        ("sheet_names", "、".join(untold), "各工作表自有标题，表名没有列入正文：{}；如与标题不一致，请核对"),
        ("covered_cells", sum(grid.covered for grid in grids), _COVERED),
        (
            "repeated_cells",
            sum(b.repeated for blocks in tables for b in blocks),
            "表上方有 {} 行每格都是同一句话，只保留了一处",
        ),
    )
    notes = [*notes, *((code, words.format(value)) for code, value, words in told if value)]
    return Reading("\n".join(text.lines), encoding, headings=text.headings, rows=tuple(text.rows), notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class _Block:
    """A table with the lines above and below it; without a table, only lines."""

    above: Sequence[str]
    rows: Sequence[Cells]
    below: Sequence[str]
    repeated: int  # lines above it that filled every cell

    @property
    def titled(self) -> bool:
        """Whether a line above it says what it is."""
        return not all(_FIELD.fullmatch(words) or _ATTACHMENT.match(words) for words in self.above)


@dataclass
class _Text:
    """The lines written so far, and what is told of them."""

    lines: list[str] = field(default_factory=list)
    headings: dict[int, int] = field(default_factory=dict)
    rows: list[range] = field(default_factory=list)

    def add_line(self, words: str, level: int = 0) -> None:
        if level:
            self.headings[len(self.lines)] = level
        self.lines += words.split("\n")

    def add_row(self, cells: Cells) -> None:
        start = len(self.lines)
        self.lines += "\t".join(cells).split("\n")
        self.rows.append(range(start, len(self.lines)))

    def add(self, block: _Block, level: int) -> None:
        """Add a table with its lines; the first line above it that can be its title is marked by `level`."""
        title = next((number for number, words in enumerate(block.above) if _is_title(words)), None)
        for number, words in enumerate(block.above):
            self.add_line(words, level if block.rows and number == title else 0)
        for cells in block.rows:
            self.add_row(cells)
        for words in block.below:
            self.add_line(words)


def _is_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and not _SENTENCE.search(words) and not _ATTACHMENT.match(words)


# --- tables of a sheet -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with a cell that is not empty."""

    cells: Cells
    held: bool  # a merged cell reaches into it from above
    parted: bool  # an empty row stands above it

    @property
    def filled(self) -> Cells:
        """The cells that are not empty."""
        return [cell for cell in self.cells if cell]

    @property
    def is_lone(self) -> bool:
        """Whether it holds nothing but one cell."""
        return len(self.filled) == 1 and not self.held

    @property
    def repeats(self) -> bool:
        """Whether one and the same text fills all its cells, as where merged cells were parted again."""
        return len(self.filled) == len(self.cells) >= _FEWEST_REPEATED and len(set(self.cells)) == 1

    @property
    def is_form(self) -> bool:
        """Whether it holds nothing but fields: 填表人：某某, 日期：."""
        return not self.held and all(_FIELD.fullmatch(cell) for cell in self.filled)


def _blocks(rows: Iterable[_Row]) -> Iterator[_Block]:
    """Yield the tables of a sheet: one begins at the top, and one at a line that stands alone behind an empty row."""
    block: list[_Row] = []
    for row in rows:
        if block and row.parted and row.is_lone and row.cells[0]:
            yield _block(block)
            block = []
        block.append(row)
    if block:
        yield _block(block)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells of a sheet, each merged one with its text in its first place only."""

    cells: Sequence[Cells]
    held: Set[int]  # rows into which a merged cell reaches from above
    covered: int  # cells with another text that a merged one covers, so that nobody sees it

    @classmethod
    def of(cls, sheet: Sheet) -> _Grid:
        rows = [
            [LINE_END.sub("\n", cell.replace("\t", " ")).strip() if cell else "" for cell in row] for row in sheet.rows
        ]
        held: set[int] = set()
        covered = 0
        for top, left, bottom, right in sheet.merged:
            text = rows[top][left]
            held.update(range(top + 1, bottom + 1) if text else ())
            for number, column in product(range(top, bottom + 1), range(left, right + 1)):
                if (number, column) != (top, left):
                    covered += rows[number][column] not in ("", text)
                    rows[number][column] = ""
        return cls(rows, held, covered)

    def rows(self) -> Iterator[_Row]:
        """Yield the rows that are not empty."""
        parted = False
        for number, cells in enumerate(self.cells):
            if any(cells):
                yield _Row(cells, number in self.held, parted)
            parted = not any(cells) and (parted or number not in self.held)


def _block(rows: Sequence[_Row]) -> _Block:
    """Part a table from the lines above and below it, and drop the columns in which it is empty."""
    above = takewhile(lambda row: row.is_lone or row.repeats or row.is_form, rows)
    first = sum(1 for _ in above)
    last = next((at for at in range(len(rows), first, -1) if not _is_below(rows[at - 1])), first)
    table = [row.cells for row in rows[first:last]]
    full = sorted({column for cells in table for column, cell in enumerate(cells) if cell})
    lines = [_GAP.join(row.filled[:1] if row.repeats else row.filled) for row in rows]
    repeated = sum(row.repeats for row in rows[:first])
    width = max(map(len, table), default=0)
    padded = [cells + [""] * (width - len(cells)) for cells in table]
    return _Block(lines[:first], [[cells[column] for column in full] for cells in padded], lines[last:], repeated)


def _is_below(row: _Row) -> bool:
    """Tell whether a row stands below a table: a note, or who filled in the form."""
    if not row.cells[0]:
        return False
    return row.is_form or (row.is_lone and _SENTENCE.search(row.cells[0]) is not None)
