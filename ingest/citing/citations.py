"""Citations of instruments and provisions in a clause: recognised here, resolved against the store by `graph.resolve`.

Each place where a citation may begin (《, 本法, 前款, 第…条, a law's name, a 文号) is read forward by the grammar of addresses.
Words are data (lexicon/citations.toml). Every pattern is bounded, so the time grows with the length of the text only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ingest.citing.addresses import Address, Mark, earlier, list_at, numbered_through, place_of, steps_at
from ingest.citing.relations import Relations, is_chain, leads_to, sentence_ends
from tiaoli.lexicon import texts
from tiaoli.numerals import to_number
from tiaoli.provisions import NUMERAL, OWN, SIGNS, STATE, Level, Provision, Step, number_key
from tiaoli.records import Citation, Clause, Kind

LONGEST_TITLE = 150

_UNCITED = {Kind.TITLE}  # a title names what it enacts or amends; that is no citation
_NO_PLACE = {Kind.PREAMBLE, Kind.CLOSING, Kind.TABLE}  # a bare 第一章 is a line of the contents there, not a reference


def find_citations(clause: Clause, text: str | None = None) -> tuple[Citation, ...]:
    """Return the citations that stand in a clause, in text order, not yet resolved.

    `text` is the document's normalised text; without it only the clause's own text is read, which is taken to end where the
    clause ends. National laws are given their full title (刑法 is 中华人民共和国刑法), the document itself is 本文件, and
    provisions are completed (前款 is 第三条第一款). Of a range the first and the last provision are given.
    """
    if clause.kind in _UNCITED:
        return ()
    at, body = _body(clause, text)
    if _anchor().search(body) is None:
        return ()
    reader = _Reader(body, clause)
    relation = Relations(body)
    found: list[Citation] = []
    for mark in reader.marks():
        kind = relation.of(mark)
        for start, end, label in _parts(mark):
            words = body[start:end]
            found.append(
                Citation(clause.clause_id, clause.doc_id, at + start, at + end, words, mark.title, label, kind)
            )
    return tuple(found)


def _body(clause: Clause, text: str | None) -> tuple[int, str]:
    """Return what is read of a clause and where it begins: heading and text, without the printed label."""
    if text is None:
        return clause.end - len(clause.text), clause.text
    own, at = text[clause.start : clause.end], 0
    for sign in clause.label:
        while at < len(own) and own[at].isspace():
            at += 1
        if not own.startswith(sign, at):
            return clause.start, own  # a label that is not printed
        at += 1
    return clause.start + at, own[at:]


def _parts(mark: Mark) -> Iterator[tuple[int, int, str | None]]:
    """Yield span and label of each citation of a mark; the first provision carries the title's words."""
    if not mark.addresses:
        yield mark.start, mark.end, mark.label
    first = mark.addresses[0].start if mark.addresses else 0
    for address in mark.addresses:
        start = mark.start if address.start == first else address.start
        yield start, address.end, str(Provision(address.steps)) if address.steps else None


# --- places where a citation may begin -------------------------------------------------------------------------------


@cache
def _anchor() -> re.Pattern[str]:
    own = "|".join(texts("citations", "own"))
    ends = "|".join(texts("citations", "instrument"))
    return re.compile(
        r"(?P<quoted>《)"
        rf"|(?P<own>(?<![基根日])本(?:{own})(?![院律官庭定医人典]))"
        r"|(?P<here>本(?:条(?![例款件约])|款(?!项)|项(?![目])|章(?!程)|节(?![目日约点省])|编(?![制辑号])|分编))"
        r"|(?P<before>(?<![目以提之当向先日年月此])前(?P<count>[一二两三四五六七八九]?)(?:条(?![件例款约])|款(?!项)|项(?!目)))"
        r"|(?P<its>其(?=实施(?:条例|细则|办法|规定)))"
        rf"|(?P<that>(?:该|(?<![\u4e00-\u9fff])同)(?:{ends})(?=\s?第))"
        rf"|(?P<name>(?:(?<=[\u4e00-\u9fff])(?:{ends}))(?=\s?第\s?{NUMERAL}\s?条)|(?<=[\u4e00-\u9fff])法(?:典|通则|总则)?(?![院律规官庭定医人制典学治]))"
        r"|(?P<numbered>[〔\[［（(﹝](?:19|20)\d\d年?[〕\]］）)﹞]\s?第?\s?\d{1,5}\s?号)"
        rf"|(?P<nth>第\s?[（(]?\s?{NUMERAL})"
    )


