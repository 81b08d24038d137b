"""Whether documents are in force at a date: from their own dates and from the other versions of the same work."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from tiaoli.records import Document, Status

_NONE: Mapping[str, date] = MappingProxyType({})


def in_force_from(document: Document) -> date | None:
    """Return the first day on which this version can be in force, None where no date is known.

    An amended text still prints the day on which its first version came into force; then the version begins with its own
    promulgation.
    """
    printed = [day for day in (document.effective, document.promulgated) if day is not None]
    return max(printed, default=document.adopted)


def statuses(documents: Sequence[Document], at: date, *, repealed: Mapping[str, date] = _NONE) -> dict[str, Status]:
    """Return the status at `at` of every document that can be told, by doc id.

    `repealed` gives the first day out of force of documents that another text repeals: who resolves such citations
    knows, a title alone never does. A document without any date is left out: nothing is known of its force.
    """
    begun = [(document, in_force_from(document)) for document in documents]
    starts = _starts(begun)
    found: dict[str, Status] = {}
    for document, start in begun:
        end = repealed.get(document.doc_id)
        if document.draft or (start is not None and start > at):
            found[document.doc_id] = Status.NOT_YET
        elif end is not None and end <= at:
            found[document.doc_id] = Status.REPEALED
        elif start is not None or document.expires is not None:
            found[document.doc_id] = _status(document, _next(starts, document.version_of, start), at)
    return found


def _starts(begun: Iterable[tuple[Document, date | None]]) -> dict[str, list[date]]:
    """Return for each work when its versions began, in order; drafts and superseded readings of a file amend nothing."""
    starts: dict[str, set[date]] = {}
    for document, start in begun:
        if document.version_of is not None and start is not None and document.current and not document.draft:
            starts.setdefault(document.version_of, set()).add(start)
    return {work: sorted(days) for work, days in starts.items()}


def _next(starts: Mapping[str, Sequence[date]], work: str | None, start: date | None) -> date | None:
    """Return when the next version of a work began after the one that began at `start`."""
    if work is None or start is None:
        return None
    days = starts.get(work, ())
    place = bisect_right(days, start)
    return days[place] if place < len(days) else None


def _status(document: Document, amended: date | None, at: date) -> Status:
    """Return the status of a document that has begun: what ended it first counts."""
    last = document.expires or date.max
    if amended is not None and amended <= at and amended <= last:
        return Status.AMENDED
    return Status.EXPIRED if last < at else Status.IN_FORCE
