"""Workbooks: .xlsx, .xlsm, .xlsb, .xls, .et and .ods."""

from __future__ import annotations

from typing import Any

from ingest.readers import bounded, workbook
from ingest.readers.grid import Sheet, lay_out
from ingest.readers.reading import Reading
from tiaoli.errors import UnreadableFile

_LONGEST = 120  # seconds
_REASONS = {
    workbook.ENCRYPTED: "工作簿设有打开密码，请在 WPS 或 Excel 中取消密码后另存，再导入",
    workbook.TOO_LARGE: f"工作簿太大（最多 {workbook.MOST_CELLS // 10_000} 万格、{workbook.MOST_CHARACTERS // 10_000} 万字，解压后 {workbook.MOST_UNPACKED >> 20} MB），请拆分后再导入",
    workbook.DAMAGED: "工作簿已损坏、设有密码，或内容超出可读的范围；请用 WPS 或 Excel 打开，核对后另存为 .xlsx 再导入",
}
_MARKUP = "内容其实是网页或 XML，请用 WPS 或 Excel 打开后另存为 .xlsx 再导入"
_TOLD = {
    "charts": "有 {} 张图表页没有读入；图表中的数字请核对原表",
    "hidden_rows": "原表中有 {} 行是隐藏的，已一并读入，请核对是否需要",
    "errors": "有 {} 个单元格的公式出错（如 #N/A），读作空白，请在原表中改正",
    "formulas": "有 {} 个公式没有保存计算结果，读作空白；请用 WPS 或 Excel 打开、保存后再导入",
    "fractions": "有 {} 个小数按存储的值读出，原表若显示为百分比、分数或舍入后的数，请核对",
}


def read(data: bytes) -> Reading:
    """Return the text of a workbook, its tables as rows; UnreadableFile where it is locked, damaged or too large."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnreadableFile(_MARKUP)
    book = _book(data)
    sheets = [Sheet(sheet["rows"], sheet["name"], sheet["merged"]) for sheet in book["sheets"]]
    notes = [(name, words.format(count)) for name, words in _TOLD.items() if (count := book["counts"].get(name))]
    if hidden := book["hidden"]:
        names = "、".join(hidden)
        notes.append(("hidden_sheets", f"有 {len(hidden)} 张隐藏的工作表没有读入：{names}；如需要，请取消隐藏后再导入"))
    return lay_out(sheets, notes=notes)


def _book(data: bytes) -> dict[str, Any]:
    """Return what a process of its own reads from a workbook; one that dies over it cost nothing else."""
    try:
        book: dict[str, Any] = bounded.answer(workbook.__file__, data, _LONGEST)
    except bounded.NoAnswer as error:
        raise UnreadableFile(_REASONS[workbook.DAMAGED]) from error
    if "refused" in book:
        raise UnreadableFile(_REASONS[book["refused"]])
    return book
