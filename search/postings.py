"""Which passages hold a term and how often, as flat arrays; counting, joining and keeping them.

`terms` is sorted; the passages of `terms[i]` are `passages[starts[i]:starts[i + 1]]`, in order, and `counts` says how often.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.words import Terms

ABSENT = np.uint32(0xFFFFFFFF)  # new number of a passage that is left out
_MOST = 0xFFFF  # a count above fills no rank that it would not fill anyhow
_SLICES = 24  # a join works through the terms in so many slices, which bounds its memory


class Postings(NamedTuple):
    """The postings of some passages."""

    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    passages: NDArray[np.uint32]
    counts: NDArray[np.uint16]


def count(found: Terms) -> Postings:
    """Return the postings of tokenised texts; the number of a passage is that of its text."""
    order = np.argsort(found.keys, kind="stable")  # keeps the texts of a term in order
    return _grouped(found.keys[order], found.owners[order], np.ones(len(order), np.int64))


def _grouped(
    keys: NDArray[np.uint64], owners: NDArray[np.uint32], weights: NDArray[np.int64] | NDArray[np.uint16]
) -> Postings:
    """Join neighbours of the same term and passage."""
    if not len(keys):
        return Postings(keys, np.zeros(1, np.int64), owners, np.zeros(0, np.uint16))
    new_term = np.concatenate([[True], keys[1:] != keys[:-1]])
    new = new_term | np.concatenate([[True], owners[1:] != owners[:-1]])
    firsts = np.flatnonzero(new)
    counts = np.minimum(np.add.reduceat(weights, firsts, dtype=np.int64), _MOST).astype(np.uint16)
    term_firsts = np.flatnonzero(new_term[firsts])
    return Postings(keys[firsts[term_firsts]], np.append(term_firsts, len(firsts)), owners[firsts], counts)


def join(parts: Sequence[Postings], numbers: Sequence[NDArray[np.uint32]], folder: Path) -> None:
    """Write the postings of several parts as one; `numbers[i]` gives each passage of a part its new number or ABSENT."""
    writer = _Writer(folder)
    for low, high in _key_ranges(parts):
        keys, owners, counts = [], [], []
        for part, new in zip(parts, numbers, strict=True):
            first, last = np.searchsorted(part.terms, [low, high]) if high else (np.searchsorted(part.terms, low), None)
            bounds = np.asarray(part.starts[first : None if last is None else last + 1])
            span = slice(int(bounds[0]), int(bounds[-1]))
            renamed = new[part.passages[span]]
            kept = renamed != ABSENT
            keys.append(np.repeat(part.terms[first:last], np.diff(bounds))[kept])
            owners.append(renamed[kept])
            counts.append(part.counts[span][kept])
        writer.add(_sorted(np.concatenate(keys), np.concatenate(owners), np.concatenate(counts)))
    writer.close()


def _sorted(keys: NDArray[np.uint64], owners: NDArray[np.uint32], counts: NDArray[np.uint16]) -> Postings:
    order = np.lexsort((owners, keys))
    return _grouped(keys[order], owners[order], counts[order])


def _key_ranges(parts: Sequence[Postings]) -> list[tuple[np.uint64, np.uint64 | None]]:
    """Bounds of the slices, so that each holds about as many postings."""
    largest = max(parts, key=lambda part: len(part.passages))
    goals = np.linspace(0, len(largest.passages), _SLICES + 1)[1:-1]
    places = np.minimum(np.searchsorted(largest.starts, goals), max(len(largest.terms) - 1, 0))
    cuts = list(np.unique(largest.terms[places])) if len(largest.terms) else []
    return list(zip([np.uint64(0), *cuts], [*cuts, None], strict=True))


_FILES: dict[str, type[np.generic]] = {
    "terms": np.uint64,
    "starts": np.int64,
    "passages": np.uint32,
    "counts": np.uint16,
}


class _Writer:
    """Appends to the four files of a segment."""

    def __init__(self, folder: Path) -> None:
        self._files = {name: (folder / f"{name}.bin").open("wb") for name in _FILES}
        self._written = 0

    def add(self, part: Postings) -> None:
        values: dict[str, NDArray[Any]] = part._asdict() | {"starts": part.starts[:-1] + self._written}
        for name, file in self._files.items():
            file.write(np.ascontiguousarray(values[name], _FILES[name]).data)
        self._written += len(part.passages)

    def close(self) -> None:
        self._files["starts"].write(np.array([self._written], np.int64).data)
        for file in self._files.values():
            file.close()


def load(folder: Path) -> Postings:
    """Return the postings kept in `folder`, mapped into memory, not read."""
    return Postings(**{name: mapped(folder / f"{name}.bin", kind) for name, kind in _FILES.items()})


def mapped(path: Path, kind: type[np.generic]) -> NDArray[Any]:
    """Return the array in a file, mapped into memory; a plain view, because memmap objects are slow to slice."""
    if not path.stat().st_size:
        return np.zeros(0, kind)
    return np.asarray(np.memmap(path, kind, "r"))
