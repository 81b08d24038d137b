"""The parts of an OFD file. Files come from anywhere: nothing is unpacked that is larger than a document can be."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from tiaoli.errors import UnreadableFile

Element: TypeAlias = etree._Element

_LARGEST_PART = 32 * 1024 * 1024  # bytes, unpacked; a page of text takes some ten thousand
_LARGEST_TOTAL = 96 * 1024 * 1024  # bytes of all parts that are read
_MOST_ELEMENTS = 500_000  # of a part
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_SAVE_AGAIN = "请用 OFD 阅读器打开后另存为 PDF 再导入"


class BrokenPart(Exception):
    """A part that cannot be read, although the others may."""


class Package:
    """The parts of an OFD file, each read within limits when it is asked for."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise UnreadableFile(f"文件不完整或已损坏，不是可读的 OFD；{_SAVE_AGAIN}") from None
        self._names = {_plain(info.filename).lower(): info for info in self._zip.infolist()}
        self._read = 0

    def find(self, base: str, location: str | None) -> str | None:
        """Return the name of a part that another part names: from its own folder, or from the root; None if there is none."""
        if not location:
            return None
        beside = posixpath.join(posixpath.dirname(base), _plain(location.strip()))
        for name in (beside, _plain(location.strip())):
            if (found := posixpath.normpath(name)).lower() in self._names:
                return found
        return None

    def xml(self, name: str) -> Element:
        """Return the root element of a part."""
        info = self._names[name.lower()]
        self._read += info.file_size
        if info.file_size > _LARGEST_PART or self._read > _LARGEST_TOTAL:
            raise UnreadableFile(f"解压后过大（{info.file_size >> 20} MB），不像正常的文档；请拆分后再导入")
        try:
            data = self._zip.read(info)
            if data.count(b"<") > 2 * _MOST_ELEMENTS:
                raise UnreadableFile("文档过于庞杂，无法读取；请拆分后再导入")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            root = etree.fromstring(data, parser)
        except (*_BROKEN, etree.XMLSyntaxError):
            raise BrokenPart(name) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFile(f"文档里有不该有的实体声明，为安全起见没有读取；{_SAVE_AGAIN}")
        return root


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace, of which there are several, "" of a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Element | None, *path: str) -> Iterator[Element]:
    """Yield what stands at the end of a path of names; all but the last name the first of several."""
    for step in path[:-1]:
        element = next(children(element, step), None)
    for child in () if element is None else element:
        if name_of(child) == path[-1]:
            yield child


def text_at(element: Element | None, *path: str) -> str:
    """Return the words of the first element at the end of a path, "" if there is none."""
    return next(((child.text or "").strip() for child in children(element, *path)), "")
