"""What kind of clause a labelled unit is, and how far its heading goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.labels import Family
from tiaoli.records import Kind

_DIVISIONS = {
    Family.PART: Kind.PART,
    Family.SUBPART: Kind.SUBPART,
    Family.CHAPTER: Kind.CHAPTER,
    Family.SECTION: Kind.SECTION,
    Family.ARTICLE: Kind.ARTICLE,
}
_POLICY = {
    Family.HEADING: Kind.HEADING,
    Family.STEM: Kind.HEADING,
    Family.DECIMAL_1: Kind.HEADING,
    Family.DECIMAL_2: Kind.SUBHEADING,
    Family.DECIMAL_3: Kind.POINT,
    Family.DECIMAL_4: Kind.SUBPOINT,
    Family.SUBHEADING: Kind.SUBHEADING,
    Family.POINT: Kind.POINT,
    Family.SUBPOINT: Kind.SUBPOINT,
    Family.CIRCLED: Kind.SUBSUBPOINT,
    Family.HALF_BRACKET: Kind.SUBPOINT,
    Family.LETTER: Kind.SUBSUBPOINT,
}
_ALL_HEADING = {Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION}
_NO_HEADING = {Kind.ITEM, Kind.SUBITEM}
_PRINTED_HEADING = re.compile(r"【[^】\n]{1,40}】")
_ARTICLE_HEAD = re.compile(r"[ \u3000:]*[^，,；;：:、。\n]{2,25}。(?=[ \u3000]*[^\s。])")  # also behind 第一条:
_FEWEST_HEADED = 4
_LEAST_SHARE_HEADED = 0.8
_BETWEEN = r"\([^()]*\)|《[^《》]*》|“[^“”]*”"  # brackets and quotations: （责任单位：市民政局） ends no sentence
# A colon between letters and digits (Ⅷ:C, 8:30, https://) ends no sentence; a half-width full stop does between characters.
_STOP = r"。|(?<![A-Za-z\dⅠ-ⅿ]):|:(?![A-Za-z\d/])|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])"
_FIRST_SENTENCE = re.compile(
    rf"(?:{_BETWEEN}|(?!{_STOP})[^；！?？])++(?:{_STOP})"
)  # possessive: what has no stop is long
_STOPS = frozenset("。；：！？.;:!?）)")
_BEHIND_STOP = " \u3000\n”"  # 修改为“…。”
_LONGEST_HEADING = 60  # characters of a heading that stands alone
_LONGEST_LEAD = 30  # characters of a first sentence that serves as heading …
_LONGEST_SLOGAN = 36  # … and of one that does not say who has to do it: 推进政府职能向经济调节、社会管理方面转变。
_SAYS_WHO = re.compile("[要须得由可不]|应(?![急用诉])")


def articles_are_headed(shade: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether articles begin with a heading and a full stop as those of policy measures do: 第一条 加大支持力度。对….

    `spans` are those of the articles' texts.
    """
    headed = sum(_ARTICLE_HEAD.match(shade, start, end) is not None for start, end in spans)
    return len(spans) >= _FEWEST_HEADED and headed >= _LEAST_SHARE_HEADED * len(spans)


def article_heading_end(text: str, start: int, end: int, *, headed: bool) -> int:
    """Return where the heading of an article ends: 【立法目的】, or a first sentence where the articles are `headed`."""
    heading = _PRINTED_HEADING.match(text, start, end) or (headed and _ARTICLE_HEAD.match(text, start, end)) or None
    return heading.end() if heading else start


def kind_of(family: Family, above: Sequence[Family]) -> Kind:
    """Return the kind of a unit: below an article it goes by depth, elsewhere by its mark.

    `above` are the families of the units that it stands under, the nearest first.
    """
    if family in _DIVISIONS:
        return _DIVISIONS[family]
    if Family.ARTICLE in above:
        return Kind.ITEM if above[0] is Family.ARTICLE else Kind.SUBITEM
    return _POLICY[family]


def heading_end(words: str, kind: Kind) -> int:
    """Return how much of a unit's words is its heading: all of them if they end without a stop, or a short first sentence."""
    if kind in _NO_HEADING:
        return 0
    if not words.strip() or kind in _ALL_HEADING:
        return len(words)
    sentence = _FIRST_SENTENCE.match(words)
    if sentence is None:
        stopped = words.rstrip(_BEHIND_STOP)[-1:] in _STOPS
        return len(words) if len(words) <= _LONGEST_HEADING and not stopped else 0
    text_follows = words[sentence.end() :].strip()
    longest = _LONGEST_LEAD if _SAYS_WHO.search(sentence[0]) else _LONGEST_SLOGAN
    return sentence.end() if sentence.end() <= longest and text_follows else 0
