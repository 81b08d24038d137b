"""The command powers: the list of powers and duties (权责清单) of a body."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from interfaces.commands.keeping import open_graph
from interfaces.commands.options import DocsOption, PastOption, RegionOption, StoreOption, TitleOption, TypesOption
from interfaces.commands.output import ExcelOption, JsonOption, WordOption, give
from tiaoli import settings


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(powers)


def powers(
    body: Annotated[str, typer.Argument(help="机关名称，全称或文件中的简称")],
    roles: Annotated[
        list[str] | None, typer.Option("--as", help="法律中对它的通称，如 县级以上人民政府民政部门（可多次给出）")
    ] = None,
    alone: Annotated[bool, typer.Option("--alone", help="不含它的内设机构和所属部门")] = False,
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
    """生成一个机关的权责清单：职权、依据、责任事项、期限、追责情形。"""
    from answers.organs import find_bodies, roles_of, with_organs
    from answers.powers.listing import powers_list
    from answers.powers.tables import powers_tables
    from answers.scope import scope_of
    from compare.becoming import became
    from graph.corrected import CorrectedResolver, corrected
    from tiaoli.store import Store

    day = date.today()
    with Store(settings.store_folder(store), read_only=True) as source, open_graph(source) as kept:
        resolver = CorrectedResolver.of(corrected(source, became), at=day)
        known = (document.doc_id for document in resolver.documents)
        scope = scope_of(doc_ids=docs or (), doc_types=types or (), region=region, title=title, past=past, known=known)
        meant = find_bodies(kept, body)
        bodies = [
            *(meant if alone else with_organs(kept, meant)),
            *(b for role in roles or () for b in find_bodies(kept, role)),
        ]
        found = powers_list(kept, resolver, bodies, scope)
        suggested = [role for one in meant for role in roles_of(kept, one) if role.body not in bodies]
    tables = powers_tables(found, meant[0].name if len(meant) == 1 else body, scope, len(resolver.documents), day)
    give(tables, asdict(found), as_json=as_json, xlsx=xlsx, docx=docx)
    if suggested and not as_json:
        names = "、".join(f"{role.body.name}（{role.norms:,} 条）" for role in suggested[:5])
        typer.echo(f"法律还可能用通称指它：{names}。用 --as 通称 可把它们计入。", err=True)
