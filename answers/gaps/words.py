"""The words by which gaps and overlaps are told, from `lexicon/gaps.toml`: patterns with examples under test."""

from __future__ import annotations

import re
from functools import cache

from tiaoli.lexicon import Word, entries


@cache
def pattern(table: str) -> re.Pattern[str]:
    """Return what matches any pattern of a table."""
    return re.compile("|".join(f"(?:{word.text})" for word in entries("gaps", table, Word)))
