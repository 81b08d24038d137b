"""A comparison as the page shows it: which versions, how many of each change, both texts side by side. HTML made with `esc`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from compare.synopsis import SAME_WORDS, Line, Row
from compare.works import version_before, works
from interfaces.pages.address import COMPARE, Params, clause_href, doc_href, href
from interfaces.pages.library import Library
from interfaces.parts import badge, day, note
from interfaces.theme import esc
from tiaoli.records import Change, Comparison, Document, Piece, Version, Work

CHANGED = frozenset(Change) - SAME_WORDS  # what is shown at first
_ALL = "all"
_MOST = 60  # works or documents in the list to choose from
_TONES = {Change.ADDED: "good", Change.DROPPED: "over", Change.SAME: "", Change.MOVED: ""}
_TAGS = {Change.ADDED: "ins", Change.DROPPED: "del"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks to be compared, and which changes it asks to see."""

    old: str = ""  # doc ids
    new: str = ""
    shown: frozenset[Change] = CHANGED

    @property
    def href(self) -> str:
        """The address of this comparison."""
        return href(COMPARE, old=self.old, new=self.new, show=_written(self.shown))

    def toggled(self, change: Change) -> Wanted:
        """The same with a change shown that was not, or the other way round; nothing at all is never asked for."""
        return replace(self, shown=self.shown ^ {change} or CHANGED)


def wanted_in(params: Params) -> Wanted:
    """Return what an address asks for; changes that there are not are left out."""
    named = params.get("show", ())
    shown = frozenset(change for change in Change if change.name.lower() in named or _ALL in named)
    old, new = (next(iter(params.get(name, ())), "") for name in ("old", "new"))
    return Wanted(old, new, shown or CHANGED)


def _written(shown: frozenset[Change]) -> list[str]:
    if shown == CHANGED:
        return []
    return [_ALL] if shown == frozenset(Change) else [change.name.lower() for change in Change if change in shown]


# --- which versions --------------------------------------------------------------------------------------------------


def work_of(library: Library, document: Document) -> Work:
    """Return the work of a document with the versions that the library holds."""
    return works(library.versions(document))[0]


def before(library: Library, document: Document) -> Document | None:
    """Return the version before a document's own, None where there is none."""
    found = version_before(work_of(library, document), document)
    return found.document if found else None


def head(library: Library, comparison: Comparison, wanted: Wanted) -> str:
    """What is compared, and what else there is to choose on both sides."""
    old, new = comparison.old, comparison.new
    turned = replace(wanted, old=wanted.new, new=wanted.old).href
    links = f'<a class="act" href="{esc(turned)}">新旧对调</a> <a class="act" href="{esc(href(COMPARE))}">另选文件</a>'
    sides = _side(library, "原文本", old, lambda doc_id: replace(wanted, old=doc_id).href)
    sides += _side(library, "新文本", new, lambda doc_id: replace(wanted, new=doc_id).href)
    title = f"《{new.title}》对照" if old.title == new.title else "两件文件对照"
    return f'<header class="dochead"><div class="head"><h1>{esc(title)}</h1>{links}</div><dl class="sides">{sides}</dl></header>'


def _side(library: Library, name: str, document: Document, link: Callable[[str], str]) -> str:
    title = f'<a href="{esc(doc_href(document.doc_id))}" title="阅读全文">{esc(document.title or document.source)}</a>'
    versions = "".join(_choice(v, document, link) for v in work_of(library, document).versions)
    return f'<div><dt>{name}</dt><dd>{title}<ul class="versions">{versions}</ul></dd></div>'


def _choice(version: Version, shown: Document, link: Callable[[str], str]) -> str:
    document = version.document
    here = shown.doc_id in (document.doc_id, *(copy.doc_id for copy in version.copies))
    words = f"{esc(dated(document))} {badge(document)}"
    if here:
        return f'<li><strong aria-current="true">{words}</strong></li>'
    return f'<li><a href="{esc(link(document.doc_id))}">{words}</a></li>'


def dated(document: Document) -> str:
    """What a version is called among the others."""
    when = document.promulgated or document.effective
    return day(when) if when else document.doc_number or "日期不明"


# --- filters ---------------------------------------------------------------------------------------------------------


def filters(found: Sequence[Row], wanted: Wanted) -> str:
    """How many rows each change has, as links that show or hide them."""
    whole = replace(wanted, shown=frozenset(Change))
    changed = replace(wanted, shown=CHANGED)
    links = [
        _link(f"全部 {len(found)}", whole.href, wanted.shown == whole.shown),
        _link(f"字句有改动 {_count(found, CHANGED)}", changed.href, wanted.shown == CHANGED),
    ]
    for change in Change:
        if count := _count(found, {change}):
            links.append(
                _link(f"{change.value} {count}", wanted.toggled(change).href, change in wanted.shown, css="chip")
            )
    return f'<nav class="chips changes" aria-label="看哪些变化">{"".join(links)}</nav>'


