"""The number of a document (文号): the one it bears, never one that its text cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.description import days
from ingest.description.issuers import split_code

_BRACKETS = str.maketrans("【［[﹝(（〖{", "〔〔〔〔〔〔〔〔") | str.maketrans("】］]﹞)）〗}", "〕〕〕〕〕〕〕〕")
_SIGN = r"[\u4e00-\u9fff]"
_YEAR = r"(?:19|20)\d\d"
_CODE = r"(?:(?![的于对])[\u4e00-\u9fff]){1,16}"
_NUMBERED = rf"{_CODE}〔{_YEAR}〕年?第?\d{{1,5}}号"
_BARE = rf"〔{_YEAR}〕第?\d{{1,5}}号"
_COUNT = r"[\d一二三四五六七八九十百〇]{1,5}"
_BODY = r"(?:(?![的于对])[\u4e00-\u9fff]|、){2,80}?"
_ORDER_LAST = rf"{_BODY}(?:第{_COUNT}号令|〔{_YEAR}〕第?{_COUNT}号令)"
_ORDER_OF_YEAR = rf"{_BODY}令〔{_YEAR}〕第?{_COUNT}号"
_ORDER_NUMBER = (
    rf"{_ORDER_LAST}|{_ORDER_OF_YEAR}|{_SIGN}(?:(?![的于对]){_SIGN}|、){{1,80}}?(?:令|公告|通告)〔?第?{_COUNT}号〕?"
)
_YEARLY = rf"(?:(?![的于对]){_SIGN}|、){{2,40}}?(?:公告|通告|令){_YEAR}年?第{_COUNT}号"
_FIELD = re.compile(rf"(?:发文字号|文号|文件编号|发文编号)〕?[::]?({_NUMBERED}|{_BARE})")
_LINE = re.compile(rf"〔?({_NUMBERED}|{_ORDER_NUMBER}|{_YEARLY}|{_BARE})〕?(?:签发人.{{0,12}}|〔[^〔〕]{{4,60}}〕)?")
_ENDINGS = ("通知", "公告", "通告", "意见", "办法", "规定", "决定", "复函", "批复", "细则", "条例", "措施", "方案")
BEHIND_TITLE = "".join(("(?:", "|".join(f"(?<={ending})" for ending in (*_ENDINGS, "[》）)]")), ")"))  # a look-behind
_END_OF_TITLE = re.compile(
    rf"(?:〔({_NUMBERED}|{_ORDER_NUMBER}|{_YEARLY})〕|{BEHIND_TITLE}({_SIGN}{{2,12}}〔{_YEAR}〕第?\d{{1,5}}号))$"
)
_RUN_ON = re.compile(
    rf"^[^。]{{6,150}}?{BEHIND_TITLE}({_SIGN}{{1,12}}〔{_YEAR}〕第?\d{{1,5}}号)各"
)  # a head without line breaks
_START_OF_TITLE = re.compile(rf"({_SIGN}{{2,60}}?令〔{_YEAR}〕第?\d{{1,5}}号|{_ORDER_NUMBER})")
_IN_NOTE = re.compile(
    rf"(?<=[日号])({_ORDER_NUMBER}|{_YEARLY}|{_NUMBERED})(?:修订|修改|修正)?(?:公布|发布|颁布|印发|修订|修正|文)"
    rf"|^〔({_NUMBERED})(?={_YEAR}年|〕)|(?<=通过|公布|发布|印发)({_NUMBERED})〕$",
    re.MULTILINE,
)
_LAST = re.compile(r"(.+?)(〔\d{4}〕)?第?([^〔〕第]{1,5})号令")
_RED_HEAD = re.compile(rf"^{_SIGN}{{3,40}}文件$")
_LINES_PER_NUMBER = 3
_LONGEST_FIELDS = 400
_LONGEST = 100


def doc_number(titles: tuple[str, str], lines: Sequence[str], note: str) -> str | None:
    """Return the number of a document from its titles (as printed, as its file is named), the lines before its first unit and the note under its title.

    >>> doc_number(("", ""), ("黔府发 〔", "２０２２〕８ 号", "各市人民政府："), "")
    '黔府发〔2022〕8号'
    >>> doc_number(("城市绿化条例", ""), (), "1992年6月22日中华人民共和国国务院令第100号发布")
    '中华人民共和国国务院令第100号'
    >>> doc_number(("某办法（人民银行〔2020〕5号令）", ""), (), "")
    '人民银行令〔2020〕第5号'
    >>> doc_number(("", ""), ("根据国办发〔2018〕37号文件的要求，", "现通知如下："), "") is None
    True
    """
    title, name = map(_folded, titles)
    if found := _END_OF_TITLE.search(title) or _START_OF_TITLE.fullmatch(title) or _END_OF_TITLE.search(name):
        return _formal(next(filter(None, found.groups())))
    if found := _IN_NOTE.search(_folded(note)):
        return _formal(next(filter(None, found.groups())))
    return _in_lines([_RED_HEAD.sub("", _folded(line)) for line in lines])


def _in_lines(lines: Sequence[str]) -> str | None:
    """Return the number that a line, or two or three broken lines, consist of."""
    if lines and (found := _RUN_ON.search(lines[0][:_LONGEST_FIELDS])):
        return _formal(found[1])
    for line in lines:
        if (found := _FIELD.search(line[:_LONGEST_FIELDS])) and not found[1].startswith("〔"):
            return _formal(found[1])
        if len(line) <= _LONGEST and (found := _LINE.fullmatch(line)):
            return _formal(found[1])
    for index in range(len(lines)):
        for count in range(2, _LINES_PER_NUMBER + 1):
            joined = "".join(lines[index : index + count])
            if len(joined) <= _LONGEST and (found := _LINE.fullmatch(joined)):
                return _formal(found[1])
    return None


def _folded(text: str) -> str:
    return days.squeeze(text).replace("◯", "〇").translate(_BRACKETS)


def _formal(number: str) -> str:
    """Return a number in its usual form; a decree keeps its 第, which the law prints."""
    text = number.replace("〕年", "〕")
    if last := _LAST.fullmatch(text):
        return f"{last[1]}令{last[2] or ''}第{last[3]}号"
    if "令" in text or "公告" in text or "通告" in text:
        return re.sub(r"(令|公告|通告)〔?第?([^〔〕]{1,5})号〕?$", r"\1第\2号", text)
    letters, mark, rest = text.replace("〕第", "〕").partition("〔")
    return f"{split_code(letters)[1]}{mark}{rest}"


def code(number: str) -> str:
    """Return the letters before the year (机关代字).

    >>> code("国办发〔2018〕37号")
    '国办发'
    """
    return number.partition("〔")[0]
