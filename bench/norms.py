"""Measures norms over a store: quality against annotated clauses, how sure each way of finding is, speed, words.

    python bench/norms.py --store STORE --shared SHARED [--samples FILE]

STORE holds the documents of SHARED/corpora. Their norms are found anew from the stored clauses, so that a change of rules shows
without a new import. SHARED holds gold/norms-dev-*.jsonl and eval/norms.py, whose functions compare; bench/gold/norms-*.jsonl holds
further clauses by their place, their first letters and their length. A norm is right where its unit is one of the gold and of the
same kind. Every word and pattern of lexicon/norms.toml and every form of time limit is counted over all texts; --samples writes
some places of each to read. Prints tables and writes bench/results/norms.json.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType
from typing import Any

import spacy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from graph.norms import records_of  # noqa: E402
from graph.resolve import Resolver  # noqa: E402
from ingest.norms import words  # noqa: E402
from ingest.norms.deadlines import find_deadlines  # noqa: E402
from ingest.norms.extract import extract  # noqa: E402
from ingest.norms.place import text_start  # noqa: E402
from ingest.norms.sentences import Sentence, sentences  # noqa: E402
from tiaoli.lexicon import texts  # noqa: E402
from tiaoli.records import Clause, Deadline, Document, Kind, Norm  # noqa: E402
from tiaoli.store import Store  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "norms.json"
OWN_GOLD = ROOT / "bench" / "gold"
FILES = ("statute", "policy")
AT = date(2026, 1, 1)  # fixed, so that runs compare
TEXTS = (".txt", ".md", ".tsv")
ALIKE = 0.4  # share of common characters from which the scorer takes two units for one
DRAWN = 150  # documents on which speed is measured
SAMPLES = 5  # places of a word to read
AROUND = 36  # characters shown beside it
Row = dict[str, Any]
Figures = dict[str, Any]
Hit = tuple[str, str, int, int, int, int]  # table, word, its span, and the span of the words around it


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--samples", type=Path)
    options = parser.parse_args()
    results: Figures = {}
    scorer = _scorer(options.shared / "eval" / "norms.py")
    with Store(options.store, read_only=True) as store:
        if scorer is None:
            print("没有 eval/norms.py，跳过规范评分 / no scorer: norms not scored")
        else:
            results |= _quality(store, options.shared, scorer)
        results["speed"] = _speed(store)
        _print({"speed": results["speed"]})
        doc_ids = [document.doc_id for document in store.documents()]
    results["words"] = _words(options.store, doc_ids, options.samples)
    machine = {"system": platform.system(), "python": platform.python_version()}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(machine | results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _print(results: dict[str, Figures]) -> None:
    for name, figures in results.items():
        print(
            f"{name:34}",
            "  ".join(f"{k} {v:g}" if isinstance(v, int | float) else f"{k} {v}" for k, v in figures.items()),
        )


# --- quality -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Judged:
    """A norm found in a clause of the gold, and whether it is right."""

    way: str  # the rule that found it and its kind, as the lexicon says how far each is trusted
    confidence: float
    unit: bool
    kind: bool


def _scorer(file: Path) -> ModuleType | None:
    if not file.is_file():
        return None
    sys.path.insert(0, str(file.parent))  # it imports its neighbour
    spec = importlib.util.spec_from_file_location("norms_scorer", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _quality(store: Store, shared: Path, scorer: ModuleType) -> Figures:
    results: dict[str, Figures] = {}
    given: list[_Judged] = []
    own: list[_Judged] = []
    found = _Found(store, scorer)
    for name in FILES:
        gold = shared / "gold" / f"norms-dev-{name}.jsonl"
        if gold.is_file():
            results[name] = _score(scorer, [(row, found.by_words(row)) for row in _rows(gold)], given)
        rows = [(row, found.by_place(row)) for row in _rows(OWN_GOLD / f"norms-{name}.jsonl")]
        results[f"{name}, own gold"] = _score(scorer, [(_written(row, at), at) for row, at in rows], own)
    for name, figures in results.items():
        print(f"{name}: {figures['rows']} clauses, {figures['lost']} not found, mean F1 {figures['mean F1']}")
        _print({f"  {field}": figures[field] for field in ("unit", *scorer.FIELDS, "function")})
    sure: Figures = {
        "rules": _by([*given, *own], lambda one: one.way),
        "confidence": _by(given, _bin),
        "confidence, own gold": _by(own, _bin),
    }
    for name, groups in sure.items():
        print(f"{name}: how many of the norms found are right")
        _print({f"  {key}": figures for key, figures in groups.items()})
    return results | sure


def _rows(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


@dataclass(slots=True)
class _At:
    """A clause of the gold as the store holds it: its words with those of its heading, what it is for, its norms as exported."""

    text: str
    function: str | None
    norms: list[Row]


class _Found:
    """Finds the clauses of the gold in the documents that it names, and their norms."""

    def __init__(self, store: Store, scorer: ModuleType) -> None:
        self.resolver = Resolver.of(store, at=AT)
        self.squeeze = scorer.squeeze
        self.named: dict[str, list[Document]] = defaultdict(list)
        for document in self.resolver.documents:
            path = Path(document.source.partition("#")[0])
            if path.suffix in TEXTS:
                self.named[path.stem].append(document)
        self.read: dict[str, tuple[dict[str, list[Row]], dict[str, str]]] = {}

    def by_words(self, row: Row) -> _At | None:
        """Return the clause that begins with the same sixty characters, its heading counted or not."""
        wanted = self.squeeze(row["text"])[:60]
        for document, clause in self._clauses(row):
            shown = (_whole(clause), clause.text)
            if any(self.squeeze(text)[:60] == wanted for text in shown):
                return self._at(document, clause, shown[0])
        return None

    def by_place(self, row: Row) -> _At | None:
        """Return the clause with the same first letters and the same length, at the same place where several have them."""
        found = [
            (document, clause, text)
            for document, clause in self._clauses(row)
            for text in (_whole(clause), clause.text)
            if text.startswith(row["start"]) and len(text) == row["length"]
        ]
        found.sort(key=lambda one: list(one[1].path)[-len(row["path"]) :] != row["path"])
        return self._at(*found[0]) if found else None

    def _clauses(self, row: Row) -> Iterator[tuple[Document, Clause]]:
        for document in self.named.get(row["doc"].partition("#")[0], ()):
            for clause in self.resolver.store.clauses(document.doc_id):
                yield document, clause

    def _at(self, document: Document, clause: Clause, text: str) -> _At:
        if document.doc_id not in self.read:
            norms, functions = _extract(self.resolver.store, document.doc_id)
            by_clause: dict[str, list[Row]] = defaultdict(list)
            for record in records_of(self.resolver, document, norms):
                by_clause[str(record["clause_id"])].append(record)
            self.read[document.doc_id] = by_clause, functions
        by_clause, functions = self.read[document.doc_id]
        return _At(text, functions.get(clause.clause_id), by_clause.get(clause.clause_id, []))


def _whole(clause: Clause) -> str:
    return clause.text if clause.text.startswith(clause.heading) else clause.heading + clause.text


def _extract(store: Store, doc_id: str) -> tuple[tuple[Norm, ...], dict[str, str]]:
    """Return the norms of a document and the functions of its clauses as the rules of today find them."""
    text, clauses = store.text(doc_id), store.clauses(doc_id)
    return extract(clauses, text, store.citations(doc_id), store.assignments(doc_id))


def _written(row: Row, at: _At | None) -> Row:
    """Return a row of our gold with the words at its places; those of a clause that is not found stay unknown."""
    text = at.text if at else "□" * row["length"]
    norms = [norm | {field: text[slice(*norm[field])] for field in ("unit", "action")} for norm in row["norms"]]
    return row | {"text": text, "norms": norms}


def _score(scorer: ModuleType, rows: Sequence[tuple[Row, _At | None]], judged: list[_Judged]) -> Figures:
    """Compare as the scorer does: units by their words, the fields of paired units; `judged` grows."""
    tallies = {"unit": scorer.Tally()} | {field: scorer.Tally() for field in scorer.FIELDS}
    for row, at in rows:
        gold, got = row["norms"], at.norms if at else []
        pairs = {i: j for i, j, _ in scorer.best_pairs(gold, got, lambda a, b: _alike(scorer, a["unit"], b["text"]))}
        tallies["unit"].add(len(pairs), len(got), len(gold))
        partner = {j: i for i, j in pairs.items()}
        for field in scorer.FIELDS:
            for i, norm in enumerate(gold):
                want, have = scorer.items(norm, field), scorer.items(got[pairs[i]], field) if i in pairs else []
                right = scorer.best_pairs(want, have, lambda a, b, field=field: scorer.same(field, a, b))
                tallies[field].add(len(right), len(have), len(want))
            for j, norm in enumerate(got):
                if j not in partner:
                    tallies[field].add(0, len(scorer.items(norm, field)), 0)
        judged += [
            _Judged(
                f"{norm['rule']}·{norm['kind']}",
                norm["confidence"],
                j in partner,
                j in partner and norm["kind"] == gold[partner[j]]["kind"],
            )
            for j, norm in enumerate(got)
        ]
    figures: Figures = {
        name: {"P": round(t.precision, 3), "R": round(t.recall, 3), "F1": round(t.f1, 3)} for name, t in tallies.items()
    }
    functions = sum(at is not None and at.function == row["function"] for row, at in rows)
    figures["function"] = {"right": round(functions / len(rows), 3)}
    mean = sum(tally.f1 for tally in tallies.values()) / len(tallies)
    return {"rows": len(rows), "lost": sum(at is None for _, at in rows), "mean F1": round(mean, 3)} | figures


def _alike(scorer: ModuleType, one: str, other: str) -> float:
    share = float(scorer.overlap(one, other))
    return share if share >= ALIKE else 0.0


def _bin(one: _Judged) -> str:
    return f"{int(one.confidence * 20) / 20:.2f}"


def _by(judged: Iterable[_Judged], key: Callable[[_Judged], str]) -> dict[str, Figures]:
    """Return of each group of norms how many there are, and the shares that are right: units, with their kind, as expected."""
    groups: dict[str, list[_Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return {
        name: {
            "found": len(group),
            "unit": round(sum(one.unit for one in group) / len(group), 3),
            "right": round(sum(one.kind for one in group) / len(group), 3),
            "expected": round(sum(one.confidence for one in group) / len(group), 3),
        }
        for name, group in sorted(groups.items())
    }


# --- speed -------------------------------------------------------------------------------------------------------------


def _speed(store: Store) -> Figures:
    """Measure extraction beside spaCy's tokeniser with jieba, the same texts in the same process."""
    doc_ids = sorted(document.doc_id for document in store.documents())
    drawn = random.Random(1).sample(doc_ids, min(DRAWN, len(doc_ids)))
    read = [
        (store.clauses(doc_id), store.text(doc_id), store.citations(doc_id), store.assignments(doc_id))
        for doc_id in drawn
    ]
    characters = sum(len(text) for _, text, _, _ in read)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.max_length = max(len(text) for _, text, _, _ in read)
    extract(*read[0])  # the dictionaries of both are loaded
    nlp.make_doc(read[0][1][:1000])
    began = time.process_time()
    norms = sum(len(extract(*one)[0]) for one in read)
    spent = time.process_time() - began
    began = time.process_time()
    for _, text, _, _ in read:
        nlp.make_doc(text)
    plain = time.process_time() - began
    return {
        "documents": len(drawn),
        "characters": characters,
        "norms": norms,
        "norms per s": round(norms / spent),
        "characters per s": round(characters / spent),
        "spaCy characters per s": round(characters / plain),
        "times spaCy": round(spent / plain, 2),
    }


