"""The graph of a store for commands: opened, and brought up to the store with progress where that takes time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interfaces.commands.progress import bar

if TYPE_CHECKING:
    from graph.kept import KeptGraph
    from tiaoli.store import Store


def open_graph(store: Store) -> KeptGraph:
    """Return the graph of a store, brought up to it; progress goes to standard error."""
    from compare.becoming import became
    from graph.kept import kept_graph

    with bar("建立图谱") as told:
        return kept_graph(store, became, told)
