"""有效期: terms that have ended, trials that go on too long, documents that say nothing of how long they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from answers.cleanup.case import Case, Known, years_after
from answers.cleanup.records import Act, Finding, Result
from answers.cleanup.words import Limit, any_of, limit_of
from office.tables import in_words
from tiaoli.lexicon import texts
from tiaoli.numerals import to_number
from tiaoli.records import Clause, DocType, Kind, Status

_SOON = timedelta(days=183)  # 有效期届满前6个月内评估: 山东省行政程序规定第五十三条 and others
_USUAL_TRIAL = 2  # years, in most of the rules of places that are known; only for a hint
_HANDS_OUT = re.compile(r"印发|发布|公布|下发|转发")
_AT_THE_END = re.compile(r"[)）]?$|(?:规定|办法|意见|细则|规则)$")
_NOTICE = re.compile(r"通告$")
# What a sentence says that speaks of the whole document, and how a clause begins that is about its term.
_OF_ALL = re.compile(
    r"(?<!自)本(?!条|项|款|市|县|区|省|人|地)|(?:以上|上述)(?!学历|面积)[^0-9，。]{0,8}(?:政策|措施|规定|意见|调整|内容|自)|(?:政策|措施)自"
)
_ABOUT_TERM = re.compile(r"[^，。]{0,8}?(?:有效|执行|实施|施行|试行|政策)[^，。]{0,3}期")
_PERIOD = r"(?<![0-9])(?P<{n}>[0-9一二两三四五六七八九十]{{1,3}})(?P<{unit}>年|个月)"


def findings(case: Case, _: Known) -> Iterator[Finding]:
    """Yield what the term of a document, or the lack of one, says."""
    expires = case.document.expires
    told = _told(case, expires) if expires is not None else None
    if case.status is Status.EXPIRED and expires is not None:
        if told is None:
            reason = f"库中按有效期至{in_words(expires)}标为失效，但这一期限只见于个别条款，请核对全文的有效期。"
            yield case.of_title("T6", reason)
        else:
            yield case.finding("T1", *told, f"有效期至{in_words(expires)}，已届满。")
    elif case.status is Status.IN_FORCE and told is not None and expires is not None and expires - case.day <= _SOON:
        reason = f"有效期至{in_words(expires)}，需要继续施行的，应当在届满前评估并重新公布。"
        yield case.finding("T5", *told, reason)
    elif expires is None and case.begins is not None and case.document.doc_type is DocType.NORMATIVE:
        yield from _without_term(case, case.begins)


def _without_term(case: Case, begins: date) -> Iterator[Finding]:
    trial = _on_trial(case.document.title)
    limit = limit_of(case.document.region, begins) if case.document.doc_number else None  # a 规范性文件 has a 文号
    if limit is None:
        if trial and years_after(begins, _USUAL_TRIAL) < case.day:
            reason = f"标注“{trial[0]}”，自{in_words(begins)}施行，未写明有效期；当地对期限的规定不在词库中，请核对。"
            yield case.of_title("T4", reason)
        return
    years = _years(limit, case.document.title, trial=trial is not None)
    last = years_after(begins, years) - timedelta(days=1)
    if last < case.day:
        yield _over_limit(case, limit, years, last, trial[0] if trial else "")


def _on_trial(title: str) -> re.Match[str] | None:
    """The mark by which a document holds on trial; none where it belongs to what the title speaks about."""
    found = list(re.finditer(any_of("trial"), title))
    about = "关于" in title and not _HANDS_OUT.search(title)
    return found[-1] if found and (not about or _AT_THE_END.match(title, found[-1].end())) else None


def _over_limit(case: Case, limit: Limit, years: int, last: date, trial: str) -> Finding:
    """A document older than the rule of its place allows; where the rule does not end it by itself, it must be made anew."""
    kind = f"标注“{trial}”的规范性文件" if trial else "规范性文件"
    ends = f"未写明的即为 {years} 年，届满自动失效" if limit.automatic else f"最长 {years} 年"
    reason = f"未写明有效期；{limit.named}规定{kind}的有效期{ends}，已于{in_words(last)}届满。"
    act = Act(limit.act, limit.since.isoformat())
    result = None if limit.automatic else Result.AMEND
    return case.of_title("T2" if trial else "T3", reason, act=act, result=result)


def _years(limit: Limit, title: str, *, trial: bool) -> int:
    if trial and limit.trial_years is not None:
        return limit.trial_years
    if limit.notice_years is not None and _NOTICE.search(title):
        return limit.notice_years
    return limit.years


def _told(case: Case, expires: date) -> tuple[Clause, tuple[int, int]] | None:
    """The clause that tells the term and its sentence: one that speaks of the document, with the day before a period.

    None where only single clauses name the day, and the title where nothing does.
    """
    day = re.compile(rf"{expires.year}\s?年\s?0?{expires.month}\s?月(?:\s?0?{expires.day}\s?日|底)?")
    others = False
    for pattern in (day, _term()):
        for clause in reversed(case.clauses):
            for found in pattern.finditer(case.text, clause.start, clause.end):
                span = case.sentence_at(clause, found.start())
                words = case.text[span[0] : span[1]]
                if not re.search(_marks(), words) or not _agrees(case, found, expires):
                    continue
                about_term = _ABOUT_TERM.match(case.text, clause.start, clause.end)
                if clause.kind is Kind.CLOSING or about_term or _OF_ALL.search(words):
                    return clause, span
                others = True
    return None if others else (case.title, (case.title.start, case.title.end))


def _agrees(case: Case, found: re.Match[str], expires: date) -> bool:
    """Whether a period that a text names ends on that day; a day always agrees."""
    if "n" not in found.re.groupindex or case.begins is None:
        return True
    number = to_number(found["n"] or found["n2"])
    if number is None:
        return False
    months = number * 12 if (found["unit"] or found["unit2"]) == "年" else number
    ends = case.begins.year * 12 + case.begins.month + months - (expires.year * 12 + expires.month)
    return abs(ends) <= 1


@cache
def _marks() -> str:
    """What a sentence says that tells a term."""
    return "|".join((*texts("status_words", "validity"), *texts("status_words", "start"), "止", "截", "至", "到"))


@cache
def _term() -> re.Pattern[str]:
    words = "|".join((*texts("status_words", "validity"), *texts("status_words", "start")))
    first, second = _PERIOD.format(n="n", unit="unit"), _PERIOD.format(n="n2", unit="unit2")
    return re.compile(rf"(?:{words})[^。；\n]{{0,12}}?{first}|{second}内?(?:{words})")
