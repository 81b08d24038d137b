"""The bodies of a store: one body has one id, whatever the document and the spelling; and what each is part of."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tiaoli.body_kinds import head_of, kind_of
from tiaoli.provisions import STATE
from tiaoli.records import Body, Document, Mention

_NAMES = 65_536  # whose normal form is remembered: a store names the same bodies over and over
PREFIX = "机构/"  # no document or clause id holds a /, before its #

_BETWEEN = re.compile(r"[、,，;；\s]+")
_UNSAFE = re.compile(r"[#/\\~?%&]+")


def body_names(issuer: str | None) -> tuple[str, ...]:
    """Return the names of the bodies that an issuer line holds, in its order, each in its normal form.

    >>> body_names("国家发展改革委、财政部 中华人民共和国国务院")
    ('国家发展改革委', '财政部', '国务院')
    """
    names = (body_name(name) for name in _BETWEEN.split(issuer or ""))
    return tuple(dict.fromkeys(name for name in names if name))


@lru_cache(maxsize=_NAMES)
def body_name(name: str) -> str:
    """Return a body's name in its normal form: without blanks, width made equal, without 中华人民共和国."""
    name = "".join(unicodedata.normalize("NFKC", name).split())
    return name.removeprefix(STATE) or name


@lru_cache(maxsize=_NAMES)
def body_id(name: str) -> str:
    """Return the id of the body of that name, readable and the same in every store.

    >>> body_id("中华人民共和国财政部")
    '机构/财政部'
    """
    return PREFIX + _UNSAFE.sub("_", body_name(name))


# --- bodies of a whole store -----------------------------------------------------------------------------------------

_NATION = "全国"
_STATE_COUNCIL = "国务院"
# How a mention was understood whose words mean that body only where they stand.
_NO_ALIAS = ("发文机关", "“其”", "指", "文中", "相对", "前文", "按文件", "省略")
_PROVINCE = re.compile(r"(?:北京|天津|上海|重庆)市|[\u4e00-\u9fff]{2,3}?省|[\u4e00-\u9fff]{2,7}?(?:特别行政区|自治区)")
_CITY = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:自治州|市|盟|地区)")
_TOWN = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)?$")
_ROLE_LEVELS = (  # what a name without a place says of its level
    ("国家", re.compile(r"^(?:国务院|国家|中央|中共中央|全国)")),
    ("乡", re.compile(r"^(?:各)?(?:乡|镇|民族乡|街道)")),
    ("省", re.compile(r"^(?:各)?省(?!.*以[上下])|^自治区|^直辖市")),
    ("市", re.compile(r"^(?:各)?(?:设区的)?市(?!.*以[上下])(?![、或和场容政])")),
    ("县", re.compile(r"^(?:各)?(?:县|区)(?!.*以[上下])(?![、或和域])")),
)
_NO_GOVERNMENT = re.compile(r"^国务院$|中共|中国共产党|党委|党工委|人民代表大会|人大|法院|检察院|监察委员会|军")
_BRANCH = re.compile(r"^(国家[\u4e00-\u9fff]{2,10}?(?:总局|局)|中国人民银行)(?=.)")
_OFFICE_OF = re.compile(r"^(.{3,}?(?:局|厅|委员会|署|部|管理中心))(?=.)")


class Naming(NamedTuple):
    """That a document means a body by certain words, how often, and what it tells of that body."""

    words: str  # as printed, without blanks
    name: str  # of the body
    kind: str | None = None
    region: str | None = None
    is_alias: bool = False  # the words mean that body in other documents too
    times: int = 1


def namings(document: Document, mentions: Sequence[Mention]) -> Iterator[Naming]:
    """Yield by which words a document means which bodies, its issuers among them."""
    told: Counter[Naming] = Counter()
    for mention in mentions:
        words = "".join(mention.text.split())
        is_alias = not mention.reason.startswith(_NO_ALIAS) and head_of(mention.text) is not None
        told[Naming(words, body_name(mention.name), mention.kind, mention.region, is_alias)] += 1
    for printed, name in issuer_names(document, mentions).items():
        told[Naming(printed, name, is_alias=True)] += 1
    for naming, count in told.items():
        yield naming._replace(times=count)


def body_of(name: str, told: Iterable[Naming]) -> Body:
    """Return the body of a name as documents tell of it; where they disagree, what most of them say."""
    aliases, kinds, regions = set[str](), Counter[str](), Counter[str]()
    for naming in told:
        if naming.is_alias:
            aliases.add(naming.words)
        if naming.kind is not None:
            kinds[naming.kind] += naming.times
        if naming.region is not None:
            regions[naming.region] += naming.times
    kind, region = _most(kinds) or kind_of(name), _most(regions)
    parent = _parent(name, kind, region)
    parent_id = None if parent is None else body_id(parent)
    return Body(body_id(name), name, tuple(sorted(aliases - {name})), kind, level_of(name, region), region, parent_id)


def parent_only(parent_id: str, children: Iterable[Body]) -> Body:
    """Return a body that is known only as what others are part of; its place is theirs."""
    regions = Counter(child.region for child in children if child.region is not None)
    name = parent_id.removeprefix(PREFIX)
    return body_of(name, [Naming(name, name, None, region, times=n) for region, n in regions.items()])


def issuer_names(document: Document, mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the full name of each issuer of a document by its name as given: what its text means by it, else itself."""
    meant = {"".join(mention.text.split()): mention.name for mention in mentions}
    return {printed: body_name(meant.get(printed, printed)) for printed in body_names(document.issuer)}


def level_of(name: str, region: str | None) -> str | None:
    """Return the level of a body: 国家, 省, 市, 县, 乡; None where it is of several or of none.

    >>> [level_of(*body) for body in (("国务院", "全国"), ("广州市教育局", "广东省广州市"), ("县级以上人民政府", None))]
    ['国家', '市', None]
    """
    if region is None:
        return next((level for level, words in _ROLE_LEVELS if words.search(name)), None)
    if region == _NATION:
        return "国家"
    if _TOWN.search(name):
        return "乡"
    province = _PROVINCE.match(region)
    if province is None:
        return "县" if region.endswith(("县", "区", "旗")) else "市"
    rest = region[province.end() :]
    if not rest:
        return "省"
    city = _CITY.match(rest)
    return "市" if city is not None and city.end() == len(rest) else "县"


def _parent(name: str, kind: str, region: str | None) -> str | None:
    """Return the name of the body that one is an organ of: an office of its department, a department of its government."""
    if kind == "内设机构":
        found = _OFFICE_OF.match(name)
        return found[1] if found else None
    if kind != "部门" or _NO_GOVERNMENT.search(name):
        return None
    if (branch := _BRANCH.match(name)) is not None and region != _NATION:
        return branch[1]
    if region == _NATION or name.startswith(_STATE_COUNCIL):
        return _STATE_COUNCIL
    return _government(name, region)


def _government(name: str, region: str | None) -> str | None:
    """Return the government of the place that a name begins with."""
    if region is None or name.startswith(("国家", "中国", "中共", "各")):
        return None
    for start in range(len(region)):
        if name.startswith(region[start:]):
            return f"{region[start:]}人民政府"
    return None


def _most(count: Counter[str]) -> str | None:
    """Return what was counted most, of equals the first in the order of the words; None where nothing was."""
    return min(count, key=lambda one: (-count[one], one)) if count else None
