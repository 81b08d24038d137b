"""Which attributes the nodes or edges of a graph have, and of which type each is: formats that are read by columns ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any


class Type(StrEnum):
    """What the values of an attribute are."""

    TEXT = "string"
    WHOLE = "long"
    NUMBER = "double"
    TRUTH = "boolean"
    DAY = "date"


def columns(rows: Iterable[Mapping[str, Any]], *, without: str = "") -> dict[str, Type]:
    """Return the attributes that have a value in some row, in alphabetical order, each with the type that takes all its values.

    >>> columns([{"level": 1, "label": "甲"}, {"level": None, "weight": 1.0}])
    {'label': <Type.TEXT: 'string'>, 'level': <Type.WHOLE: 'long'>, 'weight': <Type.NUMBER: 'double'>}
    """
    types: dict[str, Type] = {}
    for row in rows:
        for name, value in row.items():
            if value is not None and name != without:
                types[name] = _wider(types.get(name), _type(value))
    return dict(sorted(types.items()))


def written(value: Any) -> str:  # noqa: ANN401
    """Return a value as text: days in ISO form, truth as true and false."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _type(value: object) -> Type:
    if isinstance(value, bool):
        return Type.TRUTH
    if isinstance(value, int):
        return Type.WHOLE
    return Type.NUMBER if isinstance(value, float) else Type.DAY if isinstance(value, date) else Type.TEXT


def _wider(one: Type | None, other: Type) -> Type:
    if one is None or one is other:
        return other
    return Type.NUMBER if {one, other} == {Type.WHOLE, Type.NUMBER} else Type.TEXT
