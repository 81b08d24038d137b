"""The parts of a Word file. Files come from anywhere: nothing is unpacked that is larger than a document can be."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from ingest.readers.word.xml import Element, name
from tiaoli.errors import UnreadableFile

LARGEST_PART = 64 * 1024 * 1024  # bytes, unpacked; a thousand pages of text take some ten megabytes
LARGEST_TOTAL = 96 * 1024 * 1024  # bytes of all parts that are read
HIGHEST_RATIO = 400  # unpacked to packed, above which a large part is no document; tables come to a hundred
SMALL_PART = 4 * 1024 * 1024  # bytes; below, the ratio does not matter
MOST_ELEMENTS = 1_500_000  # of a part; each takes about 300 bytes of memory
_RELATIONS = "_rels/.rels"
_USUAL_MAIN = "word/document.xml"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx 再导入"


class Package:
    """The parts of a Word file, each read within limits when it is asked for."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise UnreadableFile(f"文件不完整或已损坏，不是可读的 docx；{_SAVE_AGAIN}") from None
        self._names = {info.filename.replace("\\", "/").lower(): info for info in self._zip.infolist()}
        self._read = 0
        self._relations: dict[str, list[tuple[str, str, str]]] = {}
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise UnreadableFile("压缩包设有密码，请去掉密码后再导入")

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the text."""
        kinds = self.related("").get("officeDocument", [])
        found = next((part for part in [*kinds, _USUAL_MAIN] if part.lower() in self._names), None)
        if found is None:
            raise UnreadableFile(f"文件里没有正文（缺少 {_USUAL_MAIN}），不是 Word 文档或已损坏；{_SAVE_AGAIN}")
        return found

    def related(self, part: str) -> Mapping[str, list[str]]:
        """Return the parts that a part is joined to, by the kind of relation; of "" those of the package."""
        found: dict[str, list[str]] = {}
        for _, kind, target in self._joined(part):
            found.setdefault(kind, []).append(target)
        return found

    def target(self, part: str, relation: str) -> str | None:
        """Return the part that a relation of a part leads to, by the id of the relation."""
        return next((target for key, _, target in self._joined(part) if key == relation), None)

    def _joined(self, part: str) -> list[tuple[str, str, str]]:
        """Return id, kind and target of each relation within the file."""
        if part not in self._relations:
            self._relations[part] = list(self._read_relations(part))
        return self._relations[part]

    def _read_relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        folder, file = posixpath.split(part)
        root = self.xml(posixpath.join(folder, f"_rels/{file}.rels") if part else _RELATIONS)
        for relation in () if root is None else root:
            if name(relation) == "rel:Relationship" and relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", ""))))
                yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], target.lstrip("/")

    def xml(self, part: str) -> Element | None:
        """Return the root element of a part, None where the file has no such part."""
        data = self.bytes(part)
        return None if data is None else _parsed(data)

    def bytes(self, part: str) -> bytes | None:
        """Return a part unpacked, None where the file has no such part."""
        info = self._names.get(part.lower())
        if info is None:
            return None
        self._read += info.file_size
        too_dense = info.file_size > SMALL_PART and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1)
        if info.file_size > LARGEST_PART or self._read > LARGEST_TOTAL or too_dense:
            raise UnreadableFile(f"解压后过大（{info.file_size >> 20} MB），不像正常的文档；请拆分后再导入")
        try:
            return self._zip.read(info)
        except _BROKEN:
            raise UnreadableFile(f"文件不完整或已损坏（{info.filename} 解不开）；{_SAVE_AGAIN}") from None


def _parsed(data: bytes) -> Element:
    """Return the root of a part that declares no entities and is no deeper or larger than a document can be."""
    if data.count(b"<") > 2 * MOST_ELEMENTS:
        raise UnreadableFile("文档过于庞杂，无法读取；请拆分后再导入")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(f"文档内容有错，无法读取；{_SAVE_AGAIN}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(f"文档里有不该有的实体声明，为安全起见没有读取；{_SAVE_AGAIN}")
    return root
