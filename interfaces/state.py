"""The caches and the session keys of the app; nothing else keeps anything between two runs of a page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import networkx as nx
import streamlit as st

from answers.calendar.dues import Calendar, calendar_of
from answers.cleanup.judge import Judge
from answers.gaps.survey import Survey
from answers.gaps.survey import survey as surveyed
from answers.obligations import answer as obligations_answer
from answers.organs import Role, roles_of, with_organs
from answers.powers.listing import PowersList, powers_list
from answers.profile import Held, Relation, VersionChanges, changes_of, norms_of, relations_of
from answers.scope import Scope
from answers.tracing.paths import Dependants, dependants, paths_up
from answers.tracing.paths import Path as Way
from compare.alignment import compare
from compare.becoming import became
from compare.likest import Likest
from compare.present import Presence
from compare.synopsis import Row, rows
from graph import query
from graph.build import references
from graph.corrected import CorrectedResolver, corrected
from graph.kept import KeptGraph, kept_graph
from graph.resolve import Resolver
from graph.schema import AMONG_BODIES, OVERVIEW
from interfaces.pages import corpus, import_job, searching
from interfaces.pages.address import Asked, asked_in
from interfaces.pages.corpus import Wanted
from interfaces.pages.import_job import Job
from interfaces.pages.library import Library
from interfaces.pages.progress import bar
from search.index import Index, open_index
from tiaoli import settings
from tiaoli.errors import TiaoliError
from tiaoli.records import Body, Comparison, Decision, Document
from tiaoli.store import Store

QUERY, SEEN = "search_text", "search_seen"  # widget of the query; the address from which the widgets were last set
LAST = "last_search"
CORPUS_SEEN = "corpus_seen"
_WANTED = ("find", "doc_type", "status", "order", "doubtful", "past")
FIND = "find"  # also the name in the address, to which Streamlit binds the widget
BODY, BODY_CHOICE, BODY_SEEN = "body", "norms_body", "norms_body_seen"  # name in the address; its widget; as last set
WHO = "who"  # the name under which somebody corrects
INDEXED = "search_indexed"
FILTERS = ("doc_type", "level", "issuer", "region", "year", "status", "kind")


# --- what is opened once ---------------------------------------------------------------------------------------------


def folder() -> Path:
    """Folder of the store that the app shows."""
    return settings.store_folder().absolute()


@contextmanager
def store() -> Iterator[Store]:
    """The store, open to read in this run: a connection belongs to one thread, and runs change threads."""
    with Store(folder(), read_only=True) as opened:
        yield opened


@contextmanager
def kept() -> Iterator[KeptGraph]:
    """The graph of the store as it is kept, brought up to the store, open in this run."""
    with store() as opened:
        with bar("正在更新图谱，第一次需要一两分钟") as told:
            graph = kept_graph(opened, became, told)
        with graph:
            yield graph


def _revision() -> int | None:
    """The present revision of the store, to which its graph is brought up before a cached function asks it."""
    with kept() as graph:
        return graph.revision


def put_decisions(decisions: Sequence[Decision]) -> None:
    """Enter what a person said, all of it or nothing; a TiaoliError says why it cannot be."""
    with Store(folder()) as opened:
        opened.put_decisions(decisions)


def library() -> Library | None:
    """What is known of the store in its present revision, None where there is no store or nothing in it."""
    try:
        with store() as opened:
            revision = opened.revision()
    except TiaoliError:
        return None
    found = _library(str(folder()), revision, date.today())
    return found if found.documents else None


@st.cache_resource(max_entries=2, show_spinner="正在读取文件目录…")
def _library(path: str, revision: int, day: date) -> Library:
    return Library(Path(path), day)


def graph() -> nx.MultiDiGraph[str]:
    """The graph of the store in its present revision, frozen."""
    return _graph(str(folder()), _revision(), date.today())


@st.cache_resource(max_entries=1, show_spinner="正在建立图谱，文件多时需要半分钟左右…")
def _graph(path: str, revision: int | None, day: date) -> nx.MultiDiGraph[str]:
    with Store(Path(path), read_only=True) as opened, kept_graph(opened, became) as kept:
        return references(kept, CorrectedResolver.of(corrected(opened, became), at=day))


def documents() -> nx.MultiDiGraph[str]:
    """The references of whole documents to one another, and who issued them."""
    return _documents(str(folder()), _revision(), date.today(), graph())


@st.cache_resource(max_entries=1, show_spinner=False)
def _documents(path: str, revision: int | None, day: date, _graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    return query.lifted(_graph, OVERVIEW)


def surroundings(nodes: Sequence[str], known: Library, *, overview: bool) -> nx.MultiDiGraph[str]:
    """What stands around nodes, as far as one edge leads; nodes that are not known are left out.

    In an overview documents stand for their clauses and norms, but for `nodes` themselves.
    """
    with kept() as graph:
        key = (str(folder()), graph.revision, date.today())
        found = [_surroundings(*key, node, overview, known, graph) for node in nodes]
    return found[0] if len(found) == 1 else nx.compose_all(found)


@st.cache_resource(max_entries=64, show_spinner="正在查找关系…")
def _surroundings(
    path: str, revision: int | None, day: date, node: str, overview: bool, _known: Library, _kept: KeptGraph
) -> nx.MultiDiGraph[str]:
    found = _known.around(_kept, [node])
    return query.lifted(found, OVERVIEW, (node,)) if overview else found


def among(bodies: Sequence[str], known: Library) -> nx.MultiDiGraph[str]:
    """What bodies have to do with one another."""
    with kept() as graph:
        return known.around(graph, bodies, AMONG_BODIES)


def survey() -> Survey:
    """The overlaps and gaps of the store in its present revision; the first time in a revision with progress."""
    with store() as opened:
        key = (str(folder()), opened.revision(), date.today())
        kept = _surveys()
        if key not in kept:
            resolver = CorrectedResolver.of(corrected(opened, became), at=key[2])
            with bar("正在逐件检查文件，文件多时需要一两分钟") as told:
                found = surveyed(resolver, key[2], told)
            kept.clear()
            kept[key] = found
    return kept[key]


@st.cache_resource
def _surveys() -> dict[tuple[str, int, date], Survey]:
    """The last survey: not a cached function itself, since none such can show its progress."""
    return {}


def calendar() -> Calendar:
    """The time limits of all documents of the store in its present revision."""
    return _calendar(str(folder()), _revision(), date.today())


@st.cache_resource(max_entries=1, show_spinner="正在从全部规范中整理期限…")
def _calendar(path: str, revision: int | None, day: date) -> Calendar:
    with Store(Path(path), read_only=True) as opened, kept_graph(opened, became) as graph:
        return calendar_of(graph, CorrectedResolver.of(corrected(opened, became), at=day))


def index() -> Index | None:
    """The open index of the store, None where there is none that fits; it notices a new generation by itself."""
    try:
        return _index(str(folder()))
    except TiaoliError:
        return None


def keep_index(opened: Index | None) -> Job | None:
    """Bring the index up to the store where it lacks something, and return the work that does so while it runs.

    Importing does this too; an index may lag behind after an update of this program or an import that was cut off.
    """
    with store() as reading:
        revision = reading.revision()
    lacking = opened is None or opened.generation.revision != revision
    if lacking and st.session_state.get(INDEXED) != revision:  # once for each state of the store, not in a circle
        st.session_state[INDEXED] = revision
        start_job((), "检索索引")
    running = job()
    return running if lacking and running is not None and running.running else None


@st.cache_resource(max_entries=2, show_spinner="正在打开检索索引…")
def _index(path: str) -> Index:
    return open_index(path)


def examples(known: Library, opened: Index) -> list[tuple[str, str]]:
    """Queries that find something in this store."""
    return _examples(str(folder()), opened.generation.number, known, opened)


@st.cache_data(max_entries=2, show_spinner=False)
def _examples(path: str, generation: int, _known: Library, _opened: Index) -> list[tuple[str, str]]:
    with store() as reading:
        return searching.examples(_known, _opened, reading)


def comparison(old: Document, new: Document) -> tuple[Comparison, list[Row]]:
    """Two documents set side by side, and the rows of their table."""
    with store() as opened:
        return _comparison(str(folder()), opened.revision(), old, new, opened)


@st.cache_resource(max_entries=8, show_spinner="正在逐条对照…", hash_funcs={Document: lambda document: document.doc_id})
def _comparison(path: str, revision: int, old: Document, new: Document, _store: Store) -> tuple[Comparison, list[Row]]:
    found = compare(old, _store.clauses(old.doc_id), new, _store.clauses(new.doc_id))
    return found, rows(found)


def judge() -> Judge:
    """What gives verdicts on the documents of the store in its present revision; it keeps those that it gave."""
    with store() as opened:
        revision = opened.revision()
    return _judge(str(folder()), revision, date.today())


@st.cache_resource(max_entries=1, show_spinner="正在读取文件之间的关系…")
def _judge(path: str, revision: int, day: date) -> Judge:
    opened = Store(Path(path), read_only=True)
    follow = Presence(opened, at=day).of
    return Judge(CorrectedResolver.of(corrected(opened, became), at=day, follow=follow), day, Likest(opened).of)


# --- what is known of a body -----------------------------------------------------------------------------------------


_Answer = TypeVar("_Answer")


def _answered(name: str, key: tuple[object, ...], make: Callable[[KeptGraph, Resolver], _Answer]) -> _Answer:
    """What `make` gives for the store in its present revision; made once for each name and key."""
    made: _Answer = _kept_answer(str(folder()), _revision(), date.today(), name, key, make)
    return made


@st.cache_resource(max_entries=24, show_spinner="正在整理…", hash_funcs={Scope: repr})
def _kept_answer(
    path: str,
    revision: int | None,
    day: date,
    name: str,
    key: tuple[object, ...],
    _make: Callable[[KeptGraph, Resolver], Any],
) -> Any:  # noqa: ANN401
    with Store(Path(path), read_only=True) as opened, kept_graph(opened, became) as graph:
        return _make(graph, CorrectedResolver.of(corrected(opened, became), at=day))


def body_norms(ids: tuple[str, ...], scope: Scope) -> list[Held]:
    """The norms that lie on bodies."""
    return _answered("norms", (ids, scope), lambda kept, resolver: norms_of(kept, resolver, _bodies(kept, ids), scope))


def body_relations(ids: tuple[str, ...], scope: Scope) -> list[Relation]:
    """How bodies stand to others."""
    make = lambda kept, resolver: relations_of(kept, resolver, _bodies(kept, ids), scope)  # noqa: E731
    return _answered("relations", (ids, scope), make)


def body_changes(ids: tuple[str, ...]) -> list[VersionChanges]:
    """How the norms of bodies changed from version to version."""
    return _answered("changes", ids, lambda kept, resolver: changes_of(kept, resolver, _bodies(kept, ids)))


def body_powers(ids: tuple[str, ...], scope: Scope, *, alone: bool) -> PowersList:
    """The 权责清单 of bodies, with all that are part of them unless `alone`."""

    def make(kept: KeptGraph, resolver: Resolver) -> PowersList:
        bodies = _bodies(kept, ids)
        return powers_list(kept, resolver, bodies if alone else with_organs(kept, bodies), scope)

    return _answered("powers", (ids, scope, alone), make)


def body_roles(body_id: str) -> list[Role]:
    """The general names by which the law may mean a body."""
    make = lambda kept, resolver: [r for body in _bodies(kept, (body_id,)) for r in roles_of(kept, body)]  # noqa: E731
    return _answered("roles", (body_id,), make)


def obligations(wanted: obligations_answer.Asked, opened: Index) -> obligations_answer.Answer:
    """What the documents oblige to, by topic and body."""
    return _obligations(str(folder()), _revision(), opened.generation.number, date.today(), wanted, opened)


@st.cache_resource(max_entries=24, show_spinner="正在逐条核对…", hash_funcs={obligations_answer.Asked: repr})
def _obligations(
    path: str, revision: int | None, generation: int, day: date, wanted: obligations_answer.Asked, _opened: Index
) -> obligations_answer.Answer:
    with Store(Path(path), read_only=True) as reading, kept_graph(reading, became) as graph:
        sources = obligations_answer.Sources(corrected(reading, became), graph, _opened.view(day))
        return obligations_answer.obligations(sources, wanted)


def trace(node: str) -> tuple[list[Way], Dependants]:
    """What a provision rests on, and what hangs on it; NotFound where there is none."""
    make = lambda kept, resolver: (paths_up(kept, resolver, node), dependants(kept, resolver, node))  # noqa: E731
    return _answered("trace", (node,), make)


def _bodies(kept: KeptGraph, ids: Sequence[str]) -> list[Body]:
    known = kept.bodies_by_id(ids)
    return [known[key] for key in ids if key in known]


# --- the import that runs --------------------------------------------------------------------------------------------


@st.cache_resource
def _jobs() -> dict[str, Job]:
    """The last import of each store: it goes on when the page that began it is left or closed."""
    return {}


def job() -> Job | None:
    """The running import of the store, or the last one since the app was started."""
    return _jobs().get(str(folder()))


def start_job(paths: Sequence[Path], label: str) -> None:
    """Start an import unless one is running."""
    if (last := job()) is None or not last.running:
        _jobs()[str(folder())] = import_job.start(folder(), paths, label)


# --- the address -----------------------------------------------------------------------------------------------------


def params() -> dict[str, Sequence[str]]:
    """What the address says, all values of each name."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def filter_key(name: str) -> str:
    """Key of the widget of a filter."""
    return f"search_{name}"


