"""How alike two texts are: the pairs of neighbouring characters that they share, rare ones counting more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy import sparse

from compare.units import plain

Grams = Counter[str]
LEAST = 0.1  # likeness below which two texts have nothing to do with each other
_FEW = 2500  # pairs of texts that are compared one by one
_KEPT = 30  # candidates of a text, where there are many texts
_ROWS = 512  # texts compared at a time, which bounds memory
_DIGITS = 6  # of a likeness: sums in another order agree in so many
_NO_LETTER = re.compile(r"\W")


class Edge(NamedTuple):
    """Text `old` and text `new`, by their places, and how alike they are, from 0 to 1."""

    old: int
    new: int
    score: float


@dataclass(frozen=True, slots=True)
class Text:
    """What a text is recognised by: how often it has each pair of letters, and the same as a vector of length one."""

    grams: Grams
    vector: Mapping[str, float]


def grams(text: str) -> Grams:
    """Return the pairs of neighbouring letters of `text`, its ends included, and how often each occurs."""
    letters = f"^{_NO_LETTER.sub('', plain(text))}$"
    return Counter(map("".join, pairwise(letters)))


def together(parts: Sequence[Grams]) -> Grams:
    """Return the pairs of letters of several texts."""
    if len(parts) == 1:
        return parts[0]
    whole = Grams()
    for part in parts:
        whole.update(part)
    return whole


class Likeness:
    """Weighs pairs of letters by how rare they are among the texts given."""

    def __init__(self, texts: Sequence[Grams]) -> None:
        """Count in how many of `texts` each pair occurs."""
        count = Counter(gram for text in texts for gram in text)
        self._columns = {gram: column for column, gram in enumerate(sorted(count))}
        self._texts = count
        self._weights = {gram: math.log((len(texts) + 1) / n) for gram, n in count.items()}
        self._unseen = math.log(len(texts) + 1)

    def text(self, grams: Grams) -> Text:
        """Return a text; pairs that none of the texts given has weigh as much as those that one of them has."""
        values = {gram: math.sqrt(n) * self._weights.get(gram, self._unseen) for gram, n in grams.items()}
        length = math.sqrt(math.fsum(value * value for value in values.values())) or 1.0
        return Text(grams, {gram: value / length for gram, value in values.items()})

    def weight(self, grams: Grams) -> float:
        """Return how much a text weighs."""
        return math.fsum(self._weights[gram] * n for gram, n in grams.items())

    def covered(self, grams: Grams, by: Grams) -> float:
        """Return the share of a text that occurs in another one too, by weight."""
        whole = self.weight(grams)
        return self.weight(grams & by) / whole if whole else 0.0

    def own(self, one: Grams, other: Grams, texts: int) -> bool:
        """Return whether two texts share words that so many texts have at most, the two among them."""
        return any(self._texts[gram] <= texts for gram in one.keys() & other.keys())

    def edges(self, old: Sequence[Text], new: Sequence[Text]) -> list[Edge]:
        """Return the pairs of texts that have something in common; of very many, the best of each text."""
        if len(old) * len(new) > _FEW:
            return self._edges_of_many(old, new)
        pairs = ((i, j, alike(one, other)) for i, one in enumerate(old) for j, other in enumerate(new))
        return [Edge(i, j, score) for i, j, score in pairs if score >= LEAST]

    def _edges_of_many(self, old: Sequence[Text], new: Sequence[Text]) -> list[Edge]:
        left, right = self._matrix(old), self._matrix(new).T.tocsc()
        blocks = [_at_least(left[start : start + _ROWS] @ right) for start in range(0, len(old), _ROWS)]
        scores = sparse.vstack(blocks).tocoo()
        values = scores.data.round(_DIGITS)
        best_of_old = _nth_best(scores.row, values, len(old))
        best_of_new = _nth_best(scores.col, values, len(new))
        kept = (values >= best_of_old[scores.row]) | (values >= best_of_new[scores.col])
        found = zip(scores.row[kept].tolist(), scores.col[kept].tolist(), values[kept].tolist(), strict=True)
        return [Edge(*edge) for edge in found]

    def _matrix(self, texts: Sequence[Text]) -> sparse.csr_matrix:
        columns = [self._columns[gram] for text in texts for gram in text.vector]
        values = [value for text in texts for value in text.vector.values()]
        rows = np.cumsum([0, *(len(text.vector) for text in texts)])
        return sparse.csr_matrix((values, columns, rows), shape=(len(texts), len(self._columns)))


def alike(one: Text, other: Text) -> float:
    """Return how alike two texts are, from 0 to 1."""
    few, many = sorted((one.vector, other.vector), key=len)
    return min(1.0, round(math.fsum(value * many[gram] for gram, value in few.items() if gram in many), _DIGITS))


def _at_least(scores: sparse.csr_matrix) -> sparse.csr_matrix:
    scores.data[scores.data < LEAST] = 0.0
    scores.eliminate_zeros()
    return scores


def _nth_best(places: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """Return for each text the score that its candidates need."""
    order = np.lexsort((-values, places))
    starts = np.searchsorted(places[order], np.arange(count))
    ends = np.searchsorted(places[order], np.arange(count), side="right")
    least = np.zeros(count)
    many = ends - starts > _KEPT
    least[many] = values[order][starts[many] + _KEPT - 1]
    return least
