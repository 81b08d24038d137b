"""The grammar of provision addresses in running text: single ones, lists, ranges, and those relative to where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tiaoli.numerals import to_number
from tiaoli.provisions import LARGEST, NUMERAL, SIGNS, Level, Step, parse_provision


class Address(NamedTuple):
    """A provision as written at `start` to `end`, completed by what it leaves out."""

    start: int
    end: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One recognised place: an instrument, with the provisions of it that follow."""

    start: int
    end: int
    title: str
    addresses: tuple[Address, ...] = ()
    label: str | None = None  # for a relative reference that cannot be completed from where it stands

    @property
    def last_steps(self) -> tuple[Step, ...]:
        """The address that a list or a shortened address after it carries on."""
        return self.addresses[-1].steps if self.addresses else ()


_ADDRESS = re.compile(
    rf"(?P<nth>第\s?)?(?P<open>[（(]\s?)?(?P<number>{NUMERAL})(?(open)\s?[)）])\s?"
    rf"(?:(?P<sign>分编|[编章节条款]|项(?!目)|目(?![前的标录]))(?:(?<=条)之(?P<suffix>[一二三四五六七八九十]{{1,3}})(?![条款项]))?)?"
)
_LONGEST_ELLIPSIS = 15  # numbers
_JOIN = re.compile(r"\s?(?:(?P<range>至|到|—{1,2}|－|-|~|～)|、|，(?=第)|,(?=第)|以及|和|及|与|或者|或)\s?")


def list_at(body: str, at: int, base: tuple[Step, ...]) -> tuple[Address, ...]:
    """Read the provisions listed at `at` (第十条、第十二条第一款和第二款); each is completed from the one before, first `base`."""
    found: list[Address] = []
    ranged = False
    while (raw := steps_at(body, at)) is not None:
        end, steps = raw
        if found and steps[0].level < found[0].steps[-1].level and steps[0].level < Level.ARTICLE:
            break
        above = tuple(step for step in base if step.level < steps[0].level)
        full = numbered_through(above + steps)
        start = at
        if ranged:
            start = found[-1].start
            found[-1] = found[-1]._replace(end=end)
        found.append(Address(start, end, full))
        base = full
        join = _JOIN.match(body, end)
        if join is None:
            break
        ranged, at = join["range"] is not None, join.end()
    return tuple(found)


def steps_at(body: str, at: int) -> tuple[int, tuple[Step, ...]] | None:
    """Read one address and where it ends; None where there is none."""
    steps: list[Step] = []
    while (match := _ADDRESS.match(body, at)) is not None and (match["nth"] or match["open"] or not steps):
        # In 第（二）、（三）项 and 第一、二款 the sign stands only behind the last number.
        step = _step(match, match["sign"] or _later_sign(body, match))
        if step is None or (steps and step.level <= steps[-1].level):
            break
        steps.append(step)
        at = match.end()
    return (at, tuple(steps)) if steps else None


def _step(match: re.Match[str], sign: str) -> Step | None:
    number, suffix = to_number(match["number"]), to_number(match["suffix"] or "零")
    return Step(SIGNS[sign], number, suffix or 0) if sign and number and number <= LARGEST else None


def _later_sign(body: str, match: re.Match[str]) -> str:
    """Return the sign that ends an elliptic list, empty where none follows."""
    for _ in range(_LONGEST_ELLIPSIS):
        join = _JOIN.match(body, match.end())
        following = _ADDRESS.match(body, join.end()) if join else None
        if following is None:
            return ""
        if following["sign"]:
            return following["sign"]
        match = following
    return ""


def numbered_through(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Articles are numbered through the document: what stands above them is left out."""
    below = tuple(step for step in steps if step.level >= Level.ARTICLE)
    return below if below and below[0].level is Level.ARTICLE else steps


@lru_cache(maxsize=1024)
def place_of(path: tuple[str, ...]) -> tuple[Step, ...]:
    """Return the address of a clause from its path; labels that no address names (段1, 一) are passed over."""
    steps: list[Step] = []
    for label in path:
        parsed = parse_provision(label)
        if parsed is not None and (not steps or parsed.steps[0].level > steps[-1].level):
            steps.extend(parsed.steps)
    return tuple(steps)


def earlier(home: tuple[Step, ...], level: Level, count: int) -> list[tuple[Step, ...]]:
    """Return the `count` provisions before the one at `level` in `home`; none where there are not so many."""
    place = next((n for n, step in enumerate(home) if step.level is level), None)
    if place is None:
        return []
    here = home[place]
    numbers = range(here.number - count + (here.suffix > 0), here.number + (here.suffix > 0))
    if numbers[0] < 1:
        return []
    above = home[:place]
    return [numbered_through((*above, Step(level, number))) for number in numbers]
