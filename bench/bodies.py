"""Measures the bodies that documents name: how many are right by a person's reading, how fast they are found, how many there are.

    python bench/bodies.py --store STORE [--norms FILE]...

bench/gold/bodies.jsonl holds mentions drawn at random, five from each of thirty documents a round, and read by a person:
{"round", "doc", "at", "printed", "name"}: the words that name a body around the character `at` (without blanks; empty where
nothing names a body) and whom they mean. A row is right where both are found.
What a round showed was mended after it, so that only `when_drawn`, the share that was right before, tells of unseen text.
--norms holds JSON lines {"text", "norms": [{"bearers", "counterparty"}]}: how many of these are found word by word.
Prints a table and writes bench/results/bodies.json.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph.kept import KeptGraph  # noqa: E402
from ingest.bodies.mentions import find_mentions  # noqa: E402
from ingest.bodies.names import find_bodies  # noqa: E402
from tiaoli.errors import NotFound  # noqa: E402
from tiaoli.records import Mention  # noqa: E402
from tiaoli.store import Store  # noqa: E402

GOLD = ROOT / "bench" / "gold" / "bodies.jsonl"
WHEN_DRAWN = {1: 0.86, 2: 0.88, 3: 0.88, 4: 0.847, 5: 0.88, 6: 0.867, 7: 0.933, 8: 0.92, 9: 0.92, 10: 0.827}
RESULTS = ROOT / "bench" / "results" / "bodies.json"
Figures = dict[str, float]


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--norms", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    with Store(options.store, read_only=True) as store:
        results = {f"round {number}": figures for number, figures in _rounds(store)}
        results["speed"] = _speed(store)
        results["store"] = _store(store)
    if options.norms:
        results["bearers"] = _bearers(options.norms)
    for name, figures in results.items():
        print(f"{name:10}", "  ".join(f"{key} {value:g}" for key, value in figures.items()))
    machine = {"system": platform.system(), "python": platform.python_version()}
    RESULTS.write_text(json.dumps(machine | results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _rounds(store: Store) -> Iterator[tuple[int, Figures]]:
    rows: dict[int, dict[str, list[dict[str, object]]]] = defaultdict(lambda: defaultdict(list))
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["round"]][row["doc"]].append(row)
    for number, documents in sorted(rows.items()):
        right = drawn = missing = 0
        for doc_id, wanted in documents.items():
            try:
                mentions = _mentions(store, doc_id)
            except NotFound:
                missing += 1
                continue
            drawn += len(wanted)
            right += sum(_is_right(row, mentions) for row in wanted)
        share = round(right / max(1, drawn), 3)
        counts = {"documents": len(documents), "missing_documents": missing, "rows": drawn}
        yield number, counts | {"when_drawn": WHEN_DRAWN[number], "right": share}


def _mentions(store: Store, doc_id: str) -> Sequence[Mention]:
    document = store.document(doc_id)
    return find_mentions(store.clauses(doc_id), store.text(doc_id), document)


def _is_right(row: dict[str, object], mentions: Sequence[Mention]) -> bool:
    """Tell whether the words around the place of a row are found, and taken for the body that they mean."""
    at = row["at"]
    assert isinstance(at, int)
    found = next((mention for mention in mentions if mention.start <= at < mention.end), None)
    if found is None:
        return not row["name"]
    return found.name == row["name"] and "".join(found.text.split()) == row["printed"]


def _speed(store: Store) -> Figures:
    characters = mentions = 0
    spent = 0.0
    for document in store.documents():
        text, clauses = store.text(document.doc_id), store.clauses(document.doc_id)
        began = time.process_time()
        mentions += len(find_mentions(clauses, text, document))
        spent += time.process_time() - began
        characters += len(text)
    return {"characters": characters, "mentions": mentions, "cpu_seconds": round(spent, 1)}


def _store(store: Store) -> Figures:
    """Return how many bodies the stored mentions and issuers give; mentions are stored by ingest."""
    began = time.process_time()
    with KeptGraph(None) as kept:
        kept.update(store)
        bodies = list(kept.bodies())
    spent = time.process_time() - began
    placed = sum(body.region is not None for body in bodies)
    parents = sum(body.parent_id is not None for body in bodies)
    return {"bodies": len(bodies), "with_place": placed, "with_parent": parents, "cpu_seconds": round(spent, 1)}


def _bearers(files: Sequence[Path]) -> Figures:
    named = found = 0
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            names = {row["text"][span.start : span.end] for span in find_bodies(row["text"])}
            wanted = [name for norm in row["norms"] for name in (*norm["bearers"], *norm["counterparty"])]
            wanted = [name for name in wanted if name in row["text"]]
            named += len(wanted)
            found += sum(name in names for name in wanted)
    return {"named": named, "found": found, "share": round(found / max(1, named), 3)}


if __name__ == "__main__":
    main()
