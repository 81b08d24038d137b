"""What every test may ask for."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tiaoli.store import Store

hypothesis.settings.register_profile("tiaoli", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("tiaoli")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for the files of a user."""
    path = tmp_path / "文件"
    path.mkdir()
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "库") as opened:
        yield opened


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder where every user may write, outside of pytest's own, which are closed to others."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o777)
    yield path
    shutil.rmtree(path)
