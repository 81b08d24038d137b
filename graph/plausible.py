"""Whether a provision of a later version is the one that a text cites: by the words around the citation.

Where the store holds only a later version than the one that was cited, the same number may stand for another provision.
The words around a citation are like those of the provision that it means; how often that decides is measured in bench/.
"""

from __future__ import annotations

import math
import re
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Sequence

from tiaoli.records import Clause, Kind

_HAN = re.compile("[\u4e00-\u9fff]")
_NEAR, _OF_TEN = 5, 10  # the cited article has to be among the first 5, and among the first tenth, of its text
_MOST_HELD, _ENOUGH = (
    0.8,
    4,
)  # share of a text's citations of one instrument that fit, from which on the others may count
_KEPT = 16  # instruments whose articles are kept; bounds memory


class Plausible:
    """Tells whether articles of later versions fit the places that cite them."""

    def __init__(self, clauses: Callable[[str], Sequence[Clause]]) -> None:
        """Take a function that gives the clauses of a document by its id."""
        self._clauses = clauses
        self._articles: OrderedDict[str, _Articles] = OrderedDict()

    def fit(self, cited: Sequence[tuple[str, Clause]]) -> list[bool]:
        """Return for each place, given as the words around it and the provision, whether that provision can be meant.

        All places are of one citing text and one cited document: where nearly all fit, its numbers have not changed.
        """
        if not cited:
            return []
        articles = self._of(cited[0][1].doc_id)
        if articles.keep_numbers:
            return [True] * len(cited)
        fitting = [articles.fits(words, clause) for words, clause in cited]
        unchanged = len(cited) >= _ENOUGH and sum(fitting) >= _MOST_HELD * len(cited)
        return [True] * len(cited) if unchanged else fitting

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
        self._article: dict[str, str] = {}  # clause → the article that it stands in
        words: defaultdict[str, list[str]] = defaultdict(list)
        current = None
        for clause in clauses:
            current = clause.clause_id if clause.kind is Kind.ARTICLE else current
            if current is not None:
                self._article[clause.clause_id] = current
                words[current].append(clause.heading + clause.text)
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

    def fits(self, words: str, clause: Clause) -> bool:
        """Whether the article of `clause` is among those that are most like `words`."""
        article = self._article.get(clause.clause_id)
        if article is None:
            return False
        scores = dict.fromkeys(self._sizes, 0.0)
        for pair in _pairs(words) & self._with.keys():
            for one in self._with[pair]:
                scores[one] += self._weights[pair] / self._sizes[one]
        better = sum(score > scores[article] for score in scores.values())
        return scores[article] > 0 and better < min(_NEAR, max(1, len(scores) // _OF_TEN))


def _pairs(text: str) -> set[str]:
    characters = "".join(_HAN.findall(text))
    return {characters[n : n + 2] for n in range(len(characters) - 1)}
