"""Measures the web app in a real browser: from a click to the painted page, over a store.

    python bench/app.py [--store STORE] [--query WORDS] [--rounds N]

Without --store the sample corpus is ingested into a scratch store. Needs Chromium. Each figure is the median of the rounds,
but for the first page after the start of the app. Prints a table and writes bench/results/app.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results" / "app.json"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [  # a browser that asks nobody but the app for anything
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = {  # page → what is there when it is painted
    "": ".teach",
    "read": ".documents",
    "corpus": ".documents",
    "corpus?view=charts": "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg",
}


@contextmanager
def running_app(store: Path) -> Iterator[str]:
    """Start the app on a free port, as `tiaoli app` does, and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "interfaces.cli", "app", "--store", str(store), "--port", str(port)]
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}  # or it opens a browser too
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=quiet, stderr=quiet) as app:
        try:
            _wait_for(f"http://localhost:{port}/_stcore/health")
            yield f"http://localhost:{port}"
        finally:
            app.terminate()


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


@contextmanager
def some_store(given: Path | None) -> Iterator[Path]:
    """Yield the store that is given, or one with the sample corpus that lasts as long as the block."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "interfaces.cli", "ingest", str(ROOT / "corpus"), "--store", scratch]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        yield Path(scratch)


def longest(store: Path) -> str:
    """Return the id of the document with most clauses."""
    with closing(sqlite3.connect(store / "store.sqlite")) as db:
        return str(db.execute("SELECT doc_id FROM documents WHERE current ORDER BY n_clauses DESC").fetchone()[0])


def measure(page: Any, address: str, query: str, document: str, rounds: int) -> dict[str, float]:  # noqa: ANN401
    """Return seconds from a click (or an address) to the painted page."""
    page.set_default_timeout(180_000)
    seconds: defaultdict[str, list[float]] = defaultdict(list)

    def timed(name: str, sign: str, act: str, *args: str) -> None:
        started = time.perf_counter()
        getattr(page, act)(*args)
        page.locator(sign).first.wait_for()
        seconds[name].append(time.perf_counter() - started)
        page.wait_for_timeout(400)

    timed("first page after the start", READY[""], "goto", address)
    for _ in range(rounds):
        for path, sign in READY.items():
            timed(f"open /{path}", sign, "goto", f"{address}/{path}")
        page.goto(address)
        page.get_by_label("检索", exact=True).fill(query)
        timed("search", ".hit", "press", 'input[aria-label="检索"]', "Enter")
        timed("facet", ".chip", "click", ".facets li a >> nth=0")
        timed("open a hit", ".law .aim", "click", ".hit .path ~ .foot .act >> nth=0")
        timed("longest document", ".law .title, .law .line", "goto", f"{address}/read?doc={quote(document)}")
        timed("next article", ".law .aim", "click", ".bar >> text=下一条")
    timed("graph, first time", ".two", "goto", f"{address}/graph")
    timed("graph", ".two", "goto", f"{address}/graph")
    return {name: round(statistics.median(values), 2) for name, values in seconds.items()}


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--query", default="监督检查")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if CHROMIUM is None:
        sys.exit("没有 chromium，不能测量网页应用。")
    from playwright.sync_api import sync_playwright

    load = round(os.getloadavg()[0], 1)
    with some_store(given.store) as store, running_app(store) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        found = measure(page, address, given.query, longest(store), given.rounds)
        with closing(sqlite3.connect(store / "store.sqlite")) as db:
            size = db.execute("SELECT count(*), sum(n_clauses) FROM documents WHERE current").fetchone()
        browser.close()
    for name, value in found.items():
        print(f"{name:32}{value:8.2f} s")
    about = {"documents": size[0], "clauses": size[1], "load": load, "cpus": os.cpu_count()}
    RESULTS.write_text(json.dumps({"python": platform.python_version(), **about, "seconds": found}, indent=1) + "\n")


if __name__ == "__main__":
    main()
