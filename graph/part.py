"""What one document adds to the graph: edges, the bodies that it names, and keys by which its norms meet those of others.

Everything here follows from the document's own records and from where its citations lead, so that a changed document changes
its own part alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from graph.bodies import PREFIX, Naming, body_id, body_name, issuer_names, namings
from graph.norms import with_bodies
from graph.relations import Named, relations
from graph.resolve import UNKNOWN, Resolver
from graph.schema import EdgeType
from tiaoli.body_kinds import PERSON, kind_of
from tiaoli.provisions import OWN, number_key, title_key, title_keys, work_key
from tiaoli.records import Assignment, Document, LedCitation, Mention, Norm, NormKind, Role
from tiaoli.store import Store

INSTRUMENT = "文书/"  # begins the id of an instrument that the store does not hold

_OF_THE_DOCUMENT = {EdgeType.BASED_ON, EdgeType.AMENDS, EdgeType.REPEALS}  # said by a clause, for its whole document
_HELD = {NormKind.POWER, NormKind.RIGHT}  # a body holds these and bears the others
_RELATED = {NormKind.DUTY, NormKind.POWER, NormKind.RIGHT}  # say how bodies stand to one another
_KINDS = {"works_with": EdgeType.WORKS_WITH, "delegates_to": EdgeType.DELEGATES_TO, "supervises": EdgeType.SUPERVISES}
_OWED = {"reports_to", "asks"}
_REVERSED = "supervised_by"
_CHARGED = 0.9  # how often a task lies on the bodies in the bracket behind it: 30 of 30 drawn ones that were read
_SHORTEST_KEY = 12  # characters: shorter norms are alike by chance
_SHORTEST_NAME = 2  # characters: 办法 alone is in the title of many
_FIGURES = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两半.．]+")
_NOT_WORDS = re.compile(r"[\W_]+")
_MODALS = re.compile(r"应当|应该|必须|可以|不得|禁止|须|应|要|需|可|得")


class PartEdge(NamedTuple):
    """An edge with its origin; `rule` says what found it, `confidence` (0..1) how often such a finding is right."""

    source: str
    target: str
    type: EdgeType
    clause_id: str | None = None
    norm_id: str | None = None
    rule: str = ""
    confidence: float = 1.0
    weight: float = 1.0


class NormKeys(NamedTuple):
    """By what a norm is found again in another document: its very words, and its words without figures, bodies and modals."""

    norm_id: str
    same: int
    alike: int | None  # None where too little is left


class Part(NamedTuple):
    """What one document adds to the graph by its own words."""

    edges: tuple[PartEdge, ...]
    namings: tuple[Naming, ...]
    keys: tuple[NormKeys, ...]


class Cited(NamedTuple):
    """What a document refers to, and the names under which it does: a document that bears one of them may change it."""

    edges: tuple[PartEdge, ...]
    names: frozenset[str]


def part_of(store: Store, document: Document) -> Part:
    """Return what a document adds by its norms, mentions and assignments, as persons have corrected them."""
    mentions = store.mentions(document.doc_id)
    issuers = tuple(dict.fromkeys(issuer_names(document, mentions).values()))
    edges = [PartEdge(document.doc_id, body_id(name), EdgeType.ISSUED_BY, rule="issuer") for name in issuers]
    keys: list[NormKeys] = []
    of_norms = _Mentions(mentions)
    norms = list(with_bodies(store.norms(document.doc_id), mentions))
    for norm in norms:
        inside = of_norms.within(norm)
        edges += _norm_edges(norm, inside)
        keys += _keys(norm, inside)
    assigned = [(one, _assignee(one, of_norms)) for one in store.assignments(document.doc_id)]
    edges += [*_assigned(assigned), *_charged(norms, assigned)]
    unmentioned = (*_only_assigned(assigned), *_only_borne(norms))
    known = {body_id(mention.name) for mention in mentions}
    named = dict.fromkeys(naming for naming in unmentioned if body_id(naming.name) not in known)
    return Part(tuple(_merged(edges)), (*namings(document, mentions), *named), tuple(keys))


def cited_by(resolver: Resolver, document: Document) -> Cited:
    """Return what a document refers to: provisions, whole documents, and instruments that the store does not hold."""
    citations = resolver.resolve(document)
    names = {key for c in citations if c.title != OWN for key in (work_key(c.title), number_key(c.title))}
    written = resolver.store.citations(document.doc_id)  # a title may be completed by resolving
    names |= {key for c in written for key in (work_key(c.title), number_key(c.title))}
    targets = (resolver.document(c.target_doc_id) for c in citations if c.target_doc_id is not None)
    names |= {_work_name(target) for target in targets if target.version_of}
    edges = [*_citing(citations), *_implementing(resolver, document, citations)]
    return Cited(tuple(_merged(edges)), frozenset(names - {""}))


def known_as(resolver: Resolver, document: Document) -> frozenset[str]:
    """Return the names under which others may cite a document."""
    number = {number_key(document.doc_number)} if document.doc_number else set()
    code = {work_key(code)} if (code := resolver.parts.get(document.doc_id)) else set()
    work = {_work_name(document)} if document.version_of else set()
    return frozenset(title_keys(document.title) | number | code | work)


def _work_name(document: Document) -> str:
    return f"版本 {document.version_of}"


# --- norms -----------------------------------------------------------------------------------------------------------


class _Mentions:
    """The mentions of a document, to be asked for those that stand at a place of its text."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions  # in text order
        self._starts = [mention.start for mention in mentions]

    def within(self, norm: Norm) -> list[Mention]:
        """Return those inside the words of a norm, none over another."""
        found: list[Mention] = []
        for n in range(bisect_left(self._starts, norm.start), bisect_left(self._starts, norm.end)):
            mention = self._mentions[n]
            if mention.end <= norm.end and (not found or mention.start >= found[-1].end):
                found.append(mention)
        return found

    def at(self, start: int, end: int) -> Mention | None:
        """Return the mention that covers most of a stretch, None where there is none."""
        over = ((min(m.end, end) - max(m.start, start), m) for m in self._mentions if m.start < end and start < m.end)
        return max(over, key=lambda one: (one[0], -one[1].start), default=(0, None))[1]


