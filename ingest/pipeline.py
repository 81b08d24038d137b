"""The order of ingest: find files, read each in a worker, and enter its documents in the store one file at a time."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import manifest
from ingest.assignments import find_assignments
from ingest.bodies.mentions import find_mentions
from ingest.citing.amendments import find_amendments
from ingest.citing.citations import find_citations
from ingest.clean import clean
from ingest.crew import Crew
from ingest.description.describe import describe
from ingest.discover import Found, find_files, find_gone, reason
from ingest.norms.extract import extract
from ingest.readers import check_ending, read
from ingest.readers.reading import Reading
from ingest.structure.segment import segment
from ingest.structure.tables import closed_rows
from ingest.structure.units import Member
from tiaoli.cells import is_closed
from tiaoli.errors import BadData, UnreadableFile
from tiaoli.ids import child_id, document_id
from tiaoli.records import Clause, Document, ParsedDocument, Problem
from tiaoli.store import FileState, Store

INGEST_VERSION = 8  # raise it when the same file gives other records than before: stored files are then read anew
LARGEST_FILE = 16 * 1024 * 1024  # bytes; five million characters, which take about a gigabyte to read
IN_FLIGHT = 64  # files handed to workers at a time, and
BYTES_IN_FLIGHT = 16 * 1024 * 1024  # their size together, unless one alone is larger; both bound memory

Parsed = tuple[list[ParsedDocument], list[Problem]]  # documents of a file, and what is to report of it as a whole


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
    before: FileState  # what the store knows of the file
    file: FileState  # what it will know once the file is read
    outcome: str
    entries: tuple[manifest.Entry, ...] = ()
    size: int = 0
    reason: str = ""
    stored: bool = True  # whether the store remembers it

    def result(self, parsed: Sequence[ParsedDocument] = (), problems: int = 0) -> FileResult:
        counts = (len(parsed), sum(len(p.clauses) for p in parsed), problems + sum(len(p.problems) for p in parsed))
        return FileResult(self.file.path, self.file.source, self.outcome, *counts, self.reason)

    def refused(self, why: str) -> _Job:
        """The same file as one that cannot be read: what was read of it before stays as it is."""
        return replace(self, file=self.before._replace(state="unreadable"), outcome="unreadable", reason=why)


def ingest(
    paths: Iterable[str | Path],
    store: Store,
    *,
    workers: int | None = None,
    again: bool = False,
    found: Callable[[int], None] = lambda total: None,
    waiting: Callable[[], None] = lambda: None,
) -> Iterator[FileResult]:
    """Read files and folders into `store` and yield what became of each file as soon as it is certain.

    `workers` is the number of processes that read, 0 for none beside this one. `again` reads files anew that have not
    changed. `found` is told the number of files before the first is read, `waiting` is called where another process is
    importing. Stop iterating at any point: what was yielded is in the store, and the next run goes on from there.
    """
    paths = list(paths)
    with store.only_importer(waiting):
        known, listed = store.files(), list(find_files(paths, lambda name: name == manifest.NAME))
        gone = find_gone(paths, (p for p, f in known.items() if f.state != "withdrawn"), (f.path for f in listed))
        found(len(listed) + len(gone))
        for path in gone:
            store.withdraw(path)
            yield FileResult(path, known[path].source, "withdrawn")
        workers = (os.cpu_count() or 1) if workers is None else workers
        yield from _run(_plan((f for f in listed if f.path not in gone), known, again), store, workers)


def _plan(listed: Iterable[Found], known: Mapping[str, FileState], again: bool) -> Iterator[_Job]:
    """Yield for each file what to do with it and which id its documents begin with."""
    taken = {f.base_id for f in known.values()}
    manifests: dict[Path, manifest.Manifest] = {}
    for found in listed:
        if found.folder not in manifests:
            manifests[found.folder] = manifest.read_manifest(found.folder)
            yield from (_fault(found, text) for text in manifests[found.folder].faults)
        if manifest.is_manifest(Path(found.path)):
            continue
        entries = manifests[found.folder].entries.get(found.name, ())
        unread = FileState(found.path, found.source, found.path, "", "", 0, "unreadable")
        job = _job(known.get(found.path, unread), found, entries, again)
        if job.outcome == "new":
            base = free_base(Path(found.source).stem, found.folder.name, taken)
            job = replace(job, file=job.file._replace(base_id=base))
            taken.add(job.file.base_id)
        yield job


def _fault(found: Found, text: str) -> _Job:
    """What a manifest beside a file has wrong, told like a file that cannot be read, of which nothing is stored."""
    source = Path(found.source).with_name(manifest.NAME).as_posix()
    state = FileState(str(found.folder / manifest.NAME), source, source, "", "", 0, "unreadable")
    return _Job(state, state, "unreadable", reason=text, stored=False)


def _job(before: FileState, found: Found, entries: tuple[manifest.Entry, ...], again: bool) -> _Job:
    job = _Job(before, before, "unchanged", entries)
    try:
        if found.reason:
            raise UnreadableFile(found.reason)
        check_ending(Path(found.name))
        size, digest = measure(Path(found.path))
    except (UnreadableFile, OSError) as error:
        return job.refused(reason(error))
    reading = hashlib.sha256(repr((INGEST_VERSION, entries)).encode()).hexdigest()
    file, outcome = next_state(before, digest, reading, again=again)
    return replace(job, file=file, outcome=outcome, size=size)


def next_state(before: FileState, digest: str, reading: str, *, again: bool) -> tuple[FileState, str]:
    """Return what the store is to know of a file whose content is `digest`, and the outcome once it is read."""
    same = before.sha256 == digest
    if same and before.reading == reading and before.state == "present" and not again:
        return before, "unchanged"
    outcome = "reread" if same else "changed" if before.version else "new"
    version = before.version + (not same)
    return before._replace(sha256=digest, reading=reading, version=version, state="present"), outcome


def free_base(stem: str, folder: str, taken: Collection[str]) -> str:
    """Return a free id for a file: its stem, with its folder's name and then a count where another file has it."""
    base = document_id(stem)
    if base in taken:
        base = document_id(f"{stem}({folder})")
    count = 1
    while (base if count == 1 else f"{base}({count})") in taken:
        count += 1
    return base if count == 1 else f"{base}({count})"


