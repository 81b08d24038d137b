"""机关: what a body may, must and must not do, how it stands to others, where it is named, and how that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from answers.provisions_cited import Basis, Sources
from answers.scope import Scope, in_scope
from compare.becoming import became
from compare.likeness import grams
from compare.works import works
from graph.kept import KeptGraph
from graph.part import PartEdge
from graph.resolve import Resolver
from graph.schema import EdgeType
from tiaoli.records import Body, Change, Document, Norm
from tiaoli.validity import in_force_from

_NEAR = 0.5  # likeness from which on a norm is the same one with other words
_BODY = "机构/"


@dataclass(frozen=True, slots=True)
class Held:
    """A norm of a body with the provision that it stands in."""

    norm: Norm
    basis: Basis


@dataclass(frozen=True, slots=True)
class Relation:
    """How a body stands to another one, with the provisions that say so."""

    kind: str  # key of RELATIONS
    other: Body
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a norm of a body from one version of a work to the next."""

    old: Held | None
    new: Held | None
    change: Change


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """The norms of a body in two versions of a work, those that stayed the same left out but counted."""

    old: Document
    new: Document
    changes: tuple[Changed, ...]
    same: int


class _Way(NamedTuple):
    type: EdgeType
    outward: bool
    rules: tuple[str, ...] = ()  # what the rule of an edge begins with; nothing for all


RELATIONS: Mapping[str, _Way] = {
    "reports_to": _Way(EdgeType.OWES, True, ("reports_to",)),
    "reported_by": _Way(EdgeType.OWES, False, ("reports_to",)),
    "asks": _Way(EdgeType.OWES, True, ("asks",)),
    "asked_by": _Way(EdgeType.OWES, False, ("asks",)),
    "works_with": _Way(EdgeType.WORKS_WITH, True),
    "worked_with_by": _Way(EdgeType.WORKS_WITH, False),
    "delegates_to": _Way(EdgeType.DELEGATES_TO, True),
    "delegated_by": _Way(EdgeType.DELEGATES_TO, False),
    "supervises": _Way(EdgeType.SUPERVISES, True),
    "supervised_by": _Way(EdgeType.SUPERVISES, False),
}


def norms_of(kept: KeptGraph, resolver: Resolver, bodies: Sequence[Body], scope: Scope) -> list[Held]:
    """Return the norms that lie on bodies in the documents of `scope`, in the order of the documents."""
    documents = {document.doc_id: document for document in in_scope(resolver, scope)}
    edges = kept.edges_from((body.body_id for body in bodies), (EdgeType.BEARS, EdgeType.HOLDS))
    found = resolver.store.norms_by_id(edge.target for edge in edges)
    order = {doc_id: n for n, doc_id in enumerate(documents)}
    norms = [norm for norm in found.values() if norm.doc_id in documents]
    norms.sort(key=lambda norm: (order[norm.doc_id], norm.start, norm.norm_id))
    sources = Sources(resolver, documents, norms)
    return [Held(norm, sources.basis(norm.clause_id)) for norm in norms]


def relations_of(kept: KeptGraph, resolver: Resolver, bodies: Sequence[Body], scope: Scope) -> list[Relation]:
    """Return how bodies stand to others by the documents of `scope`; of each kind those first of which most is said."""
    documents = {document.doc_id: document for document in in_scope(resolver, scope)}
    ids = [body.body_id for body in bodies]
    types = tuple({way.type for way in RELATIONS.values()})
    outward, inward = kept.edges_from(ids, types), kept.edges_to(ids, types)
    said: dict[tuple[str, str], list[PartEdge]] = {}
    for kind, way in RELATIONS.items():
        for edge in _of(way, outward if way.outward else inward, documents):
            other = edge.target if way.outward else edge.source
            if other not in ids:
                said.setdefault((kind, other), []).append(edge)
    clauses = {edge.clause_id for edges in said.values() for edge in edges if edge.clause_id}
    sources = Sources(resolver, documents, ())
    sources.load(clauses)
    known = kept.bodies_by_id(other for _, other in said)
    found = [
        Relation(kind, known[other], tuple(sources.basis(c) for c in dict.fromkeys(e.clause_id for e in edges) if c))
        for (kind, other), edges in said.items()
    ]
    return sorted(found, key=lambda one: (list(RELATIONS).index(one.kind), -len(one.bases), one.other.name))


def _of(way: _Way, edges: Iterable[PartEdge], documents: Mapping[str, Document]) -> Iterator[PartEdge]:
    for edge in edges:
        between = edge.source.startswith(_BODY) and edge.target.startswith(_BODY)
        told = (edge.clause_id or "").partition("#")[0] in documents
        if edge.type is way.type and between and told and edge.rule.startswith(way.rules or ("",)):
            yield edge


def changes_of(
    kept: KeptGraph,
    resolver: Resolver,
    bodies: Sequence[Body],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[VersionChanges]:
    """Return how the norms of bodies changed from each version of a work to the next, newest works first."""
    held: dict[str, list[Held]] = {}
    for one in norms_of(kept, resolver, bodies, Scope(past=True)):
        held.setdefault(one.norm.doc_id, []).append(one)
    pairs = list(_versions(resolver, held))
    found = []
    for done, (old, new) in enumerate(pairs):
        progress(done, len(pairs))
        changes, same = _compared(resolver, old, new, held.get(old.doc_id, ()), held.get(new.doc_id, ()))
        if changes or same:
            found.append(VersionChanges(old, new, tuple(changes), same))
    return sorted(found, key=lambda one: str(in_force_from(one.new)), reverse=True)


def _versions(resolver: Resolver, held: Mapping[str, object]) -> Iterator[tuple[Document, Document]]:
    """Yield each version of a work with the next, where one of both has norms of the bodies."""
    for work in works(resolver.documents):
        dated = [version.document for version in work.versions if version.begins is not None]
        for old, new in pairwise(dated):
            if old.doc_id in held or new.doc_id in held:
                yield old, new


def _compared(
    resolver: Resolver, old: Document, new: Document, before: Sequence[Held], after: Sequence[Held]
) -> tuple[list[Changed], int]:
    there = became(old, resolver.store.clauses(old.doc_id), new, resolver.store.clauses(new.doc_id))
    left, changes, same = list(after), list[Changed](), 0
    for one in before:
        places = set(there.get(one.norm.clause_id, ()))
        match = _match(one, [other for other in left if other.norm.clause_id in places]) or _match(
            one, left, exact=True
        )
        if match is not None:
            left.remove(match)
        if match is not None and _words(match) == _words(one):
            same += 1
        else:
            changes.append(Changed(one, match, Change.DROPPED if match is None else Change.CHANGED))
    return [*changes, *(Changed(None, one, Change.ADDED) for one in left)], same


def _match(one: Held, others: Sequence[Held], *, exact: bool = False) -> Held | None:
    """Return the norm that is likest, None where none is like enough."""
    scored = [(_likeness(one, other), other) for other in others if other.norm.kind is one.norm.kind]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= (1.0 if exact else _NEAR) else None


def _likeness(one: Held, other: Held) -> float:
    """Return the share of neighbouring letters that two norms have in common, from 0 to 1 (Dice)."""
    mine, theirs = grams(one.norm.text), grams(other.norm.text)
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def _words(held: Held) -> str:
    return "".join(held.norm.text.split())
