"""Bodies and parties as they stand in a sentence: who is the subject, whom a preposition leads to.

A name is as written and without its relative clause (接到举报的|市场监督管理部门), except where the head alone names nobody
(作出具体行政行为的部门). 甲、乙和丙 are three names; phrases that share a head (市或者区绿化部门) are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

import rjieba

from ingest.bodies.names import find_bodies
from ingest.norms import words
from ingest.norms.sentences import MASK
from tiaoli.lexicon import texts

_LONGEST_HEAD = 8  # characters
_LONGEST_SCAN = 40  # words
_BETWEEN = re.compile(r"、|以及其?|及其|或者|[和与及或]")
_WHOLE = re.compile(r"^(?:任何|各|所有|其他)")
_BARE = re.compile(r"^(?:有关|相关|其他|上述|该)?(?:部门|机关|机构|单位|组织)$")
_RESPONSIBLE = re.compile(r"(?:直接|负有.{0,6}责任|负责|具体|有关)的$")
_OBJECT = re.compile(
    r"(?:对(?!口|外)于?|向|为了?|给(?!排水)|把|将|与|同(?!级|一|业|意)|以(?!上|下|内|外)|按(?!揭)照?|在(?!校|职|岗|建)|从(?!业)|自(?!然|治|主|愿|行|贸|律|营|救)|因|除|经(?!营|办|济|纪|销|理|费|贸|信)|就(?!业|读|诊)|根据|依照|依据|针对|结合|围绕|通过|未(?!成年)|没有|不(?!动产)|每|本条|上述|交由|报(?!社|告|名|纸|刊|关|案)|应由)"
)
_SHARED = re.compile(r"^(?:部门|机关|机构|组织|人员)$")
_SELF = re.compile(r"[本我](?:局|部|委|厅|办|院|署|会|处|科|所|站|中心|机关|单位)(?=行政|主要|的|负责|可以|应)")
_LEADS = re.compile(
    r"^(?:但是?|并且?|而且?|且|同时|此外|另外|因此|其中|凡是?|如果?|若|必要时|由|直接由|特殊情况下|一般|[0-9]+[.、．])+(?=.)"
)
_TOWARDS = re.compile(r"(?:对(?!口|外)于?|向|为了?|给(?!排水)|把|将|除|交由|作为|每|本条|上述)")
_QUANTITY = re.compile(r"(?:其(?!他)|该|[一两二三四五六七八九十0-9]+名(?:以上|以下)?)(?=..)")
_RELATIVE = re.compile(r"^.*(?<!设区)的(?=(?:设区的|[^的])+$)", re.DOTALL)
_CLOSING_TAGS = ("v", "p", "d", "r", "f", "t", "m", "x", "w", "zg", "c", "ad", "u", "y", "a", "i", "l")
_INNER_WORDS = frozenset(
    {
        "有关", "相关", "所属", "主管", "及其", "其他", "其", "各", "各级", "本", "该", "本级", "同级", "上级", "下级", "以上", "以下",
        "所在地", "一", "两", "个", "名", "两名", "任何", "所有", "全体", "省级", "市级", "县级", "上一级", "上", "级", "下一级", "一级",
        "地方", "部分", "主要", "分管", "内设", "派出", "双方", "等", "再",
    }
)  # fmt: skip
_LONGEST_OWNER = 12  # characters
_BRACKET = re.compile(rf"[（(]{MASK}*[）)]$")
_LONGEST_NAMED = 2  # words behind the verbs with which a name begins: 供养|服务|机构
_GENERIC = re.compile(
    r"(?:人员|单位|机构|部门|机关|组织|企业|主体|者|商|方|员|银行|家庭|小组|专班|中心|公司|对象|平台|用户|基金|学校|大队|支队)$|^人$"
)
_NO_HEAD = re.compile(
    r"(?:或者|账户|专户|门户|落户|开户|过户|销户|立户|会议纪要|第一|城镇|乡镇企业|机会|社会|不会|都会|只会|学会了)$"
)
_CHOSEN = re.compile(r"(?:依法|共同|所)?(?:确定|指定|认定|批准|授权|委托|设立|明确|管理|主管|派出|任命|聘请|认可)的")
_PENALTIES = ("罚款", "罚金", "警告", "拘留", "徒刑")
_VERBS_AS_HEADS = frozenset({"组织", "代表", "会", "处", "领导"})
_BREAKS = frozenset({"是", "有", "被", "并", "应当", "可以", "不得", "，", ",", "。", "；", "：", ":", ";"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place and its part of speech (the tags of ICTCLAS)."""

    start: int
    end: int
    word: str
    tag: str

    @property
    def is_verb(self) -> bool:
        """Whether the word can begin a predicate."""
        return self.tag == "v" or self.word in words.texts_of("predicate")