_BEFORE_ADDRESS = re.compile(r"\s{0,8}(?:中|的)?(?=第)|(?=[（(])")
_CHINESE_RUN = 40  # how far back a name without 《》 is looked for
_IN_BRACKETS = re.compile(r"\s?[（(](?:[^（()）]|[（(][^（()）]{0,20}[)）]){1,60}[)）]")
_SHORT_NAME = re.compile(r"(?:简称|统称|下称)[为:：]?\s?[“\"]?$")
_TITLE_MARKS = re.compile("[《》]")
_QUOTED_WORDS = re.compile(r"“[^”]*(?:”|$)")
_CUTS = re.compile(
    r"依照|依据|按照|根据|参照|比照|遵照|适用|违反|符合|属于|遵守|执行|修改|废止|认定|出现|本|又|为|由|在|对|将|除|以及|或者|和|与|及|或|的|了|应当|可以|不得"
)
_NOT_NAMES = re.compile(
    r"^(?:该|上述|有关|相关|国家|其|此|下列|同|这|等|前述|各|新|原|旧|实施(?:条例|细则|办法)$)|^.{0,1}$"
)
_NOT_AN_ADDRESS = re.compile(r"(?:作为|改为|列为|成为|调整为|变更为|增加|共|每|等)$")
_REFERRED = re.compile(
    r"\s?(?:的|之)?(?:规定|所列|情形|行为|要求|情况)|\s?(?:、|和|及|与|或|至)\s?第?[（(]?[一二三四五六七八九十]"
)
_RULE = re.compile(r"(?:的|有关|其他|中|未|另|有|没有|相关|作|没|对.{1,12}){0,4}(?:规定|要求|所列)")
_NO_RULE = re.compile(r"\s?(?:所称|所指|适用于|由|自|(?:公布|发布|颁布|正式)?(?:施行|实施|生效|印发|发布|公布))")
_MADE = re.compile(r"(?:制定|制订|颁布|发布|印发|修订|自)$")


