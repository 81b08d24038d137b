"""The words of lexicon/calendar.toml as patterns: what orders, permits, forbids; what else a time may belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tiaoli.lexicon import Word, entries, texts

_FILE = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Word):
    """A word that counts but where it stands within one of the `hidden` words."""

    hidden: tuple[str, ...] = ()


def first(table: str, text: str) -> int | None:
    """Return where a text first says a word of a table, None where it says none.

    >>> first("order", "主要指标要在年底前完成")
    4
    """
    return next((found.start(1) for found in _pattern(table).finditer(text) if found[1]), None)


def says(table: str, text: str) -> bool:
    """Whether a text says a word of a table."""
    return first(table, text) is not None


def ends_with(table: str, text: str) -> bool:
    """Whether a text ends with a word of a table."""
    return text.endswith(texts(_FILE, table))


@cache
def _pattern(table: str) -> re.Pattern[str]:
    hidden = sorted(
        {word for entry in entries(_FILE, table, Said) for word in entry.hidden}, key=lambda w: (-len(w), w)
    )
    words = "|".join(map(re.escape, texts(_FILE, table)))
    return re.compile("|".join([*map(re.escape, hidden), f"({words})"]))
