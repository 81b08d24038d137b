"""Where the decisions of persons stand in a text: in their own document, or in the same clause of another version of it.

A decision goes where its words stand unchanged; what a person never read is not put under a person's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from msgspec import UNSET

from tiaoli.decided import key_of, squeezed
from tiaoli.decisions import CitationValue, NormValue, value_of
from tiaoli.provisions import OWN
from tiaoli.records import About, Clause, Decision, Document, Verb

_LIKE = 0.5  # likeness of two clauses under one label that are taken for versions of each other
_LAST = re.compile(r"[。；;！？\n]")  # sign of a sentence

_COLONS = ("：", ":")

NO_WORDS = "原文中找不到这些字句"
NO_CLAUSE = "新版本中没有对应的条款"
DROPPED = "新版本删去了这一条款"
CHANGED = "对应的条款还在，但这些字句已改动，请重新核对"
CONTEXT = "字句未变，但上文已改动（原为“{words}”），请重新核对"
LEAD = "字句未变，但引出它的上文已改动，请重新核对"
RENUMBERED = "更正写的是本文件的条号，新版本的条号可能已变动，请重新核对"


class Hanging(NamedTuple):
    """A decision that stands nowhere in a document, and why."""

    decision: Decision
    doc_id: str | None  # None where there is no document of it at all
    reason: str  # in Chinese


@dataclass(frozen=True, slots=True)
class Placed:
    """The decisions about a document, with their places in it, and those that have none."""

    decisions: list[Decision]
    hanging: list[Hanging]


class Origin(NamedTuple):
    """What is known of the version that a decision was taken on: its clauses, and what became of them."""

    clauses: Mapping[str, Clause]
    became: Mapping[str, Sequence[str]] | None  # id of a clause → ids in the other version; None where not compared


class Target:
    """A document in which decisions look for their places."""

    def __init__(self, document: Document, clauses: Sequence[Clause], text: str) -> None:
        """Take the clauses and the text of `document`."""
        self.document, self.clauses, self.text = document, clauses, text
        self.by_id = {clause.clause_id: clause for clause in clauses}

    def place(self, decision: Decision, origin: Origin | None) -> Decision | Hanging:
        """Return the decision as one of this document; `origin` is the version it was taken on, None where that is gone."""
        if decision.about is About.BODY:
            here = key_of(decision.words) in _Letters(self.text).letters
            return replace(decision, doc_id=self.document.doc_id) if here else self._hang(decision, NO_WORDS)
        own = decision.doc_id == self.document.doc_id
        clauses = self._own(decision) if own else self._other(decision, origin)
        if not clauses:
            gone = NO_CLAUSE if _became(decision, origin) is None else DROPPED
            return self._hang(decision, NO_WORDS if own else gone)
        found = [(clause, span) for clause in clauses for span in self._spans(clause, decision.words)]
        if not found:
            return self._hang(decision, NO_WORDS if own else CHANGED)
        clause, (start, end) = min(found, key=lambda one: abs(one[1][0] - one[0].start - _offset(decision)))
        placed = replace(
            decision,
            doc_id=self.document.doc_id,
            clause_id=clause.clause_id,
            start=start,
            clause_start=clause.start,
            words=self.text[start:end],
        )
        return placed if own else self._carried(decision, placed, clause, origin)

    def _hang(self, decision: Decision, reason: str) -> Hanging:
        return Hanging(decision, self.document.doc_id, reason)

    def _own(self, decision: Decision) -> list[Clause]:
        """Return the clause of a decision, or the only one with its words where the text is now divided in another way."""
        clause = self.by_id.get(decision.clause_id or "")
        if clause is not None and self._spans(clause, decision.words):
            return [clause]
        holding = [clause for clause in self.clauses if self._spans(clause, decision.words)]
        return holding if len(holding) == 1 else []

    def _other(self, decision: Decision, origin: Origin | None) -> list[Clause]:
        """Return the clauses that the clause of a decision became, with those below them."""
        if (became := _became(decision, origin)) is not None:
            heads = [self.by_id[one] for one in became if one in self.by_id]
        else:
            labels = _labels(decision.clause_id)
            heads = [c for c in self.clauses if _labels(c.clause_id) == labels and _same(c, decision)]
        return list(self._with_below(heads))

    def _with_below(self, heads: Iterable[Clause]) -> Iterator[Clause]:
        kept = {clause.clause_id for clause in heads}
        for clause in self.clauses:  # a parent stands before its children
            if clause.clause_id in kept or clause.parent_id in kept:
                kept.add(clause.clause_id)
                yield clause

    def _spans(self, clause: Clause, words: str) -> list[tuple[int, int]]:
        letters = _Letters(self.text[clause.start : clause.end], clause.start)
        return letters.spans(squeezed(words)) or letters.spans(key_of(words))

    def _carried(
        self, decision: Decision, placed: Decision, clause: Clause, origin: Origin | None
    ) -> Decision | Hanging:
        """Return a decision on another version as one of this document, or why it does not hold though its words are the same."""
        if decision.about is About.CITATION:
            return self._hang(decision, RENUMBERED) if _is_numbered(decision) else placed
        before = _clause_before(decision, origin)
        if before is not None and origin is not None and _lead(before, origin.clauses) != _lead(clause, self.by_id):
            return self._hang(decision, LEAD)
        around = _context(clause, self.by_id)
        around_before = None if before is None or origin is None else _context(before, origin.clauses)
        for words in map(key_of, _borrowed(decision)):
            if words not in around and (around_before is None or words in around_before):
                return self._hang(decision, CONTEXT.format(words=words))
        read = decision.clause_text or (before.text if before is not None else "")
        if not _sentences(clause.text, placed.words).isdisjoint(_sentences(read, decision.words)):
            return placed
        if decision.verb is Verb.ADD:
            return self._hang(decision, CHANGED)
        return replace(placed, start=None)  # holds only if the same unit is extracted from the other sentence


def _context(clause: Clause, by_id: Mapping[str, Clause]) -> str:
    """Return the words of a clause and of those above it, as they are compared."""
    words = ""
    above: Clause | None = clause
    while above is not None:
        words = key_of(above.heading + above.text) + words
        above = by_id.get(above.parent_id or "")
    return words


def _lead(clause: Clause, by_id: Mapping[str, Clause]) -> str:
    """Return the words that lead in to a clause, as they are compared; nothing where none do."""
    above = by_id.get(clause.parent_id or "")
    sentence = _LAST.split(above.text.rstrip())[-1] if above is not None else ""
    return key_of(sentence) if sentence.endswith(_COLONS) else ""


def _clause_before(decision: Decision, origin: Origin | None) -> Clause | None:
    """Return the clause of a decision in the version that it was taken on, None where that is gone."""
    return None if origin is None else origin.clauses.get(decision.clause_id or "")


def _became(decision: Decision, origin: Origin | None) -> Sequence[str] | None:
    """Return the clauses that the clause of a decision became, None where the versions were not compared."""
    return None if origin is None or origin.became is None else origin.became.get(decision.clause_id or "")


def _borrowed(decision: Decision) -> Iterator[str]:
    """Yield what a norm has from the words around it, and not from its own."""
    value = value_of(decision)
    if not isinstance(value, NormValue):
        return
    if value.bearers is not UNSET:
        yield from (bearer.name for bearer in value.bearers if bearer.inherited)
    if value.condition is not UNSET and value.condition and key_of(value.condition) not in key_of(decision.words):
        yield value.condition


def _is_numbered(decision: Decision) -> bool:
    """Tell whether a decision gives a citation a provision of its own document by its number."""
    value = value_of(decision)
    if not isinstance(value, CitationValue):
        return False
    own = value.title == OWN if value.title is not UNSET else "《" not in decision.words
    inside = value.target_doc_id is not UNSET and value.target_doc_id == decision.doc_id
    return inside or (own and value.label is not UNSET and value.label is not None)


def _offset(decision: Decision) -> int:
    return 0 if decision.start is None else decision.start - (decision.clause_start or 0)


def _labels(clause_id: str | None) -> str:
    """Return the labels of an id; an id of other make stands for itself."""
    return (clause_id or "").partition("#")[2] or (clause_id or "")


def _same(clause: Clause, decision: Decision) -> bool:
    """Tell whether a clause under the label of a decision's clause is that clause, as far as the words tell."""
    one, other = (Counter(map("".join, pairwise(f"^{key_of(text)}$"))) for text in (clause.text, decision.clause_text))
    shared = 2 * (one & other).total() / (one.total() + other.total())
    return not decision.clause_text or shared >= _LIKE


def _sentences(text: str, words: str) -> set[str]:
    """Return the sentences of a text that hold these words, as they are compared."""
    return {
        key_of(_LAST.split(text[:start])[-1] + text[start:end] + _LAST.split(text[end:])[0])
        for start, end in _Letters(text).spans(key_of(words))
    }


class _Letters:
    """A text as it is compared, and where each of its characters comes from."""

    def __init__(self, text: str, start: int = 0) -> None:
        pairs = [
            (letter, place)
            for place, sign in enumerate(text, start)
            for letter in unicodedata.normalize("NFKC", sign)
            if not letter.isspace()
        ]
        self.letters = "".join(letter for letter, _ in pairs)
        self._places = [place for _, place in pairs]

    def spans(self, key: str) -> list[tuple[int, int]]:
        """Return where `key` stands in the text; nowhere where it is empty."""
        found, at = [], self.letters.find(key) if key else -1
        while at >= 0:
            found.append((self._places[at], self._places[at + len(key) - 1] + 1))
            at = self.letters.find(key, at + 1)
        return found
