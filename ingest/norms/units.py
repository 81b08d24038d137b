"""Units of a sentence: stretches that lay one thing on somebody, each with the part that says it.

A unit ends with the sentence, and where a new modal word, a new body behind 由, a new subject with a predicate of its own,
or, after a consequence, a new condition begins. Conditions and circumstances go with what follows them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.norms import words
from ingest.norms.parties import names_at_end
from ingest.norms.roles import Role, Said, is_imperative, say
from ingest.norms.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Unit:
    """Neighbouring parts of a sentence and the one of them that lays something on somebody."""

    said: tuple[Said, ...]
    main: int

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.said[0].part.start

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.said[-1].part.end

    @property
    def core(self) -> Said:
        """The part that lays something on somebody."""
        return self.said[self.main]

    @property
    def before(self) -> tuple[Said, ...]:
        """The parts before that: conditions and circumstances."""
        return self.said[: self.main]

    @property
    def modal(self) -> words.Modal | None:
        """The modal word of the core, where it has one."""
        return self.core.rules


_SITUATION = re.compile(
    r"^(?:作为|实施|开展|从事|申请|举办|没有|办理|作出|未|不|购买|使用|参加|处理|销毁|发生|出现|涉及|需要|如|确需|违反|订立|履行|发现|认为|收到|接到|设立|变更|终止|行使|利用|提供|进行|因|与|经|自|从|在|对|为|将|有|无|属于|符合|具有|取得|存在|拟|已|制作|建设|生产|销售|经营)"
)
_HIGHEST = re.compile(r"最高|合计|累计|总额|均$|^$")  # …给予补助，最高不超过五百万元: a bound of what is given
_PAYMENT = re.compile(r"^(?:对|凡|按|每|经|在|给予|予以)")
_GIVES = re.compile(r"给予|予以|发放|补助|奖励|补贴|资助|奖补|倾斜|支持$")
_SPEAKS = frozenset({Role.MODAL, Role.BY, Role.CONSEQUENCE})
_FUNDS = re.compile(r"(?:安排|设立|投入|筹集|拨付|拿出|统筹)[^，,]*(?:资金|经费|基金|元)")


def units(sentence: Sentence, *, policy: bool) -> list[Unit]:
    """Return the units of a sentence in order; together they need not cover it. In `policy` texts a bare verb is a predicate."""
    groups: list[list[Said]] = [[]]
    for part in sentence.parts:
        one, group = say(part, policy=policy), groups[-1]
        if _begins_anew(one, group, policy=policy):
            tail = _trailing_adjuncts(group)
            groups[-1] = group[: len(group) - len(tail)]
            groups.append([*tail, one])
        else:
            group.append(one)
    return [unit for group in groups if group and (unit := _unit(group)) is not None]


def _begins_anew(one: Said, group: Sequence[Said], *, policy: bool) -> bool:
    """Tell whether a part begins a new unit behind those of `group`."""
    weak = one.rules is not None and one.rules.weak
    spoken = [said for said in group if _speaks(said, policy=policy or weak)]
    if not spoken:
        return False
    last = spoken[-1]
    if one.role in _SPEAKS and _is_circumstance(one, group, spoken):
        return False
    match one.role:
        case Role.MODAL:
            return _is_new_modal(one, last)
        case Role.STATE:
            return not one.part.text.endswith("除外")
        case Role.BY:
            return not one.part.text.startswith(("直至", "并", "且"))
        case Role.ADJUNCT:
            return last.role in (Role.CONSEQUENCE, Role.BY) and one.part.text.endswith("的")
        case Role.CONSEQUENCE:
            forbidden = last.rules is not None and last.rules.kind == "prohibition"
            return forbidden or (last.role is Role.PREDICATE and one.part.text.startswith("对"))
    if policy and one.role is Role.PREDICATE and last.rules is not None and last.rules.kind == "prohibition":
        return is_imperative(one.part.text)
    if last.rules is not None and last.rules.strength == "encouraged":
        return _PAYMENT.match(one.part.text) is not None and _GIVES.search(one.part.text) is not None
    return one.role is Role.PREDICATE and bool(one.names) and last.role is not Role.STATE


def _speaks(said: Said, *, policy: bool) -> bool:
    if said.role in _SPEAKS:
        return True
    return (said.role is Role.PREDICATE and (policy or bool(said.names))) or (policy and said.role is Role.STATE)


def _is_new_modal(one: Said, last: Said) -> bool:
    """Tell whether a modal word begins a unit: 负责 does not behind another, nor 鼓励 as one of several verbs."""
    if one.rules is not None and one.rules.weak:
        return _HIGHEST.search(one.part.text[: one.at]) is None and one.at + len(one.modal or "") < len(one.part.text)
    if last.rules is None:
        return True
    if one.modal == "负责" and one.at == 0:
        return False
    encourages = one.rules is not None and one.rules.strength == "encouraged" and not one.names
    return not encourages or last.rules.strength == "encouraged" or last.rules.kind != "duty"


def _is_circumstance(one: Said, group: Sequence[Said], spoken: Sequence[Said]) -> bool:
    """Tell whether what stands before a part only tells when or in what matter it holds: 慈善组织开展慈善活动，应当…."""
    if any(said.role is not Role.PREDICATE for said in spoken) or (one.role is Role.BY and one.at > 0):
        return False
    if one.role is Role.MODAL and one.at + len(one.modal or "") == len(one.part.text):
        return True  # 在湖区采砂的活动，一律禁止
    if group[-1].role is Role.ADJUNCT and group[-1].part.text.endswith(("的", "时")):
        return all(said.names for said in spoken[:1])
    if one.role is Role.MODAL and names_at_end(one.part.text[: one.at]):
        return False
    rests = [said.part.text[said.names[-1].end if said.names else 0 :] for said in spoken]
    return all(_SITUATION.match(rest) is not None for rest in rests) and (
        bool(spoken[0].names) or (len(spoken) == 1 and len(rests[0]) <= 14)
    )


def _trailing_adjuncts(group: Sequence[Said]) -> list[Said]:
    """Return the conditions at the end of a group, which belong to what follows."""
    place = len(group)
    while place > 1 and group[place - 1].role in (Role.ADJUNCT, Role.OTHER):
        place -= 1
    spoken = max((p for p, s in enumerate(group) if s.role not in (Role.ADJUNCT, Role.OTHER)), default=-1)
    return list(group[max(place, spoken + 1) :])


def _unit(group: Sequence[Said]) -> Unit | None:
    """Return the unit that a group of parts is, or None where none of them says anything."""
    if (
        funds := next((p for p, said in enumerate(group) if _gives_funds(said)), None)
    ) is not None and _only_encourages(group):
        return Unit(tuple(group), funds)
    for roles in ((Role.MODAL,), (Role.BY, Role.CONSEQUENCE), (Role.PREDICATE,), (Role.OTHER,)):
        place = next((p for p, said in enumerate(group) if said.role in roles), None)
        if place is not None:
            return Unit(_said_of(group, place), place - (len(group) - len(_said_of(group, place))))
    return Unit(tuple(group), len(group) - 1) if group else None


def _gives_funds(said: Said) -> bool:
    return said.role is Role.PREDICATE and _FUNDS.search(said.part.text) is not None


def _only_encourages(group: Sequence[Said]) -> bool:
    """Tell whether the only modal words of a group say what its funds are for: 每年安排经费，支持举办活动."""
    rules = [said.rules for said in group if said.rules is not None]
    return bool(rules) and all(modal.strength == "encouraged" for modal in rules)


def _said_of(group: Sequence[Said], main: int) -> tuple[Said, ...]:
    """Leave out a statement before the part that counts: 账户性质为专用账户|，不得支取现金."""
    first = next(
        (
            p + 1
            for p in range(main - 1, -1, -1)
            if group[p].role is Role.STATE and not group[p].part.text.endswith("为主")
        ),
        0,
    )
    return tuple(group[first:])
