"""Automatic numbers: what Word prints before a paragraph and does not store with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.readers.word.number_formats import digits_by, written
from ingest.readers.word.styles import Place
from ingest.readers.word.symbols import seen
from ingest.readers.word.xml import Element, attribute, child, children, descendants, number, switch, to_int, value

_LEVELS = 9  # of a list
_LARGEST_START = 99_999
_DIGITS = re.compile(r"\d+,")  # how a format of its own begins: 001, 002, ...
_PLACEHOLDER = re.compile(r"%([1-9])")
_NO_NUMBER = ("bullet", "none")
_SUFFIXES = {"tab": " ", "space": " ", "nothing": ""}  # a tab would look like the border of a table's cell


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    form: str
    pattern: str  # of a format of its own, or empty
    text: str  # with %1 for the number of the first level
    start: int
    restart: int | None  # the level, counted from 1, whose numbers make this one start again; None for any above
    suffix: str
    legal: bool  # all numbers in it are written as digits
    style: str  # that puts paragraphs here


@dataclass(frozen=True, slots=True)
class _List:
    """A list that paragraphs name: the counters that it shares with others, its levels, and where it starts anew."""

    counters: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts the paragraphs of all lists; paragraphs must come in the order of the text."""

    def __init__(
        self, root: Element | None = None, style_place: Callable[[str], Place | None] = lambda _: None
    ) -> None:
        self.unknown = 0  # numbers in a format that we do not know, written as digits
        self._definitions = {attribute(e, "w:abstractNumId"): e for e in children(root, "w:abstractNum")}
        self._nums = {attribute(e, "w:numId"): e for e in children(root, "w:num")}
        self._style_place = style_place
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()  # lists and levels whose own start has been used

    def next(self, place: Place) -> str:
        """Return what is printed before the next paragraph at a place, with the blank behind it."""
        found = self._list(place.list_id)
        if found is None or (at := _level_of(place, found)) is None:
            return ""
        self._count(place.list_id, found, at)
        level = found.levels[at]
        text = _PLACEHOLDER.sub(lambda match: self._number(found, int(match[1]) - 1, at), level.text)
        return text + level.suffix if text.strip() else ""

    # --- counting ----------------------------------------------------------------------------------------------------

    def _count(self, list_id: str, of: _List, at: int) -> None:
        counts = self._counts[of.counters]
        for level in range(at):  # a level above that was left out has begun all the same
            if level in of.levels and level not in counts:
                counts[level] = of.starts.get(level, of.levels[level].start)
                self._begun.add((list_id, level))
        if at in of.starts and (list_id, at) not in self._begun:
            counts[at] = of.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else of.levels[at].start
        self._begun.add((list_id, at))
        for below in [level for level in counts if level > at and _starts_again(of.levels.get(level), at)]:
            del counts[below]

    def _number(self, of: _List, level: int, at: int) -> str:
        """Return the number of a level as it is printed within the number of the level `at`."""
        count, shown = self._counts[of.counters].get(level), of.levels.get(level)
        if count is None or shown is None or shown.form in _NO_NUMBER:
            return ""
        if of.levels[at].legal:
            return str(count)
        if shown.pattern:
            return digits_by(shown.pattern, count)
        text = written(count, shown.form)
        self.unknown += text is None
        return str(count) if text is None else text

    # --- definitions -------------------------------------------------------------------------------------------------

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._lists:
            num = self._nums.get(list_id)
            self._lists[list_id] = None if num is None else self._read_list(num)
        return self._lists[list_id]

    def _read_list(self, num: Element) -> _List:
        key = self._definition(num)
        levels = dict(_levels(self._definitions.get(key)))
        starts: dict[int, int] = {}
        for override in children(num, "w:lvlOverride"):
            at = _depth(override)
            levels |= _levels(override)
            if (start := child(override, "w:startOverride")) is not None:
                starts[at] = _start(start)
        return _List(key, levels, starts)

    def _definition(self, num: Element) -> str:
        """Return the id of the definition of a list, also where that only names the style which has it."""
        key = value(child(num, "w:abstractNumId"))
        for _ in range(_LEVELS):
            link = value(child(self._definitions.get(key), "w:numStyleLink"))
            place = self._style_place(link) if link else None
            linked = self._nums.get(place.list_id) if place else None
            if linked is None:
                break
            key = value(child(linked, "w:abstractNumId"))
        return key


def _level_of(place: Place, of: _List) -> int | None:
    """Return the level of a paragraph: the one that is linked to its style, or the one it names."""
    for style in place.styles:
        linked = next((at for at, level in of.levels.items() if level.style == style), None)
        if linked is not None:
            return linked
    return place.level if place.level in of.levels else None


def _starts_again(level: _Level | None, at: int) -> bool:
    """Tell whether a paragraph of the level `at` makes a lower one start again."""
    return level is None or level.restart is None or at < level.restart


def _levels(parent: Element | None) -> Iterator[tuple[int, _Level]]:
    for element in children(parent, "w:lvl"):
        if 0 <= (at := _depth(element)) < _LEVELS:
            yield at, _read_level(element)


def _depth(element: Element) -> int:
    return to_int(attribute(element, "w:ilvl"))


def _read_level(element: Element) -> _Level:
    form = next(descendants(element, "w:numFmt"), None)  # a format of its own stands in a choice with a plain one
    pattern = "" if form is None else attribute(form, "w:format")
    restart, suffix = child(element, "w:lvlRestart"), value(child(element, "w:suff"), "tab")
    hidden = switch(child(element, "w:rPr"), "w:vanish")
    font = attribute(child(element, "w:rPr", "w:rFonts"), "w:ascii")
    return _Level(
        form=value(form, "decimal"),
        pattern=pattern if _DIGITS.match(pattern) else "",
        text="" if hidden else seen(value(child(element, "w:lvlText")), font),
        start=_start(child(element, "w:start")),
        restart=None if restart is None else number(restart),
        suffix=_SUFFIXES.get(suffix, " "),
        legal=bool(switch(element, "w:isLgl")),
        style=value(child(element, "w:pStyle")),
    )


def _start(element: Element | None) -> int:
    return min(max(number(element, 0), 0), _LARGEST_START)
