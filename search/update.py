"""Bringing the index of a store up to date: making the next generation beside the last.

Generations are numbered folders beside the store. The next one is made in a folder of another name, from the files of the
last (as hard links) and a segment for the changed documents, and appears whole by one rename. So a reader sees one whole
generation, and a process that dies at any instant leaves the last one as it was. Writers take turns by a lock that
the system releases when they die.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from search.generation import FOLDER, FORMAT, Generation, Part, living_frequencies, newest, open_generation
from search.passages import Passage, passages_of
from search.segment_files import Segment, join_segments, open_segment, write_segment
from tiaoli.errors import StoreError
from tiaoli.records import Document
from tiaoli.store import Store

_LOCK = "lock.sqlite"
_MOST_DEAD = 0.3  # a segment with a larger share of dead documents is written anew

Progress = Callable[[int, int], None]  # documents done, documents in all
Repealed = Callable[[Store], Mapping[str, date]]  # first day out of force of the documents that others repeal


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did."""

    generation: int
    added: int  # documents indexed
    removed: int  # documents taken out, those indexed anew counted in
    passages: int  # in the whole index


@dataclass(frozen=True, slots=True)
class _Plan:
    revision: int
    documents: tuple[Document, ...]  # all that the next generation holds, in the order of ids
    changed: tuple[Document, ...]


def behind(store: Store) -> int:
    """Return how many documents of the store the newest generation does not hold in their present form."""
    plan = _plan(store, _usable(store))
    return len(plan.changed) if plan else 0


