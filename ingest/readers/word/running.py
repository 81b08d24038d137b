"""The running text of paragraphs: runs, fields, tracked changes, symbols, and what hangs on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingest.readers.word.fields import Field, circled, form_control
from ingest.readers.word.findings import Comment, Findings
from ingest.readers.word.formulas import linear
from ingest.readers.word.notes import Notes
from ingest.readers.word.styles import Styles
from ingest.readers.word.symbols import UNKNOWN, is_private, seen, sign
from ingest.readers.word.xml import Element, attribute, child, children, descendants, name

_LINE_END = re.compile(r"[\t\r\n]")  # in a run these are blanks; breaks and tabs are elements
_LONGEST_CODE = 2000  # characters of a field's code that are kept
_LONGEST_QUOTE = 200  # characters of what a comment is about
_SEEN = ("w:t", "w:sym", "w:txbxContent", "v:textpath", "pic:pic", "v:imagedata", "w:object", "c:chart", "dgm:relIds")


@dataclass(slots=True)
class Box:
    """A text box that is anchored in a paragraph."""

    content: Element | str  # of word art only its words
    comes_first: bool  # no text stands before its anchor


@dataclass(slots=True)
class Paragraph:
    """What was read of one paragraph."""

    text: str
    boxes: list[Box] = field(default_factory=list)


class Running:
    """Reads paragraphs of one story in their order; a field may stay open from one to the next."""

    def __init__(self, findings: Findings, styles: Styles, notes: Notes, comments: Mapping[str, Comment]) -> None:
        self._findings, self._styles, self._notes, self._comments = findings, styles, notes, comments
        self._quoting: dict[str, Comment] = {}  # comments whose words are being read
        self._fields: list[Field] = []
        self._codes = 0  # open fields whose result has not begun
        self._style, self._font, self._is_hidden = "", "", False
        self._pieces: list[str] = []
        self._hidden: list[str] = []
        self._boxes: list[Box] = []

    def read(self, paragraph: Element, style: str) -> Paragraph:
        """Return the text of a paragraph of a style, and the boxes anchored in it."""
        self._style, self._font, self._is_hidden = style, "", False
        self._pieces, self._boxes = [], []
        self._walk(paragraph)
        self._settle_hidden()
        return Paragraph("".join(self._pieces), self._boxes)

    def _walk(self, parent: Element) -> None:
        """Read what is in an element; what we do not know may hold text all the same."""
        for element in parent:
            known = name(element)
            if (handle := _HANDLERS.get(known)) is not None:
                handle(self, element)
            elif known and not known.endswith("Pr"):
                self._walk(element)

    # --- text --------------------------------------------------------------------------------------------------------

    def _run(self, run: Element) -> None:
        properties = child(run, "w:rPr")
        before = self._font, self._is_hidden
        fonts = child(properties, "w:rFonts")
        self._font = attribute(fonts, "w:ascii") or attribute(fonts, "w:hAnsi")
        self._is_hidden = self._styles.hides(properties, self._style)
        self._walk(run)
        self._font, self._is_hidden = before

    def _text(self, element: Element) -> None:
        text = _LINE_END.sub(" ", element.text or "")
        if is_private(text):
            text = seen(text, self._font)
            self._findings.counts["symbol"] += text.count(UNKNOWN)
        self._emit(text)

    def _symbol(self, element: Element) -> None:
        code = attribute(element, "w:char")
        shown = sign(int(code, 16), attribute(element, "w:font")) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else UNKNOWN
        self._findings.counts["symbol"] += shown == UNKNOWN
        self._emit(shown)

    def _tab(self, _: Element) -> None:
        self._emit("\t")

    def _break(self, _: Element) -> None:
        self._emit("\n")

    def _hyphen(self, _: Element) -> None:
        self._emit("-")

    def _formula(self, element: Element) -> None:
        self._findings.counts["formula"] += 1
        self._emit(linear(element))

    def _ruby(self, element: Element) -> None:
        self._findings.counts["phonetic"] += 1
        if (base := child(element, "w:rubyBase")) is not None:
            self._walk(base)

    def _emit(self, text: str) -> None:
        """Add text to where it belongs: to the paragraph, to what is hidden, or to nothing within a field's code."""
        if self._codes or not text:
            return
        self._show()
        if self._is_hidden:
            self._hidden.append(text)
            return
        if self._hidden:
            self._settle_hidden()
        self._pieces.append(text)
        for comment in self._quoting.values():
            if len(comment.quoted) < _LONGEST_QUOTE:
                comment.quoted += text

    def _settle_hidden(self) -> None:
        self._findings.hide("".join(self._hidden))
        self._hidden.clear()

    # --- fields ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Note that the innermost field has a result."""
        if self._fields:
            self._fields[-1].has_result = True

    def _field_mark(self, element: Element) -> None:
        kind = attribute(element, "w:fldCharType")
        if kind == "begin":
            self._fields.append(Field(shown=form_control(element)))
            self._codes += 1
        elif kind == "separate" and self._fields and self._fields[-1].in_code:
            self._fields[-1].in_code = False
            self._codes -= 1
        elif kind == "end" and self._fields:
            self._end_field(self._fields.pop())

    def _end_field(self, ended: Field) -> None:
        self._codes -= ended.in_code
        if ended.has_result:
            self._show()
        elif shown := ended.shown or circled(ended.code):
            self._emit(shown)
        elif not ended.is_silent and not self._codes:
            self._findings.counts["field"] += 1

    def _code(self, element: Element) -> None:
        if self._fields and self._fields[-1].in_code and len(self._fields[-1].code) < _LONGEST_CODE:
            self._fields[-1].code = (self._fields[-1].code + (element.text or "")).lstrip()

    def _simple_field(self, element: Element) -> None:
        self._fields.append(Field(attribute(element, "w:instr").strip(), in_code=False))
        depth = len(self._fields)
        self._walk(element)
        while len(self._fields) >= depth:
            self._end_field(self._fields.pop())

    # --- tracked changes, comments, notes ----------------------------------------------------------------------------

    def _inserted(self, element: Element) -> None:
        self._findings.counts["inserted"] += 1
        self._walk(element)

    def _moved(self, element: Element) -> None:
        self._findings.counts["moved"] += 1
        self._walk(element)

    def _deleted(self, _: Element) -> None:
        self._findings.counts["deleted"] += 1

    def _skip(self, _: Element) -> None:
        pass

    def _comment_starts(self, element: Element) -> None:
        key = attribute(element, "w:id")
        if key in self._comments:
            self._quoting[key] = self._comments[key]

    def _comment_ends(self, element: Element) -> None:
        self._quoting.pop(attribute(element, "w:id"), None)

    def _note(self, element: Element) -> None:
        if self._codes or self._is_hidden:
            return
        mark = self._notes.cite(element)
        opened = "".join(self._pieces[-1:])[-1:] in ("[", "［", "〔")  # the writer has set brackets round it
        self._emit(mark[1:-1] if opened else mark)

    # --- what is drawn -----------------------------------------------------------------------------------------------

    def _picture(self, _: Element) -> None:
        self._show()
        self._findings.counts["picture"] += 1

    def _object(self, _: Element) -> None:
        self._show()
        self._findings.counts["object"] += 1

    def _box(self, element: Element) -> None:
        self._add_box(element)

    def _word_art(self, element: Element) -> None:
        if words := element.get("string", "").strip():
            self._add_box(words)

    def _add_box(self, content: Element | str) -> None:
        self._show()
        self._boxes.append(Box(content, not "".join(self._pieces).strip()))

    def _alternatives(self, element: Element) -> None:
        """Read the first of several forms of the same thing that has something to see."""
        forms = [*children(element, "mc:Choice"), *children(element, "mc:Fallback")]
        for form in forms:
            if next(descendants(form, *_SEEN), None) is not None:
                self._walk(form)
                return


_HANDLERS: dict[str, Callable[[Running, Element], None]] = {
    "w:r": Running._run,
    "w:t": Running._text,
    "w:sym": Running._symbol,
    "w:tab": Running._tab,
    "w:ptab": Running._tab,
    "w:br": Running._break,
    "w:cr": Running._break,
    "w:noBreakHyphen": Running._hyphen,
    "w:ruby": Running._ruby,
    "m:oMath": Running._formula,
    "w:fldChar": Running._field_mark,
    "w:instrText": Running._code,
    "w:fldSimple": Running._simple_field,
    "w:ins": Running._inserted,
    "w:moveTo": Running._moved,
    "w:del": Running._deleted,
    "w:moveFrom": Running._skip,
    "w:commentRangeStart": Running._comment_starts,
    "w:commentRangeEnd": Running._comment_ends,
    "w:footnoteReference": Running._note,
    "w:endnoteReference": Running._note,
    "pic:pic": Running._picture,
    "v:imagedata": Running._picture,
    "w:object": Running._object,
    "c:chart": Running._object,
    "dgm:relIds": Running._object,
    "w:txbxContent": Running._box,
    "v:textpath": Running._word_art,
    "mc:AlternateContent": Running._alternatives,
}
