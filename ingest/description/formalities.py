"""The formal lines around a text: titles, the note under them (题注), signatures and what a file name says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import PurePosixPath

from ingest.description import days, events, fields
from ingest.description.doc_types import form_of
from ingest.description.issuers import Bodies, bodies
from ingest.description.regions import locate
from ingest.description.titles import (
    LONGEST_HEAD_LINE,
    LONGEST_LINE,
    lines,
    printed_title,
    tidy,
    title_of_attachment,
    unwrap,
)
from tiaoli.records import Clause, Kind

_FORMAL = frozenset({Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING})
_HEAD_LINES = 60  # what stands after them is text, whatever it looks like
_NOTE_LINES = 15
_SIGNATURE_LINES = 15
_LONGEST_SIGNATURE = 80
_CONTENTS = re.compile(r"目[录次]")
_DATED = re.compile(
    rf"[(〔]?(?:根据|经|自)?{days.DAY}(?!,)|\([^()]{{2,12}}[(〔]\d{{4}}[)〕]\d+号{days.DAY}|\([^(),。]{{2,30}}批准{days.DAY}"
)
_ISO_DAY = re.compile(r"^([12]\d{3})-(\d{1,2})-(\d{1,2})(?=公布|通过|修订|修正|修改|施行)")  # 2026-04-30公布
_STEM_DAY = re.compile(r"[_ (（]+((?:19|20)\d\d-\d\d-\d\d)[)）]?$")
_PLACE = re.compile(r"([^_《》]{2,30})_(?=.{2})")
_SITE = re.compile(r"[-—_|][^-—_|]{2,30}(?:网站|门户网|政府网)$")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when (落款)."""

    issuers: Bodies
    day: date | None


@dataclass(frozen=True, slots=True)
class FileName:
    """What the name of a file says: place_title_2019-03-24.txt."""

    title: str
    place: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Formalities:
    """Everything formal of one document."""

    title: str  # as printed, with its blanks, which part issuers; empty where neither text nor head gives one
    lines: tuple[str, ...]  # all lines before the first unit
    head: tuple[str, ...]  # of these those that are no title
    note: str  # the note under the title, squeezed
    fields: Mapping[str, str]  # what the head itself names: 发文机关：…
    signatures: tuple[Signature, ...]
    name: FileName  # empty where a title is given: a file's name stands in for nothing else


def formalities(clauses: Sequence[Clause], source: str, front_matter: Mapping[str, str]) -> Formalities:
    """Return the formal lines of a document; where its clauses have no kinds, its first lines count as its head."""
    lead = _lead(clauses)
    shown = [(clause.kind is Kind.TITLE, line[:LONGEST_LINE]) for clause in lead for line in lines(clause)]
    contents = (i for i, (_, line) in enumerate(shown) if _CONTENTS.fullmatch(days.squeeze(line)))
    shown = shown[: next(contents, _HEAD_LINES)]
    head = [line for titled, line in shown if not titled]
    named = fields.told([line for _, line in shown], front_matter)
    title = printed_title(lead) or title_of_attachment(clauses) or named.get("title", "")
    return Formalities(
        title=title,
        lines=tuple(line for _, line in shown),
        head=tuple(head),
        note=_note([line for _, line in shown]),
        fields=named,
        signatures=tuple(_signatures(clauses)),
        name=FileName("", "", None) if title else file_name(source),
    )


def file_name(source: str) -> FileName:
    """Return the title, the place before it and the date after it that a file's name gives.

    >>> file_name("laws/不动产登记暂行条例_2019-03-24.md").day.year, file_name("江苏省镇江市_《若干措施》.txt")
    (2019, FileName(title='若干措施', place='江苏省镇江市', day=None))
    """
    path, _, _ = source.partition("#")
    stem = PurePosixPath(path).name
    stem = stem.rpartition(".")[0] or stem
    day = _STEM_DAY.search(stem)
    stem = stem[: day.start()] if day else stem
    place = _PLACE.match(stem)
    title = _SITE.sub("", tidy(stem[place.end() :] if place else stem)).removeprefix("（转载）")
    return FileName(unwrap(title) or stem, place[1] if place else "", days.iso_day(day[1]) if day else None)


