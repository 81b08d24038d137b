"""Workbooks for tests, each in one call: .xls and its container, .ods, and .xlsx with sheets as they are written."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """The container of .xls, and of an encrypted .xlsx: streams in sectors of 512 bytes, one sector that chains them."""
    data, chain, entries = b"", [FAT, END], [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(4096, b"\0")  # what is shorter stands elsewhere
        first, count = len(chain), -(-len(content) // SECTOR)
        chain += [*range(first + 1, first + count), END]
        data += content.ljust(count * SECTOR, b"\0")
        following = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, first, len(content), right=following))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, END, 0, END, 0, 0) + struct.pack("<I", FREE) * 108
    table = struct.pack("<128I", *(chain + [FREE] * (128 - len(chain))))
    return header + table + b"".join(entries).ljust(SECTOR, b"\0") + data


def _entry(name: str, kind: int, first: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(words), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def xls(
    rows: Sequence[Sequence[str | float]], merged: Sequence[tuple[int, int, int, int]] = (), head: bytes = b""
) -> bytes:
    """A workbook of Excel 97 with one sheet; `head` are records behind the first one."""
    cells = b"".join(_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value != "")
    areas = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merged)
    sheet = _record(0x809, struct.pack("<HH", 0x600, 0x10) + bytes(12)) + cells
    sheet += _record(0xE5, struct.pack("<H", len(merged)) + areas) + _record(0x0A, b"")
    begin = _record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12)) + head
    name = "清单".encode("utf-16-le")
    size = len(begin) + len(_record(0x85, bytes(8) + name)) + 4
    listed = _record(0x85, struct.pack("<IHBB", size, 0, 2, 1) + name)
    return compound({"Workbook": begin + listed + _record(0x0A, b"") + sheet})


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x203, place + struct.pack("<d", value))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def ods(rows: Sequence[Sequence[str]], manifest: str = "") -> bytes:
    """A workbook of OpenDocument with one sheet."""
    cells = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        for row in rows
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表一">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest or "<manifest/>"})


_SPACE = "http://schemas.openxmlformats.org"
_RELATIONS = f"{_SPACE}/officeDocument/2006/relationships"


def xlsx(*sheets: str, names: Sequence[str] = (), attributes: Sequence[str] = (), styles: str = "") -> bytes:
    """A workbook of Excel whose sheets are given as they are written inside <worksheet>."""
    count = range(1, len(sheets) + 1)
    names, attributes = names or [f"Sheet{n}" for n in count], attributes or ["" for _ in count]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}" {more}/>'
        for n, name, more in zip(count, names, attributes, strict=True)
    )
    parts = {
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_SPACE}/spreadsheetml/2006/main" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [*((f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in count), ("s", "styles", "styles.xml")]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_SPACE}/spreadsheetml/2006/main">{styles}</styleSheet>',
    }
    for n, sheet in zip(count, sheets, strict=True):
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{_SPACE}/spreadsheetml/2006/main">{sheet}</worksheet>'
        )
    return packed(parts)


def _relations(targets: Sequence[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{i}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for i, kind, target in targets
    )
    return f'<Relationships xmlns="{_SPACE}/package/2006/relationships">{rows}</Relationships>'


def sheet(rows: Sequence[Sequence[str | float]], merged: Sequence[str] = ()) -> str:
    """Rows as a sheet of an .xlsx has them; merged areas are given as A1:C1."""
    lines = (
        f'<row r="{r}">' + "".join(_xml(r, c, value) for c, value in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, 1)
    )
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return f"<sheetData>{''.join(lines)}</sheetData>" + (f"<mergeCells>{areas}</mergeCells>" if areas else "")


def _xml(row: int, column: int, value: str | float) -> str:
    place = f"{chr(65 + column)}{row}"
    if isinstance(value, str):
        return (
            f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
            if value
            else f'<c r="{place}"/>'
        )
    return f'<c r="{place}"><v>{value}</v></c>'


def packed(parts: Mapping[str, str]) -> bytes:
    """A zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()
