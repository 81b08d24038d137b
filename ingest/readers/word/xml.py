"""Elements of Office Open XML by short names ("w:p"), the same in the transitional and the strict form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

_OFFICE = "schemas.openxmlformats.org"
_SPACES = {
    f"http://{_OFFICE}/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    f"http://{_OFFICE}/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    f"http://{_OFFICE}/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    f"http://{_OFFICE}/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    f"http://{_OFFICE}/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    f"http://{_OFFICE}/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    f"http://{_OFFICE}/markup-compatibility/2006": "mc",
    f"http://{_OFFICE}/package/2006/relationships": "rel",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
_OFF = ("0", "false", "off", "none")


@cache
def _short(tag: str) -> str:
    space, _, local = tag.removeprefix("{").rpartition("}")
    return f"{_SPACES.get(space, '')}:{local}"


@cache
def _tags(name: str) -> tuple[str, ...]:
    prefix, _, local = name.partition(":")
    return tuple(f"{{{space}}}{local}" for space, short in _SPACES.items() if short == prefix)


def name(element: Element) -> str:
    """Return the short name of an element, "" of a comment; one of a namespace we do not know begins with a colon."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Element | None, key: str, otherwise: str = "") -> str:
    """Return the attribute of a short name."""
    if element is None:
        return otherwise
    return next((value for tag in _tags(key) if (value := element.get(tag)) is not None), otherwise)


def value(element: Element | None, otherwise: str = "") -> str:
    """Return the attribute w:val."""
    return attribute(element, "w:val", otherwise)


def number(element: Element | None, otherwise: int = 0) -> int:
    """Return the attribute w:val as a number."""
    return to_int(value(element), otherwise)


def to_int(text: str, otherwise: int = 0) -> int:
    """Return the whole number that an attribute writes; what is none, or absurdly long, is `otherwise`."""
    digits = text.strip()
    return int(digits) if digits.removeprefix("-").isdecimal() and len(digits) < 10 else otherwise


def child(element: Element | None, *path: str) -> Element | None:
    """Return what stands at the end of a path of short names, the first of several, or None."""
    for step in path:
        if element is None:
            return None
        element = next(element.iterchildren(*_tags(step)), None)
    return element


def children(element: Element | None, wanted: str) -> Iterator[Element]:
    """Yield the children of a short name."""
    if element is not None:
        yield from element.iterchildren(*_tags(wanted))


def descendants(element: Element, *wanted: str) -> Iterator[Element]:
    """Yield all below an element that has one of the short names, in the order of the file."""
    yield from element.iter(*(tag for one in wanted for tag in _tags(one)))


def switch(properties: Element | None, key: str) -> bool | None:
    """Return whether a property is on or off, None where it is not said."""
    found = None if properties is None else child(properties, key)
    return None if found is None else value(found, "1").lower() not in _OFF
