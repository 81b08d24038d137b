"""What a document is: title, number, issuer, place, dates, type and rank, from its own words.

The text goes first, then what the head of the file names itself (`fields`); what such a head says of validity is not
believed. The file's name stands in for a title where there is none, and counts for nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ingest.description import days, doc_types, events, fields, issuers, regions
from ingest.description.doc_numbers import code, doc_number
from ingest.description.drafts import is_draft
from ingest.description.events import Event
from ingest.description.force import Force, first_day, force, last_day
from ingest.description.formalities import Formalities, formalities
from ingest.description.issuers import Bodies
from ingest.description.regions import NATION, Region
from ingest.description.titles import plain_title
from ingest.readers.reading import Reading
from tiaoli.cells import is_closed
from tiaoli.lexicon import texts
from tiaoli.records import Clause, DocType, Document, Kind
from tiaoli.validity import prolongs

_STATE = "中华人民共和国"
_MATERIAL = "材料"
_ONCE = frozenset({"公文", "工作", "决定", "政策"})  # classes of forms of doc_types.toml
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
_EDITION = re.compile(
    r"[（(〈][^（）()〈〉]{0,20}(?:试行|暂行|修订|修正|修改|年版|年本|征求意见稿|草案|送审稿|代拟稿|讨论稿|公示稿|20\d\d年?|19\d\d年?)"
    r"[^（）()〈〉]{0,6}[）)〉]"
)
_QUOTED = re.compile(r"《[^《》]*》")
_OF_CITY = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:住房|公积金|城区|市区)")
_ORDER = re.compile(r"([^〔]{2,100}?)(?:令|公告|通告)")
_SPOKEN = re.compile(r"(通知|通告|公告|通报|意见|批复|函复|答复|措施|办法|规定)(?:事项)?如下")
_MADE = re.compile(r"制定(?:本|如下|以下|了?《?[^,。]{0,20})(措施|办法|规定|方案|意见|细则|政策)")
_PREDECESSOR = re.compile(r"\((?:\d{4}年)?([^()]{2,40}?)(?:第\d{1,4}号)?令")
_AMENDING = re.compile(r"关于(?:修改|修正|修订|废止|停止执行).*[《〈<].*(?:决定|通知|公告)$")
_HANDED_OUT = re.compile(r"[日年]([^,。;日年]{2,30}?)(?:公布|发布|印发|颁布)的$")
_REMARK = re.compile(r"[（(]([12]\d{3}年\d{1,2}月\d{1,2}日)(?:删[除去]|修[改订正]|增[加补])[)）]")
_FIRST_CLAUSES = 4
_TITLED = frozenset({"法", "法典", "条例"})  # forms that always stand in the title
_ENOUGH_COLUMNS = 3  # of a list of powers, that tell it from other tables
_LAST_CLAUSES = 8
_EXPLAINED = re.compile(r"本[^,。;《》]{1,6}(?:未尽事宜)?,?由[^,。;]{2,60}解释")
_AFTER_EVENT = re.compile(r"(?<=[布过订正改发准])[,，]?(?=自)")  # in a note: 2011年4月18日公布 | 自2011年5月1日起施行
_PRINTED = re.compile(rf"({days.DAY})印发$", re.MULTILINE)
_ISSUED = re.compile(rf"本[^,。;《》]{{1,6}}于({days.DAY})(?:印发|发布|公布)")
_LONGEST_IMPRINT = 300


@dataclass(frozen=True, slots=True)
class _Findings:
    """What has been found of a document so far; the later steps read it."""

    formal: Formalities
    told: tuple[Event, ...]
    opening: str  # the lines before the first unit, squeezed
    title: str
    number: str | None
    issuers: Bodies = ()
    ordered: bool = False  # made public by a decree
    place: Region | None = None  # of the issuer or in the title
    home: Region | None = None  # that place, or the one that the text calls its own
    local: bool = False  # the text rules for one place


def describe(document: Document, clauses: Sequence[Clause], reading: Reading) -> Document:
    """Return `document` with all that its clauses say about it filled in."""
    clauses = [clause for clause in clauses if not _is_list_row(clause)]
    found = _find(formalities(clauses, document.source, reading.front_matter), clauses)
    amending = _AMENDING.search(found.title) is not None
    if amending and (own := _before_next_title(clauses)) is not clauses:  # the amended measure is printed behind it
        clauses = own
        found = _find(formalities(clauses, document.source, reading.front_matter), clauses)
    spoken = _force(found, clauses)
    kind, tier, named = _kind(found, spoken, clauses)
    draft = is_draft(found.title, found.formal.head, clauses)
    when = _Dates() if draft else _dates(found, spoken, clauses)
    if amending and when.effective is None and not draft:
        when = replace(when, effective=when.promulgated)
    national = tier == doc_types.STATE
    mark = found.number or str(when.promulgated or when.effective or "")
    return replace(
        document,
        title=found.title,
        doc_number=found.number,
        issuer="、".join(named) or None,
        region=NATION if national else str(found.home) if found.home else None,
        doc_type=kind,
        level=doc_types.rank(kind, tier),
        draft=draft,
        version_of=work(found.title, None if national else found.home, mark),
        adopted=when.adopted,
        promulgated=when.promulgated,
        effective=when.effective,
        expires=when.expires,
    )


def _is_list_row(clause: Clause) -> bool:
    """Tell whether a clause is a row of a list of powers: days and bodies in its cells are those of others."""
    return clause.kind is Kind.ITEM and is_closed(clause.text)


def _before_next_title(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """Return the clauses before the first title that stands behind units: there another text begins."""
    begun = False
    for index, clause in enumerate(clauses):
        if begun and clause.kind is Kind.TITLE:
            return clauses[:index]
        begun = begun or clause.kind not in (Kind.TITLE, Kind.PREAMBLE)
    return clauses


def _find(formal: Formalities, clauses: Sequence[Clause]) -> _Findings:
    found = _Findings(
        formal,
        events.events(formal.note),
        "".join(map(days.squeeze, formal.head)),
        plain_title(formal.title) or plain_title(formal.name.title),
        _number(formal),
    )
    named = _issuers(found)
    before, decreed = ((), False) if named else _of_predecessor(found.title, clauses)
    place = _place(found, named or before)
    national = _STATE in found.title or any(
        issuers.authority(name) in _NATIONAL_KINDS for name in (named or before)[:1]
    )
    form = doc_types.form_of(found.title)
    others = form is not None and form.kind == _MATERIAL  # cases and reports speak of other places
    text = "" if place or national or others else "\n".join(_words(clauses))
    home = place or regions.own(text)
    complete = tuple(issuers.complete(name, home) for name in named or before) or _from_code(found.number, home)
    ordered = (
        (bool(before) and decreed)
        or "令" in (found.number or "")
        or any("令第" in event.words for event in found.told)
        or bool(events.makes_public(found.opening))
    )
    return replace(found, issuers=complete, ordered=ordered, place=place, home=home, local=regions.is_local(text))


def _number(formal: Formalities) -> str | None:
    named = formal.fields.get("doc_number", "")
    titles = (formal.title, formal.name.title)
    return doc_number(titles, formal.lines, formal.note) or (doc_number(("", ""), (named,), "") if named else None)


# --- works ---------------------------------------------------------------------------------------------------------


def work(title: str, place: Region | None, mark: str) -> str | None:
    """Return the name of the work whose versions share it: the measure itself, with its place.

    A notice, reply, decision or bundle of measures is made once: only its `mark`, number or day, tells it from the next of
    that title, and without one nothing is known of its versions.

    >>> work("中华人民共和国仲裁法", None, ""), work("白沙县公墓管理办法（2022年修订）", None, "")
    ('仲裁法', '白沙县公墓管理办法')
    >>> work("江川市民政局关于调整标准的通知", regions.locate("江川市"), "江民发〔2024〕3号")
    '江川市民政局关于调整标准的通知（江民发〔2024〕3号）'
    """
    measure = doc_types.enclosed(title) or title
    form = doc_types.form_of(measure)
    once = form is None or form.kind in _ONCE
    name = re.sub(r"[《》〈〉<>“”\s]", "", _EDITION.sub("", measure)).removeprefix(_STATE)
    if not name or (once and not mark):
        return None
    if place is not None:
        here = regions.locate(name, within=place)
        name = f"{place}{name[here.length :] if here else name}"
    return f"{name}（{mark}）" if once else name


# --- issuer and place ------------------------------------------------------------------------------------------------


def _issuers(found: _Findings) -> Bodies:
    """Return who issued the document, from the first that says: note, decree, title, field, signature, number, name."""
    formal, title = found.formal, found.title
    signed = next((signature.issuers for signature in formal.signatures if signature.issuers), ())
    order = _ORDER.match(found.number or "")
    known = issuers.number_issuer(code(found.number)) if found.number else None
    return (
        events.makers(found.told, formal.note)
        or (issuers.bodies(order[1]) if order else ())
        or _from_title(formal, signed)
        or issuers.bodies(formal.fields.get("issuer", ""))
        or signed
        or events.meeting(found.told)
        or events.makes_public(found.opening)
        or ((known,) if known else ())
        or issuers.bodies(formal.name.place)
        or issuers.first_body(title)
    )


def _from_title(formal: Formalities, signed: Bodies) -> Bodies:
    for title in (formal.title, formal.name.title):
        if named := issuers.leading_bodies(title):
            return signed if issuers.is_joint(title) and len(signed) > 1 else named
    return ()


def _of_predecessor(title: str, clauses: Sequence[Clause]) -> tuple[Bodies, bool]:
    """Return who issued the text that this one repeals, and whether by decree, where that tells who issued this one.

    《某办法》（某部令第5号）同时废止 or 某部印发的《某办法》同时废止, of the same title; or what a local congress has passed.
    """
    for clause in clauses[-_LAST_CLAUSES:]:
        if "废止" not in clause.text:
            continue
        text = days.squeeze(clause.text)
        before, found, behind = text.partition(f"《{title}》")
        ordered, handed_out = _PREDECESSOR.match(behind), _HANDED_OUT.search(before)
        if found and (named := ordered or handed_out):
            return issuers.bodies(named[1]), ordered is not None
        if congress := events.congress_repealed(text):
            return congress, False
    return (), False


def _place(found: _Findings, named: Bodies) -> Region | None:
    """Return the place of the issuer, of the title, or of the file's name."""
    name = found.formal.name.place
    told = regions.locate(name, short=True) if name else None
    if named and (seat := issuers.seat(named[0], told)) is not None:
        return seat
    if named and issuers.authority(named[0]) in _NATIONAL_KINDS:
        return None
    title = found.title.removeprefix("关于")
    begins = regions.locate(title, within=told) or (
        regions.locate(title, short=True) if _OF_CITY.match(title) else None
    )
    return begins or told or regions.find(_QUOTED.sub("", title)) or regions.find(title)


