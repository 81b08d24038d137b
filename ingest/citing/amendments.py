"""What an amending decision orders, as data: which provision of which instrument is 修改为, 增加, 删去 or renumbered.

A sentence is read as a run of tokens, each with a letter: titles, provisions, quotations and the verbs of amending. Its
amendments are found as patterns of these letters; nothing outside a quotation is taken as new words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, product, zip_longest
from typing import NamedTuple

from ingest.citing.addresses import Address, list_at
from ingest.citing.citations import full_title, known_law
from tiaoli.provisions import Provision, Step, parse_provision
from tiaoli.records import Act, Amendment, Clause

_AMENDS = re.compile(r"(?:修[改正]|改)为|作为第|增[加写](?=[“第])|删[去除](?=[“第《]|\w{2,20}第)|删[去除][。；，]")
_QUOTED_CHANGE = re.compile(r"修[改正]为[：:]?\s*“|删[去除](?:第|“)|[增加写][^。；]{0,12}作为第")
_ANNOUNCED = re.compile(r"[作做]出?(?:了)?(?:如下|以下|相应)?(?:修[改订正]|调整)|修[改订正](?:内容)?如下")
_TITLE_OF_DECISION = re.compile(r"关于(?:修[改订正]|调整)[《〈<](?P<title>.{2,80}?)[》〉>]")
_TITLE_OF_REVISION = re.compile(r"^(?:中华人民共和国)?(?P<law>.{1,30}(?:法|法典))修正案")
_LONGEST_QUOTATION = 20_000  # characters
_LONGEST_NAME = 40  # of a law named without 《》
_CLOSING_MARK = re.compile("[》〉>]")
_NEXT_AMENDMENT = re.compile(r"\n\s*[一二三四五六七八九十]{1,3}、(?:将|在|第|增加|删[去除]|[^”\n]{0,30}修改)")
_COMMA = re.compile("[，,]")
_QUOTATION_MARK = re.compile("[“”]")
_TOKEN = re.compile(
    r"(?P<quote>“)"
    r"|(?P<title>[《〈<](?=[^《》〈〉<>\n]{2,120}[》〉>]))"
    r"|(?P<law>(?:[\u4e00-\u9fff]法(?:典)?|(?<![\u4e00-\u9fff])宪法)(?=\s?(?:第|序言)))"
    r"|(?P<part>(?:序言)?第[一二三四五六七八九十]{1,3}自然段|(?:标题|名称|题目|题注)(?=[^，。；]{0,4}[修改删]))"
    r"|(?P<label>第\s?[（(]?[0-9０-９一二三四五六七八九十百千零〇]|(?<=[条款项])[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<becomes>修[改正]为|改为|调整为|变更为|替换为)"
    r"|(?P<placed>[作列]为(?=第))"
    r"|(?P<added>增[加写](?=[一二三四五六七八九十两]{0,3}(?:条|款|项|目|段|句|章|节|自然段)|[：:]?“|第))"
    r"|(?P<deleted>删[去除])"
    r"|(?P<stop>。|\n)"
)
_LETTERS = {
    "quote": "Q",
    "title": "T",
    "law": "T",
    "part": "L",
    "label": "L",
    "becomes": "R",
    "placed": "P",
    "added": "A",
    "deleted": "D",
    "stop": ".",
}
_PATTERN = re.compile(
    r"(?P<renumber>(?P<was>L)[RP](?P<becomes>L))"  # 第五条改为第六条; 原第二款作为第三款
    r"|(?P<add>(?P<within>L)?(?P<behind>Q)?A(?:P(?P<place>L))?(?P<added>Q)?)"  # 第二条增加一款，作为第三款：“…”
    r"|(?P<reword>(?P<of>L)?(?P<old>Q+)R(?P<new>Q(?:Q(?!Q*R))*))"  # 第二条中的“…”修改为“…”
    r"|(?P<replace>(?P<provision>L)?R(?P<text>Q))"  # 第二条修改为：“…”
    r"|(?P<delete>L?D(?P<gone>L)(?!Q*[RAD])(?P<gone_words>Q*)"  # 删去第二条第一款(中的“…”)
    r"|(?P<from>L)?(?P<its_words>Q*)D(?P<named_words>(?:Q+(?![QR]))?))"  # 第二条(中的“…”)删去; 第二条中删去“…”
    r"|(?P<title>T)"
    r"|(?P<label>L)"
)


class _Token(NamedTuple):
    letter: str
    start: int
    end: int
    words: str = ""  # of a title or a quotation; of provisions, the title of the instrument that is named with them
    labels: tuple[str, ...] = ()


class _Order(NamedTuple):
    """An amendment before it is known in which clause it stands; the fields of `Amendment`."""

    start: int
    end: int
    act: Act
    title: str
    label: str | None
    old: str | None = None
    new: str | None = None
    new_label: str | None = None


_Change = tuple[Act, str | None, tuple[str | None, str | None, str | None]]  # act, label, (old, new, new label)


def find_amendments(clauses: Sequence[Clause], text: str, title: str) -> tuple[Amendment, ...]:
    """Return what a document of that title orders to be amended, in text order, not yet led to the amended documents.

    New words are those of the quotation, its inner line breaks kept, the quotation marks of its paragraphs not.
    """
    if _AMENDS.search(text) is None:
        return ()
    starts = [clause.start for clause in clauses]
    found = []
    for order in _orders(text, title):
        place = max(0, bisect_right(starts, order.start) - 1)
        found.append(Amendment(clauses[place].clause_id, clauses[place].doc_id, *order))
    return tuple(found)


def _orders(text: str, title: str) -> Iterator[_Order]:
    amended, decides = _amended_title(title)
    decides = decides or _ANNOUNCED.search(text) is not None
    if not (decides or _QUOTED_CHANGE.search(text)):
        return
    last: _Sentence | None = None
    for sentence in _sentences(text):
        goes_on = last is not None and "\n" not in text[last.end : sentence[0].start]
        last = _Sentence(sentence, last.title if last else amended, last.labels if last and goes_on else (None,))
        orders = list(last.orders())
        if decides or any(token.letter in "TL" and token.words for token in sentence):
            yield from orders


def _amended_title(title: str) -> tuple[str | None, bool]:
    """Return what a decision amends by its own title, None where it names several or none, and whether it amends at all."""
    squeezed = re.sub(r"\s", "", title)
    if revision := _TITLE_OF_REVISION.search(squeezed):
        return full_title(revision["law"]), True
    decisions = [found["title"] for found in _TITLE_OF_DECISION.finditer(squeezed)]
    return (full_title(decisions[0]) if len(decisions) == 1 else None), bool(decisions)


# --- tokens ----------------------------------------------------------------------------------------------------------


def _sentences(text: str) -> Iterator[list[_Token]]:
    """Yield the tokens of each sentence; a title right before provisions is part of their token."""
    sentence: list[_Token] = []
    for token in _tokens(text):
        if token.letter == "L" and sentence and sentence[-1].letter == "T" and sentence[-1].end == token.start:
            sentence[-1] = token._replace(start=sentence[-1].start, words=sentence[-1].words)
        elif token.letter != ".":
            sentence.append(token)
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _tokens(text: str) -> Iterator[_Token]:
    at, base, last = 0, tuple[Step, ...](), ""
    while (match := _TOKEN.search(text, at)) is not None:
        at = match.end()
        letter = _LETTERS[match.lastgroup or ""]
        if match.lastgroup == "label":
            addresses = _one_list(text, list_at(text, match.start(), base))
            if not addresses:
                continue
            at = addresses[-1].end
            if last not in ("R", "P"):  # what 第五条改为第六条 goes on with is said of the former 第五条
                base = addresses[-1].steps
            token = _Token("L", match.start(), at, labels=_labels(addresses))
        elif (plain := _plain_token(text, match, letter)) is None:
            continue
        else:
            token, at = plain, max(at, plain.end)
            base = () if letter == "T" else base
        last = token.letter
        yield token


def _one_list(text: str, addresses: Sequence[Address]) -> Sequence[Address]:
    """Return the provisions up to a comma behind which others are named: 第七节改为第八节，第九条改为…"""
    for place, (one, other) in enumerate(pairwise(addresses), 1):
        if one.steps[-1].level != other.steps[-1].level and _COMMA.search(text, one.end, max(one.end, other.start)):
            return addresses[:place]
    return addresses


def _plain_token(text: str, match: re.Match[str], letter: str) -> _Token | None:
    """Return the token that begins at a match, None where it is none after all."""
    start, end = match.span()
    match match.lastgroup:
        case "quote":
            end = _quotation_end(text, start)
            return _Token(letter, start, end, _quoted(text[start:end])) if end else None
        case "title":
            close = _CLOSING_MARK.search(text, end)
            inner = re.sub(r"\s", "", text[end : close.start()]) if close else ""
            return _Token(letter, start, close.end(), full_title(inner)) if close else None
        case "law":
            name = known_law(text[max(0, end - _LONGEST_NAME) : end]) or ("宪法" if match[0] == "宪法" else None)
            return _Token(letter, end - len(name), end, full_title(name)) if name else None
        case "part":
            return _Token(letter, start, end, labels=(match[0],))
        case "stop":
            announced = match[0] == "\n" and text[:start].rstrip()[-1:] in (":", "：")
            return None if announced else _Token(letter, start, end)
        case _:
            return _Token(letter, start, end)


def _labels(addresses: Sequence[Address]) -> tuple[str, ...]:
    """Return the labels of the provisions listed; a range gives each of them."""
    labels: list[str] = []
    for number, address in enumerate(addresses):
        before = addresses[number - 1] if number else None
        if before and before.start == address.start and before.steps[:-1] == address.steps[:-1]:
            last = before.steps[-1]
            between = (last._replace(number=n) for n in range(last.number + 1, address.steps[-1].number))
            labels += (str(Provision((*before.steps[:-1], step))) for step in between)
        labels.append(str(Provision(address.steps)))
    return tuple(labels)


def _quotation_end(text: str, start: int) -> int:
    """Return where a quotation ends, 0 where it never does. Each of its paragraphs may begin with a mark, the last ends with one.

    One that is never closed ends before the next numbered amendment.
    """
    depth = 0
    following = _NEXT_AMENDMENT.search(text, start, start + _LONGEST_QUOTATION)
    end = following.start() if following else start + _LONGEST_QUOTATION
    for mark in _QUOTATION_MARK.finditer(text, start, end):
        if mark[0] == "”":
            depth -= 1
        elif depth == 0 or not _begins_line(text, mark.start()):
            depth += 1
        if depth == 0:
            return mark.end()
    return len(text[:end].rstrip()) if following else 0


def _begins_line(text: str, at: int) -> bool:
    while at and text[at - 1] in " \u3000\t":
        at -= 1
    return at == 0 or text[at - 1] == "\n"


def _quoted(words: str) -> str:
    """Return the words of a quotation without its marks, a line for each paragraph."""
    lines = (line.strip().removeprefix("“") for line in words.removesuffix("”").splitlines())
    return "\n".join(line for line in lines if line)


# --- sentences -------------------------------------------------------------------------------------------------------


class _Sentence:
    """Finds the amendments that the tokens of a sentence order.

    `title` is what it amends and `labels` are the provisions that were named last, as known so far.
    """

    def __init__(self, tokens: Sequence[_Token], title: str | None, labels: tuple[str | None, ...]) -> None:
        self.title, self.labels, self.end = title, labels, tokens[-1].end
        self._tokens = tokens
        self._renumbered: tuple[str, ...] = ()  # what the provisions named last have become
        letters = "".join(token.letter for token in tokens)
        self._letters = re.sub("(?<=L)T(?=R)|(?<=R)T", "Q", letters)  # 将第三条中的《甲法》修改为《乙法》

    def orders(self) -> Iterator[_Order]:
        """Yield the amendments in the order of the sentence."""
        readers = {
            "renumber": self._renumber,
            "add": self._add,
            "reword": self._reword,
            "replace": self._replace,
            "delete": self._delete,
            "title": self._take_title,
            "label": self._take_label,
        }
        for match in _PATTERN.finditer(self._letters):
            read = next(read for kind, read in readers.items() if match[kind] is not None)
            for act, label, words in read(match):
                if self.title is not None:
                    start, end = self._tokens[match.start()].start, self._tokens[match.end() - 1].end
                    yield _Order(start, end, act, self.title, label, *words)

    def _words(self, match: re.Match[str], group: str) -> list[str]:
        return [token.words for token in self._tokens[slice(*match.span(group))]] if match[group] else []

    def _about(self, match: re.Match[str], group: str) -> tuple[str | None, ...]:
        """Return the labels that a group names, else those named last."""
        if match[group]:
            token = self._tokens[match.start(group)]
            self.title = token.words or self.title
            self.labels, self._renumbered = token.labels, ()
        return self.labels

    def _take_title(self, match: re.Match[str]) -> Iterator[_Change]:
        self.title, self.labels, self._renumbered = self._tokens[match.start()].words, (None,), ()
        yield from ()

    def _take_label(self, match: re.Match[str]) -> Iterator[_Change]:
        self._about(match, "label")
        yield from ()

    def _renumber(self, match: re.Match[str]) -> Iterator[_Change]:
        labels, becomes = self._about(match, "was"), self._tokens[match.start("becomes")].labels
        self._renumbered = becomes if len(becomes) == len(labels) else ()
        if self._renumbered:
            yield from ((Act.RENUMBER, old, (None, None, new)) for old, new in zip(labels, becomes, strict=True))
        else:
            yield Act.RENUMBER, "、".join(filter(None, labels)), (None, None, "、".join(becomes))

    def _add(self, match: re.Match[str]) -> Iterator[_Change]:
        behind, added = (next(iter(self._words(match, group)), None) for group in ("behind", "added"))
        places = self._tokens[match.start("place")].labels if match["place"] else ()
        parts = _parts(added, places) if added and len(places) > 1 else []
        for label in self._about(match, "within"):
            if parts:
                yield from ((Act.ADD, label, (behind, *part)) for part in parts)
            elif places or added:
                yield Act.ADD, label or _above(places), (behind, added, "、".join(places) or None)

    def _reword(self, match: re.Match[str]) -> Iterator[_Change]:
        old, new = self._words(match, "old"), self._words(match, "new")
        pairs = list(zip(old, new, strict=True)) if len(old) == len(new) else [(words, new[-1]) for words in old]
        for label, (words, becomes) in product(self._about(match, "of"), pairs):
            yield Act.REPLACE, label, (words, becomes, None)

    def _replace(self, match: re.Match[str]) -> Iterator[_Change]:
        labels = self._about(match, "provision")
        for label, becomes in zip_longest(labels, self._renumbered):
            yield Act.REPLACE, label, (None, self._words(match, "text")[0], becomes)

    def _delete(self, match: re.Match[str]) -> Iterator[_Change]:
        labels = self._about(match, "gone" if match["gone"] else "from")
        words: list[str | None] = [
            word for group in ("gone_words", "its_words", "named_words") for word in self._words(match, group)
        ]
        for label, word in product(labels, words or [None]):
            if label is not None or word is not None:
                yield Act.DELETE, label, (word, None, None)


def _above(places: Sequence[str]) -> str | None:
    """Return the provision in which what gets this place is added: 第三条 for 第三条第二款."""
    place = parse_provision(places[0]) if len(places) == 1 else None
    return str(Provision(place.steps[:-1])) if place and len(place.steps) > 1 else None


def _parts(added: str, places: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words of each of several provisions that are added together, nothing where they cannot be told apart."""
    starts = [re.search(rf"^{label}(?=[ \u3000])", added, re.MULTILINE) for label in places]
    at = [found.start() for found in starts if found]
    if len(at) != len(places) or at != sorted(at):
        return []
    return [(added[a:b].strip(), label) for a, b, label in zip(at, [*at[1:], len(added)], places, strict=True)]
