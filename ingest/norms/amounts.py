"""Sums, multiples and shares that a norm names, with their bounds: 五千元以上五万元以下, 三倍以下, 不超过90%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaoli.numerals import to_number
from tiaoli.records import Amount

_DIGITS = r"[0-9０-９]{1,12}(?:[.．][0-9０-９]{1,4})?"
_HAN = r"[〇零一二两三四五六七八九十百千]{1,9}"
_NUMBER = rf"(?:{_DIGITS}|{_HAN})\s?(?:亿|万|千|百)?"
_UNIT = r"(?:元|倍|％|%)"
_ONE = rf"(?:百分之(?:{_HAN}|{_DIGITS})|(?:人民币)?{_NUMBER}{_UNIT})"
_OF = r"(?:[^，,。；;0-9０-９一二三四五六七八九十]{0,12}的)?\s?"  # 不得超过违法所得的|三倍
_AMOUNT = re.compile(
    rf"(?P<low>{_ONE})以上(?:，|,)?\s?(?:不满)?(?P<high>{_ONE})以下"
    rf"|(?P<from>{_NUMBER}{_UNIT}?)(?:-|—|~|至|到)(?P<to>{_ONE})"
    rf"|(?:不(?:得)?(?:超过|高于)|最高(?:不超过)?|至多){_OF}(?P<cap>{_ONE})"
    rf"|(?:不(?:得)?(?:少于|低于)|至少){_OF}(?P<floor>{_ONE})"
    rf"|(?P<only>{_ONE})(?P<side>以上|以下|以内)?"
)
_SCALE = {"亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}
_PARTS = re.compile(rf"(?P<number>{_DIGITS}|{_HAN})\s?(?P<scale>亿|万|千|百)?(?P<unit>{_UNIT})?")


def find_amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """Yield the amounts of a stretch of a document, in text order; units are 元, 倍 and %."""
    for found in _AMOUNT.finditer(text, start, end):
        first = found["low"] or found["from"] or found["cap"] or found["floor"] or found["only"]
        last = found["high"] or found["to"]
        one, other = _value(first), _value(last) if last else None
        unit = (other or one)[1] or one[1]
        if unit is None or one[0] is None:
            continue
        yield Amount(found[0], found.start(), found.end(), *_bounds(found, one[0], other and other[0]), unit)


def _bounds(found: re.Match[str], one: float, other: float | None) -> tuple[float | None, float | None]:
    if other is not None:
        scale = _PARTS.match(found["to"] or "")
        if found["from"] and scale and scale["scale"] and not _PARTS.match(found["from"])["scale"]:  # type: ignore[index]
            one *= _SCALE[scale["scale"]]  # 50-200万元
        return one, other
    if found["cap"] or found["side"] in ("以下", "以内"):
        return None, one
    if found["floor"] or found["side"] == "以上":
        return one, None
    return one, one


def _value(shown: str) -> tuple[float | None, str | None]:
    if shown.startswith("百分之"):
        return _number(shown[3:]), "%"
    parts = _PARTS.search(shown)
    if parts is None:
        return None, None
    number = _number(parts["number"])
    unit = parts["unit"].replace("％", "%") if parts["unit"] else None
    return (None if number is None else number * _SCALE.get(parts["scale"] or "", 1)), unit


def _number(shown: str) -> float | None:
    try:
        return float(shown)
    except ValueError:
        number = to_number(shown)
        return None if number is None else float(number)
