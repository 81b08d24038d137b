"""The open index: what the app and the command line ask. It notices a new generation by itself."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from search.answer import View, answer, rank
from search.contract import Query, Results
from search.facets import Catalogue
from search.generation import FORMAT, Generation, newest, open_generation
from search.lexical import LexicalRetriever
from tiaoli.errors import NotFound, StoreError
from tiaoli.records import Clause
from tiaoli.store import Store

_DAYS_KEPT = 4  # days for which the status of all documents is kept ready


class Index:
    """The index of a store. Threads may share it; each search sees one whole generation, the newest when it began."""

    def __init__(self, store_folder: Path) -> None:
        """Open the newest generation; NotFound where there is none yet."""
        self.folder = store_folder
        self._lock = threading.Lock()
        self._views: dict[date, View] = {}
        self._generation, self._retriever = _load(store_folder)

    @property
    def generation(self) -> Generation:
        """The newest generation."""
        self._refresh()
        return self._generation

    def retriever(self) -> LexicalRetriever:
        """What gives candidates with their scores, for fusion with other retrievers."""
        self._refresh()
        return self._retriever

    def search(self, query: Query | str) -> Results:
        """Return the answer to a query; BadFilter where a filter is wrong, never an error for odd words."""
        asked = Query(query) if isinstance(query, str) else query
        return answer(self.view(asked.at), asked)

    def rank(self, query: Query) -> list[tuple[str, float]]:
        """Return clause ids and scores only, in the order of `search`."""
        return rank(self.view(query.at), query)

    def view(self, at: date | None = None) -> View:
        """What queries are answered from, with the status of documents at a day (today where it is None)."""
        day = at or date.today()
        self._refresh()
        with self._lock:
            if day not in self._views:
                while len(self._views) >= _DAYS_KEPT:
                    del self._views[next(iter(self._views))]
                catalogue = Catalogue(self._generation, day)
                self._views[day] = View(self._generation, self._retriever, catalogue, self._clauses)
            return self._views[day]

    def _refresh(self) -> None:
        if newest(self.folder) != self._generation.number:
            with self._lock:
                if newest(self.folder) != self._generation.number:
                    self._generation, self._retriever = _load(self.folder)
                    self._views = {}

    def _clauses(self, doc_id: str) -> Sequence[Clause]:
        with Store(self.folder, read_only=True) as store:  # a connection belongs to one thread
            return store.clauses(doc_id)


def _load(store_folder: Path) -> tuple[Generation, LexicalRetriever]:
    generation = open_generation(store_folder)
    if generation is None:
        raise NotFound(f"{store_folder} 里还没有检索索引。请先运行 tiaoli ingest 文件夹，或用 --store 指明位置。")
    if generation.format != FORMAT:
        raise StoreError("检索索引是另一版程序建立的。请运行 tiaoli ingest 更新它（不必指定新文件）。")
    return generation, LexicalRetriever(generation)


def open_index(store_folder: str | Path) -> Index:
    """Return the index of the store in `store_folder`: cheap to keep, safe to share between threads."""
    return Index(Path(store_folder))
