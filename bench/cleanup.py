"""Measures the clean-up over a store: findings of each rule, precision by reading, speed and memory.

    python bench/cleanup.py --store STORE [--at DAY] [--draw SEED]

bench/results/readings/cleanup.jsonl holds findings of laws, regulations, rules and 规范性文件 that were drawn by seed and read
against the text: {"rule", "doc_id", "clause_id", "quote", "verdict": "right" or "wrong", "why"}. Rows of the rule "now" are on
the provision of the repealing act to which a finding leads. Faults of earlier draws were mended by kind before the draw that
is kept. `--draw` prints such a draw as JSON lines to be read. Prints a table and writes bench/results/cleanup.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
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

from answers.cleanup.judge import Judge, cleanup, counts  # noqa: E402
from answers.cleanup.records import RULES, Cleanup, Finding  # noqa: E402
from answers.scope import Scope  # noqa: E402
from compare.likest import Likest  # noqa: E402
from compare.present import Presence  # noqa: E402
from graph.corrected import CorrectedResolver  # noqa: E402
from tiaoli.records import DocType  # noqa: E402
from tiaoli.store import Store  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "cleanup.json"
READINGS = ROOT / "bench" / "results" / "readings" / "cleanup.jsonl"
AT = date(2026, 12, 1)  # fixed, so that runs compare
READ = tuple(kind for kind in DocType if kind not in (DocType.OTHER, DocType.POWERS_LIST))
MOST_READ = 40  # findings of a rule
LONGEST_QUOTE = 60
LED = "now"  # rows on the provision of the repealing act to which a finding leads


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--at", type=date.fromisoformat, default=AT)
    parser.add_argument("--draw", type=int)
    options = parser.parse_args()
    with Store(options.store, read_only=True) as store:
        if options.draw is not None:
            _print_draw(store, options.at, options.draw)
            return
        results = _measure(store, options.at)
    for name, figures in results.items():
        print(f"{name:12}", "  ".join(f"{key} {value}" for key, value in figures.items()))
    machine = {"system": platform.system(), "python": platform.python_version()}
    RESULTS.write_text(json.dumps({"machine": machine, **results}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _judge(store: Store, day: date) -> Judge:
    return Judge(CorrectedResolver.of(store, at=day, follow=Presence(store, at=day).of), day, Likest(store).of)


def _measure(store: Store, day: date) -> dict[str, dict[str, Any]]:
    begun = time.perf_counter()
    judge = _judge(store, day)
    usual = cleanup(judge, Scope())
    cold = time.perf_counter() - begun
    begun = time.perf_counter()
    assert cleanup(judge, Scope()) == usual
    warm = time.perf_counter() - begun
    begun = time.perf_counter()
    whole = cleanup(judge, Scope(doc_types=READ))
    seconds = {"cold": round(cold, 1), "warm": round(warm, 3), "laws too": round(time.perf_counter() - begun + cold, 1)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": seconds,
        "memory MB": {"peak": round(peak)},
        "usual": {"documents": len(usual.verdicts), **_results(usual), **_rules(usual)},
        "with laws": {"documents": len(whole.verdicts), **_results(whole), **_rules(whole)},
        **_precision(whole),
    }


def _results(found: Cleanup) -> dict[str, int]:
    return {result.value: n for result, n in counts(found.verdicts).items()}


def _rules(found: Cleanup) -> dict[str, int]:
    n = Counter(finding.rule_id for finding in _findings(found))
    return {rule_id: n[rule_id] for rule_id in RULES if n[rule_id]}


def _findings(found: Cleanup) -> Iterator[Finding]:
    for verdict in found.verdicts:
        yield from verdict.findings


def _precision(found: Cleanup) -> dict[str, dict[str, Any]]:
    """How many of the findings that were read are right, by rule, and how many of them are found today."""
    rows = [json.loads(line) for line in READINGS.read_text("utf-8").splitlines()] if READINGS.exists() else []
    today = {(f.rule_id, f.doc_id, f.clause_id) for f in _findings(found)}
    today |= {(LED, f.doc_id, f.clause_id) for f in _findings(found) if f.now is not None}
    figures: dict[str, dict[str, Any]] = {}
    for rule_id in (*RULES, LED):
        those = [row for row in rows if row["rule"] == rule_id]
        right = sum(row["verdict"] == "right" for row in those)
        still = sum((row["rule"], row["doc_id"], row["clause_id"]) in today for row in those)
        if those:
            share = round(right / len(those), 2)
            figures[f"read {rule_id}"] = {"read": len(those), "right": right, "precision": share, "found today": still}
    return figures


def _print_draw(store: Store, day: date, seed: int) -> None:
    found = cleanup(_judge(store, day), Scope(doc_types=READ))
    for rule_id in RULES:
        for finding in drawn((f for f in _findings(found) if f.rule_id == rule_id), rule_id, seed):
            row = {
                "rule": rule_id,
                "doc_id": finding.doc_id,
                "clause_id": finding.clause_id,
                "quote": finding.quote[:LONGEST_QUOTE],
                "reason": finding.reason,
                "start": finding.start,
                "end": finding.end,
            }
            print(json.dumps(row, ensure_ascii=False))


def drawn(findings: Iterable[Finding], rule_id: str, seed: int) -> list[Finding]:
    """Return at most 40 of the findings of a rule, the same ones for a seed."""
    ordered = sorted(findings, key=lambda f: (f.doc_id, f.start, f.clause_id))
    chosen = random.Random(f"{rule_id}{seed}").sample(ordered, min(MOST_READ, len(ordered)))
    return sorted(chosen, key=lambda f: (f.doc_id, f.start))


if __name__ == "__main__":
    main()
