"""交叉与空白: one walk over the documents of a store that finds overlaps and gaps of every kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from answers import gaps, overlaps
from answers.findings import Finding, FindingKind
from answers.opened import Opened
from answers.scope import Scope
from graph.resolve import Resolver
from office.tables import Column, Row, Table, in_words
from tiaoli.errors import TiaoliError
from tiaoli.provisions import work_key
from tiaoli.records import Document
from tiaoli.validity import in_force_from

KINDS: tuple[FindingKind, ...] = (*overlaps.KINDS, *gaps.KINDS)
BY_ID: Mapping[str, FindingKind] = {kind.id: kind for kind in KINDS}
Progress = Callable[[int, int], None]  # documents read, of how many


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found, and what was searched and stayed open."""

    findings: tuple[Finding, ...]  # in the order of the kinds, within a kind in that of the documents
    scope: str  # in words
    day: date
    searched: int  # documents
    copies: int  # further files of the same version of a work: read, not searched again
    clauses: int
    norms: int
    unnamed: int  # norms of which the text does not tell whose they are
    placeless: int  # documents without a region: compared with no other for overlaps


def survey(resolver: Resolver, scope: Scope, day: date, progress: Progress = lambda done, total: None) -> Survey:
    """Return the overlaps and gaps of the documents of a scope; what implements a task is looked for in the whole store.

    `resolver` is at `day`. `progress` is told after each document how many of how many are read.
    """
    documents = [replace(one, status=resolver.standing.get(one.doc_id)) for one in resolver.documents]
    chosen = [one for one in documents if scope.holds(one)]
    first = _without_copies(chosen)
    found: list[Finding] = []
    powers, tasks, count = overlaps.Powers(), gaps.Tasks(), Counter[str]()
    for n, document in enumerate(documents, 1):
        if document.doc_id in first:
            opened = Opened.of(resolver.store, document)
            found.extend(_in_document(opened))
            powers.read(opened)
            tasks.read(opened)
            _count(opened, count)
            citations = opened.citations
        else:
            citations = resolver.store.citations(document.doc_id)
        tasks.know(document, citations)
        progress(n, len(documents))
    found.extend((*powers.findings(), *tasks.findings()))
    order = {kind.id: n for n, kind in enumerate(KINDS)}
    found.sort(key=lambda one: order[one.kind])
    described = scope.described(len(chosen), len(documents))
    searched, copies = len(first), len(chosen) - len(first)
    return Survey(
        tuple(found), described, day, searched, copies, count["clauses"], count["norms"], count["unnamed"], count["placeless"]
    )


def _in_document(opened: Opened) -> Iterator[Finding]:
    yield from overlaps.within(opened)
    for find in gaps.IN_DOCUMENT:
        yield from find(opened)


def _count(opened: Opened, count: Counter[str]) -> None:
    count["clauses"] += len(opened.clauses)
    count["norms"] += len(opened.norms)
    count["unnamed"] += sum(not norm.bearers for norm in opened.norms)
    count["placeless"] += opened.document.region is None


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


# --- choosing --------------------------------------------------------------------------------------------------------


def kinds_of(ids: Iterable[str], known: Sequence[FindingKind] = KINDS) -> tuple[FindingKind, ...]:
    """Return the kinds of these ids, all `known` ones where none is given; TiaoliError where there is no such kind."""
    wanted = [one.upper() for one in ids]
    if lost := [one for one in wanted if one not in {kind.id for kind in known}]:
        raise TiaoliError(f"没有“{lost[0]}”这一类，可用：{'、'.join(f'{kind.id} {kind.title}' for kind in known)}。")
    return tuple(kind for kind in known if not wanted or kind.id in wanted)


def chosen(found: Survey, kinds: Sequence[FindingKind], body: str = "") -> tuple[Finding, ...]:
    """Return the findings of these kinds that concern a body: by its name, or in the words that are quoted."""
    ids = {kind.id for kind in kinds}
    return tuple(one for one in found.findings if one.kind in ids and (not body or _concerns(one, body)))


def _concerns(finding: Finding, body: str) -> bool:
    return any(body in name for name in finding.bodies) or any(body in quote.text for quote in finding.quotes)


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


def table(title: str, found: Survey, kinds: Sequence[FindingKind], body: str = "") -> Table:
    """Return findings as a table, one row a finding; the facts say what each kind is and what it is not."""
    findings = chosen(found, kinds, body)
    count = Counter(one.kind for one in findings)
    facts = [
        ("截至", in_words(found.day)),
        ("范围", found.scope),
        ("检查", _searched(found)),
        *([("机关", f"名称或原文含“{body}”")] if body else []),
        *((f"{kind.id} {kind.title}（{count[kind.id]:,}）", f"{kind.meaning}不算的情形：{kind.trap}") for kind in kinds),
        ("提示", "这些是需要人工核对的线索，不是结论；没有列出的不等于没有问题。"),
    ]
    return Table(title, _COLUMNS, tuple(map(_row, findings)), tuple(facts), name="交叉与空白")


def _searched(found: Survey) -> str:
    return (
        f"{found.searched:,} 件文件、{found.clauses:,} 条条款、{found.norms:,} 条规范；"
        f"其中 {found.unnamed:,} 条规范没有抽取到承担主体；同一文本的副本 {found.copies:,} 件没有重复检查；"
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
            "\n".join(f"《{one.title}》{one.label}：{one.text}" for one in others),
            "\n".join(one.clause_id for one in others),
            finding.confidence,
        ),
        first.clause_id,
    )
