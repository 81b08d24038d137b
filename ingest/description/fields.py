"""What the head of a file names itself: 发文机关：…, 成文日期：…. The labels are `lexicon/fields.toml`.

A reader hands on what its format says in `Reading.front_matter` under any label of that lexicon; other keys are passed
over. Lines of that form before a text count the same, and go before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.description import days
from tiaoli import lexicon
from tiaoli.lexicon import Word

POSTED = "posted"  # the day on which a page was put up
HONOURED = frozenset({"title", "issuer", "doc_number", "doc_type", "promulgated", POSTED})
_IN_LINES = HONOURED - {"doc_type"}
_AROUND = " 　【["  # what may stand before a label
_SHORT = 2  # characters; so short a label is found in common words, and counts only where it begins a line
_LONGEST_LINE = 400
_RUN_ON = re.compile(r"^(\d{4}-\d\d-\d\d)\d.*")  # 2022-05-1716:17
_PAGE_LINE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\d\d:\d\d(?::\d\d)?)?(?:作者|来源|点击|浏览|阅读|字号|访问)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Word):
    """A label and the field of a document that it names."""

    kind: str


def field_of(label: str) -> str | None:
    """Return the field that a label names, None where it is none.

    >>> field_of("发文机关"), field_of("备注")
    ('issuer', None)
    """
    return _labels().get(label.strip())


def told(lines: Sequence[str], front_matter: Mapping[str, str]) -> Mapping[str, str]:
    """Return the fields that the lines before a text name, then those that the head of the file does.

    >>> dict(told(["索引号：0001 发文机关：江川市民政局　成文日期：2024-05-06"], {"标题": "关于某事的通知"}))
    {'issuer': '江川市民政局', 'promulgated': '2024-05-06', 'title': '关于某事的通知'}
    """
    found: dict[str, str] = {}
    for name, value in (*_in_lines(lines), *_in_head(front_matter)):
        found.setdefault(name, value)
    return found


def is_labelled(line: str) -> bool:
    """Tell whether a line begins with a label: 标题：关于某事的通知, 【文件名称】《某办法》."""
    found = _pattern().search(line[:_LONGEST_LINE])
    return found is not None and not line[: found.start()].strip(_AROUND)


def _in_head(front_matter: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for label, value in front_matter.items():
        if (name := field_of(label)) in HONOURED and value.strip():
            yield name, value.strip()


def _in_lines(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if page := _PAGE_LINE.match(days.squeeze(line)):
            yield POSTED, page[1]
        for found in _pattern().finditer(line[:_LONGEST_LINE]):
            name = _labels()[found["label"]]
            if name in _IN_LINES and (len(found["label"]) > _SHORT or not line[: found.start()].strip(_AROUND)):
                yield name, _RUN_ON.sub(r"\1", found["value"])


@cache
def _labels() -> Mapping[str, str]:
    return {label.text: label.kind for label in lexicon.entries("fields", "label", Label)}


@cache
def _pattern() -> re.Pattern[str]:
    labels = days.alternation("fields", "label")
    return re.compile(
        rf"(?P<label>{labels})(?:[】\]]?[ 　]*[:：]|】)[ 　]*(?P<value>[^ 　:：;；|]{{2,100}}?)(?=[ 　:：;；|]|(?:{labels})[:：]|$)"
    )
