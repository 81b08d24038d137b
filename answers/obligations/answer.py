"""义务查询: what bodies must, must not and may do about a topic, over a whole store, the same obligation in one group."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from answers.obligations import candidates
from answers.obligations.concerning import Concern, Meant, concern_of, meant_by
from answers.obligations.differing import Difference, Step, chain, differences
from answers.obligations.grouping import Stated, grouped
from answers.obligations.topic import Fit, Topic, Within, fit, plain, share, topic_of
from answers.scope import Scope
from graph.kept import KeptGraph
from graph.norms import with_bodies
from graph.schema import EdgeType
from search.answer import View
from tiaoli.errors import TiaoliError
from tiaoli.records import Clause, Document, Norm, NormKind, Strength
from tiaoli.store import Store

FITS = 0.6  # share of a topic from which a clause is about it and not only near it
_HEART = 0.55  # how well a clause about a topic speaks of what is rarest in it
_NEAREST = 40  # clauses that are near a topic and are shown behind those about it
_CARRIES = 0.8  # share of what the best norm of a clause says of a topic from which another one is shown too
_BEHIND = 0.8  # what the worth of a member counts that is only near the topic
_UNRULED = 0.15  # how much more of a topic a sentence must say than every norm, to be shown without one
_WORTH = {Concern.BEARS: 1.1, Concern.TOWARDS: 1.05, Concern.NAMED: 1.05, Concern.OPEN: 1.0, Concern.OTHER: 0.9}
_LOOKED_AT = 5  # norms of bodies that are looked at for each that is shown
_TWINS = 2  # places of one document that say the same words and are shown; more are told by their number
_STRENGTHS = {Strength.MANDATORY: 2, Strength.DIRECTIVE: 1}
ALL_KINDS = tuple(NormKind)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know; one of body and topic is given."""

    body: str = ""
    about: str = ""
    kinds: tuple[NormKind, ...] = ALL_KINDS
    scope: Scope = field(default_factory=Scope)
    most: int = candidates.MOST  # passages and members that are looked at; of more the best, the others are counted


@dataclass(frozen=True, slots=True)
class Member:
    """A norm, or a clause that states an obligation without one, with what makes it an answer."""

    norm: Norm | None
    clause: Clause
    document: Document
    text: str  # words that state it
    worth: float
    fit: Fit
    concern: Concern | None = None  # None where no body was asked for
    again: tuple[str, ...] = ()  # further clauses of its document that say it in the same words, by their ids

    @property
    def near(self) -> bool:
        """Whether it is only near the topic."""
        return is_near(self.fit)

    @property
    def why(self) -> str:
        """Why it is there, in Chinese."""
        parts = [f"写有“{'”“'.join(self.fit.found)}”"] if self.fit.found else []
        parts += [f"上级标题或文件名写有“{'”“'.join(self.fit.above)}”"] if self.fit.above else []
        parts += (
            [f"{self.concern.value}" if self.concern is Concern.OPEN else f"机关：{self.concern.value}"]
            if (self.concern is not None)
            else []
        )
        parts += ["未抽取出规范，按原文列出"] if self.norm is None else []
        return "；".join(parts)


