"""G1 有机关无职责: bodies that a document lists for a task, of which it nowhere says what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answers.gaps.findings import Finding, FindingKind, quote
from answers.gaps.opened import Opened
from answers.gaps.words import pattern
from tiaoli.records import Clause, DocType, Kind

KIND = FindingKind(
    "G1",
    "有机关无职责",
    "条文点名若干部门“按照各自职责”做某项工作，或列为成员单位，但本文件没有任何一处写明其中某些部门做什么。",
    "在别的条款、附件或责任单位括注中有职责的部门，不算；“有关部门”等泛指，不算；牵头或主管的部门，不算。",
)
_CONFIDENCE = 0.95
_LIST = re.compile(
    r"(?P<list>[\u4e00-\u9fff（）()]{2,24}(?:、[\u4e00-\u9fff（）()]{2,24})+?(?:[和及与]|以及)?[\u4e00-\u9fff]{0,16}?)"
    r"(?:等)?(?:有关|相关)?(?:行政)?(?:主管|管理)?(?:部门|单位|机构)"
)
_FEWEST = 3
_JOIN = re.compile(r"、|以及|(?<!人力资源)[和及与](?=[\u4e00-\u9fff]{2,}$)")
_BEFORE = re.compile(
    r"^(?:.*(?<!自)由)?(?:各级|本级|(?:县级|设区的市级)?以上(?:地方)?|[省市县区](?=、|人民))*(?:国务院|人民政府|本?[省市县](?=发展|财政|教育|公安|民政|网信|经济))?"
)
_AFTER = re.compile(r"(?:等行政管理)?(?:等)?(?:行政)?(?:主管)?(?:部门|单位|机构|局|委员会|委)*$")
_KNOWN_BY = 2  # characters by which a field of government is known in its other names: 市场监管, 市场监督管理


def without_duty(opened: Opened) -> Iterator[Finding]:
    """Yield lists of bodies some of which have no duty anywhere in the document, one finding a list."""
    if opened.document.doc_type in (DocType.POWERS_LIST, DocType.OTHER):
        return
    lists = [(clause, *found) for clause in opened.clauses for found in _lists(opened, clause)]
    spans = [(begins, ends) for _, begins, ends, _ in lists]
    for clause, begins, ends, stems in lists:
        lone = tuple(stem for stem in stems if not _acts_elsewhere(opened, stem, spans))
        if lone:
            message = f"这里点名{'、'.join(lone)}，本文件没有一处写明这{len(lone)}个部门具体做什么。"
            quotes = (quote(opened, clause, begins, ends),)
            yield Finding(KIND.id, opened.document.doc_id, (clause.clause_id,), lone, quotes, message, _CONFIDENCE)


def _lists(opened: Opened, clause: Clause) -> Iterator[tuple[int, int, Sequence[str]]]:
    """The sentences of a clause that name several bodies for one task in general words: span and stems."""
    if clause.kind in (Kind.TABLE, Kind.TITLE) or not pattern("in_general").search(clause.text):
        return
    at = clause.start
    while at < clause.end:
        begins, ends = opened.sentence(at, at + 1, clause)
        at = max(ends, at + 1)
        sentence = opened.text[begins:ends]
        if (
            pattern("in_general").search(sentence)
            and pattern("vague").search(sentence)
            and not pattern("told").search(sentence)
        ):
            found = _LIST.search(sentence)
            stems = _stems(found["list"]) if found else ()
            if len(stems) >= _FEWEST:
                yield begins, ends, stems


def _stems(names: str) -> tuple[str, ...]:
    parts = (_AFTER.sub("", _BEFORE.sub("", part.strip())) for part in _JOIN.split(names))
    return tuple(
        dict.fromkeys(part for part in parts if len(part) >= _KNOWN_BY and not pattern("no_field").search(part))
    )


def _acts_elsewhere(opened: Opened, stem: str, lists: Sequence[tuple[int, int]]) -> bool:
    """Whether the document names a department of that field outside these lists."""
    named = re.compile(rf"{re.escape(stem[:_KNOWN_BY])}[^，。；;\n]{{0,40}}?(?:部门|机关|局|厅|委员会|机构|单位|中心)")
    return any(not any(b <= m.start() < e for b, e in lists) for m in named.finditer(opened.text))
