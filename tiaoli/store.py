"""The store: one SQLite file in WAL mode. The only place where records become rows and rows become records.

A file's documents enter in one transaction or not at all. The same file again changes nothing, a changed file becomes a
new version, a vanished file is withdrawn but stays readable. Many processes may read while one writes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

import msgspec

from tiaoli.decisions import check
from tiaoli.errors import BadData, NotFound, StoreError
from tiaoli.records import (
    Amendment,
    Assignment,
    Citation,
    Clause,
    Decision,
    Document,
    Mention,
    Norm,
    ParsedDocument,
    Problem,
)

SCHEMA_VERSION = 3
BUSY_SECONDS = 30
_MOST_ASKED = 500  # ids in one question to SQLite
_TUPLES = {"path", "bearers", "counterparty", "deadlines", "amounts", "citations"}  # columns that hold JSON

Record = TypeVar("Record", Document, Clause, Problem, Citation, Amendment, Assignment, Norm, Mention, Decision)

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('schema', 1), ('revision', 0);
CREATE TABLE files (
    path TEXT PRIMARY KEY, source TEXT NOT NULL, base_id TEXT NOT NULL, sha256 TEXT NOT NULL, reading TEXT NOT NULL,
    version INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('present', 'withdrawn', 'unreadable'))) WITHOUT ROWID;
CREATE UNIQUE INDEX files_base ON files (base_id);
CREATE TABLE documents (
    doc_id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    doc_type TEXT NOT NULL, level INTEGER NOT NULL, issuer TEXT, region TEXT, doc_number TEXT, adopted TEXT,
    promulgated TEXT, effective TEXT, expires TEXT, draft INTEGER NOT NULL, status TEXT, version_of TEXT, version INTEGER NOT NULL,
    current INTEGER NOT NULL, n_clauses INTEGER NOT NULL, path TEXT NOT NULL, revision INTEGER NOT NULL,
    text TEXT NOT NULL);
CREATE INDEX documents_path ON documents (path);
CREATE INDEX documents_revision ON documents (revision);
CREATE TABLE clauses (
    clause_id TEXT PRIMARY KEY, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, parent_id TEXT,
    kind TEXT NOT NULL, label TEXT NOT NULL, path TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, "order" INTEGER NOT NULL, number INTEGER, suffix INTEGER, function TEXT);
CREATE INDEX clauses_document ON clauses (doc_id, "order");
CREATE TABLE problems (
    code TEXT NOT NULL, message TEXT NOT NULL, source TEXT NOT NULL, doc_id TEXT REFERENCES documents ON DELETE CASCADE,
    start INTEGER, "end" INTEGER, path TEXT NOT NULL);
CREATE INDEX problems_document ON problems (doc_id);
CREATE INDEX problems_path ON problems (path);
CREATE TABLE citations (
    clause_id TEXT NOT NULL, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, title TEXT NOT NULL, label TEXT, relation TEXT NOT NULL,
    target_doc_id TEXT, target_clause_id TEXT, status TEXT NOT NULL);
CREATE INDEX citations_document ON citations (doc_id);
"""
_ADDED = {  # tables that came with a later schema: schema → statements
    2: """
CREATE TABLE amendments (
    clause_id TEXT NOT NULL, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, act TEXT NOT NULL, title TEXT NOT NULL, label TEXT, old TEXT, new TEXT, new_label TEXT,
    target_doc_id TEXT, target_clause_id TEXT, status TEXT NOT NULL);
CREATE INDEX amendments_document ON amendments (doc_id);
CREATE TABLE assignments (
    clause_id TEXT NOT NULL, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, role TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX assignments_document ON assignments (doc_id);
""",
    3: """
CREATE TABLE norms (
    norm_id TEXT PRIMARY KEY, clause_id TEXT NOT NULL, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, strength TEXT, modal TEXT,
    bearers TEXT NOT NULL, counterparty TEXT NOT NULL, action TEXT NOT NULL, object TEXT, condition TEXT,
    deadlines TEXT NOT NULL, amounts TEXT NOT NULL, citations TEXT NOT NULL, power_type TEXT, rule TEXT NOT NULL,
    confidence REAL NOT NULL);
CREATE INDEX norms_document ON norms (doc_id);
CREATE TABLE mentions (
    clause_id TEXT NOT NULL, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, region TEXT, reason TEXT NOT NULL);
CREATE INDEX mentions_document ON mentions (doc_id);
CREATE TABLE decisions (
    decision_id TEXT PRIMARY KEY, about TEXT NOT NULL, verb TEXT NOT NULL, words TEXT NOT NULL, who TEXT NOT NULL,
    "when" TEXT NOT NULL, why TEXT NOT NULL, value TEXT NOT NULL, doc_id TEXT, clause_id TEXT, kind TEXT, label TEXT,
    start INTEGER, clause_start INTEGER, clause_text TEXT NOT NULL, work TEXT) WITHOUT ROWID;
CREATE INDEX decisions_document ON decisions (doc_id);
""",
}


