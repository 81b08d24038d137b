"""期限已过: years and plan periods in titles, clauses that held for a stretch of time, tasks that were to be done by a day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from answers.cleanup.case import Case, Known
from answers.cleanup.records import Finding
from answers.cleanup.words import any_of, plans
from office.tables import in_words
from tiaoli.records import Clause, DocType, Norm, NormKind, Status

_YEAR = r"(?:19|20)[0-9]{2}"
_RANGE = re.compile(rf"({_YEAR})年?(?:至|到|[-—－~～]+)({_YEAR})年?")
_ONE = re.compile(
    rf"(?<![〔\[（(【0-9])({_YEAR})年(度)?+(?!版|修[订正]|以来|以?[前后]|之[前后]|起|[0-9]{{1,2}}月|中央|第?[0-9]+号)"
)
_BOTH = re.compile(r"[(（][^()（）]*?(?:起施行|起执行|修订|修正|版)[)）]")
_DATE = rf"{_YEAR}\s?年(?:\s?[0-9]{{1,2}}\s?月(?:\s?[0-9]{{1,2}}\s?日|底|末)?|底|末)?"
_LAST = rf"(?>(?:(?P<year>{_YEAR})\s?年)?\s?(?:(?P<month>[0-9]{{1,2}})\s?月(?:\s?(?P<day>[0-9]{{1,2}})\s?日|底|末)?|(?<=年)(?:底|末)))"
_OPEN = r"(?!\s?(?:[（(]含[^()（）]{0,6}[)）])?\s?(?:之后|以后|及以后|后|起|开始|以来|之日|至|到|[-—－~～]|[0-9]))"
_MOST = 2 / 3  # of the clauses that lay something on somebody: with so many over, little is left of a document


def findings(case: Case, _: Known) -> Iterator[Finding]:
    """Yield what is over by the calendar; clauses of a document that has ended as a whole are left."""
    if case.status is Status.EXPIRED:
        return
    title = _title(case)
    yield from (title,) if title else ()
    over = list(_clauses(case))
    if over and title is None and _little_left(case, over):
        first = over[0]
        clause = case.by_id[first.clause_id]
        reason = f"设定义务、权利的条款中有 {_n(over)} 条的期限已过，占三分之二以上，没有尚未届满的期限。"
        yield case.finding("P2", clause, (first.start, first.end), reason)
    yield from over


def _n(over: Sequence[Finding]) -> int:
    return len({finding.clause_id for finding in over})


# --- the title -------------------------------------------------------------------------------------------------------


def _title(case: Case) -> Finding | None:
    told = last_year(case.document.title)
    if (
        told is None
        or case.document.doc_type is DocType.POWERS_LIST
        or (case.begins is not None and case.begins > told[1])
        or told[1] >= case.day
    ):
        return None
    words, last = told
    reason = f"标题写明“{words}”，到{in_words(last)}已满，工作任务应已完成或者适用期已过。"
    return case.of_title("P1", reason)


def last_year(title: str) -> tuple[str, date] | None:
    """Return the words of a title that bind it to a year or a plan period, and the last day of that; None where there are none.

    A 年度 of money (缴存, 参保) may end in the middle of the next year, and counts until then.

    >>> last_year("江川市养老服务三年行动计划（2021—2023年）"), last_year("关于印发江川市“十三五”水利规划的通知")[1]
    (('2021—2023年', datetime.date(2023, 12, 31)), datetime.date(2020, 12, 31))
    >>> last_year("关于2022年典型案例的通报"), last_year("江川市排污许可名录（2019年版）")
    (None, None)
    """
    title = _BOTH.sub("", title)
    if re.search(any_of("account"), title):
        return None
    found = [(m[0], date(int(m[2]), 12, 31)) for m in _RANGE.finditer(title)]
    found += [
        (m[0], date(int(m[1]) + 1, 6, 30) if m[2] else date(int(m[1]), 12, 31))
        for m in _ONE.finditer(_RANGE.sub("", title))
    ]
    found += [(plan.text, date(plan.last, 12, 31)) for plan in plans() if plan.text in title]
    return max(found, key=lambda one: one[1], default=None)


# --- clauses ---------------------------------------------------------------------------------------------------------


def _clauses(case: Case) -> Iterator[Finding]:
    """Yield the clauses of which a stretch of time or a day is over, once for each clause."""
    laid: dict[str, list[Norm]] = {}
    for norm in case.norms:
        laid.setdefault(norm.clause_id, []).append(norm)
    for clause in case.clauses:
        found = _over(case, clause, laid.get(clause.clause_id, ()))
        if found is not None:
            yield found


def _over(case: Case, clause: Clause, norms: Sequence[Norm]) -> Finding | None:
    for norm in norms:
        start, end = case.sentence_at(clause, norm.start)
        words = case.text[start:end]
        if _goes_on(words, case.day):
            continue
        last = max(_windows(words), default=None)
        if last is not None and last < case.day:
            return case.finding("P3", clause, (start, end), f"适用期到{in_words(last)}为止，已过。")
        due = _due(words) if norm.kind is NormKind.DUTY else None
        if due is not None and due < case.day:
            return case.finding("P4", clause, (start, end), f"要求在{in_words(due)}前完成，期限已过。")
    return None


def _windows(words: str) -> Iterator[date]:
    """Yield the last days of the stretches of time that a sentence sets: 自…起至2023年12月31日, 执行至2023年底."""
    for found in _window().finditer(words):
        year = found["year"] or (re.findall(_YEAR, found["begin"] or "") or [None])[-1]
        if year is not None and (day := _day(int(year), found["month"], found["day"])) is not None:
            yield day


@cache
def _window() -> re.Pattern[str]:
    begin = (
        rf"{_DATE}[^，。；,;]{{0,10}}?|(?:之日|即日|现在|印发|发布|公布|出台|下发|实施|执行|发文)[^，。；,;]{{0,4}}?起?"
    )
    return re.compile(
        rf"(?:(?P<begin>{begin})起?[^，。；,;0-9]{{0,6}}?(?:至|到|[-—－~～]+)|(?:{any_of('term')})[^，。；,;0-9]{{0,6}}?(?:至|到|止)[于到]?)\s?{_LAST}{_OPEN}"
    )


def _due(words: str) -> date | None:
    """Return the last day by which a sentence orders something to be done once."""
    days = [
        day
        for found in _deadline().finditer(words)
        if (day := _day(int(found["year"]), found["month"], found["day"])) is not None
    ]
    return max(days, default=None)


@cache
def _deadline() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![0-9对于凡])(?P<year>{_YEAR})\s?年(?:\s?(?P<month>[0-9]{{1,2}})\s?月(?:\s?(?P<day>[0-9]{{1,2}})\s?日)?)?(?:底|末)?(?:之|以)?前?"
        rf"(?<=[前底末])[，,]?(?=[^。；;的]{{0,30}}?(?<![已未])(?:{any_of('task')}))"
    )


def _goes_on(words: str, day: date) -> bool:
    """Whether a sentence also names a year that is not over."""
    return any(int(year) >= day.year for year in re.findall(rf"(?<![0-9]){_YEAR}(?=\s?年)", words))


def _day(year: int, month: str | None, day: str | None) -> date | None:
    """The last day of a year, of a month, or the day itself; None for one that does not exist."""
    if month is None:
        return date(year, 12, 31)
    if not 1 <= int(month) <= 12:
        return None
    longest = calendar.monthrange(year, int(month))[1]
    return date(year, int(month), longest if day is None else min(int(day), longest)) if day != "0" else None


def _little_left(case: Case, over: Sequence[Finding]) -> bool:
    """Whether at least two thirds of the clauses that lay something on somebody are over, and no day is still to come."""
    laid = {norm.clause_id for norm in case.norms}
    later = any(int(year) >= case.day.year for year in re.findall(rf"(?<![0-9〔\[]){_YEAR}(?=\s?年)", case.text))
    return bool(laid) and _n(over) / len(laid) >= _MOST and not later
