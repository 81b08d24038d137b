"""The words that names of bodies are built of, from `body_names.toml`, as sets to look up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from tiaoli.lexicon import Word, entries, texts

# Classes of `jieba` whose words end a name that they stand before: prepositions, conjunctions, adverbs, pronouns,
# numerals, measures, particles, places in time and space, verbs, adjectives and what is no Chinese word.
_OUTSIDE_CLASSES = frozenset("pcdrmquyotfxekhavz")
_NOMINAL = frozenset({"vn", "an"})
_LIMITS = frozenset({"以上", "以下"})  # of 县级以上, 两个以上
_TWO_WORDS = 4  # characters: 严格遵守 is one word to jieba


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier(Word):
    """A word that limits whom a name means; nothing before one that comes `first` belongs to the name."""

    first: bool


class Part(Enum):
    """What a word before a head is to the name."""

    FIRST = "first"  # belongs to it and begins it
    INSIDE = "inside"
    OUTSIDE = "outside"


@cache
def part(word: str, word_class: str) -> Part:
    """Return what a word is to a name that it stands before, where it does not stand right before the bare head."""
    if (modifier := _modifiers().get(word)) is not None:
        return Part.FIRST if modifier.first else Part.INSIDE
    if word in levels() or word in _set("inner") or word in _LIMITS:
        return Part.INSIDE
    if word in _set("outside") or (len(word) == _TWO_WORDS and word[2:] in _set("outside") and word_class in "vdil"):
        return Part.OUTSIDE
    if word[0] in "该某" and word[1:] in levels():
        return Part.FIRST if word[0] == "该" else Part.INSIDE
    if word[0] == "各" or is_field(word):
        return Part.INSIDE
    outside = word_class[:1] in _OUTSIDE_CLASSES and word_class not in _NOMINAL
    return Part.OUTSIDE if outside else Part.INSIDE


def levels() -> frozenset[str]:
    """Return the words for levels of government: 省, 县级, 乡镇."""
    return _set("level")


def is_only_behind(word: str) -> bool:
    """Tell whether a word stands only behind another within a name: 以上 of 县级以上."""
    return word in _LIMITS


def is_outside(word: str) -> bool:
    """Tell whether a name ends before a word unless a bare head follows it."""
    return word in _set("outside")


def is_limit(word: str) -> bool:
    """Tell whether a word limits whom a name means: 有关, 县级."""
    return word in _modifiers() or word in levels()


def before_bare_head(word: str) -> bool:
    """Tell whether a verb belongs to a name right before a bare head: 使用 (单位)."""
    return word in _set("before_bare_head")


def field_start(text: str, end: int) -> int | None:
    """Return where the longest field of government (公安, 发展和改革) that ends at `end` begins, None where none does."""
    return _word_start("domain", text, end)


def field_stop(text: str, start: int) -> int | None:
    """Return where the longest field of government that begins at `start` ends, None where none does."""
    known = _set("domain")
    stops = range(min(len(text), start + _longest("domain")), start + 1, -1)
    return next((stop for stop in stops if text[start:stop] in known), None)


def is_field(text: str) -> bool:
    """Tell whether `text` is a field of government."""
    return text in _set("domain")


def ends_in_office(text: str) -> bool:
    """Tell whether `text` ends in what an office within a body is for."""
    return any(_word_start(table, text, len(text)) is not None for table in ("domain", "office"))


def is_deed(word: str) -> bool:
    """Tell whether a verb that may stand within a name says, before a party, what is done to it: 监督, 救助."""
    return word in _set("deed")


def engages(word: str) -> bool:
    """Tell whether a verb says that people are engaged, so that a deed behind it tells for what: 聘用 (评估专业人员)."""
    return word in _set("engages")


def belongs_to_a_deed(word: str) -> bool:
    """Tell whether a word is a verb that stands within names: 教育|培训 (机构) is a name, 教育|困难 (学生) is not."""
    return word in _set("inner") or word in _set("before_bare_head")


def _word_start(table: str, text: str, end: int) -> int | None:
    known = _set(table)
    starts = range(max(0, end - _longest(table)), end - 1)
    return next((start for start in starts if text[start:end] in known), None)


def begins_compound(text: str, start: int) -> bool:
    """Tell whether a word that begins with a head and names no body (政府采购) stands at `start`."""
    compounds = _set("compound")
    return any(text[start : start + length] in compounds for length in _lengths("compound"))


@cache
def words_unknown_to_jieba() -> tuple[str, ...]:
    """Return words that `jieba` would cut in two."""
    return texts("body_names", "word")


@cache
def _set(table: str) -> frozenset[str]:
    return frozenset(texts("body_names", table))


@cache
def _longest(table: str) -> int:
    return max(map(len, _set(table)))


@cache
def _lengths(table: str) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in _set(table)}))


@cache
def _modifiers() -> dict[str, Modifier]:
    return {word.text: word for word in entries("body_names", "modifier", Modifier)}
