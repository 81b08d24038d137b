"""What the clean-up page shows: counts as filters, documents with their reasons, each leading to its clause and its act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from answers.cleanup.case import said_day
from answers.cleanup.judge import counts
from answers.cleanup.records import RULES, Act, Cleanup, Finding, Result, Verdict
from answers.cleanup.tables import left_out, rules_in, unjudged
from answers.scope import Scope
from interfaces.pages.address import CLEANUP, Params, clause_href, doc_href, href, page_in
from interfaces.pages.scoping import scope_in, scope_params
from interfaces.parts import meta_line, pages, title_link
from interfaces.theme import esc
from office.citing import cited_path

PER_PAGE = 30
_UNFOLDED = 5  # reasons of a document that are shown at once
_ORDER = (Result.LAPSE, Result.REPEAL, Result.AMEND, Result.KEEP)
_TONES = {Result.LAPSE: "over", Result.REPEAL: "over", Result.AMEND: "wait", Result.KEEP: "good"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    scope: Scope = field(default_factory=Scope)
    issuer: str = ""
    result: str = ""
    rule: str = ""
    page: int = 1

    @property
    def href(self) -> str:
        """The address that asks for this."""
        page = str(self.page) if self.page > 1 else ""
        asked = {"issuer": self.issuer, "result": self.result, "rule": self.rule, "page": page}
        return href(CLEANUP, **scope_params(self.scope), **asked)


def wanted_in(params: Params) -> Wanted:
    """Return what an address asks for; whatever is odd in it is left out.

    >>> wanted_in({"result": ["修改"], "rule": ["x"], "issuer": [" 市司法局 "]})
    Wanted(scope=Scope(doc_ids=(), doc_types=(), region='', title='', past=False), issuer='市司法局', result='修改', rule='', page=1)
    """
    first = {name: next(iter(params.get(name, ())), "").strip() for name in ("issuer", "result", "rule")}
    result = first["result"] if first["result"] in set(Result) else ""
    rule = first["rule"] if first["rule"] in RULES else ""
    return Wanted(scope_in(params), first["issuer"], result, rule, page_in(params))


def select(found: Cleanup, wanted: Wanted) -> list[Verdict]:
    """Return the verdicts that are wanted, those that suggest most first."""
    chosen = [
        verdict
        for verdict in found.verdicts
        if (not wanted.result or verdict.result == wanted.result)
        and (not wanted.rule or any(finding.rule_id == wanted.rule for finding in verdict.findings))
    ]
    return sorted(chosen, key=lambda verdict: (_ORDER.index(verdict.result), not verdict.findings))


def filters(found: Cleanup, wanted: Wanted) -> str:
    """How many documents each result and each reason has, as links that narrow the list; and what was not judged."""
    all_of = f"全部 {len(found.verdicts):,}"
    results = [_link(all_of, replace(wanted, result="", rule="", page=1), not (wanted.result or wanted.rule), "act")]
    for result, n in counts(found.verdicts).items():
        on = result == wanted.result
        results.append(_link(f"{result} {n:,}", replace(wanted, result="" if on else result, page=1), on, "chip"))
    of_result = [verdict for verdict in found.verdicts if not wanted.result or verdict.result == wanted.result]
    rules = [
        _link(
            f"{RULES[rule_id].name} {n:,}",
            replace(wanted, rule="" if rule_id == wanted.rule else rule_id, page=1),
            rule_id == wanted.rule,
            "chip",
        )
        for rule_id, n in rules_in(of_result).items()
    ]
    told = [f"无法判断：{unjudged(found)}。", f"未列入：{left_out(found)}。" if left_out(found) else ""]
    return (
        f'<div data-exact><nav class="chips changes" aria-label="建议">{"".join(results)}</nav>'
        f'<nav class="chips changes reasons" aria-label="理由">{"".join(rules)}</nav></div>'
        + "".join(f'<p class="soft small">{esc(words)}</p>' for words in told if words)
    )


def _link(words: str, wanted: Wanted, on: bool, css: str) -> str:
    here = ' aria-current="true"' if on else ""
    return f'<a class="{css}"{here} href="{esc(wanted.href)}">{esc(words)}</a>'


def listing(chosen: Sequence[Verdict], wanted: Wanted) -> str:
    """One page of the documents that were selected."""
    if not chosen:
        return '<p class="soft">没有这样的文件。</p>'
    last = max(1, -(-len(chosen) // PER_PAGE))
    page = min(wanted.page, last)
    shown = chosen[(page - 1) * PER_PAGE : page * PER_PAGE]
    turn = pages(page, last, lambda number: replace(wanted, page=number).href)
    return f'<div class="cleanup">{"".join(_card(verdict, wanted.rule) for verdict in shown)}</div><div data-exact>{turn}</div>'


def _card(verdict: Verdict, rule: str) -> str:
    """One document with its reasons: those that decide first, hints behind them, many folded."""
    groups = [list(those) for _, those in _grouped(verdict)]
    told = sorted(groups, key=lambda group: bool(rule) and group[0].rule_id != rule)
    shown, folded = told[:_UNFOLDED], told[_UNFOLDED:]
    badge = f'<span class="badge {_TONES[verdict.result]}">{esc(verdict.result)}</span>'
    rows = "".join(map(_reason, shown)) or '<li class="soft">未发现需要修改、废止或者宣布失效的理由。</li>'
    more = _folded(f"另有 {len(folded):,} 项", "".join(map(_reason, folded))) if folded else ""
    return (
        f'<article class="hit"><div class="head"><span class="title">{title_link(verdict.document)}</span>{badge}</div>'
        f'<p class="meta">{meta_line(verdict.document)}</p><ul class="grounds">{rows}</ul>{more}</article>'
    )


def _grouped(verdict: Verdict) -> Iterator[tuple[object, Iterator[Finding]]]:
    """The findings that say the same of several clauses, together; those that decide first."""
    order = {id(finding): n for n, finding in enumerate(verdict.findings)}
    first: dict[tuple[str, str], int] = {}
    for finding in verdict.findings:
        first.setdefault((finding.rule_id, finding.reason), order[id(finding)])
    ranked = sorted(
        verdict.findings, key=lambda one: (one not in verdict.deciding, first[one.rule_id, one.reason], order[id(one)])
    )
    yield from groupby(ranked, key=lambda one: (one.rule_id, one.reason))


def _folded(name: str, rows: str) -> str:
    return f'<details><summary>{esc(name)}</summary><ul class="grounds">{rows}</ul></details>'


def _reason(group: Sequence[Finding]) -> str:
    """One reason: its kind, what it says, the words of its clauses as links to them, the act as a link."""
    first = group[0]
    hint = "" if first.result else '<span class="badge">提示</span> '
    sure = f'<span class="soft small">{_sure(first)}</span>'
    many = f'<span class="soft small">{len(group):,} 处</span> ' if len(group) > 1 else ""
    act = f'<p class="small">依据：{_act(first.act)}</p>' if first.act else ""
    places = "".join(f"<li>{_place(finding)}</li>" for finding in group[1:])
    more = _folded(f"其余 {len(group) - 1:,} 处", places) if places else ""
    said = f"{hint}<strong>{esc(first.rule.name)}</strong> {esc(first.reason)} {many}{sure}"
    return f"<li><p>{said}</p><p>{_place(first)}</p>{act}{more}</li>"


def _sure(finding: Finding) -> str:
    measured = finding.rule.confidence
    return "准确率未测定" if measured is None else f"准确率 {measured:.0%}"


def _place(finding: Finding) -> str:
    place = cited_path(finding.path)
    words = finding.quote if finding.quote.startswith(place) else f"{place.rstrip('、.．')}：{finding.quote}"
    quote = f'<a class="quote" href="{esc(clause_href(finding.clause_id))}">{esc(words)}</a>'
    now = finding.now
    if now is None or now.clause_id is None or now.label is None:
        return quote
    return f'{quote} → <a href="{esc(clause_href(now.clause_id))}">现行{esc(now.label)}</a>'


def _act(act: Act) -> str:
    day = f"（{said_day(act.day)}）" if act.day else ""
    link = clause_href(act.clause_id) if act.clause_id else doc_href(act.doc_id) if act.doc_id else ""
    if not link:
        return esc(act.title + day)
    return f'<a href="{esc(link)}">{esc(f"《{act.title}》{day}")}</a>'
