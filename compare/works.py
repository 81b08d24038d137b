"""Works and their versions: which documents are one instrument at different times, and which of them are mere copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tiaoli.errors import NotFound
from tiaoli.provisions import TitleIndex
from tiaoli.records import Document, Version, Work
from tiaoli.validity import in_force_from

_MOST_NAMED = 5  # works that a message lists


def works(documents: Iterable[Document]) -> list[Work]:
    """Return the works of these documents by name, each with its versions."""
    found: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        found[document.version_of or document.doc_id].append(document)
    return [_work(name, those) for name, those in sorted(found.items())]


def _work(name: str, documents: Sequence[Document]) -> Work:
    versions: defaultdict[object, list[Document]] = defaultdict(list)
    for document in documents:
        versions[_identity(document)].append(document)
    ordered = sorted((_version(copies) for copies in versions.values()), key=_place)
    dated = [version for version in ordered if version.begins] or ordered
    return Work(name, dated[-1].document.title, tuple(ordered))


def _identity(document: Document) -> object:
    """What copies of one version share: its day; without one, the file's bytes."""
    day = document.promulgated or in_force_from(document)
    return day if day and not document.draft else (document.sha256, document.source.partition("#")[2])


def _version(copies: Sequence[Document]) -> Version:
    """The fullest text that is still current stands for a version."""
    first, *others = sorted(copies, key=lambda d: (not d.current, -d.n_clauses, -d.version, d.doc_id))
    return Version(first, None if first.draft else in_force_from(first), tuple(others))


def _place(version: Version) -> tuple[bool, date, str]:
    return version.begins is None, version.begins or date.max, version.document.doc_id


def work_named(documents: Sequence[Document], title: str) -> Work:
    """Return the work of that title (in full or short, with or without 《》); NotFound says which there are instead."""
    index = TitleIndex(documents)
    named = index.find(title) or index.find_ending(title)
    found = works_of(documents, named)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"库中没有标题为“{title}”的文件。用 tiaoli search 或 tiaoli export documents 可以查找。")
    names = "；".join(work.versions[-1].document.doc_id for work in found[:_MOST_NAMED])
    more = f" 等 {len(found)} 件" if len(found) > _MOST_NAMED else ""
    raise NotFound(f"标题“{title}”可以是不同的文件：{names}{more}。请写全标题，或改用文件编号。")


def works_of(documents: Iterable[Document], some: Iterable[Document]) -> list[Work]:
    """Return the works that `some` of the documents belong to, with all their versions."""
    names = {document.version_of or document.doc_id for document in some}
    return works(d for d in documents if (d.version_of or d.doc_id) in names)


def work_of(documents: Iterable[Document], document: Document) -> Work:
    """Return the work that a document is a version of."""
    return works_of(documents, [document])[0]


def version_at(work: Work, day: date) -> Version:
    """Return the version in force at `day`; NotFound where none was yet."""
    begun = [version for version in work.versions if version.begins is not None and version.begins <= day]
    if not begun:
        days = "、".join(str(version.begins) for version in work.versions if version.begins)
        raise NotFound(f"《{work.title}》在 {day} 还没有生效的版本。库中各版本的起始日：{days or '均不明'}。")
    return begun[-1]


def version_before(work: Work, document: Document) -> Version | None:
    """Return the version that came before a document's own, None for the first and for documents without a date."""
    at = next(n for n, version in enumerate(work.versions) if document in (version.document, *version.copies))
    own = work.versions[at]
    if own.begins is None:  # a draft is set against what is in force
        dated = [version for version in work.versions if version.begins]
        return dated[-1] if dated else None
    return work.versions[at - 1] if at else None
