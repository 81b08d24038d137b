"""Since when and until when a document is in force, as its own sentences say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ingest.description import days
from ingest.description.days import DAY, LATE, PERIOD, alternation

_STOP = re.compile(r"[。;；\n]")
_TORN = re.compile(
    r"(?<=[自于至起期限为效年月日\d])\n+(?=[至到起施实执生有为年月日\d])"
)  # a line break in the words of a date or term
_QUOTED = re.compile(r"“[^“”]{0,2000}”|《[^《》]{0,200}》")
_WORTH = re.compile(r"施\s*行|实\s*施|执\s*行|生\s*效|[试暂实]\s*行|有\s*效|[期时]\s*[限间]|[止效束期]")
_SPOKEN = re.compile(r"起|[日后内]|期|年[底末]?$|至|[到止]")
_LABEL = re.compile(r"[\d(一二三四五六七八九十百、.)第条款项]+")
_ALL = r"(?:以上|上述|前述)(?=各|相关|所有|全部|政策|措施|规定|调整|条款|内容|事项|办法|意见|标准|均|[,自从于]|$)"
_OWN_NAME = rf"(?:本|(?:此次?|该)(?:补充)?(?:通知|公告|通告|办法|细则|意见|文件)|{_ALL}|自本)"
_SUBJECT = rf"(?:{_OWN_NAME}|其余|其他|其它|各项|新政策|政策|文件|措施|通知)"
_OWN = re.compile(rf"{_SUBJECT}|自|从|于|(?:试行|执行|施行|实施|有效|适用|政策|暂行|期限|为期)")
_ENDS = re.compile(
    r"$|\)|[(,](?:由|如|若|具体|期间|届|逾|过期|到期|其|最终|解释|有效|以|各|执行|实施|原)"
)  # what follows 至…止, if it is a term
_OTHER = re.compile(r"《》(?:\([^()]{1,40}\))?的?")  # another document, with its number
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Force:
    """What sentences say of a document's force; periods count from the day on which it comes into force."""

    day: date | None = None  # first day, where it is printed
    on_issue: bool = False  # from the day of promulgation …
    wait: str | None = None  # … and so long after it
    last: date | None = None  # last day, where it is printed
    period: str | None = None  # how long it is in force


def force(texts: Iterable[str], *, prolongs: bool = False) -> Force:
    """Return what the last sentence on coming into force says, and the first on the term of validity.

    Where the document `prolongs` the term of another, the last day of that one is its own; a period counts from another day.

    >>> force(["第九条 本办法自2018年11月1日起施行，有效期五年。"])
    Force(day=datetime.date(2018, 11, 1), on_issue=False, wait=None, last=None, period='五年')
    >>> force(["营业执照有效期5年。《某办法》自2013年1月1日起施行。"])
    Force(day=None, on_issue=False, wait=None, last=None, period=None)
    """
    begin, term = Force(), Force()
    for text in texts:
        spoken = False  # a sentence on coming into force lets the next one speak of the term without saying of what
        for sentence in _sentences(text):
            found = _begin(sentence)
            spoken = found is not None or spoken
            begin = found or begin
            if term == Force() and prolongs:
                term = Force(last=(_term(_OTHER.sub("", sentence), True) or term).last)
            elif term == Force():
                term = _term(sentence, spoken) or term
    return Force(begin.day or term.day, begin.on_issue, begin.wait, term.last, term.period)


def first_day(found: Force, promulgated: date | None) -> date | None:
    """Return the first day in force: a printed one, or that of promulgation and what it is to wait."""
    if not found.on_issue or promulgated is None:
        return found.day
    return days.after(promulgated, found.wait) if found.wait else promulgated


def last_day(found: Force, effective: date | None) -> date | None:
    """Return the last day in force, None where the text sets no term."""
    if found.last is not None or found.period is None or effective is None:
        return found.last
    end = days.after(effective, found.period)
    return end - timedelta(days=1) if end else None


def _sentences(text: str) -> Iterator[str]:
    if not _WORTH.search(text):
        return
    for sentence in _STOP.split(_TORN.sub("", _QUOTED.sub("《》", days.squeeze_lines(text)))):
        if len(sentence) >= 4 and _SPOKEN.search(sentence):
            yield sentence[-_LONGEST:]


@cache
def _begin_on_day() -> re.Pattern[str]:
    start = alternation("status_words", "start")
    return re.compile(
        rf"([^,,:]{{0,40}}?)(自|从|于)?({DAY})(?:\(含\)|零时|0时)?(?:起|开始)?[^,。]{{0,16}}?(?:{start})(?!期限|前|之日)"
    )


@cache
def _begin_on_issue() -> re.Pattern[str]:
    start, issue = alternation("status_words", "start"), alternation("status_words", "issue")
    return re.compile(
        rf"([^,,:]{{0,40}}?)(?:自|从)[^,,自从]{{0,6}}?(?:{issue})[^,,]{{0,4}}?(?:之?日|后)(?:起)?,?(?:满|经过|后)?({PERIOD})?"
        rf"(?:[^,,]{{0,10}}?|(?:至|到){LATE}[^,,]{{0,4}}?)(?:{start})"
    )


