"""What is the same obligation: norms that order the same thing in the same way, whichever words they use for the topic.

Two norms are alike by the matters of the topic that both speak of and by the other words of what they order. The words
around an enumerated matter do not count (完善持证上岗、案卷评查、责任追究制度 orders three things). Groups are complete:
every member is alike to every other, so that a chain of neighbours joins no two different obligations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from answers.obligations.topic import APART, Concept, Topic, plain, stands
from search.words import phrases_of
from tiaoli.lexicon import texts
from tiaoli.records import Norm, NormKind

SAME = 0.65  # likeness from which two norms of different documents order the same
_SAME_HERE = 0.85  # … and of one document, which rarely says a thing twice
_CARRIES = 0.7  # share of what the best part of a norm says of the topic from which another part of it counts too
_SHORT = 8  # letters of a part that says what is done and leaves to the one before it to what
_TOPIC = 4.0  # what the topic counts, in words
_MEANS = 0.6  # how well a form must stand for a matter to mean it
_AROUND = 0.4  # what a word around the part that carries the topic counts …
_MOST_AROUND, _LEAST_AROUND = 3.0, 0.5  # … and all of them together: the more, the less of the topic that part says
_LACKING = 8.0  # … by this much for the share of the topic that is lacking
_STRICTER = 0.1  # what the likeness of all words may lack where two norms must say the same
_SHARED = 0.25  # share of the words beside the topic in the part that carries it which another norm must have as well …
_EVEN_SO = 0.8  # … unless the words of both are as a whole so much alike
_OTHER_WORD = 0.7  # what a matter of the topic counts that two norms speak of by other words
_SAME_WORDS = 0.999  # likeness of all words of what says the same
_MANY = 6  # words of a norm from which it is known by all of them
_WHOLE = 1.15  # how much the likeness of all words counts
_LONG_WORD = 1.4  # what a word of more than two letters counts
_ATTRIBUTES = {"deadline", "amount"}  # what a topic may ask for that is no matter of its own
_PARTS = re.compile("[，,、；;：:。（）()]")
_NUMBER = re.compile(r"[\d一二三四五六七八九十百千万两零〇]+")
_SIDES = {NormKind.DUTY: 0, NormKind.POWER: 1, NormKind.PROHIBITION: 2, NormKind.RIGHT: 3, NormKind.LIABILITY: 4}


@dataclass(frozen=True, slots=True)
class Stated:
    """What is compared of a member: its words, what stands over them, its norm, where it stands."""

    text: str
    heading: str
    norm: Norm | None
    doc_id: str
    bare: bool = False  # the item of a list, a purpose, a definition: it orders nothing by itself
    near: bool = False  # it is only near the topic


@dataclass(frozen=True, slots=True)
class Kernel:
    """What a norm orders: how well it speaks of each matter of the topic, and its other words with their weights."""

    matters: tuple[float, ...]
    words: Mapping[str, float]
    own: frozenset[str]  # … of which these stand in the part that carries the topic
    everything: frozenset[str]  # words of the whole norm, those of the topic included
    means: tuple[frozenset[str], ...]  # the words that mean each matter of the topic


def grouped(members: Sequence[Stated], topic: Topic) -> list[list[int]]:
    """Return which members state the same obligation, as their places; groups in the order of their first members."""
    if len(members) < 2:
        return [[at] for at in range(len(members))]
    likeness = likenesses(members, topic)
    distances = squareform(1.0 - likeness, checks=False)
    labels = fcluster(linkage(distances, method="complete"), t=1.0 - SAME + 1e-9, criterion="distance")
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for at, label in enumerate(labels.tolist()):
        groups[label].append(at)
    return sorted(groups.values())


def likenesses(members: Sequence[Stated], topic: Topic) -> NDArray[np.float64]:
    """Return how alike each two members are, from 0 to 1; 0 where one orders what the other forbids."""
    kernels = [kernel_of(one, topic) for one in members]
    weights = [0.0 if one.asks & _ATTRIBUTES else one.weight**0.5 for one in topic.concepts]
    whole = sum(weights) or 1.0
    shared = np.zeros((len(members), len(members)))
    for number, weight in enumerate(weights):
        column = np.array([kernel.matters[number] for kernel in kernels])
        shared += (
            weight / whole * np.minimum.outer(column, column) * _wording([kernel.means[number] for kernel in kernels])
        )
    own = _TOPIC * np.diagonal(shared) + np.array([sum(kernel.words.values()) for kernel in kernels])
    likeness = np.minimum((_TOPIC * shared + _common(kernels)) / np.maximum(np.maximum.outer(own, own), 1e-9), 1.0)
    cosines, many = _cosines(kernels)
    known = many[:, None] & many[None, :]  # by enough words
    strict = np.minimum(likeness, cosines + _STRICTER)
    likeness = np.maximum(likeness, np.where(known, np.minimum(_WHOLE * cosines, 1.0), 0.0))
    likeness[~_comparable(members)] = 0.0
    likeness[_apart(kernels) & (cosines < _EVEN_SO)] = 0.0
    doubtful, listed = _doubtful(members)
    likeness[doubtful & (strict < _SAME_HERE)] = 0.0
    likeness[listed & (cosines < _SAME_WORDS)] = 0.0
    np.fill_diagonal(likeness, 1.0)
    symmetric: NDArray[np.float64] = likeness
    return symmetric


def kernel_of(member: Stated, topic: Topic) -> Kernel:
    """Return what a member orders: the words of the part of it that carries the topic, those around it counting less."""
    text, heading = plain(member.text), plain(member.heading)
    forms = [part for one in topic.concepts for form in _firm(one) for part in form.split(APART)]
    matters = tuple(max(_degree(one, text), _degree(one, heading)) for one in topic.concepts)
    parts = [part for part in _PARTS.split(text) if part]
    carrying = _carrying(parts, forms, topic, member.norm)
    words = _content("，".join(parts[at] for at in sorted(carrying)), forms, member.norm)
    around = _content(
        "，".join([heading, *(part for at, part in enumerate(parts) if at not in carrying)]), forms, member.norm
    )
    around = {word: weight for word, weight in around.items() if word not in words}
    said = _share(topic, "，".join(parts[at] for at in carrying))
    most = min(_MOST_AROUND, _LEAST_AROUND + _LACKING * (1.0 - min(1.0, said)))
    less = min(_AROUND, most / (sum(around.values()) or 1.0))
    everything = frozenset(_content(text, (), member.norm))
    means = tuple(
        frozenset(form for form in _firm(one) if stands(form, text) or stands(form, heading)) for one in topic.concepts
    )
    return Kernel(
        matters, words | {word: weight * less for word, weight in around.items()}, frozenset(words), everything, means
    )


def _carrying(parts: Sequence[str], forms: Sequence[str], topic: Topic, norm: Norm | None) -> set[int]:
    """Return which parts of a norm say what is ordered of the topic.

    Where such a part ends in the topic, its object stands before it (编制清单，并向社会公开); where the topic only stands in
    the condition, the action is what is ordered (移送案件的，应当附下列材料).
    """
    last = len(parts) - 1
    shares = [0.0 if at < last and _is_adjunct(part, norm) else _share(topic, part) for at, part in enumerate(parts)]
    least = _CARRIES * max(shares, default=0.0)
    found = {at for at, said in enumerate(shares) if said >= least}
    found |= {at - 1 for at in found if at and len(parts[at]) <= _SHORT and parts[at].endswith(tuple(forms))}
    ordered = tuple(part for part in _PARTS.split(plain(norm.action)) if part) if norm is not None else ()
    of_action = {at for at, part in enumerate(parts) if ordered and part.endswith(ordered)}
    return found | of_action if of_action.isdisjoint(found) else found


def _share(topic: Topic, words: str) -> float:
    """Return which share of a topic words speak of, from 0 to 1; what asks for limits and amounts is no matter of its own."""
    matters = [one for one in topic.concepts if not one.asks & _ATTRIBUTES] or topic.concepts
    whole = sum(one.weight**0.5 for one in matters)
    return sum(one.weight**0.5 * _degree(one, words) for one in matters) / whole if whole else 1.0


def _firm(concept: Concept) -> list[str]:
    """Return the forms of a concept that mean it; others are words like any."""
    return [form for form, degree in concept.forms.items() if degree >= _MEANS]


def _degree(concept: Concept, words: str) -> float:
    """How well words stand for a concept, as far as they mean it."""
    return max((concept.forms[form] for form in _firm(concept) if stands(form, words)), default=0.0)


def _content(words: str, forms: Sequence[str], norm: Norm | None) -> dict[str, float]:
    """Return the words that say what is ordered, beside those of the topic and what every text has.

    Who bears it, by when, how often and how much is told as a difference of the same obligation.
    """
    for form in sorted(set(forms), key=len, reverse=True):
        words = words.replace(form, "，")
    for said in _told_apart(norm) if norm is not None else ():
        words = words.replace(plain(said), "，")
    found = [word for phrase in phrases_of(words) for word in phrase] if words.strip("，") else []
    kept = [word for word in found if len(word) > 1 and not _is_frame(word) and not _NUMBER.search(word)]
    return {word: 1.0 if len(word) == 2 else _LONG_WORD for word in kept}


def _told_apart(norm: Norm) -> list[str]:
    said = [one.name for one in norm.bearers]
    said += [one.text for one in norm.deadlines]
    return said + [one.text for one in norm.amounts]


def _is_frame(word: str) -> bool:
    """Whether every text has a word, or it is made of such words: 建立健全."""
    frame = _frame()
    return word in frame or (len(word) == 4 and word[:2] in frame and word[2:] in frame)


@cache
def _frame() -> frozenset[str]:
    return frozenset(texts("topics", "frame"))


def _is_adjunct(part: str, norm: Norm | None) -> bool:
    """Whether a part of a norm, after who must do it, tells on what occasion or by what means: 结合资格管理."""
    if norm is not None:
        for said in (*(bearer.name for bearer in norm.bearers), norm.modal or ""):
            part = part.removeprefix(plain(said))
    return part.startswith(_adjuncts())


@cache
def _adjuncts() -> tuple[str, ...]:
    return texts("topics", "adjunct")


def _common(kernels: Sequence[Kernel]) -> NDArray[np.float64]:
    """Return what the words that each two kernels share count."""
    columns: dict[str, int] = {}
    rows, places, values = [], [], []
    for row, kernel in enumerate(kernels):
        for word, weight in kernel.words.items():
            rows.append(row)
            places.append(columns.setdefault(word, len(columns)))
            values.append(weight**0.5)
    shape = (len(kernels), max(len(columns), 1))
    matrix = sparse.csr_matrix((values, (rows, places)), shape=shape)
    product: NDArray[np.float64] = (matrix @ matrix.T).toarray()
    return product


def _cosines(kernels: Sequence[Kernel]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return how alike the words of each two norms are as a whole, from 0 to 1, and which norms have many of them."""
    columns = {word: at for at, word in enumerate(sorted({word for one in kernels for word in one.everything}))}
    rows = [row for row, one in enumerate(kernels) for _ in one.everything]
    places = [columns[word] for one in kernels for word in sorted(one.everything)]
    values = [1.0 / len(one.everything) ** 0.5 for one in kernels for _ in one.everything]
    matrix = sparse.csr_matrix((values, (rows, places)), shape=(len(kernels), max(len(columns), 1)))
    product: NDArray[np.float64] = (matrix @ matrix.T).toarray()
    return product, np.array([len(one.everything) >= _MANY for one in kernels])


