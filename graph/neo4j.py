"""The graph as two CSV files in the form that Neo4j imports: nodes.csv and edges.csv. docs/exports.md says how.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, ids included, in both files alike; so links
hold, and `plain` takes it off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import networkx as nx

from graph.columns import Type, columns, written

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def csv_files(G: nx.MultiDiGraph[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the names of the files with their lines in UTF-8, the head first; what is not known is an empty cell."""
    nodes = [data for _, data in G.nodes(data=True)]
    named = columns(nodes, without="kind")
    heads = [":ID", ":LABEL", *map(_head, named.items())]
    rows = ([guarded(node), data["kind"], *_cells(data, named)] for node, data in G.nodes(data=True))
    yield "nodes.csv", _lines([heads], rows)
    told = columns((data for _, _, data in G.edges(data=True)), without="type")
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


def _head(column: tuple[str, Type]) -> str:
    name, kind = column
    return name if kind is Type.TEXT else f"{name}:{kind}"


def _cells(data: Mapping[str, Any], types: Mapping[str, Type]) -> list[str]:
    return [_cell(data.get(name), kind) for name, kind in types.items()]


def _cell(value: object, kind: Type) -> str:
    if value is None:
        return ""
    return guarded(written(value)) if kind is Type.TEXT else written(value)


def _lines(*parts: Iterable[Sequence[str]]) -> Iterator[bytes]:
    line = io.StringIO()
    write = csv.writer(line, lineterminator="\n").writerow
    for part in parts:
        for row in part:
            write(row)
            yield line.getvalue().encode()
            line.seek(0)
            line.truncate()