def _norm_edges(norm: Norm, inside: Sequence[Mention]) -> Iterator[PartEdge]:
    bearers = [bearer.body_id for bearer in norm.bearers if bearer.body_id is not None]
    carries = EdgeType.HOLDS if norm.kind in _HELD else EdgeType.BEARS
    origin = (norm.clause_id, norm.norm_id)
    for bearer in dict.fromkeys(bearers):
        yield PartEdge(bearer, norm.norm_id, carries, *origin, norm.rule, norm.confidence)
    named = {_plain(mention.text): body_id(mention.name) for mention in inside}
    for name in dict.fromkeys(map(_plain, norm.counterparty)):
        if name in named and named[name] not in bearers:
            yield PartEdge(norm.norm_id, named[name], EdgeType.OWES, *origin, norm.rule, norm.confidence)
    if norm.kind in _RELATED and bearers:
        yield from _relation_edges(norm, inside, bearers)


def _relation_edges(norm: Norm, inside: Sequence[Mention], bearers: Sequence[str]) -> Iterator[PartEdge]:
    others = [m for m in inside if not any(b.start < m.end and m.start < b.end for b in norm.bearers)]
    others = [m for m in others if m.kind != PERSON]
    bearers = [bearer for bearer in bearers if kind_of(bearer.removeprefix(PREFIX)) != PERSON]
    if not others or not bearers:
        return
    words = [Named(m.start - norm.start, m.end - norm.start, body_id(m.name)) for m in others]
    for kind, other, rule in relations(norm.text, words):
        for bearer in bearers:
            if bearer == other:
                continue
            source, target = (other, bearer) if kind == _REVERSED else (bearer, other)
            type_ = EdgeType.OWES if kind in _OWED else _KINDS.get(kind, EdgeType.SUPERVISES)
            yield PartEdge(source, target, type_, norm.clause_id, norm.norm_id, f"{kind}: {rule}", norm.confidence)


def _keys(norm: Norm, inside: Sequence[Mention]) -> Iterator[NormKeys]:
    words = _plain(norm.text)
    if len(words) < _SHORTEST_KEY:
        return
    masked, at = [], 0
    for mention in inside:
        masked += [norm.text[at : mention.start - norm.start], "机"]
        at = mention.end - norm.start
    like = _NOT_WORDS.sub("", _MODALS.sub("", _FIGURES.sub("数", "".join((*masked, norm.text[at:])))))
    yield NormKeys(norm.norm_id, _digest(norm.kind + words), _digest(like) if len(like) >= _SHORTEST_KEY else None)


def _digest(words: str) -> int:
    """Return 63 bits that are the same in every run and fit into a column of SQLite."""
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big") >> 1


def _plain(words: str) -> str:
    return "".join(words.split())


# --- assignments -----------------------------------------------------------------------------------------------------


def _assignee(assignment: Assignment, mentions: _Mentions) -> str:
    """Return the name of the body that an assignment means."""
    mention = mentions.at(assignment.start, assignment.end)
    return body_name(mention.name if mention is not None else assignment.body)


def _assigned(assigned: Iterable[tuple[Assignment, str]]) -> Iterator[PartEdge]:
    """Yield that those who lead a task and those who support it work together."""
    clauses: dict[str, list[tuple[Role, str]]] = {}
    for one, name in assigned:
        clauses.setdefault(one.clause_id, []).append((one.role, body_id(name)))
    for clause_id, those in clauses.items():
        leads = [body for role, body in those if role is not Role.SUPPORT]
        others = [body for role, body in those if role is Role.SUPPORT]
        for lead in leads[:1]:
            for other in dict.fromkeys((*leads[1:], *others)):
                if other != lead:
                    yield PartEdge(lead, other, EdgeType.WORKS_WITH, clause_id, rule="assignment")


