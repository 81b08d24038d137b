"""Full names of bodies: the place that a bare 市 or 省 means, and the words that a short form is short for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.bodies import words
from ingest.description.issuers import national as is_national_name
from ingest.description.issuers import seat
from ingest.description.regions import NATION, Region, find, locate
from tiaoli.body_kinds import head_of
from tiaoli.lexicon import Word, entries
from tiaoli.provisions import STATE

_SESSION = re.compile(r"第[一二三四五六七八九十百\d]{1,4}届")
_BARE_PLACE = re.compile(
    r"本?(?P<level>自治[区州县旗]|[省市州县区旗])(?![级、或和及以内直属辖场容域划]|政(?!府|协)|委(?!员会)|人民代表大会代表)(?=[\u4e00-\u9fff]{2})"
)
_PARTY = re.compile(r"(?:中共)?(?P<place>.*?(?:自治区|[省市州县区旗]))委(?!员会|托|任|派|会)(?P<rest>.*)$")
_YOUTH = re.compile(r"(?:共青)?团(?P<place>[省市州县区旗])委$")
_GOVERNMENT = re.compile(
    r"(?:(?<=[省市县区乡镇州旗盟级地])(?<!行政区)|^)政府(?=$|办公室|办公厅|有关|相关|各|部门|工作部门|组成部门)"
)
_BRANCH_OF_NATIONAL = re.compile(r"(?:国家|中国)[\u4e00-\u9fff]{2,}")
_WITH_PART = re.compile(r"(.{2,}?[局厅])((?:各|有关|相关|[\u4e00-\u9fff]{2,4}区)?分局|[\u4e00-\u9fff]{1,8}[处科股室])$")
_COMMISSION = re.compile(r"(?<=[\u4e00-\u9fff])委$")
_MANAGING = re.compile(r"(?:综合行政|行政|监督)?(?:主管|管理|执法|职能)?$")
_LOCAL_TOO = re.compile(r"(?!国家|国务院|中国|中央|全国|最高|国办|中办).*[局委办]$")
_OWNER = re.compile(r"^(?:人民)?政府(?=国有资产监督管理委员会$|国资委$)")
_PEOPLES_BANK = re.compile(r"^(?:人民银行|人行(?=.{2,}[分支]行$))")
_LEVEL_SIGNS = ("省", "市", "县", "区", "州", "旗", "盟")
_ZONE = re.compile(r"(?:开发|高新|经开|新|产业园|工业园|保税|示范)区$")
_LONGEST_PLACE = 24  # characters
_CACHED = 1 << 16
_OF_A_PLACE = frozenset(["局", "厅", "委员会"])  # heads that a name may have without its place: 教育局 for 江川市教育局


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortForm(Word):
    """A short form of a name, or of a part of one, and what it is short for."""

    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(ShortForm):
    """A local branch of a national body; `full` has its {place}, which the short form names without 省 or 市 if `short_place`."""

    short_place: bool = False


@dataclass(frozen=True, slots=True)
class FullName:
    """A name in full, the place the body sits in where one is told, and how it was completed (Chinese)."""

    name: str
    region: str | None = None
    reason: str = ""


@lru_cache(_CACHED)
def full_name(printed: str, region: str | None) -> FullName:
    """Return the full form of a printed name in a document of `region`; the name itself where nothing is to complete.

    >>> full_name("市市场监管局", "广东省广州市").name, full_name("国家发展改革委", "全国").name
    ('广州市市场监督管理局', '国家发展和改革委员会')
    >>> full_name("县级以上人民政府", "广东省广州市").name
    '县级以上人民政府'
    """
    name = _SESSION.sub("", "".join(printed.split()))
    if name.startswith(STATE) and _names_body(rest := name.removeprefix(STATE)):
        name = rest
    home = _home(region)
    name = _PEOPLES_BANK.sub("中国人民银行", name)
    if (known := _national(name, region)) is not None:
        return FullName(known, NATION, "全国性机构的简称" if known != name else "")
    if (party := _party_name(name, home)) is not None:
        return party
    place, before, rest, reason = _placed(name, home)
    if place is not None and (branch := _branch(before, rest)) is not None:
        return FullName(branch, str(place), reason or "全国性机构的分支")
    rest = rest if before.endswith("特别行政区") else _spelled_out(rest)
    if place is None and home is not None and _lacks_place(rest):
        place = _up_to(home, "省" if rest.endswith("厅") else "")
        before, reason = place_name(place), "省略了地名，按文件所属地区补全"
    if place is None:
        return FullName(rest)
    return FullName(f"{before}{rest}", str(place), reason)


def _branch(place: str, rest: str) -> str | None:
    """Return the full name of the branch of a national body that a place and what follows name: 广州市|税务局."""
    branch = _branches().get(rest)
    if branch is None or branch.short_place == place.endswith(_LEVEL_SIGNS):
        return None
    return branch.full.format(place=place)


def place_name(place: Region) -> str:
    """Return how a place is named in names of bodies: a city or county alone, a district with its city.

    >>> place_name(locate("广东省广州市天河区")), place_name(locate("贵州省黔东南州榕江县"))
    ('广州市天河区', '榕江县')
    """
    if len(place.names) > 1 and place.names[-1].endswith("区") and not place.names[-1].endswith("自治区"):
        return "".join(place.names[-2:])
    return place.names[-1]


@lru_cache(_CACHED)
def _home(region: str | None) -> Region | None:
    return None if region in (None, NATION) else locate(region)


def _names_body(name: str) -> bool:
    """Tell whether a name is that of a body by itself: 财政部, but not 政府."""
    head = head_of(name)
    return head is not None and (head.text != name or is_national_name(name) is not None)


def _national(name: str, region: str | None) -> str | None:
    full = _national_forms().get(name)
    if full is not None and (region == NATION or not _LOCAL_TOO.match(name)):
        return full
    return name if is_national_name(name) is not None and not _LOCAL_TOO.match(name) else None


def _party_name(name: str, home: Region | None) -> FullName | None:
    """Return the name of a party committee or its office: 市委组织部, 团市委."""
    youth, party = _YOUTH.match(name), _PARTY.match(name)
    if youth and (place := _bare(youth["place"], home)) is not None:
        return FullName(f"共青团{place_name(place)}委员会", str(place), "简称")
    if party is None or head_of(name) is None:
        return None
    at = party["place"]
    place = _bare(at, home) if len(at) == 1 or at == "自治区" else locate(at, within=home)
    if place is None or (len(at) > 1 and place.length != len(at)):
        return None
    reason = "" if place.length else "按文件所属地区补全"
    return FullName(f"中共{place_name(place)}委{party['rest']}", str(place), reason)


def _placed(name: str, home: Region | None) -> tuple[Region | None, str, str, str]:
    """Return the place that a name begins with, how names call it, the rest of the name, and how the place was told."""
    nowhere = (None, "", name, "")
    if _BRANCH_OF_NATIONAL.match(name):
        place = seat(name, home)
        return (place, "", name, "") if place is not None else nowhere
    bare = None if _begins_with_field(name) else _BARE_PLACE.match(name)
    if bare is None:
        found = _located(name, home)
        return nowhere if found is None else (found, _called(found, name), name[found.length :], "")
    place, rest = _bare(bare["level"], home), name[bare.end() :]
    if place is None:
        return nowhere
    if (below := _located(rest, place)) is not None and below.names[: len(place.names)] == place.names:
        return below, place_name(below), rest[below.length :], ""
    return place, place_name(place), rest, "按文件所属地区补全"


def _located(name: str, home: Region | None) -> Region | None:
    """Return the place that a name begins with, None where it begins with none or is all place."""
    if name[:2] in _generic() or name[:3] in _generic() or words.is_limit(name[:2]):
        return None
    found = locate(name[:_LONGEST_PLACE], within=home)
    if found is None or found.length >= len(name) or found.names[0] in words.levels():
        return None
    if find(found.names[0]) is None and not _is_organ(name):  # a place that no list holds: 房源超|市
        return None
    if _ZONE.search(found.names[-1]) and find(found.names[-1]) is None:
        return Region(found.names[:-1], found.level, found.length - len(found.names[-1])) if found.names[1:] else None
    return found


def _is_organ(name: str) -> bool:
    head = head_of(name)
    return head is not None and head.kind in ("政府", "部门") and head.public and head.text != "部门"


def _called(place: Region, name: str) -> str:
    """Return how a name calls its place: in the normal form, but a short form (广州住房公积金管理中心) as it is."""
    printed = name[: place.length]
    return place_name(place) if printed.endswith((place.names[-1], "州", "省")) else printed


def _bare(level: str, home: Region | None) -> Region | None:
    """Return the place that a bare 市, 省 … means in a document of `home`."""
    if home is None:
        return None
    if level == "省":
        return _up_to(home, "省") if home.names[0].endswith("省") else None
    last = next((i for i in reversed(range(len(home.names))) if home.names[i].endswith(level)), None)
    return None if last is None else Region(home.names[: last + 1], home.level)


def _up_to(home: Region, level: str) -> Region:
    return Region(home.names[:1], level) if level else home


def _spelled_out(rest: str) -> str:
    """Return a name without its place with its short forms spelled out."""
    rest = _GOVERNMENT.sub("人民政府", _OWNER.sub("", rest))
    ending = next((short for short in _endings() if rest.endswith(short)), None)
    if ending is not None:
        return rest.removesuffix(ending) + _endings()[ending]
    if (above := _WITH_PART.match(rest)) is not None:  # 资源规划局|各分局
        return _spelled_out(above[1]) + above[2]
    head = head_of(rest)
    if head is None or head.kind != "部门":
        return rest
    stem = rest[: len(rest) - len(head.text)]
    tail = _MANAGING.search(stem)
    cuts = {len(stem), tail.start() if tail else len(stem)}
    for cut in sorted(cuts, reverse=True):
        start = words.field_start(stem, cut)
        if start is not None and (full := _fields().get(stem[start:cut])) is not None:
            stem = stem[:start] + _joined(full, stem[cut:])
            break
    return _COMMISSION.sub("委员会", stem + head.text)


def _joined(field: str, behind: str) -> str:
    """Return a field and what follows, 管理 not twice: 市场监督管理|管理部门."""
    return field + (behind.removeprefix("管理") if field.endswith("管理") else behind)


def _lacks_place(name: str) -> bool:
    """Tell whether a name is that of one department without its place: 教育局, but not 教育行政部门."""
    head = next((head for head in _OF_A_PLACE if name.endswith(head)), None)
    return head is not None and words.is_field(name.removesuffix(head))


def _begins_with_field(name: str) -> bool:
    return name[:2] in ("市场", "市容", "市政") and name[2:3] != "府"


@cache
def _generic() -> frozenset[str]:
    return frozenset(level for level in words.levels() if len(level) > 1)


@cache
def _national_forms() -> dict[str, str]:
    return {word.text: word.full for word in entries("body_short_names", "national", ShortForm)}


@cache
def _branches() -> dict[str, Branch]:
    return {word.text: word for word in entries("body_short_names", "branch", Branch)}


@cache
def _fields() -> dict[str, str]:
    return {word.text: word.full for word in entries("body_short_names", "field", ShortForm)}


@cache
def _endings() -> dict[str, str]:
    """Return the short endings, the longest first."""
    forms = {word.text: word.full for word in entries("body_short_names", "ending", ShortForm)}
    return dict(sorted(forms.items(), key=lambda form: -len(form[0])))
