"""权责清单 of a body: what it may do, on which basis, the duties that go with it, by when, and who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from answers.powers.rows import OTHER, Power, PowerRows
from answers.provisions_cited import Basis, Sources
from answers.scope import Scope, in_scope
from graph.kept import KeptGraph
from graph.resolve import Resolver
from graph.schema import EdgeType
from tiaoli.lexicon import texts
from tiaoli.records import Body, Document, Norm, NormKind

PENALTIES = ("行政处罚", "行政强制")  # what a provision on liability empowers the body to do that it names
DISCIPLINE = "处分问责"
# The types of powers in the order in which published lists have them (中办发〔2015〕21号), then those of ours.
TYPES = ("行政许可", "行政处罚", "行政强制", "行政征收", "行政给付", "行政检查", "行政确认", "行政奖励", "行政裁决")
_LONGEST_TOPIC = 40  # characters
_OF_LISTS = ("function", "row")  # rules that read 职责 one by one: each is a matter of the list, whatever its kind
_Part = TypeVar("_Part")
_BREACH = re.compile(r"^违反(?:了)?[^，,]{2,40}(?:规定|条例|办法|之一)的?[，,]?")
_LONGEST_TOPIC = 40  # characters
_OF_LISTS = ("function", "row")  # rules that read 职责 one by one: each is a matter of the list, whatever its kind


@dataclass(frozen=True, slots=True)
class OtherDuty:
    """A duty or prohibition that stands in no provision on a power."""

    body: Body
    norm: Norm
    basis: Basis


@dataclass(frozen=True, slots=True)
class PowersList:
    """The powers of a body and of those below it, with the duties that stand in no provision on a power."""

    bodies: tuple[Body, ...]
    powers: tuple[Power, ...]
    other_duties: tuple[OtherDuty, ...]
    documents: int  # looked at
    norms: int  # that lie on these bodies there


def powers_list(kept: KeptGraph, resolver: Resolver, bodies: Sequence[Body], scope: Scope) -> PowersList:
    """Return what `bodies` may and must do by the documents of `scope`, in the order of bodies, then of types."""
    documents = {d.doc_id: d for d in in_scope(resolver, scope)}
    borne = _borne(kept, bodies, documents)
    norms = {key: n for key, n in resolver.store.norms_by_id(borne).items() if n.kind is not NormKind.RIGHT}
    sources = Sources(resolver, documents, norms.values())
    disciplined = _disciplines(resolver, {norm.doc_id for norm in norms.values()}, sources)
    rows = PowerRows(resolver, sources)
    powers: list[Power] = []
    others: list[OtherDuty] = []
    for body in bodies:
        own = [norms[key] for key in borne if key in norms and body.body_id in borne[key]]
        for unit in _units(own, sources):
            found = list(_powers(body, unit, sources, disciplined, rows))
            powers += found
            if not found:
                others += [OtherDuty(body, norm, sources.basis(norm.clause_id)) for norm in unit]
    order = {body.body_id: n for n, body in enumerate(bodies)}
    merged = sorted(_merged(powers), key=lambda p: (order[p.body.body_id], *_order(p)))
    return PowersList(tuple(bodies), tuple(merged), tuple(_once(others)), len(documents), len(norms))


def _borne(kept: KeptGraph, bodies: Iterable[Body], documents: Mapping[str, Document]) -> dict[str, set[str]]:
    """Return the norms that lie on bodies, each with those bodies, in the order of the documents."""
    borne: dict[str, set[str]] = {}
    for edge in kept.edges_from((body.body_id for body in bodies), (EdgeType.BEARS, EdgeType.HOLDS)):
        if edge.target.partition("#")[0] in documents:
            borne.setdefault(edge.target, set()).add(edge.source)
    return borne


def _units(norms: Sequence[Norm], sources: Sources) -> list[list[Norm]]:
    """Return norms by the provision that they stand in; rows of a list stand alone."""
    units: dict[str, list[Norm]] = {}
    for norm in norms:
        key = norm.clause_id if norm.rule in _OF_LISTS else sources.unit(norm.clause_id)
        units.setdefault(key, []).append(norm)
    return [sorted(unit, key=lambda norm: norm.start) for unit in units.values()]


# --- one provision ---------------------------------------------------------------------------------------------------


def _powers(
    body: Body,
    unit: Sequence[Norm],
    sources: Sources,
    disciplined: Mapping[str, Sequence[Basis]],
    rows: PowerRows,
) -> Iterator[Power]:
    """Yield the powers of a provision, each with the duties that follow it; those before the first go with that."""
    if unit[0].rule == "row":
        if any(norm.kind is NormKind.POWER for norm in unit):  # else the row only names the body, as 当事人 or 上级
            yield rows.power(body, unit[0])
        return
    heads = [norm for n, norm in enumerate(unit) if is_power(norm) and not (n and _adds_to_penalty(norm))]
    for n, head in enumerate(heads):
        start = head.start if n else -1
        end = heads[n + 1].start if n + 1 < len(heads) else None
        after = [other for other in unit if other not in heads and _between(other, start, end)]
        more = [other for other in after if _adds_to_penalty(other)]
        duties = [other for other in after if other not in more]
        basis = sources.basis(head.clause_id)
        liabilities = disciplined.get(head.doc_id, ())
        name, kind = name_of(head, basis), head.power_type or OTHER
        yield Power(name, kind, body, (basis,), (head, *more), tuple(duties), tuple(liabilities))


def _between(norm: Norm, start: int, end: int | None) -> bool:
    return norm.start >= start and (end is None or norm.start < end)


def is_power(norm: Norm) -> bool:
    """Tell whether a norm is a matter of its own: a power, a penalty that its bearer imposes, an entry of a list of 职责."""
    if norm.kind is NormKind.LIABILITY:
        return norm.power_type in PENALTIES
    return norm.kind is NormKind.POWER or norm.rule == "function"


def _adds_to_penalty(norm: Norm) -> bool:
    """Tell whether a norm adds to the penalty before it: 情节严重的，吊销许可证."""
    return norm.kind is NormKind.LIABILITY and (norm.condition or "").startswith(texts("answers", "aggravation"))


def name_of(norm: Norm, basis: Basis) -> str:
    """Return what a power is called: 核发河道采砂许可证; a penalty by what it is imposed for: 对擅自采砂的行政处罚."""
    if norm.kind is not NormKind.LIABILITY:
        name = (norm.action or norm.text).rstrip("。；;，,")
        return f"{name}{_topic(norm)}"
    offence = _BREACH.sub("", norm.condition or "").removesuffix("的")
    return f"对{offence or f'违反{basis.cited}所列规定'}的{norm.power_type}"


def _topic(norm: Norm) -> str:
    """Return what stands before 由 and the body: 采砂许可证由市水务局核发 speaks of 采砂许可证."""
    if norm.rule != "by" or not norm.bearers:
        return ""
    before = norm.text.partition(f"由{norm.bearers[0].name}")
    topic = re.split("[，,；;]", before[0])[-1].strip() if before[1] else ""
    return topic if len(topic) <= _LONGEST_TOPIC else ""


def _disciplines(resolver: Resolver, doc_ids: Iterable[str], sources: Sources) -> dict[str, list[Basis]]:
    """Return the provisions of each document by which those answer who serve in bodies."""
    words = texts("answers", "accountable")
    norms = resolver.store.norms_of_type(sorted(doc_ids), DISCIPLINE)
    found = [n for n in norms if n.rule != "row" and any(word in n.text for word in words)]
    sources.load(norm.clause_id for norm in found)
    by_document: dict[str, dict[str, Basis]] = {}
    for norm in found:
        bases = by_document.setdefault(norm.doc_id, {})
        if norm.clause_id not in bases:
            bases[norm.clause_id] = sources.with_cases(sources.basis(norm.clause_id))
    return {doc_id: list(bases.values()) for doc_id, bases in by_document.items()}


# --- one matter in several documents ---------------------------------------------------------------------------------


def _merged(powers: Iterable[Power]) -> Iterator[Power]:
    """Yield powers that are called the same once, with all their bases, the highest rank first."""
    same: dict[tuple[str, str, str], list[Power]] = {}
    for power in powers:
        same.setdefault((power.body.body_id, power.type, "".join(power.name.split())), []).append(power)
    for group in same.values():
        ordered = sorted(group, key=lambda power: power.bases[0].document.level)
        yield replace(
            ordered[0],
            bases=tuple({(basis.cited, basis.words): basis for power in ordered for basis in power.bases}.values()),
            norms=_distinct(power.norms for power in ordered),
            duties=_distinct(power.duties for power in ordered),
            liabilities=_distinct(power.liabilities for power in ordered),
        )


def _once(duties: Iterable[OtherDuty]) -> Iterator[OtherDuty]:
    """Yield what is said in the same words once: a store may hold a law in several files."""
    seen = set()
    for duty in duties:
        key = (duty.body.body_id, duty.basis.document.title, duty.norm.text)
        if key not in seen:
            seen.add(key)
            yield duty


def _distinct(parts: Iterable[tuple[_Part, ...]]) -> tuple[_Part, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def _order(power: Power) -> tuple[int, str]:
    """Types in the order of published lists, 其他 last."""
    known = TYPES.index(power.type) if power.type in TYPES else len(TYPES)
    return known + (power.type == OTHER), power.type
