"""Type and rank of a document from its title, its issuers and how it was made public; the rules are `doc_types.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.description.issuers import Bodies, authority
from tiaoli import lexicon
from tiaoli.lexicon import Word
from tiaoli.records import DocType

ORDER, PUBLISHED, MARKED, IN_FORCE = "令", "公布", "规", "施行"
STATE = "国家"
_WORK = "工作"
_MINISTRY = "国务院部门"
_HANDED_OUT = re.compile(
    r"(?:印发|转发|公布|发布|修订|批转).{0,40}?[《〈<]([^《》]{3,100})[》〉>](?:的?通知|的?公告)?$|印发(.{3,100})的通知$"
)
_TAIL = re.compile(r"[（(〈<\[][^（）()〈〉<>\[\]]{0,30}[）)〉>\]]$|[》〉”]$|[ \d一二三四五六七八九十]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Word):
    """How a title ends, and the class of that form."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Word):
    """Which type follows from which issuers and form."""

    type: DocType
    authorities: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    proof: str = ""  # 令, 公布: what the text shows; 规: in the number; 施行: it says since when it is in force or who explains it; 全国, 地方
    levels: tuple[str, ...] = ()  # levels of government that may issue it
    contains: str = ""  # what the title holds besides
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank(Word):
    """Rank of force of a type, perhaps only at one level of government."""

    type: DocType
    level: int
    tier: str = ""
    maker: str = ""  # who alone can issue that type
    article: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the type follows from."""

    title: str
    issuers: Bodies
    proofs: frozenset[str]  # of 令, 公布, 规, 施行
    placed: bool  # the title names a place
    tier: str  # 国家, 省, 市, 县, 乡; empty where unknown
    spoken: str = ""  # the form that the opening words name (现通知如下), for a title without one


def form_of(title: str) -> Form | None:
    """Return how a title ends, brackets and numbers behind the ending left out; None where it has no known ending.

    >>> form_of("江川市养老服务办法（试行）").text, form_of("关于印发〈某办法〉的通知").kind, form_of("江川市概况")
    ('办法', '公文', None)
    """
    while True:
        for length in range(min(_longest(), len(title)), 0, -1):
            if (form := _forms().get(title[-length:])) is not None:
                return form
        if not (tail := _TAIL.search(title)) or not tail.start():
            return None
        title = title[: tail.start()]


def enclosed(title: str) -> str | None:
    """Return the title of what a notice hands out, None where it hands out nothing.

    >>> enclosed("某局关于印发《某办法（试行）》的通知"), enclosed("某局关于印发某方案的通知"), enclosed("某局关于某事的通知")
    ('某办法（试行）', '某方案', None)
    """
    found = _HANDED_OUT.search(title)
    return (found[1] or found[2]) if found else None


def rule_of(evidence: Evidence) -> Rule | None:
    """Return the first rule that fits, None where none does."""
    titled = form_of(evidence.title)
    form = titled or form_of(evidence.spoken)
    names = {form.text, form.kind} if form else set()
    if (inner := enclosed(evidence.title)) and (held := form_of(inner)) and held.kind == _WORK:
        names = {_WORK}
    classes = {authority(name) for name in evidence.issuers} or {""}
    if _MINISTRY in classes and evidence.tier == STATE:  # whoever signs with a ministry is one: 某监管局、海关总署
        classes = {_MINISTRY if kind == "部门" else kind for kind in classes}
    return next((rule for rule in _rules() if _fits(rule, evidence, names, classes, titled is not None)), None)


def _fits(rule: Rule, evidence: Evidence, names: set[str], classes: set[str], titled: bool) -> bool:
    shown = {*evidence.proofs, "地方" if evidence.placed else "全国" if titled else ""}
    return (
        (not rule.authorities or classes <= set(rule.authorities))
        and (not rule.forms or bool(names & set(rule.forms)))
        and (not rule.proof or rule.proof in shown)
        and (not rule.levels or evidence.tier in rule.levels)
        and rule.contains in evidence.title
    )


def rank(type_: DocType, tier: str) -> int:
    """Return the rank of force of a type at a level of government: 1 is the highest.

    >>> rank(DocType.LAW, ""), rank(DocType.LOCAL_RULE, "省") == rank(DocType.DEPARTMENTAL_RULE, "国家")
    (1, True)
    """
    ranks = _ranks()
    return (ranks.get((type_, tier)) or ranks[type_, ""]).level


def maker(type_: DocType) -> Bodies:
    """Return who alone can issue documents of a type, none where several can.

    >>> maker(DocType.ADMIN_REGULATION), maker(DocType.LAW)
    (('国务院',), ())
    """
    name = _ranks()[type_, ""].maker
    return (name,) if name else ()


@cache
def _forms() -> dict[str, Form]:
    return {form.text: form for form in lexicon.entries("doc_types", "form", Form)}


@cache
def _longest() -> int:
    return max(map(len, _forms()))


@cache
def _rules() -> tuple[Rule, ...]:
    return lexicon.entries("doc_types", "rule", Rule)


@cache
def _ranks() -> dict[tuple[DocType, str], Rank]:
    return {(row.type, row.tier): row for row in lexicon.entries("doc_types", "rank", Rank)}
