"""Several documents in one file: 某某制度篇1, 某某制度篇2 … each begin at a line of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.lines import Line
from tiaoli.numerals import to_number

_MARK = re.compile(
    r"(?P<name>[^。；，,;:：]{0,50}?)[ \u3000]*[(（]?(?P<mark>篇[ ]?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3}))[)）]?[:：]?"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of lines that is a document of its own; `mark` is empty for what stands outside all marked ones."""

    mark: str
    lines: tuple[Line, ...]


def split_members(shade: str, lines: Sequence[Line]) -> list[Part]:
    """Return the documents of a file: one without a mark, or what stands before the first mark and one for each mark."""
    heads = [
        (index, mark) for index, line in enumerate(lines) if (mark := _MARK.fullmatch(shade, line.start, line.end))
    ]
    heads = _numbered_through(heads)
    if len(heads) < 2:
        return [Part("", tuple(lines))]
    starts = [index for index, _ in heads]
    parts = [Part("", tuple(lines[: starts[0]]))] if starts[0] else []
    for (index, mark), stop in zip(heads, [*starts[1:], len(lines)], strict=True):
        parts.append(Part(re.sub(r"\s", "", mark["mark"]), tuple(lines[index:stop])))
    return parts


def _numbered_through(heads: Sequence[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """Keep the heads that share the first one's name and count up from 1."""
    kept: list[tuple[int, re.Match[str]]] = []
    for index, mark in heads:
        if to_number(mark["number"]) == len(kept) + 1 and (not kept or mark["name"] == kept[0][1]["name"]):
            kept.append((index, mark))
    return kept
