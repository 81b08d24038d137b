"""The graph beside the store: what each document adds to it, kept in SQLite, and brought up to the store part by part.

Clauses and norms stay in the store; here are the edges, the bodies, and by which words documents name them. All of it can be
made anew from the store. A changed document changes its own part, and the citations of those that may mean it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any

from graph.bodies import PREFIX, Naming, body_id, body_of, parent_only
from graph.corrected import CorrectedResolver, CorrectedStore, corrected
from graph.part import PartEdge, cited_by, known_as, part_of
from graph.resolve import Resolver
from graph.said import Became
from graph.schema import EdgeType
from tiaoli.errors import StoreError
from tiaoli.records import Body, Document
from tiaoli.store import BUSY_SECONDS, Store

FILE = "graph.sqlite"
FORMAT = 2  # raised whenever the same store would give other rows
Progress = Callable[[int, int], None]  # documents done, documents in all

_MOST_ASKED = 500  # ids in one question to SQLite
_CHUNK = 100  # documents of a first build that are kept together, so that it can be stopped and go on
_OWN, _CITED = 0, 1  # halves of a document's part

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE parts (part INTEGER PRIMARY KEY, doc_id TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL);
CREATE TABLE edges (
    part INTEGER NOT NULL, half INTEGER NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, type TEXT NOT NULL,
    clause_id TEXT, norm_id TEXT, rule TEXT NOT NULL, confidence REAL NOT NULL, weight REAL NOT NULL);
CREATE INDEX edges_part ON edges (part, half);
CREATE INDEX edges_source ON edges (source, type);
CREATE INDEX edges_target ON edges (target, type);
CREATE TABLE namings (
    part INTEGER NOT NULL, words TEXT NOT NULL, name TEXT NOT NULL, kind TEXT, region TEXT, is_alias INTEGER NOT NULL,
    times INTEGER NOT NULL);
CREATE INDEX namings_part ON namings (part);
CREATE INDEX namings_name ON namings (name);
CREATE INDEX namings_words ON namings (words);
CREATE TABLE keys (part INTEGER NOT NULL, norm_id TEXT PRIMARY KEY, same INTEGER NOT NULL, alike INTEGER) WITHOUT ROWID;
CREATE INDEX keys_part ON keys (part);
CREATE INDEX keys_same ON keys (same);
CREATE INDEX keys_alike ON keys (alike);
CREATE TABLE cited (part INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX cited_part ON cited (part);
CREATE INDEX cited_name ON cited (name);
CREATE TABLE known_as (part INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX known_as_part ON known_as (part);
CREATE TABLE bodies (
    body_id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, level TEXT, region TEXT, parent_id TEXT,
    aliases TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX bodies_parent ON bodies (parent_id);
"""
_OF_A_PART = ("edges", "namings", "keys", "cited", "known_as")
_EDGE = ", ".join(PartEdge._fields)
_NAMING = ", ".join(Naming._fields)
_BODY = "body_id, name, kind, level, region, parent_id, aliases"
_ALL_NAMES = "SELECT DISTINCT name FROM namings"


class Circle(StrEnum):
    """Whose public bodies: the State's, those of a place, or those that the law means by a general name."""

    NATIONAL = "国家机关"
    LOCAL = "地方机关"
    GENERAL = "通称"


_OF_CIRCLE = {
    Circle.NATIONAL: "b.level IS '国家'",
    Circle.LOCAL: "b.level IS NOT '国家' AND b.region IS NOT NULL",
    Circle.GENERAL: "b.level IS NOT '国家' AND b.region IS NULL",
}


