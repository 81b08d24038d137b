"""The list of norms of a document as a table that leaves: one row a norm, words as words, figures as figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from compare.synopsis import described
from interfaces.pages import norm_words
from interfaces.pages.norms_view import ORDERS, Wanted
from interfaces.pages.reading import Reading
from office.citing import cited_name, cited_title
from office.tables import Column, Row, Table, Value, in_words
from tiaoli.records import Norm, NormKind

COLUMNS = (  # those first that are for reading and print
    Column("序号", 7),
    Column("条款", 18),
    Column("类型", 10),
    Column("强度", 12),
    Column("承担主体", 22),
    Column("相对方", 18),
    Column("规范原文", 60),
    Column("时限", 22),
    Column("数额", 24),
    Column("依据", 36),
    Column("规范词", 10, printed=False),
    Column("主体承前", 10, printed=False),
    Column("行为", 40, printed=False),
    Column("对象", 30, printed=False),
    Column("条件", 30, printed=False),
    Column("时限数值", 10, printed=False),
    Column("时限单位", 10, printed=False),
    Column("起算", 18, printed=False),
    Column("数额下限", 12, printed=False),
    Column("数额上限", 12, printed=False),
    Column("数额单位", 10, printed=False),
    Column("权力类型", 12, printed=False),
    Column("识别依据", 24, printed=False),
    Column("准确率", 10, printed=False, form="0%"),
)


def norms_table(reading: Reading, found: Sequence[Norm], wanted: Wanted, day: date) -> Table:
    """Return the norms that were selected as a table; `day` is the one on which it was made."""
    rows = (Row((n, *_values(reading, norm)), norm.clause_id) for n, norm in enumerate(found, 1))
    title, facts = f"{cited_title(reading.document)}规范清单", tuple(_facts(reading, found, wanted, day))
    return Table(title, COLUMNS, tuple(rows), facts, "规范清单")


def _values(reading: Reading, norm: Norm) -> Iterator[Value]:
    """Yield the cells of a norm behind its number; of several limits or sums the first in figures, all in words."""
    clause = reading.clause(norm.clause_id)
    limit, amount = next(iter(norm.deadlines), None), next(iter(norm.amounts), None)
    yield reading.citation(clause) or clause.label
    yield norm_words.KINDS[norm.kind]
    yield norm_words.STRENGTHS[norm.strength] if norm.strength else ""
    yield norm_words.joined(reading.bodies_of(norm))
    yield norm_words.joined(norm.counterparty)
    yield norm.text
    yield "；".join(deadline.text for deadline in norm.deadlines)
    yield "；".join(one.text for one in norm.amounts)
    yield "；".join(map(cited_name, reading.basis_of(norm)))
    yield norm.modal or ""
    yield "是" if any(bearer.inherited for bearer in norm.bearers) else ""
    yield from (norm.action, norm.object or "", norm.condition or "")
    yield from (limit.value, limit.unit or "", limit.anchor or "") if limit else (None, "", "")
    yield from (amount.low, amount.high, amount.unit) if amount else (None, None, "")
    yield norm.power_type or ""
    yield norm_words.rule(norm)
    yield norm.confidence or None


def _facts(reading: Reading, found: Sequence[Norm], wanted: Wanted, day: date) -> Iterator[tuple[str, str]]:
    kinds = (
        "全部类型"
        if len(wanted.kinds) == len(NormKind)
        else norm_words.joined(name for kind, name in norm_words.KINDS.items() if kind in wanted.kinds)
    )
    yield "文件", described(reading.document)
    yield "范围", f"{kinds}；{f'承担主体：{wanted.body}' if wanted.body else '全部主体'}；按{ORDERS[wanted.order]}排列"
    yield "条数", f"{len(found):,} 条，本文件共 {len(reading.norms):,} 条"
    yield (
        "说明",
        "由程序从正文中识别，“准确率”是人工标注的条款中用同样方法找到的规范里正确的比例，空白表示没有测定；使用前请核对原文。",
    )
    yield "制表日期", in_words(day)
