"""What every source of statutes offers to the import: its statutes, each with what the source knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol

from ingest.readers.reading import Reading
from tiaoli.records import DocType, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a source states of a statute as a whole. It goes before what the text says; None leaves that to the text."""

    title: str | None = None
    doc_type: DocType | None = None
    issuer: str | None = None
    region: str | None = None
    promulgated: date | None = None  # of this version
    effective: date | None = None

    def stated(self) -> tuple[tuple[str, object], ...]:
        """Return the fields of `Document` that the source states, with their values."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return tuple((name, value) for name, value in values if value is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """One statute in one version, as a source holds it."""

    path: str  # its identity in the store: the absolute path of a file, or a name that no file has
    source: str  # as shown
    stem: str  # what its ids begin with
    folder: str  # what tells it from another of that stem
    sha256: str  # of all that the source holds of it; empty where that cannot be read
    read: Callable[[], Reading]  # UnreadableFile says why it cannot be read
    facts: Facts = Facts()
    status: Status | None = None  # as the source states it; it gives no day, so that it is compared, not believed
    labels: tuple[str, ...] = ()  # of the units that the source counts, where it counts them
    notes: tuple[tuple[str, str], ...] = ()  # what is wrong with the source's own words: (problem code, message)


class StatuteSource(Protocol):
    """A place from which statutes come."""

    def statutes(self) -> Sequence[Statute]:
        """Return all statutes of the source in a steady order; a TiaoliError where it cannot be used at all."""

    def gone(self, known: Iterable[str], statutes: Sequence[Statute]) -> list[str]:
        """Return those of the `known` paths that came from this source and are not among its `statutes` any more."""

    @property
    def passed_over(self) -> Mapping[str, str]:
        """What the last listing found besides statutes, as shown, each with the reason why it is none."""
