"""Identifiers as addresses: document, version, label path. Parsing and formatting are inverses."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNSAFE = re.compile(r"[\s#@/\\~?%&\x00-\x1f\x7f-\x9f\ud800-\udfff]+|\.(?=篇)")  # ".篇2" marks a member


@dataclass(frozen=True, slots=True)
class ClauseId:
    """Address of a clause: `doc_id` and its labels from the outermost ancestor inwards (`~2` marks a repeated one)."""

    doc_id: str
    labels: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.doc_id}#{'/'.join(self.labels)}"

    @classmethod
    def parse(cls, text: str) -> ClauseId:
        """Return the address written in `text`; a ValueError where it is none.

        >>> ClauseId.parse("仲裁法_2025-09-12#第一章/第三条/第二款").labels
        ('第一章', '第三条', '第二款')
        """
        doc_id, mark, labels = text.partition("#")
        if not (doc_id and mark and labels):
            raise ValueError(f"不是条款编号：{text!r}，应为“文件编号#标签/标签”")
        return cls(doc_id, tuple(labels.split("/")))


def child_id(parent: str, label: str, taken: dict[str, int]) -> str:
    """Return the id of a clause under `parent` (a doc id or clause id); `taken` counts how often each was asked for.

    >>> seen = {}
    >>> [child_id("a", "段1", seen), child_id("a", "段1", seen), child_id("a#段1", "(一)", seen)]
    ['a#段1', 'a#段1~2', 'a#段1/(一)']
    """
    stem = f"{parent}{'/' if '#' in parent else '#'}{_UNSAFE.sub('_', label) or '_'}"
    taken[stem] = count = taken.get(stem, 0) + 1
    return f"{stem}~{count}" if count > 1 else stem


def document_id(stem: str, member: str | None = None, version: int = 1) -> str:
    """Return the id of a document from its file's stem, its mark within the file and its version.

    >>> document_id("工作 制度", "篇2", 3)
    '工作_制度.篇2@3'
    """
    name = _UNSAFE.sub("_", stem).strip("_") or "文件"
    mark = _UNSAFE.sub("_", member or "")
    return f"{name}{f'.{mark}' if mark else ''}{f'@{version}' if version > 1 else ''}"
