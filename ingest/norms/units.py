"""Units of a sentence: stretches that lay one thing on somebody, each with the part that says it.

A unit ends with the sentence, and where a new modal word, a new body behind 由, a new subject with a predicate of its own,
or, after a consequence, a new condition begins. Conditions and circumstances go with what follows them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.norms import words
from ingest.norms.parties import Name, ends_in_head, names_after, names_at_end, names_at_start, tokens
from ingest.norms.sentences import MASK, Part, Sentence


class Role(StrEnum):
    """What a part of a sentence does."""

    ADJUNCT = "adjunct"  # condition, time, purpose, manner: says nothing of its own
    MODAL = "modal"
    BY = "by"  # 由市财政局拨付
    CONSEQUENCE = "consequence"  # 责令改正
    PREDICATE = "predicate"  # a verb without a modal word
    STATE = "state"  # says how something is
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a sentence and what it says."""

    part: Part
    role: Role
    modal: str | None = None
    at: int = 0  # where the modal word, the 由 or the consequence begins in the part
    names: tuple[Name, ...] = ()  # behind 由, or else the subject

    @property
    def rules(self) -> words.Modal | None:
        """The modal word that rules the part, where it has one."""
        return words.modals()[self.modal] if self.modal else None


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


_ADJUNCT_END = re.compile(
    r"(?:的|(?<![0-9０-９])时|后|之前|(?<![当目提])前|(?<!对)以?外|情况下|情形下|条件下|基础上|过程中|工作中|活动中|中|期间|之日起|起|前提下|必要时|范围内|区域内|期限内|期内|时限内|原则下|之日|之内|以内|日内|月内|年内|期满|之际)$"
)
_ADJUNCT_START = re.compile(
    r"^(?:为了?|根据|按照?|依照|依据|如果?|若|倘若|凡是?|除|因|由于|鉴于|对于?|在|自|从|经|未经|非经|通过|结合|围绕|针对|以|于|本着|随着|遇|必要时|特殊情况|情况紧急|对照|参照|逾期|一旦|只要|无论|不论|就|当|至|到|原则上|具有|年满|符合|属于|涉嫌|由于|紧扣|瞄准|立足|依托|聚焦)"
)
_UNLESS = re.compile(r"^(?:未(?!成年)|非经|没有|如未|不(?!断|得|准|许|予|再|能|可|应|允|动产))")
_SAYS = re.compile(r"^(?:属于|包括|有利于|有助于|视为|适用|分为|决定着|关系到)")
_SITUATION = re.compile(
    r"^(?:作为|实施|开展|从事|申请|举办|没有|办理|作出|未|不|购买|使用|参加|处理|销毁|发生|出现|涉及|需要|如|确需|违反|订立|履行|发现|认为|收到|接到|设立|变更|终止|行使|利用|提供|进行|因|与|经|自|从|在|对|为|将|有|无|属于|符合|具有|取得|存在|拟|已|制作|建设|生产|销售|经营)"
)
# 应|对申请材料进行审核, not 应对|气候变化
_OUGHT = re.compile(
    r"(?<![适相供响反对])应(?=对[^，,]{2,40}?(?:进行|予以|给予|作出|实施|开展|加以|提出|承担|采取)[^，,的]*$)"
)
_PREPOSITIONS = ("由", "对", "向", "经", "报")
_BODY_IN_CHARGE = re.compile(r"[^，,]{1,25}的[^，,的]{0,6}(?:部门|机关|机构|人员|单位)")  # 由负责|水务管理的部门
_BY = re.compile(r"(?<![理自缘事案来交])由(?!于|此|来|衷|头|浅入)")
_APPROVED = re.compile(
    r"^(?:报?经)(?P<who>.{2,30}?)(?:批准|审批|同意|核准)(?:后|，)?(?:实施|执行|施行|公布|印发|组织实施|方可|后|$)"
)
_AS_RULED = re.compile(
    r"(?:按照?|参照|依照|根据|比照).{1,60}(?:执行|确定|列支|办理|处理|实施|发放|享受|核定|缴纳|支付|计发|给予|管理|建设|核算)$"
)
_MEASURE = re.compile(
    r"\s?(?:[0-9０-９一二三四五六七八九十两百半]|百分之|人民币|[^，,的]{2,}|其|[申享领购报参办])[^，,]*(?<!的)$"
)  # no bound of a thing: 不超过50平方米的
_WITHOUT_EXCEPTION = re.compile(r"应(?P<verb>[\u4e00-\u9fff]{1,2})(?:尽|必)(?P=verb)")  # 应收尽收
_RELATIVE_BEFORE = re.compile(
    r"(?:依法|规定|所|是否|认为|原|法律|依规|认定|凡|且|按程序|按规定|法规|章程|协议|合同|知道|或者)$"
)
_RELATIVE_AFTER = re.compile(r"^[^，,]{1,16}的[^的，,]{1,14}$")
_OPENING = re.compile(
    r"^(?:国家|省|市|县|本[市省区县]|我[市省区县]|积极|大力|进一步|同时|并|还|重点|优先|全面|依法|各地|继续|着力|鼓励和|支持和|鼓励|支持|[与和、]|引导和|[0-9]+|一是|二是|三是|四是|五是)*$"
)
_HIGHEST = re.compile(r"最高|合计|累计|总额|均$|^$")  # …给予补助，最高不超过五百万元: a bound of what is given
_PAYMENT = re.compile(r"^(?:对|凡|按|每|经|在|给予|予以)")
_GIVES = re.compile(r"给予|予以|发放|补助|奖励|补贴|资助|奖补|倾斜|支持$")
_FROM_TO = re.compile(r"由[^，,]{1,40}(?:调整|提高|增加|降低|[下上]调|扩大|缩短|延长|变更|改|降|增|升)(?:为|到|至)")
_RESULT_OF_BY = re.compile(r"^.{0,3}(?:组成|担任|构成|参加)$")
_JOINTS = re.compile(
    r"(?:但是?|并且?|而且?|且|再|又|因此|另外|此外|首先|其次|最后|[一二三四五六七八九]是|[\u4e00-\u9fff]{2}地)+"
)


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


