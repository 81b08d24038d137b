"""The head of a frame: the titles, the preamble around them, and where the body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.structure import marks
from ingest.structure.closing import closing_line
from ingest.structure.frames import Frame
from ingest.structure.tables import is_row
from tiaoli.records import Kind

Row = tuple[Kind, int, int]  # kind, start, end

_GOES_ON = re.compile(  # words that leave a title open or are found in one
    r"关于|印发|转发|《|人民政府|委员会|[厅局部办会]$|促进|推[进动]|进一步|加强|完善"
)
_IS_ROUND = re.compile(r"^[^:：]*的\w{2,8}(?:[（(].{1,20}[)）])?$")  # 关于…的意见
_IS_OPEN = re.compile(r"关于(?!.*的\w{2,8}(?:[（(].{1,20}[)）])?$)(?!.*》$)")  # 关于… that has not come to its noun yet
_NO_END_OF_TITLE = "。；：，、;:,"
_BRACKETED = re.compile(r"[(〈<《][^()]{1,30}[)〉>》]")
_HISTORY = re.compile(r"通过|公布|公开|发布|修[正订]|日|号")
_OWN_HEAD = re.compile(r"关于|目录|《")  # begins another title, or none
_FIRST_DIVISION = re.compile(r"序言|前言|总则|附则")  # but for the name of a book of a code: a title of the same level
_CONTENTS = re.compile(r"目[录次]")
_NUMBERED = re.compile(r"\d\s*号")
_NUMBER_BEHIND = re.compile(r"[（(][^（()）]*号[)）]\s*$")  # a title with its number behind it in brackets
_LEADS_IN = re.compile(r"如下|以下|下列")
_MOST_TITLES = 4
_MOST_TITLE_LINES = 5
_LONGEST_TITLE = 120  # characters, here and below
_LONGEST_STUB = 6  # of a word or two that stand before the title
_SHORTEST_FULL_TITLE = 10
_LONGEST_SECOND_HALF = 14
_LONGEST_MARKED_LINE = 20
_LONGEST_ATTACHMENT_TITLE = 40
_LONGEST_ADDRESSEE = 200
_LONGEST_HEAD_LINE = 30
_LONGEST_FIRST_LINE = 60  # of a head that has kept its line breaks


def attachment_head_stop(frame: Frame, label_end: int, limit: int) -> int:
    """Return the line behind an attachment's label and title, of which there are up to two lines if the label has none."""
    if frame.shade[label_end : frame.lines[0].end].strip(" \u3000:："):
        return 1
    if limit < 2 or not _is_attachment_title(frame.words(1)):
        return 1
    second = frame.words(2) if limit > 2 else ""
    stop = 3 if marks.is_title(second, weak=False) or marks.is_form_title(second) else 2
    return _with_tail(frame, stop, limit)


def _is_attachment_title(words: str) -> bool:
    short = len(words) <= _LONGEST_ATTACHMENT_TITLE and words[-1] not in "。；：，、,;:" and not is_row(words)
    return short or marks.is_title(words)


def head_stop(frame: Frame, titles: Sequence[range], *, encloses: bool) -> int:
    """Return the line behind the head of a text without labelled units: title, number, dates and addressee."""
    stop = titles[-1].stop if titles else 0
    if encloses and marks.is_enclosing("".join(line.words(frame.shade) for line in frame.lines)):
        while stop < len(frame.lines) and marks.is_sign_off(frame.words(stop)):  # 来源：… 字体：… of a web page
            stop += 1
        return closing_line(frame, [], stop)
    for index in range(stop, len(frame.lines)):
        words = frame.words(index)
        if marks.is_addressee(words) and len(words) < _LONGEST_ADDRESSEE and not _LEADS_IN.search(words):
            return index + 1
        if _is_header(words):
            stop = index + 1
        elif len(words) > _LONGEST_HEAD_LINE:
            break
    return stop


def _is_header(words: str) -> bool:
    bracketed = words[0] in "(（" and words[-1] in ")）"
    return marks.is_doc_number(words) or marks.is_date(words) or marks.is_signature(words) or bracketed


def has_lost_breaks(frame: Frame, titles: Sequence[range]) -> bool:
    """Tell whether a head begins with a line so long that it must be looked through for a title."""
    return not titles and frame.lines[0].length > _LONGEST_FIRST_LINE


def head_rows(frame: Frame, titles: Sequence[range], stop: int) -> Iterator[Row]:
    """Yield the titles and the preambles between them, up to the line `stop`."""
    index = 0
    for title in titles:
        yield from _row(frame, Kind.PREAMBLE, range(index, title.start))
        index = title.stop
        while index < stop and frame.lines[index].page_mark:
            index += 1
        yield from _row(frame, Kind.TITLE, range(title.start, index))
    yield from _row(frame, Kind.PREAMBLE, range(index, stop))


def _row(frame: Frame, kind: Kind, run: range) -> Iterator[Row]:
    if run:
        yield kind, frame.lines[run[0]].start, frame.lines[run[-1]].end


