"""Citations of instruments and provisions in a clause: recognised here, resolved against the store by `graph.resolve`.

Each place where a citation may begin (《, 本法, 前款, 第…条, a law's name, a 文号) is read forward by the grammar of addresses.
Words are data (lexicon/citations.toml). Every pattern is bounded, so the time grows with the length of the text only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from ingest.citing.addresses import Address, Mark, earlier, list_at, numbered_through, place_of, steps_at
from ingest.citing.relations import Relations, founds, is_chain, leads_to, sentence_ends
from tiaoli.lexicon import texts
from tiaoli.numerals import to_number
from tiaoli.provisions import (
    ANNEX,
    NUMERAL,
    OWN,
    SIGNS,
    STATE,
    Level,
    Provision,
    Step,
    last_titled,
    number_key,
    short_titles,
)
from tiaoli.records import Citation, Clause, Kind

LONGEST_TITLE = 150
_LONGEST_BRACKET = (
    400  # the history of a law, in a list of powers: （…年…月…日通过，根据…《关于修改…的决定》第三次修正）
)

_UNCITED = {Kind.TITLE}  # a title names what it enacts or amends; that is no citation
_BARE_TITLE = re.compile(
    r"关于[^《》，。；\n]{2,60}的(?:补充)?(?:决定|规定|解释|批复|通知)[；;。]?"
)  # in a list of them
_NO_PLACE = {Kind.PREAMBLE, Kind.CLOSING, Kind.TABLE}  # a bare 第一章 is a line of the contents there, not a reference
_IN_POLICY = {Kind.HEADING, Kind.SUBHEADING, Kind.POINT, Kind.SUBPOINT, Kind.PARAGRAPH, Kind.CLOSING}
_NO_ANNEX = {Kind.PREAMBLE, Kind.CLOSING, Kind.ATTACHMENT, Kind.TABLE}  # 附件1 is the head or the list of them there


def find_citations(clause: Clause, text: str | None = None) -> tuple[Citation, ...]:
    """Return the citations that stand in a clause, in text order, not yet resolved.

    `text` is the document's normalised text; without it only the clause's own text is read, which is taken to end where the
    clause ends. National laws are given their full title (刑法 is 中华人民共和国刑法), the document itself is 本文件, and
    provisions are completed (前款 is 第三条第一款). Of a range the first and the last provision are given.
    """
    if clause.kind in _UNCITED:
        return ()
    at, body = _body(clause, text)
    if _BARE_TITLE.fullmatch(body.strip()):
        return ()
    names = short_titles(body if text is None else text)
    anchor = _anchor(_unquoted(names))
    if anchor.search(body) is None:
        return ()
    reader = _Reader(body, clause, names, anchor, text or body, at if text else 0)
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


def _unquoted(names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the short names that are recognised without 《》: those that end like an instrument, the longest first."""
    ends = texts("citations", "instrument") + texts("citations", "own")
    return tuple(sorted((name for name in names if name.endswith(ends)), key=lambda name: (-len(name), name)))


@lru_cache(maxsize=64)
def _anchor(names: tuple[str, ...]) -> re.Pattern[str]:
    """Where a citation may begin in a text that gives these short names to instruments."""
    own = "|".join(texts("citations", "own"))
    ends = "|".join(texts("citations", "instrument"))
    general = set(texts("citations", "own"))
    called = "|".join(re.escape(name) for name in names if name not in general) or "(?!)"
    generally = "|".join(name for name in names if name in general) or "(?!)"
    return re.compile(
        r"(?P<quoted>《)"
        rf"|(?P<own>(?<![基根日])本(?:{own})(?:文件)?(?![院律官庭定医人典书]))"
        r"|(?P<here>本(?:条(?![例款件约])|款(?!项)|项(?![目])|章(?!程)|节(?![目日约点省])|编(?![制辑号])|分编))"
        r"|(?P<before>(?:(?<![目提之当先日年月此])前|(?<!以)上|以上(?=[二两三四五]))(?P<count>[一二两三四五六七八九]?)(?:条(?![件例款约])|款(?!项)|项(?!目)))"
        r"|(?P<its>其(?=实施(?:条例|细则|办法|规定)))"
        rf"|(?P<that>(?:该|(?<![\u4e00-\u9fff])同)(?:{ends})(?=\s?第))"
        rf"|(?P<called>(?:{called})(?![院律规官庭定医人典制学治]))"
        # 条例 that stands for a longer title has no other word before it, and names a provision or 规定
        rf"|(?P<generally>(?:(?<![\u4e00-\u9fff])|(?<=[照据反合行按对和及与在者于]))(?:{generally})"
        rf"(?=\s?第\s?{NUMERAL}\s?[条章]|的?(?:有关|相关)?规定))"
        rf"|(?P<name>(?:(?<=[\u4e00-\u9fff])(?:{ends}))(?=\s?第\s?{NUMERAL}\s?条)|(?<=[\u4e00-\u9fff])条例(?=的?(?:有关|相关)?规定)|(?<=[\u4e00-\u9fff])法(?:典|通则|总则)?(?![院律规官庭定医人制典学治]|和法律委员会))"
        r"|(?P<numbered>[〔\[［（(﹝](?:19|20)\d\d年?[〕\]］）)﹞]\s?第?\s?\d{1,5}\s?号)"
        rf"|(?P<annex>附件\s?{_ANNEX_NUMBER})"
        rf"|(?P<nth>第\s?[（(]?\s?{NUMERAL})"
    )


