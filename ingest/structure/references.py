"""What stands behind a label when it opens nothing: a reference (第三十条规定的…), an enumeration (一、二类动物疫病)."""

from __future__ import annotations

import re

from ingest.structure.labels import Label
from tiaoli.numerals import to_number

_REFERENCE = re.compile(
    r"(?:规定|所称|所列|所述|的|和|及|与|至|到|或|、|,|，|中|以及|第[\d一二三四五六七八九十百]{1,5}[款项条章节]|款|项(?!目)|目(?![录标的前])|之规定|修改|改为|增加|删去|删除|明确|要求|作为|内容|~|-|—|前款|有关)"
)
_APART_REFERENCE = re.compile(rf"(?!中(?!的))(?:{_REFERENCE.pattern})")  # 第三条 中心负责…
_SURE_REFERENCE = re.compile(
    r"[、,，~]|款(?!项)|项(?!目)|(?:第|\()[\d一二三四五六七八九十百]{1,5}\)?[款项]|(?:至|到|和|及|或|与|以及)[ ]*第|(?:规定|所称|所列|所述)[的之：:,，]|所称|所列|所述|中的"
)
_CERTAIN_REFERENCE = re.compile(r"[、,，~]|款(?!项)|项(?!目)|(?:第|\()[\d一二三四五六七八九十百]{1,5}\)?[款项]")
_LIST_REFERENCE = re.compile(
    r"[ ]*+(?:款(?!项)|条(?![约件例款目理])|项(?!目)|目(?![录标的前])|(?:和|或|至|到|及|以及)[ ]*\(|[、,，]?[ ]*\([^()]{1,6}\)[项款目])|[、,，]?[ ]*\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)"
)
_ENUMERATION = re.compile(
    r"([零一二三四五六七八九十百]{1,4})[、,，]?(?:[零一二三四五六七八九十]{1,3}[、,，])*(?:条|项|款|级|类|是|等|产业|次|期)"
)


def refers_to_article(rest: str, *, expected: bool) -> bool:
    """Tell whether the words behind 第三条 make it a reference; where the third article is due, a stronger sign is needed.

    >>> refers_to_article("规定的罚款", expected=False), refers_to_article(" 与本市毗邻的县", expected=True)
    (True, False)
    """
    words = rest.lstrip(" \u3000")
    stuck = words == rest  # 第三条的…; behind a blank even 和 and 的 may begin a sentence
    if not expected:
        return (_REFERENCE if stuck else _APART_REFERENCE).match(words) is not None
    return (_SURE_REFERENCE if stuck else _CERTAIN_REFERENCE).match(words) is not None


def refers_to_division(rest: str) -> bool:
    """Tell whether the words behind 第一章 make it a reference: 第二章规定的程序."""
    return _REFERENCE.match(rest) is not None


def refers_to_item(rest: str) -> bool:
    """Tell whether the words behind （一） make it a reference: （一）、（二）项所列人员."""
    return _LIST_REFERENCE.match(rest) is not None


def enumerates(label: Label, rest: str) -> bool:
    """Tell whether 一、 only begins an enumeration: 一、二类动物疫病."""
    found = _ENUMERATION.match(rest)
    return found is not None and to_number(found[1]) == label.number + 1
