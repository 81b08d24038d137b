"""The import that the app is running, if any: started by a page, followed by every page, outliving the page that began it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.pipeline import FileResult
from tiaoli import settings

OUTCOMES = {
    "new": "新增",
    "changed": "更新",
    "reread": "重读",
    "unchanged": "未变",
    "withdrawn": "撤下",
    "unreadable": "读不了",
}


@dataclass
class Job:
    """One import and what is known of it so far."""

    process: subprocess.Popen[str]
    label: str
    total: int | None = None
    results: list[FileResult] = field(default_factory=list)
    indexed: tuple[int, int] | None = None
    linked: tuple[int, int] | None = None  # documents in the graph
    waiting: bool = False  # for another import
    failure: str = ""
    cancelled: bool = False
    running: bool = True

    @property
    def counts(self) -> Counter[str]:
        """How many files came out how."""
        return Counter(result.outcome for result in self.results)

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return min(len(self.results) / self.total, 1.0) if self.total else 0.0

    def cancel(self) -> None:
        """Stop after the file in hand; what was imported stays."""
        self.cancelled = True
        if self.process.stdin is not None:
            self.process.stdin.close()


def start(store: Path, paths: Sequence[Path], label: str) -> Job:
    """Start an import; the job returned is kept up to date by a thread."""
    command = [sys.executable, "-m", "interfaces.pages.import_worker", str(store), *map(str, paths)]
    process = subprocess.Popen(
        command,
        cwd=settings.PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    job = Job(process, label)
    threading.Thread(target=_follow, args=(job,), daemon=True).start()
    return job


def _follow(job: Job) -> None:
    ended, stray = False, ""
    for line in job.process.stdout or ():
        try:
            ended = _note(job, json.loads(line)) or ended
        except ValueError:
            stray = line.strip() or stray  # a warning, or the last line of a traceback
    if not ended:
        why = f"（{stray}）" if stray else ""
        job.failure = f"导入程序意外退出{why}。已导入的都已保存，请再导入一次。"
    job.process.wait()
    job.running = False


def _note(job: Job, said: dict[str, Any]) -> bool:
    """Take in what the worker says; True when it was the last word."""
    event = said.pop("event", "")
    if event == "found":
        job.total, job.waiting = said["total"], False
    elif event == "file":
        job.results.append(FileResult(**said))
    elif event == "index":
        job.indexed = said["done"], said["total"]
    elif event == "graph":
        job.linked = said["done"], said["total"]
    elif event == "waiting":
        job.waiting = True
    elif event == "failed":
        job.failure = said["why"]
    return event in ("end", "failed")