def _begin(sentence: str) -> Force | None:
    """Return the first day that a sentence gives, where it speaks of the document itself."""
    for run in _runs(sentence):
        if (found := _begin_on_day().match(run)) and _is_own(found[1]) and _is_start(run, found):
            return Force(day=days.first_day(found[3]))
        if (found := _begin_on_issue().match(run)) and _is_own(found[1]):
            return Force(on_issue=True, wait=found[2])
    return None


def _runs(sentence: str) -> Iterator[str]:
    """Yield a sentence from each of its commas on."""
    for start in [0, *(found.end() for found in re.finditer(r"[,,:]", sentence))]:
        yield sentence[start:]


def _is_own(before: str) -> bool:
    """Tell whether the words before the date speak of the document: nothing, 本办法, 以上政策, not 第二条措施."""
    label = _LABEL.match(before)
    words = before[label.end() :] if label else before
    return not words or (re.match(_OWN_NAME if label and "条" in label[0] else _SUBJECT, words) is not None)


def _is_start(run: str, found: re.Match[str]) -> bool:
    """Tell a first day (自…起施行; in a note …施行) from a span (自…至…执行) and from what qualifies a noun (…实施的《某办法》)."""
    if re.match(r"至|到|[-—~]|前|之前|以前|止", run[found.end(3) :]) or re.search(r"至|到|[-—~]$", found[1]):
        return False
    return found[2] is not None or run[found.end() : found.end() + 1] in ("", ",", ")", "(")


@cache
def _terms() -> re.Pattern[str]:
    """Ways to say it: 有效期至… or 有效期5年; 施行至… or 试行2年; 自…至…执行; 至…止 or 截止…; (…至…)."""
    term, start = alternation("status_words", "validity"), alternation("status_words", "start")
    gap = r"[^,。\d一二三四五六七八九十两]{0,8}?"
    period = rf"{PERIOD}(?!内|前|后|以[上下内])"
    issued = r"[^,。\d]{0,16}?日起?"
    return re.compile(
        rf"(?:{term})(?:{gap}{DAY}起?,?(?:至|到|[-—~])|[自从][^,。\d]{{0,16}}(?:至|到)|{gap})(?:(?P<until>{LATE})(?!\d*[月日]?起)|(?P<period>{period}))"
        rf"|(?:{start})(?:(?:至|到)(?P<until2>{LATE})|(?P<period2>{period}))"
        rf"|(?:(?:自|从)?(?P<begin>{DAY})起?|(?:自|从){issued})(?:至|到|[-—~])(?P<until3>{LATE})(?:止|期间)?[^,。]{{0,6}}?(?:{start})"
        rf"|(?:(?:自|从)?(?P<begin2>{DAY})起?(?:至|到|[-—~])|至|到|于)?(?P<until4>{LATE})(?:24时)?(?:止|结束|终止|失效|废止|到期|自动失效|停止执行|停止实施)"
        rf"|(?:(?:自|从)?(?P<begin3>{DAY})起?(?:至|到|[-—~])|至|到)(?P<until6>{LATE})(?=\))"
        rf"|(?:截止|截至)(?:时间)?(?:至|到|为)?(?P<until5>{LATE})"
    )


def _term(sentence: str, spoken: bool) -> Force | None:
    """Return the term of validity that a sentence sets for the document; what follows the first words on it may add its days."""
    main = re.split(r"但|其中", sentence, maxsplit=1)[0]
    term: Force | None = None
    for found in _terms().finditer(main):
        run = main[max(main.rfind(sign, 0, found.start()) for sign in ",:") + 1 : found.start()]
        lengthened = "延长" in found[0] and "有效期" not in found[0]  # 审批期限可以延长三十日
        if lengthened or not _speaks_of_document(run, spoken or term is not None) or not _is_term(main, found):
            continue
        term = _joined(term, found.groupdict())
    return term


def _is_term(sentence: str, found: re.Match[str]) -> bool:
    """Tell 本通知至2024年12月31日止 from 自本通知印发之日起至2024年12月31日止,购房的给予补贴."""
    return found["until4"] is None or _ENDS.match(sentence, found.end()) is not None


def _joined(term: Force | None, told: dict[str, str | None]) -> Force:
    until = next((text for name in sorted(told) if name.startswith("until") and (text := told[name])), "")
    day = days.first_day(told["begin"] or told["begin2"] or told["begin3"] or "")
    last, period = days.last_of(until), told["period"] or told["period2"]
    if term is None:
        return Force(day=day, last=last, period=period)
    return Force(day=term.day or day, last=term.last or last, period=term.period or period)


def _speaks_of_document(before: str, spoken: bool) -> bool:
    label = _LABEL.match(before)
    words = before[label.end() :] if label else before
    return (bool(words) and _is_own(before)) or (spoken and (not words or _OWN.match(words) is not None))
