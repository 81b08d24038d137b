"""Norms as they leave the store: with the citations that they rest on, led to their targets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph.bodies import body_id
from graph.resolve import Resolver
from tiaoli.body_kinds import head_of
from tiaoli.exports import as_dict
from tiaoli.provisions import OWN
from tiaoli.records import Bearer, Citation, Document, Mention, Norm

_FUNCTION = "function"  # the rule that reads 职责 below a heading or a lead-in
_ASSIGNMENT = "assignment"  # the rule that takes the bodies in the bracket at the end of a clause
_QUOTED = re.compile(r"《(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)*)》")
_PROVISION = re.compile(r"第[〇零一二三四五六七八九十百千0-9０-９]+(?:条|款|项|章|节|编).*$")


def norm_records(resolver: Resolver) -> Iterator[dict[str, object]]:
    """Yield every norm of the store as JSON holds it, document by document; its citations are resolved records."""
    for document in resolver.documents:
        yield from records_of(resolver, document, resolver.store.norms(document.doc_id))


def records_of(resolver: Resolver, document: Document, norms: Sequence[Norm]) -> Iterator[dict[str, object]]:
    """Yield norms of a document as JSON holds them: bearers with the bodies that they are, each citation once.

    Citations have their titles as the norm writes them.
    """
    cited = _by_span(resolver.resolve(document)) if any(norm.citations for norm in norms) else {}
    for norm in with_bodies(norms, resolver.store.mentions(document.doc_id)):
        citations = [as_written(c) for span in norm.citations for c in cited.get((span.start, span.end), ())]
        yield as_dict(norm) | {"citations": [as_dict(c) for c in _distinct(citations)]}


def with_bodies(norms: Sequence[Norm], mentions: Sequence[Mention]) -> Iterator[Norm]:
    """Yield norms whose bearers have the id of the body that the document means by them; None where it names no body.

    `mentions` are those of the document, in text order.
    """
    starts = [mention.start for mention in mentions]
    for norm in norms:
        bearers = (replace(bearer, body_id=_body_of(norm, bearer, mentions, starts)) for bearer in norm.bearers)
        yield replace(norm, bearers=tuple(bearers)) if norm.bearers else norm


def _body_of(norm: Norm, bearer: Bearer, mentions: Sequence[Mention], starts: Sequence[int]) -> str | None:
    """Return the id of the body that is named where the bearer stands; a heading above functions, or a bracket, names one by itself."""
    if bearer.body_id is not None:
        return bearer.body_id
    at = bisect_right(starts, bearer.end) - 1
    while at >= 0 and mentions[at].end > bearer.start:
        if min(mentions[at].end, bearer.end) - max(mentions[at].start, bearer.start) > 0:
            return body_id(mentions[at].name)
        at -= 1
    by_heading = norm.rule == _FUNCTION and bearer.inherited and head_of(bearer.name) is not None
    return body_id(bearer.name) if by_heading or norm.rule == _ASSIGNMENT else None


def as_written(citation: Citation) -> Citation:
    """Return a citation with the title that its words write: 食品安全法 and not 中华人民共和国食品安全法.

    >>> as_written(Citation("c", "d", 0, 8, "食品安全法第三条", "中华人民共和国食品安全法", "第三条")).title
    '食品安全法'
    """
    if citation.title == OWN:
        return citation
    if "〔" in citation.text and "《" not in citation.text:
        return replace(citation, title=citation.text)  # cited by its number alone
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
