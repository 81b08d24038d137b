"""The command calendar: what is due when, as tables, JSON and an iCalendar file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interfaces.commands.keeping import open_graph
from interfaces.commands.options import (
    DocsOption,
    PastOption,
    RegionOption,
    StoreOption,
    TitleOption,
    TypesOption,
    day_of,
)
from interfaces.commands.output import ExcelOption, JsonOption, WordOption, clause_link, give
from tiaoli import settings
from tiaoli.store import Store

if TYPE_CHECKING:
    from answers.calendar.dues import Calendar, Due
    from answers.calendar.tables import Asked
    from graph.kept import KeptGraph


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(calendar)


def calendar(
    body: Annotated[str, typer.Option("--body", help="只看由这个机关承担的，名称或简称")] = "",
    alone: Annotated[bool, typer.Option("--alone", help="不含它的内设机构和所属部门")] = False,
    since: Annotated[str | None, typer.Option("--from", help="从这一天看起，如 2026-12-01，默认为今天")] = None,
    until: Annotated[str | None, typer.Option("--until", help="看到这一天，默认为一年以后")] = None,
    running: Annotated[bool, typer.Option("--running", help="也显示起算期限（收到申请之日起三十日内）")] = False,
    ics: Annotated[Path | None, typer.Option("--ics", help="存为日历文件（iCalendar），可导入各种日历程序")] = None,
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
    """列出到期日程、定期要做的事和各种时限，可存为日历、Excel、Word。"""
    from answers.calendar.dues import HORIZON, calendar_of
    from answers.calendar.tables import Asked, calendar_tables, left_out_table
    from answers.scope import scope_of
    from compare.becoming import became
    from graph.corrected import CorrectedResolver, corrected

    first = day_of("--from", since) or date.today()
    last = day_of("--until", until) or first + HORIZON
    if last < first:
        raise typer.BadParameter("--until 不能早于 --from")
    with Store(settings.store_folder(store), read_only=True) as source, open_graph(source) as kept:
        resolver = CorrectedResolver.of(corrected(source, became), at=first)
        known = [document.doc_id for document in resolver.documents]
        scope = scope_of(doc_ids=docs or (), doc_types=types or (), region=region, title=title, past=past, known=known)
        names, ids = _meant(kept, body, alone=alone)
        whole = calendar_of(kept, resolver)
    found = whole.narrowed(scope.holds, ids)
    asked = Asked(first, last, scope.described(len(found.documents), len(whole.documents)), names)
    if ics is not None:
        _save(ics, found, asked)
    tables = calendar_tables(found, asked)
    shown = tables if running or xlsx or docx else tables[:2]
    if xlsx is not None:
        give([*tables, left_out_table(found, asked)], None, as_json=False, xlsx=xlsx)
    if docx is not None:
        give(tables, None, as_json=False, docx=docx)
    if as_json or (ics is None and xlsx is None and docx is None):
        give(shown, _answer(found, asked) if as_json else None, as_json=as_json)
        if not running and not as_json and found.running:
            typer.echo(f"另有起算期限 {len(found.running):,} 条，加 --running 列出。")


def _meant(kept: KeptGraph, body: str, *, alone: bool) -> tuple[str, frozenset[str] | None]:
    """Return the names and the ids of the bodies that are asked for; no ids where none is."""
    if not body:
        return "", None
    from answers.organs import find_bodies, with_organs

    meant = find_bodies(kept, body)
    bodies = meant if alone else with_organs(kept, meant)
    return "、".join(one.name for one in meant), frozenset(one.body_id for one in bodies)


def _save(path: Path, found: Calendar, asked: Asked) -> None:
    from answers.calendar.ics import ics_file, read_back
    from tiaoli.exports import writing

    data = ics_file(found.dated, asked.since, asked.until, clause_link, f"{asked.body}期限")
    count = read_back(data)
    with writing(path) as out:
        out.write(data)
    typer.echo(f"已存 {count:,} 项到 {path}。", err=True)


def _answer(found: Calendar, asked: Asked) -> dict[str, Any]:
    from answers.calendar.dues import counted

    return {
        "from": asked.since,
        "until": asked.until,
        "scope": asked.scope,
        "body": asked.body or None,
        "counts": counted(found),
        "left_out": {reason.value: n for reason, n in found.reasons.most_common()},
        **{name: _records(getattr(found, name), asked) for name in ("dated", "undated", "running")},
    }


def _records(dues: Iterable[Due], asked: Asked) -> list[dict[str, Any]]:
    from answers.calendar.dues import days_of, next_day, period_end

    return [
        {
            "norm_id": due.norm.norm_id,
            "clause_id": due.norm.clause_id,
            "doc_id": due.document.doc_id,
            "cited": due.cited,
            "bearers": due.norm.bearers,
            "bodies": sorted(due.bodies),
            "text": due.norm.text,
            "action": due.norm.action,
            "when": due.when,
            "next": next_day(due, asked.since),
            "days": days_of(due, asked.since, asked.until),
            "period_end": period_end(due, asked.since) if due.when.rule is None else None,
        }
        for due in dues
    ]
