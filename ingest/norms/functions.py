"""What a clause is for: purpose, scope, definition, principle, authority, norm, procedure, liability, supplementary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaoli.records import Norm, NormKind

_PURPOSE = re.compile(r"^为了?.{4,}?(?:制定|制订|出台|提出|现就|结合)|(?:目的|目标)(?:是|为)?[。：:]?$")
_SCOPE = re.compile(r"适用(?:于)?本|本.{1,12}适用于|(?:适用)?范围[。：:]?$")
_DEFINITION = re.compile(r"是指|所称|以下简称.{0,40}是")
_PRINCIPLE = re.compile(r"(?:遵循|坚持|贯彻|以).{0,80}(?:原则|方针|为指导|导向)|^坚持")
_SUPPLEMENTARY = re.compile(
    r"起(?:施行|实施|执行|生效)|同时废止|有效期(?:为|至|限|[0-9一二三四五六七八九十两])|负责解释|从其规定|参照.{0,20}执行。?$"
)
_STEPS = re.compile(
    r"申请|受理|审查|审核|送达|听证|立案|备案|登记|答复|告知|公示|回避|延长|补正|期限|程序|调查|取证|决定|办理|报送|材料|考核|评估"
)
_HEAD_PURPOSE = re.compile(
    r"(?:工作|基本|总体|主要|发展|行动)?目标(?:任务)?[。：:]?$|总体要求[。：:]?$|^.{0,6}意义[。：:]?$"
)
_HEAD_PRINCIPLE = re.compile(r"指导思想|(?:基本|工作|总体)?原则[。：:]?$|总体思路|^坚持.{2,14}[。：:]?$|基本方针")
_HEAD_SLOGAN = re.compile(
    r"指导思想|(?:工作|基本|总体|主要|发展|行动)目标[。：:]?$|^目标[。：:]?$|总体思路|工作(?:回顾|总结|成效)|主要成(?:绩|效)|取得.{0,8}(?:成效|突破|进展|成绩)|(?:出台|制定|修订|起草)?(?:的)?(?:背景|必要性|过程|说明)[。：:]?$|基本情况[。：:]?$|^.{0,8}现状|形势(?:与|和)?"
)

_MOTTO = re.compile(
    r"(?:坚持(?!.{0,16}制度)|高举|锐意|奋力|牢记|始终坚持|全面贯彻(?:落实)?(?:党|习近平)|深入(?:学习)?贯彻(?:落实)?(?:党|习近平)|以习近平|以邓小平|牢固树立.{0,20}(?:意识|理念|观念|思想))"
)


def function_of(text: str, headings: Sequence[str], norms: Sequence[Norm], *, functions: bool) -> str | None:
    """Return the function of a clause by its words, the headings over it and its norms; None where nothing tells."""
    if any(norm.kind is NormKind.LIABILITY for norm in norms):
        return "liability"
    if functions:
        return "authority"
    own = headings[-1] if headings else ""
    if _HEAD_PRINCIPLE.search(own):
        return "principle"
    if _HEAD_PURPOSE.search(own) and not any(n.modal for n in norms):
        return "purpose"
    for name, pattern in (
        ("definition", _DEFINITION),
        ("supplementary", _SUPPLEMENTARY),
        ("purpose", _PURPOSE),
        ("scope", _SCOPE),
    ):
        if pattern.search(text) and not norms:
            return name
    if _PRINCIPLE.search(text) and all(norm.kind is NormKind.PROHIBITION for norm in norms):
        return "principle"
    if not norms:
        return None
    if any(norm.modal == "负责" for norm in norms) and not any(norm.deadlines for norm in norms):
        return "authority"
    steps = sum(1 for norm in norms if norm.deadlines or _STEPS.search(norm.text))
    return "procedure" if 2 * steps > len(norms) else "norm"


def is_slogan(headings: Sequence[str]) -> bool:
    """Tell whether a heading says that guiding thoughts or states to be reached stand below it, which bind nobody."""
    return any(_HEAD_SLOGAN.search(heading) for heading in headings)


def is_principle(headings: Sequence[str]) -> bool:
    """Tell whether principles stand below a heading: there only what a modal word says is a norm."""
    return any(_HEAD_PRINCIPLE.search(heading) for heading in headings)


def is_motto(text: str) -> bool:
    """Tell whether a sentence of a policy text only holds up guiding thoughts: 坚持问题导向，锐意进取."""
    return _MOTTO.match(text) is not None
