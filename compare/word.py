"""A comparison as a Word document: the table that goes with a draft (新旧条文对照表)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from compare.synopsis import HEADS, LEGEND, Line, Row, counted, described, heading, rows, scope
from office.packing import legal, steady
from office.papers import centre, keep_together, new_paper, new_table, put_lines, put_title, set_widths
from office.tables import in_words
from tiaoli.records import Change, Comparison

if TYPE_CHECKING:
    from docx.table import _Cell, _Row
    from docx.text.run import Run

_COLUMNS_CM = (1.5, 9.9, 9.9, 4.4)
_DROPPED, _ADDED = "A02020", "1F4E9A"  # besides the line through and below, for screens


def word_file(comparison: Comparison, day: date, *, only_changed: bool = False) -> bytes:
    """Return the comparison as a .docx file; `day` is the one on which it was made."""
    word = new_paper(heading(comparison))
    put_title(word, heading(comparison))
    put_lines(word, _facts(comparison, day, only_changed))
    table = new_table(word, HEADS)
    for row in rows(comparison, only_changed=only_changed):
        _fill_row(table.add_row(), row)
    set_widths(table, _COLUMNS_CM)
    out = BytesIO()
    word.save(out)
    return steady(out.getvalue())


def _facts(comparison: Comparison, day: date, only_changed: bool) -> Iterator[tuple[str, str]]:
    yield "原文本", described(comparison.old)
    yield "新文本", described(comparison.new)
    yield "统计", counted(comparison) + "。" + scope(only_changed)
    yield "说明", LEGEND
    yield "制表日期", in_words(day)


def _fill_row(target: _Row, row: Row) -> None:
    number, old, new, remark = target.cells
    number.paragraphs[0].add_run(str(row.number))
    centre(number)
    _fill(old, row.old)
    _fill(new, row.new)
    remark.paragraphs[0].add_run(legal(row.remark))
    keep_together(target)


def _fill(cell: _Cell, lines: Iterable[Line]) -> None:
    """A paragraph for each clause; one without words of its own is printed on the line of the next."""
    paragraph, is_full = cell.paragraphs[0], False
    for line in lines:
        if is_full:
            paragraph = cell.add_paragraph()
        if line.label:
            paragraph.add_run(legal(line.label)).bold = True
        for piece in line.pieces:
            _mark(paragraph.add_run(legal(piece.text)), piece.change)
        is_full = bool(line.pieces)


def _mark(run: Run, change: Change) -> None:
    from docx.shared import RGBColor

    if change is Change.DROPPED:
        run.font.strike = True
        run.font.color.rgb = RGBColor.from_string(_DROPPED)
    elif change is Change.ADDED:
        run.bold = run.underline = True
        run.font.color.rgb = RGBColor.from_string(_ADDED)
