"""What the note under a title (题注) tells: when a text was passed, made public and amended, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from ingest.description import days
from ingest.description.issuers import Bodies, bodies, plain, split_code
from tiaoli import lexicon
from tiaoli.lexicon import Word

PASSED, PUBLISHED, AMENDED, APPROVED = "通过", "公布", "修改", "批准"
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|<[^<>]*(?:<[^<>]*>[^<>]*)*>")
_CONGRESS = re.compile(
    r"(?:经)?(?P<place>[^第、,]{0,20}?)(?:第[^届第]{1,6}届)?(?P<name>(?:全国)?人民代表大会(?:常务委员会)?)"
)
_ORDER = re.compile(r"(?P<names>[^,。;]{2,100}?)令(?:〔|\(|\[)?(?:第|\d)")
_MEETING = re.compile(r"(?:经)?(.{3,30}?)(?:20\d\d年)?第[^第,。]{1,6}次")
_ORDER_ALONE = re.compile(r"[^,。;]{2,60}令(?:〔\d{4}〕)?第[^第,。;]{1,6}号\)?")
_WHOLE_COUNCIL = re.compile(r"政府.{0,12}?(?:常务|全体)会议")
_YEAR = re.compile(r"[〔\[(]\d{4}")
_BY_COUNCIL = re.compile(r"《国务院关于(?:修改|废止)|国务院第[^,。]{1,8}次常务会议修[订改]")
_PASSED_IN_TEXT = re.compile(rf"(?:经|于|业经)({days.DAY})[^。;]{{0,60}}?(?:通过|审议|同意)")
_MADE_PUBLIC = re.compile(
    rf"经{days.DAY}(.{{3,30}}?)(?:20\d\d年)?第[^第,。]{{1,6}}次[^。;]{{2,12}}通过[^。;]{{0,100}}?现予(?:公布|发布)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWord(Word):
    """A word of a note and what it says happened: 通过, 公布, 修改, 批准."""

    kind: str


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event. `words` are what stands between its date and the word that tells it."""

    day: date
    kind: str
    words: str

    @property
    def by_congress(self) -> bool:
        """Tell whether a people's congress did it: what it passes is public; a meeting's approval is not yet."""
        return "人民代表大会" in self.words

    @property
    def whole(self) -> bool:
        """Tell whether it made the whole text public, not only what a decision amends in it (《某决定》修正)."""
        return self.kind != APPROVED and "《" not in self.words and (self.kind != PASSED or self.by_congress)


def events(note: str) -> tuple[Event, ...]:
    """Return the events of a squeezed note in their order; days of coming into force are none.

    >>> [(e.day.year, e.kind) for e in events("2001年8月2日国务院令第315号公布2020年11月29日《某决定》修订")]
    [(2001, '公布'), (2020, '修改')]
    """
    return tuple(_events(_QUOTED.sub("《》", note.replace("〈", "《").replace("〉", "》"))))


def _events(note: str) -> Iterator[Event]:
    found = list(days.days(note))
    ends = [day.start for day in found[1:]] + [len(note)] * bool(found)
    for day, end in zip(found, ends, strict=True):
        words = re.split(r"[。;]", note[day.end : end], maxsplit=1)[0]
        told = {kind: words.find(text) for text, kind in _words() if text in words}
        kind = next((kind for kind in (AMENDED, PUBLISHED, PASSED, APPROVED) if kind in told), _untold(words))
        if kind is not None:
            yield Event(day.value, kind, words[: min(told.values(), default=None)])


def _untold(words: str) -> str | None:
    """Return what happened where no word tells it: a decree makes public, a decision that is named amends."""
    if _ORDER_ALONE.fullmatch(words):
        return PUBLISHED
    return AMENDED if words.startswith(("根据《", "《")) or "会议《" in words else None


