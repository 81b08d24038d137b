"""What a lead-in or a heading says to the clauses below it: 应当具备下列条件：, 履行下列职责：, 主要职责."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.norms.parties import Name, ends_in_head, names_at_start, tokens
from tiaoli.records import Bearer, Clause, Norm, NormKind, Strength


@dataclass(frozen=True, slots=True)
class Lead:
    """What the items below take over."""

    kind: NormKind | None = None
    strength: Strength | None = None
    bearers: tuple[Bearer, ...] = ()
    acts: bool = True  # the items are acts or requirements, not things or cases
    functions: bool = False  # the items are functions of a body: each part between semicolons is one


_CASES = re.compile(
    r"(?:情形|行为|情况|条件)之一|(?:下列|以下)[^，,。：:]{0,10}(?:情形|情况|材料|信息|内容|事项|文件|资料|因素|原则|方面|证件|数据|物品|对象|范围|人员|单位|项目|问题|标准)|包括[：:]$|如下[：:]$|(?:情形|材料|内容|事项|信息|资料|原则|问题|标准)[：:]$"
)
_THINGS = re.compile(
    r"(?:下列|以下)(?![^，,。：:]{0,8}行为)[^，,。：:]{2,14}(?:不得|不予|禁止|可以?|应当?|免|享受|属于|受)"
)  # 下列进项税额不得抵扣
_FORBIDDEN_ACTS = re.compile(r"(?:不得|禁止|严禁|不准)[^，,]{0,20}(?:下列|以下)[^，,]{0,6}行为")
_FUNCTIONS = re.compile(
    r"(?:主要|具体|工作|法定|岗位)?(?:职责|职权|职能|任务)(?:是|有|为|如下|包括|分工)?[：:]?$|(?:职责|职权|职能|任务)$|行使下列|履行下列|以下职[责权]|下列职[责权]"
)
_SUBJECT = re.compile(r"^(?P<who>.{2,30}?)(?:的)?(?:主要|具体)?(?:职责|职权|职能|任务)")
_HEADING_FUNCTIONS = re.compile(r"(?:职责|职权|职能)(?:分工|范围|依据|分解|和任务|与任务)?[。：:]?$")
_HEADING_TASK = re.compile(r"转变|履行|理顺|加快|强化|推进|明确|落实|优化|完善|整合|划分|认真|切实|发挥")
_HEADING_LONGEST = 40
_OTHER = re.compile(
    r"^(?:法律|国务院|国家|本[办条法]|省|市|有关)?.{0,24}(?:规定|约定|交办|要求|认为|需要).{0,8}其他|^其他"
)
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[.、．])")


def ends_as_lead(text: str) -> bool:
    """Tell whether a clause introduces what stands below it."""
    return text.rstrip().endswith(("：", ":"))


def lead_of(clause: Clause, norms: Sequence[Norm]) -> Lead:
    """Return what a lead-in says to its items, given the norms that it holds itself."""
    last = norms[-1] if norms else None
    words = clause.text.rstrip()
    sentence = re.split(r"[。；;，,]", words.rstrip("：:"))[-1]
    if _FUNCTIONS.search(words) or _FUNCTIONS.search(sentence):
        named = _SUBJECT.match(sentence)
        names = [Name(0, 0, named["who"])] if named and ends_in_head(named["who"]) else names_at_start(sentence)
        base = clause.end - len(clause.text.rstrip()) + max(0, words.rfind(sentence))
        bearers = tuple(
            Bearer(n.text, base + n.start, base + (n.end or n.start + len(n.text)), inherited=True) for n in names
        )
        return Lead(NormKind.POWER, None, bearers or (last.bearers if last else ()), functions=True)
    acts = not (_CASES.search(words) or _THINGS.search(words)) or _FORBIDDEN_ACTS.search(words) is not None
    if last is None:
        return Lead(acts=acts)
    bearers = tuple(Bearer(b.name, b.start, b.end, True, b.body_id) for b in last.bearers)
    kind = last.kind if last.kind is not NormKind.LIABILITY else None
    return Lead(kind, last.strength, bearers, acts)


def lead_of_heading(heading: str) -> bool:
    """Tell whether a heading says that functions of a body stand below it."""
    listed = len(heading) <= _HEADING_LONGEST and _HEADING_FUNCTIONS.search(heading) is not None
    return listed and _HEADING_TASK.search(heading) is None


def body_of_heading(heading: str) -> str | None:
    """Return the body that a heading is the name of: 1.药品注册处."""
    name = _NUMBERED.sub("", heading).strip("。：: ")
    return name if 2 <= len(name) <= 30 and ends_in_head(name) and "，" not in name else None


def is_other(text: str) -> bool:
    """Tell whether an item only closes a list: 其他…的情形, 法律规定的其他条件."""
    return _OTHER.search(text) is not None


def is_mere_thing(text: str) -> bool:
    """Tell whether an item only names things: 注册登记、备案信息; 法律规定的其他条件."""
    return is_other(text) or not any(t.tag.startswith("v") or t.is_verb for t in tokens(text))
