"""Measures overlaps and gaps: how many there are of each kind, how many are right by a person's reading, and the speed.

    python bench/gaps.py --store STORE
    python bench/gaps.py --store STORE --draw G4 --seed 7

bench/results/readings/gaps.jsonl holds findings drawn at random, forty of a kind (all where there are fewer), each read
against its text: {"kind", "doc_id", "clause_id", "quote", "verdict": right or wrong, "why"}. They tell the share that was
right when they were drawn. What they showed was mended after it: `wrong_gone` counts the wrong ones that are no longer
found, `right_kept` the right ones that still are.
--draw prints such rows without a verdict, to be read anew.
Prints a table and writes bench/results/gaps.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from answers.gaps.findings import Finding  # noqa: E402
from answers.gaps.survey import KINDS, Selected, select, survey, table  # noqa: E402
from answers.scope import Scope  # noqa: E402
from compare.becoming import became  # noqa: E402
from graph.corrected import CorrectedResolver, corrected  # noqa: E402
from tiaoli.store import Store  # noqa: E402

READINGS = ROOT / "bench" / "results" / "readings" / "gaps.jsonl"
RESULTS = ROOT / "bench" / "results" / "gaps.json"
_DRAWN = 40
_QUOTED = 60  # characters of a quotation
_MEGABYTE = 1024
Figures = dict[str, float]


def main() -> None:
    """Measure, or draw findings to be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--draw", choices=[kind.id for kind in KINDS])
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    selected, speed = _measured(options.store)
    if options.draw:
        for one in _drawn([one for one in selected.findings if one.kind == options.draw], options.seed):
            print(json.dumps(_row(one), ensure_ascii=False))
        return
    kinds = _kinds(selected.findings)
    for name, figures in {**kinds, "speed": speed}.items():
        print(f"{name:6}", "  ".join(f"{key} {value:g}" for key, value in figures.items()))
    machine = {"system": platform.system(), "python": platform.python_version()}
    results = machine | kinds | {"speed": speed}
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _measured(folder: Path) -> tuple[Selected, Figures]:
    """Survey a store, and how long that and a warm answer take; `cpu_s` is the time that the processor worked."""
    wall, cpu = time.perf_counter(), time.process_time()
    with Store(folder, read_only=True) as store:
        today = date.today()
        found = survey(CorrectedResolver.of(corrected(store, became), at=today), today)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    start = time.perf_counter()
    selected = select(found, Scope())
    table("", selected)
    warm = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE
    figures = {
        "documents": len(found.documents),
        "searched": selected.searched,
        "norms": selected.held.norms,
        "cold_s": round(wall, 1),
        "cold_cpu_s": round(cpu, 1),
        "warm_ms": round(warm * 1000, 1),
        "peak_mb": round(memory),
    }
    return selected, figures


def _kinds(findings: Sequence[Finding]) -> dict[str, Figures]:
    readings: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for line in READINGS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        readings[row["kind"]].append(row)
    counts = Counter(one.kind for one in findings)
    here = {_key(_row(one)) for one in findings}
    return {kind.id: {"found": counts[kind.id]} | _read(readings[kind.id], here) for kind in KINDS}


def _read(rows: Sequence[dict[str, str]], here: set[tuple[str, ...]]) -> Figures:
    right = [row for row in rows if row["verdict"] == "right"]
    wrong = [row for row in rows if row["verdict"] == "wrong"]
    if not rows:
        return {"read": 0}
    return {
        "read": len(rows),
        "right": len(right),
        "precision": round(len(right) / len(rows), 3),
        "right_kept": sum(_key(row) in here for row in right),
        "wrong_gone": sum(_key(row) not in here for row in wrong),
    }


def _drawn(findings: Sequence[Finding], seed: int) -> list[Finding]:
    ordered = sorted(findings, key=lambda one: (one.doc_id, one.clause_ids, one.message))
    if len(ordered) <= _DRAWN:
        return ordered
    return random.Random(f"{seed}{ordered[0].kind}").sample(ordered, _DRAWN)


def _row(finding: Finding) -> dict[str, str]:
    words = " ".join(finding.quotes[0].text.split())[:_QUOTED]
    return {"kind": finding.kind, "doc_id": finding.doc_id, "clause_id": finding.clause_ids[0], "quote": words}


def _key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("kind", "doc_id", "clause_id", "quote"))


if __name__ == "__main__":
    main()
