"""What rows of tables are told by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.structure.labels import Family, Label, label_at
from ingest.structure.lines import Line
from tiaoli.cells import table_rows
from tiaoli.lexicon import texts
from tiaoli.numerals import to_number
from tiaoli.records import Span

_POWERS_LIST = re.compile(r"(?:权责|权力|责任|职权)[^。]{0,10}清单")
_HAN = "一二三四五六七八九十百"
_ROW_NUMBER = re.compile(  # 1, 1.0, 1-1, 2,3, XK-01, 十二, （一）, ①
    rf"(?:[A-Za-z]{{0,4}}[-.]?\d{{1,5}}(?:[-—–.,、/]\d{{1,5}}){{0,4}}|[{_HAN}]{{1,4}}|\((?:[{_HAN}]{{1,4}}|\d{{1,4}})\)|[①-⑳])[.、]?"
)
_WHOLE = re.compile(r"(\d+)(?:\.0*)?[.、]?")
_DIVISION = re.compile(rf"\(?([{_HAN}]{{1,4}})\)?[.、]?")
_STOPS = "。；;:："
_FEWEST_GAPS = 2  # between the cells of a row
_FEWEST_COLUMNS = 2  # that lists of powers have, in the head of one
_LONGEST_DIVISION = 40  # characters
_LONGEST_COLUMN = 16  # characters


def closed_rows(text: str, rows: Sequence[range]) -> str:
    r"""Return a text whose lines `rows` are closed: each cell of a row ends in a tab, and only a row ends in a tab and line end.

    >>> closed_rows("甲\n乙\t\n丙", [range(1, 3)])
    '甲\n乙\t \n丙\t'
    """
    lines = text.split("\n")
    for row in rows:
        for number in row[:-1]:
            lines[number] += " " if lines[number].endswith("\t") else ""
        lines[row[-1]] += "\t"
    return "\n".join(lines)


def is_row(words: str) -> bool:
    """Tell whether a line is a row of a table."""
    return words.count("\t") >= _FEWEST_GAPS or (words.startswith("|") and words.count("|") >= _FEWEST_GAPS)


def cell_lines(shade: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of lines that are part of the last cell of a row above them: its numbering goes on in them."""
    found: set[int] = set()
    number: Label | None = None
    for index, line in enumerate(lines):
        words = line.words(shade)
        if is_row(words):
            number = label_at(shade, line.start + words.rfind("\t") + 1, line.end)
        elif number is not None and (label := line.label(shade)) and _is_next(number, label):
            found.add(index)
            number = label
        else:
            number = None
    return frozenset(found)


def _is_next(one: Label, other: Label) -> bool:
    return other.family is one.family is Family.POINT and other.number == one.number + 1


def is_powers_list(title: str) -> bool:
    """Tell whether a title is that of a list of powers (权责清单), in which each numbered row is an item."""
    return _POWERS_LIST.search(title) is not None


def is_list_head(words: str) -> bool:
    """Tell whether a line is the head row of a list of powers."""
    cells = cells_of(words)
    return number_column(cells) is not None and names_powers(cells)


def cells_of(words: str) -> list[str]:
    """Return the words of the cells of a row."""
    return [cell for row in table_rows(words) for cell in row]


def number_column(cells: Sequence[str]) -> int | None:
    """Return the column that a head row calls that of the numbers, None where the row is no head of a numbered list."""
    names = [re.sub(r"\s", "", cell) for cell in cells]
    return next((column for column, name in enumerate(names) if name in _number_columns()), None)


def names_powers(cells: Sequence[str]) -> bool:
    """Tell whether a head row names columns of a list of powers, one of them a column that only such a list has."""
    names = [re.sub(r"\s", "", cell) for cell in cells]
    short = [name for name in names if len(name) <= _LONGEST_COLUMN]
    only = sum(any(word in name for word in texts("structure", "power_column")) for name in short)
    also = sum(name in texts("structure", "matter_column") for name in short)
    return only > 0 and only + also >= _FEWEST_COLUMNS


@cache
def _number_columns() -> frozenset[str]:
    return frozenset(texts("structure", "number_column"))


def is_row_number(cell: str) -> bool:
    """Tell whether the words of a cell are the number of a row: 1, 1-1, 2,3, 十二, （一）."""
    return _ROW_NUMBER.fullmatch(cell) is not None


def whole_number(cell: str) -> int | None:
    """Return the number that a row's number is, None where it is more than a number."""
    number = _WHOLE.fullmatch(cell)
    return int(number[1]) if number else None


def is_division(cells: Sequence[str], column: int) -> bool:
    """Tell whether a row only names the rows below it: 行政许可（12项）, alone or behind a number such as 一."""
    filled = [at for at, cell in enumerate(cells) if cell]
    name = cells[filled[-1]]
    if len(name) > _LONGEST_DIVISION or any(c in name for c in _STOPS):
        return False
    if len(filled) == 1:
        return filled[0] == 0 and len(cells) > 1 and not is_row_number(name)
    return (
        len(filled) == 2 and len(cells) > 2 and filled[0] == column and _DIVISION.fullmatch(cells[column]) is not None
    )


def division_label(shade: str, words: Span) -> Label:
    """Return the label of a row that names those below it: the number in a cell of its own, else all of its words."""
    cell = shade[words.start : words.end].split("\t")[0].rstrip()
    number = _DIVISION.fullmatch(cell)
    if number is None:
        return Label(Family.HEADING, 0, None, words.start, words.end, words.end)
    family = Family.SUBHEADING if cell.startswith("(") else Family.HEADING
    end = words.start + len(cell)
    return Label(family, to_number(number[1]) or 0, None, words.start, end, end)
