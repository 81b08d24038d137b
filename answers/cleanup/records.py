"""The nouns of the clean-up: what may become of a document, the rules that say so, findings and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from answers.scope import Scope
from tiaoli.records import Document, Present


class Result(StrEnum):
    """What a clean-up decides of a document, from the mildest to the strongest."""

    KEEP = "继续有效"
    AMEND = "修改"
    REPEAL = "废止"
    LAPSE = "失效"


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason of a clean-up. `result` is None for a hint: what it tells must be looked at, but decides nothing.

    `confidence` is (right + 1) / (read + 2) of its findings that were drawn and read, so that few readings promise little (see
    bench/results/readings/cleanup.jsonl); None where no document of the corpora gave one to read.
    """

    rule_id: str
    name: str
    result: Result | None
    whole: bool  # about the document as a whole; else about one clause
    confidence: float | None


# The results follow published decisions, which give these reasons: 适用期已过, 调整对象已消失, 工作任务已完成 (国发〔2015〕68号) for
# 失效; the basis repealed for 废止; the basis amended or duties changed for 修改.
RULES: Mapping[str, Rule] = {
    rule.rule_id: rule
    for rule in (
        Rule("T1", "有效期届满", Result.LAPSE, True, 0.93),
        Rule("T2", "暂行、试行超过当地期限", Result.LAPSE, True, None),
        Rule("T3", "未定有效期，超过当地最长期限", Result.LAPSE, True, None),
        Rule("T4", "暂行、试行已久，未定有效期", None, True, 0.94),
        Rule("T5", "有效期六个月内届满", None, True, 0.94),
        Rule("T6", "标为失效的期限只见于个别条款", None, True, 0.83),
        Rule("P1", "标题所定年度或规划期已过", Result.LAPSE, True, 0.96),
        Rule("P2", "主要条款的期限均已过", Result.LAPSE, True, 0.86),
        Rule("P3", "条款的适用期已过", Result.AMEND, False, 0.98),
        Rule("P4", "条款的任务时限已过", None, False, 0.93),
        Rule("B1", "实施对象已废止", Result.REPEAL, True, 0.8),
        Rule("B2", "依据已废止或失效", Result.AMEND, False, 0.98),
        Rule("B3", "引用的文件已废止或失效", Result.AMEND, False, 0.98),
        Rule("B4", "依据已有新版本", None, False, 0.95),
        Rule("B5", "依据的规划期或年度已过", None, False, 0.92),
        Rule("C1", "所引条款的条号已变动", Result.AMEND, False, 0.93),
        Rule("C2", "所引条款已删除", Result.AMEND, False, 0.88),
        Rule("C3", "所引条款的内容已修改", None, False, None),
        Rule("C4", "所引条款不存在", Result.AMEND, False, 0.94),
        Rule("O1", "机构已撤并或更名", Result.AMEND, False, 0.98),
        Rule("O2", "制定机关已撤并或更名", None, True, 0.91),
        Rule("E1", "本文件规定的评估已到期", None, True, None),
        Rule("E2", "当地规定的评估、清理已到期", None, True, 0.91),
    )
}


@dataclass(frozen=True, slots=True)
class Act:
    """What changed things: an instrument, or a decision that the store does not hold, with the day from which it counts."""

    title: str
    day: str  # ISO, or its year and month where no more is known; empty where nothing is
    doc_id: str | None = None
    clause_id: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason with its evidence: words of a clause of the document, and the act that changed things."""

    rule_id: str
    doc_id: str
    clause_id: str
    path: tuple[str, ...]  # of the clause
    start: int  # of the words, in the document's normalised text
    end: int
    quote: str  # the sentence in which they stand, or the stretch of it around them
    reason: str
    result: Result | None
    act: Act | None = None
    now: Present | None = None  # where what is cited stands today, in the document of the act

    @property
    def rule(self) -> Rule:
        """The rule by which it was found."""
        return RULES[self.rule_id]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is suggested for one document. `deciding` are the findings from which the result follows; see `judge.decide`."""

    document: Document
    clause_id: str | None  # of its title; None where it has no clauses
    result: Result
    findings: tuple[Finding, ...]
    deciding: tuple[Finding, ...]
    undated: bool  # no day of the document is known: what depends on its age was not judged
    unknown: int  # citations of documents that the store does not hold: whether those are in force is not known


@dataclass(frozen=True, slots=True)
class Cleanup:
    """The verdicts on all documents looked at, in the order of the store, and what was not looked at, by reason."""

    day: date
    verdicts: tuple[Verdict, ...]
    passed_over: Mapping[str, int]
    other_types: Mapping[str, int]  # documents of other 文种 than those that offices clean up
    total: int  # documents of the store

    def described(self, scope: Scope, issuer: str = "") -> str:
        """What was looked at, in words."""
        kinds = [] if scope.doc_types or scope.doc_ids else ["规范性文件和规章"]
        over = "" if scope.past else "不含已废止和被新版本替代的文本"
        parts = [*kinds, scope.described(len(self.verdicts), self.total, over=over)]
        parts += [f"制定机关含“{issuer}”"] if issuer else []
        return "，".join(parts)
