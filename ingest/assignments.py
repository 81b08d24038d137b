"""Bodies that a clause makes responsible at its end, as data: （责任单位：市民政局；配合单位：市财政局）, （市住建局牵头）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tiaoli.lexicon import entries
from tiaoli.records import Assignment, Clause, Role

_LONGEST_LIST = 400  # characters
_BRACKETED = re.compile(
    rf"[（(〔\[【](?P<inner>(?:[^（()）〔〕\[\]【】]|[（(\[][^（()）\[\]]{{0,40}}[)）\]]){{2,{_LONGEST_LIST}}})[）)〕\]】]"
)
_RULE = re.compile(r"逗号前(?:的)?(?:部门|单位)?为牵头")  # …，逗号前为牵头单位，下同
_BREAK = re.compile(r"[；;。]")
_BETWEEN = re.compile(r"[、，,]|(?<=[局厅委府部门会院办署行队社处司心团位])(?:以及|[和及与])")
_INNER = re.compile(r"[（(〈<\[][^（()）〈〉<>\[\]]{0,40}[)）〉>\]]")
_PARTS_OF_ONE = re.compile(r"各[\u4e00-\u9fff]{1,4}(?:、[\u4e00-\u9fff#]{1,4}?)*、?(?=[\u4e00-\u9fff])")
_REST = re.compile(
    r"等(?:相关|有关)?(?:部门|单位)*$|(?:根据|按照?).{0,6}职责.*$|(?:组织|具体|抓好).*$|(?:共同|分别|落实|牵头)$|会同.+$"
)
_LONGEST_BODY = 40  # characters
_NO_BODY = re.compile(r"逗号|下同|以下|适用范围|完成时限|[:：]|另行|不再|^(?:由|各自)$|见附件|\d")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that makes bodies responsible."""

    text: str
    role: Role
    examples: tuple[str, ...]
    counter: tuple[str, ...]


def find_assignments(clauses: Sequence[Clause], text: str) -> tuple[Assignment, ...]:
    """Return the bodies that each clause of a document names as responsible, in text order, as they are printed but for blanks.

    Where the document says that what stands before the first comma leads (逗号前为牵头单位，下同), that is followed.
    """
    comma_leads = _RULE.search(text) is not None
    return tuple(
        Assignment(clause.clause_id, clause.doc_id, start, end, role, "".join(text[start:end].split()))
        for clause in clauses
        for first, last in _lists(text, clause.start, clause.end)
        for start, end, role in _bodies(text, first, last, comma_leads=comma_leads)
    )


@cache
def _heads() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _roles("head"))
    return re.compile(rf"(?P<word>{words})\s*(?:[:：]|(?=[市县省区州]))")


@cache
def _tails() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _roles("tail")), key=len, reverse=True))
    return re.compile(rf"(?P<word>{words})(?=$|[，,；;。])")


@cache
def _roles(table: str) -> dict[str, Role]:
    return {word.text: Role(word.role) for word in entries("assignments", table, _Word)}


def _lists(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between two places that may name bodies: what stands in brackets, and a line that begins with 责任单位：."""
    for found in _BRACKETED.finditer(text, start, end):
        yield found.span("inner")
    at = start
    while at < end and text[at] in " \u3000\n\t":
        at += 1
    if _heads().match(text, at, min(end, at + _LONGEST_LIST)):
        yield at, min(end, at + _LONGEST_LIST)


def _bodies(text: str, start: int, end: int, *, comma_leads: bool) -> Iterator[tuple[int, int, Role]]:
    heads = list(_heads().finditer(text, start, end))
    if heads:
        for head, stop in zip(heads, [*(h.start() for h in heads[1:]), end], strict=True):
            role = _roles("head")[head["word"]]
            leads = comma_leads and role is Role.RESPONSIBLE
            yield from _named(text, head.end(), stop, role, comma_leads=leads)
        return
    for tail in _tails().finditer(text, start, end):
        yield from _named(text, start, tail.start(), _roles("tail")[tail["word"]])
        start = tail.end() + 1


def _named(
    text: str, start: int, end: int, role: Role, *, comma_leads: bool = False
) -> Iterator[tuple[int, int, Role]]:
    """Yield each body named between two places; a list ends at the first full stop or semicolon."""
    stop = _BREAK.search(text, start, end)
    end = stop.start() if stop else end
    comma = re.compile("[，,]").search(text, start, end) if comma_leads else None
    for first, last in _parts(text, start, end):
        rest = _REST.search(text[first:last])
        last = first + rest.start() if rest else last
        name = text[first:last].strip()
        if not 2 <= len(name) <= _LONGEST_BODY or _NO_BODY.search(name):
            continue
        first += len(text[first:last]) - len(text[first:last].lstrip())
        yield first, first + len(name), Role.LEAD if comma and first < comma.start() else role


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a list; 各市、州、县人民政府 and 各县（市、区）政府 are one each."""
    plain = _INNER.sub(lambda inner: "#" * len(inner[0]), text[start:end])
    at = 0
    while at < len(plain):
        one = _PARTS_OF_ONE.match(plain, at)
        cut = _BETWEEN.search(plain, one.end() if one else at)
        yield start + at, start + (cut.start() if cut else len(plain))
        at = cut.end() if cut else len(plain)
