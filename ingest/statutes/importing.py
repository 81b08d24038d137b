"""Statutes of a source enter the store: one transaction each, the same again changes nothing, what is gone is withdrawn."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ingest.crew import Crew
from ingest.manifest import Entry
from ingest.pipeline import INGEST_VERSION, FileResult, Parsed, free_base, next_state, parse_text
from ingest.statutes.contract import Statute, StatuteSource
from tiaoli.errors import BadData, UnreadableFile
from tiaoli.records import Clause, ParsedDocument, Problem, Status
from tiaoli.store import FileState, Store

_VERSION = 1  # raise it when the same statute gives other records for reasons that INGEST_VERSION does not tell
_ENDED = (Status.REPEALED, Status.EXPIRED)
_MOST_NAMED = 5  # labels that one message names


def import_statutes(
    source: StatuteSource,
    store: Store,
    *,
    again: bool = False,
    found: Callable[[int], None] = lambda total: None,
    waiting: Callable[[], None] = lambda: None,
) -> Iterator[FileResult]:
    """Read the statutes of `source` into `store` and yield what became of each as soon as it is certain.

    `again` reads statutes anew that have not changed. `found` is told their number before the first is read, `waiting` is
    called where another process is importing. Stop iterating at any point: what was yielded is in the store, and the next
    run goes on from there. A TiaoliError where the source cannot be used; then nothing has changed.
    """
    statutes = source.statutes()
    with store.only_importer(waiting), Crew(parse_statute, workers=0) as crew:
        known = store.files()
        gone = source.gone((path for path, file in known.items() if file.state != "withdrawn"), statutes)
        found(len(statutes) + len(gone))
        for path in gone:
            store.withdraw(path)
            yield FileResult(path, known[path].source, "withdrawn")
        taken = {file.base_id for file in known.values()}
        for statute in statutes:
            file, outcome = _plan(statute, known, taken, again=again)
            if outcome == "unchanged":
                yield FileResult(file.path, file.source, outcome)
                continue
            yield _enter(file, outcome, crew.begin(file, statute), store, known.get(statute.path))


def _plan(statute: Statute, known: Mapping[str, FileState], taken: set[str], *, again: bool) -> tuple[FileState, str]:
    """Return what the store is to know of a statute and the outcome once it is read; `taken` are the ids in use."""
    new = FileState(statute.path, statute.source, statute.path, "", "", 0, "unreadable")
    stated = repr((INGEST_VERSION, _VERSION, statute.facts, statute.status, statute.labels, statute.notes))
    reading = hashlib.sha256(stated.encode()).hexdigest()
    file, outcome = next_state(known.get(statute.path, new), statute.sha256, reading, again=again)
    if outcome == "new":
        file = file._replace(base_id=free_base(statute.stem, statute.folder, taken))
        taken.add(file.base_id)
    return file, outcome


def _enter(
    file: FileState, outcome: str, parsed: Callable[[], Parsed], store: Store, before: FileState | None
) -> FileResult:
    """Write a statute and tell it; where it cannot be read, what was read of it before stays as it is."""
    try:
        documents, problems = parsed()
        store.put_file(file, documents, problems)
    except (UnreadableFile, BadData) as error:
        kept = before or FileState(file.path, file.source, file.path, "", "", 0, "unreadable")
        store.put_unreadable(kept._replace(state="unreadable"), Problem("unreadable", str(error), file.source))
        return FileResult(file.path, file.source, "unreadable", reason=str(error))
    counts = (len(documents), sum(len(one.clauses) for one in documents))
    return FileResult(
        file.path, file.source, outcome, *counts, len(problems) + sum(len(one.problems) for one in documents)
    )


# --- one statute -----------------------------------------------------------------------------------------------------


def parse_statute(file: FileState, statute: Statute) -> Parsed:
    """Return the documents of a statute and what is to report of it as a whole; UnreadableFile says why it has none.

    What the source states goes before what the text says; where the two do not fit, that is a problem.
    """
    reading = statute.read()
    documents = parse_text(reading, file, [Entry(statute.source, "", statute.facts.stated(), "来源")])
    documents = [replace(one, problems=(*one.problems, *_doubts(one, statute))) for one in documents]
    notes = [*statute.notes, *reading.notes]
    if statute.facts.stated() and not any(one.document.source == file.source for one in documents):
        notes.append(("facts_unused", f"正文分成了 {len(documents)} 件，来源给出的名称和日期没有用，请核对"))
    return documents, [Problem(code, text, file.source) for code, text in notes]


def _doubts(parsed: ParsedDocument, statute: Statute) -> Iterator[Problem]:
    """Yield where the source and what was read of it differ."""
    source, doc_id = parsed.document.source, parsed.document.doc_id
    if statute.status in _ENDED:
        message = f"来源标为“{statute.status}”，但没有给出日期；条理按公布、施行日期和库中的废止条款推算效力，请核对两者是否一致"
        yield Problem("stated_status", message, source, doc_id)
    if lost := _lost(statute.labels, parsed.clauses):
        more = f"等 {len(lost)} 处" if len(lost) > _MOST_NAMED else ""
        named = "、".join(lost[:_MOST_NAMED])
        yield Problem("label_lost", f"来源列出的“{named}”{more}没有成为条款，文字在前一条里，请核对", source, doc_id)


def _lost(labels: tuple[str, ...], clauses: tuple[Clause, ...]) -> list[str]:
    missing = Counter(labels)
    missing.subtract(clause.label for clause in clauses)
    return list((+missing).elements())
