"""One unit of a sentence as a norm: its kind, who bears it, what is to be done, when and under which condition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.bodies.names import is_public
from ingest.norms import bearers, words
from ingest.norms.amounts import find_amounts
from ingest.norms.deadlines import find_deadlines
from ingest.norms.functions import is_motto, is_principle
from ingest.norms.kinds import Verdict, verdict
from ingest.norms.leads import is_mere_thing, is_other
from ingest.norms.objects import counterparties, object_of
from ingest.norms.parties import names_after
from ingest.norms.place import Place
from ingest.norms.roles import Role
from ingest.norms.sentences import masked
from ingest.norms.units import Unit
from tiaoli.records import Bearer, Deadline, Norm, NormKind

_NONE = re.compile(
    r"是指|所称|制定本(?:法|条例|办法|规定|细则|规则|意见|方案|通知|决定|解释|指南|标准|制度|守则|章程|实施)|适用本|本[^，,]{1,12}适用于|从其规定|依照其规定|按照其规定|可以?作为.{0,20}(?:证据|依据)$|不免除"
    r"|起(?:施行|实施|执行|生效)$|同时废止$|负责(?:具体|应用)?解释|有效期(?:为|至|限|[0-9一二三四五六七八九十两])|不受前款|另行规定$"
)
_PRINCIPLE = re.compile(r"(?:遵循|坚持).{0,80}(?:原则|方针)$")
_LIABILITY_CHAPTER = re.compile(r"法律责任|责任追究|罚则")
_TELLS = re.compile(r"^(?:对|违反|未|擅自|逾期|拒不|不)|^.{2,30}违反")
_REQUIRED = ("有", "具有", "具备", "符合", "取得", "年满", "满足", "属于", "遵守", "无")
_FRONT = re.compile(
    r"^[，,、的\s]+|^[（(][^（()）]*[）)](?=.)|^(?:在|于|自(?!主|行|愿|觉|律|然)|依法|及时|立即|即时|原则上|一般|分别|认真|切实)(?=.{2})"
)
_RULED = re.compile(r"依照.{2,40}规定(?:进行)?(?:处理|处罚)")
_WITHIN = re.compile(r"责令|追缴|撤销|纠正|有权机关")
_BY_BEHIND = re.compile(r".{0,12}?(?<![理自缘事案])由(?=.)")
_GIVEN = re.compile(r"对[^，,]*?(?=给予|予以|发放|提供|奖励|补助|补贴|资助)")
_OMITS = re.compile(r"未(?!满|成年|经|来)[^，,]{2,30}的$")  # what was not done, before a strong consequence
_CONTENTS = re.compile(r"(?:[.．·…]{3,}|…{2,})\s*[0-9]{1,4}$")
_FIELD = re.compile(r"[\u4e00-\u9fff]{1,6}[：:]")
_NEAR = 3  # characters between a modal word and the deadline behind it


def norm_of(unit: Unit, place: Place) -> Norm | None:
    """Return the norm that a unit lays on somebody, or None where it lays nothing."""
    text = masked(place.text[unit.start : unit.end])
    if _says_nothing(unit, text, place):
        return None
    start = _action_start(unit)
    rest = _trimmed(masked(place.text[start : unit.end]))
    own = bearers.named(unit, place)
    borne = own or bearers.carried(unit, place)
    judged = _verdict(unit, text, rest, [b.name for b in borne], place)
    if judged is None:
        return None
    if judged.kind is NormKind.LIABILITY:
        borne = bearers.liable(unit, place, own)
    deadlines = tuple(_without_subject(d, own) for d in find_deadlines(place.text, unit.start, unit.end))
    for deadline in deadlines:
        if start <= deadline.start <= start + _NEAR and deadline.end < unit.end:
            start = deadline.end
    action = _trimmed(place.text[start : unit.end])
    return Norm(
        norm_id="",
        clause_id=place.clause.clause_id,
        doc_id=place.clause.doc_id,
        start=unit.start,
        end=unit.end,
        text=place.text[unit.start : unit.end],
        kind=judged.kind,
        strength=judged.strength,
        modal=judged.modal,
        bearers=borne,
        counterparty=counterparties(unit, place.text, borne),
        action=action,
        object=object_of(action),
        condition=_condition(unit, place.text),
        deadlines=deadlines,
        amounts=tuple(find_amounts(place.text, unit.start, unit.end)),
        citations=place.cited(unit.start, unit.end),
        power_type=_power_type(judged.kind, action, place),
        rule=str(unit.core.role),
    )


def _without_subject(deadline: Deadline, named: Sequence[Bearer]) -> Deadline:
    """Leave out the subject before the event that a time limit runs from: 监管银行|收到申请后三日内."""
    subject = next((bearer for bearer in named if bearer.start == deadline.start and bearer.end < deadline.end), None)
    if subject is None:
        return deadline
    cut = subject.end - deadline.start
    anchor = deadline.anchor and deadline.anchor.removeprefix(deadline.text[:cut])
    return replace(deadline, start=subject.end, text=deadline.text[cut:], anchor=anchor)


def _says_nothing(unit: Unit, text: str, place: Place) -> bool:
    """Tell whether a unit is a definition, a principle, a statement or a mere thing."""
    role, item = unit.core.role, _is_item(place)
    if _CONTENTS.search(text):
        return True  # a line of a table of contents
    if (label := _FIELD.match(text)) is not None and label[0][:-1] in words.texts_of("field_label"):
        return True
    if role is not Role.MODAL and "视为" in text:
        return True
    if (not item and _NONE.search(text)) or (not place.policy and _PRINCIPLE.search(text)):
        return True
    if role is not Role.MODAL and (is_principle(place.headings) or (place.policy and is_motto(text))):
        return True
    if item and role is not Role.MODAL and is_other(text):
        return True
    if _is_requirement(unit, place):
        return False
    if role in (Role.ADJUNCT, Role.STATE) or (role is Role.OTHER and not item):
        return True
    forbidden = place.lead is not None and place.lead.kind is NormKind.PROHIBITION
    return item and not forbidden and role in (Role.PREDICATE, Role.OTHER) and is_mere_thing(text)


def _is_item(place: Place) -> bool:
    return place.lead is not None and place.lead.kind is not None


def _is_requirement(unit: Unit, place: Place) -> bool:
    """Tell whether an item says what somebody must have or be: 有固定的经营场所, 年满十八周岁."""
    text = unit.core.part.text
    return _is_item(place) and text.startswith(_REQUIRED) and not text.endswith("的")


def _verdict(unit: Unit, text: str, rest: str, names: list[str], place: Place) -> Verdict | None:
    found = words.consequence(text[unit.core.part.start - unit.start :])
    strong = found is not None and found[1]
    judged = verdict(
        unit,
        rest,
        names,
        breach=_is_breach(unit, place, strong=strong),
        consequence=found is not None,
        strong=strong,
    )
    bare = unit.core.role in (Role.PREDICATE, Role.OTHER) or _is_requirement(unit, place)
    if judged is not None and bare and place.lead is not None and place.lead.kind is not None:
        return Verdict(place.lead.kind, place.lead.strength)
    return judged


def _is_breach(unit: Unit, place: Place, *, strong: bool) -> bool:
    """Tell whether the condition of a unit is a breach, here or in the unit before, or it stands under 法律责任."""
    core, previous = unit.core, place.previous
    if any(_LIABILITY_CHAPTER.search(heading) for heading in place.headings):
        return True
    if previous is not None and previous.kind is NormKind.LIABILITY:
        return True
    if (
        previous is not None
        and previous.kind is NormKind.PROHIBITION
        and core.role is Role.CONSEQUENCE
        and not unit.main
    ):
        return True
    conditions = [s.part.text for s in unit.before if s.part.text.endswith(("的", "时")) or _TELLS.match(s.part.text)]
    topic = core.part.text[: core.at] if core.role in (Role.CONSEQUENCE, Role.MODAL) else ""
    if topic.startswith("对") or "的" in topic:
        conditions.append(topic)
    return any(words.first("breach", condition) or (strong and _OMITS.search(condition)) for condition in conditions)


def _action_start(unit: Unit) -> int:
    core, modal = unit.core, unit.modal
    text, start = core.part.text, core.part.start
    if modal is not None:
        keep = modal.strength == "encouraged" or modal.text == "负责" or modal.weak
        at = core.at + (0 if keep else len(modal.short or modal.text))
        charged = _BY_BEHIND.match(text, at)
        names = names_after(text, charged.end()) if charged else []
        return start + (names[-1].end if names else at)
    if core.role in (Role.BY, Role.PREDICATE) and core.names:
        return start + core.names[-1].end
    given = _GIVEN.match(text) if core.role is Role.PREDICATE else None
    return start + (given.end() if given else 0)


def _trimmed(action: str) -> str:
    """Leave out what stands before the main verb: 依法, 及时, 在."""
    while found := _FRONT.match(action):
        action = action[found.end() :]
    return action


def _condition(unit: Unit, text: str) -> str | None:
    parts = [said.part for said in unit.before if said.role is not Role.BY]
    return text[parts[0].start : parts[-1].end] if parts else None


def _power_type(kind: NormKind, action: str, place: Place) -> str | None:
    if kind is NormKind.POWER:
        return words.power_type(action) or "其他"
    if kind is not NormKind.LIABILITY:
        return None
    found = words.liability_type(action)
    if found == "其他" and _RULED.search(action):
        return "行政处罚"
    within = any(is_public(offender.name) for offender in place.offenders)
    return "处分问责" if found == "其他" and within and _WITHIN.search(action) else found
