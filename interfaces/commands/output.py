"""How every command that answers gives its answer: on the screen, as JSON, as Excel or Word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from office.tables import Table, said

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]
ExcelOption = Annotated[Path | None, typer.Option("--xlsx", help="存为 Excel，每行有打开原文条款的链接")]
WordOption = Annotated[Path | None, typer.Option("--docx", help="存为 Word")]
_APP = "http://localhost:8501/"  # where `tiaoli app` answers unless another port was asked for


def give(
    tables: Sequence[Table],
    answer: object,
    *,
    as_json: bool,
    xlsx: Path | None = None,
    docx: Path | None = None,
) -> None:
    """Write `tables` to the files asked for; print `answer` as JSON, or the tables where neither was asked for."""
    from office.tables import excel_file, word_file
    from tiaoli.exports import json_line, writing

    if xlsx is not None:
        with writing(xlsx) as out:
            out.write(excel_file(tables, clause_link))
        _told(tables, xlsx)
    if docx is not None:
        with writing(docx) as out:
            out.write(word_file(tables))
        _told(tables, docx)
    if as_json:
        typer.echo(json_line(answer).decode(), nl=False)
    elif xlsx is None and docx is None:
        for table in tables:
            _show(table)


def _told(tables: Sequence[Table], path: Path) -> None:
    rows = sum(len(table.rows) for table in tables)
    typer.echo(f"已存为 {path}，共 {rows:,} 行。", err=True)


def clause_link(clause_id: str) -> str:
    """Return the address at which the app opens a clause on its usual port."""
    from urllib.parse import urljoin

    from interfaces.pages.address import clause_href

    return urljoin(_APP, clause_href(clause_id))


def _show(table: Table) -> None:
    """Print a table line by line: as a grid its many columns would fit on no screen."""
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(table.title, style="bold"))
    for name, fact in table.facts:
        console.print(Text(f"{name}：{fact}", style="dim"))
    for row in table.rows:
        cells = zip(table.columns, row.values, strict=True)
        words = [f"{column.name}：{said(value)}" for column, value in cells if column.printed and said(value)]
        console.print()
        console.print(Text("　".join(words)))
        if row.clause_id:
            console.print(Text(row.clause_id, style="dim"))
    console.print()