# --- words -------------------------------------------------------------------------------------------------------------

_FOUND = ("modal", "breach", "power_type")  # tables of words that longer words may hide
_FITS = ("consequence", "stative")  # tables of patterns
_NO_NORMS = {Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING, Kind.TABLE}
_store: Store  # of a worker


def _words(folder: Path, doc_ids: Sequence[str], samples: Path | None) -> dict[str, dict[str, int]]:
    """Count every word, pattern and form of time limit over all texts; write some places of each where asked for."""
    counts: dict[str, Counter[str]] = {table: Counter(dict.fromkeys(_listed(table), 0)) for table in (*_FOUND, *_FITS)}
    counts["deadline"] = Counter()
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    with Pool(initializer=_open, initargs=(folder,)) as pool:
        for found in pool.imap(_hits, doc_ids, chunksize=8):
            for (table, word), (count, shown) in found.items():
                counts[table][word] += count
                places[table, word] += shown
    if samples is not None:
        dice = random.Random(1)
        lines = []
        for (table, word), shown in sorted(places.items()):
            lines += [
                f"## {table} {word} ({counts[table][word]})",
                "",
                *dice.sample(shown, min(SAMPLES, len(shown))),
                "",
            ]
        samples.write_text("\n".join(lines), encoding="utf-8")
    return {table: dict(sorted(of.items())) for table, of in counts.items()}