@dataclass(frozen=True, slots=True)
class Name:
    """A body or party by its place in a text."""

    start: int
    end: int
    text: str


def tokens(text: str, at: int = 0) -> list[Token]:
    """Return the words of `text` from position `at` on; together they are that text."""
    found = []
    for word, tag in rjieba.tag(text[at:], True):
        found.append(Token(at, at + len(word), word, tag))
        at += len(word)
    return found


def _words(text: str, at: int) -> list[Token]:
    """Return the words of `text` from position `at` on, a name of a body as one word with the tag `nt`."""
    found: list[Token] = []
    for start, end in _bodies(text):
        if start >= at:
            found += [token for token in tokens(text[:start], at) if token.start < start]
            found.append(Token(start, end, text[start:end], "nt"))
            at = end
    return found + tokens(text, at)


def names_at_end(text: str) -> list[Name]:
    """Return the bodies and parties with which `text` ends, adverbs behind them left out; none where it ends otherwise."""
    end = words.before_adverbs(text)
    start = _after_lead(text)
    if (bracket := _BRACKET.search(text, start, end)) is not None and bracket.end() == end:
        end = bracket.start()
    if start >= end or not ends_in_head(text[start:end]):
        return []
    relative = "的" in text[start:end]
    if _TOWARDS.match(text, start) or (not relative and _begins_otherwise(text, start)):
        return []
    names = list(_split(text, start, end))
    return names if all(_is_plain(name.text) for name in names) else []


def _is_plain(name: str) -> bool:
    """Tell whether a name holds no preposition, adverb or verb of its own outside a relative clause."""
    own = name.replace("设区的市", "设区市").rpartition("的")[2]
    if "是" in own or "为" in own[1:-1]:
        return False
    inside = _words(own, 0)[:-1]
    return all(t.tag not in ("p", "d") or t.word in _INNER_WORDS for t in inside) and not any(
        t.word in words.texts_of("predicate") and t.word not in words.texts_of("naming_verb") for t in inside[1:]
    )


def _begins_otherwise(text: str, start: int) -> bool:
    """Tell whether a stretch begins with a preposition or a verb, so that what it names is an object."""
    if _OBJECT.match(text, start):
        return True
    at = words.after_adverbs(text, start)
    naming, verbs = words.texts_of("naming_verb"), words.texts_of("predicate")
    word = next((text[at : at + n] for n in (4, 3, 2) if text[at : at + n] in verbs), None)
    return word is not None and word not in naming


def names_at_start(text: str) -> list[Name]:
    """Return the bodies and parties that are the subject with which `text` begins; none where it begins otherwise."""
    start = _after_lead(text)
    if (own := _SELF.match(text, start)) is not None:
        return [Name(start, own.end(), own[0])]
    if _begins_otherwise(text, start):
        return []
    found = _words(text, start)
    if not found or found[0].tag.startswith(("p", "d", "c")):
        return []
    end = _noun_phrase(found, 0, strict=True)
    if end is None or _is_verb_with_object(found, end):
        return []
    names = list(_split(text, start, end))
    return names if all(_is_plain(name.text) for name in names) else []


