"""机构: bodies that were abolished, merged or renamed and that a document still names, or that issued it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from answers.cleanup.case import Case, Known
from answers.cleanup.records import Act, Finding
from answers.cleanup.words import any_of, former
from graph.bodies import body_names
from tiaoli.provisions import STATE
from tiaoli.records import Kind, Mention
from tiaoli.renamed_bodies import Successor, successors

_FRAME = (Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING)  # tell who issued it
_NEAR = 14  # characters before a name
_ISSUED = re.compile(
    rf"\s*(?:令|公告|文件|第?[0-9〇一二三四五六七八九十]+号|第[0-9一二三四五六七八九十]+次|(?:、?[^，。；]{{0,24}}?[0-9〇○一二三四五六七八九十]日)?[^，。；]{{0,8}}?(?:{any_of('issued')})|《)"
)
_JOINT = re.compile(r"[和与]$")  # 文化体育广播电视和|旅游局: the end of one name
_BODY_BEFORE = re.compile(r"(?:局|委|部|办|厅|院|会|府|单位|机构|部门|中心|行|队|署|站|所)[和与]$")
_TITLED = re.compile(r"《[^《》]*$")
_OPEN = re.compile(r"^[^《》]*》")


def findings(case: Case, _: Known) -> Iterator[Finding]:
    """Yield a finding for each former body, once for each clause; and one where the issuer itself is a former body."""
    seen: set[tuple[str, str]] = set()
    for mention in case.mentions:
        chain = _chain(mention.name, case.day)
        clause = case.by_id.get(mention.clause_id)
        if not chain or clause is None or clause.kind in _FRAME or (mention.clause_id, mention.name) in seen:
            continue
        if _names_it(case, mention):
            seen.add((mention.clause_id, mention.name))
            span = (mention.start, mention.end)
            yield case.finding("O1", clause, span, _reason(mention.name, chain), act=_act(chain))
    yield from _issuers(case)


def _issuers(case: Case) -> Iterator[Finding]:
    for name in body_names(case.document.issuer):
        if chain := _chain(name, case.day):
            reason = f"制定机关{_reason(name, chain)}由继续行使其职权的机关清理。"
            yield case.of_title("O2", reason, act=_act(chain))


@cache
def _chain(name: str, day: date) -> tuple[Successor, ...]:
    """The bodies that followed one of that name until `day`."""
    return tuple(one for one in successors(name) if one.since <= day.isoformat())


def _reason(name: str, chain: tuple[Successor, ...]) -> str:
    first, last = chain[0], chain[-1]
    notes = "；".join(dict.fromkeys(one.note for one in chain if one.note))
    after = f"，现为{last.name}" if last is not first else ""
    return f"“{name}”{first.since[:4]}年改为{first.name}{after}{f'（{notes}）' if notes else ''}。"


def _act(chain: tuple[Successor, ...]) -> Act:
    return Act(chain[0].source, chain[0].since)


def _names_it(case: Case, mention: Mention) -> bool:
    """Whether a document names a body as one that acts: not within a title, nor as 原…局, nor by 本局 or 主管机关."""
    before = case.text[max(0, mention.start - 80) : mention.start]
    after = case.text[mention.end : mention.end + 80]
    if _TITLED.search(before) and _OPEN.search(after):
        return False
    past = (
        re.match(former(), mention.text)
        or re.search(rf"{former()}(?:[^，。；、]{{0,8}}、)?$", before[-_NEAR:])
        or _ISSUED.match(after)
    )
    part = _JOINT.search(before) and not _BODY_BEFORE.search(before)
    return not past and not part and _shortens(mention.text.removeprefix(STATE), mention.name)


def _shortens(words: str, name: str) -> bool:
    """Whether words are a name or a short form of it: all their letters stand in it in their order.

    >>> _shortens("县卫计委", "江川县卫生和计划生育委员会"), _shortens("主管机关", "国家海洋局")
    (True, False)
    """
    letters = iter(name)
    return all(letter in letters for letter in words)
