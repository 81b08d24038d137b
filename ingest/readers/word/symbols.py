"""Characters of Word's symbol fonts, which stand at U+F020 to U+F0FF or in `w:sym`, as the signs that are seen."""

from __future__ import annotations

UNKNOWN = "▯"  # stands for a sign that we do not know
_FIRST, _LAST = 0xF000, 0xF0FF


def _row(first: int, signs: str) -> dict[int, str]:
    """Signs from a code on; a blank stands for one that has no character of its own."""
    return {code: sign for code, sign in enumerate(signs, first) if sign != " "}


_SYMBOL = {
    0x20: " ",
    **_row(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_row(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"),
    **_row(0xF1, "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
}
_WINGDINGS = {
    0x20: " ",
    **_row(0x45, "☜☞"),
    **_row(0x6C, "●❍■□❐❑❒⬧⧫◆❖⬥⌧"),
    **_row(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_row(0x9E, "·•▪○"),
    **_row(0xA4, "◉◎ ▪◻"),
    **_row(0xAB, "★"),
    **_row(0xB2, "✧"),
    **_row(0xD8, "➢"),
    **_row(0xDC, "➲"),
    **_row(0xDF, "←→↑↓"),
    0xE8: "➔",
    **_row(0xEF, "⇦⇨⇧⇩"),
    **_row(0xFB, "✗✓☒☑"),
    0x22: "✂",
    0x28: "☎",
    0x2A: "✉",
    0xA8: "□",
}
_WINGDINGS_2 = {0x4F: "✗", **_row(0x50, "✓☒☑☒☒"), **_row(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩"), 0x97: "●", 0xA2: "■", 0xA3: "□"}
_WINGDINGS_3 = {**_row(0x70, "▲▼△▽◀▶"), 0x7D: "▶"}
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗"}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def sign(code: int, font: str) -> str:
    """Return the sign that a font shows for a code, UNKNOWN where we do not know it.

    >>> sign(0xF0FE, "Wingdings"), sign(0xF0A3, "Wingdings 2"), sign(0xB3, "Symbol"), sign(0x2460, "宋体"), sign(0xF001, "")
    ('☑', '□', '≥', '①', '▯')
    """
    table = _FONTS.get(font.lower())
    if table is None and not _FIRST <= code <= _LAST:
        return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else UNKNOWN
    return (table or _WINGDINGS).get(code & 0xFF, UNKNOWN)


def is_private(text: str) -> bool:
    """Tell whether a text holds characters that only a symbol font can show."""
    return any(chr(_FIRST) <= c <= chr(_LAST) for c in text)


def seen(text: str, font: str) -> str:
    """Return a text with the characters of a symbol font as the signs that are seen."""
    return "".join(sign(ord(c), font) if chr(_FIRST) <= c <= chr(_LAST) else c for c in text)
