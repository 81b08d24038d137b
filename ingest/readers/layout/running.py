"""Page numbers, running heads and feet: what stands at the edge of pages and is no text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.readers.layout.lines import Line
from ingest.readers.layout.page import Page

_DASH = "[-—–―─－·•~]"
_PAGE_MARK = re.compile(
    rf"{_DASH}{{1,3}} *\d{{1,4}} *{_DASH}{{1,3}}"
    r"|第 *\d{1,4} *页(?: *[,，/]? *共 *\d{1,4} *页)?|\d{1,4} */ *\d{1,4}|[Pp](?:age|AGE|\.) *\d{1,4}(?: *of *\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_COUNTED = re.compile(r"\d+|^[IVXLivxl]+$")  # what may differ from page to page
_ZONE = 0.15  # of the page's height at either end, where running heads and feet are
_MOST_LINES = 3  # of a running head or foot
_FEWEST_PAGES = 3  # on which a running head stands
_LEAST_SHARE = 0.5  # of the pages, or of the odd or even ones
_SAME_HEIGHT = 4.0  # points
_OTHER_SIZE = 0.1  # of the size, by which a running head may differ from the text,
_APART = 1.2  # or it is so much farther from the text than its lines are from each other

Edge = tuple[int, Line]  # index of a page, and its outermost line


@dataclass(slots=True)
class Removed:
    """What was taken off the pages."""

    marks: int = 0
    heads: Counter[str] = field(default_factory=Counter)


def strip_running(pages: Sequence[Page]) -> Removed:
    """Take page numbers, running heads and feet off the pages and return what they were."""
    removed = Removed()
    for at_head in (True, False):
        for _ in range(_MOST_LINES):
            edge = [(index, line) for index, page in enumerate(pages) if (line := page.outermost(at_head=at_head))]
            marks = _page_marks(pages, edge)
            heads = _repeated(pages, [(index, line) for index, line in edge if index not in marks])
            for index, line in edge:
                if index in marks or index in heads:
                    pages[index].remove(line)
            removed.marks += len(marks)
            removed.heads.update(line.text for index, line in edge if index in heads)
            if not marks and not heads:
                break
    return removed


def _page_marks(pages: Sequence[Page], edge: Sequence[Edge]) -> set[int]:
    """Return the pages whose outermost line is a page number: by its form, or a bare number that counts the pages."""
    marked = {index for index, line in edge if _PAGE_MARK.fullmatch(line.text)}
    bare = {index: int(line.text) for index, line in edge if _is_bare(pages[index], line)}
    if not bare:
        return marked
    ahead = {index: number - pages[index].number for index, number in bare.items()}
    offset, alike = Counter(ahead.values()).most_common(1)[0]
    if alike > 1 or offset == 0:  # one bare number alone has to be that of its page
        marked |= {index for index in bare if ahead[index] == offset}
    return marked


def _is_bare(page: Page, line: Line) -> bool:
    return _is_at_edge(page, line) and _BARE_NUMBER.fullmatch(line.text) is not None


def _is_at_edge(page: Page, line: Line) -> bool:
    return not _ZONE * page.height < line.y < (1 - _ZONE) * page.height


def _is_apart(page: Page, line: Line) -> bool:
    """Tell whether a line is set apart from the text of its page: by space, or by its size."""
    others = [block for block, _ in page.blocks if isinstance(block, Line) and block is not line]
    if not others or abs(line.size - _usual_size(page)) > _OTHER_SIZE * line.size:
        return True
    steps = [abs(other.y - one.y) for one, other in pairwise(others) if other.y != one.y]
    return min(abs(other.y - line.y) for other in others) > _APART * median(steps or [line.size])


def _repeated(pages: Sequence[Page], edge: Sequence[Edge]) -> set[int]:
    """Return the pages whose outermost line stands in the same place on others."""
    groups: defaultdict[str, list[Edge]] = defaultdict(list)
    for index, line in edge:
        if _is_at_edge(pages[index], line) and _is_apart(pages[index], line):
            groups[_COUNTED.sub("#", "".join(line.text.split()))].append((index, line))
    found: set[int] = set()
    for group in groups.values():
        for level in _levels(group):
            if _is_running(pages, level):
                found.update(index for index, _ in level)
    return found


def _levels(group: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Yield the lines that stand equally high."""
    level: list[Edge] = []
    for index, line in sorted(group, key=lambda place: place[1].y):
        if level and line.y - level[-1][1].y > _SAME_HEIGHT:
            yield level
            level = []
        level.append((index, line))
    if level:
        yield level


def _is_running(pages: Sequence[Page], level: Sequence[Edge]) -> bool:
    on = sorted(pages[index].number for index, _ in level)
    if len(pages) == len(on) == _FEWEST_PAGES - 1:  # two pages: a small line that is the same on both
        return all(line.size < _usual_size(pages[index]) for index, line in level)
    if len(on) < _FEWEST_PAGES:
        return False
    usual = len(on) >= _LEAST_SHARE * len(pages)
    on_one_side = len({number % 2 for number in on}) == 1 and len(on) >= _LEAST_SHARE * len(pages) / 2
    in_a_row = any(
        on[at + _FEWEST_PAGES - 1] == on[at] + _FEWEST_PAGES - 1 for at in range(len(on) - _FEWEST_PAGES + 1)
    )
    return usual or on_one_side or in_a_row


def _usual_size(page: Page) -> float:
    return median([block.size for block, _ in page.blocks if isinstance(block, Line)])
