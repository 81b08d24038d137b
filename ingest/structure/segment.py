"""From a normalised text to its clause trees.

A file holds one document or several (`members`), a document one frame or several (`frames`): the text itself, the measure
it encloses, its attachments. Each frame has a head, a body of labelled units (`outline`) with paragraphs between them
(`owners`), and a closing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ingest.structure import marks
from ingest.structure.closing import closing_start
from ingest.structure.contents import attachment_list
from ingest.structure.frames import Frame, split_frames
from ingest.structure.head import attachment_head_stop, has_lost_breaks, head_rows, head_stop, run_on_rows, title_runs
from ingest.structure.kinds import article_heading_end, heading_end, kind_of
from ingest.structure.labels import shadow
from ingest.structure.lines import split_lines
from ingest.structure.members import Part, split_members
from ingest.structure.nesting import Token
from ingest.structure.outline import outline
from ingest.structure.owners import Owners
from ingest.structure.reports import broken_numbering, missing_parts
from ingest.structure.rows import Rows
from ingest.structure.tables import cell_lines, is_list_head, is_row
from ingest.structure.units import Member, Note, Tree, Unit
from tiaoli.records import Kind

_PAGE_NUMBER = re.compile(r"[-—–― \d]+")
_LEAST_SHARE = 0.5  # of the characters of a frame that stand in tables which are its body, not part of its head


def segment(text: str, headings: Mapping[int, int], rows: Sequence[range] = ()) -> list[Member]:
    """Return the documents that a normalised text holds, each with its clause tree, in the order of the text.

    Spans count from the start of each document. Every visible character stands in exactly one unit.
    """
    shade = shadow(text)
    parts = split_members(shade, split_lines(shade, headings, rows))
    starts = [0, *(part.lines[0].start for part in parts[1:])]
    ends = [*starts[1:], len(text)]
    return [_member(text, shade, part, start, end) for part, start, end in zip(parts, starts, ends, strict=True)]


def _member(text: str, shade: str, part: Part, start: int, end: int) -> Member:
    tree, lines = Tree(text, shade), part.lines
    notes: list[Note] = []
    if part.mark:
        tree.add(Kind.TITLE, lines[0].start, lines[0].end)
        lines = lines[1:]
    frames = split_frames(shade, lines)
    for number, frame in enumerate(frames, 1):
        tokens = _add_frame(tree, frame, marked=bool(part.mark), encloses=number < len(frames))
        notes += broken_numbering(text, tokens)
    notes += missing_parts(tree.units)
    return Member(
        part.mark,
        start,
        end,
        tuple(unit.moved(-start) for unit in tree.units),
        tuple((code, message, a - start, b - start) for code, message, a, b in notes),
    )


def _add_frame(tree: Tree, frame: Frame, *, marked: bool, encloses: bool) -> list[Token]:
    """Add the units of a frame; return its tokens as they came to stand."""
    rows = {index for index, line in enumerate(frame.lines) if line.row or is_row(line.words(frame.shade))}
    rows |= cell_lines(frame.shade, frame.lines)
    skipped = (
        frame.contents | attachment_list(frame.shade, frame.lines) | rows | ({0} if frame.is_attachment else set())
    )
    tokens = outline(frame.shade, frame.lines, skipped, frame.headings)
    root = None
    if frame.label_end is None:
        first = _add_head(tree, frame, tokens, rows, marked=marked, encloses=encloses)
    else:
        first = attachment_head_stop(frame, frame.label_end, min((_first_line(frame, tokens), *rows)))
        root = _add_attachment(tree, frame.lines[0].start, frame.label_end, frame.lines[first - 1].end)
    owners = Owners(tree, frame, tokens, root)
    closing, end = closing_start(frame, tokens, first), frame.lines[-1].end
    if tree.lists_powers and (last := max(rows, default=-1)) >= 0 and last + 1 < len(frame.lines):
        closing = frame.lines[last + 1].start  # 备注：…
    if not tokens and frame.is_attachment and _is_form(frame, first):
        closing = end
        tree.add(Kind.TABLE, frame.lines[first].start, end, label="表", parent=root)
    else:
        _add_body(tree, frame, owners, rows, first, closing)
    if closing < end:
        tree.add(Kind.CLOSING, closing, end)
    return owners.tokens


def _is_form(frame: Frame, first: int) -> bool:
    """Tell whether an attachment is a form, from the line behind its title on."""
    lines = [frame.words(index) for index in range(first, len(frame.lines)) if not frame.lines[index].page_mark]
    titled = any(marks.is_form_title(frame.words(index)) for index in range(first))
    return bool(lines) and not any(line.row for line in frame.lines) and marks.is_form(lines, titled=titled)


def _first_line(frame: Frame, tokens: Sequence[Token]) -> int:
    """Return the line of the first labelled unit, the number of lines where there is none."""
    return tokens[0].line if tokens else len(frame.lines)


def _first_table(frame: Frame, rows: Collection[int], start: int) -> int:
    """Return the line of the first table behind a head, the number of lines where there is none.

    What a web page or a form prints in a table above the text is part of the head.
    """
    behind = sorted(row for row in rows if row >= start)
    share = sum(frame.lines[row].length for row in behind) / sum(line.length for line in frame.lines)
    if not behind or not (share >= _LEAST_SHARE or is_list_head(frame.words(behind[0]))):
        return len(frame.lines)
    named = behind[0] > start and _names_list(frame, behind[0] - 1)
    return behind[0] - 1 if named else behind[0]


def _names_list(frame: Frame, index: int) -> bool:
    """Tell whether a line is a heading without a label that stands right above a table, as the name of a sheet does."""
    line, following = frame.lines[index], frame.lines[index + 1 : index + 2]
    return line.level > 1 and line.label(frame.shade) is None and any(other.row for other in following)


# --- head ------------------------------------------------------------------------------------------------------------


def _add_attachment(tree: Tree, start: int, label_end: int, end: int) -> int:
    """Add the unit of an attachment, whose own text is its title."""
    text_start = end - len(tree.shade[label_end:end].lstrip(" \u3000:：.、"))
    label = tree.printed(start, label_end)
    return tree.append(Unit(Kind.ATTACHMENT, label, start, end, text_start, text_start, None))


def _add_head(
    tree: Tree, frame: Frame, tokens: Sequence[Token], rows: Collection[int], *, marked: bool, encloses: bool
) -> int:
    """Add titles and preambles; return the first line of the body. The title of a marked document is already there."""
    first = next((index for index in range(len(frame.lines)) if _names_list(frame, index)), len(frame.lines))
    first = min(first, _first_line(frame, tokens))
    titles = [] if marked else title_runs(frame, first)
    first = min(first, _first_table(frame, rows, titles[-1].stop if titles else 0))
    stop = first if first < len(frame.lines) else head_stop(frame, titles, encloses=encloses)
    if stop and not marked and has_lost_breaks(frame, titles):
        _add_run_on_head(tree, frame.lines[0].start, frame.lines[stop - 1].end)
        return stop
    for kind, start, end in head_rows(frame, titles, stop):
        tree.add(kind, start, end)
    return stop


def _add_run_on_head(tree: Tree, start: int, end: int) -> None:
    """Add a head that has lost its line breaks; without a title in it, it goes on with the preamble before it."""
    rows = [] if tree.titled else run_on_rows(tree.shade, start, end)
    for kind, a, b in rows:
        tree.add(kind, a, b)
    if rows:
        return
    if tree.units and tree.units[-1].kind is Kind.PREAMBLE:
        tree.extend(start, end)
    else:
        tree.add(Kind.PREAMBLE, start, end)


# --- body ------------------------------------------------------------------------------------------------------------


def _add_body(tree: Tree, frame: Frame, owners: Owners, in_rows: Collection[int], first: int, end: int) -> None:
    """Add units, paragraphs and tables from the line `first` on up to the place `end`."""
    rows = Rows(tree, owners)
    for index, line in enumerate(frame.lines[first:], first):
        if line.start >= end:
            break
        words = frame.words(index)
        if owners.next and owners.next.line == index:
            at_head = owners.next is owners.tokens[0] and not frame.is_attachment
            _add_lead(tree, owners, line.start, owners.next.label.start, at_head=at_head)
            while owners.next and owners.next.line == index:
                _add_labelled(tree, owners, owners.next, end)
            rows.close()
        elif line.page_mark or index in frame.contents or _runs_on(tree, line.start):
            tree.extend(line.start, line.end)
        elif index in in_rows or (rows.is_open and "\t" in words):
            rows.add(line)
        elif _names_list(frame, index):
            rows.name(line)
        else:
            following = frame.lines[index + 1].start if index + 1 < len(frame.lines) else end
            owners.add_paragraph(line.start, line.end, last=following >= end)
            rows.close()


def _add_lead(tree: Tree, owners: Owners, start: int, end: int, *, at_head: bool) -> None:
    """Add what stands before the first label of a line: a page number, a head without breaks, the end of a sentence."""
    lead = tree.shade[start:end]
    if not lead.strip():
        return
    if tree.units and (_PAGE_NUMBER.fullmatch(lead) or _runs_on(tree, start)):
        tree.extend(start, end)
    elif at_head:
        _add_run_on_head(tree, start, end)
    else:
        owners.add_paragraph(start, end)


def _runs_on(tree: Tree, start: int) -> bool:
    """Tell whether a place is right behind the label of an attachment in a text that has lost its line breaks."""
    last = tree.units[-1] if tree.units else None
    return last is not None and last.kind is Kind.ATTACHMENT and tree.shade[last.end : start].strip(" :\u3000") == ""


def _add_labelled(tree: Tree, owners: Owners, token: Token, limit: int) -> None:
    """Add the unit of the next token, of an article also the 款 that its text is."""
    label, end = token.label, min(token.end, limit)
    kind = kind_of(label.family, owners.families_above(token))
    if kind is Kind.ARTICLE:
        text_start = end - len(tree.shade[label.end : end].lstrip(" \u3000:：\n"))
        heading = unit_end = article_heading_end(tree.text, text_start, end, headed=owners.headed)
    else:
        text_start, heading, unit_end = label.end, label.end + heading_end(tree.shade[label.end : end], kind), end
    printed, parent = label.words or tree.printed(label.start, label.printed_end), owners.parent_unit(token)
    unit = Unit(kind, printed, label.start, unit_end, text_start, heading, parent, label.number, label.suffix)
    owners.take(tree.append(unit))
    if tree.shade[unit_end:end].strip():
        owners.add_own_paragraph(unit_end, end)