def measure(path: Path) -> tuple[int, str]:
    """Return size in bytes and SHA-256 digest of a file; UnreadableFile where it is too large."""
    if (size := path.stat().st_size) > LARGEST_FILE:
        raise UnreadableFile(f"文件有 {size >> 20} MB，超过 {LARGEST_FILE >> 20} MB 的上限，请拆分后再导入")
    with path.open("rb") as file:
        return size, hashlib.file_digest(file, "sha256").hexdigest()


# --- one file, in a worker -------------------------------------------------------------------------------------------


def parse_file(file: FileState, entries: Sequence[manifest.Entry] = ()) -> Parsed:
    """Return the documents of a file and what is to report of the file as a whole; UnreadableFile says why not."""
    readings = read(file.source, content(Path(file.path), file.sha256))
    parsed = [document for reading in readings for document in parse_text(reading, file, entries)]
    notes = [*(note for reading in readings for note in reading.notes), *_stray_entries(entries, parsed)]
    return parsed, [Problem(code, text, file.source) for code, text in notes]


def _stray_entries(entries: Iterable[manifest.Entry], parsed: Iterable[ParsedDocument]) -> Iterator[tuple[str, str]]:
    marks = {p.document.source.partition("#")[2] for p in parsed}
    for entry in entries:
        if entry.member not in marks:
            yield "manifest_member", f"登记表中有“{entry.member}”，但文件里没有这一篇，请核对"


