"""What single lines of an official document are told by: title, number, addressee, date, closing formula, attachment.

All functions take shadow text (see `labels`). The words are those of `lexicon/structure.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.structure.labels import shadow
from tiaoli.lexicon import texts

_BRACKETS = r"(?:[(〈<《\[【][^()〈〉<>《》\[\]【】]{1,40}[)〉>》\]】])*"
_ENDS_SENTENCE = re.compile(r"[。；;！!？?，,：:、]$")
_YEAR = r"(?:19|20)(?:[\dXx×*]{2}|\*)"
# Blanks are matched possessively (*+): a line may hold any number of them.
_DOC_NUMBER = rf"[^\s，。]{{1,30}}[\[(〔【﹝〈]\s*+{_YEAR}\s*+[\])〕】﹞〉]?\s*+第?\s*+[\d*Xx×]{{1,5}}\s*+号"
_DAY = (
    rf"(?:{_YEAR}\s*+年\s*+[\dXx×*]{{0,2}}\s*+月(?:\s*+[\dXx×*]{{0,2}}\s*+日)?"
    r"|[一二][〇零○ＯO九一二三四五六七八]{3}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?"
    r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2})"
)
_DATE = re.compile(rf"[(（]?{_DAY}(?:\s*\d{{1,2}}:\d\d(?::\d\d)?)?[)）]?")
_DATE_AT_END = re.compile(rf"{_DAY}(?:印发|发布|公布)?[)）]?$")
_HISTORY = re.compile(rf"[(（]?{_DAY}.{{0,80}}?(?:通过|公布|发布|修[正订改]|施行|批准|令|起草)")
_ATTACHMENT = re.compile(
    r"(附\s?(?:件|表|录|图|注|(?![ \u3000]*则))\s?(?:[\d一二三四五六七八九十]{1,3}(?:[-—－]\d{1,2})?)?)"
    r"\s*(?:[:：.、]|(?=[\s\u3000]|$|[《]))[ \u3000]*"
)
_BEFORE_FORMULA = re.compile(
    r"[。；)\d\u4e00-\u9fff](?=(?:以上|上述|本|自|特此|有效期|附件|此复|联系(?:人|电话|方式)[:：]))"
)
_TO_FILL_IN = re.compile(
    r"[□☐]|[_＿]{2,}|年[ \u3000]{2,}月|月[ \u3000]{2,}日|\(?(?:公章|盖章|签字|签名|签章)[):]|〔[ \u3000]*〕|[:：]$"
)
_FEWEST_TO_FILL_IN = 3
_LONGEST_FIELD = 25  # characters of a line of a form that is no sentence
_LEAST_SHARE_OF_FIELDS = 0.6
_ENCLOSES = re.compile(r"印发|发布|公布|转发|颁布|批准|请(?:遵照|认真|结合|贯彻|抓好)")
_ADDRESSEE = re.compile(r"[^。]{2,400}[:：]")
_PUBLIC = (
    r"[(（]?(?:(?:此件|本件|此文)?(?:主动|依申请|不予)公开|(?:此件|本件|此文)公开"
    r"|公开(?=发布|方式|属性|形式|选项|[:：)）]|$))(?:发布|方式|属性|形式|选项)?[:：]?[^。]{0,12}[)）]?$"
)
_PRINTED = rf"[^。]{{2,30}}(?:办公[厅室]|秘书处|综合处)[\s\u3000]*{_DAY}印发"
_LONGEST_TITLE = 120  # characters, here and below
_LONGEST_UNNAMED_TITLE = 80
_LONGEST_HALF_TITLE = 30
_LONGEST_DOC_NUMBER = 60  # with the red head before it
_LONGEST_SIGNATURE = 120
_LONGEST_BODY = 60
_LONGEST_BODY_END = 40  # of the end of a signature that must read like a body's name
_LONGEST_ENCLOSING_TEXT = 1500


def _squeezed(words: str) -> str:
    return re.sub(r"[ \u3000\n]", "", words)


def _any_of(table: str) -> str:
    return "|".join(re.escape(shadow(text)) for text in texts("structure", table))


@cache
def _title(table: str) -> re.Pattern[str]:
    return re.compile(rf"[^。；;！!？?]*?(?:{_any_of(table)})[》〉”\"]?{_BRACKETS}[》〉]?")


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff()*×]{{0,30}}(?:{_any_of('body_end')})(?:[(（][\u4e00-\u9fff]{{1,12}}[)）])?")


@cache
def _formula() -> re.Pattern[str]:
    """Sentences on force, validity and interpretation of the whole document, and set phrases of farewell."""
    instrument, force = f"(?:{_any_of('instrument')})", f"(?:{_any_of('force')})"
    itself = rf"(?:以上|上述|本|此|该)[\u4e00-\u9fff“”《》]{{0,10}}{instrument}(?:中[\u4e00-\u9fff]{{0,6}})?(?:\([^()]{{0,20}}\))?"
    counts = rf"(?:自[^。；;]{{0,40}}?(?:{force}|起|日)|有效期|由[^。；;]{{2,40}}?解释|执行(?:期|时间|到|至)|实施期|试行期|{force})"
    since = rf"自(?:(?:发布|印发|公布|下发|发文|颁布|本{instrument}[^。；;]{{0,6}})之日|[\d一二〇年月日]{{4,14}})起[^。；;]{{0,10}}{force}"
    parts = rf"第[\d一二三四五六七八九十百、至和及]{{1,12}}条(?:{instrument})[^。；;《]{{0,12}}?自[\d一二〇年月日]{{4,14}}起?[^。；;]{{0,6}}{force}"
    former = rf"(?:[我本][部局委厅办市县省][\u4e00-\u9fff]{{0,6}})?(?:此前|以前|之前|原)[^。；;]{{0,40}}(?:与本{instrument}[^。；;]{{0,6}}不一致|同时废止|以本{instrument}为准)"
    queries = rf"(?:本{instrument})?(?:未尽事宜|执行中(?:如有|如遇|遇到|有何|存在)|在执行过程中)"
    listed = r"附件[ ]*:[ ]*(?:1|《)|联系(?:人|电话|方式):"
    return re.compile(
        rf"(?:{itself}[^。；;《]{{0,24}}?{counts}|{since}|{parts}|有效期(?:限)?(?:为|至|[一二三四五六七八九十\d])|{former}|{queries}|{listed}"
        rf"|{_any_of('farewell')})"
    )


@cache
def _sign_off() -> re.Pattern[str]:
    page = r"(?:\[?(?:打印|关闭)(?:本页|窗口)?\]?[ \u3000]*)+$|https?://|!?\[[^\]]*\]\(|参考文献|[(（]本文有删减[)）]"
    return re.compile(rf"{_PUBLIC}|{_PRINTED}|[(（]?(?:{_any_of('remain')})\s*[:：]|抄\s+[送报]\s*[:：]|{page}")


def is_title(words: str, *, weak: bool = True) -> bool:
    """Tell whether a line can be a document's title; a `weak` one ends in a word that titles seldom end in."""
    squeezed = _squeezed(words)
    if not 3 <= len(squeezed) <= _LONGEST_TITLE or squeezed.count("《") != squeezed.count("》") or squeezed == "目录":
        return False
    if _ENDS_SENTENCE.search(squeezed) or _DATE.fullmatch(squeezed) or is_history(squeezed):
        return False
    named = _title("title_end").fullmatch(squeezed) or (weak and _title("half_title_end").fullmatch(squeezed))
    return bool(named) and not re.fullmatch(_DOC_NUMBER, squeezed) and not is_sign_off(squeezed)


