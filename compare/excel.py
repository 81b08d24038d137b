"""A comparison as an Excel workbook: one row for each pair, to be filtered and annotated."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from compare.synopsis import LEGEND, Line, Row, counted, counts, described, heading, rows, scope
from office.packing import legal, steady
from office.sheets import FONT, LINE_POINTS, SIZE, breadth, put_facts, put_heads, put_text, set_print, style
from office.tables import in_words
from tiaoli.records import Change, Comparison, Piece

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.worksheet.worksheet import Worksheet

HEADS = ("序号", "变化", "原序号", "原条文", "新序号", "新条文", "说明")
_TEXT_WIDTH = 64
_WIDTHS = (7, 12, 14, _TEXT_WIDTH, 14, _TEXT_WIDTH, 32)  # in letters
_DROPPED, _ADDED = "FFA02020", "FF1F4E9A"
_MOST_LINES = 27  # of a row: Excel makes none higher than 409 points
_MOST_LETTERS = _MOST_LINES * (_TEXT_WIDTH - 4) // 2
_GOES_ON = "（续）"


def excel_file(comparison: Comparison, day: date, *, only_changed: bool = False) -> bytes:
    """Return the comparison as an .xlsx file; `day` is the one on which it was made."""
    from openpyxl import Workbook

    book = Workbook()
    table = book.active
    table.title = "对照表"
    _fill(table, rows(comparison, only_changed=only_changed))
    _about(book.create_sheet("说明"), comparison, day, only_changed)
    book.properties.title, book.properties.creator = legal(heading(comparison)), "条理"
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _fill(sheet: Worksheet, found: Sequence[Row]) -> None:
    at = 2
    for row in found:
        for number, (old, new) in enumerate(_parts(row)):
            _put_row(sheet, at, row, old, new, goes_on=number > 0)
            at += 1
    put_heads(sheet, zip(HEADS, _WIDTHS, strict=True), at - 1)
    set_print(sheet)


def _put_row(sheet: Worksheet, at: int, row: Row, old: Sequence[Line], new: Sequence[Line], *, goes_on: bool) -> None:
    more = _GOES_ON if goes_on else ""
    labels = ("、".join(clause.label for clause in side) for side in (row.pair.old, row.pair.new))
    old_label, new_label = (label + more if label else "" for label in labels)
    sheet.cell(at, 1, row.number)
    style(sheet.cell(at, 1), horizontal="center")
    for column, text in ((2, row.pair.change.value), (3, old_label), (5, new_label), (7, row.remark + more)):
        put_text(sheet.cell(at, column), text)
    _put_rich(sheet.cell(at, 4), list(_joined(old)))
    _put_rich(sheet.cell(at, 6), list(_joined(new)))
    remark = math.ceil(breadth(row.remark + more) / (_WIDTHS[-1] - 4))
    sheet.row_dimensions[at].height = LINE_POINTS * max(_height(old), _height(new), remark)


# --- cells -----------------------------------------------------------------------------------------------------------


def _put_rich(cell: Cell, pieces: Sequence[Piece]) -> None:
    if pieces:
        cell.value = _rich(pieces)
    style(cell)


def _rich(pieces: Iterable[Piece]) -> CellRichText:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    plain = {"rFont": FONT, "sz": SIZE}
    fonts = {
        Change.SAME: InlineFont(**plain),
        Change.DROPPED: InlineFont(**plain, strike=True, color=_DROPPED),
        Change.ADDED: InlineFont(**plain, b=True, u="single", color=_ADDED),
    }
    return CellRichText([TextBlock(fonts[piece.change], legal(piece.text)) for piece in pieces])


# --- long cells ------------------------------------------------------------------------------------------------------


def _parts(row: Row) -> Iterator[tuple[tuple[Line, ...], tuple[Line, ...]]]:
    """Yield what goes into the cells of a row; what is higher than a row can be goes into further rows."""
    return zip_longest(_cut(row.old), _cut(row.new), fillvalue=())


def _cut(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    parts: list[list[Line]] = [[]]
    for line in chain.from_iterable(map(_short, lines)):
        if parts[-1] and _height((*parts[-1], line)) > _MOST_LINES:
            parts.append([])
        parts[-1].append(line)
    return [tuple(part) for part in parts]


def _short(line: Line) -> Iterator[Line]:
    """Cut the line of a clause that alone is higher than a row."""
    room, part, label = _MOST_LETTERS, list[Piece](), line.label
    for piece in line.pieces:
        text = piece.text
        while len(text) > room:
            yield replace(line, label=label, pieces=(*part, replace(piece, text=text[:room])))
            text, room, part, label = text[room:], _MOST_LETTERS, [], ""
        part.append(replace(piece, text=text))
        room -= len(text)
    yield replace(line, label=label, pieces=tuple(part))


def _height(lines: Iterable[Line]) -> int:
    """How many lines the clauses take in their column."""
    text = "".join(piece.text for piece in _joined(lines))
    return sum(max(1, math.ceil(breadth(line) / (_TEXT_WIDTH - 4))) for line in text.split("\n"))


def _joined(lines: Iterable[Line]) -> Iterator[Piece]:
    """The words of a cell: a line for each clause, one without words of its own before the next."""
    end = ""
    for line in lines:
        if end:
            yield Piece(Change.SAME, end)
        if line.label:
            yield Piece(Change.SAME, line.label)
        yield from line.pieces
        end = "\n" if line.pieces else ""


# --- sheets ----------------------------------------------------------------------------------------------------------


def _about(sheet: Worksheet, comparison: Comparison, day: date, only_changed: bool) -> None:
    """What is compared, and how many clauses each change befell."""
    lines = [
        ("名称", heading(comparison)),
        ("原文本", described(comparison.old)),
        ("新文本", described(comparison.new)),
        ("统计", counted(comparison) + "。" + scope(only_changed)),
        ("标记", LEGEND),
        ("制表日期", in_words(day)),
    ]
    lines += [(change.value, f"{count} 条") for change, count in counts(comparison).items()]
    put_facts(sheet, lines)
