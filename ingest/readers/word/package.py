"""The parts of a Word file, and what joins them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote

from ingest.readers.word.xml import Element, name
from ingest.readers.zipped import BrokenPart, Parts
from tiaoli.errors import UnreadableFile

_RELATIONS = "_rels/.rels"
_USUAL_MAIN = "word/document.xml"
_SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx 再导入"


class Package:
    """The parts of a Word file, each read within limits when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._parts = Parts(data, "docx", _SAVE_AGAIN)
        self._relations: dict[str, list[tuple[str, str, str]]] = {}

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the text."""
        kinds = self.related("").get("officeDocument", [])
        found = next((part for part in [*kinds, _USUAL_MAIN] if part in self._parts), None)
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
        try:
            return self._parts.xml(part) if part in self._parts else None
        except BrokenPart:
            raise UnreadableFile(f"文档内容有错或已损坏（{part}），无法读取；{_SAVE_AGAIN}") from None

    def bytes(self, part: str) -> bytes | None:
        """Return a part unpacked, None where the file has no such part."""
        try:
            return self._parts.bytes(part) if part in self._parts else None
        except BrokenPart:
            raise UnreadableFile(f"文件不完整或已损坏（{part} 解不开）；{_SAVE_AGAIN}") from None
