"""What has been repealed, by which provision of which document, and from which day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from answers.cleanup.case import same_place
from answers.cleanup.records import Act
from graph.resolve import Resolver
from tiaoli.provisions import work_key
from tiaoli.records import Document, LedCitation
from tiaoli.validity import in_force_from

_SHORTEST = 5  # characters of a title that the store does not hold and that still tells one instrument from another


@dataclass(frozen=True, slots=True)
class Repeals:
    """Repeals that the documents of a store declare: of its own documents, and of titles that it does not hold."""

    of_documents: Mapping[str, Act]
    of_titles: Mapping[str, Act]
    regions: Mapping[str, str | None]  # of the repealing documents

    @classmethod
    def of(cls, resolver: Resolver, day: date) -> Repeals:
        """Collect those that count on `day`; of several of one document the earliest stands."""
        documents: dict[str, Act] = {}
        titles: dict[str, Act] = {}
        regions: dict[str, str | None] = {}
        for document, citation, target in resolver.repealing():
            since = document.effective or in_force_from(
                document
            )  # a text amended later still repeals from its first day
            if since is None or since > day:
                continue
            act = Act(document.title, since.isoformat(), document.doc_id, citation.clause_id)
            regions[document.doc_id] = document.region
            key = work_key(citation.title)
            if target is not None:
                _keep_earliest(documents, target.doc_id, act)
            elif key != work_key(document.title) and len(key) >= _SHORTEST:
                _keep_earliest(titles, key, act)
        return cls(_with_versions(resolver, documents), titles, regions)

    def of_citation(self, citation: LedCitation, document: Document) -> Act | None:
        """Return the act that repealed what `document` cites, None where none is known."""
        if citation.target_doc_id is not None:
            return self.of_documents.get(citation.target_doc_id)
        act = self.of_titles.get(work_key(citation.title))
        if act is None or not same_place(self.regions.get(act.doc_id or ""), document.region):
            return None
        return act


def _with_versions(resolver: Resolver, acts: Mapping[str, Act]) -> dict[str, Act]:
    """Extend the repeal of a document to the copies and earlier versions of the same work: what is repealed is the work."""
    works: dict[str, Act] = {}
    for document in resolver.documents:
        if document.version_of is not None and (act := acts.get(document.doc_id)) is not None:
            _keep_earliest(works, document.version_of, act)
    found = dict(acts)
    for document in resolver.documents:
        act, begins = works.get(document.version_of or ""), in_force_from(document)
        if act is not None and begins is not None and begins.isoformat() < act.day:
            found.setdefault(document.doc_id, act)
    return found


def _keep_earliest(acts: dict[str, Act], key: str, act: Act) -> None:
    if key not in acts or act.day < acts[key].day:
        acts[key] = act
