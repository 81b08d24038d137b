"""Chinese, full-width and circled numerals as numbers. Pure functions; labels are recognised elsewhere."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 12  # characters; no number of a provision, a date or an amount is longer


@lru_cache(maxsize=4096)
def to_number(text: str) -> int | None:
    """Return the number that `text` writes, or None where it is none.

    >>> [to_number(t) for t in ("二十一", "一百零五", "１２", "③", "⑴", "二〇二四", "甲")]
    [21, 105, 12, 3, 1, 2024, None]
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if len(text) == 1 and text not in _DIGITS and (value := unicodedata.numeric(text, None)) is not None:
        return int(value) if value.is_integer() else None
    if text.isdecimal():
        return int(text)
    return _chinese(text)


def _chinese(text: str) -> int | None:
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, None
    for c in text:
        if c in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[c]
            digit = None
        elif digit:
            return None  # 三五十: no numeral
        else:
            digit = _DIGITS[c]
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """Return `number` (0 to 9999) as it is written in provision labels.

    >>> [to_chinese(n) for n in (3, 10, 21, 105, 110, 1260)]
    ['三', '十', '二十一', '一百零五', '一百一十', '一千二百六十']
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"只能写 0 到 9999 的数：{number}")
    digits = "零一二三四五六七八九"
    out, rest, gap = "", number, False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, unit)
        if digit:
            out += ("零" if gap else "") + digits[digit] + sign
            gap = False
        elif out and rest:
            gap = True
    return (out.removeprefix("一") if 10 <= number < 20 else out) or "零"
