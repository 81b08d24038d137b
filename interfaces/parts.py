"""What several pages draw: badges, lines about a document, notes, page numbers. Each returns HTML made with `esc`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from interfaces.pages.address import clause_href, doc_href, page_numbers
from interfaces.theme import esc
from office.citing import cited_path, cited_title
from tiaoli.records import Document, Hit, Span, Status

_TONES = {
    Status.IN_FORCE: "good",
    Status.NOT_YET: "wait",
    Status.AMENDED: "over",
    Status.REPEALED: "over",
    Status.EXPIRED: "over",
}
_SOFT_LINE = 18  # a line at least so long that ends in no stop goes on in the next one
_STOPS = "。；：！？;:!?）)》”"
_LONGEST = 360  # characters of a hit that are shown
_TOO_LITTLE = 20  # characters that are not worth a click
_BEFORE = 60  # of them before the first highlight


def badge(document: Document, *, withdrawn: bool = False) -> str:
    """Whether a document is in force; for a text that is no longer in the corpus, that."""
    if not document.current:
        return f'<span class="badge over">{"已撤下" if withdrawn else "旧文本"}</span>'
    if document.draft:
        return '<span class="badge wait">征求意见稿</span>'
    if document.status is None:
        return '<span class="badge" title="文本中没有可以判断效力的日期">效力未知</span>'
    return f'<span class="badge {_TONES[document.status]}">{document.status.value}</span>'


def day(value: date | None) -> str:
    """A date as documents write it; a dash where it is not known.

    >>> day(date(2025, 6, 1)), day(None)
    ('2025年6月1日', '—')
    """
    return f"{value.year}年{value.month}月{value.day}日" if value else "—"


def meta_line(document: Document) -> str:
    """Issuer, 文号 and dates in one line."""
    known = [document.issuer, document.doc_number, document.doc_type.value]
    known += [f"{day(document.promulgated)}公布"] if document.promulgated else []
    known += [f"{day(document.effective)}施行"] if document.effective else []
    return " · ".join(esc(part) for part in known if part)


def note(text: str, *, tone: str = "", link: tuple[str, str] | None = None) -> str:
    """A remark that must not be missed, with one link where there is somewhere to go."""
    more = f' <a href="{esc(link[1])}">{esc(link[0])}</a>' if link else ""
    return f'<div class="note {esc(tone)}">{esc(text)}{more}</div>'


def title_link(document: Document) -> str:
    """The title of a document as a link to it."""
    return f'<a href="{esc(doc_href(document.doc_id))}">{esc(document.title or document.source)}</a>'


def trail(path: Sequence[str]) -> str:
    """The path of a clause: 第三章 › 第十条 › 第二款."""
    return " › ".join(esc(label) for label in path)


def copy_button(text: str, label: str = "复制引用") -> str:
    """A button that copies `text`."""
    return f'<button type="button" data-copy="{esc(text)}" title="{esc(text)}">{esc(label)}</button>'


def marked(text: str, spans: Iterable[Span], *, longest: int = _LONGEST) -> str:
    """The text with its spans marked; of a long one the stretch around the first of them.

    >>> marked("持<证>上岗", [Span(0, 3)])
    '<mark>持&lt;证</mark>&gt;上岗'
    """
    spans = list(spans)
    start, end = 0, len(text)
    if len(text) > longest:
        first = spans[0].start if spans else 0
        start = 0 if first < longest * 2 // 3 else first - _BEFORE
        end = min(len(text), start + longest)
    out, at = ["…" if start else ""], start
    for span in spans:
        if span.start >= at and span.end <= end:
            out += [flowing(text, at, span.start), "<mark>", flowing(text, span.start, span.end), "</mark>"]
            at = span.end
    return "".join((*out, flowing(text, at, end), "…" if end < len(text) else ""))


def flowing(own: str, start: int, end: int) -> str:
    """A stretch of a clause's words: a line that the width of a page broke goes on, other line ends stay."""
    out, at = [], start
    while (line_end := own.find("\n", at, end)) >= 0:
        out += [esc(own[at:line_end]), _line_end(own, line_end)]
        at = line_end + 1
    return "".join((*out, esc(own[at:end])))


def folded(text: str, longest: int) -> str:
    """A text whose first characters are shown; the rest, where there is more than a word or two, unfolds at a click."""
    if len(text) <= longest + _TOO_LITTLE:
        return flowing(text, 0, len(text))
    rest = flowing(text, longest, len(text))
    return f"{flowing(text, 0, longest)}<details><summary>其余 {len(text) - longest:,} 字</summary>{rest}</details>"


def _line_end(own: str, at: int) -> str:
    line, after = own[own.rfind("\n", 0, at) + 1 : at], own[at + 1 : at + 2]
    if not line.strip():
        return ""  # the space between paragraphs is ours
    goes_on = len(line) >= _SOFT_LINE and line[-1] not in _STOPS and not after.isspace()
    return "" if goes_on else "<br>"


def hit_card(hit: Hit, document: Document, *, only_paragraph: bool = False) -> str:
    """One answer of a search."""
    link = esc(clause_href(hit.clause_id))
    cite = cited_title(document) + cited_path(hit.path, only_paragraph=only_paragraph)
    return (
        f'<article class="hit"><div class="head"><a class="title" href="{link}">{esc(hit.title)}</a>{badge(document)}</div>'
        f'<p class="meta">{meta_line(document)}</p><p class="path">{trail(hit.path)}</p>'
        f'<p class="text">{marked(hit.text, hit.highlights)}</p>'
        f'<div class="foot"><span class="why">{esc(hit.reason)}</span>'
        f'<a class="act" href="{link}">打开</a>{copy_button(cite)}</div></article>'
    )


def pages(page: int, last: int, address: Callable[[int], str]) -> str:
    """Links to the other pages of a list; nothing where there is only one."""
    if last <= 1:
        return ""
    links = [f'<a href="{esc(address(page - 1))}">上一页</a>'] if page > 1 else []
    for number in page_numbers(page, last):
        if number is None:
            links.append("<span>…</span>")
        elif number == page:
            links.append(f'<b aria-current="page">{number}</b>')
        else:
            links.append(f'<a href="{esc(address(number))}">{number}</a>')
    links += [f'<a href="{esc(address(page + 1))}">下一页</a>'] if page < last else []
    return f'<nav class="pages" aria-label="翻页">{"".join(links)}</nav>'
