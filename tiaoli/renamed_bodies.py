"""Bodies that were renamed, merged or abolished, from `renamed_bodies.toml`: who does today what a former body did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tiaoli.lexicon import Word, entries

_PLACES = ("省", "市", "县", "区", "州", "盟", "旗")  # before the ending: 劳动|人事局 is another body


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed(Word):
    """A former name, or how former names of local bodies end; `since` is the day (or month) of the decision, ISO."""

    full: str  # the successor
    since: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Renamed):
    """Duties that went from one body that stayed, `old`, to another; `note` says which."""

    old: str


@dataclass(frozen=True, slots=True)
class Successor:
    """The body that followed another."""

    name: str
    since: str  # ISO day or month of the decision
    source: str
    note: str = ""


def successor(name: str) -> Successor | None:
    """Return the body that directly followed the one of that full name, None where it was not renamed.

    >>> successor("江川市工商行政管理局").name, successor("建设部").since, successor("财政部")
    ('江川市市场监督管理局', '2008-03-15', None)
    """
    if (one := _national().get(name)) is not None:
        return Successor(one.full, one.since, one.source, one.note)
    if name.startswith(("国家", "中国", "国务院")):
        return None
    end = next((end for end in _local() if name.endswith(end) and name.removesuffix(end).endswith(_PLACES)), None)
    if end is None:
        return None
    one = _local()[end]
    return Successor(name.removesuffix(end) + one.full, one.since, one.source, one.note)


def successors(name: str) -> tuple[Successor, ...]:
    """Return the bodies that followed one another from that of `name` to today's, the nearest first.

    >>> [one.name for one in successors("国家计划委员会")]
    ['国家发展计划委员会', '国家发展和改革委员会']
    """
    chain: list[Successor] = []
    while (following := successor(name)) is not None:
        chain.append(following)
        name = following.name
    return tuple(chain)


def moved_duties(name: str) -> tuple[Moved, ...]:
    """Return the duties that went from the national body of that name to others while it stayed."""
    return tuple(one for one in entries("renamed_bodies", "moved", Moved) if one.old == name)


@cache
def _national() -> dict[str, Renamed]:
    return {one.text: one for one in entries("renamed_bodies", "national", Renamed)}


@cache
def _local() -> dict[str, Renamed]:
    """Return the endings, the longest first."""
    known = {one.text: one for one in entries("renamed_bodies", "local", Renamed)}
    return dict(sorted(known.items(), key=lambda item: -len(item[0])))
