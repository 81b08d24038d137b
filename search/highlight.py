"""Which words of a hit the query asked for: spans to mark, and the words themselves for the reason line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from search.words import fold
from tiaoli.records import Span


class Marked(NamedTuple):
    """What of a query stands in a text."""

    spans: tuple[Span, ...]  # of the text, apart from each other, in order
    words: tuple[str, ...]  # of the query, in its order, as the text has them


def mark(text: str, words: Sequence[str]) -> Marked:
    """Return where the words of a query stand in `text`; of a longer word that does not stand there, its longest pieces.

    >>> mark("执法人员应当持证上岗", ["持证", "上岗", "执法人员证"])
    Marked(spans=(Span(start=0, end=4), Span(start=6, end=10)), words=('持证', '上岗', '执法人员'))
    """
    folded = fold(text)
    places: list[tuple[int, int]] = []
    found: dict[str, None] = {}
    for word in words:
        for piece in [word] if word in folded else _pieces(word, folded):
            matches = [match.span() for match in re.finditer(_pattern(piece), folded)]
            places += matches
            found |= {piece: None} if matches else {}
    return Marked(tuple(_joined(sorted(places))), tuple(found))


def _pattern(piece: str) -> str:
    """A run of letters or digits matches only as a whole: 10 is not in 2010."""
    if piece.isascii() and piece.isalnum():
        return rf"(?<![0-9a-z]){piece}(?![0-9a-z])"
    return re.escape(piece)


def _pieces(word: str, text: str) -> list[str]:
    """Longest parts of at least two characters of `word` that stand in `text`, from the left."""
    if word.isascii():
        return []
    pieces, start = [], 0
    while start < len(word) - 1:
        end = next((e for e in range(len(word), start + 1, -1) if word[start:e] in text), None)
        if end is None:
            start += 1
        else:
            pieces.append(word[start:end])
            start = end
    return pieces


def _joined(places: Sequence[tuple[int, int]]) -> list[Span]:
    """Join places that overlap or touch."""
    spans: list[Span] = []
    for start, end in places:
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return spans
