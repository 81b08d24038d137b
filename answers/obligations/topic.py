"""主题: what somebody asks about, and how well a clause fits it.

A topic is a few matters, each with the words that stand for it (`lexicon/topics.toml`). A clause fits by the share of
the topic that it speaks of, counted by how rare the words are: in its heading, in one of its sentences, in what stands
above it. So a clause whose one sentence says it all goes before one in whose many sentences it is scattered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from search.words import STOP_CHARACTERS, phrases_of
from tiaoli.lexicon import Word, entries, texts

APART = "…"  # between the parts of a form that may stand apart
Rarity = Callable[[str], float]  # how rare a word is among the clauses; 0 where none has it

_SAME, _NEAR, _PART, _LETTER = (
    0.9,
    0.5,
    0.35,
    0.3,
)  # how well other words stand for the one that was asked for, which is 1
_APART = 0.65  # for a word whose parts stand apart: 公开有关信息 for 信息公开
_MOST_CONCEPTS = 12  # of a topic; of more the rarest count
_RAREST = 5.0  # rarity above which words are equally rare
_LEAST_RARE = 1.5  # rarity below which words are equally common: they say in which field the matter lies
_FRAME = 0.3  # share of the weight that is left to words that every text has
_ASKED = 0.5  # share of the weight of words that ask for what a norm has: 期限
_HEADING = 1.2  # what a heading says counts more than what the text says
_ABOVE, _TITLE = 0.6, 0.6  # what stands over a clause, and the title of its document, count less …
_SUBJECT = 0.9  # … unless it names a matter that is not common: the document is about it
_CONFIRMED = 0.5  # how much of what a clause lacks is made up for by what stands over it
_HEADING_TO_SENTENCE, _ABOVE_TO_SENTENCE = 0.6, 0.7  # how much of that a sentence has
_ANSWERED = 0.9  # how much of a matter a sentence says where a norm of its clause has what is asked for
_WORDING = 0.5  # for the very words of the topic, pair of letters by pair
_OFTEN, _TIMES, _LONG = 0.15, 4, 180  # for a matter that is spoken of so often in so many letters
_UNBORNE, _UNRULED = 0.8, 0.85  # item of a list without a norm; purpose, scope, definition, opening text
_RULED = 1.2  # a clause with a norm
UNRULING = frozenset({"purpose", "scope", "definition"})
_JOINTS = frozenset({"和", "与", "及", "以及", "或", "或者", "对", "在", "等", "并", "、"})
_SENTENCE_ENDS = re.compile("[。；;！？!?\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Word):
    """A matter: words that say the same and words that speak of what lies next to it."""

    same: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Word):
    """A word that asks for norms which have such a thing: deadline, amount, liability, prohibition, right."""

    of: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One matter of a topic: the words that were asked for, and how well which words stand for them."""

    words: tuple[str, ...]
    forms: Mapping[str, float]
    weight: float
    asks: frozenset[str] = frozenset()  # things of a norm that stand for it as well


