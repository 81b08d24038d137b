"""BM25 over characters, pairs of characters and longer words of title, headings and text.

The scores are exact: lengths are not quantised, and documents that are gone count neither for the frequency of terms nor
for the mean length. So an index that grew by updates gives the same values as one built anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.contract import Candidates, Mask, Values
from search.generation import Generation, Part
from search.words import is_single, is_word, query_terms

K1, B = 1.2, 0.75
MOST_TERMS = 160  # of a pasted paragraph the rarest count; more terms cost time and change the first ranks no more
_COMMON = 16  # a term is common that more than one passage in so many holds
_MOST_COMMON_BYTES = 64 * 1024 * 1024


def idf(total: int, holding: int) -> float:
    """Weight of a term that `holding` of `total` passages hold, as in Lucene.

    >>> round(idf(3, 1), 4)
    0.9808
    """
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


class _Term(NamedTuple):
    key: int
    weight: float
    holding: int  # number of passages that hold it
    places: Sequence[tuple[Part, int]]  # parts of the index that hold it, and its place in each

    def matches(self) -> Iterator[tuple[Part, NDArray[np.uint32], NDArray[np.uint16]]]:
        """The passages of each part that hold the term, and how often."""
        for part, at in self.places:
            held = part.segment.postings
            span = slice(int(held.starts[at]), int(held.starts[at + 1]))
            yield part, held.passages[span], held.counts[span]


class LexicalRetriever:
    """Ranks the passages of one generation. Threads may share it."""

    def __init__(self, generation: Generation) -> None:
        """Take the generation; the arrays that every query needs are made once."""
        self._generation = generation
        lengths = generation.lengths
        self._alive: Mask = lengths > 0
        self._total = int(np.count_nonzero(lengths))
        mean = float(lengths.sum(dtype=np.int64)) / max(self._total, 1) or 1.0
        self._norms = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
        self._common: dict[int, Values] = {}  # what common terms give each passage, for those asked for last

    def candidates(self, text: str, limit: int, allowed: Mask | None = None) -> Candidates:
        """Return the best `limit` passages that share a term with the query."""
        scores = self.scores(text)
        return best(scores, limit, self._alive if allowed is None else allowed & self._alive, self._generation)

    def scores(self, text: str) -> Values:
        """Return the score of every passage, 0 where it shares no term or is gone."""
        scores = np.zeros(self._generation.size, np.float32)
        for term in self._terms(text):
            weight = np.float32(term.weight)
            if term.holding * _COMMON > self._total:
                scores += weight * self._common_saturations(term)
                continue
            for part, passages, counts in term.matches():
                part.slice_of(scores)[passages] += weight * self._saturations(part, passages, counts)
        scores[~self._alive] = 0
        return scores

    def _saturations(self, part: Part, passages: NDArray[np.uint32], counts: NDArray[np.uint16]) -> Values:
        """What a term gives to passages before it is weighed: near 1 where it stands often in a short text."""
        times = counts.astype(np.float32)
        saturations: Values = times / (times + part.slice_of(self._norms)[passages])
        return saturations

    def _common_saturations(self, term: _Term) -> Values:
        """The same for all passages. Adding up whole arrays is quicker than picking many passages out of one."""
        if (found := self._common.get(term.key)) is not None:
            return found
        found = np.zeros(self._generation.size, np.float32)
        for part, passages, counts in term.matches():
            part.slice_of(found)[passages] = self._saturations(part, passages, counts)
        if len(self._common) * found.nbytes > _MOST_COMMON_BYTES:
            self._common = {}  # begun anew: simpler than to know which was asked for last, and as quick on the whole
        self._common[term.key] = found
        return found

    def coverage(self, text: str) -> Values:
        """Return which share of the query each passage holds, by the weight of its terms: 1 where it holds all.

        Single characters match by chance, so they count only where the query is nothing else.
        """
        terms = self._terms(text, longer=True) or self._terms(text)
        covered = np.zeros(self._generation.size, np.float32)
        for term in terms:
            for part, passages, _ in term.matches():
                part.slice_of(covered)[passages] += np.float32(term.weight)
        covered[~self._alive] = 0
        return covered / np.float32(sum(term.weight for term in terms) or 1)

    @property
    def owners(self) -> NDArray[np.int32]:
        """Place of each passage's document among the documents of the generation."""
        return self._generation.owners

    def holding(self, words: str) -> Mask:
        """Return which passages hold words as they stand, pair of characters by pair; a single character by itself."""
        found = self._alive.copy()
        keys = [key for key in query_terms(words) if not is_single(key) and not is_word(key)]
        for key in keys or list(query_terms(words)):
            one = np.zeros(self._generation.size, np.bool_)
            for part, at in self._generation.places_of(key):
                held = part.segment.postings
                part.slice_of(one)[held.passages[int(held.starts[at]) : int(held.starts[at + 1])]] = True
            found &= one
        return found

    def rarity(self, words: str) -> float:
        """Return how rare words are among the passages, 0 where none holds them."""
        count = int(np.count_nonzero(self.holding(words)))
        return idf(self._total, count) if count else 0.0

    def _terms(self, text: str, *, longer: bool = False) -> list[_Term]:
        """Return the terms of the query that the index holds; of very many those with the most weight."""
        found = []
        for key, count in query_terms(text).items():
            places = () if longer and is_single(key) else self._generation.places_of(key)
            holding = sum(part.frequency(at) for part, at in places)
            if holding:
                found.append(_Term(key, count * idf(self._total, holding), holding, places))
        if len(found) > MOST_TERMS:
            strongest = sorted(range(len(found)), key=lambda i: (-found[i].weight, i))[:MOST_TERMS]
            found = [found[i] for i in sorted(strongest)]
        return found


def best(scores: Values, limit: int, allowed: Mask, generation: Generation) -> Candidates:
    """Return the `limit` allowed passages with the highest scores above 0; equal ones in the order of documents."""
    values = np.where(allowed, scores, np.float32(0))
    matching, size = int(np.count_nonzero(values)), len(values)
    least = np.partition(values, size - limit)[size - limit] if matching > limit > 0 else np.float32(0)
    numbers = np.flatnonzero(values >= least if least else values)  # with all that tie for the last rank
    numbers = numbers[np.lexsort((generation.in_order(numbers), -values[numbers]))][: max(limit, 0)]
    among = max(int(np.count_nonzero(allowed)), 1)
    mean = float(values.sum(dtype=np.float64)) / among
    deviation = math.sqrt(max(float(np.dot(values, values)) / among - mean * mean, 0.0))
    return Candidates(numbers, values[numbers], mean, deviation, matching)
