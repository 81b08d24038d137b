"""Addresses of provisions (第十二条第二款第三项) and titles of instruments: parsing, formatting and finding what they name.

Recognising citations in running text is the business of `ingest.citing`; this module reads an address that stands alone.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from tiaoli.numerals import to_chinese, to_number
from tiaoli.records import Clause, Document, Kind, Status

# --- addresses -------------------------------------------------------------------------------------------------------


class Level(IntEnum):
    """The levels of a statute from the outermost inwards; they compare in that order."""

    PART = 1
    SUBPART = 2
    CHAPTER = 3
    SECTION = 4
    ARTICLE = 5
    PARAGRAPH = 6
    ITEM = 7
    SUBITEM = 8


SIGNS = {
    "编": Level.PART,
    "分编": Level.SUBPART,
    "章": Level.CHAPTER,
    "节": Level.SECTION,
    "条": Level.ARTICLE,
    "款": Level.PARAGRAPH,
    "项": Level.ITEM,
    "目": Level.SUBITEM,
}
_SIGN_OF = {level: sign for sign, level in SIGNS.items()}
_LEVEL_OF = {Kind[level.name]: level for level in Level}
_UNITS = (Kind.HEADING, Kind.SUBHEADING, Kind.POINT)
LARGEST = 9999  # what `to_chinese` can write

ANNEX = "附件"
NUMERAL = r"[0-9０-９零〇○一二三四五六七八九十百千两]{1,9}"  # bounded, so that patterns made from it stay linear
_STEP = re.compile(
    rf"(?:第[（(]?(?P<number>{NUMERAL})[)）]?|[（(](?P<bare>{NUMERAL})[)）])"
    rf"(?P<sign>分编|[编章节条款项目]|(?=$))(?:之(?P<suffix>{NUMERAL}))?"
)
_LONGEST_ADDRESS = 80  # characters, where one stands at the end of a reference
_BLANKS = re.compile(r"\s+")


class Step(NamedTuple):
    """One level of an address: 第十条之一 is (ARTICLE, 10, 1)."""

    level: Level
    number: int
    suffix: int = 0

    def __str__(self) -> str:
        return f"第{to_chinese(self.number)}{_SIGN_OF[self.level]}" + (
            f"之{to_chinese(self.suffix)}" if self.suffix else ""
        )


@dataclass(frozen=True, slots=True, order=True)
class Provision:
    """An address within an instrument, outermost level first; addresses compare in the order of the text."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.steps))

    @property
    def innermost(self) -> Step:
        """The step that names the provision itself."""
        return self.steps[-1]

    def get(self, level: Level) -> Step | None:
        """The step at `level`, None where the address does not name it."""
        return next((step for step in self.steps if step.level is level), None)

    def down_to(self, level: Level) -> tuple[Step, ...]:
        """The steps outside `level`: what a list or a shortened address carries on."""
        return tuple(step for step in self.steps if step.level < level)


def parse_provision(label: str) -> Provision | None:
    """Return the address that `label` writes, None where it is none. `str` writes it back in the form of the statutes.

    >>> str(parse_provision("第12条 第2款第（三）项"))
    '第十二条第二款第三项'
    >>> [str(parse_provision(t)) for t in ("第十条之一", "第三章第一节", "(三)", "第二款第三条")]
    ['第十条之一', '第三章第一节', '第三项', 'None']
    """
    text, at, steps = _BLANKS.sub("", label), 0, list[Step]()
    while at < len(text):
        step = _step(match) if (match := _STEP.match(text, at)) else None
        if match is None or step is None or (steps and step.level <= steps[-1].level):
            return None
        steps.append(step)
        at = match.end()
    return Provision(tuple(steps)) if steps else None


def _step(match: re.Match[str]) -> Step | None:
    sign = match["sign"]
    if not sign and match["bare"] is None:
        return None  # 第三: of what?
    number, suffix = to_number(match["number"] or match["bare"]), to_number(match["suffix"] or "零")
    if number is None or suffix is None or not 1 <= number <= LARGEST or not 0 <= suffix <= LARGEST:
        return None
    return Step(SIGNS[sign or "项"], number, suffix)


