"""What there is to report of a document's units: parts that are missing, numbers that do not run on."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.structure.labels import Family
from ingest.structure.nesting import Token
from ingest.structure.units import Note, Unit
from tiaoli.records import Kind

_UNLABELLED = {Kind.TITLE, Kind.PREAMBLE, Kind.PARAGRAPH, Kind.CLOSING}
_SHOWN = 30  # characters of the first unit


def missing_parts(units: Sequence[Unit]) -> list[Note]:
    """Report a text without a title, and one without a labelled unit, at its first words."""
    if not units:
        return []
    start = units[0].start
    end = min(units[0].end, start + _SHOWN)
    kinds = {unit.kind for unit in units}
    notes = []
    titled_attachment = units[0].kind is Kind.ATTACHMENT and units[0].text_start < units[0].end
    if Kind.TITLE not in kinds and not titled_attachment:
        notes.append(("no_title", "没有认出标题，暂以文件名为标题，请核对", start, end))
    if kinds <= _UNLABELLED:
        notes.append(("no_labels", "没有认出带编号的条款，全文按自然段列出，请核对", start, end))
    return notes


def broken_numbering(text: str, tokens: Sequence[Token]) -> list[Note]:
    """Report numbers that are missing, repeated or out of order within their list."""
    notes: list[Note] = []
    last: dict[tuple[int | None, Family], int] = {}
    for token in tokens:
        label = token.label
        # articles are numbered through, all else within its parent
        numbering = (None if label.family is Family.ARTICLE else token.parent, label.family)
        before = last.get(numbering)
        last[numbering] = label.number
        if before is None or label.suffix is not None or label.number in (1, before + 1):
            continue
        code = "number_gap" if label.number > before + 1 else "number_repeated"
        printed = text[label.start : label.printed_end]
        message = f"编号不连续：{printed} 之前是第 {before} 号，请核对原文是否缺漏或重号"
        notes.append((code, message, label.start, label.printed_end))
    return notes
