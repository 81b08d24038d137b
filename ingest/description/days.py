"""Dates and periods as documents write them. Pure functions over text without blanks (`squeeze`)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tiaoli import lexicon
from tiaoli.numerals import to_number

_ONE_FORM = str.maketrans("０１２３４５６７８９○◯Ｏ零，（）：；", "0123456789〇〇〇〇,():;")
_YEAR = r"(?:[12]\d{3}|[一二][〇一二三四五六七八九]{3})"
_SMALL = r"[\d一二三四五六七八九十]{1,3}"
DAY = rf"{_YEAR}年{_SMALL}月{_SMALL}[日号]"
LATE = rf"(?:{DAY}|{_YEAR}年{_SMALL}月[底末]?|{_YEAR}年?年?[底末])"  # a last day may be given by month or year only
_MONTH = re.compile(rf"({_YEAR})年({_SMALL})月")
_DAY = re.compile(rf"({_YEAR})年({_SMALL})月({_SMALL})[日号]")
_ISO = re.compile(r"([12]\d{3})[-./]([01]?\d)[-./]([0-3]?\d)(?!\d)")
_COUNT = r"[\d一二三四五六七八九十两]{1,4}"
PERIOD = rf"(?:{_COUNT})个?(?:周?年|月|[日天])"
_PERIOD = re.compile(rf"({_COUNT})个?(周?年|月|[日天])")
_FIRST, _LAST = date(1900, 1, 1), date(2150, 1, 1)  # outside: a misprint or a number that only looks like a date


@dataclass(frozen=True, slots=True)
class Day:
    """A date and where it stands in the text."""

    value: date
    start: int
    end: int


def squeeze(text: str) -> str:
    r"""Return `text` without blanks and line breaks, with one form of digits, noughts and stops.

    >>> squeeze("二○○四年 六月\n２６日，")
    '二〇〇四年六月26日,'
    """
    return "".join(text.split()).translate(_ONE_FORM)


def squeeze_lines(text: str) -> str:
    """Return `text` squeezed, but with its line breaks: a heading does not run into the text below it."""
    return "\n".join(map(squeeze, text.splitlines()))


def days(text: str) -> Iterator[Day]:
    """Yield the full dates of a squeezed text in their order.

    >>> [str(day.value) for day in days("2004年6月31日,二〇〇四年六月二十六日")]
    ['2004-06-26']
    """
    for found in _DAY.finditer(text):
        if (value := _date(found[1], found[2], found[3])) is not None:
            yield Day(value, found.start(), found.end())


def only_day(line: str) -> date | None:
    """Return the date that a squeezed line consists of, in characters, digits or with hyphens or dots.

    >>> only_day("2024.03.05"), only_day("2024年3月5日印发")
    (datetime.date(2024, 3, 5), None)
    """
    found = _DAY.fullmatch(line) or _ISO.fullmatch(line)
    return _date(*found.groups()) if found else None


def first_day(text: str) -> date | None:
    """Return the first date in a squeezed text, in words, digits or with hyphens; None where there is none."""
    found = next(days(text), None)
    iso = None if found else _ISO.search(text)
    return found.value if found else _date(*iso.groups()) if iso else None


def last_of(text: str) -> date | None:
    """Return the last day that a squeezed text gives by day, month or year.

    >>> [str(last_of(text)) for text in ("2025年6月30日", "2025年2月", "2025年末")]
    ['2025-06-30', '2025-02-28', '2025-12-31']
    """
    if (day := first_day(text)) is not None:
        return day
    month = _MONTH.match(text)
    year = to_number(month[1] if month else text[:4])
    number = to_number(month[2]) if month else 12
    if year is None or number is None or not (_FIRST.year <= year < _LAST.year and 1 <= number <= 12):
        return None
    return date(year, number, calendar.monthrange(year, number)[1])


def iso_day(text: str) -> date | None:
    """Return the date at the end of `text` written like 2019-03-24, None where there is none."""
    found = None
    for found in _ISO.finditer(text):  # noqa: B007
        pass
    return _date(*found.groups()) if found and found.end() == len(text) else None


def after(start: date, period: str) -> date | None:
    """Return the first day after a period that begins with `start`, None where `period` is none.

    >>> str(after(date(2018, 11, 1), "五年")), str(after(date(2024, 1, 31), "1个月"))
    ('2023-11-01', '2024-02-29')
    """
    found = _PERIOD.fullmatch(period)
    count = to_number(found[1]) if found else None
    if found is None or count is None or count > 9999:
        return None
    if found[2] in "日天":
        return start + timedelta(days=count)
    months = start.month - 1 + count * (1 if found[2] == "月" else 12)
    year, month = start.year + months // 12, months % 12 + 1
    if year > _LAST.year:
        return None
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _date(year: str, month: str, day: str) -> date | None:
    numbers = [to_number(part) for part in (year, month, day)]
    if None in numbers:
        return None
    try:
        value = date(*(number for number in numbers if number is not None))
    except ValueError:
        return None
    return value if _FIRST <= value <= _LAST else None


@cache
def alternation(name: str, table: str) -> str:
    """Return the words of a lexicon table as a pattern that finds the longest of them."""
    return "|".join(re.escape(text) for text in lexicon.texts(name, table))
