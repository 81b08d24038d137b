"""Plain text: bytes in any encoding a Chinese text comes in."""

from __future__ import annotations

import codecs

import charset_normalizer

from ingest.readers.reading import Reading
from tiaoli.errors import UnreadableFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536  # bytes; enough to tell an encoding, and guessing over a large file takes minutes
_MOST_BAD = 0.01  # share of undecodable characters above which another encoding is more likely


def read(data: bytes) -> Reading:
    """Return the text of a file; UnreadableFile where the bytes are no text."""
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("文件是空的，没有可导入的内容")
    text, encoding = _decode(data)
    controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text[:_SAMPLE])
    if controls > len(text[:_SAMPLE]) * _MOST_BAD:
        raise UnreadableFile("内容不是文字（可能是改了扩展名的其他格式文件），请用原来的软件另存为文本")
    bad = text.count("\ufffd")
    notes = (("bad_bytes", f"有 {bad} 处字节无法按 {encoding} 解码，已用 \ufffd 标出，请核对原文件"),) if bad else ()
    return Reading(text, encoding, notes=notes)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding
    if b"\x00" in data[:_SAMPLE]:
        return _decode_wide(data)
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") <= len(text) * _MOST_BAD:
            return text, encoding
    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise UnreadableFile("认不出文字编码，请用记事本等软件另存为 UTF-8 文本后再导入")
    return data.decode(best.encoding, errors="replace"), best.encoding


def _decode_wide(data: bytes) -> tuple[str, str]:
    """Decode text of two bytes a character without a byte-order mark: its spaces and line ends show the byte order."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, errors="replace")
        sample = text[:_SAMPLE]
        if sum("\u3000" <= c <= "\u9fff" or (c.isascii() and c.isprintable()) for c in sample) > len(sample) * 0.8:
            return text, encoding
    raise UnreadableFile("内容不是文字（可能是改了扩展名的其他格式文件），请用原来的软件另存为文本")
