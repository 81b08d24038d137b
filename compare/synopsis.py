"""A comparison as a table: one row for each pair, the clauses of a side line by line, changed words marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.units import DIVISIONS, UNPRINTED, Group, group, words
from compare.wording import wording
from office.tables import in_words
from tiaoli.records import Change, Clause, Comparison, Document, Kind, Pair, Piece

HEADS = ("序号", "原条文", "新条文", "变化")
LEGEND = "删去的字句加删除线，增加的字句加粗并加下划线；只改序号的不加标记。"
SAME_WORDS = frozenset({Change.SAME, Change.MOVED})
_SPACED = DIVISIONS | {Kind.ARTICLE, Kind.ATTACHMENT}  # 第一条　为了…
_BRACKETED = re.compile(r"[（(](.+)[）)]")
_LINE_ENDS = re.compile(r"[^\S\n]*\n\s*")
_TOLD = {
    Change.CHANGED: "修改",
    Change.SPLIT: "拆分出",
    Change.MERGED: "合并为",
    Change.ADDED: "增加",
    Change.DROPPED: "删去",
}  # of what stands below a pair
_MOST_TOLD = 8  # clauses below a pair that are told one by one


@dataclass(frozen=True, slots=True)
class Line:
    """One clause in a cell of the table."""

    clause: Clause
    label: str  # as it is printed, with what follows it
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One pair as the table shows it."""

    number: int
    pair: Pair
    old: tuple[Line, ...]
    new: tuple[Line, ...]
    told: str  # what happened besides the kind of change, in words; often nothing

    @property
    def remark(self) -> str:
        """What happened, in words: 改序：第五条改为第七条."""
        if not self.told or self.pair.change is Change.CHANGED:
            return self.told or self.pair.change.value
        return f"{self.pair.change.value}：{self.told}"


def rows(comparison: Comparison, *, only_changed: bool = False) -> list[Row]:
    """Return the rows of the table; `only_changed` leaves out those whose words are the same."""
    shown = [pair for pair in comparison.pairs if not (only_changed and pair.change in SAME_WORDS)]
    return [_row(number, pair) for number, pair in enumerate(shown, 1)]


def counts(comparison: Comparison) -> dict[Change, int]:
    """Return how many clauses each change befell: articles, or units of a policy text; titles and the like do not count."""
    found = Counter(pair.change for pair in comparison.pairs if is_provision(pair))
    return {change: found[change] for change in Change if found[change]}


def is_provision(pair: Pair) -> bool:
    """Whether a pair is of provisions, not of titles, chapters or signatures."""
    return group((*pair.old, *pair.new)[0]) is Group.BODY


def counted(comparison: Comparison) -> str:
    """The counts in words: 修改 3 条，新增 1 条."""
    return "，".join(f"{change.value} {count} 条" for change, count in counts(comparison).items()) or "没有条款"


def heading(comparison: Comparison) -> str:
    """The title of the table."""
    old, new = comparison.old.title or comparison.old.source, comparison.new.title or comparison.new.source
    return f"《{new}》新旧条文对照表" if old == new else f"《{old}》与《{new}》条文对照表"


def scope(only_changed: bool) -> str:
    """What the table leaves out."""
    return "表中只列字句有改动的条款。" if only_changed else ""


def described(document: Document) -> str:
    """Which version a document is: its number and days in words."""
    days = ((document.promulgated, "公布"), (document.effective, "施行"))
    known = [document.doc_number or "", *(f"{in_words(day)}{what}" for day, what in days if day)]
    return "，".join(filter(None, [*known, "征求意见稿" if document.draft else ""])) or "日期不明"


# --- rows ------------------------------------------------------------------------------------------------------------


def _row(number: int, pair: Pair) -> Row:
    pieces: dict[tuple[bool, str], tuple[Piece, ...]] = {}
    for one in (pair, *pair.below):
        marked = wording([_shown(c) for c in one.old], [_shown(c) for c in one.new])
        pieces |= {(True, c.clause_id): own for c, own in zip(one.old, marked.old, strict=True)}
        pieces |= {(False, c.clause_id): own for c, own in zip(one.new, marked.new, strict=True)}
    old, new = (_lines(_clauses(pair, is_old), is_old, pieces) for is_old in (True, False))
    return Row(number, pair, old, new, _told(pair))