_UNFIT = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    OverflowError,
    UnicodeError,
)

_REASONS = {
    "disk is full": "磁盘已满",
    "No space left": "磁盘已满",
    "disk I/O error": "磁盘读写出错",
    "locked": "另一个程序一直在写入",
    "readonly": "文件夹或文件是只读的",
    "Read-only": "文件夹或文件是只读的",
    "Permission denied": "没有权限",
    "unable to open": "没有权限，或文件夹是只读的",
    "not a database": "库文件已损坏，或不是条理库",
    "malformed": "库文件已损坏",
    "exists": "这个位置已有同名的文件",
    "Not a directory": "路径中有一段不是文件夹",
}


class FileState(NamedTuple):
    """What the store knows of a file: where its documents stand and what they were made from."""

    path: str  # absolute; the identity of the file
    source: str  # as shown
    base_id: str  # what the ids of its documents begin with; its path until it is read for the first time
    sha256: str  # of its content
    reading: str  # digest of what else its reading depended on: manifest entry, version of ingest
    version: int  # counts its different contents that could be read
    state: str  # present, withdrawn, unreadable


class Store:
    """An open store. Use it as a context manager, or call `close`; one instance belongs to one thread."""

    def __init__(self, folder: str | Path, *, read_only: bool = False) -> None:
        """Open the store in `folder`, creating it unless `read_only`; a StoreError says why it cannot be opened."""
        self.folder = Path(folder)
        path = self.folder / "store.sqlite"
        try:
            if read_only and not path.exists():
                raise StoreError(
                    f"没有找到条理库：{self.folder}。请先运行 tiaoli ingest 文件夹，或用 --store 指明位置。"
                )
            if not read_only:
                self.folder.mkdir(parents=True, exist_ok=True)
            self._db = _open_to_read(path) if read_only else _connect(str(path))
            try:
                self._prepare(read_only)
            except BaseException:
                self._db.close()
                raise
        except (OSError, sqlite3.Error) as error:
            advice = "请检查权限和磁盘空间，或用 --store 换一个位置。"
            raise StoreError(f"打不开条理库 {self.folder}：{_why(error)}。{advice}") from error

    def _prepare(self, read_only: bool) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            _use_wal(self._db)
            self._db.execute("PRAGMA synchronous = NORMAL")  # in WAL mode a killed process loses no committed work
        if not self._tables():
            if read_only:
                raise StoreError(f"条理库 {self.folder} 是空的。请先运行 tiaoli ingest 文件夹。")
            with self._writing():
                if not self._tables():  # another process may have been first
                    self._execute_all(_TABLES)
        if self._meta("schema") in range(1, SCHEMA_VERSION) and not read_only:
            with self._writing():
                self._upgrade()
        if (found := self._meta("schema")) != SCHEMA_VERSION:
            older = "请先用本程序再导入一次（tiaoli ingest 文件夹），库会随之更新。"
            advice = older if 0 < found < SCHEMA_VERSION else "请升级本程序，或用 --store 指定新的位置重新导入。"
            raise StoreError(f"条理库 {self.folder} 的格式是第 {found} 版，本程序用第 {SCHEMA_VERSION} 版。{advice}")

    def _upgrade(self) -> None:
        """Add what has come since an older schema; what is new in it is empty until the files are read anew."""
        for schema in range(self._meta("schema") + 1, SCHEMA_VERSION + 1):
            self._execute_all(_ADDED[schema])
        self._db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (SCHEMA_VERSION,))

    def _execute_all(self, statements: str) -> None:
        for statement in statements.split(";\n"):
            self._db.execute(statement)

    def _tables(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0])

    def _meta(self, key: str) -> int:
        return int(self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of the block or nothing of it.

        BadData where the records themselves do not fit, a StoreError where the store cannot be written.
        """
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, _UNFIT):
                raise BadData(f"记录不合库的格式（{type(error).__name__}: {error}）") from error
            if isinstance(error, sqlite3.Error):
                advice = "请检查磁盘空间和权限后再运行一次，已写入的不会丢失。"
                raise StoreError(f"写不进条理库 {self.folder}：{_why(error)}。{advice}") from error
            raise

    @contextmanager
    def only_importer(self, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the right to import, for which other processes wait; `waiting` is called once where this one must.

        The right ends with the process, however that ends.
        """
        with closing(self._import_lock(waiting)):
            yield

    def _import_lock(self, waiting: Callable[[], None]) -> sqlite3.Connection:
        try:
            lock = _connect(str(self.folder / "import.lock"), timeout=0)
            if not _seize(lock):
                waiting()
                while not _seize(lock):
                    time.sleep(0.1)
        except sqlite3.Error as error:
            advice = "请检查权限，或用 --store 换一个位置。"
            raise StoreError(f"写不进条理库 {self.folder}：{_why(error)}。{advice}") from error
        return lock

    def close(self) -> None:
        """Close the store; what was written stays."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing -----------------------------------------------------------------------------------------------------

    def put_file(self, file: FileState, parsed: Sequence[ParsedDocument], problems: Iterable[Problem] = ()) -> None:
        """Enter all documents of a file in one transaction; its earlier versions stop being current.

        The same version read anew takes the place of the former reading; a document that the new reading no longer
        finds stays readable by its id. BadData where the records do not fit; then nothing has changed.
        """
        with self._writing():
            revision = self._next_revision()
            self._retire(file.path, revision)
            self._put_state(file)
            for one in parsed:
                self._db.execute(
                    "DELETE FROM documents WHERE doc_id = ? AND path = ?", (one.document.doc_id, file.path)
                )
                self._put_document(one, file.path, revision)
            self._insert("problems", problems, path=file.path)

    def put_unreadable(self, file: FileState, problem: Problem) -> None:
        """Remember that a file could not be read and why; documents from an earlier reading stay as they are."""
        if self.files(file.path) == {file.path: file} and self._file_problems(file.path) == [problem]:
            return  # nothing new: no revision either
        with self._writing():
            self._next_revision()
            self._put_state(file)
            self._db.execute("DELETE FROM problems WHERE path = ? AND doc_id IS NULL", (file.path,))
            self._insert("problems", (problem,), path=file.path)

    def withdraw(self, path: str) -> None:
        """Mark a vanished file: its documents stop being current but stay readable by their ids."""
        with self._writing():
            self._retire(path, self._next_revision())
            self._db.execute("UPDATE files SET state = 'withdrawn' WHERE path = ?", (path,))

    def put_decision(self, decision: Decision) -> bool:
        """Enter what a person said, and tell whether it was new. BadData where it does not fit."""
        return self.put_decisions((decision,)) == 1

    def put_decisions(self, decisions: Iterable[Decision]) -> int:
        """Enter what persons said, all of it or nothing, and return how many were new; no reading of a file touches them."""
        said = tuple(decisions)
        for one in said:
            check(one)
        rows = [tuple(_row(one).values()) for one in said]
        names = ", ".join(f'"{f.name}"' for f in fields(Decision))
        marks = ", ".join("?" * len(fields(Decision)))
        with self._writing():
            before = self._db.total_changes
            self._db.executemany(
                f"INSERT INTO decisions ({names}) VALUES ({marks}) ON CONFLICT (decision_id) DO NOTHING", rows
            )
            new = self._db.total_changes - before
            if new:
                self._next_revision()
        return new

    def _next_revision(self) -> int:
        self._db.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
        return self.revision()

    def _retire(self, path: str, revision: int) -> None:
        self._db.execute(
            "UPDATE documents SET current = 0, revision = ? WHERE path = ? AND current = 1", (revision, path)
        )
        self._db.execute("DELETE FROM problems WHERE path = ? AND doc_id IS NULL", (path,))

    def _put_state(self, file: FileState) -> None:
        columns = ", ".join(file._fields)
        update = ", ".join(f"{name} = excluded.{name}" for name in file._fields)
        self._db.execute(
            f"INSERT INTO files ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET {update}",
            file,
        )

    def _put_document(self, one: ParsedDocument, path: str, revision: int) -> None:
        self._insert("documents", (one.document,), path=path, revision=revision, text=one.text)
        self._insert("clauses", one.clauses)
        self._insert("problems", one.problems, path=path)
        self._insert("citations", one.citations)
        self._insert("amendments", one.amendments)
        self._insert("assignments", one.assignments)
        self._insert("norms", one.norms)
        self._insert("mentions", one.mentions)

    def _insert(self, table: str, records: Iterable[Any], **extra: Any) -> None:  # noqa: ANN401
        rows = [_row(record) | extra for record in records]
        if rows:
            columns, marks = ", ".join(f'"{name}"' for name in rows[0]), ", ".join("?" * len(rows[0]))
            self._db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [tuple(r.values()) for r in rows])

    # --- reading -----------------------------------------------------------------------------------------------------

    def revision(self) -> int:
        """Number of the last change; it grows with every write, so that an index knows what it has seen."""
        return self._meta("revision")

    def files(self, path: str | None = None) -> dict[str, FileState]:
        """All files ever given to ingest, or the one at `path`, by their absolute path."""
        where, values = ("", ()) if path is None else ("WHERE path = ?", (path,))
        rows = self._ask(f"SELECT {', '.join(FileState._fields)} FROM files {where} ORDER BY path", *values)
        return {row[0]: FileState(*row) for row in rows}

    def documents(self, *, all_versions: bool = False) -> list[Document]:
        """Documents in the order of source and position in it; older versions and withdrawn ones only on demand."""
        where = "" if all_versions else "WHERE current = 1"
        return self._read(Document, f"documents {where} ORDER BY path, version, rowid")

    def changed_since(self, revision: int) -> list[Document]:
        """Documents that entered or stopped being current after `revision`."""
        return self._read(Document, "documents WHERE revision > ? ORDER BY path, version, rowid", revision)

    def document(self, doc_id: str) -> Document:
        """The document of that id, current or not; NotFound where there is none."""
        found = self._read(Document, "documents WHERE doc_id = ?", doc_id)
        if not found:
            raise NotFound(f"库中没有编号为 {doc_id} 的文件。用 tiaoli export documents 可列出全部编号。")
        return found[0]

    def text(self, doc_id: str) -> str:
        """Normalised text of a document; spans of its records count code points in it."""
        self.document(doc_id)
        return str(self._ask("SELECT text FROM documents WHERE doc_id = ?", doc_id)[0][0])

    def clauses(self, doc_id: str) -> list[Clause]:
        """Clauses of a document in their order."""
        return self._read(Clause, 'clauses WHERE doc_id = ? ORDER BY "order"', doc_id)

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id; NotFound where there is none."""
        found = self._read(Clause, "clauses WHERE clause_id = ?", clause_id)
        if not found:
            raise NotFound(f"库中没有编号为 {clause_id} 的条款。")
        return found[0]

    def problems(self, doc_id: str | None = None) -> list[Problem]:
        """Problems of one document, or all of the current documents and unreadable files."""
        if doc_id is not None:
            return self._read(Problem, "problems WHERE doc_id = ? ORDER BY start, rowid", doc_id)
        current = "doc_id IS NULL OR doc_id IN (SELECT doc_id FROM documents WHERE current = 1)"
        return self._read(Problem, f"problems WHERE {current} ORDER BY path, doc_id, start, rowid")

    def citations(self, doc_id: str) -> list[Citation]:
        """Citations found in a document, in text order."""
        return self._read(Citation, "citations WHERE doc_id = ? ORDER BY start, rowid", doc_id)

    def titles_cited(self, doc_id: str) -> set[str]:
        """Titles of the instruments that a document cites."""
        return {str(row[0]) for row in self._ask("SELECT DISTINCT title FROM citations WHERE doc_id = ?", doc_id)}

    def amendments(self, doc_id: str) -> list[Amendment]:
        """What a document orders to be amended, in text order."""
        return self._read(Amendment, "amendments WHERE doc_id = ? ORDER BY start, rowid", doc_id)

    def assignments(self, doc_id: str) -> list[Assignment]:
        """The bodies that the clauses of a document make responsible, in text order."""
        return self._read(Assignment, "assignments WHERE doc_id = ? ORDER BY start, rowid", doc_id)

    def norms(self, doc_id: str, among: Collection[str] | None = None) -> list[Norm]:
        """What a document, or some of its clauses by their ids, lays on whom, in text order."""
        where, values = _among(doc_id, among)
        return self._read(Norm, f"norms WHERE {where} ORDER BY start, rowid", *values)

    def norms_by_id(self, norm_ids: Iterable[str]) -> dict[str, Norm]:
        """Norms by their ids, those that are not known left out."""
        return {norm.norm_id: norm for norm in self._read_some(Norm, "norms", "norm_id", norm_ids)}

    def norms_of_type(self, doc_ids: Iterable[str], power_type: str) -> list[Norm]:
        """Norms of one type of power (行政处罚, 处分问责) in these documents, in text order."""
        found = self._read_some(
            Norm, "norms", "doc_id", doc_ids, " AND power_type = ? ORDER BY doc_id, start, rowid", power_type
        )
        return list(found)

    def norms_with_limits(self, doc_ids: Iterable[str]) -> list[Norm]:
        """Norms with time limits or frequencies in these documents, in text order."""
        return list(
            self._read_some(Norm, "norms", "doc_id", doc_ids, " AND deadlines <> '[]' ORDER BY doc_id, start, rowid")
        )

    def norm_counts(self) -> dict[str, int]:
        """How many norms were extracted from each document that has any."""
        return dict(self._ask("SELECT doc_id, count(*) FROM norms GROUP BY doc_id"))

    def clauses_by_id(self, clause_ids: Iterable[str]) -> dict[str, Clause]:
        """Clauses by their ids, those that are not known left out."""
        return {clause.clause_id: clause for clause in self._read_some(Clause, "clauses", "clause_id", clause_ids)}

    def clauses_below(self, clause_id: str) -> list[Clause]:
        """All clauses below one, in their order."""
        below = 'clauses WHERE clause_id > ? AND clause_id < ? ORDER BY "order"'
        return self._read(Clause, below, f"{clause_id}/", f"{clause_id}0")  # 0 is the character behind /

    def documents_naming(self, words: str) -> list[str]:
        """Ids of the documents that name a body by these very words, or have norms of such a bearer."""
        rows = self._ask(
            "SELECT doc_id FROM mentions WHERE text = ? UNION SELECT doc_id FROM norms WHERE instr(bearers, ?)",
            *(words, msgspec.json.encode(words).decode()),
        )
        return [row[0] for row in rows]

    def mentions(self, doc_id: str, among: Collection[str] | None = None) -> list[Mention]:
        """Where a document, or some of its clauses by their ids, names bodies, in text order."""
        where, values = _among(doc_id, among)
        return self._read(Mention, f"mentions WHERE {where} ORDER BY start, rowid", *values)

    def n_norms(self) -> int:
        """How many norms the current documents hold, as they were extracted."""
        current = "SELECT doc_id FROM documents WHERE current = 1"
        return int(self._ask(f"SELECT count(*) FROM norms WHERE doc_id IN ({current})")[0][0])

    def decisions(self, doc_id: str | None = None) -> list[Decision]:
        """What persons said, the earliest first: all of it, or what was said of that document."""
        where, values = ("", ()) if doc_id is None else ("WHERE doc_id = ?", (doc_id,))
        return sorted(self._read(Decision, f"decisions {where}", *values), key=lambda one: (one.when, one.decision_id))

    def _read(self, record: type[Record], rest: str, *values: Any) -> list[Record]:  # noqa: ANN401
        names = [f.name for f in fields(record)]
        columns = ", ".join(f'"{n}"' for n in names)
        rows = self._ask(f"SELECT {columns} FROM {rest}", *values)
        return [_record(record, dict(zip(names, row, strict=True))) for row in rows]

    def _read_some(
        self, record: type[Record], table: str, key: str, ids: Iterable[str], rest: str = "", *values: str
    ) -> Iterator[Record]:
        wanted = list(dict.fromkeys(ids))
        for at in range(0, len(wanted), _MOST_ASKED):
            some = wanted[at : at + _MOST_ASKED]
            yield from self._read(
                record, f"{table} WHERE {key} IN ({', '.join('?' * len(some))}){rest}", *some, *values
            )

    def _file_problems(self, path: str) -> list[Problem]:
        return self._read(Problem, "problems WHERE path = ? AND doc_id IS NULL ORDER BY rowid", path)

    def _ask(self, question: str, *values: Any) -> list[Any]:  # noqa: ANN401
        try:
            with closing(self._db.execute(question, values)) as rows:
                return rows.fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"读不了条理库 {self.folder}：{_why(error)}。") from error


