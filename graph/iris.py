"""Ids of the store as IRIs: Chinese letters stay readable, what an IRI does not take is written in percent signs."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

BASE = "https://tiaoli.example/id/"
_UNSAFE = re.compile(r"[^\w.~!$&'()*+,;=:@/-]")


def iri_part(text: str) -> str:
    """Return text as it may stand within one IRI, `/` included.

    >>> iri_part("江川法（2021）#第一条 100%")
    '江川法%EF%BC%882021%EF%BC%89%23第一条%20100%25'
    """
    return _UNSAFE.sub(lambda found: quote(found[0]), text)


def iri_of(node: str) -> str:
    """Return the IRI of a document, clause, body, norm or instrument; a clause is a fragment of its document.

    >>> iri_of("江川法#第一章/第二条"), iri_of("机构/财政部")
    ('https://tiaoli.example/id/江川法#第一章/第二条', 'https://tiaoli.example/id/机构/财政部')
    """
    whole, mark, fragment = node.partition("#")
    return f"{BASE}{iri_part(whole)}{mark}{iri_part(fragment)}"


def node_of(iri: str) -> str:
    """Return the id of which `iri_of` made an IRI."""
    return unquote(iri.removeprefix(BASE))
