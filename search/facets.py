"""What answers can be narrowed to: fields of documents and kinds of clauses, their values, masks and counts."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.contract import BadFilter, Filters, Mask
from search.generation import Generation
from search.segment_files import KINDS
from tiaoli.provisions import TitleIndex
from tiaoli.records import Document, Kind, Status
from tiaoli.validity import statuses

UNKNOWN = "未知"
KIND_NAMES = {
    Kind.PART: "编",
    Kind.SUBPART: "分编",
    Kind.CHAPTER: "章",
    Kind.SECTION: "节",
    Kind.ARTICLE: "条",
    Kind.PARAGRAPH: "款或段",
    Kind.ITEM: "项",
    Kind.SUBITEM: "目",
    Kind.HEADING: "一级标题",
    Kind.SUBHEADING: "二级标题",
    Kind.POINT: "三级标题",
    Kind.SUBPOINT: "四级标题",
    Kind.SUBSUBPOINT: "五级标题",
    Kind.PREAMBLE: "序言",
    Kind.CLOSING: "落款",
    Kind.ATTACHMENT: "附件",
    Kind.TITLE: "标题",
    Kind.TABLE: "表",
}


def _year(document: Document) -> str:
    day = document.promulgated or document.effective or document.adopted
    return str(day.year) if day else UNKNOWN


_OF_DOCUMENT: Mapping[str, Callable[[Document], str]] = {
    "doc_type": lambda document: document.doc_type.value,
    "level": lambda document: str(document.level),
    "issuer": lambda document: document.issuer or UNKNOWN,
    "region": lambda document: document.region or UNKNOWN,
    "year": _year,
    "status": lambda document: document.status.value if document.status else UNKNOWN,
    "doc_id": lambda document: document.doc_id,
}
FIELDS = {
    "doc_type": "文种",
    "level": "位阶",
    "issuer": "发文机关",
    "region": "地区",
    "year": "年份",
    "status": "效力",
    "kind": "条款类型",
    "doc_id": "文件编号",
}
COUNTED = tuple(field for field in FIELDS if field != "doc_id")  # a count for each document says nothing
_ALIASES = {name: field for field, name in FIELDS.items()} | {"type": "doc_type", "rank": "level"}
_RANGE = re.compile(r"(\d{4})\s*(?:-|–|—|~|～|至)\s*(\d{4})")
_MOST_SHOWN = 15  # choices in an error message


def parse_filters(given: Iterable[str]) -> Filters:
    """Return filters written as `field=value`, with the Chinese or the English name of the field.

    >>> parse_filters(["文种=法律", "doc_type=行政法规", "year=2021"])
    {'doc_type': ('法律', '行政法规'), 'year': ('2021',)}
    """
    filters: dict[str, tuple[str, ...]] = {}
    for text in given:
        field, mark, value = (part.strip() for part in text.partition("="))
        if not mark or not value:
            raise BadFilter(f"筛选条件应写成“字段=值”，现在是：{text}。{_field_choices()}")
        name = _field(field)
        filters[name] = (*filters.get(name, ()), value)
    return filters


def _field(given: str) -> str:
    field = _ALIASES.get(given, given)
    if field not in FIELDS:
        raise BadFilter(f"没有“{given}”这个筛选字段。{_field_choices()}")
    return field


def _field_choices() -> str:
    return "可用字段：" + "、".join(f"{field}（{name}）" for field, name in FIELDS.items()) + "。"


class Catalogue:
    """The values of all fields in one generation, with the status at one day. Read-only, so threads may share it."""

    def __init__(self, generation: Generation, at: date) -> None:
        """Take the generation and the day for which the status counts."""
        self._generation = generation
        found = statuses(generation.documents, at, repealed=generation.repealed)
        self.documents = tuple(
            replace(document, status=found[document.doc_id]) if document.doc_id in found else document
            for document in generation.documents
        )
        self._codes: dict[str, tuple[tuple[str, ...], NDArray[np.int32]]] = {}

    @cached_property
    def titles(self) -> TitleIndex:
        """The documents by title and number, those in force before others."""
        return TitleIndex(self.documents)

    @cached_property
    def standing(self) -> NDArray[np.int8]:
        """For each document: 0 in force or not known, 1 not yet in force, 2 no longer in force."""
        ranks = {None: 0, Status.IN_FORCE: 0, Status.NOT_YET: 1}
        return np.array([ranks.get(document.status, 2) for document in self.documents], np.int8)

    @cached_property
    def siblings(self) -> NDArray[np.bool_]:
        """For each document: whether the index holds another version of the same work."""
        works = Counter(document.version_of for document in self.documents)
        return np.array([bool(d.version_of) and works[d.version_of] > 1 for d in self.documents], np.bool_)

    def values(self, field: str) -> Sequence[str]:
        """All values of a field that the index holds, sorted."""
        return self._coded(field)[0]

    def allowed(self, filters: Filters, *, but: str | None = None) -> Mask:
        """Which passages pass all filters (except one); BadFilter names an unknown field or value and the choices."""
        rest = {name: wanted for field, wanted in filters.items() if (name := _field(field)) != but}
        mask = (
            self._living if not rest.keys() - {"kind"} else self._living & self.fitting(rest)[self._generation.owners]
        )
        if "kind" in rest:
            mask = mask & self._having("kind", rest["kind"])[self._generation.kinds]
        return mask

    def fitting(self, filters: Filters) -> NDArray[np.bool_]:
        """Which documents pass all filters that are about documents."""
        mask = np.ones(len(self.documents), np.bool_)
        for field, wanted in filters.items():
            if (name := _field(field)) != "kind":
                mask &= self._having(name, wanted)[self._coded(name)[1]]
        return mask

    @cached_property
    def _living(self) -> Mask:
        return self._generation.owners >= 0

    def _having(self, field: str, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Which values of a field are asked for."""
        asked = np.zeros(len(self.values(field)), np.bool_)
        for value in wanted:
            asked[self._matching(field, value)] = True
        return asked

    def counts(self, field: str, passages: NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
        """How many of `passages` have each value of a field, the most first; years the newest first."""
        values, _ = self._coded(field)
        counts = np.bincount(self._of_passages(field)[passages], minlength=len(values)).tolist()
        pairs = [(value, count) for value, count in zip(values, counts, strict=True) if count]
        if field == "year":
            return tuple(sorted(pairs, key=lambda pair: (pair[0].isdecimal(), pair[0]), reverse=True))
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))

    def _coded(self, field: str) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        """Values of a field, and for each document (or passage, for its kind) which of them it has."""
        if field == "kind":
            return self._kinds
        if field not in self._codes:
            each = [_OF_DOCUMENT[field](document) for document in self.documents]
            values = tuple(sorted(set(each)))
            place = {value: code for code, value in enumerate(values)}
            self._codes[field] = values, np.array([place[value] for value in each], np.int32)
        return self._codes[field]

    @cached_property
    def _kinds(self) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        return tuple(KIND_NAMES[kind] for kind in KINDS), self._generation.kinds.astype(np.int32)

    def _of_passages(self, field: str) -> NDArray[np.int32]:
        codes = self._coded(field)[1]
        if field == "kind":
            return codes
        # The owner of a dead passage is -1: it borrows a value here and is shut out by the mask.
        return codes[self._generation.owners] if len(codes) else np.zeros(self._generation.size, np.int32)

    def _matching(self, field: str, wanted: str) -> list[int]:
        values, _ = self._coded(field)
        if field == "kind" and wanted in set(Kind):
            wanted = KIND_NAMES[Kind(wanted)]
        if field == "year" and (years := _RANGE.fullmatch(wanted)):
            first, last = sorted((int(years[1]), int(years[2])))
            return [code for code, year in enumerate(values) if year.isdecimal() and first <= int(year) <= last]
        if wanted not in values:
            raise BadFilter(self._refusal(field, wanted))
        return [values.index(wanted)]

    def _refusal(self, field: str, wanted: str) -> str:
        values, codes = self._coded(field)
        held = [values[code] for code, _ in Counter(codes.tolist()).most_common()]
        near = [value for value in held if wanted in value] or difflib.get_close_matches(wanted, held, 5, 0.5)
        near = near if len(held) > _MOST_SHOWN else []
        shown = (near or (sorted(held) if field in ("level", "year") else held))[:_MOST_SHOWN]
        lead = "相近的有" if near else "可选"
        rest = f" 等 {len(held)} 个" if len(shown) < len(held) else ""
        return f"“{FIELDS[field]}”没有“{wanted}”这个值，{lead}：{'、'.join(shown) or '（库中还没有文件）'}{rest}。"
