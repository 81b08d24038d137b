"""A PDF file as a text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import mean

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from ingest.readers import ocr
from ingest.readers.layout.characters import Characters
from ingest.readers.layout.flow import flow_of
from ingest.readers.layout.page import page_of
from ingest.readers.layout.seen import Found, Note, notes_of, page_numbers
from ingest.readers.layout.sheet import Sheet
from ingest.readers.pdf.bombs import refuse_bombs
from ingest.readers.pdf.drawing import has_huge_picture
from ingest.readers.pdf.page import read_page
from ingest.readers.reading import Reading
from tiaoli.errors import UnreadableFile

_MOST_PAGES = 3000
_LARGEST_PICTURE = 25_000_000  # dots; a page of A3 has eight million
_MOST_UNKNOWN = 0.5  # share of characters above which a text layer is of no use
_DRAWN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)  # notes that show as text on the page
_NO_NOTES = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, *_DRAWN)


def read(data: bytes) -> Reading:
    """Return the text of a PDF, one paragraph a line; UnreadableFile where there is none."""
    document = _opened(data)
    characters = Characters()
    found = [_page(document, index, characters) for index in range(len(document))]
    pictures = [index for index, page in enumerate(found) if page.is_picture]
    _refuse_unreadable(found, characters, len(pictures))
    scanned = list(_read_pictures(document, found, pictures)) if pictures else []
    if not any(page.visible for page in found):
        raise UnreadableFile("PDF 是图片，没有认出文字；请改用有文字的版本")
    flow = flow_of([page for one in found for page in one.pages])
    notes = (*scanned, *characters.notes(), *flow.notes, *notes_of(found), *_extras(document))
    return Reading(flow.text, rows=flow.rows, notes=notes)


def _opened(data: bytes) -> PdfDocument:
    refuse_bombs(data)
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile("PDF 设有打开密码，请去掉密码后再导入") from None
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise UnreadableFile("PDF 的加密方式不受支持，请用阅读器打开后另存为不加密的 PDF 再导入") from None
        raise UnreadableFile("PDF 已损坏或不完整，打不开；请用阅读器打开后另存一份再导入") from None
    if len(document) > _MOST_PAGES:
        raise UnreadableFile(f"PDF 有 {len(document)} 页，超过 {_MOST_PAGES} 页的上限，请拆分后再导入")
    return document


def _page(document: PdfDocument, index: int, characters: Characters) -> Found:
    """Return what is on a page; a page that is broken counts as one without text."""
    try:
        page = document[index]
        kinds = _annotations(page)
        if any(kind in _DRAWN for kind in kinds) and pdfium.FPDFPage_Flatten(page, 0) == pdfium.FLATTEN_SUCCESS:
            page.close()
            page = document[index]
        found = read_page(page, index + 1, characters)
        page.close()
    except PdfiumError:
        return Found(is_broken=True)
    found.comments = sum(kind not in _NO_NOTES for kind in kinds)
    return found


def _annotations(page: PdfPage) -> list[int]:
    kinds = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kinds.append(pdfium.FPDFAnnot_GetSubtype(annotation))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return kinds


def _refuse_unreadable(found: Sequence[Found], characters: Characters, pictures: int) -> None:
    """Raise UnreadableFile where there is no text, and none can be recognised."""
    count = sum(page.visible for page in found if not page.is_picture)
    if count and characters.unknown > _MOST_UNKNOWN * count:
        raise UnreadableFile(
            f"PDF 的文字层是乱码（{count} 个字符中有 {characters.unknown} 个没有对应的文字），"
            "请改用原来的 Word 等格式，或打印成图片式 PDF 后用文字识别（OCR）读取"
        )
    if count:
        return
    if not pictures:
        raise UnreadableFile("PDF 里没有文字，也没有图片，没有可导入的内容")
    if not ocr.is_installed():
        raise UnreadableFile(f"PDF 是扫描件，没有文字层，需要文字识别（OCR）；{ocr.HOW_TO_INSTALL}，或改用有文字的版本")
    if pictures > ocr.MOST_PAGES:
        raise UnreadableFile(f"扫描件有 {pictures} 页，文字识别（OCR）一次最多 {ocr.MOST_PAGES} 页，请拆分后再导入")


# --- pages without text ----------------------------------------------------------------------------------------------


def _read_pictures(document: PdfDocument, found: Sequence[Found], pictures: Sequence[int]) -> Iterator[Note]:
    """Recognise the text of pages that are pictures, and yield what is to report of them."""
    pages = page_numbers(pictures)
    if not ocr.is_installed():
        yield "pages_without_text", f"第 {pages} 页是图片或扫描页，图中文字未能读入；{ocr.HOW_TO_INSTALL}"
        return
    if len(pictures) > ocr.MOST_PAGES:
        yield (
            "pages_without_text",
            f"第 {pages} 页是图片或扫描页，文字识别（OCR）一次最多 {ocr.MOST_PAGES} 页，图中文字未能读入，请拆分后再导入",
        )
        return
    scores: list[float] = []
    for index in pictures:
        page = document[index]
        width, height = page.get_size()
        if not has_huge_picture(page):
            resolution = min(ocr.RESOLUTION, math.sqrt(_LARGEST_PICTURE / (width * height)))
            glyphs, sure = ocr.read_picture(page.render(scale=resolution).to_numpy(), resolution)
            found[index].pages = [page_of(Sheet(index + 1, width, height, glyphs))]
            found[index].visible = len(glyphs)
            scores += sure
        page.close()
    if lines := len(scores):
        yield (
            "recognised",
            f"第 {pages} 页是图片，{lines} 行文字由文字识别（OCR）得出，平均置信度 {mean(scores):.0%}，"
            "可能有错字，请对照原件核对",
        )
    if empty := [index for index in pictures if not found[index].visible]:
        yield "pages_without_text", f"第 {page_numbers(empty)} 页是图片，没有认出文字，请核对原文件"


# --- what is no text -------------------------------------------------------------------------------------------------


def _extras(document: PdfDocument) -> Iterator[Note]:
    """Yield what a file has beside its pages."""
    if count := pdfium.FPDFDoc_GetAttachmentCount(document):
        yield "attached_files", f"PDF 内嵌 {count} 个附件文件，未读入，请另存后分别导入"
    if count := pdfium.FPDFDoc_GetJavaScriptActionCount(document):
        yield "scripts", f"PDF 带有 {count} 段脚本，未执行"
    if (count := pdfium.FPDF_GetSignatureCount(document)) > 0:
        yield "signatures", f"PDF 有 {count} 处电子签名或签章，未核验"
    if pdfium.FPDF_GetFormType(document) in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        yield "dynamic_form", "PDF 是动态表单（XFA），表单内容可能没有读全，请打印成普通 PDF 后再导入"