@dataclass(slots=True)
class _Reader:
    """Reads the marks of one clause from left to right; what was read last completes what follows."""

    body: str
    clause: Clause
    last: Mark | None = None
    home: tuple[Step, ...] = ()
    closings: dict[int, int] = field(default_factory=dict)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.home, self.closings, self.stops = (
            place_of(self.clause.path),
            _closings(self.body),
            sentence_ends(self.body),
        )
        first = self.body.find("”")
        if first >= 0 and "“" not in self.body[:first]:
            self.quotes.append((0, first))
        self.quotes += [m.span() for m in _QUOTED_WORDS.finditer(self.body, max(0, first) if self.quotes else 0)]

    def marks(self) -> Iterator[Mark]:
        at, anchor = 0, _anchor()
        readers = {
            "quoted": self._quoted,
            "own": self._own,
            "here": self._here,
            "before": self._before,
            "its": self._its,
            "that": self._that,
            "name": self._name,
            "numbered": self._numbered,
            "nth": self._nth,
        }
        while (match := anchor.search(self.body, at)) is not None:
            mark = readers[match.lastgroup or ""](match)
            if mark is None:
                at = self.closings.get(match.start(), match.end())
                continue
            at = max(mark.end, match.end())
            self.last = mark
            yield mark

    # Each of these reads what its anchor begins, or gives None where it is no citation.

    def _quoted(self, match: re.Match[str]) -> Mark | None:
        end = self.closings.get(match.start())
        if end is None:
            return None
        title = "".join(self.body[match.end() : end - 1].split())
        if (
            not title
            or title.endswith(_forms())
            or _SHORT_NAME.search(self.body, max(0, match.start() - 8), match.start())
        ):
            return None
        start, title = match.start(), full_title(title)
        if self.body[start - 1 : start] == "本" and title in texts("citations", "own"):  # 本《通知》
            start, title = start - 1, OWN
        return self._with_addresses(start, self._after_number(end), title)

    def _after_number(self, at: int) -> int:
        """A 文号 in brackets behind a title belongs to it."""
        bracket = _IN_BRACKETS.match(self.body, at)
        return bracket.end() if bracket and re.search(r"\d\s?号\s?[)）]$", bracket[0]) else at

    def _own(self, match: re.Match[str]) -> Mark | None:
        if self._in_quotes(match.start()):
            return None
        mark = self._with_addresses(match.start(), match.end(), OWN)
        return mark if mark.addresses or self._is_rule(match) else None

    def _is_rule(self, match: re.Match[str]) -> bool:
        """本法 alone counts where it is a source of rules, not in 制定本法, 本法所称 or 自本法施行之日起."""
        left, right = self.body[max(0, match.start() - 12) : match.start()], self.body[match.end() : match.end() + 24]
        if _NO_RULE.match(right) or _MADE.search(left):
            return False
        chained = self.last is not None and is_chain(self.body[self.last.end : match.start()])
        return bool(chained or _RULE.match(right) or leads_to(left))

    def _here(self, match: re.Match[str]) -> Mark | None:
        level = SIGNS[match["here"][1:]]
        base = tuple(step for step in self.home if step.level <= level)
        if self._in_quotes(match.start()) or not base or base[-1].level is not level:
            return None
        if (before := _anchor().match(self.body, match.end())) and before.lastgroup == "before":  # 本条前两款
            return self._before(before, match.start())
        mark = self._with_addresses(match.start(), match.end(), OWN, base)
        if mark.addresses:
            return mark
        if _NO_RULE.match(self.body, match.end()):
            return None
        return Mark(match.start(), match.end(), OWN, (Address(match.start(), match.end(), numbered_through(base)),))

    def _before(self, match: re.Match[str], start: int | None = None) -> Mark | None:
        begin, level = match.start() if start is None else start, SIGNS[match["before"][-1]]
        if self._in_quotes(match.start()) or not self._in_article():
            return None
        places = earlier(self.home, level, to_number(match["count"] or "一") or 1)
        if not places:
            return Mark(begin, match.end(), OWN, label=match["before"])
        mark = self._with_addresses(begin, match.end(), OWN, places[-1])
        if mark.addresses:
            return mark
        return Mark(begin, match.end(), OWN, tuple(Address(begin, match.end(), place) for place in places))

    def _its(self, match: re.Match[str]) -> Mark | None:
        last, end = self.last, match.end() + len("实施条例")
        if last is None or last.title == OWN or not is_chain(self.body[last.end : match.start()]):
            return None
        return self._with_addresses(match.start(), end, last.title + self.body[match.end() : end])

    def _that(self, match: re.Match[str]) -> Mark | None:
        if self.last is None:
            return None
        mark = self._with_addresses(match.start(), match.end(), self.last.title)
        return mark if mark.addresses else None

    def _name(self, match: re.Match[str]) -> Mark | None:
        floor = max(self.last.end if self.last else 0, match.end() - _CHINESE_RUN)
        name = known_law(self.body[floor : match.end()]) or self._unknown_name(floor, match.end())
        if name is None:
            return None
        start = match.end() - len(name)
        if _SHORT_NAME.search(self.body, max(0, start - 8), start):
            return None
        return self._with_addresses(start, match.end(), full_title(name))

    def _unknown_name(self, floor: int, end: int) -> str | None:
        """A name by grammar: the Chinese characters before 第…条 as far as the word that leads to the citation."""
        if not re.match(rf"\s?第\s?{NUMERAL}\s?条", self.body[end : end + 14]):
            return None
        run = re.search(r"[\u4e00-\u9fff]+$", self.body[floor:end])
        name = run[0] if run else ""
        for cut in _CUTS.finditer(name):
            name = run[0][cut.end() :] if run and cut.end() < len(run[0]) else name
        return None if len(name) < 3 or len(name) > 25 or _NOT_NAMES.search(name) else name

    def _numbered(self, match: re.Match[str]) -> Mark | None:
        floor = max(self.last.end if self.last else 0, match.start() - 12)
        run = re.search(r"[\u4e00-\u9fff]+$", self.body[floor : match.start()])
        prefix = re.split(r"[照据按和、及与经以在对由原的了]|贯彻|落实|执行|印发|关于|转发", run[0])[-1] if run else ""
        start = match.start() - len(prefix)
        if not 1 <= len(prefix) <= 10 or (
            self.clause.kind is Kind.PREAMBLE and not leads_to(self.body[max(0, start - 6) : start])
        ):
            return None
        suffix = re.compile(r"文件?").match(self.body, match.end())
        title = number_key(self.body[start : match.end()])
        return self._with_addresses(start, suffix.end() if suffix else match.end(), title)

    def _nth(self, match: re.Match[str]) -> Mark | None:
        """A bare 第…条 continues what stands before it in the sentence, else it is of the document itself."""
        at = match.start()
        raw = steps_at(self.body, at)
        if raw is None or self._in_quotes(at) or _NOT_AN_ADDRESS.search(self.body, max(0, at - 3), at):
            return None
        level, near = raw[1][0].level, self.last if self._same_sentence(at) else None
        chained = near is not None and is_chain(self.body[near.end : at])
        if not chained and not self._stands_alone(level, raw[0]):
            return None
        title, base = OWN, self._own_base(level)
        if near is not None and (chained or (level > Level.ARTICLE and near.last_steps)):
            title, base = near.title, near.last_steps
        elif self.last is not None and level is Level.ARTICLE and not self._in_article():
            title, base = self.last.title, ()  # a text without articles means those of the law that it speaks of
        addresses = list_at(self.body, at, base)
        if not addresses or (level > Level.ARTICLE and addresses[0].steps[0].level > Level.ARTICLE):
            return None  # a 款 of no article
        return Mark(at, addresses[-1].end, title, addresses)

    def _in_article(self) -> bool:
        return any(step.level is Level.ARTICLE for step in self.home)

    def _own_base(self, level: Level) -> tuple[Step, ...]:
        """What completes a bare address; an item named from another 款 is found through its article."""
        if level is Level.ITEM and self.home and self.home[-1].level is Level.PARAGRAPH and self.home[-1].number > 1:
            return self.home[:-1]
        return self.home

    def _stands_alone(self, level: Level, end: int) -> bool:
        if self.clause.kind in _NO_PLACE:
            return False
        return level in (Level.ARTICLE, Level.PARAGRAPH) or bool(_REFERRED.match(self.body, end))

    def _with_addresses(self, start: int, end: int, title: str, base: tuple[Step, ...] = ()) -> Mark:
        """Return the mark of a title that ends at `end`, with the provisions behind it, also behind a bracket."""
        bracket = _IN_BRACKETS.match(self.body, end)
        for at in (end, bracket.end() if bracket else end):
            place = _BEFORE_ADDRESS.match(self.body, at)
            if place and (addresses := list_at(self.body, place.end(), base)):
                return Mark(start, addresses[-1].end, title, addresses)
        return Mark(start, end, title)

    def _in_quotes(self, at: int) -> bool:
        """Words in “” are another text's: what is relative in them is not relative to this place."""
        place = bisect_right(self.quotes, (at, len(self.body))) - 1
        return place >= 0 and self.quotes[place][0] <= at < self.quotes[place][1]

    def _same_sentence(self, at: int) -> bool:
        return self.last is not None and bisect_right(self.stops, self.last.end - 1) == bisect_right(self.stops, at)


