"""The command `export`: records as JSON lines, the text of a document, the graph as a file."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interfaces.commands.keeping import open_graph
from interfaces.commands.options import StoreOption
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
    JSON = "json"
    TURTLE = "ttl"
    CSV = "csv"
    AKN = "akn"


_MANY_FILES = (Form.CSV, Form.AKN)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="export")(export)


def export(
    what: Annotated[What, typer.Argument(help="导出什么：各类记录（每行一个 JSON）、某个文件的正文、或图谱")],
    doc_id: Annotated[
        str | None, typer.Argument(help="text 或 graph --format akn 要导出的文件编号", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入的文件，默认写到屏幕；csv 和 akn 写入文件夹或 .zip")
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", help="graph 的格式；akn 是把文件写成 Akoma Ntoso，csv 供 Neo4j 导入")
    ] = Form.GRAPHML,
    day: Annotated[
        datetime | None, typer.Option("--at", formats=["%Y-%m-%d"], help="按哪一天判断效力状态，默认今天")
    ] = None,
    all_clauses: Annotated[
        bool, typer.Option("--all-clauses", help="graph 包含全部条款，而不只是有引用关系或规范的条款")
    ] = False,
    store: StoreOption = None,
) -> None:
    """导出记录、正文、图谱，或把文件写成 Akoma Ntoso。"""
    from tiaoli.exports import write_chunks, write_lines
    from tiaoli.store import Store

    at = day.date() if day else date.today()
    _refuse_wrong_usage(what, doc_id, form, output)
    with Store(settings.store_folder(store), read_only=True) as source:
        if what is What.TEXT:
            write_chunks([source.text(doc_id or "").encode()], output)
        elif what is not What.GRAPH:
            from compare.becoming import became
            from compare.present import Presence
            from graph.corrected import corrected
            from graph.export import Records, records

            follow = Presence(source, at=at).of
            write_lines(records(corrected(source, became), Records(what), at=at, follow=follow), output)
        elif form is Form.AKN:
            _export_documents(source, doc_id, output, at=at)
        else:
            _export_graph(source, form, output, at=at, all_clauses=all_clauses)


def _refuse_wrong_usage(what: What, doc_id: str | None, form: Form, output: Path | None) -> None:
    """Raise a BadParameter where the words of the command do not go together."""
    one_document = what is What.GRAPH and form is Form.AKN
    if what is What.TEXT and doc_id is None:
        raise typer.BadParameter("export text 后要写文件编号")
    if doc_id is not None and what is not What.TEXT and not one_document:
        raise typer.BadParameter(f"export {what} 不带文件编号")
    if what is What.GRAPH and form in _MANY_FILES and doc_id is None and output is None:
        raise typer.BadParameter(f"--format {form} 会写出多个文件，请用 -o 给出文件夹或 .zip")


def _export_documents(source: Store, doc_id: str | None, output: Path | None, *, at: date) -> None:
    """Write one document as Akoma Ntoso, or all of them with a word on how far it has come."""
    from rich.console import Console
    from rich.progress import track

    from compare.becoming import became
    from graph.akn import AknWriter
    from graph.corrected import CorrectedResolver, corrected
    from tiaoli.exports import write_chunks, write_files

    writer = AknWriter(CorrectedResolver.of(corrected(source, became), at=at))
    if doc_id is not None:
        write_chunks([writer.write(source.document(doc_id))], output)
        return
    files = track(writer.files(), "写出文件", len(writer.resolver.documents), console=Console(stderr=True))
    typer.echo(f"写出 {write_files(files, output or Path()):,} 件文件", err=True)


def _export_graph(source: Store, form: Form, output: Path | None, *, at: date, all_clauses: bool) -> None:
    from rich.console import Console

    from compare.becoming import became
    from graph import formats, neo4j, rdf
    from graph.build import whole
    from graph.corrected import CorrectedResolver, corrected
    from tiaoli.exports import write_files, writing

    write = {
        Form.GRAPHML: formats.write_graphml,
        Form.GEXF: formats.write_gexf,
        Form.JSON: formats.write_json,
        Form.TURTLE: rdf.write_turtle,
    }.get(form)
    with open_graph(source) as kept, Console(stderr=True).status("读取图谱…") as status:
        G = whole(kept, CorrectedResolver.of(corrected(source, became), at=at), all_clauses=all_clauses)
        status.update(f"写出 {len(G):,} 个节点、{G.number_of_edges():,} 条边…")
        if write is None:
            write_files(neo4j.csv_files(G), output or Path())
            return
        with writing(output) as out:
            write(G, out)