def _count(found: Iterable[Row], changes: Iterable[Change]) -> int:
    wanted = set(changes)
    return sum(row.pair.change in wanted for row in found)


def _link(words: str, link: str, on: bool, *, css: str = "act") -> str:
    here = ' aria-current="true"' if on else ""
    return f'<a class="{css}"{here} href="{esc(link)}">{esc(words)}</a>'


# --- texts -----------------------------------------------------------------------------------------------------------


def table(found: Sequence[Row], wanted: Wanted) -> str:
    """The rows that are wanted, the old text left and the new one right."""
    shown = [row for row in found if row.pair.change in wanted.shown]
    if not shown:
        if wanted.shown == CHANGED:
            link = ("看全部条款", replace(wanted, shown=frozenset(Change)).href)
            return note("两个文本的条款字句都相同。", tone="calm", link=link)
        return note("没有这样的条款。", tone="calm", link=("看字句有改动的", replace(wanted, shown=CHANGED).href))
    legend = '<p class="soft small"><del>删去的字句</del>　<ins>增加的字句</ins>　点条号可读全文</p>'
    rows = "".join(map(_row, shown))
    return f'{legend}<div class="pairs"><div class="pair heads" aria-hidden="true"><b>原文本</b><b>新文本</b></div>{rows}</div>'


def _row(row: Row) -> str:
    tone = _TONES.get(row.pair.change, "wait")
    return (
        f'<article class="pair {row.pair.change.name.lower()}"><p class="what"><span class="badge {tone}">{row.pair.change.value}</span> '
        f"<span>{esc(row.told)}</span></p>{_text('原', row.old)}{_text('新', row.new)}</article>"
    )


def _text(which: str, lines: Sequence[Line]) -> str:
    if not lines:
        return f'<div class="side none"><span class="which">{which}</span>（无）</div>'
    out = [f'<div class="side"><span class="which">{which}</span><p>']
    ends = False
    for line in lines:
        out.append("</p><p>" if ends else "")
        if line.label:
            out.append(f'<a class="lab" href="{esc(clause_href(line.clause.clause_id))}">{esc(line.label)}</a>')
        out += map(_piece, line.pieces)
        ends = bool(line.pieces)
    return "".join((*out, "</p></div>"))


def _piece(piece: Piece) -> str:
    words = esc(piece.text).replace("\n", "<br>")
    tag = _TAGS.get(piece.change)
    return f"<{tag}>{words}</{tag}>" if tag else words


# --- choosing --------------------------------------------------------------------------------------------------------


def choice_of_works(library: Library, words: str) -> str:
    """Works with several versions that fit the words, each with a link to its last two; then other documents."""
    documents = library.find(words) if words else list(library.current)
    some = {document.version_of for document in documents if document.version_of}
    found = [work for work in works(d for d in library.documents if d.version_of in some) if len(work.versions) > 1]
    out = [f"<h2>有多个版本的文件（{len(found):,}）{_first(found)}</h2>", _list(map(_work, found[:_MOST]))]
    if words:
        out += [f"<h2>任选一件作为原文本（{len(documents):,}）{_first(documents)}</h2>"]
        out += [_list(_entry(d, href(COMPARE, old=d.doc_id)) for d in documents[:_MOST])]
    return "".join(out)


def _first(found: Sequence[object]) -> str:
    return f"，以下是前 {_MOST} 件" if len(found) > _MOST else ""


def _list(items: Iterable[str]) -> str:
    return f'<ul class="choices">{"".join(items)}</ul>' if items else ""


def _work(work: Work) -> str:
    newest = next((v for v in reversed(work.versions) if v.begins), work.versions[-1]).document
    older = version_before(work, newest)
    old = older.document if older else next(v.document for v in work.versions if v.document is not newest)
    link = Wanted(old.doc_id, newest.doc_id).href
    days = "、".join(dated(version.document) for version in work.versions)
    return f'<li><a href="{esc(link)}">{esc(work.title)}</a><span class="soft small">{len(work.versions)} 个版本：{esc(days)}</span></li>'


def choice_of_other(library: Library, old: Document, words: str) -> str:
    """Documents that `old` can be compared with: the other versions of its work, then those that fit the words."""
    own = [v.document for v in work_of(library, old).versions if v.document.doc_id != old.doc_id]
    documents = library.find(words) if words else own
    title = "其他版本" if not words else f"{len(documents):,} 件{_first(documents)}"
    found = (_entry(d, Wanted(old.doc_id, d.doc_id).href) for d in documents[:_MOST] if d.doc_id != old.doc_id)
    empty = "" if documents else "<p>没有其他版本。请在上面写标题、文号或制定机关中的几个字，找另一件文件。</p>"
    return f"<h2>与《{esc(old.title)}》对照：{title}</h2>{empty}{_list(found)}"


def _entry(document: Document, link: str) -> str:
    return f'<li><a href="{esc(link)}">{esc(document.title or document.source)}</a> <small>{esc(dated(document))}</small> {badge(document)}</li>'
