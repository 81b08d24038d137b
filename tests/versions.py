"""Documents in two versions, as the tests compare them."""

from __future__ import annotations

from collections.abc import Sequence

from factories import clause, document

from compare.alignment import compare
from tiaoli.numerals import to_chinese
from tiaoli.records import Clause, Comparison, Kind, Pair

Article = Sequence[str]  # its 款


def statute(articles: Sequence[Article], doc_id: str = "办法") -> list[Clause]:
    """The clauses of a statute with these articles."""
    found: list[Clause] = []
    for number, paragraphs in enumerate(articles, 1):
        label = f"第{to_chinese(number)}条"
        above = f"{doc_id}#{label}"
        found.append(clause(label, doc_id, text="", order=len(found), number=number))
        for place, text in enumerate(paragraphs, 1):
            own = f"第{to_chinese(place)}款"
            fields = {"parent_id": above, "kind": Kind.PARAGRAPH, "path": (label, own), "text": text}
            found.append(clause(own, doc_id, clause_id=f"{above}/{own}", order=len(found), **fields))
    return found


def compared(old: Sequence[Clause], new: Sequence[Clause]) -> Comparison:
    """The comparison of two lists of clauses."""
    return compare(document("旧"), old, document("新"), new)


def told(pairs: Sequence[Pair]) -> list[tuple[str, str, str]]:
    """Pairs as what became of which label: ("改序", "第一条", "第二条")."""
    return [(p.change.value, "+".join(c.label for c in p.old), "+".join(c.label for c in p.new)) for p in pairs]
