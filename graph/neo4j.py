"""The graph as two CSV files in the form that Neo4j imports: nodes.csv and edges.csv. docs/exports.md says how.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, ids included, in both files alike; so links
hold, and `plain` takes it off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import networkx as nx

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def csv_files(G: nx.MultiDiGraph[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the names of the files with their lines in UTF-8, the head first; what is not known is an empty cell."""
    nodes = [data for _, data in G.nodes(data=True)]
    columns = _columns(nodes, without="kind")
    heads = [":ID", ":LABEL", *map(_head, columns.items())]
    rows = ([guarded(node), data["kind"], *_cells(data, columns)] for node, data in G.nodes(data=True))
    yield "nodes.csv", _lines([heads], rows)
    told = _columns((data for _, _, data in G.edges(data=True)), without="type")
    heads = [":START_ID", ":END_ID", ":TYPE", *map(_head, told.items())]
    links = ([guarded(s), guarded(t), k, *_cells(data, told)] for s, t, k, data in G.edges(keys=True, data=True))
    yield "edges.csv", _lines([heads], links)


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("'=1"), guarded("江川")
    ("'=1+1", "''=1", '江川')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def plain(cell: str) -> str:
    """Return the text of which `guarded` made a cell.

    >>> plain("'=1+1"), plain("''=1"), plain("'江川'")
    ('=1+1', "'=1", "'江川'")
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def _columns(rows: Iterable[Mapping[str, Any]], *, without: str) -> dict[str, str]:
    """Return the names of all attributes with the type that Neo4j gives them, in alphabetical order."""
    types: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            if name != without and value is not None:
                types[name] = _wider(types.get(name), _type(value))
    return dict(sorted(types.items()))


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    return "double" if isinstance(value, float) else "date" if isinstance(value, date) else "string"


def _wider(one: str | None, other: str) -> str:
    if one is None or one == other:
        return other
    return "double" if {one, other} == {"long", "double"} else "string"


def _head(column: tuple[str, str]) -> str:
    name, kind = column
    return name if kind == "string" else f"{name}:{kind}"


def _cells(data: Mapping[str, Any], columns: Mapping[str, str]) -> list[str]:
    return [_cell(data.get(name), kind) for name, kind in columns.items()]


def _cell(value: object, kind: str) -> str:
    if value is None:
        return ""
    if kind == "boolean":
        return str(value).lower()
    return guarded(str(value)) if kind == "string" else str(value)


def _lines(*parts: Iterable[Sequence[str]]) -> Iterator[bytes]:
    line = io.StringIO()
    write = csv.writer(line, lineterminator="\n").writerow
    for part in parts:
        for row in part:
            write(row)
            yield line.getvalue().encode()
            line.seek(0)
            line.truncate()