def is_unnamed_title(words: str) -> bool:
    """Tell whether a first line can be a title though it names no kind of document."""
    sized = 8 <= len(words) <= _LONGEST_UNNAMED_TITLE
    plain = sized and not _ENDS_SENTENCE.search(words) and not words.startswith(("(", "-", "|", "#"))
    others = (is_doc_number, is_date, is_signature, is_sign_off, is_history)
    return plain and not any(other(words) for other in others)


def is_half_title(words: str) -> bool:
    """Tell whether a line can be the first half of a title over two lines: short, unfinished, and nothing else."""
    others = (is_title, is_doc_number, is_date, is_signature, is_sign_off, is_history)
    plain = (
        4 <= len(words) <= _LONGEST_HALF_TITLE
        and re.fullmatch(r"[\u4e00-\u9fff“”、\d—-]+", words)
        and not words.endswith(("文件", "："))
    )
    return bool(plain) and not any(other(words) for other in others)


def is_history(words: str) -> bool:
    """Tell whether a line is a 题注: when a text was passed, published or revised."""
    return _HISTORY.match(words) is not None


def is_doc_number(words: str) -> bool:
    """Tell whether a line is a 文号, alone or behind the issuer's red head."""
    squeezed = _squeezed(words)
    plain = len(squeezed) <= _LONGEST_DOC_NUMBER and not _ENDS_SENTENCE.search(squeezed) and "《" not in squeezed
    return plain and re.search(_DOC_NUMBER, squeezed) is not None


