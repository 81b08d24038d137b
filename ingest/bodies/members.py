"""Names that share a head, one by one: 国务院公安、民政等部门 are 国务院公安部门 and 国务院民政部门."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.bodies import words
from tiaoli.body_kinds import head_of

_JOINT = re.compile(r"、|以及|或者|[和与及或]")
# What stands before a list of fields and is of all of them; what follows it belongs to the first: 市|安全生产监督、交通部门.
_OWNER = re.compile(r"(?:.*(?:人民政府|国务院|政府|以上|以下|级|自治区|[省市县区州旗]|有关|相关|其他|各)[）)]?)?")
_REST = re.compile(r"^(?:等|以及|或者|[和及与或])?(?:其他)?(?:有关|相关)?")
_CHARGED = re.compile(r"负有|负责|承担|履行|依法")
_LONGEST_FIELD = 8  # characters


class Member(NamedTuple):
    """One of the bodies that a name lists: where it is printed within the name, and its own name."""

    start: int
    end: int
    name: str


def members(name: str) -> tuple[Member, ...]:
    """Return the bodies of a name, the name itself where its parts do not share a head.

    >>> [member.name for member in members("县级以上人民政府公安、工业和信息化等有关部门")]
    ['县级以上人民政府公安部门', '县级以上人民政府工业和信息化部门']
    """
    whole = (Member(0, len(name), name),)
    first = _first_field(name)
    if first is None:
        return whole
    fields, end = _fields(name, first)
    first = _OWNER.match(name, 0, first).end()  # type: ignore[union-attr]  # it matches nothing at least
    fields = [(first, fields[0][1]), *fields[1:]]
    rest = _REST.sub("", name[end:])
    if _CHARGED.match(rest) and (head := head_of(name)) is not None:  # 以及其他负有监督管理职责的部门
        rest = head.text
    if len(fields) < 2 or not rest:
        return whole
    starts = [0, *(start for start, _ in fields[1:])]
    ends = [*(stop for _, stop in fields[:-1]), len(name)]
    names = (f"{name[:first]}{name[start:stop]}{rest}" for start, stop in fields)
    return tuple(Member(*one) for one in zip(starts, ends, names, strict=True))


def _first_field(name: str) -> int | None:
    """Return where the first field of a list begins: the one before the first joint that ends a field."""
    for joint in _JOINT.finditer(name):
        if (start := words.field_start(name, joint.start())) is not None:
            return start
    return None


def _fields(name: str, start: int) -> tuple[list[tuple[int, int]], int]:
    """Return the fields that follow one another from `start` on, and where the last ends."""
    fields: list[tuple[int, int]] = []
    while (end := _stop(name, start)) is not None:
        fields.append((start, end))
        joint = _JOINT.match(name, end)
        if joint is None or _stop(name, joint.end()) is None:
            break
        start = joint.end()
    return fields, fields[-1][1] if fields else start


def _stop(name: str, start: int) -> int | None:
    """Return where the field that begins at `start` ends; one that no list holds ends at a comma."""
    if (known := words.field_stop(name, start)) is not None:
        return known
    comma = name.find("、", start)
    return comma if 1 < comma - start <= _LONGEST_FIELD else None
