"""Records with the word of persons on top: what was rejected is left out, what was edited or added is as the person says.

Pure functions. The decisions have to be those of the document itself: `graph.corrected` finds their places in it first.
They are taken in the order of their time, so that of two that disagree the later one counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import UNSET, structs

from tiaoli.body_kinds import kind_of
from tiaoli.decisions import BearerValue, BodyValue, CitationValue, NormValue, norm_value, value_of
from tiaoli.records import About, Amount, Bearer, Citation, Deadline, Decision, Mention, Norm, Verb

PERSON = "person"  # `Norm.rule` of what a person vouches for
_BY_PERSON = "人工更正"  # why a name is taken for a body
_SURE = 1.0
_ADDED = "~p"  # goes before that part of an id; those that are extracted have ~n
_ID = 8  # characters of a decision's id in the id of the norm that it adds

Places = Mapping[str, Sequence[tuple[int, int]]]  # name of a bearer → where it was found
Record = TypeVar("Record", Norm, Citation, Mention)


class Overruled(NamedTuple):
    """Two different words on one record: the later one, which counts, and the one that had to give way."""

    won: Decision
    lost: Decision

    @property
    def is_conflict(self) -> bool:
        """Whether they are those of two persons: nobody is at odds with himself."""
        return self.won.who != self.lost.who


@dataclass(frozen=True, slots=True)
class Decided(Generic[Record]):
    """Records with decisions on top, and what became of the decisions."""

    records: list[Record]
    overruled: list[Overruled]
    homeless: list[Decision]  # that are about nothing that is there


@dataclass(slots=True)
class _Slot(Generic[Record]):
    """One record and what was said of it; `shown` is None while it is rejected, `last` is what it was last."""

    found: Record | None  # as extracted
    last: Record
    shown: Record | None
    said: list[Decision] = field(default_factory=list)

    def take(self, decision: Decision, record: Record | None) -> None:
        self.said.append(decision)
        self.shown, self.last = record, record or self.last

    def overruled(self, edited: Callable[[Record, Decision], Record]) -> Iterable[Overruled]:
        """Yield the earlier words that no longer hold."""
        *earlier, won = self.said
        for lost in earlier:
            rejected = lost.verb is Verb.REJECT
            holds = rejected if self.shown is None else not rejected and edited(self.shown, lost) == self.shown
            if not holds:
                yield Overruled(won, lost)


def apply_to_norms(norms: Sequence[Norm], decisions: Iterable[Decision]) -> list[Norm]:
    """Return the norms of a document with the decisions about its norms on top, in text order.

    Those that a person confirmed, edited or added have the rule "person" and confidence 1.0.
    """
    return decide_norms(norms, decisions).records


def apply_to_citations(citations: Sequence[Citation], decisions: Iterable[Decision]) -> list[Citation]:
    """Return the citations of a document with the decisions about its citations on top, in text order."""
    return decide_citations(citations, decisions).records


def apply_to_mentions(mentions: Sequence[Mention], decisions: Iterable[Decision]) -> list[Mention]:
    """Return the places where a document names bodies, each with the body that persons say it means."""
    said = meanings(decisions)
    changed = (_meant(mention, said) for mention in mentions)
    return [mention for mention in changed if mention is not None]


def is_added(norm: Norm) -> bool:
    """Tell whether a norm stands only by a person's word."""
    return norm.norm_id.startswith(f"{norm.clause_id}{_ADDED}")


def key_of(words: str) -> str:
    """Return words as they are compared: without blanks, width made equal, without the signs at their ends.

    >>> key_of(" 应当  备案；") == key_of("应当备案。")
    True
    """
    return _EDGES.sub("", squeezed(words))


def squeezed(words: str) -> str:
    """Return words without blanks, width made equal."""
    return "".join(unicodedata.normalize("NFKC", words).split())


_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


# --- norms -----------------------------------------------------------------------------------------------------------


def decide_norms(norms: Sequence[Norm], decisions: Iterable[Decision]) -> Decided[Norm]:
    """Return norms with decisions on top, which of these were overruled, and which are about nothing that is there."""
    edited = partial(_edited_norm, places=_places(norms))
    return _decided(norms, _about(About.NORM, decisions), _norm_slot, edited, _new_norm)


def _norm_slot(slots: Sequence[_Slot[Norm]], decision: Decision) -> _Slot[Norm] | None:
    """Return the norm that a decision is about: of its words and kind; of its words alone where they are one norm's."""
    same = _of_words(slots, decision, lambda slot: slot.last.text)
    kinds = [s for s in same if s.last.kind is decision.kind] or [
        s for s in same if s.found is not None and s.found.kind is decision.kind
    ]
    if kinds:
        return _nearest(kinds, decision)
    return same[0] if len(same) == 1 and decision.verb in (Verb.CONFIRM, Verb.EDIT) else None


