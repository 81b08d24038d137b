"""How much of what one text says another says too: shared pairs of characters, blind to small changes of wording."""

from __future__ import annotations

import re
from functools import lru_cache

from answers.gaps.words import pattern

_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")


@lru_cache(maxsize=20_000)
def pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters of a text without the words that every provision has.

    >>> sorted(pairs("应当修缮房屋"))
    ['修缮', '房屋', '缮房']
    """
    parts = _SIGNS.split(pattern("formal").sub("，", text))
    return frozenset(part[n : n + 2] for part in parts for n in range(len(part) - 1))


def share(small: str, large: str) -> float:
    """Return which share of the pairs of `small` stand in `large` too, 0 where `small` says nothing."""
    wanted = pairs(small)
    return len(wanted & pairs(large)) / len(wanted) if wanted else 0.0
