"""The elements of a page in the order of the file. Nothing is run or fetched; what a browser does not show is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from lxml import etree

from tiaoli.errors import UnreadableFile

MOST_NODES = 1_000_000  # elements and texts of a page; each takes about 300 bytes of memory
DEEPEST = 5_000  # elements within each other; browsers stop at 512
_CHUNK = 1 << 20  # characters handed to the parser at a time, between which the time limit of a worker can strike
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|caption|center|d[dlt]|details|dialog|dir|div|fieldset|figcaption|figure|footer|form"
    r"|frameset|h[1-6r]|header|html|legend|li|listing|main|menu|nav|ol|p|plaintext|pre|section|search|summary|table"
    r"|t[dhr]|tbody|tfoot|thead|ul|xmp"
)
_NEVER_SHOWN = re.compile(
    r"applet|area|audio|base|button|canvas|col|colgroup|datalist|embed|frame|head|iframe|input|link|map|meta|noembed|noframes"
    r"|noscript|object|optgroup|option|param|progress|rp|script|select|source|style|svg|template|textarea|title|track|video"
)
_END_OF_BREAK = re.compile(r"</br\s*>", re.IGNORECASE)  # a line break to every browser
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_TELLING = re.compile(r"class|colspan|content|height|hidden|href|id|name|reversed|rowspan|start|style|type|value|width")
_NO_TEXT_IN = frozenset({"script", "style", "template"})
_NO_ATTRIBUTES: Mapping[str, str] = {}


@dataclass(slots=True)
class Node:
    """An element with its attributes, or a text, whose tag is empty."""

    tag: str
    parent: int
    end: int  # the number of the first node behind all that it holds
    attributes: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES)
    text: str = ""
    is_hidden: bool = False  # says that it is not to be seen
    is_block: bool = False  # begins and ends a line: a block, or an element that holds one

    @property
    def style(self) -> str:
        """Its own style."""
        return self.attributes.get("style", "")

    @property
    def names(self) -> list[str]:
        """Its id and classes, and the names of elements that no browser knows (`<ucapcontent>`), in small letters."""
        given = (self.attributes.get("id", ""), self.attributes.get("class", ""), self.tag)
        return " ".join(given).lower().split()


@dataclass(frozen=True, slots=True)
class Page:
    """The nodes of a page, each behind the one that holds it, and the cells of its tables, row by row."""

    nodes: list[Node]
    tables: Mapping[int, list[list[int]]]

    def tagged(self, *tags: str) -> list[int]:
        """Return the numbers of the elements with these tags."""
        return [number for number, node in enumerate(self.nodes) if node.tag in tags]

    def words(self, number: int) -> str:
        """Return all text of a node, blanks and line ends as single blanks."""
        node = self.nodes[number]
        return " ".join("".join(inner.text for inner in self.nodes[number : node.end]).split())

    def opening(self, number: int, most: int = 20) -> str:
        """Return the first visible characters of a node."""
        found = ""
        for node in self.nodes[number : self.nodes[number].end]:
            found += "".join(node.text[: most * 4].split())
            if len(found) >= most:
                break
        return found[:most]

    def is_shown(self, number: int) -> bool:
        """Tell whether a browser would show an element, as far as its tag and its own attributes say."""
        node = self.nodes[number]
        return not node.is_hidden and not _matches(_NEVER_SHOWN, node.tag)


@lru_cache(maxsize=1000)
def _matches(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.fullmatch(name) is not None


def parse(text: str) -> Page:
    """Return the nodes of a page; UnreadableFile where it is no page or larger than a document can be."""
    parser = etree.HTMLParser(target=(builder := _Builder()), encoding="utf-8", huge_tree=True)
    data = _END_OF_BREAK.sub("<br>", text).encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        parser.close()
    except (etree.LxmlError, AssertionError):  # nothing but comments or blanks
        pass
    return builder.page()


class _Builder:
    """Takes the events of the parser and keeps the nodes."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.tables: dict[int, list[list[int]]] = {}
        self._open: list[int] = []
        self._open_tables: list[int] = []
        self._text: list[str] = []  # pieces of the text that is being read

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._end_text()
        if len(self._open) >= DEEPEST:
            raise UnreadableFile(f"网页的标签层层嵌套超过 {DEEPEST:,} 层，不是正常的网页；{SAVE_AS}")
        number = self._add(tag, attributes)
        self._open.append(number)
        if tag == "table":
            self.tables[number] = []
            self._open_tables.append(number)
        elif self._open_tables and tag in ("tr", "td", "th"):
            self._add_to_table(self.tables[self._open_tables[-1]], tag, number)

    def end(self, tag: str) -> None:
        self._end_text()
        number = self._open.pop()
        if tag == "table":
            self._open_tables.pop()
        self.nodes[number].end = len(self.nodes)

    def data(self, text: str) -> None:
        self._text.append(text)

    def close(self) -> None:
        self._end_text()
        while self._open:
            self.end(self.nodes[self._open[-1]].tag)

    def page(self) -> Page:
        """Return what was read, also where the parser stopped before the end."""
        self.close()
        self._mark_hidden()
        for node in reversed(self.nodes):
            node.is_block = node.is_block or _matches(_BLOCK, node.tag) or _AS_BLOCK.search(node.style) is not None
            if node.is_block and node.parent >= 0:
                self.nodes[node.parent].is_block = True
        return Page(self.nodes, self.tables)

    def _mark_hidden(self) -> None:
        """Mark what is not to be seen; what holds most of a page is shown by a script when all is loaded."""
        sizes = [0, *accumulate(len("".join(node.text.split())) for node in self.nodes)]
        for number, node in enumerate(self.nodes):
            says = "hidden" in node.attributes or _HIDDEN.search(node.style) is not None
            node.is_hidden = says and (sizes[node.end] - sizes[number]) * 2 <= sizes[-1]

    def _end_text(self) -> None:
        if self._text and not (self._open and self.nodes[self._open[-1]].tag in _NO_TEXT_IN):
            self.nodes[self._add("")].text = "".join(self._text)
        self._text.clear()

    def _add(self, tag: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> int:
        if len(self.nodes) >= MOST_NODES:
            raise UnreadableFile(f"网页的标签超过 {MOST_NODES // 10_000} 万个，请拆分后再导入")
        parent = self._open[-1] if self._open else -1
        kept = {name: value for name, value in attributes.items() if _matches(_TELLING, name)}
        self.nodes.append(Node(tag, parent, len(self.nodes) + 1, kept or _NO_ATTRIBUTES))
        return len(self.nodes) - 1

    @staticmethod
    def _add_to_table(rows: list[list[int]], tag: str, number: int) -> None:
        if tag == "tr":
            rows.append([])
        elif rows:
            rows[-1].append(number)
        else:
            rows.append([number])


SAVE_AS = "请在浏览器里打开，全选复制文字，存为 .txt 后再导入"