def _from_code(number: str | None, place: Region | None) -> Bodies:
    """Return the government that the letters of a number stand for: 政 or 府 behind the letter of the place."""
    if number is None or place is None or not re.match(r".{1,2}[政府][^办]{0,3}〔", number):
        return ()
    return (f"{place.names[-1]}人民政府",)


# --- type and rank ---------------------------------------------------------------------------------------------------


def _kind(found: _Findings, spoken: Force, clauses: Sequence[Clause]) -> tuple[DocType, str, Bodies]:
    """Return the type of a document, the level of government of its issuer, and the issuer, who may follow from the type."""
    public = any(event.kind != events.AMENDED and not event.by_congress for event in found.told)
    ordered = found.ordered or (found.number is None and events.by_whole_council(found.told))
    shown = (
        (doc_types.ORDER, ordered),
        (doc_types.PUBLISHED, public or ordered),
        (doc_types.MARKED, "规" in code(found.number or "")),
        (doc_types.IN_FORCE, spoken != Force() or _is_explained(clauses)),
    )
    tier = _tier(found)
    evidence = doc_types.Evidence(
        title=found.title,
        issuers=found.issuers,
        proofs=frozenset(proof for proof, holds in shown if holds),
        placed=found.place is not None or found.local,
        tier=tier,
        spoken="" if doc_types.form_of(found.title) else _spoken_form(found, clauses),
    )
    rule = doc_types.rule_of(evidence)
    kind = rule.type if rule else DocType.OTHER
    if not found.issuers and (told := found.formal.fields.get("doc_type")) in set(DocType):  # the text names no issuer
        kind = DocType(told)
    return kind, doc_types.STATE if kind in _NATIONAL else tier, found.issuers or doc_types.maker(kind)


