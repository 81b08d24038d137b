"""The grammar of calendar words: 2025年12月底前, 每年3月31日前, 每季度首月10日前, 每一会计年度终了后四个月内.

Knows days and rules, not what is to be done by them; text is without blanks.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tiaoli.numerals import to_number

_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_POINT = (
    rf"(?:{_N}月(?:{_N}日|[底末初]|[上中下]旬|份)?|年[底末初]|月[底末初]|季度?[底末]|第?[一二三四1-4]季度(?:[底末])?|[上下]半年"
    rf"|(?:首月|第[一二三]个?月份?)的?(?:{_N}日|[底末]|[上中下]旬)?|[底末]|(?<=[月度]){_N}日|(?<=月的){_N}日)"
)
_YEAR = r"(?:[0-9]{4}|[一二][〇零○一二三四五六七八九]{3})年度?"
_NEAR = r"(?:今年|本年度?|(?<!应)当年度?|明年|来年|次年度?|翌年|下一?年度?|第二年|同年|次月|下个?月|当月|本月)"
_UNIT = r"(?:会计年度|年度|半年|季度|学年|学期|工作日|年|季|月|日|天|周|星期)"
_EVERY = rf"(?:[每各]一?(?P<n>{_N}|两)?个?(?P<unit>{_UNIT})|按(?P<per>年度|季度|月度|年|季(?!节)|月|周|日)(?![份计]))"
_GAP = r"(?:\([^()]{1,10}\)|（[^（）]{1,10}）)?"
_EDGE = r"(?P<edge>之?前|以前|起|之?后|以后|以来|止)?"
_ENDED = rf"[自从]?(?:[每各本]一?个?)?(?P<ended>(?:会计年度的)?[上下]半年|(?:会计|财务|预算|纳税|自然)?年度|半年度?|季度?|月[度份]?|年)(?:终了|结束|终结|[末底](?=后|之后))(?:之日)?[起后的之]*(?P<value>{_N}|两)个?(?P<measure>工作日|交易日|日|天|月|周)(?:[之以]?内|(?P<early>之?前|以前))?"
_FIRST = rf"[每各]一?个?(?P<period>年|季度|月)的?(?:[前头首]|初的?)(?P<first>{_N}|两)个?(?P<part>工作日|交易日|日|天|月)(?:[之以]?内)?"
_WORDS = re.compile(
    rf"(?P<e>{_ENDED})|(?P<f>{_FIRST})"
    rf"|(?:{_EVERY}[的于在]?)?(?P<year>{_YEAR}|{_NEAR})?的?(?P<point>{_POINT}){_GAP}"
    rf"(?:起?[至到—–～~-]+(?:(?P<year2>{_YEAR}|{_NEAR})?的?(?P<point2>{_POINT}|(?<=[至到—–～~-]){_N}日){_GAP}))?{_EDGE}"
    rf"|(?P<only>{_EVERY.replace('<n>', '<n1>').replace('<unit>', '<unit1>').replace('<per>', '<per1>')})"
)
_DATED = re.compile(rf"(?P<month>{_N})月(?:(?P<day>{_N})日|(?P<part>[底末初]|[上中下]旬|份))?$")
_NTH_MONTH = re.compile(rf"(?:首月|第(?P<nth>[一二三])个?月份?)的?(?:(?P<day>{_N})日|(?P<part>[底末]|[上中下]旬))?$")
_QUARTER = re.compile(r"第?([一二三四1-4])季度[底末]?$")
_TENS = {"上旬": 10, "中旬": 20, "下旬": -1, "底": -1, "末": -1, "": -1, "份": -1}
_PERIODS = {"会计年度": "年", "年度": "年", "学年": "学年", "季": "季度", "天": "日", "星期": "周", "月度": "月"}
_HALVES = {"上半年": (7,), "下半年": (1,)}  # first month after each
_STARTS = {"年": (1,), "半年": (1, 7), "季度": (1, 4, 7, 10)} | _HALVES  # first months after the ends of periods
_LEAP_YEAR = 2024
_WORKING = ("工作日", "交易日")
_NEXT = ("明", "来", "次年", "翌", "下年", "下一年", "第二年")
WORKING_DAYS = "工作日随每年的放假安排而定，不推算日期"


@dataclass(frozen=True, slots=True)
class Point:
    """A day of a year: month 12 and day 31, -1 for the last of the month; month None where every month is meant."""

    month: int | None
    day: int
    first: tuple[int, int] | None = None  # month and day on which the stretch begins: 3月份, 第一季度
    quarterly: bool = False  # `month` counts within each quarter


@dataclass(frozen=True, slots=True)
class Expression:
    """One time in calendar words."""

    start: int
    end: int
    words: str
    every: str | None = None  # 年, 2年, 季度
    rule: str | None = None  # where the words alone give the days
    year: int | None = None
    near: str = ""  # 今年, 次年, 次月: a year or month that the text around must tell
    point: Point | None = None
    opening: tuple[int | None, Point] | None = None  # year and day on which a stretch of days begins
    edge: str = ""
    note: str = ""


def expressions(text: str) -> Iterator[Expression]:
    """Yield the times in calendar words of a text, in its order; 每年6月底、12月底前 gives two."""
    for found in _WORDS.finditer(text):
        if found["e"]:
            yield _ended(found)
        elif found["f"]:
            yield _first(found)
        elif found["only"]:
            every = _period(found["n1"], found["unit1"], found["per1"])
            yield Expression(found.start(), found.end(), found[0], every)
        else:
            yield from _pointed(found)


def last_of(year: int, point: Point) -> date | None:
    """The day that a point means in a year; None where the calendar has no such day."""
    month = point.month or 12
    try:
        return date(year, month, monthrange(year, month)[1] if point.day == -1 else point.day)
    except ValueError:
        return None


def yearly(point: Point) -> str:
    """The rule of a point that returns every year, or every month or quarter where it says so."""
    if point.quarterly:
        months = ",".join(str(start + (point.month or 1) - 1) for start in (1, 4, 7, 10))
        return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={point.day}"
    if point.month is None:
        return f"FREQ=MONTHLY;BYMONTHDAY={point.day}"
    return f"FREQ=YEARLY;BYMONTH={point.month};BYMONTHDAY={point.day}"


# --- parts of an expression ------------------------------------------------------------------------------------------


def _pointed(found: re.Match[str]) -> Iterator[Expression]:
    every = _period(found["n"], found["unit"], found["per"])
    last, note = _point(found["point2"] or found["point"], found["edge"] or "", every, bool(found["point2"]))
    year, near = _year(found["year2"] or found["year"])
    opening = None
    if found["point2"]:
        first, _ = _point(found["point"], "", every, False)
        if first is not None and last is not None:
            opening = (_year(found["year"])[0], first)
            last = Point(first.month, last.day) if last.month is None else last
    elif last is not None and last.first is not None:
        opening = (year, Point(*last.first))
    rule = yearly(last) if last is not None and every in ("年", "季度", "月", "半年") and year is None else None
    if every == "月" and last is not None and last.month is not None:
        rule = None
    yield Expression(
        found.start(), found.end(), found[0], every, rule, year, near, last, opening, found["edge"] or "", note
    )


def _period(number: str | None, unit: str | None, per: str | None) -> str | None:
    name = unit or per
    if name is None:
        return None
    name = _PERIODS.get(name, name)
    many = _count(number) if number else 1
    return name if many in (None, 1) else f"{many}{name}"


def _year(words: str | None) -> tuple[int | None, str]:
    if not words:
        return None, ""
    figures = words.rstrip("年度")
    number = to_number(figures) if len(figures) == 4 else None
    return (number, "") if number and number > 1900 else (None, words)


def later(near: str) -> int:
    """By how many years a word like 次年 moves on from the year of the text.

    >>> [later(word) for word in ("今年", "次年", "下一年度")]
    [0, 1, 1]
    """
    return int(near.startswith(_NEXT))


def _point(words: str, edge: str, every: str | None, second: bool) -> tuple[Point | None, str]:
    """Return the day that words mean, None where they mean none (年初), and what was assumed."""
    if words.endswith("初"):
        return None, f"“{words}”没有确定的日期"
    if (dated := _DATED.match(words)) is not None:
        return _dated(dated, words, edge)
    if (quarter := _QUARTER.match(words)) is not None:
        last = 3 * (to_number(quarter[1]) or 1)
        if edge in ("前", "之前", "以前"):
            return _before(last - 2, words)
        return Point(last, -1, (last - 2, 1)), ""
    if words in ("上半年", "下半年"):
        return (Point(6, -1, (1, 1)), "") if words == "上半年" else (Point(12, 31, (7, 1)), "")
    if (nth := _NTH_MONTH.match(words)) is not None:
        day = _count(nth["day"]) if nth["day"] else _TENS[nth["part"] or ""]
        return Point(to_number(nth["nth"]) if nth["nth"] else 1, day or -1, quarterly=True), ""
    if words[-1] == "日":
        return Point(None, _count(words[:-1]) or 1), ""
    return _end(words, every), ""


def _dated(found: re.Match[str], words: str, edge: str) -> tuple[Point | None, str]:
    month, day = _count(found["month"]) or 0, _count(found["day"])
    if not 1 <= month <= 12 or (day is not None and last_of(_LEAP_YEAR, Point(month, day)) is None):
        return None, f"“{words}”不是日历上的日期"
    if day is not None:
        return Point(month, day), ""
    part = found["part"] or ""
    if part in ("", "份") and edge in ("前", "之前", "以前"):
        return _before(month, words)
    return Point(month, _TENS[part], (month, 1) if part in ("", "份") else None), ""


def _before(month: int, words: str) -> tuple[Point | None, str]:
    """The last day before a month begins; none before January, which lies in another year."""
    note = f"“{words}前”按该期间开始以前计算"
    return (Point(month - 1, -1), note) if month > 1 else (None, note)


def _end(words: str, every: str | None) -> Point:
    """The end of a year, a quarter or a month: 年底, 季末, 月底, or 底 behind 每年, 每季度, 每月, 2025年."""
    if words.startswith("季") or (len(words) == 1 and every == "季度"):
        return Point(3, -1, quarterly=True)
    if words.startswith("月") or (len(words) == 1 and every == "月"):
        return Point(None, -1)
    return Point(12, 31)


def _ended(found: re.Match[str]) -> Expression:
    """每一会计年度终了后四个月内: so many days or months after each end of a period."""
    period = found["ended"]
    name = "年" if "年" in period and "半" not in period else "半年" if "半" in period else period[0]
    every = {"季": "季度"}.get(name, name)
    if period.endswith(("上半年", "下半年")):
        every = period[-3:]
    count, rule, note = _count(found["value"]) or 0, None, ""
    if found["early"]:
        rule = _months_after(every, -count) if found["measure"] == "月" else None
        note = "" if rule else "从期末往前推算的日期没有算出"
    elif found["measure"] in _WORKING:
        note = WORKING_DAYS
    elif found["measure"] == "周":
        rule = _after(every, days=7 * count)
    else:
        rule = _after(every, **{"months" if found["measure"] == "月" else "days": count})
    every = "年" if every in _HALVES else every
    return Expression(found.start(), found.end(), found[0], every, rule, note=note)


def _first(found: re.Match[str]) -> Expression:
    """每月前五日内: the first days of each period."""
    every, count = found["period"], _count(found["first"]) or 0
    if found["part"] in _WORKING:
        note = WORKING_DAYS
        return Expression(found.start(), found.end(), found[0], every, note=note)
    rule = _after(every, **{"months" if found["part"] == "月" else "days": count})
    return Expression(found.start(), found.end(), found[0], every, rule)


def _after(every: str, *, days: int = 0, months: int = 0) -> str | None:
    """The rule of the last day of a stretch that begins with each period; None where it outlasts what can be told."""
    if months:
        return _months_after(every, months)
    if every == "月":
        return f"FREQ=MONTHLY;BYMONTHDAY={days}" if 1 <= days <= 28 else None
    starts = _STARTS.get(every, ())
    if not starts or not 1 <= days <= 31 * 6:
        return None
    if starts == (1,) and days > 59:
        return f"FREQ=YEARLY;BYYEARDAY={days}"  # another day in leap years
    ends = {_nth_day(start, days) for start in starts}
    if len({day for _, day in ends}) != 1:
        return None  # no rule with one day of the month
    named = ",".join(str(month) for month, _ in sorted(ends))
    return f"FREQ=YEARLY;BYMONTH={named};BYMONTHDAY={min(ends)[1]}"


def _nth_day(month: int, days: int) -> tuple[int, int]:
    """Month and day on which the given day counted from the first of a month falls, in a common year."""
    while days > monthrange(2001, month)[1]:
        days -= monthrange(2001, month)[1]
        month = month % 12 + 1
    return month, days


def _months_after(every: str, months: int) -> str | None:
    starts = _STARTS.get(every, ())
    if not starts or not 1 <= abs(months) <= 12:
        return None
    ends = sorted((start + months - 2) % 12 + 1 for start in starts)  # -3: three months before the end of the period
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, ends))};BYMONTHDAY=-1"


def _count(words: str | None) -> int | None:
    return None if words is None else to_number(words.replace("两", "二"))