@dataclass(frozen=True, slots=True)
class Topic:
    """What is asked about. `pairs` are neighbouring letters of it with their weights, which add up to 1."""

    text: str
    concepts: tuple[Concept, ...]
    pairs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """What is looked at of a clause: its words without blanks, what stands over it, and what its norms have."""

    heading: str
    text: str
    above: str = ""
    title: str = ""
    has: frozenset[str] = frozenset()  # things that a topic may ask for
    ruled: bool = False  # it has a norm
    listed: bool = False  # it is the item of a list
    function: str | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """A topic as a clause speaks of it: each concept with its forms that stand there, and what every sentence has of it."""

    weights: tuple[float, ...]
    forms: tuple[Mapping[str, float], ...]
    lent: tuple[float, ...]  # from the heading and from what stands over the clause


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a clause fits a topic."""

    score: float
    covered: float  # share of the topic that it speaks of, from 0 to 1
    heart: float = 1.0  # how well it speaks of the rarest of its matters
    found: tuple[str, ...] = ()  # words that stand for the topic, in the order of its matters
    above: tuple[str, ...] = ()  # those that only stand over it
    within: Within | None = field(default=None, repr=False)  # None where no topic was asked for


def topic_of(about: str, rarity: Rarity) -> Topic:
    """Return the topic that words ask for; without concepts where they say nothing, of very many the rarest."""
    concepts: list[Concept] = []
    runs = [*_runs(about)]
    for word in (word for run in runs for word in _words(run)):
        _add(concepts, word, rarity)
    if len(concepts) > _MOST_CONCEPTS:  # a pasted text
        least = sorted(concept.weight for concept in concepts)[-_MOST_CONCEPTS]
        concepts = [concept for concept in concepts if concept.weight >= least][:_MOST_CONCEPTS]
    pairs = {a + b: rarity(a + b) for run in runs for a, b in pairwise(run)}
    whole = sum(pairs.values()) or 1.0
    return Topic(about, tuple(concepts), {pair: weight / whole for pair, weight in pairs.items() if weight})


def fit(topic: Topic, place: Place) -> Fit:
    """Return how well a clause fits a topic; score 0 where nothing in it or above it speaks of it."""
    views = _views(topic, place)
    weight = sum(concept.weight for concept in topic.concepts) or 1.0
    covered = sum(view.covered * view.concept.weight for view in views) / weight
    if not any(view.own for view in views):
        return Fit(0.0, covered, 0.0)
    best = max(_sentence(topic, views, words) for words in _sentences(place.text))
    often = sum(view.often(place) * view.concept.weight for view in views) / weight
    wording = sum(share for pair, share in topic.pairs.items() if pair in place.heading)
    score = (covered + best + _WORDING * wording + _OFTEN * often) * _standing(place)
    own = tuple(dict.fromkeys(view.said for view in views if view.said))
    above = tuple(dict.fromkeys(view.said_above for view in views if not view.own and view.above))
    heart = max(views, key=lambda view: view.concept.weight).covered
    return Fit(score, min(1.0, covered), heart, own, above, _within(topic, views))


def within(topic: Topic, place: Place) -> Within:
    """Return a topic as a clause speaks of it, by which its sentences are compared."""
    return _within(topic, _views(topic, place))


def _within(topic: Topic, views: Sequence[_View]) -> Within:
    forms = tuple({form: view.concept.forms[form] for form in view.forms} for view in views)
    return Within(tuple(one.weight for one in topic.concepts), forms, tuple(map(_lent, views)))


def share(heard: Within, words: str) -> float:
    """Return which share of a topic a sentence of a clause speaks of, from 0 to 1."""
    said = (max(_degree(forms, words), given) for forms, given in zip(heard.forms, heard.lent, strict=True))
    found = sum(weight * degree for weight, degree in zip(heard.weights, said, strict=True))
    return found / (sum(heard.weights) or 1.0)


# --- the words of a topic --------------------------------------------------------------------------------------------


def _runs(about: str) -> Iterator[str]:
    """Yield stretches of a topic between what only joins: 罚缴分离, 收支两条线."""
    for phrase in phrases_of(about):
        run = ""
        for word in (*phrase, "、"):
            if word not in _JOINTS:
                run += word
            elif run:
                yield run
                run = ""


def _words(run: str) -> Iterator[str]:
    """Yield the words of a stretch: those of the lexicon first, the longest that fits, the others as they are segmented."""
    known, at, rest = _known(), 0, ""
    while at < len(run):
        word = next((run[at:end] for end in range(len(run), at + 1, -1) if run[at:end] in known), None)
        if word is None:
            rest += run[at]
            at += 1
            continue
        yield from _segmented(rest)
        yield word
        at, rest = at + len(word), ""
    yield from _segmented(rest)


def _segmented(rest: str) -> Iterator[str]:
    words = [word for phrase in phrases_of(rest) for word in phrase] if rest else []
    yield from (word for word in words if len(word) > 1 or (len(words) == 1 and word not in STOP_CHARACTERS))


def _add(concepts: list[Concept], word: str, rarity: Rarity) -> None:
    """Add the matter that a word stands for, or the word to the matter that it is a second word of."""
    matters = _matters().get(word, ())
    asks = frozenset(one.of for one in entries("topics", "asks", Asking) if one.text == word)
    weight = _weight(word, forms := _forms(word, matters, rarity), rarity) * (_ASKED if asks else 1.0)
    for at, known in enumerate(concepts):
        if word in known.words:
            return
        if matters and any(known.forms.get(word, 0) >= _SAME and _matters().get(w) == matters for w in known.words):
            both = {one: max(forms.get(one, 0), known.forms.get(one, 0)) for one in (*known.forms, *forms)}
            concepts[at] = Concept((*known.words, word), both, max(known.weight, weight), known.asks | asks)
            return
    concepts.append(Concept((word,), forms, weight, asks))


def _forms(word: str, matters: Sequence[Matter], rarity: Rarity) -> dict[str, float]:
    forms = {word: 1.0}
    for matter in matters:
        forms |= {one: _SAME for one in (matter.text, *matter.same) if forms.get(one, 0) < _SAME}
        forms |= {one: _NEAR for one in matter.near if one not in forms}
    parts = [word[at : at + 2] for at in range(0, len(word) - 1, 2)] if len(word) > 3 else []
    if not matters:
        forms |= {part: _PART for part in parts if part not in forms}
    if not any(map(rarity, forms)):
        forms |= dict.fromkeys(word, _LETTER)
    known = {one: degree for one, degree in forms.items() if rarity(one)} or {word: 1.0}
    return known | ({APART.join(parts): _APART} if len(parts) > 1 and all(map(rarity, parts)) else {})


def _weight(word: str, forms: Mapping[str, float], rarity: Rarity) -> float:
    rare = rarity(word) or max(degree * rarity(one) for one, degree in forms.items() if APART not in one)
    return min(max(rare or _RAREST, _LEAST_RARE), _RAREST) * (_FRAME if word in texts("topics", "frame") else 1.0)


@cache
def _matters() -> Mapping[str, tuple[Matter, ...]]:
    found: dict[str, tuple[Matter, ...]] = {}
    for matter in entries("topics", "matter", Matter):
        for word in (matter.text, *matter.same):
            found[word] = (*found.get(word, ()), matter)
    return found


@cache
def _known() -> frozenset[str]:
    return frozenset({*_matters(), *(one.text for one in entries("topics", "asks", Asking))})


# --- a clause --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """What a clause has of one concept, from 0 to 1, in each of its parts, and the words that say so."""

    concept: Concept
    heading: float
    text: float
    above: float
    said: str
    said_above: str
    forms: tuple[str, ...]  # that stand in the clause itself
    answered: float = 0.0  # by what its norms have

    @property
    def own(self) -> bool:
        return bool(self.heading or self.text or self.answered)

    @property
    def covered(self) -> float:
        own = max(min(1.0, _HEADING * self.heading), self.text, self.answered)
        return max(self.above, own + (1.0 - own) * _CONFIRMED * self.above if own else 0.0)

    def often(self, place: Place) -> float:
        """How often it is spoken of for the length of the clause, from 0 to 1."""
        words = place.heading + place.text
        times = sum(self.concept.forms[form] * words.count(form) for form in self.forms)
        return min(1.0, times / (_TIMES * (0.25 + 0.75 * len(words) / _LONG)))


def _views(topic: Topic, place: Place) -> list[_View]:
    """What a clause has of each concept. A norm that has what is asked for says it as far as it speaks of the rest."""
    views = [_view(concept, place) for concept in topic.concepts]
    if not any(concept.asks & place.has for concept in topic.concepts):
        return views
    rest = [view for view in views if not view.concept.asks]
    weight = sum(view.concept.weight for view in rest)
    said = sum(view.covered * view.concept.weight for view in rest) / weight if weight else 1.0
    return [replace(view, answered=said) if view.concept.asks & place.has else view for view in views]


def _view(concept: Concept, place: Place) -> _View:
    everything = f"{place.heading}\n{place.text}\n{place.above}\n{place.title}"
    forms = {form: degree for form, degree in concept.forms.items() if stands(form, everything)}
    if not forms:
        return _View(concept, 0.0, 0.0, 0.0, "", "", ())
    heading, said_heading = _best(forms, place.heading)
    text, said = _best(forms, place.text)
    above, said_above = _best(forms, place.above)
    title, said_title = _best(forms, place.title)
    of_title = _SUBJECT if concept.weight > _LEAST_RARE and title >= _SAME else _TITLE
    if of_title * title > _ABOVE * above:
        above, said_above = of_title * title, said_title
    else:
        above *= _ABOVE
    own = f"{place.heading}\n{place.text}"
    held = tuple(form for form in forms if stands(form, own))
    return _View(concept, heading, text, above, said_heading if heading > text else said, said_above, held)


def _best(forms: Mapping[str, float], words: str) -> tuple[float, str]:
    """How well words stand for a concept, and by which of its forms."""
    standing = ((degree, len(form), form) for form, degree in forms.items() if stands(form, words))
    degree, _, form = max(standing, default=(0.0, 0, ""))
    return degree, form


def _degree(forms: Mapping[str, float], words: str) -> float:
    return max((degree for form, degree in forms.items() if stands(form, words)), default=0.0)


def stands(form: str, words: str) -> bool:
    """Whether a form stands in words: 信息…公开 where both of its parts do."""
    return form in words if APART not in form else all(part in words for part in form.split(APART))


def _sentence(topic: Topic, views: Sequence[_View], words: str) -> float:
    """How much of a topic one sentence says, with what it has from the heading and from above."""
    weight = sum(view.concept.weight for view in views) or 1.0
    said = 0.0
    for view in views:
        own = max((view.concept.forms[form] for form in view.forms if stands(form, words)), default=0.0)
        said += view.concept.weight * max(own, _lent(view), _ANSWERED * view.answered)
    return said / weight + _WORDING * sum(part for pair, part in topic.pairs.items() if pair in words)


def _lent(view: _View) -> float:
    """What a sentence has of a concept from the heading and from above."""
    return max(_HEADING_TO_SENTENCE * view.heading, _ABOVE_TO_SENTENCE * view.above)


def _sentences(text: str) -> Iterable[str]:
    return [sentence for sentence in _SENTENCE_ENDS.split(text) if sentence] or [""]


def _standing(place: Place) -> float:
    """How much the fit of a clause counts by what it is: one that rules something goes before one that explains."""
    factor = _RULED if place.ruled else 1.0
    factor *= _UNBORNE if place.listed and not place.ruled else 1.0
    return factor * (_UNRULED if place.function in UNRULING else 1.0)


def plain(words: str) -> str:
    """Words as they are compared: without blanks, in small letters. The width of letters is made equal when files are read."""
    return "".join(words.split()).lower()
