"""Measures what the readers keep of original files against what other programs read in them, character by character.

    python bench/extraction.py [--originals FOLDER] [--list]

FOLDER holds files as they were published, by default those of the corpora beside the project. LibreOffice reads Word files,
Chromium shows web pages and those that a Word file embeds, pdftotext of Poppler reads PDF files. A web page is compared in
its main part: the smallest element that holds nine of ten full stops and semicolons of the page. Compared are the characters
that are not blank, as `ingest.clean` leaves them, radicals and compatibility forms written as what they look like.

For each file and format: `held` of the other program's `characters` stand in our text too, however they are ordered;
`in_order` is the share of the longest sequence that both have; `told` counts what our reader leaves out and reports, by
reason, `lost` the rest; `of_text` is the share without what is told, asked to be 0.999; `added` what only our text has;
`beside` what a web page shows beside its main part. --list prints the lines that our text does not hold as they are. Writes
bench/results/extraction.json.
"""

from __future__ import annotations

import argparse
import email
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.app import CHROMIUM, QUIET  # noqa: E402
from ingest.clean import clean  # noqa: E402
from ingest.readers import read  # noqa: E402
from ingest.readers.layout.characters import Characters  # noqa: E402
from ingest.readers.reading import Reading  # noqa: E402
from ingest.readers.word import office  # noqa: E402
from tiaoli.errors import UnreadableFile  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "extraction.json"
ORIGINALS = ROOT.parent / "shared" / "corpora" / "originals"
FORMS = {"docx": (".docx",), "pdf": (".pdf",), "html": (".html", ".htm")}
ASKED = 0.999  # of the characters of a text
PDFTOTEXT = shutil.which("pdftotext")
_PAGE_MARK = re.compile(r"[-—–―─－·•]*\d{0,4}[-—–―─－·•]*|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}")
_UNSEEN = re.compile(r"有 ([\d,]+) 个看不见的字符")
_REPEATED = re.compile(r"重复的表头 ([\d,]+) 行")
_MAIN = """() => {
  document.body.style.visibility = "visible";  // some pages wait for a script to show them
  const stops = (element) => ((element.innerText || "").match(/[。；]/g) || []).length;
  const most = 0.9 * stops(document.body);
  const inner = (element) => [...element.children].find((child) => most > 0 && stops(child) >= most);
  let main = document.body;
  for (let next = main; next; next = inner(main)) main = next;
  return [main.innerText, document.body.innerText];
}"""


@dataclass(frozen=True, slots=True)
class Other:
    """What another program reads in a file."""

    text: str
    beside: int = 0  # characters of a web page that stand beside its main part


# --- other programs --------------------------------------------------------------------------------------------------


class Browser:
    """Chromium, which shows pages as they lie on the disk: nothing is fetched, and no script of theirs runs."""

    def __init__(self) -> None:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        self._page = self._browser.new_page(java_script_enabled=False, offline=True)
        self._page.route(re.compile("^(?!file:.*page)"), lambda route: route.abort())

    def close(self) -> None:
        """End the browser."""
        self._browser.close()
        self._playwright.stop()

    def shown(self, data: bytes) -> tuple[str, str]:
        """Return the text that a page shows in its main part, and all that it shows."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.html"
            path.write_bytes(data)
            self._page.goto(path.as_uri(), wait_until="domcontentloaded")
            main, whole = self._page.evaluate(_MAIN)
        return str(main), str(whole)


@contextmanager
def browser() -> Iterator[Browser | None]:
    """Yield Chromium, or None where there is none."""
    if CHROMIUM is None:
        yield None
        return
    started = Browser()
    try:
        yield started
    finally:
        started.close()


def read_pdf(path: Path) -> Other:
    """Return what Poppler reads in a PDF file, in the order of the file, which keeps the cells of a table whole."""
    command = [str(PDFTOTEXT), "-raw", "-enc", "UTF-8", str(path), "-"]
    return Other(subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8"))


def read_page(path: Path, chromium: Browser) -> Other:
    """Return what Chromium shows of a page in its main part."""
    main, whole = chromium.shown(path.read_bytes())
    return Other(main, len(visible(whole)) - len(visible(main)))


def read_word(path: Path, chromium: Browser | None) -> Other:
    """Return what LibreOffice reads in a Word file, and Chromium in the pages that it embeds."""
    texts = [office.convert(path.read_bytes(), ".docx", "txt").decode("utf-8-sig")]
    for page in _embedded(path):
        if chromium is None:
            raise Skipped("no Chromium")
        texts.append(chromium.shown(page)[1])
    return Other("\n".join(texts))


def _embedded(path: Path) -> Iterator[bytes]:
    """Yield the web pages that a Word file embeds as a whole, which LibreOffice passes over."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".mht", ".mhtml")):
                parts = email.message_from_bytes(package.read(name)).walk()
                page = next(part for part in parts if part.get_content_type() == "text/html")
                yield bytes(page.get_payload(decode=True))
            elif name.endswith(FORMS["html"]):
                yield package.read(name)


