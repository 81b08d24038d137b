"""Ready-made clauses from a table: one document for each law, each row a clause under the id that it brings.

Rows are JSON lines {`id`, `law`, `article`, `heading`, `text`, `category`, `date`}, plain or gzip. Headings (第一编 总则 /
第二章 一般规定) become the divisions above the rows; the text of a document is made from its rows.
"""

from __future__ import annotations

import codecs
import datetime
import gzip
import hashlib
import itertools
import re
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tiaoli.errors import BadData, UnreadableFile
from tiaoli.ids import child_id, document_id
from tiaoli.provisions import Level, parse_provision
from tiaoli.records import Clause, DocType, Document, Kind, ParsedDocument, Problem
from tiaoli.store import FileState, Store

_READING = "import-clauses 1"  # change it when the same rows give other records
_GZIP = b"\x1f\x8b"
_BAD = "bad_row"
_RANKS = {
    DocType.LAW: 1,
    DocType.ADMIN_REGULATION: 2,
    DocType.SUPERVISION_REGULATION: 2,
    DocType.JUDICIAL_INTERPRETATION: 3,
    DocType.LOCAL_REGULATION: 4,
    DocType.DEPARTMENTAL_RULE: 6,
    DocType.LOCAL_RULE: 7,
}
_LOWEST = 13
_BRANCH_OF_LAW = re.compile(r".*法典?")  # 宪法, 行政法, 民法典: branches that only laws belong to
_DIVISION = re.compile(r"(第.{1,9}?(?:分编|[编章节]))[\s\u3000]*(.*)")
_KINDS = {
    Level.PART: Kind.PART,
    Level.SUBPART: Kind.SUBPART,
    Level.CHAPTER: Kind.CHAPTER,
    Level.SECTION: Kind.SECTION,
    Level.ARTICLE: Kind.ARTICLE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One ready-made clause."""

    id: str
    law: str
    text: str
    article: str = ""
    heading: str = ""  # divisions above it, the outermost first, parted by “ / ”
    category: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    documents: int
    clauses: int  # rows that are now clauses
    problems: tuple[Problem, ...]  # one for each row that was left out
    unchanged: bool = False  # the file had been imported before as it is


def import_clauses(path: Path, store: Store) -> Imported:
    """Enter the rows of a file in one transaction; UnreadableFile or BadData where nothing of it can be used."""
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    name = str(path.resolve())
    with store.only_importer():
        before = store.files(name).get(name)
        # Ids of clauses are given, so that a changed file replaces its documents and makes no new versions of them.
        base = before.base_id if before else _free_base(path, store)
        file = FileState(name, path.name, base, digest, _READING, 1, "present")
        if before == file:
            return Imported(0, 0, (), unchanged=True)
        rows, problems = _rows(data, path.name)
        if not rows:
            why = problems[0].message if problems else "文件里没有内容"
            raise BadData(f"{path.name} 里没有一行可用：{why}")
        parsed = _documents(rows, file)
        store.put_file(file, parsed, problems)
    return Imported(len(parsed), len(rows), problems)


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data.startswith(_GZIP) else data
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(f"{path.name} 的 gzip 压缩不完整或已损坏，请重新下载或另存") from error
    except OSError as error:
        raise UnreadableFile(f"读不了 {path}：{error.strerror or error}") from error


def _free_base(path: Path, store: Store) -> str:
    taken = {file.base_id for file in store.files().values()}
    stem = document_id(path.name.removesuffix(".gz").removesuffix(".jsonl"))
    names = itertools.chain([stem], (f"{stem}({n})" for n in itertools.count(2)))
    return next(name for name in names if name not in taken)


def _rows(data: bytes, source: str) -> tuple[list[Row], tuple[Problem, ...]]:
    """Return the good rows, and a problem for each other."""
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = _row(line, seen)
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
            problems.append(Problem(_BAD, f"第 {number} 行不能用：{error}", source))
            continue
        seen.add(row.id)
        rows.append(row)
    return rows, tuple(problems)


def _row(line: bytes, seen: Collection[str]) -> Row:
    row = msgspec.json.decode(line, type=Row)
    for name in ("id", "law", "text"):
        if not getattr(row, name).strip():
            raise ValueError(f"{name} 是空的")
    if row.id in seen:
        raise ValueError(f"编号 {row.id} 前面已经有了")
    return row


def _documents(rows: Iterable[Row], file: FileState) -> list[ParsedDocument]:
    laws: dict[str, list[Row]] = {}
    for row in rows:
        laws.setdefault(row.law.strip(), []).append(row)
    taken: dict[str, int] = {}
    return [_document(law, own, file, taken) for law, own in laws.items()]


def _document(law: str, rows: Sequence[Row], file: FileState, taken: dict[str, int]) -> ParsedDocument:
    stem = document_id(f"{file.base_id}.{law}")
    taken[stem] = count = taken.get(stem, 0) + 1  # titles that differ only in signs which ids leave out
    doc_id = f"{stem}~{count}" if count > 1 else stem
    builder = _Builder(doc_id)
    for row in rows:
        builder.add(row)
    category = next((row.category for row in rows if row.category), "")
    doc_type = _doc_type(category)
    document = Document(
        doc_id,
        law,
        f"{file.source}#{law}",
        file.sha256,
        doc_type,
        _RANKS.get(doc_type, _LOWEST),
        promulgated=max((row.date for row in rows if row.date), default=None),
        n_clauses=len(builder.clauses),
    )
    return ParsedDocument(document, "".join(builder.text), tuple(builder.clauses))


def _doc_type(category: str) -> DocType:
    if category in set(DocType):
        return DocType(category)
    return DocType.LAW if _BRANCH_OF_LAW.fullmatch(category) else DocType.OTHER


class _Builder:
    """Makes text and clauses of one document from its rows."""

    def __init__(self, doc_id: str) -> None:
        self._doc_id = doc_id
        self.text: list[str] = []
        self.clauses: list[Clause] = []
        self._length = 0
        self._taken: dict[str, int] = {}
        self._above: list[tuple[str, Clause]] = []  # divisions that are open, as written and as clauses

    def add(self, row: Row) -> None:
        """Add a row, and the divisions above it that are not open yet."""
        wanted = [part.strip() for part in row.heading.split(" / ") if part.strip()]
        open_now = [words for words, _ in self._above]
        same = next((n for n, words in enumerate(open_now) if wanted[n : n + 1] != [words]), len(open_now))
        del self._above[same:]
        for words in wanted[same:]:
            match = _DIVISION.fullmatch(words)
            label, heading = (match[1], match[2]) if match else (words, "")
            clause = self._append("", label, heading, "", Kind.HEADING)
            self._above.append((words, clause))
        self._append(row.id, row.article.strip(), "", row.text.strip(), Kind.PARAGRAPH)

    def _append(self, clause_id: str, label: str, heading: str, text: str, otherwise: Kind) -> Clause:
        parent = self._above[-1][1] if self._above else None
        address = parse_provision(label) if label else None
        step = address.innermost if address else None
        shown = label or f"段{len(self.clauses) + 1}"
        printed = " ".join(part for part in (label, heading, text) if part)
        clause = Clause(
            clause_id=clause_id or child_id(parent.clause_id if parent else self._doc_id, shown, self._taken),
            doc_id=self._doc_id,
            parent_id=parent.clause_id if parent else None,
            kind=_KINDS.get(step.level, otherwise) if step else otherwise,
            label=shown,
            path=(*(parent.path if parent else ()), shown),
            heading=heading,
            text=text,
            start=self._length,
            end=self._length + len(printed),
            order=len(self.clauses),
            number=step.number if step else None,
            suffix=(step.suffix or None) if step else None,
        )
        self.text.append(printed + "\n")
        self._length += len(printed) + 1
        self.clauses.append(clause)
        return clause
