"""Opens every page of a PDF as its reader does, to see that this can be done: `bounded` runs it where memory is bounded.

A small file can ask for any amount of it: by streams that unpack to gigabytes, the same one many times on a page, forms that
draw each other, millions of letters in a page.
"""

from __future__ import annotations

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

MOST_ON_PAGE = 200_000  # characters; a page that is full of the smallest print has some twenty thousand
MOST_CHARACTERS = 5_000_000  # as many as a text file may have
TOO_MANY = "too_many"


def answer(data: bytes) -> str:
    """Return TOO_MANY where there are more characters than can be read, or nothing."""
    try:
        document = PdfDocument(data)
    except PdfiumError:  # its reader says why
        return ""
    total = 0
    for index in range(len(document)):
        count = _characters(document, index)
        total += count
        if count > MOST_ON_PAGE or total > MOST_CHARACTERS:
            return TOO_MANY
    return ""


def _characters(document: PdfDocument, index: int) -> int:
    try:
        page = document[index]
        if pdfium.FPDFPage_GetAnnotCount(page):
            pdfium.FPDFPage_Flatten(page, 0)
            page.close()
            page = document[index]
        text = page.get_textpage()
    except PdfiumError:  # a page that is broken counts as one without text
        return 0
    count = int(text.count_chars())
    text.close()
    page.close()
    return count