@dataclass(frozen=True, slots=True)
class Group:
    """Members that state the same obligation, the most specific first."""

    group_id: str  # follows from its members: the same in every run
    action: str
    members: tuple[Member, ...]
    differences: tuple[Difference, ...]
    chain: tuple[Step, ...]

    @property
    def near(self) -> bool:
        """Whether all of it is only near the topic."""
        return all(member.near for member in self.members)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was searched and what stayed open."""

    documents: int  # looked at
    all_documents: int
    clauses: int
    norms: int
    speaking: int = 0  # passages that speak of most of the topic
    left: int = 0  # of those, not looked at, since there are too many
    fitting: int = 0  # clauses about the topic
    near: int = 0  # clauses near it, of which only the nearest are shown
    cut: int = 0  # members that were found and are not shown, since there are too many
    no_bearer: int = 0  # members whose norm says of nobody that he bears it
    unresolved: int = 0  # members whose bearer is named, and no body is known by that name
    no_norm: int = 0  # members without an extracted norm


@dataclass(frozen=True, slots=True)
class Answer:
    """Groups of obligations, the most relevant first, and how they were found."""

    asked: Asked
    topic: Topic | None
    meant: Meant | None
    groups: tuple[Group, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Sources:
    """What an answer is made from: the store as persons have corrected it, its graph, its index at a day."""

    store: Store
    kept: KeptGraph
    view: View


def kinds_of(names: Iterable[str]) -> tuple[NormKind, ...]:
    """Return the kinds that words name, all where there are none; TiaoliError for a word that names none."""
    given = tuple(names)
    for name in given:
        if name not in set(NormKind):
            raise TiaoliError(f"没有“{name}”这类规范，可用：{'、'.join(NormKind)}。")
    return tuple(map(NormKind, given)) or ALL_KINDS


def obligations(sources: Sources, asked: Asked) -> Answer:
    """Return what the documents in the scope oblige to; TiaoliError where neither a body nor a topic was asked for."""
    topic = topic_of(asked.about, sources.view.retriever.rarity) if asked.about.strip() else None
    meant = meant_by(asked.body, sources.kept) if asked.body.strip() else None
    if meant is None and (topic is None or not topic.concepts):
        raise TiaoliError("请写明主题（--about）或机关（--body），至少一项。")
    documents = {one.doc_id: one for one in sources.view.catalogue.documents if asked.scope.holds(one)}
    counts = Counts(
        len(documents),
        len(sources.view.catalogue.documents),
        sum(one.n_clauses for one in documents.values()),
        sources.store.n_norms(),
    )
    if topic is not None and topic.concepts:
        members, counts = _about(sources, asked, topic, meant, documents, counts)
    elif meant is not None:
        topic = None
        members, counts = _of_body(sources, asked, meant, documents, counts)
    members = _once(members)
    shown, cut = members[: asked.most], counts.cut + len(members[asked.most :])
    if topic is None or meant is None:  # bearers that were compared with bodies are resolved
        shown = list(_resolved(sources.store, shown))
    groups = _groups(sources.store, shown, topic)
    counts = replace(
        counts,
        cut=cut,
        no_bearer=sum(one.norm is not None and not one.norm.bearers for one in shown),
        unresolved=sum(one.norm is not None and _unresolved(one.norm) for one in shown),
        no_norm=sum(one.norm is None for one in shown),
    )
    return Answer(asked, topic, meant, tuple(groups), counts)


def _once(members: Sequence[Member]) -> list[Member]:
    """Return members without those that say the same words in the same document over and over, as the rows of a list do."""
    kept: dict[tuple[str, str], list[Member]] = {}
    again: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for member in members:
        key = member.document.doc_id, plain(member.text)
        if len(kept.setdefault(key, [])) < _TWINS:
            kept[key].append(member)
        else:
            again[key].append(member.clause.clause_id)
    some = {id(one): tuple(again[key]) for key, ones in kept.items() for one in ones[-1:] if key in again}
    chosen = {id(one) for ones in kept.values() for one in ones}
    return [replace(one, again=some.get(id(one), ())) for one in members if id(one) in chosen]


def _unresolved(norm: Norm) -> bool:
    return bool(norm.bearers) and all(bearer.body_id is None for bearer in norm.bearers)


# --- about a topic ---------------------------------------------------------------------------------------------------


def _about(
    sources: Sources,
    asked: Asked,
    topic: Topic,
    meant: Meant | None,
    documents: Mapping[str, Document],
    counts: Counts,
) -> tuple[list[Member], Counts]:
    """Return the members about a topic, the best first, and what was counted on the way."""
    view = sources.view
    wanted = np.array([one.doc_id in documents for one in view.catalogue.documents], np.bool_)
    allowed = view.catalogue.allowed({}) & wanted[view.generation.owners]
    spoken = candidates.spoken(topic, view.retriever, allowed, asked.most)
    titles = {doc_id: plain(document.title) for doc_id, document in documents.items()}
    found: list[tuple[candidates.Read, Fit]] = []
    for one in candidates.read(sources.store, view.generation, spoken.numbers.tolist()):
        fitting = fit(topic, one.place(titles[one.clause.doc_id]))
        if fitting.score:
            found.append((one, fitting))
    found.sort(key=lambda one: (-one[1].score, one[0].clause.clause_id))
    about = [one for one in found if not is_near(one[1])]
    near = [one for one in found if is_near(one[1])]
    shown = [*about, *near[:_NEAREST]]
    members = [member for one in shown for member in _members(asked, documents, *one)]
    members = list(_concerned(sources.store, members, meant)) if meant is not None else members
    members.sort(key=lambda one: (-one.worth, one.clause.clause_id, one.norm.start if one.norm else -1))
    return members, replace(counts, speaking=spoken.speaking, left=spoken.left, fitting=len(about), near=len(near))


def is_near(fitting: Fit) -> bool:
    """Whether a clause is only near a topic: it speaks of too little of it, or not of what is rarest in it."""
    return fitting.covered < FITS or fitting.heart < _HEART


def _members(asked: Asked, documents: Mapping[str, Document], one: candidates.Read, fitting: Fit) -> Iterator[Member]:
    """Yield the norms of a clause that carry the topic; its own words where it has no norm that does."""
    document = documents[one.clause.doc_id]
    heard = fitting.within
    if heard is None:
        return
    shares = [(share(heard, plain(norm.text)), norm) for norm in one.norms]
    ruled = max((said for said, _ in shares), default=0.0)
    sentence, said = _best_sentence(one.clause, heard) if ruled < 1.0 - _UNRULED else ("", 0.0)
    best = max(ruled, said)
    carrying = [(carried, norm) for carried, norm in shares if carried >= _CARRIES * best]
    for carried, norm in carrying:
        if norm.kind in asked.kinds:
            worth = fitting.score * (1.0 - best + carried)
            yield Member(norm, one.clause, document, norm.text, worth, fitting)
    words = plain(sentence)
    if said > ruled + _UNRULED and not any(words in (own := plain(norm.text)) or own in words for _, norm in carrying):
        yield Member(None, one.clause, document, sentence, fitting.score, fitting)


def _best_sentence(clause: Clause, heard: Within) -> tuple[str, float]:
    sentences = [part.strip() for part in clause.text.replace("\n", "。").split("。") if part.strip()]
    said = [(share(heard, plain(one)), -at, one) for at, one in enumerate(sentences)]
    best = max(said, default=(0.0, 0, clause.text))
    return best[2], best[0]


def _concerned(store: Store, members: Sequence[Member], meant: Meant) -> Iterator[Member]:
    """Yield members whose bearers are resolved, with what they have to do with the bodies that are meant."""
    for member in _resolved(store, members):
        concern = concern_of(member.norm, member.clause.heading + member.clause.text, meant)
        yield replace(member, concern=concern, worth=member.worth * _WORTH[concern])


def _resolved(store: Store, members: Sequence[Member]) -> Iterator[Member]:
    """Yield members with the ids of their bearers' bodies, document by document."""
    by_document: defaultdict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_document[member.document.doc_id].append(member)
    for doc_id, some in by_document.items():
        norms = [member.norm for member in some if member.norm is not None and member.norm.bearers]
        near = {above for norm in norms for above in _line(norm.clause_id)}
        mentions = store.mentions(doc_id, near) if norms else []
        named = {norm.norm_id: norm for norm in with_bodies(norms, mentions)}
        for member in some:
            yield replace(member, norm=named.get(member.norm.norm_id, member.norm)) if member.norm else member


