"""What kind of body a name is of, and whether such a body exercises public power: told by the end of the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tiaoli.lexicon import Word, entries, texts

OTHER = "其他"
PERSON = "公民"
COMPANY = "企业"
_CENTRAL_BANK = ("中国人民银行", "人民银行")
_TAIL = re.compile(r"[（(][^（）()]{0,40}[）)]$|\s+$|等(?:有关|相关)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Word):
    """The word that a name of a body ends in; `public` where such a body exercises public power.

    In running text a verb right before a head that `joins_verb` belongs to the name (生产企业), before a `bare` one also a
    verb that says what is done (检查单位, but 检查|企业); and a head that `needs` a
    "field" of government, the task of an "office", a word that "limit"s or anything "more" before it is no name without.
    """

    kind: str
    public: bool
    joins_verb: bool = False
    bare: bool = False
    needs: str = ""


def kind_of(name: str) -> str:
    """Return the kind of the body that `name` names: 政府, 部门, 内设机构, 事业单位, 社会组织, 企业, 公民, else 其他.

    >>> [kind_of(name) for name in ("县级以上人民政府", "市教育局", "法规处", "申请人", "营业场所")]
    ['政府', '部门', '内设机构', '公民', '其他']
    """
    head = _deciding(name)
    return head.kind if head else OTHER


def is_public(name: str) -> bool:
    """Tell whether `name` is of a body, or of officers of a body, that exercises public power.

    >>> [is_public(name) for name in ("公安机关", "行政执法人员", "医疗机构工作人员", "慈善组织")]
    [True, True, False, False]
    """
    head = _deciding(name)
    if head is None or not head.public:
        return False
    if head.kind != PERSON:
        return True
    employer = head_of(_bare(name).removesuffix(head.text).removesuffix("的"))
    return employer is None or employer.public or employer.kind == PERSON


def _deciding(name: str) -> Head | None:
    """Return the head that decides what kind of body a name is of: a branch of the central bank is no company."""
    head = head_of(name)
    if head is not None and head.kind == COMPANY and name.startswith(_CENTRAL_BANK):
        return heads()[_CENTRAL_BANK[0]]
    return head


@lru_cache(maxsize=65_536)
def head_of(name: str) -> Head | None:
    """Return the longest head that a name ends in, None where the name is of no body."""
    name = _bare(name)
    known, no_body = heads(), _no_body()
    for start in range(max(len(name) - _longest(), 0), len(name)):
        end = name[start:]
        if end in no_body:
            return None
        if end in known and (start or len(end) > 1):  # 人, 户, 处 alone name nobody
            return known[end]
    return None


def _bare(name: str) -> str:
    """Return a name without brackets, blanks and 等 at its end."""
    while found := _TAIL.search(name):
        name = name[: found.start()]
    return name


@cache
def heads() -> dict[str, Head]:
    """Return all heads by their words."""
    return {word.text: word for word in entries("bodies", "head", Head)}


@cache
def _no_body() -> frozenset[str]:
    return frozenset(texts("bodies", "no_body"))


@cache
def _longest() -> int:
    return max(map(len, (*heads(), *_no_body())))
