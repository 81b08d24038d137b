"""G3 有职责无期限: what a public body owes to those who apply, complain or wait for it, without a time limit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from answers.gaps.findings import Finding, FindingKind, of_norms, quote
from answers.gaps.opened import Opened
from answers.gaps.words import pattern
from tiaoli.body_kinds import is_public
from tiaoli.lexicon import Word, entries
from tiaoli.records import DocType, Norm, NormKind, Strength

KIND = FindingKind(
    "G3",
    "有职责无期限",
    "机关对申请、投诉、举报、线索应当答复、处理、决定、办理、告知、移送、报送，却没有写期限（只写“及时”也算没有）。",
    "本条或本文件他处对同一行为写了期限的，写“当场、同时、立即、依照某法规定”的，设立举报电话等制度性职责，不算。",
)
_CONFIDENCE = 0.95
_CONDITION_ENDS = ("的", "后", "时", "前")


def untimed(opened: Opened) -> Iterator[Finding]:
    """Yield duties towards others that have no time limit, one finding a norm."""
    if opened.document.doc_type in (DocType.POWERS_LIST, DocType.OTHER) or not opened.norms:
        return
    for norm in opened.norms:
        if norm.kind is not NormKind.DUTY or norm.strength is not Strength.MANDATORY or norm.deadlines:
            continue
        act = _act(norm)
        if act is not None and _is_owed(norm) and not _is_timed(opened, norm, act):
            yield _finding(opened, norm, act)


def _act(norm: Norm) -> re.Pattern[str] | None:
    """The act for which others wait, None where the norm orders another one."""
    return next((act for act in _acts() if act.match(norm.action)), None)


@cache
def _acts() -> Sequence[re.Pattern[str]]:
    return [re.compile(word.text) for word in entries("gaps", "awaited", Word)]


def _is_owed(norm: Norm) -> bool:
    public = norm.bearers and all(is_public(b.name) and not b.inherited for b in norm.bearers)
    before = re.split(r"[，,]", norm.text.partition(norm.modal or "\0")[0])[-1].strip()
    other = before and not before.endswith(_CONDITION_ENDS) and not any(b.name in before for b in norm.bearers)
    return bool(public) and not other and pattern("asked").search(norm.text) is not None


def _is_timed(opened: Opened, norm: Norm, act: re.Pattern[str]) -> bool:
    """Whether the article speaks of time or of another law, or the document has a limit for the same act."""
    article = opened.article(opened.by_id[norm.clause_id])
    text = opened.text[article.start : max(clause.end for clause in opened.whole(article))]
    if pattern("in_time").search(text):
        return True
    awaited = _LAST_WORD.findall(norm.action)
    return any(
        word in sentence and pattern("limit").search(sentence)
        for word in awaited
        for sentence in _SENTENCE.split(opened.text)
        if word in sentence
    )


_SENTENCE = re.compile(r"[。；\n]")
_LAST_WORD = re.compile(
    r"答复|反馈|告知|受理|移送|处理|核实|查处|移交|通知|通报|报送|上报|抄送|决定|办理|核发|发给|发放|颁发|出具"
)


def _finding(opened: Opened, norm: Norm, act: re.Pattern[str]) -> Finding:
    clause = opened.by_id[norm.clause_id]
    bodies = tuple(dict.fromkeys(bearer.name for bearer in norm.bearers))
    only = "，只写了“及时”" if "及时" in norm.text else ""
    message = f"{'、'.join(bodies)}应当“{norm.action[:40]}”，没有写期限{only}，本文件也没有对此的一般期限。"
    quotes = (quote(opened, clause, norm.start, norm.end),)
    return Finding(
        KIND.id, opened.document.doc_id, (clause.clause_id,), bodies, quotes, message, _CONFIDENCE, of_norms((norm,))
    )
