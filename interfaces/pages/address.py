"""The address of every state of the app: what a page shows is read from it, and every link is made here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from search.facets import FIELDS

# paths of the pages
SEARCH, READ, CORPUS, GRAPH, COMPARE = "", "read", "corpus", "graph", "compare"
BODY, OBLIGATIONS, CALENDAR, TRACE, GAPS = "body", "obligations", "calendar", "trace", "gaps"
CLEANUP = "cleanup"
PER_PAGE = 10
LAST_PAGE = 100
Params = Mapping[str, Sequence[str]]


def href(path: str, /, **params: str | int | Sequence[str] | None) -> str:
    """Return the address of a page, relative to the app; what is None or empty is left out.

    >>> href(READ, clause="a#第一条", page=None)
    './read?clause=a%23%E7%AC%AC%E4%B8%80%E6%9D%A1'
    """
    given = {key: value for key, value in params.items() if value not in (None, "", [], ())}
    query = urlencode(given, doseq=True, quote_via=quote)
    return f"./{path}?{query}" if query else f"./{path}"


def clause_href(clause_id: str) -> str:
    """Return the address at which a clause is read."""
    return href(READ, clause=clause_id)


def doc_href(doc_id: str) -> str:
    """Return the address at which a document is read."""
    return href(READ, doc=doc_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the address tells it."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    def params(self) -> dict[str, str | list[str]]:
        """What stands in the address."""
        page = {"page": str(self.page)} if self.page > 1 else {}
        return {"q": self.text, **{name: list(values) for name, values in self.filters.items() if values}, **page}

    @property
    def href(self) -> str:
        """The address of this search."""
        return href(SEARCH, **self.params())

    def at_page(self, page: int) -> Asked:
        """The same search at another page."""
        return replace(self, page=page)

    def without_filters(self) -> Asked:
        """The same words everywhere."""
        return Asked(self.text)

    def toggled(self, name: str, value: str) -> Asked:
        """The same search with a value of a filter added, or taken away where it was set; from the first page."""
        old = self.filters.get(name, ())
        new = tuple(v for v in old if v != value) if value in old else (*old, value)
        return replace(self, filters={**self.filters, name: new} if new else _without(self.filters, name), page=1)


def _without(filters: Mapping[str, tuple[str, ...]], name: str) -> dict[str, tuple[str, ...]]:
    return {key: values for key, values in filters.items() if key != name}


def asked_in(params: Params) -> Asked:
    """Return the search that an address asks for; whatever is odd in it is left out.

    >>> asked_in({"q": ["处罚"], "year": ["2021"], "page": ["x"]})
    Asked(text='处罚', filters={'year': ('2021',)}, page=1)
    """
    filters = {name: tuple(params[name]) for name in FIELDS if params.get(name)}
    return Asked(" ".join(_first(params, "q").split()), filters, page_in(params))


def page_in(params: Params) -> int:
    """Return the number of the page that an address asks for, 1 where it asks for none or nonsense."""
    page = _first(params, "page", "1")
    return min(max(int(page), 1), LAST_PAGE) if page.isascii() and page.isdecimal() and len(page) < 6 else 1


def _first(params: Params, name: str, default: str = "") -> str:
    return next(iter(params.get(name, ())), default)


def page_numbers(page: int, last: int) -> Iterable[int | None]:
    """Return the numbers to offer around `page`, None for a gap.

    >>> list(page_numbers(6, 20))
    [1, None, 4, 5, 6, 7, 8, None, 20]
    """
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    for before, number in zip([0, *near], near, strict=False):
        if number > before + 1:
            yield None
        yield number
