"""The 期限 as tables that leave: what falls on days, what recurs without a day, what runs from an event, what is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from answers.calendar.dues import Calendar, Due, counted, days_of, period_end, upcoming
from answers.calendar.time_limits import Limit, When
from answers.calendar.time_words import WORKING_DAYS
from office.tables import Column, Row, Table, in_words

_WHO, _WHAT, _WORDS = Column("承担主体", 22), Column("事项", 56), Column("期限原文", 22)
_PLACE, _NOTE = Column("依据", 34), Column("说明", 24)
_DATED = (
    Column("到期日", 15),
    Column("状态", 9),
    Column("频次", 12),
    _WHO,
    _WHAT,
    _WORDS,
    _PLACE,
    _NOTE,
    Column("期内次数", 10, printed=False),
)
_UNDATED = (Column("频次", 12), Column("本期至", 15), _WHO, _WHAT, _WORDS, _PLACE, _NOTE)
_RUNNING = (Column("时限", 12), Column("起算", 22), _WHO, _WHAT, _WORDS, _PLACE)
_LEFT = (Column("不列入的原因", 24), _WORDS, _WHO, _WHAT, _PLACE)
_NOBODY = "未写明"
_COUNTED = {"月": "个月", "工作日": "个工作日", "交易日": "个交易日", "季度": "个季度"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the tables are about, in words and days."""

    since: date
    until: date
    scope: str  # which documents
    body: str = ""  # whose limits; empty for everybody's


def calendar_tables(calendar: Calendar, asked: Asked) -> list[Table]:
    """Return the limits as three tables, each for a sheet of its own."""
    return [dated_table(calendar, asked), undated_table(calendar, asked), running_table(calendar, asked)]


def dated_table(calendar: Calendar, asked: Asked) -> Table:
    """Return what falls on days up to the last day asked for, the next first; what is over stands at the end."""
    rows = tuple(_dated(day, due, asked) for day, due in upcoming(calendar.dated, asked.since, asked.until))
    facts = tuple(_facts(calendar, asked, len(calendar.dated) - len(rows)))
    return Table(_title("到期日程", asked), _DATED, rows, facts, "到期日程")


def undated_table(calendar: Calendar, asked: Asked) -> Table:
    """Return what recurs without a day, and fixed days whose year is not said."""
    rows = (
        Row(
            (
                said_often(due.when),
                period_end(due, asked.since),
                due.who or _NOBODY,
                due.norm.text,
                due.when.words,
                due.cited,
                due.when.note,
            ),
            due.norm.clause_id,
        )
        for due in calendar.undated
    )
    fact = "“本期至”只供安排工作：一年、半年、季度、月按日历，几年一次的自文件施行之日起算"
    return Table(_title("未定日期的周期", asked), _UNDATED, tuple(rows), (("说明", fact),), "未定日期的周期")


def running_table(calendar: Calendar, asked: Asked) -> Table:
    """Return what runs from an event, the shortest first."""
    rows = (
        Row(
            (length(due.when), due.when.anchor or "", due.who or _NOBODY, due.norm.text, due.when.words, due.cited),
            due.norm.clause_id,
        )
        for due in calendar.running
    )
    fact = f"自事项发生起算，没有日历上的日期；{WORKING_DAYS}"
    return Table(_title("起算期限", asked), _RUNNING, tuple(rows), (("说明", fact),), "起算期限")


def left_out_table(calendar: Calendar, asked: Asked) -> Table:
    """Return the times that are no limits of their bearers, with the reasons."""
    ordered = sorted(calendar.left_out, key=lambda one: one.reason.value)
    rows = (
        Row(
            (
                one.reason.value,
                one.words,
                "、".join(b.name for b in one.norm.bearers) or _NOBODY,
                one.norm.text,
                _cited(one.document.title, one.place),
            ),
            one.norm.clause_id,
        )
        for one in ordered
    )
    return Table(_title("不列入的时间", asked), _LEFT, tuple(rows), (), "不列入的时间")


def said_often(when: When) -> str:
    """How often a limit returns, in words: 一次, 每年, 每2年, 每季度.

    >>> said_often(When(Limit.RECURRING, "每两年", 0, 3, every="2年"))
    '每2年'
    """
    if when.kind is Limit.FIXED:
        return "一次"
    every = when.every or ""
    return f"每{every[:-1]}个月" if every.endswith("月") and every[0].isdecimal() else f"每{every}"


def length(when: When) -> str:
    """How long a running limit is: 20个工作日, 3个月, 2年.

    >>> length(When(Limit.RUNNING, "三个月内", 0, 4, value=3.0, unit="月"))
    '3个月'
    """
    if when.value == 0.5:
        return f"半{_COUNTED.get(when.unit or '', when.unit or '')}"
    return f"{when.value:g}{_COUNTED.get(when.unit or '', when.unit or '')}"


def status(day: date, since: date) -> str:
    """Where a day stands: 已过, 今日, or how many days are left."""
    left = (day - since).days
    if left < 0:
        return "已过"
    return "当日" if left == 0 else f"还有 {left} 天"


def _dated(day: date, due: Due, asked: Asked) -> Row:
    often = len(days_of(due, asked.since, asked.until))
    values = (
        day,
        status(day, asked.since),
        said_often(due.when),
        due.who or _NOBODY,
        due.norm.text,
        due.when.words,
        due.cited,
        due.when.note,
        float(often),
    )
    return Row(values, due.norm.clause_id)


def _facts(calendar: Calendar, asked: Asked, later: int) -> Iterator[tuple[str, str]]:
    yield "范围", asked.scope
    if asked.body:
        yield "承担主体", asked.body
    yield "时间", f"自{in_words(asked.since)}起，看到{in_words(asked.until)}"
    yield "查看", searched(calendar)
    if later:
        yield "未列", f"{later:,} 条下次到期在{in_words(asked.until)}以后，或者所在文件在此以前失效"
    if calendar.left_out:
        yield "不列入", "；".join(f"{reason.value} {n:,}" for reason, n in calendar.reasons.most_common())
    yield "说明", "由程序从规范的时限中推算，使用前请核对原文；单次期限中日期已过的也列出，标“已过”"


def searched(calendar: Calendar) -> str:
    """What was looked at and what was found, in words."""
    n = counted(calendar)
    copies = f"；同一文本重复收录的 {n['copies']:,} 处只列一次" if n["copies"] else ""
    return (
        f"{n['documents']:,} 件文件的 {n['norms']:,} 条规范，其中的时限 {n['limits']:,} 处；"
        f"有日期的期限 {n['dated']:,} 条，未定日期的周期 {n['undated']:,} 条，起算期限 {n['running']:,} 条{copies}"
    )


def _title(name: str, asked: Asked) -> str:
    return f"{asked.body}{name}" if asked.body else name


def _cited(title: str, place: str) -> str:
    return f"《{title}》{place}"
