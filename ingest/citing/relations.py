"""What a citation is for, told by the words around it: applied, founded on, amended, repealed, or only named."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from ingest.citing.addresses import Mark
from tiaoli.lexicon import texts
from tiaoli.provisions import OWN

_LONGEST_GAP = 60  # characters between two citations of one list
_SENTENCE = 800  # characters of a sentence that are looked at behind a citation
_STOPS = re.compile(r"[。；;！？]|\n")
_PAUSES = re.compile(r"[，,：:（(”】\t]")
_CHAIN = re.compile(
    r"(?:\s|[（(][^（()）]{0,40}[)）])*(?:的?(?:有关|相关)?规定)?(?:\s|、|，|,|和|及|与|或者|或|以及|并且|原)*(?:其|其他)?"
)
# In a list of titles the body that issued the next one may stand before it: 国务院《甲意见》、省政府《乙通知》
_CHAIN_OF_TITLES = re.compile(
    _CHAIN.pattern + r"(?:[\u4e00-\u9fff]{0,14}(?:院|府|厅|局|部|委|办|会|行|署|省|市|县|区|上|级|州|央|家))?"
)
_REPEALED = re.compile(r"废止|停止执行|停止施行")
_UP_TO_REPEALED = re.compile(  # between two 、 or ， on the way from the citation to 废止, without titles and brackets
    r"(?:等.{0,12}|.{0,60}(?:发布|公布|批准|通过|制定|颁布|印发|下发|施行)的?|自.{1,25}起|于.{1,15}日"
    r"|(?:\d{4}年\d{1,2}月\d{1,2}日)?[\u4e00-\u9fff]{1,25}(?:院|府|厅|局|部|委|办|会|行|署))?"
    r"(?:的|原|规定|中)?(?:予以|即行|一并|相应|同时|全部|现予|均|亦|也|即){0,4}"
)
_REPEALING = re.compile(r"废止(?:了|的)?$")
_TAKEN_OUT = re.compile(r"《[^》]{0,150}》|[（(][^（()）]{0,60}[)）]")
_AMENDED = re.compile(
    r"(?:中的?|的|第[^，。；]{1,20})?[^，。；“、]{0,4}(?:“[^”]{1,300}”)?[^、]{0,20}?(?:修改为|修改成|增加[一二两三四五六七八九十第]|删去|删除|修改如下|作(?:出)?(?:如下|以下)(?:修改|调整)|调整为[“‘：:])"
)
_AMENDING = re.compile(r"(?:删去|删除|修改|修正)$")
_CANCELLING = re.compile(r"(?:取消|停止执行)$")
_DRAWN_UP = re.compile(r"(?:制定|制订)(?!的|和|权)|特制|现就|现将|提出(?:如下|以下)|(?:通知|公告|通告|意见|批复)如下")
_CARRIED_OUT = re.compile(  # what founds a whole text, unlike 各级政府要贯彻执行《甲条例》，制定办法
    r"(?<![要应会门府可以])(?:制定|制订)(?!的|和|权)|特制|现就|现将|提出(?:如下|以下)|(?:通知|公告|通告|意见|批复)如下"
)
_ANNOUNCED = re.compile(r"(?:现就|现将)[^。；]{2,80}如下")  # in the next sentence of an opening
_OWN_DRAWN_UP = re.compile(
    r"(?:制定|制订)(?:本|了《|如下|以下)|特制定|现就|现将|提出(?:如下|以下)|(?:通知|公告|通告|意见|批复)如下"
)


def is_chain(gap: str) -> bool:
    """Whether two citations with `gap` between them are one list."""
    return len(gap) <= _LONGEST_GAP and _CHAIN.fullmatch(gap) is not None


@cache
def _before_words() -> re.Pattern[str]:
    words = (*texts("citations", "applies"), *texts("citations", "refers"))
    return re.compile(f"(?:{'|'.join(sorted(words, key=len, reverse=True))})$")


def leads_to(left: str) -> bool:
    """Whether a word of applying or referring stands right before."""
    return _before_words().search(left) is not None


@cache
def _founding_words() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(texts('citations', 'founds'))})$")


def founds(left: str) -> bool:
    """Whether a word of carrying out stands right before: 贯彻落实国发〔2022〕2号文件精神."""
    return _founding_words().search(left) is not None


_NO_RULE = "实际|需要|各自|职责|情况|自身"  # 根据实际情况 leads to no rule


@cache
def _leading_words() -> re.Pattern[str]:
    """The words that say what a citation is for; the last of them before it counts."""
    applies, founds = "|".join(texts("citations", "applies")), "|".join(texts("citations", "founds"))
    refers = "|".join(word for word in texts("citations", "refers") if len(word) > 1)
    return re.compile(f"(?P<refers>{refers})|(?P<founds>{founds})|(?P<applies>{applies})(?!{_NO_RULE})")


def sentence_ends(body: str) -> list[int]:
    """Where the sentences of a text end: at 。；！？ and line breaks."""
    return [match.start() for match in _STOPS.finditer(body)]


def _is_repealed(right: str) -> bool:
    """Whether what follows a citation says that it is repealed: 同时废止, with only other titles and their origins between."""
    if _REPEALED.search(right) is None:
        return False
    plain = _TAKEN_OUT.sub("", right)
    word = _REPEALED.search(plain)
    return word is not None and all(
        _UP_TO_REPEALED.fullmatch(part.strip()) for part in re.split("[、，,和及与]|以及", plain[: word.start()])
    )


class Relations:
    """Tells what each citation of a clause is for, from the words around it in its sentence."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._stops = sentence_ends(body)
        self._former: tuple[Mark, str] | None = None  # the citation before and its relation

    def of(self, mark: Mark) -> str:
        """Return the relation of the next mark; marks come in text order."""
        goes_on = self._former is not None and self._goes_on(self._former[0], mark)
        relation = self._former[1] if self._former and goes_on else self._from_words(mark)
        self._former = mark, relation
        return relation

    def _goes_on(self, former: Mark, mark: Mark) -> bool:
        gap = self._body[former.end : mark.start]
        if is_chain(gap):
            return True
        titles = self._body.startswith("《", mark.start) and self._body.startswith("《", former.start)
        return titles and len(gap) <= _LONGEST_GAP and _CHAIN_OF_TITLES.fullmatch(gap) is not None

    def _from_words(self, mark: Mark) -> str:
        place = bisect_right(self._stops, mark.start)
        begin = self._stops[place - 1] + 1 if place else 0
        place = bisect_right(self._stops, mark.end - 1)
        right = self._body[mark.end : self._stops[place] if place < len(self._stops) else len(self._body)][:_SENTENCE]
        left = _PAUSES.split(self._body[max(begin, mark.start - 60) : mark.start])[-1]
        words = list(_leading_words().finditer(left))
        kind = words[-1].lastgroup if words else None
        if kind == "founds":
            return "based_on" if _CARRIED_OUT.search(right) else "refers_to"
        if kind == "applies":
            founded = words[-1][0] in ("根据", "依据")
            announced = founded and _ANNOUNCED.search(self._body, mark.end, mark.end + _SENTENCE) is not None
            founding = _DRAWN_UP if founded else _OWN_DRAWN_UP
            return "based_on" if announced or founding.search(right) else "applies"
        return self._changed(mark, left, right) if kind is None else "refers_to"

    def _changed(self, mark: Mark, left: str, right: str) -> str:
        own = mark.title == OWN
        if not own and (_is_repealed(right) or _REPEALING.search(left)):
            return "repeals"
        if (not own or mark.addresses) and (_AMENDED.match(right) or _AMENDING.search(left)):
            return "amends"
        if mark.addresses and not own and _CANCELLING.search(left):
            return "amends"
        return "refers_to"
