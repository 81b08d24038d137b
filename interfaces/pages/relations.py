"""What the graph page says of nodes in tables, and where it begins; no widgets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph import query
from graph.schema import EdgeType, NodeKind
from interfaces.pages.address import GRAPH, clause_href, doc_href, href
from interfaces.pages.graph_view import RELATIONS
from interfaces.pages.library import Library
from interfaces.pages.picture import Element, Graph, Picture, title
from interfaces.parts import badge, title_link
from interfaces.theme import esc
from office.citing import cited_path
from tiaoli.provisions import ProvisionIndex
from tiaoli.records import Body, Document

_MOST_LISTED = 30  # in a list of the most …
_MOST_DOCUMENTS = 8  # of a name, in which a provision is looked for
_PROVISION = re.compile(r"《?(?P<title>[^《》]+?)》?(?P<label>第[^第《》]{1,8}[编章节条].*)")


# --- tables ----------------------------------------------------------------------------------------------------------


def drawn_table(picture: Picture) -> str:
    """What a picture shows, a row for each line of it, the heaviest first."""
    names = {node["id"]: node for node in picture.nodes}
    ordered = sorted(picture.edges, key=lambda edge: (-edge["weight"], edge["id"]))
    rows = "".join(
        f"<tr><td>{_named(names[edge['source']])}</td><td class='k soft'>{esc(edge['label'])}</td>"
        f"<td>{_named(names[edge['target']])}</td><td class='k'>{_linked('打开', edge['page']) if edge['page'] else ''}</td></tr>"
        for edge in ordered
    )
    head = "<thead><tr><th>从</th><th>关系</th><th>到</th><th>原文</th></tr></thead>"
    table = f'<div class="wrap"><table class="list">{head}<tbody>{rows}</tbody></table></div>'
    return f'<details class="kind"><summary><strong>图中的关系列成表</strong> {len(ordered):,} 条</summary>{table}</details>'


def _named(node: Element) -> str:
    return _linked(node["title"], node["page"] or node["about"])


def _linked(words: str, target: str | None) -> str:
    return f'<a href="{esc(target)}">{esc(words)}</a>' if target else esc(words)


def reference_tables(G: Graph, library: Library, node: str) -> str:
    """What a document or clause cites and what cites it, provision by provision; of a document, what the store lacks too."""
    document = library.by_id.get(node)
    this = "本文件" if document else "本条款"
    out = _links(G, library, query.cites(G, node), this, outward=True)
    into = _links(G, library, query.cited_by(G, node), this, outward=False)
    missing = _missing(library, document) if document else ""
    return (
        f"<h2>{this}引用的</h2>{out or '<p class=soft>没有引用语料中的其他文件。</p>'}"
        f"<h2>引用{this}的</h2>{into or '<p class=soft>语料中没有文件引用它。</p>'}{missing}"
    )


def _links(G: Graph, library: Library, links: Iterable[query.Link], this: str, *, outward: bool) -> str:
    groups: defaultdict[str, list[query.Link]] = defaultdict(list)
    for link in links:
        other = link.target if outward else link.source
        groups[query.document_of(G, other) or other].append(link)
    ordered = sorted(groups.items(), key=lambda item: (-sum(link.weight for link in item[1]), item[0]))
    return "".join(_group(G, library, other, found, this, outward=outward) for other, found in ordered)


def _group(G: Graph, library: Library, other: str, links: Sequence[query.Link], this: str, *, outward: bool) -> str:
    document = library.by_id.get(other)
    name = f"{title_link(document)} {badge(document)}" if document else esc(title(G, other))
    kinds = Counter(RELATIONS.get(EdgeType(link.type), link.type) for link in links for _ in range(int(link.weight)))
    counts = "，".join(f"{kind} {n} 处" for kind, n in kinds.most_common())
    rows = "".join(_link_row(G, link, this, outward=outward) for link in links)
    more = f'<a class="small" href="{esc(href(GRAPH, node=other))}">看它的关系</a>'
    return (
        f'<details class="kind"><summary>{name} <span class="soft">{esc(counts)}</span></summary>'
        f'<p>{more}</p><div class="wrap"><table class="list"><tbody>{rows}</tbody></table></div></details>'
    )


def _link_row(G: Graph, link: query.Link, this: str, *, outward: bool) -> str:
    mine = link.clause_id or link.source
    source, target = _place(G, mine), _place(G, link.target)
    kind = RELATIONS.get(EdgeType(link.type), link.type)
    first, second = (this, "") if outward else ("", this)
    return f'<tr><td>{first}{source}</td><td class="k soft">{esc(kind)}</td><td>{second}{target}</td></tr>'


def _place(G: Graph, node: str) -> str:
    """A clause as a link; of a document as a whole, that; the name of an instrument that the store lacks."""
    kind = G.nodes[node]["kind"] if node in G else None
    if kind == NodeKind.INSTRUMENT:
        return esc(title(G, node))
    if "#" not in node:
        return f'<a href="{esc(doc_href(node))}">全文</a>'
    words = str(G.nodes[node].get("label")) if kind == NodeKind.CLAUSE else "该条款"
    return f'<a href="{esc(clause_href(node))}">{esc(words)}</a>'


def _missing(library: Library, document: Document) -> str:
    unknown = Counter(c.title for c in library.citations(document) if c.status == "unknown_document")
    if not unknown:
        return ""
    rows = "".join(f"<tr><td>《{esc(name)}》</td><td class='n'>{n} 处</td></tr>" for name, n in unknown.most_common())
    table = f'<table class="list"><tbody>{rows}</tbody></table>'
    return f'<details class="kind"><summary><strong>引用了但语料中没有的文件</strong> {len(unknown)} 件</summary>{table}</details>'


# --- where to begin --------------------------------------------------------------------------------------------------


def overview(G: Graph) -> str:
    """The documents cited by most others and the bodies that issued most, from a graph of whole documents."""
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for source, target, kind in G.edges(keys=True):
        if kind in query.REFERENCES:
            cited[target].add(source)
    most = sorted(cited.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_LISTED]
    documents = [(n, title(G, n), len(by)) for n, by in most]
    issued = Counter(t for _, t, kind in G.edges(keys=True) if kind == EdgeType.ISSUED_BY)
    bodies = [(n, title(G, n), count) for n, count in issued.most_common(_MOST_LISTED)]
    left = _ranking("被最多文件引用的文件", "被引用", documents)
    return f'<div class="two">{left}{_ranking("制定文件最多的机关", "制定", bodies)}</div>'


def _ranking(name: str, verb: str, rows: Sequence[tuple[str, str, int]]) -> str:
    cells = "".join(
        f'<tr><td><a href="{esc(href(GRAPH, node=node))}">{esc(label)}</a></td><td class="n">{count:,} 件</td></tr>'
        for node, label, count in rows
    )
    head = f'<thead><tr><th>{name}</th><th class="n">{verb}</th></tr></thead>'
    return f'<div><table class="list">{head}<tbody>{cells}</tbody></table></div>'


def matches(bodies: Iterable[Body], library: Library, words: str) -> list[tuple[str, str, str]]:
    """What `words` may mean, as node, name and file: a provision (行政处罚法第十六条), the bodies found for them, documents."""
    found = provisions(library, words)
    found += [(body.body_id, f"机关　{body.name}", "") for body in bodies]
    return found + [(d.doc_id, f"文件　{d.title}", d.source) for d in library.find(words)]


def provisions(library: Library, words: str) -> list[tuple[str, str, str]]:
    """The provisions that words name with their document, as node, name and file."""
    return list(_provisions(library, words))


def _provisions(library: Library, words: str) -> Iterator[tuple[str, str, str]]:
    named = _PROVISION.fullmatch("".join(words.split()))
    for document in library.find(named["title"])[:_MOST_DOCUMENTS] if named else ():
        clause = ProvisionIndex(library.clauses(document.doc_id)).find(named["label"]) if named else None
        if clause is not None:
            yield clause.clause_id, f"条款　《{document.title}》{cited_path(clause.path)}", document.source


def match_list(found: Sequence[tuple[str, str, str]], page: str) -> str:
    """Links to what was found, each on `page`, and how many more there are."""
    if not found:
        return '<p class="soft">没有找到，请换一种写法。</p>'
    items = "".join(
        f'<li><a href="{esc(href(page, node=n))}">{esc(name)}</a> <span class="soft small">{esc(file)}</span></li>'
        for n, name, file in found[:_MOST_LISTED]
    )
    more = len(found) - _MOST_LISTED
    rest = f'<p class="soft">另有 {more:,} 个未列出，请多写几个字。</p>' if more > 0 else ""
    return f"<ul>{items}</ul>{rest}"
