"""The reader's page as one block of HTML: head, outline, text. Every word of a document goes through `esc`."""

from __future__ import annotations

from collections.abc import Sequence

from interfaces.pages.address import GRAPH, TRACE, clause_href, doc_href, href
from interfaces.pages.marks import Marks, legend
from interfaces.pages.norm_cards import cards
from interfaces.pages.norm_words import FUNCTIONS
from interfaces.pages.reading import DIVISIONS, Reading, Stretch
from interfaces.parts import badge, trail
from interfaces.theme import esc
from office.citing import cited_title
from tiaoli.cells import HEAD, Columns, cell_spans, is_closed
from tiaoli.records import Clause, Kind, Span

_SNIPPET = 18  # characters of an article in the outline
_LEAST_COLUMNS = 2
_SHORT_CELL, _LONG_CELL = 6, 30  # characters


def page(reading: Reading) -> str:
    """The whole reader."""
    outline, marks = _outline(reading), Marks(reading)
    law = _law(reading, marks)
    text = (
        f'<div class="main">{_bar(reading)}{_lead(reading)}'
        f'<div class="law" data-head="{esc(cited_title(reading.document))}" data-doc="{esc(reading.document.doc_id)}"'
        f' data-cards="{esc(cards(marks))}">{law}</div>{_turn(reading)}</div>'
    )
    return f'<div class="frame{"" if outline else " bare"}">{outline}{text}</div>'


# --- outline ---------------------------------------------------------------------------------------------------------


def _outline(reading: Reading) -> str:
    unit = reading.unit
    above = {c.clause_id for c in ((unit, *reading.parents(unit)) if unit else ())}
    on = next((c.clause_id for c, _, _ in reversed(list(reading.outline())) if c.clause_id in above), None)
    entries = list(reading.outline())
    lines = [_entry(clause, depth, here, clause.clause_id == on, reading) for clause, depth, here in entries]
    if all(here for _, _, here in entries):  # nothing leads to the other stretches
        at = reading.stretches.index(reading.shown)
        before, after = reading.stretches[:at], reading.stretches[at + 1 :]
        lines = [*(_far(reading, s) for s in before), *lines, *(_far(reading, s) for s in after)]
    if len(lines) < 2:
        return ""
    return f'<nav class="outline" aria-label="目录"><details data-fold open><summary>目录</summary>{"".join(lines)}</details></nav>'


def _far(reading: Reading, stretch: Stretch) -> str:
    first = reading.clauses[stretch.start]
    return f'<a class="d0 far" href="{esc(clause_href(first.clause_id))}">{esc(stretch.label)}</a>'


def _entry(clause: Clause, depth: int, here: bool, on: bool, reading: Reading) -> str:
    words = clause.heading or clause.text
    if not words and clause.kind is Kind.ARTICLE:
        words = next((c.text for c in reading.children[clause.clause_id]), "")
    if (columns := reading.columns.get(clause.clause_id)) is not None:
        words = next((clause.text[cell.start : cell.end] for _, spans in columns for cell in spans or ()), "")
    words = words.replace("\n", "")
    words = words[:_SNIPPET] + ("…" if len(words) > _SNIPPET else "")
    css = f"d{min(depth, 4)}" + (" on" if on else "") + ("" if here else " far")
    label = clause.label + ("、" if clause.kind is Kind.HEADING and clause.number else "")
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
        f'<button class="more" type="button" data-print="1">打印</button>{legend(reading)}</div>'
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


def _law(reading: Reading, marks: Marks) -> str:
    """The clauses in the order of the text, each in the box of what it belongs to as far as that is still open."""
    out: list[str] = []
    open_: list[str] = []
    for clause in reading.clauses[reading.shown.start : reading.shown.end]:
        above = {parent.clause_id for parent in reading.parents(clause)}
        while open_ and open_[-1] not in above:
            out.append("</div>")
            open_.pop()
        out.append(f"<div{_attributes(reading, clause)}>{_line(marks, clause)}")
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


