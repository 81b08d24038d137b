"""Text without the line breaks that only printing put into its sentences, and the way back to the printed places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from tiaoli.records import Amount, Assignment, Bearer, Citation, Clause, Deadline, Norm, Span

_Placed = TypeVar("_Placed", Bearer, Deadline, Amount, Span, Citation, Assignment, Clause)

_HAN = r"[\u4e00-\u9fff0-9A-Za-z，、（）《》“”〔〕%]"
# A break within a sentence, also around a page mark (- 3 -), and blanks that setting left between the letters.
_BREAK = re.compile(
    rf"(?<={_HAN})[ \u3000]*(?:\n[ \u3000]*)+(?:[-—－]\s*\d{{1,4}}\s*[-—－][ \u3000]*\n[ \u3000\n]*)?(?={_HAN})(?!\s*(?:[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十0-9]{{1,3}}[）)]|[0-9]{{1,2}}[.、．]))"
)


class Flat:
    """A document's text with those breaks left out; positions count in it, and `back` leads to the printed places."""

    def __init__(self, text: str, clauses: Sequence[Clause]) -> None:
        """Flatten the words of the clauses; tables keep their lines, which part their cells."""
        self.printed = text
        pieces, at = [], 0
        self._starts: list[int] = []  # where the kept pieces begin in the printed text
        self._places: list[int] = []  # and in the flat one
        size = 0
        for start, end in self._breaks(clauses):
            pieces.append(text[at:start])
            self._starts.append(at)
            self._places.append(size)
            size += start - at
            at = end
        self._starts.append(at)
        self._places.append(size)
        self.text = "".join((*pieces, text[at:]))

    def _breaks(self, clauses: Sequence[Clause]) -> list[tuple[int, int]]:
        found = []
        for clause in clauses:
            if "\n" in clause.text and "\t" not in clause.text and "|" not in clause.text:
                spans = (match.span() for match in _BREAK.finditer(self.printed, clause.start, clause.end))
                found += [span for span in spans if span[1] > span[0]]
        return sorted(set(found))

    def place(self, position: int) -> int:
        """Return the flat position of a printed one; within a break it is where the break was."""
        piece = bisect_right(self._starts, position) - 1
        following = self._places[piece + 1] if piece + 1 < len(self._places) else len(self.text)
        return min(self._places[piece] + position - self._starts[piece], following)

    def back(self, position: int, *, end: bool = False) -> int:
        """Return the printed position of a flat one; an `end` stands before a break, a start behind it."""
        piece = (bisect_left if end else bisect_right)(self._places, position) - 1
        piece = max(piece, 0)
        return self._starts[piece] + position - self._places[piece]

    def flattened(self, placed: _Placed) -> _Placed:
        """Return a record with its span in the flat text."""
        return replace(placed, start=self.place(placed.start), end=self.place(placed.end))

    def clause(self, clause: Clause) -> Clause:
        """Return a clause as it stands in the flat text."""
        moved = self.flattened(clause)
        if moved.end - moved.start == clause.end - clause.start:
            return moved
        words = clause.text if clause.text not in self.printed[clause.start : clause.end] else None
        if words is not None:
            return moved
        first = self.printed.find(clause.text, clause.start, clause.end)
        return replace(moved, text=self.text[self.place(first) : self.place(first + len(clause.text))])

    def norm(self, norm: Norm) -> Norm:
        """Return a norm of the flat text with its spans in the printed one, and its printed words."""
        start, end = self.back(norm.start), self.back(norm.end, end=True)
        return replace(
            norm,
            start=start,
            end=end,
            text=self.printed[start:end],
            bearers=tuple(map(self._printed, norm.bearers)),
            deadlines=tuple(map(self._printed, norm.deadlines)),
            amounts=tuple(map(self._printed, norm.amounts)),
            citations=tuple(map(self._printed, norm.citations)),
        )

    def _printed(self, placed: _Placed) -> _Placed:
        return replace(placed, start=self.back(placed.start), end=self.back(placed.end, end=True))
