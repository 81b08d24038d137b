"""On whom a unit lies: its subject, the body behind 由, those of the unit before or of the lead-in, the liable ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.bodies.names import is_public
from ingest.norms.parties import Name, ends_in_head, names_after, names_at_end, names_at_start
from ingest.norms.place import Place
from ingest.norms.roles import Role, Said
from ingest.norms.sentences import MASK
from ingest.norms.units import Unit
from tiaoli.records import Bearer, NormKind

_BY = re.compile(r"(?<![理自缘事案交])由(?=.)")
_ADDRESSES = {"请", "允许"}  # whom a norm lies on stands behind them
_NEEDS = {"需", "须"}  # 需家长自行联系
_SPARING = re.compile(r"^不[予再]")  # forbids the authority, which is not named
_STATIC = re.compile(
    r"^(?:符合|相当|一致|为|具有|达到|明确|与.{2,30}(?:一致|相适应|相对应|相符|融合|相结合|匹配)|必要|适当|包括|载明|注明|属于|遵循|有)"
)
_TOPIC = re.compile(r"^(?:对|在|每年|因|为|按|经|自|从|以|将|并|但|同时|如|必要时|特殊情况).*$|\s")
_AFTER_SUBJECT = re.compile(
    r"^(?:会同|联合|协同|在|对|于|按|每|将|自|从|因|经|为|与|向|以|依|根据|除|如|若|一般|原则上|仅|只|通过|应|可|要)[^的]*$"
    r"|^.*(?:活动|工作|业务|时|中|后|前|的|情况下|过程)$|^.{0,4}$"
)
_PUNISHED = re.compile(r"对(?=[^，,]{2,60}(?:给予|予以|进行|责令|依法|处以|追究|处|按|依)|[^，,]{2,60}$)")
_PURSUED = re.compile(r"追究(?=[^，,]{2,30}责任)")
_OPENED = re.compile(r"(?:对|对于|给|为)(?!了)")
_RULED = re.compile(r"(?:国家|法律|法规|省|市|国务院|本[市省])[^，,]{0,12}(?:规定|另有)")
_FOR_OTHERS = re.compile(
    r"(?:可?一次性|每年|每月|再|另|按[^，,]{0,20})*(?:给予|予以|发放|奖励|补助|补贴|资助|享受|执行|适用|按照?|参照|免收|减收|优先)"
)
_BRACKET = re.compile(rf"[（(]{MASK}*[）)]$")
_SHORTEST_SUBJECT = 4  # characters of a thing that is the subject


def named(unit: Unit, place: Place) -> tuple[Bearer, ...]:
    """Return those whom the unit itself names as its subject."""
    core, modal = unit.core, unit.modal
    if core.role in (Role.BY, Role.PREDICATE, Role.CONSEQUENCE) and core.names:
        return as_bearers(core.names, core.part.start, place)
    if modal is not None:
        if modal.opens:
            behind = modal.text in _ADDRESSES
            after = core.at + len(modal.text)
            names = names_after(core.part.text, after) if behind else names_at_end(core.part.text[: core.at])
            return as_bearers(names, core.part.start, place)
        names = doers(core.part.text, core.at)
        if not names and modal.text in _NEEDS and not core.part.text[: core.at]:
            names = names_after(core.part.text, core.at + len(modal.text))
        if names:
            return as_bearers(names, core.part.start, place)
        if _SPARING.match(modal.text):
            return ()
    if _thing_before(unit) or _of_others(unit):
        return ()
    before = [said for said in reversed(_subjects(unit)) if not _RULED.match(said.part.text)]
    chosen = next((s for s in before if s.role is Role.BY), None)
    chosen = chosen or next((s for s in before if s.names and s.names[-1].end == len(s.part.text)), None)
    chosen = chosen or next((s for s in before if s.names), None)
    return as_bearers(chosen.names, chosen.part.start, place) if chosen else ()


def _subjects(unit: Unit) -> tuple[Said, ...]:
    """Return the parts before the core that may name its subject: not those that 对… opens and a later part closes."""
    opened = next((n for n, said in enumerate(unit.before) if _OPENED.match(said.part.text) and not said.names), None)
    return unit.before if opened is None else unit.before[:opened]


def _thing_before(unit: Unit) -> bool:
    """Tell whether a thing is the subject of the modal word: 已出租的住房|可不纳入."""
    if unit.modal is None:
        return False
    subject = _TOPIC.sub("", unit.core.part.text[: unit.core.at])
    return len(subject) >= _SHORTEST_SUBJECT and not ends_in_head(subject) and "的" in subject


def _of_others(unit: Unit) -> bool:
    """Tell whether those named before a bare verb only profit from it: 在读青年，给予补贴; 职工家庭…，适用首套政策."""
    core = unit.core
    return core.role is Role.PREDICATE and not core.names and _FOR_OTHERS.match(core.part.text) is not None


def carried(unit: Unit, place: Place) -> tuple[Bearer, ...]:
    """Return those who carry on from the unit before or from the lead-in; nobody where a thing is the subject."""
    core, modal = unit.core, unit.modal
    if modal is not None:
        if modal.opens or _SPARING.match(modal.text):
            return ()
        subject = _TOPIC.sub("", core.part.text[: core.at])
        rest = core.part.text[core.at + len(modal.text) :]
        thing = len(subject) >= _SHORTEST_SUBJECT and not ends_in_head(subject)
        if thing and (place.policy or _STATIC.match(rest)):
            return ()
    if place.previous is not None:
        return inherited(place.previous.bearers)
    return inherited(place.lead.bearers) if place.lead is not None else ()


def liable(unit: Unit, place: Place, own: tuple[Bearer, ...]) -> tuple[Bearer, ...]:
    """Return who imposes a consequence, or who suffers it where nobody is said to impose it."""
    core = unit.core
    offenders = _offenders(unit, place)
    if offenders:
        place.offenders = offenders
    if core.role is Role.MODAL and (names := doers(core.part.text, core.at)):
        place.imposing = as_bearers(names, core.part.start, place)
        return place.imposing
    imposing = _imposing(unit, place)
    if imposing:
        place.imposing = imposing
        return imposing
    if "刑事责任" in core.part.text:
        return offenders
    if "赔偿" in core.part.text or "承担" in core.part.text:
        return offenders or place.offenders
    if place.imposing:
        return inherited(place.imposing)
    if punished := _punished(unit, place):
        return punished
    previous = place.previous
    if not offenders and previous is not None and previous.kind is NormKind.LIABILITY:
        return inherited(previous.bearers)
    return offenders or own


def doers(text: str, at: int) -> list[Name]:
    """Return the names behind 由 in a part, or else those before the modal word at `at`."""
    by = _BY.search(text)
    if by and (names := names_after(text, by.end())):
        return names
    before = text[:at]
    if names := names_at_end(before):
        return names
    charged = text.startswith("负责", at)
    if (names := names_at_start(before)) and (charged or _AFTER_SUBJECT.match(before[names[-1].end :])):
        return names
    return _possessor(before)


def as_bearers(names: Sequence[Name], base: int, place: Place) -> tuple[Bearer, ...]:
    """Return names as bearers, with the words of the document at their places; `base` is where their part begins."""
    spans = ((base + name.start, base + name.start + len(_BRACKET.sub("", name.text))) for name in names)
    return tuple(Bearer(place.text[start:end], start, end) for start, end in spans)


def inherited(bearers: Sequence[Bearer]) -> tuple[Bearer, ...]:
    """Return bearers as those of a unit that does not name them itself."""
    return tuple(replace(bearer, inherited=True) for bearer in bearers)


def _possessor(text: str) -> list[Name]:
    """Return the body whose thing is the subject: 各级财政部门的执法依据要明确."""
    of = text.find("的")
    if of <= 0 or "的" in text[of + 1 :] or ends_in_head(text):
        return []
    return [name for name in names_at_end(text[:of]) if is_public(name.text) or not text.endswith(("费", "款"))]


def _offenders(unit: Unit, place: Place) -> tuple[Bearer, ...]:
    first = next((said for said in unit.before if said.names), None)
    return as_bearers(first.names, first.part.start, place) if first is not None else ()


def _imposing(unit: Unit, place: Place) -> tuple[Bearer, ...]:
    found: tuple[Bearer, ...] = ()
    for said in unit.said:
        if said.role is Role.BY:
            found += as_bearers(said.names, said.part.start, place)
        elif said.part.text.startswith("直至由"):
            found += as_bearers(names_after(said.part.text, 3), said.part.start, place)
    return found


def _punished(unit: Unit, place: Place) -> tuple[Bearer, ...]:
    """Return whom 对…给予处分 or 追究…的责任 strikes."""
    for said in unit.said[unit.main :]:
        for pattern in (_PUNISHED, _PURSUED):
            if (found := pattern.search(said.part.text)) and (names := names_after(said.part.text, found.end())):
                return as_bearers(names, said.part.start, place)
    return ()
