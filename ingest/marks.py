"""What single lines of an official document are told by: title, number, addressee, date, closing formula, attachment."""

from __future__ import annotations

import re

_TITLE_WORDS = (
    "法|条例|规定|办法|细则|规则|规程|准则|决定|决议|命令|令|通知|通告|公告|公报|通报|意见|方案|规划|纲要|计划|要点|措施|举措|政策|制度|"
    "批复|复函|函|答复|批示|请示|报告|解释|说明|解读|问答|指引|指南|指导意见|标准|规范|目录|清单|名单|总则|章程|协议|公约|议定书|若干条|十条|"
    "修正案|裁量基准|基准|简则|须知|预案|节录|附则"
)
_WEAK_TITLE_WORDS = (
    "流程|机制|体系|合同|责任书|责任制|要求|安排|分工|工作|行动|提示|建议|提案|编"  # they end a first half, too
)
_TAIL = r"(?:[(〈<《\[【][^()〈〉<>《》\[\]【】]{1,40}[)〉>》\]】])*"
_TITLE = re.compile(rf"[^。；;！!？?]*?(?:{_TITLE_WORDS})[》〉”\"]?{_TAIL}[》〉]?")
_WEAK_TITLE = re.compile(rf"[^。；;！!？?]*?(?:{_WEAK_TITLE_WORDS}){_TAIL}")
_ENDS_SENTENCE = re.compile(r"[。；;！!？?，,：:、]$")
_DOC_NUMBER = re.compile(
    r"[^\s，。]{1,30}[\[(〔【﹝〈]\s*(?:19|20)[\d*Xx×]{2}\s*[\])〕】﹞〉]?\s*(?:第?\s*[\d*Xx×]{1,5}\s*号)"
)
_DATE_WORDS = r"(?:(?:19|20)[\dXx×*]{2}\s*年\s*[\dXx×*]{0,2}\s*月(?:\s*[\dXx×*]{0,2}\s*日)?|[一二][〇零○ＯO0Ｏ九一二三四五六七八]{3}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2})"
_DATE = re.compile(rf"[(（]?{_DATE_WORDS}(?:\s*\d{{1,2}}:\d\d(?::\d\d)?)?[)）]?")
_DATE_END = re.compile(rf"{_DATE_WORDS}(?:印发|发布|公布)?[)）]?$")
_BODY_END = re.compile(
    r"(?:人民政府|办公厅|办公室|委员会|政府|管委会|[省市县区国]?[\u4e00-\u9fff]{0,20}(?:局|厅|部|委|署|院|会|中心|处|队|所|站|公司|总行|分行|银行|秘书处|领导小组|指挥部|办|行署|联席会议))"
    r"(?:[(（][\u4e00-\u9fff]{1,12}[)）])?"
)
_INSTRUMENT = r"(?:通知|意见|办法|规定|细则|措施|举措|政策|方案|文件|公告|通告|条例|规则|制度|指引|指导意见|决定|标准|规程|规范|若干措施|预案|指南|操作规程|实施意见|实施细则|基准|规划|清单|纲要|要求|条款|批复)"
_FORMULA = re.compile(
    rf"(?:(?:以上|上述|本|此|该)[\u4e00-\u9fff“”《》]{{0,10}}{_INSTRUMENT}(?:中[\u4e00-\u9fff]{{0,6}})?(?:\([^()]{{0,20}}\))?"
    rf"[^。；]{{0,24}}?(?:自[^。；]{{0,40}}?(?:施行|执行|实施|生效|起|有效|试行|日)|有效期|由[^。；]{{2,40}}?(?:负责解释|解释)|执行(?:期|时间|到|至)|实施期|施行|试行期)|"
    rf"自(?:(?:发布|印发|公布|下发|发文|颁布|本{_INSTRUMENT}[^。；]{{0,6}})之日|[\d一二〇年月日]{{4,14}})起[^。；]{{0,10}}(?:施行|执行|实施|生效|试行)|"
    rf"特此(?:通知|公告|通告|函复|批复|函告|复函|公布|说明|报告|请示|答复|通报)|"
    rf"有效期(?:限)?(?:为|至|[一二三四五六七八九十\d])|"
    rf"(?:此前|以前|之前|原)[^。；]{{0,40}}(?:与本{_INSTRUMENT}[^。；]{{0,6}}不一致|同时废止|以本{_INSTRUMENT}为准)|"
    rf"(?:本{_INSTRUMENT})?(?:未尽事宜|执行中(?:如有|如遇|遇到|有何|存在)|在执行过程中)[^。；]{{0,60}}|"
    r"附件[ ]*:[ ]*(?:1|《)|此复|专此|此页无正文|以上意见[,，]?请|请遵照执行|妥否,请)"
)
_SIGN_OFF = re.compile(
    r"[(（]?(?:此件|本件|此文)?(?:主动|依申请|不予|此件)?公开(?:发布|方式|属性|形式|选项)?[:：]?[^。]{0,12}[)）]?$|[(（]本文有删减[)）]|"
    r"抄\s*[送报]\s*[:：]|主送\s*[:：]|[^。]{2,30}(?:办公[厅室]|秘书处|综合处)[\s\u3000]*(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日)印发|"
    r"(?:联系人|联系电话|联系方式|咨询电话|监督电话|联系地址|传真|邮编|邮箱|电子邮箱)\s*[:：]|[(（]联系人[:：]|(?:上一篇|下一篇|相关(?:链接|附件|阅读|解读)|来源|责任编辑|编辑|打印|扫一扫|分享到|信息来源|文件下载|附件下载|政策解读)\s*[:：]|参考文献|"
    r"\[?(?:打印|关闭)(?:本页|窗口)?\]?$|https?://|!?\[[^\]]*\]\("
)
_ATTACHMENT = re.compile(
    r"(附\s?(?:件|表|录|图|注|(?![ \u3000]*则))\s?(?:[\d一二三四五六七八九十]{1,3}(?:[-—－]\d{1,2})?)?)\s*(?:[:：.、]|(?=[\s\u3000]|$|[《]))[ \u3000]*"
)
_ADDRESSEE = re.compile(r"[^。]{2,400}[:：]")


