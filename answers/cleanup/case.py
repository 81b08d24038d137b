"""What the mechanisms of the clean-up look at: one document with all that is read of it, and what is known around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from answers.cleanup.records import RULES, Act, Finding, Result
from graph.resolve import Resolver
from tiaoli.records import Clause, Document, Kind, LedCitation, Mention, Norm, Present, Status
from tiaoli.validity import in_force_from

InDocument = Callable[[Clause, str], Present | None]  # what a provision became in the document of that id

_NATION = "全国"
_LONGEST_QUOTE = 120  # characters
_BEFORE = 40  # of them before the words that matter
_STOP = re.compile(r"[。；;！!？?]|(?<![^\n]{18})\n|\n\s*\n")  # a line that the width of a page broke goes on


@dataclass(frozen=True)
class Case:
    """One document and its parts. Spans of all of them count in `text`."""

    document: Document
    status: Status | None
    day: date
    text: str
    clauses: tuple[Clause, ...]
    citations: tuple[LedCitation, ...]
    mentions: Sequence[Mention]
    norms: Sequence[Norm]

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """The clauses by their ids."""
        return {clause.clause_id: clause for clause in self.clauses}

    @cached_property
    def begins(self) -> date | None:
        """The first day on which the document can be in force, None where it has no day."""
        return in_force_from(self.document)

    @property
    def title(self) -> Clause:
        """The clause that bears the title, else the first."""
        return next((clause for clause in self.clauses if clause.kind is Kind.TITLE), self.clauses[0])

    def of_title(self, rule_id: str, reason: str, *, act: Act | None = None, result: Result | None = None) -> Finding:
        """A finding about the document as a whole, with its title as evidence."""
        title, span = self.document.title, (self.title.start, self.title.end)
        return replace(self.finding(rule_id, self.title, span, reason, act=act, result=result), quote=title)

    def sentences(self, clause: Clause) -> Iterator[tuple[int, int]]:
        """Yield the spans of the sentences of a clause."""
        start = clause.start
        for stop in _STOP.finditer(self.text, clause.start, clause.end):
            yield start, stop.start()
            start = stop.end()
        yield start, clause.end

    def sentence_at(self, clause: Clause, at: int) -> tuple[int, int]:
        """The span of the sentence of a clause in which a place lies."""
        return next((span for span in self.sentences(clause) if span[0] <= at <= span[1]), (clause.start, clause.end))

    def _quoted(self, clause: Clause, start: int, end: int) -> str:
        """The sentence in which words stand, blanks made one; of a long one the stretch around them."""
        first, last = self.sentence_at(clause, start)
        first, last = min(first, start), max(last, end)
        if last - first > _LONGEST_QUOTE:
            first = max(first, start - _BEFORE)
        cut = last - first > _LONGEST_QUOTE
        quote = " ".join(self.text[first : first + _LONGEST_QUOTE if cut else last].split())
        return f"{quote}…" if cut else quote

    def finding(
        self,
        rule_id: str,
        clause: Clause,
        span: tuple[int, int],
        reason: str,
        *,
        act: Act | None = None,
        result: Result | None = None,
        now: Present | None = None,
    ) -> Finding:
        """A finding in a clause; `result` where it is another than the rule's."""
        start, end = span
        quote = self._quoted(clause, start, end)
        suggested = result or RULES[rule_id].result
        return Finding(
            rule_id, self.document.doc_id, clause.clause_id, clause.path, start, end, quote, reason, suggested, act, now
        )


@dataclass(frozen=True)
class Known:
    """The other documents of the store, and what became of their provisions in what took their place."""

    resolver: Resolver
    day: date
    in_document: InDocument | None = None

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The current documents by their ids."""
        return {document.doc_id: document for document in self.resolver.documents}

    def standing(self, doc_id: str) -> Status | None:
        """Whether a document is in force on the day of the clean-up."""
        return self.resolver.standing.get(doc_id)


def same_place(one: str | None, other: str | None) -> bool:
    """Whether what holds in one region may concern the other: one of them lies in the other, or is the whole country.

    >>> same_place("云岭省", "云岭省江川市"), same_place("云岭省江川市", "云岭省石桥市"), same_place(None, "云岭省")
    (True, False, True)
    """
    if one in (None, "", _NATION) or other in (None, "", _NATION):
        return True
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def years_after(day: date, years: int) -> date:
    """The same day of another year; the last of February where there is no such day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def said_day(day: str) -> str:
    """The day of an act in words; its month where no more is known.

    >>> said_day("2026-08-15"), said_day("2001-04")
    ('2026年8月15日', '2001年4月')
    """
    year, month, *rest = day.split("-")
    return f"{year}年{int(month)}月" + (f"{int(rest[0])}日" if rest else "")