def tells(line: str) -> bool:
    """Tell whether a squeezed line of a note says what happened.

    >>> tells("1984年1月7日国务院"), tells("中央军委发布"), tells("2017年11月22日国务院令第692号")
    (False, True, True)
    """
    return any(text in line for text, _ in _words()) or any(True for _ in events(line))


@cache
def _words() -> tuple[tuple[str, str], ...]:
    return tuple((word.text, word.kind) for word in lexicon.entries("status_words", "event", EventWord))


def passed(told: Iterable[Event], opening: str) -> date | None:
    """Return the day on which the text was first passed, from its note or from the opening words of what issues it."""
    first = next((event.day for event in told if event.kind == PASSED), None)
    found = None if first else _PASSED_IN_TEXT.search(opening)
    return first or (days.first_day(found[1]) if found else None)


def makers(told: Iterable[Event], note: str = "") -> Bodies:
    """Return who made the text: the council that approved it, the congress that passed it, or who made it public.

    >>> makers(events("1997年12月11日国务院批准1997年12月16日公安部令第33号发布"))
    ('国务院',)
    >>> makers(events("1998年3月28日重庆市第一届人民代表大会常务委员会第八次会议通过"))
    ('重庆市人民代表大会常务委员会',)
    """
    told = tuple(told)
    if _BY_COUNCIL.search(note):  # it amends only what it has made itself
        return ("国务院",)
    for kind, read in (
        (APPROVED, _council),
        (PUBLISHED, _publishers),
        (PASSED, _congress),
        (AMENDED, _congress),
    ):
        for event in told:
            if event.kind == kind and (named := read(event.words)):
                return named
    return next((named for event in told if event.kind == AMENDED and (named := _publishers(event.words))), ())


def meeting(told: Iterable[Event]) -> Bodies:
    """Return whose meeting passed the text.

    >>> meeting(events("2021年10月25日江川市人民政府第63次常务会议审议通过"))
    ('江川市人民政府',)
    """
    found = next((f for event in told if event.kind == PASSED and (f := _MEETING.match(event.words))), None)
    return bodies(found[1]) if found else ()


def makes_public(opening: str) -> Bodies:
    """Return whose meeting passed what opening words make public, as the text of a decree does.

    >>> makes_public("《某办法》已经2025年1月7日中国人民银行2025年第15次行务会议审议通过,现予公布,自2025年3月1日起施行。")
    ('中国人民银行',)
    """
    found = _MADE_PUBLIC.search(opening)
    return bodies(found[1]) if found else ()


def by_whole_council(told: Iterable[Event]) -> bool:
    """Tell whether the whole council of a government passed the text, as it must a rule (《规章制定程序条例》第二十七条)."""
    return any(event.kind == PASSED and _WHOLE_COUNCIL.search(event.words) for event in told)


def congress_repealed(text: str) -> Bodies:
    """Return the local congress that passed what `text` repeals: no one else can repeal it.

    >>> congress_repealed("1987年6月20日上海市第八届人民代表大会常务委员会第二十九次会议批准的《某规定》同时废止")
    ('上海市人民代表大会常务委员会',)
    """
    for event in events(text):
        if event.kind in (PASSED, APPROVED) and (found := _CONGRESS.match(event.words)) and found["place"]:
            return _congress(event.words)
    return ()


def _council(words: str) -> Bodies:
    named = words.removeprefix("经")
    return ("国务院",) if named.startswith(("国务院", "政务院")) and "人民代表大会" not in words else ()


def _publishers(words: str) -> Bodies:
    order = _ORDER.match(words)
    named = bodies(order["names"]) if order else (split_code(_YEAR.split(words)[0])[0] or bodies(words))
    return () if any("人民代表大会" in name for name in named) else tuple(map(plain, named))


def _congress(words: str) -> Bodies:
    found = _CONGRESS.match(words)
    if found is None:
        return ()
    name = found["name"] if found["name"].startswith("全国") or found["place"] else f"全国{found['name']}"
    return (f"{found['place']}{name}",)