class KeptGraph:
    """The graph of a store on disk. Use it as a context manager; one instance belongs to one thread."""

    def __init__(self, folder: Path | None, *, read_only: bool = False) -> None:
        """Open the graph of the store in `folder`, or an empty one in memory where that is None.

        StoreError where it cannot be opened, or is to be read only and is not there.
        """
        path = folder / FILE if folder is not None else None
        try:
            if path is None:
                self._db = sqlite3.connect(":memory:", isolation_level=None)
            elif read_only:
                self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
            else:
                self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = OFF")  # what is lost can be made anew
            if not read_only:
                self._prepare()
        except sqlite3.Error as error:
            raise StoreError(f"打不开图谱 {path}：{error}。请检查权限和磁盘空间，或删去它后再试一次。") from error

    def _prepare(self) -> None:
        """Make the tables anew where they are of another format or damaged."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            known = self._meta("format") == str(FORMAT)
        except sqlite3.DatabaseError:
            known = False
        if not known:
            names = [row[0] for row in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for name in names:
                self._db.execute(f'DROP TABLE "{name}"')
            for statement in _TABLES.strip().split(";\n"):
                self._db.execute(statement)
            self._put_meta("format", str(FORMAT))
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the graph; what was kept stays."""
        self._db.close()

    def __enter__(self) -> KeptGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _meta(self, key: str) -> str | None:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def _put_meta(self, key: str, value: str) -> None:
        self._db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of the block or nothing of it, except what `_commit` has kept on the way."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise StoreError(f"写不进图谱：{error}。请检查磁盘空间和权限后再试一次。") from error
            raise

    def _ask(self, question: str, *values: Any) -> list[Any]:  # noqa: ANN401
        with closing(self._db.execute(question, values)) as rows:
            return rows.fetchall()

    def _ask_each(self, question: str, values: Iterable[str]) -> Iterator[Any]:
        """Yield the rows of a question whose IN (?) is filled with many values."""
        wanted = list(dict.fromkeys(values))
        for at in range(0, len(wanted), _MOST_ASKED):
            some = wanted[at : at + _MOST_ASKED]
            yield from self._ask(question.replace("?", ", ".join("?" * len(some))), *some)

    def _put(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    # --- keeping up with the store -----------------------------------------------------------------------------------

    @property
    def revision(self) -> int | None:
        """The state of the store that the graph shows, None while it has never been whole."""
        found = self._meta("revision")
        return None if found is None else int(found)

    def update(self, store: Store, became: Became | None = None, progress: Progress = lambda done, total: None) -> int:
        """Bring the graph up to the store, and return of how many documents the own part was made anew.

        A first build is kept bit by bit and goes on where it was stopped; later ones appear whole. `became` as in `Said`.
        """
        revision = store.revision()  # first: what changes while we read is then read again by the next update
        if self.revision == revision:
            return 0
        resolver = CorrectedResolver.of(corrected(store, became), at=date.min)  # no edge depends on the day
        with self._writing():
            return self._update(resolver, revision, progress)

    def _update(self, resolver: Resolver, revision: int, progress: Progress) -> int:
        documents = {document.doc_id: document for document in resolver.documents}
        known: dict[str, int] = dict(self._ask("SELECT doc_id, revision FROM parts"))
        gone = known.keys() - documents.keys()
        changed = documents.keys() - known.keys() | self._changed(resolver.store, known) & documents.keys()
        own = changed | self._corrected(corrected(resolver.store)) & documents.keys()
        names = self._known_as(gone | changed) | {n for key in changed for n in known_as(resolver, documents[key])}
        touched = self._names(gone | own)
        for doc_id in gone:
            self._drop(doc_id)
        for done, doc_id in enumerate(sorted(own)):
            progress(done, len(own))
            touched |= self._put_part(resolver, documents[doc_id], revision)
            if self.revision is None and done % _CHUNK == _CHUNK - 1:
                self._db.execute("COMMIT")
                self._db.execute("BEGIN IMMEDIATE")
        for doc_id in sorted(self._citing(names) & documents.keys() - own):
            self._put_cited(resolver, documents[doc_id])
        self._put_bodies(touched if self.revision is not None else {row[0] for row in self._ask(_ALL_NAMES)})
        self._put_meta("decisions", json.dumps([one.decision_id for one in resolver.store.decisions()]))
        self._put_meta("revision", str(revision))
        progress(len(own), len(own))
        return len(own)

    def _changed(self, store: Store, known: Mapping[str, int]) -> set[str]:
        """Return which documents were read anew after their part was made."""
        found = set[str]()
        for revision in set(known.values()):
            found |= {d.doc_id for d in store.changed_since(revision) if known.get(d.doc_id) == revision}
        return found

    def _corrected(self, store: CorrectedStore) -> set[str]:
        """Return the documents of which persons have said something new."""
        seen = set(json.loads(self._meta("decisions") or "[]"))
        new = [one for one in store.decisions() if one.decision_id not in seen]
        found = {d.doc_id for d in store.documents() if store.said.concerns(d.doc_id)} if new else set()
        return found.union(*(store.documents_naming(one.words) for one in new if one.doc_id is None))

    def _known_as(self, doc_ids: Iterable[str]) -> set[str]:
        rows = self._ask_each("SELECT name FROM known_as JOIN parts USING (part) WHERE doc_id IN (?)", doc_ids)
        return {row[0] for row in rows}

    def _names(self, doc_ids: Iterable[str]) -> set[str]:
        """Return the names of the bodies that documents name."""
        rows = self._ask_each("SELECT DISTINCT name FROM namings JOIN parts USING (part) WHERE doc_id IN (?)", doc_ids)
        return {row[0] for row in rows}

    def _citing(self, names: Iterable[str]) -> set[str]:
        """Return the documents that cite something under one of these names."""
        rows = self._ask_each("SELECT DISTINCT doc_id FROM cited JOIN parts USING (part) WHERE name IN (?)", names)
        return {row[0] for row in rows}

    def _drop(self, doc_id: str) -> None:
        for (part,) in self._ask("SELECT part FROM parts WHERE doc_id = ?", doc_id):
            for table in (*_OF_A_PART, "parts"):
                self._db.execute(f"DELETE FROM {table} WHERE part = ?", (part,))

    def _put_part(self, resolver: Resolver, document: Document, revision: int) -> set[str]:
        """Make the part of a document anew, and return the names of the bodies that it names."""
        self._drop(document.doc_id)
        self._db.execute("INSERT INTO parts (doc_id, revision) VALUES (?, ?)", (document.doc_id, revision))
        made, part = part_of(resolver.store, document), self._part(document)
        self._put("edges", [(part, _OWN, *edge) for edge in made.edges])
        self._put("namings", [(part, *naming) for naming in made.namings])
        self._put("keys", [(part, *keys) for keys in made.keys])
        self._put("known_as", [(part, name) for name in sorted(known_as(resolver, document))])
        self._put_cited(resolver, document)
        return {naming.name for naming in made.namings}

    def _put_cited(self, resolver: Resolver, document: Document) -> None:
        part, made = self._part(document), cited_by(resolver, document)
        self._db.execute("DELETE FROM edges WHERE part = ? AND half = ?", (part, _CITED))
        self._db.execute("DELETE FROM cited WHERE part = ?", (part,))
        self._put("edges", [(part, _CITED, *edge) for edge in made.edges])
        self._put("cited", [(part, name) for name in sorted(made.names)])

    def _part(self, document: Document) -> int:
        return int(self._ask("SELECT part FROM parts WHERE doc_id = ?", document.doc_id)[0][0])

    # --- bodies ------------------------------------------------------------------------------------------------------

    def _put_bodies(self, names: Iterable[str]) -> None:
        """Make the bodies of these names anew, and what they are part of."""
        parents = set[str]()
        for name in sorted(names):
            told = [Naming(*row) for row in self._ask(f"SELECT {_NAMING} FROM namings WHERE name = ?", name)]
            parents |= self._put_body(body_id(name), body_of(name, told) if told else None)
        while parents:
            ring, parents = sorted(parents), set()
            for key in ring:
                if not self._ask("SELECT 1 FROM namings WHERE name = ? LIMIT 1", key.removeprefix(PREFIX)):
                    children = self.parts_of(key)
                    parents |= self._put_body(key, parent_only(key, children) if children else None)

    def _put_body(self, key: str, body: Body | None) -> set[str]:
        """Write a body where it is another than before, and return which others this may change."""
        old = self.body(key)
        if old == body:
            return set()
        self._db.execute("DELETE FROM bodies WHERE body_id = ?", (key,))
        if body is not None:
            aliases = json.dumps(body.aliases, ensure_ascii=False)
            self._put("bodies", [(key, body.name, body.kind, body.level, body.region, body.parent_id, aliases)])
        near = {one.parent_id for one in (old, body) if one is not None and one.parent_id is not None}
        return near if body is not None else near | {key}

    def bodies(self) -> Iterator[Body]:
        """Yield all bodies in the order of their ids."""
        return map(_body, self._ask(f"SELECT {_BODY} FROM bodies ORDER BY body_id"))

    def kinds(self, among: Iterable[str] = ()) -> list[tuple[str, str, str]]:
        """Return the id, name and kind of every body, or of those of some kinds, in the order of the ids."""
        rest = "ORDER BY body_id"
        if wanted := list(among):
            rest = f"WHERE kind IN ({', '.join('?' * len(wanted))}) {rest}"
        return self._ask(f"SELECT body_id, name, kind FROM bodies {rest}", *wanted)

    def body(self, key: str) -> Body | None:
        """Return the body of that id, None where no document names it."""
        found = self._ask(f"SELECT {_BODY} FROM bodies WHERE body_id = ?", key)
        return _body(found[0]) if found else None

    def bodies_by_id(self, keys: Iterable[str]) -> dict[str, Body]:
        """Return the bodies of those ids that are known."""
        return {row[0]: _body(row) for row in self._ask_each(f"SELECT {_BODY} FROM bodies WHERE body_id IN (?)", keys)}

    def parts_of(self, key: str) -> list[Body]:
        """Return the bodies that are organs of a body, in the order of their ids."""
        return list(map(_body, self._ask(f"SELECT {_BODY} FROM bodies WHERE parent_id = ? ORDER BY body_id", key)))

    def bodies_named(self, words: str) -> list[Body]:
        """Return the bodies of that name, else those that documents mean by it, those first that most documents mean."""
        found = self.body(body_id(words))
        if found is not None:
            return [found]
        rows = self._ask(
            "SELECT name FROM namings WHERE words = ? GROUP BY name ORDER BY count(*) DESC, name",
            "".join(words.split()),
        )
        known = self.bodies_by_id(body_id(row[0]) for row in rows)
        return list(known.values())

    def bodies_like(self, words: str, limit: int) -> list[tuple[Body, int]]:
        """Return bodies whose name or alias holds `words`, each with the number of documents that name it, most first."""
        rows = self._ask(
            "SELECT name, count(DISTINCT part) AS n FROM namings WHERE instr(name, ?) OR (is_alias AND instr(words, ?)) "
            "GROUP BY name ORDER BY n DESC, length(name), name LIMIT ?",
            *("".join(words.split()), "".join(words.split()), limit),
        )
        known = self.bodies_by_id(body_id(name) for name, _ in rows)
        return [(known[body_id(name)], n) for name, n in rows]

    def bodies_most_named(self, circle: Circle, limit: int) -> list[tuple[Body, int]]:
        """Return the public bodies of a circle that most documents name, each with their number."""
        rows = self._ask(
            "SELECT b.body_id, count(DISTINCT part) AS n FROM bodies b JOIN namings USING (name) WHERE b.kind IN "
            f"('政府', '部门', '内设机构') AND {_OF_CIRCLE[circle]} GROUP BY b.body_id ORDER BY n DESC, b.body_id LIMIT ?",
            limit,
        )
        known = self.bodies_by_id(key for key, _ in rows)
        return [(known[key], n) for key, n in rows]

    def bodies_most_bearing(self, limit: int) -> list[tuple[Body, int]]:
        """Return the public bodies on which most norms lie, each with the number of documents that name it, most norms first."""
        rows = self._ask(
            "SELECT body_id FROM bodies JOIN edges ON source = body_id WHERE type IN ('bears', 'holds') AND kind IN "
            "('政府', '部门', '内设机构') GROUP BY body_id ORDER BY count(*) DESC, body_id LIMIT ?",
            limit,
        )
        known = self.bodies_by_id(row[0] for row in rows)
        return [(known[row[0]], len(self.named_in(row[0]))) for row in rows]

    def words_in(self, doc_id: str) -> dict[str, str]:
        """Return which body a document means by which words, as ids; words that mean several there are left out."""
        rows = self._ask(
            "SELECT words, min(name) FROM namings JOIN parts USING (part) WHERE doc_id = ? "
            "GROUP BY words HAVING count(DISTINCT name) = 1",
            doc_id,
        )
        return {words: body_id(name) for words, name in rows}

    def named_in(self, key: str) -> dict[str, int]:
        """Return the documents that name a body, each with how often."""
        return dict(
            self._ask(
                "SELECT doc_id, sum(times) FROM namings JOIN parts USING (part) WHERE name = ? GROUP BY doc_id ORDER BY doc_id",
                key.removeprefix(PREFIX),
            )
        )

    # --- edges -------------------------------------------------------------------------------------------------------

    def edges(self, doc_id: str | None = None) -> Iterator[PartEdge]:
        """Yield the edges that a document adds, or all of them document by document in the order of their ids."""
        where, values = ("", ()) if doc_id is None else ("WHERE doc_id = ?", (doc_id,))
        question = f"SELECT {_EDGE} FROM edges JOIN parts USING (part) {where} ORDER BY doc_id, half, edges.rowid"
        return map(_edge, self._db.execute(question, values))

    def edges_from(self, nodes: Iterable[str], types: Collection[EdgeType] = tuple(EdgeType)) -> list[PartEdge]:
        """Return the edges that leave nodes, in the order of the documents that say so."""
        return self._edges_at("source", nodes, types)

    def edges_to(self, nodes: Iterable[str], types: Collection[EdgeType] = tuple(EdgeType)) -> list[PartEdge]:
        """Return the edges that arrive at nodes, in the order of the documents that say so."""
        return self._edges_at("target", nodes, types)

    def _edges_at(self, end: str, nodes: Iterable[str], types: Collection[EdgeType]) -> list[PartEdge]:
        kinds = ", ".join(f"'{kind}'" for kind in types)
        question = f"SELECT {_EDGE}, part, edges.rowid FROM edges WHERE {end} IN (?) AND type IN ({kinds})"
        rows = sorted(self._ask_each(question, nodes), key=lambda row: row[-2:])
        return [_edge(row[:-2]) for row in rows]

    def edges_of(self, types: Collection[EdgeType]) -> list[PartEdge]:
        """Return all edges of these types, in the order of the documents that say so."""
        kinds = ", ".join(f"'{kind}'" for kind in types)
        question = f"SELECT {_EDGE} FROM edges JOIN parts USING (part) WHERE type IN ({kinds}) ORDER BY doc_id, half, edges.rowid"
        return list(map(_edge, self._ask(question)))

    def citing_clauses(self, doc_id: str) -> list[str]:
        """Return the clauses of a document that cite something or are cited by others."""
        own = [edge.source for edge in self.edges(doc_id) if edge.type is EdgeType.CITES]
        return list(dict.fromkeys((*own, *self.cited_clauses(doc_id))))

    def cited_clauses(self, doc_id: str) -> list[str]:
        """Return the clauses of a document that something refers to: cites, is based on, amends, repeals."""
        question = (
            "SELECT DISTINCT target FROM edges WHERE target > ? AND target < ? "
            "AND type IN ('cites', 'based_on', 'amends', 'repeals')"
        )
        return [row[0] for row in self._ask(question, f"{doc_id}#", f"{doc_id}$")]  # $ is the character behind #

    def bearers_in(self, clause_ids: Iterable[str]) -> dict[str, list[str]]:
        """Return the bodies on which something lies in clauses, by the clause."""
        found: dict[str, list[str]] = {}
        question = "SELECT DISTINCT source FROM edges WHERE target > ? AND target < ? AND type IN ('bears', 'holds')"
        for clause_id in clause_ids:
            rows = self._ask(
                question, f"{clause_id}~n", f"{clause_id}~q"
            )  # norms: ~n1, and ~p… where a person added them
            if rows:
                found[clause_id] = [row[0] for row in rows]
        return found

    def norms_in(self, clause_id: str) -> list[str]:
        """Return the norms of a clause that may be met in other documents."""
        rows = self._ask(
            "SELECT norm_id FROM keys WHERE norm_id > ? AND norm_id < ?", f"{clause_id}~n", f"{clause_id}~q"
        )
        return [row[0] for row in rows]

    def alike_to(self, norm_ids: Iterable[str]) -> list[PartEdge]:
        """Return edges to norms of other documents that say the same, or the same with other figures, bodies or strength."""
        wanted, found = list(norm_ids), dict[tuple[str, str], PartEdge]()
        for column, kind in (("same", EdgeType.SAME_AS), ("alike", EdgeType.DIFFERS_FROM)):
            question = (
                f"SELECT mine.norm_id, other.norm_id FROM keys AS mine JOIN keys AS other USING ({column}) "
                "WHERE mine.norm_id IN (?) AND mine.part <> other.part"
            )
            for mine, other in self._ask_each(question, wanted):
                found.setdefault((mine, other), _alike(mine, other, kind))
        return sorted(found.values())

    def is_formula(self, norm_id: str, most: int) -> bool:
        """Tell whether more than `most` norms say the same as one: such words stand everywhere."""
        question = "SELECT 1 FROM keys AS mine JOIN keys AS other USING (same) WHERE mine.norm_id = ? LIMIT 1 OFFSET ?"
        return bool(self._ask(question, norm_id, most))

    def alike(self) -> Iterator[PartEdge]:
        """Yield edges that join norms of different documents that are alike, each to the first of its kind."""
        rows = self._ask("SELECT alike, same, part, norm_id FROM keys ORDER BY alike, same, norm_id")
        for _, group in groupby(rows, key=itemgetter(0)):
            first, *others = [list(same) for _, same in groupby(group, key=itemgetter(1))]
            for same in (first, *others):
                yield from (_alike(same[0][3], row[3], EdgeType.SAME_AS) for row in same[1:] if row[2] != same[0][2])
            for same in others:
                if same[0][0] is not None and same[0][2] != first[0][2]:
                    yield _alike(first[0][3], same[0][3], EdgeType.DIFFERS_FROM)


def _alike(norm_id: str, other_id: str, kind: EdgeType) -> PartEdge:
    return PartEdge(norm_id, other_id, kind, norm_id.rpartition("~")[0], norm_id, "words")


def kept_graph(store: Store, became: Became | None = None, progress: Progress = lambda done, total: None) -> KeptGraph:
    """Return the graph of a store, brought up to it; in memory where nothing can be written beside the store."""
    try:
        graph = KeptGraph(store.folder)
        graph.update(store, became, progress)
    except StoreError:
        graph = KeptGraph(None)
        graph.update(store, became, progress)
    return graph


def _edge(row: Sequence[Any]) -> PartEdge:
    return PartEdge(*row)._replace(type=EdgeType(row[2]))


def _body(row: Sequence[Any]) -> Body:
    key, name, kind, level, region, parent_id, aliases = row
    return Body(key, name, tuple(json.loads(aliases)), kind, level, region, parent_id)
