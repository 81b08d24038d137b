"""Markdown as law collections use it: heading marks, comments, rules and a YAML head are markup, all else is text."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.clean import LINE_END
from ingest.readers import plain
from ingest.readers.reading import Reading

_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t\u3000]*")
_HEADING_LINE = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!--.*?-->\s*")
_RULE = re.compile(r"\s*-{3,}\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_ITALIC_LINE = re.compile(r"\s*\*(?=[^\s*])([^*]{1,200})\*\s*")
_HEAD = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_HEAD_ROW = re.compile(r"([\w-]+):[ \t]*(\S.*?)\s*$")


def read_text(data: bytes) -> Reading:
    """Return the text of a file that says it is plain, also where its headings are marked as in Markdown."""
    reading = plain.read(data)
    return _without_marks(reading) if len(_HEADING_LINE.findall(reading.text)) > 1 else reading


def read(data: bytes) -> Reading:
    """Return the text without markup; lines keep their number, the level of heading lines is told apart."""
    return _without_marks(plain.read(data))


def _without_marks(reading: Reading) -> Reading:
    head = _HEAD.match(reading.text)
    body = "\n" * head[0].count("\n") + reading.text[head.end() :] if head else reading.text
    lines, headings = [], {}
    for number, line in enumerate(LINE_END.split(body)):
        if mark := _HEADING.match(line):
            headings[number] = len(mark[1])
            line = line[mark.end() :]
        lines.append(_without_markup(line))
    return replace(
        reading, text="\n".join(lines), headings=headings, front_matter=_front_matter(head[1] if head else "")
    )


def _without_markup(line: str) -> str:
    if _COMMENT.fullmatch(line) or _RULE.fullmatch(line):
        return ""
    italic = _ITALIC_LINE.fullmatch(line)
    return italic[1] if italic else _BOLD.sub(r"\2", line)


def _front_matter(head: str) -> dict[str, str]:
    rows = (_HEAD_ROW.match(line) for line in head.splitlines())
    return {row[1]: row[2].strip("\"'") for row in rows if row}
