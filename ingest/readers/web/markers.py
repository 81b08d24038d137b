"""The numbers that a browser prints before the items of a list: 1. of HTML, 一、 of CSS, (一) of the editors of web sites."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ingest.readers.web.page import Node, Page

LISTS = frozenset({"ol", "ul", "menu", "dir"})
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_LARGEST = 9_999  # beyond, every style but the plain one falls back on plain numbers
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_STRING = re.compile(r"[\"']([^\"']{1,8})[\"']")
_INTEGER = re.compile(r"\s*([+-]?\d{1,6})")
_NUMBERED = re.compile(
    r"[\s(（【第]*(?:[\d０-９一二三四五六七八九十百①-⑳⑴-⒇㈠-㈩]{1,4}|[a-zA-Zivx]{1,4})\s*[、.．。)）】章节条项]|[①-⑳⑴-⒇㈠-㈩]"
)


class Markers:
    """Counts the items of every list on the way through a page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._next: dict[int, int] = {}

    def marker(self, number: int) -> str:
        """Return what is printed before an item, empty where it is a dot, nothing, or the number is in the text itself."""
        item, parent = self._page.nodes[number], self._page.nodes[number].parent
        holder = self._page.nodes[parent]
        if holder.tag not in LISTS:
            return ""
        style = _style(item, holder)
        if string := _STRING.fullmatch(style):
            return string[1]
        if style not in _PRINTED:
            return ""
        if parent not in self._next:
            self._next[parent] = self._first(parent)
        count = _integer(item.attributes.get("value"), self._next[parent])
        self._next[parent] = count + (-1 if "reversed" in holder.attributes else 1)
        return "" if _NUMBERED.match(self._page.opening(number)) else _PRINTED[style](count)

    def _first(self, number: int) -> int:
        holder = self._page.nodes[number]
        first = 1
        if "reversed" in holder.attributes:
            inner = range(number, holder.end)
            first = sum(self._page.nodes[at].tag == "li" and self._page.nodes[at].parent == number for at in inner)
        return _integer(holder.attributes.get("start"), first)


def _style(item: Node, holder: Node) -> str:
    for node in (item, holder):
        if named := _STYLE.search(node.style):
            words = named[1].lower().replace("!important", "").split()
            found = [word for word in words if word in _PRINTED or word in _UNPRINTED or _STRING.fullmatch(word)]
            if found:
                return found[0]
        if printed := node.attributes.get("type", "").strip():
            return _TYPES.get(printed, printed.lower())
    custom = next((name for name in holder.names if name in _PRINTED), None)  # custom_cn2: UEditor
    return custom or ("decimal" if holder.tag == "ol" else "disc")


def _integer(text: str | None, otherwise: int) -> int:
    found = _INTEGER.match(text or "")
    return int(found[1]) if found else otherwise


def chinese(number: int) -> str:
    """Return a number up to 9999 in Chinese.

    >>> chinese(10), chinese(12), chinese(105), chinese(2010), chinese(0)
    ('十', '十二', '一百零五', '二千零一十', '零')
    """
    printed, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            printed += ("零" if gap and printed else "") + _DIGITS[digit] + name
        gap = digit == 0
    return (printed.removeprefix("一") if 10 <= number < 20 else printed) or _DIGITS[0]


def _letters(number: int) -> str:
    printed = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        printed = chr(ord("a") + rest) + printed
    return printed


def _roman(number: int) -> str:
    printed = ""
    for value, letters in _ROMAN:
        printed += letters * (number // value)
        number %= value
    return printed + _ROMAN_ONES[number]


def _printer(form: str, words: Callable[[int], str]) -> Callable[[int], str]:
    """Return what prints a number in a form like "({})", a plain number where the style has no word for it."""
    return lambda number: form.format(words(number) if 0 < number <= _LARGEST else number)


_PRINTED: Mapping[str, Callable[[int], str]] = {
    "decimal": _printer("{}. ", str),
    "decimal-leading-zero": _printer("{}. ", "{:02}".format),
    "lower-alpha": _printer("{}. ", _letters),
    "lower-latin": _printer("{}. ", _letters),
    "upper-alpha": _printer("{}. ", lambda number: _letters(number).upper()),
    "upper-latin": _printer("{}. ", lambda number: _letters(number).upper()),
    "lower-roman": _printer("{}. ", _roman),
    "upper-roman": _printer("{}. ", lambda number: _roman(number).upper()),
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal"), _printer("{}、", chinese)
    ),
    "custom_cn": _printer("{}、", chinese),
    "custom_cn1": _printer("{})、", chinese),
    "custom_cn2": _printer("({})", chinese),
    "custom_num": _printer("{}、", str),
    "custom_num1": _printer("{})", str),
    "custom_num2": _printer("({})", str),
}
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_UNPRINTED = frozenset({"none", "disc", "circle", "square"})  # drawn, not printed
