"""Names of bodies and parties in running text: 县级以上地方人民政府市场监督管理部门, 公民, 房地产开发企业.

A name ends in a head (`bodies.toml`). From there it is read from right to left, word by word, as long as the words may
stand within a name (`body_names.toml`): 应当|向|国务院|卫生健康|主管|部门 gives 国务院卫生健康主管部门.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.bodies import words
from ingest.bodies.joints import JOINS, LINKS, Joints
from ingest.bodies.tokens import is_bare, is_level, is_public_end
from ingest.bodies.words import Part
from tiaoli.body_kinds import Head, head_of, heads, is_public, kind_of
from tiaoli.records import Span

__all__ = ["find_bodies", "is_public", "kind_of"]

_LONGEST_PIECE = 20_000  # characters
_LONGEST = 90  # characters of a name: lists of fields are long
_LONGEST_HEAD = 8
_QUOTED = re.compile(r"《[^《》]{0,80}》")
_SUFFIXES = frozenset({"者", "人", "人员"})  # the word before them belongs to them, whatever it is
_PLACE = "(?:自治区|直辖市|自治州|自治县|街道|[省市县区州盟旗乡镇])"
_EACH = re.compile(rf"各{_PLACE}(?:[、（(和]{_PLACE}[）)]?(?:、{_PLACE}[）)]?)*)+(?![人民政府委局])")
_BESIDE = re.compile(r"[（(](?:乡镇|[乡镇])(?:、[乡镇])?[）)]")
_NEVER_FIRST = frozenset(["以上", "以上学历", "以下", "（", "(", "）", ")", "、"])
_SEPARATES = JOINS - {"和"}
_NAMED_AT_LENGTH = ("领导小组", "委员会", "指挥部", "联席会议")
_LONGEST_OF_GROUP = 12  # words
_LONGEST_OFFICE = 6  # words
_BEHIND_FIELD = ("行政", "主管", "部门", "机关", "局", "厅", "委员会", "、", "等", "和")
_WHOLE_PLACE = 3  # characters
_BEFORE_PLACE = frozenset(["中共", "驻", "原"])
_LEVELS = frozenset(["省", "市", "县", "区"])
_NATIONAL = ("国家", "中国", "中共")
_ONE_BODY = ("局", "厅", "委", "委员会", "办公室", "中心", "分行", "支行")
_BRANCHES = frozenset(
    ["分局", "支队", "大队", "总队", "派出所", "监督所", "管理部"]
)  # stand behind their department and a place
_HAVE_BRANCHES = ("总局", "银行", "署")
_OF_STATE = ("部", "总局", "署")
_NATION = "国家"
_MANAGES = frozenset({"管理", "监管", "监督管理"})
_VERBS_TOO = frozenset({"组织", "领导"})


def find_bodies(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Return where `text[start:end]` names bodies and parties, in order; each the longest name, without relative clause.

    Names that share a head are one (公安、财政等部门); what stands in 《》 is no name.

    >>> text = "设区的市级人民政府及其有关部门应当向公民、法人公开"
    >>> [text[span.start : span.end] for span in find_bodies(text)]
    ['设区的市级人民政府', '有关部门', '公民', '法人']
    """
    end = len(text) if end is None else end
    return tuple(span for first, last in _pieces(text, start, end) for span in _in_piece(text, first, last))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a text that are read at a time; memory does not grow with the length of a clause."""
    while end - start > _LONGEST_PIECE:
        cut = max(text.rfind(sign, start, start + _LONGEST_PIECE) for sign in "。；\n，、") + 1
        cut = cut if cut > start else start + _LONGEST_PIECE
        yield start, cut
        start = cut
    yield start, end


def _in_piece(text: str, start: int, end: int) -> Iterator[Span]:
    part = _QUOTED.sub(lambda quoted: "《" + "　" * (len(quoted[0]) - 2) + "》", text[start:end])
    found = sorted(_Names(part).names())
    begins = [*(first for first, _ in found), len(part)][1:]
    for (first, last), following in zip(found, begins, strict=True):
        yield Span(start + first, start + _with_list(part, first, last, following))


def _with_list(text: str, first: int, last: int, following: int) -> int:
    """Return where a name ends that goes on, before the `following` one, as places: 各省、自治区、直辖市, 街道（镇）."""
    if text[first] == "各":
        found = _EACH.match(text, first)
    else:
        found = _BESIDE.match(text, last) if text.startswith("街道", last - 2) else None
    return max(last, found.end()) if found and found.end() <= following else last


class _Names(Joints):
    """The names in a stretch of text, given by their first and last word."""

    def names(self) -> Iterator[tuple[int, int]]:
        """Yield where names begin and end, the last first."""
        last = len(self.tokens) - 1
        while last >= 0:
            first = self._first(last) if self.tokens[last][0][-1] in _last_signs() else None
            if first is None:
                last -= 1
            else:
                yield self.starts[first], self.starts[last + 1]
                last = first - 1

    def _first(self, last: int) -> int | None:
        """Return the first word of the name that ends with the word `last`; None where none does."""
        end = self.starts[last + 1]
        head = head_of(self.text[max(0, end - _LONGEST_HEAD) : end])
        if head is None or not self.text.endswith(head.text, 0, end):
            return None
        at = last
        while self.starts[at] > end - len(head.text):
            at -= 1
        if any(words.begins_compound(self.text, start) for start in {self.starts[at], end - len(head.text)}):
            return None
        first = self._without_deed(self._extend(at, head), at, head)
        return first if self._is_name(first, at, last, head) else None

    def _extend(self, at: int, head: Head) -> int:
        """Return the first word of a name whose head stands in the words from `at` on."""
        bare = (self.tokens[at][0] == head.text and head.joins_verb) or self._is_verb_of_head(at, head)
        if (named := self._named_at_length(at, head)) is not None:
            return named
        first, begin = at, self.starts[at] - _LONGEST
        while first and self.starts[first] > begin:
            word, word_class = self.tokens[first - 1]
            if self._is_predicate(first, head) or self._is_run_together(first, head):
                break
            if (verb := self._verb_step(first, at, head, bare)) is not None:
                first, bare = verb
                continue
            if word in "被受" and (head.text in _SUFFIXES or self._is_done_to(first, at, head)):  # 被检查人, 被征收户
                first, bare = first - 1, False
                continue
            bare = word in _SUFFIXES or (first > 1 and self.shares_clause(first, head))
            if self._begins_with_place(first):
                break
            if (before := self.phrase(first)) is None:
                before = self.step(first, head) if word in LINKS else self._plain_step(first, at, head)
            if before is None:
                break
            first = before
            if words.part(word, word_class) is Part.FIRST:
                break
        return self._trimmed(first, at)

    def _verb_step(self, first: int, at: int, head: Head, bare: bool) -> tuple[int, bool] | None:
        """Return the first of the verbs before `first` that belong to a bare head, and whether more may follow."""
        if (bare or first == at) and (verbs := self._verbs_before(first)) is not None:
            return verbs, True
        word, word_class = self.tokens[first - 1]
        right_before = head.bare and first == at and self.tokens[at][0] == head.text
        if bare and words.before_bare_head(word) and (right_before or not words.is_outside(word)):
            return first - 1, True
        if bare and first == at and (self._is_in_suffix(word_class, head) or self._has_object_before(first, head)):
            return first - 1, False
        return None

    def _is_verb_of_head(self, at: int, head: Head) -> bool:
        """Tell whether a head is a verb and a bare head, in words of their own: 经营|单位."""
        return len(self.tokens[at][0]) < len(head.text) and is_bare(head.text.removeprefix(self.tokens[at][0]))

    def _named_at_length(self, at: int, head: Head) -> int | None:
        """Return the first word of a name whose bounds show where it begins, whatever stands between."""
        group = self._with_long_name(at, head)
        return self._office_of_list(at, head) if group is None else group

    def _with_long_name(self, at: int, head: Head) -> int | None:
        """Return the first word of the name of a committee or group that begins with its place, whatever stands between.

        江川市房地产市场平稳健康发展|领导小组: such names hold verbs and adjectives, so only a place shows where they begin.
        """
        if not head.text.startswith(_NAMED_AT_LENGTH) and not self._behind_named(at):
            return None
        for first in range(at - 1, max(-1, at - _LONGEST_OF_GROUP), -1):
            word, word_class = self.tokens[first]
            if word_class[0] in "xpurm" or word in _SEPARATES or (is_public_end(word) and first < at - 1):
                return None
            if (word_class == "ns" and word[-1] in "省市县区州") or (word in _LEVELS and self._is_edge(first)):
                return first
        return None

    def _office_of_list(self, at: int, head: Head) -> int | None:
        """Return the first word of an office between the commas of a list: 药品注册处、食品安全协调|监察处."""
        if head.needs != "office":
            return None
        for first in range(at - 1, max(0, at - _LONGEST_OFFICE), -1):
            word, word_class = self.tokens[first]
            if head_of(word) is not None or not (word_class[0] in "nijl" or words.belongs_to_a_deed(word)):
                return None
            if self.tokens[first - 1][0] == "、":
                return first if word_class[0] in "nijl" else None
        return None

    def _behind_named(self, at: int) -> bool:
        """Tell whether a head is an office of a committee or group: 领导小组|办公室."""
        return self.tokens[at][0] == "办公室" and at > 0 and self.tokens[at - 1][0].endswith(_NAMED_AT_LENGTH)

    def _is_edge(self, first: int) -> bool:
        return first == 0 or self.tokens[first - 1][1][0] in "xpcr"

    def _is_predicate(self, first: int, head: Head) -> bool:
        """Tell whether the word before `first` is what a body before it does to a party: 住建局|核实|购房人."""
        if head.public or first < 2 or self.tokens[first][0] == "人员":
            return False
        word, word_class = self.tokens[first - 1]
        acts = word_class == "v" and not words.belongs_to_a_deed(word)
        acts = acts or words.is_deed(word) or words.is_outside(word) or words.before_bare_head(word)
        return acts and is_public_end(self.tokens[first - 2][0])

    def _is_run_together(self, first: int, head: Head) -> bool:
        """Tell whether another name ends before `first` with nothing between: 江川市民政局|江川市财政局."""
        (word, word_class), before = self.tokens[first], self.tokens[first - 1][0]
        if before[-1] == "委" and word[:1] in _LEVELS and word.endswith("政府"):  # 市委|市政府
            return True
        if before.endswith(_OF_STATE) and word.endswith(_OF_STATE) and len(word) > 2:  # 财政部|税务总局
            return True
        begins = word in _LEVELS or word_class == "ns" or word.startswith(_NATIONAL)
        if not begins or not is_public_end(before):
            return False
        branch = head.text in _BRANCHES or before.endswith(_HAVE_BRANCHES)
        return before.endswith(_ONE_BODY) and not (branch and word_class == "ns")

    def _verbs_before(self, first: int) -> int | None:
        """Return the first of the verbs that share a bare head with the one at `first`: 研制、|生产|单位."""
        word = self.tokens[first][0]
        if first < 2 or self.tokens[first - 1][0] not in JOINS:
            return None
        if not words.belongs_to_a_deed(word) and not (is_bare(word[2:]) and words.belongs_to_a_deed(word[:2])):
            return None
        verb = self.tokens[first - 2][0]
        return first - 2 if words.belongs_to_a_deed(verb) and not words.is_outside(verb) else None

    def _begins_with_place(self, first: int) -> bool:
        """Tell whether the place at `first` begins the name: nothing but its larger place or its superior goes before it."""
        word, word_class = self.tokens[first]
        before, class_before = self.tokens[first - 1]
        is_place = (
            word_class == "ns" and len(word) >= _WHOLE_PLACE and word[-1] in "省市县区州" and class_before != "ns"
        )
        if not is_place and word[0] != "各":
            return False
        goes_on = (
            words.is_limit(before)
            or words.is_only_behind(before)
            or before in _BEFORE_PLACE
            or before in LINKS
            or before[0] == "全"
            or before[-1] == "行"
        )
        return not (goes_on or is_public_end(before))

    def _is_done_to(self, first: int, at: int, head: Head) -> bool:
        """Tell whether a verb says what is done to a party: 被监督单位, but not 被|消防救援机构."""
        word = self.tokens[first][0]
        names_body = words.is_field(word) and not words.is_deed(word) and first < at - 1
        return head.bare and words.belongs_to_a_deed(word) and not names_body

    def _has_object_before(self, first: int, head: Head) -> bool:
        """Tell whether a verb with its object before it makes a kind of a bare head: 学位|授予|单位."""
        if not head.bare or first < 2:
            return False
        (word, word_class), (_, class_before) = self.tokens[first - 1], self.tokens[first - 2]
        return word_class[0] == "v" and not words.is_outside(word) and len(word) > 1 and class_before == "n"

    def _is_in_suffix(self, word_class: str, head: Head) -> bool:
        """Tell whether a word belongs to the suffix behind it: 检查|人, 运营|者."""
        return head.text in _SUFFIXES and word_class[0] in "vnagbjl"

    def _plain_step(self, first: int, at: int, head: Head) -> int | None:
        """Return the word before `first` where it may stand within a name."""
        word, word_class = self.tokens[first - 1]
        if (field := self.field_before(self.starts[first])) is not None and (
            field < first - 1 or (first == at and head.kind == "部门")
        ):
            return field
        if word_class == "m" and self.tokens[first][0] in ("以上", "以下") and word[-1] in "个级":
            return first - 1
        if words.before_bare_head(word) and self._begins_whole_name(first):
            return None
        if word_class == "m" and word.startswith("第") and word.endswith("届"):
            return first - 1
        if head.kind == "部门" and self._is_managed(first, at):
            return first - 1
        return None if words.part(word, word_class) is Part.OUTSIDE else first - 1

    def _is_managed(self, first: int, at: int) -> bool:
        """Tell whether a verb is what a department manages: 停车|管理|部门, 采购|监督管理|部门."""
        verb = self.tokens[first - 1][0]
        manages = first == at - 1 and self.tokens[first][0] in _MANAGES
        return manages and words.before_bare_head(verb) and not words.is_outside(verb)

    def _begins_whole_name(self, first: int) -> bool:
        """Tell whether a name that needs nothing before it begins with a word: 人民政府, 县级以上 …."""
        word = self.tokens[first][0]
        return (
            words.is_limit(word)
            or is_level(word.removeprefix("全"))
            or (word in heads() and (len(word) > 2 or words.is_field(word)) and not word.startswith(_BEHIND_FIELD))
        )

    def _trimmed(self, first: int, at: int) -> int:
        """Return the first word without those that need one before them (以上) or that a bracket left over."""
        while first < at and self.tokens[first][0] in _NEVER_FIRST:
            first += 1
        return first

    def _without_deed(self, first: int, at: int, head: Head) -> int:
        """Return the first word without a verb that says what is done to whom a name means: 保障|养护人员, 教育|学生."""
        word = self.tokens[first][0]
        if (
            first == at
            or head.needs == "office"
            or not words.is_deed(word)
            or (first == at - 1 and head.bare and self.tokens[at][0] == head.text)
        ):
            return first
        if head.kind == "部门" and not self._begins_whole_name(first + 1):
            return first
        if first and words.engages(self.tokens[first - 1][0]):  # 聘用|评估专业人员
            return first
        shared = head.bare or (first + 2 < at and is_bare(self.tokens[first + 2][0]))  # 监督|检查|部门|负责人
        following, its_class = self.tokens[first + 1]
        is_state = head.text == "人员" and its_class != "vn" and not words.is_deed(following)  # 保障|参保人员
        goes_on = shared and words.belongs_to_a_deed(following) and not is_state
        return first if goes_on or self._begins_field(first) else first + 1

    def _begins_field(self, first: int) -> bool:
        ends = self.starts[first + 1 : first + 4]
        return any(words.is_field(self.text[self.starts[first] : end]) for end in ends[1:]) or (
            words.is_field(self.text[self.starts[first] : ends[0]])
            and self.tokens[first + 1][0].startswith(_BEHIND_FIELD)
        )

    def _is_name(self, first: int, at: int, last: int, head: Head) -> bool:
        start, end = self.starts[first], self.starts[last + 1]
        before_head = self.text[start : end - len(head.text)]
        if self.tokens[last][1] == "m" or self._is_verb(first, at, last, head):  # 十九人
            return False
        if not before_head:
            return not head.needs and len(head.text) > 1 and self._is_bare_name(start, head)
        match head.needs:
            case "office":
                return words.ends_in_office(before_head) and self.class_after(last) != "m"
            case "field":
                return words.field_start(before_head, len(before_head)) is not None or len(self.tokens[last][0]) > 2
            case "limit":
                return words.is_limit(self.tokens[first][0]) or before_head[0] == "各"
            case _:
                return head.text != _NATION

    def _is_bare_name(self, start: int, head: Head) -> bool:
        """Tell whether a head that stands alone is a name: 国家 as a subject, 单位 but not 以平方米为单位."""
        before = self.text[start - 1] if start else "。"
        if head.text == _NATION:
            return before in "，。；：、\n\u3000 由"
        return head.text != "单位" or before != "为"

    def _is_verb(self, first: int, at: int, last: int, head: Head) -> bool:
        """Tell whether what looks like a head is a verb: 入股, 人民政府|组织|实施."""
        if len(head.text) == 1 and not head.public and first == last and self.tokens[last][1][0] in "vd":
            return True
        if head.text in _VERBS_TOO and first < at and is_public_end(self.tokens[at - 1][0]):
            return True
        if head.text == "领导" and self.text.startswith(("的", "下"), self.starts[last + 1]):  # 在党的领导下
            return True
        return head.text == "组织" and first < at and self._goes_on_as_object(at, last)

    def _goes_on_as_object(self, at: int, last: int) -> bool:
        """Tell whether 组织 is a verb: with an object behind it, and before it nothing that makes a kind of 组织."""
        alone = self.tokens[at][0] == "组织" and not words.is_limit(self.tokens[at - 1][0])
        return alone and self.class_after(last)[:1] == "n"


@cache
def _last_signs() -> frozenset[str]:
    return frozenset(text[-1] for text in heads())