def _is_explained(clauses: Sequence[Clause]) -> bool:
    """Tell whether the text says at its end who explains it, as rules do and tasks of offices do not."""
    return any(_EXPLAINED.search(days.squeeze(clause.text)) for clause in clauses[-_LAST_CLAUSES:])


def _spoken_form(found: _Findings, clauses: Sequence[Clause]) -> str:
    """Return the form that the opening words name (现通知如下), the one that the text calls itself (本办法), or that of its columns.

    A text with a title is no law or regulation that its title does not name: its 本法 and 本条例 are quoted.
    """
    columns = {cell for clause in clauses[:_FIRST_CLAUSES] for cell in re.split(r"[\t\n]", clause.text)}
    if len(columns & set(texts("doc_types", "column"))) >= _ENOUGH_COLUMNS:
        return DocType.POWERS_LIST
    opening = _SPOKEN.search(found.opening) or _MADE.search(found.opening)
    called = Counter(name for clause in _without_tables(clauses) for name in _self_name().findall(clause.text))
    if found.formal.title:
        called = Counter({name: count for name, count in called.items() if name not in _TITLED})
    return opening[1] if opening else called.most_common(1)[0][0] if called else ""


@cache
def _self_name() -> re.Pattern[str]:
    return re.compile(rf"本({days.alternation('doc_types', 'form')})")


