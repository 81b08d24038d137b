"""Whether a provision is the one that a text cites: by the words around the citation.

Where the store holds only a later version than the one that was cited, the same number may stand for another provision; and
an amended text often keeps the numbers that it cited when it was new. The words around a citation are like those of the
provision that it means.
"""

from __future__ import annotations

import math
import re
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tiaoli.records import Clause, Kind

_HAN = re.compile("[\u4e00-\u9fff]")
_NEAR, _OF_TEN = 5, 10  # the cited article has to be among the first 5, and among the first tenth, of its text
_ENOUGH = 4  # places of a text that cite one instrument, from which on they tell of each other
_MOST, _FEW = 0.8, 0.4  # share of them that fit: from the one on all do, below the other the numbers have changed
_CLEARLY = 1 / 3  # below this share of the best likeness the words speak of another article
_KEPT = 16  # instruments whose articles are kept; bounds memory


class Place(NamedTuple):
    """A place that cites a provision."""

    words: str  # around the citation
    provision: Clause
    telling: bool  # whether the words are about this provision, not about many


class _Rank(NamedTuple):
    better: int  # articles that are more like the words
    own: float  # likeness of the cited article
    best: float  # of the one that is most like the words


def _is_open(rank: _Rank | None) -> bool:
    """Whether the words do not speak clearly of another article."""
    return rank is None or rank.own >= _CLEARLY * rank.best


class Plausible:
    """Tells whether articles fit the places that cite them."""

    def __init__(self, clauses: Callable[[str], Sequence[Clause]]) -> None:
        """Take a function that gives the clauses of a document by its id."""
        self._clauses = clauses
        self._articles: OrderedDict[str, _Articles] = OrderedDict()

    def fit(self, places: Sequence[Place], *, later: bool) -> list[bool]:
        """Return for each place whether its provision can be meant.

        All places are of one citing text and one cited document: where nearly all fit, its numbers have not changed.
        Of a `later` version than the one that was cited a provision has to fit; of the version of that day it counts
        unless most places tell that the numbers are those of an earlier one.
        """
        enough = sum(place.telling for place in places) >= _ENOUGH
        if not places or not (later or enough):
            return [True] * len(places)
        articles = self._of(places[0].provision.doc_id)
        if later and articles.keep_numbers:
            return [True] * len(places)
        ranks = [articles.rank(place) for place in places]
        fitting = [rank is None or rank.better < articles.near for rank in ranks]
        telling = [fits for fits, place in zip(fitting, places, strict=True) if place.telling]
        share = sum(telling) / len(telling) if enough else None
        if later:
            unchanged = share is not None and share >= _MOST
            return [fits or (unchanged and _is_open(rank)) for fits, rank in zip(fitting, ranks, strict=True)]
        return fitting if share is not None and share < _FEW else [True] * len(places)

    def _of(self, doc_id: str) -> _Articles:
        if doc_id not in self._articles:
            self._articles[doc_id] = _Articles(self._clauses(doc_id))
            if len(self._articles) > _KEPT:
                self._articles.popitem(last=False)
        self._articles.move_to_end(doc_id)
        return self._articles[doc_id]


class _Articles:
    """The articles of one document by their pairs of characters."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._article = _articles_of(clauses)
        words: defaultdict[str, list[str]] = defaultdict(list)
        for clause in clauses:
            if (article := self._article.get(clause.clause_id)) is not None:
                words[article].append(clause.heading + clause.text)
        # Articles inserted as 第…条之一 leave the numbers of the others as they are.
        self.keep_numbers = any(c.kind is Kind.ARTICLE and c.suffix for c in clauses)
        pairs = {article: _pairs("。".join(texts)) for article, texts in words.items()}
        counts = Counter(pair for own in pairs.values() for pair in own)
        self._weights = {pair: math.log((len(pairs) + 1) / (count + 0.5)) for pair, count in counts.items()}
        self._with: defaultdict[str, list[str]] = defaultdict(list)
        for article, own in pairs.items():
            for pair in own:
                self._with[pair].append(article)
        self._sizes = {
            article: math.sqrt(1 + sum(self._weights[pair] for pair in own)) for article, own in pairs.items()
        }

    @property
    def near(self) -> int:
        """How many articles may be more like the words of a place than the one that it means."""
        return min(_NEAR, max(1, len(self._sizes) // _OF_TEN))

    def rank(self, place: Place) -> _Rank | None:
        """Return how like its words the article of a place is; None for a provision that is in no article."""
        article = self._article.get(place.provision.clause_id)
        if article is None:
            return None
        scores = dict.fromkeys(self._sizes, 0.0)
        for pair in _pairs(place.words) & self._with.keys():
            for one in self._with[pair]:
                scores[one] += self._weights[pair] / self._sizes[one]
        better = sum(score > scores[article] for score in scores.values())
        return _Rank(better if scores[article] else len(scores), scores[article], max(scores.values()))


def _articles_of(clauses: Sequence[Clause]) -> dict[str, str]:
    """Return for each clause in an article, and the article itself, the id of that article."""
    found: dict[str, str] = {}
    for clause in clauses:
        if clause.kind is Kind.ARTICLE:
            found[clause.clause_id] = clause.clause_id
        elif (above := found.get(clause.parent_id or "")) is not None:
            found[clause.clause_id] = above
    return found


def _pairs(text: str) -> set[str]:
    characters = "".join(_HAN.findall(text))
    return {characters[n : n + 2] for n in range(len(characters) - 1)}
