"""Measures citations over a store: quality against annotated clauses, how many are resolved, speed and memory.

    python bench/citations.py --store STORE [--gold FILE]

--gold holds JSON lines {"text", "citations": [{"title", "label", "relation"}]}; a clause of the store is found by its words.
A citation is right where title and label are. Prints a table and writes bench/results/citations.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph.build import build  # noqa: E402
from graph.resolve import resolve_all  # noqa: E402
from ingest.citing.citations import find_citations  # noqa: E402
from tiaoli.provisions import TitleIndex, title_key  # noqa: E402
from tiaoli.records import Citation  # noqa: E402
from tiaoli.store import Store  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "citations.json"
AT = date(2026, 1, 1)  # fixed, so that runs compare
Figures = dict[str, float]


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    options = parser.parse_args()
    with Store(options.store, read_only=True) as store:
        results = {"recognise": _recognise(store), "resolve": _resolve(store), "graph": _graph(store)}
        if options.gold:
            results["gold"] = _gold(store, options.gold)
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
    G = build(store, at=AT)
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"nodes": len(G), "edges": G.number_of_edges(), "cpu_seconds": round(spent, 2), "peak_mb": round(peak)}


def _gold(store: Store, path: Path) -> Figures:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    wanted = {_words(row["text"]): row["citations"] for row in rows}
    found = _clauses_with(store, set(wanted))
    right = related = predicted = expected = 0
    for words, citations in wanted.items():
        gold = Counter((title_key(c["title"]), c["label"]) for c in citations)
        kinds = Counter((title_key(c["title"]), c["label"], c["relation"]) for c in citations)
        got = found.get(words, [])
        right += (gold & Counter((title_key(c.title), c.label) for c in got)).total()
        related += (kinds & Counter((title_key(c.title), c.label, c.relation) for c in got)).total()
        predicted += len(got)
        expected += len(citations)
    precision, recall = right / max(1, predicted), right / max(1, expected)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    shares = {"precision": precision, "recall": recall, "f1": f1, "relation": related / max(1, right)}
    return {"clauses": len(found), "of": len(rows)} | {key: round(value, 3) for key, value in shares.items()}


def _clauses_with(store: Store, words: set[str]) -> dict[str, list[Citation]]:
    """Return the citations of the first clause with each of the wanted texts."""
    of_clause: dict[str, list[Citation]] = {}
    for citation in _citations(store):
        of_clause.setdefault(citation.clause_id, []).append(citation)
    found: dict[str, list[Citation]] = {}
    for document in store.documents():
        for clause in store.clauses(document.doc_id):
            key = _words(clause.heading + clause.text)
            if key in words:
                found.setdefault(key, of_clause.get(clause.clause_id, []))
    return found


def _words(text: str) -> str:
    return title_key(text)[:60]


def _citations(store: Store) -> Iterator[Citation]:
    return (citation for one in resolve_all(store, at=AT) for citation in one.citations)


if __name__ == "__main__":
    main()
