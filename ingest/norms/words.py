"""The words of `lexicon/norms.toml` as patterns: where a text has them, and not a longer word that hides them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tiaoli.lexicon import Word, entries, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Hideable(Word):
    """A word that is none within certain longer words."""

    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Modal(Hideable):
    """A word by which a norm is laid on somebody."""

    kind: str  # duty, prohibition, permission, right
    strength: str | None = None
    opens: bool = False  # counts only at the head of a part of a sentence
    weak: bool = False  # begins no unit behind another modal word
    short: str = ""  # the modal word within a longer one: 不得 of 不得少于


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(Word):
    """A pattern of what follows a breach."""

    strong: bool = False  # a liability even under 应当


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerWord(Hideable):
    """A word of an action that tells the type of the power."""

    type: str
    weak: bool = False  # counts in a liability only where no other type is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust(Word):
    """How often norms of a rule and kind are right."""

    value: float


_UNMEASURED = 0.5

RECORDS: dict[str, type[Word]] = {
    "modal": Modal,
    "breach": Hideable,
    "power_type": PowerWord,
    "consequence": Consequence,
    "trust": Trust,
}  # of the tables whose entries say more than a word


def finds(table: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a table in `text` from left to right, the longest at each place: start, end, word.

    A word within a longer one that hides it is none, also where two such words share a character: 境|内需|要.
    """
    hidden, over = _hidden(table), 0
    for match in _pattern(table).finditer(text):
        if match[0] in hidden:
            inside = (_hiding(table).match(text, at) for at in range(match.start() + 1, match.end()))
            over = max((longer.end() for longer in inside if longer), default=0)
        elif match.end() > over:
            yield match.start(), match.end(), match[0]


def first(table: str, text: str) -> str | None:
    """Return the first word of a table in `text`, or None."""
    return next((word for _, _, word in finds(table, text)), None)


def trust(rule: str, kind: str) -> float:
    """Return how often norms that a rule finds are of the kind that it says, from 0 to 1."""
    return _trusted().get(f"{rule}·{kind}", _UNMEASURED)


@cache
def _trusted() -> dict[str, float]:
    return {entry.text: entry.value for entry in entries("norms", "trust", Trust)}


@cache
def by_text(table: str) -> dict[str, Hideable]:
    """Return the entries of a table whose words others may hide, by their words."""
    match table:
        case "modal":
            return dict(modals())
        case "power_type":
            return {entry.text: entry for entry in entries("norms", table, PowerWord)}
    return {entry.text: entry for entry in entries("norms", table, Hideable)}


@cache
def modals() -> dict[str, Modal]:
    """Return the modal words."""
    return {entry.text: entry for entry in entries("norms", "modal", Modal)}


@cache
def texts_of(table: str) -> frozenset[str]:
    """Return the words of a table."""
    return frozenset(texts("norms", table))


def after_adverbs(text: str, at: int = 0) -> int:
    """Return where the adverbs of two characters and more end that stand from position `at` on; `at` where none does."""
    while (found := _adverbs_in_front().match(text, at)) is not None:
        at = found.end()
    return at


def before_adverbs(text: str) -> int:
    """Return where the adverbs begin with which `text` ends; its length where it ends otherwise."""
    end = len(text)
    while (found := _adverbs_behind().search(text, 0, end)) is not None:
        end = found.start()
    return end


@cache
def _adverbs_in_front() -> re.Pattern[str]:
    return _longest_of(word for word in texts_of("adverb") if len(word) > 1)


@cache
def _adverbs_behind() -> re.Pattern[str]:
    return re.compile(f"(?:{_longest_of(texts_of('adverb')).pattern})$")


def is_stative(text: str) -> bool:
    """Tell whether the words say how something is."""
    return any(pattern.search(text) for pattern in _statives())


@cache
def _statives() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry.text) for entry in entries("norms", "stative", Word))


def consequence(text: str) -> tuple[int, bool] | None:
    """Return where the first consequence of a breach begins in `text`, and whether any in it is a strong one; or None."""
    found = [(match.start(), strong) for pattern, strong in _consequences() for match in pattern.finditer(text)]
    return (min(at for at, _ in found), any(strong for _, strong in found)) if found else None


@cache
def _consequences() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((re.compile(entry.text), entry.strong) for entry in entries("norms", "consequence", Consequence))


def power_type(action: str) -> str | None:
    """Return the type of power that the words of an action tell: the first that occurs in it."""
    word = first("power_type", action)
    return None if word is None else _power_words()[word].type


def liability_type(action: str) -> str:
    """Return the type of a liability: 处分问责 before 行政处罚 before 行政强制, whatever their order in the words."""
    entries_ = [entry for _, _, word in finds("power_type", action) if (entry := _power_words()[word])]
    strong = {entry.type for entry in entries_ if not entry.weak}
    told = next((kind for kind in ("处分问责", "行政处罚", "行政强制") if kind in strong), None)
    return told or ("处分问责" if any(entry.weak for entry in entries_) else "其他")


@cache
def _power_words() -> dict[str, PowerWord]:
    return {entry.text: entry for entry in entries("norms", "power_type", PowerWord)}


@cache
def _hidden(table: str) -> frozenset[str]:
    return frozenset(word for entry in by_text(table).values() for word in entry.hidden) - by_text(table).keys()


@cache
def _pattern(table: str) -> re.Pattern[str]:
    return _longest_of({*by_text(table), *_hidden(table)})


@cache
def _hiding(table: str) -> re.Pattern[str]:
    return _longest_of(_hidden(table))


def _longest_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of the words that takes the longest of those that begin at a place."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)")
