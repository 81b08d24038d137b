"""What stands above a document in the reader: title, standing, warnings, and what is known of it. HTML made with `esc`."""

from __future__ import annotations

from interfaces.pages import comparing
from interfaces.pages.address import COMPARE, doc_href, href
from interfaces.pages.library import LEVELS
from interfaces.pages.reading import Reading
from interfaces.parts import badge, day, note
from interfaces.theme import esc
from tiaoli.records import Document


def head(reading: Reading) -> str:
    """Title, standing, warnings and the card of the document."""
    document, past = reading.document, reading.library.past(reading.document)
    mark = badge(document, withdrawn=bool(past and past.withdrawn))
    warning = ""
    if past:
        link = None
        if past.current is not None:
            when = f"（{day(past.current.effective)}施行）" if past.current.effective else ""
            link = (f"打开现行文本{when}", doc_href(past.current.doc_id))
        warning = note(past.reason, tone="over", link=link)
    title = esc(document.title or document.source)
    links = _comparison(reading)
    return f'<header class="dochead"><div class="head"><h1>{title}</h1>{mark}{links}</div>{warning}{_card(reading)}</header>'


def _comparison(reading: Reading) -> str:
    """Where the document can be set against the version before it, or against another one."""
    document, before = reading.document, comparing.before(reading.library, reading.document)
    if before is None:
        return f'<a class="act" href="{esc(href(COMPARE, old=document.doc_id))}">与其他文件对照</a>'
    link = comparing.Wanted(before.doc_id, document.doc_id).href
    return f'<a class="act" href="{esc(link)}">与上一版对照</a>'


def _card(reading: Reading) -> str:
    document = reading.document
    facts = [
        ("文号", document.doc_number),
        ("制定机关", document.issuer),
        ("文种", document.doc_type.value),
        ("位阶", LEVELS.get(document.level)),
        ("地区", document.region),
        ("通过", document.adopted and day(document.adopted)),
        ("公布", document.promulgated and day(document.promulgated)),
        ("施行", document.effective and day(document.effective)),
        ("有效期至", document.expires and day(document.expires)),
        ("篇幅", f"{document.n_clauses:,} 个条款，{len(reading.text):,} 字"),
    ]
    cells = "".join(f"<div><dt>{name}</dt><dd>{esc(value)}</dd></div>" for name, value in facts if value)
    source = f'<div class="wide"><dt>来源文件</dt><dd>{esc(document.source)}</dd></div>'
    return f'<dl class="card">{cells}{_versions(reading)}{source}</dl>'


def _versions(reading: Reading) -> str:
    versions = reading.library.versions(reading.document)
    if len(versions) < 2:
        return ""
    items = "".join(f"<li>{_version(d, reading.document)}</li>" for d in versions)
    return f'<div class="wide"><dt>各版本（{len(versions)}）</dt><dd><ul>{items}</ul></dd></div>'


def _version(document: Document, shown: Document) -> str:
    when = document.promulgated or document.effective
    name = " ".join(part for part in (day(when) if when else "日期不明", document.doc_number or "") if part)
    if document.doc_id == shown.doc_id:
        return f"<strong>{esc(name)}</strong> {badge(document)} 本页"
    return f'<a href="{esc(doc_href(document.doc_id))}">{esc(name)}</a> {badge(document)}'