def _new_norm(slots: list[_Slot[Norm]], decision: Decision) -> Norm | None:
    """Return the norm that a decision puts where none is extracted; None where it tells too little or others lie there.

    Units that the extraction now cuts smaller give way to the one that a person read as a whole.
    """
    value = value_of(decision)
    if decision.verb is Verb.REJECT or decision.start is None or not isinstance(value, NormValue):
        return None
    if not (decision.clause_id and decision.doc_id and decision.kind):
        return None
    start, end = decision.start, decision.start + len(decision.words)
    if decision.verb is not Verb.ADD:
        if value.kind is UNSET or value.action is UNSET:
            return None
        across = [s for s in slots if s.last.kind is decision.kind and s.last.start < end and start < s.last.end]
        if any(s.said or s.last.start < start or s.last.end > end for s in across):
            return None
        for slot in across:
            slots.remove(slot)
    norm_id = f"{decision.clause_id}{_ADDED}{decision.decision_id[:_ID]}"
    return Norm(norm_id, decision.clause_id, decision.doc_id, start, end, decision.words, decision.kind)


def _edited_norm(norm: Norm, decision: Decision, places: Places) -> Norm:
    """Return a norm with what a person says otherwise; what is the same keeps its places."""
    value, now = value_of(decision), _given(norm_value(norm))
    changes = {name: given for name, given in _given(value).items() if not _same(given, now.get(name))}
    makers: dict[str, Callable[[Any], object]] = {
        "bearers": lambda one: _bearer(one, norm, places),
        "deadlines": lambda d: Deadline(d.text, *_span(d.text, norm), d.value, d.unit, d.anchor, d.recurrence),
        "amounts": lambda a: Amount(a.text, *_span(a.text, norm), a.low, a.high, a.unit),
    }
    changes |= {name: tuple(map(make, changes[name])) for name, make in makers.items() if name in changes}
    return replace(norm, **{"kind": decision.kind or norm.kind} | changes | {"rule": PERSON, "confidence": _SURE})


def _same(given: object, now: object) -> bool:
    """Tell whether two values are the same but for blanks and widths, which are the text's own."""
    if isinstance(given, str) and isinstance(now, str):
        return squeezed(given) == squeezed(now)
    return given == now


def _places(norms: Iterable[Norm]) -> Places:
    """Return where bearers were found in a document, by their names."""
    found: dict[str, list[tuple[int, int]]] = {}
    for norm in norms:
        for bearer in norm.bearers:
            found.setdefault(bearer.name, []).append((bearer.start, bearer.end))
    return found


def _bearer(value: BearerValue, norm: Norm, places: Places) -> Bearer:
    """Return a bearer where the norm has it, else where its unit names it, else at the last place before, else at no width."""
    known = next((bearer for bearer in norm.bearers if bearer.name == value.name), None)
    if known is not None:
        return replace(known, inherited=value.inherited)
    start, end = _span(value.name, norm)
    if start == end:
        start, end = max((one for one in places.get(value.name, ()) if one[0] <= norm.start), default=(start, end))
    return Bearer(value.name, start, end, value.inherited or not norm.start <= start < norm.end)


def _span(words: str, norm: Norm) -> tuple[int, int]:
    """Return where a unit has these words; at no width where it has them not."""
    at = norm.text.find(words)
    return (norm.start, norm.start) if at < 0 else (norm.start + at, norm.start + at + len(words))


# --- citations -------------------------------------------------------------------------------------------------------


def decide_citations(citations: Sequence[Citation], decisions: Iterable[Decision]) -> Decided[Citation]:
    """Return citations with decisions on top, which of these were overruled, and which are about nothing there."""
    return _decided(citations, _about(About.CITATION, decisions), _citation_slot, _edited_citation, _new_citation)


def _citation_slot(slots: Sequence[_Slot[Citation]], decision: Decision) -> _Slot[Citation] | None:
    """Return the citation that a decision is about: of its words, and of its label where the words name several."""
    same = _of_words(slots, decision, lambda slot: slot.last.text)
    here = [s for s in same if s.last.start == _nearest(same, decision).last.start]
    if not here:
        return None
    labels = {id(s): {s.last.label, s.found.label if s.found is not None else s.last.label} for s in here}
    if found := next((s for s in here if decision.label in labels[id(s)]), None):
        return found
    return here[0] if len(here) == 1 and decision.verb is not Verb.ADD else None


def _edited_citation(citation: Citation, decision: Decision) -> Citation:
    return replace(citation, **_given(value_of(decision)))


def _new_citation(slots: list[_Slot[Citation]], decision: Decision) -> Citation | None:
    value = value_of(decision)
    if decision.verb is not Verb.ADD or decision.start is None or not isinstance(value, CitationValue):
        return None
    if not (decision.clause_id and decision.doc_id) or value.title is UNSET:
        return None
    start, words = decision.start, decision.words
    return Citation(decision.clause_id, decision.doc_id, start, start + len(words), words, value.title, decision.label)


# --- names of bodies -------------------------------------------------------------------------------------------------


