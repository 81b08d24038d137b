"""Footnotes and endnotes: their marks in the text, and their texts for the end of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.readers.word.number_formats import written
from ingest.readers.word.package import Package
from ingest.readers.word.xml import Element, attribute, child, children, name, value

_USUAL_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the text refers to."""

    mark: str  # empty where the writer has set one
    content: Element


class Notes:
    """The notes of a document, numbered as the text refers to them."""

    def __init__(
        self, contents: Mapping[tuple[str, str], Element] | None = None, forms: Mapping[str, str] | None = None
    ) -> None:
        self._contents, self._forms = contents or {}, forms or {}
        self._cited: dict[tuple[str, str], Note] = {}
        self._counts: Counter[str] = Counter()

    def cite(self, reference: Element) -> str:
        """Return the mark of a note that the text refers to, in brackets; a further reference has the same one."""
        kind = name(reference)[2:].removesuffix("Reference")
        key = kind, attribute(reference, "w:id")
        if key in self._cited or key not in self._contents:
            return self._cited[key].mark if key in self._cited else ""
        has_own_mark = attribute(reference, "w:customMarkFollows") in ("1", "true", "on")
        mark = "" if has_own_mark else self._next_mark(kind)
        self._cited[key] = Note(mark, self._contents[key])
        return mark

    def _next_mark(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"[{written(self._counts[kind], self._forms[kind]) or self._counts[kind]}]"

    def cited(self) -> Iterator[Note]:
        """Yield the notes in the order in which the text refers to them, footnotes first."""
        for kind in _USUAL_FORMS:
            yield from [note for key, note in self._cited.items() if key[0] == kind]


def read_notes(package: Package) -> Notes:
    """Return the notes of a document."""
    related = package.related(package.main)
    settings = next((package.xml(part) for part in related.get("settings", [])), None)
    contents = {
        (kind, attribute(note, "w:id")): note
        for kind in _USUAL_FORMS
        for part in related.get(f"{kind}s", [])
        for note in children(package.xml(part), f"w:{kind}")
    }
    forms = {kind: value(child(settings, f"w:{kind}Pr", "w:numFmt"), usual) for kind, usual in _USUAL_FORMS.items()}
    return Notes(contents, forms)