_BEFORE_ADDRESS = re.compile(r"\s{0,80}(?:中|的)?[“\"]?(?=第)|[。；;]\s{0,80}\n\s{0,16}(?=第)|(?=[（(])")
_ANNEX_NUMBER = r"[0-9０-９一二三四五六七八九十]{1,3}(?![0-9.])"
_HISTORY = re.compile(r"\s?(?:第.{1,3}次)?(?:予以)?修[正订改]")  # 根据《关于修改甲法的决定》第三次修正
_ITS_ANNEX = re.compile(rf"(?:的|之)?{ANNEX}\s?(?:{_ANNEX_NUMBER})?(?!材料|[0-9])")
_ANNEX_RULE = re.compile(r"\s?(?:中|的|所)?(?:规定|所列|列明|确定)")
_CHINESE_RUN = 40  # how far back a name without 《》 is looked for
_BRACKET_MARKS = re.compile("[（(）)]")
_LAST_BRACKET = re.compile(r"[（(][^（()）]{1,30}[)）]$")
_SHORT_NAME = re.compile(r"(?:简称|统称|下称|以下称)[为作]?[:：]?\s?[“\"‘]?$")
_LONGEST_KIND = 6  # characters of a title that only says what kind of instrument is meant: 该《实施细则》
_LONGEST_INDENT = 16
_LONGEST_KEPT = (
    40  # characters of a bracket between a title and its provisions that belong to the words of the citation
)
_IMPLEMENTING = re.compile("实施(?:条例|细则|办法)")
_TITLE_MARKS = re.compile("[《》]")
_QUOTED_WORDS = re.compile(r"“[^”]*(?:”|$)")
_CUTS = re.compile(
    r"依照|依据|按照|根据|参照|比照|遵照|适用|违反|符合|属于|遵守|执行|修改|废止|认定|出现|本|又|为|由|在|对|将|除|以及|或者|和|与|及|或|的|了|应当|可以|不得"
)
_NOT_NAMES = re.compile(
    r"^(?:该|上述|有关|相关|国家|其|此|下列|同|这|等|前述|各|新|原|旧|自治|单行|地方|实施(?:条例|细则|办法)$)|(?:自治|单行)条例$|^.{0,1}$"
)
_NOT_AN_ADDRESS = re.compile(r"(?:作为|改为|列为|成为|调整为|变更为|增加|共|每|等)$")
_REFERRED = re.compile(
    r"\s?(?:的|之)?(?:规定|所列|所称|情形|行为|要求|情况|措施|条件|事项|方式|材料|补贴|政策)"
    r"|(?:禁止|适用|所述|中)|\s?(?:、|和|及|与|或|至)\s?第?[（(]?[一二三四五六七八九十]"
)
_RULE = re.compile(r"(?:的|有关|其他|中|未|另|有|没有|相关|作|没|对.{1,12}){0,4}(?:规定|要求|所列)")
_NO_RULE = re.compile(r"\s?(?:所称|所指|适用于|由|自|(?:公布|发布|颁布|正式)?(?:施行|实施|生效|印发|发布|公布))")
_MADE = re.compile(r"(?:制定|制订|颁布|发布|印发|修订|自)$")


