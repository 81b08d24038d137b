"""What stands around a text on a page: told by its words and by the names of its elements (`lexicon/web.toml`)."""

from __future__ import annotations

import re
from functools import cache

from ingest.readers.web.flow import Line
from ingest.readers.web.page import Node
from tiaoli.lexicon import texts

_SENTENCE = re.compile(r"[。；，：、！？;]")
_STOP = re.compile(r"[。；;]")
_SHORTEST_STATED = 6  # visible characters beside links, where a stop ends them
_SHORTEST_SENTENCE = 15  # such characters without one
_LONG = 30  # such characters that are text even without a stop
_DATE = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_NUMBER = re.compile(r"\w{1,20}[〔\[［(（【]\d{4}[〕\]］)）】]第?\d{1,5}号|第?\d{1,4}号")
_CLOSING = re.compile(r"附\s*[件表]|抄\s*送|[(（]此件|特此|[(（]联系人|联系人|公开方式")
_LONGEST_FURNITURE = 200  # characters of a line
_BARS = r"[\s\d|｜/\\:：,，、.。·•>»＞\-–—_×+*【】\[\]()（）〖〗大中小次人位到在]"


def sentence(line: Line) -> int:
    """Return how many characters of sentences a line holds, none where it is a label, a link, or about the site."""
    own = len(line.visible) - line.linked
    if line.is_row:
        return own
    spoken = own >= _LONG or _SENTENCE.search(line.words) is not None
    long_enough = own >= (_SHORTEST_STATED if is_stated(line) else _SHORTEST_SENTENCE)
    return own if spoken and long_enough and not is_about_site(line) else 0


def is_stated(line: Line) -> bool:
    """Tell whether a line holds a whole sentence or a part that ends as one."""
    return _STOP.search(line.words) is not None


def is_number(line: Line) -> bool:
    """Tell whether a line is the number of a document."""
    return not line.linked and _NUMBER.fullmatch(line.visible) is not None


def is_closing(line: Line) -> bool:
    """Tell whether a line ends a document: its date, a list of attachments, whom it is sent to."""
    return _CLOSING.match(line.visible) is not None or _DATE.search(line.visible[-12:]) is not None


def is_about_site(line: Line) -> bool:
    """Tell whether a line speaks of the site."""
    return _site().search(line.visible) is not None


def is_furniture(line: Line) -> bool:
    """Tell whether a line is a button, a counter, a way through the site or a line about it."""
    return len(line.visible) <= _LONGEST_FURNITURE and (
        _lead().match(line.visible) is not None
        or (_buttons().fullmatch(line.visible) is not None and _button().search(line.visible) is not None)
        or is_about_site(line)
    )


def is_link(line: Line) -> bool:
    """Tell whether a line is nothing but links."""
    return 0 < line.linked >= len(line.visible)


def holds_text(node: Node) -> bool:
    """Tell whether an element is named as the container of a text."""
    return not _names("container").isdisjoint(map(_plain, node.names))


def is_aside(node: Node) -> bool:
    """Tell whether an element is named, or meant by its tag, as what stands beside a text."""
    return node.tag in ("nav", "aside", "footer") or not _names("aside").isdisjoint(map(_plain, node.names))


def is_site_name(words: str) -> bool:
    """Tell whether words name a site or a part of it."""
    return words.endswith(texts("web", "site_name"))


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "")


@cache
def _names(table: str) -> frozenset[str]:
    return frozenset(texts("web", table))


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternation('lead')})")


@cache
def _button() -> re.Pattern[str]:
    return re.compile(_alternation("button"))


@cache
def _buttons() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternation('button')}|{_BARS})++")


@cache
def _site() -> re.Pattern[str]:
    return re.compile(_alternation("site"))


def _alternation(table: str) -> str:
    return "|".join(map(re.escape, texts("web", table)))
