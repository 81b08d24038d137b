"""Which kind of norm a unit is: duty, prohibition, power, right or liability."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.bodies.names import is_public
from ingest.norms import words
from ingest.norms.roles import Role
from ingest.norms.units import Unit
from tiaoli.records import NormKind, Strength


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a unit is, and the modal word as it is shown."""

    kind: NormKind
    strength: Strength | None = None
    modal: str | None = None


_SPARED = re.compile(r"^不予(?:行政)?处罚|^不予(?:追究|处理|问责)|^免予|^从轻|^减轻")
_DECIDES = re.compile(
    r"(?:处理|决定|批准|审批|核准|审定|作出|做出|给予[^，,]{0,12}(?:表彰|奖励|荣誉|批复|答复)|规定|制定|制订|确定|认定|裁决|召集|主持|自主招生|指定|任命|颁发|核发|登记|公布|调整|管辖|实施$|解释|发布|备案$|签发|聘任|审核|审查|核查|统一管理|统一核算|管理$)"
)
_ENJOYS = re.compile(r"^(?:共同)?(?:分享|享有|所有|获得|受益)")
_OWN_CHARGE = re.compile(r"负责|监督销毁|承担|牵头|会同|报|拨付|负担|纳入|初步审查|选择|支付|承办|协助|配合")
_STEM = re.compile(r"^[，,、\s]*(?:依法|另行|统一|组织|集体|直接|负责)*")
_PUBLIC_ACTS = frozenset(
    {
        "行政检查",
        "行政处罚",
        "行政强制",
        "行政许可",
        "监督管理",
        "行政征收",
        "行政裁决",
        "处分问责",
        "行政收费",
        "行政确认",
    }
)
_ASKS = re.compile(
    r"^(?:依法|直接|自行|随时)?(?:向|申请|要求|提出|提请|请求|委托|选择|放弃|查阅|投诉|举报|拒绝|享受|参加|起诉|提起|就|自愿|自主|继续|凭|持|通过)"
)


def verdict(
    unit: Unit, rest: str, bearers: Sequence[str], *, breach: bool, consequence: bool, strong: bool
) -> Verdict | None:
    """Return what a unit is; `rest` are its words behind the modal word or the names, `bearers` who bears it.

    `breach` says that its condition is a breach, `consequence` that it names what follows one, and `strong` that this is
    always a liability.
    """
    modal = unit.modal
    if modal is not None:
        return _by_modal(modal, rest, bearers, breach=breach, consequence=consequence, strong=strong)
    role = unit.core.role
    if breach and (consequence or role is Role.BY):
        return Verdict(NormKind.LIABILITY)
    if role is Role.CONSEQUENCE:
        return Verdict(NormKind.DUTY, Strength.DIRECTIVE)
    if role is Role.BY:
        return _by_whom(rest, bearers, modal=None)
    return Verdict(NormKind.DUTY, Strength.DIRECTIVE)


def _by_modal(
    modal: words.Modal, rest: str, bearers: Sequence[str], *, breach: bool, consequence: bool, strong: bool
) -> Verdict | None:
    shown = modal.short or modal.text
    match modal.kind:
        case "prohibition":
            return Verdict(NormKind.PROHIBITION, Strength.MANDATORY, shown)
        case "right":
            return Verdict(NormKind.RIGHT, None, shown)
        case "permission":
            if consequence and breach and not _SPARED.match(rest):
                return Verdict(NormKind.LIABILITY, None, shown)
            return Verdict(_permitted(rest, bearers), None, shown)
    if breach and (strong if modal.strength == "mandatory" else consequence):
        return Verdict(NormKind.LIABILITY, None, shown)
    return Verdict(NormKind.DUTY, Strength(modal.strength or "mandatory"), shown)


def _permitted(rest: str, bearers: Sequence[str]) -> NormKind:
    """Tell whether what somebody may do is a power of a public body or a right."""
    if bearers:
        return NormKind.POWER if any(map(is_public, bearers)) else NormKind.RIGHT
    if _ASKS.match(rest):
        return NormKind.RIGHT
    if words.first("administering", rest) is not None:
        return NormKind.POWER
    public = words.power_type(rest) in _PUBLIC_ACTS or _SPARED.match(rest) is not None
    return NormKind.POWER if public else NormKind.RIGHT


def _by_whom(rest: str, bearers: Sequence[str], *, modal: str | None) -> Verdict:
    """Return what 由某机关… is: what it decides is a power, what it carries out a duty."""
    rest = _STEM.sub("", rest) if not rest.startswith("负责") else rest
    if rest.startswith("负责"):
        return Verdict(NormKind.DUTY, Strength.MANDATORY, "负责")
    if not any(map(is_public, bearers)) and _ENJOYS.search(rest):
        return Verdict(NormKind.RIGHT, None, modal)
    if _DECIDES.search(rest) and not _OWN_CHARGE.match(rest):
        return Verdict(NormKind.POWER, None, modal)
    return Verdict(NormKind.DUTY, Strength.DIRECTIVE, modal)
