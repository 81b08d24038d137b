"""G6 上位法任务未落实: 具体办法由…制定, and no document of that body or place in the store that could be it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from answers.gaps.findings import Finding, FindingKind, Quote, quote
from answers.gaps.likeness import pairs
from answers.gaps.opened import Opened
from answers.gaps.words import pattern
from tiaoli.body_kinds import head_of
from tiaoli.provisions import title_key, work_key
from tiaoli.records import Citation, Clause, DocType, Document

KIND = FindingKind(
    "G6",
    "上位法任务未落实",
    "条文要求某机关制定具体办法、实施细则，库中没有该机关（地区）依据本文件制定或题目相近的文件。",
    "库中没有不等于没有制定：同时写明库中该机关（地区）有多少件文件；依据本文件制定的实施条例、办法都算已落实。",
)
_CONFIDENCE = 0.95
_TASK = re.compile(
    r"(?:办法|细则|实施规定|管理规定)[，,]?\s*(?:可以|应当)?由"
    r"(?P<who>[^。；;，,：:《》]{2,60}?)(?:(?:会同|商(?!务)|征求)[^。；;]{2,60}?)?"
    r"(?:，?(?:依据|根据|依照|按照|参照)[^。；;，]{1,20})?(?:另行)?(?:负责|组织)?(?:另行)?(?:制定|规定)"
)
_LIKE = 0.5  # share of what the title of a candidate says that the clause says too
_LEAST = 2  # pairs of characters of a title that say something
_PROVINCES = re.compile(r"省、自治区、直辖市|^(?:各|有关)?(?:省级|省、自治区人民)|^各省")
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|自治区|(?<=北京|天津|上海|重庆)市)")
_NATION = "全国"
_SAID = ("办法", "细则", "规定")


@dataclass(frozen=True, slots=True)
class _Task:
    document: Document
    work: str
    who: str
    said: frozenset[str]  # pairs of characters of what the document and the clause are about
    quote: Quote


@dataclass(frozen=True, slots=True)
class _Known:
    """A document of the store as what it may implement."""

    document: Document
    work: str
    core: frozenset[str]  # pairs of characters of what its title is about
    rests_on: frozenset[str]  # works
    province: str


@dataclass
class Tasks:
    """What documents order to be made, and all documents that may be what was made; filled document by document."""

    tasks: list[_Task] = field(default_factory=list)
    known: defaultdict[str, list[_Known]] = field(default_factory=lambda: defaultdict(list))  # by region

    def read(self, opened: Opened) -> None:
        """Take a document: what it orders to be made, and that it may implement another.

        Drafts do neither; a document without a place orders nothing of which the place could be told.
        """
        self._know(opened.document, opened.citations)
        document = opened.document
        if document.region is not None and document.doc_type is not DocType.POWERS_LIST and not document.draft:
            self.tasks.extend(_tasks(opened))

    def _know(self, document: Document, citations: Iterable[Citation]) -> None:
        if not document.draft:
            rests_on = frozenset(work_key(one.title) for one in citations if one.relation == "based_on")
            core = pairs(pattern("title_form").sub("，", work_key(document.title)))
            region = document.region or _NATION
            one = _Known(document, work_key(document.title), core, rests_on, _province(region))
            self.known[region].append(one)

    def findings(self) -> Iterator[Finding]:
        """Yield the tasks of which the store holds no result."""
        for task in self.tasks:
            if _PROVINCES.search(task.who):
                yield from self._of_provinces(task)
            else:
                yield from self._of_place(task)

    def _of_place(self, task: _Task) -> Iterator[Finding]:
        place = self._place(task)
        own = [one for region, those in self.known.items() if _within(region, place) for one in those]
        own = [one for one in own if one.document.level >= task.document.level and not _same(task, one)]
        if not any(_implements(task, one) for one in own):
            whose = "全国性" if place == _NATION else place
            message = (
                f"这里要求由{task.who}制定具体办法，库中没有依据本文件制定或题目相近的文件"
                f"（库中{whose}文件共 {len(own):,} 件，可能只是没有收入）。"
            )
            yield _found(task, (task.who,), message)

    def _place(self, task: _Task) -> str:
        """The place of whom a task is for: the province that is named, else the place of the document."""
        named = next((region for region in self.known if _province(region) == region and region in task.who), None)
        return named or task.document.region or _NATION

    def _of_provinces(self, task: _Task) -> Iterator[Finding]:
        own = [one for those in self.known.values() for one in those if one.province and not _same(task, one)]
        held = Counter(one.province for one in own)
        done = {one.province for one in own if _implements(task, one)}
        lacking = [name for name in sorted(held) if name not in done]
        if lacking:
            made = f"库中只见{'、'.join(sorted(done))}的相应文件" if done else "库中没有一个省份的相应文件"
            number = sum(held[name] for name in lacking)
            message = (
                f"这里要求由{task.who}制定具体办法，{made}；"
                f"其余 {len(lacking)} 个省份在库中共 {number:,} 件文件，可能只是没有收入。"
            )
            yield _found(task, tuple(lacking), message)


def _tasks(opened: Opened) -> Iterator[_Task]:
    for clause in opened.clauses:
        if "由" not in clause.text or not any(word in clause.text for word in _SAID):
            continue
        for found in _TASK.finditer(opened.text, clause.start, clause.end):
            who = found["who"].strip()
            begins, ends = opened.sentence(found.start(), found.end(), clause)
            named = head_of(who) is not None or _PROVINCES.search(who)
            if not named or pattern("no_task").search(opened.text[begins : found.end()]):
                continue
            said = pairs(f"{title_key(opened.document.title)}。{_around(opened, clause)}")
            yield _Task(
                opened.document, work_key(opened.document.title), who, said, quote(opened, clause, begins, ends)
            )


def _around(opened: Opened, clause: Clause) -> str:
    """What a task may be about: its clause with the article and the headings above it."""
    article = opened.article(clause)
    whole = (opened.words(one) for one in opened.whole(article))
    return "。".join((clause.text, *whole, *(one.heading for one in opened.above(clause))))


def _implements(task: _Task, one: _Known) -> bool:
    """Whether a document rests on the one that orders, bears its name or is about what is ordered."""
    if task.work in one.rests_on or (task.work and task.work in one.work):
        return True
    return len(one.core) >= _LEAST and len(one.core & task.said) >= _LIKE * len(one.core)


def _same(task: _Task, one: _Known) -> bool:
    return one.document.doc_id == task.document.doc_id or one.work == task.work


def _within(region: str, place: str) -> bool:
    return region == _NATION if place == _NATION else region.startswith(place)


def _province(region: str) -> str:
    found = _PROVINCE.match(region)
    return found[0] if found else ""


def _found(task: _Task, bodies: Sequence[str], message: str) -> Finding:
    ids = (task.quote.clause_id,)
    return Finding(KIND.id, task.document.doc_id, ids, tuple(bodies), (task.quote,), message, _CONFIDENCE)