def say(part: Part, *, policy: bool) -> Said:
    """Return what a part of a sentence says."""
    text = part.text
    if _is_relative(text) or (_UNLESS.match(text) and _modal(text) is None):
        return Said(part, Role.ADJUNCT, names=tuple(names_at_start(text)))
    if _WHEN.search(text):
        return Said(part, Role.ADJUNCT, names=tuple(names_at_start(text)))
    if (modal := _modal(text)) is not None:
        return Said(part, Role.MODAL, modal[1], modal[0])
    if (charge := _charge(part)) is not None:
        return charge
    if _is_state(text, policy=policy):
        return Said(part, Role.STATE, names=tuple(names_at_start(text)))
    if (ruled := _AS_RULED.search(text)) is not None:
        return Said(part, Role.PREDICATE, names=tuple(names_at_end(text[: ruled.start()])))
    return _say_bare(part, policy=policy)


def _say_bare(part: Part, *, policy: bool) -> Said:
    """Return what a part says that has neither a modal word nor 由."""
    text = part.text
    if _is_topic(text):
        return Said(part, Role.ADJUNCT)
    names = _names(text)
    if _ends_as_adjunct(text):
        return Said(part, Role.ADJUNCT, names=names)
    if (approval := _approval(part)) is not None:
        return approval
    if (found := words.consequence(text)) is not None and _is_predicate(text, found[0]):
        return Said(part, Role.CONSEQUENCE, at=found[0], names=names)
    if names:
        whole = names[-1].end == len(text) or _is_thing(text[names[-1].end :])
        return Said(
            part, Role.ADJUNCT if whole else Role.PREDICATE, names=() if whole and names[-1].end < len(text) else names
        )
    acts = words.first("act", text) is not None and not _is_noun(text)
    if _ADJUNCT_START.match(text) and not acts:
        return Said(part, Role.ADJUNCT)
    bare = _starts_with_verb(text) and not _MODIFIES.match(text)
    return Said(part, Role.PREDICATE if bare or (policy and acts) else Role.OTHER)


