"""Measures the calendar of time limits over a store: how many there are, how fast, how many are right by a person's reading.

    python bench/calendar_days.py --store STORE [--draw FILE]

bench/results/readings/calendar.jsonl holds what was drawn at random from a store and read by a person, a row each:
{"round", "of", "id", "quote", "told", "verdict", "why"}. `of` is `norm` (any norm with time limits: is each of them rightly
a day, a rule, a period, a running limit, or rightly none?), `dated` (a limit that falls on days: are day and rule right?)
or `clause` (one with words of time and no limit: `missed` where it should have had one). --draw writes fresh rows to read.
What a round showed was mended before the next, so each round tells of what had not been read before it, but for rows that were
drawn again: there are few limits that fall on days.
Prints a table and writes bench/results/calendar.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from answers.calendar.dues import HORIZON, Calendar, by_day, calendar_of, counted  # noqa: E402
from answers.calendar.ics import ics_file, read_back  # noqa: E402
from answers.calendar.tables import Asked, dated_table, running_table  # noqa: E402
from answers.calendar.time_limits import When  # noqa: E402
from answers.scope import Scope  # noqa: E402
from graph.corrected import CorrectedResolver  # noqa: E402
from graph.kept import kept_graph  # noqa: E402
from tiaoli.store import Store  # noqa: E402

READINGS = ROOT / "bench" / "results" / "readings" / "calendar.jsonl"
RESULTS = ROOT / "bench" / "results" / "calendar.json"
DRAWN = {"norm": 100, "dated": 100, "clause": 50}
DAY = date(2026, 12, 1)
_TIME = re.compile(
    r"每(?:半)?[年月季周]|每[两二三四五]年|每季度|(?:年|月|季)底前|月[0-9一二三四五六七八九十]{1,3}日(?:之|以)?前|日以?内|月以?内|年度(?:终了|结束)"
)


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--draw", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with Store(options.store, read_only=True) as store:
        began = time.perf_counter()
        with kept_graph(store) as kept:
            opened = time.perf_counter() - began
            calendar = calendar_of(kept, CorrectedResolver.of(store, at=DAY))
        cold = time.perf_counter() - began
        if options.draw:
            chance = random.Random(options.seed)
            rows = [*_norms(calendar, chance), *_dated(calendar, chance), *_clauses(store, calendar, chance)]
            options.draw.write_text(
                "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
            )
    results: dict[str, dict[str, Any]] = {
        "counts": dict(counted(calendar)),
        "counts_in_force": dict(counted(calendar.narrowed(Scope().holds))),
        "left_out": {reason.value: n for reason, n in calendar.reasons.most_common()},
        "seconds": {"graph opened": round(opened, 1), "cold": round(cold, 1), **_warm(calendar)},
        "readings": _readings(),
    }
    for name, figures in results.items():
        print(name, *(f"{key} {value}" for key, value in figures.items()), sep="\n    ")
    machine = {"system": platform.system(), "python": platform.python_version()}
    RESULTS.write_text(json.dumps(machine | results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _warm(calendar: Calendar) -> dict[str, float]:
    """Seconds of what a page does once the calendar is there."""
    found = calendar.narrowed(Scope().holds)
    until = DAY + HORIZON
    asked = Asked(DAY, until, "")
    link = "http://localhost:8501/read?clause={}".format
    data = ics_file(found.dated, DAY, until, link)
    assert data == ics_file(calendar.narrowed(Scope().holds).dated, DAY, until, link)
    read_back(data)
    acts: dict[str, Callable[[], object]] = {
        "narrowed": lambda: calendar.narrowed(Scope().holds).dated,
        "table of days": lambda: dated_table(found, asked),
        "table of running limits": lambda: running_table(found, asked),
        "month": lambda: by_day(found.dated, date(2026, 12, 1), date(2026, 12, 31)),
        "ics": lambda: ics_file(found.dated, DAY, until, link),
    }
    return {name: _seconds(act) for name, act in acts.items()}


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 3)


def _readings() -> dict[str, Any]:
    """How many of what was read were right, by round and kind."""
    counts: dict[str, Counter[str]] = {}
    if READINGS.exists():
        for line in READINGS.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            counts.setdefault(f"round {row['round']} {row['of']}", Counter())[row["verdict"]] += 1
    return {name: dict(sorted(count.items())) for name, count in sorted(counts.items())}


# --- rows to read ----------------------------------------------------------------------------------------------------


def _norms(calendar: Calendar, chance: random.Random) -> Iterator[dict[str, Any]]:
    told: dict[str, list[str]] = {}
    quotes: dict[str, str] = {}
    for due in calendar.dues:
        told.setdefault(due.norm.norm_id, []).append(_told(due.when))
        quotes[due.norm.norm_id] = due.norm.text
    for left in calendar.left_out:
        told.setdefault(left.norm.norm_id, []).append(f"{left.words} ✗ {left.reason.value}")
        quotes[left.norm.norm_id] = left.norm.text
    for norm_id in chance.sample(sorted(told), DRAWN["norm"]):
        yield _row("norm", norm_id, quotes[norm_id], "；".join(told[norm_id]))


def _dated(calendar: Calendar, chance: random.Random) -> Iterator[dict[str, Any]]:
    dated = calendar.narrowed(lambda _: True).dated
    for due in chance.sample(dated, DRAWN["dated"]):
        yield _row("dated", due.norm.norm_id, due.norm.text, _told(due.when))


def _clauses(store: Store, calendar: Calendar, chance: random.Random) -> Iterator[dict[str, Any]]:
    having = {due.norm.clause_id for due in calendar.dues}
    found = [
        (clause.clause_id, clause.text)
        for document in store.documents()
        for clause in store.clauses(document.doc_id)
        if clause.clause_id not in having and _TIME.search(clause.text)
    ]
    for clause_id, text in chance.sample(found, DRAWN["clause"]):
        at = _TIME.search(text)
        assert at is not None
        yield _row("clause", clause_id, text[max(0, at.start() - 90) :][:200], "")


def _told(when: When) -> str:
    length = f"{when.value:g}{when.unit}" if when.value is not None else "年份未写"
    said = when.day or when.rule or when.every or length
    return f"{when.words} → {when.kind.value} {said}{f' （{when.note}）' if when.note else ''}"


def _row(of: str, key: str, quote: str, told: str) -> dict[str, Any]:
    return {"round": 0, "of": of, "id": key, "quote": "".join(quote.split()), "told": told, "verdict": "", "why": ""}


if __name__ == "__main__":
    main()