def names_after(text: str, at: int) -> list[Name]:
    """Return the bodies and parties whose names begin at position `at` of `text`, behind a preposition or a verb."""
    found = _words(text, at)
    end = _noun_phrase(found, 0, strict=False)
    if end is None and found and found[0].tag == "nt" and len(found) > 1 and found[1].word != "的":
        end = None if _goes_on(found, 1) else found[0].end  # 国务院|制|发: a verb that the tagger does not know
    if end is None:
        return []
    if (chosen := _CHOSEN.match(text, end)) is not None and (names := names_after(text, chosen.end())):
        return names  # 由本级人民政府确定的|审核机构
    return list(_split(text, at, end))


def ends_in_head(text: str) -> bool:
    """Tell whether `text` ends in a word that can bear a norm."""
    if _NO_HEAD.search(text):
        return False
    heads = _heads()
    return any(text[-length:] in heads for length in range(1, min(_LONGEST_HEAD, len(text)) + 1))


@lru_cache(maxsize=256)
def _bodies(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in find_bodies(text))


@cache
def _heads() -> frozenset[str]:
    return frozenset((*texts("bodies", "head"), *texts("norms", "party")))


def _after_lead(text: str) -> int:
    lead = _LEADS.match(text)
    return lead.end() if lead else 0


def _noun_phrase(found: Sequence[Token], at: int, *, strict: bool) -> int | None:
    """Return where the noun phrases end that begin with word `at`, joined by 和, 或者, 、, and name somebody; None for none.

    A `strict` phrase ends at an adverb or preposition; otherwise its relative clauses may hold them.
    """
    end = None
    while (last := _last_of_phrase(found, at, strict=strict)) is not None:
        end, at = found[last].end, last + 2
        if at >= len(found) or not _BETWEEN.fullmatch(found[last + 1].word):
            return end
    return None if end is not None and _owns(found, at) else end


def _owns(found: Sequence[Token], at: int) -> bool:
    """Tell whether the name at `at` owns what follows, with the names that are joined to it: 直属机构、|办事机构|的印章."""
    of = next((n for n in range(at, min(at + 6, len(found))) if found[n].word == "的"), None)
    return of is not None and of > at and (found[of - 1].tag == "nt" or _is_head(found, at, of - 1))


def _last_of_phrase(found: Sequence[Token], at: int, *, strict: bool) -> int | None:
    """Return the last word of one noun phrase."""
    for place in range(at, min(len(found), at + _LONGEST_SCAN)):
        word = found[place]
        if (MASK * 9) in word.word or (word.word in "，,。；：:" and place > at):
            return None
        if word.word[0] in f"（(）){MASK}":
            continue
        whole = word.tag == "nt" or (word.end - found[at].start > 1 and _is_head(found, at, place))
        if whole and _closes(found, place):
            return place
        if (
            place > at
            and strict
            and word.word not in _INNER_WORDS
            and (word.tag.startswith(("p", "d")) or word.word in _BREAKS)
        ):
            return None
    return None


def _is_head(found: Sequence[Token], at: int, place: int) -> bool:
    if _is_fine(found, place) or (found[place].tag == "v" and found[place].word in _VERBS_AS_HEADS):
        return False
    return ends_in_head("".join(token.word for token in found[max(at, place - 4) : place + 1]))


def _is_fine(found: Sequence[Token], place: int) -> bool:
    """Tell whether the word at `place` is the verb of a fine, and no office: 处|二万元, 处二|万元, 处|以."""
    word, following = found[place].word, found[place + 1 :]
    if word[0] != "处" or (word[1:] not in ("", "以") and found[place].tag != "m"):
        return False
    clause = takewhile(lambda token: token.word not in "，,；;。", following)
    return found[place].tag == "m" or any(t.word.endswith(_PENALTIES) for t in clause)


