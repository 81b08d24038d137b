"""评估清理: documents that order themselves to be looked at again, and places that order it for all of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from answers.cleanup.case import Case, Known, years_after
from answers.cleanup.records import Act, Finding
from answers.cleanup.words import review_of
from office.tables import in_words
from tiaoli.numerals import to_number
from tiaoli.records import DocType, Document, Status

_N = r"[0-9一二两三四五六七八九十]{1,2}"
_DOING = r"(?:评估|清理)"
_OWN = r"本(?:办法|规定|细则|意见|措施|通知|方案|规则|政策|条例|文件|实施办法|实施细则|实施意见)"
_OF_ITSELF = re.compile(
    rf"{_OWN}[^。；\n]{{0,20}}?(?:(?P<whole>实施|施行|执行|试行)[^。；\n]{{0,3}}满(?P<years>{_N})年|每(?:隔)?(?P<every>{_N})年)[^。；\n]{{0,40}}?{_DOING}"
    rf"|(?:(?:实施|施行|执行|试行)[^。；\n]{{0,3}}满(?P<years2>{_N})年|每(?:隔)?(?P<every2>{_N})年)[^。；\n]{{0,30}}?(?:对{_OWN}[^。；\n]{{0,20}}?{_DOING}|{_DOING}[^。；\n]{{0,6}}{_OWN})"
)
_OF_ALL = re.compile(
    rf"每(?:隔)?(?P<every>{_N})年[^。；\n]{{0,20}}?(?:规范性文件)[^。；\n]{{0,30}}?{_DOING}"
    rf"|规范性文件[^。；\n]{{0,20}}?(?:每(?:隔)?(?P<every2>{_N})年)[^。；\n]{{0,20}}?{_DOING}"
    rf"|(?:实施|施行)满(?P<years>{_N})年的[^。；\n]{{0,10}}?规范性文件[^。；\n]{{0,20}}?{_DOING}"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule of a place, told by a document of the store: its documents are looked at again after so many years."""

    region: str
    years: int
    act: Act


def standing_rules(known: Known) -> tuple[Standing, ...]:
    """Return the rules that documents of the store set for the documents of their region."""
    return tuple(rule for document in known.resolver.documents for rule in _told(known, document))


def _told(known: Known, document: Document) -> Iterator[Standing]:
    if not document.region or document.region == "全国" or known.standing(document.doc_id) is not Status.IN_FORCE:
        return
    text = known.resolver.store.text(document.doc_id)
    found = _OF_ALL.search(text)
    years = _years(found) if found else None
    if found is None or years is None:
        return
    clause = next((c for c in known.resolver.clauses(document.doc_id) if c.start <= found.start() < c.end), None)
    act = Act(document.title, str(document.effective or document.promulgated or ""), document.doc_id)
    yield Standing(document.region, years, Act(act.title, act.day, act.doc_id, clause.clause_id if clause else None))


def _years(found: re.Match[str]) -> int | None:
    return next(
        (n for name, text in found.groupdict().items() if name != "whole" and text and (n := to_number(text))), None
    )


def findings(case: Case, known: Known, rules: tuple[Standing, ...]) -> Iterator[Finding]:
    """Yield that a document was to be looked at again and the day has passed; whether that was done the store cannot tell."""
    if case.begins is None or case.status is not Status.IN_FORCE:
        return
    own = _own(case, case.begins)
    yield from (own,) if own else ()
    if own is None and case.document.doc_type is DocType.NORMATIVE:
        yield from _by_place(case, case.begins, rules)


def _own(case: Case, begins: date) -> Finding | None:
    for clause in case.clauses:
        found = _OF_ITSELF.search(case.text, clause.start, clause.end)
        years = _years(found) if found else None
        if found is not None and years is not None and (due := years_after(begins, years)) < case.day:
            reason = f"要求施行 {years} 年时评估或清理，{in_words(due)}已到期；是否已经评估，库中没有记载。"
            return case.finding("E1", clause, (found.start(), found.end()), reason)
    return None


def _by_place(case: Case, begins: date, rules: tuple[Standing, ...]) -> Iterator[Finding]:
    region = case.document.region or ""
    told = next((rule for rule in rules if region.startswith(rule.region)), None)
    known = review_of(region)
    if told is not None:
        years, act, name = told.years, told.act, f"《{told.act.title}》"
    elif known is not None:
        years, act, name = known.years, Act(known.act, known.since.isoformat()), known.named
    else:
        return
    if years_after(begins, years) < case.day:
        reason = f"{name}要求每 {years} 年清理或评估，本文件自{in_words(begins)}施行，已满 {years} 年；是否已经清理，库中没有记载。"
        yield case.of_title("E2", reason, act=act)
