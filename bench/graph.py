"""Measures the graph: building it, one changed document, answers, memory, and how all that grows with the store.

    python bench/graph.py --store STORE [--copies 1 2 5 10] [--scratch FOLDER]

STORE is a store of real documents and is only read. For each number of copies a store is made beside it in which every
document stands so many times under other names and titles, its graph is built and asked. Times of answers are of a fresh process that has
opened the graph, without any cache of ours; the median and the slowest of twenty are told. Prints a table and writes bench/results/graph.json.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import platform
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from answers.organs import with_organs  # noqa: E402
from answers.powers.listing import powers_list  # noqa: E402
from answers.profile import norms_of, relations_of  # noqa: E402
from answers.scope import Scope  # noqa: E402
from answers.tracing.paths import dependants, paths_up  # noqa: E402
from graph.build import around, references, whole  # noqa: E402
from graph.corrected import CorrectedResolver, corrected  # noqa: E402
from graph.kept import FILE, KeptGraph  # noqa: E402
from graph.resolve import Resolver  # noqa: E402
from tiaoli.records import Body, ParsedDocument  # noqa: E402
from tiaoli.store import FileState, Store  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "graph.json"
AT = date(2026, 12, 1)
TIMES = 20
Figures = dict[str, object]

# Columns that hold ids; in a copy they get its mark behind the id of the document.
_IDS = {
    "documents": ("doc_id", "version_of", "path"),
    "clauses": ("clause_id", "doc_id", "parent_id"),
    "citations": ("clause_id", "doc_id"),
    "amendments": ("clause_id", "doc_id"),
    "assignments": ("clause_id", "doc_id"),
    "norms": ("norm_id", "clause_id", "doc_id"),
    "mentions": ("clause_id", "doc_id"),
}


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--copies", type=int, nargs="+", default=[1])
    parser.add_argument("--scratch", type=Path, default=None)
    given = parser.parse_args()
    curve = []
    for copies in given.copies:
        with tempfile.TemporaryDirectory(dir=given.scratch) as scratch:
            folder = Path(scratch)
            multiplied(given.store, folder, copies)
            figures: Figures = {"copies": copies}
            for measure in (_built, _updated, _answered, _whole):
                if measure is not _whole or copies == 1:  # nobody asks for the whole of a large graph at once
                    figures |= _apart(measure, folder)
            curve.append(figures)
            print(json.dumps(figures, ensure_ascii=False, indent=1))
    found = {"machine": f"{platform.machine()}, {multiprocessing.cpu_count()} cores", "growth": curve}
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def multiplied(source: Path, folder: Path, copies: int) -> None:
    """Make a store in `folder` in which each document of `source` stands `copies` times, each copy a work of its own."""
    shutil.copy(source / "store.sqlite", folder / "store.sqlite")
    with sqlite3.connect(folder / "store.sqlite") as db:
        for copy in range(1, copies):
            for table, ids in _IDS.items():
                columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
                values = ", ".join(_copied(column, column in ids, copy) for column in columns)
                names = ", ".join(f'"{column}"' for column in columns)
                current = "doc_id IN (SELECT doc_id FROM documents WHERE current = 1 AND doc_id NOT LIKE '%·%')"
                db.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {current}")


def _copied(column: str, is_id: bool, copy: int) -> str:
    """Return the expression for a column of a copy: its ids are marked, its title is another."""
    mark = f"'·{copy}'"
    if column == "title":
        return f"title || '（{copy}）'" if not is_id else column
    if not is_id:
        return f'"{column}"'
    whole = f'"{column}" || {mark}'
    return f"CASE WHEN instr(\"{column}\", '#') THEN replace(\"{column}\", '#', {mark} || '#') ELSE {whole} END"


def _apart(measure: Callable[[Path], Figures], folder: Path) -> Figures:
    """Measure in a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (folder,))


def _memory() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _built(folder: Path) -> Figures:
    with Store(folder, read_only=True) as store, KeptGraph(folder) as kept:
        began = time.perf_counter()
        documents = kept.update(store)
        spent = time.perf_counter() - began
        edges = sum(1 for _ in kept.edges())
        bodies = sum(1 for _ in kept.bodies())
    disk = round((folder / FILE).stat().st_size / 1e6)
    return {
        "documents": documents,
        "edges": edges,
        "bodies": bodies,
        "build_seconds": round(spent, 1),
        "build_peak_mb": _memory(),
        "disk_mb": disk,
    }


