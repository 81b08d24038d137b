"""A manifest beside the files: what a person knows of a document goes before what its text says. Never written."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from ingest.description import days, describe, doc_types, fields, regions
from ingest.readers import plain
from tiaoli.errors import BadData, UnreadableFile
from tiaoli.records import Document

NAME = "manifest.toml"
_TABLE_NAME = "manifest.csv"  # in any case; a table of that name is a manifest only if its head says so
_FIELDS = frozenset(
    [
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
        "draft",
        "version_of",
    ]
)
_PLACE_KEYS = frozenset({"file", "member"})
_OTHER_KEYS = _PLACE_KEYS | {"note"}
_YES = {"是": True, "true": True, "1": True, "否": False, "false": False, "0": False}
_LARGEST = 16 * 1024 * 1024  # bytes
_KEY = re.compile(r"\$\.(\w+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a manifest says of one document of a file."""

    file: str
    member: str
    values: tuple[tuple[str, object], ...]  # fields of Document
    place: str = NAME  # which row of which manifest, for messages


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries of a folder's manifests by file name, and what is wrong in them, each in one line."""

    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def read_manifest(folder: Path) -> Manifest:
    """Return what `manifest.toml` and `manifest.csv` in `folder` say; a manifest that breaks its form says nothing.

    Where both speak of a document, the TOML goes before. Entries of files that do not exist are faults.
    """
    entries: dict[str, tuple[Entry, ...]] = {}
    faults: list[str] = []
    for path, read in ((folder / NAME, _toml), *((path, _table) for path in _tables(folder))):
        try:
            found = list(read(path)) if path.is_file() else []
        except (BadData, OSError) as error:
            faults.append(f"{error}；本次导入没有用它")
            continue
        for entry in found:
            if isinstance(entry, str):
                faults.append(entry)
            elif not (folder / entry.file).exists():
                faults.append(f"{entry.place}登记了不存在的文件“{entry.file}”，请改正文件名或删去这一项")
            elif Path(entry.file).name != entry.file:
                faults.append(f"{entry.place}登记了别的文件夹里的“{entry.file}”，没有用；请写进它所在文件夹的登记表")
            else:
                entries[entry.file] = (entry, *entries.get(entry.file, ()))  # what is applied later goes before
    return Manifest(entries, tuple(faults))


def is_manifest(path: Path) -> bool:
    """Tell whether a file is a manifest rather than a document."""
    return path.name == NAME or (path.name.lower() == _TABLE_NAME and bool(_tables(path.parent)))


def apply(entry: Entry, document: Document) -> Document:
    """Return `document` with the values of its manifest entry; BadData names the row and the key that are wrong.

    Rank and work follow from the new values where the entry does not give them.
    """
    values = dict(entry.values)
    try:
        found = msgspec.convert(msgspec.to_builtins(document) | values, Document)
    except msgspec.ValidationError as error:
        key = _KEY.search(str(error))
        told = f"{key[1]} 写得不对：{values.get(key[1])!r}" if key else f"写得不对：{error}"
        raise BadData(f"{entry.place}（{entry.file}）登记有误：{told}") from error
    return _follow(found, values)


def _follow(document: Document, values: Mapping[str, object]) -> Document:
    place = regions.locate(document.region or "")
    derived: dict[str, Any] = {}
    if "doc_type" in values and "level" not in values:
        tier = doc_types.STATE if document.region == regions.NATION else place.level if place else ""
        derived["level"] = doc_types.rank(document.doc_type, tier)
    if values.keys() & {"title", "region", "doc_number", "promulgated", "effective"} and "version_of" not in values:
        day = document.promulgated or document.effective
        derived["version_of"] = describe.work(document.title, place, document.doc_number or str(day or ""))
    return replace(document, **derived)


def _toml(path: Path) -> Iterator[Entry | str]:
    try:
        rows = tomllib.loads(_text(path)).get("document", [])
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{path.name} 不是正确的 TOML：{error}") from error
    if not isinstance(rows, list):
        raise BadData(f"{path.name} 的 document 应写成 [[document]]")
    for number, row in enumerate(rows, 1):
        place = f"{path.name} 第 {number} 个 [[document]]"
        if not isinstance(row, dict) or not isinstance(row.get("file"), str):
            yield f"{place} 没有 file，没有用"
            continue
        if strange := sorted(row.keys() - _FIELDS - _OTHER_KEYS):
            yield f"{place}有不认识的键：{'、'.join(strange)}，没有用"
        told = ((key, _value(key, value) if isinstance(value, str) else value) for key, value in row.items())
        values = tuple(sorted((key, value) for key, value in told if key in _FIELDS))
        yield Entry(row["file"], _member(str(row.get("member", ""))), values, place)


def _tables(folder: Path) -> list[Path]:
    """Return the tables in a folder whose name and head make them manifests: a file column and one that is known."""
    try:
        named = sorted(path for path in folder.iterdir() if path.name.lower() == _TABLE_NAME and path.is_file())
        heads = [(path, {*map(_column, next(_rows(path), []))} - {None}) for path in named]
    except (BadData, OSError):
        return []
    return [path for path, head in heads if "file" in head and len(head) > 1]


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(_text(path), newline=""))
    except csv.Error as error:
        raise BadData(f"{path.name} 不是正确的 CSV：{error}") from error


def _text(path: Path) -> str:
    """Return the text of a manifest, in whatever encoding a Chinese text comes."""
    if path.stat().st_size > _LARGEST:
        raise BadData(f"{path.name} 超过 {_LARGEST >> 20} MB")
    try:
        return plain.read(path.read_bytes()).text
    except UnreadableFile as error:
        raise BadData(f"{path.name} 读不出来：{error}") from error


def _column(name: str) -> str | None:
    """Return the key that a column's name means: itself, or the field that its label names."""
    name = name.strip()
    field = name if name in _FIELDS | _PLACE_KEYS else fields.field_of(name)
    return "promulgated" if field == fields.POSTED else field


def _member(text: str) -> str:
    return text.strip().replace("\\", "/")  # as an archive writes its folders


def _table(path: Path) -> Iterator[Entry | str]:
    rows = _rows(path)
    head = [_column(name) for name in next(rows)]
    for number, cells in enumerate(rows, 2):
        row = {key: cell.strip() for key, cell in zip(head, cells, strict=False) if key and cell.strip()}
        if not row:
            continue
        place = f"{path.name} 第 {number} 行"
        if "file" not in row:
            yield f"{place}没有文件名，没有用"
            continue
        values = tuple(sorted((key, _value(key, text)) for key, text in row.items() if key in _FIELDS))
        yield Entry(row["file"], _member(row.get("member", "")), values, place)


def _value(key: str, text: str) -> object:
    """Return what a cell says: a date in any usual form, a number, yes or no; else its words."""
    if key == "level" and text.isdecimal():
        return int(text)
    if key == "draft":
        return _YES.get(text.lower(), text)
    if key in ("adopted", "promulgated", "effective", "expires"):
        return _day(text) or text
    return text


def _day(text: str) -> date | None:
    return days.first_day(days.squeeze(text).replace("/", "-"))
