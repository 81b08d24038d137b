"""The order of ingest: find files, read each in a worker, and enter its documents in the store one file at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import manifest
from ingest.citations import find_citations
from ingest.clean import clean
from ingest.describe import describe
from ingest.readers import reader_for
from ingest.readers.reading import Reading
from ingest.segment import Member, segment
from tiaoli.errors import TiaoliError, UnreadableFile
from tiaoli.ids import child_id, document_id
from tiaoli.records import Clause, Document, ParsedDocument, Problem
from tiaoli.store import FileState, Store

INGEST_VERSION = 1  # raise it when the same file gives other records than before: stored files are then read anew
LARGEST_FILE = 256 * 1024 * 1024  # bytes
IN_FLIGHT = 64  # files handed to workers at a time; bounds memory


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file."""

    path: str
    source: str
    outcome: str  # new, changed, reread, unchanged, unreadable, withdrawn
    documents: int = 0
    clauses: int = 0
    problems: int = 0
    reason: str = ""  # why it could not be read


@dataclass(frozen=True, slots=True)
class _Job:
    file: FileState
    outcome: str
    entries: tuple[manifest.Entry, ...] = ()
    reason: str = ""

    def result(self, parsed: Sequence[ParsedDocument] = (), problems: int = 0) -> FileResult:
        counts = (len(parsed), sum(len(p.clauses) for p in parsed), problems + sum(len(p.problems) for p in parsed))
        return FileResult(self.file.path, self.file.source, self.outcome, *counts, self.reason)


def ingest(
    paths: Iterable[str | Path],
    store: Store,
    *,
    workers: int | None = None,
    again: bool = False,
    found: Callable[[int], None] = lambda total: None,
) -> Iterator[FileResult]:
    """Read files and folders into `store` and yield what became of each file as soon as it is certain.

    `found` is told the number of files before the first is read. `again` reads files anew that have not changed.
    Stop iterating at any point: what was yielded is in the store, and the next run goes on from there.
    """
    tops = [Path(path).resolve() for path in paths]
    known, listed = store.files(), list(_files(tops))
    gone = [f for f in known.values() if f.state == "present" and _vanished(Path(f.path), tops)]
    found(len(listed) + len(gone))
    for file in gone:
        store.withdraw(file.path)
        yield FileResult(file.path, file.source, "withdrawn")
    yield from _run(_plan(listed, known, again), store, workers or os.cpu_count() or 1)


