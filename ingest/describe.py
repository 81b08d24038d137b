"""What a document is: title, number, issuer, place, dates, type and rank, from its own words.

The text goes first. The file's name and the head that a collection puts before a text only fill what the text leaves
open; what such a head says of validity is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest import days, doc_types, events, issuers, regions
from ingest.doc_numbers import code, doc_number
from ingest.events import Event
from ingest.force import first_day, force, last_day
from ingest.formalities import Formalities, Signature, formalities, unwrap
from ingest.issuers import Bodies
from ingest.readers.reading import Reading
from ingest.regions import NATION, Region
from tiaoli.lexicon import texts
from tiaoli.records import Clause, DocType, Document, Kind

_STATE = "中华人民共和国"
_NATIONAL = frozenset(
    {
        DocType.LAW,
        DocType.ADMIN_REGULATION,
        DocType.SUPERVISION_REGULATION,
        DocType.JUDICIAL_INTERPRETATION,
        DocType.DEPARTMENTAL_RULE,
    }
)
_NATIONAL_KINDS = frozenset({"全国人大", "国务院", "国家监察委", "中央军委", "国务院部门"})
_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z])[ \t]+(?=[A-Za-z])")
_NUMBER_BEHIND = re.compile(
    r"[（(][^（）()]{2,30}(?:[〔\[]\d{4}[〕\]]|令)[^（）()]{1,14}号[）)]$|(?<=[知告意见法定函复则例》）)])[—-]*[^\W\d]{2,12}[〔\[]\d{4}[〕\]]第?\d{1,5}号$|_\d$"
)
_EDITION = re.compile(
    r"[（(〈][^（）()〈〉]{0,20}(?:试行|暂行|修订|修正|修改|年版|年本|征求意见稿|草案|送审稿|代拟稿|讨论稿|公示稿|20\d\d年?|19\d\d年?)[^（）()〈〉]{0,6}[）)〉]"
)
_ORDER = re.compile(r"([^〔]{2,100}?)(?:令|公告|通告)")
_SPOKEN = re.compile(r"(通知|通告|公告|通报|意见|批复|函复|答复|措施|办法|规定)(?:事项)?如下")
_MADE = re.compile(r"制定(?:本|如下|以下|了?《?[^,。]{0,20})(措施|办法|规定|方案|意见|细则|政策)")
_ISSUED = re.compile(rf"({days.DAY})印发$", re.MULTILINE)


def describe(document: Document, clauses: Sequence[Clause], reading: Reading) -> Document:
    """Return `document` with all that its clauses say about it filled in."""
    formal = formalities(clauses, document.source)
    title = _title(formal)
    number = doc_number((formal.title, formal.name.title), formal.lines, formal.note)
    told = events.events(formal.note)
    opening = "".join(map(days.squeeze, formal.head))
    named = _issuers(formal, told, number)
    place = _place(named, title, formal)
    named = tuple(issuers.complete(name, place) for name in named) or _from_code(number, place)
    draft = _is_draft(title, formal)
    when = _Dates() if draft else _dates(formal, told, clauses, opening)
    kind, tier = _kind(title, named, number, told, place, opening)
    region = NATION if tier == doc_types.STATE else str(place) if place else None
    return replace(
        document,
        title=title,
        doc_number=number,
        issuer="、".join(named) or None,
        region=region,
        doc_type=kind,
        level=doc_types.rank(kind, tier),
        draft=draft,
        version_of=_work(title, place if region != NATION else None, number, when.promulgated),
        adopted=when.adopted,
        promulgated=when.promulgated,
        effective=when.effective,
        expires=when.expires,
    )


# --- title -----------------------------------------------------------------------------------------------------------


def _title(formal: Formalities) -> str:
    return plain_title(formal.title) or plain_title(formal.name.title)


def plain_title(printed: str) -> str:
    r"""Return a title without blanks, line breaks, marks around the whole and a number behind it.

    >>> plain_title("国 务 院 工 作\n规 则"), plain_title("《若干措施》"), plain_title("某办法（银发〔2025〕124号）")
    ('国务院工作规则', '若干措施', '某办法')
    """
    words = _BETWEEN_WORDS.sub("\\0", printed)
    return unwrap(_NUMBER_BEHIND.sub("", "".join(words.split()).replace("\\0", " ")))


def _is_draft(title: str, formal: Formalities) -> bool:
    words = texts("status_words", "draft")
    near = [title, formal.name.title, *(line for line in formal.head[:3] if len(line) <= 20)]
    return any(
        re.search(
            rf"{word}(?:[）)〉>》」”\d一二三四五六七八九十]|$|的?(?:公告|通知|启事|意见))|征求.{{0,60}}意见的(?:公告|通知|启事|通告)$",
            text,
        )
        for text in near
        for word in words
    )


def _work(title: str, place: Region | None, number: str | None, promulgated: date | None) -> str | None:
    """Return the name of the work whose versions share it: the measure itself, with its place.

    A notice, reply or decision is made once; only its number or date tells it from another of the same title.
    """
    form = doc_types.form_of(title)
    enclosed = doc_types.enclosed(title)
    once = form is not None and form.kind in ("公文", "工作", "决定") and enclosed is None
    name = enclosed or title
    name = re.sub(r"[《》〈〉<>“”\s]", "", _EDITION.sub("", name)).removeprefix(_STATE)
    if place is not None:
        here = regions.locate(name, within=place)
        name = f"{place}{name[here.length :] if here else name}"
    mark = number or (promulgated.isoformat() if promulgated else "")
    return (f"{name}（{mark}）" if once and mark else name) or None


# --- issuer and place ------------------------------------------------------------------------------------------------


def _issuers(formal: Formalities, told: Sequence[Event], number: str | None) -> Bodies:
    """Return who issued the document, from the first of these that says: note, decree, title, signature, number."""
    if made := events.makers(told, formal.note):
        return made
    if number and (order := _ORDER.match(number)) and (named := issuers.bodies(order[1])):
        return named
    signed = next((signature.issuers for signature in formal.signatures if signature.issuers), ())
    for title in (formal.title, formal.name.title):
        if named := issuers.leading_bodies(title):
            return signed if issuers.is_joint(title) and len(signed) > 1 else named
    if stated := issuers.bodies(formal.fields.get("issuer", "")):
        return stated
    if signed:
        return signed
    if met := events.meeting(told):
        return met
    if number and (known := issuers.number_issuer(code(number))):
        return (known,)
    return issuers.bodies(formal.name.place) or issuers.first_body(plain_title(formal.title or formal.name.title))


def _place(named: Bodies, title: str, formal: Formalities) -> Region | None:
    """Return the place of the issuer, of the title, or of the file's name."""
    told = regions.locate(formal.name.place, short=True) if formal.name.place else None
    for name in named[:1]:
        if (seat := issuers.seat(name, told)) is not None:
            return seat
        if issuers.authority(name) in _NATIONAL_KINDS:
            return None
    return (
        regions.locate(title.removeprefix("关于"), within=told)
        or told
        or regions.find(re.sub(r"《[^》]*》", "", title))
    )


