"""Markdown as law collections use it: marks of headings and tables, comments, rules and a YAML head are markup, all else is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.clean import LINE_END
from ingest.readers import plain
from ingest.readers.pasted import pasted_rows
from ingest.readers.reading import Reading

_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t\u3000]*")
_HEADING_LINE = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!--.*?-->\s*")
_RULE = re.compile(r"\s*-{3,}\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_ITALIC_LINE = re.compile(r"\s*\*(?=[^\s*])([^*]{1,200})\*\s*")
_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_HEAD = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_HEAD_ROW = re.compile(r"([\w-]+):[ \t]*(\S.*?)\s*$")


def read_text(data: bytes) -> Reading:
    """Return the text of a file that says it is plain, also where its headings are marked as in Markdown or tables pasted."""
    reading = plain.read(data)
    if len(_HEADING_LINE.findall(reading.text)) > 1:
        return _without_marks(reading)
    return replace(reading, rows=pasted_rows(LINE_END.split(reading.text)))


def read(data: bytes) -> Reading:
    """Return the text without markup; the level of heading lines and the rows of tables are told apart."""
    return _without_marks(plain.read(data))


def _without_marks(reading: Reading) -> Reading:
    head = _HEAD.match(reading.text)
    body = "\n" * head[0].count("\n") + reading.text[head.end() :] if head else reading.text
    source = LINE_END.split(body)
    tables = _tables(source)
    lines: list[str] = []
    headings: dict[int, int] = {}
    rows: list[range] = []
    for number, line in enumerate(source):
        row = tables.get(number)
        if row:
            rows.append(range(len(lines), len(lines) + row.count("\n") + 1))
            lines += row.split("\n")
        elif row is None:
            mark = _HEADING.match(line)
            headings |= {len(lines): len(mark[1])} if mark else {}
            lines.append(_without_markup(line[mark.end() :] if mark else line))
    front_matter = _front_matter(head[1] if head else "")
    return replace(reading, text="\n".join(lines), headings=headings, rows=tuple(rows), front_matter=front_matter)


def _tables(lines: Sequence[str]) -> dict[int, str]:
    """Return the lines of tables with what stands for each: its cells parted by tabs, nothing for a rule or an empty row."""
    found: dict[int, str] = {}
    for number, line in enumerate(lines):
        if number == 0 or number in found or not _TABLE_RULE.fullmatch(line) or "|" not in lines[number - 1]:
            continue
        behind = takewhile(lambda at: "|" in lines[at], range(number + 1, len(lines)))
        rows = {at: _cells(lines[at]) for at in (number - 1, *behind)}
        width = max(map(len, rows.values()))
        found |= {
            at: "\t".join([*cells, *[""] * (width - len(cells))]) if any(cells) else "" for at, cells in rows.items()
        }
        found[number] = ""
    return found


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner if inner.endswith("\\|") else inner.removesuffix("|")
    cells = [_BOLD.sub(r"\2", cell.strip()).replace("\\|", "|").replace("\t", " ") for cell in _CELL_END.split(inner)]
    return [_BREAK.sub("\n", cell) for cell in cells]


def _without_markup(line: str) -> str:
    if _COMMENT.fullmatch(line) or _RULE.fullmatch(line):
        return ""
    italic = _ITALIC_LINE.fullmatch(line)
    return italic[1] if italic else _BOLD.sub(r"\2", line)


def _front_matter(head: str) -> dict[str, str]:
    rows = (_HEAD_ROW.match(line) for line in head.splitlines())
    return {row[1]: row[2].strip("\"'") for row in rows if row}
