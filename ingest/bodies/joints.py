"""What joins words to a name over a bracket, 的, a comma, 和 or 等: 省、市（区）人民政府, 设区的市, 公安、民政等部门."""

from __future__ import annotations

import re

from ingest.bodies import words
from ingest.bodies.tokens import Tokens, is_level
from ingest.bodies.words import Part
from tiaoli.body_kinds import Head, head_of

JOINS = frozenset(["、", "和", "与", "及", "或", "或者", "以及"])
LINKS = JOINS | frozenset("）)]〕的等")
_LONGEST_BRACKET = 40
_LONGEST_FIELD = 8
_PLACES = "省市县区乡镇州盟旗街道园自治地级直辖功能新开发、，,和或及\\s"
_BRACKETS = re.compile(rf"[（(\[〔][{_PLACES}]{{1,20}}[）)\]〕]$")
_OF_CHINA = re.compile(r"中国[（(][\u4e00-\u9fff]{2,4}[）)]$")
_CLOSING = frozenset("）)]〕")
_IN_CHARGE = re.compile(  # what a head that names nobody by itself needs: 负责药品监督管理的部门
    r"(?:(?:负责(?!人[、，和或及以])|履行|承担|负有|行使)[^，。；：！？“”（）()\n的]{1,24}(?:管理|监管|职责|职能|工作|执法|登记|审批|审查)"
    r"|管理[^，。；：、！？“”（）()\n的]{1,12}工作|作出[^，。；：、！？“”（）()\n的]{0,8}(?:决定|行为))的$"
)
_TO_BLAME = re.compile(r"(?:直接负责|负有(?:直接|领导|主要|重要)?责任)的$")
_ALONE = frozenset(["部门", "机关", "机构", "单位"])
_OF_LEVELS = frozenset(["人民政府", "人民代表大会", "人民法院", "人民检察院"])
_PHRASE = re.compile(r"(?:(?:共同的)?[上下]一级|不?设区的|较大的|[两三]个以上)$")


class Joints(Tokens):
    """Words and what joins them to one name."""

    def phrase(self, first: int) -> int | None:
        """Return the first word of a fixed phrase before `first` that limits whom a name means."""
        at = self.starts[first]
        if self.text[at - 1] not in "级的上":
            return None
        found = _PHRASE.search(self.text, max(0, at - 8), at)
        return self.word_at(found.start()) if found else None

    def step(self, first: int, head: Head) -> int | None:
        """Return the first word of what a bracket, 的, a comma, 和 or 等 before `first` joins to the name."""
        at = self.starts[first]
        word = self.tokens[first - 1][0]
        if word in _CLOSING:
            if (zone := self._free_trade_zone(at)) is not None:
                return zone
            found = _BRACKETS.search(self.text, max(0, at - _LONGEST_BRACKET), at)
            return self.word_at(found.start()) if found else self._field_with_bracket(at)
        if word == "的":
            return self._relative(first, head)
        if word == "等":
            return self.field_before(at - 1) if head.kind == "部门" else None
        return self._joined(first, head)

    def _free_trade_zone(self, at: int) -> int | None:
        """Return the first word of the official name of a free trade zone: 中国（广东）自由贸易试验区."""
        if not self.text.startswith("自由贸易试验区", at):
            return None
        found = _OF_CHINA.search(self.text, max(0, at - _LONGEST_FIELD), at)
        return self.word_at(found.start()) if found else None

    def _relative(self, first: int, head: Head) -> int | None:
        """Return the first word of a relative clause that a name cannot do without: 负责药品监督管理的部门."""
        at = self.starts[first]
        near = max(0, at - 30)
        if self.tokens[first][0] in _OF_LEVELS and first > 1 and self.tokens[first - 2][0] in words.levels():
            return first - 2  # 乡、民族乡、镇的人民政府
        if self.tokens[first][0] in _ALONE:
            found = _IN_CHARGE.search(self.text, near, at)
        elif head.text == "人员":
            found = _TO_BLAME.search(self.text, near, at)
        else:
            return None
        return self.word_at(found.start()) if found else None

    def _joined(self, first: int, head: Head) -> int | None:
        """Return the first word of what shares the head with `first`: levels (省、市 人民政府), fields (公安、民政 部门)."""
        end = self.starts[first - 1]
        if first < 2:
            return None
        if self.shares_clause(first, head):
            return first - 2
        if is_level(self.tokens[first][0]):
            if is_level(self.tokens[first - 2][0].removeprefix("各")):
                return first - 2
            found = _BRACKETS.search(self.text, max(0, end - _LONGEST_BRACKET), end)
            return self.word_at(found.start()) if found else None
        if words.is_field(head.text):  # 海关 is no department of several fields
            return None
        if (around := self._field_around(first)) is not None or head.kind != "部门":
            return around
        known = self.field_before(end)
        return self._unknown_field(first) if known is None else known

    def _unknown_field(self, first: int) -> int | None:
        """Return the first word of a field that no list holds and that stands between commas of a list of fields."""
        if words.field_stop(self.text, self.starts[first]) is None:
            return None
        for begin in range(first - 2, max(0, first - 6), -1):
            word, word_class = self.tokens[begin]
            if words.part(word, word_class) is Part.OUTSIDE or words.is_limit(word):
                return None
            if self.tokens[begin - 1][0] == "、":
                long = self.starts[first - 1] - self.starts[begin] > _LONGEST_FIELD
                return None if long or head_of(self.text[self.starts[begin] : self.starts[first - 1]]) else begin
        return None

    def shares_clause(self, first: int, head: Head) -> bool:
        """Tell whether a bare head shares what limits it with the one before: 负责地震工作的部门或者|机构."""
        bare = self.tokens[first][0] == head.text == "机构" and self.tokens[first - 1][0] in ("或者", "或")
        return bare and self.tokens[first - 2][0] in _ALONE

    def _field_around(self, first: int) -> int | None:
        """Return the first word of a field of government that goes on behind `first`: 工业和|信息化."""
        for end in self.starts[first + 1 : first + 4]:
            start = words.field_start(self.text, end)
            if start is not None and start < self.starts[first]:
                return self.word_at(start)
        return None

    def _field_with_bracket(self, end: int) -> int | None:
        """Return the first word of a field of government with another in brackets behind it: 建设（环境卫生）."""
        opening = max(self.text.rfind(sign, max(0, end - _LONGEST_BRACKET), end) for sign in "（(")
        inside = self.text[opening + 1 : end - 1]
        return self.field_before(opening) if opening > 0 and words.is_field(inside) else None
