"""Tables as plain text: .csv, and .tsv, which may hold the sheets of a workbook one behind the other."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby, islice

from ingest.clean import LINE_END
from ingest.readers import plain
from ingest.readers.grid import Cells, Sheet, lay_out
from ingest.readers.reading import Reading
from tiaoli.errors import UnreadableFile
from tiaoli.lexicon import texts

_DELIMITERS = ",\t;|"
_SAMPLE = 100  # rows that tell the delimiter
_LARGEST_CELL = 1 << 24  # characters
_MOST_CELLS = 1_000_000
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # as Excel writes it above the rows
_TOO_LARGE = f"表格超过 {_MOST_CELLS // 10_000} 万格，请拆分后再导入"


def read_csv(data: bytes) -> Reading:
    """Return the rows of a .csv, whichever sign parts their cells."""
    reading = plain.read(data)
    text, delimiter = reading.text, ""
    if told := _TOLD.match(text):
        text, delimiter = text[told.end() :], told[1]
    rows = _rows(text, delimiter or _delimiter(text))
    return lay_out([Sheet(rows)], reading.encoding, reading.notes)


def read_tsv(data: bytes) -> Reading:
    r"""Return the rows of a .tsv; the two characters `\n` in a cell are a line break, a column of sheet names is none."""
    reading = plain.read(data)
    rows = [[cell.replace("\\n", "\n") for cell in row] for row in _rows(reading.text, "\t")]
    return lay_out(_sheets([row for row in rows if any(row)]), reading.encoding, reading.notes)


def _rows(text: str, delimiter: str) -> list[Cells]:
    try:
        rows = list(_records(text, delimiter))
    except csv.Error:  # a quotation mark that quotes no cell
        rows = [line.split(delimiter) for line in LINE_END.split(text)]
    if sum(map(len, rows)) > _MOST_CELLS:
        raise UnreadableFile(_TOO_LARGE)
    return rows


def _records(text: str, delimiter: str) -> Iterator[Cells]:
    csv.field_size_limit(_LARGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter(text: str) -> str:
    """Return the sign that parts most rows into the same number of cells."""
    return max(_DELIMITERS, key=lambda sign: _share_alike(text, sign))


def _share_alike(text: str, delimiter: str) -> int:
    """Return how many of the first rows a sign parts into the most usual number of cells, 0 where that is one."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        widths.update(len(row) for row in islice(_records(text, delimiter), _SAMPLE) if any(row))
    del widths[1]
    return max(widths.values(), default=0)


def _sheets(rows: Sequence[Cells]) -> list[Sheet]:
    """Return the sheets that the first column names, or all rows as one where it names none."""
    runs = [(name, [row[1:] for row in run]) for name, run in groupby(rows, key=lambda row: row[0].strip())]
    if runs and all(name and len(run) > 1 and _begins_sheet(run[0]) for name, run in runs):
        return [Sheet(run, name) for name, run in runs]
    return [Sheet(rows)]


def _begins_sheet(cells: Cells) -> bool:
    """Tell whether a row can be the first of a sheet: a title that stands alone, or a head with a column of numbers."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) == 1 or any("".join(cell.split()) in texts("structure", "number_column") for cell in filled)
