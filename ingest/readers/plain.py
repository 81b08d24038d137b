"""Plain text: bytes in any encoding a Chinese text comes in."""

from __future__ import annotations

import codecs
import functools
import re

from ingest.readers.reading import Reading
from tiaoli.errors import UnreadableFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FORMATS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "docx、xlsx 或 zip"),
    (b"\xd0\xcf\x11\xe0", "doc 或 xls"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
)
_NARROW = ("utf-8", "gb18030", "cp950")  # cp950 is Big5 as Windows writes it
_WIDE = ("utf-16-le", "utf-16-be")
_SAMPLE = 65_536  # bytes; enough to tell an encoding
_FEWEST_USUAL = 0.75  # share of usual characters below which bytes are no Chinese text in that encoding
_MOST_CONTROLS = 0.01  # share of control characters above which bytes are no text at all
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def read(data: bytes, declared: str = "") -> Reading:
    """Return the text of a file; UnreadableFile where the bytes are no text.

    The encoding that a file declares counts if it reads so, and is no UTF-8 after all.
    """
    encoding = _encoding(data, declared)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text[:_SAMPLE])
    if controls > len(text[:_SAMPLE]) * _MOST_CONTROLS:
        raise UnreadableFile(_NO_TEXT)
    bad = text.count("\ufffd")
    notes = (("bad_bytes", f"有 {bad} 处字节无法按 {encoding} 解码，已用 \ufffd 标出，请核对原文件"),) if bad else ()
    return Reading(text, encoding, notes=notes)


_NO_TEXT = "内容不是文字（可能是改了扩展名的其他格式文件），请用原来的软件另存为文本"


def _encoding(data: bytes, declared: str) -> str:
    for mark, name in _OTHER_FORMATS:
        if data.startswith(mark):
            raise UnreadableFile(f"内容其实是 {name}，请把扩展名改回去，或用原来的软件另存为文本")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data[:_SAMPLE]:
        return _likeliest(data, _WIDE, _NO_TEXT)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if declared and _reads_as(data, declared):
            return declared
        return _likeliest(data, _NARROW + _WIDE, "认不出文字编码，请用记事本等软件另存为 UTF-8 文本后再导入")
    return "utf-8"


def _reads_as(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, ValueError):
        return False
    return _usual_share(data, encoding) >= _FEWEST_USUAL


def _likeliest(data: bytes, encodings: tuple[str, ...], otherwise: str) -> str:
    """Return the encoding in which most characters are usual ones, the first of several; or say what to do."""
    shares = {encoding: _usual_share(data, encoding) for encoding in encodings}
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] < _FEWEST_USUAL:
        raise UnreadableFile(otherwise)
    return best


def _usual_share(data: bytes, encoding: str) -> float:
    """Return which share of the characters that tell encodings apart would be usual ones in this encoding."""
    first = _NOT_ASCII.search(data)
    start = first.start() if first and encoding in _NARROW else 0
    text = data[start : start + _SAMPLE].decode(encoding, errors="replace")
    telling = [c for c in text if c > "\x7f" or encoding in _WIDE]
    return sum(c in _usual_characters() for c in telling) / max(len(telling), 1)


@functools.cache
def _usual_characters() -> frozenset[str]:
    """Return what GB2312 has, the frequent half of Big5, and printed ASCII."""
    simplified = bytes(b for lead in range(0xA1, 0xF8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(b for lead in range(0xA1, 0xC7) for trail in trails for b in (lead, trail))
    ascii_text = "\t\n\r\f\v" + "".join(map(chr, range(0x20, 0x7F)))
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("cp950", "ignore") + ascii_text)
