"""Where a document names bodies and parties, and whom it means by them as far as it tells itself."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.bodies.full_names import FullName, full_name
from ingest.bodies.members import members
from ingest.bodies.names import find_bodies
from ingest.description.issuers import national
from tiaoli.body_kinds import head_of, is_public, kind_of
from tiaoli.records import Clause, DocType, Document, Mention, Span

_BETWEEN = re.compile(r"[、,，;；\s]+")
_DEFINITION = re.compile(
    r"\s*[（(](?:以下|下称|下文)?(?:统一)?(?P<how>统称|合称|并称|简称|称)(?:为)?[：:]?\s*[“\"'‘]?"
    r"(?P<alias>[\u4e00-\u9fff、]{2,24}?)[”\"'’]?(?:[，,。；;][^（）()]{0,20})?[）)]"
)
_SELF = re.compile(r"[本我](?P<what>机关|中心|[局委厅办署会行院处部])(?![法政业为计议门分部罚理员级别内长委])")
_SAME = re.compile(r"(?:该|上述|前述)(?P<rest>.+)")
_ABOVE = re.compile(r"(?:前款|前两款|上款|前项|前条)(?:规定|所列|所称)?的?$")
_OF_IT = re.compile(r"(?:及|和|或者|或|与)其(?:下属|所属)?的?$")
_RELATIVE = re.compile(
    r"(?:同级|本级|上级|下级|上一级|当地|所在地|属地|所在|原|本(?=单位|部门|企业|公司|机构|校|院)|自己)"
)
_DEFINES_LEAD = re.compile(r"(?:是|为|作为)[^。；，：\n]{0,24}$")
_SINGLE = ("局", "厅", "委员会", "领导小组", "中心", "联席会议", "指挥部")
_ALL = re.compile(r"各|[省市县乡]级|有关|相关|地方|[同本上下]级|所|该|其他")
_LEAD = re.compile(r"(?:行政)?主管(?:部门|机关)")
_OWN_LEAD = re.compile(r"[其的位级司业校构]$")  # 其主管部门, 单位主管部门: of somebody, not of the matter
_GROUPS = frozenset(["委员会", "领导小组", "指挥部", "联席会议", "工作小组", "理事会"])
_COMMITTEE = "常务委员会"
_RULES = frozenset({DocType.LAW, DocType.ADMIN_REGULATION, DocType.SUPERVISION_REGULATION, DocType.LOCAL_REGULATION})

ALL_OF_A_KIND = "泛指，不指某一个机构"
RELATIVE = "相对于文中的主体而言，不能确定是哪一个"
NO_ANTECEDENT = "前文没有同类名称，不能确定指谁"


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a clause: its span, and its words where they differ from the printed ones (公安 of 公安、民政部门)."""

    clause: Clause
    span: Span
    words: str


@dataclass(slots=True)
class _Reader:
    """What a document has told so far of whom its names mean."""

    text: str
    document: Document
    issuers: tuple[FullName, ...]
    aliases: dict[str, FullName] = field(default_factory=dict)
    lead: FullName | None = None
    read: list[Mention] = field(default_factory=list)


def find_mentions(clauses: Sequence[Clause], text: str, document: Document) -> tuple[Mention, ...]:
    """Return the bodies and parties that a document names, in text order, each with whom it means.

    Names are completed with the place of the document (市教育局) and spelled out (发展改革委); what the document defines
    (以下简称…), 本局, 该部门, 及其有关部门 and a 主管部门 that it names are resolved. A mention keeps the printed words as
    its name where no more can be told; `reason` says why.
    """
    reader = _Reader(text, document, _issuers(document))
    found = [one for clause in clauses for one in _named(clause, text)]
    reader.aliases = _aliases(found, reader)
    reader.lead = _lead(found, reader)
    for one in found:
        reader.read.append(_mention(one, reader))
    return tuple(reader.read)


def _issuers(document: Document) -> tuple[FullName, ...]:
    names = (name for name in _BETWEEN.split(document.issuer or "") if name)
    return tuple(full_name(name, document.region) for name in names)


def _named(clause: Clause, text: str) -> Iterator[_Found]:
    """Yield the names in the own text of a clause; those that share a head one by one."""
    spans = find_bodies(text, clause.start, clause.end)
    starts = [span.start for span in spans]
    own = [Span(*found.span()) for found in _SELF.finditer(text, clause.start, clause.end)]
    own = [span for span in own if not ((at := bisect(starts, span.start)) and spans[at - 1].end > span.start)]
    for span in sorted((*spans, *own), key=lambda span: span.start) if own else spans:
        for member in members(text[span.start : span.end]):
            yield _Found(clause, Span(span.start + member.start, span.start + member.end), member.name)


# --- what the document defines ---------------------------------------------------------------------------------------


def _aliases(found: Sequence[_Found], reader: _Reader) -> dict[str, FullName]:
    """Return what the text calls bodies by its own words: （以下简称市城管局）."""
    aliases: dict[str, FullName] = {}
    for one in found:
        defined = _DEFINITION.match(reader.text, one.span.end)
        if defined is None or kind_of(defined["alias"]) == "其他" != kind_of(one.words):
            continue
        full = full_name(one.words, reader.document.region)
        if defined["how"] in ("统称", "合称", "并称") or not _is_one_body(full):
            name = full_name(defined["alias"], reader.document.region).name
            full = FullName(name, None, f"文中的统称，指{one.words}")
        else:
            full = replace(full, reason="文中的简称")
        aliases[defined["alias"]] = full
    return aliases


