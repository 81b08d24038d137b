"""A manifest beside the files: what a person knows of a document goes before what its text says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tiaoli.errors import BadData
from tiaoli.records import Document

NAME = "manifest.toml"
_FIELDS = {
    "title",
    "doc_type",
    "level",
    "issuer",
    "region",
    "doc_number",
    "adopted",
    "promulgated",
    "effective",
    "expires",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a manifest says of one document of a file."""

    file: str
    member: str
    values: tuple[tuple[str, object], ...]  # fields of Document


def read_manifest(folder: Path) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries of `manifest.toml` in `folder` by file name, none where there is no manifest.

    BadData names the file and the key that is wrong.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("document", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadData(f"{path} 不是正确的 TOML：{error}") from error
    if not isinstance(rows, list):
        raise BadData(f"{path} 的 document 应写成 [[document]]")
    entries: dict[str, tuple[Entry, ...]] = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("file"), str):
            raise BadData(f"{path} 第 {number} 个 [[document]] 没有 file")
        values = tuple(sorted((k, v) for k, v in row.items() if k in _FIELDS))
        entries[row["file"]] = (*entries.get(row["file"], ()), Entry(row["file"], str(row.get("member", "")), values))
    return entries


def apply(entry: Entry, document: Document) -> Document:
    """Return `document` with the values of its manifest entry; BadData where a value has the wrong form."""
    try:
        return msgspec.convert(msgspec.to_builtins(document) | dict(entry.values), Document)
    except msgspec.ValidationError as error:
        raise BadData(f"{NAME} 中 {entry.file} 的登记有误：{error}") from error
