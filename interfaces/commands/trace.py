"""The command trace: what a provision rests on, and what hangs on it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from interfaces.commands.keeping import open_graph
from interfaces.commands.options import StoreOption
from interfaces.commands.output import ExcelOption, JsonOption, WordOption, give
from tiaoli import settings


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(trace)


def trace(
    provision: Annotated[str, typer.Argument(help="标题加条号（行政处罚法第十六条），或条款编号、文件编号")],
    rings: Annotated[int, typer.Option("--rings", min=1, max=6, help="向下追几层引用")] = 3,
    as_json: JsonOption = False,
    xlsx: ExcelOption = None,
    docx: WordOption = None,
    store: StoreOption = None,
) -> None:
    """溯源：一个条款逐级依据什么，它变动会影响哪些条款和主体。"""
    from answers.tracing.paths import dependants, node_named, paths_up
    from answers.tracing.tables import trace_tables
    from compare.becoming import became
    from graph.corrected import CorrectedResolver, corrected
    from tiaoli.store import Store

    day = date.today()
    with Store(settings.store_folder(store), read_only=True) as source, open_graph(source) as kept:
        resolver = CorrectedResolver.of(corrected(source, became), at=day)
        node = node_named(resolver, provision)
        found = dependants(kept, resolver, node, rings=rings)
        paths = paths_up(kept, resolver, node)
    tables = trace_tables(paths, found, day)
    answer = {"paths": [asdict(path) for path in paths], "dependants": asdict(found)}
    give(tables, answer, as_json=as_json, xlsx=xlsx, docx=docx)
