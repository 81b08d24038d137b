"""The parts of an OFD file, found by the places that they name, and what stands in their elements."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from ingest.readers.zipped import Element, Parts, plain_name

_SAVE_AGAIN = "请用 OFD 阅读器打开后另存为 PDF 再导入"


class Package:
    """The parts of an OFD file, each read within limits when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._parts = Parts(data, "OFD", _SAVE_AGAIN)

    def find(self, base: str, location: str | None) -> str | None:
        """Return the name of a part that another part names: from its own folder, or from the root; None if there is none."""
        if not location:
            return None
        beside = posixpath.join(posixpath.dirname(base), plain_name(location.strip()))
        for name in (beside, plain_name(location.strip())):
            if (found := posixpath.normpath(name)) in self._parts:
                return found
        return None

    def xml(self, name: str) -> Element:
        """Return the root element of a part that `find` has found; BrokenPart where it cannot be read."""
        return self._parts.xml(name)


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace, of which there are several, "" of a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Element | None, *path: str) -> Iterator[Element]:
    """Yield what stands at the end of a path of names; all but the last name the first of several."""
    for step in path[:-1]:
        element = next(children(element, step), None)
    for child in () if element is None else element:
        if name_of(child) == path[-1]:
            yield child


def text_at(element: Element | None, *path: str) -> str:
    """Return the words of the first element at the end of a path, "" if there is none."""
    return next(((child.text or "").strip() for child in children(element, *path)), "")
