"""权责清单 as tables that leave: the powers, and the duties that stand with no power."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from answers.powers.listing import PowersList
from answers.powers.rows import Power
from answers.provisions_cited import Basis
from answers.scope import Scope
from office.tables import Column, Row, Table, in_words

_POWERS = (
    Column("序号", 7),
    Column("职权名称", 36),
    Column("类型", 12),
    Column("实施主体", 22),
    Column("依据", 60),
    Column("责任事项", 48),
    Column("期限", 18),
    Column("追责情形", 48),
    Column("文件数", 8, printed=False),
    Column("识别准确率", 10, printed=False, form="0%"),
)
_DUTIES = (Column("序号", 7), Column("承担主体", 22), Column("职责", 60), Column("期限", 20), Column("依据", 48))
_MOST_BASES = 5  # told with their words; more are told by name


def powers_tables(found: PowersList, name: str, scope: Scope, total: int, day: date) -> tuple[Table, Table]:
    """Return the list of the body called `name`, and its other duties; `total` is how many documents the store has."""
    facts = tuple(_facts(found, scope, total, day))
    powers = (Row((n, *_values(power)), power.norms[0].clause_id) for n, power in enumerate(found.powers, 1))
    duties = (
        Row(
            (n, one.body.name, one.norm.text, _joined(limit.text for limit in one.norm.deadlines), one.basis.cited),
            one.norm.clause_id,
        )
        for n, one in enumerate(found.other_duties, 1)
    )
    return (
        Table(f"{name}权责清单", _POWERS, tuple(powers), facts, "权责清单"),
        Table(f"{name}其他职责", _DUTIES, tuple(duties), facts[-1:], "其他职责"),
    )


def _values(power: Power) -> Iterator[str | float]:
    yield power.name
    yield power.type
    yield power.body.name
    yield told(power.bases)
    yield "\n".join(dict.fromkeys(duty.text for duty in power.duties))
    yield _joined(power.limits)
    yield told(power.liabilities)
    yield float(len({basis.document.doc_id for basis in power.bases}))
    yield min(norm.confidence for norm in power.norms)


def told(bases: tuple[Basis, ...]) -> str:
    """Return provisions with their words, one a line; of many the first, and the names of the others."""
    lines = [f"{basis.cited}：{basis.words}" for basis in bases[:_MOST_BASES]]
    if more := bases[_MOST_BASES:]:
        lines.append(f"另有 {len(more)} 处：{_joined(basis.cited for basis in more)}")
    return "\n".join(lines)


def _joined(words: Iterator[str] | tuple[str, ...]) -> str:
    return "；".join(words)


def _facts(found: PowersList, scope: Scope, total: int, day: date) -> Iterator[tuple[str, str]]:
    names = [body.name for body in found.bodies]
    yield "机关", f"{'、'.join(names[:12])}{f' 等 {len(names)} 个' if len(names) > 12 else ''}"
    yield "范围", scope.described(found.documents, total)
    yield "数量", f"职权 {len(found.powers):,} 项，其他职责 {len(found.other_duties):,} 项，出自 {found.norms:,} 条规范"
    yield (
        "说明",
        "由程序从正文中识别：“责任事项”是同一条中该主体的义务，“追责情形”是同一文件中对工作人员的处分规定或清单所列情形；"
        "同名同类的职权合为一项，依据按效力级别排列。使用前请核对原文。",
    )
    yield "制表日期", in_words(day)
