"""依据链 as tables that leave: the ways up, and what hangs on a provision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answers.tracing.paths import Dependants, Hanging, Path, Place
from office.tables import Column, Row, Table, in_words

_PATHS = (
    Column("序号", 7),
    Column("上位依据", 48),
    Column("效力级别", 12),
    Column("步数", 8),
    Column("路径", 90),
    Column("内容最接近的条款", 48),
    Column("被何文件废止", 40),
    Column("接替它的条款", 48),
)
_HANGING = (
    Column("序号", 7),
    Column("受影响的条款", 48),
    Column("关系", 18),
    Column("层次", 8),
    Column("涉及主体", 30),
    Column("文种", 14),
    Column("文件状态", 12),
)


def trace_tables(paths: Sequence[Path], found: Dependants, day: date) -> tuple[Table, Table]:
    """Return the ways up from a provision and what hangs on it."""
    up = (Row((n, *_path(path)), _clause_id(path)) for n, path in enumerate(paths, 1))
    down = (Row((n, *values), clause_id) for n, (values, clause_id) in enumerate(map(_hanging, found.hanging), 1))
    facts = (
        ("条款", found.start.cited),
        *([("条文", found.words)] if found.words else []),
        (
            "数量",
            f"向上通到 {len(paths):,} 件上位文件；向下有 {len(found.hanging):,} 处引用或以之为依据，涉及主体 {len(found.bodies):,} 个",
        ),
        ("说明", "按引用、制定依据、同文条款逐级追溯，只向效力不低于自身的文件走；层次 1 为直接引用，2、3 为间接。"),
        ("制表日期", in_words(day)),
    )
    title = found.start.cited
    return (
        Table(f"{title}的上位依据", _PATHS, tuple(up), facts, "上位依据"),
        Table(f"{title}变动时受影响的条款", _HANGING, tuple(down), facts[:-3], "受影响"),
    )


def _clause_id(path: Path) -> str | None:
    """Return the provision that a way leads to, or the nearest in the document that it leads to, or in what took its place."""
    place = path.end if path.end.clause else path.succeeding or path.nearest
    return place.node if place else None


def _path(path: Path) -> tuple[str | float, ...]:
    way = " → ".join(f"{step.how.value} {step.place.cited}" for step in path.steps)
    level = path.end.document.doc_type.value if path.end.document else "库中没有"
    successor = path.successor.cited if path.successor else ""
    words = (f"{path.start.cited} → {way}", _words(path.nearest), successor, _words(path.succeeding))
    return path.end.cited, level, float(len(path.steps)), *words


def _words(place: Place | None) -> str:
    return f"{place.cited}：{place.clause.text}" if place is not None and place.clause is not None else ""


def _hanging(one: Hanging) -> tuple[tuple[str | float, ...], str | None]:
    document = one.place.document
    values = (
        one.place.cited,
        one.how.value,
        float(one.ring),
        "、".join(body.name for body in one.bodies),
        document.doc_type.value if document else "",
        document.status.value if document and document.status else "",
    )
    return values, one.place.node if one.place.clause else one.clause_id
