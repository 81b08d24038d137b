"""G2 有职责无主体: public duties whose bearer neither the article, its headings, a bracket nor the addressees tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from answers.gaps.findings import Finding, FindingKind, of_norms, quote
from answers.gaps.opened import Opened
from answers.gaps.words import pattern
from tiaoli.body_kinds import is_public
from tiaoli.records import Clause, DocType, Kind, Norm, NormKind, Strength

KIND = FindingKind(
    "G2",
    "有职责无主体",
    "只有机关才能履行的职责（公布、划定、受理、给予补偿等）没有写由谁承担；"
    "或者文件的任务大多标明责任单位，而这一项没有标。",
    "条、引导语、标题、责任单位括注、主送机关中任何一处说明了主体的，不算；物的要求（“设施应当牢固”）、"
    "目标、原则、施行日期不是职责。",
)
_CONFIDENCE = 0.95
_FEWEST, _MOST_LEFT = 5, 0.5  # units with a responsible body; the share that may lack one
_NO_BODY = "其他"
_BODIES = ("部门", "政府", "内设机构", "事业单位")
_PARTS = re.compile(r"[，,。；;：:]")


def bearerless(opened: Opened) -> Iterator[Finding]:
    """Yield public duties without a bearer, one finding an article or unit."""
    if opened.document.doc_type in (DocType.POWERS_LIST, DocType.OTHER):
        return
    if any(clause.kind is Kind.ARTICLE for clause in opened.clauses):
        yield from _in_articles(opened)
    yield from _unassigned(opened)


def _in_articles(opened: Opened) -> Iterator[Finding]:
    seen: dict[str, list[Norm]] = {}
    for norm in opened.norms:
        if norm.bearers or norm.kind is not NormKind.DUTY or norm.strength is not Strength.MANDATORY:
            continue
        article = opened.article(opened.by_id[norm.clause_id])
        if _is_public_act(opened, norm) and not _names_anybody(opened, article):
            seen.setdefault(article.clause_id, []).append(norm)
    for norms in seen.values():
        quotes = tuple(quote(opened, opened.by_id[n.clause_id], n.start, n.end) for n in norms)
        ids = tuple(dict.fromkeys(q.clause_id for q in quotes))
        message = f"“{norms[0].action[:40]}”没有写明由谁承担，本条和标题中也没有提到任何机关。"
        yield Finding(KIND.id, opened.document.doc_id, ids, (), quotes, message, _CONFIDENCE, of_norms(norms))


def _is_public_act(opened: Opened, norm: Norm) -> bool:
    """Whether only a public body can do what a norm orders, and nobody stands before its modal word."""
    if not pattern("public_act").match(norm.action) or pattern("no_public_act").search(norm.text):
        return False
    clause = opened.by_id[norm.clause_id]
    begins, ends = opened.sentence(norm.start, norm.end, clause)
    if pattern("body_word").search(opened.text[begins:ends]):
        return False
    before, modal, _ = norm.text.partition(norm.modal or "\0")
    parts = [part.strip() for part in _PARTS.split(before) if part.strip()]
    return bool(modal) and not (parts and pattern("somebody").search(parts[-1]))


def _names_anybody(opened: Opened, article: Clause) -> bool:
    clauses = (*opened.whole(article), *opened.above(article))
    return any(m.kind != _NO_BODY for c in clauses for m in opened.mentions_of.get(c.clause_id, ()))


def _names_a_body(opened: Opened, unit: Clause) -> bool:
    return any(m.kind in _BODIES for c in opened.whole(unit) for m in opened.mentions_of.get(c.clause_id, ()))


def _unassigned(opened: Opened) -> Iterator[Finding]:
    """The units without a responsible body in a document most of whose units have one."""
    assigned = {one.clause_id for one in opened.assignments}
    if len(assigned) < _FEWEST or pattern("all_assigned").search(opened.text):
        return
    kind = Counter(opened.by_id[key].kind for key in assigned).most_common(1)[0][0]
    units = [c for c in opened.clauses if c.kind is kind and (c.text or c.heading or c.clause_id in opened.below)]
    left = [unit for unit in units if not _is_assigned(opened, unit, assigned)]
    if kind is Kind.PARAGRAPH or len(left) > _MOST_LEFT * len(units):
        return
    for unit in left:
        norms = [n for c in opened.whole(unit) for n in opened.norms_of.get(c.clause_id, ()) if n.kind is NormKind.DUTY]
        public = any(is_public(bearer.name) for norm in norms for bearer in norm.bearers)
        if norms and not public and not _is_general(opened, unit) and not _names_a_body(opened, unit):
            ends = max(c.end for c in opened.whole(unit))
            quotes = (quote(opened, unit, unit.start, ends),)
            message = f"本文件{len(units)}项任务中有{len(units) - len(left)}项标明责任单位，这一项没有标，也没有提到任何机关。"
            yield Finding(
                KIND.id, opened.document.doc_id, (unit.clause_id,), (), quotes, message, _CONFIDENCE, of_norms(norms)
            )


def _is_assigned(opened: Opened, unit: Clause, assigned: set[str]) -> bool:
    """Whether a unit has a responsible body: its own, that of what it is part of, or the one behind the last of its group."""
    group = opened.below.get(unit.parent_id or "", ())
    around = (*opened.whole(unit), *opened.above(unit), *(opened.whole(group[-1]) if group else ()))
    text = "".join(map(opened.words, opened.whole(unit)))
    return any(clause.clause_id in assigned for clause in around) or pattern("assigning").search(text) is not None


def _is_general(opened: Opened, unit: Clause) -> bool:
    headings: Sequence[str] = [one.heading for one in opened.above(unit)]
    return pattern("no_task_unit").search("\n".join((opened.words(unit)[:60], *headings))) is not None