def _closes(found: Sequence[Token], place: int) -> bool:
    """Tell whether a name may end with the word at `place`: what follows is no noun that goes on."""
    if place + 1 >= len(found):
        return True
    following = found[place + 1]
    if following.word in "（(":
        after = next((n for n in range(place + 1, min(place + 12, len(found))) if found[n].word in "）)"), None)
        return after is None or _closes(found, after)
    if _is_fine(found, place + 1):
        return True
    if following.word == "的" or following.word in _INNER_WORDS:
        return False
    if following.tag == "vn" or following.is_verb:
        return not _goes_on(found, place + 1) if following.tag in ("vn", "v", "n") else True
    return following.tag.startswith(_CLOSING_TAGS) or _BETWEEN.fullmatch(following.word) is not None


def _goes_on(found: Sequence[Token], place: int) -> bool:
    """Tell whether a run of nouns from `place` on ends in a head: 部门|执法|人员."""
    for at in range(place, min(place + 3, len(found))):
        token = found[at]
        if token.tag not in ("vn", "n", "v", "b", "j", "nt") or (
            token.word in words.texts_of("predicate") and token.word not in words.texts_of("naming_verb")
        ):
            return False
        if at > place and token.tag == "nt" and _closes(found, at):
            return True
        if at > place and _is_head(found, place, at) and _closes(found, at):
            return True
        if at == place and token.tag == "n" and _is_head(found, place, at):
            return True
    return False


def _is_verb_with_object(found: Sequence[Token], end: int) -> bool:
    """Tell whether the phrase is a verb with its object (发现经营者) and not a name that begins with one (检查人员)."""
    inside = [token for token in found if token.end <= end]
    if not inside[0].tag.startswith("v") or len(inside) == 1:
        return False
    if (of := next((place for place, token in enumerate(inside) if token.word == "的"), None)) is not None:
        return of <= 2  # 建立党的组织; a longer clause before 的 tells which body is meant
    if inside[1].word in _INNER_WORDS:
        return True  # 指导有关部门
    naming = words.texts_of("naming_verb")
    verbs = next((n for n, token in enumerate(inside) if token.word not in naming), len(inside))
    if verbs == 0:
        return inside[0].word in words.texts_of("predicate") or len(inside) > _LONGEST_NAMED
    return _GENERIC.search(inside[-1].word) is None or len(inside) - verbs > _LONGEST_NAMED


def _split(text: str, start: int, end: int) -> Iterator[Name]:
    """Yield the names of a phrase, each without its relative clause."""
    for first, last in _members(text, start, end):
        yield _without_relative(text, first, last)


def _members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    members, at = [], start
    for between in _BETWEEN.finditer(text, start, end):
        left, right = _BRACKET.sub("", text[at : between.start()]), text[between.end() : end]
        if len(left) < 2 or not ends_in_head(left) or not right or (_SHARED.match(right) and not _WHOLE.match(left)):
            continue
        if "的" in right and (_begins_otherwise(left, 0) or tokens(left)[0].tag == "v"):
            continue  # within the relative clause of what follows: 驻在乡、镇的职工
        members.append((at, between.start()))
        at = between.end()
    return [*members, (at, end)]


def _keeps(relative: str) -> bool:
    """Tell whether what stands before 的 belongs to the name: 直接负责的主管人员, 私募基金管理人的股东."""
    if _RESPONSIBLE.search(relative):
        return True
    owner = relative[:-1]
    return (
        len(owner) <= _LONGEST_OWNER
        and ends_in_head(owner)
        and all(t.tag.startswith(("n", "b", "j", "vn")) for t in tokens(owner))
    )


def _without_relative(text: str, start: int, end: int) -> Name:
    relative = _RELATIVE.match(text[start:end])
    if relative and not _BARE.match(text[start + relative.end() : end]) and not _keeps(relative[0]):
        start += relative.end()
    if (bracket := _BRACKET.search(text, start, end)) is not None and bracket.end() == end:
        end = bracket.start()
    if quantity := _QUANTITY.match(text, start, end):
        start = quantity.end()
    return Name(start, end, text[start:end])