def is_date(words: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    return _DATE.fullmatch(words.strip(" \u3000")) is not None or _DATE.fullmatch(_squeezed(words)) is not None


def is_signature(words: str) -> bool:
    """Tell whether a line names issuing bodies, with or without a date behind, and nothing else."""
    squeezed = re.sub(rf"{_DAY}$", "", _squeezed(words))
    if not 2 <= len(squeezed) <= _LONGEST_SIGNATURE or re.search(r"[。；：，:;,]", squeezed):
        return False
    parts = [part for part in re.split(r"[\s\u3000、]+", words.strip()) if not is_date(part)]
    return _body().fullmatch(squeezed[-_LONGEST_BODY_END:]) is not None and all(
        len(part) <= _LONGEST_BODY and (_body().search(part) or len(part) == 1) for part in parts
    )


def is_formula(words: str) -> bool:
    """Tell whether a line opens with a sentence on force, validity or interpretation of the whole document."""
    return _formula().match(words) is not None


def formula_within(words: str, start: int, end: int) -> int | None:
    """Return where the first closing formula between two places begins, right behind a full stop, or None."""
    stops = (found.end() for found in _BEFORE_FORMULA.finditer(words, start, end))
    return next((stop for stop in stops if _formula().match(words, stop, end)), None)


def signature_within(words: str, start: int, end: int) -> int | None:
    """Return where bodies and a date sign off at `end` of a run-on text, behind the last full stop after `start`, or None."""
    at = max(words.rfind("。", start, end), words.rfind(";", start, end)) + 1
    if at <= start:
        return None
    rest = words[at:end].strip()
    return at if len(rest) <= _LONGEST_SIGNATURE and _DATE_AT_END.search(rest) and _body().search(rest) else None


def split_head(words: str) -> tuple[int, int] | None:
    """Return where the title begins and ends in a head that has lost its line breaks, or None.

    >>> head = "某市民政局文件某民发〔2022〕4号某市民政局关于加强养老服务管理的通知各县民政局,"
    >>> head[slice(*split_head(head))]
    '某市民政局关于加强养老服务管理的通知'
    """
    head = re.match(rf"[^，,。:;]{{0,80}}?{_DOC_NUMBER}|(?P<red>[\u4e00-\u9fff]{{4,20}})(?=(?P=red))", words)
    start = head.end() if head and _is_whole(head[0]) else 0
    for pattern in _run_on_titles():
        title = pattern.match(words, start)
        if title and _is_whole(title[1]):
            return start, title.end(1)
    return None


def _is_whole(words: str) -> bool:
    """Tell whether words cut no quotation, title or bracket in two."""
    return all(words.count(a) == words.count(b) for a, b in ("“”", "《》", "()", "<>"))


@cache
def _run_on_titles() -> tuple[re.Pattern[str], ...]:
    """How titles go in a head that has lost its line breaks, the surest first."""
    ends, bracket = f"(?:{_any_of('title_end')})", r"(?:\([^()]{1,12}\))?"
    about = r"(?!为|根据|按照|依据|依照|经|现|各|在|对|自)[^。；:;,，]{0,60}?(?:关于|印发|转发)[^。；:;,，]{2,120}"
    return (
        re.compile(rf"({about}?的{ends}{bracket})"),
        re.compile(rf"({about}{ends}{bracket})"),
        re.compile(rf"((?!为|根据|按照|依据)[^。；:;,，]{{4,60}}?{ends}{bracket})(?=第一[章条]|为了?|根据|依据|按照)"),
    )


def is_sign_off(words: str) -> bool:
    """Tell whether a line is one of those that stand behind a document: 公开, 抄送, contact, page remains."""
    return _sign_off().match(words) is not None


@cache
def _about_all() -> re.Pattern[str]:
    everyone = r"各(?:地|级|部门|有关|相关|成员单位|单位|省|市|州|县|区|乡|镇|街)[^。；]{0,40}?(?:要|应|须|负责|可以?|结合|根据)"
    return re.compile(rf"(?:以上|上述|本)(?:{_any_of('instrument')})|{everyone}")


def is_about_all(words: str) -> bool:
    """Tell whether a paragraph speaks of the whole document or to all whom it is sent to: 各地要…, 本措施适用于…."""
    return _about_all().match(words) is not None


@cache
def _form_title() -> re.Pattern[str]:
    return re.compile(rf"[^。；，,:：]{{2,40}}(?:{_any_of('form_end')}){_BRACKETS}")


def is_form_title(words: str) -> bool:
    """Tell whether a line is the title of a form that is to be filled in: 审批表, 承诺书（样式）."""
    return _form_title().fullmatch(words) is not None


def is_form(lines: Sequence[str], *, titled: bool) -> bool:
    """Tell whether lines are those of a form: places to sign, to tick and to write in, and hardly a sentence.

    One such place is enough where the title says that it is a form, and most lines are short.
    """
    places = sum(_TO_FILL_IN.search(words) is not None for words in lines)
    sentences = sum(len(words) > _LONGEST_FIELD and words[-1] in "。；;" for words in lines)
    short = sum(len(words) <= _LONGEST_FIELD for words in lines)
    if titled and places and short >= _LEAST_SHARE_OF_FIELDS * len(lines):
        return True
    return places >= _FEWEST_TO_FILL_IN and places > sentences


def attachment_label(words: str) -> re.Match[str] | None:
    """Return the match of a line's 附件 label (group 1 is the label), or None."""
    return _ATTACHMENT.match(words)


def is_enclosing(words: str) -> bool:
    """Tell whether a text only issues or passes on what it encloses."""
    return len(words) <= _LONGEST_ENCLOSING_TEXT and _ENCLOSES.search(words) is not None


def is_addressee(words: str) -> bool:
    """Tell whether a line names whom the document is sent to."""
    return _ADDRESSEE.fullmatch(words) is not None