def _lead(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """Return the clauses before the first unit, or the first few where no kinds are told apart."""
    end = next((i for i, clause in enumerate(clauses) if clause.kind not in _FORMAL), len(clauses))
    told = any(clause.kind not in (Kind.TITLE, Kind.PARAGRAPH) for clause in clauses)
    return clauses[:end] if told else clauses[: max(end, 6)]


def _note(head: Sequence[str]) -> str:
    """Return the lines before the text that begin with a date (perhaps in brackets), and those that such a line goes on in."""
    parts: list[str] = []
    left = 0  # lines that an open bracket may still take
    squeezed = [_ISO_DAY.sub(r"\1年\2月\3日", days.squeeze(line)) for line in head]
    for index, line in enumerate(squeezed):
        if left or (_DATED.match(line) and not (line.endswith("。") and len(line) > LONGEST_HEAD_LINE)):
            if left:
                parts[-1] += line
            else:
                parts.append(line + _broken_off(line, squeezed[index + 1 :]))
            opens = "".join(parts).count("(") - "".join(parts).count(")")
            left = (left or _NOTE_LINES) - 1 if opens > 0 and parts[0].startswith("(") else 0
    return "\n".join(parts)


def _broken_off(line: str, following: Sequence[str]) -> str:
    """Return the lines in which a dated line that tells no event goes on, up to the one that tells it.

    1984年1月7日 国务院 / 中央军委发布.
    """
    if events.tells(line) or line.startswith("("):
        return ""
    for count, next_line in enumerate(following[:_NOTE_LINES], 1):
        if len(next_line) > LONGEST_HEAD_LINE or _DATED.match(next_line) or next_line.endswith("。"):
            return ""
        if events.tells(next_line):
            return "".join(map(_next, following[:count]))
    return ""


def _next(line: str) -> str:
    """Return a line that goes on the one before, parted from it where it names another body: 国务院 / 中央军委发布."""
    return f"、{line}" if bodies(line[:-2]) and not line.startswith("常务委员会") else line


def _signatures(clauses: Sequence[Clause]) -> Iterator[Signature]:
    """Yield the signatures in the order of the text: a date, and the bodies on the lines before it."""
    above: list[Bodies] = []
    before = ""
    for clause in clauses:
        for line in lines(clause):
            found = _signature_of(line.rpartition("。")[2] if clause.kind is Kind.CLOSING else line, before)
            before = line
            if found is None:
                if above and clause.kind is Kind.CLOSING:
                    yield Signature(_joined(above), None)
                above = []
            elif found.day is None:
                above = [*above[-_SIGNATURE_LINES:], found.issuers]
            else:
                yield Signature(_joined([*above, found.issuers]), found.day)
                above = []
    if above:
        yield Signature(_joined(above), None)


def _signature_of(line: str, before: str) -> Signature | None:
    """Return what a line signs, together with the line before it where that begins the name."""
    if not 0 < len(line) <= _LONGEST_SIGNATURE or line[-1] in "。；：，;:,":
        return None
    found = signature(line)
    if found and found.issuers and len(before) <= _LONGEST_SIGNATURE and _begins_name(before):
        return signature(before + line) or found
    return found


def _begins_name(line: str) -> bool:
    squeezed = "".join(line.split())
    return locate(squeezed) is not None and not bodies(line) and form_of(squeezed) is None


def _joined(parts: Sequence[Bodies]) -> Bodies:
    return tuple(dict.fromkeys(body for part in parts for body in part))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        rf"({days.DAY}|(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}})?(?:\((?:此件)?[^()]{{2,12}}\))?(?:[|<]*https?:\S*)?"
    )


def signature(line: str) -> Signature | None:
    """Return what a line signs: bodies, a date or both; None where it is a line of text.

    >>> signature("江川市财政局　江川市民政局 2024年5月1日").issuers, signature("江川市财政局负责。")
    (('江川市财政局', '江川市民政局'), None)
    """
    squeezed = days.squeeze(line)
    if re.fullmatch(rf"\({days.DAY}\)", squeezed):
        return Signature((), days.first_day(squeezed))
    for found in re.finditer(rf"{days.DAY}|(?:19|20)\d\d[-./]", squeezed):
        rest = _tail().fullmatch(squeezed, found.start())
        named = bodies(_before(line, found.start())) if found.start() else ()
        if rest and rest[1] and (named or not found.start()):
            return Signature(named, days.first_day(rest[1]))
        return None
    named = bodies(re.sub(r"[(（][^()（）]{1,14}[)）]$|\*+", "", line).strip())
    return Signature(named, None) if named else None


def _before(line: str, count: int) -> str:
    """Return `line` up to its `count`-th visible character, blanks kept."""
    for index, char in enumerate(line):
        count -= not char.isspace()
        if count < 0:
            return line[:index]
    return line
