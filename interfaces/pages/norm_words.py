"""How the fields of norms are put into Chinese words on the pages and in the tables that leave them."""

from __future__ import annotations

from collections.abc import Iterable

from tiaoli.decided import PERSON
from tiaoli.records import Amount, Deadline, Norm, NormKind, Strength

KINDS = {
    NormKind.DUTY: "义务",
    NormKind.PROHIBITION: "禁止",
    NormKind.POWER: "职权",
    NormKind.RIGHT: "权利",
    NormKind.LIABILITY: "法律责任",
}
STRENGTHS = {
    Strength.MANDATORY: "必须遵守",
    Strength.DIRECTIVE: "一般要求",
    Strength.ENCOURAGED: "鼓励、提倡",
}
FUNCTIONS = {
    "purpose": "目的",
    "scope": "适用范围",
    "definition": "定义",
    "principle": "原则",
    "authority": "职责",
    "norm": "规范",
    "procedure": "程序",
    "liability": "法律责任",
    "supplementary": "附则",
}
_RULES = {
    "modal": "规范词",
    "predicate": "没有规范词，按谓语判断",
    "by": "“由……”句式",
    "consequence": "违法后果的写法",
    "other": "没有规范词，按上下文判断",
    "adjunct": "附带的要求",
    "row": "清单中栏目的名称",
    "function": "职责条款的标题或引导语",
    "assignment": "条款末尾注明的责任单位",
    PERSON: "人工核对",
}
_SURE, _FAIRLY_SURE = 0.9, 0.7
_UNITS = {"日": "日", "工作日": "个工作日", "交易日": "个交易日", "月": "个月", "年": "年", "小时": "小时"}


def strength(norm: Norm) -> str:
    """How strictly a norm binds, with the word that says so; empty where neither is known.

    >>> strength(Norm("n", "c", "d", 0, 1, "x", NormKind.DUTY, Strength.MANDATORY, "应当"))
    '必须遵守（“应当”）'
    """
    how = STRENGTHS[norm.strength] if norm.strength else ""
    if not norm.modal:
        return how
    return f"{how}（“{norm.modal}”）" if how else f"“{norm.modal}”"


def rule(norm: Norm) -> str:
    """What a norm was found by; the name of the rule itself where it has no words of its own."""
    found = _RULES.get(norm.rule, norm.rule)
    return f"{found}“{norm.modal}”" if norm.rule == "modal" and norm.modal else found


def certainty(norm: Norm) -> str:
    """How far a norm can be relied on, in words and as the share of such norms that are right in annotated clauses.

    >>> certainty(Norm("n", "c", "d", 0, 1, "x", NormKind.DUTY, confidence=0.93))
    '把握较大：核对过的同类中约 93% 正确'
    """
    if norm.rule == PERSON:
        return "有人核对过"
    if not norm.confidence:
        return "没有测定过准确率，请核对"
    share = f"核对过的同类中约 {norm.confidence:.0%} 正确"
    if norm.confidence >= _SURE:
        return f"把握较大：{share}"
    return f"把握一般：{share}" if norm.confidence >= _FAIRLY_SURE else f"把握不大，请核对：{share}"


def checked(norm: Norm) -> str:
    """Whether a person vouches for a norm; empty where none does."""
    return "已核对" if norm.rule == PERSON else ""


def limit(deadline: Deadline) -> str:
    """A time limit as written and what it says.

    >>> limit(Deadline("自受理之日起二十日内", 0, 10, 20, "日", "受理"))
    '自受理之日起二十日内（20 日，自“受理”起算）'
    """
    said = []
    if deadline.value is not None and deadline.unit:
        said.append(f"{deadline.value:g} {_UNITS.get(deadline.unit, deadline.unit)}")
    if deadline.anchor:
        said.append(f"自“{deadline.anchor}”起算")
    if deadline.recurrence:
        said.append(
            f"每 {deadline.recurrence}一次" if deadline.recurrence[0].isdecimal() else f"每{deadline.recurrence}"
        )
    return deadline.text + (f"（{'，'.join(said)}）" if said else "")


def amount(found: Amount) -> str:
    """A sum, multiple or share as written and its bounds.

    >>> amount(Amount("五千元以上五万元以下", 0, 10, 5000, 50000, "元"))
    '五千元以上五万元以下（5,000—50,000 元）'
    """
    low, high = (None if bound is None else f"{bound:,.12g}" for bound in (found.low, found.high))
    if low is None and high is None:
        return found.text
    if low is None:
        bounds = f"不超过 {high} "
    elif high is None:
        bounds = f"不低于 {low} "
    else:
        bounds = f"{low} " if low == high else f"{low}—{high} "
    return f"{found.text}（{bounds}{found.unit}）"


def joined(words: Iterable[str]) -> str:
    """Several words in one line.

    >>> joined(["甲", "乙"])
    '甲、乙'
    """
    return "、".join(words)