def _among(doc_id: str, clause_ids: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """Condition and values that ask for what is in a document, or in some of its clauses."""
    if clause_ids is None:
        return "doc_id = ?", (doc_id,)
    return f"doc_id = ? AND clause_id IN ({', '.join('?' * len(clause_ids))})", (doc_id, *clause_ids)


def _connect(name: str, *, timeout: float = BUSY_SECONDS, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=timeout, isolation_level=None, check_same_thread=False, uri=uri)


def _open_to_read(path: Path) -> sqlite3.Connection:
    """Open a store that may lie in a folder where nothing can be written; there no other process writes either."""
    address = path.resolve().as_uri()
    db = _connect(f"{address}?mode=ro", uri=True)
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        db.close()
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:  # someone is writing after all
            raise
        db = _connect(f"{address}?mode=ro&immutable=1", uri=True)
    return db


def _use_wal(db: sqlite3.Connection) -> None:
    """Switch to WAL mode; SQLite does not wait by itself where another process does the same at this moment."""
    for patience in range(BUSY_SECONDS * 10, -1, -1):
        try:
            if db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not patience or "locked" not in str(error):
                raise
            time.sleep(0.1)


def _seize(lock: sqlite3.Connection) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return False
        raise
    return True


def _why(error: Exception) -> str:
    """Return the reason of an error of SQLite or the file system in Chinese."""
    words = str(error)
    return next((chinese for english, chinese in _REASONS.items() if english in words), words)


def _row(record: Any) -> dict[str, Any]:  # noqa: ANN401
    """Values of a record as SQLite holds them: dates in ISO form, enums by value, tuples as JSON."""
    row: dict[str, Any] = msgspec.to_builtins(record)
    return {k: msgspec.json.encode(v).decode() if isinstance(v, list | tuple) else v for k, v in row.items()}


def _record(record: type[Record], row: dict[str, Any]) -> Record:
    for name in _TUPLES & row.keys():
        row[name] = msgspec.json.decode(row[name])
    return msgspec.convert(row, record, strict=False)
