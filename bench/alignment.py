"""Measures how the articles of two versions are aligned against pairs that a person has read, and how long it takes.

    python bench/alignment.py [VERSIONS]

VERSIONS is a folder of texts named WORK_DATE.md, by default that of the corpora beside the project; the folders `laws` and
`laws-txt` are looked for beside it. bench/gold/alignment.jsonl has three samples, each counted alone:

- changed: 83 pairs from the last two versions of 12 works, five of seven among the articles that changed;
- versions: 102 pairs drawn evenly from all pairs of the last two versions of 66 works, added and dropped articles among them;
- laws: 78 pairs drawn in the same way from 13 laws and the texts of `laws-txt` that replaced them.

For the even samples articles of both versions were drawn; a pair counts for its first new article, or for its old one where
nothing became of it, so that each pair is as likely as another. A pair is right if the same articles stand in it and the
change is called the same. Writes bench/results/alignment.json.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]  # sample, work, labels of the old and the new articles, name of the change
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
    gold: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["sample"]][row["work"]].append(row)
    figures = {sample: _measure(sample, works, folder) for sample, works in gold.items()}
    for sample, values in figures.items():
        print(sample, "  ".join(f"{name} {value}" for name, value in values.items()))
    RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _measure(sample: str, works: Mapping[str, Sequence[Row]], folder: Path) -> dict[str, float]:
    """Return the figures of one sample, and print the pairs that are not found."""
    right, seconds = 0, 0.0
    for work, rows in works.items():
        old, new = map(_parsed, _files(sample, work, folder))
        start = time.process_time()
        found = _pairs(compare(old.document, old.clauses, new.document, new.clauses))
        seconds += time.process_time() - start
        for row in rows:
            if (tuple(row["old"]), tuple(row["new"]), row["change"]) in found:
                right += 1
            else:
                print(sample, work, row["old"], row["new"], row["change"])
    total = sum(map(len, works.values()))
    return {
        "works": len(works),
        "pairs": total,
        "right": right,
        "share": round(right / total, 3),
        "s": round(seconds, 2),
    }


def _files(sample: str, work: str, folder: Path) -> Sequence[Path]:
    """Return the older and the newer text of a work."""
    if sample != "laws":
        return sorted(folder.glob(f"{work}_*.md"))[-2:]
    return [
        sorted((folder.parent / place).glob(f"{work}_*"))[-1]  # the last, where there are several
        for place in ("laws", "laws-txt")
    ]


def _parsed(path: Path) -> ParsedDocument:
    (reading,) = read(path.name, path.read_bytes())
    return parse_text(reading, FileState(str(path), path.name, path.stem, "", "", 1, "present"))[0]


def _pairs(comparison: Comparison) -> set[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Return the labels of both sides of each pair, and what the change is called."""
    return {(tuple(c.label for c in p.old), tuple(c.label for c in p.new), p.change.value) for p in comparison.pairs}


if __name__ == "__main__":
    main()
