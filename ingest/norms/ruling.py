"""Which modal word rules a part of a sentence, and which only stand within its words."""

from __future__ import annotations

import re

from ingest.norms import words
from ingest.norms.parties import ends_in_head, names_at_end

# 应|对申请材料进行审核, not 应对|气候变化
_OUGHT = re.compile(
    r"(?<![适相供响反对])应(?=对[^，,]{2,40}?(?:进行|予以|给予|作出|实施|开展|加以|提出|承担|采取)[^，,的]*$)"
)
_PREPOSITIONS = ("由", "对", "向", "经", "报")
_BODY_IN_CHARGE = re.compile(r"[^，,]{1,25}的[^，,的]{0,6}(?:部门|机关|机构|人员|单位)")  # 由负责|水务管理的部门
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
FROM_TO = re.compile(r"由[^，,]{1,40}(?:调整|提高|增加|降低|[下上]调|扩大|缩短|延长|变更|改|降|增|升)(?:为|到|至)")


def ruling_modal(text: str) -> tuple[int, str] | None:
    """Return the place and the word of the modal that rules a part, or None."""
    best: tuple[int, str] | None = None
    for start, end, word in words.finds("modal", text):
        if not _does_rule(text, start, end, words.modals()[word]):
            continue
        if best is None or text[start - 1 : start] == "的" or _is_within_subject(text, best, start):
            best = (start, word)
    if best is None and (ought := _OUGHT.search(text)) is not None:
        return ought.start(), "应"
    return best


def _does_rule(text: str, start: int, end: int, entry: words.Modal) -> bool:
    """Tell whether a modal word at a place rules the part, and not only words within it."""
    before = text[:start]
    if entry.opens and not (_OPENING.match(before) or names_at_end(before)):
        return False
    if entry.text == "负责" and (end == len(text) and re.match(r"^[并且]?对", text)):
        return False
    if entry.text == "负责" and before.endswith(_PREPOSITIONS) and _BODY_IN_CHARGE.match(text, end):
        return False
    if entry.weak and (FROM_TO.search(text) or not _MEASURE.match(text[end:])):
        return False
    if before.endswith("认为") or _WITHOUT_EXCEPTION.match(text, start):
        return False
    relative = _RELATIVE_BEFORE.search(before) and _RELATIVE_AFTER.match(text[end:])
    return not relative or ends_in_head(before)


def _is_within_subject(text: str, first: tuple[int, str], second: int) -> bool:
    """Tell whether the first of two modal words stands in the subject of the second: 需报批准的事项要按程序办理."""
    between = text[first[0] + len(first[1]) : second]
    return first[0] == 0 and "的" in between and not re.search(r"[并且]", between)
