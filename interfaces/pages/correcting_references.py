"""What a person says of a citation or of the name of a body, from the words of a form to a decision. Plain functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from interfaces.pages.correcting import place_of, signed
from interfaces.pages.reading import Reading
from tiaoli.decided import key_of
from tiaoli.decisions import on_body, on_citation
from tiaoli.errors import BadData
from tiaoli.provisions import OWN, find_provision, parse_provision
from tiaoli.records import About, Citation, Clause, Decision, Verb

_NEAR = 3  # titles that are offered

OF_CITATION = {Verb.CONFIRM: "确认", Verb.EDIT: "改正", Verb.REJECT: "不是引用"}
OF_BODY = {Verb.CONFIRM: "确认", Verb.EDIT: "改正", Verb.REJECT: "不是机构"}


def find_citations(reading: Reading, clause_id: str, start: str) -> list[Citation]:
    """Return the citations of a clause that begin at a place of the text: several where words name several provisions.

    Where persons rejected them, those that were found; none where the text has none there.
    """
    for found in (reading.citations.get(clause_id, ()), reading.extracted_citations):
        if there := [c for c in found if c.clause_id == clause_id and str(c.start) == start]:
            return there
    return []


def said_of_citations(
    reading: Reading, citations: Sequence[Citation], verb: Verb, title: str, label: str, *, who: str, why: str
) -> list[Decision]:
    """Return the decisions that a form makes of citations at one place; BadData says in Chinese what does not fit.

    An edit makes them one: the first is changed, the others are rejected.
    """
    who, why = signed(who, why, verb)
    first, *others = citations
    changes = _changes(reading, first, title.strip().strip("《》"), label.strip()) if verb is Verb.EDIT else {}
    clause, document = reading.clause(first.clause_id), reading.document
    rest = Verb.REJECT if verb is Verb.EDIT else verb
    return [
        on_citation(first, verb, who=who, clause=clause, document=document, why=why, changes=changes),
        *(on_citation(one, rest, who=who, clause=clause, document=document, why=why) for one in others),
    ]


def new_citation(
    reading: Reading, clause: Clause, words: str, title: str, label: str, *, who: str, why: str
) -> Decision:
    """Return the decision that words of a clause cite something; the library need not have it. BadData as above."""
    who, why = signed(who, why, Verb.ADD)
    start, end = place_of(reading, clause, words)
    blank = Citation(clause.clause_id, clause.doc_id, start, end, reading.text[start:end], "", None)
    named = _changes(reading, blank, title.strip().strip("《》"), label.strip(), known=False)
    return on_citation(replace(blank, **named), Verb.ADD, who=who, clause=clause, document=reading.document, why=why)


def new_body(
    reading: Reading, clause: Clause, words: str, name: str, *, everywhere: bool, who: str, why: str
) -> Decision:
    """Return the decision that words of a clause name a body, here or `everywhere`; BadData as above."""
    place_of(reading, clause, words)
    return said_of_body(reading, words, Verb.ADD, name.strip() or words, everywhere=everywhere, who=who, why=why)


def _changes(reading: Reading, citation: Citation, title: str, label: str, *, known: bool = True) -> dict[str, Any]:
    if not title:
        raise BadData("请写上所引文件的标题；指本文件时写“本文件”。")
    if label and parse_provision(label) is None:
        raise BadData(f"“{label}”读不懂：请写成 第七条第二款第（三）项 这样的条号，引用整个文件时留空。")
    wanted = {"title": title, "label": label or None}
    changes = {name: value for name, value in wanted.items() if value != getattr(citation, name)}
    if not changes:
        raise BadData("还没有改动任何一项。如果都对，请用“确认”。")
    meant = [reading.document] if title == OWN else reading.library.named(title)
    if known and not meant and "title" in changes:
        raise BadData(_unknown(reading, title))
    if label and meant and not any(find_provision(reading.library.clauses(d.doc_id), label) for d in meant):
        raise BadData(f"《{meant[0].title}》中没有{label}，请核对条号。")
    return changes


def _unknown(reading: Reading, title: str) -> str:
    """What is told of a title that the library does not have, with those that are like it."""
    near = "".join(f"《{document.title}》" for document in reading.library.find(title)[:_NEAR])
    return f"库中没有《{title}》。" + (f"是不是{near}？" if near else "请核对标题，或者先导入这份文件。")


def said_of_body(
    reading: Reading, words: str, verb: Verb, name: str, *, everywhere: bool, who: str, why: str
) -> Decision:
    """Return the decision that a form makes of words that name a body, here or `everywhere`; BadData as above."""
    who, why = signed(who, why, verb)
    meant = meaning(reading, words)
    if verb is Verb.EDIT and not name.strip():
        raise BadData("请写上机构的全称。")
    if verb is Verb.EDIT and "".join(name.split()) == meant and not everywhere:
        raise BadData("还没有改动名称。如果对，请用“确认”。")
    given = {Verb.REJECT: None, Verb.CONFIRM: meant}.get(verb, name)
    return on_body(words, verb, who=who, name=given, document=None if everywhere else reading.document, why=why)


def meaning(reading: Reading, words: str) -> str:
    """Return the name of the body that words mean in the document, the words themselves where none is known."""
    printed = "".join(words.split())
    mentions = (*reading.mentions, *reading.extracted_mentions)  # the latter where persons rejected the name
    return next((m.name for m in mentions if "".join(m.text.split()) == printed), printed)


def about_body(words: str, decisions: Sequence[Decision]) -> list[Decision]:
    """Return what was said of words that name a body, the earliest first."""
    return [d for d in decisions if d.about is About.BODY and d.words == words]


def about_citation(citation: Citation, decisions: Sequence[Decision]) -> list[Decision]:
    """Return what was said of a citation, the earliest first."""
    here = (d for d in decisions if d.about is About.CITATION and d.clause_id == citation.clause_id)
    return [d for d in here if key_of(d.words) == key_of(citation.text)]


def rejected(reading: Reading) -> Iterator[tuple[Decision, dict[str, str]]]:
    """Yield what persons said is no citation or no body, with what the address needs to take that back."""
    named = {"".join(mention.text.split()) for mention in reading.mentions}
    gone = {"".join(mention.text.split()) for mention in reading.extracted_mentions} - named
    seen = set[str]()
    for decision in reversed(reading.said):
        if decision.verb is not Verb.REJECT:
            continue
        if decision.about is About.BODY and decision.words in gone - seen:
            seen.add(decision.words)
            yield decision, {"named": decision.words}
        elif decision.about is About.CITATION and (found := _rejected(reading, decision)) is not None:
            place = {"cite": str(found.start), "in": found.clause_id}
            there = {citation.start for citation in reading.citations.get(found.clause_id, ())}
            if place["cite"] not in seen and found.start not in there:
                yield decision, place
            seen.add(place["cite"])


def _rejected(reading: Reading, decision: Decision) -> Citation | None:
    same = (c for c in reading.extracted_citations if c.clause_id == decision.clause_id and c.text == decision.words)
    return next(same, None)
