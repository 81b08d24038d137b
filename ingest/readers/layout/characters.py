"""Characters that a text layer gives for others: radicals for the characters they look like, nothing for what it lost."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

_UNKNOWN = "\ufffd"
_HYPHENS = "\x02\xad\ufffe"  # what stands for a hyphen at the end of a line
# Radicals without a decomposition that look like a whole character, and that character.
_RADICALS = dict(
    zip(
        "⺒⺓⺜⺝⺠⺧⺩⺬⺮⺶⺻⺼⺽⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⼾",
        "巳幺日月民牛王示竹羊聿月臼虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀户",
        strict=True,
    )
)


class Characters:
    """Gives each character as a person reads it, and counts what it had to change or does not know."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def read(self, code: int, *, mapped: bool = True) -> str:
        """Return a character by its code; `mapped` says whether the file tells what it is."""
        c = chr(code) if 0 < code < 0x110000 else _UNKNOWN
        if 0x4E00 <= code <= 0x9FFF or 0x20 < code < 0x7F:
            return c
        if c in _HYPHENS:
            return "-"
        if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp"):
            return c if c == "\u3000" else " "
        if alike := _look_alike(c):
            self._counts["alike"] += 1
            return alike
        if not mapped or unicodedata.category(c) in ("Co", "Cn", "Cs") or c == _UNKNOWN:
            self._counts["unknown"] += 1
            return _UNKNOWN if unicodedata.category(c) in ("Cn", "Cs") else c
        return unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufb06" else c

    @property
    def unknown(self) -> int:
        """How many characters were not known."""
        return self._counts["unknown"]

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield what is to report."""
        if count := self._counts["alike"]:
            yield "look_alikes", f"有 {count} 个部首或兼容字形的字（如“⽅”“⻓”）已换成通用汉字"
        if count := self._counts["unknown"]:
            yield "unknown_characters", f"有 {count} 个字符无法识别（字体没有注明对应的文字），请对照原文件核对"


def _look_alike(c: str) -> str:
    """Return the ordinary character that a radical or a compatibility form is printed as, "" for all others."""
    if "\u2e80" <= c <= "\u2fdf":
        return _RADICALS.get(c) or _decomposed(c)
    return _decomposed(c) if "\uf900" <= c <= "\ufaff" else ""


def _decomposed(c: str) -> str:
    other = unicodedata.normalize("NFKC", c)
    return other if other != c and len(other) == 1 else ""
