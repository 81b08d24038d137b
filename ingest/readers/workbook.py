"""The cells of a workbook as a person sees them: `python -P workbook.py < book.xls` prints them as JSON.

This runs as a process of its own, with the memory that a workbook may take: the library ends the process over some
damaged files, and makes room for all cells up to the last one, wherever a file puts that. It imports no module of ours.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

Area = tuple[int, int, int, int]  # top, left, bottom, right, the last ones included

MOST_MEMORY = 1 << 30  # bytes of address space
MOST_UNPACKED = 256 << 20  # bytes of all parts of a zipped workbook
MOST_CELLS = 1_000_000  # up to the last row and column of all its sheets
MOST_CHARACTERS = 5_000_000  # as many as a text file may have

ENCRYPTED = "encrypted"
TOO_LARGE = "too_large"
DAMAGED = "damaged"

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # .xlsx
_LOCKED_RECORDS = re.compile(rb"\x09\x08\x10\x00\x00[\x05\x06].{14}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)  # .xls
_LOCKED_ENTRY = b"encryption-data"  # .ods
_SHEET_PART = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
_MARKS = {  # what the parts of an .xlsx tell beside the cells
    "hidden_rows": re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"']"),
    "errors": re.compile(rb"<(?:\w+:)?c\b[^>]*\bt=[\"']e[\"']"),
    "formulas": re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</"),
}
_WHOLE = 1e15  # above it a number has more digits than are kept


class Refused(Exception):
    """A workbook that cannot be read; holds one of the words above."""


def read(data: bytes) -> dict[str, Any]:
    """Return `sheets` (name, rows of cells, merged areas), `hidden` names of sheets, and counts of what got lost."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    counts = _parts(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as error:
        raise Refused(ENCRYPTED if _is_locked(data) else DAMAGED) from error
    sheets, hidden, cells, characters = [], [], 0, 0
    for number, about in enumerate(book.sheets_metadata):
        if about.visible is not SheetVisibleEnum.Visible:
            hidden.append(about.name)
            continue
        sheet = book.get_sheet_by_index(number)
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise Refused(TOO_LARGE)
        values = sheet.to_python(skip_empty_area=False)
        counts["fractions"] += sum(isinstance(c, float) and not c.is_integer() for row in values for c in row)
        rows = [[cell if isinstance(cell, str) else printed(cell) for cell in row] for row in values]
        characters += sum(len(cell) for row in rows for cell in row)
        if characters > MOST_CHARACTERS:
            raise Refused(TOO_LARGE)
        merged = list(_areas(sheet.merged_cell_ranges or (), rows))
        sheets.append({"name": about.name, "rows": rows, "merged": merged})
    return {"sheets": sheets, "hidden": hidden, "counts": counts}


def _parts(data: bytes) -> Counter[str]:
    """Return what is counted in the parts of an .xlsx, nothing for other workbooks; Refused where they are too large."""
    counts: Counter[str] = Counter()
    if not data.startswith(_ZIP):
        return counts
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
            raise Refused(TOO_LARGE)
        for part in package.infolist():
            if _SHEET_PART.fullmatch(part.filename):
                words = package.read(part)
                counts.update({name: len(mark.findall(words)) for name, mark in _MARKS.items()})
    return counts


def _areas(merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], rows: list[list[str]]) -> Iterator[Area]:
    """Yield the merged areas of a sheet as far as they lie within its cells; Refused where they lie upon each other."""
    height, width = len(rows), len(rows[0]) if rows else 0
    room = height * width
    for (top, left), (bottom, right) in merged:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        area = (bottom - top + 1) * (right - left + 1)
        if top <= bottom and left <= right and area > 1:
            room -= area
            if room < 0:
                raise Refused(DAMAGED)
            yield top, left, bottom, right


def _is_locked(data: bytes) -> bool:
    """Tell whether a workbook is encrypted, and needs a password."""
    if data.startswith(_OLE):
        return _LOCKED_PACKAGE in data or _LOCKED_RECORDS.search(data) is not None
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "META-INF/manifest.xml" in package.namelist() and _LOCKED_ENTRY in package.read("META-INF/manifest.xml")


def printed(cell: object) -> str:
    """Return a cell as it is printed without a format of its own.

    >>> [printed(cell) for cell in (1.0, 0.25, 1e-7, True, datetime(2024, 3, 1), time(9, 30), timedelta(hours=30), "甲")]
    ['1', '0.25', '0.0000001', 'TRUE', '2024-03-01', '09:30', '30:00:00', '甲']
    """
    match cell:
        case bool():
            return str(cell).upper()
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < _WHOLE else f"{Decimal(repr(cell)):f}"
        case datetime():
            day, clock = cell.date().isoformat(), printed(cell.time())
            return day if cell.time() == time() else f"{day} {clock}"
        case time():
            return cell.isoformat("seconds" if cell.second else "minutes")
        case date():
            return cell.isoformat()
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case _:
            return str(cell)


def _bound_memory() -> None:
    """Take no more memory than a workbook may, where the system can see to that."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> None:
    """Read the workbook on standard input; print it, or the word that says why it cannot be read."""
    _bound_memory()
    try:
        answer = read(sys.stdin.buffer.read())
    except Refused as error:
        answer = {"refused": str(error)}
    except BaseException:  # the library's panics are no Exception
        answer = {"refused": DAMAGED}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