def _listed(table: str) -> tuple[str, ...]:
    return texts("norms", table)


def _open(folder: Path) -> None:
    global _store
    _store = Store(folder, read_only=True)


def _hits(doc_id: str) -> dict[tuple[str, str], tuple[int, list[str]]]:
    """Return what a document has of each word, with up to two places."""
    text, dice = _store.text(doc_id), random.Random(doc_id)
    found: dict[tuple[str, str], list[Hit]] = defaultdict(list)
    for clause in _store.clauses(doc_id):
        if clause.kind not in _NO_NORMS:
            for sentence in sentences(text, text_start(clause, text), clause.end):
                for hit in _of_sentence(sentence, text):
                    found[hit[0], hit[1]].append(hit)
    return {
        key: (len(hits), [_shown(text, hit) for hit in dice.sample(hits, min(2, len(hits)))])
        for key, hits in found.items()
    }


def _of_sentence(sentence: Sentence, text: str) -> Iterator[Hit]:
    for part in sentence.parts:
        for table in _FOUND:
            for start, end, word in words.finds(table, part.text):
                yield table, word, part.start + start, part.start + end, part.start, part.end
        for table in _FITS:
            for pattern in _listed(table):
                if (fits := re.search(pattern, part.text)) is not None:
                    yield table, pattern, part.start + fits.start(), part.start + fits.end(), part.start, part.end
    for deadline in find_deadlines(text, sentence.start, sentence.end):
        yield "deadline", _form(deadline), deadline.start, deadline.end, sentence.start, sentence.end


def _form(deadline: Deadline) -> str:
    """Return of what form a time limit is: 自…起/日, 月内, 每年, 某日前."""
    if deadline.recurrence is not None:
        return f"每{deadline.recurrence}"
    if deadline.unit is not None:
        return f"{'自…起' if deadline.anchor else ''}若干{deadline.unit}"
    return "某日前" if deadline.text.endswith("前") else "某日"


def _shown(text: str, hit: Hit) -> str:
    _, _, start, end, first, last = hit
    before, after = text[max(first, start - AROUND) : start], text[end : min(last, end + AROUND)]
    return "".join(f"- {before}【{text[start:end]}】{after}".split("\n"))


if __name__ == "__main__":
    main()
