"""Sentences of a clause and their parts: what stands between full stops and semicolons, and between commas.

What stands in brackets or quotation marks is masked: it neither ends a sentence nor lays anything on anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiaoli.records import Span

MASK = "□"
_INNER = re.compile(
    r"[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）]|《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]*”|\"[^\"]{0,60}\"|〔[^〔〕]*〕|【[^【】]*】|「[^「」]*」"
)
_STOP = re.compile(
    r"[。；;！!？?]+\n*|(?<=[：:])\n+|\n+(?=\s*(?:[一二三四五六七八九十0-9]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[-—]))|\n{2,}"
)
_COMMA = re.compile(r"[，,]")
_BLANK = re.compile(r"[ \u3000\t\n]")


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two commas of a sentence: its span in the document and its masked words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch up to a full stop or semicolon, without it, and the mark that ends it."""

    parts: tuple[Part, ...]
    stop: str

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where it ends in the document, its final mark not counted."""
        return self.parts[-1].end


def masked(text: str) -> str:
    """Return `text` with the words in brackets and quotation marks masked; every position keeps its place."""
    return _INNER.sub(lambda found: found[0][0] + MASK * (len(found[0]) - 2) + found[0][-1], text)


def sentences(text: str, start: int, end: int, asides: Sequence[Span] = ()) -> Iterator[Sentence]:
    """Yield the sentences of a stretch of a document, those without words left out; `asides` within it are none.

    An aside, such as the bodies that a bracket makes responsible, ends the sentence before it.
    """
    shade = masked(text[start:end])
    for aside in asides:
        first, last = aside.start - start, aside.end - start
        shade = shade[:first] + "。" * (last - first) + shade[last:]
    at = 0
    for stop in (*_STOP.finditer(shade), None):
        last = stop.start() if stop else len(shade)
        parts = tuple(_parts(shade, at, last, start))
        if parts:
            yield Sentence(parts, stop[0] if stop else "")
        at = stop.end() if stop else last


def _parts(shade: str, start: int, end: int, base: int) -> Iterator[Part]:
    at = start
    for comma in (*_COMMA.finditer(shade, start, end), None):
        last = comma.start() if comma else end
        first, stop = at, last
        while first < stop and _BLANK.match(shade[first]):
            first += 1
        while stop > first and (_BLANK.match(shade[stop - 1]) or shade[stop - 1] in ":："):
            stop -= 1
        if first < stop:
            yield Part(base + first, base + stop, shade[first:stop])
        at = comma.end() if comma else last
