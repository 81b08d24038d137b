"""What is told of a norm, a body or a citation when the reader points at it: rows of words and links as data.

The page holds them as JSON; its script puts them in as text, never as HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, TypedDict

import msgspec

from interfaces.pages import correcting, norm_words
from interfaces.pages.address import clause_href, doc_href
from interfaces.pages.correcting_references import OF_BODY, OF_CITATION, about_body, about_citation
from interfaces.pages.marks import Marks
from interfaces.pages.norms_view import Wanted
from interfaces.pages.reading import Reading
from office.citing import cited_name
from tiaoli.records import Bearer, Change, Citation, LedCitation, Norm
from tiaoli.renamed_bodies import successors

Shown: TypeAlias = tuple[str, str, str]  # words, where they lead or "", how they are shown or ""
Part: TypeAlias = str | Shown  # words alone or more
Row: TypeAlias = tuple[str, Sequence[Part]]

_LONGEST = 220  # characters of a cited provision
_TOLD = {
    "no_such_provision": "该文件中没有找到这一条款，请核对",
    "not_in_force": "所引文件已不再有效，请核对",
    "unknown_document": "语料中没有这份文件",
}


class Card(TypedDict, total=False):
    """One card: what it is, its rows, and whose it is."""

    id: str  # of a norm
    head: str
    css: str
    tag: str
    rows: Sequence[Row]
    bodies: Sequence[int]  # on whom a norm lies: places in `names`
    body: int  # which body it is about: place in `names`
    acts: Sequence[tuple[str, str]]  # what a person can say of it, and how that is called
    ask: dict[str, str]  # what the address of the form holds besides


class Cards(TypedDict):
    """All cards of a page by the numbers of its marks, and the names of the bodies with the number of their norms."""

    norms: Sequence[Card]
    marks: Sequence[Card]  # of bodies
    cites: Sequence[Card]
    names: Sequence[str]
    borne: Sequence[int]
    list: str  # address of the list of norms


def cards(marks: Marks) -> str:
    """Return the cards of all that `marks` has drawn, as JSON."""
    teller = _Teller(marks.reading)
    found = Cards(
        norms=[teller.norm(norm) for norm in marks.norms],
        marks=[teller.body(*key) for key in marks.bodies],
        cites=[teller.citation(citation) for citation in marks.citations],
        names=[],
        borne=[],
        list=Wanted(marks.reading.document.doc_id).href,
    )
    found["names"] = list(teller.names)
    found["borne"] = [marks.reading.borne[name] for name in teller.names]
    return msgspec.json.encode(found).decode()


class _Teller:
    """Tells of what one reading holds; numbers the names of the bodies as they come."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.names: dict[str, int] = {}
        self._provisions: dict[str, str] = {}

    def norm(self, norm: Norm) -> Card:
        """What lies on whom, under which conditions, and how far that can be relied on."""
        return Card(
            id=norm.norm_id,
            head=norm_words.KINDS[norm.kind],
            css=norm.kind.value,
            tag=norm_words.strength(norm),
            rows=[(name, parts) for name, found in self._rows(norm) if (parts := list(found))],
            bodies=[self._name(name) for name in self.reading.bodies_of(norm)],
            acts=list(correcting.ACTS.items()),
            ask={"norm": norm.norm_id},
        )

    def _rows(self, norm: Norm) -> Iterator[tuple[str, Iterable[Part]]]:
        clause = self.reading.clause(norm.clause_id)
        yield "承担主体", _between(self._bearer(bearer) for bearer in norm.bearers)
        yield "相对方", _plain(norm_words.joined(norm.counterparty))
        yield "行为", _plain(norm.action)
        yield "对象", _plain(norm.object)
        yield "条件", _plain(norm.condition)
        yield "时限", _lines(map(norm_words.limit, norm.deadlines))
        yield "数额", _lines(map(norm_words.amount, norm.amounts))
        yield "权力类型", _plain(norm.power_type)
        yield "依据", _between(map(self._cited, self.reading.basis_of(norm)))
        if clause.function != "norm":
            yield "条款作用", _plain(norm_words.FUNCTIONS.get(clause.function or "", clause.function))
        yield "识别依据", _plain(norm_words.rule(norm))
        yield "可靠程度", _plain(norm_words.certainty(norm))
        yield "人工核对", _lines(map(correcting.told, correcting.about(norm, self.reading.said)))

    def _bearer(self, bearer: Bearer) -> list[Shown]:
        meant = self.reading.body_name(bearer)
        parts: list[Shown] = [(bearer.name, "", "")]
        if meant != bearer.name:
            parts.append((f"（即{meant}）", "", ""))
        if bearer.inherited and (clause := self.reading.clause_at(bearer.start)) is not None:
            place = self.reading.citation(clause) or clause.label
            parts.append((f"承{place}", clause_href(clause.clause_id), "soft"))
        return parts

    def _cited(self, citation: Citation) -> list[Shown]:
        link = doc_href(citation.target_doc_id) if citation.target_doc_id else ""
        if citation.target_clause_id:
            link = clause_href(citation.target_clause_id)
        parts: list[Shown] = [(cited_name(citation), link, "")]
        if told := _TOLD.get(citation.status, ""):
            parts.append((told, "", "doubt"))
        parts.extend(today(citation))
        if words := self._provision(citation):
            parts.append((words, "", "quote"))
        return parts

    def _provision(self, citation: Citation) -> str:
        """The words of the cited provision as far as a card has room for them."""
        key = citation.target_clause_id
        if key is None or citation.target_doc_id is None:
            return ""
        if key not in self._provisions:
            words = self.reading.library.provision(citation.target_doc_id, key)
            self._provisions[key] = words[:_LONGEST] + ("…" if len(words) > _LONGEST else "")
        return self._provisions[key]

    def body(self, words: str, name: str, region: str | None, kind: str, reason: str) -> Card:
        """Whom a name means here, and why."""
        rows: list[tuple[str, list[Part]]] = [
            ("类别", _plain(kind)),
            ("地区", _plain(region)),
            ("判断理由", _plain(reason or "文中写的就是它的名称")),
            ("后来", list(_lines(f"{s.since} 决定改为{s.name}（{s.source}）" for s in successors(name)))),
            ("人工核对", list(_lines(map(correcting.told, about_body(words, self.reading.said))))),
        ]
        return Card(
            head=name,
            css="body",
            rows=[row for row in rows if row[1]],
            body=self._name(name),
            acts=list(OF_BODY.items()),
            ask={"named": words},
        )

    def citation(self, citation: Citation) -> Card:
        """What is cited, in its own words."""
        (name, link, _), *more = self._cited(citation)
        more += [(correcting.told(one), "", "line") for one in about_citation(citation, self.reading.said)]
        if link:
            more.append(("打开所引条款" if "clause=" in link else "打开所引文件", link, ""))
        return Card(
            head=name,
            css="cite",
            rows=[("", more)],
            acts=list(OF_CITATION.items()),
            ask={"cite": str(citation.start), "in": citation.clause_id},
        )

    def _name(self, name: str) -> int:
        return self.names.setdefault(name, len(self.names))


def today(citation: Citation) -> Iterator[Shown]:
    """What became of the cited provision since, and where it stands today (条号漂移)."""
    if not isinstance(citation, LedCitation):
        return
    if citation.status_cited == "no_version":
        yield "库中只有后来的版本，条号可能已变，请核对", "", "doubt"
    if citation.now_doc_id is None:
        return
    if citation.now_clause_id is None:
        yield "现行版本已没有这一条款", doc_href(citation.now_doc_id), "doubt"
    else:
        became = f"（{citation.change.value}）" if citation.change else ""
        css = "soft" if citation.change is Change.SAME else "doubt"
        yield f"现行版本中为{citation.now_label}{became}", clause_href(citation.now_clause_id), css


def _plain(words: str | None) -> list[Part]:
    return [words] if words else []


def _lines(words: Iterable[str]) -> Iterator[Part]:
    return ((one, "", "line") for one in words)


def _between(groups: Iterable[Sequence[Shown]]) -> Iterator[Part]:
    """Put each group on a line of its own."""
    for group in groups:
        (words, link, _), *rest = group
        yield words, link, "line"
        yield from rest
