"""Web pages: the text of the document, without what the site puts around it."""

from __future__ import annotations

import email
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from ingest.readers import plain
from ingest.readers.reading import Reading
from ingest.readers.web import headline
from ingest.readers.web.flow import Flow, Line, lay_out
from ingest.readers.web.main import find_main
from ingest.readers.web.page import SAVE_AS, Page, parse
from ingest.readers.web.remarks import remarks
from tiaoli.errors import UnreadableFile

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_HEAD = 16_384  # bytes in which a page declares its encoding
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}  # what browsers read them as
_FEWEST = 20  # characters that a page with scripts shows of itself: 加载中
_ARCHIVE = re.compile(rb"\s*(?:From|MIME-Version|Content-Type|Subject|Date|Snapshot-Content-Location):", re.IGNORECASE)


def read(data: bytes) -> Reading:
    """Return the document of a page; UnreadableFile where it shows no text, or is no page."""
    return read_archive(data) if _ARCHIVE.match(data) else _read(data)


def read_archive(data: bytes) -> Reading:
    """Return the document of a page that a browser saved with all its parts in one file (MHTML)."""
    try:
        parts = [part for part in email.message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
        content = parts[0].get_payload(decode=True)
        declared = parts[0].get_content_charset()
    except (IndexError, LookupError, RecursionError, ValueError):
        raise UnreadableFile(f"单一网页文件（mht）里没有可读的网页；{SAVE_AS}") from None
    return _read(bytes(content), declared or "")


def _read(data: bytes, declared: str = "") -> Reading:
    source = _decoded(data, declared)
    page = parse(source.text)
    flow = lay_out(page)
    main = find_main(page, flow.lines)
    if not main.lines or (page.tagged("script") and sum(len(line.visible) for line in main.lines) < _FEWEST):
        raise UnreadableFile(_why_empty(page, flow))
    title = headline.headline(page, main)
    printed = headline.find_title(title, main.lines)
    lines = main.lines if printed or not title else [Line(title, main.start), *main.lines]
    printed = printed or range(bool(title))
    exact = headline.is_exactly(title, [lines[at] for at in printed])
    places = _places(lines)
    beside = [line for line in flow.lines if line.first < main.lines[0].first]
    fields = headline.fields(page, beside)
    return replace(
        source,
        text="\n".join(line.words for line in lines),
        rows=tuple(place for place, line in zip(places, lines, strict=True) if line.is_row),
        headings={number: 1 for at in printed for number in places[at] if exact},
        front_matter={"标题": title} | fields if title else fields,
        notes=(*source.notes, *remarks(page, flow, main)),
    )


def _decoded(data: bytes, declared: str) -> Reading:
    found = _CHARSET.search(data[:_HEAD])
    declared = (declared or (found[1].decode("ascii") if found else "")).lower()
    return plain.read(data, _WIDER.get(declared, declared))


def _places(lines: Sequence[Line]) -> list[range]:
    """Return the numbers of the printed lines that each line takes."""
    ends = list(accumulate(line.words.count("\n") + 1 for line in lines))
    return [range(start, end) for start, end in pairwise([0, *ends])]


def _why_empty(page: Page, flow: Flow) -> str:
    """Return why a page shows no text, and what to do."""
    if page.tagged("frameset") or flow.frames:
        return f"网页的正文在框架（frame）里，不在这个文件中；{SAVE_AS}"
    if flow.pictures:
        return "网页的正文是图片，没有文字；请打印为 PDF，或找到文字版后再导入"
    if page.tagged("script"):
        return f"网页里没有正文（正文要由脚本在浏览器里加载）；{SAVE_AS}"
    return "网页里没有文字"
