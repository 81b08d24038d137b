"""Characters recognised in the picture of a page. The library that does it is an option: `.venv/bin/pip install rapidocr-onnxruntime`."""

from __future__ import annotations

import functools
import importlib.util
import unicodedata
from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from ingest.readers.layout.seen import Box
from ingest.readers.layout.sheet import Glyph

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray
    from rapidocr_onnxruntime import RapidOCR

RESOLUTION = 200 / 72  # dots a point; letters of the usual size are then some thirty dots high
MOST_PAGES = 20  # of a file; a page takes up to ten seconds
HOW_TO_INSTALL = "请在条理的文件夹里安装文字识别组件后再导入：.venv/bin/pip install rapidocr-onnxruntime"
_LIBRARY = "rapidocr_onnxruntime"
_HEIGHT = 0.85  # of the box that was found: the size of its characters
_FEWEST = 6  # characters of which the width tells their size
_MIDDLE = 0.36  # of the size: how far the middle of a character is above its baseline
_SAME_SIZE = 1.2  # sizes so much apart are the same, measured badly


def is_installed() -> bool:
    """Return whether the pictures of pages can be read."""
    return importlib.util.find_spec(_LIBRARY) is not None


def read_picture(picture: NDArray[numpy.uint8], resolution: float) -> tuple[list[Glyph], list[float]]:
    """Return the characters in the picture of a page with so many dots a point, and how sure each line is, up to 1."""
    found, _ = _engine()(picture, use_cls=False)
    lines = [(_edges(box, resolution), text, float(score)) for box, text, score in found or [] if text.strip()]
    sizes = [_size(box, text) for box, text, _ in lines]
    usual = median(sizes or [1])
    glyphs: list[Glyph] = []
    for (box, text, _), size in zip(lines, sizes, strict=True):
        alike = usual / _SAME_SIZE <= size <= usual * _SAME_SIZE
        glyphs += _glyphs(box, text, usual if alike else size)
    return glyphs, [score for *_, score in lines]


@functools.cache
def _engine() -> RapidOCR:
    from rapidocr_onnxruntime import RapidOCR

    # One thread, as every worker has its core, and one line at a time: so that the same picture gives the same text.
    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1, rec_batch_num=1)


def _size(box: Box, text: str) -> float:
    left, top, right, bottom = box
    return (right - left) / sum(map(_width, text)) if len(text) >= _FEWEST else _HEIGHT * (bottom - top)


def _glyphs(box: Box, text: str, size: float) -> Iterator[Glyph]:
    """Yield the characters of a line, spread over its box."""
    left, top, right, bottom = box
    y = (top + bottom) / 2 + _MIDDLE * size
    step = (right - left) / sum(map(_width, text))
    for c in text:
        right = left + step * _width(c)
        yield Glyph(c, left, right, y, size)
        left = right


def _edges(corners: Sequence[Sequence[float]], resolution: float) -> Box:
    xs, ys = [float(x) / resolution for x, _ in corners], [float(y) / resolution for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _width(c: str) -> float:
    """Return how wide a character is printed, in sizes."""
    return 1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5
