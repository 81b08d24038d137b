"""Measures what documents are said to be against a hand-kept list: what is found of what their texts tell, and speed.

    python bench/metadata.py [--corpus FOLDER] [--list FIELD]

FOLDER holds documents and MANIFEST.csv (path, title, kind, issuer, date, docno, source_repo). The names of files and
folders are hidden from what is measured. `listed` counts the values of the list, `told` those that the document's own text
holds, `agree` those of them that were found; what the text does not tell cannot be known and is only counted. The list
is a noisy yardstick: its kinds are names of folders, its issuers often places; its dates are those on which a version was
made public, of force or of a web page, by collection, and the last are not compared. Rows that contradict the text of their
own document, as read by a person, stand with the reason in bench/gold/metadata_doubts.jsonl; `share` counts them like
all others, `sound` is the share without them, `doubted` how many of the told they are; as only disagreements have been
read, `sound` is the most that can be said. --list prints the disagreements
of a field, to be read. Prints a table and writes bench/results/metadata.json.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest import pipeline  # noqa: E402
from ingest.clean import clean  # noqa: E402
from ingest.description import days, issuers, regions  # noqa: E402
from ingest.description.describe import describe  # noqa: E402
from ingest.readers import READERS, read  # noqa: E402
from ingest.readers.reading import Reading  # noqa: E402
from ingest.structure.segment import segment  # noqa: E402
from tiaoli.errors import UnreadableFile  # noqa: E402
from tiaoli.records import Clause, Document  # noqa: E402
from tiaoli.validity import in_force_from  # noqa: E402

DOUBTS = ROOT / "bench" / "gold" / "metadata_doubts.jsonl"
RESULTS = ROOT / "bench" / "results" / "metadata.json"
CORPUS = ROOT.parent / "shared" / "corpora"
HIDDEN = "文件"  # what every file is called while it is measured
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
# Collections whose dates are those of the version's publication, and those whose dates are of its coming into force.
OF_PUBLICATION = ("LawRefBook/Laws", "qisehong/china-law-db", "DiamonWoo/Laosheng.top", "GFXfly/fair-review-system")
OF_FORCE = ("Fungwingwaa/cee",)
_FIRST_LINES = 40  # of a text, among which its title is looked for
_LONGEST_REST = 40  # characters that may stand beside a title on its lines: an issuer, a number
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
    parsed = {path: one for path in sorted(rows) for one in _parse(options.corpus, path)}
    began = time.process_time()
    found = {path: describe(document, clauses, reading) for path, (document, clauses, reading) in parsed.items()}
    spent = time.process_time() - began
    cases = [Case(rows[path], found[path], parsed[path][2].text) for path in parsed]
    doubts = _doubts()
    figures = {name: _figures(name, cases, doubts, options.field == name) for name in FIELDS}
    _print(figures, len(cases), spent)
    results = {"documents": len(cases), "cpu_seconds": round(spent, 1), "fields": figures}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _parse(corpus: Path, name: str) -> Iterator[Parsed]:
    """Yield the document of a file up to the step that is measured; files of other formats, and of several, are passed over."""
    path = corpus / name
    if path.suffix.lower() not in READERS or not path.is_file():
        return
    try:
        readings = read(name, path.read_bytes())
    except UnreadableFile:
        return
    for reading in readings[:1]:
        text = clean(reading.text)
        for member in segment(text, reading.headings, reading.rows):
            if not member.mark:
                clauses = pipeline._clauses(member, text[member.start : member.end], HIDDEN)
                yield Document(HIDDEN, "", HIDDEN + path.suffix, ""), clauses, reading


@dataclass(frozen=True, slots=True)
class Case:
    """One document: its row of the list, what was found, and its text."""

    row: Row
    found: Document
    text: str


# --- what the list says, whether the text tells it, and whether both agree -----------------------------------------------


def _key(text: str) -> str:
    return re.sub(r"[\W_]|中华人民共和国|第[一二三四五六七八九十]+届", "", text)


def _title_told(case: Case) -> bool:
    """Tell whether up to three lines near the beginning are the title, and not only quote it."""
    lines = [key for line in case.text.splitlines() if (key := _key(line))][:_FIRST_LINES]
    title = _key(case.row["title"])
    joined = ("".join(lines[start : start + count]) for start in range(len(lines)) for count in (1, 2, 3))
    return any(title in line and len(line) <= len(title) + _LONGEST_REST for line in joined)


def _title(case: Case) -> bool:
    found, told = _key(case.found.title), _key(case.row["title"])
    return found in told or told in found


def _names(row: Row) -> list[str]:
    """Return the issuers of the list: it names the first of several, and former names as 原…."""
    named = re.split(r"[、 ]", re.sub(r"等.{0,4}$|[（()）]", "", row["issuer"]))
    return [name.removeprefix("原") for name in named]


def _issuer_told(case: Case) -> bool:
    text = _key(case.text)
    return any(_key(name) in text for name in _names(case.row))


def _issuer(case: Case) -> bool:
    found = case.found.issuer or ""
    return any(name in found or any(body in name for body in found.split("、") if body) for name in _names(case.row))


def _is_place(row: Row) -> bool:
    place = regions.locate(row["issuer"], short=True)
    return place is not None and place.length == len(row["issuer"])


def _region_told(case: Case) -> bool:
    place = regions.locate(case.row["issuer"], short=True)
    return place is not None and re.sub(r"[省市县区]$", "", place.names[-1]) in case.text


def _region(case: Case) -> bool:
    place = regions.locate(case.row["issuer"], short=True)
    return place is not None and str(place) in (case.found.region or "")


def _date_told(case: Case) -> bool:
    text = days.squeeze(case.text)
    return case.row["date"] in {str(day.value) for day in days.days(text)}


def _published(case: Case) -> bool:
    return str(case.found.promulgated) == case.row["date"]


def _in_force(case: Case) -> bool:
    return str(in_force_from(case.found)) == case.row["date"]


def _number(case: Case) -> bool:
    return case.found.doc_number == case.row["docno"]


def _type(case: Case) -> bool:
    return case.found.doc_type == TYPES[case.row["kind"]]


def _always(case: Case) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the list: whether a row has it, whether the text tells it, and whether what was found agrees."""

    listed: Callable[[Row], bool]
    told: Callable[[Case], bool]
    agrees: Callable[[Case], bool]


