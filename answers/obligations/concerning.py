"""Whether a norm concerns a body: it bears it, it is the other side of it, its clause names it, or nobody is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from graph.bodies import body_name
from graph.kept import KeptGraph
from tiaoli.body_kinds import kind_of
from tiaoli.lexicon import Word, entries
from tiaoli.records import Norm

_SHORT = 2  # letters of words that stand for many bodies
_DEPARTMENT = re.compile(r"^(?!各|有关|相关|其他)(?P<field>[\u4e00-\u9fff]{2,}?)(?:行政)?(?:主管)?(?:部门|机关)$")


class Concern(StrEnum):
    """What a norm has to do with a body, the nearest first."""

    BEARS = "承担"
    TOWARDS = "相对方"
    NAMED = "条文提到"
    OPEN = "主体未写明"
    OTHER = "其他主体"


@dataclass(frozen=True, slots=True, kw_only=True)
class Generic(Word):
    """A name that stands for all bodies of a kind: 各级政府."""

    same: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """The bodies that somebody means by a name. `words` are what documents write for them."""

    asked: str
    names: frozenset[str]  # in their normal form, as mentions have them
    words: frozenset[str]
    ids: frozenset[str]
    generic: Generic | None = None
    field: str = ""  # 生态环境 of 生态环境主管部门, which stands for every department of that field

    def covers(self, name: str, kind: str | None = None) -> bool:
        """Whether a name as written is one of theirs, or of a body of that kind that falls under them."""
        name = "".join(name.split())
        if name in self.words or name in self.names:
            return True
        if self.generic is not None:
            ends = name.endswith(self.generic.ends) if self.generic.ends else False
            return ends or (bool(self.generic.kinds) and (kind or kind_of(name)) in self.generic.kinds)
        return bool(self.field) and self.field in name and (kind or kind_of(name)) == "部门"

    @property
    def described(self) -> str:
        """How the name was understood, in Chinese."""
        if self.generic is not None:
            under = "、".join(self.generic.kinds) or "、".join(self.generic.ends)
            return f"{self.asked}（泛称，含名称属于{under}的主体）"
        if self.field:
            return f"{self.asked}（泛称，含各地“{self.field}”部门）"
        others = sorted(self.words - {self.asked})
        if not self.names:
            return f"{self.asked}（库中没有这个名称的机关，按字面查）"
        return f"{self.asked}（又写作{'、'.join(others[:6])}）" if others else self.asked


def meant_by(asked: str, kept: KeptGraph) -> Meant:
    """Return whom a name means among the bodies that the documents of a store name."""
    asked = body_name(asked)
    generic = next((one for one in entries("topics", "generic", Generic) if asked in (one.text, *one.same)), None)
    department = _DEPARTMENT.match(asked) if generic is None else None
    field = department["field"] if department is not None else ""
    words = frozenset({asked, *(generic.same if generic else ())})
    first = Meant(asked, frozenset(), words, frozenset(), generic, field)
    if generic is None and not field:
        bodies = kept.bodies_named(asked)
        written = {word for body in bodies for word in (body.name, *body.aliases) if len(word) > _SHORT}
        names, ids = frozenset(body.name for body in bodies), frozenset(body.body_id for body in bodies)
        return replace(first, names=names, words=words | written, ids=ids)
    kinds = ("部门",) if field else () if generic is None or generic.ends else generic.kinds
    found = [(key, name) for key, name, kind in kept.kinds(kinds) if first.covers(name, kind)]
    return replace(first, names=frozenset(name for _, name in found), ids=frozenset(key for key, _ in found))


def concern_of(norm: Norm | None, text: str, meant: Meant) -> Concern:
    """Return what a norm has to do with bodies; `text` is that of its clause, which may name them beside the norm.

    The bearers of the norm have the ids of their bodies, as far as the document tells them.
    """
    if norm is not None:
        if any(_is(bearer.name, bearer.body_id, meant) for bearer in norm.bearers):
            return Concern.BEARS
        if any(meant.covers(name) for name in norm.counterparty):
            return Concern.TOWARDS
    if any(word in text for word in meant.words):
        return Concern.NAMED
    return Concern.OTHER if norm is not None and norm.bearers else Concern.OPEN


def _is(name: str, body: str | None, meant: Meant) -> bool:
    """Whether a bearer is one of the bodies: by what its document means by it, else by its name.

    Words that several bodies share (市财政局) count only where the document tells no other body by them.
    """
    if body in meant.ids:
        return True
    return meant.covers(name) if meant.generic or meant.field or body is None else False
