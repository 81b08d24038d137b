"""Queries that name an instrument or a provision: 行政处罚法第十条, 《X办法》第三章, 国办发〔2018〕37号.

Recognising is done here on the words alone; finding what is named is the business of `answer.py` with the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tiaoli.provisions import NUMERAL, Provision, parse_provision

LONGEST = 2000  # characters of a query that are looked through
_LONGEST_TITLE = 60
_SIGN = rf"(?:分编|[编章节条款项目])(?:\s*之\s*{NUMERAL})?"
_ADDRESS = re.compile(
    rf"(?:第\s*)?{NUMERAL}\s*(?:分编|[编章节条])(?:\s*之\s*{NUMERAL})?"
    rf"(?:\s*(?:第\s*[（(]?{NUMERAL}[)）]?\s*{_SIGN}|[（(]{NUMERAL}[)）]\s*项?))*"
)
_QUOTED = re.compile(r"《([^《》]{2,100}(?:〈[^〈〉]{2,100}〉[^《》]{0,40})?)》(?:\s*[（(][^（）()]{1,40}[）)])?")
_NUMBER = re.compile(
    r"(?P<letters>[\u4e00-\u9fff]{2,14})\s*(?:[〔\[（(【［﹝〈<]\s*(?P<year>\d{4})\s*年?\s*[〕\]）)】］﹞〉>]|(?P<bare>(?:19|20)\d\d)年?)"
    r"\s*第?\s*(?P<number>\d{1,5})\s*号"
)
_FILLING = re.compile(r"全文|原文|内容|规定|查询|查看|[\W的、和与及]+")  # around a reference they ask for nothing more
_HAN_RUN = re.compile(r"[\u4e00-\u9fff·、（）()]{2,60}$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a query names: titles to try (the likeliest first) or a 文号, and the provision where one is named."""

    titles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    provision: Provision | None = None
    alone: bool = False  # the query asks for nothing else


def named_in(query: str) -> list[Named]:
    """Return what the query names, in text order; a query that is nothing but a title comes out as that title.

    >>> [(n.titles[0], str(n.provision)) for n in named_in("《行政处罚法》第10条第一款和《办法》第三章")]
    [('行政处罚法', '第十条第一款'), ('办法', '第三章')]
    """
    text = " ".join(query[:LONGEST].split())
    spans = [*_quoted(text), *_numbered(text)] or list(_unquoted(text))
    if not spans and 2 <= len(text) <= _LONGEST_TITLE:
        return [Named(titles=(text.rstrip("。？?！!，,"),), alone=True)]
    rest = text
    for start, end, _ in sorted(spans, reverse=True, key=lambda span: span[:2]):
        rest = rest[:start] + rest[end:]
    alone = not _FILLING.sub("", rest)
    return [replace(named, alone=alone) for _, _, named in sorted(spans, key=lambda span: span[0])]


def _quoted(text: str) -> Iterator[tuple[int, int, Named]]:
    for match in _QUOTED.finditer(text):
        address = _ADDRESS.match(text, _behind(text, match.end()))
        edition = (re.sub("[《》]", "", match[0]),) if match[0][-1] != "》" else ()
        provision = _provision(address[0]) if address else None
        yield match.start(), address.end() if address else match.end(), Named((match[1], *edition), provision=provision)


def _numbered(text: str) -> Iterator[tuple[int, int, Named]]:
    for match in _NUMBER.finditer(text):
        year, letters = match["year"] or match["bare"], match["letters"]
        tail = f"〔{year}〕{match['number']}号"
        numbers = tuple(letters[at:] + tail for at in range(len(letters) - 1))
        address = _ADDRESS.match(text, _behind(text, match.end()))
        end, provision = (address.end(), _provision(address[0])) if address else (match.end(), None)
        yield match.start(), end, Named(numbers=numbers, provision=provision)


def _behind(text: str, at: int) -> int:
    """Where a provision may begin behind a title or a number: past blanks and 的."""
    return at + len(text[at:]) - len(text[at:].lstrip(" 的"))


def _unquoted(text: str) -> Iterator[tuple[int, int, Named]]:
    """A provision with the title before it: 根据民法典第五百条 may name 根据民法典 or 民法典, the longest that exists."""
    for match in _ADDRESS.finditer(text):
        provision = _provision(match[0])
        before = _HAN_RUN.search(text[: match.start()].rstrip().removesuffix("的"))
        if provision is not None and before is not None:
            words = before[0]
            titles = tuple(words[at:] for at in range(len(words) - 1))
            yield before.start(), match.end(), Named(titles, provision=provision)


def _provision(text: str) -> Provision | None:
    return parse_provision(text if text.startswith("第") else "第" + text)
