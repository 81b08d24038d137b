"""Whether a text is a draft: 征求意见稿, 草案, 送审稿, or a text whose days are still left open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.description import days
from ingest.description.titles import LONGEST_LINE
from tiaoli.lexicon import texts
from tiaoli.records import Clause, Kind

_ASKS = re.compile(r"(?:现|即日起|特)[^。;]{0,30}征求[^。;]{0,20}意见")
_LEFT_OPEN = r"\s*[_×*Xx\uff38\uff58]{0,4}\s*"
_UNSIGNED = re.compile(rf"20\d\d\s*年{_LEFT_OPEN}月{_LEFT_OPEN}日\s*$")
_LONGEST_MARK = 20  # characters of a line that says only that the text is a draft
_HEAD_LINES = 3  # in which it may stand
_FIRST_CLAUSES = 4  # in which a text asks for opinions


def is_draft(title: str, head: Sequence[str], clauses: Sequence[Clause]) -> bool:
    """Tell whether a text says that it is a draft, asks for opinions, or leaves open its day or that of coming into force.

    >>> is_draft("江川市养老服务办法（征求意见稿）", (), ()), is_draft("关于规范草案征集工作的办法", (), ())
    (True, False)
    """
    near = (title, *(line for line in head[:_HEAD_LINES] if len(line) <= _LONGEST_MARK))
    return (
        any(_marked().search(text) for text in near)
        or any(_ASKS.search(days.squeeze(clause.text[:LONGEST_LINE])) for clause in clauses[:_FIRST_CLAUSES])
        or any(_open_day().search(clause.text) for clause in clauses)
        or any(_UNSIGNED.search(clause.text) for clause in clauses if clause.kind is Kind.CLOSING)
    )


@cache
def _marked() -> re.Pattern[str]:
    words = "|".join(texts("status_words", "draft"))
    return re.compile(
        rf"(?:{words})(?:[）)〉>》」”\d一二三四五六七八九十]|$|的?(?:公告|通知|启事|意见))|征求.{{0,60}}意见的(?:公告|通知|启事|通告)$"
    )


@cache
def _open_day() -> re.Pattern[str]:
    """Return the pattern of 自2024年X月X日起施行."""
    return re.compile(
        rf"自\s*(?:20(?:\d\d)?)?{_LEFT_OPEN}年{_LEFT_OPEN}月{_LEFT_OPEN}日起(?:{days.alternation('status_words', 'start')})"
    )
