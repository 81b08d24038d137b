"""What the page of a body (机关) shows: head, norms, relations, places, changes. HTML made with `esc`; no widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from answers.organs import Role
from answers.profile import Changed, Held, Relation, VersionChanges
from answers.provisions_cited import Basis
from graph.kept import Circle
from interfaces.pages import norm_words
from interfaces.pages.address import BODY, CALENDAR, GRAPH, OBLIGATIONS, Params, clause_href, href, page_in
from interfaces.pages.norm_words import KINDS
from interfaces.parts import badge, day, marked, meta_line, note, pages, title_link
from interfaces.theme import esc
from tiaoli.records import Body, Change, Document, NormKind

VIEWS = {"": "职权与义务", "powers": "权责清单", "relations": "与其他机关", "named": "出处", "changes": "版本变化"}
RELATIONS = {
    "reports_to": "向其报告、备案",
    "reported_by": "向本机关报告、备案",
    "asks": "须经其批准、同意",
    "asked_by": "须经本机关批准、同意",
    "works_with": "会同、配合",
    "worked_with_by": "会同、配合本机关",
    "delegates_to": "委托、授权",
    "delegated_by": "委托、授权本机关",
    "supervises": "监督、指导",
    "supervised_by": "监督、指导本机关",
}
_PER_PAGE = 100
_MOST_SHOWN = 12  # provisions below one relation; more are told by their number
_MOST_PARTS = 40  # organs told by name
_KINDS = {
    "power": (NormKind.POWER, NormKind.RIGHT),
    "duty": (NormKind.DUTY,),
    "prohibition": (NormKind.PROHIBITION,),
    "liability": (NormKind.LIABILITY,),
}
_KIND_NAMES = {"power": "可以做的", "duty": "应当做的", "prohibition": "不得做的", "liability": "追责与处罚"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which body, and what of it, as the address tells."""

    body_id: str = ""
    view: str = ""
    kind: str = ""  # key of the kinds of norms
    roles: tuple[str, ...] = ()  # general names that count as this body
    alone: bool = False
    page: int = 1
    scope: Mapping[str, str | Sequence[str]] = field(default_factory=dict)

    def href(self, **changed: str | int | None) -> str:
        """The address of this view, or of one that is changed in something."""
        own: dict[str, str | int | Sequence[str] | None] = {
            "name": self.body_id,
            "view": self.view,
            "kind": self.kind,
            "as": list(self.roles),
            "alone": "true" if self.alone else None,
        }
        return href(BODY, **own | dict(self.scope) | {"page": None} | changed)


def wanted_in(params: Params, scope: Mapping[str, str | Sequence[str]]) -> Wanted:
    """Return what an address asks for; whatever is odd in it is left out."""
    first = {name: next(iter(params.get(name, ())), "") for name in ("name", "view", "kind", "alone")}
    view, kind = first["view"], first["kind"]
    return Wanted(
        first["name"],
        view if view in VIEWS else "",
        kind if kind in _KINDS else "",
        tuple(params.get("as", ())),
        first["alone"] == "true",
        page_in(params),
        scope,
    )


# --- head ------------------------------------------------------------------------------------------------------------


def head(body: Body, parent: Body | None, parts: Sequence[Body], documents: int) -> str:
    """Who the body is: kind, level, place, what it is part of, what is part of it, by which names it goes."""
    facts = [
        ("类别", esc(body.kind)),
        ("层级", esc(body.level or "不限或未写明")),
        ("地区", esc(body.region or "—")),
        ("隶属", body_link(parent) if parent else "—"),
        ("出现在", f"{documents:,} 件文件"),
    ]
    names = "、".join(map(esc, body.aliases))
    wide = [("又称", names)] if names else []
    if parts:
        more = f" 等 {len(parts):,} 个" if len(parts) > _MOST_PARTS else ""
        wide.append(("所属", "、".join(map(body_link, parts[:_MOST_PARTS])) + more))
    cells = "".join(f"<div><dt>{name}</dt><dd>{words}</dd></div>" for name, words in facts)
    cells += "".join(f'<div class="wide"><dt>{name}</dt><dd>{words}</dd></div>' for name, words in wide)
    links = "".join(
        f'<a class="act" href="{esc(link)}">{words}</a> '
        for words, link in (
            ("涉及的义务", href(OBLIGATIONS, body=body.name)),
            ("期限日历", href(CALENDAR, body=body.name)),
            ("关系图", href(GRAPH, node=body.body_id)),
            ("另选机关", href(BODY)),
        )
    )
    return (
        f'<div class="dochead"><div class="head"><h1>{esc(body.name)}</h1><span class="badge">机关</span>{links}</div>'
        f'<dl class="card">{cells}</dl></div>'
    )


