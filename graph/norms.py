"""Norms as they leave the store: with the citations that they rest on, led to their targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph.resolve import Resolver
from tiaoli.exports import as_dict
from tiaoli.provisions import OWN
from tiaoli.records import Citation, Document, Norm

_QUOTED = re.compile(r"《(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)*)》")
_PROVISION = re.compile(r"第[〇零一二三四五六七八九十百千0-9０-９]+(?:条|款|项|章|节|编).*$")


def norm_records(resolver: Resolver) -> Iterator[dict[str, object]]:
    """Yield every norm of the store as JSON holds it, document by document; its citations are resolved records."""
    for document in resolver.documents:
        yield from records_of(resolver, document, resolver.store.norms(document.doc_id))


def records_of(resolver: Resolver, document: Document, norms: Sequence[Norm]) -> Iterator[dict[str, object]]:
    """Yield norms of a document as JSON holds them; each citation once, with its title as the norm writes it."""
    cited = _by_span(resolver.resolve(document)) if any(norm.citations for norm in norms) else {}
    for norm in norms:
        citations = [as_written(c) for span in norm.citations for c in cited.get((span.start, span.end), ())]
        yield as_dict(norm) | {"citations": [as_dict(c) for c in _distinct(citations)]}


def as_written(citation: Citation) -> Citation:
    """Return a citation with the title that its words write: 食品安全法 and not 中华人民共和国食品安全法.

    >>> as_written(Citation("c", "d", 0, 8, "食品安全法第三条", "中华人民共和国食品安全法", "第三条")).title
    '食品安全法'
    """
    if citation.title == OWN:
        return citation
    quoted = _QUOTED.match(citation.text)
    written = quoted["title"] if quoted else _PROVISION.sub("", citation.text)
    return replace(citation, title=written) if written and (quoted or written in citation.title) else citation


def _by_span(citations: Iterable[Citation]) -> dict[tuple[int, int], list[Citation]]:
    found: dict[tuple[int, int], list[Citation]] = {}
    for citation in citations:
        found.setdefault((citation.start, citation.end), []).append(citation)
    return found


def _distinct(citations: Sequence[Citation]) -> Iterator[Citation]:
    seen = set()
    for citation in citations:
        if (key := (citation.title, citation.label)) not in seen:
            seen.add(key)
            yield citation
