"""The graph of a store for commands: opened, and brought up to the store with progress where that takes time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.kept import KeptGraph
    from tiaoli.store import Store


def open_graph(store: Store) -> KeptGraph:
    """Return the graph of a store, brought up to it; progress goes to standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from compare.becoming import became
    from graph.kept import kept_graph

    columns = (TextColumn("建立图谱"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("建立图谱", total=None)
        return kept_graph(store, became, lambda done, total: progress.update(task, completed=done, total=total))
