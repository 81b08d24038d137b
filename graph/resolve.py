"""Citations as found in the texts, led to the documents and provisions of the store that they name.

Nothing is guessed: a citation whose target cannot be told keeps its words and says why in `status`.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import NamedTuple

from graph.plausible import Place, Plausible
from tiaoli.lexicon import texts
from tiaoli.provisions import (
    OWN,
    ProvisionIndex,
    TitleIndex,
    last_titled,
    number_key,
    short_titles,
    title_key,
    work_key,
)
from tiaoli.records import Amendment, Citation, Clause, Document, LedCitation, Present, Status
from tiaoli.store import Store
from tiaoli.validity import in_force_from, statuses

RESOLVED, NO_PROVISION, NOT_IN_FORCE, UNKNOWN = "resolved", "no_such_provision", "not_in_force", "unknown_document"
NO_VERSION = "no_version"  # on the day of the citing text: the store holds only a later version

_KEPT_INDEXES = 64  # of documents that are cited often; bounds memory
_NUMBERED = re.compile(
    r"《(?P<title>(?:[^《》]|《[^《》]{1,80}》){2,120})》\s?[（(](?P<number>[^《》（）()]{1,20}[〔\[（(﹝［]\d{4}[〕\]）)﹞］]第?\d{1,5}号)"
)
_LONGEST_KIND = 6  # characters of a title that only says what kind of instrument is meant: 《管理办法》
_NUMBER_ONLY = re.compile(r"^[^《》]{1,12}〔\d{4}〕\d{1,5}号$")


_TRIAL = re.compile(r"\((?:试行|暂行)\)")
_PART = re.compile(r"(?P<code>.{1,10}法典)(?:.{1,10}编|总则|附则)?$")


Follow = Callable[[Clause], Present | None]  # what became of a provision of an earlier version


class Resolved(NamedTuple):
    """A document with its citations, in text order, resolved."""

    document: Document
    citations: tuple[LedCitation, ...]


def resolve_all(store: Store, *, at: date, follow: Follow | None = None) -> Iterator[Resolved]:
    """Yield every current document with its citations resolved, in the order of the store; memory does not grow.

    `at` is the day on which a cited document has to be in force. Of several versions the one counts that was in force when
    the citing document began to be; a text without dates cites the newest. `follow` tells where provisions of earlier
    versions stand today; it compares texts, so what is not asked for is not computed.
    """
    resolver = Resolver.of(store, at=at, follow=follow)
    for document in resolver.documents:
        yield Resolved(document, resolver.resolve(document))


def repealed_dates(store: Store) -> dict[str, date]:
    """Return the first day out of force of the documents that another document of the store repeals, for `statuses`."""
    return dict(Resolver.of(store, at=date.min).repealed)


@dataclass(slots=True)
class Resolver:
    """What is needed to resolve citations: the documents by title, and the provisions of those that are cited."""

    store: Store
    documents: Sequence[Document]
    titles: TitleIndex
    repealed: Mapping[str, date] = field(default_factory=dict)
    standing: Mapping[str, Status] = field(default_factory=dict)
    codes: Mapping[str, Sequence[Document]] = field(default_factory=dict)  # of which each 编 is a document of its own
    parts: Mapping[str, str] = field(default_factory=dict)  # doc id → code
    follow: Follow | None = None
    plausible: Plausible = field(init=False)
    _by_id: Mapping[str, Document] = field(init=False)
    _versions: Mapping[str, Sequence[Document]] = field(init=False)  # of each work, newest first
    _indexes: OrderedDict[str, ProvisionIndex] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        self.plausible = Plausible(self.clauses)
        self._by_id = {document.doc_id: document for document in self.documents}
        versions: dict[str, list[Document]] = {}
        for document in sorted(self.documents, key=_begins, reverse=True):
            if document.version_of is not None and not document.draft:
                versions.setdefault(document.version_of, []).append(document)
        self._versions = versions

    @classmethod
    def of(cls, store: Store, *, at: date, follow: Follow | None = None) -> Resolver:
        """Return a resolver over the current documents of `store`, with their standing at `at`. See `resolve_all`."""
        documents = store.documents()
        codes = _codes(documents)
        parts = {document.doc_id: code for code, found in codes.items() for document in found}
        resolver = cls(store, documents, TitleIndex(documents), codes=codes, parts=parts, follow=follow)
        resolver.repealed = resolver._repeals()
        resolver.standing = statuses(documents, at, repealed=resolver.repealed)
        return resolver

    def resolve(self, document: Document) -> tuple[LedCitation, ...]:
        """Return the citations of `document`, with full titles where the text defines short ones, and their targets."""
        citations = self.store.citations(document.doc_id)
        text = self.store.text(document.doc_id) if citations else ""
        names = _names(text)
        changes = self._amended(document) if any(c.relation == "amends" for c in citations) else {}
        named = (_of_amended(_named(c, document, names, text), changes) for c in citations)
        resolved = [self._resolved(citation, document) for citation in named]
        return tuple(map(self._followed, self._checked(document, text, resolved)))

    def _amended(self, document: Document) -> dict[str, str]:
        """Return what each clause of a document amends, where that is one instrument."""
        titles: dict[str, set[str]] = {}
        for amendment in self.store.amendments(document.doc_id):
            titles.setdefault(amendment.clause_id, set()).add(amendment.title)
        return {clause_id: next(iter(those)) for clause_id, those in titles.items() if len(those) == 1}

    def amendments(self, document: Document) -> tuple[Amendment, ...]:
        """Return what `document` amends, led to the provisions that it changes."""
        amendments = self.store.amendments(document.doc_id)
        text = self.store.text(document.doc_id) if amendments else ""
        names = _names(text)
        return tuple(self._led(amendment, document, names, text) for amendment in amendments)

    def _led(self, amendment: Amendment, document: Document, names: Mapping[str, str], text: str) -> Amendment:
        start, end, title, label = amendment.start, amendment.end, amendment.title, amendment.label
        cited = Citation(amendment.clause_id, amendment.doc_id, start, end, "", title, label, "amends")
        found = self._resolved(_named(cited, document, names, text), document)
        return replace(
            amendment,
            title=found.title,
            target_doc_id=found.target_doc_id,
            target_clause_id=found.target_clause_id,
            status=found.status,
        )

    def document(self, doc_id: str) -> Document:
        """Return a document by its id; NotFound where there is none."""
        return self._by_id.get(doc_id) or self.store.document(doc_id)

    def clauses(self, doc_id: str) -> tuple[Clause, ...]:
        """Return the clauses of a document; those of the documents asked for last are kept."""
        return self._provisions(doc_id).clauses

    def _resolved(self, citation: Citation, document: Document) -> LedCitation:
        led = LedCitation(**{f.name: getattr(citation, f.name) for f in fields(citation)})
        target = self._target(citation, document)
        if target is None:
            return replace(led, status=UNKNOWN, status_cited=UNKNOWN)
        title = target.title if _NUMBER_ONLY.match(citation.title) and target.title else citation.title
        found = replace(led, title=title, target_doc_id=target.doc_id)
        clause = self._provision(target, citation.label) if citation.label is not None else None
        if citation.label is not None and clause is None:
            cited = self._status_cited(target, document, ends=target.doc_id == document.doc_id)
            return replace(found, status=NO_PROVISION, status_cited=NO_VERSION if cited == NO_VERSION else NO_PROVISION)
        if clause is not None:
            found = replace(found, target_doc_id=clause.doc_id, target_clause_id=clause.clause_id)
        over = self.standing.get(target.doc_id) in (Status.REPEALED, Status.EXPIRED)
        ends = citation.relation == "repeals" or target.doc_id == document.doc_id
        status = NOT_IN_FORCE if over and not ends else RESOLVED
        return replace(found, status=status, status_cited=self._status_cited(target, document, ends=ends))

    def _status_cited(self, target: Document, document: Document, *, ends: bool) -> str | None:
        """Return whether a document was in force on the day of the one that cites it; None where that has no day."""
        day = in_force_from(document)
        if ends or day is None:
            return RESOLVED if ends else None
        if _begins(target) > day:
            return NO_VERSION
        gone = self.repealed.get(target.doc_id, date.max) <= day or (target.expires or date.max) < day
        return NOT_IN_FORCE if gone else RESOLVED

    def _checked(self, document: Document, text: str, citations: Sequence[LedCitation]) -> list[LedCitation]:
        """Take the provisions from citations that speak of something else: their numbers are those of another version."""
        by_target: dict[str, list[int]] = {}
        for n, citation in enumerate(citations):
            if citation.target_clause_id and citation.target_doc_id and citation.target_doc_id != document.doc_id:
                by_target.setdefault(citation.target_doc_id, []).append(n)
        clauses = {c.clause_id: c for c in self._provisions(document.doc_id).clauses} if by_target else {}
        checked = list(citations)
        for doc_id, those in by_target.items():
            those = [n for n in those if "\t" not in clauses[citations[n].clause_id].text]  # a row quotes what it cites
            later = any(citations[n].status_cited == NO_VERSION for n in those)
            fits = self._fits([citations[n] for n in those], doc_id, clauses, text, later=later)
            for n in (n for n, fit in zip(those, fits, strict=True) if not fit):
                checked[n] = replace(citations[n], target_clause_id=None)
                earlier = () if later else self._in_earlier(checked[n])
                checked[n] = next(
                    (c for c in earlier if self._fits([c], c.target_doc_id or "", clauses, text, later=True)[0]),
                    checked[n],
                )
        return checked

    def _in_earlier(self, citation: LedCitation) -> Iterator[LedCitation]:
        """Yield a citation led to the versions before the one in force on its day, newest first, where they have it."""
        target = self.document(citation.target_doc_id or "")
        for version in self._versions.get(target.version_of or "", ()):
            if _begins(version) < _begins(target) and citation.label is not None:
                clause = self._provisions(version.doc_id).find(citation.label)
                if clause is not None:
                    found = replace(citation, target_doc_id=version.doc_id, target_clause_id=clause.clause_id)
                    yield replace(found, status_cited=NOT_IN_FORCE)

    def _fits(
        self, citations: Sequence[LedCitation], doc_id: str, clauses: Mapping[str, Clause], text: str, *, later: bool
    ) -> list[bool]:
        return self.plausible.fit(self._places(citations, doc_id, clauses, text), later=later)

    def _places(
        self, citations: Sequence[LedCitation], doc_id: str, clauses: Mapping[str, Clause], text: str
    ) -> list[Place]:
        provisions = self._provisions(doc_id)
        count = Counter(citation.clause_id for citation in citations)
        found = ((c, provisions.by_id(c.target_clause_id or "")) for c in citations)
        return [
            Place(_words_around(c, clauses, text), provision, count[c.clause_id] <= _MOST_TELLING)
            for c, provision in found
            if provision is not None
        ]

    def _followed(self, citation: LedCitation) -> LedCitation:
        """Return a citation with where its provision stands today, if that is another version."""
        own = citation.target_doc_id == citation.doc_id
        if self.follow is None or own or not citation.target_clause_id or not citation.target_doc_id:
            return citation
        clause = self._provisions(citation.target_doc_id).by_id(citation.target_clause_id)
        present = self.follow(clause) if clause else None
        if present is None:
            return citation
        return replace(
            citation,
            now_doc_id=present.doc_id,
            now_clause_id=present.clause_id,
            now_label=present.label,
            change=present.change,
        )

    def _target(self, citation: Citation, document: Document) -> Document | None:
        if citation.title == OWN:
            return document
        named = self.titles.find(citation.title)
        if not named and _NUMBER_ONLY.match(citation.title):
            named = self.titles.find_number(citation.title)
        if not named and (parts := self.codes.get(work_key(citation.title))):
            return parts[0]
        day = in_force_from(document)
        candidates = [d for d in _same_work(named, citation.title) if not d.draft]
        if citation.relation in ("repeals", "amends"):
            candidates = [d for d in candidates if d.doc_id != document.doc_id]
        if citation.relation == "repeals":
            # What is repealed was there before. A reprinted text still repeals the first form of its own work (1992年公布的…
            # 同时废止): that is none of the later versions that the store may hold.
            own = work_key(document.title)
            candidates = [d for d in candidates if _begins(d) < (day or date.max) and work_key(d.title) != own]
        return _in_force_at(candidates, day)

    def repealing(self) -> Iterator[tuple[Document, Citation, Document | None]]:
        """Yield every repeal of a whole instrument: who repeals it, in which words, and what, None where it is not held."""
        for document in self.documents:
            for citation in self.store.citations(document.doc_id) if in_force_from(document) else ():
                if citation.relation == "repeals" and citation.label is None:
                    yield document, citation, self._target(citation, document)

    def _repeals(self) -> dict[str, date]:
        """Return the first day out of force of what is repealed; copies of a text end with it."""
        ends: dict[str, date] = {}
        copies: dict[tuple[str, date], list[Document]] = {}
        for document in self.documents:
            if (key := _edition(document)) is not None:
                copies.setdefault(key, []).append(document)
        for document, _, target in self.repealing():
            if target is not None:
                same = copies.get(_edition(target) or ("", date.min), ())
                for one in (target, *(copy for copy in same if copy.doc_id != document.doc_id)):
                    ends[one.doc_id] = min(_begins(document), ends.get(one.doc_id, date.max))
        return ends

    def _provision(self, target: Document, label: str) -> Clause | None:
        others = [d for d in self.codes.get(self.parts.get(target.doc_id, ""), ()) if d.doc_id != target.doc_id]
        found = (self._provisions(d.doc_id).find(label) for d in (target, *others))
        return next((clause for clause in found if clause is not None), None)

    def _provisions(self, doc_id: str) -> ProvisionIndex:
        if doc_id not in self._indexes:
            self._indexes[doc_id] = ProvisionIndex(self.store.clauses(doc_id))
            if len(self._indexes) > _KEPT_INDEXES:
                self._indexes.popitem(last=False)
        self._indexes.move_to_end(doc_id)
        return self._indexes[doc_id]


_CLAUSES_BELOW = 6  # that are read with a citing clause
_MOST_TELLING = 2  # provisions of one instrument that a clause cites and still speaks of each of them


def _words_around(citation: LedCitation, clauses: Mapping[str, Clause], text: str) -> str:
    """Return what a citing clause and those below it say, without the citation itself."""
    clause = clauses[citation.clause_id]
    below = [c.text for c in clauses.values() if c.parent_id == clause.clause_id]
    return "。".join((text[clause.start : citation.start], text[citation.end : clause.end], *below[:_CLAUSES_BELOW]))


def _codes(documents: Sequence[Document]) -> dict[str, list[Document]]:
    """Return the documents of the codes that stand in the store part by part, the general part first."""
    by_code: dict[str, list[Document]] = {}
    for document in documents:
        if (match := _PART.match(work_key(document.title))) is not None:
            by_code.setdefault(match["code"], []).append(document)
    split = {code: found for code, found in by_code.items() if any(d.title.endswith("编") for d in found)}
    return {
        code: sorted(found, key=lambda d: (not d.title.endswith("总则"), d.doc_id)) for code, found in split.items()
    }


def _names(text: str) -> dict[str, str]:
    """Return what a text calls instruments after their first mention, and the titles that it gives to 文号."""
    return dict(short_titles(text)) | {number_key(m["number"]): m["title"] for m in _NUMBERED.finditer(text)}


def _named(citation: Citation, document: Document, names: Mapping[str, str], text: str) -> Citation:
    """Return the citation with the title that it stands for."""
    kinds = texts("citations", "own")
    if citation.title in names:
        return replace(citation, title="".join(names[citation.title].split()))
    if citation.title in kinds and title_key(document.title).endswith(citation.title):  # 《通知》 in …的通知
        return replace(citation, title=OWN)
    if len(citation.title) <= _LONGEST_KIND and citation.title.endswith(kinds) and "《" in citation.text:
        return replace(citation, title=last_titled(text, citation.title, citation.start) or citation.title)
    return citation


def _of_amended(citation: Citation, changes: Mapping[str, str]) -> Citation:
    """Return the citation with the title of what its clause amends: 将第三条修改为 in a decision is none of its own."""
    if citation.relation != "amends" or citation.title != OWN:
        return citation
    return replace(citation, title=changes.get(citation.clause_id, OWN))


def _same_work(found: Sequence[Document], title: str) -> list[Document]:
    """Keep the versions of the work that is named; titles that only contain the name count where they are of one work."""
    exact = [d for d in found if work_key(d.title) == work_key(title)]
    if exact:  # 甲办法（试行） is not 甲办法; without the bracket it may be meant
        trial = _on_trial(title)
        same = [d for d in exact if _on_trial(d.title) == trial]
        return same if same or trial else exact
    return list(found) if len({work_key(d.title) for d in found}) == 1 else []


def _edition(document: Document) -> tuple[str, date] | None:
    """Return what copies of one version of a work share, None where that is not known."""
    day = document.promulgated or in_force_from(document)
    return (document.version_of, day) if document.version_of is not None and day is not None else None


def _on_trial(title: str) -> bool:
    return _TRIAL.search(title_key(title)) is not None


def _begins(document: Document) -> date:
    return in_force_from(document) or date.min


def _in_force_at(versions: Sequence[Document], day: date | None) -> Document | None:
    """Return the version that was in force at `day`, else the first after it; the newest where there is no day."""
    ordered = sorted(versions, key=lambda d: (_begins(d), d.version, d.doc_id))
    if not ordered:
        return None
    begun = [d for d in ordered if day is None or _begins(d) <= day]
    return begun[-1] if begun else ordered[0]