def _line(clause_id: str) -> Iterator[str]:
    """Yield the ids of a clause and of those above it: a bearer may be named by what leads into its clause."""
    yield clause_id
    while "/" in clause_id.partition("#")[2]:
        clause_id = clause_id.rpartition("/")[0]
        yield clause_id


# --- of a body -------------------------------------------------------------------------------------------------------


def _of_body(
    sources: Sources, asked: Asked, meant: Meant, documents: Mapping[str, Document], counts: Counts
) -> tuple[list[Member], Counts]:
    """Return the norms that bodies bear or are the other side of, the most specific first, and how many there are.

    Of very many those of local documents are looked at, which say most exactly what is to be done.
    """
    found = norms_of(sources.kept, meant.ids)
    wanted = {key: concern for key, concern in found.items() if _document(key) in documents}
    local = sorted(wanted, key=lambda key: (-documents[_document(key)].level, key))
    looked_at = local if len(asked.kinds) < len(ALL_KINDS) else local[: asked.most * _LOOKED_AT]
    norms = [one for one in sources.store.norms_by_id(looked_at).values() if one.kind in asked.kinds]
    clauses = sources.store.clauses_by_id(norm.clause_id for norm in norms)
    members = []
    for norm in norms:
        concern, document = wanted[norm.norm_id], documents[norm.doc_id]
        worth = _WORTH[concern] + specificity(norm, document) / 10
        members.append(Member(norm, clauses[norm.clause_id], document, norm.text, worth, Fit(1.0, 1.0), concern))
    members.sort(key=lambda one: (-one.worth, one.clause.clause_id, one.norm.start if one.norm else -1))
    left = len(local) - len(looked_at)
    return members, replace(counts, fitting=len(members) + left, cut=left)


