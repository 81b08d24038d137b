"""From text to terms: single characters, pairs of neighbours and longer words, each as one 64-bit key.

The only module that knows the word segmenter. Keys are numbers so that a whole corpus is counted by array operations;
a hash of 62 bits makes a clash among some million words improbable (about one in a million).
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

try:
    from rjieba import cut
except ImportError:  # the same words, ten times slower
    from jieba import lcut as cut  # type: ignore[no-redef,unused-ignore]

Keys = NDArray[np.uint64]

WORDS_VERSION = 1  # raise it when the same text gives other terms: indexes are then built anew
STOP_CHARACTERS = frozenset("的了是吗呢吧啊么嘛")

_PAIR, _WORD = 1 << 62, 1 << 63
_SHIFT = np.uint64(21)  # a code point has at most 21 bits
_OTHER, _SIGN, _LATIN = 0, 1, 2  # punctuation and blanks; what stands alone as a term; letters and digits in runs
_FIRST_ASTRAL_HAN, _LAST_ASTRAL_HAN = 0x20000, 0x3FFFF


# Words of questions that are not worth marking in an answer.
_EMPTY_WORDS = frozenset(
    {
        "什么",
        "怎么",
        "怎样",
        "怎么样",
        "怎么办",
        "如何",
        "是否",
        "是不是",
        "可以",
        "能否",
        "能不能",
        "哪些",
        "哪个",
        "多少",
    }
    | {
        "为什么",
        "为何",
        "请问",
        "应该",
        "有没有",
        "要不要",
        "一个",
        "我们",
        "他们",
        "你们",
        "自己",
        "以及",
        "或者",
        "如果",
    }
    | {"因为", "但是", "对于", "关于", "这个", "那个"}
)
_MEANT = frozenset({"目的", "标的", "了解", "了结", "终了"})  # words for all that they hold a stop character


class Terms(NamedTuple):
    """Terms of several texts: `keys[i]` stands in text number `owners[i]`; those of one key are in the order of texts."""

    keys: Keys
    owners: NDArray[np.uint32]


@functools.cache
def _classes() -> NDArray[np.uint8]:
    classes = np.fromiter((_SIGN if chr(c).isalnum() else _OTHER for c in range(0x10000)), np.uint8, 0x10000)
    for first, last in ("09", "az", "AZ"):
        classes[ord(first) : ord(last) + 1] = _LATIN
    return classes


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def _classes_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    found = _classes()[np.minimum(codes, 0xFFFF)]
    found[codes > 0xFFFF] = _OTHER
    found[(codes >= _FIRST_ASTRAL_HAN) & (codes <= _LAST_ASTRAL_HAN)] = _SIGN
    return found


def fold(text: str) -> str:
    """Return `text` as it is compared, character for character: half-width forms, small Latin letters.

    >>> fold("ＰＭ２．５（A类）")
    'pm2.5(a类)'
    """
    codes = _codes(text).copy()
    wide = (codes >= 0xFF01) & (codes <= 0xFF5E)
    codes[wide] -= 0xFEE0
    codes[(codes >= ord("A")) & (codes <= ord("Z"))] += 32
    return codes.tobytes().decode("utf-32-le")


@functools.lru_cache(maxsize=1 << 18)
def _hashed(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) >> 2 | _WORD


def terms_of(texts: Sequence[str]) -> Terms:
    """Return all terms of `texts`, repeated as often as they stand there. Blanks do not part neighbours."""
    folded = ["".join(fold(text).split()) for text in texts]
    joined = "\n".join(folded)
    codes = _codes(joined)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint32), [len(t) + 1 for t in folded])[: len(codes)]
    keys, places = _all_keys(joined, codes)
    return Terms(keys, owners[places])


def _all_keys(joined: str, codes: NDArray[np.uint32]) -> tuple[Keys, NDArray[np.int64]]:
    """Keys of all terms and where each begins. Each of the three kinds is in text order, and no two share a key."""
    classes = _classes_of(codes)
    signs = np.flatnonzero(classes == _SIGN)
    wide = codes.astype(np.uint64)
    pairs = signs[:-1][np.diff(signs) == 1]
    words, begins = _word_keys(joined, classes)
    pair_keys = wide[pairs] << _SHIFT | wide[pairs + 1] | np.uint64(_PAIR)
    return np.concatenate([wide[signs], pair_keys, words]), np.concatenate([signs, pairs, begins])


def _word_keys(joined: str, classes: NDArray[np.uint8]) -> tuple[Keys, NDArray[np.int64]]:
    """Words of more than two characters, and runs of letters and digits."""
    lengths = np.fromiter(map(len, words := cut(joined)), np.int64, len(words))
    begins = np.cumsum(lengths) - lengths
    long = np.flatnonzero(lengths > 2)
    long = long[(classes[begins[long]] == _SIGN) & (classes[begins[long] + lengths[long] - 1] == _SIGN)]
    found = [(int(begins[i]), words[i]) for i in long]
    found += [(start, joined[start:end]) for start, end in _runs(classes == _LATIN)]
    found.sort()
    keys = np.fromiter((_hashed(word) for _, word in found), np.uint64, len(found))
    return keys, np.fromiter((start for start, _ in found), np.int64, len(found))


def _runs(inside: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(inside.view(np.int8), prepend=0, append=0))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def query_terms(text: str) -> dict[int, int]:
    """Return the terms of a query with their counts, in the order of the text, without what says nothing.

    Function words go, and pairs that hold one unless the pair is a word (目的, 标的). Where nothing else is left they stay.
    """
    folded = " ".join(fold(text).split())
    keys, places = _all_keys(folded, _codes(folded))
    spoken = _spoken(folded)
    wanted: dict[int, int] = {}
    everything: dict[int, int] = {}
    for key, place in zip(keys.tolist(), places.tolist(), strict=True):
        everything[key] = everything.get(key, 0) + 1
        length = 1 if key < _PAIR else 2
        if key >= _WORD or not STOP_CHARACTERS & set(folded[place : place + length]) or (place, length) in spoken:
            wanted[key] = wanted.get(key, 0) + 1
    return wanted or everything


def is_single(key: int) -> bool:
    """Whether a term is one character."""
    return key < _PAIR


def is_word(key: int) -> bool:
    """Whether a term is a word of more than two characters, or a run of letters and digits."""
    return key >= _WORD


def _spoken(folded: str) -> set[tuple[int, int]]:
    """Where words of two characters stand that hold a stop character and mean something all the same."""
    found, at = set(), 0
    for word in cut(folded):
        if len(word) == 2 and word in _MEANT:
            found.add((at, 2))
        at += len(word)
    return found


def phrases_of(text: str) -> list[tuple[str, ...]]:
    """Return what of a query is worth marking: runs of words, folded, parted by signs and by words that say nothing.

    >>> phrases_of("执法人员的持证上岗要求是什么")
    [('执法人员',), ('持证', '上岗', '要求')]
    """
    phrases: list[tuple[str, ...]] = []
    run: list[str] = []
    for word in [*cut(fold(text)), ""]:
        if any(c.isalnum() for c in word) and word not in _EMPTY_WORDS and not set(word) <= STOP_CHARACTERS:
            run.append(word)
        elif run:
            phrases.append(tuple(run))
            run = []
    if not phrases:
        phrases = [(word,) for word in cut(fold(text)) if any(c.isalnum() for c in word)]
    return list(dict.fromkeys(phrases))
