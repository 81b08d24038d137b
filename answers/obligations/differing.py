"""In what the members of a group differ, side by side, and how they follow from one another from the State down."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.bodies import body_names, level_of
from tiaoli.provisions import title_key
from tiaoli.records import Document, Norm, NormKind, Strength

STRENGTHS = {Strength.MANDATORY: "应当", Strength.DIRECTIVE: "要求", Strength.ENCOURAGED: "鼓励"}
KINDS = {
    NormKind.DUTY: "义务",
    NormKind.PROHIBITION: "禁止",
    NormKind.POWER: "职权",
    NormKind.RIGHT: "权利",
    NormKind.LIABILITY: "责任",
}
LEVELS = ("国家", "省", "市", "县", "乡")
_BY_RANK = {
    1: "国家",
    2: "国家",
    3: "国家",
    4: "省",
    5: "市",
    7: "市",
    8: "国家",
    9: "省",
    10: "市",
    11: "县",
    12: "乡",
}
_SPAN_OF_TIME = re.compile(
    r"(?<!\d)满?(?:\d{1,3}|[一二三四五六七八九十两半]+)个?(?:年|月|工作日|日|小时|周)(?:内|以内|以上|前|后)?"
)
NOT_SAID = "未写明"


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing in which members differ: what it is called, and what each of them says, by place among the members."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One document in the chain of a group: its level, and which documents above it in the chain it rests on."""

    level: str
    doc_id: str
    title: str
    rests_on: tuple[str, ...] = ()  # titles


def differences(norms: Sequence[Norm | None]) -> tuple[Difference, ...]:
    """Return in what norms that order the same differ; what all say alike is left out."""
    found = []
    for name, said in _FIELDS.items():
        values = tuple(NOT_SAID if norm is None else said(norm) or NOT_SAID for norm in norms)
        if len(set(values)) > 1:
            found.append(Difference(name, values))
    return tuple(found)


def bearers(norm: Norm) -> str:
    """Who bears a norm, as written."""
    return "、".join(dict.fromkeys(bearer.name for bearer in norm.bearers))


def strength(norm: Norm) -> str:
    """How strictly it binds: the modal word where one is written."""
    if norm.modal:
        return norm.modal
    return STRENGTHS[norm.strength] if norm.strength is not None else ""


def limits(norm: Norm) -> str:
    """Its time limits, as written; where it has none, spans of time that it names: 实施满1年."""
    found = [one.text for one in norm.deadlines if not one.recurrence]
    return "、".join(dict.fromkeys(found if norm.deadlines else _SPAN_OF_TIME.findall(norm.text)))


def frequency(norm: Norm) -> str:
    """How often it returns, as written."""
    return "、".join(dict.fromkeys(one.text for one in norm.deadlines if one.recurrence))


def amounts(norm: Norm) -> str:
    """Its sums and shares, as written."""
    return "、".join(dict.fromkeys(one.text for one in norm.amounts))


_FIELDS: Mapping[str, Callable[[Norm], str]] = {
    "承担主体": bearers,
    "类型": lambda norm: KINDS[norm.kind],
    "强度": strength,
    "时限": limits,
    "频次": frequency,
    "数额": amounts,
    "条件": lambda norm: norm.condition or "",
}


def level(document: Document) -> str:
    """Return the level of a document, by its issuer, else by its rank of force; empty where neither tells it."""
    issuer = next(iter(body_names(document.issuer)), None)
    told = level_of(issuer, document.region) if issuer else None
    return told or _BY_RANK.get(document.level, "")


def chain(documents: Sequence[Document], titles_cited: Callable[[str], Collection[str]]) -> tuple[Step, ...]:
    """Return the documents of a group from the State down, each with those before it that it cites; () for a single one."""
    distinct = list({document.doc_id: document for document in documents}.values())
    if len(distinct) < 2:
        return ()
    ordered = sorted(distinct, key=lambda one: (_depth(level(one)), one.level, one.title, one.doc_id))
    steps: list[Step] = []
    for at, document in enumerate(ordered):
        above = ordered[:at]
        cited = {title_key(title) for title in titles_cited(document.doc_id)} if above else set()
        rests_on = tuple(dict.fromkeys(one.title for one in above if any(_means(c, one) for c in cited)))
        steps.append(Step(level(document), document.doc_id, document.title, rests_on))
    return tuple(steps)


def _depth(name: str) -> int:
    return LEVELS.index(name) if name in LEVELS else len(LEVELS)


def _means(cited: str, document: Document) -> bool:
    title = title_key(document.title)
    return bool(cited) and (cited == title or (len(cited) > 6 and cited in title))


def described(steps: Sequence[Step]) -> Iterator[str]:
    """Yield the steps of a chain in words."""
    for step in steps:
        basis = f"，依据《{'》《'.join(step.rests_on)}》" if step.rests_on else ""
        yield f"{step.level or '级别不明'}：《{step.title}》{basis}"