def asked() -> Asked:
    """The search in the address; the widgets are set to it where it is another than before."""
    found = asked_in(params())
    if st.session_state.get(SEEN) != found or QUERY not in st.session_state:
        st.session_state[SEEN] = found
        st.session_state[QUERY] = found.text
        for name in FILTERS:
            st.session_state[filter_key(name)] = list(found.filters.get(name, ()))
    if found.text:
        st.session_state[LAST] = found
    return found


def submit_search() -> None:
    """Write what the form holds to the address."""
    filters = {name: tuple(st.session_state.get(filter_key(name), ())) for name in FILTERS}
    _write(Asked(st.session_state[QUERY].strip(), filters).params())


def corpus_view(default: str) -> str:
    """The view of the corpus page that the address names."""
    view = st.query_params.get("view", default)
    return view if view in corpus.VIEWS else default


def corpus_key(name: str) -> str:
    """Key of a widget of the list of documents."""
    return f"corpus_{name}"


def wanted() -> Wanted:
    """The documents that the address asks for; the widgets are set to it where it is another than before."""
    found = corpus.wanted_in(params())
    if st.session_state.get(CORPUS_SEEN) != found or corpus_key("find") not in st.session_state:
        st.session_state[CORPUS_SEEN] = found
        for name in _WANTED:
            st.session_state[corpus_key(name)] = getattr(found, name)
    return found


def submit_wanted() -> None:
    """Write what the widgets of the list hold to the address."""
    _write(Wanted(**{name: st.session_state[corpus_key(name)] for name in _WANTED}).params())


def listed_body(bodies: Collection[str]) -> str:
    """The body in the address whose norms are listed; the widget is set to it where it is another than before."""
    found = st.query_params.get(BODY, "")
    if st.session_state.get(BODY_SEEN) != found or BODY_CHOICE not in st.session_state:
        st.session_state[BODY_SEEN] = found
        st.session_state[BODY_CHOICE] = found if found in bodies else ""
    return found


def submit_body() -> None:
    """Write the chosen body to the address, from the first page."""
    params = {name: list(values) for name, values in params_without("page", BODY).items()}
    _write(params | {BODY: st.session_state[BODY_CHOICE]})


def params_without(*names: str) -> dict[str, Sequence[str]]:
    """What the address says but for these names."""
    return {name: values for name, values in params().items() if name not in names}


def last_search() -> Asked | None:
    """The last search of this session."""
    found = st.session_state.get(LAST)
    return found if isinstance(found, Asked) else None


def _write(wanted: Mapping[str, str | list[str]]) -> None:
    st.query_params.from_dict({name: value for name, value in wanted.items() if value})
