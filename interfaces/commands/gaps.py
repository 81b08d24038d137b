"""The commands `overlaps` and `gaps`: one matter with several bodies, and what documents leave open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interfaces.commands.options import DocsOption, PastOption, RegionOption, StoreOption, TitleOption, TypesOption
from interfaces.commands.output import ExcelOption, JsonOption, WordOption, give
from interfaces.commands.progress import bar
from tiaoli import settings
from tiaoli.store import Store

if TYPE_CHECKING:
    from answers.gaps.findings import FindingKind
    from answers.gaps.survey import Survey
    from answers.scope import Scope

KindOption = Annotated[list[str] | None, typer.Option("--kind", help="只看这一类，如 G1（可多次给出）")]
BodyOption = Annotated[str, typer.Option("--body", help="只看名称或原文含这些字的机关")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(overlaps)
    app.command()(gaps)


def overlaps(
    kind: KindOption = None,
    body: BodyOption = "",
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
    """职权交叉：一事多头而没有牵头（O1），同一地区同一职权分属不同机关（O2）。"""
    from answers.gaps.overlaps import KINDS
    from answers.scope import scope_of

    with Store(settings.store_folder(store), read_only=True) as opened:
        known = (one.doc_id for one in opened.documents())
        scope = scope_of(doc_ids=docs or (), doc_types=types or (), region=region, title=title, past=past, known=known)
        _answer(opened, "职权交叉", KINDS, kind or (), body, scope, as_json=as_json, xlsx=xlsx, docx=docx)


def gaps(
    kind: KindOption = None,
    body: BodyOption = "",
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
    """职责空白：缺职责（G1）、主体（G2）、期限（G3）、责任（G4）、义务（G5）、配套文件（G6）。"""
    from answers.gaps.kinds import KINDS
    from answers.scope import scope_of

    with Store(settings.store_folder(store), read_only=True) as opened:
        known = (one.doc_id for one in opened.documents())
        scope = scope_of(doc_ids=docs or (), doc_types=types or (), region=region, title=title, past=past, known=known)
        _answer(opened, "职责空白", KINDS, kind or (), body, scope, as_json=as_json, xlsx=xlsx, docx=docx)


def _answer(
    store: Store,
    name: str,
    known: Sequence[FindingKind],
    ids: Sequence[str],
    body: str,
    scope: Scope,
    *,
    as_json: bool,
    xlsx: Path | None,
    docx: Path | None,
) -> None:
    from answers.gaps.survey import kinds_of, select, table

    kinds = kinds_of(ids, known)
    found = select(_surveyed(store), scope, kinds, body)
    made = table(name, found)
    answer = {"facts": dict(made.facts), "findings": found.findings}
    give((made,), answer, as_json=as_json, xlsx=xlsx, docx=docx)


def _surveyed(store: Store) -> Survey:
    """Survey a store with progress on standard error."""
    from answers.gaps.survey import survey
    from compare.becoming import became
    from graph.corrected import CorrectedResolver, corrected

    today = date.today()
    resolver = CorrectedResolver.of(corrected(store, became), at=today)
    with bar("检查文件") as told:
        return survey(resolver, today, told)
