"""Time limits and frequencies of a norm: 自收到申请之日起二十个工作日内, 每两年, 12月25日前.

Not counted are words without a measure (及时, 定期, 法定期限内) and periods that are a qualification (年满60周岁).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tiaoli.numerals import to_number
from tiaoli.records import Deadline

_N = r"(?:[0-9０-９]{1,4}|[〇零一二两三四五六七八九十百]{1,5}|半)"
_FIGURE = "[0-9０-９〇零一二两三四五六七八九十百]"
_UNIT = r"(?:个)?(?:工作日|交易日|自然日|小时|分钟|日|天|周|星期|个月|月|季度|年|学年)"
_SPAN = rf"(?P<value>{_N})\s?(?P<unit>{_UNIT})"
_DAY = r"(?:[0-9]{4}年)?(?:[0-9]{1,2}月\s?(?:[0-9]{1,2}日|底|末|初|中旬|上旬|下旬)?|(?:年|季|月|周)(?:底|末|初))"
_FULL = r"(?:(?:每年|当年|次年|翌年|本年度?|下一年度?|[0-9]{4}年)的?)?\s?(?:[0-9]{1,2}月\s?(?:[0-9]{1,2}日|底|末|初|份)?|年底|年末|年初)"
_PATTERNS = (
    rf"(?:自|从)?{_FULL}(?:起)?(?:至|到|—|-){_FULL}(?:期间)?",
    rf"(?:最长)?(?:不(?:得)?超过|最长为?)\s?{_SPAN}",
    rf"(?:自|从)(?P<anchor>[^，,。；;：:]{{1,60}}?)(?:之日)?起的?\s?{_SPAN}(?:以?内|之内|后)?",
    rf"(?P<anchor2>(?:[^，,。；;：:在于应当须]|在(?=[^，,]{{1,14}}之日起)){{2,40}}?)之日起\s?{_SPAN}(?:以?内|之内)?",
    rf"自(?!治|有|持|住|愿|然|主|行|身|贸|费|建|筹|用|营|律|首|己|动|来)(?P<anchor3>[^，,。；;：:]{{2,40}}?){_SPAN}(?:以?内|之内)",
    rf"(?P<anchor4>[^，,。；;：:在于应当须内前后]{{2,24}}?)(?:之?后|前|以?前)?(?:的)?{_SPAN}(?:以?内|之内|之前|以前|前)",
    rf"{_SPAN}(?:以?内|之内|之前|以前|前)",
    rf"自[^，,。；;：:]{{1,30}}?满{_SPAN}后",
    rf"{_FULL}(?:至|到|—|-){_FULL}(?:期间)?",
    r"[0-9]{4}年(?:年)?(?:底|末|初)(?:之?前)?",
    rf"{_FULL}(?:之?前|以前|底前|末前)",
    r"(?:[0-9]{4}年)?(?:年底|季末|月底|年末)前",
    r"[0-9]{1,2}月[0-9]{1,2}日(?:\s?[0-9]{1,2}[：:][0-9]{2})?(?:\s?(?:至|到|—|－|-)+\s?(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:\s?[0-9]{1,2}[：:][0-9]{2})?)?",
    r"[0-9]{1,2}[时点]至[0-9]{1,2}[时点]",
    rf"每{_N}?\s?(?:个)?(?:半年|季度|学年|学期|年度|工作日|年|月|日|天|周|星期|季)(?:的[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?|的首月|的第[一二三四0-9]个月)?",
    r"按(?:年度|季度|月度|年|月|季(?!节)|周|日)(?=[^度份加处计连]|$)",
    r"(?:每|逐)(?:年|月|季|日|半年)",
    rf"不得?少于\s?{_N}\s?(?:个)?(?:工作日|小时|日|天|月|年)",
    rf"延长(?:至|不超过|期限不?(?:得)?超过)?\s?{_SPAN}",
    r"(?:于|在|自)?[0-9]{4}年[0-9]{1,2}月\s?[0-9]{1,2}日",
    r"第[0-9]{1,2}至[0-9]{1,2}年",
    r"(?:购房|退役|毕业|入学|申请|出让|投产)当年",
)
_ANY = re.compile("|".join(f"(?:{re.sub(r'[?]P<[a-z0-9]+>', '?:', pattern)})" for pattern in _PATTERNS))
_VALUE = re.compile(_SPAN)
_TRIM = re.compile(
    r"^(?:对(?=[0-9每])|凡在|至|确保|力争|争取|应当?|必须|须|要|并|于|在|将|且|和|或者|，|,|不得迟于|最迟|原则上|一般|通常|的|依法|可以?|延长(?:至|不超过)?|需|均|都|每人|及时|按规定|每人每户)+"
)
_INNER = re.compile(
    r".+(?=自[^，,]{2,40}之日起)|.*(?:要|应当?|须|可以?|并|申请|且|，)?(?:在|于)(?=.{2,}(?:之日|后|前))|.*(?:并在|要在|应在)"
)
_ATTRIBUTE = re.compile(r"期?间?出生|注册")
_MADE_PUBLIC = re.compile(r"）?[^，,。]{0,20}(?:通过|公布|发布|修订|修正|批准|印发|国务院令)")
_FULL_DAY = re.compile(r"[0-9]{4}年[0-9]{1,2}月\s?[0-9]{1,2}日$")
_CALENDAR = re.compile(
    r"(?:[0-9]{4}年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月\s?(?:[0-9]{1,2}日|底|末|初|份|中旬|上旬|下旬)|[0-9]{4}年(?:[0-9]{1,2}月|(?!内|以内)(?:底|末|初)?)"
)
_BOUND = re.compile(r"不(?:得)?(?:少于|超过|低于)|最长")
_QUALIFICATION = re.compile(r"周岁|学年制|以上学历|有期徒刑|年龄|工龄|经验|任期(?!届满)|有效期|岁以|货值")
_FREQUENCY = re.compile(
    rf"^(?:每|逐)(?P<n>(?!半){_N})?\s?(?:个)?(?P<unit>半年|季度|学年|学期|年度|工作日|年|月|日|天|周|星期|季)"
)
_PER = {
    "按年": "年",
    "按年度": "年",
    "按月": "月",
    "按月度": "月",
    "按季": "季度",
    "按季度": "季度",
    "按周": "周",
    "按日": "日",
}
_UNITS = {"天": "日", "自然日": "日", "个月": "月", "星期": "周", "季": "季度", "年度": "年", "学年": "年"}
_ANCHOR = re.compile(
    rf"^(?:自|从)?(?P<anchor>.{{1,60}}?)(?<!{_FIGURE})(?:之日)?(?:起|后|前|的)?满?(?=(?:的)?{_N}\s?(?:个)?(?:工作日|交易日|自然日|小时|日(?!起)|天|周|月|季度|年))"
)


def find_deadlines(text: str, start: int, end: int) -> Iterator[Deadline]:
    """Yield the time limits and frequencies of a stretch of a document, in text order."""
    words = text[start:end]
    for found in _ANY.finditer(words):
        first, last = found.span()
        if lead := _TRIM.match(found[0]):
            first += lead.end()
        shown = words[first:last].strip()
        if (
            not shown
            or _QUALIFICATION.search(words[first : last + 4])
            or _ATTRIBUTE.match(words, last)
            or not _measures(shown)
        ):
            continue
        if _FULL_DAY.search(shown) and _MADE_PUBLIC.match(words, last):
            continue  # the day of a document that is named
        first += len(words[first:last]) - len(words[first:last].lstrip())
        if inner := _INNER.match(shown):
            first, shown = first + inner.end(), shown[inner.end() :]
        yield _deadline(shown, start + first)


def _measures(shown: str) -> bool:
    return re.search(r"[0-9０-９〇零一二两三四五六七八九十半每按逐当底末]", shown) is not None


def _deadline(shown: str, start: int) -> Deadline:
    frequency = _FREQUENCY.match(shown)
    recurrence = _PER.get(shown)
    if frequency:
        unit = _unit(frequency["unit"])
        every = _number(frequency["n"]) if frequency["n"] else None
        recurrence = unit if every is None else f"{every:g}{unit}"
        return Deadline(shown, start, start + len(shown), recurrence=recurrence)
    value = next(reversed(list(_VALUE.finditer(_CALENDAR.sub("", shown)))), None)  # 自次月1日起3个月内: 3 个月
    anchor = None if _BOUND.match(shown) else _ANCHOR.match(shown)
    return Deadline(
        shown,
        start,
        start + len(shown),
        value=_number(value["value"]) if value else None,
        unit=_unit(value["unit"]) if value else None,
        anchor=anchor["anchor"].strip() if anchor and value else None,
        recurrence=recurrence,
    )


def _unit(word: str) -> str:
    word = word.removeprefix("个")
    return _UNITS.get(word, word)


def _number(word: str) -> float | None:
    if word == "半":
        return 0.5
    number = to_number(word.replace("两", "二"))
    return None if number is None else float(number)
