"""Towards whom a unit is directed, and what its verb takes as its object."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.norms.parties import names_after, tokens
from ingest.norms.roles import Role
from ingest.norms.sentences import masked
from ingest.norms.units import Unit
from tiaoli.records import Bearer

_TOWARDS = re.compile(
    r"(?:书面|及时|如实|同时)?(?:告知|通知|报告(?=[^，,]{2,})|报请|报送|报(?!送|告|请|名|酬|价|备|表|考|道|刊)|上缴|移送|移交|申请(?=人民法院)|要求|责令|督促|委托|鼓励|支持|引导|征得|答复(?=申请)|侵害)"
    r"|(?<!面)(?<!方)向(?!社会)|(?<!应)(?<!针)对(?!象|外|口|应|于|本)|对于|给予(?!.{0,12}(?:警告|处罚|处分|奖励|补|支持))|为(?=[^，,]{2,24}(?:提供|办理|落实|建立))"
)
_SELF = re.compile(r"^(?:本|其|该)")
_OBJECT_END = re.compile(r"[，,。；;：:]|并(?=.{2})|(?<=.)(?:后|前|时)$")
_LONGEST_OBJECT = 40  # characters


def counterparties(unit: Unit, text: str, bearers: Sequence[Bearer]) -> tuple[str, ...]:
    """Return the bodies and parties towards whom a unit is directed, as written, each once, without those who bear it."""
    bearing = {bearer.name for bearer in bearers}
    found: dict[str, None] = {}
    for said in unit.said:
        if said.role is Role.ADJUNCT and not said.part.text.startswith("对"):
            continue
        start = said.part.start
        for towards in _TOWARDS.finditer(said.part.text):
            for name in names_after(said.part.text, towards.end()):
                shown = text[start + name.start : start + name.end]
                if shown not in bearing and not _SELF.match(shown):
                    found[shown] = None
    return tuple(found)


def object_of(action: str) -> str | None:
    """Return what the first verb of an action takes as its object: 处理决定 of 作出处理决定; None where nothing tells."""
    shade = masked(action)
    stop = _OBJECT_END.search(shade)
    head = shade[: stop.start()] if stop else shade
    if head.startswith(("对", "向", "按", "依", "在", "以", "将", "把", "由", "与", "为", "通过", "根据", "自")):
        moved = re.match(r"(?:将|把)(?P<what>.{2,40}?)(?=纳入|列入|报|作为|用于|存储|移|上缴|告知|通报|提交|送)", head)
        return action[moved.start("what") : moved.end("what")] if moved else None
    verbs = tokens(head)
    place = next((n for n, token in enumerate(verbs) if not token.tag.startswith("v")), len(verbs))
    if place == 0 or place >= len(verbs) or verbs[place].tag.startswith(("p", "c", "u", "x")):
        return None
    found = action[verbs[place].start : len(head)]
    return found if 2 <= len(found) <= _LONGEST_OBJECT else None
