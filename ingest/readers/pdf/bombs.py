"""PDF files that take more memory than a document can are refused before they are opened.

What their streams unpack to is seen in the file itself, so on every system; what else they ask for only where they are opened.
"""

from __future__ import annotations

import re
import zlib

from ingest.readers import bounded
from ingest.readers.pdf import trial
from tiaoli.errors import UnreadableFile

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/Fl(?:ateDecode)?\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")  # unpacked only where it is looked at, and as large as its sides say
_LARGEST = 64 * 1024 * 1024  # bytes of a stream, unpacked; the text of a page takes some ten thousand
_LARGEST_TOTAL = 512 * 1024 * 1024  # bytes of all streams
_MOST_LAYERS = 3  # of packing, one in the other
_LONGEST_HEAD = 4096  # bytes before a stream that say what it is
_PIECE = 65_536  # bytes
_MAGIC = b"x"  # what a packed stream begins with
_LONGEST = 120  # seconds in which all pages open
_ADVICE = "请用阅读器打开后另存一份，或拆分后再导入"


def refuse_bombs(data: bytes) -> None:
    """Raise UnreadableFile where a PDF is larger, unpacked or opened, than a document can be."""
    _refuse_large_streams(data)
    try:
        found = bounded.answer(trial.__file__, data, _LONGEST)
    except bounded.NoAnswer:
        raise UnreadableFile(f"PDF 打开时占用的内存或时间过多，不像正常的文档，或已损坏；{_ADVICE}") from None
    if found == trial.TOO_MANY:
        most = f"一页 {trial.MOST_ON_PAGE // 10_000} 万字、合计 {trial.MOST_CHARACTERS // 10_000} 万字"
        raise UnreadableFile(f"PDF 里的文字太多（最多{most}），请拆分后再导入")


def _refuse_large_streams(data: bytes) -> None:
    total, last = 0, 0
    for match in _STREAM.finditer(data):
        if match.start() < last:  # within the stream before
            continue
        head = data[max(0, match.start() - _LONGEST_HEAD) : match.start()].rpartition(b"obj")[2]
        if not _PACKED.search(head) or _PICTURE.search(head):
            continue
        unpacked, last = _unpacked(data, match.end())
        sizes = [len(unpacked)]
        while len(sizes) < _MOST_LAYERS and unpacked[:1] == _MAGIC and sizes[-1] <= _LARGEST:
            unpacked, _ = _unpacked(unpacked, 0)
            sizes.append(len(unpacked))
        total += max(sizes)
        if max(sizes) > _LARGEST or total > _LARGEST_TOTAL:
            raise UnreadableFile(f"PDF 解压后过大，不像正常的文档；{_ADVICE}")


def _unpacked(data: bytes, start: int) -> tuple[bytes, int]:
    """Return a packed stream unpacked, cut off where it is too large, and where it ends; nothing where it is broken."""
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    size, at = 0, start
    try:
        while at < len(data) and not unpacker.eof and size <= _LARGEST:
            piece = data[at : at + _PIECE]
            parts.append(unpacker.decompress(piece, _LARGEST + 1 - size))
            size += len(parts[-1])
            at += len(piece) - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)
    except zlib.error:
        pass  # whoever reads the file will say so
    return b"".join(parts), at