_BRACKET = re.compile(rf"[（(]{MASK}*[）)]$")
_WHEN = re.compile(r"(?:情况|情形|问题|需要|发生|(?<![0-9０-９小及按临同当平届随定不一]))时$|情况下$|情形下$")
_MODIFIES = re.compile(r"[\u4e00-\u9fff]{2}的")  # 推广的改革举措
_ABOUT = re.compile(r"对(?!口|外|接)于?|针对|凡是?|涉及|以(?!上|下|内|外)|由|拟|属于")
_PURPOSE = re.compile(
    r"为(?:了|进一步)?(?:支持|规范|加强|推进|落实|保障|贯彻|促进|确保|提高|防止|避免|加快|切实|全面|深入|维护)"
)
_BY_RULE = re.compile(
    r"(?:根据|依据|依照|按照?|结合|遵循)[^，,]*(?:规定|要求|精神|原则|办法|意见|方案|标准|程序|协议|方式|情况|需要|实际|目标|部署|计划|清单|职责|分工|约定|条件|政策|顺序|规划|法规|规范|通知|安排|结果|特点)$"
)
_MADE = re.compile(
    r"(?:制定|报送|印发|起草|出具|作出|提供|提交|持有|规定|批准|公布|发布|设立|签订|编制|建设|取得|所.{1,2})(?:并[\u4e00-\u9fff]{2})?的[^的]{2,12}$"
)

_DONE = re.compile(r"[\u4e00-\u9fff]{2}的[\u4e00-\u9fff]{2,6}$")  # 被审计单位|存在的问题


def _names(text: str) -> tuple[Name, ...]:
    """Return whom a part without a modal word names: the whole part, or the subject with which it begins."""
    bare = _BRACKET.sub("", text)
    whole = names_at_end(bare) if ends_in_head(bare) else []
    if whole and bare != text:
        whole[-1] = Name(whole[-1].start, len(text), whole[-1].text)
    return tuple(whole or names_at_start(text))


def _is_noun(text: str) -> bool:
    """Tell whether a part is a thing with its relative clause: 以授权为基础的共享机制."""
    of = text.rfind("的")
    return of >= 0 and not _is_imperative(text) and not any(t.is_verb for t in tokens(text, of + 1))


def _is_topic(text: str) -> bool:
    """Tell whether a part only says what or whom it is about, why or by which rule: 对成效明显的地区, 根据国家规定."""
    if _BY_RULE.match(text) or _PURPOSE.match(text):
        return True
    of = text.rfind("的")
    if of < 0 or not _ABOUT.match(text):
        return False
    return not any(token.is_verb or token.tag == "p" for token in tokens(text, of + 1))


def _is_thing(rest: str) -> bool:
    """Tell whether what follows a name makes it a thing: 国务院部门|制定的规范性文件."""
    return _MADE.match(rest) is not None or _DONE.match(rest) is not None


def _is_relative(text: str) -> bool:
    return text.endswith("的") and not text.endswith(("目的", "标的"))


def _charge(part: Part) -> Said | None:
    """Return what 由某机关… says, None where nothing is laid on a body by 由."""
    text, by = part.text, _BY.search(part.text)
    if (
        by is None
        or _FROM_TO.match(text, by.start())
        or (by.start() > 0 and (_ends_as_adjunct(text) or _is_imperative(text)))
    ):
        return None
    doers = tuple(names_after(text, by.end()))
    if not doers or doers[-1].end >= len(text):
        return None
    if _RESULT_OF_BY.search(text[doers[-1].end :]):
        return Said(part, Role.STATE)  # 由七名委员组成
    return Said(part, Role.BY, at=by.start(), names=doers)


def _ends_as_adjunct(text: str) -> bool:
    return _ADJUNCT_END.search(text) is not None and not text.endswith(("目的", "标的"))


def _is_state(text: str, *, policy: bool) -> bool:
    """Tell whether a part says how something is; in policy texts what begins with a verb of action does not."""
    if "是" not in text and ends_in_head(text) and "的" in text and names_at_end(text):
        return False
    return words.is_stative(text) and not (policy and _is_imperative(text) and not _SAYS.match(text))


def _is_predicate(text: str, at: int) -> bool:
    """Tell whether a consequence at a place is what the part says, and not a word of a name (没收物品的变价款)."""
    return not re.search(r"(?:及|和|与|或|被|的)$", text[:at]) and not re.search(
        r"的[^的，,]{1,8}(?:(?<!罚)款|金|品|物|案件|行为)$", text[at:]
    )


