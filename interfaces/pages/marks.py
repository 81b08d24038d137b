"""The words of a clause with what was found in them: norms, bodies, citations. Every word goes through `esc`.

A norm is one element or several that carry the same number (`data-n`); bodies (`data-b`) and citations (`data-c`) stand
inside. The numbers lead to the cards of `norm_cards`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interfaces.pages.address import clause_href, doc_href
from interfaces.pages.norm_words import KINDS
from interfaces.pages.reading import Reading
from interfaces.parts import flowing
from interfaces.theme import esc
from tiaoli.records import Citation, Clause, Mention, Norm


class _Inner(NamedTuple):
    """A body or a citation, its place counted in its clause, and what stands before and behind its words."""

    start: int
    end: int
    before: str
    after: str


class Marks:
    """Draws the clauses of one reading and remembers what it has numbered, so that its cards can be made."""

    def __init__(self, reading: Reading) -> None:
        """Nothing is drawn yet."""
        self.reading = reading
        self.norms: list[Norm] = []
        self.citations: list[Citation] = []
        self.bodies: dict[tuple[str, str, str | None, str, str], int] = {}  # words, name, region, kind, reason → number
        self._inner: dict[str, Sequence[_Inner]] = {}
        self._numbers: dict[str, int] = {}

    def words(self, clause: Clause, start: int, end: int) -> str:
        """A stretch of the own text of a clause, counted from its beginning, without the blanks around it."""
        own = self.reading.text[clause.start : clause.end]
        out, at = list[str](), start
        for norm in self._norms(clause):
            first, last = max(norm.start - clause.start, at), min(norm.end - clause.start, end)
            if first < last:
                out += [self._plain(clause, own, at, first), self._opening(norm)]
                out += [self._plain(clause, own, first, last), "</span>"]
                at = last
        out.append(self._plain(clause, own, at, end))
        return "".join(out).strip()

    def _norms(self, clause: Clause) -> Sequence[Norm]:
        return self.reading.norms_of.get(clause.clause_id, ())

    def _opening(self, norm: Norm) -> str:
        if norm.norm_id not in self._numbers:
            self._numbers[norm.norm_id] = len(self.norms)
            self.norms.append(norm)
        return f'<span class="n {norm.kind.value}" data-n="{self._numbers[norm.norm_id]}">'

    def _plain(self, clause: Clause, own: str, start: int, end: int) -> str:
        """A stretch in which no norm begins or ends, with its bodies and citations."""
        inner = self._inner_of(clause)
        out, at = list[str](), start
        for one in inner[bisect_left(inner, start, key=lambda i: i.end) :]:
            if one.start >= end:
                break
            first, last = max(one.start, at), min(one.end, end)
            if first < last:
                out += [flowing(own, at, first), one.before, flowing(own, first, last), one.after]
                at = last
        out.append(flowing(own, at, end))
        return "".join(out)

    def _inner_of(self, clause: Clause) -> Sequence[_Inner]:
        if clause.clause_id not in self._inner:
            self._inner[clause.clause_id] = list(_apart(self._found(clause)))
        return self._inner[clause.clause_id]

    def _found(self, clause: Clause) -> list[_Inner]:
        """Citations and bodies, the citations first: they are links, and no body is marked inside of one."""
        reading = self.reading
        found = [self._citation(c, clause) for c in reading.citations.get(clause.clause_id, ())]
        found += [self._body(m, clause) for m in reading.mentions_of.get(clause.clause_id, ())]
        return [one for one in found if one is not None]

    def _body(self, mention: Mention, clause: Clause) -> _Inner:
        key = ("".join(mention.text.split()), mention.name, mention.region, mention.kind, mention.reason)
        number = self.bodies.setdefault(key, len(self.bodies))
        known = "" if mention.name == mention.text else " meant"
        return _Inner(
            mention.start - clause.start,
            mention.end - clause.start,
            f'<span class="b{known}" data-b="{number}">',
            "</span>",
        )

    def _citation(self, citation: Citation, clause: Clause) -> _Inner | None:
        target = citation.target_clause_id or citation.target_doc_id
        place = citation.start - clause.start, citation.end - clause.start
        if citation.target_doc_id == self.reading.document.doc_id and not citation.target_clause_id:
            return None
        self.citations.append(citation)
        number = len(self.citations) - 1
        if target is None:
            return _Inner(*place, f'<span class="cite lost" data-c="{number}">', "</span>")
        link = esc(clause_href(target) if citation.target_clause_id else doc_href(target))
        doubt = "" if citation.status == "resolved" else " doubt"
        return _Inner(*place, f'<a class="cite{doubt}" href="{link}" data-c="{number}">', "</a>")


def _apart(found: Sequence[_Inner]) -> Iterator[_Inner]:
    """Yield what does not overlap, in text order; of two that do, what stands first in `found`."""
    taken: list[_Inner] = []
    for one in found:
        at = bisect_left(taken, one.start, key=lambda t: t.end - 1)
        if at == len(taken) or taken[at].start >= one.end:
            taken.insert(at, one)
    yield from taken


def legend(reading: Reading) -> str:
    """Which kinds of marks the text has, as buttons that show and hide them; nothing in a text without norms and bodies."""
    counts = {kind: sum(norm.kind is kind for norm in reading.norms) for kind in KINDS}
    buttons = [_button(kind.value, KINDS[kind], count) for kind, count in counts.items() if count]
    if reading.mentions:
        buttons.append(_button("body", "机构、人员", len(reading.mentions)))
    if not buttons:
        return ""
    keys = '<span class="keys">↑↓ 逐条移动，←→ 到机构，回车打开，Esc 关闭</span>'
    return f'<div class="legend" role="group" aria-label="正文中的标记">{"".join(buttons)}{keys}</div>'


def _button(name: str, words: str, count: int) -> str:
    return (
        f'<button type="button" class="mark {name}" data-kind="{name}" aria-pressed="true" title="显示或隐藏这种标记">'
        f"{esc(words)}<i>{count:,}</i></button>"
    )
