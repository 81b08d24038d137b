"""Which documents an answer looks at: the whole store, or a part of it that somebody chose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graph.resolve import Resolver
from tiaoli.errors import NotFound, TiaoliError
from tiaoli.provisions import title_key
from tiaoli.records import DocType, Document, Status

_OVER = (Status.AMENDED, Status.REPEALED, Status.EXPIRED)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a document must be to be looked at; what is empty asks for nothing."""

    doc_ids: tuple[str, ...] = ()
    doc_types: tuple[DocType, ...] = ()
    region: str = ""  # begins the region of the document: 广东省 takes those of its cities too
    title: str = ""  # words that the title or the 文号 must hold, with blanks between them
    past: bool = False  # also what is repealed, expired or superseded by a later version

    def holds(self, document: Document) -> bool:
        """Whether a document, with its status, is looked at."""
        name = title_key(f"{document.title}{document.doc_number or ''}")
        return (
            (not self.doc_ids or document.doc_id in self.doc_ids)
            and (not self.doc_types or document.doc_type in self.doc_types)
            and (document.region or "").startswith(self.region)
            and all(title_key(word) in name for word in self.title.split())
            and (self.past or document.status not in _OVER)
        )

    def described(self, searched: int, total: int, *, over: str = "") -> str:
        """The scope in words, with how many of how many documents that is; `over` says which texts that are past it holds."""
        parts = [f"指定的 {len(self.doc_ids)} 件"] if self.doc_ids else []
        parts += ["、".join(kind.value for kind in self.doc_types)] if self.doc_types else []
        parts += [self.region] if self.region else []
        parts += [f"标题含“{self.title}”"] if self.title else []
        parts += [over or ("含已失效文本" if self.past else "不含已失效文本")]
        return f"{'，'.join(parts)}；共 {searched:,} 件，库中 {total:,} 件"


def in_scope(resolver: Resolver, scope: Scope) -> Iterator[Document]:
    """Yield the documents of a scope with their status, in the order of the store."""
    for document in resolver.documents:
        known = replace(document, status=resolver.standing.get(document.doc_id))
        if scope.holds(known):
            yield known


def scope_of(
    *,
    doc_ids: Iterable[str] = (),
    doc_types: Iterable[str] = (),
    region: str = "",
    title: str = "",
    past: bool = False,
    known: Iterable[str] | None = None,
) -> Scope:
    """Return the scope that words ask for; TiaoliError where there is no such 文种, NotFound for an id not in `known`."""
    ids, names = tuple(doc_ids), tuple(doc_types)
    for name in names:
        if name not in set(DocType):
            raise TiaoliError(f"没有“{name}”这种文种，可用：{'、'.join(DocType)}。")
    if known is not None and (lost := [doc_id for doc_id in ids if doc_id not in set(known)]):
        raise NotFound(f"库中没有编号为 {'、'.join(lost)} 的文件。用 tiaoli export documents 可列出全部编号。")
    return Scope(ids, tuple(map(DocType, names)), region.strip(), " ".join(title.split()), past)
