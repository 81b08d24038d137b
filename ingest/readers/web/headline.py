"""What a page says of its document beside the text: its headline, and fields like 发文机关 and 成文日期."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from ingest.readers.web.flow import Line
from ingest.readers.web.furniture import is_closing, is_furniture, is_site_name
from ingest.readers.web.main import Main
from ingest.readers.web.page import Page
from tiaoli.lexicon import texts

_SITE_PARTS = re.compile(r"\s*[-_|｜—–]+\s*(?=[^-_|｜—–]*$)")
_BLANKS = re.compile(r"\s+")
_IGNORED = re.compile(r"[\W_]")
_OWN_TITLES = ("ucaptitle", "articletitle")
_SHORTEST, _LONGEST = 4, 200  # visible characters of a headline
_SHORTEST_TITLE = 6  # characters; a shorter title of a page is that of a part of the site: 通知公告
_HEAD = 60  # lines at the beginning of a text that are looked through for its headline
_MOST_LINES = 5  # of a printed title
_MUCH = 0.75  # of a printed title that is the headline; the rest is 转载, 试行, a number
_LONGEST_FIELDS = 400  # characters of a line with fields
_FIELDS = {"pubdate": "发布日期"}  # meta elements that public sites must carry, and what a person calls them


def headline(page: Page, main: Main) -> str:
    """Return the headline of the document: as the page declares it, else its heading, else its title; perhaps none."""
    declared = [content for name, content in _metas(page) if name in _OWN_TITLES]
    elements = [page.words(number) for number in page.tagged("ucaptitle")]
    printed = [page.words(number) for number in page.tagged("h1") if number < main.end and page.is_shown(number)]
    titles = [title for number in page.tagged("title")[:1] for title in _own_titles(page.words(number))]
    found = (_BLANKS.sub(" ", words).strip() for words in (*declared, *elements, *reversed(printed), *titles))
    return next((words for words in found if _is_headline(words)), "")


def _metas(page: Page) -> Iterator[tuple[str, str]]:
    for number in page.tagged("meta"):
        attributes = page.nodes[number].attributes
        yield attributes.get("name", "").lower(), attributes.get("content", "").strip()


def _own_titles(words: str) -> Iterator[str]:
    """Yield the title of a page without the name of its site, if it is one of a document."""
    *own, site = _SITE_PARTS.split(words)
    title = "".join(own) if own and is_site_name(site) else words
    if len(title) >= _SHORTEST_TITLE and title.endswith(texts("structure", "title_end")):
        yield title


def _is_headline(words: str) -> bool:
    usual = len(_IGNORED.sub("", words)) >= _SHORTEST and len(words) <= _LONGEST
    return usual and not words.endswith(("…", "...")) and not is_site_name(words) and not is_furniture(Line(words, 0))


def find_title(title: str, lines: Sequence[Line]) -> range | None:
    """Return the lines near the beginning of a text that print its headline, or more than that; None where none do."""
    sought = _IGNORED.sub("", title)
    squeezed = ["" if line.is_row or is_closing(line) else _IGNORED.sub("", line.words) for line in lines[:_HEAD]]
    for start in range(len(squeezed)):
        joined, found = "", None
        for stop in range(start + 1, min(start + _MOST_LINES, len(squeezed)) + 1):
            joined += squeezed[stop - 1]
            if _is_same(sought, joined):
                found = range(start, stop)
            if not joined or joined not in sought:
                break
        if found:
            return found
    return None


def is_exactly(title: str, lines: Sequence[Line]) -> bool:
    """Tell whether lines are the headline and nothing else."""
    return _IGNORED.sub("", "".join(line.words for line in lines)) == _IGNORED.sub("", title)


def _is_same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and shorter in longer and len(shorter) >= len(longer) * _MUCH


def fields(page: Page, lines: Iterable[Line]) -> dict[str, str]:
    """Return the fields that the page declares, and those that lines beside the text name."""
    found = {_FIELDS[name]: content for name, content in _metas(page) if name in _FIELDS and content}
    for label, value in (pair for line in lines for pair in _named(line)):
        found.setdefault(label, value)
    return found


def _named(line: Line) -> Iterator[tuple[str, str]]:
    """Yield label and value of each field in a line, or in the cells of a row."""
    if not line.is_row:
        for found in _field().finditer(line.words[:_LONGEST_FIELDS]):
            yield _BLANKS.sub("", found["label"]), found["value"]
        return
    cells = [_BLANKS.sub("", cell).rstrip(":：") for cell in line.words.split("\t")]
    for cell, value in pairwise(cells):
        if cell in texts("fields", "label") and value:
            yield cell, value


@cache
def _field() -> re.Pattern[str]:
    labels = "|".join(r"\s*".join(map(re.escape, label)) for label in texts("fields", "label"))
    return re.compile(rf"(?<!\w)(?P<label>{labels})\s*[:：]\s*(?P<value>[^\s:：;；|]{{2,100}})")
