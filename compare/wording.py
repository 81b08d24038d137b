"""In which words two texts differ: whole words and phrases, not scattered characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

import rjieba

from compare.units import plain
from tiaoli.records import Change, Piece

_MOST = 4_000_000  # pairs of words that are compared one by one; longer texts are compared by sentences first
_LONGEST_ISLAND = 4  # letters that stayed between two changes and are read as changed with them
_SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？\n]?")
_MARKS = re.compile(r"\W+")
_END_MARK = re.compile(r"\W")

Pieces = tuple[Piece, ...]


class Wording(NamedTuple):
    """The texts of both sides in pieces; joined, the pieces of a text give it back."""

    old: tuple[Pieces, ...]
    new: tuple[Pieces, ...]


class _Step(NamedTuple):
    """Words of the old text and those that stand for them in the new one."""

    same: bool
    old: tuple[str, ...]
    new: tuple[str, ...]


def wording(old: Sequence[str], new: Sequence[str]) -> Wording:
    """Return the texts of two versions with what went and what came; several texts of a side are read as one."""
    if not old or not new:
        return Wording(_whole(old, Change.DROPPED), _whole(new, Change.ADDED))
    steps = _steps("\n".join(old), "\n".join(new))
    left = [Piece(Change.SAME if step.same else Change.DROPPED, "".join(step.old)) for step in steps]
    right = [Piece(Change.SAME if step.same else Change.ADDED, "".join(step.new)) for step in steps]
    return Wording(_cut(left, old), _cut(right, new))


def _whole(texts: Sequence[str], change: Change) -> tuple[Pieces, ...]:
    return tuple((Piece(change, text),) if text else () for text in texts)


def _cut(pieces: Sequence[Piece], texts: Sequence[str]) -> tuple[Pieces, ...]:
    """Deal the pieces of the joined text out to its parts."""
    marks = iter([(piece.change, letter) for piece in pieces for letter in piece.text])
    found = []
    for text in texts:
        own = [next(marks) for _ in text]
        runs = groupby(own, key=lambda mark: mark[0])
        found.append(tuple(Piece(change, "".join(letter for _, letter in run)) for change, run in runs))
        next(marks, None)  # the line end between two texts
    return tuple(found)


# --- comparing -------------------------------------------------------------------------------------------------------


def _steps(old: str, new: str) -> list[_Step]:
    """Compare two texts; the other way round gives the same steps the other way round."""
    if plain(old) == plain(new):
        return [_Step(True, (old,), (new,))]
    if old > new:
        return [_Step(step.same, step.new, step.old) for step in _steps(new, old)]
    left, right = rjieba.cut(old), rjieba.cut(new)
    if len(left) * len(right) <= _MOST:
        return _tidied(_compared(left, right))
    sentences = _compared(_SENTENCE.findall(old), _SENTENCE.findall(new))
    return _tidied([word for step in sentences for word in _by_words(step)])


def _by_words(step: _Step) -> Iterator[_Step]:
    left, right = rjieba.cut("".join(step.old)), rjieba.cut("".join(step.new))
    if step.same or len(left) * len(right) > _MOST:
        yield step
    else:
        yield from _compared(left, right)


def _compared(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    left, right = (list(map(plain, words)) for words in (old, new))
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    steps = [_Step(tag == "equal", tuple(old[a:b]), tuple(new[c:d])) for tag, a, b, c, d in codes]
    return [step._replace(same=step.same or not plain("".join((*step.old, *step.new)))) for step in steps]


# --- making it readable ----------------------------------------------------------------------------------------------


def _tidied(steps: Sequence[_Step]) -> list[_Step]:
    """Join changes that only a word or two keep apart, and let what was put in or taken out end at a mark."""
    return _ended_at_marks(_without_islands(_joined(steps)))


def _joined(steps: Sequence[_Step]) -> list[_Step]:
    return [
        _Step(same, sum((s.old for s in run), ()), sum((s.new for s in run), ()))
        for same, run in ((same, list(run)) for same, run in groupby(steps, key=lambda step: step.same))
    ]


def _without_islands(steps: Sequence[_Step]) -> list[_Step]:
    """Take as changed what stayed between two changes that are much longer."""
    inner = range(1, len(steps) - 1)
    islands = {n for n in inner if steps[n].same and _is_island(steps[n], _size(steps[n - 1]), _size(steps[n + 1]))}
    return _joined([step._replace(same=step.same and n not in islands) for n, step in enumerate(steps)])


def _is_island(step: _Step, before: int, after: int) -> bool:
    kept = len(_MARKS.sub("", "".join(step.old)))
    return kept <= 1 or (kept <= _LONGEST_ISLAND and 2 * kept <= min(before, after))


def _size(step: _Step) -> int:
    return max(len("".join(step.old)), len("".join(step.new)))


def _ended_at_marks(steps: list[_Step]) -> list[_Step]:
    """Move what only came or only went along equal words, so that it ends where a phrase ends: 甲、[乙、]丙."""
    for n in range(1, len(steps) - 1):
        before, change, after = steps[n - 1 : n + 2]
        if not change.same and not (change.old and change.new):
            steps[n - 1 : n + 2] = _moved(before, change, after)
    return [step for step in steps if step.old or step.new]


def _moved(before: _Step, change: _Step, after: _Step) -> list[_Step]:
    sides = list(zip(before[1:], change[1:], after[1:], strict=True))
    words, start, size = next((sum(side, ()), len(side[0]), len(side[1])) for side in sides if side[1])
    by = next((at for at in _places(words, start, size) if _END_MARK.fullmatch(words[at + size - 1])), start) - start
    cut = [_cut_at(sum(side, ()), len(side[0]) + by, len(side[1])) for side in sides]
    return [_Step(same, old, new) for same, old, new in zip((True, False, True), *cut, strict=True)]


def _places(words: Sequence[str], start: int, size: int) -> Iterator[int]:
    """Yield where the words from `start` could as well have been put in: here, further back, further on."""
    yield start
    at = start
    while at > 0 and words[at - 1] == words[at + size - 1]:
        at -= 1
        yield at
    at = start
    while at + size < len(words) and words[at] == words[at + size]:
        at += 1
        yield at


def _cut_at(words: tuple[str, ...], start: int, size: int) -> tuple[tuple[str, ...], ...]:
    return words[:start], words[start : start + size], words[start + size :]
