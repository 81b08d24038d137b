"""条号: provisions that a document cites and that stand elsewhere today, were changed or dropped, or do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers.cleanup.case import Case, Known
from answers.cleanup.records import Act, Finding
from answers.cleanup.repeals import Repeals
from graph.resolve import NO_PROVISION, NO_VERSION
from tiaoli.provisions import OWN, parse_provision, work_key
from tiaoli.records import Change, LedCitation, Present, Status
from tiaoli.validity import in_force_from

_MOVED = (Change.MOVED, Change.MOVED_CHANGED, Change.SPLIT, Change.MERGED)
_EDITION = re.compile(r"[0-9]{4}\s?年|修[订正]|第[0-9一二三四]+次")
_TELLING = 4  # characters of a title
_OVER = (Status.AMENDED, Status.REPEALED, Status.EXPIRED)
_FEWEST = 5  # clauses of a text that can be trusted to be whole


def findings(case: Case, known: Known, repeals: Repeals) -> Iterator[Finding]:
    """Yield a finding for each provision that is not where a document says, once for each clause and provision."""
    seen: set[tuple[str, str, str]] = set()
    for citation in case.citations:
        key = citation.clause_id, citation.title, citation.label or ""
        if citation.label is None or citation.relation in ("repeals", "amends") or key in seen:
            continue
        if citation.target_doc_id in repeals.of_documents or citation.now_doc_id in repeals.of_documents:
            continue  # the whole instrument is over
        finding = _followed(case, known, citation) or _missing(case, known, citation)
        if finding is not None:
            seen.add(key)
            yield finding


def _followed(case: Case, known: Known, citation: LedCitation) -> Finding | None:
    now = known.documents.get(citation.now_doc_id or "")
    if now is None or known.standing(now.doc_id) is Status.EXPIRED:
        return None
    day = in_force_from(now)
    act = Act(now.title, day.isoformat() if day else "", now.doc_id, citation.now_clause_id)
    name = f"《{citation.title}》{citation.label}"
    since = f"（{act.day[:4]}年版本）" if act.day else ""
    if citation.now_clause_id is None:
        return _of(case, "C2", citation, f"{name}在现行版本{since}中已无对应内容，被删除或者并入其他条款。", act)
    if citation.change in _MOVED and _other_label(citation):
        changed = "，内容也有修改" if citation.change is Change.MOVED_CHANGED else ""
        place = Present(now.doc_id, citation.now_clause_id, citation.now_label, citation.change or Change.MOVED)
        return _of(case, "C1", citation, f"{name}现为{citation.now_label}{since}{changed}。", act, place)
    if citation.change is Change.CHANGED:
        return _of(case, "C3", citation, f"{name}的内容在现行版本{since}中已修改，请核对。", act)
    return None


def _other_label(citation: LedCitation) -> bool:
    """Whether the provision is cited by another address today; 第3条 is the same as 第三条."""
    cited = parse_provision(citation.label or "")
    return citation.now_label is not None and (cited is None or str(cited) != citation.now_label)


def _missing(case: Case, known: Known, citation: LedCitation) -> Finding | None:
    target = known.documents.get(citation.target_doc_id or "")
    if citation.status != NO_PROVISION or target is None or known.standing(target.doc_id) in _OVER:
        return None
    if citation.title == OWN or target.doc_id == case.document.doc_id or target.n_clauses < _FEWEST:
        return None
    if not _named_whole(case, citation) or parse_provision(citation.label or "") is None:
        return None
    day = in_force_from(target)
    act = Act(target.title, day.isoformat() if day else "", target.doc_id)
    older = "；引用时的旧版本库中没有，可能是旧版本的条号" if citation.status_cited == NO_VERSION else ""
    return _of(case, "C4", citation, f"现行《{target.title}》没有{citation.label}{older}。", act)


def _named_whole(case: Case, citation: LedCitation) -> bool:
    """Whether the words name instrument and provision together, not a version of it, and not in a row of a table.

    An address that stands alone belongs to what was named before, and what that was is told less surely.
    """
    words = case.text[citation.start : citation.end]
    own = work_key(citation.title)
    named = own in work_key(words) or work_key(words).startswith(own[:_TELLING])
    return named and not _EDITION.search(words) and "\t" not in case.by_id[citation.clause_id].text


def _of(case: Case, rule: str, citation: LedCitation, reason: str, act: Act, now: Present | None = None) -> Finding:
    span = citation.start, citation.end
    return case.finding(rule, case.by_id[citation.clause_id], span, reason, act=act, now=now)
