"""What a page shows, whatever format it comes from. All measures are points from the page's upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_ASCENT = 0.86  # of the size: how far a Chinese character stands above its baseline
_DESCENT = 0.14


class Glyph(NamedTuple):
    """A character, or a few that share one place, as it is printed."""

    text: str
    x0: float
    x1: float
    y: float  # of the baseline
    size: float

    @property
    def top(self) -> float:
        """Where it begins, from above."""
        return self.y - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Where it ends, from above."""
        return self.y + _DESCENT * self.size

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen."""
        return self.text.isspace()


class Rule(NamedTuple):
    """A line that was drawn, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    number: int  # from 1
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule] = field(default_factory=list)
