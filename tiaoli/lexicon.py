"""The lexicons: domain words as TOML tables, read into frozen records. Knows nothing of what the words mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar

import msgspec

from tiaoli.errors import BadData
from tiaoli.settings import LEXICON


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One entry of a lexicon; a lexicon that says more of its words adds fields in a record of its own."""

    text: str
    examples: tuple[str, ...]  # strings in which it must be found
    counter: tuple[str, ...] = ()  # strings in which it must not be found
    note: str = ""  # why, or which source says so


Entry = TypeVar("Entry", bound=Word)


@cache
def entries(name: str, table: str, record: type[Entry]) -> tuple[Entry, ...]:
    """Return the entries `[[table]]` of `lexicon/<name>.toml` in the order of the file; BadData names file and key."""
    known = {field.name for field in fields(record)}
    return tuple(_entry(place, row, record, known) for place, row in _rows(name, table))


@cache
def texts(name: str, table: str) -> tuple[str, ...]:
    """Return only the words of a table, the longest first, so that an alternation of them finds the longest."""
    words = [_text(place, row) for place, row in _rows(name, table)]
    return tuple(sorted(words, key=lambda text: (-len(text), text)))


def _rows(name: str, table: str) -> list[tuple[str, object]]:
    """Return the rows of a table, each with the words that name its place in a message."""
    rows = _file(name).get(table)
    if not isinstance(rows, list) or not rows:
        raise BadData(f"词库 {name}.toml 没有 [[{table}]] 条目")
    return [(f"词库 {name}.toml 第 {number} 个 [[{table}]]", row) for number, row in enumerate(rows, 1)]


def _text(place: str, row: object) -> str:
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str) or not text:
        raise BadData(f"{place}没有 text")
    return text


@cache
def _file(name: str) -> Mapping[str, Any]:
    path = LEXICON / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadData(f"读不到词库 {path.name}：{error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadData(f"词库 {path.name} 不是正确的 TOML：{error}") from error


def _entry(place: str, row: object, record: type[Entry], known: set[str]) -> Entry:
    _text(place, row)
    if isinstance(row, dict) and (
        strange := sorted(row.keys() - known)
    ):  # msgspec passes over unknown keys of a dataclass
        raise BadData(f"{place}有不认识的键：{'、'.join(strange)}")
    try:
        return msgspec.convert(row, record)
    except msgspec.ValidationError as error:
        raise BadData(f"{place}有误：{error}") from error
