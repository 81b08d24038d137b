"""What is set against each other: the articles of a statute, the headings and paragraphs of a policy text, each as a unit."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tiaoli.records import Clause, Kind

DIVISIONS = frozenset({Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION})
_CONTAINERS = DIVISIONS | {Kind.TITLE, Kind.PREAMBLE, Kind.HEADING, Kind.ATTACHMENT}  # what stands below is set apart
_OUTER = _CONTAINERS | {Kind.ARTICLE, Kind.CLOSING}


_SAME_MARKS = str.maketrans("〈〉", "<>")


class Group(Enum):
    """Units of one group are never set against those of another."""

    TITLE = auto()
    PREAMBLE = auto()
    DIVISION = auto()
    BODY = auto()
    CLOSING = auto()


UNPRINTED = frozenset({Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING, Kind.TABLE})  # kinds whose labels are ours
_GROUPS = {Kind.TITLE: Group.TITLE, Kind.PREAMBLE: Group.PREAMBLE, Kind.CLOSING: Group.CLOSING} | dict.fromkeys(
    DIVISIONS, Group.DIVISION
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause and the clauses below it that are read with it."""

    clause: Clause
    below: tuple[Clause, ...]


def group(clause: Clause) -> Group:
    """Return which clauses a clause may be set against."""
    return _GROUPS.get(clause.kind, Group.BODY)


def words(clause: Clause) -> str:
    """Return heading and text of a clause, without its label."""
    return "\n".join(filter(None, (clause.heading, clause.text)))


def plain(text: str) -> str:
    """Return `text` as it is compared: without blanks, width of characters and form of inner quotes made equal.

    >>> plain("（一）依照〈规定〉 第 10 条，") == plain("(一)依照<规定>第１０条,")
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_SAME_MARKS).split())


def units(clauses: Sequence[Clause]) -> list[Unit]:
    """Return the units of a document in the order of the text; every clause is in exactly one."""
    children: defaultdict[str | None, list[Clause]] = defaultdict(list)
    known = {clause.clause_id for clause in clauses}
    for clause in clauses:
        children[clause.parent_id if clause.parent_id in known else None].append(clause)
    return list(_units(children, None))


def _units(children: dict[str | None, list[Clause]], above: str | None) -> Iterator[Unit]:
    for clause in children.get(above, ()):
        below = tuple(_below(children, clause.clause_id))
        apart = clause.kind in _CONTAINERS or any(c.kind in _OUTER for c in below)
        yield Unit(clause, () if apart else below)
        if apart:
            yield from _units(children, clause.clause_id)


def _below(children: dict[str | None, list[Clause]], clause_id: str) -> Iterator[Clause]:
    for clause in children.get(clause_id, ()):
        yield clause
        yield from _below(children, clause.clause_id)
