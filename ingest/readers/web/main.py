"""Which lines of a page are its document.

To lose a sentence is the worst fault, to keep a crumb of the page around it the lesser one: what lies beside the text is
left out only if it holds no sentence, no row of a table, no number and no signature that stands nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.readers.web import furniture
from ingest.readers.web.flow import Line
from ingest.readers.web.page import Page

_NEARLY_ALL = 0.8  # of what a page says, which parts must hold to be its text by their names
_NEVER_ENTERED = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "li", "blockquote", "pre")
_SHORTEST_REPEATED = 20  # characters of a line that counts once where a page shows it twice


@dataclass(frozen=True, slots=True)
class Main:
    """The lines of the document, and the element that it stands in."""

    lines: list[Line]
    start: int  # the number of the element
    end: int  # that of the first node behind it


def find_main(page: Page, lines: Sequence[Line]) -> Main:
    """Return the document of a page; without a line where the page shows no text."""
    if not lines:
        return Main([], 0, len(page.nodes))
    view = _View(page, lines)
    named = view.named()
    spans = [(number, page.nodes[number].end) for number in named or [view.densest()]]
    start, end = spans[0][0], spans[-1][1]
    return Main(view.without_furniture(spans, links=not named), start, end)


class _View:
    """How much each element of a page says."""

    def __init__(self, page: Page, lines: Sequence[Line]) -> None:
        self._page, self._lines = page, lines
        self._firsts = [line.first for line in lines]
        said = [furniture.sentence(line) for line in _once(lines)]
        self._sentences = [0, *accumulate(said)]
        told = list(zip(said, lines, strict=True))
        self._stated = [0, *accumulate(count * furniture.is_stated(line) for count, line in told)]
        self._speaking = [0, *accumulate(count > 0 or furniture.is_number(line) for count, line in told)]
        self._closings = [0, *accumulate(furniture.is_closing(line) for line in _once(lines, shortest=0))]
        self._others = [0, *accumulate(not (furniture.is_link(line) or furniture.is_furniture(line)) for line in lines)]
        self._data_tables = {self._table_of(line.first) for line in lines if line.is_row}

    def _sum(self, sums: Sequence[int], start: int, end: int) -> int:
        """Return the sum over the lines that begin in the nodes from `start` up to `end`."""
        return sums[bisect_left(self._firsts, end)] - sums[bisect_left(self._firsts, start)]

    def _within(self, sums: Sequence[int], number: int) -> int:
        return self._sum(sums, number, self._page.nodes[number].end)

    def _table_of(self, number: int) -> int:
        while number >= 0 and self._page.nodes[number].tag != "table":
            number = self._page.nodes[number].parent
        return number

    # --- the element -------------------------------------------------------------------------------------------------

    def named(self) -> list[int]:
        """Return the elements named as the container of a text, if together they hold nearly all that the page says."""
        found: list[int] = []
        for number, node in enumerate(self._page.nodes):
            if node.tag and furniture.holds_text(node) and self._within(self._sentences, number):
                if not found or number >= self._page.nodes[found[-1]].end:
                    found.append(number)
                elif len(found) == 1 and self._within(self._others, number) == self._within(self._others, found[0]):
                    found[0] = number  # leaves out nothing but furniture
        sums = self._stated if self._stated[-1] else self._sentences
        held = sum(self._within(sums, number) for number in found)
        return found if held >= sums[-1] * _NEARLY_ALL else []

    def densest(self) -> int:
        """Return the smallest element beside which nothing is said."""
        number = 0
        while (inner := self._heaviest_child(number)) is not None and self._is_all(inner, number):
            number = inner
        return number

    def _heaviest_child(self, number: int) -> int | None:
        node = self._page.nodes[number]
        heaviest, most, child = None, 0, number + 1
        while child < node.end:
            if (said := self._within(self._sentences, child)) > most:
                heaviest, most = child, said
            child = self._page.nodes[child].end
        if heaviest is None or self._page.nodes[heaviest].tag in _NEVER_ENTERED or heaviest in self._data_tables:
            return None
        return heaviest if self._page.nodes[heaviest].tag else None

    def _is_all(self, inner: int, outer: int) -> bool:
        """Tell whether an element says all that the one around it says."""
        after = self._sum(self._closings, self._page.nodes[inner].end, self._page.nodes[outer].end)
        return self._within(self._speaking, inner) == self._within(self._speaking, outer) and not after

    # --- its lines ---------------------------------------------------------------------------------------------------

    def without_furniture(self, spans: Sequence[tuple[int, int]], *, links: bool) -> list[Line]:
        """Return the lines of a text without those of elements beside it, and at its edges those that are none of it."""
        start, end = spans[0][0], spans[-1][1]
        asides = self._asides(start, end)
        inner = [line for line in self._lines if start <= line.first < end and line.first not in asides]
        said = [at for at, line in enumerate(inner) if furniture.sentence(line)]
        first, last = (said[0], said[-1]) if said else (len(inner), -1)
        kept = []
        for at, line in enumerate(inner):
            between = not any(a <= line.first < b for a, b in spans)
            if (first <= at <= last and not between) or not self._is_left_out(line, links=links or between):
                kept.append(line)
        return kept

    def _asides(self, start: int, end: int) -> set[int]:
        """Return the nodes of all elements that stand beside a text and say nothing."""
        found: set[int] = set()
        number = start + 1
        while number < end:
            node = self._page.nodes[number]
            silent = node.tag and furniture.is_aside(node) and not self._says(number)
            found.update(range(number, node.end) if silent else ())
            number = node.end if silent else number + 1
        return found

    def _says(self, number: int) -> bool:
        return self._within(self._speaking, number) + self._within(self._closings, number) > 0

    @staticmethod
    def _is_left_out(line: Line, *, links: bool) -> bool:
        if line.is_row or line.has_file:
            return False
        return furniture.is_furniture(line) or (links and furniture.is_link(line) and not furniture.is_closing(line))


def _once(lines: Sequence[Line], shortest: int = _SHORTEST_REPEATED) -> list[Line]:
    """Return the lines, each of some length that was there before as an empty one."""
    seen: set[str] = set()
    found = []
    for line in lines:
        repeated = line.words in seen and len(line.words) >= shortest
        found.append(Line("", line.first) if repeated else line)
        seen.add(line.words)
    return found
