"""Measures search: quality on a benchmark of lay questions, speed and memory over a folder of documents.

    python bench/search.py --stard FOLDER [--texts FOLDER | --store STORE]

FOLDER of --stard holds corpus.jsonl.gz, queries.dev.jsonl and qrels.dev.txt. --texts is ingested into a scratch store, whose
index is then measured; --store takes a store that is there. Prints a table and writes bench/results/search.json.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.import_clauses import import_clauses  # noqa: E402
from search.contract import Query, Results  # noqa: E402
from search.facets import parse_filters  # noqa: E402
from search.generation import FOLDER, open_generation  # noqa: E402
from search.index import Index, open_index  # noqa: E402
from search.update import locked, update  # noqa: E402
from tiaoli.store import Store  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "search.json"
CUTS = (5, 10, 50, 100)
COLD_RUNS = 5
Figures = dict[str, float]


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--store", type=Path)
    options = parser.parse_args()
    questions = _questions(options.stard / "queries.dev.jsonl")
    results: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as scratch:
        results["stard-dev"] = _stard(options.stard, questions, Path(scratch) / "stard")
        store = options.store
        if options.texts:
            store = Path(scratch) / "texts"
            results["ingest with index"] = _ingest(options.texts, store)
        if store:
            results["index"] = _index_again(store)
            results["warm"] = _warm(open_index(store), list(questions.values()))
            results["cold"] = _cold(store)
    _report(results)


def _questions(path: Path) -> dict[str, str]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {str(row["qid"]): row["text"] for row in rows}


# --- quality ---------------------------------------------------------------------------------------------------------


def _stard(folder: Path, questions: Mapping[str, str], scratch: Path) -> Figures:
    with Store(scratch) as store:
        imported = _timed(lambda: import_clauses(folder / "corpus.jsonl.gz", store))
        with locked(scratch):
            built = _timed(lambda: update(store))
    index = open_index(scratch)
    runs = {qid: [clause_id for clause_id, _ in index.rank(Query(text, limit=100))] for qid, text in questions.items()}
    return {"import s": imported, "index s": built} | quality(_qrels(folder / "qrels.dev.txt"), runs)


def _qrels(path: Path) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        qid, _, clause_id, grade = line.split()
        if int(grade) > 0:
            wanted[qid].add(clause_id)
    return wanted


def quality(qrels: Mapping[str, set[str]], runs: Mapping[str, Sequence[str]]) -> Figures:
    """Return recall at some ranks, MRR@10 and nDCG@10 as means over the queries."""
    sums: Figures = defaultdict(float)
    for qid, wanted in qrels.items():
        run = runs.get(qid, ())
        for cut in CUTS:
            sums[f"R@{cut}"] += len(wanted & set(run[:cut])) / len(wanted)
        ranks = [rank for rank, clause_id in enumerate(run[:10], 1) if clause_id in wanted]
        sums["MRR@10"] += 1 / ranks[0] if ranks else 0.0
        ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(10, len(wanted)) + 1))
        sums["nDCG@10"] += sum(1 / math.log2(rank + 1) for rank in ranks) / ideal
    return {name: total / len(qrels) for name, total in sums.items()}


# --- speed -----------------------------------------------------------------------------------------------------------


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def _children() -> float:
    """Seconds of processor time that ended child processes took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "interfaces.cli", *words]


def _ingest(texts: Path, store: Path) -> Figures:
    command = _command("ingest", str(texts), "--store", str(store))
    seconds = _timed(lambda: subprocess.run(command, cwd=ROOT, capture_output=True, check=False))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"s": seconds, "peak MB of the largest process": peak}


def _index_again(store_folder: Path) -> Figures:
    """Build the index of a store from nothing, in a process of its own for its memory."""
    build = (
        "import sys, pathlib, resource; from search.update import locked, update; from tiaoli.store import Store\n"
        "with Store(sys.argv[1]) as store, locked(store.folder): update(store)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    for generation in (store_folder / FOLDER).glob("gen-*"):
        for file in sorted(generation.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
        generation.rmdir()
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", build, str(store_folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - start
    generation_now = open_generation(store_folder)
    if generation_now is None:
        raise RuntimeError("no index was built")
    size = sum(file.stat().st_size for file in (store_folder / FOLDER).rglob("*") if file.is_file())
    documents, passages = len(generation_now.documents), generation_now.size
    return {"documents": documents, "passages": passages, "build s": seconds, "peak MB": float(done.stdout), "disk MB": size / 2**20}  # fmt: skip


def _warm(index: Index, texts: Sequence[str]) -> Figures:
    """Times of whole answers: ten hits with highlights; with counts; narrowed to articles."""
    ways: dict[str, Callable[[str], Query]] = {
        "": lambda text: Query(text),
        "facets ": lambda text: Query(text, facets=True),
        "filter ": lambda text: Query(text, parse_filters(["kind=条"])),
    }
    for text in texts[:20]:
        index.search(text)
    figures: Figures = {}
    for name, ask in ways.items():
        # On a busy machine the processor's time says more than the clock.
        for clock_name, clock in (("", time.perf_counter), ("cpu ", time.process_time)):
            times = [_timed(partial(_ask, index, ask, text), clock) * 1000 for text in texts]
            cuts = statistics.quantiles(times, n=100)
            figures |= {f"{name}{clock_name}p50 ms": cuts[49], f"{name}{clock_name}p95 ms": cuts[94]}
    return figures


def _ask(index: Index, ask: Callable[[str], Query], text: str) -> Results:
    return index.search(ask(text))


def _cold(store: Path) -> Figures:
    """Times from the start of the process to the printed answer."""
    command = _command("search", "执法人员持证上岗", "--store", str(store), "--json")
    run = lambda: subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: E731
    times = sorted(_timed(run) for _ in range(COLD_RUNS))
    return {"median s": statistics.median(times), "worst s": times[-1], "cpu s": _timed(run, _children)}


def _report(results: Mapping[str, Figures]) -> None:
    for name, figures in results.items():
        print(f"{name:18}", "  ".join(f"{key} {_short(value)}" for key, value in figures.items()))
    rounded = {name: {key: round(value, 4) for key, value in figures.items()} for name, figures in results.items()}
    machine: dict[str, object] = {"cores": os.cpu_count(), "load": round(os.getloadavg()[2], 1)}
    machine |= {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rounded | {"on": machine}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _short(value: float) -> str:
    return f"{value:.4f}" if value < 1 else f"{value:.1f}"


if __name__ == "__main__":
    main()
