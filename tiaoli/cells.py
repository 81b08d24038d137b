"""The cells of tables, and what the head of a list calls them.

A row that the format of a file told apart is closed: each of its cells ends in a tab, so that line breaks inside a cell
are no end of a row. In other texts a row is a line, its cells parted by tabs or by bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tiaoli.records import Clause, Kind, Span

Columns = tuple[tuple[str, tuple[Span, ...] | None], ...]  # their names, and where their cells stand

HEAD = "表头"  # label of the head row of a list whose rows are clauses of their own

_ROW_END = "\t\n"
_IN_CELLS = re.compile(r"[\t|]")
_RULE = re.compile(r"[|\s:-]+")  # below the head row of a table in Markdown
_WORDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)


def is_closed(text: str) -> bool:
    """Tell whether a text consists of closed rows."""
    return text.endswith("\t")


def cell_spans(text: str) -> list[tuple[Span, ...]]:
    """Return where the cells of each row of a table stand in its text, without the blanks around them."""
    if is_closed(text):
        return [_parted(text, start, end, "\t") for start, end in _pieces(text, 0, len(text) - 1, _ROW_END)]
    lines = [(start, end) for start, end in _pieces(text, 0, len(text), "\n") if text[start:end].strip()]
    return [row for start, end in lines if (row := _row_of_line(text, start, end))]


def table_rows(text: str) -> list[tuple[str, ...]]:
    r"""Return the rows of a table, the texts of its cells.

    >>> table_rows("甲\t乙\n丙\t\n\t丁\t"), table_rows("| 甲 | 乙 |\n|---|---|\n| 丙 | |")
    ([('甲', '乙\n丙'), ('', '丁')], [('甲', '乙'), ('丙', '')])
    """
    return [tuple(text[cell.start : cell.end] for cell in row) for row in cell_spans(text)]


def named_spans(clauses: Iterable[Clause]) -> dict[str, Columns]:
    """Return for each row of a list the names of its columns, and where the cells below each stand in the clause's text.

    Cells that go on in rows without a number are one, and so are columns of one name. The cell of the number has no
    place: it is the clause's label.
    """
    found: dict[str, Columns] = {}
    names: list[str] = []
    for clause in clauses:
        if clause.kind is Kind.TABLE and clause.label == HEAD:
            names = column_names(table_rows(clause.text))
        elif names and clause.kind is Kind.ITEM and _IN_CELLS.search(clause.text):
            found[clause.clause_id] = _named(clause.text, names)
    return found


def named_cells(clauses: Sequence[Clause]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each row of a list, by its id, the names of its columns with the text below each."""
    columns = named_spans(clauses)
    return {
        clause.clause_id: tuple((name, _words(clause, spans)) for name, spans in columns[clause.clause_id])
        for clause in clauses
        if clause.clause_id in columns
    }


def _words(clause: Clause, spans: Sequence[Span] | None) -> str:
    return clause.label if spans is None else "\n".join(clause.text[span.start : span.end] for span in spans)


def column_names(head: Sequence[Sequence[str]]) -> list[str]:
    """Return the names of the columns below the rows of a head.

    A cell of a head that spans others stands over all of them; a column without a name is called by its place.

    >>> column_names([("序 号", "事项", "责任", "", ""), ("", "", "主体", "依据", "")])
    ['序号', '事项', '责任·主体', '责任·依据', '第5列']
    """
    width = max(map(len, head), default=0)
    rows = [[re.sub(r"\s", "", cell) for cell in (*row, *[""] * (width - len(row)))] for row in head]
    below = [[any(row[column] for row in rows[level + 1 :]) for column in range(width)] for level in range(len(rows))]
    full = [_spread(row, deeper) for row, deeper in zip(rows, below, strict=True)]
    parts = [dict.fromkeys(row[column] for row in full if row[column]) for column in range(width)]
    return ["·".join(part) or f"第{column + 1}列" for column, part in enumerate(parts)]


def _spread(row: Sequence[str], deeper: Sequence[bool]) -> list[str]:
    """Give each cell that is empty the name on its left, where another name follows or one stands below it."""
    last = max((column for column, cell in enumerate(row) if cell), default=-1)
    names, name = [], ""
    for column, cell in enumerate(row):
        name = cell or (name if column < last or deeper[column] else "")
        names.append(name)
    return names


def _named(text: str, names: Sequence[str]) -> Columns:
    rows = cell_spans(text) or [()]
    labelled = not is_closed(text) or len(rows[0]) != len(names)  # the first cell of the first row is the label
    if labelled:
        rows[0] = (Span(0, 0), *rows[0])
    columns: dict[str, list[Span]] = {name: [] for name in names}
    for row in rows:
        for column, cell in enumerate(row):
            name = names[column] if column < len(names) else f"第{column + 1}列"
            columns.setdefault(name, []).extend([cell] if cell.start < cell.end else [])
    return tuple((name, None if labelled and name == names[0] else tuple(columns[name])) for name in columns)


def _row_of_line(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the cells of a line that is a row, nothing for the rule below a head row."""
    line = text[start:end]
    if "\t" in line or "|" not in line:
        return _parted(text, start, end, "\t")
    if _RULE.fullmatch(line):
        return ()
    start += len(line) - len(line.lstrip().removeprefix("|"))
    end -= len(line) - len(line.rstrip().removesuffix("|"))
    return _parted(text, start, end, "|")


def _parted(text: str, start: int, end: int, sign: str) -> tuple[Span, ...]:
    return tuple(_stripped(text, a, b) for a, b in _pieces(text, start, end, sign))


def _stripped(text: str, start: int, end: int) -> Span:
    words = _WORDS.search(text, start, end)
    return Span(words.start(), words.end()) if words else Span(start, start)


def _pieces(text: str, start: int, end: int, sign: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between two places that a sign parts."""
    while (at := text.find(sign, start, end)) >= 0:
        yield start, at
        start = at + len(sign)
    yield start, end