def body_link(body: Body) -> str:
    """The name of a body as a link to its page."""
    return f'<a href="{esc(href(BODY, name=body.body_id))}">{esc(body.name)}</a>'


def tabs(wanted: Wanted) -> str:
    """Links to the views of a body."""
    links = "".join(
        f'<a href="{esc(wanted.href(view=key or None, kind=None))}"{" aria-current=page" if key == wanted.view else ""}>{name}</a>'
        for key, name in VIEWS.items()
    )
    return f'<nav class="tabs" aria-label="看法">{links}</nav>'


def roles(wanted: Wanted, found: Sequence[Role]) -> str:
    """General names by which the law may mean this body, to be counted in or left out; nothing where there are none."""
    if not found:
        return ""
    links = "".join(_role(wanted, role) for role in found[:12])
    return f'<div class="note calm">法律常用通称，不点名。下列通称若指本机关，点一下计入：<span class="chips">{links}</span></div>'


def _role(wanted: Wanted, role: Role) -> str:
    key = role.body.body_id
    on = key in wanted.roles
    chosen = [one for one in wanted.roles if one != key] if on else [*wanted.roles, key]
    here = ' aria-current="true"' if on else ""
    link = wanted.href(**{"as": chosen or None})  # type: ignore[arg-type]
    return f'<a class="chip"{here} href="{esc(link)}">{"✓ " if on else ""}{esc(role.body.name)} {role.norms:,}</a>'


# --- norms -----------------------------------------------------------------------------------------------------------