def _charged(norms: Iterable[Norm], assigned: Sequence[tuple[Assignment, str]]) -> Iterator[PartEdge]:
    """Yield that a task without a subject lies on the bodies in the bracket that follows it."""
    clauses: dict[str, list[tuple[Assignment, str]]] = {}
    for one in assigned:
        clauses.setdefault(one[0].clause_id, []).append(one)
    tasks: dict[str, list[Norm]] = {}
    for norm in norms:
        if norm.clause_id in clauses:
            tasks.setdefault(norm.clause_id, []).append(norm)
    for clause_id, those in tasks.items():
        starts = sorted(norm.start for norm in those)
        for norm in those:
            if norm.bearers or norm.kind not in _RELATED:
                continue
            after = [one for one in clauses[clause_id] if one[0].start >= norm.end]
            first = after[0][0].start if after else 0
            next_ = next((start for start in starts if start > first), None)
            for charged, name in after:
                if next_ is None or charged.start < next_:
                    rule = f"assignment: {charged.role}"
                    yield PartEdge(body_id(name), norm.norm_id, EdgeType.BEARS, clause_id, norm.norm_id, rule, _CHARGED)


def _only_assigned(assigned: Iterable[tuple[Assignment, str]]) -> Iterator[Naming]:
    """Yield the bodies in the brackets at the ends of clauses."""
    return (Naming(_plain(one.body), name) for one, name in assigned)


def _only_borne(norms: Iterable[Norm]) -> Iterator[Naming]:
    """Yield the bodies on which norms lie."""
    bearers = (bearer for norm in norms for bearer in norm.bearers if bearer.body_id is not None)
    for bearer in bearers:
        yield Naming(_plain(bearer.name), (bearer.body_id or "").removeprefix(PREFIX))


# --- citations -------------------------------------------------------------------------------------------------------


def _citing(citations: Iterable[LedCitation]) -> Iterator[PartEdge]:
    """Yield an edge for each citation. A text that cites itself as a whole (违反本法规定) says nothing and gives none."""
    for citation in citations:
        if (target := target_of(citation)) is not None:
            kind = EdgeType(citation.relation) if citation.relation in _OF_THE_DOCUMENT else EdgeType.CITES
            source = citation.doc_id if kind in _OF_THE_DOCUMENT else citation.clause_id
            yield PartEdge(source, target, kind, citation.clause_id, rule="citation")


def target_of(citation: LedCitation) -> str | None:
    """Return the node that a citation leads to: the provision, the document where it names no (or no existing) provision.

    An instrument that the store does not hold is a node of its own; None where a text cites itself as a whole.
    """
    if citation.status == UNKNOWN:
        return instrument_id(citation.title)
    if citation.target_clause_id is not None:
        return citation.target_clause_id
    return citation.target_doc_id if citation.target_doc_id != citation.doc_id else None


def instrument_id(title: str) -> str:
    """Return the id of an instrument that the store does not hold.

    >>> instrument_id("中华人民共和国某某法")
    '文书/某某法'
    """
    return INSTRUMENT + work_key(title).replace("#", "_")


def _implementing(resolver: Resolver, document: Document, citations: Iterable[LedCitation]) -> Iterator[PartEdge]:
    """Yield what a document implements: its title holds the name of what it is based on or cites (《X法》实施办法)."""
    own, work = title_key(document.title), work_key(document.title)
    seen = {document.doc_id}
    for citation in citations:
        if citation.relation in (EdgeType.AMENDS, EdgeType.REPEALS) or citation.title == OWN:
            continue
        target = citation.target_doc_id or instrument_id(citation.title)
        held = citation.target_doc_id is not None
        name = work_key(resolver.document(target).title if held else citation.title)
        if target not in seen and len(name) > _SHORTEST_NAME and name in own and name != work:
            seen.add(target)
            yield PartEdge(document.doc_id, target, EdgeType.IMPLEMENTS, citation.clause_id, rule="title")


def _merged(edges: Iterable[PartEdge]) -> Iterator[PartEdge]:
    """Yield an edge for each pair, type and norm; `weight` counts how often it is said, the origin is the first."""
    first: dict[tuple[str, str, EdgeType, str | None], PartEdge] = {}
    count: Counter[tuple[str, str, EdgeType, str | None]] = Counter()
    for edge in edges:
        key = (edge.source, edge.target, edge.type, edge.norm_id)
        first.setdefault(key, edge)
        count[key] += 1
    for key, edge in first.items():
        yield edge._replace(weight=float(count[key]))
