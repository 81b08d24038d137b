"""The command `export`: records as JSON lines, the text of a document, the graph as a file."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interfaces.keeping import open_graph
from interfaces.options import StoreOption
from tiaoli import settings

if TYPE_CHECKING:
    from tiaoli.store import Store


class What(StrEnum):
    """What `export` takes as its first argument."""

    DOCUMENTS = "documents"
    CLAUSES = "clauses"
    NORMS = "norms"
    CITATIONS = "citations"
    BODIES = "bodies"
    EDGES = "edges"
    AMENDMENTS = "amendments"
    ASSIGNMENTS = "assignments"
    TEXT = "text"
    GRAPH = "graph"


class Form(StrEnum):
    """The forms of `export graph`."""

    GRAPHML = "graphml"
    GEXF = "gexf"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="export")(export)


def export(
    what: Annotated[What, typer.Argument(help="导出什么：各类记录（每行一个 JSON）、某个文件的正文、或图谱")],
    doc_id: Annotated[str | None, typer.Argument(help="text 要导出的文件编号", show_default=False)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入的文件，默认写到屏幕")] = None,
    form: Annotated[Form, typer.Option("--format", help="graph 的格式")] = Form.GRAPHML,
    day: Annotated[
        datetime | None, typer.Option("--at", formats=["%Y-%m-%d"], help="按哪一天判断效力状态，默认今天")
    ] = None,
    all_clauses: Annotated[
        bool, typer.Option("--all-clauses", help="graph 包含全部条款，而不只是有引用关系或规范的条款")
    ] = False,
    store: StoreOption = None,
) -> None:
    """导出记录、正文或图谱。"""
    from tiaoli.exports import write_chunks, write_lines
    from tiaoli.store import Store

    if (doc_id is not None) != (what is What.TEXT):
        raise typer.BadParameter("export text 后要写文件编号" if what is What.TEXT else f"export {what} 不带文件编号")
    at = day.date() if day else date.today()
    with Store(settings.store_folder(store), read_only=True) as source:
        if doc_id is not None:
            write_chunks([source.text(doc_id).encode()], output)
        elif what is What.GRAPH:
            _export_graph(source, form, output, at=at, all_clauses=all_clauses)
        else:
            from compare.becoming import became
            from compare.present import Presence
            from graph.corrected import corrected
            from graph.export import Records, records

            follow = Presence(source, at=at).of
            write_lines(records(corrected(source, became), Records(what), at=at, follow=follow), output)


def _export_graph(source: Store, form: Form, output: Path | None, *, at: date, all_clauses: bool) -> None:
    from compare.becoming import became
    from graph.build import whole
    from graph.corrected import CorrectedResolver, corrected
    from graph.export import GraphFormat, write_graph
    from tiaoli.exports import writing

    with open_graph(source) as kept:
        G = whole(kept, CorrectedResolver.of(corrected(source, became), at=at), all_clauses=all_clauses)
    with writing(output) as out:
        write_graph(G, GraphFormat(form), out)