@dataclass(slots=True)
class _Reader:
    """Reads the marks of one clause from left to right; what was read last completes what follows."""

    body: str
    clause: Clause
    names: Mapping[str, str]  # short name → title
    anchor: re.Pattern[str]
    text: str  # of the document, as far as it is known
    at: int  # where in it the body begins
    last: Mark | None = None
    home: tuple[Step, ...] = ()
    closings: dict[int, int] = field(default_factory=dict)
    brackets: dict[int, int] = field(default_factory=dict)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.home, self.stops = place_of(self.clause.path), sentence_ends(self.body)
        self.closings, self.brackets = _closings(self.body), _brackets(self.body)
        first = self.body.find("”")
        if first >= 0 and "“" not in self.body[:first]:
            self.quotes.append((0, first))
        self.quotes += [m.span() for m in _QUOTED_WORDS.finditer(self.body, max(0, first) if self.quotes else 0)]

    def marks(self) -> Iterator[Mark]:
        at = 0
        readers = {
            "quoted": self._quoted,
            "own": self._own,
            "here": self._here,
            "before": self._before,
            "its": self._its,
            "that": self._that,
            "called": self._called,
            "generally": self._called,
            "name": self._name,
            "numbered": self._numbered,
            "annex": self._annex,
            "nth": self._nth,
        }
        while (match := self.anchor.search(self.body, at)) is not None:
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
        title = "".join(self.body[match.end() : end - 1].split()).strip("[]")
        if not title or _is_form(title) or self._is_defined(match.start()):
            return None
        if self._is_row() and "关于" in title and _HISTORY.match(self.body, end):
            return None
        start = match.start()
        if self.body[start - 1 : start] == "本":  # 本《通知》
            mark = self._with_addresses(start - 1, end, OWN)
            return mark if mark.addresses or self._is_rule(start - 1, end) else None
        return self._with_addresses(start, self._after_number(end), full_title(self._meant(title, start)))

    def _meant(self, title: str, at: int) -> str:
        """Return the title that a short one stands for: one that the text defines, or after 该 the last of that kind."""
        if title not in self.names and self.body.endswith(("该", "述"), 0, at) and len(title) <= _LONGEST_KIND:
            return last_titled(self.text, title, self.at + at) or title
        return self.names.get(title, title)

    def _is_defined(self, at: int) -> bool:
        """Whether what follows is the short name in its own definition: （以下简称《条例》）."""
        return _SHORT_NAME.search(self.body, max(0, at - 8), at) is not None

    def _bracket(self, at: int) -> int:
        """Where the bracket that begins at `at` ends; `at` where none begins."""
        return self.brackets.get(at) or self.brackets.get(at + 1 if self.body[at : at + 1].isspace() else at, at)

    def _after_number(self, at: int) -> int:
        """A 文号 in brackets behind a title belongs to it."""
        end = self._bracket(at)
        return end if re.search(r"\d\s?号\s?[)）]$", self.body[at:end]) else at

    def _called(self, match: re.Match[str]) -> Mark | None:
        """A short name without 《》 that the text defines."""
        if self._is_defined(match.start()):
            return None
        return self._of_law(match.start(), match.end(), full_title(self.names[match[0]]))

    def _of_law(self, start: int, end: int, title: str) -> Mark:
        """Return the mark of a name without 《》, with what implements it: 森林法实施条例."""
        if title.endswith("法") and (made := _IMPLEMENTING.match(self.body, end)):
            title, end = title + made[0], made.end()
        return self._with_addresses(start, end, title)

    def _own(self, match: re.Match[str]) -> Mark | None:
        if self._in_quotes(match.start()):
            return None
        if self._is_row() and self.last is not None and self.last.title != OWN:
            return None  # in a row of a list, the words of the law that it quotes
        mark = self._with_addresses(match.start(), match.end(), OWN)
        return mark if mark.addresses or mark.label or self._is_rule(match.start(), match.end()) else None

    def _is_row(self) -> bool:
        """Whether the clause is a row of a list, whose cells quote the laws that it rests on."""
        return "\t" in self.body

    def _is_rule(self, start: int, end: int) -> bool:
        """本法 alone counts where it is a source of rules, not in 制定本法, 本法所称 or 自本法施行之日起."""
        left, right = self.body[max(0, start - 12) : start], self.body[end : end + 24]
        if _NO_RULE.match(right) or _MADE.search(left):
            return False
        chained = self.last is not None and is_chain(self.body[self.last.end : start])
        return bool(chained or _RULE.match(right) or leads_to(left))

    def _here(self, match: re.Match[str]) -> Mark | None:
        level = SIGNS[match["here"][1:]]
        base = tuple(step for step in self.home if step.level <= level)
        if self._in_quotes(match.start()):
            return None
        if not base or base[-1].level is not level:  # the text does not number what it stands in: 本编第三章
            own = self._with_addresses(match.start(), match.end(), OWN)
            return own if level < Level.ARTICLE and own.addresses else None
        if (before := self.anchor.match(self.body, match.end())) and before.lastgroup == "before":  # 本条前两款
            return self._before(before, match.start())
        mark = self._with_addresses(match.start(), match.end(), OWN, base)
        if mark.addresses:
            return mark
        if _NO_RULE.match(self.body, match.end()):
            return None
        return Mark(match.start(), match.end(), OWN, (Address(match.start(), match.end(), numbered_through(base)),))

    def _before(self, match: re.Match[str], start: int | None = None) -> Mark | None:
        begin, level = match.start() if start is None else start, SIGNS[match["before"][-1]]
        if self._in_quotes(match.start()) or not _in_article(self.home):
            return None
        places = earlier(self.home, level, to_number(match["count"] or "一") or 1)
        if not places:
            known = level is not Level.ITEM or _REFERRED.match(self.body, match.end())  # 前三项污染物 are no provisions
            return Mark(begin, match.end(), OWN, label=match["before"]) if known else None
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
        end = match.end()
        name = known_law(self.body[floor:end]) or self._unknown_name(floor, end)
        if name is None or self._is_defined(end - len(name)):
            return None
        return self._of_law(end - len(name), end, full_title(name))

    def _unknown_name(self, floor: int, end: int) -> str | None:
        """A name by grammar: the Chinese characters before 第…条 as far as the word that leads to the citation."""
        provision = re.match(rf"\s?第\s?{NUMERAL}\s?条", self.body[end : end + 14])
        if not (provision or self.body.endswith("条例", 0, end)):
            return None
        run = re.search(r"[\u4e00-\u9fff]+$", self.body[floor:end])
        name = whole = run[0] if run else ""
        for cut in _CUTS.finditer(whole):
            name = whole[cut.end() :] if cut.end() < len(whole) else name
        if name == whole and not provision:
            return None
        return None if len(name) < 3 or len(name) > 25 or _NOT_NAMES.search(name) else name

    def _numbered(self, match: re.Match[str]) -> Mark | None:
        floor = max(self.last.end if self.last else 0, match.start() - 12)
        run = re.search(r"[\u4e00-\u9fff]+$", self.body[floor : match.start()])
        prefix = re.split(r"[照据按和、及与经以在对由原的了]|贯彻|落实|执行|印发|关于|转发", run[0])[-1] if run else ""
        start = match.start() - len(prefix)
        left = self.body[max(0, start - 6) : start]
        if not 1 <= len(prefix) <= 10 or (self.clause.kind is Kind.PREAMBLE and not (leads_to(left) or founds(left))):
            return None
        if self.last is not None and start < self._bracket(self.last.end):
            return None  # the number of the title before: （国发〔2018〕3号，以下简称《意见》）
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
        row = self._heads_a_row(at, raw[0], level)
        goes_on = near is not None and level is Level.ITEM and _is_item(near)
        if not (chained or row or goes_on or self._stands_alone(level, raw[0])):
            return None
        title, base = OWN, self._own_base(level)
        if near is not None and (chained or (level > Level.ARTICLE and _in_article(near.last_steps))):
            title, base = near.title, near.last_steps
        elif row and self.last is not None:
            title, base = self.last.title, self.last.last_steps
        elif (
            self.last is not None
            and level is Level.ARTICLE
            and not _in_article(self.home)
            and (self._is_row() or _is_law(self.last))
        ):
            title, base = self.last.title, ()  # a text without articles means those of the law that it speaks of
        elif self.last is not None and self.last.title == OWN and level is Level.ITEM and _is_item(self.last):
            base = self.last.last_steps  # 采取前款第五项措施的，……；采取第六项措施的
        addresses = list_at(self.body, at, base)
        if not addresses:
            return None
        if (
            level > Level.ARTICLE
            and addresses[0].steps[0].level > Level.ARTICLE
            and not (chained or self._is_policy(at))
        ):
            return None  # a 款 of no article
        return Mark(at, addresses[-1].end, title, addresses)

    def _heads_a_row(self, at: int, end: int, level: Level) -> bool:
        """Whether an address begins a line of a cell that quotes a law: 第二款：… below 《甲条例》 第十条：…"""
        if level <= Level.ARTICLE or self.last is None or not self.last.last_steps:
            return False
        left = self.body[max(0, at - _LONGEST_INDENT) : at].rstrip(" \t\u3000\xa0")
        return left.endswith("\n") and self.body.startswith(("：", ":"), end)

    def _is_policy(self, at: int) -> bool:
        """Whether a bare 第二款 or 第三项 means a numbered measure of a text without articles."""
        if self.body.endswith(("、", "和", "至"), 0, at):
            return False  # the end of a list that is none: 作为第三款、第四款
        return self.clause.kind in _IN_POLICY and not self.home and (self.last is None or self.last.title == OWN)

    def _annex(self, match: re.Match[str]) -> Mark | None:
        """附件1 alone counts where it is a source of rules, or goes on a list of them."""
        at, end = match.span()
        if self.clause.kind in _NO_ANNEX or self._in_quotes(at):
            return None
        near, label = self.last, "".join(match[0].split())
        if near is not None and near.label and near.label.startswith(ANNEX) and is_chain(self.body[near.end : at]):
            return Mark(at, end, near.title, label=label)
        if leads_to(self.body[max(0, at - 6) : at]) or _ANNEX_RULE.match(self.body, end):
            return Mark(at, end, OWN, label=label)
        return None

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
        for at in (end, self._bracket(end)):
            place = _BEFORE_ADDRESS.match(self.body, at)
            if place and (addresses := list_at(self.body, place.end(), base)):
                mark = Mark(start, addresses[-1].end, title, addresses)
                return mark if at - end <= _LONGEST_KEPT else _without(mark, end)
        if (annex := _ITS_ANNEX.match(self.body, end)) and not base:
            return Mark(start, annex.end(), title, label="".join(annex[0].split()).lstrip("的之"))
        return Mark(start, end, title)

    def _in_quotes(self, at: int) -> bool:
        """Words in “” are another text's: what is relative in them is not relative to this place."""
        place = bisect_right(self.quotes, (at, len(self.body))) - 1
        return place >= 0 and self.quotes[place][0] <= at < self.quotes[place][1]

    def _same_sentence(self, at: int) -> bool:
        return self.last is not None and bisect_right(self.stops, self.last.end - 1) == bisect_right(self.stops, at)


