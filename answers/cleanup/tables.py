"""The 目录 of a clean-up as tables that leave: one for each result, as offices publish them, and one of all findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from answers.cleanup.case import said_day
from answers.cleanup.judge import counts
from answers.cleanup.records import RULES, Act, Cleanup, Finding, Result, Verdict
from office.citing import cited_path
from office.tables import Column, Row, Table, in_words

NAMES = {
    Result.KEEP: "继续有效目录",
    Result.AMEND: "拟修改目录",
    Result.REPEAL: "拟废止目录",
    Result.LAPSE: "宣布失效目录",
}
_LISTED = (
    Column("序号", 7),
    Column("标题", 44),
    Column("文号", 20),
    Column("制定机关", 24),
    Column("公布日期", 15),
    Column("建议", 10),
    Column("理由", 60),
    Column("依据", 44),
    Column("提示", 44, printed=False),
    Column("文件编号", 36, printed=False),
)
_FOUND = (
    Column("序号", 7),
    Column("标题", 36),
    Column("条款", 18),
    Column("原文", 50),
    Column("理由", 24),
    Column("建议", 10),
    Column("说明", 50),
    Column("依据", 36),
    Column("依据日期", 15),
    Column("现行条款", 24),
    Column("规则", 7, printed=False),
    Column("准确率", 10, printed=False, form="0%"),
)
_MOST_REASONS = 6  # of a document that its row names; the rest stands in the table of all findings
_NOTHING = "未发现需要修改、废止或者宣布失效的理由。"


def catalogue(found: Cleanup, scope: str) -> list[Table]:
    """Return the 目录 of each result and the table of all findings; `scope` says in words what was looked at."""
    first, *others = (_listed(found, result) for result in Result)
    return [replace(first, facts=(*_facts(found, scope), *first.facts)), *others, findings_table(found.verdicts)]


def findings_table(verdicts: Iterable[Verdict]) -> Table:
    """Return every finding in a row with its clause, its words, and what changed things."""
    told = ((verdict, finding) for verdict in verdicts for finding in verdict.findings)
    rows = (Row((n, *_found(*one)), one[1].clause_id) for n, one in enumerate(told, 1))
    return Table("清理理由逐条清单", _FOUND, tuple(rows), (), "逐条理由")


def _listed(found: Cleanup, result: Result) -> Table:
    verdicts = [verdict for verdict in found.verdicts if verdict.result is result]
    rows = (Row((n, *_row(verdict)), linked(verdict)) for n, verdict in enumerate(verdicts, 1))
    return Table(NAMES[result], _LISTED, tuple(rows), (("件数", f"{len(verdicts):,} 件"),), NAMES[result])


def linked(verdict: Verdict) -> str | None:
    """The clause to which a row of the 目录 leads: that of the reason that decides, else the title."""
    return verdict.deciding[0].clause_id if verdict.deciding else verdict.clause_id


def _row(verdict: Verdict) -> tuple[str | None, ...]:
    document = verdict.document
    promulgated = in_words(document.promulgated) if document.promulgated else None
    return (
        document.title or document.source,
        document.doc_number,
        document.issuer,
        promulgated,
        _suggested(verdict.result),
        reasons(verdict.deciding) or _NOTHING,
        "；".join(dict.fromkeys(said(one.act) for one in verdict.deciding if one.act)) or None,
        reasons([one for one in verdict.findings if one not in verdict.deciding]) or None,
        document.doc_id,
    )


def _suggested(result: Result) -> str:
    return {Result.AMEND: "拟修改", Result.REPEAL: "拟废止", Result.LAPSE: "宣布失效"}.get(result, result.value)


def reasons(findings: Sequence[Finding]) -> str:
    """Return the reasons of findings in one text, each once with how often it was found, the most frequent first."""
    told = Counter((finding.rule.name, finding.reason) for finding in findings)
    listed = [
        f"{name}：{words}{f'（{n} 处）' if n > 1 else ''}" for (name, words), n in told.most_common(_MOST_REASONS)
    ]
    more = len(told) - len(listed)
    return "\n".join([*listed, f"另有 {more} 项，见逐条清单。"] if more > 0 else listed)


def said(act: Act) -> str:
    """Return an act with its day: 《江川市公墓管理办法》（2026年8月15日）."""
    held = f"《{act.title}》" if act.doc_id or "（" not in act.title else act.title
    return f"{held}（{said_day(act.day)}）" if act.day else held


def _found(verdict: Verdict, finding: Finding) -> tuple[str | float | None, ...]:
    return (
        verdict.document.title or verdict.document.source,
        cited_path(finding.path),
        finding.quote,
        finding.rule.name,
        finding.result.value if finding.result else "提示",
        finding.reason,
        said(finding.act) if finding.act else None,
        said_day(finding.act.day) if finding.act and finding.act.day else None,
        f"《{finding.act.title}》{finding.now.label}" if finding.now and finding.act else None,
        finding.rule_id,
        finding.rule.confidence,
    )


def _facts(found: Cleanup, scope: str) -> Iterator[tuple[str, str]]:
    yield "范围", scope
    yield "清理基准日", in_words(found.day)
    yield "结果", "，".join(f"{result.value} {n:,} 件" for result, n in counts(found.verdicts).items())
    if left_out(found):
        yield "未列入", left_out(found)
    yield "无法判断", unjudged(found)
    yield "规则", "一件文件有多项理由的，依次取失效、废止、修改；只有提示或者没有理由的，建议继续有效。提示不影响建议。"
    yield (
        "说明",
        "由程序根据库中文本比对得出，供清理时参考，是否修改、废止由制定机关决定；“准确率”由人工逐条核对的抽样算出，空白表示没有测定。",
    )


def left_out(found: Cleanup) -> str:
    """Say which documents were not looked at, and why; empty where all were."""
    kinds = "、".join(f"{kind} {n:,} 件" for kind, n in found.other_types.items())
    parts = [f"{why} {n:,} 件" for why, n in found.passed_over.items()]
    return "；".join([*parts, f"没有指定的文种：{kinds}"] if kinds else parts)


def unjudged(found: Cleanup) -> str:
    """Say what could not be judged: documents without a day, citations of documents that the store does not hold."""
    undated = sum(verdict.undated for verdict in found.verdicts)
    unknown = [verdict.unknown for verdict in found.verdicts if verdict.unknown]
    return (
        f"{undated:,} 件没有可以确定的日期，未判断施行年限；"
        f"{len(unknown):,} 件中有 {sum(unknown):,} 处引用的文件不在库中，未判断其效力"
    )


def rules_in(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Return how many documents each rule concerns, in the order of the rules."""
    found = Counter(rule_id for verdict in verdicts for rule_id in {finding.rule_id for finding in verdict.findings})
    return {rule_id: found[rule_id] for rule_id in RULES if found[rule_id]}
