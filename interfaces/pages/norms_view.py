"""规范清单: the norms of one document as a table, one row a norm; which of them, in which order. HTML made with `esc`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from interfaces.pages import correcting, norm_words
from interfaces.pages.address import READ, Params, clause_href, doc_href, href, page_in
from interfaces.pages.correcting_references import rejected
from interfaces.pages.norm_words import KINDS
from interfaces.pages.reading import Reading
from interfaces.parts import pages
from interfaces.theme import esc
from office.citing import cited_name
from tiaoli.records import Deadline, Norm, NormKind

VIEW = "norms"  # in the address
PER_PAGE = 100
ORDERS = {"": "条款顺序", "kind": "类型", "body": "承担主体", "limit": "时限，短的在前", "doubt": "把握小的在前"}
_DAYS = {"小时": 1 / 24, "日": 1, "工作日": 1.4, "周": 7, "月": 30, "年": 365}
_NEVER = 1e9  # days: for norms without a time limit


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which norms of a document to list, as the address tells it."""

    doc_id: str
    kinds: frozenset[NormKind] = frozenset(NormKind)
    body: str = ""
    order: str = ""
    page: int = 1

    @property
    def href(self) -> str:
        """The address of this list."""
        kinds = () if len(self.kinds) == len(NormKind) else [kind.value for kind in KINDS if kind in self.kinds]
        page = self.page if self.page > 1 else None
        return href(READ, doc=self.doc_id, view=VIEW, kind=kinds, body=self.body, sort=self.order, page=page)

    def toggled(self, kind: NormKind) -> Wanted:
        """The same list with a kind more or less; from the whole list, that kind alone."""
        whole = len(self.kinds) == len(NormKind)
        kinds = frozenset({kind}) if whole else self.kinds ^ {kind}
        return replace(self, kinds=kinds or frozenset(NormKind), page=1)


def wanted_in(params: Params, doc_id: str) -> Wanted:
    """Return which norms an address asks for; whatever is odd in it is left out."""
    named = params.get("kind", ())
    kinds = frozenset(kind for kind in NormKind if kind.value in named)
    body, order = (next(iter(params.get(name, ())), "") for name in ("body", "sort"))
    return Wanted(doc_id, kinds or frozenset(NormKind), body, order if order in ORDERS else "", page_in(params))


def select(reading: Reading, wanted: Wanted) -> list[Norm]:
    """Return the norms that are wanted, in the order that is wanted."""
    of_body = _of_body(reading, wanted.body)
    found = [norm for norm in of_body if norm.kind in wanted.kinds]
    key = _keys(reading).get(wanted.order)
    return sorted(found, key=key) if key else found


def _of_body(reading: Reading, body: str) -> Sequence[Norm]:
    return [norm for norm in reading.norms if body in reading.bodies_of(norm)] if body else reading.norms


def _keys(reading: Reading) -> Mapping[str, Callable[[Norm], Any]]:
    """What each order goes by; norms that are alike stay in the order of the text."""
    kinds = list(KINDS)

    def body(norm: Norm) -> tuple[bool, str]:
        names = reading.bodies_of(norm)
        return not names, names[0] if names else ""

    return {
        "kind": lambda norm: kinds.index(norm.kind),
        "body": body,
        "limit": lambda norm: min(map(_days, norm.deadlines), default=_NEVER),
        "doubt": lambda norm: norm.confidence,
    }


def _days(deadline: Deadline) -> float:
    if deadline.value is None or deadline.unit not in _DAYS:
        return _NEVER / 2
    return deadline.value * _DAYS[deadline.unit]


# --- the page --------------------------------------------------------------------------------------------------------


def tabs(reading: Reading, *, listing: bool) -> str:
    """Links to the text and to the list of its norms; nothing for a text without norms."""
    if not (reading.norms or reading.said or reading.hanging):
        return ""
    doc_id = reading.document.doc_id
    ways = (
        ("正文", doc_href(doc_id), not listing),
        (f"规范清单（{len(reading.norms):,}）", Wanted(doc_id).href, listing),
    )
    links = "".join(
        f'<a href="{esc(link)}"{" aria-current=page" if here else ""}>{esc(name)}</a>' for name, link, here in ways
    )
    return f'<nav class="tabs" aria-label="看法">{links}</nav>'


def filters(reading: Reading, wanted: Wanted) -> str:
    """How many norms of each kind there are, as links that narrow the list; and its orders."""
    of_body = _of_body(reading, wanted.body)
    counts = Counter(norm.kind for norm in of_body)
    whole = len(wanted.kinds) == len(NormKind)
    links = [_link(f"全部 {len(of_body):,}", replace(wanted, kinds=frozenset(NormKind), page=1), whole, "act")]
    for kind, name in KINDS.items():
        if counts[kind] or (kind in wanted.kinds and not whole):
            on = kind in wanted.kinds and not whole
            links.append(_link(f"{name} {counts[kind]:,}", wanted.toggled(kind), on, f"chip {kind.value}"))
    orders = "".join(_order(wanted, key, name) for key, name in ORDERS.items())
    return (
        f'<div data-exact><nav class="chips changes" aria-label="看哪些类型">{"".join(links)}</nav>'
        f'<nav class="orders" aria-label="排序">排序：{orders}</nav></div>'
    )


def _link(words: str, wanted: Wanted, on: bool, css: str) -> str:
    here = ' aria-current="true"' if on else ""
    return f'<a class="{css}"{here} href="{esc(wanted.href)}">{esc(words)}</a>'


