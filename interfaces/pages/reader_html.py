"""The reader's page as one block of HTML: head, outline, text. Every word of a document goes through `esc`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interfaces.pages.address import GRAPH, clause_href, doc_href, href
from interfaces.pages.citing import cited_title
from interfaces.pages.reading import DIVISIONS, Reading, Stretch
from interfaces.parts import badge, flowing, trail
from interfaces.theme import esc
from tiaoli.records import Citation, Clause, Kind

_SNIPPET = 18  # characters of an article in the outline
_LEAST_COLUMNS = 2


def page(reading: Reading) -> str:
    """The whole reader."""
    outline = _outline(reading)
    text = (
        f'<div class="main">{_bar(reading)}{_lead(reading)}'
        f'<div class="law" data-head="{esc(cited_title(reading.document))}">{_law(reading)}</div>{_turn(reading)}</div>'
    )
    return f'<div class="frame{"" if outline else " bare"}">{outline}{text}</div>'


# --- outline ---------------------------------------------------------------------------------------------------------


def _outline(reading: Reading) -> str:
    unit = reading.unit
    above = {c.clause_id for c in ((unit, *reading.parents(unit)) if unit else ())}
    on = next((c.clause_id for c, _, _ in reversed(list(reading.outline())) if c.clause_id in above), None)
    lines = [_entry(clause, depth, here, clause.clause_id == on, reading) for clause, depth, here in reading.outline()]
    if len(lines) < 2:
        return ""
    return f'<nav class="outline" aria-label="目录"><details data-fold open><summary>目录</summary>{"".join(lines)}</details></nav>'


def _entry(clause: Clause, depth: int, here: bool, on: bool, reading: Reading) -> str:
    words = clause.heading or clause.text
    if not words and clause.kind is Kind.ARTICLE:
        words = next((c.text for c in reading.children[clause.clause_id]), "")
    words = words.replace("\n", "")
    words = words[:_SNIPPET] + ("…" if len(words) > _SNIPPET else "")
    css = f"d{min(depth, 4)}" + (" on" if on else "") + ("" if here else " far")
    label = clause.label + ("、" if clause.kind is Kind.HEADING else "")
    return f'<a class="{css}" href="{esc(clause_href(clause.clause_id))}">{esc(label)}<i>{esc(words)}</i></a>'


# --- bar, warnings, turning over -------------------------------------------------------------------------------------


def _bar(reading: Reading) -> str:
    aim = reading.aim
    title = reading.document.title or reading.document.source
    name = f'<a href="{esc(doc_href(reading.document.doc_id))}" title="{esc(title)}">{esc(title)}</a>'
    past = reading.library.past(reading.document)
    mark = badge(reading.document, withdrawn=past.withdrawn) if past else ""
    newer = past.current if past else None
    instead = f'<a class="act" href="{esc(doc_href(newer.doc_id))}">现行文本</a>' if newer else ""
    where = trail(aim.path) if aim else esc(reading.shown.label)
    turns = "".join(
        f'<a class="act" href="{esc(clause_href(c.clause_id))}">{name}</a>'
        for name, c in (("‹ 上一条", reading.beside(-1)), ("下一条 ›", reading.beside(1)))
        if c is not None
    )
    cite = cited_title(reading.document) + (reading.citation(aim) if aim else "")
    link = clause_href(aim.clause_id) if aim else doc_href(reading.document.doc_id)
    return (
        f'<div class="bar"><span class="where"><b>{name}</b><span>{where}</span></span>{mark}{instead}{turns}'
        f'<button type="button" data-copy="{esc(cite)}" title="{esc(cite)}">复制引用</button>'
        f'<button type="button" data-link="{esc(link)}">复制链接</button>'
        f'<a class="act more" href="{esc(href(GRAPH, node=reading.document.doc_id))}">引用关系</a>'
        f'<button class="more" type="button" data-print="1">打印</button></div>'
    )


def _lead(reading: Reading) -> str:
    """Problems of the document, listed before its text."""
    if not reading.problems:
        return ""
    items = []
    for problem in reading.problems:
        clause = reading.place_of(problem)
        place = f'<a href="{esc(clause_href(clause.clause_id))}">{trail(clause.path)}</a>：' if clause else ""
        items.append(f"<li>{place}{esc(problem.message)}</li>")
    return f'<details class="note" open><summary>待核问题（{len(items)}）</summary><ul>{"".join(items)}</ul></details>'


def _turn(reading: Reading) -> str:
    if len(reading.stretches) < 2:
        return ""
    at = reading.stretches.index(reading.shown)
    before = reading.stretches[at - 1] if at else None
    after = reading.stretches[at + 1] if at + 1 < len(reading.stretches) else None
    return f'<nav class="turn">{_stretch(reading, "‹ ", before)}{_stretch(reading, "", after, " ›")}</nav>'


def _stretch(reading: Reading, left: str, stretch: Stretch | None, right: str = "") -> str:
    if stretch is None:
        return "<span></span>"
    first = reading.clauses[stretch.start]
    return f'<a href="{esc(clause_href(first.clause_id))}">{left}{esc(stretch.label)}{right}</a>'


# --- text ------------------------------------------------------------------------------------------------------------


def _law(reading: Reading) -> str:
    """The clauses in the order of the text, each in the box of what it belongs to as far as that is still open."""
    out: list[str] = []
    open_: list[str] = []
    for clause in reading.clauses[reading.shown.start : reading.shown.end]:
        above = {parent.clause_id for parent in reading.parents(clause)}
        while open_ and open_[-1] not in above:
            out.append("</div>")
            open_.pop()
        out.append(f"<div{_attributes(reading, clause)}>{_line(reading, clause)}")
        open_.append(clause.clause_id)
    return "".join((*out, "</div>" * len(open_)))


def _attributes(reading: Reading, clause: Clause) -> str:
    css = ["c", clause.kind.value]
    if clause.kind is Kind.ARTICLE and _leads(reading, clause) is not None:
        css.append("runs")
    above = next(reading.parents(clause), None)
    if above is not None and above.kind is Kind.ARTICLE and _leads(reading, above) is clause:
        css.append("first")
    aimed = ""
    if reading.aim is clause:
        css.append("aim")
        aimed = f' data-aim="{"scroll" if clause.order > reading.shown.start else "top"}"'
    return f' class="{" ".join(css)}"{aimed}'


def _leads(reading: Reading, article: Clause) -> Clause | None:
    """The 款 that is printed on the line of its article."""
    after = reading.clauses[article.order + 1] if article.order + 1 < len(reading.clauses) else None
    runs = after is not None and not article.text and after.kind is Kind.PARAGRAPH
    return after if runs and after is not None and after.parent_id == article.clause_id else None


def _line(reading: Reading, clause: Clause) -> str:
    own = reading.text[clause.start : clause.end]
    body = len(own.rstrip()) - len(clause.text)  # the text ends the clause
    head = own.find(clause.heading, 0, body) if clause.heading else body
    head = body if head < 0 else head
    link = esc(clause_href(clause.clause_id))
    printed = own[:head].strip()
    label = f'<a class="lab" href="{link}">{esc(printed)}</a>' if printed else ""
    words = _cited(reading, clause, head, body)
    text = _body(reading, clause, body)
    gap = "　" if label and (words or text) and clause.kind in (*DIVISIONS, Kind.ARTICLE) else ""
    heading = f'<span class="head">{words}</span>' if words else ""
    doubts = "".join(
        f'<span class="issue" title="{esc(p.message)}">待核：{esc(p.message)}</span>'
        for p in reading.doubts.get(clause.clause_id, ())
    )
    return f'<p class="line">{label}{gap}{heading}<span class="body">{text}</span>{doubts}{_tools(reading, clause, link)}</p>'


def _tools(reading: Reading, clause: Clause, link: str) -> str:
    """Fixed address and citation of a clause, shown beside it; of an article its label leads there."""
    if clause.kind is Kind.ARTICLE and not clause.text:
        return ""
    cite = esc(reading.citation(clause))
    return (
        f'<span class="tools"><a href="{link}" title="这一条款的固定地址">定位</a>'
        f'<button type="button" data-cite="{cite}">引用</button></span>'
    )


def _body(reading: Reading, clause: Clause, start: int) -> str:
    own = reading.text[clause.start : clause.end].rstrip()
    lines = own[start:].split("\n")
    if (cells := _cells(lines)) is not None:
        return _table(cells)
    return _cited(reading, clause, start, len(own))


def _cited(reading: Reading, clause: Clause, start: int, end: int) -> str:
    """A stretch of a clause with its citations as links."""
    own, out, at = reading.text[clause.start : clause.end], list[str](), start
    for citation in reading.citations.get(clause.clause_id, ()):
        first, last = citation.start - clause.start, citation.end - clause.start
        if at <= first and last <= end:
            out += [flowing(own, at, first), _cite(citation, flowing(own, first, last), reading)]
            at = last
    out.append(flowing(own, at, end))
    return "".join(out).strip()


def _cite(citation: Citation, words: str, reading: Reading) -> str:
    target = citation.target_clause_id or citation.target_doc_id
    name = f"《{citation.title}》{citation.label or ''}"
    if target is None:
        return f'<span class="cite lost" title="{esc(f"{name}：语料中没有这份文件")}">{words}</span>'
    own = citation.target_doc_id == reading.document.doc_id
    link = clause_href(target) if citation.target_clause_id else doc_href(target)
    if citation.status == "no_such_provision":
        return f'<a class="cite doubt" href="{esc(link)}" title="{esc(f"{name}：该文件中没有找到这一条款，请核对")}">{words}</a>'
    if citation.status == "not_in_force":
        return (
            f'<a class="cite doubt" href="{esc(link)}" title="{esc(f"{name}：所引文件已不再有效，请核对")}">{words}</a>'
        )
    if own and not citation.target_clause_id:
        return words
    return f'<a class="cite" href="{esc(link)}" title="{esc(name)}">{words}</a>'


def _cells(lines: Sequence[str]) -> list[list[str]] | None:
    """Rows of a table written with bars, None where the lines are none."""
    rows = [line.strip() for line in lines if line.strip()]
    if len(rows) < 1 or not all(
        row.startswith("|") and row.endswith("|") and row.count("|") > _LEAST_COLUMNS for row in rows
    ):
        return None
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [row for row in cells if not all(re.fullmatch(r":?-*:?", cell) for cell in row)]


def _table(rows: Sequence[Sequence[str]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{esc(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tbody>{body}</tbody></table>"
