"""Where the store is, and other choices a user makes by environment or option."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SAMPLE_CORPUS = PROJECT / "corpus"
LEXICON = PROJECT / "lexicon"
APP = PROJECT / "app.py"


def store_folder(given: str | Path | None = None) -> Path:
    """Folder of the store: the one given, else `TIAOLI_STORE`, else `.tiaoli` in the working folder."""
    return Path(given or os.environ.get("TIAOLI_STORE") or ".tiaoli")
