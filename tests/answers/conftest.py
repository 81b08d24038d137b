"""Documents of a few lines, opened as the answers read them."""

from __future__ import annotations

from datetime import date

import pytest
from factories import ingest, write

from answers.opened import Opened
from answers.survey import survey
from graph.resolve import Resolver

DAY = date(2026, 12, 1)


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
