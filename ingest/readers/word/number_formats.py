"""How Word writes the numbers of lists and notes: 一, 壹, 甲, 子, ①, ⑴, １, A, iv."""

from __future__ import annotations

from collections.abc import Callable

from tiaoli.numerals import to_chinese

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LARGEST_CHINESE = 9999
_LARGEST_ROMAN = 3999
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_LETTERS = 30  # of one number; Word starts over behind

Write = Callable[[int], str]


def written(number: int, form: str) -> str | None:
    """Return a number as a format of Word's writes it, None where we do not know the format.

    >>> [written(12, form) for form in ("chineseCounting", "decimalZero", "lowerLetter", "upperRoman", "bahtText")]
    ['十二', '12', 'l', 'XII', None]
    """
    write = _FORMATS.get(form)
    return write and write(number)


def digits_by(pattern: str, number: int) -> str:
    """Return a number as a pattern of a format of its own has it: "001, 002, ..." makes all three digits wide."""
    return str(number).zfill(len(pattern.partition(",")[0].strip()))


def _chinese(number: int) -> str:
    return to_chinese(number) if 0 <= number <= _LARGEST_CHINESE else str(number)


def _japanese(number: int) -> str:
    """百十一: no 一 before a unit, no 零 between."""
    return _chinese(number).replace("零", "").replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _legal(table: dict[int, int]) -> Write:
    """壹拾贰: a unit never stands without its digit."""
    return lambda number: ("一" * (10 <= number < 20) + _chinese(number)).translate(table)


def _digit_by_digit(digits: str) -> Write:
    return lambda number: "".join(digits[int(c)] if c.isdecimal() else c for c in str(number))


def _listed(signs: str) -> Write:
    """One sign a number; behind the last, the number itself."""
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _enclosed(first: str, count: int) -> Write:
    return _listed("".join(chr(ord(first) + n) for n in range(count)))


def _cycle(number: int) -> str:
    """甲子, 乙丑: stems and branches, sixty of them."""
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


def _letters(number: int) -> str:
    """Twenty-six letters, then aa, bb …"""
    if number < 1:
        return ""
    rounds, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (rounds % _MOST_LETTERS + 1)


def _roman(number: int) -> str:
    if not 1 <= number <= _LARGEST_ROMAN:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        out += sign * times
    return out


_FORMATS: dict[str, Write] = {
    "": str,
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": _digit_by_digit("０１２３４５６７８９"),
    "decimalFullWidth2": _digit_by_digit("０１２３４５６７８９"),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal(_LEGAL),
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL),
    "ideographDigital": _digit_by_digit(_DIGITS),
    "taiwaneseDigital": _digit_by_digit(_DIGITS),
    "japaneseDigitalTenThousand": _digit_by_digit(_DIGITS),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographZodiacTraditional": _cycle,
    "ideographEnclosedCircle": _enclosed("㈠", 10),
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedCircleChinese": _enclosed("①", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "bullet": lambda number: "",
    "none": lambda number: "",
}
