"""交叉与空白: the findings as cards, their clauses side by side; which of them, as the address tells it. HTML made with `esc`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from answers.gaps.findings import Finding, FindingKind, Quote
from answers.gaps.survey import BY_ID, HINT, KINDS, NOT, Selected, counts_of, searched
from answers.scope import Scope
from interfaces.pages.address import GAPS, Params, clause_href, href, page_in
from interfaces.pages.scoping import scope_in, scope_params
from interfaces.parts import folded, pages
from interfaces.theme import esc

PER_PAGE = 50
_LONG = 260  # characters of a quotation; what goes on is folded


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings to list, as the address tells it."""

    scope: Scope = field(default_factory=Scope)
    kinds: frozenset[str] = frozenset()  # ids; none for all
    body: str = ""
    page: int = 1

    @property
    def href(self) -> str:
        """The address of this list."""
        kinds = [kind.id for kind in KINDS if kind.id in self.kinds]
        page = self.page if self.page > 1 else None
        return href(GAPS, **scope_params(self.scope), kind=kinds, body=self.body, page=page)

    def toggled(self, kind: str) -> Wanted:
        """The same list with a kind more or less, from its first page."""
        return replace(self, kinds=self.kinds ^ {kind}, page=1)

    def shown(self) -> tuple[FindingKind, ...]:
        """The kinds that are listed."""
        return tuple(kind for kind in KINDS if not self.kinds or kind.id in self.kinds)


def wanted_in(params: Params) -> Wanted:
    """Return which findings an address asks for; whatever is odd in it is left out."""
    kinds = frozenset(params.get("kind", ())) & BY_ID.keys()
    body = " ".join(next(iter(params.get("body", ())), "").split())
    return Wanted(scope_in(params), frozenset(kinds), body, page_in(params))


def filters(every: Selected, wanted: Wanted) -> str:
    """How many findings of each kind there are, as links that narrow the list; `every` has those of all kinds."""
    counts = counts_of(every)
    whole = replace(wanted, kinds=frozenset(), page=1)
    links = [_link(f"全部 {len(every.findings):,}", whole, not wanted.kinds, "")]
    links += [_chip(kind, counts, wanted) for kind in KINDS]
    return f'<div data-exact><nav class="chips changes" aria-label="看哪些类别">{"".join(links)}</nav></div>'


def _chip(kind: FindingKind, counts: Mapping[str, int], wanted: Wanted) -> str:
    words = f"{kind.title} {counts.get(kind.id, 0):,}"
    return _link(words, wanted.toggled(kind.id), kind.id in wanted.kinds, kind.meaning)


def _link(words: str, wanted: Wanted, on: bool, title: str) -> str:
    here = ' aria-current="true"' if on else ""
    return f'<a class="act"{here} href="{esc(wanted.href)}" title="{esc(title)}">{esc(words)}</a>'


def about(found: Selected, wanted: Wanted) -> str:
    """What was searched, and what the chosen kinds are and are not."""
    told = "".join(
        f"<dt>{esc(kind.id)} {esc(kind.title)}</dt><dd>{esc(kind.meaning)}<br>{NOT}{esc(kind.trap)}</dd>"
        for kind in wanted.shown()
    )
    return (
        f'<p class="soft small">检查了 {esc(searched(found))}。{HINT}</p>'
        f'<details class="kinds small"><summary>各类别的含义和不算的情形</summary><dl>{told}</dl></details>'
    )


def listing(found: Selected, wanted: Wanted) -> str:
    """One page of the findings."""
    if not found.findings:
        return '<p class="soft">没有符合条件的线索。</p>'
    last = -(-len(found.findings) // PER_PAGE)
    page = min(wanted.page, last)
    shown = found.findings[(page - 1) * PER_PAGE : page * PER_PAGE]
    turn = pages(page, last, lambda number: replace(wanted, page=number).href)
    return f"{''.join(map(card, shown))}<div data-exact>{turn}</div>"


def card(finding: Finding) -> str:
    """One finding: what it is, and its clauses side by side, each a click away."""
    kind = BY_ID[finding.kind]
    sides = "".join(map(_side, finding.quotes))
    return (
        f'<article class="finding"><p class="says"><b class="kindname">{esc(kind.title)}</b> {esc(finding.message)}</p>'
        f'<div class="parts">{sides}</div></article>'
    )


def _side(quote: Quote) -> str:
    place = f"《{quote.title}》{quote.label}"
    return (
        f'<div><a class="place" href="{esc(clause_href(quote.clause_id))}">{esc(place)}</a>'
        f'<div class="said">{folded(quote.text, _LONG)}</div></div>'
    )
