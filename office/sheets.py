"""The look of the tables that leave as Excel workbooks: cells of words that are never formulas, frames, print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from office.packing import legal

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

FONT, SIZE = "宋体", 11
LINE_POINTS = 15  # height of one line
_STYLE = "条理"  # begins the names of the styles of cells
_LINES = "FFB0B7BF"
_SHADE = "FFE7EAEE"


def put_head(cell: Cell, name: str) -> None:
    """Put in the name of a column or a row."""
    from openpyxl.styles import Alignment, Font, PatternFill

    put_text(cell, name)
    cell.font = Font(name="黑体", size=SIZE, bold=True)
    cell.fill = PatternFill("solid", fgColor=_SHADE)
    cell.alignment = Alignment(horizontal="center", vertical="center")


def put_text(cell: Cell, text: str) -> None:
    """Put in words as words: what begins with = is no formula here."""
    cell.value = legal(text)
    cell.data_type = "s"
    style(cell)


def put_link(cell: Cell, words: str, address: str) -> None:
    """Put in words that lead to an address."""
    put_text(cell, words)
    cell.hyperlink = address
    cell.style = "Hyperlink"


def style(cell: Cell, *, horizontal: str = "general") -> None:
    """Give a cell the letters, the frame and the place of its words that all cells have."""
    name = f"{_STYLE} {horizontal}"
    if (
        name not in cell.parent.parent.named_styles
    ):  # made once for a workbook: a style of its own for each cell is slow
        cell.parent.parent.add_named_style(_named(name, horizontal))
    cell.style = name
    cell.quotePrefix = True  # stays text when somebody edits it


def _named(name: str, horizontal: str) -> NamedStyle:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

    line = Side("thin", color=_LINES)
    return NamedStyle(
        name,
        font=Font(name=FONT, size=SIZE),
        alignment=Alignment(horizontal=horizontal, vertical="top", wrap_text=True),
        border=Border(line, line, line, line),
    )


def breadth(text: str) -> int:
    """How many letters of the Latin alphabet a text is as wide as."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def put_facts(sheet: Worksheet, facts: Iterable[tuple[str, str]]) -> None:
    """Fill a sheet with what a table is about, one fact a row."""
    for at, (name, words) in enumerate(facts, 1):
        put_head(sheet.cell(at, 1), name)
        put_text(sheet.cell(at, 2), words)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100


def put_heads(sheet: Worksheet, heads: Iterable[tuple[str, float]], last_row: int) -> None:
    """Fill the first row of a sheet with names of columns, each with its width; they stay in sight and filter the rows."""
    from openpyxl.utils import get_column_letter

    column = 0
    for column, (name, width) in enumerate(heads, 1):
        put_head(sheet.cell(1, column), name)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(column)}{max(last_row, 1)}"


def set_print(sheet: Worksheet) -> None:
    """Print a sheet: landscape, as wide as a page, the heads on every page."""
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
