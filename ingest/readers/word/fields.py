"""Fields: what they show is text, the code that makes it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.readers.word.number_formats import written
from ingest.readers.word.xml import Element, child, children, number, switch, value

_SHOWS_NOTHING = {  # by its nature, or before it is filled in
    *("TC", "XE", "TA", "RD", "SET", "ASK", "PRIVATE", "PRINT", "ADVANCE", "COMMENTS", "NEXT", "NEXTIF", "SKIPIF"),
    *("BOOKMARK", "HYPERLINK", "TOC", "INDEX", "FORMTEXT", "ADDIN", "GOTOBUTTON", "DATABASE", "CITATION", ""),
}
_CIRCLED = re.compile(r"\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯]\s*[,;，]\s*(\S{1,3}?)\s*\)", re.IGNORECASE)
_CIRCLED_HAN = dict(zip("一二三四五六七八九十", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", strict=True))


@dataclass(slots=True)
class Field:
    """An open field."""

    code: str = ""
    in_code: bool = True  # its result has not begun
    has_result: bool = False
    shown: str = ""  # what it shows though it stores no result

    @property
    def is_silent(self) -> bool:
        """Whether a field without a result shows nothing in print either."""
        return self.code.partition(" ")[0].upper() in _SHOWS_NOTHING


def form_control(begin: Element) -> str:
    """Return what a box or a list of an old form shows, whose state stands at the beginning of its field."""
    data = child(begin, "w:ffData")
    if (box := child(data, "w:checkBox")) is not None:
        checked = switch(box, "w:checked")
        return "☑" if (switch(box, "w:default") if checked is None else checked) else "□"
    if (options := child(data, "w:ddList")) is not None:
        entries = [value(entry) for entry in children(options, "w:listEntry")]
        chosen = number(
            child(options, "w:result") if child(options, "w:result") is not None else child(options, "w:default")
        )
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def circled(code: str) -> str:
    r"""Return the circled character that the code of a field draws, "" where it draws none.

    >>> circled(r"eq \o\ac(○,3)"), circled(r"EQ \o\ac(○,二)"), circled("PAGE")
    ('③', '㊁', '')
    """
    match = _CIRCLED.search(code) if code[:2].upper() == "EQ" else None
    if match is None:
        return ""
    inner = match[1]
    circled_number = written(int(inner), "decimalEnclosedCircle") if inner.isdecimal() else None
    return circled_number or _CIRCLED_HAN.get(inner, inner)