def _clauses(pair: Pair, is_old: bool) -> list[Clause]:
    found = [c for one in (pair, *pair.below) for c in (one.old if is_old else one.new)]
    return sorted(found, key=lambda clause: clause.order)


def _lines(
    clauses: Sequence[Clause], is_old: bool, pieces: dict[tuple[bool, str], tuple[Piece, ...]]
) -> tuple[Line, ...]:
    return tuple(Line(c, printed(c), pieces[is_old, c.clause_id]) for c in clauses)


def _shown(clause: Clause) -> str:
    """The words of a clause without empty lines and without blanks at the ends of lines."""
    return _LINE_ENDS.sub("\n", words(clause)).strip()


def printed(clause: Clause) -> str:
    """Return the label of a clause as a text prints it, with what parts it from the words; empty where none is printed."""
    if clause.kind in UNPRINTED or clause.kind is Kind.PARAGRAPH:
        return ""
    if clause.kind in _SPACED:
        return f"{clause.label}　"
    if clause.kind is Kind.HEADING:
        return f"{clause.label}、"
    return f"{clause.label}." if clause.label.isdecimal() else clause.label


# --- remarks ---------------------------------------------------------------------------------------------------------


def _told(pair: Pair) -> str:
    """What happened to a pair besides its kind of change: 第五条改为第七条；修改第二款."""
    crossed = "位置调整" if pair.crossed and pair.change is not Change.SAME else ""
    return "；".join(filter(None, [_renamed(pair), crossed, *_below(pair)]))


def _renamed(pair: Pair) -> str:
    old, new = _names(pair)
    match pair.change:
        case Change.MOVED | Change.MOVED_CHANGED if old != new:
            return f"{old}改为{new}"
        case Change.SPLIT:
            return f"{old}拆为{new}"
        case Change.MERGED:
            return f"{old}并为{new}"
    return ""


def _names(pair: Pair) -> tuple[str, str]:
    """What the clauses are called; with all that they stand in where their labels alone do not tell them apart."""
    old, new = ("、".join(clause.label for clause in side) for side in (pair.old, pair.new))
    if old != new:
        return old, new
    old, new = ("、".join("".join(clause.path) for clause in side) for side in (pair.old, pair.new))
    return old, new


def _below(pair: Pair) -> Iterator[str]:
    """What happened below a pair, where there is more than one clause below it."""
    if pair.change in (Change.ADDED, Change.DROPPED) or len(pair.below) < 2:
        return
    for change, verb in _TOLD.items():
        meant = [one for one in pair.below if one.change in _meant(change)]
        names = [_address(pair, one) for one in meant]
        if names:
            more = f"等 {len(names)} 处" if len(names) > _MOST_TOLD else ""
            yield f"{verb}{'、'.join(names[:_MOST_TOLD])}{more}"


def _meant(change: Change) -> tuple[Change, ...]:
    return (change, Change.MOVED_CHANGED) if change is Change.CHANGED else (change,)


def _address(pair: Pair, one: Pair) -> str:
    """Where a clause below a pair stands, in the new text if it is still there: 第二款第（三）项."""
    side, clauses = (pair.new, one.new) if one.new else (pair.old, one.old)
    return "、".join("".join(map(_step, clause.path[_depth(side, clause) :])) for clause in clauses)


def _depth(side: Sequence[Clause], clause: Clause) -> int:
    """How many labels of a path need not be said: those of the pair, but its own where it has several clauses."""
    owner = next(above for above in side if clause.path[: len(above.path)] == above.path)
    return len(owner.path) - (len(side) > 1)


def _step(label: str) -> str:
    bracketed = _BRACKETED.fullmatch(label)
    return f"第（{bracketed[1]}）项" if bracketed else label