class Meaning(NamedTuple):
    """What persons say that a name means: `value` None where they say that it is no name, or not that of `denied`."""

    value: BodyValue | None
    denied: str | None
    decision: Decision


def meanings(decisions: Iterable[Decision]) -> dict[str, Meaning]:
    """Return what each name means by the last word on it; what was said for one document goes before what holds in all."""
    found: dict[str, Meaning] = {}
    about = [d for d in _in_time(decisions) if d.about is About.BODY]
    for decision in sorted(about, key=lambda d: d.doc_id is not None):
        value = value_of(decision)
        if isinstance(value, BodyValue):
            name = None if value.name is UNSET else value.name
            rejected = decision.verb is Verb.REJECT
            found[key_of(decision.words)] = Meaning(None if rejected else value, name if rejected else None, decision)
    return found


def aliases(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return the name of the body that each name means, as far as persons say."""
    return {
        meaning.decision.words: meaning.value.name
        for meaning in meanings(decisions).values()
        if meaning.value is not None and meaning.value.name is not UNSET
    }


def decide_names(decisions: Iterable[Decision]) -> list[Overruled]:
    """Return which words on what a name means gave way to later ones."""
    slots: dict[tuple[str, str | None], list[Decision]] = {}
    for decision in _in_time(decisions):
        if decision.about is About.BODY:
            slots.setdefault((key_of(decision.words), decision.doc_id), []).append(decision)
    return [Overruled(all_[-1], lost) for all_ in slots.values() for lost in all_[:-1] if _differ(all_[-1], lost)]


def _differ(one: Decision, other: Decision) -> bool:
    rejects = {d.verb is Verb.REJECT for d in (one, other)}
    return len(rejects) > 1 or one.value != other.value


def _meant(mention: Mention, said: Mapping[str, Meaning]) -> Mention | None:
    """Return a mention with the body that persons say it means; None where they say that it names none."""
    meaning = said.get(key_of(mention.text))
    if meaning is None:
        return mention
    if meaning.value is None:
        return None if meaning.denied in (None, mention.name) else mention
    if meaning.value.name is UNSET:
        return replace(mention, reason=_BY_PERSON)
    return named(mention, meaning.value)


def named(mention: Mention, value: BodyValue) -> Mention:
    """Return a mention that means the body of a person's word."""
    name = mention.name if value.name is UNSET else value.name
    same = name == mention.name
    kind = value.kind if value.kind is not UNSET else mention.kind if same else kind_of(name)
    region = value.region if value.region is not UNSET else mention.region if same else None
    return replace(mention, name=name, kind=kind, region=region, reason=_BY_PERSON)


# --- all records -----------------------------------------------------------------------------------------------------


def _decided(
    records: Sequence[Record],
    decisions: Sequence[Decision],
    slot_of: Callable[[Sequence[_Slot[Record]], Decision], _Slot[Record] | None],
    edited: Callable[[Record, Decision], Record],
    new: Callable[[list[_Slot[Record]], Decision], Record | None],
) -> Decided[Record]:
    slots = [_Slot(record, record, record) for record in records]
    homeless = []
    for decision in decisions:
        slot = slot_of(slots, decision)
        if slot is None:
            made = new(slots, decision)
            if made is None:
                if decision.verb is not Verb.REJECT or _is_across(slots, decision):
                    homeless.append(decision)
                continue
            slot = _Slot(None, made, made)
            slots.append(slot)
        slot.take(decision, None if decision.verb is Verb.REJECT else edited(slot.last, decision))
    shown = sorted((s.shown for s in slots if s.shown is not None), key=lambda record: record.start)
    return Decided(shown, [c for s in slots if s.said for c in s.overruled(edited)], homeless)


def _about(about: About, decisions: Iterable[Decision]) -> list[Decision]:
    return [decision for decision in _in_time(decisions) if decision.about is about]


def _in_time(decisions: Iterable[Decision]) -> list[Decision]:
    return sorted(decisions, key=lambda decision: (decision.when, decision.decision_id))


def _of_words(
    slots: Sequence[_Slot[Record]], decision: Decision, words: Callable[[_Slot[Record]], str]
) -> list[_Slot[Record]]:
    key = key_of(decision.words)
    return [s for s in slots if s.last.clause_id == decision.clause_id and key_of(words(s)) == key]


def _is_across(slots: Sequence[_Slot[Record]], decision: Decision) -> bool:
    """Tell whether a rejection may be about something there after all; where nothing is, it is carried out already."""
    start, end = decision.start, (decision.start or 0) + len(decision.words)
    return start is None or any(s.found and s.shown and s.last.start < end and start < s.last.end for s in slots)


def _nearest(slots: Sequence[_Slot[Record]], decision: Decision) -> _Slot[Record]:
    start = decision.start or 0
    return min(slots, key=lambda slot: abs(slot.last.start - start))


def _given(value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the fields that a value names."""
    return {name: given for name, given in structs.asdict(value).items() if given is not UNSET}