def _updated(folder: Path) -> Figures:
    """Change a document of the usual length, whose title nobody cites, and bring the graph up to it."""
    with Store(folder) as store, KeptGraph(folder) as kept:
        document = sorted(store.documents(), key=lambda d: (d.n_clauses, d.doc_id))[len(store.documents()) // 2]
        _reread(store, document.doc_id)
        began = time.perf_counter()
        anew = kept.update(store)
        spent = time.perf_counter() - began
    return {"update_one_seconds": round(spent, 2), "updated": anew}


def _reread(store: Store, doc_id: str) -> None:
    """Enter a document again with another day, as a corrected manifest would."""
    document = store.document(doc_id)
    path = document.source
    parsed = ParsedDocument(
        replace(document, expires=date(2030, 1, 1)),
        store.text(doc_id),
        tuple(store.clauses(doc_id)),
        tuple(store.problems(doc_id)),
        tuple(store.citations(doc_id)),
        tuple(store.amendments(doc_id)),
        tuple(store.assignments(doc_id)),
        tuple(store.norms(doc_id)),
        tuple(store.mentions(doc_id)),
    )
    known = {state.source: state for state in store.files().values()}.get(path.partition("#")[0])
    state = known or FileState(path, path, doc_id, document.sha256, "", 1, "present")
    with sqlite3.connect(store.folder / "store.sqlite") as db:
        db.execute("UPDATE documents SET path = ? WHERE doc_id = ?", (f"{state.path}/{doc_id}", doc_id))
    store.put_file(state._replace(path=f"{state.path}/{doc_id}", base_id=f"{state.base_id}/{doc_id}"), [parsed])


def _answered(folder: Path) -> Figures:
    with Store(folder, read_only=True) as store, KeptGraph(folder, read_only=True) as kept:
        resolver = CorrectedResolver.of(corrected(store), at=AT)
        bodies = [body for body, _ in kept.bodies_most_bearing(TIMES)]
        clauses = [edge.target for edge in kept.edges_from(b.body_id for b in bodies[:3])][:: max(1, 3000 // TIMES)]
        places = [node.rpartition("~")[0] for node in clauses if "~" in node][:TIMES]
        times = {
            "powers_ms": _timed(bodies, lambda body: powers_list(kept, resolver, [body], Scope())),
            "powers_with_organs_ms": _timed(bodies, lambda body: _powers_of_all(kept, resolver, body)),
            "norms_ms": _timed(bodies, lambda body: norms_of(kept, resolver, [body], Scope())),
            "relations_ms": _timed(bodies, lambda body: relations_of(kept, resolver, [body], Scope())),
            "neighbours_ms": _timed(bodies, lambda body: around(kept, resolver, [body.body_id])),
            "paths_up_ms": _timed(places, lambda node: paths_up(kept, resolver, node)),
            "dependants_ms": _timed(places, lambda node: dependants(kept, resolver, node)),
        }
    return {**times, "answers_peak_mb": _memory()}


def _powers_of_all(kept: KeptGraph, resolver: Resolver, body: Body) -> object:
    return powers_list(kept, resolver, with_organs(kept, [body]), Scope())


def _timed(asked: Sequence[object], answer: Callable[..., object]) -> list[int]:
    """Return the median and the slowest time of an answer, in milliseconds."""
    spent = []
    for one in asked:
        began = time.perf_counter()
        answer(one)
        spent.append((time.perf_counter() - began) * 1000)
    return [round(median(spent)), round(max(spent))] if spent else []


def _whole(folder: Path) -> Figures:
    with Store(folder, read_only=True) as store, KeptGraph(folder, read_only=True) as kept:
        resolver = CorrectedResolver.of(corrected(store), at=AT)
        began = time.perf_counter()
        G = references(kept, resolver)
        spent, peak = time.perf_counter() - began, _memory()
        began = time.perf_counter()
        W = whole(kept, resolver)
        return {
            "references": {"nodes": len(G), "edges": G.number_of_edges(), "seconds": round(spent, 1), "peak_mb": peak},
            "whole": {
                "nodes": len(W),
                "edges": W.number_of_edges(),
                "seconds": round(time.perf_counter() - began, 1),
                "peak_mb": _memory(),
            },
        }


if __name__ == "__main__":
    main()
