"""From a normalised text to its clause trees: labelled units from the outline, paragraphs between them, head and closing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from ingest import marks
from ingest.contents import attachment_list
from ingest.frames import Frame, split_frames
from ingest.labels import Family, shadow
from ingest.lines import Line, split_lines
from ingest.members import Part, split_members
from ingest.nesting import Token
from ingest.outline import outline
from tiaoli.numerals import to_chinese
from tiaoli.records import Kind

Note = tuple[str, str, int, int]  # code, message, start, end

_POLICY_KINDS = {
    Family.HEADING: Kind.HEADING,
    Family.STEM: Kind.HEADING,
    Family.DECIMAL_1: Kind.HEADING,
    Family.DECIMAL_2: Kind.SUBHEADING,
    Family.DECIMAL_3: Kind.POINT,
    Family.DECIMAL_4: Kind.SUBPOINT,
    Family.SUBHEADING: Kind.SUBHEADING,
    Family.POINT: Kind.POINT,
    Family.SUBPOINT: Kind.SUBPOINT,
    Family.CIRCLED: Kind.SUBSUBPOINT,
    Family.HALF_BRACKET: Kind.SUBPOINT,
    Family.LETTER: Kind.SUBSUBPOINT,
}
_DIVISION_KINDS = {
    Family.PART: Kind.PART,
    Family.SUBPART: Kind.SUBPART,
    Family.CHAPTER: Kind.CHAPTER,
    Family.SECTION: Kind.SECTION,
    Family.ARTICLE: Kind.ARTICLE,
}
_LONGEST_HEADING = 60  # of a heading that stands alone
_LONGEST_LEAD = 30  # of a first sentence that serves as heading
_ROW_NUMBER = re.compile(r"\|?[ \u3000]*(\d{1,5})[ \u3000]*[|\t]")
_LONGEST_CLOSING = 40  # lines
_STOPS = "。；：！？;:!?"


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause before it has an id; its parent is the index of an earlier unit."""

    kind: Kind
    label: str
    start: int
    end: int
    text_start: int  # where the own text begins, behind the printed label
    heading_end: int  # where the heading ends and the text begins; = text_start without a heading
    parent: int | None
    number: int | None = None
    suffix: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One of the documents in a file: its mark (篇1; empty for a whole file or what stands outside), and its units."""

    mark: str
    start: int
    end: int
    units: tuple[Unit, ...]
    problems: tuple[Note, ...] = ()


def segment(text: str, headings: Mapping[int, int]) -> list[Member]:
    """Return the documents that a normalised text holds, each with its clause tree, in the order of the text.

    Spans count from the start of each document. Every visible character stands in exactly one unit.
    """
    shade = shadow(text)
    parts = split_members(shade, split_lines(shade, headings))
    starts = [0, *(part.lines[0].start for part in parts[1:])]
    ends = [*starts[1:], len(text)]
    return [_member(text, shade, part, start, end) for part, start, end in zip(parts, starts, ends, strict=True)]


def _member(text: str, shade: str, part: Part, start: int, end: int) -> Member:
    tree = _Tree(text, shade)
    lines = list(part.lines)
    if part.mark:
        tree.add(Kind.TITLE, "标题", lines[0].start, lines[0].end)
        lines = lines[1:]
    frames = split_frames(shade, lines) if lines else []
    for number, frame in enumerate(frames, 1):
        _FrameBuilder(tree, frame, titled=bool(part.mark), encloses=number < len(frames)).build()
    units = [
        replace(
            u,
            start=u.start - start,
            end=u.end - start,
            text_start=u.text_start - start,
            heading_end=u.heading_end - start,
        )
        for u in tree.units
    ]
    _report_what_is_missing(tree)
    notes = tuple((code, message, a - start, b - start) for code, message, a, b in tree.notes)
    return Member(part.mark, start, end, tuple(units), notes)


def _report_what_is_missing(tree: _Tree) -> None:
    """Note a text without a title, and one without a labelled unit, at its first words."""
    if not tree.units:
        return
    start = tree.units[0].start
    place = (start, min(tree.units[0].end, start + 30))
    kinds = {unit.kind for unit in tree.units}
    if Kind.TITLE not in kinds:
        tree.notes.append(("no_title", "没有认出标题，暂以文件名为标题，请核对", *place))
    if kinds <= {Kind.TITLE, Kind.PREAMBLE, Kind.PARAGRAPH, Kind.CLOSING}:
        tree.notes.append(("no_labels", "没有认出带编号的条款，全文按自然段列出，请核对", *place))


@dataclass
class _Tree:
    """The units found so far."""

    text: str
    shade: str
    units: list[Unit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    paragraphs: dict[int | None, int] = field(default_factory=dict)  # parent → number of its last 款 or 段

    def add(
        self, kind: Kind, label: str, start: int, end: int, parent: int | None = None, text_start: int | None = None
    ) -> int:
        """Add a unit and return its index."""
        at = start if text_start is None else text_start
        self.units.append(Unit(kind, label, start, end, at, at, parent))
        return len(self.units) - 1

    def add_paragraph(self, start: int, end: int, parent: int | None) -> int:
        """Add the next 款 of an article, or the next 段 of anything else."""
        number = self.paragraphs.get(parent, 0) + 1
        self.paragraphs[parent] = number
        in_article = parent is not None and self.units[parent].kind is Kind.ARTICLE
        label = f"第{to_chinese(number)}款" if in_article else f"段{number}"
        index = self.add(Kind.PARAGRAPH, label, start, end, parent)
        self.units[index] = replace(self.units[index], number=number)
        return index

    def extend(self, end: int) -> None:
        """Let the last unit run on to `end`."""
        last = self.units[-1]
        self.units[-1] = replace(last, end=max(last.end, end))


class _FrameBuilder:
    """Adds the units of one frame to a tree."""

    def __init__(self, tree: _Tree, frame: Frame, *, titled: bool, encloses: bool) -> None:
        self.tree, self.frame, self.titled, self.encloses = tree, frame, titled, encloses
        self.text, self.shade, self.lines = tree.text, tree.shade, frame.lines
        self.contents = frame.contents
        listed = attachment_list(self.shade, self.lines)
        rows = {index for index, line in enumerate(self.lines) if _is_row(self.words(line))}
        self.tokens = outline(self.shade, self.lines, self.contents | listed | rows)
        self.root: int | None = None  # the attachment that everything stands under
        self.unit_of: dict[int, int] = {}  # token → unit
        self.paragraph_of: dict[int, int] = {}  # article token → its open 款
        self.articles: dict[int, int] = {}  # article unit → token
        self.siblings: defaultdict[int | None, list[int]] = defaultdict(list)  # parent token → its units so far
        self.parted = self._parted_families()
        self.followed = self._followed()

    def build(self) -> None:
        """Add head, body and closing."""
        first = self.tokens[0].line if self.tokens else len(self.lines)
        first = self._head(first) if self.frame.label_end is None else self._attachment(first)
        self._body(first)
        self._report_numbers()

    def words(self, line: Line) -> str:
        """Shadow text of a line."""
        return self.shade[line.start : line.end]

    # --- head --------------------------------------------------------------------------------------------------------

    def _attachment(self, first: int) -> int:
        """Add the attachment row: label, and its title where one follows; return the index of the line behind it."""
        line, label_end = self.lines[0], self.frame.label_end or 0
        label = re.sub(r"\s", "", self.text[line.start : label_end])
        end, stop = line.end, 1
        if not self.shade[label_end : line.end].strip(" \u3000:："):
            while stop < min(first, 3) and self._titles(self.lines[stop], again=stop > 1):
                end, stop = self.lines[stop].end, stop + 1
        text_start = (
            label_end
            + len(self.shade[label_end : line.end])
            - len(self.shade[label_end : line.end].lstrip(" \u3000:：.、"))
        )
        self.root = self.tree.add(Kind.ATTACHMENT, label, line.start, end, None, text_start)
        return stop

    def _titles(self, line: Line, *, again: bool) -> bool:
        """Tell whether a line is the title of an attachment, or (`again`) its second line."""
        words = self.words(line)
        short = len(words) <= 40 and words[-1] not in "。；：，、,;:" and not _is_row(words)
        return marks.is_title(words, weak=not again) or (short and not again)

    def _head(self, first: int) -> int:
        """Add title and preamble rows; return the index of the first line of the body."""
        titles = [] if self.titled else self._title_lines(first)
        body_start = first if self.tokens else self._end_of_head(titles)
        if not titles and not self.titled and body_start and self.lines[0].end - self.lines[0].start > _LONGEST_HEADING:
            self._run_on_head(self.lines[0].start, self.lines[body_start - 1].end)
            return body_start
        index = 0
        for start, stop in titles:
            self._run(Kind.PREAMBLE, "序言", index, start)
            self._run(Kind.TITLE, "标题", start, stop)
            index = stop
        self._run(Kind.PREAMBLE, "序言", index, body_start)
        return body_start

    def _run(self, kind: Kind, label: str, start: int, stop: int) -> None:
        if stop > start:
            self.tree.add(kind, label, self.lines[start].start, self.lines[stop - 1].end)

    def _title_lines(self, first: int) -> list[tuple[int, int]]:
        """Return the runs of lines before the first unit that are titles."""
        runs: list[tuple[int, int]] = []
        index = 0
        while index < first and len(runs) < 4:
            stop = self._title_end(index, first) if index not in self.contents else index
            short = bool(runs) and len(self._joined(runs[0])) <= 6
            if stop > index and (not runs or short or self._same_title(runs[0], (index, stop))):
                runs.append((index, stop))
            index = max(stop, index + 1)
        return self._best_titles(runs, first)

    def _best_titles(self, runs: list[tuple[int, int]], first: int) -> list[tuple[int, int]]:
        """Prefer a full title to a word or two that stand before it; take an unnamed first line where nothing is named."""
        named = [run for run in runs if len(self._joined(run)) >= 10]
        if named and len(self._joined(runs[0])) <= 6:
            return named
        if not runs and first and self.root is None and marks.is_unnamed_title(self.words(self.lines[0])):
            return [(0, 1)]
        return runs

    def _joined(self, run: tuple[int, int]) -> str:
        return "".join(re.sub(r"\W", "", self.words(line)) for line in self.lines[run[0] : run[1]])

    def _title_end(self, index: int, first: int) -> int:
        """Return where a title that begins at a line ends, the line's own index where none begins."""
        if self.lines[index].level == 1:
            return self._marked_title_end(index + 1, first)
        joined, found = "", index
        for stop in range(index, min(index + 5, first)):
            words = self.words(self.lines[stop])
            if (index == stop and marks.is_history(words)) or (
                stop > index and (marks.is_doc_number(words) or marks.is_date(words) or self.lines[stop].level)
            ):
                break
            joined += words.replace("\n", "")
            if joined[-1:] in "。；：，、;:," or len(joined) > 120:
                break
            if marks.is_title(joined, weak=False) and not marks.is_doc_number(words):
                return self._title_tail(stop + 1 + self._ends_title(stop + 1, first), first)
            if found == index and marks.is_title(joined) and not marks.is_doc_number(words):
                found = stop + 1
            if not re.search(
                r"关于|印发|转发|《|人民政府|委员会|[厅局部办会]$|促进|推[进动]|进一步|加强|完善", joined
            ) and not (stop == index == 0 and marks.is_half_title(words)):
                break
        return self._title_tail(found, first) if found > index else index

    def _ends_title(self, index: int, first: int) -> bool:
        """Tell whether a line is the short second half of a title that could have ended before it: 实施细则（试行）."""
        words = self.words(self.lines[index]) if index < first else ""
        return len(words) <= 14 and marks.is_title(words, weak=False) and not re.match(r"关于|目录|《", words)

    def _marked_title_end(self, stop: int, first: int) -> int:
        """Take in the second line of a title that is marked as a heading, too (物权编 below 民法典)."""
        while stop < first and self.lines[stop].level and len(self.words(self.lines[stop])) <= 20:
            words = self.words(self.lines[stop])
            if re.fullmatch(r"序言|前言|目录|总则|附则", re.sub(r"\s", "", words)) or re.search(r"\d\s*号", words):
                break
            stop += 1
        return self._title_tail(stop, first)

    def _title_tail(self, stop: int, first: int) -> int:
        """Take in what belongs to a title behind it: （试行）, （2022—2025年）, and a second half."""
        while stop < first:
            words = self.words(self.lines[stop])
            if not re.fullmatch(r"[(〈<《][^()]{1,30}[)〉>》]", words) or re.search(
                r"通过|公布|公开|发布|修[正订]|日|号", words
            ):
                break
            stop += 1
        return stop

    def _same_title(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        first, second = self._joined(one), self._joined(other)
        return first == second or first.endswith(second) or second.endswith(first)

    def _end_of_head(self, titles: Sequence[tuple[int, int]]) -> int:
        """Return where the head of a text without labelled units ends: behind title, number, dates and addressee."""
        index = titles[-1][1] if titles else 0
        stop = index
        if self.encloses and marks.is_enclosing("".join(self.words(line) for line in self.lines)):
            closing = self._closing_start(index)
            return next(
                (i for i, line in enumerate(self.lines) if closing is not None and line.start >= closing),
                len(self.lines),
            )
        while index < len(self.lines):
            words = self.words(self.lines[index])
            if marks.is_addressee(words) and len(words) < 200 and not re.search(r"如下|以下|下列", words):
                return index + 1
            header = (
                marks.is_doc_number(words)
                or marks.is_date(words)
                or marks.is_signature(words)
                or (words[0] in "(（" and words[-1] in ")）")
            )
            if header:
                stop = index + 1
            elif len(words) > 30:
                break
            index += 1
        return stop

    # --- body --------------------------------------------------------------------------------------------------------

    def _body(self, first: int) -> None:
        closing = self._closing_start(first)
        token = 0
        table = False
        for index in range(first, len(self.lines)):
            line = self.lines[index]
            if closing is not None and line.start >= closing:
                break
            if token < len(self.tokens) and self.tokens[token].line == index:
                self._lead(line, token)
                while token < len(self.tokens) and self.tokens[token].line == index:
                    self._labelled(token, closing)
                    token += 1
                table = False
            elif line.page_mark or index in self.contents:
                self._append(line)
            elif _is_row(self.words(line)) or (table and "\t" in self.words(line)):
                table = self._table_row(line, token, table)
            else:
                table = False
                self._paragraph(line, self._owner(token), closing)
        if closing is not None:
            self.tree.add(Kind.CLOSING, "落款", closing, self.lines[-1].end)

    def _lead(self, line: Line, token: int) -> None:
        """Give what stands before the first label of a line (a page number, the end of a sentence) to the unit before."""
        start = self.tokens[token].label.start
        if start > line.start and self.shade[line.start : start].strip():
            if self.tree.units and re.fullmatch(r"[-—–― \d]+", self.shade[line.start : start]):
                self.tree.extend(start)
            elif token == 0 and self.root is None:
                self._run_on_head(line.start, start)
            else:
                self._paragraph(Line(line.start, start), self._owner(token))

    def _run_on_head(self, start: int, end: int) -> None:
        """Add the head of a text that has lost its line breaks."""
        title = (
            marks.split_head(self.shade[start:end]) if not any(u.kind is Kind.TITLE for u in self.tree.units) else None
        )
        if title is None and self.tree.units and self.tree.units[-1].kind is Kind.PREAMBLE:
            self.tree.extend(end)
            return
        if title is None:
            self.tree.add(Kind.PREAMBLE, "序言", start, end)
            return
        for kind, label, a, b in (
            (Kind.PREAMBLE, "序言", 0, title[0]),
            (Kind.TITLE, "标题", *title),
            (Kind.PREAMBLE, "序言", title[1], end - start),
        ):
            if self.shade[start + a : start + b].strip():
                self.tree.add(kind, label, start + a, start + b)

    def _append(self, line: Line) -> None:
        if self.tree.units:
            self.tree.extend(line.end)
        else:
            self.tree.add(Kind.PREAMBLE, "序言", line.start, line.end)

    def _table_row(self, line: Line, token: int, running: bool) -> bool:
        """Add a row to the open table, or open one. In a list of powers a numbered row is an item of its own."""
        number = _ROW_NUMBER.match(self.words(line)) if self._is_powers_list else None
        if number:
            label_start, text_start = line.start + number.start(1), line.start + number.end()
            label = self.text[label_start : line.start + number.end(1)]
            item = self.tree.add(Kind.ITEM, label, line.start, line.end, self._owner(token), text_start)
            self.tree.units[item] = replace(self.tree.units[item], number=int(number[1]))
        elif running:
            self.tree.extend(line.end)
        else:
            label = "表头" if self._is_powers_list else "表"
            self.tree.add(Kind.TABLE, label, line.start, line.end, self._owner(token))
        return True

    @cached_property
    def _is_powers_list(self) -> bool:
        titles = (self.text[u.start : u.end] for u in self.tree.units if u.kind is Kind.TITLE)
        return any(re.search(r"(?:权责|权力|责任|职权)[^。]{0,10}清单", title) for title in titles)

    def _labelled(self, index: int, closing: int | None) -> None:
        """Add the unit of a token, with the 款 that an article's text is."""
        token = self.tokens[index]
        label = token.label
        end = min(token.end, closing) if closing is not None else token.end
        printed = re.sub(r"\s", "", self.text[label.start : label.printed_end])
        parent = self._parent_unit(token)
        kind = self._kind(token)
        if kind is Kind.ARTICLE:
            self._article(index, printed, parent, end)
            return
        unit = self.tree.add(kind, printed, label.start, end, parent, label.end)
        self.unit_of[index] = unit
        self.siblings[token.parent].append(unit)
        found = self.tree.units[unit]
        heading_end = self._heading_end(found)
        self.tree.units[unit] = replace(found, number=label.number, suffix=label.suffix, heading_end=heading_end)

    def _article(self, index: int, printed: str, parent: int | None, end: int) -> None:
        label = self.tokens[index].label
        heading = re.match(r"[ \u3000]*【[^】\n]{1,40}】", self.shade[label.end : end])
        text_start = label.end + len(re.match(r"[ \u3000:：\n]*", self.shade[label.end : end])[0])  # type: ignore[index]
        heading_end = label.end + heading.end() if heading else text_start
        unit = self.tree.add(Kind.ARTICLE, printed, label.start, heading_end, parent, text_start)
        self.tree.units[unit] = replace(
            self.tree.units[unit], number=label.number, suffix=label.suffix, heading_end=heading_end
        )
        self.unit_of[index] = unit
        self.articles[unit] = index
        if self.shade[heading_end:end].strip():
            self.paragraph_of[index] = self.tree.add_paragraph(heading_end, end, unit)

    def _parent_unit(self, token: Token) -> int | None:
        if token.parent is None:
            return self.root
        parent = self.tokens[token.parent]
        if parent.label.family is Family.ARTICLE:
            return self.paragraph_of.get(token.parent, self.unit_of[token.parent])
        return self.unit_of[token.parent]

    def _chain(self, token: Token) -> list[Token]:
        chain = []
        while token.parent is not None:
            token = self.tokens[token.parent]
            chain.append(token)
        return chain

    def _kind(self, token: Token) -> Kind:
        if token.label.family in _DIVISION_KINDS:
            return _DIVISION_KINDS[token.label.family]
        above = [t.label.family for t in self._chain(token)]
        if Family.ARTICLE in above:
            return Kind.ITEM if above[0] is Family.ARTICLE else Kind.SUBITEM
        return _POLICY_KINDS[token.label.family]

    def _heading_end(self, unit: Unit) -> int:
        """Return where a unit's heading ends: its only words if they end without a stop, or a short first sentence."""
        words = self.shade[unit.text_start : unit.end]
        if unit.kind in (Kind.ITEM, Kind.SUBITEM):
            return unit.text_start
        if not words.strip() or unit.kind in (Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION):
            return unit.end
        head = re.match(r"[^。：:；!！?？]+[。：:]", words)
        if head and head.end() <= _LONGEST_LEAD and words[head.end() :].strip():
            return unit.text_start + head.end()
        if head is None and len(words) <= _LONGEST_HEADING and words.rstrip()[-1] not in _STOPS + "）)":
            return unit.end
        return unit.text_start

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _paragraph(self, line: Line, parent: int | None, closing: int | None = None) -> None:
        end = min(line.end, closing) if closing is not None else line.end
        if parent is not None and self.tree.units[parent].kind is Kind.ARTICLE:
            self.paragraph_of[self.articles[parent]] = self.tree.add_paragraph(line.start, end, parent)
        else:
            self.tree.add_paragraph(line.start, end, parent)

    def _owner(self, following: int) -> int | None:
        """Return the unit that a paragraph belongs to which stands before the token `following`.

        The paragraph ends the lists below that unit: a new list behind it stands under the same unit.
        """
        index = following - 1 if following else None
        while index is not None:
            token = self.tokens[index]
            if token.label.family in _DIVISION_KINDS or self._keeps(index, following):
                break
            index = token.parent
        self._restart_below(index, following)
        return self.root if index is None else self.unit_of[index]

    def _restart_below(self, owner: int | None, following: int) -> None:
        """Let a list that begins at the token `following` stand under `owner`, not under what the paragraph has ended."""
        if following >= len(self.tokens) or self.tokens[following].label.number != 1:
            return
        first, above = self.tokens[following], self.tokens[following].parent
        if first.label.family in _DIVISION_KINDS or above == owner or owner not in self._line_up(above):
            return
        for later in range(following, len(self.tokens)):
            token = self.tokens[later]
            if token.parent == above and token.label.family is first.label.family:
                self.tokens[later] = replace(token, parent=owner)
            elif token.parent is None or token.parent < following:
                break

    def _line_up(self, index: int | None) -> list[int | None]:
        """Return the tokens above a token, the nearest first, and None for the top."""
        line: list[int | None] = []
        while index is not None:
            index = self.tokens[index].parent
            line.append(index)
        return line

    def _keeps(self, index: int, following: int) -> bool:
        """Tell whether a paragraph behind an open unit is about it, not about the unit that its list belongs to."""
        unit = self.tree.units[self.unit_of[index]]
        words = self.shade[unit.text_start : unit.end].rstrip()
        if (words[-1:] in ("：", ":") and index not in self.siblings) or index in self.followed:
            return True
        if unit.kind in (Kind.ITEM, Kind.SUBITEM):
            return False
        siblings = self.siblings[self.tokens[index].parent][:-1]
        own = self.tree.paragraphs.get(self.unit_of[index], 0)
        if _is_bare(unit, words):
            counts = [self.tree.paragraphs.get(sibling, 0) for sibling in siblings]
            return own == 0 or not (len(counts) >= 3 and all(count == 1 for count in counts))
        return own > 0 or not siblings or self.tokens[index].label.family in self.parted

    def _followed(self) -> set[int]:
        """Return the tokens behind which their list goes on."""
        last: dict[tuple[int | None, Family], int] = {}
        followed = set()
        for index, token in enumerate(self.tokens):
            before = last.get((token.parent, token.label.family))
            if before is not None and token.label.number == self.tokens[before].label.number + 1:
                followed.add(before)
            last[token.parent, token.label.family] = index
        return followed

    def _parted_families(self) -> set[Family]:
        """Return the families whose units have paragraphs of their own between the units of one list."""
        parted = set()
        for index, (one, other) in enumerate(pairwise(self.tokens), 1):
            between = self.lines[one.line + 1 : other.line]
            words = self.shade[one.label.end : one.end].rstrip()
            if (
                words[-1:] in tuple("。；;）)”")
                and any(not line.page_mark for line in between)
                and self._list_goes_on(index - 1, index)
            ):
                parted.add(one.label.family)
        return parted

    def _list_goes_on(self, index: int, following: int) -> bool:
        """Tell whether the next unit is the next of the same list."""
        if following >= len(self.tokens):
            return False
        later, own = self.tokens[following], self.tokens[index]
        return (
            later.parent == own.parent
            and later.label.family is own.label.family
            and later.label.number == own.label.number + 1
        )

    # --- closing -----------------------------------------------------------------------------------------------------

    def _closing_start(self, first: int) -> int | None:
        """Return where the closing begins, None where there is none."""
        last = self.tokens[-1].line if self.tokens else first - 1
        articles = any(t.label.family is Family.ARTICLE for t in self.tokens)
        for index in range(max(last + 1, first), len(self.lines)):
            if index not in self.contents and self._opens_closing(index, articles):
                return self.lines[index].start
        if not self.tokens or self.root is not None or articles:
            return None
        return self._closing_inside(self.tokens[-1])

    def _opens_closing(self, index: int, articles: bool) -> bool:
        words = self.words(self.lines[index])
        if (
            not articles
            and self.root is None
            and marks.is_formula(words)
            and len(self.lines) - index <= _LONGEST_CLOSING
        ):
            return True
        label = marks.attachment_label(words)
        dated = index + 1 < len(self.lines) and marks.is_date(self.words(self.lines[index + 1]))
        if self.tokens and dated and marks.is_signature(words):
            return True
        signs = (
            marks.is_sign_off(words)
            or (not articles and self.root is None and marks.is_formula(words))
            or marks.is_date(words)
            or (marks.is_signature(words) and self._signs(index))
            or (label is not None and len(words) <= 200 and not words.endswith("。"))
        )
        return signs and index >= self._last_substance

    @cached_property
    def _last_substance(self) -> int:
        """Index of the last line that is a paragraph of the text."""
        return max((index for index, line in enumerate(self.lines) if self._is_substance(line)), default=-1)

    def _is_substance(self, line: Line) -> bool:
        """Tell whether a line is a paragraph of the text rather than one of the remains behind it."""
        words = self.words(line)
        return len(words) > 60 and words[-1] in "。；" and not (marks.is_formula(words) or marks.is_sign_off(words))

    def _signs(self, index: int) -> bool:
        """Tell whether a body's name is a signature: a date or the end of the text follows."""
        rest = [self.words(line) for line in self.lines[index : index + 8]]
        if all(marks.is_signature(w) or marks.is_date(w) or marks.is_sign_off(w) for w in rest):
            return True
        dated = any(re.search(r"\d年\d{1,2}月|[〇零○]\w{1,2}年", word) for word in rest)
        return all(len(w) <= 120 and w[-1] not in "。；;" for w in rest) and (dated or len(rest) <= 3)

    def _closing_inside(self, token: Token) -> int | None:
        """Return where the closing formula begins in the last unit's line if that line has lost its breaks."""
        line = self.lines[token.line]
        begins = token.label.end
        run_together = token.label.start > line.start or not self._has_break(token)
        if not run_together:
            return None
        words = self.shade[: token.end]
        return marks.formula_within(words, begins + 2) or marks.signature_within(words, begins + 2)

    def _has_break(self, token: Token) -> bool:
        """Tell whether the lines of the last unit's kind keep heading and text apart by a stop."""
        words = self.shade[token.label.end : token.end]
        return re.match(r"[^。：]{1,40}[。：]", words) is not None or len(words) < 60

    # --- problems ----------------------------------------------------------------------------------------------------

    def _report_numbers(self) -> None:
        """Report numbers that are missing, repeated or out of order within their list."""
        last: dict[tuple[object, Family], tuple[int, int | None]] = {}
        for token in self.tokens:
            label = token.label
            place = None if label.family is Family.ARTICLE else token.parent
            before = last.get((place, label.family))
            last[place, label.family] = (label.number, label.suffix)
            if before is None or label.suffix is not None:
                continue
            if label.number != before[0] + 1 and label.number != 1:
                code = "number_gap" if label.number > before[0] + 1 else "number_repeated"
                printed = self.text[label.start : label.printed_end]
                message = f"编号不连续：{printed} 之前是第 {before[0]} 号，请核对原文是否缺漏或重号"
                self.tree.notes.append((code, message, label.start, label.printed_end))


def _is_bare(unit: Unit, words: str) -> bool:
    """Tell whether a unit is a heading without text of its own."""
    return unit.heading_end == unit.end or words[-1:] not in tuple(_STOPS + "）)”")


def _is_row(words: str) -> bool:
    """Tell whether a line is a row of a table."""
    return words.count("\t") >= 2 or (words.startswith("|") and words.count("|") >= 2)
