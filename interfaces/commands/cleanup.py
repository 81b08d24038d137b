"""The command cleanup: which documents to keep, amend, repeal or declare lapsed, as the 目录 that offices publish."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interfaces.commands.options import (
    DocsOption,
    PastOption,
    RegionOption,
    StoreOption,
    TitleOption,
    TypesOption,
    day_of,
)
from interfaces.commands.output import ExcelOption, JsonOption, WordOption, give
from interfaces.commands.progress import bar
from tiaoli import settings
from tiaoli.store import Store

if TYPE_CHECKING:
    from answers.cleanup.judge import Judge
    from answers.cleanup.records import Cleanup
    from answers.scope import Scope


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(cleanup)


def cleanup(
    at: Annotated[str | None, typer.Option("--at", help="清理基准日，默认为今天")] = None,
    issuer: Annotated[str, typer.Option("--issuer", "--body", help="只看这个机关制定的文件，名称中的几个字")] = "",
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
    """列出文件清理建议：继续有效、修改、废止、失效，各附理由和依据；不指定文种时看规范性文件和规章。"""
    from answers.cleanup.judge import Judge
    from answers.cleanup.tables import catalogue
    from answers.scope import scope_of
    from compare.likest import Likest
    from compare.present import Presence
    from graph.corrected import CorrectedResolver

    day = day_of("--at", at) or date.today()
    with Store(settings.store_folder(store), read_only=True) as source:
        resolver = CorrectedResolver.of(source, at=day, follow=Presence(source, at=day).of)
        known = [document.doc_id for document in resolver.documents]
        scope = scope_of(doc_ids=docs or (), doc_types=types or (), region=region, title=title, past=past, known=known)
        found = _with_progress(Judge(resolver, day, Likest(source).of), scope, issuer)
    about = found.described(scope, issuer)
    tables = catalogue(found, about)
    if docx is not None:
        give(tables[:-1], None, as_json=False, docx=docx)  # what is handed on; all findings are too many for Word
    if xlsx is not None or as_json or docx is None:
        give(tables, _answer(found, about) if as_json else None, as_json=as_json, xlsx=xlsx)


def _with_progress(judge: Judge, scope: Scope, issuer: str) -> Cleanup:
    from answers.cleanup.judge import cleanup as clean_up

    with bar("正在逐件检查") as told:
        return clean_up(judge, scope, issuer=issuer, progress=told)


def _answer(found: Cleanup, about: str) -> dict[str, Any]:
    from answers.cleanup.judge import counts

    return {
        "day": found.day,
        "scope": about,
        "counts": {result.value: n for result, n in counts(found.verdicts).items()},
        "passed_over": found.passed_over,
        "other_types": found.other_types,
        "undated": sum(verdict.undated for verdict in found.verdicts),
        "unknown_citations": sum(verdict.unknown for verdict in found.verdicts),
        "documents": [
            {
                "doc_id": verdict.document.doc_id,
                "title": verdict.document.title,
                "doc_number": verdict.document.doc_number,
                "issuer": verdict.document.issuer,
                "promulgated": verdict.document.promulgated,
                "result": verdict.result,
                "deciding": sorted({finding.rule_id for finding in verdict.deciding}),
                "findings": verdict.findings,
            }
            for verdict in found.verdicts
        ],
    }