def _line(marks: Marks, clause: Clause) -> str:
    reading = marks.reading
    own = _own(reading, clause)
    body = len(own) - len(clause.text)  # the text ends the clause
    head = own.find(clause.heading, 0, body) if clause.heading else body
    head = body if head < 0 else head
    link = esc(clause_href(clause.clause_id))
    printed = own[:head].strip()
    label = f'<a class="lab" href="{link}">{esc(printed)}</a>' if printed else ""
    words = marks.words(clause, head, body)
    block = _in_cells(marks, clause, body)
    text = block or marks.words(clause, body, len(own))
    gap = "　" if label and (words or text) and clause.kind in (*DIVISIONS, Kind.ARTICLE) else ""
    heading = f'<span class="head">{words}</span>' if words else ""
    doubts = "".join(
        f'<span class="issue" title="{esc(p.message)}">待核：{esc(p.message)}</span>'
        for p in reading.doubts.get(clause.clause_id, ())
    )
    rest = f"{_function(clause)}{doubts}{_tools(reading, clause, link)}"
    if block:
        return f'<div class="line {"row" if label else ""}">{label}{heading}{block}{rest}</div>'
    return f'<p class="line">{label}{gap}{heading}<span class="body">{text}</span>{rest}</p>'


def _function(clause: Clause) -> str:
    """What a clause is for, as a quiet tag; that it holds norms is seen by their marks."""
    if clause.function is None or clause.function == "norm":
        return ""
    return f'<span class="fn" title="条款作用">{esc(FUNCTIONS.get(clause.function, clause.function))}</span>'


def _tools(reading: Reading, clause: Clause, link: str) -> str:
    """Fixed address and citation of a clause, shown beside it; of an article its label leads there."""
    if clause.kind is Kind.ARTICLE and not clause.text:
        return ""
    cite = esc(reading.citation(clause))
    return (
        f'<span class="tools"><a href="{link}" title="这一条款的固定地址">定位</a>'
        f'<button type="button" data-cite="{cite}">引用</button>'
        f'<a href="{esc(href(TRACE, node=clause.clause_id))}" title="依据什么，影响哪些条款">溯源</a>{_adding(clause)}</span>'
    )


def _adding(clause: Clause) -> str:
    """The way to the form that adds what was missed in a clause."""
    if not clause.text:
        return ""
    title = "选中一段文字后点这里，把它补充为规范、引用或机构"
    return f'<button type="button" data-add="{esc(clause.clause_id)}" title="{title}">补充</button>'


def _own(reading: Reading, clause: Clause) -> str:
    own = reading.text[clause.start : clause.end]
    return own if is_closed(clause.text) else own.rstrip()


# --- tables ----------------------------------------------------------------------------------------------------------


def _in_cells(marks: Marks, clause: Clause, start: int) -> str:
    """A table, or a row of a list with the names of its columns; nothing for any other clause."""
    columns = marks.reading.columns.get(clause.clause_id)
    if columns is not None:
        return _named(marks, clause, start, columns)
    rows = cell_spans(clause.text) if clause.kind is Kind.TABLE else []
    if max(map(len, rows), default=0) < _LEAST_COLUMNS:
        return ""
    head = len(rows) if clause.label == HEAD else 1 if len(rows) > 1 else 0
    lines = [_row(marks, clause, start, row, "th" if at < head else "td") for at, row in enumerate(rows)]
    lines[0] = _row(marks, clause, start, rows[0], "th" if head else "td", _widths(rows))
    body = f"<tbody>{''.join(lines[head:])}</tbody>" if lines[head:] else ""
    return f'<div class="wrap"><table><thead>{"".join(lines[:head])}</thead>{body}</table></div>'


def _row(marks: Marks, clause: Clause, start: int, row: Sequence[Span], tag: str, widths: Sequence[str] = ()) -> str:
    cells = (marks.words(clause, start + cell.start, start + cell.end) for cell in row)
    css = [f' class="{width}"' if width else "" for width in widths] or [""] * len(row)
    return "<tr>" + "".join(f"<{tag}{name}>{cell}</{tag}>" for name, cell in zip(css, cells, strict=False)) + "</tr>"


def _widths(rows: Sequence[Sequence[Span]]) -> list[str]:
    """How wide each column of a table is kept: by its longest cell."""
    longest = [0] * max(map(len, rows))
    for row in rows:
        for column, cell in enumerate(row):
            longest[column] = max(longest[column], cell.end - cell.start)
    return ["long" if width > _LONG_CELL else "mid" if width > _SHORT_CELL else "" for width in longest]


def _named(marks: Marks, clause: Clause, start: int, columns: Columns) -> str:
    lines = []
    for name, spans in columns:
        cells = [marks.words(clause, start + cell.start, start + cell.end) for cell in spans or ()]
        if cells:
            lines.append(f"<div><dt>{esc(name)}</dt><dd>{'<br>'.join(cells)}</dd></div>")
    return f'<dl class="cells">{"".join(lines)}</dl>'
