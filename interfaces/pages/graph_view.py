"""What the graph page shows, as its address tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from graph.query import Passing
from graph.schema import OVERVIEW, EdgeType, NodeKind
from interfaces.pages.address import GRAPH, Params, href

KINDS = {
    NodeKind.DOCUMENT: "文件",
    NodeKind.CLAUSE: "条款",
    NodeKind.BODY: "机关",
    NodeKind.NORM: "规范",
    NodeKind.INSTRUMENT: "语料外的文件",
}
RELATIONS = {
    EdgeType.CITES: "引用",
    EdgeType.BASED_ON: "依据",
    EdgeType.AMENDS: "修改",
    EdgeType.REPEALS: "废止",
    EdgeType.IMPLEMENTS: "落实",
    EdgeType.ISSUED_BY: "制定机关",
    EdgeType.BEARS: "承担义务",
    EdgeType.HOLDS: "享有职权",
    EdgeType.OWES: "对其负责",
    EdgeType.SUPERVISES: "监督",
    EdgeType.DELEGATES_TO: "委托",
    EdgeType.WORKS_WITH: "配合",
    EdgeType.ORGAN_OF: "隶属",
    EdgeType.SAME_AS: "相同",
    EdgeType.DIFFERS_FROM: "有差异",
    EdgeType.CONTAINS: "包含",
}
MOST = (15, 30, 60, 120)  # neighbours drawn around one node
LIMIT = 500  # nodes of a picture
_FINE = frozenset({NodeKind.CLAUSE, NodeKind.NORM})
_NONE = "none"  # in the address for a filter that lets nothing pass


class Layout(StrEnum):
    """How the nodes are laid out."""

    FORCES = "forces"
    RINGS = "rings"
    LEVELS = "levels"
    DOCUMENTS = "documents"


LAYOUTS = {
    Layout.FORCES: "自动",
    Layout.RINGS: "环形",
    Layout.LEVELS: "按效力层级",
    Layout.DOCUMENTS: "按文件分组",
}


@dataclass(frozen=True, slots=True)
class View:
    """A node to begin with, what was opened from there, and what is shown of it."""

    node: str
    opened: tuple[str, ...] = ()
    kinds: frozenset[NodeKind] | None = None  # None: what suits the node
    types: frozenset[EdgeType] = frozenset(EdgeType)
    doc_ids: tuple[str, ...] = ()
    layout: Layout = Layout.FORCES
    most: int = MOST[1]

    @property
    def centres(self) -> tuple[str, ...]:
        """The nodes whose neighbours are shown."""
        return (self.node, *self.opened)

    def shown_kinds(self, kind: NodeKind) -> frozenset[NodeKind]:
        """The kinds of nodes to show, where the page begins with a node of `kind`.

        Around a clause or norm all; around a document or body the documents and bodies, which stand for their clauses and norms.
        """
        if self.kinds is not None:
            return self.kinds
        return frozenset(NodeKind) if kind in (NodeKind.CLAUSE, NodeKind.NORM) else OVERVIEW

    def is_overview(self, kind: NodeKind) -> bool:
        """Whether no clauses and norms need be known to show it: neither are they shown, nor do chosen documents ask for them."""
        return not self.doc_ids and _FINE.isdisjoint({kind, *self.shown_kinds(kind)})

    def passing(self, kind: NodeKind) -> Passing:
        """What may stand in the picture that begins with a node of `kind`."""
        return Passing(self.shown_kinds(kind), self.types, frozenset(self.doc_ids))

    def toggled(self, node: str) -> View:
        """The same with a node opened, or closed where it was open."""
        rest = tuple(n for n in self.opened if n != node)
        return replace(self, opened=rest if node in self.opened else (*rest, node))

    def params(self) -> dict[str, str | int | Sequence[str]]:
        """What stands in the address."""
        return {
            "node": self.node,
            "open": self.opened,
            "kind": () if self.kinds is None else _listed(self.kinds, NodeKind),
            "type": () if self.types == frozenset(EdgeType) else _listed(self.types, EdgeType),
            "doc": self.doc_ids,
            "layout": "" if self.layout is Layout.FORCES else self.layout.value,
            "most": "" if self.most == MOST[1] else self.most,
        }

    @property
    def href(self) -> str:
        """The address of this view."""
        return href(GRAPH, **self.params())


def view_in(params: Params) -> View:
    """Return the view that an address asks for; whatever is odd in it is left out.

    >>> view_in({"node": ["甲法"], "open": ["机构/乙局", "甲法"], "type": ["cites", "x"], "most": ["60"]}).params()
    {'node': '甲法', 'open': ('机构/乙局',), 'kind': (), 'type': ['cites'], 'doc': (), 'layout': '', 'most': 60}
    """
    node, layout, most = (next(iter(params.get(name, ())), "") for name in ("node", "layout", "most"))
    opened = tuple(n for n in dict.fromkeys(params.get("open", ())) if n and n != node)
    kinds, types = params.get("kind"), params.get("type")
    return View(
        node,
        opened,
        frozenset(NodeKind(k) for k in kinds if k in set(NodeKind)) if kinds else None,
        frozenset(EdgeType(t) for t in types if t in set(EdgeType)) if types else frozenset(EdgeType),
        tuple(filter(None, params.get("doc", ()))),
        Layout(layout) if layout in set(Layout) else Layout.FORCES,
        next((n for n in MOST if str(n) == most), MOST[1]),
    )


def _listed(chosen: frozenset[str], all_: type[StrEnum]) -> list[str]:
    """The chosen values in the order of all; a word for none."""
    return [one.value for one in all_ if one in chosen] or [_NONE]


def tallied(counts: Mapping[str, int]) -> str:
    """Counts by type of edge in words, the largest first.

    >>> tallied({"cites": 2, "bears": 30})
    '承担义务 30，引用 2'
    """
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "，".join(f"{RELATIONS[EdgeType(kind)]} {count:,}" for kind, count in ordered)
