"""机构: bodies that were abolished, merged or renamed and that a document still names, or that issued it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from answers.cleanup.case import Case, Known
from answers.cleanup.records import Act, Finding
from answers.cleanup.words import any_of
from graph.bodies import body_names
from tiaoli.records import Kind, Mention
from tiaoli.renamed_bodies import Successor, successors

_FRAME = (Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING)  # tell who issued it
_NEAR = 8  # characters before a name
_TITLED = re.compile(r"《[^《》]*$")
_OPEN = re.compile(r"^[^《》]*》")


def findings(case: Case, _: Known) -> Iterator[Finding]:
    """Yield a finding for each former body, once for each clause; and one where the issuer itself is a former body."""
    seen: set[tuple[str, str]] = set()
    for mention in case.mentions:
        chain = _chain(mention.name, case.day)
        clause = case.by_id.get(mention.clause_id)
        if not chain or clause is None or clause.kind in _FRAME or (mention.clause_id, mention.name) in seen:
            continue
        if _names_it(case, mention):
            seen.add((mention.clause_id, mention.name))
            span = (mention.start, mention.end)
            yield case.finding("O1", clause, span, _reason(mention.name, chain), act=_act(chain))
    yield from _issuers(case)


def _issuers(case: Case) -> Iterator[Finding]:
    for name in body_names(case.document.issuer):
        if chain := _chain(name, case.day):
            span = (case.title.start, case.title.end)
            reason = f"制定机关{_reason(name, chain)}由继续行使其职权的机关清理。"
            yield case.finding("O2", case.title, span, reason, act=_act(chain))


def _chain(name: str, day: date) -> tuple[Successor, ...]:
    """The bodies that followed one of that name until `day`."""
    return tuple(one for one in successors(name) if one.since <= day.isoformat())


def _reason(name: str, chain: tuple[Successor, ...]) -> str:
    first, last = chain[0], chain[-1]
    note = f"（{first.note}）" if first.note else ""
    after = f"，现为{last.name}" if last is not first else ""
    return f"“{name}”{first.since[:4]}年改为{first.name}{note}{after}。"


def _act(chain: tuple[Successor, ...]) -> Act:
    return Act(chain[0].source, chain[0].since)


def _names_it(case: Case, mention: Mention) -> bool:
    """Whether a document names a body as one that acts: not within a title, nor as 原…局, nor by 本局."""
    before = case.text[max(0, mention.start - 80) : mention.start]
    after = case.text[mention.end : mention.end + 80]
    if _TITLED.search(before) and _OPEN.search(after):
        return False
    return re.search(rf"(?:{any_of('former')})[^，。；、]{{0,2}}$", before[-_NEAR:]) is None and not mention.text.startswith(
        ("本", "我", "该", "其")
    )