def _order(wanted: Wanted, key: str, name: str) -> str:
    if key == wanted.order:
        return f'<b aria-current="true">{esc(name)}</b>'
    return f'<a href="{esc(replace(wanted, order=key, page=1).href)}">{esc(name)}</a>'


def table(reading: Reading, found: Sequence[Norm], wanted: Wanted) -> str:
    """One page of the norms that were selected."""
    if not found:
        return '<p class="soft">没有这样的规范。</p>'
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(wanted.page, last)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    heads = "".join(f"<th>{name}</th>" for name in ("条款", "类型", "承担主体", "规范", "相对方", "时限、数额", "依据"))
    rows = "".join(_row(reading, norm) for norm in shown)
    turn = pages(page, last, lambda number: replace(wanted, page=number).href)
    return (
        f'<div class="wrap"><table class="list cards norms"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"<div data-exact>{turn}</div>"
    )


def _row(reading: Reading, norm: Norm) -> str:
    clause = reading.clause(norm.clause_id)
    place = esc(reading.citation(clause) or clause.label)
    here = href(READ, clause=norm.clause_id, norm=norm.norm_id)
    more = "".join(
        f'<br><span class="soft small">{esc(w)}</span>'
        for w in (norm_words.strength(norm), norm.power_type, norm_words.checked(norm))
        if w
    )
    limits = "<br>".join(map(esc, (*map(norm_words.limit, norm.deadlines), *map(norm_words.amount, norm.amounts))))
    return (
        f'<tr><td class="place"><a href="{esc(clause_href(norm.clause_id))}">{place}</a></td>'
        f'<td class="what"><span class="kindmark {norm.kind.value}">{esc(KINDS[norm.kind])}</span>{more}</td>'
        f'<td data-name="主体">{_bearers(reading, norm)}</td>'
        f'<td class="text"><a href="{esc(here)}" title="在正文中看">{esc(norm.text)}</a></td>'
        f"{_cell('相对方', esc(norm_words.joined(norm.counterparty)))}{_cell('时限、数额', limits)}"
        f"{_cell('依据', '<br>'.join(basis(reading, norm)))}</tr>"
    )


def removed(reading: Reading) -> str:
    """What persons said is no norm, no citation or no body, folded, each with the way back; nothing where there are none."""
    norms = _folded("人工删除的规范", [_removed(reading, norm) for norm in correcting.removed(reading)])
    others = [
        f'<tr><td>{esc(one.words)}<br><span class="soft small">{esc(correcting.told(one))}</span></td>'
        f'<td class="k">{_back(ask)}</td></tr>'
        for one, ask in rejected(reading)
    ]
    return norms + _folded("人工否定的引用和机构", others)


def _back(ask: Mapping[str, str]) -> str:
    """The way back: a button that asks for the form of a confirmation."""
    words = esc(msgspec.json.encode(ask).decode())
    return f'<button type="button" data-act="confirm" data-ask="{words}">恢复</button>'


def hanging(reading: Reading) -> str:
    """What persons said of words that are there no longer, folded, with the reasons; nothing where all found its place."""
    rows = [
        f"<tr><td>{esc(one.decision.words)}</td><td>{esc(correcting.told(one.decision))}</td><td>{esc(one.reason)}</td></tr>"
        for one in reading.hanging
    ]
    return _folded("没有着落的人工核对", rows)


def _folded(name: str, rows: Sequence[str]) -> str:
    if not rows:
        return ""
    return (
        f'<details class="kind"><summary><strong>{name}</strong> <span class="soft">{len(rows):,} 条</span></summary>'
        f'<div class="wrap"><table class="list"><tbody>{"".join(rows)}</tbody></table></div></details>'
    )


def _removed(reading: Reading, norm: Norm) -> str:
    clause = reading.clause(norm.clause_id)
    place = esc(reading.citation(clause) or clause.label)
    why = "<br>".join(esc(correcting.told(one)) for one in correcting.about(norm, reading.said))
    back = _back({"norm": norm.norm_id})
    return (
        f'<tr><td class="k"><a href="{esc(clause_href(norm.clause_id))}">{place}</a></td>'
        f'<td>{esc(correcting.summary(norm))}<br><span class="soft small">{why}</span></td><td class="k">{back}</td></tr>'
    )


def _cell(name: str, words: str) -> str:
    return f'<td data-name="{name}">{words}</td>' if words else "<td></td>"


def _bearers(reading: Reading, norm: Norm) -> str:
    names = []
    for bearer in norm.bearers:
        inherited = '<span class="soft small">（承前）</span>' if bearer.inherited else ""
        names.append(esc(reading.body_name(bearer)) + inherited)
    return "、".join(names) or '<span class="soft">未写明</span>'


def basis(reading: Reading, norm: Norm) -> Iterable[str]:
    """Yield what a norm rests on, as links where there is somewhere to go."""
    for citation in reading.basis_of(norm):
        name = esc(cited_name(citation))
        if citation.target_clause_id:
            yield f'<a href="{esc(clause_href(citation.target_clause_id))}">{name}</a>'
        elif citation.target_doc_id:
            yield f'<a href="{esc(doc_href(citation.target_doc_id))}">{name}</a>'
        else:
            yield name


def bodies(reading: Reading) -> dict[str, int]:
    """The bodies on which norms lie, each with the number of its norms, those with most first."""
    return dict(sorted(reading.borne.items(), key=lambda item: (-item[1], item[0])))