def is_title(words: str, *, weak: bool = True) -> bool:
    """Tell whether a line (shadow text) can be a document's title; a `weak` one ends in a word that titles seldom end in."""
    squeezed = re.sub(r"[ \u3000\n]", "", words)
    if (
        not 3 <= len(squeezed) <= 120
        or _ENDS_SENTENCE.search(squeezed)
        or _DATE.fullmatch(squeezed)
        or is_history(squeezed)
    ):
        return False
    if squeezed.count("《") != squeezed.count("》"):
        return False
    named = _TITLE.fullmatch(squeezed) or (weak and _WEAK_TITLE.fullmatch(squeezed))
    return bool(named) and not _DOC_NUMBER.fullmatch(squeezed) and not is_sign_off(squeezed)


def is_unnamed_title(words: str) -> bool:
    """Tell whether a first line can be a title though it names no kind of document."""
    plain = 8 <= len(words) <= 80 and not _ENDS_SENTENCE.search(words) and not words.startswith(("(", "-", "|", "#"))
    return plain and not (
        is_doc_number(words) or is_date(words) or is_signature(words) or is_sign_off(words) or is_history(words)
    )


def is_history(words: str) -> bool:
    """Tell whether a line is a 题注: when a text was passed, published or revised."""
    return re.match(rf"[(（]?{_DATE_WORDS}.{{0,80}}?(?:通过|公布|发布|修[正订改]|施行|批准|令|起草)", words) is not None


def is_doc_number(words: str) -> bool:
    """Tell whether a line is a 文号, alone or behind the issuer's red head."""
    squeezed = re.sub(r"[ \u3000\n]", "", words)
    return (
        len(squeezed) <= 60
        and _DOC_NUMBER.search(squeezed) is not None
        and not _ENDS_SENTENCE.search(squeezed)
        and "《" not in squeezed
    )


def is_date(words: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    return (
        _DATE.fullmatch(words.strip(" \u3000")) is not None
        or _DATE.fullmatch(re.sub(r"[ \u3000\n]", "", words)) is not None
    )


def is_signature(words: str) -> bool:
    """Tell whether a line names issuing bodies, with or without a date behind, and nothing else."""
    squeezed = re.sub(rf"{_DATE_WORDS}$", "", re.sub(r"[ \u3000\n]", "", words))
    if not 2 <= len(squeezed) <= 120 or re.search(r"[。；：，:;,]", squeezed):
        return False
    return all(
        _BODY_END.search(part) and len(part) <= 40
        for part in re.split(r"[ \u3000、]+", words.strip())
        if not is_date(part)
    ) and bool(re.search(_BODY_END.pattern + "$", squeezed))


def is_formula(words: str) -> bool:
    """Tell whether a line opens with a sentence on force, validity or interpretation of the whole document."""
    return _FORMULA.match(words) is not None


def formula_within(words: str, start: int) -> int | None:
    """Return where the first closing formula after `start` begins, right behind a full stop, or None."""
    for stop in re.finditer(r"[。；)\d\u4e00-\u9fff](?=(?:以上|上述|本|自|特此|有效期|附件|此复))", words[start:]):
        if _FORMULA.match(words, start + stop.end()):
            return start + stop.end()
    return None


def signature_within(words: str, start: int) -> int | None:
    """Return where bodies and a date sign off at the end of a run-on text, behind its last full stop, or None."""
    at = max(words.rfind("。", start), words.rfind(";", start)) + 1
    rest = words[at:].strip()
    return at if at > start and len(rest) <= 120 and _DATE_END.search(rest) and _BODY_END.search(rest) else None


def split_head(words: str) -> tuple[int, int] | None:
    """Return where the title begins and ends in a head that has lost its line breaks, or None.

    >>> head = "某市民政局文件某民发〔2022〕4号某市民政局关于加强养老服务管理的通知各县民政局,"
    >>> head[slice(*split_head(head))]
    '某市民政局关于加强养老服务管理的通知'
    """
    number = re.match(rf".{{0,80}}?{_DOC_NUMBER.pattern}", words)
    start = number.end() if number else 0
    title = re.match(
        r"[^。；:;,，]{0,60}?(?:关于|印发|转发)[^。；:;]{2,120}?的?(?:通知|意见|决定|公告|通告|批复|复函|函|方案|办法|措施|规定)(?:\([^()]{1,12}\))?",
        words[start:],
    )
    return (start, start + title.end()) if title else None


def is_sign_off(words: str) -> bool:
    """Tell whether a line is one of those that stand behind a document: 公开, 抄送, contact, page remains."""
    return _SIGN_OFF.match(words) is not None


def attachment_label(words: str) -> re.Match[str] | None:
    """Return the match of a line's 附件 label (group 1 is the label), or None."""
    return _ATTACHMENT.match(words)


def is_enclosing(words: str) -> bool:
    """Tell whether a text only issues or passes on what it encloses."""
    return (
        len(words) <= 1500
        and re.search(r"印发|发布|公布|转发|颁布|批准|请(?:遵照|认真|结合|贯彻|抓好)", words) is not None
    )


def is_addressee(words: str) -> bool:
    """Tell whether a line names whom the document is sent to."""
    return _ADDRESSEE.fullmatch(words) is not None
