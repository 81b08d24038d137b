"""The import as a process of its own, so that a page never waits for it: `python -m interfaces.pages.import_worker`.

It is told the store and the paths as arguments and prints one JSON object a line. It stops after the file in hand when its
standard input ends: the app closes it to cancel, and the system closes it when the app dies.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from compare.becoming import became
from graph.kept import kept_graph
from graph.resolve import repealed_dates
from ingest import pipeline
from search.update import locked, update
from tiaoli.errors import TiaoliError
from tiaoli.store import Store


def main(store: str, paths: Sequence[str]) -> None:
    """Import `paths` and bring the index up to date, also after a cancelled import."""
    stopped = threading.Event()
    threading.Thread(target=_listen, args=(stopped,), daemon=True).start()
    try:
        with Store(Path(store)) as target:
            _import(target, paths, stopped)
            with locked(target.folder):
                update(
                    target,
                    lambda done, total: _say(event="index", done=done, total=total),
                    repealed=repealed_dates,
                )
            kept_graph(target, became, lambda done, total: _say(event="graph", done=done, total=total)).close()
        _say(event="end", cancelled=stopped.is_set())
    except TiaoliError as error:
        _say(event="failed", why=str(error))


def _import(target: Store, paths: Sequence[str], stopped: threading.Event) -> None:
    run = pipeline.ingest(
        paths,
        target,
        found=lambda total: _say(event="found", total=total),
        waiting=lambda: _say(event="waiting"),
    )
    for result in run:
        _say(event="file", **asdict(result))
        if stopped.is_set():
            break


def _listen(stopped: threading.Event) -> None:
    while os.read(0, 1):  # not sys.stdin: the processes that are forked meanwhile would find it locked for ever
        pass
    stopped.set()


def _say(**what: object) -> None:
    print(json.dumps(what, ensure_ascii=True), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
