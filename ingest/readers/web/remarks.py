"""What a reader has to report of a page: how much was left out, and what is no text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.web.flow import Flow, is_file
from ingest.readers.web.furniture import is_closing
from ingest.readers.web.main import Main
from ingest.readers.web.page import Node, Page

_SMALLEST_PICTURE = 48  # pixels; what is smaller is no part of a text
_PIXELS = re.compile(r"\s*(\d{1,4})\s*(?:px)?\s*$")
_NAMED_FILES = 5  # linked files that a note names


def remarks(page: Page, flow: Flow, main: Main) -> Iterator[tuple[str, str]]:
    """Yield the notes on a page, each with its problem code."""
    if count := _left_out(flow, main):
        yield (
            "page_furniture",
            f"网页上正文以外的 {count:,} 个字（导航、页脚、按钮等）没有导入；如有遗漏，请复制文字另存为 .txt",
        )
    inner = range(main.start, main.end)
    if hidden := sum(_size(page.words(number)) for number in flow.hidden if number in inner):
        yield "hidden_text", f"网页设为不显示的 {hidden:,} 个字没有导入，请核对"
    if pictures := sum(_is_large(page.nodes[number]) for number in flow.pictures if number in inner):
        yield "pictures", f"正文里有 {pictures} 张图片，图片里的文字没有读入，请对照原网页核对"
    if frames := sum(number in inner for number in flow.frames):
        yield "frames", f"正文里嵌有 {frames} 个其他网页（iframe），其内容不在这个文件里，请另行保存后导入"
    if files := [page.words(number) for number in inner if _leads_to_file(page.nodes[number])] + list(
        _beside(flow, main)
    ):
        named = "、".join(filter(None, files[:_NAMED_FILES])) + ("等" if len(files) > _NAMED_FILES else "")
        yield "linked_files", f"网页链接了 {len(files)} 个附件（{named}），附件不在网页里，需要时请下载后另行导入"
    if large := sum(number in inner for number in flow.large_tables):
        yield "large_table", f"有 {large} 个表格大得不合常理（合并或参差的单元格过多），各行只列出自己的格子，请核对"


def _beside(flow: Flow, main: Main) -> Iterator[str]:
    """Yield the lines beside a text that name a file as its attachment."""
    for line in flow.lines:
        if line.has_file and is_closing(line) and not main.start <= line.first < main.end:
            yield line.words


def _left_out(flow: Flow, main: Main) -> int:
    return sum(_size(line.words) for line in flow.lines) - sum(_size(line.words) for line in main.lines)


def _size(words: str) -> int:
    return len("".join(words.split()))


def _is_large(node: Node) -> bool:
    """Tell whether a picture may be part of a text; one that does not say how large it is may."""
    sizes = (_PIXELS.match(node.attributes.get(side, "")) for side in ("width", "height"))
    return all(int(size[1]) >= _SMALLEST_PICTURE for size in sizes if size)


def _leads_to_file(node: Node) -> bool:
    return node.tag == "a" and is_file(node.attributes.get("href", ""))
