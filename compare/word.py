"""A comparison as a Word document: the table that goes with a draft (新旧条文对照表)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from compare.packing import legal, steady
from compare.synopsis import HEADS, LEGEND, Line, Row, counted, described, heading, in_words, rows, scope
from tiaoli.records import Change, Comparison

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_PAGE_CM, _MARGIN_CM = (29.7, 21.0), 2.0
_COLUMNS_CM = (1.5, 9.9, 9.9, 4.4)
_KEPT_TOGETHER = 700  # letters of a row that is not parted by the end of a page
_TITLE_PT, _TEXT_PT = 18, 10.5
_DROPPED, _ADDED = "A02020", "1F4E9A"  # besides the line through and below, for screens
_SHADE = "E7EAEE"


def word_file(comparison: Comparison, day: date, *, only_changed: bool = False) -> bytes:
    """Return the comparison as a .docx file; `day` is the one on which it was made."""
    from docx import Document as new_document

    word = new_document()
    _set_up(word)
    word.core_properties.title = legal(heading(comparison))
    word.core_properties.author = "条理"
    _head(word, comparison, day, only_changed)
    _table(word, rows(comparison, only_changed=only_changed))
    out = BytesIO()
    word.save(out)
    return steady(out.getvalue())


# --- page ------------------------------------------------------------------------------------------------------------


def _set_up(word: Word) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Cm, _PAGE_CM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    normal = word.styles["Normal"]
    normal.font.size = Pt(_TEXT_PT)
    _use_font(normal.element.get_or_add_rPr(), _SONG)
    _number_pages(section.footer.paragraphs[0])


def _use_font(properties: BaseOxmlElement, chinese: str) -> None:
    """Set the fonts of a style or a run; Word takes that of Chinese letters from a place of its own."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for place, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", chinese), ("cs", _LATIN)):
        fonts.set(qn(f"w:{place}"), name)


def _number_pages(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        paragraph.add_run(words)
        if field:
            _add_field(paragraph.add_run(), field)


def _add_field(run: Run, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "separate", "result", "end"):
        element = OxmlElement("w:fldChar" if kind in ("begin", "separate", "end") else "w:t" if kind else "w:instrText")
        if kind in ("begin", "separate", "end"):
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "1" if kind else code
        run._r.append(element)


# --- head ------------------------------------------------------------------------------------------------------------


def _head(word: Word, comparison: Comparison, day: date, only_changed: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(6)
    run = title.add_run(legal(heading(comparison)))
    run.bold = True
    run.font.size = Pt(_TITLE_PT)
    _use_font(run._r.get_or_add_rPr(), _HEI)
    for name, words in (
        ("原文本", described(comparison.old)),
        ("新文本", described(comparison.new)),
        ("统计", counted(comparison) + "。" + scope(only_changed)),
        ("说明", LEGEND),
        ("制表日期", in_words(day)),
    ):
        line = word.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{name}：").bold = True
        line.add_run(legal(words))
    line.paragraph_format.space_after = Pt(6)


# --- table -----------------------------------------------------------------------------------------------------------


def _table(word: Word, found: Sequence[Row]) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table = word.add_table(rows=1, cols=len(HEADS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _fill_head(table.rows[0])
    for row in found:
        _fill_row(table.add_row(), row)
    for column, width in zip(table.columns, _COLUMNS_CM, strict=True):
        column.width = Cm(width)
    for cells in table.rows:  # LibreOffice goes by the columns, Word by the cells
        for cell, width in zip(cells.cells, _COLUMNS_CM, strict=True):
            cell.width = Cm(width)


def _fill_row(target: _Row, row: Row) -> None:
    from docx.oxml import OxmlElement

    number, old, new, remark = target.cells
    number.paragraphs[0].add_run(str(row.number))
    _centre(number)
    _fill(old, row.old)
    _fill(new, row.new)
    remark.paragraphs[0].add_run(legal(row.remark))
    if max(len(cell.text) for cell in (old, new, remark)) <= _KEPT_TOGETHER:
        target._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _fill_head(row: _Row) -> None:
    """The names of the columns, said again on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, name in zip(row.cells, HEADS, strict=True):
        run = cell.paragraphs[0].add_run(name)
        run.bold = True
        _use_font(run._r.get_or_add_rPr(), _HEI)
        _centre(cell)
        shade = OxmlElement("w:shd")
        for name_, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
            shade.set(qn(f"w:{name_}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _centre(cell: _Cell) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


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
