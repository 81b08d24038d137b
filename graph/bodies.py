"""The bodies that issue documents: one body for each name, whatever the spelling. Bearers of norms join them later."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from tiaoli.provisions import STATE
from tiaoli.records import Body, Document

PREFIX = "机构/"  # no document or clause id holds a /, before its #

_BETWEEN = re.compile(r"[、,，;；\s]+")
_UNSAFE = re.compile(r"[#/\\~?%&]+")
# By the end of the name; the full lexicon of bodies takes over with the extraction of norms.
_GOVERNMENT = re.compile(r"(?:人民政府|^国务院)$")
_NO_DEPARTMENT = re.compile(r"(?:人民代表大会|常务委员会|法院|检察院|中国共产党|中共)")
_DEPARTMENT = re.compile(r"(?:部|委|委员会|局|厅|署|总局|办公厅|办公室)$")


def body_names(issuer: str | None) -> tuple[str, ...]:
    """Return the names of the bodies that an issuer line holds, in its order, each in its normal form.

    >>> body_names("国家发展改革委、财政部 中华人民共和国国务院")
    ('国家发展改革委', '财政部', '国务院')
    """
    names = (body_name(name) for name in _BETWEEN.split(issuer or ""))
    return tuple(dict.fromkeys(name for name in names if name))


def body_name(name: str) -> str:
    """Return a body's name in its normal form: without blanks, width made equal, without 中华人民共和国."""
    name = "".join(unicodedata.normalize("NFKC", name).split())
    return name.removeprefix(STATE) or name


def body_id(name: str) -> str:
    """Return the id of the body of that name, readable and the same in every store.

    >>> body_id("中华人民共和国财政部")
    '机构/财政部'
    """
    return PREFIX + _UNSAFE.sub("_", body_name(name))


def issuing_bodies(documents: Iterable[Document]) -> Iterator[Body]:
    """Yield the bodies that issue `documents`, in the order of their ids."""
    seen: dict[str, tuple[str, set[str]]] = {}
    for document in documents:
        for part in _BETWEEN.split(document.issuer or ""):
            if name := body_name(part):
                _, spellings = seen.setdefault(body_id(name), (name, set()))
                spellings.update({part} - {name})
    for key, (name, spellings) in sorted(seen.items()):
        yield Body(key, name, aliases=tuple(sorted(spellings)), kind=_kind(name))


def _kind(name: str) -> str:
    if _GOVERNMENT.search(name):
        return "政府"
    return "部门" if _DEPARTMENT.search(name) and not _NO_DEPARTMENT.search(name) else "其他"
