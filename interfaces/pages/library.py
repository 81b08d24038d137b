"""What the app knows of a store at one moment: its documents with their standing, and where their citations lead."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import takewhile
from pathlib import Path

import networkx as nx

from compare.becoming import became
from compare.present import Presence
from graph.build import around
from graph.corrected import CorrectedResolver, corrected
from graph.kept import KeptGraph
from graph.schema import EdgeType
from tiaoli.ids import document_id
from tiaoli.provisions import title_key
from tiaoli.records import Amendment, Citation, Clause, Document, Kind, Problem, Status
from tiaoli.store import Store
from tiaoli.validity import in_force_from

LEVELS = {
    1: "宪法、法律",
    2: "行政法规、监察法规",
    3: "司法解释",
    4: "省级地方性法规",
    5: "市、县地方性法规",
    6: "部门规章、省级政府规章",
    7: "市级政府规章",
    8: "国家级规范性文件",
    9: "省级规范性文件",
    10: "市级规范性文件",
    11: "县级规范性文件",
    12: "乡级规范性文件",
    13: "其他文件",
}


_KEPT = 16  # documents whose citations are kept resolved


@dataclass(frozen=True, slots=True)
class Past:
    """Why a document is not the text that counts, and which one is."""

    reason: str
    current: Document | None = None
    withdrawn: bool = False


class Library:
    """The documents of a store in one revision at one day. Threads may share it."""

    def __init__(self, folder: Path, day: date) -> None:
        """Read all documents and what is needed to resolve citations."""
        self._lock = threading.Lock()  # the resolver's connection serves one thread at a time
        self._store = Store(folder, read_only=True)
        follow = Presence(self._store, at=day).of
        self._resolver = CorrectedResolver.of(corrected(self._store, became), at=day, follow=follow)
        self._cited: dict[str, tuple[Citation, ...]] = {}
        standing = self._resolver.standing
        self.documents = tuple(
            replace(d, status=standing.get(d.doc_id)) if d.current else d
            for d in self._store.documents(all_versions=True)
        )
        self.current = tuple(d for d in self.documents if d.current)
        self.by_id = {d.doc_id: d for d in self.documents}
        self.n_clauses = sum(d.n_clauses for d in self.current)
        self.files = self._store.files()
        self.problems: Sequence[Problem] = self._store.problems()
        self.problem_count = Counter(p.doc_id for p in self.problems if p.doc_id)

    @cached_property
    def _works(self) -> dict[str, list[Document]]:
        works: defaultdict[str, list[Document]] = defaultdict(list)
        for document in self.documents:
            if document.version_of:
                works[document.version_of].append(document)
        return works

    def versions(self, document: Document) -> list[Document]:
        """The versions of the same work, this one included, the newest first."""
        found = self._works.get(document.version_of or "", [document])
        return sorted(found, key=lambda d: (in_force_from(d) or date.min, d.current, d.version, d.doc_id), reverse=True)

    def past(self, document: Document) -> Past | None:
        """Return why a document is not the text that counts now, None where it is or nothing is known."""
        if not document.current:
            return self._left(document)
        newer = next((d for d in self.versions(document) if d.status is Status.IN_FORCE), None)
        if document.status is Status.AMENDED:
            return Past("这是旧版本，已有新版本施行。", newer)
        if document.status in (Status.REPEALED, Status.EXPIRED):
            return Past(f"本文件{document.status.value}，不能再作为依据。", newer)
        return None

    def _left(self, document: Document) -> Past:
        member = document.source.partition("#")[2] or None
        for file in self.files.values():
            if document_id(file.base_id, member, document.version) == document.doc_id:
                newer = self.by_id.get(document_id(file.base_id, member, file.version))
                if file.state == "withdrawn":
                    return Past("源文件已从原来的位置撤下，本文不再参与检索。", withdrawn=True)
                return Past("源文件后来有改动，这是改动前的文本。", newer if newer and newer.current else None)
        return Past("这份文本已不在当前语料中。", withdrawn=True)

    def citations(self, document: Document) -> tuple[Citation, ...]:
        """The citations of a document in text order, with their targets; those of the documents read last are kept."""
        with self._lock:
            found = self._cited.pop(document.doc_id, None) or self._resolver.resolve(document)
            self._cited[document.doc_id] = found
            if len(self._cited) > _KEPT:
                del self._cited[next(iter(self._cited))]
            return found

    def amendments(self, document: Document) -> tuple[Amendment, ...]:
        """What a document amends in others, with their provisions."""
        with self._lock:
            return self._resolver.amendments(document)

    def provision(self, doc_id: str, clause_id: str) -> str:
        """The words of a provision with those below it, one line for each clause; empty where there is none."""
        clauses = self.clauses(doc_id)
        at = next((n for n, clause in enumerate(clauses) if clause.clause_id == clause_id), None)
        if at is None:
            return ""
        depth = len(clauses[at].path)
        below = takewhile(lambda clause: len(clause.path) > depth, clauses[at + 1 :])
        return "\n".join(filter(None, (_words(clause) for clause in (clauses[at], *below))))

    def clauses(self, doc_id: str) -> Sequence[Clause]:
        """The clauses of a document."""
        with self._lock:
            return self._resolver.clauses(doc_id)

    def around(
        self, kept: KeptGraph, nodes: Sequence[str], types: Collection[EdgeType] = tuple(EdgeType)
    ) -> nx.MultiDiGraph[str]:
        """What edges of these types join nodes to, as far as the graph of the store goes; a document brings its norms too."""
        with self._lock:
            store = self._resolver.store
            norms = [norm.norm_id for node in nodes if node in self.by_id for norm in store.norms(node)]
            return around(kept, self._resolver, (*nodes, *norms), types)

    def named(self, title: str) -> Sequence[Document]:
        """The documents that a citation of that title may mean."""
        return self._resolver.titles.find(title)

    def find(self, words: str, documents: Sequence[Document] | None = None) -> list[Document]:
        """The documents whose title, 文号, issuer or source holds all of `words`; those that begin with them first."""
        keys = [title_key(word) for word in words.split()]
        found = [d for d in (self.current if documents is None else documents) if _holds(d, keys)]
        whole = "".join(keys)
        return sorted(
            found, key=lambda d: (not title_key(d.title).removeprefix("中华人民共和国").startswith(whole), len(d.title))
        )


def _holds(document: Document, keys: Sequence[str]) -> bool:
    text = title_key(f"{document.title} {document.doc_number or ''} {document.issuer or ''} {document.source}")
    return all(key in text for key in keys)


def _words(clause: Clause) -> str:
    """The words of one clause with the label where it is printed before them."""
    words = " ".join(filter(None, (clause.heading, clause.text)))
    printed = clause.kind in (Kind.ITEM, Kind.SUBITEM, Kind.POINT, Kind.SUBPOINT)
    return f"{clause.label}{words}" if printed and words else words
