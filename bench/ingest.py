"""Measures ingest: time, memory of all processes, and how well the clause trees agree with those that people drew.

    python bench/ingest.py [SHARED [STORE]]

SHARED holds corpora/, gold/structure-dev.jsonl and eval/structure.py; by default it lies beside the project. All files of
all formats are ingested by one command into a new store, which is kept where STORE names its folder. The yardstick of speed
is plain jieba, which segments the same text with as many processes. bench/gold/structure.jsonl holds further trees of documents in
corpora/, by their first letters. Prints a table and writes bench/results/ingest.json.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path

import jieba

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.readers import ENDINGS  # noqa: E402
from tiaoli.store import Store  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "ingest.json"
TEXTS = (".txt", ".md", ".tsv")
OWN_GOLD = ROOT / "bench" / "gold" / "structure.jsonl"
Figures = dict[str, float]


def main() -> None:
    """Measure, print and write."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared").resolve()
    if not (shared / "corpora").is_dir():
        print("没有 ../shared/corpora，跳过导入测试 / no texts to measure ingest with: skipped")
        return
    with tempfile.TemporaryDirectory() as scratch:
        texts, store = (
            Path(scratch) / "corpora",
            Path(sys.argv[2] if len(sys.argv) > 2 else f"{scratch}/store").resolve(),
        )
        files = _mirror(shared / "corpora", texts)
        results = {name: _ingest(texts, store, Path(scratch)) for name in ("first", "again")}
        jieba = _segment(store)
        for name, run in (("first", results["first"]), ("plain jieba", jieba)):
            results[name] = run | {"characters per s": jieba["characters"] / run["s"]}
        results["first"] |= {
            "files per s": files / results["first"]["s"],
            "times jieba": results["first"]["s"] / jieba["s"],
        }
        results["store"] = {"files": files, "disk MB": _size(store)} | _export(store, Path(scratch))
        results |= _quality(shared, Path(scratch))
    _report(results)


def _mirror(source: Path, target: Path) -> int:
    """Lay links to the files below `source` in the same folders below `target`, and return their number."""
    files = [p for p in sorted(source.rglob("*")) if p.suffix.lower() in ENDINGS and p.is_file()]
    for path in files:
        link = target / path.relative_to(source)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)
    return len(files)


def _tiaoli(store: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "interfaces.cli", *words, "--store", str(store)]


# --- speed and memory ------------------------------------------------------------------------------------------------


def _ingest(texts: Path, store: Path, scratch: Path) -> Figures:
    start, peak = time.perf_counter(), 0
    with (scratch / "messages").open("w") as messages:
        run = subprocess.Popen(
            _tiaoli(store, "ingest", str(texts)), cwd=ROOT, stdout=messages, stderr=messages, start_new_session=True
        )
        while run.poll() is None:
            peak = max(peak, _memory(run.pid))
            time.sleep(0.05)
    seconds = time.perf_counter() - start
    if run.returncode not in (0, 3):
        raise RuntimeError((scratch / "messages").read_text())
    return {"s": seconds, "peak MB of all processes": peak / 2**20}


def _segment(store: Path) -> Figures:
    """Segment all texts of a store with jieba, in as many processes as there are cores."""
    with Store(store, read_only=True) as source:
        texts = [source.text(document.doc_id) for document in source.documents()]
    with Pool(initializer=jieba.initialize) as pool:
        pool.map(_words, texts[: os.cpu_count()])  # every process has loaded its dictionary
        start = time.perf_counter()
        pool.map(_words, texts, chunksize=16)
        return {"s": time.perf_counter() - start, "characters": sum(map(len, texts))}


def _words(text: str) -> int:
    return len(jieba.lcut(text))


def _memory(session: int) -> int:
    """Return the resident bytes of all processes of a session, 0 where the system does not tell."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                total += int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError):
            continue
    return total


def _size(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 2**20


def _export(store: Path, scratch: Path) -> Figures:
    """Export what the scorers read, and return how much it is."""
    figures: Figures = {}
    for what in ("documents", "clauses", "citations"):
        file = scratch / f"{what}.jsonl"
        subprocess.run(_tiaoli(store, "export", what, "-o", str(file)), cwd=ROOT, check=True, capture_output=True)
        with file.open(encoding="utf-8") as lines:
            figures[what] = sum(1 for _ in lines)
    return figures


# --- quality ---------------------------------------------------------------------------------------------------------


def _quality(shared: Path, scratch: Path) -> dict[str, Figures]:
    scorer, gold = shared / "eval" / "structure.py", shared / "gold" / "structure-dev.jsonl"
    clauses, documents = scratch / "clauses.jsonl", scratch / "documents.jsonl"
    if not (scorer.is_file() and gold.is_file()):
        print("没有 structure.py 或标注，跳过结构评分 / no gold trees: structure not scored")
        return {}
    _keep_texts(clauses, documents)
    lossless = _run(scorer, "--lossless", shared / "corpora", clauses, documents)
    kept = re.search(r"^lossless (\d+) of (\d+)", lossless, re.M)
    if kept is None:
        raise RuntimeError(f"the scorer prints something new:\n{lossless[-500:]}")
    return (
        _score("structure", _run(scorer, gold, clauses, documents))
        | _score("structure, own gold", _run(scorer, OWN_GOLD, clauses, documents))
        | {"lossless": {"files": float(kept[1]), "of": float(kept[2])}}
    )


def _keep_texts(clauses: Path, documents: Path) -> None:
    """Leave only what was read from the formats that gold trees speak of; the same document may be there in others, too."""
    rows = [line for line in documents.open("rb") if Path(json.loads(line)["source"].partition("#")[0]).suffix in TEXTS]
    kept = {json.loads(line)["doc_id"] for line in rows}
    documents.write_bytes(b"".join(rows))
    clauses.write_bytes(b"".join(line for line in clauses.open("rb") if json.loads(line)["doc_id"] in kept))


def _score(name: str, printed: str) -> dict[str, Figures]:
    """Return what the scorer says over all, as the mean of the documents, and by kind."""
    kinds = re.findall(r"^  (\w+) +P +([\d.]+) +R +([\d.]+) +F1 +([\d.]+)", printed, re.M)
    total = re.search(r"^structure P +([\d.]+) +R +([\d.]+) +F1 +([\d.]+)", printed, re.M)
    mean = re.search(r"^mean of the documents' F1 ([\d.]+)", printed, re.M)
    if not (total and mean):
        raise RuntimeError(f"the scorer prints something new:\n{printed[-500:]}")
    figures = dict(zip(("P", "R", "F1"), map(float, total.groups()), strict=True)) | {"mean F1": float(mean[1])}
    return {name: figures, f"{name}, F1 by kind": {kind: float(f1) for kind, _, _, f1 in kinds}}


def _run(*words: str | Path) -> str:
    return subprocess.run(
        [sys.executable, *map(str, words)], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


def _report(results: dict[str, Figures]) -> None:
    for name, figures in results.items():
        print(f"{name:21}", "  ".join(f"{key} {value:.4g}" for key, value in figures.items()))
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    rounded = {name: {key: round(value, 3) for key, value in figures.items()} for name, figures in results.items()}
    RESULTS.parent.mkdir(exist_ok=True)
    text = json.dumps(rounded | {"on": machine}, ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