def content(path: Path, digest: str) -> bytes:
    """Return the bytes of a file; UnreadableFile where they are not those that were measured before."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise UnreadableFile("文件在读取时被改动，请保存完毕后再导入一次")
    return data


def parse_text(reading: Reading, file: FileState, entries: Sequence[manifest.Entry] = ()) -> list[ParsedDocument]:
    """Return the documents that a text holds, in their order; UnreadableFile where there is nothing to read."""
    text = closed_rows(clean(reading.text), reading.rows)
    if not text or text.isspace():
        raise UnreadableFile("文件是空的，没有可导入的文字")
    return [_document(part, text, reading, file, entries) for part in segment(text, reading.headings, reading.rows)]


def _document(
    part: Member, text: str, reading: Reading, file: FileState, entries: Sequence[manifest.Entry]
) -> ParsedDocument:
    mark = "#".join(filter(None, (reading.member, part.mark)))
    doc_id = document_id(file.base_id, mark, file.version)
    source = f"{file.source}#{mark}" if mark else file.source
    own = text[part.start : part.end]
    clauses = _clauses(part, own, doc_id)
    document = Document(doc_id, "", source, file.sha256, version=file.version, n_clauses=len(clauses))
    document = describe(document, clauses, reading)
    for entry in entries:
        if entry.member == mark:
            document = manifest.apply(entry, document)
    problems = tuple(Problem(code, note, source, doc_id, start, end) for code, note, start, end in part.problems)
    citations = tuple(citation for clause in clauses for citation in find_citations(clause, own))
    amendments = find_amendments(clauses, own, document.title)
    assignments = find_assignments(clauses, own)
    norms, functions = extract(clauses, own, citations, assignments)
    clauses = tuple(replace(clause, function=functions.get(clause.clause_id)) for clause in clauses)
    mentions = find_mentions(clauses, own, document)
    return ParsedDocument(document, own, clauses, problems, citations, amendments, assignments, norms, mentions)


def _clauses(part: Member, text: str, doc_id: str) -> tuple[Clause, ...]:
    """Give every unit its id, path and words."""
    taken: dict[str, int] = {}
    clauses: list[Clause] = []
    for order, unit in enumerate(part.units):
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
                text=_words(text[unit.heading_end : unit.end]),
                start=unit.start,
                end=unit.end,
                order=order,
                number=unit.number,
                suffix=unit.suffix,
            )
        )
    return tuple(clauses)


def _words(text: str) -> str:
    """Return words without the blanks around them; tabs around rows of a table stay: they tell the cells."""
    return text.strip(" \u3000\n") if is_closed(text) else text.strip()


# --- many files ------------------------------------------------------------------------------------------------------


def _run(jobs: Iterable[_Job], store: Store, workers: int) -> Iterator[FileResult]:
    """Parse in worker processes and write in this one, in the order of the jobs."""
    started: deque[tuple[_Job, Callable[[], Parsed]]] = deque()
    with Crew(parse_file, workers) as crew:
        for job in jobs:
            if job.outcome in ("unchanged", "unreadable"):
                started.append((job, _nothing))
            else:
                started.append((job, crew.begin(job.file, job.entries)))
            while _is_full(started):
                yield _settle(*started.popleft(), store)
        while started:
            yield _settle(*started.popleft(), store)


def _nothing() -> Parsed:
    return [], []


def _is_full(started: Sequence[tuple[_Job, object]]) -> bool:
    return len(started) >= IN_FLIGHT or (len(started) > 1 and sum(job.size for job, _ in started) > BYTES_IN_FLIGHT)


def _settle(job: _Job, parsed: Callable[[], Parsed], store: Store) -> FileResult:
    """Write what came of a job and tell it."""
    if job.outcome == "unchanged" or not job.stored:
        return job.result()
    try:
        if job.outcome == "unreadable":
            raise UnreadableFile(job.reason)
        documents, problems = parsed()
        store.put_file(job.file, documents, problems)
        return job.result(documents, len(problems))
    except (UnreadableFile, BadData) as error:
        job = job.refused(str(error))
        store.put_unreadable(job.file, Problem("unreadable", job.reason, job.file.source))
        return job.result()
