"""The clean-up itself: every document looked at once, its findings, and the one result that follows from them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from answers.cleanup import basis, expiry, offices, periods, provisions, reviews
from answers.cleanup.case import Case, InDocument, Known
from answers.cleanup.records import Cleanup, Finding, Result, Rule, Verdict
from answers.cleanup.repeals import Repeals
from answers.scope import Scope
from graph.bodies import body_names
from graph.resolve import UNKNOWN, Resolver
from tiaoli.records import DocType, Document, Status

CLEANED = (DocType.NORMATIVE, DocType.LOCAL_RULE, DocType.DEPARTMENTAL_RULE)  # unless other 文种 are asked for
_SURE = 0.8  # confidence from which a finding decides
_ORDER = (Result.LAPSE, Result.REPEAL, Result.AMEND)
Progress = Callable[[int, int], None]  # done, of how many


class Judge:
    """Looks at documents of a store on one day; each is looked at once and its verdict kept. Threads may share it."""

    def __init__(self, resolver: Resolver, day: date, in_document: InDocument | None = None) -> None:
        """Take a resolver with its standing at `day`; where it follows provisions, moved ones are told.

        `in_document` tells what a provision of a repealed instrument became in that which repealed it; it compares texts.
        """
        self.day, self._resolver = day, resolver
        self._known = Known(resolver, day, in_document)
        self._repeals = Repeals.of(resolver, day)
        self._rules = reviews.standing_rules(self._known)
        self._verdicts: dict[str, Verdict] = {}
        self._lock = threading.Lock()

    @property
    def documents(self) -> Sequence[Document]:
        """The current documents of the store."""
        return self._resolver.documents

    def status(self, document: Document) -> Status | None:
        """Whether a document is in force on the day."""
        return self._known.standing(document.doc_id)

    def verdict(self, document: Document) -> Verdict:
        """Return what is suggested for a document, and why."""
        with self._lock:
            if document.doc_id not in self._verdicts:
                self._verdicts[document.doc_id] = self._judged(document)
            return self._verdicts[document.doc_id]

    def _judged(self, document: Document) -> Verdict:
        case = self._case(document)
        if not case.clauses:
            return Verdict(document, None, Result.KEEP, (), (), case.begins is None, 0)
        found = (
            *expiry.findings(case, self._known),
            *periods.findings(case, self._known),
            *basis.findings(case, self._known, self._repeals),
            *provisions.findings(case, self._known, self._repeals),
            *offices.findings(case, self._known),
            *reviews.findings(case, self._known, self._rules),
        )
        result, deciding = decide(found)
        unknown = sum(c.status == UNKNOWN and c.relation not in ("repeals", "amends") for c in case.citations)
        return Verdict(document, case.title.clause_id, result, found, deciding, case.begins is None, unknown)

    def _case(self, document: Document) -> Case:
        store = self._resolver.store
        return Case(
            document,
            self.status(document),
            self.day,
            store.text(document.doc_id),
            self._resolver.clauses(document.doc_id),
            self._resolver.resolve(document),
            store.mentions(document.doc_id),
            store.norms(document.doc_id),
        )


def decide(findings: Sequence[Finding]) -> tuple[Result, tuple[Finding, ...]]:
    """Return the result that follows from the findings of a document, and those that decide it.

    Of the findings that suggest something and are sure enough, the strongest result stands: 失效 goes before 废止, since what
    has ended by itself needs no act, and 废止 before 修改. Where there is none the document stays in force; hints decide nothing.
    """
    sure = [finding for finding in findings if finding.result is not None and _is_sure(finding.rule)]
    for result in _ORDER:
        if deciding := tuple(finding for finding in sure if finding.result is result):
            return result, deciding
    return Result.KEEP, ()


def _is_sure(rule: Rule) -> bool:
    """Whether a rule decides: what was not measured follows from dates and stated rules alone."""
    return rule.confidence is None or rule.confidence >= _SURE


def cleanup(judge: Judge, scope: Scope, *, issuer: str = "", progress: Progress | None = None) -> Cleanup:
    """Return the verdicts on the documents in scope, in the order of the store.

    Where the scope names no 文种 those that offices clean up are looked at: 规范性文件 and 规章. `issuer` is part of the name
    of the body that issued them. Not looked at are drafts and what has not begun, what is repealed already and superseded
    versions, unless the scope asks for what is past; they are counted. What has lapsed by its own term is looked at: declaring
    that is what a clean-up is for.
    """
    chosen: list[Document] = []
    passed: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for document in judge.documents:
        if not _asked_for(document, scope, issuer):
            continue
        why = _passed_over(judge, document, scope)
        if not scope.doc_types and not scope.doc_ids and document.doc_type not in CLEANED:
            others[document.doc_type.value] += 1
        elif why is None:
            chosen.append(document)
        else:
            passed[why] += 1
    verdicts: list[Verdict] = []
    for n, document in enumerate(chosen, 1):
        verdicts.append(judge.verdict(document))
        if progress is not None:
            progress(n, len(chosen))
    return Cleanup(
        judge.day, tuple(verdicts), dict(passed.most_common()), dict(others.most_common()), len(judge.documents)
    )


def _asked_for(document: Document, scope: Scope, issuer: str) -> bool:
    within = Scope(scope.doc_ids, scope.doc_types, scope.region, scope.title, past=True)
    return within.holds(document) and _issued_by(document, issuer)


def _passed_over(judge: Judge, document: Document, scope: Scope) -> str | None:
    """Why a document is not looked at, in words to be counted; None where it is."""
    status = judge.status(document)
    if document.draft or status is Status.NOT_YET:
        return "征求意见稿或尚未施行"
    if status in (Status.REPEALED, Status.AMENDED) and not scope.past:
        return status.value
    return None


def _issued_by(document: Document, issuer: str) -> bool:
    return not issuer or any(issuer in name for name in body_names(document.issuer)) or issuer in document.title


def counts(verdicts: Iterable[Verdict]) -> dict[Result, int]:
    """Return how many documents have each result, in the order of the 目录."""
    found = Counter(verdict.result for verdict in verdicts)
    return {result: found[result] for result in Result}
