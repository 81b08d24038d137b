"""Measures obligation lookup: how well topics are ranked, how many groups are right by a reading, how fast answers are.

    python bench/obligations.py --shared SHARED --store STORE [--scratch FOLDER]

Topics: the gold of SHARED over its twenty documents, and bench/gold/topics_own.jsonl, judged by reading: own-01 to own-10 over
the same documents, the others over the documents that bench/gold/topics_documents.txt names. Recall is of grade-2 clauses
among the first twenty, nDCG of the first twenty; the clauses of members count in the order of the groups.
Cross-validated: for each topic the weights are taken that do best on all other topics, out of those in WEIGHTS.
Groups: bench/results/obligations-groups.jsonl holds the reading of every group that is about a topic of the gold
(single, twins, same, mixed) and of obligations that are split over groups; the figures tell of the groups that were read.
Speed: answers over STORE, the second time each is asked for. Prints a table and writes bench/results/obligations.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import platform
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from answers.obligations import answer as answer_weights  # noqa: E402
from answers.obligations import topic as topic_weights  # noqa: E402
from answers.obligations.answer import Asked, Sources, obligations  # noqa: E402
from graph.corrected import corrected  # noqa: E402
from graph.kept import KeptGraph, kept_graph  # noqa: E402
from ingest import pipeline  # noqa: E402
from search.index import open_index  # noqa: E402
from search.update import locked, update  # noqa: E402
from tiaoli.store import Store  # noqa: E402

OWN = ROOT / "bench" / "gold" / "topics_own.jsonl"
DOCUMENTS = ROOT / "bench" / "gold" / "topics_documents.txt"
READING = ROOT / "bench" / "results" / "obligations-groups.jsonl"
RESULTS = ROOT / "bench" / "results" / "obligations.json"
FIRST = 20  # clauses that count
LAST_OF_GOLD_SET = "own-10"
_WIDTHS = str.maketrans("（）：；，．０１２３４５６７８９", "():;,.0123456789")  # as the gold has them
ASKED = (  # topic, body
    ("领导干部学法", ""),
    ("突发事件应急预案", "各级政府"),
    ("行政处罚", ""),
    ("政务公开和政府信息公开", ""),
    ("规范性文件定期清理的周期", ""),
    ("住房公积金贷款额度", ""),
    ("安全生产监督检查", "县级以上人民政府"),
    ("", "国务院"),
    ("", "市场监督管理部门"),
    ("", "各级政府"),
)
Figures = dict[str, Any]
WEIGHTS = {  # that were chosen by the topics, with the values that they might have
    (topic_weights, "_TITLE"): (0.3, 0.6),
    (topic_weights, "_SUBJECT"): (0.6, 0.75, 0.9),
    (topic_weights, "_CONFIRMED"): (0.0, 0.5),
    (answer_weights, "_BEHIND"): (0.7, 0.8, 0.9),
}


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--scratch", type=Path)
    options = parser.parse_args()
    results: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        results |= _topics(options.shared, Path(scratch))
    results["groups"] = dict(Counter(row["verdict"] for row in _rows(READING)))
    results["speed"] = _speed(options.store)
    for name, figures in results.items():
        print(f"{name:8}", "  ".join(f"{key} {value}" for key, value in figures.items()))
    machine = {"system": platform.system(), "python": platform.python_version()}
    RESULTS.write_text(json.dumps(machine | results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# --- topics ----------------------------------------------------------------------------------------------------------


def _topics(shared: Path, scratch: Path) -> dict[str, Figures]:
    gold, own = _rows(shared / "gold" / "topics-dev.jsonl"), _rows(OWN)
    near = [topic for topic in own if topic["topic_id"] <= LAST_OF_GOLD_SET]
    far = [topic for topic in own if topic["topic_id"] > LAST_OF_GOLD_SET]
    listed = [line for line in DOCUMENTS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    of_gold = {name.partition("#")[0] for topic in gold for name in (row["doc"] for row in topic["relevant"])}
    with (
        _filled(shared, of_gold, scratch / "gold") as sources,
        _filled(shared, listed, scratch / "other") as others,
    ):
        sets = {"gold": (sources, gold), "own": (sources, near), "other": (others, far)}
        found = {name: _figures([_score(where, topic) for topic in topics]) for name, (where, topics) in sets.items()}
        return found | _cross_validated(sets)


@contextmanager
def _filled(shared: Path, names: Iterable[str], folder: Path) -> Iterator[Sources]:
    """A store of the documents of these names, without their endings, that stand anywhere in the corpora."""
    wanted = set(names)
    paths = {path.stem: path for path in sorted((shared / "corpora").rglob("*")) if path.stem in wanted}
    if lost := wanted - paths.keys():
        raise SystemExit(f"没有找到：{'、'.join(sorted(lost))}")
    with Store(folder) as store:
        list(pipeline.ingest(list(paths.values()), store, workers=0))
        with locked(store.folder):
            update(store)
        with kept_graph(store) as kept:
            yield _sources(store, kept)


def _sources(store: Store, kept: KeptGraph) -> Sources:
    return Sources(corrected(store), kept, open_index(store.folder).view(date(2026, 12, 1)))


def _score(sources: Sources, topic: dict[str, Any]) -> tuple[float, float]:
    """Return the recall and the nDCG of one topic."""
    grades = _grades(sources, topic)
    wanted = sorted((row["grade"] for row in topic["relevant"]), reverse=True)
    recall = sum(grade == 2 for grade in grades) / max(1, sum(grade == 2 for grade in wanted))
    return recall, _gain(grades) / (_gain(wanted[:FIRST]) or 1.0)


def _figures(scores: Sequence[tuple[float, float]]) -> Figures:
    recall, ndcg = (sum(values) / len(scores) for values in zip(*scores, strict=True))
    return {"topics": len(scores), "recall@20": round(recall, 3), "nDCG@20": round(ndcg, 3)}


def _cross_validated(sets: dict[str, tuple[Sources, list[dict[str, Any]]]]) -> dict[str, Figures]:
    """Return the figures of each set where the weights of every topic are those that are best for all others."""
    names = [(name, at) for name, (_, topics) in sets.items() for at in range(len(topics))]
    tried = []
    chosen = [getattr(module, name) for module, name in WEIGHTS]
    for values in itertools.product(*WEIGHTS.values()):
        _set_weights(values)
        tried.append([_score(where, topic) for where, topics in sets.values() for topic in topics])
    _set_weights(chosen)
    worth = [[recall + ndcg for recall, ndcg in scores] for scores in tried]
    best = [max(range(len(tried)), key=lambda one: sum(worth[one]) - worth[one][at]) for at in range(len(names))]
    held = [tried[one][at] for at, one in enumerate(best)]
    return {
        f"{name} cross-validated": _figures([score for score, (of, _) in zip(held, names, strict=True) if of == name])
        for name in sets
    }


def _set_weights(values: Sequence[float]) -> None:
    for (module, name), value in zip(WEIGHTS, values, strict=True):
        setattr(module, name, value)


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def _grades(sources: Sources, topic: dict[str, Any]) -> list[int]:
    """Return the grades of the first clauses of an answer; each row of the gold counts once."""
    answer = obligations(sources, Asked(topic["body"] or "", topic["about"]))
    clauses = {one.clause.clause_id: one for group in answer.groups for one in group.members}
    left = [(row["doc"], _squeezed(row["text"])[:12], row["grade"]) for row in topic["relevant"]]
    grades = []
    for one in list(clauses.values())[:FIRST]:
        source = one.document.source
        name = f"{Path(source.partition('#')[0]).stem}{'#' if '#' in source else ''}{source.partition('#')[2]}"
        heading, text = _squeezed(one.clause.heading), _squeezed(one.clause.text)
        own = (text, heading + text, text.removeprefix(heading))
        hit = next((row for row in left if row[0] == name and any(words.startswith(row[1]) for words in own)), None)
        grades.append(hit[2] if hit else 0)
        if hit:
            left.remove(hit)
    return grades


def _squeezed(words: str) -> str:
    return "".join(words.split()).translate(_WIDTHS)


# --- speed -----------------------------------------------------------------------------------------------------------


def _speed(path: Path) -> Figures:
    figures: Figures = {}
    began = time.perf_counter()
    with Store(path, read_only=True) as store, kept_graph(store) as kept:
        sources = _sources(store, kept)
        figures["open_seconds"] = round(time.perf_counter() - began, 2)
        for about, body in ASKED:
            asked = Asked(body, about)
            obligations(sources, asked)
            wall, cpu = time.perf_counter(), time.process_time()
            answer = obligations(sources, asked)
            taken = f"{time.perf_counter() - wall:.2f} s, cpu {time.process_time() - cpu:.2f} s"
            members = sum(len(group.members) for group in answer.groups)
            figures["、".join(filter(None, (about, body)))] = f"{taken}, {len(answer.groups)} groups, {members} members"
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return figures


if __name__ == "__main__":
    main()