def _wording(means: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    """How surely each two norms mean the same matter: less where no word for it is common to both."""
    return np.where(_product(means) > 0, 1.0, _OTHER_WORD)


def _apart(kernels: Sequence[Kernel]) -> NDArray[np.bool_]:
    """Which two norms say of the topic what the other says nothing of: hiding names in a published decision, correcting it."""
    common = _product([one.own for one in kernels])
    sizes = np.array([len(one.own) for one in kernels])
    fewer = np.minimum.outer(sizes, sizes)
    apart: NDArray[np.bool_] = (fewer > 0) & (common < _SHARED * fewer)
    return apart


def _product(words: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    columns = {word: at for at, word in enumerate(sorted(frozenset().union(*words)))}
    rows = [row for row, one in enumerate(words) for _ in one]
    places = [columns[word] for one in words for word in one]
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, places)), shape=(len(words), max(len(columns), 1)))
    product: NDArray[np.float64] = (matrix @ matrix.T).toarray()
    return product


def _doubtful(members: Sequence[Stated]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which two members must say nearly the same: in one document, items of lists, liabilities, which have one form.

    And which of these the same words: an item and what leads into it are no two statements of one obligation.
    """
    places = {doc_id: number for number, doc_id in enumerate(dict.fromkeys(one.doc_id for one in members))}
    documents = np.array([places[one.doc_id] for one in members])
    here = documents[:, None] == documents[None, :]
    bare = np.array([one.bare for one in members])
    liable = np.array([one.norm is not None and one.norm.kind is NormKind.LIABILITY for one in members])
    asks = np.array(["是否" in one.text for one in members])  # whether something is so is no order to do it
    alone = bare | liable
    doubtful = here | alone[:, None] | alone[None, :] | (asks[:, None] != asks[None, :])
    return doubtful, here & (bare[:, None] | bare[None, :])


def _comparable(members: Sequence[Stated]) -> NDArray[np.bool_]:
    """Which two members may order the same: as near to the topic, and of one kind or one of them without a norm."""
    sides = np.array([_SIDES[one.norm.kind] if one.norm is not None else -1 for one in members])
    comparable: NDArray[np.bool_] = (sides[:, None] == sides[None, :]) | (sides[:, None] < 0) | (sides[None, :] < 0)
    near = np.array([one.near for one in members])
    comparable &= near[:, None] == near[None, :]
    return comparable