def _from_code(number: str | None, place: Region | None) -> Bodies:
    """Return the government that the letters of a number stand for: 政 or 府 behind the letter of the place."""
    if number is None or place is None or not re.match(r".{1,2}[政府][^办]{0,3}〔", number):
        return ()
    return (f"{place.names[-1]}人民政府",)


# --- type and rank ---------------------------------------------------------------------------------------------------


def _kind(
    title: str, named: Bodies, number: str | None, told: Sequence[Event], place: Region | None, opening: str
) -> tuple[DocType, str]:
    """Return the type of a document and the level of government of its issuer."""
    order = number is not None and "令" in number
    public = any(event.kind in (events.PUBLISHED, events.APPROVED) for event in told)
    shown = (
        (doc_types.ORDER, order),
        (doc_types.PUBLISHED, public or order),
        (doc_types.MARKED, "规" in code(number or "")),
    )
    proofs = frozenset(proof for proof, holds in shown if holds)
    tier = _tier(named, place)
    spoken = _SPOKEN.search(opening) or _MADE.search(opening)
    evidence = doc_types.Evidence(title, named, proofs, place is not None, tier, spoken[1] if spoken else "")
    kind = doc_types.doc_type(evidence)
    return kind, doc_types.STATE if kind in _NATIONAL else tier


def _tier(named: Bodies, place: Region | None) -> str:
    kinds = {issuers.authority(name) for name in named}
    if kinds & _NATIONAL_KINDS and place is None:
        return doc_types.STATE
    if any(re.search(r"[镇乡]人民政府(?:办公室)?$|街道办事处$", name) for name in named):
        return "乡"
    if place is None and any(name.startswith(("最高人民", "中共中央")) for name in named):
        return doc_types.STATE
    return place.level if place else ""


# --- dates -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dates:
    """Days of a document; a draft has none, whatever days it proposes."""

    adopted: date | None = None
    promulgated: date | None = None
    effective: date | None = None
    expires: date | None = None


def _dates(formal: Formalities, told: Sequence[Event], clauses: Sequence[Clause], opening: str) -> _Dates:
    adopted = events.passed(told, opening)
    promulgated = _promulgated(formal, told, clauses)
    found = force([formal.note.replace("号公布", "号公布，"), *_texts(clauses)])
    effective = first_day(found, promulgated)
    return _Dates(adopted, promulgated, effective, last_day(found, effective))


def _promulgated(formal: Formalities, told: Sequence[Event], clauses: Sequence[Clause]) -> date | None:
    """Return when this version was made public; a file's name is right where the text tells of no later day."""
    signed: Signature | None = next((s for s in formal.signatures if s.day and s.issuers), None)
    signed = signed or next((s for s in formal.signatures if s.day), None)
    day = max((event.day for event in told if event.kind != events.PASSED or event.by_congress), default=None)
    if day is None:
        day = signed.day if signed else days.first_day(formal.fields.get("day", ""))
    if day is None and clauses and (issued := _ISSUED.search(days.squeeze_lines(clauses[-1].text[-200:]))):
        day = days.first_day(issued[1])
    return max((d for d in (day, formal.name.day) if d is not None), default=None)


def _texts(clauses: Sequence[Clause]) -> Iterator[str]:
    """Yield the words of all clauses that are not below an attachment."""
    outside: set[str] = set()
    for clause in clauses:
        if clause.kind in (Kind.ATTACHMENT, Kind.TABLE) or clause.parent_id in outside:
            outside.add(clause.clause_id)
        else:
            yield f"{clause.heading}\n{clause.text}"
