"""One whole state of the index as readers see it: its segments, its documents and the figures that BM25 needs.

A generation is a folder that never changes. `update.py` makes the next one beside it and switches by one rename.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from search import postings
from search.contract import Numbers
from search.passages import PASSAGES_VERSION
from search.segment_files import Row, Segment, open_segment
from search.words import WORDS_VERSION
from tiaoli.errors import StoreError
from tiaoli.records import Document

FOLDER = "index"  # in the store's folder
FORMAT = f"2.{PASSAGES_VERSION}.{WORDS_VERSION}"


_TRIES = 20  # to open the newest generation while others replace it


@dataclass(frozen=True, slots=True)
class Part:
    """A segment with its place in the generation and what changed since it was written."""

    segment: Segment
    dead: frozenset[int]  # documents, by their place in the segment
    frequencies: NDArray[np.uint32] | None  # number of living passages of each term; None where none is dead
    first: int  # number of its first passage in the generation

    def frequency(self, at: int) -> int:
        """In how many living passages the term at that place stands."""
        if self.frequencies is not None:
            return int(self.frequencies[at])
        return int(self.segment.postings.starts[at + 1] - self.segment.postings.starts[at])

    def slice_of(self, values: NDArray[Any]) -> NDArray[Any]:
        """The stretch of an array of the whole generation that is about this part."""
        return values[self.first : self.first + len(self.segment.owners)]


class Generation:
    """An open generation. Everything is read-only, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Open the generation in `folder`; FileNotFoundError where it has been cleared away."""
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        self.number = int(folder.name.removeprefix("gen-"))
        self.format = str(meta["format"])
        self.revision = int(meta["revision"])  # of the store, up to which its changes are in
        self.documents: tuple[Document, ...] = ()
        self.repealed: Mapping[str, date] = {}  # first day out of force of the documents that others repeal
        self.parts: tuple[Part, ...] = ()
        if self.format == FORMAT:
            self.documents = msgspec.msgpack.decode((folder / "documents.bin").read_bytes(), type=tuple[Document, ...])
            self.repealed = msgspec.msgpack.decode((folder / "repealed.bin").read_bytes(), type=dict[str, date])
            self.parts = _parts(folder, meta["segments"])
        self.size = sum(len(part.segment.owners) for part in self.parts)

    @cached_property
    def place(self) -> dict[str, int]:
        """Place of a document among `documents` by its id."""
        return {document.doc_id: place for place, document in enumerate(self.documents)}

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        """Place of each passage's document; -1 where the document is gone."""
        owners = [np.zeros(0, np.int32)]
        for part in self.parts:
            places = np.array(
                [
                    -1 if number in part.dead else self.place[doc_id]
                    for number, doc_id in enumerate(part.segment.doc_ids)
                ],
                np.int32,
            )
            owners.append(places[part.segment.owners])
        return np.concatenate(owners)

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        """Kind of each passage, as its place in `segment_files.KINDS`."""
        return np.concatenate([np.zeros(0, np.uint8), *(part.segment.kinds for part in self.parts)])

    @cached_property
    def lengths(self) -> NDArray[np.uint32]:
        """Number of terms of each passage; 0 where it is not ranked or its document is gone."""
        lengths = np.concatenate([np.zeros(0, np.uint32), *(part.segment.lengths for part in self.parts)])
        lengths[self.owners < 0] = 0
        return lengths

    def document(self, number: int) -> Document:
        """The document of a passage."""
        return self.documents[int(self.owners[number])]

    def row(self, number: int) -> Row:
        """What is shown of a passage."""
        part = next(part for part in reversed(self.parts) if part.first <= number)
        return part.segment.row(number - part.first)

    def passages_of(self, doc_id: str) -> Numbers:
        """Numbers of the passages of a document in text order."""
        place = self.place.get(doc_id)
        return np.flatnonzero(self.owners == place) if place is not None else np.zeros(0, np.int64)

    def in_order(self, numbers: Numbers) -> Numbers:
        """What to compare passages of equal score by: documents by id, within them the text order."""
        # Documents are kept in the order of ids, and the passages of one lie in text order within one segment.
        return self.owners[numbers].astype(np.int64) * (self.size + 1) + numbers

    def places_of(self, key: int) -> list[tuple[Part, int]]:
        """Where a term stands: the parts that hold it and its place in each."""
        wanted = np.uint64(key)
        found = []
        for part in self.parts:
            terms = part.segment.postings.terms
            at = int(np.searchsorted(terms, wanted))
            if at < len(terms) and terms[at] == wanted:
                found.append((part, at))
        return found


def _parts(folder: Path, entries: Sequence[dict[str, object]]) -> tuple[Part, ...]:
    parts, first = [], 0
    for entry in entries:
        name = str(entry["name"])
        segment = open_segment(folder / name)
        dead = frozenset(msgspec.convert(entry["dead"], list[int]))
        frequencies = postings.mapped(folder / f"{name}.frequencies.bin", np.uint32) if dead else None
        parts.append(Part(segment, dead, frequencies, first))
        first += len(segment.owners)
    return tuple(parts)


def living_frequencies(segment: Segment, dead: frozenset[int]) -> NDArray[np.uint32]:
    """Return in how many passages each term stands whose documents are not dead."""
    living = segment.alive(dead)[segment.postings.passages]
    if not len(living):
        return np.zeros(0, np.uint32)
    sums: NDArray[np.uint32] = np.add.reduceat(living, segment.postings.starts[:-1], dtype=np.uint32)
    return sums


def newest(store_folder: Path) -> int | None:
    """Return the number of the newest generation, None where there is none."""
    try:
        names = os.listdir(store_folder / FOLDER)
    except FileNotFoundError:
        return None
    return max((int(name[4:]) for name in names if name.startswith("gen-") and name[4:].isdecimal()), default=None)


def open_generation(store_folder: Path) -> Generation | None:
    """Return the newest generation, None where there is none."""
    for _ in range(_TRIES):
        number = newest(store_folder)
        if number is None:
            return None
        try:
            return Generation(store_folder / FOLDER / f"gen-{number}")
        except FileNotFoundError:
            if newest(store_folder) == number:
                raise StoreError(
                    f"索引 {store_folder / FOLDER} 缺少文件。请删除该文件夹，再运行 tiaoli ingest。"
                ) from None
    raise StoreError("索引更新太频繁，没能打开。请稍后再试。")
