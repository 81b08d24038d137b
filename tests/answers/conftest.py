"""Small stores read from texts of our own, with their graph."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

import pytest

from graph.corrected import CorrectedResolver, corrected
from graph.kept import KeptGraph, kept_graph
from graph.resolve import Resolver
from ingest import pipeline
from tiaoli.store import Store

TODAY = date(2026, 6, 1)


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
