"""The data of the clean-up as records, from `cleanup.toml`: dated rules of places, plan periods, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from tiaoli.lexicon import Word, entries, texts

LEXICON = "cleanup"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRule(Word):
    """A rule of a place (`text`) that binds documents made public from `since` to `until`."""

    since: date
    act: str
    source: str
    years: int
    article: str = ""
    until: date | None = None

    def binds(self, region: str | None, day: date) -> bool:
        """Whether a document of that region and day falls under the rule."""
        return (region or "").startswith(self.text) and self.since <= day <= (self.until or date.max)

    @property
    def named(self) -> str:
        """The rule as it is cited."""
        return f"《{self.act}》{self.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(PlaceRule):
    """How long a document holds there that says nothing itself; `automatic` where it then lapses by the rule alone."""

    automatic: bool
    trial_years: int | None = None
    notice_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Word):
    """A plan period."""

    last: int  # year


RECORDS: dict[str, type[Word]] = {"limit": Limit, "review": PlaceRule, "plan": Plan}


def limit_of(region: str | None, day: date) -> Limit | None:
    """Return the limit of the place that binds a document of that day, None where none is known."""
    return next((one for one in entries(LEXICON, "limit", Limit) if one.binds(region, day)), None)


def review_of(region: str | None) -> PlaceRule | None:
    """Return how often the place has its documents looked at again, None where nothing is known."""
    return next((one for one in entries(LEXICON, "review", PlaceRule) if (region or "").startswith(one.text)), None)


def plans() -> tuple[Plan, ...]:
    """Return the plan periods."""
    return entries(LEXICON, "plan", Plan)


def former() -> str:
    """Return the words that speak of what follows as of the past, as a pattern; not the 原 of 太原 and 草原."""
    return rf"(?<![太草平高中荒河])(?:{any_of('former')})"


@cache
def any_of(table: str) -> str:
    """Return the words of a table as a pattern, the longest first."""
    return "|".join(map(re.escape, texts(LEXICON, table)))
