"""The list of norms of a document as an Excel workbook: one row a norm, words as words, figures as figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from compare.packing import legal, steady
from compare.sheets import LINE_POINTS, breadth, put_facts, put_heads, put_text, set_print, style
from compare.synopsis import described, in_words
from interfaces.pages import norm_words
from interfaces.pages.citing import cited_name, cited_title
from interfaces.pages.norms_view import ORDERS, Wanted
from interfaces.pages.reading import Reading
from tiaoli.records import Norm, NormKind

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | float | None
HEADS = {  # with their widths in letters; those first that are for reading and print
    "序号": 7,
    "条款": 18,
    "类型": 10,
    "强度": 12,
    "承担主体": 22,
    "相对方": 18,
    "规范原文": 60,
    "时限": 22,
    "数额": 24,
    "依据": 36,
    "规范词": 10,
    "主体承前": 10,
    "行为": 40,
    "对象": 30,
    "条件": 30,
    "时限数值": 10,
    "时限单位": 10,
    "起算": 18,
    "数额下限": 12,
    "数额上限": 12,
    "数额单位": 10,
    "权力类型": 12,
    "识别依据": 24,
    "准确率": 10,
    "条款编号": 36,
}
_SHARE = list(HEADS).index("准确率") + 1
_PRINTED = "J"  # the last column that is printed
_MOST_LINES = 27  # of a row: Excel makes none higher than 409 points
_LONGEST = 32_000  # characters that a cell of Excel can hold, and a few to spare


def excel_file(reading: Reading, found: Sequence[Norm], wanted: Wanted, day: date) -> bytes:
    """Return the norms that were selected as an .xlsx file; `day` is the one on which it was made."""
    from openpyxl import Workbook

    book = Workbook()
    table = book.active
    table.title = "规范清单"
    for at, norm in enumerate(found, 2):
        values = (at - 1, *_values(reading, norm))
        for column, value in enumerate(values, 1):
            _put(table, at, column, value)
        table.row_dimensions[at].height = LINE_POINTS * min(_lines(values), _MOST_LINES)
    put_heads(table, HEADS.items(), len(found) + 1)
    set_print(table)
    table.print_area = f"A1:{_PRINTED}{len(found) + 1}"
    put_facts(book.create_sheet("说明"), _facts(reading, found, wanted, day))
    book.properties.title = legal(f"{cited_title(reading.document)}规范清单")
    book.properties.creator = "条理"
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _lines(values: Sequence[Value]) -> int:
    """How many lines the highest cell of a row takes."""
    widths = zip(values, HEADS.values(), strict=True)
    return max(math.ceil(breadth(value) / (width - 2)) for value, width in widths if isinstance(value, str))


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        put_text(cell, value if len(value) <= _LONGEST else f"{value[:_LONGEST]}……（全文见正文）")
    else:
        cell.value = value
        style(cell)
        if column == _SHARE:
            cell.number_format = "0%"


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
    yield norm.clause_id


def _facts(reading: Reading, found: Sequence[Norm], wanted: Wanted, day: date) -> Iterator[tuple[str, str]]:
    kinds = (
        "全部类型"
        if len(wanted.kinds) == len(NormKind)
        else norm_words.joined(name for kind, name in norm_words.KINDS.items() if kind in wanted.kinds)
    )
    yield "名称", f"{cited_title(reading.document)}规范清单"
    yield "文件", described(reading.document)
    yield "范围", f"{kinds}；{f'承担主体：{wanted.body}' if wanted.body else '全部主体'}；按{ORDERS[wanted.order]}排列"
    yield "条数", f"{len(found):,} 条，本文件共 {len(reading.norms):,} 条"
    yield (
        "说明",
        "由程序从正文中识别，“准确率”是人工标注的条款中用同样方法找到的规范里正确的比例，空白表示没有测定；使用前请核对原文。",
    )
    yield "制表日期", in_words(day)
