"""Quotations over several lines: the new words of an amendment, whose labels open nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.lines import Line

_LONGEST_QUOTATION = 80  # lines
_NEXT_AMENDMENT = re.compile(r"[一二三四五六七八九十]{1,3}、(?:将|第|增加|删[去除]|[^”]{0,30}修改)")


def quoted_lines(shade: str, lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines that begin inside a quotation that is opened behind a colon."""
    quoted: set[int] = set()
    index = 0
    while index < len(lines):
        if _opens_quotation(shade, lines, index):
            last = _closing_line(shade, lines, index)
            quoted.update(range(index + 1, last + 1))
            index = last
        index += 1
    return frozenset(quoted)


def _opens_quotation(shade: str, lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line leaves a quotation open that a colon announces, on the same line or at the end of the last."""
    line = lines[index]
    at = shade.rfind("“", line.start, line.end)
    if at < 0 or line.row or shade.find("”", at, line.end) >= 0:
        return False
    if at > line.start:
        return shade[at - 1] == ":"
    return index > 0 and shade[lines[index - 1].end - 1] == ":"


def _closing_line(shade: str, lines: Sequence[Line], opening: int) -> int:
    """Return the line where a quotation that `opening` opens is closed, `opening` itself where it never is."""
    for index, line in enumerate(lines[opening + 1 : opening + 1 + _LONGEST_QUOTATION], opening + 1):
        words = line.words(shade)
        if words.count("”") > words.count("“") - words.startswith("“"):
            return index
        if _NEXT_AMENDMENT.match(words):
            break
    return opening
