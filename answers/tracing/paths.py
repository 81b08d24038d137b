"""依据链: how a provision traces up to national law, and what hangs on a provision: who is concerned if it changes."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from answers.provisions_cited import Sources
from compare.becoming import became
from compare.likest import Likest
from compare.works import works_of
from graph.kept import KeptGraph
from graph.part import INSTRUMENT, PartEdge
from graph.resolve import Resolver
from graph.schema import EdgeType
from office.citing import cited_path, cited_title
from search.citation_query import named_in
from tiaoli.errors import NotFound
from tiaoli.provisions import ProvisionIndex
from tiaoli.records import Body, Clause, Document, Status

_RESTING = (EdgeType.BASED_ON, EdgeType.IMPLEMENTS)
_REFERS = (EdgeType.CITES, EdgeType.BASED_ON, EdgeType.IMPLEMENTS)
# How far apart two provisions are: who cites another says so, like words may be chance.
_COST = {
    EdgeType.CITES: 1.0,
    EdgeType.BASED_ON: 1.0,
    EdgeType.IMPLEMENTS: 1.0,
    EdgeType.SAME_AS: 1.5,
    EdgeType.DIFFERS_FROM: 2.0,
}
_FARTHEST = 6.0
_LIKE = 0.2  # likeness of words from which on a provision of superior law is shown as the nearest
_MOST_PATHS = 40
_MOST_ALIKE = 30  # norms that say the same: more are a formula
UNKNOWN_LEVEL = 99


class How(StrEnum):
    """How one place leads to the next, in words."""

    CITES = "引用"
    BASED_ON = "以之为依据"
    IMPLEMENTS = "为实施它而制定"
    SAME_AS = "同文"
    DIFFERS_FROM = "同一事项，文字不同"


@dataclass(frozen=True, slots=True)
class Place:
    """A provision, a document as a whole, or an instrument that the store does not hold."""

    node: str
    document: Document | None  # None for an instrument that is not in the store
    clause: Clause | None
    cited: str  # 《标题》第九条第一款


@dataclass(frozen=True, slots=True)
class Step:
    """From the place before to this one, and the clause that says so."""

    how: How
    place: Place
    clause_id: str | None


@dataclass(frozen=True, slots=True)
class Path:
    """From a provision up to another: the places on the way."""

    start: Place
    steps: tuple[Step, ...]
    nearest: Place | None = None  # where the path ends at a whole document: its provision that is likest in words
    successor: Place | None = None  # what repealed the text at the end
    succeeding: Place | None = None  # the provision of the successor that is likest in words

    @property
    def end(self) -> Place:
        """Where the path leads."""
        return self.steps[-1].place


@dataclass(frozen=True, slots=True)
class Hanging:
    """A provision or document that refers to the one asked about, directly or by way of another."""

    place: Place
    how: How
    ring: int  # 1 refers to it itself, 2 to what does so …
    via: str  # node that it refers to
    clause_id: str | None
    bodies: tuple[Body, ...]  # on whom something lies in that provision


@dataclass(frozen=True, slots=True)
class Dependants:
    """What hangs on a provision, the nearest first, and the bodies that are concerned, each with how often."""

    start: Place
    words: str  # of the provision, with what stands below it; empty for a whole document
    hanging: tuple[Hanging, ...]
    bodies: tuple[tuple[Body, int], ...]


def node_named(resolver: Resolver, words: str) -> str:
    """Return the node that words mean: an id as it stands, else what they name (行政处罚法第十六条). NotFound where nothing is."""
    doc_id = words.partition("#")[0]
    if any(document.doc_id == doc_id for document in resolver.documents):
        return words
    for named in named_in(words):
        documents = [
            d for title in named.titles for d in resolver.titles.find(title) or resolver.titles.find_ending(title)
        ]
        for document in documents:
            if named.provision is None:
                return document.doc_id
            if (clause := ProvisionIndex(resolver.clauses(document.doc_id)).find(named.provision)) is not None:
                return clause.clause_id
    raise NotFound(f"库中没有“{words}”。请写条款编号、文件编号，或标题加条号，如 行政处罚法第十六条。")


def paths_up(kept: KeptGraph, resolver: Resolver, node: str) -> list[Path]:
    """Return the shortest paths from a clause or document to texts of higher rank, those to national law first.

    A path goes from a clause to what it cites, to what its document rests on, and to provisions that say the same. Each
    step leads to a text of higher rank; only what a document rests on may be of its own rank. One path is given for each
    document that is reached.
    """
    places = _Places(resolver)
    start = places.at(node)
    best: dict[str, tuple[float, tuple[tuple[PartEdge, str], ...]]] = {node: (0.0, ())}
    open_: list[tuple[float, str]] = [(0.0, node)]
    while open_:
        cost, here = heapq.heappop(open_)
        if cost > best[here][0]:
            continue
        for edge, there in _steps_up(kept, here):
            total = cost + _COST[edge.type]
            is_up = _leads_up(edge, places.level(here), places.level(there))
            if is_up and total <= _FARTHEST and total < best.get(there, (_FARTHEST + 1,))[0]:
                best[there] = total, (*best[here][1], (edge, there))
                heapq.heappush(open_, (total, there))
    ends = _one_a_document(best, places, start)
    paths = [
        Path(start, tuple(Step(How[e.type.name], places.at(there), e.clause_id) for e, there in best[end][1]))
        for end in ends
    ]
    ordered = sorted(paths, key=lambda path: (places.level(path.end.node), len(path.steps), path.end.node))
    likest = Likest(resolver.store)
    return [_completed(kept, likest, places, path) for path in ordered[:_MOST_PATHS]]


def _completed(kept: KeptGraph, likest: Likest, places: _Places, path: Path) -> Path:
    """Return a path with the provision at its end that is likest to its start, and with what took the place of a repealed text."""
    document = path.end.document
    nearest = _nearest(likest, places, path.start, document) if path.end.clause is None else None
    if document is None or document.status is not Status.REPEALED:
        return replace(path, nearest=nearest)
    repealing = [edge.source for edge in kept.edges_to([document.doc_id], (EdgeType.REPEALS,))]
    successor = next((places.at(one) for one in repealing if places.level(one) <= document.level), None)
    succeeding = _nearest(likest, places, path.start, successor.document) if successor else None
    return replace(path, nearest=nearest, successor=successor, succeeding=succeeding)


def _nearest(likest: Likest, places: _Places, place: Place, document: Document | None) -> Place | None:
    """Return the provision of a document that says most of what a place lays on somebody; None where none is like it."""
    if place.clause is None or document is None:
        return None
    found = likest.of_words(places.acts(place.clause), document.doc_id)
    return places.at(found.clause_id) if found and found.clause_id and found.likeness >= _LIKE else None


def _leads_up(edge: PartEdge, here: int, there: int) -> bool:
    """Tell whether an edge leads to a text of higher rank; what a document rests on counts where its rank is not known."""
    rests = edge.type in _RESTING and there in (here, UNKNOWN_LEVEL)
    return there < here or rests


def _steps_up(kept: KeptGraph, node: str) -> Iterator[tuple[PartEdge, str]]:
    """Yield the edges that lead up from a node, and where to; a clause leads where its document does."""
    doc_id, _, path = node.partition("#")
    for edge in kept.edges_from([node, doc_id] if path else [node], _REFERS):
        yield edge, edge.target
    telling = [one for one in kept.norms_in(node) if not kept.is_formula(one, _MOST_ALIKE)] if path else []
    for edge in kept.alike_to(telling):
        yield edge, edge.target.rpartition("~")[0]


def _one_a_document(best: Iterable[str], places: _Places, start: Place) -> list[str]:
    """Return of the nodes that were reached the nearest of each document of higher rank, in the order of `best`."""
    found: dict[str, str] = {}
    own = start.document.doc_id if start.document else start.node
    for node in best:
        document = node.partition("#")[0]
        if document != own and (places.level(node) < places.level(start.node) or node.startswith(INSTRUMENT)):
            found.setdefault(document, node)
    return list(found.values())


def dependants(kept: KeptGraph, resolver: Resolver, node: str, *, rings: int = 3) -> Dependants:
    """Return what refers to a clause (or anything below it) or a document, up to so many steps away.

    References to the same provision in other versions and copies of its work count: a text cites what was in force.
    """
    places = _Places(resolver)
    ring = _meant_by(kept, resolver, node)
    seen, own = set(ring), {one.partition("#")[0] for one in ring}
    found: list[tuple[int, PartEdge]] = []
    for number in range(1, rings + 1):
        edges = [edge for edge in kept.edges_to(ring, _REFERS) if edge.source not in seen]
        edges = [edge for edge in edges if edge.source.partition("#")[0] not in own]
        nearest = {edge.source: edge for edge in reversed(edges)}
        found += [(number, nearest[source]) for source in dict.fromkeys(edge.source for edge in edges)]
        seen |= nearest.keys()
        ring = list(nearest)
    clause_ids = {_clause_of(edge) for _, edge in found} - {None}
    borne = kept.bearers_in(clause_id for clause_id in clause_ids if clause_id)
    bodies = kept.bodies_by_id(body for those in borne.values() for body in those)
    places.load(edge.source for _, edge in found)
    hanging = [
        Hanging(
            places.at(edge.source),
            How[edge.type.name],
            number,
            edge.target,
            edge.clause_id,
            tuple(bodies[body] for body in borne.get(_clause_of(edge) or "", ())),
        )
        for number, edge in found
    ]
    counts = Counter(body.body_id for one in hanging for body in one.bodies)
    return Dependants(
        places.at(node),
        _words(resolver, node),
        tuple(hanging),
        tuple((bodies[key], n) for key, n in counts.most_common()),
    )


def _meant_by(kept: KeptGraph, resolver: Resolver, node: str) -> list[str]:
    """Return a node with what stands below it, and the same provisions in the other versions and copies of its work."""
    document = resolver.document(node.partition("#")[0])
    work = works_of(resolver.documents, [document])[0] if document.current else None
    others = [d for v in work.versions for d in (v.document, *v.copies) if d != document] if work else []
    if "#" not in node:
        ids = (node, *(other.doc_id for other in others))
        return [*ids, *(clause_id for doc_id in ids for clause_id in kept.cited_clauses(doc_id))]
    own = {node, *(clause.clause_id for clause in resolver.store.clauses_below(node))}
    found, clauses = sorted(own), resolver.store.clauses(document.doc_id)
    for other in others:
        there = became(other, resolver.store.clauses(other.doc_id), document, clauses)
        found += [old for old, new in there.items() if not own.isdisjoint(new)]
    return found


def _words(resolver: Resolver, node: str) -> str:
    if "#" not in node:
        return ""
    sources = Sources(resolver, {}, ())
    sources.load([node])
    return sources.basis(node).words


def _clause_of(edge: PartEdge) -> str | None:
    return edge.source if "#" in edge.source else edge.clause_id


class _Places:
    """Nodes of the graph as places that a person can read."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._documents = {document.doc_id: document for document in resolver.documents}
        self._clauses: dict[str, Clause] = {}

    def load(self, nodes: Iterable[str]) -> None:
        """Have the clauses among nodes at hand."""
        wanted = [node for node in nodes if "#" in node and node not in self._clauses]
        self._clauses |= self._resolver.store.clauses_by_id(wanted)

    def level(self, node: str) -> int:
        """Return the rank of force of the document of a node; larger is lower, an unknown instrument the lowest."""
        document = self._documents.get(node.partition("#")[0])
        return UNKNOWN_LEVEL if document is None else document.level

    def acts(self, clause: Clause) -> str:
        """Return what a clause lays on somebody, its words where it lays nothing."""
        norms = self._resolver.store.norms(clause.doc_id)
        return "".join(norm.action for norm in norms if norm.clause_id == clause.clause_id) or clause.text

    def at(self, node: str) -> Place:
        """Return the place of a node; NotFound where there is none."""
        if node.startswith(INSTRUMENT):
            return Place(node, None, None, f"《{node.removeprefix(INSTRUMENT)}》")
        doc_id = node.partition("#")[0]
        known = self._documents.get(doc_id) or self._resolver.store.document(doc_id)
        document = replace(known, status=self._resolver.standing.get(doc_id))
        if "#" not in node:
            return Place(node, document, None, cited_title(document))
        self.load([node])
        clause = self._clauses.get(node) or self._resolver.store.clause(node)
        return Place(node, document, clause, f"{cited_title(document)}{cited_path(clause.path)}")
