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
from search.words import is_single, query_terms

K1, B = 1.2, 0.75
MOST_TERMS = 160  # of a pasted paragraph the rarest count; more terms cost time and change the first ranks no more


def idf(total: int, holding: int) -> float:
    """Weight of a term that `holding` of `total` passages hold, as in Lucene.

    >>> round(idf(3, 1), 4)
    0.9808
    """
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


class _Term(NamedTuple):
    weight: float
    places: Sequence[tuple[Part, int]]  # parts of the index that hold the term, and its place in each

    def matches(self) -> Iterator[tuple[Part, NDArray[np.uint32], NDArray[np.uint16]]]:
        """The passages of each part that hold the term, and how often."""
        for part, at in self.places:
            held = part.segment.postings
            span = slice(int(held.starts[at]), int(held.starts[at + 1]))
            yield part, held.passages[span], held.counts[span]


class LexicalRetriever:
    """Ranks the passages of one generation."""

    def __init__(self, generation: Generation) -> None:
        """Take the generation; the arrays that every query needs are made once."""
        self._generation = generation
        lengths = generation.lengths
        self._alive: Mask = lengths > 0
        self._total = int(np.count_nonzero(lengths))
        mean = float(lengths.sum(dtype=np.int64)) / max(self._total, 1) or 1.0
        self._norms = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)

    def candidates(self, text: str, limit: int, allowed: Mask | None = None) -> Candidates:
        """Return the best `limit` passages that share a term with the query."""
        scores = self.scores(text)
        return best(scores, limit, self._alive if allowed is None else allowed & self._alive, self._generation)

    def scores(self, text: str) -> Values:
        """Return the score of every passage, 0 where it shares no term or is gone."""
        scores = np.zeros(self._generation.size, np.float32)
        for term in self._terms(text):
            weight = np.float32(term.weight)
            for part, passages, counts in term.matches():
                own, norms = part.slice_of(scores), part.slice_of(self._norms)
                own[passages] += weight * counts / (counts + norms[passages])
        scores[~self._alive] = 0
        return scores

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

    def _terms(self, text: str, *, longer: bool = False) -> list[_Term]:
        """Return the terms of the query that the index holds; of very many those with the most weight."""
        found = []
        for key, count in query_terms(text).items():
            places = () if longer and is_single(key) else self._generation.places_of(key)
            holding = sum(part.frequency(at) for part, at in places)
            if holding:
                found.append(_Term(count * idf(self._total, holding), places))
        if len(found) > MOST_TERMS:
            strongest = sorted(range(len(found)), key=lambda i: (-found[i].weight, i))[:MOST_TERMS]
            found = [found[i] for i in sorted(strongest)]
        return found


def best(scores: Values, limit: int, allowed: Mask, generation: Generation) -> Candidates:
    """Return the `limit` allowed passages with the highest scores above 0; equal ones in the order of documents."""
    values = np.where(allowed, scores, np.float32(0))
    numbers = np.flatnonzero(values)
    matching = len(numbers)
    if matching > limit > 0:
        least = np.partition(values[numbers], matching - limit)[matching - limit]
        numbers = numbers[values[numbers] >= least]  # with all that tie for the last rank
    numbers = numbers[np.lexsort((generation.in_order(numbers), -values[numbers]))][: max(limit, 0)]
    among = values[allowed]
    mean, deviation = (
        (float(among.mean(dtype=np.float64)), float(among.std(dtype=np.float64))) if len(among) else (0.0, 1.0)
    )
    return Candidates(numbers, values[numbers], mean, deviation, matching)
