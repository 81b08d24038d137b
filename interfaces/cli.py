"""The command line. Every command takes `--store`; errors are one line on standard error, a traceback only with `--debug`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from tiaoli import settings
from tiaoli.errors import TiaoliError

app = typer.Typer(help="条理：把政策法规文件变成条款、图谱和答案。", no_args_is_help=True, add_completion=False)

StoreOption = Annotated[Path | None, typer.Option("--store", help="库所在的文件夹，默认取 TIAOLI_STORE 或 .tiaoli")]

_SOME_UNREAD = 3


@app.callback()
def _options(debug: Annotated[bool, typer.Option("--debug", help="出错时显示完整的调用过程")] = False) -> None:
    """Options for every command."""


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹")],
    store: StoreOption = None,
    again: Annotated[bool, typer.Option("--again", help="没有变化的文件也重新读取")] = False,
    workers: Annotated[int | None, typer.Option(help="同时读取的进程数，默认为处理器核数")] = None,
) -> None:
    """导入文件或文件夹，逐个报告读不了的文件。"""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ingest import pipeline
    from tiaoli.store import Store

    for path in paths:
        if not path.exists():
            raise typer.BadParameter(f"找不到 {path}")
    counts: Counter[str] = Counter()
    columns = (TextColumn("导入"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    with Store(settings.store_folder(store)) as target, Progress(*columns, console=errors) as progress:
        task = progress.add_task("导入", total=None)
        found = lambda total: progress.update(task, total=total)  # noqa: E731
        for result in pipeline.ingest(paths, target, workers=workers, again=again, found=found):
            progress.advance(task)
            counts.update({result.outcome: 1, "documents": result.documents, "clauses": result.clauses})
            counts["problems"] += result.problems
            if result.reason:
                progress.console.print(f"读不了 {result.source}：{result.reason}", markup=False)
    typer.echo(_summary(counts))
    if counts["unreadable"]:
        raise typer.Exit(_SOME_UNREAD)


def _summary(counts: Counter[str]) -> str:
    names = {
        "new": "新增",
        "changed": "更新",
        "reread": "重读",
        "unchanged": "未变",
        "withdrawn": "撤下",
        "unreadable": "读不了",
    }
    files = "，".join(f"{name} {counts[key]}" for key, name in names.items() if counts[key])
    return f"文件：{files or '没有找到文件'}。写入 {counts['documents']} 件文件、{counts['clauses']} 个条款，待核问题 {counts['problems']} 个。"


def main() -> None:
    """Run the command line; exit code 2 for usage and user errors, 3 where some files could not be read."""
    try:
        app()
    except TiaoliError as error:
        if "--debug" in sys.argv:
            raise
        typer.echo(f"错误：{error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