def _is_one_body(full: FullName) -> bool:
    """Tell whether a full name names one body, and not all of a kind."""
    named = full.region is not None or national(full.name) is not None or full.name.startswith(("国家", "中国", "全国"))
    return named or (full.name.endswith(_SINGLE) and not _ALL.match(full.name))


def _lead(found: Sequence[_Found], reader: _Reader) -> FullName | None:
    """Return the department that the document makes the 主管部门 of its matter, None where it makes none or several."""
    leads: dict[str, FullName] = {}
    for before, one in pairwise(found):
        between = reader.text[before.span.end : one.span.start]
        if _LEAD.search(one.words) and _DEFINES_LEAD.match(between) and kind_of(before.words) == "部门":
            full = full_name(before.words, reader.document.region)
            leads[full.name] = full
    return next(iter(leads.values())) if len(leads) == 1 else None


# --- whom a name means -----------------------------------------------------------------------------------------------


def _mention(one: _Found, reader: _Reader) -> Mention:
    full = _meaning(one, reader)
    printed = reader.text[one.span.start : one.span.end]
    document, clause = reader.document, one.clause
    span = (one.span.start, one.span.end)
    return Mention(
        clause.clause_id, document.doc_id, *span, printed, full.name, kind_of(full.name), full.region, full.reason
    )


def _meaning(one: _Found, reader: _Reader) -> FullName:
    """Return whom a name means: what the text defines, then what it points to, then its full form."""
    words = "".join(one.words.split())
    if (alias := reader.aliases.get(words)) is not None:
        return alias
    if (own := _own(words, reader)) is not None:
        return own
    if (pointed := _pointed(one, words, reader)) is not None:
        return pointed
    if reader.lead is not None and _LEAD.fullmatch(words) and not _OWN_LEAD.search(_before(one, reader)):
        return replace(reader.lead, reason="文中规定的主管部门")
    if _RELATIVE.match(words):
        return FullName(words, None, RELATIVE)
    full = full_name(words, reader.document.region)
    if full.region is not None:
        return full
    return _issuer_called(full, reader) or replace(full, reason=ALL_OF_A_KIND)


def _own(words: str, reader: _Reader) -> FullName | None:
    """Return the issuer that 本局, 我委, 本机关 means: the only one that the word fits; in a law it means no one body."""
    found = _SELF.fullmatch(words)
    if found is None or reader.document.doc_type in _RULES:
        return None
    what = found["what"]
    ends = {"机关": ("局", "厅", "委员会", "部", "政府", "署", "办公室"), "委": ("委员会",), "办": ("办公室",)}
    fitting = [issuer for issuer in reader.issuers if issuer.name.endswith(ends.get(what, (what,)))]
    return replace(fitting[0], reason="发文机关自称") if len(fitting) == 1 else FullName(words, None, NO_ANTECEDENT)


def _pointed(one: _Found, words: str, reader: _Reader) -> FullName | None:
    """Return whom a name that points to another means: 该局, 前款规定的部门, 及其有关部门; None where it does not point."""
    before = _before(one, reader)
    if (same := _SAME.fullmatch(words)) is not None:
        return _antecedent(one, same["rest"], reader) or FullName(words, None, NO_ANTECEDENT)
    if _ABOVE.search(before) or words in _GROUPS:
        return _antecedent(one, words, reader)
    owner = reader.read[-1] if reader.read else None
    joint = _OF_IT.search(before)
    if owner is None or joint is None or owner.end != one.span.start - len(joint[0]) or not is_public(owner.name):
        return None
    return FullName(f"{owner.name}{full_name(words, None).name}", owner.region, "“其”指前面的机构")


def _antecedent(one: _Found, rest: str, reader: _Reader) -> FullName | None:
    """Return the last name before, in this clause or the one before it, that ends in the same words."""
    clauses = {one.clause.clause_id}
    for mention in reversed(reader.read):
        clauses.add(mention.clause_id)
        if len(clauses) > 2:
            return None
        if mention.text.endswith(rest) and not _SAME.fullmatch(mention.text):
            return FullName(mention.name, mention.region, "指前文的机构")
    return None


def _issuer_called(full: FullName, reader: _Reader) -> FullName | None:
    """Return the issuer that is called without its place (住房公积金管理中心) or by an office of it (政策法规处)."""
    if len(reader.issuers) != 1 or not _may_speak_of_issuer(full.name, reader):
        return None
    issuer = reader.issuers[0]
    if issuer.region is None:
        return None
    if full.name == _COMMITTEE and issuer.name.endswith("人民代表大会"):
        return FullName(f"{issuer.name}{_COMMITTEE}", issuer.region, "指发文机关的常务委员会")
    if len(full.name) > 4 and issuer.name.endswith(full.name):
        return replace(issuer, reason="指发文机关")
    head = head_of(full.name)
    if head is not None and head.needs == "office" and kind_of(issuer.name) == "部门":
        return FullName(f"{issuer.name}{full.name}", issuer.region, "发文机关的内设机构")
    return None


def _may_speak_of_issuer(name: str, reader: _Reader) -> bool:
    """Tell whether a bare name can mean the issuer: not in a law, but 常务委员会 in the rules of one."""
    kind = reader.document.doc_type
    return kind not in _RULES or (kind is DocType.LOCAL_REGULATION and name == _COMMITTEE)


def _before(one: _Found, reader: _Reader) -> str:
    return reader.text[max(one.clause.start, one.span.start - 8) : one.span.start]