def _files(tops: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file once, with the name it is shown by; hidden files in a folder and manifests are no documents."""
    seen: set[Path] = set()
    for top in tops:
        for path in sorted(p for p in top.rglob("*") if p.is_file()) if top.is_dir() else [top]:
            name = path.relative_to(top.parent)
            hidden = path != top and any(part.startswith((".", "~$")) for part in name.parts[1:])
            if path not in seen and path.name != manifest.NAME and not hidden:
                seen.add(path)
                yield path, name.as_posix()


def _vanished(path: Path, tops: Iterable[Path]) -> bool:
    return any(path.is_relative_to(top) for top in tops) and not path.exists()


def _plan(listed: Iterable[tuple[Path, str]], known: Mapping[str, FileState], again: bool) -> Iterator[_Job]:
    """Yield for each file what to do with it and which id its documents begin with."""
    taken = {f.base_id: f.path for f in known.values()}
    manifests: dict[Path, Mapping[str, tuple[manifest.Entry, ...]]] = {}
    for path, source in listed:
        if path.parent not in manifests:
            manifests[path.parent] = manifest.read_manifest(path.parent)
        entries = manifests[path.parent].get(path.name, ())
        before = known.get(str(path)) or FileState(str(path), source, _new_base(path, taken), "", "", 0, "unreadable")
        taken[before.base_id] = str(path)
        yield _job(before, path, entries, again)


def _job(before: FileState, path: Path, entries: tuple[manifest.Entry, ...], again: bool) -> _Job:
    try:
        reader_for(path)
        digest = _digest(path)
    except (UnreadableFile, OSError) as error:
        return _Job(before._replace(state="unreadable"), "unreadable", reason=_reason(error))
    reading = hashlib.sha256(repr((INGEST_VERSION, entries)).encode()).hexdigest()
    same = before.sha256 == digest
    if same and before.reading == reading and before.state == "present" and not again:
        return _Job(before, "unchanged")
    outcome = "reread" if same else "changed" if before.version else "new"
    version = before.version + (not same)
    return _Job(before._replace(sha256=digest, reading=reading, version=version, state="present"), outcome, entries)


def _new_base(path: Path, taken: Mapping[str, str]) -> str:
    """Return a free id for a file: its stem, with its folder's name and then a count where another file has it."""
    base = document_id(path.stem)
    if base in taken:
        base = document_id(f"{path.stem}({path.parent.name})")
    count = 1
    while (base if count == 1 else f"{base}({count})") in taken:
        count += 1
    return base if count == 1 else f"{base}({count})"


def _digest(path: Path) -> str:
    if (size := path.stat().st_size) > LARGEST_FILE:
        raise UnreadableFile(f"文件有 {size >> 20} MB，超过 {LARGEST_FILE >> 20} MB 的上限，请拆分后再导入")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reason(error: BaseException) -> str:
    """Return one Chinese line for the result list."""
    if isinstance(error, PermissionError):
        return "没有读取权限，请检查文件的权限设置"
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件，请检查路径"
    if isinstance(error, TiaoliError):
        return str(error)
    if isinstance(error, OSError):
        return f"读取失败：{error.strerror or error}"
    return f"处理这个文件时程序出错（{type(error).__name__}: {error}），请把文件和这一行反馈给我们"


# --- one file, in a worker -------------------------------------------------------------------------------------------


def parse_file(file: FileState, entries: Sequence[manifest.Entry] = ()) -> tuple[list[ParsedDocument], list[Problem]]:
    """Return the documents of a file and what is to report of the file as a whole; UnreadableFile says why not."""
    data = Path(file.path).read_bytes()
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise UnreadableFile("文件在读取时被改动，请保存完毕后再导入一次")
    reading = reader_for(Path(file.path))(data)
    return parse_text(reading, file, entries), [Problem(code, text, file.source) for code, text in reading.notes]


def parse_text(reading: Reading, file: FileState, entries: Sequence[manifest.Entry] = ()) -> list[ParsedDocument]:
    """Return the documents that a text holds, in their order."""
    text = clean(reading.text)
    return [_document(member, text, reading, file, entries) for member in segment(text, reading.headings)]


def _document(
    member: Member, text: str, reading: Reading, file: FileState, entries: Sequence[manifest.Entry]
) -> ParsedDocument:
    doc_id = document_id(file.base_id, member.mark, file.version)
    source = f"{file.source}#{member.mark}" if member.mark else file.source
    own = text[member.start : member.end]
    clauses = _clauses(member, own, doc_id)
    document = Document(doc_id, "", source, file.sha256, version=file.version, n_clauses=len(clauses))
    document = describe(document, clauses, reading)
    for entry in entries:
        if entry.member == member.mark:
            document = manifest.apply(entry, document)
    problems = tuple(Problem(code, note, source, doc_id, start, end) for code, note, start, end in member.problems)
    citations = tuple(citation for clause in clauses for citation in find_citations(clause))
    return ParsedDocument(document, own, clauses, problems, citations)


def _clauses(member: Member, text: str, doc_id: str) -> tuple[Clause, ...]:
    """Give every unit its id, path and words."""
    taken: set[str] = set()
    clauses: list[Clause] = []
    for order, unit in enumerate(member.units):
        parent = None if unit.parent is None else clauses[unit.parent]
        clauses.append(
            Clause(
                clause_id=child_id(parent.clause_id if parent else doc_id, unit.label, taken),
                doc_id=doc_id,
                parent_id=parent.clause_id if parent else None,
                kind=unit.kind,
                label=unit.label,
                path=(*(parent.path if parent else ()), unit.label),
                heading=text[unit.text_start : unit.heading_end].strip(),
                text=text[unit.heading_end : unit.end].strip(),
                start=unit.start,
                end=unit.end,
                order=order,
                number=unit.number,
                suffix=unit.suffix,
            )
        )
    return tuple(clauses)


# --- many files ------------------------------------------------------------------------------------------------------


def _run(jobs: Iterable[_Job], store: Store, workers: int) -> Iterator[FileResult]:
    """Parse in worker processes, write in this one."""
    waiting: dict[Future[tuple[list[ParsedDocument], list[Problem]]], _Job] = {}
    with ProcessPoolExecutor(workers) as pool:
        try:
            for job in jobs:
                if job.outcome == "unchanged":
                    yield job.result()
                elif job.reason:
                    yield _refuse(job, store)
                else:
                    waiting[pool.submit(parse_file, job.file, job.entries)] = job
                while len(waiting) >= IN_FLIGHT:
                    yield from _collect(waiting, store)
            while waiting:
                yield from _collect(waiting, store)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _collect(
    waiting: dict[Future[tuple[list[ParsedDocument], list[Problem]]], _Job], store: Store
) -> Iterator[FileResult]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        job = waiting.pop(future)
        if (error := future.exception()) is not None:
            yield _refuse(replace(job, outcome="unreadable", reason=_reason(error)), store)
            continue
        parsed, problems = future.result()
        store.put_file(job.file, parsed, problems)
        yield job.result(parsed, len(problems))


def _refuse(job: _Job, store: Store) -> FileResult:
    """Remember a file that could not be read under the version that it last had."""
    problem = Problem("unreadable", job.reason, job.file.source)
    store.put_unreadable(job.file._replace(state="unreadable"), problem)
    return job.result()
