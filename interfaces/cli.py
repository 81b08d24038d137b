"""The command line. Every command takes `--store`; errors are one line on standard error, a traceback only with `--debug`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from interfaces.commands import (
    calendar,
    cleanup,
    compare,
    corrections,
    export,
    gaps,
    laws,
    obligations,
    powers,
    search,
    trace,
)
from interfaces.commands.importing import run_import
from interfaces.commands.options import StoreOption
from tiaoli import settings
from tiaoli.errors import NotFound, TiaoliError

app = typer.Typer(help="条理：把政策法规文件变成条款、图谱和答案。", no_args_is_help=True, add_completion=False)

for commands in (export, search, obligations, powers, calendar, gaps, cleanup, trace, compare, corrections, laws):
    commands.register(app)

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
    from ingest import pipeline

    for path in paths:
        if not os.path.exists(path):
            raise NotFound(f"找不到 {path}，请检查路径。")
    run_import(
        settings.store_folder(store),
        lambda target, found, waiting: pipeline.ingest(
            paths, target, workers=workers, again=again, found=found, waiting=waiting
        ),
    )


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
