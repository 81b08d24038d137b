"""The command obligations: what bodies must, must not and may do about a topic."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from interfaces.commands.keeping import open_graph
from interfaces.commands.options import DocsOption, PastOption, RegionOption, StoreOption, TitleOption, TypesOption
from interfaces.commands.output import ExcelOption, JsonOption, WordOption, give
from interfaces.commands.search import clean, ready_index
from tiaoli import settings


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(obligations)


def obligations(
    body: Annotated[str, typer.Option("--body", help="机关，可用泛称，如 各级政府、生态环境部门")] = "",
    about: Annotated[str, typer.Option("--about", help="主题，如 行政执法案卷评查")] = "",
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", help="只看这类：duty 义务、prohibition 禁止、power 职权、right 权利、liability 责任（可多次给出）"
        ),
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, max=20_000, help="最多列出多少项，其余只计数")] = 300,
    docs: DocsOption = None,
    types: TypesOption = None,
    region: RegionOption = "",
    title: TitleOption = "",
    past: PastOption = False,
    as_json: JsonOption = False,
    xlsx: ExcelOption = None,
    docx: WordOption = None,
    store: StoreOption = None,
) -> None:
    """跨文件查义务、禁止和职权：按机关、按主题，相同的归为一组并列出异同。"""
    from answers.obligations.answer import Asked, Sources, kinds_of
    from answers.obligations.answer import obligations as find
    from answers.obligations.tables import as_records, obligations_tables
    from answers.scope import scope_of
    from compare.becoming import became
    from graph.corrected import CorrectedResolver, corrected
    from tiaoli.store import Store

    day, folder = date.today(), settings.store_folder(store)
    index = ready_index(folder)
    with Store(folder, read_only=True) as source, open_graph(source) as kept:
        view, reading = index.view(day), corrected(source, became)
        known = (document.doc_id for document in view.catalogue.documents)
        scope = scope_of(doc_ids=docs or (), doc_types=types or (), region=region, title=title, past=past, known=known)
        answer = find(
            Sources(reading, kept, view), Asked(clean(body), clean(about), kinds_of(kinds or ()), scope, most)
        )
        records = as_records(answer, CorrectedResolver.of(reading, at=day)) if as_json else None
    give(obligations_tables(answer), records, as_json=as_json, xlsx=xlsx, docx=docx)
