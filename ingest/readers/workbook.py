"""The cells of a workbook as a person sees them: `bounded` runs it where memory is bounded.

The library ends the process over some damaged files, and makes room for all cells up to the last one, wherever a file puts
that.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple
from xml.etree import ElementTree

Area = tuple[int, int, int, int]  # top, left, bottom, right, the last ones included

MOST_UNPACKED = 256 << 20  # bytes of all parts of a zipped workbook
MOST_CELLS = 1_000_000  # up to the last row and column of all its sheets
MOST_CHARACTERS = 5_000_000  # as many as a text file may have

ENCRYPTED = "encrypted"
TOO_LARGE = "too_large"
DAMAGED = "damaged"

_ZIP = b"PK\x03\x04"
_LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # .xlsx
_LOCKED_RECORDS = re.compile(rb"\x09\x08\x10\x00\x00[\x05\x06].{14}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)  # .xls
_LOCKED_ENTRY = b"encryption-data"  # .ods
_BOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>")
_PLACE, _STYLE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']"), re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_PERCENT = re.compile(r"[#0,]+(?:\.(0+))?%")
_MARKS = {
    "hidden_rows": re.compile(rb"<(?:\w+:)?row\b[^<>]*\bhidden=[\"'](?:1|true)[\"']"),
    "errors": re.compile(rb"<(?:\w+:)?c\b[^<>]*\bt=[\"']e[\"']"),
    "formulas": re.compile(
        rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</"
    ),
}
_SMALLEST, _LARGEST = 1e-9, 1e21  # of the numbers that are written without an exponent


class Refused(Exception):
    """A workbook that cannot be read; holds one of the words above."""


def answer(data: bytes) -> dict[str, Any]:
    """Return what `read` does, or as `refused` the word that says why a workbook cannot be read."""
    try:
        return read(data)
    except Refused as error:
        return {"refused": str(error)}
    except BaseException:  # the library's panics are no Exception
        return {"refused": DAMAGED}


def read(data: bytes) -> dict[str, Any]:
    """Return `sheets` (name, rows of cells, merged areas), `hidden` names of sheets, and counts of what got lost."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if _is_locked(data):
        raise Refused(ENCRYPTED)
    told = _told(data)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    listed = [about for about in book.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet]
    told.counts["charts"] = len(book.sheets_metadata) - len(listed)
    shown = [about.name for about in listed if about.visible is SheetVisibleEnum.Visible]
    hidden = [about.name for about in listed if about.visible is not SheetVisibleEnum.Visible]
    sheets, cells, characters = [], 0, 0
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            raise Refused(TOO_LARGE)
        values = sheet.to_python(skip_empty_area=False)
        _write_percents(values, told.percents.get(name, {}))
        told.counts["fractions"] += sum(isinstance(c, float) and not c.is_integer() for row in values for c in row)
        rows = [[cell if isinstance(cell, str) else printed(cell) for cell in row] for row in values]
        characters += sum(len(cell) for row in rows for cell in row)
        if characters > MOST_CHARACTERS:
            raise Refused(TOO_LARGE)
        merged = list(_areas(sheet.merged_cell_ranges or (), rows))
        sheets.append({"name": name, "rows": rows, "merged": merged})
    return {"sheets": sheets, "hidden": hidden, "counts": told.counts}


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


def _write_percents(rows: list[list[Any]], percents: dict[tuple[int, int], int]) -> None:
    """Put the numbers that a sheet shows as percentages in the form in which it shows them."""
    for (row, column), places in percents.items():
        if row < len(rows) and column < len(rows[row]) and type(rows[row][column]) in (int, float):
            share = Decimal(repr(rows[row][column])).scaleb(2)
            rows[row][column] = f"{share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"


def _is_locked(data: bytes) -> bool:
    """Tell whether a workbook is encrypted, and needs a password."""
    if not data.startswith(_ZIP):
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
            digits = f"{cell:.15g}"  # as many as a workbook keeps
            return f"{Decimal(digits):f}" if _SMALLEST < abs(cell) < _LARGEST else digits
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


# --- what the parts of an .xlsx tell beside the cells ----------------------------------------------------------------


class _Told(NamedTuple):
    counts: Counter[str]
    percents: dict[str, dict[tuple[int, int], int]]  # sheet → row and column → decimal places


def _told(data: bytes) -> _Told:
    """Return what is told beside the cells, nothing for other workbooks; Refused where the parts are too large."""
    told = _Told(Counter(), {})
    if not data.startswith(_ZIP):
        return told
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
            raise Refused(TOO_LARGE)
        names = set(package.namelist())
        if not names >= {_BOOK, _RELATIONS}:
            return told
        styles = _percent_styles(package.read(_STYLES)) if _STYLES in names else {}
        for sheet, part in _sheet_parts(package).items():
            if part in names:
                words = package.read(part)
                told.counts.update({name: len(mark.findall(words)) for name, mark in _MARKS.items()})
                told.percents[sheet] = dict(_styled(words, styles)) if styles else {}
    return told


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the part that each sheet is written in."""
    relations = {
        relation.get("Id"): relation.get("Target", "") for relation in ElementTree.fromstring(package.read(_RELATIONS))
    }
    sheets = ElementTree.fromstring(package.read(_BOOK)).iterfind(".//{*}sheet")
    named = ((sheet.get("name", ""), next((v for k, v in sheet.items() if k.endswith("}id")), "")) for sheet in sheets)
    parts = ((name, relations.get(relation, "")) for name, relation in named)
    return {name: part[1:] if part.startswith("/") else f"xl/{part}" for name, part in parts}


def _percent_styles(words: bytes) -> dict[int, int]:
    """Return the numbers of the styles that show a percentage, with its decimal places."""
    root = ElementTree.fromstring(words)
    codes = {"9": "0%", "10": "0.00%"}  # of the formats that every workbook has
    codes |= {form.get("numFmtId", ""): form.get("formatCode", "") for form in root.iterfind(".//{*}numFmt")}
    forms = [codes.get(form.get("numFmtId", ""), "") for form in root.iterfind("{*}cellXfs/{*}xf")]
    found = {style: _PERCENT.match(code) for style, code in enumerate(forms)}
    return {style: len(percent[1] or "") for style, percent in found.items() if percent}


def _styled(words: bytes, styles: dict[int, int]) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the cells of a sheet that have one of the styles, with what stands for it."""
    for cell in _CELL.finditer(words):
        place, style = _PLACE.search(cell[1]), _STYLE.search(cell[1])
        if place and style and int(style[1]) in styles:
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            yield (int(place[2]) - 1, column - 1), styles[int(style[1])]
