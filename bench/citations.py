"""Measures citations over a store: quality against annotated clauses, how many are resolved, speed and memory.

    python bench/citations.py --store STORE [--gold FILE]...

A gold file holds JSON lines {"doc", "path", "text", "citations": [{"title", "label", "relation"}]}: a clause by the stem of
its file, its labels and the first letters of its words. A citation is right where title and label are. Prints a table and
writes bench/results/citations.json.

bench/gold/citations.jsonl, which is always measured, holds clauses of documents of every kind, annotated by reading
before the program saw them, in three rounds; `right_at_first` says whether all of a clause was right when it was first run on
it. The faults of a round were mended before the next. bench/results/citations-sample.json lists resolved citations of laws
and regulations that were drawn by seed and read, with the clause that they were led to.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from compare.present import Presence  # noqa: E402
from graph.build import references  # noqa: E402
from graph.corrected import CorrectedResolver  # noqa: E402
from graph.kept import KeptGraph  # noqa: E402
from graph.resolve import resolve_all  # noqa: E402
from ingest.citing.citations import find_citations  # noqa: E402
from tiaoli.provisions import TitleIndex, title_key  # noqa: E402
from tiaoli.records import Citation, Clause, DocType, Kind, LedCitation  # noqa: E402
from tiaoli.store import Store  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "citations.json"
GOLD = ROOT / "bench" / "gold" / "citations.jsonl"
STATUTES = (DocType.LAW, DocType.ADMIN_REGULATION)
AT = date(2026, 1, 1)  # fixed, so that runs compare
Figures = dict[str, float]


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path, action="append", default=[])
    options = parser.parse_args()
    with Store(options.store, read_only=True) as store:
        results = {"recognise": _recognise(store), "resolve": _resolve(store), "statutes": _statutes(store)}
        results |= {"present": _present(store), "graph": _graph(store)}
        results |= {f"gold {path.stem}": _gold(store, path) for path in (GOLD, *options.gold)}
    for name, figures in results.items():
        print(f"{name:10}", "  ".join(f"{key} {value:g}" for key, value in figures.items()))
    machine = {"system": platform.system(), "python": platform.python_version()}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(machine | results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _recognise(store: Store) -> Figures:
    clauses = citations = 0
    spent = 0.0
    for document in store.documents():
        text, own = store.text(document.doc_id), store.clauses(document.doc_id)
        began = time.process_time()
        citations += sum(len(find_citations(clause, text)) for clause in own)
        spent += time.process_time() - began
        clauses += len(own)
    return {"clauses": clauses, "citations": citations, "cpu_seconds": round(spent, 2)}


def _resolve(store: Store) -> Figures:
    began = time.process_time()
    documents = store.documents()
    before = time.process_time()
    TitleIndex(documents)
    indexed = time.process_time() - before
    count = Counter(citation.status for citation in _citations(store))
    spent = time.process_time() - began
    return {**dict(sorted(count.items())), "titles_seconds": round(indexed, 3), "cpu_seconds": round(spent, 2)}


def _graph(store: Store) -> Figures:
    began = time.process_time()
    with KeptGraph(None) as kept:
        kept.update(store)
        G = references(kept, CorrectedResolver.of(store, at=AT))
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"nodes": len(G), "edges": G.number_of_edges(), "cpu_seconds": round(spent, 2), "peak_mb": round(peak)}


def _statutes(store: Store) -> Figures:
    """Count the references of laws and administrative regulations that are led to what they name, the others by reason."""
    kinds = {d.doc_id: d.doc_type for d in store.documents()}
    count: Counter[str] = Counter()
    for one in resolve_all(store, at=AT):
        if kinds[one.document.doc_id] in STATUTES:
            opening = {c.clause_id for c in store.clauses(one.document.doc_id) if c.kind is Kind.PREAMBLE}
            count.update(_outcome(citation, citation.clause_id in opening) for citation in one.citations)
    led = count["to_a_provision"] + count["to_a_document"]
    return {"share_resolved": round(led / max(1, count.total()), 3), **dict(sorted(count.items()))}


def _outcome(citation: LedCitation, opening: bool) -> str:
    if citation.status == "unknown_document":
        return "unknown_in_the_history_of_the_text" if opening else "unknown_document"
    if citation.status != "resolved":
        own = citation.target_doc_id == citation.doc_id
        return f"{citation.status}_{'own' if own else 'foreign'}" if citation.label else citation.status
    if citation.target_clause_id:
        return "to_a_provision"
    return "to_a_document_number_of_another_version" if citation.label else "to_a_document"


def _present(store: Store) -> Figures:
    """Follow the provisions of earlier versions to the versions in force."""
    began = time.process_time()
    presence = Presence(store, at=AT)
    changes = Counter(
        c.change.name.lower()
        for one in resolve_all(store, at=AT, follow=presence.of)
        for c in one.citations
        if c.change
    )
    return {**dict(sorted(changes.items())), "cpu_seconds": round(time.process_time() - began, 2)}


def _gold(store: Store, path: Path) -> Figures:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    got = _citations_of(store, {row["doc"] for row in rows})
    right = related = predicted = expected = found = 0
    for row in rows:
        citations = next((those for clause, those in got.get(row["doc"], ()) if _is_meant(clause, row)), None)
        if citations is None:
            print(f"no clause in the store: {row['doc']} {'/'.join(row['path'])}", file=sys.stderr)
            continue
        gold = Counter((title_key(c["title"]), c["label"]) for c in row["citations"])
        kinds = Counter((title_key(c["title"]), c["label"], c["relation"]) for c in row["citations"])
        right += (gold & Counter((title_key(c.title), c.label) for c in citations)).total()
        related += (kinds & Counter((title_key(c.title), c.label, c.relation) for c in citations)).total()
        predicted += len(citations)
        expected += len(row["citations"])
        found += 1
    precision, recall = right / max(1, predicted), right / max(1, expected)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    shares = {"precision": precision, "recall": recall, "f1": f1, "relation": related / max(1, right)}
    rounds = sorted({row["round"] for row in rows if "round" in row})
    first = {f"right_at_first_{n}": _share_right(row for row in rows if row["round"] == n) for n in rounds}
    return {"clauses": found, "of": len(rows)} | {k: round(v, 3) for k, v in (shares | first).items()}


def _share_right(rows: Iterable[dict[str, Any]]) -> float:
    """Return the share of clauses of which all was right when they were first read by the program."""
    right = [bool(row["right_at_first"]) for row in rows]
    return sum(right) / max(1, len(right))


def _is_meant(clause: Clause, row: dict[str, Any]) -> bool:
    return list(clause.path) == row["path"] and _words(clause.heading + clause.text).startswith(_words(row["text"]))


def _words(text: str) -> str:
    return title_key(text)[:60]


def _citations_of(store: Store, stems: set[str]) -> dict[str, list[tuple[Clause, list[LedCitation]]]]:
    """Return the clauses of these files, by their stem with the mark of the document in it, each with its citations."""
    found: dict[str, list[tuple[Clause, list[LedCitation]]]] = {}
    for one in resolve_all(store, at=AT):
        file, mark, member = one.document.source.partition("#")
        if (stem := Path(file).stem + mark + member) in stems:
            of_clause: dict[str, list[LedCitation]] = {}
            for citation in one.citations:
                of_clause.setdefault(citation.clause_id, []).append(citation)
            clauses = store.clauses(one.document.doc_id)
            found.setdefault(stem, []).extend((clause, of_clause.get(clause.clause_id, [])) for clause in clauses)
    return found


def _citations(store: Store) -> Iterator[Citation]:
    return (citation for one in resolve_all(store, at=AT) for citation in one.citations)


if __name__ == "__main__":
    main()
