"""What the search page shows around the hits: facets, chips, examples; HTML made with `esc`, no widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from interfaces.pages.address import LAST_PAGE, PER_PAGE, Asked
from interfaces.pages.library import LEVELS, Library
from interfaces.parts import hit_card, note, pages
from interfaces.theme import esc
from search.contract import Query, Results
from search.facets import FIELDS
from search.index import Index
from tiaoli.errors import NotFound
from tiaoli.provisions import STATE
from tiaoli.records import Document, Hit, Kind, Status
from tiaoli.store import Store

NAMES = {**FIELDS, "issuer": "制定机关", "status": "时效", "kind": "条款种类"}
_SHOWN = 8  # values of a facet before 更多
_WORDS = ("持证上岗", "养老服务补贴", "行政处罚", "征求意见", "监督检查")


def value_name(field: str, value: str) -> str:
    """A value of a filter as people read it."""
    return LEVELS.get(int(value), value) if field == "level" and value.isdecimal() else value


def search(index: Index, asked: Asked) -> Results:
    """Return the page of results that is asked for; BadFilter where a filter in the address does not fit."""
    offset = (asked.page - 1) * PER_PAGE
    return index.search(Query(asked.text, asked.filters, PER_PAGE, offset, facets=True))


def result_html(asked: Asked, results: Results, library: Library, single: Callable[[Hit], bool]) -> str:
    """The hits with their facets; `single` tells whether the article of a hit has only one 款."""
    notes = "".join(note(text) for text in results.notes)
    if not results.hits:
        return notes + _nothing(asked, library) + _facets(asked, results)
    cards = "".join(hit_card(hit, _document(hit, results, library), only_paragraph=single(hit)) for hit in results.hits)
    last = min(-(-results.total // PER_PAGE), LAST_PAGE)
    turn = pages(asked.page, last, lambda number: asked.at_page(number).href)
    return (
        f'<div class="found">{_facets(asked, results)}<div><p class="soft small">{esc(_counted(results, library))}</p>'
        f"{notes}{cards}{turn}</div></div>"
    )


def _document(hit: Hit, results: Results, library: Library) -> Document:
    """The document of a hit, with the standing that the reader shows too."""
    return library.by_id.get(hit.doc_id) or results.documents[hit.doc_id]


def _counted(results: Results, library: Library) -> str:
    scope = f"在 {len(library.current):,} 件文件、{library.n_clauses:,} 个条款中检索："
    rest = results.total - results.covering
    partly = f"，另有 {rest:,} 条部分相符" if rest > 0 else ""
    return f"{scope}高度相符 {results.covering:,} 条{partly}"


def _nothing(asked: Asked, library: Library) -> str:
    scope = f"在 {len(library.current):,} 件文件、{library.n_clauses:,} 个条款中查找“{asked.text}”，没有结果。"
    advice = ["换用法条中常见的说法，例如用“施行”代替“开始实行”", "只留最要紧的两三个词"]
    if asked.filters:
        advice.insert(0, "去掉一些筛选条件")
    link = ("去掉全部筛选，重新检索", asked.without_filters().href) if asked.filters else None
    return note(f"{scope}可以{'；'.join(advice)}。", tone="calm", link=link)


def chips(asked: Asked) -> str:
    """The filters that are set, each a link that takes it away."""
    links = [
        f'<a class="chip" href="{esc(asked.toggled(field, value).href)}" title="去掉这个条件">'
        f"{esc(NAMES[field])}：{esc(value_name(field, value))} ×</a>"
        for field, values in asked.filters.items()
        for value in values
    ]
    if not links:
        return ""
    if len(links) > 1:
        links.append(f'<a class="small" href="{esc(asked.without_filters().href)}">全部清除</a>')
    return f'<div class="chips">{"".join(links)}</div>'


def _facets(asked: Asked, results: Results) -> str:
    groups = "".join(_facet(asked, field, pairs) for field, pairs in results.facets.items() if pairs)
    if not groups:
        return ""
    hint = '<p class="soft small">数字为高度相符的条款数</p>'
    return f'<details class="facets" data-fold open><summary>缩小范围</summary>{hint}{groups}</details>'


def _facet(asked: Asked, field: str, pairs: Sequence[tuple[str, int]]) -> str:
    chosen = asked.filters.get(field, ())
    items = [_facet_item(asked, field, value, count, value in chosen) for value, count in pairs]
    first, rest = items[:_SHOWN], items[_SHOWN:]
    more = f"<details><summary>更多（{len(rest)}）</summary><ul>{''.join(rest)}</ul></details>" if rest else ""
    return f"<h2>{esc(NAMES[field])}</h2><ul>{''.join(first)}</ul>{more}"


def _facet_item(asked: Asked, field: str, value: str, count: int, on: bool) -> str:
    name = esc(value_name(field, value))
    css = ' class="on"' if on else ""
    return (
        f'<li><a{css} href="{esc(asked.toggled(field, value).href)}"><span>{name}</span><span>{count:,}</span></a></li>'
    )


# --- before anything is asked ------------------------------------------------------------------------------------------


def examples(library: Library, index: Index, store: Store) -> list[tuple[str, str]]:
    """Queries that find something in this store, each with what it shows."""
    return [pair for pair in _examples(library, index, store) if pair[1]]


def _examples(library: Library, index: Index, store: Store) -> Iterator[tuple[str, str]]:
    documents = [d for d in library.current if d.status is Status.IN_FORCE] or list(library.current)
    documents.sort(key=lambda d: (d.level, len(d.title), d.doc_id))
    yield "法名加条号，直达条款", next((q for d in documents[:40] if (q := _article(store, d))), "")
    yield (
        "文号，直达文件",
        next((d.doc_number for d in reversed(documents) if d.doc_number and "〔" in d.doc_number), ""),
    )
    yield "关键词", next((w for w in _WORDS if index.search(Query(w, limit=1, facets=True)).covering), "")
    yield "一段话，找说法相近的条款", next((q for d in documents[:40] if (q := _paragraph(store, d))), "")


def _article(store: Store, document: Document) -> str:
    labels = [c.label for c in store.clauses(document.doc_id) if c.kind is Kind.ARTICLE]
    return f"{document.title.removeprefix(STATE)}{labels[len(labels) // 2]}" if labels else ""


def _paragraph(store: Store, document: Document) -> str:
    kinds = (Kind.PARAGRAPH, Kind.SUBHEADING)
    texts = (c.text for c in store.clauses(document.doc_id)[8:] if c.kind in kinds and "\n" not in c.text)
    return next((text for text in texts if 50 <= len(text) <= 110), "")


def teach(pairs: Sequence[tuple[str, str]]) -> str:
    """What can be typed, with examples that can be clicked."""
    cards = "".join(
        f'<a href="{esc(Asked(query).href)}"><strong>{esc(what)}</strong><span>{esc(query)}</span></a>'
        for what, query in pairs
    )
    return f'<h2>可以这样查</h2><div class="teach">{cards}</div>'


def only_paragraph(store: Store, hit: Hit, known: Mapping[str, bool] | None = None) -> bool:
    """Whether the article of a hit has no second 款, so that the first goes without saying."""
    if "第一款" not in hit.path or "/第一款" not in hit.clause_id:
        return False
    try:
        store.clause(hit.clause_id.partition("/第一款")[0] + "/第二款")
    except NotFound:
        return True
    return False