def _in_article(steps: tuple[Step, ...]) -> bool:
    return any(step.level is Level.ARTICLE for step in steps)


def _is_law(mark: Mark) -> bool:
    """Whether a mark names an instrument with articles, unlike a 通知."""
    return mark.title.endswith(texts("citations", "instrument"))


def _is_item(mark: Mark) -> bool:
    return mark.last_steps[-1:] != () and mark.last_steps[-1].level is Level.ITEM


def _without(mark: Mark, end: int) -> Mark:
    """Return the mark with the words of the title alone for its first provisions: a long bracket stands between them."""
    first = mark.addresses[0].start
    return replace(
        mark,
        addresses=tuple(a._replace(start=mark.start, end=end) if a.start == first else a for a in mark.addresses),
    )


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


def _brackets(body: str) -> dict[int, int]:
    """Return where each bracket that begins is closed, of brackets within brackets and of those that are not too long."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACKET_MARKS.finditer(body):
        if match[0] in "（(":
            opened.append(match.start())
        elif opened and match.end() - (start := opened.pop()) <= _LONGEST_BRACKET:
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


def _is_form(title: str) -> bool:
    """Whether a title names a certificate, a form or a paper, no instrument; what is 关于 something is none of these."""
    return "关于" not in title and _LAST_BRACKET.sub("", title).endswith(texts("citations", "form"))


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
