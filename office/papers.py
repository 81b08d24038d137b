"""The look of the Word documents that leave: page, letters, head, and the frame of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from office.packing import legal

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_PAGE_CM, _MARGIN_CM = (29.7, 21.0), 2.0
ROOM_CM = _PAGE_CM[0] - 2 * _MARGIN_CM  # width of a table
_KEPT_TOGETHER = 700  # letters of a row that is not parted by the end of a page
_TITLE_PT, _TEXT_PT = 18, 10.5
_SHADE = "E7EAEE"


def new_paper(title: str) -> Word:
    """Return an empty document, landscape, with numbered pages; `title` is among its properties."""
    from docx import Document as new_document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    word = new_document()
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Cm, _PAGE_CM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    normal = word.styles["Normal"]
    normal.font.size = Pt(_TEXT_PT)
    _use_font(normal.element.get_or_add_rPr(), _SONG)
    _number_pages(section.footer.paragraphs[0])
    word.core_properties.title = legal(title)
    word.core_properties.author = "条理"
    return word


def put_title(word: Word, title: str) -> None:
    """Add the title of a paper."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(6)
    run = paragraph.add_run(legal(title))
    run.bold = True
    run.font.size = Pt(_TITLE_PT)
    _use_font(run._r.get_or_add_rPr(), _HEI)


def put_lines(word: Word, facts: Iterable[tuple[str, str]]) -> None:
    """Add what a paper is about, one fact a line."""
    from docx.shared import Pt

    line = None
    for name, words in facts:
        line = word.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{name}：").bold = True
        line.add_run(legal(words))
    if line is not None:
        line.paragraph_format.space_after = Pt(6)


def new_table(word: Any, heads: Sequence[str]) -> Any:  # noqa: ANN401 – what it gives has few types
    """Add a table with the names of its columns, said again on every page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT

    table = word.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _fill_head(table.rows[0], heads)
    return table


def set_widths(table: Table, widths_cm: Sequence[float]) -> None:
    """Set the widths of the columns of a table that is full: LibreOffice goes by the columns, Word by the cells."""
    from docx.shared import Cm

    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_cm, strict=True):
            cell.width = Cm(width)


def keep_together(row: _Row) -> None:
    """Have a row that is not very long stand on one page."""
    from docx.oxml import OxmlElement

    if max(len(cell.text) for cell in row.cells) <= _KEPT_TOGETHER:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def centre(cell: _Cell) -> None:
    """Put the words of a cell in its middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fill_head(row: _Row, heads: Sequence[str]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, name in zip(row.cells, heads, strict=True):
        run = cell.paragraphs[0].add_run(name)
        run.bold = True
        _use_font(run._r.get_or_add_rPr(), _HEI)
        centre(cell)
        shade = OxmlElement("w:shd")
        for name_, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
            shade.set(qn(f"w:{name_}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


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
