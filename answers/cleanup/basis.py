"""依据: instruments that a document rests on or applies and that are repealed, have lapsed, or have a newer version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from answers.cleanup.case import Case, Known, said_day, same_place
from answers.cleanup.periods import last_year
from answers.cleanup.records import Act, Finding
from answers.cleanup.repeals import Repeals
from answers.cleanup.words import any_of, former
from graph.resolve import NOT_IN_FORCE, RESOLVED
from office.tables import in_words
from tiaoli.provisions import OWN, work_key
from tiaoli.records import Document, Kind, LedCitation, Present, Status
from tiaoli.validity import in_force_from

_LIKE = 0.6  # of the words of two provisions from which one says what the other said
_ENDS = ("repeals", "amends")  # a citation that itself ends or changes what it names
_LISTED = re.compile(r"(?:《[^《》]{2,60}》[、和及与，]?)+$")
_FAR = 200  # characters before a name in which titles listed with it stand
_NEAR = 14  # characters before and behind a name that may tell that it is spoken of as of the past
_AMENDED_BY = re.compile(r"(?:修[正订改]|公布|通过)[）)]?$")


def findings(case: Case, known: Known, repeals: Repeals) -> Iterator[Finding]:
    """Yield a finding for each instrument that is over or changed, once for each clause that names it."""
    seen: set[tuple[str, str]] = set()
    past: set[tuple[str, str]] = set()  # spoken of as of the past
    carried, own, whole_said = carried_out(case.document.title), work_key(case.document.title), False
    for citation in case.citations:
        key = citation.clause_id, citation.target_doc_id or work_key(citation.title)
        if citation.relation in _ENDS or citation.title == OWN or key in seen:
            continue
        if _history(case, citation) or (key in past and case.text[citation.start] == "第"):
            past.add(key)
            continue
        if carried != (cited := work_key(citation.title)) and cited in own:
            continue  # what the document itself hands out, in another file
        finding = _over(case, known, repeals, citation, None if whole_said else carried)
        finding = finding or _newer(case, known, citation) or _finished(case, citation)
        if finding is not None:
            seen.add(key)
            whole_said = whole_said or finding.rule_id == "B1"
            yield finding


def carried_out(title: str) -> str | None:
    """Return the key of the instrument that a document carries out by its title, None where it names none.

    >>> carried_out("江川市实施《中华人民共和国水污染防治法》办法"), carried_out("关于印发《江川市公墓管理办法》的通知")
    ('水污染防治法', None)
    """
    found = re.search(rf"(?:{any_of('carries_out')})[^《》]{{0,4}}《([^《》]{{2,80}})》", title)
    return work_key(found[1]) if found else None


def _over(case: Case, known: Known, repeals: Repeals, citation: LedCitation, carried: str | None) -> Finding | None:
    act, how = _end(case, known, repeals, citation)
    if act is None or act.doc_id == case.document.doc_id:
        return None
    whole = carried is not None and carried == work_key(citation.title)
    rule = "B1" if whole else "B2" if citation.relation == "based_on" else "B3"
    reason = f"《{citation.title}》{how}。"
    span = citation.start, citation.end
    return case.finding(
        rule, case.by_id[citation.clause_id], span, reason, act=act, now=_taken_over(known, citation, act)
    )


def _taken_over(known: Known, citation: LedCitation, act: Act) -> Present | None:
    """The provision of the repealing instrument that says what the cited one said; None where none is much like it."""
    if known.in_document is None or citation.target_clause_id is None or act.doc_id in (None, citation.target_doc_id):
        return None
    clauses = known.resolver.clauses(citation.target_doc_id or "")
    clause = next((c for c in clauses if c.clause_id == citation.target_clause_id), None)
    present = known.in_document(clause, act.doc_id or "") if clause is not None else None
    return present if present is not None and present.label and present.likeness >= _LIKE else None


def _end(case: Case, known: Known, repeals: Repeals, citation: LedCitation) -> tuple[Act | None, str]:
    """The act that ended what is cited, and how, in words."""
    act = repeals.of_citation(citation, case.document)
    if act is not None:
        return act, f"已由《{act.title}》废止，自{said_day(act.day)}起不再施行"
    target = known.documents.get(citation.target_doc_id or "")
    if citation.status != NOT_IN_FORCE or target is None or target.expires is None:
        return None, ""
    if not same_place(target.region, case.document.region):
        return None, ""
    return Act(
        target.title, target.expires.isoformat(), target.doc_id
    ), f"有效期到{said_day(target.expires.isoformat())}已届满"


def _newer(case: Case, known: Known, citation: LedCitation) -> Finding | None:
    """A basis of which a newer version is in force than the one that the document began under."""
    target = known.documents.get(citation.target_doc_id or "")
    if citation.relation != "based_on" or citation.status != RESOLVED or target is None:
        return None
    now = _in_force(known, target)
    if known.standing(target.doc_id) is not Status.AMENDED or now is None or (citation.now_doc_id and citation.label):
        return None
    day = in_force_from(now)
    act = Act(now.title, day.isoformat() if day else "", now.doc_id)
    reason = f"《{citation.title}》已有新版本，{said_day(act.day)}起施行，请核对内容是否一致。"
    return case.finding("B4", case.by_id[citation.clause_id], (citation.start, citation.end), reason, act=act)


def _finished(case: Case, citation: LedCitation) -> Finding | None:
    """A plan or a measure of a year that a document rests on or carries on, and whose time is over."""
    told = last_year(citation.title) if citation.relation in ("based_on", "applies") else None
    if told is None or told[1] >= case.day:
        return None
    reason = f"《{citation.title}》写明“{told[0]}”，到{in_words(told[1])}已满，请核对是否还需要执行。"
    act = Act(citation.title, told[1].isoformat(), citation.target_doc_id)
    return case.finding("B5", case.by_id[citation.clause_id], (citation.start, citation.end), reason, act=act)


def _in_force(known: Known, document: Document) -> Document | None:
    versions = (
        d
        for d in known.documents.values()
        if d.version_of == document.version_of and known.standing(d.doc_id) is Status.IN_FORCE
    )
    return max(versions, key=lambda d: in_force_from(d) or date.min, default=None)


def _history(case: Case, citation: LedCitation) -> bool:
    """Whether the document speaks of an instrument as of the past: 原《…》, 《…》（已废止）, or in the note under its title."""
    before = _LISTED.sub("", case.text[max(0, citation.start - _FAR) : citation.start])[-_NEAR:]
    after = case.text[citation.end : citation.end + _NEAR]
    clause = case.by_id[citation.clause_id]
    return (
        re.search(rf"{former()}[^，。；、]{{0,4}}$", before) is not None
        or re.match(rf"[^，。；《》]{{0,10}}?(?:{any_of('ended')})", after) is not None
        or (
            clause.kind is Kind.PREAMBLE
            and _AMENDED_BY.search(case.text[clause.start : clause.end].rstrip()) is not None
        )
    )
