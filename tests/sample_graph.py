"""A small graph made by hand that holds every kind of node and every type of edge."""

from __future__ import annotations

from datetime import date

import networkx as nx

from graph.schema import EdgeType, NodeKind

LAW, RULE, PLAN = "江川法", "江川办法", "江川方案"
CIVIL, FINANCE, CITY = "机构/江川市民政局", "机构/江川市财政局", "机构/江川市人民政府"
NORM, OTHER_NORM = "江川办法#第一章/第二条/第一款~n1", "江川方案#一~n1"
INSTRUMENT = "文书/丙规定"


def sample_graph() -> nx.MultiDiGraph[str]:
    """A law, a rule under it, a plan; three bodies; an instrument that is not in the store."""
    G: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    G.add_node(LAW, kind=NodeKind.DOCUMENT, label="江川养老法", doc_type="法律", level=1, region=None, promulgated=None)
    G.add_node(
        RULE,
        kind=NodeKind.DOCUMENT,
        label="江川市养老服务管理办法",
        doc_type="地方政府规章",
        level=7,
        region="江川市",
        promulgated=date(2023, 5, 1),
        status="现行有效",
    )
    G.add_node(
        PLAN, kind=NodeKind.DOCUMENT, label="=江川市“银龄”方案", doc_type="行政规范性文件", level=10, region="江川市"
    )
    _clauses(G, LAW, ("第三条",))
    _clauses(G, RULE, ("第一章", "第一章/第二条", "第一章/第二条/第一款", "第一章/第九条"))
    _clauses(G, PLAN, ("一",))
    for key in (CIVIL, FINANCE, CITY):
        G.add_node(
            key, kind=NodeKind.BODY, label=key.removeprefix("机构/"), body_kind="部门", body_level="市", region="江川市"
        )
    G.add_node(INSTRUMENT, kind=NodeKind.INSTRUMENT, label="丙规定")
    for norm_id, clause_id in ((NORM, f"{RULE}#第一章/第二条/第一款"), (OTHER_NORM, f"{PLAN}#一")):
        doc_id = clause_id.partition("#")[0]
        G.add_node(
            norm_id,
            kind=NodeKind.NORM,
            label="应当每年抽查\n养老机构",
            norm_kind="duty",
            strength="mandatory",
            doc_id=doc_id,
        )
        _edge(G, clause_id, norm_id, EdgeType.CONTAINS, clause_id)
    _edges(G)
    return G


def _clauses(G: nx.MultiDiGraph[str], doc_id: str, paths: tuple[str, ...]) -> None:
    for order, path in enumerate(paths):
        above, _, _ = path.rpartition("/")
        key = f"{doc_id}#{path}"
        G.add_node(
            key, kind=NodeKind.CLAUSE, label=path.replace("/", ""), doc_id=doc_id, clause_kind="article", order=order
        )
        _edge(G, f"{doc_id}#{above}" if above else doc_id, key, EdgeType.CONTAINS, key)


def _edges(G: nx.MultiDiGraph[str]) -> None:
    paragraph, ninth, first = f"{RULE}#第一章/第二条/第一款", f"{RULE}#第一章/第九条", f"{PLAN}#一"
    _edge(G, RULE, CITY, EdgeType.ISSUED_BY, None)
    _edge(G, PLAN, CIVIL, EdgeType.ISSUED_BY, None)
    _edge(G, RULE, LAW, EdgeType.BASED_ON, f"{RULE}#第一章")
    _edge(G, RULE, INSTRUMENT, EdgeType.REPEALS, ninth)
    _edge(G, PLAN, RULE, EdgeType.IMPLEMENTS, first)
    _edge(G, PLAN, LAW, EdgeType.AMENDS, first)
    _edge(G, paragraph, f"{LAW}#第三条", EdgeType.CITES, paragraph, weight=2.0)
    _edge(G, ninth, f"{LAW}#第三条", EdgeType.CITES, ninth)
    _edge(G, ninth, paragraph, EdgeType.CITES, ninth)
    _edge(G, CIVIL, NORM, EdgeType.BEARS, paragraph, norm_id=NORM, rule="bearer", confidence=0.9)
    _edge(G, CIVIL, OTHER_NORM, EdgeType.BEARS, first, norm_id=OTHER_NORM, rule="bearer", confidence=0.8)
    _edge(G, FINANCE, OTHER_NORM, EdgeType.HOLDS, first, norm_id=OTHER_NORM, rule="bearer", confidence=0.7)
    _edge(G, NORM, CITY, EdgeType.OWES, paragraph, norm_id=NORM, rule="counterparty", confidence=0.6)
    _edge(G, NORM, OTHER_NORM, EdgeType.SAME_AS, first, rule="words", confidence=0.75)
    _edge(G, paragraph, first, EdgeType.DIFFERS_FROM, first, rule="words", confidence=0.75)
    for source, target, kind in (
        (CITY, CIVIL, EdgeType.SUPERVISES),
        (CIVIL, FINANCE, EdgeType.DELEGATES_TO),
        (CIVIL, FINANCE, EdgeType.WORKS_WITH),
        (CIVIL, CITY, EdgeType.ORGAN_OF),
    ):
        _edge(G, source, target, kind, first, rule="verb", confidence=0.5)


def _edge(
    G: nx.MultiDiGraph[str],
    source: str,
    target: str,
    kind: EdgeType,
    clause_id: str | None,
    *,
    weight: float = 1.0,
    **more: object,
) -> None:
    G.add_edge(source, target, key=kind, type=kind, clause_id=clause_id, weight=weight, **more)
