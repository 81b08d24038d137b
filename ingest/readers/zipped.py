"""Zipped files and the parts of documents in them. They come from anywhere: nothing is unpacked that is larger than it can be."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TypeAlias

from lxml import etree

from tiaoli.errors import UnreadableFile

Element: TypeAlias = etree._Element

LARGEST_PART = 64 * 1024 * 1024  # bytes, unpacked; a thousand pages of text take some ten megabytes
LARGEST_TOTAL = 96 * 1024 * 1024  # bytes of all parts that are read
HIGHEST_RATIO = 400  # unpacked to packed, above which a large part is no document; tables come to a hundred
SMALL_PART = 4 * 1024 * 1024  # bytes; below, the ratio does not matter
MOST_ELEMENTS = 1_500_000  # of a part; each takes about 300 bytes of memory
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_ENCRYPTED = 0x1


class BrokenPart(Exception):
    """A part that cannot be read, although the others may; holds its name."""


def is_encrypted(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member can only be unpacked with a password."""
    return bool(info.flag_bits & _ENCRYPTED)


def is_too_dense(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member is large and packed more tightly than a document can be."""
    return info.file_size > SMALL_PART and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1)


def plain_name(name: str) -> str:
    """Return the name of a part from the root, whatever strokes it is written with."""
    return name.replace("\\", "/").lstrip("/")


class Parts:
    """The parts of a document by their names, large or small letters alike, each unpacked when it is asked for."""

    def __init__(self, data: bytes, form: str, save_again: str) -> None:
        """Open a document of a form like docx; UnreadableFile, with what to do, where it is none or has a password."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN:
            raise UnreadableFile(f"文件不完整或已损坏，不是可读的 {form}；{save_again}") from None
        if any(map(is_encrypted, self._zip.infolist())):
            raise UnreadableFile("压缩包设有密码，请去掉密码后再导入")
        self._infos = {plain_name(info.filename).lower(): info for info in self._zip.infolist()}
        self._save_again = save_again
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def bytes(self, name: str) -> bytes:
        """Return a part unpacked; BrokenPart where that fails, UnreadableFile where it is larger than one can be."""
        info = self._infos[name.lower()]
        self._read += info.file_size
        if info.file_size > LARGEST_PART or self._read > LARGEST_TOTAL or is_too_dense(info):
            raise UnreadableFile(f"解压后过大（{info.file_size >> 20} MB），不像正常的文档；请拆分后再导入")
        try:
            return self._zip.read(info)
        except BROKEN:
            raise BrokenPart(name) from None

    def xml(self, name: str) -> Element:
        """Return the root of a part; UnreadableFile where it declares entities or has more elements than one can have."""
        data = self.bytes(name)
        if data.count(b"<") > 2 * MOST_ELEMENTS:
            raise UnreadableFile("文档过于庞杂，无法读取；请拆分后再导入")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise BrokenPart(name) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFile(f"文档里有不该有的实体声明，为安全起见没有读取；{self._save_again}")
        return root
