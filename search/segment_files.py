"""A segment: passages of some documents with their postings, in a folder that never changes once it is written.

Rows (what is shown of a passage) lie one after another in one file, so that a search decodes only what it shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from search import postings
from search.passages import Passage
from search.postings import ABSENT, Postings
from search.words import terms_of
from tiaoli.records import Kind

KINDS = tuple(Kind)
_BATCH = 1_500_000  # characters counted at a time; bounds the memory of a build


class Row(NamedTuple):
    """What is kept of a passage to show it."""

    clause_id: str
    path: tuple[str, ...]
    text: str
    headings: str


_encode, _decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Row).decode


@dataclass(frozen=True, slots=True)
class Segment:
    """An open segment; arrays are mapped, not read."""

    name: str
    doc_ids: tuple[str, ...]
    postings: Postings
    lengths: NDArray[np.uint32]  # number of terms of each passage; 0 where it is not ranked
    owners: NDArray[np.uint32]  # place of each passage's document in `doc_ids`
    kinds: NDArray[np.uint8]  # place in `KINDS`
    offsets: NDArray[np.int64]
    rows: NDArray[np.uint8]

    def row(self, number: int) -> Row:
        """What is shown of a passage."""
        return _decode(self.row_bytes(number))

    def row_bytes(self, number: int) -> bytes:
        """The same as it is kept."""
        return self.rows[int(self.offsets[number]) : int(self.offsets[number + 1])].tobytes()

    def alive(self, dead: Iterable[int]) -> NDArray[np.bool_]:
        """Which passages belong to documents that are not `dead`."""
        documents = np.ones(len(self.doc_ids), np.bool_)
        documents[list(dead)] = False
        return documents[self.owners]


def open_segment(folder: Path) -> Segment:
    """Return the segment kept in `folder`."""
    return Segment(
        folder.name,
        tuple(json.loads((folder / "documents.json").read_text(encoding="utf-8"))),
        postings.load(folder),
        postings.mapped(folder / "lengths.bin", np.uint32),
        postings.mapped(folder / "owners.bin", np.uint32),
        postings.mapped(folder / "kinds.bin", np.uint8),
        postings.mapped(folder / "offsets.bin", np.int64),
        postings.mapped(folder / "rows.bin", np.uint8),
    )


class _Rows:
    """Appends passages to the files of a segment other than the postings."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = (folder / "rows.bin").open("wb")
        self.doc_ids: list[str] = []
        self._offsets, self._owners, self._kinds = [0], list[int](), list[int]()

    def add(self, row: bytes, kind: int) -> None:
        """Add a passage of the document added last."""
        self._file.write(row)
        self._offsets.append(self._offsets[-1] + len(row))
        self._owners.append(len(self.doc_ids) - 1)
        self._kinds.append(kind)

    def close(self, lengths: NDArray[np.uint32]) -> None:
        """Write what stands in memory."""
        self._file.close()
        lengths.astype(np.uint32).tofile(self._folder / "lengths.bin")
        np.array(self._owners, np.uint32).tofile(self._folder / "owners.bin")
        np.array(self._kinds, np.uint8).tofile(self._folder / "kinds.bin")
        np.array(self._offsets, np.int64).tofile(self._folder / "offsets.bin")
        (self._folder / "documents.json").write_text(json.dumps(self.doc_ids), encoding="utf-8")


def write_segment(folder: Path, documents: Iterable[tuple[str, str, Iterable[Passage]]]) -> None:
    """Write the passages of documents, given as (doc id, title, passages), to a new folder."""
    folder.mkdir()
    rows, counter = _Rows(folder), _Counter()
    for doc_id, title, passages in documents:
        rows.doc_ids.append(doc_id)
        for passage in passages:
            rows.add(
                _encode(Row(passage.clause_id, passage.path, passage.text, passage.headings)),
                KINDS.index(passage.kind),
            )
            counter.add(passage.field(title))
    parts, numbers = counter.finish()
    postings.join(parts, numbers, folder)
    rows.close(np.concatenate([np.zeros(0, np.uint32), *counter.lengths]))


class _Counter:
    """Counts terms batch by batch."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._characters = 0
        self._parts: list[Postings] = []
        self._numbers: list[NDArray[np.uint32]] = []
        self._total = 0
        self.lengths: list[NDArray[np.uint32]] = []

    def add(self, field: str) -> None:
        self._waiting.append(field)
        self._characters += len(field)
        if self._characters >= _BATCH:
            self._count()

    def _count(self) -> None:
        terms = terms_of(self._waiting)
        size = len(self._waiting)
        self.lengths.append(np.bincount(terms.owners, minlength=size).astype(np.uint32))
        self._parts.append(postings.count(terms))
        self._numbers.append(np.arange(self._total, self._total + size, dtype=np.uint32))
        self._total += size
        self._waiting, self._characters = [], 0

    def finish(self) -> tuple[list[Postings], list[NDArray[np.uint32]]]:
        """The parts, and the number of each of their passages in the whole."""
        self._count()
        return self._parts, self._numbers


def join_segments(folder: Path, segments: Sequence[Segment], dead: Sequence[frozenset[int]]) -> None:
    """Write several segments as one without their dead documents; nothing is tokenised again."""
    folder.mkdir()
    rows, numbers, lengths, total = _Rows(folder), list[NDArray[np.uint32]](), list[NDArray[np.uint32]](), 0
    for segment, gone in zip(segments, dead, strict=True):
        alive = segment.alive(gone)
        new = np.full(len(alive), ABSENT, np.uint32)
        new[alive] = np.arange(total, total + int(alive.sum()), dtype=np.uint32)
        total += int(alive.sum())
        numbers.append(new)
        lengths.append(segment.lengths[alive])
        for doc_id, passages in _by_document(segment, gone):
            rows.doc_ids.append(doc_id)
            for number in passages:
                rows.add(segment.row_bytes(number), int(segment.kinds[number]))
    postings.join([segment.postings for segment in segments], numbers, folder)
    rows.close(np.concatenate(lengths))


def _by_document(segment: Segment, gone: frozenset[int]) -> Iterator[tuple[str, range]]:
    bounds = np.searchsorted(segment.owners, np.arange(len(segment.doc_ids) + 1)).tolist()
    for place, doc_id in enumerate(segment.doc_ids):
        if place not in gone:
            yield doc_id, range(bounds[place], bounds[place + 1])
