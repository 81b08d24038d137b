"""A stretch of text as words with their places, and what the words are to names of bodies."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

import rjieba

from ingest.bodies import words
from tiaoli.body_kinds import head_of, heads
from tiaoli.lexicon import texts

_TOGETHER = re.compile("(?<=委)(?=会同(?!意))")  # 改革委|会同, which jieba reads as 革委会|同
_OFTEN = 100_000  # as frequency of a word: more often than any reading of it as two

Token = tuple[str, str]


class Tokens:
    """A stretch of text as words with their classes and places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = [token for piece in _TOGETHER.split(text) for token in _jieba().tag(piece, False)]
        self.starts: list[int] = [0]
        for word, _ in self.tokens:
            self.starts.append(self.starts[-1] + len(word))

    def word_at(self, place: int) -> int | None:
        """Return the word that begins at a place; None where the place is within a word."""
        index = bisect_left(self.starts, place)
        return index if self.starts[index] == place else None

    def field_before(self, end: int) -> int | None:
        """Return the first word of the field of government that ends at `end`."""
        start = words.field_start(self.text, end)
        return None if start is None else self.word_at(start)

    def class_after(self, last: int) -> str:
        """Return the class of the word behind `last`, nothing at the end."""
        return self.tokens[last + 1][1] if last + 1 < len(self.tokens) else ""


def is_level(word: str) -> bool:
    """Tell whether a word is a level of government, or a government of one: 区, 区政府."""
    return word in words.levels() or (word[:1] in words.levels() and word[1:] in ("政府", "人民政府"))


def is_bare(word: str) -> bool:
    """Tell whether a word is a head that a verb may stand before: 单位 of 生产单位."""
    return word in heads() and heads()[word].joins_verb


def is_public_end(word: str) -> bool:
    """Tell whether a word ends in the head of a public body."""
    head = head_of(word)
    return head is not None and head.public


@cache
def _jieba() -> rjieba.Jieba:
    jieba = rjieba.Jieba()
    for word in (*words.words_unknown_to_jieba(), *texts("issuers", "national")):
        jieba.add_word(word, _OFTEN, "n")
    return jieba