def _tier(found: _Findings) -> str:
    named, place = found.issuers, found.home
    if any(re.search(r"[镇乡]人民政府(?:办公室)?$|街道办事处$", name) for name in named):
        return "乡"
    if place is not None:
        return place.level
    national = found.formal.name.place == NATION or any(
        issuers.authority(name) in _NATIONAL_KINDS or name.startswith(("最高人民", "中共中央")) for name in named
    )
    return doc_types.STATE if national else ""


# --- dates -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dates:
    """Days of a document; a draft has none, whatever days it proposes."""

    adopted: date | None = None
    promulgated: date | None = None
    effective: date | None = None
    expires: date | None = None


def _dates(found: _Findings, spoken: Force, clauses: Sequence[Clause]) -> _Dates:
    promulgated = _promulgated(found, spoken, clauses)
    first = max((event.day for event in found.told if event.whole), default=promulgated)  # 自公布之日起
    effective = first_day(spoken, first)
    return _Dates(events.passed(found.told, found.opening), promulgated, effective, last_day(spoken, effective))


def _promulgated(found: _Findings, spoken: Force, clauses: Sequence[Clause]) -> date | None:
    """Return when this version was made public: the day of its last amendment, or the one on which the text was first public.

    That is the last event of the note under the title or remark in the text (2011年1月8日删除); else the day of the
    signature or the imprint, else what the head of the file names.
    """
    formal = found.formal
    signed = [signature for signature in formal.signatures if signature.day]
    signed.sort(key=lambda signature: not signature.issuers)  # a day under names goes before a day alone
    public = [event.day for event in found.told if event.kind != events.PASSED or event.by_congress]
    if signed and re.search(r"令|公告", found.number or ""):  # a decree makes public what was passed before
        public.append(signed[0].day or date.min)
    remarks = [day for clause in clauses for mark in _REMARK.finditer(clause.text) if (day := days.first_day(mark[1]))]
    return (
        max((*public, *remarks), default=None)
        or (signed[0].day if signed else None)
        or _imprint(clauses)
        or _own_day(clauses)
        or _named_day(formal, spoken.day)
    )


def _own_day(clauses: Sequence[Clause]) -> date | None:
    """Return the day on which the text says that it is issued: 本文件于2024年6月20日发布."""
    last = "".join(days.squeeze(clause.text) for clause in clauses[-_LAST_CLAUSES:])
    found = _ISSUED.search(last)
    return days.first_day(found[1]) if found else None


def _named_day(formal: Formalities, first: date | None) -> date | None:
    """Return the day that the head of the file, or the name of a file that stands for the title, gives.

    A page that was put up after the `first` day in force does not tell when the text was made public.
    """
    named, posted = (days.first_day(days.squeeze(formal.fields.get(key, ""))) for key in ("promulgated", fields.POSTED))
    late = posted is not None and first is not None and posted > first
    return named or (None if late else posted) or formal.name.day


def _imprint(clauses: Sequence[Clause]) -> date | None:
    """Return the day of the imprint on the last page: 某市人民政府办公厅 2021年2月7日印发."""
    printed = _PRINTED.search(days.squeeze_lines(clauses[-1].text[-_LONGEST_IMPRINT:])) if clauses else None
    return days.first_day(printed[1]) if printed else None


def _force(found: _Findings, clauses: Sequence[Clause]) -> Force:
    """Return what the text says of its force; a notice may leave that to the measure that it attaches."""
    attached = {clause.clause_id for clause in clauses if clause.kind is Kind.ATTACHMENT}
    within: list[Clause] = []
    outside: list[Clause] = []
    for clause in _without_tables(clauses):
        if clause.parent_id in attached:
            attached.add(clause.clause_id)
        (within if clause.clause_id in attached else outside).append(clause)
    prolonging = prolongs(found.title) is not None
    spoken = force([_AFTER_EVENT.sub("\n", found.formal.note), *_words(outside)], prolongs=prolonging)
    if spoken != Force() or not within:
        return spoken
    measure = doc_types.enclosed(found.title) or found.title
    named = "".join("".join(_words(within[:_FIRST_CLAUSES])).split())
    return force(_words(within)) if measure in named else spoken


def _without_tables(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clauses that are neither in a table nor cells of a row."""
    tables = {clause.clause_id for clause in clauses if clause.kind is Kind.TABLE}
    for clause in clauses:
        if clause.parent_id in tables:
            tables.add(clause.clause_id)
        if clause.clause_id not in tables and "\t" not in clause.text:
            yield clause


def _words(clauses: Iterable[Clause]) -> Iterator[str]:
    return (f"{clause.heading}\n{clause.text}" for clause in clauses)
