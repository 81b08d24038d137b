"""What a part of a sentence does: a condition, a modal word, 由 with a body, a consequence, a verb, a statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.norms import words
from ingest.norms.parties import Name, ends_in_head, names_after, names_at_end, names_at_start, tokens
from ingest.norms.ruling import FROM_TO, ruling_modal
from ingest.norms.sentences import MASK, Part


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


_ADJUNCT_END = re.compile(
    r"(?:的|(?<![0-9０-９])时|后|之前|(?<![当目提])前|(?<!对)以?外|情况下|情形下|条件下|基础上|过程中|工作中|活动中|中|期间|之日起|起|前提下|必要时|范围内|区域内|期限内|期内|时限内|原则下|之日|之内|以内|日内|月内|年内|期满|之际)$"
)
_ADJUNCT_START = re.compile(
    r"^(?:为了?|根据|按照?|依照|依据|如果?|若|倘若|凡是?|除|因|由于|鉴于|对于?|在|自|从|经|未经|非经|通过|结合|围绕|针对|以|于|本着|随着|遇|必要时|特殊情况|情况紧急|对照|参照|逾期|一旦|只要|无论|不论|就|当|至|到|原则上|具有|年满|符合|属于|涉嫌|由于|紧扣|瞄准|立足|依托|聚焦)"
)
_UNLESS = re.compile(r"^(?:未(?!成年)|非经|没有|如未|不(?!断|得|准|许|予|再|能|可|应|允|动产))")
_SAYS = re.compile(r"^(?:属于|包括|有利于|有助于|视为|适用|分为|决定着|关系到)")
_BY = re.compile(r"(?<![理自缘事案来交])由(?!于|此|来|衷|头|浅入)")
_APPROVED = re.compile(
    r"^(?:报?经)(?P<who>.{2,30}?)(?:批准|审批|同意|核准)(?:后|，)?(?:实施|执行|施行|公布|印发|组织实施|方可|后|$)"
)
_AS_RULED = re.compile(
    r"(?:按照?|参照|依照|根据|比照).{1,60}(?:执行|确定|列支|办理|处理|实施|发放|享受|核定|缴纳|支付|计发|给予|管理|建设|核算)$"
)
_RESULT_OF_BY = re.compile(r"^.{0,3}(?:组成|担任|构成|参加)$")
_JOINTS = re.compile(
    r"(?:但是?|并且?|而且?|且|再|又|因此|另外|此外|首先|其次|最后|[一二三四五六七八九]是|[\u4e00-\u9fff]{2}地)+"
)
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


def say(part: Part, *, policy: bool) -> Said:
    """Return what a part of a sentence says."""
    text = part.text
    if _is_relative(text) or (_UNLESS.match(text) and ruling_modal(text) is None):
        return Said(part, Role.ADJUNCT, names=tuple(names_at_start(text)))
    if _WHEN.search(text):
        return Said(part, Role.ADJUNCT, names=tuple(names_at_start(text)))
    if (modal := ruling_modal(text)) is not None:
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
    return of >= 0 and not is_imperative(text) and not any(t.is_verb for t in tokens(text, of + 1))


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
        or FROM_TO.match(text, by.start())
        or (by.start() > 0 and (_ends_as_adjunct(text) or is_imperative(text)))
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
    return words.is_stative(text) and not (policy and is_imperative(text) and not _SAYS.match(text))


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


def is_imperative(text: str) -> bool:
    """Tell whether a part begins with a verb of the lexicon, adverbs before it left out."""
    at = _after_lead(text)
    verbs = words.texts_of("predicate")
    return any(text[at : at + n] in verbs for n in (4, 3, 2))


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