def split_reference(text: str) -> tuple[str, Provision | None]:
    """Return the title and the address of a reference that stands alone, as people type it.

    >>> title, provision = split_reference("《行政处罚法》第九条第二款")
    >>> title, str(provision)
    ('行政处罚法', '第九条第二款')
    """
    text = text.strip()
    for match in re.finditer("第", text[-_LONGEST_ADDRESS:]):
        at = max(0, len(text) - _LONGEST_ADDRESS) + match.start()
        if at and (provision := parse_provision(text[at:])):
            return _unquoted(text[:at].strip()), provision
    return _unquoted(text), None


def _unquoted(title: str) -> str:
    return title[1:-1] if title[:1] in "《〈" and title[-1:] in "》〉" and len(title) > 2 else title


# --- finding a provision ---------------------------------------------------------------------------------------------


class ProvisionIndex:
    """The provisions of one document by their addresses."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        """Take the clauses of one document, in order."""
        self.clauses = tuple(clauses)
        self._by_step: defaultdict[Step, list[Clause]] = defaultdict(list)
        self._by_id = {clause.clause_id: clause for clause in self.clauses}
        self._units: defaultdict[tuple[Kind, int], list[Clause]] = defaultdict(list)
        self._parents: dict[str, str | None] = {}
        self._attached: set[str] = set()  # clauses of attachments, which are numbered anew
        for clause in self.clauses:
            self._parents[clause.clause_id] = clause.parent_id
            if clause.kind is Kind.ATTACHMENT or clause.parent_id in self._attached:
                self._attached.add(clause.clause_id)
            if (step := step_of(clause)) is not None:
                self._by_step[step].append(clause)
            if clause.number is not None and clause.kind in _UNITS:
                self._units[clause.kind, clause.number].append(clause)
        self._has_articles = any(step.level is Level.ARTICLE for step in self._by_step)

    def find(self, provision: Provision | str) -> Clause | None:
        """Return the clause at that address, None where there is none or where the address fits several clauses.

        An article is found through the chapters; 款 count within the article; an item is also found where its 款 is left out.
        In a text without articles 第三条 and 第三项 are 三、, else （三）, else 3.
        """
        parsed = parse_provision(provision) if isinstance(provision, str) else provision
        if isinstance(provision, str) and provision.startswith(ANNEX):
            return self._annex(provision)
        if parsed is None:
            return None
        found = self._first(parsed.steps[0])
        for step in parsed.steps[1:]:
            if found is None:
                return None
            found = self._below(found, step)
        return found

    def by_id(self, clause_id: str) -> Clause | None:
        """Return the clause of that id, None where the document has none."""
        return self._by_id.get(clause_id)

    def _annex(self, label: str) -> Clause | None:
        """Return the annex of that number; 附件 without one where there is only one."""
        annexes = [clause for clause in self.clauses if clause.kind is Kind.ATTACHMENT]
        number = to_number(label.removeprefix(ANNEX))
        found = [c for c in annexes if number is None or to_number(c.label.removeprefix(ANNEX)) == number]
        return found[0] if len(found) == 1 else None

    def _first(self, step: Step) -> Clause | None:
        """What an address begins with: articles are numbered through the document, all else must be the only one."""
        candidates = self._by_step.get(step, [])
        own = [clause for clause in candidates if clause.clause_id not in self._attached] or candidates
        if step.level is Level.ARTICLE and own:
            return own[0]
        if len(own) == 1:
            return own[0]
        return self._unit(step) if step.level in (Level.ARTICLE, Level.ITEM) and not self._has_articles else None

    def _unit(self, step: Step) -> Clause | None:
        """A numbered unit of a text in policy style, of the outermost kind that bears the number only once."""
        return next((u[0] for kind in _UNITS if len(u := self._units.get((kind, step.number), [])) == 1), None)

    def _below(self, above: Clause, step: Step) -> Clause | None:
        for clause in self._by_step.get(step, ()):
            if clause.parent_id == above.clause_id:
                return clause
        if step.level is Level.PARAGRAPH:
            return None  # a 段 inside an item is no 款 of the article
        return next((c for c in self._by_step.get(step, ()) if above.clause_id in self._ancestors(c)), None)

    def _ancestors(self, clause: Clause) -> Iterator[str]:
        parent = clause.parent_id
        while parent is not None:
            yield parent
            parent = self._parents.get(parent)


def step_of(clause: Clause) -> Step | None:
    """Return the step that a clause is in an address, None for clauses that no address names (标题, 一、, 附件 …)."""
    level = _LEVEL_OF.get(clause.kind)
    if level is None:
        return None
    number = (
        clause.number if clause.number is not None else to_number(clause.label.strip("第段款项目条章节编（）()、."))
    )
    return None if number is None or number < 0 else Step(level, number, clause.suffix or 0)


def provision_of(clauses: Iterable[Clause]) -> Provision | None:
    """Return the address of the last of `clauses`, a clause preceded by its ancestors; None where no address names it.

    Levels above the article are left out where there is an article: articles are numbered through.
    """
    steps = [step for clause in clauses if (step := step_of(clause)) is not None]
    below = [step for step in steps if step.level >= Level.ARTICLE]
    return Provision(tuple(below or steps)) if steps else None


def find_provision(clauses: Sequence[Clause], label: str) -> Clause | None:
    """Return the clause of a document that `label` names, None where there is none. See `ProvisionIndex.find`."""
    return ProvisionIndex(clauses).find(label)


# --- finding an instrument -------------------------------------------------------------------------------------------

STATE = "中华人民共和国"
OWN = "本文件"  # in citations, the title of the citing document itself
_BRACKETS = str.maketrans("（）〈〉＜＞﹝﹞［］【】[]", "()<><>〔〕〔〕〔〕〔〕")
# A bracket that tells an edition from another, not one instrument from another as （八） and （一） do.
_EDITION = re.compile(
    r"\((?:[^()]{0,20}(?:修正|修订|修改|试行|暂行|草案|意见稿|文本|全文|废止|失效)[^()]{0,20}|\d{4}年?版?)\)"
)
_ENACTED_BY_NOTICE = re.compile(
    r"关于(?:批转|转发|印发|发布|公布|下发|颁布|颁发)(.{4,100})的(?:通知|决定|公告|通告|函)$"
)
_QUOTES = re.compile(r"[《》〈〉<>“”\"\s·•]")


def title_key(title: str) -> str:
    """Return `title` as it is compared: without 《》 and blanks, with brackets and width made equal.

    >>> title_key("《中华人民共和国 行政处罚法（2021年修订）》")
    '中华人民共和国行政处罚法(2021年修订)'
    """
    return _QUOTES.sub("", unicodedata.normalize("NFKC", title).translate(_BRACKETS))


def work_key(title: str) -> str:
    """Return what the editions and the short forms of a title share.

    >>> work_key("《中华人民共和国行政处罚法（2021年修订）》"), work_key("刑法修正案（八）")
    ('行政处罚法', '刑法修正案(八)')
    """
    key = title_key(title)
    return _EDITION.sub("", key).removeprefix(STATE) or key


def number_key(number: str) -> str:
    """Return a 文号 as it is compared: brackets, width, blanks and a leading 第 of the number made equal.

    >>> number_key("国办发[2018] 37 号"), number_key("国办发（2018）第37号")
    ('国办发〔2018〕37号', '国办发〔2018〕37号')
    """
    key = _QUOTES.sub("", unicodedata.normalize("NFKC", number)).translate(_BRACKETS)
    return re.sub(r"[(〔](\d{4})年?[)〕]第?0*(\d+)", r"〔\1〕\2", key)


_QUOTED_TITLE = r"《(?P<title>(?:[^《》]|《[^《》]{1,80}》){2,120})》"
_SHORT_NAME = re.compile(
    _QUOTED_TITLE + r"[^《》。；]{0,60}?(?:以下(?:统一|均|一并)?(?:简称|称)|下称|简称)[为作]?[：:]?\s?"
    r"[“\"‘]?《?(?P<short>[^《》“”\"‘’（）()，,；;。\s]{2,30})"
)


@lru_cache(maxsize=8)
def short_titles(text: str) -> Mapping[str, str]:
    """Return what a text calls instruments after their first mention: short name → title as printed, without blanks.

    >>> dict(short_titles("依照《甲市住房保障条例》（甲发〔2018〕3号，以下简称《条例》）办理。"))
    {'条例': '甲市住房保障条例'}
    """
    if "称" not in text:
        return {}
    return {m["short"]: "".join(m["title"].split()) for m in _SHORT_NAME.finditer(text)}


_ANY_TITLE = re.compile(r"《((?:[^《》]|《[^《》]{1,80}》){1,150})》")
_INNER_TITLE = re.compile(r"[〈<]([^《》〈〉<>]{2,100})[〉>]")
_MOST_LOOKED_AT = 50  # titles on the way back to the one that is meant


@lru_cache(maxsize=8)
def _titles_in(text: str) -> tuple[Sequence[int], Sequence[str]]:
    """Return where the titles of a text end, in order, and the titles; also those within titles."""
    found = [m for pattern in (_ANY_TITLE, _INNER_TITLE) for m in pattern.finditer(text)]
    found.sort(key=lambda match: match.end())
    return [match.end() for match in found], ["".join(match[1].split()) for match in found]


def last_titled(text: str, ending: str, at: int) -> str | None:
    """Return the last title in 《》 before `at` that ends in `ending` and is longer; None where none is near.

    >>> last_titled("《甲通告》和《乙市丙通告》施行后，该《通告》", "通告", 18)
    '乙市丙通告'
    """
    ends, titles = _titles_in(text)
    place = bisect_right(ends, at)
    before = titles[max(0, place - _MOST_LOOKED_AT) : place]
    return next((title for title in reversed(before) if title.endswith(ending) and title != ending), None)


_SHORTEST_ENDING = 6  # characters


class TitleIndex:
    """The documents of a store by title and 文号."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Take the documents, of all versions or only the current ones."""
        self._by_title: defaultdict[str, list[Document]] = defaultdict(list)
        self._by_number: defaultdict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for key in title_keys(document.title):
                self._by_title[key].append(document)
            if document.doc_number:
                self._by_number[number_key(document.doc_number)].append(document)

    def find(self, title: str) -> list[Document]:
        """Return the documents that `title` may name, best first.

        The title as printed goes before its short form (without 中华人民共和国 or （试行）), and that before a notice that
        issues it; then what is in force and current before what is not, and newer before older.
        """
        exact, work = title_key(title), work_key(title)
        found = self._by_title.get(work, ())
        return sorted(found, key=lambda document: (_distance(document, exact, work), *_standing(document)))

    def find_ending(self, words: str) -> list[Document]:
        """Return the documents whose title ends in `words`, best first: a title is often cited without its place.

        Fewer than six characters end too many titles, and find nothing.
        """
        work = work_key(words)
        if len(work) < _SHORTEST_ENDING:
            return []
        found = (document for key, those in self._by_title.items() if key.endswith(work) for document in those)
        return sorted(dict.fromkeys(found), key=_standing)

    def find_number(self, number: str) -> list[Document]:
        """Return the documents that bear a 文号, those in force and newer ones first."""
        return sorted(self._by_number.get(number_key(number), ()), key=_standing)


def title_keys(title: str) -> set[str]:
    """Return under which keys a title is found: the work itself, what a notice issues, and the title without its issuer (国务院关于… is cited as 《关于…》)."""
    work = work_key(title)
    keys = {work}
    if (issued := _ENACTED_BY_NOTICE.search(work)) is not None:
        keys.add(_EDITION.sub("", issued[1]).removeprefix(STATE))
    if (about := work.find("关于")) > 0:
        keys.add(work[about:])
    return keys - {""}


def _distance(document: Document, exact: str, work: str) -> int:
    """How far a document's title is from the one asked for: 0 the same, 1 short form, 2 no more than part of it."""
    key = title_key(document.title)
    return 0 if key == exact else 1 if work_key(key) == work else 2


def _standing(document: Document) -> tuple[bool, bool, bool, int, int, str]:
    over = document.status in (Status.REPEALED, Status.EXPIRED, Status.AMENDED)
    day = document.effective or document.promulgated or document.adopted or date.min
    return over, not document.current, document.draft, -day.toordinal(), -document.version, document.doc_id
