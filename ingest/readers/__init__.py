"""One file a format: a reader turns the bytes of a file into the text that a person sees in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.clean import clean
from ingest.discover import reason
from ingest.readers import archive, doc, markdown, separated, sheets
from ingest.readers.ofd.reader import read as read_ofd
from ingest.readers.pdf.reader import read as read_pdf
from ingest.readers.reading import Reading
from ingest.readers.web.reader import read as read_page
from ingest.readers.web.reader import read_archive as read_page_archive
from tiaoli.errors import TookTooLong, UnreadableFile

READERS: dict[str, Callable[[bytes], Reading]] = {
    ".txt": markdown.read_text,
    ".md": markdown.read,
    ".csv": separated.read_csv,
    ".tsv": separated.read_tsv,
    **dict.fromkeys(doc.SUFFIXES, doc.read),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"), sheets.read),
    ".pdf": read_pdf,
    ".ofd": read_ofd,
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml"), read_page),
    **dict.fromkeys((".mht", ".mhtml"), read_page_archive),
}
ENDINGS = tuple(sorted((*READERS, archive.ENDING)))  # of all files that can be imported
MOST_CHARACTERS = 6_000_000  # of all members of an archive; five million take about a gigabyte to read


def check_ending(path: Path) -> None:
    """Refuse a file whose ending no reader knows: UnreadableFile names those that can be read."""
    if path.suffix.lower() != archive.ENDING:
        reader_for(path)


def read(name: str, data: bytes) -> list[Reading]:
    """Return what a file holds: one text, or that of each member; UnreadableFile says why it cannot be read and what to do."""
    if Path(name).suffix.lower() == archive.ENDING:
        return _read_members(data)
    return [reader_for(Path(name))(data)]


def reader_for(path: Path) -> Callable[[bytes], Reading]:
    """Return the reader of a file by its ending; UnreadableFile names the endings that can be read."""
    ending = path.suffix.lower()
    if reader := READERS.get(ending):
        return reader
    if ending in archive.OTHER_ENDINGS:
        raise UnreadableFile(f"暂不支持 {path.suffix} 压缩包，请解压后再导入（或改压缩为 .zip）")
    known = "、".join(ENDINGS)
    raise UnreadableFile(f"暂不支持 {path.suffix or '无扩展名'} 格式，目前可读 {known}；请另存为其中一种后再导入")


# --- archives --------------------------------------------------------------------------------------------------------


def _read_members(data: bytes) -> list[Reading]:
    """Return the texts of the members that can be read; the first reports on all others."""
    readings: list[Reading] = []
    notes: list[tuple[str, str]] = []
    passed_over, left = 0, MOST_CHARACTERS
    for path, content in archive.unpack(data, lambda path: reader_for(Path(path))):
        found = content if isinstance(content, UnreadableFile) else _read_member(path, content, left)
        if isinstance(found, Reading):
            readings.append(found)
            left -= len(found.text)
        elif isinstance(found, archive.NoDocument):
            passed_over += 1
        else:
            notes.append(("unreadable_member", f"{path}：{found}"))
    if not readings:
        told = f"（{notes[0][1]}）" if notes else ""
        raise UnreadableFile(f"压缩包里没有可以读取的文件{told}，请检查内容，或解压后再导入")
    if passed_over:
        notes.append(
            ("passed_over", f"压缩包里有 {passed_over} 个系统或程序留下的文件（如 .DS_Store、~$ 开头的），没有导入")
        )
    return [replace(readings[0], notes=(*notes, *readings[0].notes)), *readings[1:]]


def _read_member(path: str, content: bytes, most: int) -> Reading | UnreadableFile:
    """Return the text of a member, or why it cannot be read; whatever is wrong with one does not touch the others."""
    try:
        reading = reader_for(Path(path))(content)
    except TookTooLong:
        raise
    except Exception as error:
        return UnreadableFile(reason(error))
    if not clean(reading.text).strip():
        return UnreadableFile("是空的，没有可导入的文字")
    if len(reading.text) > most:
        return UnreadableFile(f"压缩包里的文字合计超过 {MOST_CHARACTERS // 10_000} 万字，请解压后再导入")
    return replace(reading, member=path, notes=tuple((code, f"{path}：{text}") for code, text in reading.notes))
