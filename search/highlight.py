"""Which words of a hit the query asked for: spans to mark, and the words themselves for the reason line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from search.words import fold
from tiaoli.records import Span

_LONGEST_RUN = 12  # words of a pasted text that are looked for in one piece


class Marked(NamedTuple):
    """What of a query stands in a text."""

    spans: tuple[Span, ...]  # of the text, apart from each other, in order
    words: tuple[str, ...]  # of the query, in its order, as the text has them


def mark(text: str, phrases: Sequence[Sequence[str]]) -> Marked:
    """Return where the phrases of a query stand in `text`: of each the longest runs of words, of a word its longest pieces.

    >>> mark("执法人员应当持证上岗", [("持证", "上岗"), ("执法人员", "证件")])
    Marked(spans=(Span(start=0, end=4), Span(start=6, end=10)), words=('持证上岗', '执法人员'))
    """
    folded = fold(text)
    places: list[tuple[int, int]] = []
    found: dict[str, None] = {}
    single = all(len(word) == 1 for words in phrases for word in words)
    for piece in itertools.chain.from_iterable(_runs(words, folded, single) for words in phrases):
        matches = [match.span() for match in re.finditer(_pattern(piece), folded)]
        places += matches
        found |= {piece: None} if matches else {}
    return Marked(tuple(_joined(sorted(places))), tuple(found))


def _runs(words: Sequence[str], text: str, single: bool) -> Iterator[str]:
    """Longest runs of neighbouring words that stand in `text`; a character alone only where the query has nothing longer."""
    start = 0
    while start < len(words):
        joined = list(itertools.accumulate(words[start : start + _LONGEST_RUN]))
        end = next((n for n in range(len(joined), 0, -1) if joined[n - 1] in text), 0)
        if end == 0:
            yield from _pieces(words[start], text)
        elif len(joined[end - 1]) > 1 or single:
            yield joined[end - 1]
        start += end or 1


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