def _document(norm_id: str) -> str:
    """Id of the document of a norm."""
    return norm_id.partition("#")[0]


def norms_of(kept: KeptGraph, bodies: Collection[str]) -> dict[str, Concern]:
    """Return the ids of the norms that bodies bear or hold, or that are owed to them, with which of these it is."""
    towards = {edge.norm_id: Concern.TOWARDS for edge in kept.edges_to(bodies, (EdgeType.OWES,)) if edge.norm_id}
    borne = {edge.target: Concern.BEARS for edge in kept.edges_from(bodies, (EdgeType.BEARS, EdgeType.HOLDS))}
    return towards | borne


# --- groups ----------------------------------------------------------------------------------------------------------


def _groups(store: Store, members: Sequence[Member], topic: Topic | None) -> list[Group]:
    stated = [
        Stated(
            one.text,
            one.clause.heading,
            one.norm,
            one.document.doc_id,
            candidates.is_bare(one.clause, one.norm),
            one.near,
        )
        for one in members
    ]
    groups = [[members[at] for at in places] for places in grouped(stated, topic or Topic("", ()))]
    groups.sort(key=_rank, reverse=True)
    return [_group(store, group) for group in groups]


def _rank(group: Sequence[Member]) -> float:
    """How early a group comes: one whose every member is about the topic before one that has a good member by chance."""
    return sum(one.worth * (_BEHIND if one.near else 1.0) for one in group) / len(group)


def _group(store: Store, members: Sequence[Member]) -> Group:
    ordered = sorted(members, key=lambda one: (-specificity(one.norm, one.document), -one.worth))
    key = "\n".join(sorted(f"{one.clause.clause_id} {one.norm.start if one.norm else ''}" for one in members))
    return Group(
        hashlib.sha256(key.encode()).hexdigest()[:12],
        _title(max(members, key=lambda one: one.worth)),
        tuple(ordered),
        differences([one.norm for one in ordered]) if len(ordered) > 1 else (),
        chain([one.document for one in ordered], store.titles_cited),
    )


def _title(member: Member) -> str:
    """What a group is called: the action of its best member."""
    return (member.norm.action if member.norm is not None else "") or member.text


def specificity(norm: Norm | None, document: Document) -> float:
    """How much a norm leaves open, the less the more: time limits, amounts, a named bearer, force, a lower level."""
    if norm is None:
        return 0.0
    limited = bool(norm.deadlines) + bool(norm.amounts)
    return (
        3 * limited
        + bool(norm.bearers)
        + _STRENGTHS.get(norm.strength or Strength.ENCOURAGED, 0) / 4
        + (document.level / 100)
    )
