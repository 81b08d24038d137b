"""One import on the command line: progress, a line for each file that cannot be read, and the sum at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from interfaces.commands import search
from interfaces.commands.keeping import open_graph

if TYPE_CHECKING:
    from ingest.pipeline import FileResult
    from tiaoli.store import Store

    Start = Callable[[Store, Callable[[int], None], Callable[[], None]], Iterator[FileResult]]

_SOME_UNREAD = 3
_INTERRUPTED = 130
_OUTCOMES = {
    "new": "新增",
    "changed": "更新",
    "reread": "重读",
    "unchanged": "未变",
    "withdrawn": "撤下",
    "unreadable": "读不了",
}


def run_import(folder: Path, start: Start, *, noun: str = "文件") -> None:
    """Import into the store in `folder` what `start` yields, given the store and what to call (`found`, `waiting`).

    typer.Exit with 3 where something could not be read, with 130 where Ctrl-C ended it.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from tiaoli.store import Store

    counts: Counter[str] = Counter()
    columns = (TextColumn("导入"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)
    try:
        with (
            Store(folder) as target,
            search.keep_index(target),
            Progress(*columns, console=errors) as progress,
        ):
            task = progress.add_task("导入", total=None)
            found = lambda total: progress.update(task, total=total)  # noqa: E731
            waiting = lambda: errors.print("另一个导入正在使用这个库，等它完成后继续…")  # noqa: E731
            for result in start(target, found, waiting):
                progress.advance(task)
                counts.update({result.outcome: 1, "documents": result.documents, "clauses": result.clauses})
                counts["problems"] += result.problems
                if result.reason:
                    errors.print(f"读不了 {result.source}：{result.reason}")
        with Store(folder) as target:
            open_graph(target).close()
    except KeyboardInterrupt:
        typer.echo(f"已停止。{_sum(counts, noun)}已导入的都已保存，再运行同一命令会接着做。", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    typer.echo(_sum(counts, noun))
    if counts["unreadable"]:
        raise typer.Exit(_SOME_UNREAD)


def _sum(counts: Counter[str], noun: str) -> str:
    files = "，".join(f"{name} {counts[key]}" for key, name in _OUTCOMES.items() if counts[key])
    written = f"写入 {counts['documents']} 件文件、{counts['clauses']} 个条款，待核问题 {counts['problems']} 个。"
    return f"{noun}：{files or f'没有找到{noun}'}。{written}"
