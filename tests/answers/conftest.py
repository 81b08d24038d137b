"""Small stores read from texts of our own, with their graph."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

import pytest
from factories import ingest, write

from answers.gaps.opened import Opened
from answers.gaps.survey import survey
from graph.corrected import CorrectedResolver, corrected
from graph.kept import KeptGraph, kept_graph
from graph.resolve import Resolver
from ingest import pipeline
from tiaoli.store import Store

TODAY = date(2026, 6, 1)
DAY = date(2026, 12, 1)


class Shelf(NamedTuple):
    """A store with what answers are asked of."""

    store: Store
    kept: KeptGraph
    resolver: Resolver


@pytest.fixture
def shelf(tmp_path):
    """A function that reads texts by name into a store: `with shelf({"办法": "…"}) as opened`."""

    @contextmanager
    def read(texts):
        folder = tmp_path / "texts"
        folder.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        with Store(tmp_path / "store") as store:
            for _ in pipeline.ingest([folder], store, workers=0):
                pass
            with kept_graph(store) as kept:
                yield Shelf(store, kept, CorrectedResolver.of(corrected(store), at=TODAY))

    return read


@pytest.fixture
def read(store, tmp_path):
    """Open one document from its text."""

    def opened(text: str) -> Opened:
        ingest(store, write(tmp_path / "文件", {"文件.txt": text}))
        return Opened.of(store, store.documents()[-1])

    return opened


@pytest.fixture
def surveyed(store, tmp_path):
    """The survey of documents, given by name and text."""

    def found(**texts: str):
        ingest(store, write(tmp_path / "文件", {f"{name}.txt": text for name, text in texts.items()}))
        return survey(Resolver.of(store, at=DAY), DAY)

    return found
