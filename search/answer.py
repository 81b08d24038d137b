"""From a query to the page a person sees: what the query names first, then the best passages, with reasons and counts."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search.citation_query import Named, named_in
from search.contract import Candidates, Query, Results, Values
from search.facets import COUNTED, Catalogue
from search.generation import Generation
from search.highlight import mark
from search.lexical import MOST_TERMS, LexicalRetriever
from search.passages import Tree
from search.words import phrases_of, query_terms
from tiaoli.errors import NotFound, StoreError
from tiaoli.provisions import Level, Provision, ProvisionIndex, title_key, work_key
from tiaoli.records import Clause, Document, Hit, Kind, Status

BLOCK = 1000  # ranks put in order at a time, so that a page never depends on how many were asked for
COVERS = 0.5  # share of a query that a passage must hold for the facets to count it …
_OF_BEST = 0.8  # … or this much of what the best passage holds, where none holds so much
_SAME = 0.9  # an older version goes behind the one in force unless that scores less than this share
_MOST_PHRASES = 40  # of a query are marked
_MOST_VERSIONS = 3  # of a named work are shown

ClausesOf = Callable[[str], Sequence[Clause]]


@dataclass(frozen=True, slots=True)
class View:
    """What a query is answered from: one generation at one day."""

    generation: Generation
    retriever: LexicalRetriever
    catalogue: Catalogue
    clauses_of: ClausesOf  # clauses of a document by its id; StoreError or NotFound where they cannot be read


def answer(view: View, query: Query) -> Results:
    """Return the page of results that `query` asks for; BadFilter where a filter is wrong."""
    allowed = view.catalogue.allowed(query.filters)
    text = query.text.strip()
    terms = query_terms(text)
    if not terms:
        why = "请输入要查的词句。" if not text else "查询里没有文字或数字，请输入要查的词句。"
        return Results((), 0, notes=(why,))
    named, notes = _named(view, query)
    found = _in_order(view, view.retriever.candidates(text, _rounded(query.offset + query.limit), allowed))
    hits = _page(view, query, named, found)
    if len(terms) > MOST_TERMS:
        notes.append(f"查询较长，已按其中最有区分度的 {MOST_TERMS} 个词检索。")
    if not hits:
        notes.append(_nothing(query, found.matching + len(named)))
    documents = {hit.doc_id: view.catalogue.documents[view.generation.place[hit.doc_id]] for hit in hits}
    results = Results(hits, found.matching, notes=tuple(notes), documents=documents)
    return _with_facets(view, query, results) if query.facets else results


def _nothing(query: Query, total: int) -> str:
    if total:
        return f"共 {total} 条结果，没有第 {query.offset + 1} 条。"
    return "没有找到相关条款。请放宽筛选条件，或换一种说法。" if query.filters else "没有找到相关条款，请换一种说法。"


# --- ranking ---------------------------------------------------------------------------------------------------------


def _in_order(view: View, found: Candidates) -> Candidates:
    """Put what is in force first among equals: equal scores, and versions of the same provision that match as well."""
    owners = view.generation.owners[found.numbers]
    standing = view.catalogue.standing[owners]
    values = _levelled(view, found, owners, standing)
    blocks = np.arange(len(values)) // BLOCK
    order = np.lexsort((view.generation.in_order(found.numbers), standing, -values, blocks))
    return replace(found, numbers=found.numbers[order], values=found.values[order])


def _levelled(view: View, found: Candidates, owners: NDArray[np.int32], standing: NDArray[np.int8]) -> Values:
    """Return the scores with those of older versions lowered to that of the version in force, where it is near.

    Versions are compared by the work alone: a provision often bears another number in the next version.
    """
    values = found.values.copy()
    current: defaultdict[str | None, list[float]] = defaultdict(list)
    older: list[int] = []
    for at in np.flatnonzero(view.catalogue.siblings[owners]).tolist():
        if standing[at]:
            older.append(at)
        else:
            current[view.catalogue.documents[owners[at]].version_of].append(-float(values[at]))  # ascending
    for at in older:
        rivals = current[view.catalogue.documents[owners[at]].version_of]
        place = bisect_left(rivals, -float(values[at]))  # the best that is not better
        if place < len(rivals) and -rivals[place] >= values[at] * _SAME:
            values[at] = -rivals[place]
    return values


def _page(view: View, query: Query, named: Sequence[Hit], found: Candidates) -> tuple[Hit, ...]:
    """Return the hits from `offset` on: what the query names, then the rest by score."""
    phrases = phrases_of(query.text[:BLOCK])[:_MOST_PHRASES]
    ranked = itertools.islice(_ranked(view, named, found), query.offset, query.offset + query.limit)
    hits = (entry if isinstance(entry, Hit) else _hit(view, *entry, phrases) for entry in ranked)
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits, query.offset + 1))


def _ranked(view: View, named: Sequence[Hit], found: Candidates) -> Iterator[Hit | tuple[int, float]]:
    """Yield hits for what the query names, then passages with their scores; what was named is not shown twice."""
    top = float(found.values[0]) if len(found.values) else 0.0
    shown = {hit.clause_id for hit in named}
    for at, hit in enumerate(named):
        yield replace(hit, score=top + len(named) - at)
    for number, score in zip(found.numbers.tolist(), found.values.tolist(), strict=True):
        if not (shown and view.generation.row(number).clause_id in shown):
            yield number, score


def rank(view: View, query: Query) -> list[tuple[str, float]]:
    """Return clause ids with their scores only, in the order of `answer`: what a batch of questions needs."""
    if not query_terms(query.text):
        return []
    wanted = query.offset + query.limit
    named, _ = _named(view, query)
    found = view.retriever.candidates(query.text, _rounded(wanted), view.catalogue.allowed(query.filters))
    ranked = itertools.islice(_ranked(view, named, _in_order(view, found)), query.offset, wanted)
    return [
        (entry.clause_id, entry.score)
        if isinstance(entry, Hit)
        else (view.generation.row(entry[0]).clause_id, entry[1])
        for entry in ranked
    ]


def _rounded(wanted: int) -> int:
    return -(-max(wanted, 1) // BLOCK) * BLOCK


def _hit(view: View, number: int, score: float, phrases: Sequence[Sequence[str]]) -> Hit:
    row = view.generation.row(number)
    document = view.catalogue.documents[view.generation.owners[number]]
    marked = mark(row.text, phrases)
    reason = "命中：" + "、".join(marked.words) if marked.words else ""
    if not reason:
        above = mark(f"{document.title} {row.headings}", phrases).words
        reason = "标题命中：" + "、".join(above) if above else "字词相近"
    reason += _standing(document)
    return Hit(0, score, row.clause_id, document.doc_id, _title(document), row.path, row.text, marked.spans, reason)


def _title(document: Document) -> str:
    return document.title or document.source


def _standing(document: Document) -> str:
    return "" if document.status in (None, Status.IN_FORCE) else f"（{document.status}）"


# --- what the query names --------------------------------------------------------------------------------------------


def _named(view: View, query: Query) -> tuple[list[Hit], list[str]]:
    """Return hits for the instruments and provisions that the query names, and what is to say of those not found."""
    hits: dict[str, Hit] = {}
    notes: list[str] = []
    for named in named_in(query.text):
        if named.provision is None and not named.alone and not named.numbers:
            continue  # a question that mentions a title asks for what the instrument says
        documents = _documents(view, named, query, notes)
        if not documents and named.alone and (named.numbers or "《" in query.text):
            name = f"《{named.titles[0]}》" if named.titles else named.numbers[0]
            notes.append(f"库中没有找到{name}{'（在所选范围内）' if query.filters else ''}，以下按词句检索。")
        for document in documents:
            for hit in _hits_in(view, document, named.provision, notes):
                hits.setdefault(hit.clause_id, hit)
    return list(hits.values()), list(dict.fromkeys(notes))


def _documents(view: View, named: Named, query: Query, notes: list[str]) -> list[Document]:
    """The documents that bear the name, the one in force first, and of each edition only one copy."""
    titles = view.catalogue.titles
    found = next((f for number in named.numbers if (f := titles.find_number(number))), [])
    for title in named.titles:
        if not found and (found := titles.find(title)):
            same = [document for document in found if work_key(document.title) == work_key(title)]
            found = same or found[:1]
    if not found and named.provision is not None:
        title, found = next(((t, ending) for t in named.titles if (ending := titles.find_ending(t))), ("", []))
        if len({work_key(document.title) for document in found}) > 1:
            notes.append(f"标题以“{title}”结尾的有 {len(found)} 件，写出全称可以直达其中一件。")
    editions: dict[tuple[object, ...], Document] = {}
    fits = view.catalogue.fitting(query.filters)
    for document in found:
        if fits[view.generation.place[document.doc_id]]:
            editions.setdefault((title_key(document.title), document.promulgated, document.effective), document)
    return list(editions.values())[:_MOST_VERSIONS]


def _hits_in(view: View, document: Document, provision: Provision | None, notes: list[str]) -> Iterator[Hit]:
    try:
        clauses = view.clauses_of(document.doc_id)
    except (NotFound, StoreError):  # the store has moved on since this generation was made
        return
    tree = Tree(clauses)
    if provision is None:
        heads = [clause for clause in clauses if clause.kind is Kind.TITLE] or list(clauses)
        yield from (_direct(document, tree, clause, "") for clause in heads[:1])
        return
    found, steps = None, provision.steps
    while steps and (found := ProvisionIndex(clauses).find(Provision(steps))) is None:
        steps = steps[:-1]
    if steps != provision.steps:
        instead = f"，给出{Provision(steps)}" if steps else ""
        notes.append(f"《{_title(document)}》没有{provision}{instead}。")
    if found is None:
        return
    yield _direct(document, tree, found, str(Provision(steps)))
    if steps[-1].level < Level.ARTICLE:
        articles = (clause for clause in clauses if clause.kind is Kind.ARTICLE)
        below = [clause for clause in articles if clause.path[: len(found.path)] == found.path]
        yield from (_direct(document, tree, clause, f"{Provision(steps)}之下") for clause in below)


def _direct(document: Document, tree: Tree, clause: Clause, address: str) -> Hit:
    title = _title(document)
    whole = address and clause.kind not in (Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION)
    text = tree.whole_text(clause) if whole else clause.text or clause.heading
    reason = f"按引用直达：《{title}》{address}{_standing(document)}"
    return Hit(0, 0.0, clause.clause_id, document.doc_id, title, clause.path, text, (), reason)


# --- facets ----------------------------------------------------------------------------------------------------------


def _with_facets(view: View, query: Query, results: Results) -> Results:
    """Count the values among the passages that hold most of the query; for each field as if it were not filtered."""
    coverage = view.retriever.coverage(query.text)
    best = float(coverage.max(initial=0.0))
    covering = coverage >= min(COVERS, best * _OF_BEST) if best else np.zeros(len(coverage), np.bool_)
    facets = {}
    for field in COUNTED:
        passages = np.flatnonzero(covering & view.catalogue.allowed(query.filters, but=field))
        facets[field] = view.catalogue.counts(field, passages)
    counted = int(np.count_nonzero(covering & view.catalogue.allowed(query.filters)))
    return replace(results, covering=counted, facets=facets)
