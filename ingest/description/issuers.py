"""Names of issuing bodies: told apart in a title or a signature, and their class of authority."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.description.regions import Region, locate
from tiaoli import lexicon
from tiaoli.lexicon import Word

Bodies = tuple[str, ...]

_STATE = "中华人民共和国"
_PARTY = re.compile(r"中共|中国共产党")
_LONGEST = 40
_MARKS = re.compile(r"[、,，;；/\s　]+")
_NAME = re.compile(r"[\u4e00-\u9fff“”0-9]{2,40}")
_SENTENCE = re.compile(r"[。：:！？《》“”]|为了|根据|按照|关于|负责|其他|有关|各级|各[区县市]|本[办条通]")
_LEADING = re.compile(r"(.{2,120}?)(?:联合)?(?:关于|印发|转发|批转|公布|发布|公告|通告)")
_IN_YEAR = re.compile(r"^20\d\d年度?")
_BARE = re.compile(r"(自治区|省|市|州|县|区)(?!场|政协|属|辖|直)(?=[\u4e00-\u9fff]{2})")
_CODE = re.compile(r"[\u4e00-\u9fff]{2,8}")
_OF_STATE = re.compile(r"国家|中国|中央|全国|国务院|.{1,12}(?:部|总局|署)(?:办公厅)?$")
_GOVERNMENT = re.compile(r"(?<!人民)政府(?=$|办公)")
_HOW_MANY = re.compile(r"等[\d一二三四五六七八九十]{0,3}(?:个)?(?:部门|单位|委办局|部委)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Word):
    """A word of `issuers.toml`: a national body, a department, an ending or the letters of a document number."""

    kind: str  # class of the authority; the issuer itself for letters of a document number


def bodies(text: str) -> Bodies:
    """Return the issuing bodies that `text` consists of, none where a part of it is none.

    >>> bodies("江川市财政局 江川市民政局"), bodies("国 务 院"), bodies("江川市民政局负责")
    (('江川市财政局', '江川市民政局'), ('国务院',), ())
    """
    if _SENTENCE.search(text):
        return ()
    parts = [part for part in _MARKS.split(text) if part]
    if len(parts) > 1 and any(len(part) == 1 for part in parts):  # letter-spaced
        parts = ["".join(parts)]
    named = [name for part in parts for name in _run_together(part)]
    return tuple(dict.fromkeys(map(plain, named))) if named and all(map(is_body, named)) else ()


def _run_together(text: str) -> list[str]:
    """Part names that stand without a blank between them: the next begins with a place or is a national body.

    >>> _run_together("深圳市住房和建设局国家税务总局深圳市税务局中国人民银行深圳市分行")
    ['深圳市住房和建设局', '国家税务总局深圳市税务局', '中国人民银行深圳市分行']
    """
    parts, start = [], 0
    for index in range(3, len(text) - 2):
        left, right = text[start:index], text[index:]
        if not is_body(left) or (_ending(left) is None and national(left) is None):
            continue
        heads_national = _national_head(right) is not None
        if heads_national or (national(left) is None and locate(right) is not None and is_body(right[-_LONGEST:])):
            parts.append(left)
            start = index
    return [*parts, text[start:]]


def _national_head(text: str) -> str | None:
    return next((text[:n] for n in range(min(len(text), 16), 2, -1) if text[:n] in _nationals()), None)


def complete(name: str, place: Region | None) -> str:
    """Return the full form of a name: 人民政府 for 政府, and the place that a bare 市, 省 … at its beginning means.

    >>> complete("市人民政府办公室", locate("贵州省遵义市")), complete("市场监督管理局", None)
    ('遵义市人民政府办公室', '市场监督管理局')
    """
    name = _GOVERNMENT.sub("人民政府", name)
    found = _BARE.match(name)
    if found is None or place is None:
        return name
    level = {"省": "省", "自治区": "省", "市": "市", "州": "市"}.get(found[1], "县")
    whole = place.names[0 if level == "省" else -1]
    if not whole.endswith(found[1]):
        whole = next((part for part in place.names if part.endswith(found[1])), "")
    return f"{whole}{name[found.end() :]}" if whole else name


def leading_bodies(title: str) -> Bodies:
    """Return the bodies that a title (blanks kept) names before 关于, 印发 and the like.

    >>> leading_bodies("江川市财政局 江川市民政局关于做好工作的通知"), leading_bodies("关于做好工作的通知")
    (('江川市财政局', '江川市民政局'), ())
    """
    found = _LEADING.match(title.strip())
    if found is None or "《" in found[1]:
        return ()
    return bodies(_HOW_MANY.sub("", found[1].strip()))


def is_joint(title: str) -> bool:
    """Tell whether a title names only the first of several issuers: 某局等三部门关于…."""
    found = _LEADING.match(title.strip())
    return bool(found and _HOW_MANY.search(found[1].strip()))


def plain(name: str) -> str:
    """Return a body's name without the name of the state where more than 政府 remains.

    >>> plain("中华人民共和国国务院"), plain("中华人民共和国主席")
    ('国务院', '中华人民共和国主席')
    """
    rest = name.removeprefix(_STATE)
    return rest if national(rest) else name


def is_body(name: str) -> bool:
    """Tell whether `name` is that of a body that can issue documents."""
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        return False
    return national(plain_state(name)) is not None or (len(name) >= 3 and _ending(name) is not None)


def plain_state(name: str) -> str:
    """Return `name` without the name of the state."""
    return name.removeprefix(_STATE)


def national(name: str) -> str | None:
    """Return the class of a national authority, None where the name is of another body."""
    return _nationals().get(name)


def authority(name: str) -> str:
    """Return the class of an issuer: 国务院, 国务院部门, 地方人大, 地方政府, 部门 ….

    >>> [authority(n) for n in ("国务院", "生态环境部", "国家烟草专卖局", "江川市民政局", "江川市人民政府办公室")]
    ['国务院', '国务院部门', '国务院部门', '部门', '地方政府']
    >>> authority("中国共产党江川市委员会")
    '党委'
    """
    if (kind := national(plain_state(name))) is not None:
        return kind
    if _PARTY.match(name):
        return "党委"
    ending = _ending(name)
    if ending is None:
        return ""
    if ending.kind == "部门" and seat(name) is None and _OF_STATE.match(name):
        return "国务院部门"
    return ending.kind


def seat(name: str, within: Region | None = None) -> Region | None:
    """Return the place of a body: at the beginning of its name, or behind that of the national body it belongs to.

    >>> str(seat("中国银保监会北京监管局")), seat("财政部")
    ('北京市', None)
    """
    name = _PARTY.sub("", name, count=1) if _PARTY.match(name) else name
    rest = name[len(_national_head(name) or "") :]
    return locate(rest, within=within, short=True)


@cache
def _nationals() -> dict[str, str]:
    return {
        word.text: word.kind
        for table in ("national", "ministry")
        for word in lexicon.entries("issuers", table, Authority)
    }


@cache
def _endings() -> dict[str, Authority]:
    return {word.text: word for word in lexicon.entries("issuers", "ending", Authority)}


def _ending(name: str) -> Authority | None:
    """Return the longest ending of the lexicon that a name has."""
    endings = _endings()
    return next((endings[end] for n in _lengths() if (end := name[-n:]) in endings), None)


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(text) for text in _endings()}, reverse=True))


def split_code(text: str) -> tuple[Bodies, str]:
    """Return the issuer that stands before the letters of a document number, and those letters.

    >>> split_code("江川市人民政府江政规"), split_code("江政规")
    ((('江川市人民政府',), '江政规'), ((), '江政规'))
    """
    for end in range(len(text) - 2, 3, -1):
        if locate(text) is not None and is_body(text[:end]) and _CODE.fullmatch(text[end:]):
            return (text[:end],), text[end:]
    return (), text


def first_body(title: str) -> Bodies:
    """Return the body whose name a title begins with: 某市某局2024年权责清单, 2024年某市某局权责清单, 某市人民政府工作规则.

    >>> first_body("江川市市场监督管理局行政执法公示制度"), first_body("江川市养老服务办法")
    (('江川市市场监督管理局',), ())
    """
    title = _IN_YEAR.sub("", title)
    if (place := locate(title, short=True)) is None:
        return ()
    for end in range(min(len(title), _LONGEST), place.length + 1, -1):
        ending = _ending(title[:end])
        if ending is not None and (len(ending.text) > 1 or ending.text in "局厅") and _NAME.fullmatch(title[:end]):
            return (title[:end],)
    return ()


def number_issuer(code: str) -> str | None:
    """Return the national issuer that the letters of a document number (机关代字) stand for.

    >>> number_issuer("国办发"), number_issuer("江政规")
    ('国务院办公厅', None)
    """
    words = {word.text: word.kind for word in lexicon.entries("issuers", "number_code", Authority)}
    return words.get(code)
