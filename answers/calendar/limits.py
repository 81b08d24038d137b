"""By when a norm is to be done: its time limits and frequencies as days, rules and periods, and those that are none of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from answers.calendar.limit_words import ends_with, first, says
from answers.calendar.time_limits import Aside, Limit, When
from answers.calendar.time_words import Expression, expressions, last_of, later, yearly
from tiaoli.lexicon import texts
from tiaoli.records import Deadline, DocType, Document, Norm, NormKind, Strength

_STATUTES = (
    DocType.LAW,
    DocType.ADMIN_REGULATION,
    DocType.SUPERVISION_REGULATION,
    DocType.LOCAL_REGULATION,
    DocType.DEPARTMENTAL_RULE,
    DocType.LOCAL_RULE,
)
_STOPS = re.compile("[，,。；;：:！？!?()（）]")
_BRACKETS = re.compile("[（(][^（）()]*[）)]")
_BEFORE = ("前", "之前", "以前")
_AFTER = ("起", "后", "之后", "以后", "以来")
_HAPPENS = re.compile(
    r"无|没有|未|曾|累计|连续|平均|被|受到|再次|又|每|发生|有(?!权)|[0-9一二两三]+次(?![性告])"
)  # what is counted
_LATER = re.compile(r"(?:零时|当[日天])?(?:起|之?后|以后)")
_BACKWARDS = re.compile("^对|^截至|^近|最近|此前|过去")  # 截至申请之日前二年内
_OBJECT, _AND = re.compile("对|凡|符合"), re.compile("[并且]")  # 对出售住房并在一年内买房的家庭
_TIMES = re.compile("[0-9一二两三四]次")
_CLOCK = re.compile(r"^[0-9一二三四五六七八九十]{1,3}[时点:：]")
_SUM = re.compile("[0-9一二三四五六七八九十百千万亿]元")
_SHARE = re.compile("按[^，,]{0,16}%")  # 土地出让保证金按50%确定
_ELIGIBLE = re.compile(
    "(?<!截止)(?<!申请)(?<!申报)(?<!报名)(?<!受理)(?<!完成)(?<!办结)(?:时间|日期)[^，,]{0,6}[在为于]$"
)
_NEAR, _FAR, _SOON = 12, 20, 40  # letters
_LIMITED = re.compile(r"(?:内|前)$|起(?:[0-9]+|[一二两三四五六七八九十百]+)个?(?:工作日|日|天|个月|月)$")
_LENGTH = re.compile(r"不得?(?:超过|少于|低于)|最长|延长|以上")
_NOT_LATER = re.compile(r"不得?(?:迟|晚)于$|(?:最|至)迟")
_SUCH = re.compile(r"(?<!时间)(?<!时限)(?<!期限)(?<!日期)[为是]$")  # 对象为2025年3月27日前…的
_OPTIONAL = ("可", "可以", "有权", "得", "得以")
_NO_FACT = re.compile(
    r"(?:于|在|每年|定为|为|应当?|须|要|将|力争|争取|确保|实现|完成)(?:.{0,4})$|^(?:到|力争|争取|确保)?$"
)
_GOAL = re.compile(r"(?:^|力争|争取|确保|要|应|到)到?$")
_IN_FORCE, _MADE_PUBLIC = ("施行", "实施", "生效", "执行"), ("公布", "发布", "印发", "下发", "出台")
_OWN = re.compile(
    rf"本(?:{'|'.join(texts('calendar', 'own'))})(?:正式)?(?P<event>{'|'.join(_IN_FORCE + _MADE_PUBLIC)})"
)
_SINCE_OWN = re.compile(r"之日起|后|起")
_YEARLY_WORK = re.compile(r"(?:上一?|下一?|本|次|当|各|年)年?度(?!末|底)|上年|次年|翌年|当年|全年|历年")
_NEXT_YEAR = ("次年", "翌年", "下一年", "下年")
_EACH_YEAR = re.compile(r"每年|每一?年度|按年|逐年|各年度|每个年度")
_EACH_MONTH = re.compile(r"每月|按月|上月|当月|月度|逐月")
_YEAR = re.compile(r"([12][0-9]{3})年")
_DELTAS = {"日": "days", "周": "weeks", "月": "months", "年": "years"}


class Read(NamedTuple):
    """What the times of a norm are: limits, and the words of those that are none with the reason."""

    whens: tuple[When, ...]
    aside: tuple[tuple[str, Aside], ...]


class _Place(NamedTuple):
    """Words of a norm around a time: the part of the sentence before and after it, and the parts that follow."""

    words: str  # the time itself
    before: str
    after: str
    stop: str  # that ends the part
    following: tuple[str, ...]
    in_brackets: bool

    @property
    def near(self) -> str:
        """The time with its part of the sentence, and the next part where the time stands alone before it."""
        return self.before + self.words + (self.after or "".join(self.following[:1]))


def read_limits(norm: Norm, document: Document, clause_before: str = "", *, named: bool = False) -> Read:
    """Return the limits of a norm; every time limit that was extracted gives a limit or a reason why it is none.

    `document` tells the year of 今年底前 and the day of 本办法施行之日; `clause_before` is what its clause says before it,
    and `named` whether its bearers are bodies.
    """
    return _Reader(norm, document, clause_before, named=named).read()


class _Reader:
    """Reads the times of one norm."""

    def __init__(self, norm: Norm, document: Document, clause_before: str, *, named: bool) -> None:
        self.norm, self.document, self.clause_before, self.named = norm, document, clause_before, named
        kept = [(at, letter) for at, letter in enumerate(norm.text) if not letter.isspace()]
        self.text = "".join(letter for _, letter in kept)
        self.places = [norm.start + at for at, _ in kept]
        self.found = list(_joined(self.text, list(expressions(self.text))))
        condition = "".join((norm.condition or "").split()).rstrip("，,")
        at = self.text.find(condition) if condition.endswith("的") else -1
        self.condition = (at, at + len(condition)) if at >= 0 else (0, 0)

    def read(self) -> Read:
        whens: list[When] = []
        aside: list[tuple[str, Aside]] = []
        done: set[Expression] = set()
        for deadline in self.norm.deadlines:
            start, end = self._within(deadline)
            inside = self._with_joint([one for one in self.found if one.start < end and start < one.end])
            running = self._is_running(deadline, inside)
            for one in () if running else inside:
                if one not in done:
                    done.add(one)
                    self._take(self._expression(one), one.words, whens, aside)
            if running or not inside:
                self._take(self._running(deadline, start, end), deadline.text, whens, aside)
        return Read(tuple(_merged(whens)), tuple(aside))

    def _take(self, got: When | Aside, words: str, whens: list[When], aside: list[tuple[str, Aside]]) -> None:
        if isinstance(got, When):
            whens.append(got)
        else:
            aside.append((words, got))

    def _within(self, deadline: Deadline) -> tuple[int, int]:
        """The place of a time limit in the text without blanks."""
        inside = [n for n, at in enumerate(self.places) if deadline.start <= at < deadline.end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def _with_joint(self, inside: list[Expression]) -> list[Expression]:
        """Those expressions with the others of their list: 每年六月底、十二月底以前 may have been found as one time limit."""
        for before, one in pairwise(self.found):
            if before in inside and one not in inside and before.rule and _is_joint(self.text, before, one):
                inside.append(one)
        return inside

    def _is_running(self, deadline: Deadline, inside: Sequence[Expression]) -> bool:
        """Whether so many days from an event are meant, though a calendar word may stand in it: 自次月1日起三个月内."""
        end = self._within(deadline)[1]
        return deadline.value is not None and not any(one.every or one.end >= end for one in inside)

    # --- of what kind -------------------------------------------------------------------------------------------------

    def _expression(self, one: Expression) -> When | Aside:
        place = self._place(one.start, one.end)
        if one.edge in _AFTER or _LATER.match(place.after):
            return Aside.START
        if (why := self._unbound(place)) or (
            why := self._elsewhere(one.start, one.end, place, lasting=one.point is not None)
        ):
            return why
        if one.every and one.point is None:
            return self._frequency_aside(one, place) or self._frequency(one)
        if one.point is None:
            return self._frequency(one) if one.every else Aside.MENTIONED
        return self._calendar_aside(one, place) or self._calendar(one)

    def _unbound(self, place: _Place) -> Aside | None:
        """Why a norm binds nobody to do something; None where it may."""
        norm, modal = self.norm, self.norm.modal or ""
        if norm.kind is NormKind.RIGHT and not self._orders_first(place):
            return Aside.RIGHT
        if norm.kind is NormKind.LIABILITY:
            return Aside.LIABILITY
        if norm.strength is Strength.ENCOURAGED and modal in place.near + "".join(place.following):
            return Aside.ENCOURAGED
        if self._is_forbidden(place):
            return Aside.BAN
        if norm.kind is NormKind.POWER and modal in _OPTIONAL and modal in place.near:
            return Aside.OPTIONAL
        return None

    def _is_forbidden(self, place: _Place) -> bool:
        """Whether what is said of a time is that something must not be done in it."""
        if _NOT_LATER.search(place.before):
            return False
        soon = first("ban", place.after[:_FAR])
        if (soon is not None and soon <= _NEAR) or "禁止" in place.words:
            return True
        if self.norm.kind is not NormKind.PROHIBITION or not self.norm.modal:
            return False
        if not place.after or place.after.startswith(("或", "、")):
            rest = "".join(place.following)
            forbidden, ordered = first("ban", rest), first("order", rest)
            return forbidden is not None and (ordered is None or forbidden < ordered)
        head = place.following[0] if place.following else ""
        beside = place.before + (place.after or head)
        return self.norm.modal in beside or head.startswith(self.norm.modal)

    def _orders_first(self, place: _Place) -> bool:
        """Whether the words around a time order before they permit: 三日以内，应当告知其有权委托诉讼代理人."""
        around = place.before + place.after + "".join(place.following)
        ordering, permitting = first("order", around), first("permit", around)
        if ordering is not None:
            return permitting is None or ordering < permitting
        return not says("permit", self.text)

    def _elsewhere(self, start: int, end: int, place: _Place, *, lasting: bool = True) -> Aside | None:
        """Whether a time belongs to a condition, an object or (unless it is not `lasting`) a period, not to what is to be done."""
        if self.condition[0] <= start and end <= self.condition[1]:
            return Aside.CONDITION
        ordered = self._is_ordered(place.before)
        if place.after.startswith(("的", "已", "年满")) or place.before.endswith(("将", "把", "确定", "核定")):
            return Aside.CONDITION
        if place.after.endswith("的") and place.stop in ("，", ",", "（", "(", "") and not ordered:
            return Aside.CONDITION
        if (
            not place.after
            and place.following
            and place.following[0].endswith("的")
            and not ordered
            and not _goal(place)
            and not any(first("order", part) == 0 for part in place.following[1:2])
        ):
            return Aside.CONDITION
        if _OBJECT.match(place.before) and not ordered and ("的" in place.after or _AND.search(place.before)):
            return Aside.CONDITION
        around = place.before + (place.after or "".join(place.following[:1])[:_NEAR])
        if lasting and not ordered and says("duration", around):
            return Aside.DURATION
        if ends_with("since", place.before) and not _GOAL.search(place.before):
            return Aside.CONDITION
        return None

    def _is_ordered(self, before: str) -> bool:
        modal = self.norm.modal
        return says("order", before) or (modal is not None and modal in before)

    # --- frequencies --------------------------------------------------------------------------------------------------

    def _frequency_aside(self, one: Expression, place: _Place) -> Aside | None:
        if _CLOCK.match(place.after):
            return Aside.MENTIONED
        around = place.before + place.after
        if _SUM.search(around) or says("rate", around):
            return Aside.RATE
        done = first("order", place.after) == 0 or says("again", place.after) or _TIMES.search(place.after) is not None
        if not (done or self._is_ordered(place.before) or self._behind_bearer(one.start) or _opens(place.before)):
            return Aside.CONDITION
        return None

    def _behind_bearer(self, at: int) -> bool:
        """Whether a time stands soon behind a bearer: 市民政局每年…."""
        place = self.places[at]
        gap = 6
        return any(0 <= place - bearer.end <= gap for bearer in self.norm.bearers if not bearer.inherited)

    def _before_body(self, at: int) -> bool:
        """Whether a body follows that is to act until then: 2027年1月15日前，市民政局…."""
        place = self.places[at - 1] + 1
        return self.named and any(0 <= bearer.start - place <= 1 for bearer in self.norm.bearers)

    def _frequency(self, one: Expression) -> When:
        return self._when(one, Limit.RECURRING, rule=one.rule, every=one.every, note=one.note)

    # --- days ---------------------------------------------------------------------------------------------------------

    def _calendar_aside(self, one: Expression, place: _Place) -> Aside | None:
        """Why a day is none by which something is to be done; None where it is one."""
        if place.after.startswith(("为", "是", "“")) or (place.in_brackets and not place.before):
            return Aside.MENTIONED
        if one.edge == "止":
            return Aside.DURATION
        if one.year and (_ELIGIBLE.search(place.before) or (one.edge in _BEFORE and _SUCH.search(place.before))):
            return Aside.CONDITION
        return None if one.every or one.near else self._single_aside(one, place)

    def _single_aside(self, one: Expression, place: _Place) -> Aside | None:
        """Why a day of one year, or without a year, is none by which something is to be done."""
        ordered = self._is_ordered(place.before) or self._behind_bearer(one.start) or self._before_body(one.end)
        if self._is_past(one):
            return Aside.CONDITION if one.edge else Aside.MENTIONED
        if not ordered and self._is_benefit(place):
            return Aside.DURATION
        if one.edge in _BEFORE:
            return None
        if one.opening and not one.words.endswith(("月", "份", "季度", "年")):
            return None if ordered else Aside.DURATION
        if one.words[-1] in "底末季年旬月份" or place.after.startswith(("底", "末")):
            return None if ordered or _opens(place.before) else Aside.MENTIONED
        told = one.year is not None and not self._is_ordered(place.before)
        return None if ordered and _NO_FACT.search(place.before) and not told else Aside.MENTIONED

    def _is_benefit(self, place: _Place) -> bool:
        """Whether what follows grants something for a time: 2025年底前，对…给予补贴."""
        words = (place.after + "，".join(place.following))[:_SOON]
        return _SHARE.search(words) is not None or says("benefit", words)

    def _is_past(self, one: Expression) -> bool:
        """Whether a day lies before its document: then it is told, not ordered."""
        made = _made(self.document)
        day = last_of(one.year, one.point) if one.year and one.point else None
        return made is not None and day is not None and day < made

    def _calendar(self, one: Expression) -> When | Aside:
        assert one.point is not None
        if one.rule is not None:
            return self._when(one, Limit.RECURRING, rule=one.rule, every=one.every, note=one.note)
        if one.every is not None:
            return self._when(one, Limit.RECURRING, every=one.every, note=one.note)
        if one.year is None and (again := self._again(one)) is not None:
            return again
        year, note = (one.year, "") if one.year else self._guessed_year(one)
        day = last_of(year, one.point) if year else None
        opens = self._opening(one, year) if day and year else None
        return self._when(one, Limit.FIXED, day=day, opens=opens, note="；".join(filter(None, (note, one.note))))

    def _again(self, one: Expression) -> When | None:
        """Return a limit without a year as one that returns, where the words around say so."""
        assert one.point is not None
        earlier = self.text[: one.start]
        rule = yearly(one.point)
        if rule.startswith("FREQ=MONTHLY"):
            if not _EACH_MONTH.search(self.text):
                return None
            return self._when(one, Limit.RECURRING, rule=rule, every="月", note=one.note)
        if one.near in ("今年", "本月", "当月", "次月", "下月", "下个月", "明年", "来年"):
            return None
        if _EACH_YEAR.search(earlier):
            return self._when(one, Limit.RECURRING, rule=rule, every="年", note=one.note)
        around = self.text[: one.start] + "，" + self.text[one.end :]
        if (_YEARLY_WORK.search(around) or one.near.startswith(_NEXT_YEAR)) and not _YEAR.search(self.text):
            note = "没有写“每年”，因所涉是年度工作，按每年一次计"
            return self._when(one, Limit.RECURRING, rule=rule, every="年", note=note)
        return None

    def _guessed_year(self, one: Expression) -> tuple[int | None, str]:
        """Return the year that a day without one means, and why; None where nothing tells it."""
        if one.near in ("次月", "下月", "下个月", "当月", "本月", "同年") or (one.point and one.point.month is None):
            return None, "没有写明是哪一年、哪一月"
        moved = later(one.near)
        for words in (self.text[: one.start], self.clause_before):
            if years := _YEAR.findall(words):
                return int(years[-1]) + moved, "年份取自上文"
        made = _made(self.document)
        if made is None or self.document.doc_type in _STATUTES:
            return None, "没有写明是哪一年"
        if not one.near and one.point and (day := last_of(made.year, one.point)) and day < made:
            moved = 1
        return made.year + moved, "没有写年份，按成文日期推定"

    def _opening(self, one: Expression, year: int) -> date | None:
        if one.opening is None:
            return None
        began, point = one.opening
        return last_of(began or year, point)

    # --- so many days -------------------------------------------------------------------------------------------------

    def _running(self, deadline: Deadline, start: int, end: int) -> When | Aside:
        place = self._place(start, end)
        words = self.text[start:end]
        if why := self._unbound(place):
            return why
        if deadline.recurrence or deadline.value is None:
            return Aside.MENTIONED
        if _NOT_LATER.search(place.before):
            pass
        elif _LENGTH.search(words) or place.before.endswith("延长"):
            handled = says("handling", place.before)
            if "延长" in words + place.before or not handled or "少于" in words:
                return Aside.LENGTH
        elif not _LIMITED.search(words):
            return Aside.LENGTH
        if why := self._elsewhere(start, end, place):
            return why
        if _HAPPENS.match(place.after) or _BACKWARDS.search(words):
            return Aside.CONDITION
        return self._from_own_day(deadline, words) or When(
            Limit.RUNNING,
            deadline.text,
            deadline.start,
            deadline.end,
            value=deadline.value,
            unit=deadline.unit,
            anchor=deadline.anchor,
        )

    def _from_own_day(self, deadline: Deadline, words: str) -> When | None:
        """Return 本办法施行之日起三十日内 as a day, where the document says from when it is in force."""
        own = _OWN.search(words)
        if own is None or deadline.unit not in _DELTAS or not _SINCE_OWN.match(words, own.end()):
            return None
        in_force = own["event"] in _IN_FORCE
        began = self.document.effective if in_force else self.document.promulgated
        if began is None or deadline.value is None or not deadline.value.is_integer() or self._is_later_version():
            return None
        day = began + relativedelta(**{_DELTAS[deadline.unit]: int(deadline.value)})
        note = f"自本文件{own['event']}之日（{began.year}年{began.month}月{began.day}日）起算"
        return When(Limit.FIXED, deadline.text, deadline.start, deadline.end, day=day, note=note)

    def _is_later_version(self) -> bool:
        """Whether the document was promulgated anew after it came into force: its first days are not known then."""
        promulgated, effective = self.document.promulgated, self.document.effective
        return promulgated is not None and effective is not None and effective < promulgated

    # --- places -------------------------------------------------------------------------------------------------------

    def _place(self, start: int, end: int) -> _Place:
        head, rest = (_BRACKETS.sub("", part) for part in (self.text[:start], self.text[end:]))
        stops = _STOPS.findall(head)
        after, *following = _STOPS.split(rest)
        return _Place(
            self.text[start:end],
            _STOPS.split(head)[-1],
            after.removeprefix("期间"),
            next(iter(_STOPS.findall(rest)), ""),
            tuple(following),
            bool(stops) and stops[-1] in "(（",
        )

    def _when(self, one: Expression, kind: Limit, **fields: object) -> When:
        start, end = self.places[one.start], self.places[one.end - 1] + 1
        return When(kind, one.words, start, end, **fields)  # type: ignore[arg-type]


def _opens(before: str) -> bool:
    """Whether a time begins a part of a sentence, but for words that lead in."""
    return (
        re.fullmatch(r"(?:并|且|同时|原则上|一般|至少|于|在|力争|争取|确保|到|定期|也|还|由[^，]{2,20})*", before)
        is not None
    )


def _goal(place: _Place) -> bool:
    """Whether what follows a time at the head of a sentence is a group that is treated: 6月底前，对符合条件的，…."""
    return place.following[0].startswith(("对", "凡", "符合", "属于"))


def _made(document: Document) -> date | None:
    return document.promulgated or document.adopted or document.effective


def _joined(text: str, found: Sequence[Expression]) -> Iterator[Expression]:
    """Yield expressions; those of a list share what is said once: 每年6月底、12月底前."""
    for n, one in enumerate(found):
        rest = found[n + 1 :]
        before = found[n - 1] if n else None
        joined = one
        if not one.edge and rest and _is_joint(text, one, rest[0]) and one.point:
            joined = replace(joined, edge=rest[0].edge)
        if before is not None and before.point and one.point and _is_joint(text, before, one):
            joined = _inheriting(joined, before)
        yield joined


def _is_joint(text: str, one: Expression, other: Expression) -> bool:
    return text[one.end : other.start] in ("、", "和", "及", "以及", "或", "或者", "与")


def _inheriting(one: Expression, before: Expression) -> Expression:
    if one.every or one.year or one.near or one.point is None:
        return one
    if before.every and before.rule:
        return replace(one, every=before.every, rule=yearly(one.point))
    return replace(one, year=before.year, near=before.near)


def _merged(whens: Sequence[When]) -> Iterator[When]:
    """Yield limits without a frequency that only opens one with a day: 每年 … 于3月底前."""
    for one in whens:
        fuller = one.kind is Limit.RECURRING and one.rule is None and not one.note
        if fuller and any(
            o.kind is Limit.RECURRING and o.rule and o.every == one.every and o is not one for o in whens
        ):
            continue
        yield one