# --- comparing -------------------------------------------------------------------------------------------------------


def visible(text: str) -> str:
    """Return the characters of a text that are compared."""
    characters = Characters()
    return "".join(clean("".join(characters.read(ord(c)) for c in text)).split())


def longest_common(one: str, other: str) -> int:
    """Return the length of the longest sequence of characters that both texts have; a row of the table is one number.

    >>> longest_common("甲乙丙丁", "乙甲丙戊丁")
    3
    """
    places: defaultdict[str, int] = defaultdict(int)
    for at, c in enumerate(one):
        places[c] |= 1 << at
    row = every = (1 << len(one)) - 1
    for c in other:
        met = row & places[c]
        row = ((row + met) | (row - met)) & every
    return len(one) - row.bit_count()


@dataclass(frozen=True, slots=True)
class Compared:
    """What our text holds of another program's, in characters."""

    name: str
    characters: int
    held: int
    in_order: int
    told: Counter[str]
    added: int
    beside: int
    lines: Sequence[str]  # of the other program that our text does not hold as they are


def compare(name: str, other: Other, reading: Reading) -> Compared:
    """Return what our text of a file holds of another program's."""
    ours, theirs = visible(reading.text), visible(other.text)
    missing = Counter(theirs) - Counter(ours)
    lines = Counter(filter(None, map(visible, re.split(r"[\n\f]", other.text))))
    return Compared(
        name,
        characters=len(theirs),
        held=len(theirs) - missing.total(),
        in_order=longest_common(theirs, ours),
        told=_told(lines, reading, missing),
        added=(Counter(ours) - Counter(theirs)).total(),
        beside=other.beside,
        lines=[line for line in lines if line not in ours],
    )


def _told(lines: Counter[str], reading: Reading, missing: Counter[str]) -> Counter[str]:
    """Return how many of the missing characters our reader leaves out and reports, by the reason."""
    notes = dict(reading.notes)
    left, told = missing.copy(), Counter[str]()
    for why, gone in _left_out(lines, reading, notes, left):
        taken = gone & left
        left -= taken
        told[why] += taken.total()
    unseen = sum(int(count.replace(",", "")) for _, words in reading.notes for count in _UNSEEN.findall(words))
    told["not to be seen on the page"] = min(left.total(), unseen)
    return +told


