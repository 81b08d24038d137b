"""What styles say of a paragraph or a run: its list, whether it is hidden, whether it is the title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ingest.readers.word.xml import Element, attribute, child, children, number, switch, value

_LONGEST_CHAIN = 20  # styles based on one another


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in the lists of a document."""

    list_id: str
    level: int
    styles: tuple[str, ...] = ()  # that put it there, the nearest first; the list itself may know their level


class Styles:
    """The styles of a document by their ids; an empty id means the default style."""

    def __init__(self, root: Element | None = None) -> None:
        self._styles = {attribute(style, "w:styleId"): style for style in children(root, "w:style")}
        usual = next((key for key, style in self._styles.items() if _is_usual(style)), "")
        if usual:
            self._styles[""] = self._styles[usual]
        self._usual = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self.place = cache(self._place)
        self.hides_paragraph = cache(self._hides_paragraph)

    def is_title(self, style_id: str) -> bool:
        """Tell whether a style is the one for the title of a document."""
        return self._name(style_id) == "title"

    def is_contents(self, style_id: str) -> bool:
        """Tell whether a style is one for the entries of a contents page."""
        return self._name(style_id).startswith("toc ")

    def _name(self, style_id: str) -> str:
        return value(child(self._styles.get(style_id), "w:name")).lower()

    def _place(self, style_id: str) -> Place | None:
        """Return the place in a list that a paragraph has by its style, or None."""
        chain, place = list(self._chain(style_id)), None
        for _, style in reversed(chain):
            place = place_in(child(style, "w:pPr", "w:numPr"), place)
        return place and replace(place, styles=tuple(key for key, _ in chain))

    def _is_hidden(self, style_id: str) -> bool | None:
        """Return whether a style hides its text, None where it does not say."""
        said = (switch(child(style, "w:rPr"), "w:vanish") for _, style in self._chain(style_id))
        return next((hidden for hidden in said if hidden is not None), None)

    def _hides_paragraph(self, style_id: str) -> bool:
        """Tell whether the text of a paragraph is hidden where its runs do not say."""
        hidden = self._is_hidden(style_id)
        return bool(switch(self._usual, "w:vanish") if hidden is None else hidden)

    def hides(self, run: Element | None, paragraph_style: str) -> bool:
        """Tell whether a run with these properties is hidden in a paragraph of a style."""
        own = switch(run, "w:vanish")
        if own is None and (style := value(child(run, "w:rStyle"))):
            own = self._is_hidden(style)
        return self.hides_paragraph(paragraph_style) if own is None else own

    def _chain(self, style_id: str) -> Iterator[tuple[str, Element]]:
        """Yield a style and those it is based on; an unknown one counts as the default."""
        style = self._styles.get(style_id, self._styles.get(""))
        for _ in range(_LONGEST_CHAIN):
            if style is None:
                return
            yield style_id, style
            style_id = value(child(style, "w:basedOn"))
            style = self._styles.get(style_id) if style_id else None


def _is_usual(style: Element) -> bool:
    """Tell whether a style is that of paragraphs which name none."""
    return attribute(style, "w:type") == "paragraph" and attribute(style, "w:default") in ("1", "true", "on")


def place_in(numbering: Element | None, inherited: Place | None) -> Place | None:
    """Return the place that numbering properties give on top of the one inherited, None for no list."""
    if numbering is None:
        return inherited
    usual = inherited or Place("", 0)
    key = value(child(numbering, "w:numId"), usual.list_id)
    if key in ("", "0"):
        return None
    level = child(numbering, "w:ilvl")
    return Place(key, usual.level, usual.styles) if level is None else Place(key, number(level))