def _approval(part: Part) -> Said | None:
    """Return what 经某机关批准 says: with 后实施 that the body decides, else only when something may be done."""
    approved = _APPROVED.match(part.text)
    if approved is None:
        return None
    doers = tuple(names_after(part.text, approved.start("who")))
    if doers and part.text.startswith("经") and "后" in part.text[approved.end("who") :]:
        return Said(part, Role.BY, None, 0, doers)
    return Said(part, Role.ADJUNCT)


def _is_imperative(text: str) -> bool:
    """Tell whether a part begins with a verb of the lexicon, adverbs before it left out."""
    at = _after_lead(text)
    verbs = words.texts_of("predicate")
    return any(text[at : at + n] in verbs for n in (4, 3, 2))


def _modal(text: str) -> tuple[int, str] | None:
    """Return the place and the word of the modal that rules a part, or None."""
    best: tuple[int, str] | None = None
    for start, end, word in words.finds("modal", text):
        if not _rules(text, start, end, words.modals()[word]):
            continue
        if best is None or text[start - 1 : start] == "的" or _is_within_subject(text, best, start):
            best = (start, word)
    if best is None and (ought := _OUGHT.search(text)) is not None:
        return ought.start(), "应"
    return best


def _rules(text: str, start: int, end: int, entry: words.Modal) -> bool:
    """Tell whether a modal word at a place rules the part, and not only words within it."""
    before = text[:start]
    if entry.opens and not (_OPENING.match(before) or names_at_end(before)):
        return False
    if entry.text == "负责" and (end == len(text) and re.match(r"^[并且]?对", text)):
        return False
    if entry.text == "负责" and before.endswith(_PREPOSITIONS) and _BODY_IN_CHARGE.match(text, end):
        return False
    if entry.weak and (_FROM_TO.search(text) or not _MEASURE.match(text[end:])):
        return False
    if before.endswith("认为") or _WITHOUT_EXCEPTION.match(text, start):
        return False
    relative = _RELATIVE_BEFORE.search(before) and _RELATIVE_AFTER.match(text[end:])
    return not relative or ends_in_head(before)


def _is_within_subject(text: str, first: tuple[int, str], second: int) -> bool:
    """Tell whether the first of two modal words stands in the subject of the second: 需报批准的事项要按程序办理."""
    between = text[first[0] + len(first[1]) : second]
    return first[0] == 0 and "的" in between and not re.search(r"[并且]", between)


def _starts_with_verb(text: str) -> bool:
    at = _after_lead(text)
    found = tokens(text, at)
    if not found:
        return False
    plain = found[0].tag == "v" or (found[0].tag.startswith("v") and len(found) > 1)
    return plain or (at > 0 and found[0].is_verb)


def _after_lead(text: str) -> int:
    """Return where the conjunctions and adverbs end with which a part begins."""
    at = 0
    while (end := words.after_adverbs(text, _after_joints(text, at))) > at:
        at = end
    return at


def _after_joints(text: str, at: int) -> int:
    found = _JOINTS.match(text, at)
    return found.end() if found else at


_SPEAKS = frozenset({Role.MODAL, Role.BY, Role.CONSEQUENCE})


def _begins_anew(one: Said, group: Sequence[Said], *, policy: bool) -> bool:
    """Tell whether a part begins a new unit behind those of `group`."""
    weak = one.rules is not None and one.rules.weak
    spoken = [said for said in group if _speaks(said, policy=policy or weak)]
    if not spoken:
        return False
    last = spoken[-1]
    if one.role in (Role.MODAL, Role.CONSEQUENCE, Role.BY) and _is_circumstance(one, group, spoken):
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
        return _is_imperative(one.part.text)
    if last.rules is not None and last.rules.strength == "encouraged":
        return _PAYMENT.match(one.part.text) is not None and _GIVES.search(one.part.text) is not None
    return one.role is Role.PREDICATE and bool(one.names) and last.role is not Role.STATE


def _speaks(said: Said, *, policy: bool) -> bool:
    if said.role in (Role.MODAL, Role.BY, Role.CONSEQUENCE):
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


_FUNDS = re.compile(r"(?:安排|设立|投入|筹集|拨付|拿出|统筹)[^，,]*(?:资金|经费|基金|元)")


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
