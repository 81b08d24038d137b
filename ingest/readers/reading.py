"""What every reader returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, what its format said about it, and what the reader has to report."""

    text: str
    encoding: str = "utf-8"
    member: str = ""  # its name in the archive that was read, empty where the file is no archive
    headings: Mapping[int, int] = field(
        default_factory=dict
    )  # line number from 0 → level of a heading mark, 1 = highest
    rows: tuple[range, ...] = ()  # runs of line numbers that are one row of a table each, its cells parted by tabs
    front_matter: Mapping[str, str] = field(default_factory=dict)  # what the head of the file says of the document
    notes: tuple[tuple[str, str], ...] = ()  # (problem code, Chinese message)
