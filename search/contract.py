"""What search takes and gives. Engines may change behind `Retriever`; nothing outside this room sees more than this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tiaoli.errors import TiaoliError
from tiaoli.records import Document, Hit

Numbers = NDArray[np.int64]  # passages, counted from 0 in one generation of the index
Values = NDArray[np.float32]
Mask = NDArray[np.bool_]  # one for each passage of a generation

Filters = Mapping[str, tuple[str, ...]]  # field → values; several values of a field mean “or”, several fields “and”


class BadFilter(TiaoliError):
    """A filter with an unknown field or value; the message lists the choices."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question: its words, what the answers are narrowed to, and which page of them is wanted."""

    text: str
    filters: Filters = field(default_factory=dict)
    limit: int = 10
    offset: int = 0
    at: date | None = None  # day for which the status counts; today where it is None
    facets: bool = False  # counting costs about as much again as the search


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages with their scores, best first, and what is needed to compare them with another retriever's."""

    numbers: Numbers
    values: Values
    mean: float = 0.0  # over all passages that were allowed, also those without a score
    deviation: float = 1.0
    matching: int = 0  # how many allowed passages have a score, also those behind the limit

    def z_scores(self) -> Values:
        """How far each score lies above the mean of all allowed passages, in standard deviations: fusion adds these."""
        scaled: Values = ((self.values - self.mean) / (self.deviation or 1.0)).astype(np.float32)
        return scaled


class Retriever(Protocol):
    """Anything that ranks passages for a text: lexical, dense, or a fusion of others."""

    def candidates(self, text: str, limit: int, allowed: Mask | None = None) -> Candidates:
        """Return at most `limit` passages out of those `allowed`, best first; equal scores in the order of documents."""
        ...


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: one page of hits, and what a screen shows around it."""

    hits: tuple[Hit, ...]
    total: int  # passages that share at least a term with the query, after the filters
    covering: int = 0  # those that hold most of the query: what the facets count; 0 where no facets were asked for
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)  # field → (value, count)
    notes: tuple[str, ...] = ()  # Chinese lines for the user: why nothing was found, what was understood
    documents: Mapping[str, Document] = field(default_factory=dict)  # those of the hits, with their status at the day
