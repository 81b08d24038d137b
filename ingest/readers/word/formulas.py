"""Equations as one line of text: a fraction as 甲/乙, a power as x^2, a root as √(x)."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.readers.word.xml import Element, attribute, child, children, name

_GONE = ("w:del", "w:moveFrom")  # taken out by a tracked change
_ONE_WORD = re.compile(r"[\w.%]*")


def linear(element: Element) -> str:
    """Return the words of an equation, or of a part of one, in one line."""
    if name(element) in ("m:t", "w:t"):
        return element.text or ""
    write = _WRITERS.get(name(element))
    return write(element) if write else _all(element)


def _all(element: Element | None) -> str:
    inner = () if element is None else element
    return "".join(linear(e) for e in inner if not name(e).endswith("Pr") and name(e) not in _GONE)


def _part(element: Element, key: str) -> str:
    return _all(child(element, key))


def _grouped(text: str) -> str:
    """Put brackets round what is more than one number or word."""
    return text if _ONE_WORD.fullmatch(text) else f"({text})"


def _fraction(element: Element) -> str:
    return f"{_grouped(_part(element, 'm:num'))}/{_grouped(_part(element, 'm:den'))}"


def _scripts(element: Element) -> str:
    sub, sup = _part(element, "m:sub"), _part(element, "m:sup")
    return _part(element, "m:e") + (sub and f"_{_grouped(sub)}") + (sup and f"^{_grouped(sup)}")


def _root(element: Element) -> str:
    return f"{_part(element, 'm:deg')}√{_grouped(_part(element, 'm:e'))}"


def _nary(element: Element) -> str:
    sub, sup = _part(element, "m:sub"), _part(element, "m:sup")
    sign = attribute(child(element, "m:naryPr", "m:chr"), "m:val", "∫")
    return sign + (sub and f"_{_grouped(sub)}") + (sup and f"^{_grouped(sup)}") + _part(element, "m:e")


def _delimited(element: Element) -> str:
    """(a, b): the signs around and between may be others."""
    properties = child(element, "m:dPr")
    before, between, behind = (
        attribute(child(properties, key), "m:val", usual)
        for key, usual in (("m:begChr", "("), ("m:sepChr", "|"), ("m:endChr", ")"))
    )
    return before + between.join(_all(e) for e in children(element, "m:e")) + behind


def _matrix(element: Element) -> str:
    rows = (" ".join(_all(e) for e in children(row, "m:e")) for row in children(element, "m:mr"))
    return "; ".join(rows)


_WRITERS: dict[str, Callable[[Element], str]] = {
    "m:f": _fraction,
    "m:sSub": _scripts,
    "m:sSup": _scripts,
    "m:sSubSup": _scripts,
    "m:rad": _root,
    "m:nary": _nary,
    "m:d": _delimited,
    "m:m": _matrix,
}
