"""From the clauses of a document to its norms, and what each clause is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from ingest.norms.flat import Flat
from ingest.norms.functions import function_of, is_slogan
from ingest.norms.leads import Lead, body_of_heading, ends_as_lead, lead_of, lead_of_heading
from ingest.norms.lists import charges, read_charge, read_functions, read_row
from ingest.norms.parties import names_at_end, names_at_start
from ingest.norms.place import Place, text_start
from ingest.norms.reading import norm_of
from ingest.norms.roles import Role, say
from ingest.norms.rows import row_of
from ingest.norms.sentences import Sentence, sentences
from ingest.norms.units import units
from tiaoli.cells import named_spans
from tiaoli.records import Assignment, Bearer, Citation, Clause, Kind, Norm, NormKind, Span

_NO_NORMS = {Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING, Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION, Kind.TABLE}
_TASKS = {Kind.HEADING, Kind.SUBHEADING}  # with a heading they are texts of their own
_LONGEST_HEAD = 20  # characters of a first sentence that is a heading
_LONGEST_TITLE = 40  # characters of a clause that is nothing but the heading of those below it

_Found = TypeVar("_Found", Citation, Assignment)


def extract(
    clauses: Sequence[Clause],
    text: str,
    citations: Sequence[Citation] = (),
    assignments: Sequence[Assignment] = (),
) -> tuple[tuple[Norm, ...], dict[str, str]]:
    """Return the norms of a document in text order, and the function of each clause that has one, by its id.

    Units, kinds and fields are those of Chinese drafting practice (立法技术规范): 应当, 必须 for duties, 不得, 禁止 for
    prohibitions, 可以, 有权 for powers and rights; a breach with its consequence is a liability.
    """
    flat = Flat(text, clauses)
    if len(flat.text) == len(text):
        return _read(clauses, text, citations, assignments)
    moved = tuple(map(flat.clause, clauses))
    norms, functions = _read(
        moved, flat.text, tuple(map(flat.flattened, citations)), tuple(map(flat.flattened, assignments))
    )
    return tuple(map(flat.norm, norms)), functions


def _read(
    clauses: Sequence[Clause], text: str, citations: Sequence[Citation], assignments: Sequence[Assignment]
) -> tuple[tuple[Norm, ...], dict[str, str]]:
    reader = _Reader(clauses, text, citations, assignments)
    norms = tuple(norm for clause in clauses for norm in reader.read(clause))
    return norms, reader.functions


class _Reader:
    """Reads the clauses of one document in their order and remembers what lead-ins say."""

    def __init__(
        self, clauses: Sequence[Clause], text: str, citations: Sequence[Citation], assignments: Sequence[Assignment]
    ) -> None:
        self.text = text
        self.clauses = {clause.clause_id: clause for clause in clauses}
        self.parents = {clause.parent_id for clause in clauses}
        self.policy = not any(clause.kind is Kind.ARTICLE for clause in clauses)
        self.columns = named_spans(clauses)
        self.citations, self.assignments = _by_clause(citations), _by_clause(assignments)
        self.leads: dict[str, Lead] = {}
        self.functions: dict[str, str] = {}

    def read(self, clause: Clause) -> list[Norm]:
        """Return the norms of a clause; what it says to those below it is remembered."""
        if clause.kind in _NO_NORMS or not (clause.text or _has_subject(clause.heading)):
            return []
        headings = self._headings(clause)
        cited = self.citations.get(clause.clause_id, ())
        place = Place(self.text, clause, cited, headings, self._lead(clause, headings), self.policy)
        columns = self.columns.get(clause.clause_id)
        row = row_of(clause, columns) if columns else None
        if row is not None:
            read_row(place, row)
        elif not is_slogan(headings):
            _read_text(place, self.assignments.get(clause.clause_id, ()))
        if ends_as_lead(clause.text):
            key = clause.clause_id if clause.clause_id in self.parents else clause.parent_id or ""
            self.leads[key] = lead_of(clause, place.norms)
        listed = row is not None or (place.lead is not None and place.lead.functions)
        self.functions[clause.clause_id] = function_of(clause.text, headings, place.norms, functions=listed)
        return place.norms

    def _headings(self, clause: Clause) -> tuple[str, ...]:
        """Return the headings over a clause, its own last."""
        return tuple(reversed([heading for _, heading in self._headed(clause)]))

    def _headed(self, clause: Clause) -> Iterator[tuple[Clause, str]]:
        """Yield a clause and those above it that have a heading, with it; a short text is one."""
        if clause.heading:
            yield clause, clause.heading
        for above in self._above(clause):
            if above.heading:
                yield above, above.heading
            elif above.kind not in (Kind.ARTICLE, Kind.PARAGRAPH) and 0 < len(above.text) <= _LONGEST_TITLE:
                yield above, above.text

    def _lead(self, clause: Clause, headings: Sequence[str]) -> Lead | None:
        """Return what the lead-in or the heading over a clause says to it."""
        lead = self.leads.get(clause.parent_id or "")
        if lead is not None and (clause.kind is not Kind.PARAGRAPH or lead.functions):
            return (
                lead if lead.functions or clause.kind not in _TASKS or not clause.heading else replace(lead, bearers=())
            )
        if not any(map(lead_of_heading, headings)):
            return None
        named = ((above, body) for above, heading in self._headed(clause) if (body := body_of_heading(heading)))
        for above, body in named:
            start = self.text.find(body, above.start, above.end)
            end = start + len(body) if start >= 0 else above.start  # a heading over two lines is not written like that
            return Lead(NormKind.POWER, None, (Bearer(body, max(start, above.start), end, True),), functions=True)
        leads = (self.leads.get(above.clause_id) for above in self._above(clause))
        bearers = next((lead.bearers for lead in leads if lead is not None and lead.bearers), ())
        return Lead(NormKind.POWER, None, bearers, functions=True)

    def _above(self, clause: Clause) -> Iterator[Clause]:
        at = self.clauses.get(clause.parent_id or "")
        while at is not None:
            yield at
            at = self.clauses.get(at.parent_id or "")


def _by_clause(found: Sequence[_Found]) -> dict[str, list[_Found]]:
    by_clause: dict[str, list[_Found]] = {}
    for one in found:
        by_clause.setdefault(one.clause_id, []).append(one)
    return by_clause


def _read_text(place: Place, assignments: Sequence[Assignment]) -> None:
    if place.lead is not None and place.lead.functions:
        read_functions(place)
        return
    if place.lead is not None and not place.lead.acts and not _is_text(place.clause):
        return
    charged = charges(place, assignments)
    asides = [Span(bracket.start - 1, bracket.end + 1) for bracket, _ in charged]
    found = list(sentences(place.text, _start(place), place.clause.end, asides))
    if place.policy and len(found) > 1 and _is_head(found[0]):
        place.headings = (*place.headings, found[0].parts[0].text + "。")
        found = [] if is_slogan(place.headings) else found[1:]
    for sentence in found:
        while charged and charged[0][0].start < sentence.start:
            read_charge(place, *charged.pop(0))
        for unit in units(sentence, policy=place.policy):
            place.add(norm_of(unit, place))
        if place.policy and sentence.stop.startswith("。"):
            place.previous = None  # in policy texts a sentence without a subject is an order to all
    for bracket, bodies in charged:
        read_charge(place, bracket, bodies)


def _start(place: Place) -> int:
    """Return where the sentences of a clause begin: with the heading where that is a sentence with a subject of its own."""
    heading = place.clause.heading
    at = place.text.find(heading, place.clause.start, place.clause.end) if _has_subject(heading) else -1
    return text_start(place.clause, place.text) if at < 0 else at


def _has_subject(heading: str) -> bool:
    """Tell whether a heading is a sentence that says who must or may do something."""
    first = next(sentences(heading, 0, len(heading)), None) if heading else None
    if first is None:
        return False
    said = say(first.parts[0], policy=True)
    return said.role is Role.MODAL and bool(names_at_end(first.parts[0].text[: said.at]))


def _is_text(clause: Clause) -> bool:
    """Tell whether an item is a text of its own, with a heading and sentences, and not a case or a thing."""
    return bool(clause.heading) and "。" in clause.text


def _is_head(sentence: Sentence) -> bool:
    """Tell whether the first sentence of a paragraph is its heading: a few words without a subject, and a full stop."""
    first = sentence.parts[0]
    if (
        first.text[1:2] == "是"
        or len(sentence.parts) > 1
        or len(first.text) > _LONGEST_HEAD
        or not sentence.stop.startswith("。")
    ):
        return False
    return say(first, policy=True).role in (Role.PREDICATE, Role.OTHER) and not names_at_start(first.text)
