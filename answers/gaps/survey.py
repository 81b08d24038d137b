"""交叉与空白: one walk over the documents of a store that finds overlaps and gaps of every kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from answers.gaps import kinds, overlaps
from answers.gaps.findings import Finding, FindingKind, Quote
from answers.gaps.opened import Opened
from answers.scope import Scope
from graph.resolve import Resolver
from office.tables import Column, Row, Table, in_words
from tiaoli.errors import TiaoliError
from tiaoli.provisions import work_key
from tiaoli.records import Document
from tiaoli.validity import in_force_from

KINDS: tuple[FindingKind, ...] = (*overlaps.KINDS, *kinds.KINDS)
BY_ID: Mapping[str, FindingKind] = {kind.id: kind for kind in KINDS}
NOT = "不算的情形："
HINT = "这些是需要人工核对的线索，不是结论；没有列出的不等于没有问题。"
Progress = Callable[[int, int], object]  # documents read, of how many


class Count(NamedTuple):
    """What a document holds, and of how many of its norms the text does not tell whose they are."""

    clauses: int
    norms: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class Survey:
    """All overlaps and gaps of a store at a day."""

    day: date
    documents: tuple[Document, ...]  # with their status at that day
    findings: tuple[Finding, ...]  # in the order of the kinds, within a kind in that of the documents
    counts: Mapping[str, Count]  # by the ids of the documents


@dataclass(frozen=True, slots=True)
class Selected:
    """The findings that somebody asked for, and what was searched for them and stayed open."""

    day: date
    kinds: tuple[FindingKind, ...]
    body: str
    findings: tuple[Finding, ...]
    scope: str  # in words
    searched: int  # documents
    copies: int  # further files of the same version of a work, whose findings are not listed again
    held: Count
    placeless: int  # documents without a region: compared with no other for overlaps


def survey(resolver: Resolver, day: date, progress: Progress = lambda done, total: None) -> Survey:
    """Return the overlaps and gaps of all current documents of a store, those that are over too.

    `resolver` is at `day`. `progress` is told after each document how many of how many are read.
    """
    documents = tuple(replace(one, status=resolver.standing.get(one.doc_id)) for one in resolver.documents)
    found: list[Finding] = []
    counts: dict[str, Count] = {}
    powers, tasks = overlaps.Powers(), kinds.Tasks()
    for n, document in enumerate(documents, 1):
        opened = Opened.of(resolver.store, document)
        found.extend(_in_document(opened))
        powers.read(opened)
        tasks.read(opened)
        unnamed = sum(not norm.bearers for norm in opened.norms)
        counts[document.doc_id] = Count(len(opened.clauses), len(opened.norms), unnamed)
        progress(n, len(documents))
    found.extend((*powers.findings(), *tasks.findings()))
    order = {kind.id: n for n, kind in enumerate(KINDS)}
    found.sort(key=lambda one: order[one.kind])
    return Survey(day, documents, tuple(found), counts)


def _in_document(opened: Opened) -> Iterator[Finding]:
    yield from overlaps.within(opened)
    for find in kinds.IN_DOCUMENT:
        yield from find(opened)


# --- choosing --------------------------------------------------------------------------------------------------------


def kinds_of(ids: Iterable[str], known: Sequence[FindingKind] = KINDS) -> tuple[FindingKind, ...]:
    """Return the kinds of these ids, all `known` ones where none is given; TiaoliError where there is no such kind."""
    wanted = [one.upper() for one in ids]
    if lost := [one for one in wanted if one not in {kind.id for kind in known}]:
        raise TiaoliError(f"没有“{lost[0]}”这一类，可用：{'、'.join(f'{kind.id} {kind.title}' for kind in known)}。")
    return tuple(kind for kind in known if not wanted or kind.id in wanted)


def select(found: Survey, scope: Scope, kinds: Sequence[FindingKind] = KINDS, body: str = "") -> Selected:
    """Return the findings of these kinds in the documents of a scope that concern a body.

    They do by its name, or in the words that are quoted. Of files with the same version of a work only the first counts.
    """
    chosen = {one.doc_id: one for one in found.documents if scope.holds(one)}
    first = _without_copies(chosen.values())
    ids = {kind.id for kind in kinds}
    findings = (one for one in found.findings if one.kind in ids and (not body or _concerns(one, body)))
    counts = [found.counts[doc_id] for doc_id in first]
    return Selected(
        found.day,
        tuple(kinds),
        body,
        tuple(one for one in findings if _is_in(one, chosen, first)),
        scope.described(len(chosen), len(found.documents)),
        len(first),
        len(chosen) - len(first),
        Count(*(sum(column) for column in zip(*counts, strict=True))) if counts else Count(0, 0, 0),
        sum(chosen[doc_id].region is None for doc_id in first),
    )


def _is_in(finding: Finding, chosen: Mapping[str, Document], first: Set[str]) -> bool:
    """Whether a finding lies in the chosen documents; one of a single document where that is no copy."""
    doc_ids = {quote.doc_id for quote in finding.quotes}
    return doc_ids <= chosen.keys() if len(doc_ids) > 1 else finding.doc_id in first


def _without_copies(documents: Iterable[Document]) -> frozenset[str]:
    """The ids of the documents, of files with the same version of a work only that of the first."""
    seen: set[tuple[str, date]] = set()
    kept = []
    for one in documents:
        begins = in_force_from(one)
        version = None if begins is None or not one.title else (work_key(one.title), begins)
        if version is None or version not in seen:
            kept.append(one.doc_id)
        if version is not None:
            seen.add(version)
    return frozenset(kept)


def _concerns(finding: Finding, body: str) -> bool:
    return any(body in name for name in finding.bodies) or any(body in quote.text for quote in finding.quotes)


def counts_of(selected: Selected) -> Mapping[str, int]:
    """How many findings of each kind there are, by the ids of the kinds."""
    return Counter(one.kind for one in selected.findings)


# --- the table -------------------------------------------------------------------------------------------------------

_COLUMNS = (
    Column("类别", 14),
    Column("文件", 26),
    Column("条款", 16),
    Column("原文", 50),
    Column("说明", 44),
    Column("机关", 22, printed=False),
    Column("对照", 44),
    Column("对照条款编号", 30, printed=False),
    Column("把握", 8, printed=False, form="0%"),
)


def table(title: str, found: Selected) -> Table:
    """Return findings as a table, one row a finding; the facts say what each kind is and what it is not."""
    count = counts_of(found)
    facts = [
        ("截至", in_words(found.day)),
        ("范围", found.scope),
        ("检查", searched(found)),
        *([("机关", f"名称或原文含“{found.body}”")] if found.body else []),
        *(
            (f"{kind.id} {kind.title}（{count.get(kind.id, 0):,}）", f"{kind.meaning}{NOT}{kind.trap}")
            for kind in found.kinds
        ),
        ("提示", HINT),
    ]
    return Table(title, _COLUMNS, tuple(map(_row, found.findings)), tuple(facts), name="交叉与空白")


def searched(found: Selected) -> str:
    """What was searched and what stayed open, in words."""
    return (
        f"{found.searched:,} 件文件、{found.held.clauses:,} 条条款、{found.held.norms:,} 条规范；"
        f"其中 {found.held.unnamed:,} 条规范没有抽取到承担主体；同一文本的副本 {found.copies:,} 件，线索不重复列出；"
        f"{found.placeless:,} 件没有地区，不参加跨文件比较"
    )


def _row(finding: Finding) -> Row:
    first, *others = finding.quotes
    return Row(
        (
            f"{finding.kind} {BY_ID[finding.kind].title}",
            first.title,
            first.label,
            first.text,
            finding.message,
            "、".join(finding.bodies),
            "\n".join(map(_said, others)),
            "\n".join(one.clause_id for one in others),
            finding.confidence,
        ),
        first.clause_id,
    )


def _said(quote: Quote) -> str:
    """A quotation with its place; where it begins with its label that is not said twice."""
    label = "" if quote.text.startswith(quote.label) else f"{quote.label}："
    return f"《{quote.title}》{label}{quote.text}"
