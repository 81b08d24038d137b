"""The command line. Every command takes `--store`; errors are one line on standard error, a traceback only with `--debug`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from interfaces import compare_commands, export_commands, search_commands
from interfaces.options import StoreOption
from tiaoli import settings
from tiaoli.errors import NotFound, TiaoliError

app = typer.Typer(help="条理：把政策法规文件变成条款、图谱和答案。", no_args_is_help=True, add_completion=False)

export_commands.register(app)
search_commands.register(app)
compare_commands.register(app)

_SOME_UNREAD = 3
_INTERRUPTED = 130
_FIRST_PORT = 8501


@app.callback()
def _options(debug: Annotated[bool, typer.Option("--debug", help="出错时显示完整的调用过程")] = False) -> None:
    """Options for every command."""


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹")],
    store: StoreOption = None,
    again: Annotated[bool, typer.Option("--again", help="没有变化的文件也重新读取")] = False,
    workers: Annotated[int | None, typer.Option(min=0, help="同时读取的进程数，默认为处理器核数")] = None,
) -> None:
    """导入文件或文件夹，逐个报告读不了的文件。"""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ingest import pipeline
    from tiaoli.store import Store

    for path in paths:
        if not os.path.exists(path):
            raise NotFound(f"找不到 {path}，请检查路径。")
    counts: Counter[str] = Counter()
    columns = (TextColumn("导入"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)
    try:
        with (
            Store(settings.store_folder(store)) as target,
            search_commands.keep_index(target),
            Progress(*columns, console=errors) as progress,
        ):
            task = progress.add_task("导入", total=None)
            found = lambda total: progress.update(task, total=total)  # noqa: E731
            waiting = lambda: errors.print("另一个导入正在使用这个库，等它完成后继续…")  # noqa: E731
            run = pipeline.ingest(paths, target, workers=workers, again=again, found=found, waiting=waiting)
            for result in run:
                progress.advance(task)
                counts.update({result.outcome: 1, "documents": result.documents, "clauses": result.clauses})
                counts["problems"] += result.problems
                if result.reason:
                    errors.print(f"读不了 {result.source}：{result.reason}")
    except KeyboardInterrupt:
        typer.echo(f"已停止。{_summary(counts)}已导入的都已保存，再运行同一命令会接着做。", err=True)
        raise typer.Exit(_INTERRUPTED) from None
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


@app.command(name="app")
def run_app(
    store: StoreOption = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="端口，默认从 8501 起找一个空闲的")] = None,
) -> None:
    """在浏览器中打开网页应用；只有本机能访问，不发送任何使用数据。"""
    os.environ["TIAOLI_STORE"] = str(settings.store_folder(store).absolute())
    port = port or next((p for p in range(_FIRST_PORT, _FIRST_PORT + 100) if _is_free(p)), _FIRST_PORT)
    if not _is_free(port):
        raise TiaoliError(f"端口 {port} 已被占用，请用 --port 换一个，或先关闭占用它的程序。")
    typer.echo(f"条理：http://localhost:{port}（按 Ctrl+C 结束）")
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(settings.APP), *_streamlit_options(port)])


def _streamlit_options(port: int) -> list[str]:
    has_display = sys.platform in ("darwin", "win32") or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    options = {
        "server.address": "localhost",
        "server.port": port,
        "server.headless": "false" if has_display else "true",  # a browser is opened where there is a screen
        "server.showEmailPrompt": "false",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    return [f"--{name}={value}" for name, value in options.items()]


def _is_free(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def main() -> None:
    """Run the command line; exit code 2 for usage and user errors, 3 where some files could not be read, 1 for faults of ours."""
    try:
        app()
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        sys.exit(_tell(error))


def _tell(error: Exception) -> int:
    """Say in one line what is wrong and what to do, and return the exit code."""
    if isinstance(error, TiaoliError):
        typer.echo(f"错误：{error}", err=True)
        return 2
    words = f"{type(error).__name__}: {' '.join(str(error).split())}"
    typer.echo(f"程序出错（{words}）。请用 tiaoli --debug 再运行一次，把显示的内容反馈给我们。", err=True)
    return 1


if __name__ == "__main__":
    main()
