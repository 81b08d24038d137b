"""Whether documents are in force at a date: from their own dates and from the other versions of the same work."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from tiaoli.lexicon import texts
from tiaoli.provisions import title_key
from tiaoli.records import Document, Status

_NONE: Mapping[str, date] = MappingProxyType({})
_NAMED = re.compile(r"《([^《》]{2,120})》")
_HANDS_OUT = re.compile(r"印发|公布|发布")


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
    knows, a title alone never does. What a later document prolongs (关于延长《某办法》有效期的通知) ends when that one says.
    A document without any date is left out: nothing is known of its force.
    """
    prolonged = _prolonged(documents, at)
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
            last = prolonged.get(document.doc_id, document.expires)
            found[document.doc_id] = _status(last, _next(starts, document.version_of, start), at)
    return found


def prolongs(title: str) -> str | None:
    """Return the title of the measure whose term a document of this title prolongs, None where it prolongs none.

    >>> prolongs("江川市人民政府关于延长《江川市公墓管理办法》有效期的通知"), prolongs("关于延长开放时间的通知")
    ('江川市公墓管理办法', None)
    """
    found = _prolonging().search(title)
    return found[1] if found else None


@cache
def _prolonging() -> re.Pattern[str]:
    """Return the pattern of a title that says first that it prolongs, then what, then that it is its term."""
    words, terms = "|".join(texts("status_words", "prolongs")), "|".join(texts("status_words", "term"))
    return re.compile(rf"关于[^《》]{{0,8}}(?:{words})[^《》]{{0,4}}《([^《》]{{2,120}})》[^《》]{{0,12}}(?:{terms})")


def _prolonged(documents: Sequence[Document], at: date) -> dict[str, date]:
    """Return the new last day of the documents that others prolong which have begun at `at`; a title that several bear is left."""
    ends: dict[str, date] = {}
    named: dict[tuple[str, str | None], list[Document]] = {}
    later = [d for d in documents if d.expires is not None and not d.draft and prolongs(d.title) is not None]
    for document in documents if later else ():
        for key in _names(document):
            named.setdefault((key, document.region), []).append(document)
    for document in later:
        begins = in_force_from(document)
        found = [
            other
            for other in named.get((title_key(prolongs(document.title) or ""), document.region), ())
            if other is not document and begins is not None and (in_force_from(other) or date.max) < begins <= at
        ]
        if len(found) == 1 and document.expires is not None:
            ends[found[0].doc_id] = max(document.expires, ends.get(found[0].doc_id, date.min))
    return ends


def _names(document: Document) -> Iterator[str]:
    """Yield the keys under which a document is named: its title, and that of what it hands out."""
    yield title_key(document.title)
    if _HANDS_OUT.search(document.title) and (inner := _NAMED.search(document.title)):
        yield title_key(inner[1])


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


def _status(expires: date | None, amended: date | None, at: date) -> Status:
    """Return the status of a document that has begun and is in force until `expires`: what ended it first counts."""
    last = expires or date.max
    if amended is not None and amended <= at and amended <= last:
        return Status.AMENDED
    return Status.EXPIRED if last < at else Status.IN_FORCE