FIELDS = {
    "title": Field(lambda row: bool(row["title"]), _title_told, _title),
    "doc_number": Field(lambda row: bool(row["docno"]), _always, _number),
    "issuer": Field(lambda row: bool(issuers.bodies(row["issuer"])), _issuer_told, _issuer),
    "region": Field(_is_place, _region_told, _region),
    "promulgated": Field(
        lambda row: bool(row["date"]) and row["source_repo"] in OF_PUBLICATION, _date_told, _published
    ),
    "in_force": Field(lambda row: bool(row["date"]) and row["source_repo"] in OF_FORCE, _date_told, _in_force),
    "doc_type": Field(lambda row: row["kind"] in TYPES, _title_told, _type),
}


def _doubts() -> frozenset[tuple[str, str]]:
    """Return path and field of the rows that contradict the text of their own document."""
    read_rows = map(json.loads, DOUBTS.read_text(encoding="utf-8").splitlines())
    return frozenset((row["path"], field) for row in read_rows for field in row["fields"])


def _figures(
    name: str, cases: Sequence[Case], doubts: frozenset[tuple[str, str]], show: bool
) -> dict[str, int | float]:
    """Count for one field how many values the list has, how many of them the texts tell, and how many are found."""
    field = FIELDS[name]
    listed = [case for case in cases if field.listed(case.row)]
    told = [case for case in listed if field.told(case)]
    missed = [case for case in told if not field.agrees(case)]
    for case in missed if show else ():
        doubt = " (doubted)" if (case.row["path"], name) in doubts else ""
        print(case.row["path"] + doubt, dict(case.row), case.found, sep="\n  ")
    sound = [case for case in told if (case.row["path"], name) not in doubts]
    missed_sound = [case for case in missed if (case.row["path"], name) not in doubts]
    return {
        "listed": len(listed),
        "told": len(told),
        "agree": len(told) - len(missed),
        "share": _share(told, missed),
        "doubted": len(told) - len(sound),
        "sound": _share(sound, missed_sound),
    }


def _share(told: Sequence[Case], missed: Sequence[Case]) -> float:
    return round((len(told) - len(missed)) / max(len(told), 1), 3)


def _print(figures: Mapping[str, Mapping[str, int | float]], documents: int, spent: float) -> None:
    columns = ("listed", "told", "agree", "share", "doubted", "sound")
    print(f"{'field':12}", *(f"{column:>10}" for column in columns))
    for name, row in figures.items():
        print(f"{name:12}", *(f"{row[column]:>10}" for column in columns))
    print(f"{documents} documents described in {spent:.1f} s of one core")


if __name__ == "__main__":
    main()
