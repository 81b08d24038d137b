"""Worker processes. One that dies costs at most the file that it was reading, and none outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from types import FrameType, TracebackType
from typing import Generic, ParamSpec, TypeVar

from ingest.discover import reason
from tiaoli.errors import TiaoliError, TookTooLong, UnreadableFile

LONGEST = 300  # seconds for one file

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Crew(Generic[Given, Result]):
    """Runs one function in `workers` processes, or in this process where there are none. Use it as a context manager."""

    def __init__(self, work: Callable[Given, Result], workers: int) -> None:
        self._work, self._workers = work, workers
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, *args: Given.args, **kwargs: Given.kwargs) -> Callable[[], Result]:
        """Start one piece of work. The function returned waits for its result; any failure is a TiaoliError."""
        work = partial(_guarded, self._work, *args, **kwargs)
        if self._workers == 0 or (future := self._submit(work)) is None:
            return work
        return partial(self._wait, future, work)

    def _submit(self, work: Callable[[], Result]) -> Future[Result] | None:
        """Give work to the pool, a new one where the last broke; None where the system lets us have none."""
        for _ in range(2):
            try:
                self._pool = self._pool or _new_pool(self._workers)
                return self._pool.submit(work)
            except BrokenProcessPool:
                self._pool = None
            except (OSError, NotImplementedError, ImportError):  # no shared memory, no more processes
                break
        self._workers = 0
        return None

    def _wait(self, future: Future[Result], work: Callable[[], Result]) -> Result:
        try:
            return future.result()
        except BrokenProcessPool:
            return _alone(work)  # a worker died; perhaps over another file

    def __enter__(self) -> Crew[Given, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)


def _alone(work: Callable[[], Result]) -> Result:
    with _new_pool(1) as pool:
        try:
            return pool.submit(work).result()
        except BrokenProcessPool:
            advice = "请拆分文件或关闭其他程序后再导入一次"
            raise UnreadableFile(f"读取时进程被系统终止（多半是内存不足），{advice}") from None


def _new_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, initializer=_start_worker)


def _start_worker() -> None:
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a worker at once and without a word
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _guarded(work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Run `work`; whatever goes wrong comes out as an error with a Chinese line."""
    try:
        with _time_limit():
            return work(*args, **kwargs)
    except TiaoliError:
        raise
    except Exception as error:
        raise UnreadableFile(reason(error)) from error


@contextmanager
def _time_limit() -> Iterator[None]:
    """Give up a file that takes too long, where the system has alarms."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TookTooLong(f"读了 {LONGEST} 秒还没有读完，已跳过；请拆分文件后再导入一次")