def run_on_rows(shade: str, start: int, end: int) -> list[Row]:
    """Return title and preambles of a head that has lost its line breaks, nothing where no title is found in it."""
    title = marks.split_head(shade[start:end])
    if title is None:
        return []
    first, last = start + title[0], start + title[1]
    rows = [(Kind.PREAMBLE, start, first), (Kind.TITLE, first, last), (Kind.PREAMBLE, last, end)]
    return [(kind, a, b) for kind, a, b in rows if shade[a:b].strip()]


# --- titles ----------------------------------------------------------------------------------------------------------


def title_runs(frame: Frame, limit: int) -> list[range]:
    """Return the runs of lines before the line `limit` that are titles: one, or the same again."""
    runs: list[range] = []
    index = 0
    while index < limit and len(runs) < _MOST_TITLES:
        skipped = index in frame.contents or frame.lines[index].row
        run = range(index, index if skipped else _title_stop(frame, index, limit))
        if run and (not runs or _is_stub(frame, runs[0]) or _is_same_title(frame, runs[0], run)):
            runs.append(run)
        index = max(run.stop, index + 1)
    if runs and _is_stub(frame, runs[0]):
        full = [run for run in runs if len(_joined(frame, run)) >= _SHORTEST_FULL_TITLE]
        heads = runs[0].start == 0 or frame.lines[runs[0].start].level > 0 or limit < len(frame.lines)
        return full or (runs if heads else [])
    if not runs and limit and not frame.lines[0].row and marks.is_unnamed_title(frame.words(0)):
        return [range(1)]
    return runs


def _joined(frame: Frame, run: range) -> str:
    return "".join(re.sub(r"\W", "", frame.words(index)) for index in run)


def _is_stub(frame: Frame, run: range) -> bool:
    """Tell whether a title is only a word or two that stand before the full one."""
    return len(_joined(frame, run)) <= _LONGEST_STUB


def _is_same_title(frame: Frame, one: range, other: range) -> bool:
    first, second = _joined(frame, one), _joined(frame, other)
    short = re.sub(
        r"\W", "", _NUMBER_BEHIND.sub("", frame.shade[frame.lines[one.start].start : frame.lines[one.stop - 1].end])
    )
    return first.endswith(second) or second.endswith(first) or (len(short) >= _SHORTEST_FULL_TITLE and short in second)


def _title_stop(frame: Frame, index: int, limit: int) -> int:
    """Return the line behind a title that begins at a line, the line itself where none begins."""
    if frame.lines[index].level == 1:
        return _marked_title_stop(frame, index + 1, limit)
    weak = strong = index
    for stop, joined in _title_beginnings(frame, index, limit):
        if marks.is_doc_number(frame.words(stop - 1)):
            continue
        if marks.is_title(joined, weak=False):
            strong = stop if strong == index or _IS_ROUND.search(joined) else strong
            if not _IS_OPEN.search(joined):
                break
        elif weak == index and marks.is_title(joined):
            weak = stop
    if strong > index:
        return _with_tail(frame, _with_second_half(frame, strong, limit), limit)
    return _with_tail(frame, weak, limit) if weak > index else index


def _title_beginnings(frame: Frame, index: int, limit: int) -> Iterator[tuple[int, str]]:
    """Yield ever longer runs of lines that may be a title: the line behind them, and their words."""
    joined = ""
    for at in range(index, min(index + _MOST_TITLE_LINES, limit)):
        words = frame.words(at)
        if marks.is_history(words) or marks.attachment_label(words) if at == index else _ends_title(frame, at):
            return
        joined += words.replace("\n", "")
        if joined[-1] in _NO_END_OF_TITLE or len(joined) > _LONGEST_TITLE:
            return
        yield at + 1, joined
        if not _GOES_ON.search(joined) and not (at == 0 and marks.is_half_title(words)):
            return


def _ends_title(frame: Frame, index: int) -> bool:
    """Tell whether a line cannot be the second line of a title."""
    words = frame.words(index)
    return marks.is_doc_number(words) or marks.is_date(words) or frame.lines[index].is_whole


def _marked_title_stop(frame: Frame, stop: int, limit: int) -> int:
    """Take in the second line of a title that is marked as a heading, too (物权编 below 民法典)."""
    while stop < limit and frame.lines[stop].level and frame.lines[stop].length <= _LONGEST_MARKED_LINE:
        words = frame.words(stop)
        division = frame.lines[stop].level > 1 and _FIRST_DIVISION.fullmatch(re.sub(r"\s", "", words))
        if division or _CONTENTS.fullmatch(re.sub(r"\s", "", words)) or _NUMBERED.search(words):
            break
        stop += 1
    return _with_tail(frame, stop, limit)


def _with_second_half(frame: Frame, stop: int, limit: int) -> int:
    """Take in the short second half of a title that could have ended before it: 实施细则（试行）."""
    words = frame.words(stop) if stop < limit else ""
    repeated = stop > 0 and words == frame.words(stop - 1)
    short = len(words) <= _LONGEST_SECOND_HALF and not repeated
    return stop + 1 if short and marks.is_title(words, weak=False) and not _OWN_HEAD.match(words) else stop


def _with_tail(frame: Frame, stop: int, limit: int) -> int:
    """Take in the brackets that belong to a title: （试行）, （2022—2025年）."""
    while stop < limit and _BRACKETED.fullmatch(frame.words(stop)) and not _HISTORY.search(frame.words(stop)):
        stop += 1
    return stop
