"""Measures what documents are said to be against a hand-kept list: coverage and agreement by field, and speed.

    python bench/metadata.py [--corpus FOLDER] [--list FIELD]

FOLDER holds texts and MANIFEST.csv (path, title, kind, issuer, date, docno). The list is a noisy yardstick: its kinds are
names of folders, its issuers often places, its dates those of web pages. --list prints the disagreements of a field, to be
read. Prints a table and writes bench/results/metadata.json.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest import pipeline  # noqa: E402
from ingest.clean import clean  # noqa: E402
from ingest.description import issuers, regions  # noqa: E402
from ingest.description.describe import describe  # noqa: E402
from ingest.readers import READERS  # noqa: E402
from ingest.readers.reading import Reading  # noqa: E402
from ingest.structure.segment import segment  # noqa: E402
from tiaoli.errors import UnreadableFile  # noqa: E402
from tiaoli.records import Clause, Document  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "metadata.json"
CORPUS = ROOT.parent / "shared" / "corpora"
TYPES = {
    "laws": "法律",
    "laws-txt": "法律",
    "admin-regulations": "行政法规",
    "local-regulations": "地方性法规",
    "departmental-rules": "部门规章",
    "judicial": "司法解释",
    "local-rules": "地方政府规章",
    "normative": "行政规范性文件",
    "powers-lists": "权责清单",
}
Row = Mapping[str, str]
Parsed = tuple[Document, tuple[Clause, ...], Reading]


def main() -> None:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--list", dest="field", choices=sorted(FIELDS))
    options = parser.parse_args()
    listed = options.corpus / "MANIFEST.csv"
    if not listed.is_file():
        print(f"{listed.name} not found in the corpus folder: nothing measured.")
        return
    with listed.open(encoding="utf-8", newline="") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    parsed = [one for path in sorted(rows) for one in _parse(options.corpus, path)]
    began = time.process_time()
    documents = {document.source: describe(document, clauses, reading) for document, clauses, reading in parsed}
    spent = time.process_time() - began
    figures = {name: _figures(name, documents, rows, options.field == name) for name in FIELDS}
    _print(figures, len(documents), spent)
    results = {"documents": len(documents), "cpu_seconds": round(spent, 1), "fields": figures}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _parse(corpus: Path, name: str) -> Iterator[Parsed]:
    """Yield the documents of a file up to the step that is measured; files of other formats are passed over."""
    path = corpus / name
    if path.suffix not in READERS or not path.is_file():
        return
    try:
        reading = READERS[path.suffix](path.read_bytes())
    except UnreadableFile:
        return
    text = clean(reading.text)
    for member in segment(text, reading.headings):
        if not member.mark:
            clauses = pipeline._clauses(member, text[member.start : member.end], path.stem)
            yield Document(path.stem, "", name, ""), clauses, reading


# --- what agrees -----------------------------------------------------------------------------------------------------


def _key(text: str) -> str:
    return re.sub(r"[\W_]|中华人民共和国", "", text)


def _title(document: Document, row: Row) -> bool:
    found, told = _key(document.title), _key(row["title"])
    return found in told or told in found


def _issuer(document: Document, row: Row) -> bool:
    """Agreement in one issuer: the list names the first of several, and former names as 原…."""
    found = document.issuer or ""
    names = [name.removeprefix("原") for name in re.split(r"[、 ]", re.sub(r"等.{0,4}$|[（()）]", "", row["issuer"]))]
    return any(name in found or any(body in name for body in found.split("、")) for name in names)


def _region(document: Document, row: Row) -> bool:
    place = regions.locate(row["issuer"], short=True)
    return place is not None and str(place) in (document.region or "")


def _date(document: Document, row: Row) -> bool:
    return str(document.promulgated) == row["date"]


def _number(document: Document, row: Row) -> bool:
    return document.doc_number == row["docno"]


def _type(document: Document, row: Row) -> bool:
    return document.doc_type == TYPES[row["kind"]]


def _is_place(row: Row) -> bool:
    place = regions.locate(row["issuer"], short=True)
    return place is not None and place.length == len(row["issuer"])


# field → attribute of the record, whether the list tells it, whether both agree
FIELDS: dict[str, tuple[str, Callable[[Row], bool], Callable[[Document, Row], bool]]] = {
    "title": ("title", lambda row: bool(row["title"]), _title),
    "doc_number": ("doc_number", lambda row: bool(row["docno"]), _number),
    "issuer": ("issuer", lambda row: bool(issuers.bodies(row["issuer"])), _issuer),
    "region": ("region", _is_place, _region),
    "promulgated": ("promulgated", lambda row: bool(row["date"]), _date),
    "doc_type": ("doc_type", lambda row: row["kind"] in TYPES, _type),
}


def _figures(
    name: str, documents: Mapping[str, Document], rows: Mapping[str, Row], show: bool
) -> dict[str, int | float]:
    """Count for one field how many documents the list tells of, how many we fill, and how many agree."""
    attribute, told, agrees = FIELDS[name]
    known = [(document, rows[source]) for source, document in documents.items() if told(rows[source])]
    filled = [(document, row) for document, row in known if getattr(document, attribute) is not None]
    wrong = [(document, row) for document, row in filled if not agrees(document, row)]
    for document, row in wrong if show else ():
        print(document.source, getattr(document, attribute), dict(row), sep="\n  ")
    right = len(filled) - len(wrong)
    return {
        "listed": len(known),
        "filled": len(filled),
        "agree": right,
        "coverage": round(len(filled) / max(len(known), 1), 3),
        "agreement": round(right / max(len(filled), 1), 3),
    }


def _print(figures: Mapping[str, Mapping[str, int | float]], documents: int, spent: float) -> None:
    columns = ("listed", "filled", "agree", "coverage", "agreement")
    print(f"{'field':12}", *(f"{column:>10}" for column in columns))
    for name, row in figures.items():
        print(f"{name:12}", *(f"{row[column]:>10}" for column in columns))
    print(f"{documents} documents described in {spent:.1f} s of one core")


if __name__ == "__main__":
    main()