def norms(wanted: Wanted, held: Sequence[Held]) -> str:
    """What the body may, must and must not do, one row a norm, with the provision that says so."""
    counts = Counter(_kind_of(one) for one in held)
    chips = [_chip(wanted.href(kind=None), f"全部 {len(held):,}", not wanted.kind, "act")]
    for key, name in _KIND_NAMES.items():
        if counts[key]:
            chips.append(_chip(wanted.href(kind=key), f"{name} {counts[key]:,}", wanted.kind == key, f"chip {key}"))
    shown = [one for one in held if not wanted.kind or _kind_of(one) == wanted.kind]
    if not shown:
        return f'<nav class="chips changes">{"".join(chips)}</nav><p class="soft">所选范围内没有这样的规范。</p>'
    last = -(-len(shown) // _PER_PAGE)
    page = min(wanted.page, last)
    rows = "".join(map(_norm_row, shown[(page - 1) * _PER_PAGE : page * _PER_PAGE]))
    heads = "".join(f"<th>{name}</th>" for name in ("类型", "规范", "相对方", "时限、数额", "出处"))
    turn = pages(page, last, lambda number: wanted.href(page=number))
    return (
        f'<div data-exact><nav class="chips changes" aria-label="看哪些类型">{"".join(chips)}</nav></div>'
        f'<div class="wrap"><table class="list cards held"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"<div data-exact>{turn}</div>"
    )


def _kind_of(one: Held) -> str:
    return next(key for key, kinds in _KINDS.items() if one.norm.kind in kinds)


def _chip(link: str, words: str, on: bool, css: str) -> str:
    here = ' aria-current="true"' if on else ""
    return f'<a class="{css}"{here} href="{esc(link)}">{esc(words)}</a>'


def _norm_row(one: Held) -> str:
    norm = one.norm
    more = norm_words.strength(norm) or norm.power_type or ""
    limits = "<br>".join(map(esc, (*map(norm_words.limit, norm.deadlines), *map(norm_words.amount, norm.amounts))))
    return (
        f'<tr><td class="what"><span class="kindmark {norm.kind.value}">{esc(KINDS[norm.kind])}</span>'
        f'<br><span class="soft small">{esc(more)}</span></td>'
        f'<td class="text"><a href="{esc(clause_href(norm.clause_id))}" title="在正文中看">{esc(norm.text)}</a></td>'
        f"{_cell('相对方', esc(norm_words.joined(norm.counterparty)))}{_cell('时限、数额', limits)}"
        f'<td class="place"><a href="{esc(clause_href(norm.clause_id))}">{esc(one.basis.cited)}</a></td></tr>'
    )


def _cell(name: str, words: str) -> str:
    return f'<td data-name="{name}">{words}</td>' if words else "<td></td>"


# --- others ----------------------------------------------------------------------------------------------------------


def relations(found: Sequence[Relation]) -> str:
    """How the body stands to others, kind by kind, each with the provisions that say so."""
    if not found:
        return '<p class="soft">所选范围内的规范没有说到它与其他机关的关系。</p>'
    parts = []
    for kind, name in RELATIONS.items():
        of_kind = [one for one in found if one.kind == kind]
        if of_kind:
            rows = "".join(map(_relation, of_kind))
            parts.append(f"<h2>{name}（{len(of_kind):,} 个）</h2>{rows}")
    return "".join(parts)


def _relation(one: Relation) -> str:
    rows = "".join(map(_provision, one.bases[:_MOST_SHOWN]))
    more = len(one.bases) - _MOST_SHOWN
    rest = f'<p class="soft small">另有 {more:,} 处</p>' if more > 0 else ""
    summary = f'<strong>{esc(one.other.name)}</strong> <span class="soft">{len(one.bases):,} 处</span>'
    return (
        f'<details class="kind"><summary>{summary}</summary><p>{body_link(one.other)}</p>'
        f'<div class="wrap"><table class="list"><tbody>{rows}</tbody></table></div>{rest}</details>'
    )


def _provision(basis: Basis) -> str:
    return (
        f'<tr><td class="place"><a href="{esc(clause_href(basis.clause.clause_id))}">{esc(basis.cited)}</a></td>'
        f"<td>{marked(basis.words, ())}</td></tr>"
    )


def named(found: Mapping[str, int], documents: Mapping[str, Document]) -> str:
    """The documents that name the body, those first that do so most."""
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    rows = "".join(
        f'<tr><td>{title_link(documents[doc_id])} {badge(documents[doc_id])}<br><span class="soft small">'
        f'{meta_line(documents[doc_id])}</span></td><td class="n">{times:,} 处</td></tr>'
        for doc_id, times in ordered
        if doc_id in documents
    )
    return (
        f'<div class="wrap"><table class="list"><tbody>{rows}</tbody></table></div>'
        if rows
        else '<p class="soft">没有。</p>'
    )


def changes(found: Sequence[VersionChanges]) -> str:
    """How the norms of the body changed from version to version, work by work."""
    if not found:
        return note("库中没有同一文件的两个版本写到本机关的职权和义务，无从比较。", tone="calm")
    return "".join(map(_work, found))


def _work(one: VersionChanges) -> str:
    counts = Counter(change.change for change in one.changes)
    told = "，".join(
        f"{change.value} {counts[change]:,}"
        for change in (Change.ADDED, Change.CHANGED, Change.DROPPED)
        if counts[change]
    )
    rows = "".join(map(_changed, one.changes))
    table = (
        f'<div class="wrap"><table class="list cards"><thead><tr><th>变化</th><th>{esc(_version(one.old))}</th>'
        f"<th>{esc(_version(one.new))}</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    summary = (
        f"<strong>{esc(one.new.title)}</strong> <span class=soft>{esc(told or '没有变化')}，未变 {one.same:,}</span>"
    )
    return f'<details class="kind"><summary>{summary}</summary>{table if rows else ""}</details>'


def _version(document: Document) -> str:
    if document.promulgated is not None:  # a law that is amended keeps the day on which it first came into force
        return f"{day(document.promulgated)}公布"
    return f"{day(document.effective)}施行" if document.effective else document.doc_id


def _changed(one: Changed) -> str:
    return f'<tr><td class="k">{one.change.value}</td>{_side("原", one.old)}{_side("新", one.new)}</tr>'


def _side(name: str, held: Held | None) -> str:
    if held is None:
        return "<td></td>"
    link = esc(clause_href(held.norm.clause_id))
    place = esc(held.basis.cited.rpartition("》")[2] or "原文")
    return f'<td data-name="{name}">{esc(held.norm.text)}<br><a class="small" href="{link}">{place}</a></td>'


# --- where to begin --------------------------------------------------------------------------------------------------


def circles(found: Mapping[Circle, Sequence[tuple[Body, int]]]) -> str:
    """Lists to begin with, side by side: the bodies of each circle that most documents name."""
    lists = "".join(_circle(circle, bodies) for circle, bodies in found.items() if bodies)
    return f'<div class="three">{lists}</div>'


def _circle(circle: Circle, found: Sequence[tuple[Body, int]]) -> str:
    rows = "".join(f'<tr><td>{body_link(body)}</td><td class="n">{count:,} 件</td></tr>' for body, count in found)
    head_row = f'<thead><tr><th>{circle.value}</th><th class="n">提到它的文件</th></tr></thead>'
    return f'<div><table class="list">{head_row}<tbody>{rows}</tbody></table></div>'


def choices(found: Iterable[tuple[Body, int]]) -> str:
    """Bodies to choose from, each with the number of documents that name it."""
    rows = "".join(
        f'<tr><td>{body_link(body)}</td><td class="soft">{esc(" · ".join(filter(None, (body.kind, body.level, body.region))))}</td>'
        f'<td class="n">{count:,} 件</td></tr>'
        for body, count in found
    )
    if not rows:
        return '<p class="soft">没有文件提到这样的机关。</p>'
    head_row = '<thead><tr><th>机关</th><th>类别、层级、地区</th><th class="n">提到它的文件</th></tr></thead>'
    return f'<div class="wrap"><table class="list">{head_row}<tbody>{rows}</tbody></table></div>'
