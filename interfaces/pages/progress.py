"""A bar with words for work that takes longer than a moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_PATIENCE = 0.4  # seconds before the bar is drawn
_BETWEEN = 0.2  # seconds at least from one step of it to the next: each is sent to the browser


@contextmanager
def bar(words: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is to be told `done, total` while the work goes on; the bar is taken away after it."""
    drawn: list[DeltaGenerator] = []
    last = time.monotonic() + _PATIENCE - _BETWEEN

    def told(done: int, total: int) -> None:
        nonlocal last
        if not total or time.monotonic() < last + _BETWEEN:
            return
        last = time.monotonic()
        drawn[:] = drawn or [st.empty()]
        drawn[0].progress(min(1.0, done / total), f"{words}：{done:,} / {total:,}")

    try:
        yield told
    finally:
        for place in drawn:
            place.empty()
