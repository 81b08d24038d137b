"""Web pages that are a document as a whole: embedded in a Word file, or saved as .doc; nothing in them is left out."""

from __future__ import annotations

import email
from dataclasses import replace

from ingest.readers import plain
from ingest.readers.reading import Reading
from ingest.readers.web.flow import lay_out
from ingest.readers.web.page import Page, parse
from tiaoli.errors import UnreadableFile


def read_page(data: bytes, declared: str = "") -> Reading:
    """Return all that a page shows."""
    source = plain.read(data, declared)
    page = parse(source.text)
    flow = lay_out(page)
    lines: list[str] = []
    rows: list[range] = []
    headings: dict[int, int] = {}
    for line in flow.lines:
        first = len(lines)
        lines += line.words.split("\n")
        if line.is_row:
            rows.append(range(first, len(lines)))
        elif _is_headline(page, line.first):
            headings[first] = 1
    return replace(source, text="\n".join(lines), rows=tuple(rows), headings=headings)


def _is_headline(page: Page, number: int) -> bool:
    """Tell whether a node stands in a heading of the first level."""
    while number >= 0:
        if page.nodes[number].tag == "h1":
            return True
        number = page.nodes[number].parent
    return False


def read_archive(data: bytes) -> Reading:
    """Return all that a page shows which was saved with its parts in one file (MHTML)."""
    try:
        parts = [part for part in email.message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
        content, declared = parts[0].get_payload(decode=True), parts[0].get_content_charset()
    except (IndexError, LookupError, RecursionError, ValueError):
        raise UnreadableFile("网页（mht）里没有可读的内容；请用 Word 或 WPS 打开后另存为 .docx 再导入") from None
    return read_page(bytes(content), declared or "")
