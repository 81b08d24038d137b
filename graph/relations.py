"""What the words of a norm say of other bodies: with whom its bearer works, to whom it reports, whom it supervises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tiaoli.lexicon import Word, entries

_BODY = "\ue000"  # stands for a body in the words of a norm
_LIST = rf"(?P<bodies>{_BODY}(?:等?(?:、|和|及其|及|与|或者|或|以及|，){_BODY})*)"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationWords(Word):
    """A way to say how two bodies stand to one another; `text` is a regular expression with B for the other body."""

    kind: str


class Named(NamedTuple):
    """A body named in the words of a norm: from where to where, and its id."""

    start: int
    end: int
    body_id: str


class Relation(NamedTuple):
    """How the bearer of a norm stands to another body, and the pattern that says so."""

    kind: str
    body_id: str
    rule: str


def relations(words: str, named: Sequence[Named]) -> Iterator[Relation]:
    """Yield what `words` say of the bodies that stand in them, each body once for each kind.

    `named` are in the order of the words and do not overlap.
    """
    seen = set()
    marked = _marked(words, named)
    for word, pattern in _patterns():
        for found in pattern.finditer(marked):
            for n in _numbers(marked, found):
                if (key := (word.kind, named[n].body_id)) not in seen:
                    seen.add(key)
                    yield Relation(word.kind, named[n].body_id, word.text)


def _marked(words: str, named: Iterable[Named]) -> str:
    """Put one mark for each body."""
    parts, at = [], 0
    for one in named:
        parts += [words[at : one.start], _BODY]
        at = one.end
    return "".join((*parts, words[at:])).replace("\n", "")


def _numbers(marked: str, found: re.Match[str]) -> range:
    """Which of the bodies, in their order, a match is about."""
    first = marked.count(_BODY, 0, found.start("bodies"))
    return range(first, first + found["bodies"].count(_BODY))


@cache
def _patterns() -> tuple[tuple[RelationWords, re.Pattern[str]], ...]:
    words = entries("relations", "relation", RelationWords)
    return tuple((word, re.compile(word.text.replace("B", _LIST))) for word in words)
