"""Records, files and stores for tests, each in one call."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from ingest import pipeline
from tiaoli.records import Citation, Clause, Document, Kind, ParsedDocument, Problem
from tiaoli.store import FileState, Store

STATUTE = """示例市河道管理办法

第一条 为了加强河道管理，保障防洪安全，根据有关法律，制定本办法。

第二条 市水务局负责全市河道的监督管理，可以委托街道办事处巡查。

第三条 任何单位和个人不得在河道内从事下列活动：
（一）倾倒垃圾；
（二）擅自采砂。

第四条 违反本办法第三条规定的，由市水务局责令限期改正。
"""
NOBODY = 65534


def statute(number: int) -> str:
    """A short text that differs from the others by its number."""
    return STATUTE.replace("示例市", f"示例{number}市")


def document(doc_id: str = "办法", **fields: Any) -> Document:
    return Document(**{"doc_id": doc_id, "title": "办法", "source": "办法.txt", "sha256": "a" * 64} | fields)


def clause(label: str = "第一条", doc_id: str = "办法", **fields: Any) -> Clause:
    made = {"clause_id": f"{doc_id}#{label}", "doc_id": doc_id, "parent_id": None, "kind": Kind.ARTICLE, "label": label}
    made |= {"path": (label,), "heading": "", "text": "为了加强管理，制定本办法。", "start": 0, "end": 16, "order": 0}
    return Clause(**made | fields)


def parsed(doc_id: str = "办法", *, text: str = "第一条 为了加强管理，制定本办法。", **parts: Any) -> ParsedDocument:
    made = {"document": document(doc_id, n_clauses=1), "text": text, "clauses": (clause(doc_id=doc_id),)}
    return ParsedDocument(**made | parts)


def file_state(base_id: str = "办法", **fields: Any) -> FileState:
    made = {"path": f"/法规/{base_id}.txt", "source": f"{base_id}.txt", "base_id": base_id, "sha256": "a" * 64}
    return FileState(**made | {"reading": "b" * 64, "version": 1, "state": "present"} | fields)


def problem(**fields: Any) -> Problem:
    return Problem(**{"code": "number_gap", "message": "第二条之后是第四条", "source": "办法.txt"} | fields)


def citation(doc_id: str = "办法", **fields: Any) -> Citation:
    made = {
        "clause_id": f"{doc_id}#第一条",
        "doc_id": doc_id,
        "start": 4,
        "end": 8,
        "text": "《水法》",
        "title": "水法",
        "label": None,
    }
    return Citation(**made | fields)


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files, given by name or path below `folder`, and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def ingest(store: Store, *paths: Path, **options: Any) -> dict[str, pipeline.FileResult]:
    """Ingest in this process, and return the results by file name."""
    results = list(pipeline.ingest(paths, store, **{"workers": 0} | options))
    assert len({r.path for r in results}) == len(results)
    return {Path(r.source).name: r for r in results}


def outcomes(results: dict[str, pipeline.FileResult]) -> dict[str, str]:
    return {name: result.outcome for name, result in results.items()}


def content(store: Store) -> dict[str, Any]:
    """All that a store holds, without the numbers of its revisions."""
    documents = store.documents(all_versions=True)
    read: tuple[Callable[[str], Any], ...] = (
        store.text,
        store.clauses,
        store.problems,
        store.citations,
        store.amendments,
        store.assignments,
    )
    return {
        "files": store.files(),
        "documents": documents,
        "parts": {d.doc_id: [ask(d.doc_id) for ask in read] for d in documents},
        "problems": store.problems(),
    }


def dump(folder: Path) -> list[str]:
    """Every row of a store's file as SQL."""
    with closing(sqlite3.connect(folder / "store.sqlite")) as db:
        return list(db.iterdump())


def assert_whole(store: Store) -> None:
    """No document lacks a part, and SQLite finds nothing broken."""
    with closing(sqlite3.connect(store.folder / "store.sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
    documents = store.documents(all_versions=True)
    for one in documents:
        clauses = store.clauses(one.doc_id)
        assert [c.order for c in clauses] == list(range(one.n_clauses))
        text = store.text(one.doc_id)
        spans = "".join(text[c.start : c.end] for c in clauses)
        assert "".join(spans.split()) == "".join(text.split())
    read = {f.base_id for f in store.files().values() if f.state == "present"}
    assert read == {d.doc_id.partition(".篇")[0].partition("@")[0] for d in documents if d.current}


@contextmanager
def unprivileged() -> Iterator[None]:
    """Act as a user without rights, since no permission stops root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)
