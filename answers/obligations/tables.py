"""An answer about obligations as it leaves: tables for Excel and Word, and records for JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from answers.obligations.answer import Answer, Group, Member
from answers.obligations.concerning import Concern
from answers.obligations.differing import KINDS, amounts, bearers, described, frequency, level, limits, strength
from graph.norms import records_of
from graph.resolve import Resolver
from office.tables import Column, Row, Table
from tiaoli.exports import as_dict
from tiaoli.records import Norm

_COLUMNS = (
    Column("组", 6),
    Column("事项", 34),
    Column("类型", 8),
    Column("承担主体", 18),
    Column("强度", 8),
    Column("时限、频次", 16),
    Column("数额", 14, printed=False),
    Column("条件", 24, printed=False),
    Column("原文", 50),
    Column("文件", 28),
    Column("条款", 18),
    Column("级别", 6, printed=False),
    Column("与机关的关系", 12, printed=False),
    Column("为何列入", 24, printed=False),
)
_COMPARED = (Column("组", 6), Column("事项", 34), Column("不同之处", 12), Column("内容", 24), Column("出处", 60))


def asked_in_words(answer: Answer) -> str:
    """What was asked for: 关于“案卷评查”、机关“市财政局”."""
    parts = [f"关于“{answer.asked.about}”"] if answer.topic is not None else []
    parts += [f"机关“{answer.asked.body}”"] if answer.meant is not None else []
    return "、".join(parts)


def facts(answer: Answer) -> tuple[tuple[str, str], ...]:
    """What an answer is about, what was searched and what stayed open."""
    counts, found = answer.counts, sum(len(group.members) for group in answer.groups)
    told = [
        ("查询", asked_in_words(answer)),
        ("范围", answer.asked.scope.described(counts.documents, counts.all_documents)),
        ("检索", f"{counts.documents:,} 件文件的 {counts.clauses:,} 个条款；库中共抽取 {counts.norms:,} 条规范"),
    ]
    if answer.meant is not None:
        told.append(("机关", answer.meant.described))
    if answer.topic is not None:
        same = [f"{'、'.join(one.words)}" for one in answer.topic.concepts]
        told.append(("主题要点", "；".join(same)))
        told.append(
            (
                "命中",
                f"{counts.speaking:,} 处谈到主题的大部分要点；逐条核对后，切合主题的条款 {counts.fitting:,} 个，相关的 {counts.near:,} 个",
            )
        )
    else:
        told.append(("命中", f"由该机关承担或以它为相对方的规范 {counts.fitting:,} 条"))
    told.append(("列出", f"{len(answer.groups):,} 组 {found:,} 项"))
    if left := _left(answer):
        told.append(("未列入", left))
    told.append(
        (
            "未决",
            f"没有写明主体 {counts.no_bearer:,} 项；主体未能对应到机关 {counts.unresolved:,} 项；没有抽取出规范、按原文列出 {counts.no_norm:,} 项",
        )
    )
    return tuple(told)


def _left(answer: Answer) -> str:
    """What was found and is not shown, in words."""
    counts = answer.counts
    parts = [f"{counts.left:,} 处谈到主题但未逐条核对"] if counts.left else []
    parts += [f"{counts.cut:,} 项排在后面"] if counts.cut else []
    return f"{'，'.join(parts)}：内容太多，请缩小主题或范围" if parts else ""


def obligations_tables(answer: Answer) -> list[Table]:
    """Return the members of all groups, one a row, and the differences within groups."""
    title = f"义务清单：{asked_in_words(answer)}"
    rows = (_row(number, group, one) for number, group in enumerate(answer.groups, 1) for one in group.members)
    compared = tuple(row for number, group in enumerate(answer.groups, 1) for row in _compared(number, group))
    tables = [Table(title, _COLUMNS, tuple(rows), facts(answer), "义务")]
    return [*tables, Table(f"{title}（同组异同）", _COMPARED, compared, (), "异同")] if compared else tables


def _row(number: int, group: Group, one: Member) -> Row:
    norm = one.norm
    said = _said(norm) if norm is not None else ("",) * 6
    kind, bearer, strict, times, sums, condition = said
    place = "".join(one.clause.path)
    concern = one.concern.value if one.concern is not None else ""
    place += f"（另有 {len(one.again):,} 处文字相同）" if one.again else ""
    values = (number, group.action, kind, bearer, strict, times, sums, condition, one.text, one.document.title, place)
    return Row((*values, level(one.document), concern, one.why), one.clause.clause_id)


def _said(norm: Norm) -> tuple[str, ...]:
    times = "、".join(part for part in (limits(norm), frequency(norm)) if part)
    return KINDS[norm.kind], bearers(norm), strength(norm), times, amounts(norm), norm.condition or ""


def _compared(number: int, group: Group) -> Iterator[Row]:
    for difference in group.differences:
        for value, members in by_value(group, difference.values).items():
            places = "；".join(f"《{one.document.title}》{''.join(one.clause.path)}" for one in members)
            yield Row((number, group.action, difference.name, value, places), members[0].clause.clause_id)
    for step in described(group.chain):
        yield Row((number, group.action, "依据链", step, ""), None)


def by_value(group: Group, values: tuple[str, ...]) -> Mapping[str, list[Member]]:
    """Return the members of a group by what they say of one thing."""
    found: defaultdict[str, list[Member]] = defaultdict(list)
    for value, member in zip(values, group.members, strict=True):
        found[value].append(member)
    return found


# --- JSON ------------------------------------------------------------------------------------------------------------


def as_records(answer: Answer, resolver: Resolver) -> dict[str, object]:
    """Return an answer as JSON holds it: groups with their members, which have the fields of norms and where they stand."""
    norms = _norms(answer, resolver)
    return {
        "body": answer.asked.body or None,
        "about": answer.asked.about or None,
        "counts": as_dict(answer.counts),
        "groups": [
            {
                "group_id": group.group_id,
                "action": group.action,
                "near": group.near,
                "members": [_member(one, norms) for one in group.members],
                "differences": [
                    {
                        "name": difference.name,
                        "values": [
                            {"value": value, "clause_ids": [one.clause.clause_id for one in members]}
                            for value, members in by_value(group, difference.values).items()
                        ],
                    }
                    for difference in group.differences
                ],
                "chain": [as_dict(step) for step in group.chain],
            }
            for group in answer.groups
        ],
    }


def _norms(answer: Answer, resolver: Resolver) -> dict[str, dict[str, object]]:
    """Return the norms of an answer as JSON holds them, by their ids."""
    by_document: defaultdict[str, list[Member]] = defaultdict(list)
    for group in answer.groups:
        for member in group.members:
            by_document[member.document.doc_id].append(member)
    found: dict[str, dict[str, object]] = {}
    for members in by_document.values():
        norms = [member.norm for member in members if member.norm is not None]
        for record in records_of(resolver, members[0].document, norms):
            found[str(record["norm_id"])] = record
    return found


def _member(one: Member, norms: Mapping[str, dict[str, object]]) -> dict[str, object]:
    norm = norms[one.norm.norm_id] if one.norm is not None else {"norm_id": None, "kind": None, "text": one.text}
    place = {"clause_id": one.clause.clause_id, "doc_id": one.document.doc_id, "title": one.document.title}
    concern = Concern(one.concern).name.lower() if one.concern is not None else None
    return {
        **norm,
        **place,
        "path": list(one.clause.path),
        "concern": concern,
        "near": one.near,
        "why": one.why,
        "again": list(one.again),
    }