def _closings(body: str) -> dict[int, int]:
    """Return where each 《 is closed, of titles within titles and of those that are not too long."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _TITLE_MARKS.finditer(body):
        if match[0] == "《":
            opened.append(match.start())
        elif opened and match.end() - (start := opened.pop()) <= LONGEST_TITLE:
            found[start] = match.end()
    return found


# --- names -----------------------------------------------------------------------------------------------------------


@cache
def _laws() -> dict[str, tuple[str, ...]]:
    """The names of laws by their last two characters, the longest first."""
    by_end: defaultdict[str, list[str]] = defaultdict(list)
    for name in texts("citations", "law"):
        by_end[name[-2:]].append(name)
    return {end: tuple(names) for end, names in by_end.items()}


@cache
def _forms() -> tuple[str, ...]:
    return texts("citations", "form")


def known_law(text: str) -> str | None:
    """Return the longest name of a national law that `text` ends with, as written there.

    >>> known_law("应当依照中华人民共和国行政处罚法"), known_law("依照该法")
    ('中华人民共和国行政处罚法', None)
    """
    for name in _laws().get(text[-2:], ()):
        if text.endswith(name):
            return STATE + name if text.endswith(STATE + name) else name
    return None


_NO_LAW = re.compile(r"(?:办|方|做|用|司|说|想|立|执|普|语)法$|^[^（(]{2,8}(?:省|市|自治区|自治州|县)")


def full_title(title: str) -> str:
    """Return the full title of a national law, any other title as it is.

    >>> [full_title(t) for t in ("刑法", "旅行社条例", "刑法修正案（八）")]
    ['中华人民共和国刑法', '旅行社条例', '中华人民共和国刑法修正案（八）']
    """
    law = title.endswith(("法", "法典")) and not _NO_LAW.search(title)
    if title.startswith(STATE) or not (law or title.startswith("刑法修正案")):
        return title
    return STATE + title
