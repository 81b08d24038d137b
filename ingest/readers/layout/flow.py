"""From pages to the text of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.layout.columns import Column
from ingest.readers.layout.edges import edges_of
from ingest.readers.layout.lines import Line
from ingest.readers.layout.page import Page
from ingest.readers.layout.paragraphs import Edges, Placed, goes_on, text_of
from ingest.readers.layout.running import Removed, strip_running
from ingest.readers.layout.tables import Table, continued

_MOST_WORDS = 20  # running heads that a note quotes
_LONGEST_WORDS = 40  # characters of each

Paragraph = list[Placed]


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of a document, its rows of tables as ranges of line numbers, and what is to report of it."""

    text: str
    rows: tuple[range, ...]
    notes: tuple[tuple[str, str], ...]


def flow_of(pages: Sequence[Page]) -> Flow:
    """Return the text of all pages in the order of reading, one paragraph a line; what is no text is taken off them."""
    removed = strip_running(pages)
    blocks, repeated = _blocks(pages)
    lines: list[str] = []
    rows: list[range] = []
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = "\t".join(row).split("\n")
                rows.append(range(len(lines), len(lines) + len(cells)))
                lines += cells
        else:
            lines.append(text_of(block))
    return Flow("\n".join(lines), tuple(rows), tuple(_notes(removed, repeated)))


def _blocks(pages: Sequence[Page]) -> tuple[list[Table | Paragraph], int]:
    """Return tables and paragraphs, those that go on over the end of a page joined; count repeated head rows."""
    found: list[Table | Paragraph] = []
    repeated = 0
    placed = list(_placed(pages))
    for (block, begins_page), (after, _) in pairwise([*placed, (None, False)]):
        last = found[-1] if found else None
        if isinstance(block, Table):
            both = continued(last, block) if isinstance(last, Table) and begins_page else None
            if both:
                found[-1], more = both
                repeated += more
            else:
                found.append(block)
        elif block:
            following = after if isinstance(after, Placed) else None
            if isinstance(last, list) and goes_on(last, block, following):
                last.append(block)
            else:
                found.append([block])
    return found, repeated


def _placed(pages: Sequence[Page]) -> Iterator[tuple[Table | Placed, bool]]:
    """Yield what is on the pages, lines with the edges of their column, and whether it is the first on a page."""
    edges = _edges(pages)
    columns: dict[tuple[int, Column], int] = {}
    for index, page in enumerate(pages):
        for place, (block, column) in enumerate(page.blocks):
            if isinstance(block, Line):
                number = columns.setdefault((index, column), len(columns))
                yield Placed(block, edges[index, column], number), place == 0
            else:
                yield block, place == 0


def _edges(pages: Sequence[Page]) -> dict[tuple[int, Column], Edges]:
    """Return the edges of each column of each page; where a page has too little text they are those of its like."""
    lines: defaultdict[tuple[int, Column], list[Line]] = defaultdict(list)
    for index, page in enumerate(pages):
        for block, column in page.blocks:
            if isinstance(block, Line):
                lines[index, column].append(block)
    measured = {place: edges_of(found, 0 if place[1] else pages[place[0]].width) for place, found in lines.items()}
    certain: defaultdict[tuple[object, ...], list[Edges]] = defaultdict(list)
    for (index, column), (edges, sure) in measured.items():
        if sure:
            for kind in _kinds(pages[index], column):
                certain[kind].append(edges)
    usual = {kind: _usual(found) for kind, found in certain.items()}
    return {
        (index, column): edges if sure else _borrowed(pages[index], column, lines[index, column], usual) or edges
        for (index, column), (edges, sure) in measured.items()
    }


def _borrowed(
    page: Page, column: Column, lines: Sequence[Line], usual: Mapping[tuple[object, ...], Edges]
) -> Edges | None:
    """Return the edges of like columns that lines fit into; those of a page's only column may be the left one's."""
    for kind in (*_kinds(page, column), *(() if column else _kinds(page, (0,)))):
        if kind in usual and all(line.x1 <= usual[kind].right + line.size for line in lines):
            return usual[kind]
    return None


def _kinds(page: Page, column: Column) -> Iterator[tuple[object, ...]]:
    """Yield what columns with the same edges have in common, the closest likeness first."""
    size = (round(page.width), round(page.height), column)
    yield (*size, page.number % 2)
    yield size


def _usual(edges: Sequence[Edges]) -> Edges:
    return Edges(
        median(one.left for one in edges),
        median(one.right for one in edges),
        median(one.pitch for one in edges),
        sum(one.spaced for one in edges) * 2 > len(edges),
    )


# --- notes -----------------------------------------------------------------------------------------------------------


def _notes(removed: Removed, repeated: int) -> Iterator[tuple[str, str]]:
    if removed.marks:
        yield "page_marks", f"已去掉 {removed.marks} 处页码"
    if removed.heads:
        quoted = "；".join(
            f"“{words[:_LONGEST_WORDS]}”{count} 处" for words, count in removed.heads.most_common(_MOST_WORDS)
        )
        more = f"；另有 {len(removed.heads) - _MOST_WORDS} 种" if len(removed.heads) > _MOST_WORDS else ""
        yield "running_heads", f"已去掉页眉页脚 {removed.heads.total()} 处：{quoted}{more}，如误删请核对原文件"
    if repeated:
        yield "repeated_rows", f"表格跨页，已去掉各页重复的表头 {repeated} 行"
