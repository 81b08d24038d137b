"""What a clause is for: purpose, scope, definition, principle, authority, norm, procedure, liability, supplementary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.norms import words
from tiaoli.records import Norm, NormKind

_PURPOSE = re.compile(r"^为了?.{4,}?(?:制定|制订|出台|提出|现就|结合)|(?:目的|目标)(?:是|为)?[。：:]?$")
_SCOPE = re.compile(r"适用(?:于)?本|本.{1,12}适用于|(?:适用)?范围[。：:]?$")
_DEFINITION = re.compile(r"是指|所称|以下简称.{0,40}是")
_PRINCIPLE = re.compile(r"(?:遵循|坚持|贯彻|以).{0,80}(?:原则|方针|为指导|导向)|^坚持")
_SUPPLEMENTARY = re.compile(
    r"起(?:施行|实施|执行|生效)|同时废止|有效期(?:为|至|限|[0-9一二三四五六七八九十两])|负责解释|从其规定|参照.{0,20}执行。?$"
)
_PENALTIES = re.compile(r"法律责任|罚则")
_BARE = {  # functions of clauses without norms
    "definition": _DEFINITION,
    "supplementary": _SUPPLEMENTARY,
    "purpose": _PURPOSE,
    "scope": _SCOPE,
}
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


def function_of(text: str, headings: Sequence[str], norms: Sequence[Norm], *, functions: bool) -> str:
    """Return the function of a clause by its words, the headings over it and its norms; `norm` where nothing tells another.

    `functions` says that it stands in a list of functions.
    """
    liable = sum(norm.kind is NormKind.LIABILITY for norm in norms)
    if 2 * liable > len(norms) or (liable and any(map(_PENALTIES.search, headings))):
        return "liability"
    if functions:
        return "authority"
    return _by_heading(headings, norms) or _by_words(text, norms) or _by_norms(headings, norms)


def _by_heading(headings: Sequence[str], norms: Sequence[Norm]) -> str | None:
    own = headings[-1] if headings else ""
    if _HEAD_PRINCIPLE.search(own):
        return "principle"
    if _HEAD_PURPOSE.search(own) and not any(norm.modal for norm in norms):
        return "purpose"
    return None


def _by_words(text: str, norms: Sequence[Norm]) -> str | None:
    if not norms and (name := next((name for name, pattern in _BARE.items() if pattern.search(text)), None)):
        return name
    forbids = all(norm.kind is NormKind.PROHIBITION for norm in norms)
    return "principle" if forbids and _PRINCIPLE.search(text) else None


def _by_norms(headings: Sequence[str], norms: Sequence[Norm]) -> str:
    """Return what most of the norms of a clause say: who is in charge, or steps; a heading over them must not speak of something else."""
    if is_slogan(headings):
        return "purpose"
    charges = sum(norm.modal == "负责" and norm.rule != "assignment" for norm in norms)
    decided = bool(norms) and all(norm.rule == "by" and norm.kind is NormKind.POWER for norm in norms)
    if (2 * charges > len(norms) or decided) and not any(norm.deadlines for norm in norms):
        return "authority"
    steps = sum(words.first("step", norm.text) is not None for norm in norms)
    headed = not headings or any(words.first("step", heading) for heading in headings[-2:])
    return "procedure" if headed and 2 * steps > len(norms) else "norm"


def is_slogan(headings: Sequence[str]) -> bool:
    """Tell whether a heading says that guiding thoughts or states to be reached stand below it, which bind nobody."""
    return any(_HEAD_SLOGAN.search(heading) for heading in headings)


def is_principle(headings: Sequence[str]) -> bool:
    """Tell whether principles stand below a heading: there only what a modal word says is a norm."""
    return any(_HEAD_PRINCIPLE.search(heading) for heading in headings)


def is_motto(text: str) -> bool:
    """Tell whether a sentence of a policy text only holds up guiding thoughts: 坚持问题导向，锐意进取."""
    return _MOTTO.match(text) is not None