def _left_out(
    lines: Counter[str], reading: Reading, notes: Mapping[str, str], left: Counter[str]
) -> Iterator[tuple[str, Counter[str]]]:
    """Yield what our reader says that it leaves out; `left` is what of the missing characters has no reason yet."""
    heads = "".join(notes.get("running_heads", "").split())
    for line, times in lines.items():
        if "page_marks" in notes and _PAGE_MARK.fullmatch(line):
            yield "page numbers", Counter(line * times)
        elif line in heads:
            yield "running heads and feet", Counter(line * times)
    repeated = _REPEATED.search(notes.get("repeated_rows", ""))
    most, printed = int(repeated[1]) if repeated else 0, reading.text.split("\n")
    for row in reading.rows:
        one = Counter(visible("".join(printed[row.start : row.stop])))
        times = min([most, *(left[c] // count for c, count in one.items())])
        most -= times
        yield "the head of a table on each of its pages", Counter("".join(one.elements()) * times)


# --- all files -------------------------------------------------------------------------------------------------------


class Skipped(Exception):
    """Why a file cannot be compared."""


def other_reading(path: Path, chromium: Browser | None) -> Other:
    """Return what another program reads in a file; Skipped where that program is missing."""
    if path.suffix.lower() == ".pdf":
        if PDFTOTEXT is None:
            raise Skipped("no pdftotext")
        return read_pdf(path)
    if path.suffix.lower() == ".docx":
        if office.find_program() is None:
            raise Skipped("no LibreOffice")
        return read_word(path, chromium)
    if chromium is None:
        raise Skipped("no Chromium")
    return read_page(path, chromium)


def compare_file(path: Path, chromium: Browser | None) -> Compared:
    """Return what our text of a file holds; Skipped where there is nothing to compare."""
    other = other_reading(path, chromium)
    try:
        (reading,) = read(path.name, path.read_bytes())
    except UnreadableFile as error:
        if not visible(other.text):
            raise Skipped("neither program reads text in it: a scan") from None
        print(f"{path.name}: {error}")
        reading = Reading("")
    return compare(path.name, other, reading)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--originals", type=Path, default=ORIGINALS)
    parser.add_argument("--list", action="store_true", dest="lists")
    given = parser.parse_args()
    found = sorted(path for path in given.originals.rglob("*") if path.is_file())
    by_form = {form: [path for path in found if path.suffix.lower() in endings] for form, endings in FORMS.items()}
    if not any(by_form.values()):
        print("没有可对照的原件，跳过 / no original files: skipped")
        return
    figures: dict[str, dict[str, Any]] = {}
    with browser() as chromium:
        for form, paths in by_form.items():
            compared, skipped = compare_all(paths, chromium)
            figures[form] = {
                "files": len(compared),
                **summary(compared),
                "skipped": skipped,
                "each": {one.name: summary([one]) for one in compared},
            }
            show(form, compared, skipped, lists=given.lists)
    RESULTS.write_text(json.dumps({"asked": ASKED, **figures}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def compare_all(paths: Sequence[Path], chromium: Browser | None) -> tuple[list[Compared], dict[str, str]]:
    """Return what is held of each file, and why others could not be compared."""
    compared: list[Compared] = []
    skipped: dict[str, str] = {}
    for path in paths:
        try:
            compared.append(compare_file(path, chromium))
        except Skipped as reason:
            skipped[path.name] = str(reason)
    return compared, skipped


def summary(compared: Sequence[Compared]) -> dict[str, Any]:
    """Return the figures of some files together."""
    characters = sum(found.characters for found in compared)
    told = sum((found.told for found in compared), Counter[str]())
    held = sum(found.held for found in compared)
    return {
        "characters": characters,
        "held": held,
        "share": round(held / max(characters, 1), 5),
        "in_order": round(sum(found.in_order for found in compared) / max(characters, 1), 5),
        "told": dict(told),
        "lost": characters - held - told.total(),
        "of_text": round(held / max(characters - told.total(), 1), 5),
        "added": sum(found.added for found in compared),
        "beside": sum(found.beside for found in compared),
    }


def show(form: str, compared: Sequence[Compared], skipped: Mapping[str, str], *, lists: bool) -> None:
    """Print the figures of a format, and the files that hold less or more than the other program reads."""
    print(form, f"files {len(compared)}", *(f"{name} {value}" for name, value in summary(compared).items()), sep="  ")
    for found in compared:
        if found.held < found.characters or found.added:
            print(" ", found.name, *(f"{name} {value}" for name, value in summary([found]).items()), sep="  ")
        for line in found.lines if lists else ():
            print("     ", line)
    for name, reason in skipped.items():
        print(f"  {name}: skipped, {reason}")


if __name__ == "__main__":
    main()
