"""法律责任: what the liability part of a document sanctions, and by which words it refers to the duties it sanctions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from answers.gaps.opened import Opened
from answers.gaps.words import pattern
from tiaoli.provisions import OWN, Level, Provision, parse_provision
from tiaoli.records import Citation, Clause, NormKind

_BREACH = re.compile(r"(?:违反(?:了)?|不(?:按照|依照|符合|具备|遵守|履行)|未(?:按照|按|依照|履行))本[^，。；：]*$")
_RANGE = re.compile(
    r"(?P<first>第[一二三四五六七八九十百零〇0-9]+条)\s*(?:至|到)\s*(?P<last>第[一二三四五六七八九十百零〇0-9]+条)"
)
_FURTHER = 12  # characters behind a citation in which the end of a range may stand
_TOPIC = re.compile(r"违反本[^，。；]{1,4}(?:中)?(?:有关|关于)(?P<topic>[^，。；第]{2,16}?)(?:的)?规定")
_ENDS = re.compile(r"[。；;\n]")


class Sanctioned(NamedTuple):
    """A provision of the document that a liability clause names as breached."""

    citation: Citation
    provision: Provision


class Liability:
    """What a document sanctions."""

    def __init__(self, opened: Opened) -> None:
        """Read the liability clauses of a document."""
        self.opened = opened

    @cached_property
    def clauses(self) -> Sequence[Clause]:
        """The articles with liability norms and the chapter 法律责任, clause by clause in their order."""
        opened = self.opened
        liable = {norm.clause_id for norm in opened.norms if norm.kind is NormKind.LIABILITY}
        articles = {opened.article(opened.by_id[key]).clause_id for key in liable}
        found = {one.clause_id for key in articles for one in opened.whole(opened.by_id[key])}
        chapters = [clause for clause in opened.clauses if pattern("liability_chapter").search(clause.heading)]
        found |= {one.clause_id for chapter in chapters for one in opened.whole(chapter)}
        return [clause for clause in opened.clauses if clause.clause_id in found]

    @cached_property
    def sentences(self) -> Sequence[str]:
        """The sentences of the liability clauses."""
        return [one for clause in self.clauses for one in _ENDS.split(self.opened.words(clause)) if one.strip()]

    @cached_property
    def topics(self) -> frozenset[str]:
        """What is sanctioned by its topic: 违反本规定有关明码标价规定的."""
        return frozenset(found["topic"] for one in self.sentences for found in _TOPIC.finditer(one))

    @cached_property
    def named(self) -> Sequence[Sanctioned]:
        """The provisions of the document itself that its liability clauses say are breached."""
        return list(self._named())

    @cached_property
    def articles(self) -> frozenset[int]:
        """The numbers of the articles that are named as breached, 第十条至第十二条 as three."""
        return frozenset(number for one in self.named for number in self._numbers(one))

    @cached_property
    def catches_all(self) -> bool:
        """Whether some liability clause sanctions every breach of the document."""
        return any(pattern("any_breach").search(one) for one in self.sentences)

    def _numbers(self, one: Sanctioned) -> Iterator[int]:
        own = one.provision.get(Level.ARTICLE)
        if own is None:
            return
        yield own.number
        for found in _RANGE.finditer(self.opened.text, one.citation.start, one.citation.end + _FURTHER):
            first, last = (parse_provision(found[name]) for name in ("first", "last"))
            if first is not None and last is not None and found.start() <= one.citation.end:
                yield from range(first.innermost.number, last.innermost.number + 1)

    def _named(self) -> Iterator[Sanctioned]:
        ids = {clause.clause_id for clause in self.clauses}
        for citation in self.opened.citations:
            if citation.clause_id in ids and citation.title == OWN and citation.label is not None:
                provision = parse_provision(citation.label)
                if provision is not None and self._is_breach(citation):
                    yield Sanctioned(citation, provision)

    def _is_breach(self, citation: Citation) -> bool:
        clause = self.opened.by_id[citation.clause_id]
        begins, _ = self.opened.sentence(citation.start, citation.end, clause)
        said = self.opened.text[begins : citation.end]
        whole = "条" in citation.text or not self.opened.text[: citation.start].endswith(
            "条"
        )  # not 本条例六十条|第四款
        return whole and _BREACH.search(said) is not None and not pattern("annex").search(said)
