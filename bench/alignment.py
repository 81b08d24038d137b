"""Measures how the articles of two versions are aligned against pairs that a person has read, and how long it takes.

    python bench/alignment.py [VERSIONS]

VERSIONS is a folder of texts named WORK_DATE.md, by default that of the corpora beside the project. The pairs are those of
bench/gold/alignment.jsonl: 84 drawn from the last two versions of 12 works, five of seven among the articles that changed. A
pair is right if the same articles stand in it and the change is called the same. Writes bench/results/alignment.json.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from compare.alignment import compare  # noqa: E402
from ingest.pipeline import parse_text  # noqa: E402
from ingest.readers import read  # noqa: E402
from tiaoli.records import Comparison, ParsedDocument  # noqa: E402
from tiaoli.store import FileState  # noqa: E402

GOLD = ROOT / "bench" / "gold" / "alignment.jsonl"
RESULTS = ROOT / "bench" / "results" / "alignment.json"
VERSIONS = ROOT.parent / "shared" / "corpora" / "versions"


def main() -> None:
    """Measure, print and write."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else VERSIONS
    if not folder.is_dir():
        print("没有可对照的版本，跳过 / no versions to align: skipped")
        return
    gold = defaultdict(list)
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        gold[json.loads(line)["work"]].append(json.loads(line))
    right, seconds = 0, 0.0
    for work, rows in gold.items():
        old, new = (_parsed(path) for path in sorted(folder.glob(f"{work}_*.md"))[-2:])
        start = time.perf_counter()
        found = _pairs(compare(old.document, old.clauses, new.document, new.clauses))
        seconds += time.perf_counter() - start
        for row in rows:
            if (tuple(row["old"]), tuple(row["new"]), row["change"]) in found:
                right += 1
            else:
                print(work, row["old"], row["new"], row["change"])
    total = sum(map(len, gold.values()))
    figures = {
        "works": len(gold),
        "pairs": total,
        "right": right,
        "share": round(right / total, 3),
        "s": round(seconds, 2),
    }
    print("  ".join(f"{name} {value}" for name, value in figures.items()))
    RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _parsed(path: Path) -> ParsedDocument:
    (reading,) = read(path.name, path.read_bytes())
    return parse_text(reading, FileState(str(path), path.name, path.stem, "", "", 1, "present"))[0]


def _pairs(comparison: Comparison) -> set[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Return the labels of both sides of each pair, and what the change is called."""
    return {(tuple(c.label for c in p.old), tuple(c.label for c in p.new), p.change.value) for p in comparison.pairs}


if __name__ == "__main__":
    main()
