"""G4 有义务无责任: duties and prohibitions of citizens and enterprises that no liability article of the document sanctions."""

from __future__ import annotations

from collections.abc import Iterator

from answers.gaps.findings import Finding, FindingKind, of_norms, quote
from answers.gaps.liability import Liability
from answers.gaps.likeness import pairs, share
from answers.gaps.opened import Opened
from answers.gaps.words import pattern
from tiaoli.body_kinds import is_public, kind_of
from tiaoli.records import Clause, Kind, Norm, NormKind

KIND = FindingKind(
    "G4",
    "有义务无责任",
    "本文件设有法律责任，但公民、企业的这项义务或禁止没有被任何责任条款按条号或按行为追究。",
    "申请、报名等办事条件不是要追究的义务；本条自带后果的、倡导性的、以“违反本条例其他规定”兜底的、"
    "责任条款换了说法追究同一行为的，不算。",
)
_LIKE = 0.3  # share of what a duty says that a sentence of the liability part says too
_LIKE_WHOLE = 0.38  # the same of the whole norm with its bearer and its conditions
_FEWEST = (
    3  # provisions that the liability part must name, and fines: else it sanctions by conduct, or is of private law
)
_LEAST = 4  # pairs of characters: less says too little to compare
_MODALS = ("应当", "必须", "不得", "禁止", "严禁")
_CONFIDENCE = 0.9


def unsanctioned(opened: Opened) -> Iterator[Finding]:
    """Yield the duties of private persons in articles that are not sanctioned; one finding an article."""
    liability = Liability(opened)
    penal = sum("罚款" in sentence for sentence in liability.sentences)
    if min(len(liability.articles), penal) < _FEWEST or liability.catches_all:
        return
    sanctioning = {opened.article(clause).clause_id for clause in liability.clauses}
    for article in opened.clauses:
        if article.kind is not Kind.ARTICLE or article.clause_id in sanctioning or article.number in liability.articles:
            continue
        text = opened.text[article.start : max(clause.end for clause in opened.whole(article))]
        if pattern("own_consequence").search(text) or any(topic in text for topic in liability.topics):
            continue
        norms = [norm for norm in _duties(opened, article) if not _is_sanctioned(norm, liability)]
        if norms:
            yield _finding(opened, article, norms)


def _duties(opened: Opened, article: Clause) -> Iterator[Norm]:
    for clause in opened.whole(article):
        if clause.kind not in (Kind.ARTICLE, Kind.PARAGRAPH):
            continue  # a part of a list: whose duty it is stands elsewhere
        for norm in opened.norms_of.get(clause.clause_id, ()):
            binds = norm.kind in (NormKind.PROHIBITION, NormKind.DUTY) and norm.modal in _MODALS
            private = norm.bearers and all(not b.inherited and _is_private(b.name) for b in norm.bearers)
            if binds and private and not pattern("no_sanction").search(norm.text):
                yield norm


def _is_private(name: str) -> bool:
    return not is_public(name) and kind_of(name) in ("公民", "企业") and not pattern("no_private").search(name)


def _is_sanctioned(norm: Norm, liability: Liability) -> bool:
    said = f"{norm.action}{norm.object or ''}"
    if len(pairs(said)) < _LEAST:
        return True
    return any(
        share(said, sentence) >= _LIKE or share(norm.text, sentence) >= _LIKE_WHOLE for sentence in liability.sentences
    )


def _finding(opened: Opened, article: Clause, norms: list[Norm]) -> Finding:
    quotes = tuple(quote(opened, opened.by_id[norm.clause_id], norm.start, norm.end) for norm in norms)
    bodies = tuple(dict.fromkeys(bearer.name for norm in norms for bearer in norm.bearers))
    ids = tuple(dict.fromkeys(q.clause_id for q in quotes))
    what = "禁止" if all(norm.kind is NormKind.PROHIBITION for norm in norms) else "义务"
    message = f"{article.label}对{'、'.join(bodies)}规定了{what}，法律责任部分没有条款指向该条，也没有追究这种行为。"
    return Finding(KIND.id, opened.document.doc_id, ids, bodies, quotes, message, _CONFIDENCE, of_norms(norms))
