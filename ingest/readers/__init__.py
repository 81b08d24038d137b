"""One file a format: a reader turns the bytes of a file into the text that a person sees in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.readers import markdown, separated, sheets
from ingest.readers.reading import Reading
from tiaoli.errors import UnreadableFile

READERS: dict[str, Callable[[bytes], Reading]] = {
    ".txt": markdown.read_text,
    ".md": markdown.read,
    ".csv": separated.read_csv,
    ".tsv": separated.read_tsv,
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"), sheets.read),
}


def read(name: str, data: bytes) -> list[Reading]:
    """Return what a file holds: one text; UnreadableFile says why it cannot be read and what to do."""
    return [reader_for(Path(name))(data)]


def reader_for(path: Path) -> Callable[[bytes], Reading]:
    """Return the reader of a file by its ending; UnreadableFile names the endings that can be read."""
    try:
        return READERS[path.suffix.lower()]
    except KeyError:
        known = "、".join(sorted(READERS))
        raise UnreadableFile(
            f"暂不支持 {path.suffix or '无扩展名'} 格式，目前可读 {known}；请另存为其中一种后再导入"
        ) from None
