"""职权交叉: one matter with several bodies and no word of who leads, in one clause or across the documents of a place."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from answers.fields import bare_field, field_of, same_field
from answers.gaps.findings import Finding, FindingKind, Quote, quote
from answers.gaps.likeness import pairs
from answers.gaps.opened import Opened
from answers.gaps.words import pattern
from tiaoli.body_kinds import head_of
from tiaoli.provisions import work_key
from tiaoli.records import Assignment, Clause, DocType, Mention, NormKind, Role

WITHIN = FindingKind(
    "O1",
    "一事多头无牵头",
    "同一条款把同一事项交给两个以上同级部门，没有写谁牵头、谁配合，也没有写各自管什么。",
    "写明牵头、配合、会同、按职责分工的，上下级同一系统的，机关与它的内设机构，只负责解释的，不算；"
    "文件写明“排在第一位的为牵头单位”的，不算。",
)
ACROSS = FindingKind(
    "O2",
    "同一职权分属不同机关",
    "同一地区、同一层级的两个文件，把同一职权（同一行为的处罚、同一事项的主管）交给不同的机关。",
    "机构改革前后的同一机关、同一作品的不同版本、上下级同一系统、综合行政执法部门与原主管部门的划转，不算。",
)
KINDS = (WITHIN, ACROSS)
_WITHIN, _ACROSS = 0.95, 0.9

# --- within one clause -----------------------------------------------------------------------------------------------

_JOINED = re.compile(r"\s*(?:、|或者|或|和|及|以及|与)\s*")
_ONLY_BRACKET = 10  # characters before the first body: such a clause is the bracket alone
_DEPARTMENT = "部门"
_PENAL = re.compile(r"(?:依法|可以|应当)*(?:责令|给予|处|没收|吊销|予以|收缴)")


def within(opened: Opened) -> Iterator[Finding]:
    """Yield matters that one clause gives to several bodies of one level without saying who leads."""
    if opened.document.doc_type is DocType.POWERS_LIST:
        return
    if not pattern("first_leads").search(opened.text):
        yield from _assigned(opened)
    yield from _in_words(opened)


def _assigned(opened: Opened) -> Iterator[Finding]:
    for group in _brackets(opened):
        clause = opened.by_id[group[0].clause_id]
        bodies = _of_one_level([one.body for one in group])
        alone = all(one.role is Role.RESPONSIBLE for one in group)
        line_end = opened.text.find("\n", group[-1].end, clause.end)
        matter = opened.text[clause.start : clause.end if line_end < 0 else line_end]
        if len(bodies) < 2 or not alone or pattern("lead").search(matter):
            continue
        message = f"这一事项列了{'、'.join(bodies)}等{len(bodies)}个同级责任单位，没有写谁牵头、谁配合。"
        quotes = [quote(opened, clause, clause.start, clause.end)]
        if group[0].start - clause.start < _ONLY_BRACKET and clause.order:
            before = opened.clauses[clause.order - 1]  # what is to be done stands in a line of its own
            quotes.insert(0, quote(opened, before, before.start, before.end))
        yield _one(opened, tuple(quotes), bodies, message)


def _brackets(opened: Opened) -> Iterator[Sequence[Assignment]]:
    """The assignments of each bracket or line of a document."""
    group: list[Assignment] = []
    for one in opened.assignments:
        if group and (one.clause_id != group[-1].clause_id or _ends_between(opened, group[-1], one)):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _ends_between(opened: Opened, before: Assignment, after: Assignment) -> bool:
    return re.search(r"[）)〕。\n]\s*(?![、，,和及])", opened.text[before.end : after.start]) is not None


def _in_words(opened: Opened) -> Iterator[Finding]:
    for clause_id, mentions in opened.mentions_of.items():
        if sum(one.kind == _DEPARTMENT for one in mentions) < 2:
            continue
        clause = opened.by_id[clause_id]
        for chain in _chains(opened, mentions):
            bodies = _of_different_fields(one.name for one in chain)
            begins, ends = opened.sentence(chain[0].start, chain[-1].end, clause)
            if len(bodies) > 1 and _is_shared(opened, chain, begins, ends):
                message = f"这一职权同时给了{'、'.join(bodies)}，没有写谁牵头、谁配合，也没有写各自管什么。"
                yield _one(opened, (quote(opened, clause, begins, ends),), bodies, message)


def _is_shared(opened: Opened, chain: Sequence[Mention], begins: int, ends: int) -> bool:
    """Whether a sentence gives a power to the bodies of a chain and does not say who leads or who does what."""
    sentence, before = opened.text[begins:ends], opened.text[begins : chain[0].start]
    after = opened.text[chain[-1].end : ends]
    given = (before.endswith("由") or not before.strip()) and pattern("power").match(after) is not None
    told = pattern("lead").search(sentence) or pattern("no_overlap").search(sentence)
    # 农业、林业部门负责: each in its own field
    together = all(head_of(one.text) is not None for one in chain) or _PENAL.match(after)
    return given and not told and bool(together)


def _chains(opened: Opened, mentions: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """Runs of departments that are joined by 、 or 和 alone."""
    chain: list[Mention] = []
    for one in mentions:
        if chain and not _JOINED.fullmatch(opened.text, chain[-1].end, max(one.start, chain[-1].end)):
            yield from _whole(opened, chain)
            chain = []
        chain.append(one)
    yield from _whole(opened, chain)


def _whole(opened: Opened, chain: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """A run that may be one: 住房保障和房产管理部门 is one body with two fields."""
    joins = (opened.text[one.end : after.start] for one, after in itertools.pairwise(chain))
    one_body = any(head_of(m.text) is None and "、" not in join for m, join in zip(chain, joins, strict=False))
    if (
        len(chain) > 1
        and not one_body
        and all(m.kind == _DEPARTMENT and not pattern("anybody").search(m.text) for m in chain)
    ):
        yield tuple(chain)


def _of_one_level(names: Iterable[str]) -> tuple[str, ...]:
    """Departments of one level: governments and whoever is meant in general are left out, and offices of those named."""
    found = [name for name in dict.fromkeys(names) if not pattern("anybody").search(name)]
    return tuple(name for name in found if not any(name != other and name.startswith(other) for other in found))


def _of_different_fields(names: Iterable[str]) -> tuple[str, ...]:
    """Departments of different fields: those of one field are levels of one line."""
    found: dict[str, str] = {}
    for name in names:
        field_ = field_of(name)
        if field_ and not any(same_field(field_, other) for other in found):
            found[field_] = name
    return tuple(found.values())


def _one(opened: Opened, quotes: tuple[Quote, ...], bodies: tuple[str, ...], message: str) -> Finding:
    ids = tuple(one.clause_id for one in quotes)
    return Finding(WITHIN.id, opened.document.doc_id, ids, bodies, quotes, message, _WITHIN)


# --- across documents ------------------------------------------------------------------------------------------------

_ENDS = re.compile(r"[。；;：:\n]")
_LEADS_IN = re.compile(r"^.*?违反本[^，]*规定(?:的)?[，,]?")
_LISTED = re.compile(r"(?:下列|以下)[^，。；]*之一$")
_SANCTION = re.compile(r"(?:依法)?(?:责令|处|没收|给予|予以|吊销|限期)")
_LEAST = {"事项": 4, "处罚": 8}  # pairs of characters: less says too little to compare
_LEAST_LISTED = 14  # the same of one of several conducts: what they are about may stand above the list
_LIKE = {"事项": 0.9, "处罚": 0.5}  # share of all pairs of two powers that both have
_PARALLEL = 0.6  # share of the pairs of two titles that both have
_COMMON = 60  # powers of a place with the same pair of characters: such a pair finds nothing
_SHARED = 3  # rarer pairs that two powers must share to be compared


@dataclass(frozen=True, slots=True)
class _Power:
    """A power that a document gives to one body."""

    form: str  # 事项 of a powers list, or 处罚 of a conduct
    work: str
    body: str
    field: str
    pairs: frozenset[str]
    quote: Quote
    norm_ids: tuple[str, ...] = ()


@dataclass
class Powers:
    """The powers that documents give to bodies, by the place of the documents; filled document by document."""

    by_place: defaultdict[tuple[str, str], list[_Power]] = field(default_factory=lambda: defaultdict(list))

    def read(self, opened: Opened) -> None:
        """Take the powers of a document; those of drafts and of documents without a place are left out."""
        document = opened.document
        if document.region is None or document.draft:
            return
        found = _items(opened) if document.doc_type is DocType.POWERS_LIST else _sanctions(opened)
        for power in found:
            if len(power.pairs) >= _LEAST[power.form] and power.field and not pattern("anybody").search(power.body):
                self.by_place[document.region, power.form].append(power)

    def findings(self) -> Iterator[Finding]:
        """Yield the powers that two documents of a place give to different bodies, one finding a pair of provisions."""
        for (place, form), powers in self.by_place.items():
            seen = set()
            for one, other in _alike(powers):
                key = frozenset((one.quote.text, other.quote.text))
                if key not in seen and _likeness(one, other) >= _LIKE[form]:
                    seen.add(key)
                    yield _pair(place, one, other)


def _items(opened: Opened) -> Iterator[_Power]:
    work = work_key(opened.document.title)
    seen = set()
    for norm in opened.norms:
        named = norm.rule == "row" and norm.kind is NormKind.POWER and len(norm.bearers) == 1
        if named and norm.clause_id not in seen:  # the item itself; what follows is how it is done
            seen.add(norm.clause_id)
            name, clause = norm.bearers[0].name, opened.by_id[norm.clause_id]
            words = quote(opened, clause, norm.start, norm.end)
            yield _Power("事项", work, name, field_of(name), pairs(norm.action), words, (norm.norm_id,))


def _sanctions(opened: Opened) -> Iterator[_Power]:
    """The conducts that a document lets one body punish: in the sentence itself, or listed below it."""
    work = work_key(opened.document.title)
    for mention in opened.mentions:
        if mention.kind != _DEPARTMENT or not opened.text.endswith("的，由", max(0, mention.start - 3), mention.start):
            continue
        if not _SANCTION.match(opened.text, mention.end):
            continue
        body, clause = mention.name, opened.by_id[mention.clause_id]
        for conduct, words in _conducts(opened, clause, mention):
            if not pattern("consequence").search(conduct):
                yield _Power("处罚", work, body, field_of(body), pairs(conduct), words)


def _conducts(opened: Opened, clause: Clause, mention: Mention) -> Iterator[tuple[str, Quote]]:
    begins, ends = opened.sentence(mention.start, mention.end, clause)
    conduct = _LEADS_IN.sub("", opened.text[begins : mention.start - 3])
    if not _LISTED.search(conduct):
        yield conduct, quote(opened, clause, begins, ends)
        return
    for item in opened.below.get(clause.clause_id, ()):
        if len(pairs(item.text)) >= _LEAST_LISTED:
            yield item.text, quote(opened, item, item.start, item.end)


def _alike(powers: Sequence[_Power]) -> Iterator[tuple[_Power, _Power]]:
    """Powers of different works and fields that share some rarer pairs of characters."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for n, power in enumerate(powers):
        for pair in power.pairs:
            having[pair].append(n)
    for n, power in enumerate(powers):
        shared = Counter(m for pair in power.pairs if len(having[pair]) <= _COMMON for m in having[pair] if m > n)
        for m in (m for m, count in shared.items() if count >= _SHARED):
            other = powers[m]
            if not _parallel(power.work, other.work) and not _one_line(power, other):
                yield power, other


def _one_line(one: _Power, other: _Power) -> bool:
    """Whether two bodies are of one field, by today's name of it or by that which the texts write."""
    return same_field(one.field, other.field) or same_field(bare_field(one.body), bare_field(other.body))


def _parallel(one: str, other: str) -> bool:
    """Whether two works are one, or say the same of two objects: 水生野生动物…条例, 陆生野生动物…条例."""
    shared = pairs(one) & pairs(other)
    return one == other or len(shared) > _PARALLEL * len(pairs(one) | pairs(other))


def _likeness(one: _Power, other: _Power) -> float:
    return len(one.pairs & other.pairs) / len(one.pairs | other.pairs)


def _pair(place: str, one: _Power, other: _Power) -> Finding:
    quotes = (one.quote, other.quote)
    message = f"{place}的两件文件把相同或相近的{one.form}分别给了{one.body}和{other.body}，请核对由谁行使。"
    ids = (one.quote.clause_id, other.quote.clause_id)
    bodies = tuple(dict.fromkeys((one.body, other.body)))
    return Finding(ACROSS.id, one.quote.doc_id, ids, bodies, quotes, message, _ACROSS, (*one.norm_ids, *other.norm_ids))