@contextmanager
def locked(store_folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold the right to write the index, and yield whether it was got; without `wait` another holder means False."""
    folder = store_folder / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / _LOCK, timeout=3600 if wait else 0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"写不进索引 {folder}：{error}。请检查权限和磁盘空间。") from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if wait or "locked" not in str(error):
                raise StoreError(f"写不进索引 {folder}：{error}。请检查权限和磁盘空间。") from error
            yield False
            return
        yield True


def update(
    store: Store, progress: Progress = lambda done, total: None, *, repealed: Repealed = lambda store: {}
) -> Update | None:
    """Bring the index up to the store and return what was done, None where nothing was. The caller holds the lock.

    `repealed` tells which documents others repeal: who resolves citations knows. The answers give their status by it.
    """
    last = _usable(store)
    plan = _plan(store, last)
    if plan is None:
        return None
    folder = store.folder / FOLDER
    number = (newest(store.folder) or 0) + 1
    making = folder / f"making-{number}"
    try:
        _sweep(folder, keep=last.number if last else None)
        passages = _make(making, store, plan, last, progress, repealed(store))
        _sync(making)
        os.replace(making, folder / f"gen-{number}")
    except OSError as error:
        raise StoreError(f"写不进索引 {folder}：{error}。请检查磁盘空间和权限后再导入一次。") from error
    _sweep(folder, keep=number)
    stay = {document.doc_id for document in plan.documents}
    removed = sum(document.doc_id not in stay for document in last.documents) if last else 0
    return Update(number, len(plan.changed), removed, passages)


def _usable(store: Store) -> Generation | None:
    """The newest generation, None where it is damaged, of another format or made from another store: then all is made anew."""
    try:
        last = open_generation(store.folder)
    except (StoreError, ValueError):
        return None
    return last if last and last.format == FORMAT and last.revision <= store.revision() else None


def _plan(store: Store, last: Generation | None) -> _Plan | None:
    """Return what the next generation holds, None where it would be the last one again."""
    revision = store.revision()  # first: what changes while we read is then read again by the next update
    if last is not None and last.revision == revision:
        return None
    documents = tuple(sorted(store.documents(), key=lambda document: document.doc_id))
    known = {d.doc_id: d for d in last.documents} if last else {}
    fresh = {d.doc_id for d in store.changed_since(last.revision)} if last else set()
    changed = tuple(d for d in documents if d.doc_id in fresh or known.get(d.doc_id) != d)
    return _Plan(revision, documents, changed)


def _make(
    making: Path,
    store: Store,
    plan: _Plan,
    last: Generation | None,
    progress: Progress,
    repealed: Mapping[str, date],
) -> int:
    """Write the next generation to `making` and return how many passages it has."""
    making.mkdir()
    new = None
    if plan.changed:
        write_segment(making / "new", _contents(store, plan.changed, progress))
        new = _Old(open_segment(making / "new"), frozenset(), making)
    old = _survivors(last.parts, making.parent / f"gen-{last.number}", plan) if last else []
    kept, joined = _divided(old, new)
    name = f"seg-{making.name.removeprefix('making-')}"
    if joined == [new]:
        os.replace(making / "new", making / name)
    elif joined:
        join_segments(making / name, [one.segment for one in joined], [one.dead for one in joined])
        shutil.rmtree(making / "new", ignore_errors=True)
    for one in kept:
        _keep(one, making)
    segments = [{"name": one.segment.name, "dead": sorted(one.dead)} for one in kept]
    segments += [{"name": name, "dead": []}] if joined else []
    (making / "documents.bin").write_bytes(msgspec.msgpack.encode(plan.documents))
    (making / "repealed.bin").write_bytes(msgspec.msgpack.encode(repealed))
    meta = {"format": FORMAT, "revision": plan.revision, "segments": segments}
    (making / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return sum(one.living for one in (*kept, *joined))


@dataclass(frozen=True, slots=True)
class _Old:
    """A segment that the next generation may keep or write anew."""

    segment: Segment
    dead: frozenset[int]
    folder: Path  # of the generation it stands in

    @property
    def living(self) -> int:
        return int(self.segment.alive(self.dead).sum())

    @property
    def decayed(self) -> bool:
        return len(self.dead) > len(self.segment.doc_ids) * _MOST_DEAD


def _survivors(parts: Iterable[Part], folder: Path, plan: _Plan) -> list[_Old]:
    """The segments of the last generation without the documents that changed or went; those with none left are dropped."""
    stay = {d.doc_id for d in plan.documents} - {d.doc_id for d in plan.changed}
    found = []
    for part in parts:
        dead = part.dead | {n for n, doc_id in enumerate(part.segment.doc_ids) if doc_id not in stay}
        if len(dead) < len(part.segment.doc_ids):
            found.append(_Old(part.segment, dead, folder))
    return found


def _divided(old: list[_Old], new: _Old | None) -> tuple[list[_Old], list[_Old]]:
    """Return the segments to keep as they are and those to join: the new one with all that are not much larger.

    So the sizes of segments at least triple from one to the next, and there are never many.
    """
    joined = [] if new is None else [new]
    size = sum(one.living for one in joined)
    kept = []
    for one in sorted(old, key=lambda one: one.living):
        if one.decayed or one.living <= 2 * size:
            joined.append(one)
            size += one.living
        else:
            kept.append(one)
    return kept, joined


def _contents(
    store: Store, documents: Sequence[Document], progress: Progress
) -> Iterator[tuple[str, str, Iterable[Passage]]]:
    for done, document in enumerate(documents):
        progress(done, len(documents))
        yield document.doc_id, document.title, passages_of(store.clauses(document.doc_id))
    progress(len(documents), len(documents))


def _keep(one: _Old, making: Path) -> None:
    """Bring an unchanged segment into the next generation without copying, and count what is left in it."""
    name = one.segment.name
    (making / name).mkdir()
    for file in (one.folder / name).iterdir():
        try:
            os.link(file, making / name / file.name)
        except OSError:  # a file system without hard links
            shutil.copy2(file, making / name / file.name)
    if one.dead:
        living_frequencies(one.segment, one.dead).tofile(making / f"{name}.frequencies.bin")


def _sync(folder: Path) -> None:
    """Have everything below `folder` on the disk before the rename that makes it count."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _sweep(folder: Path, keep: int | None) -> None:
    """Clear away other generations and what a writer that died has left; who still reads them is not disturbed."""
    for path in folder.iterdir():
        if path.name.startswith(("gen-", "making-")) and path.name != f"gen-{keep}":
            shutil.rmtree(path, ignore_errors=True)
