"""How sources of statutes call a kind of statute and its standing; the words are `lexicon/statutes.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tiaoli import lexicon
from tiaoli.lexicon import Word
from tiaoli.records import DocType, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Word):
    """What a source calls a kind of statute, and the type that its statutes are of."""

    type: DocType


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Word):
    """What a source calls the standing of a statute."""

    status: Status


def type_of(category: str) -> DocType | None:
    """Return the type that a category means, None where it means none.

    >>> type_of("宪法相关法").value, type_of("立法解释").value, type_of("随笔")
    ('法律', '法律', None)
    """
    return _types().get(category.strip())


def status_of(standing: str) -> Status | None:
    """Return the status that a word for the standing means, None for a word that is not known.

    >>> status_of("历史版本").value, status_of("不详")
    ('已修改', None)
    """
    return _statuses().get(standing.strip())


@cache
def _types() -> Mapping[str, DocType]:
    return {entry.text: entry.type for entry in lexicon.entries("statutes", "category", Category)}


@cache
def _statuses() -> Mapping[str, Status]:
    return {entry.text: entry.status for entry in lexicon.entries("statutes", "standing", Standing)}
