"""What a document orders, as tables above its text: what it amends elsewhere, and which bodies it makes responsible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from interfaces.pages.address import clause_href, doc_href
from interfaces.pages.reading import Reading
from interfaces.theme import esc
from tiaoli.records import Act, Amendment, Assignment, Role

_LONGEST = 120  # characters of old or new words that are shown
_MOST = 300  # rows of a table


def orders(reading: Reading) -> str:
    """Both tables, folded; nothing where the document orders neither."""
    return _amendments(reading.amendments) + _assignments(reading)


def _amendments(amendments: Sequence[Amendment]) -> str:
    if not amendments:
        return ""
    head = "<thead><tr><th>所改文件</th><th>方式</th><th>条款</th><th>原文</th><th>新文</th><th>出处</th></tr></thead>"
    rows = "".join(map(_amendment, amendments[:_MOST]))
    return _folded("修改事项", f"{len(amendments):,} 项", f"{head}<tbody>{rows}</tbody>", len(amendments))


def _amendment(amendment: Amendment) -> str:
    title, label = f"《{amendment.title}》", amendment.label or "—"
    if amendment.target_doc_id:
        title = f'<a href="{esc(doc_href(amendment.target_doc_id))}">{esc(title)}</a>'
    if amendment.target_clause_id:
        label = f'<a href="{esc(clause_href(amendment.target_clause_id))}">{esc(label)}</a>'
    place = (
        f"（{'作为' if amendment.act is Act.ADD else '改为'}{esc(amendment.new_label)}）" if amendment.new_label else ""
    )
    return (
        f'<tr><td>{title}</td><td class="k">{amendment.act}</td><td>{label}{place}</td>'
        f'<td data-name="原文">{_shortened(amendment.old)}</td><td data-name="新文">{_shortened(amendment.new)}</td>'
        f'<td class="k"><a href="{esc(clause_href(amendment.clause_id))}">看原句</a></td></tr>'
    )


def _shortened(words: str | None) -> str:
    if not words:
        return ""
    more = f'<span class="soft">…共 {len(words):,} 字</span>' if len(words) > _LONGEST else ""
    return esc(words[:_LONGEST]) + more


def _assignments(reading: Reading) -> str:
    if not reading.assignments:
        return ""
    bodies: defaultdict[str, list[Assignment]] = defaultdict(list)
    for assignment in reading.assignments:
        bodies[assignment.body].append(assignment)
    ordered = sorted(bodies.items(), key=lambda item: (-len(item[1]), item[0]))
    head = "<thead><tr><th>单位</th><th>任务</th><th>所在条款</th></tr></thead>"
    rows = "".join(_body(reading, body, found) for body, found in ordered[:_MOST])
    return _folded("责任分工", f"{len(bodies):,} 个单位", f"{head}<tbody>{rows}</tbody>", len(bodies))


def _body(reading: Reading, body: str, assignments: Iterable[Assignment]) -> str:
    by_role: defaultdict[Role, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        by_role[assignment.role].append(assignment)
    counts = "，".join(f"{role} {len(found)} 项" for role, found in by_role.items())
    places = "　".join(
        f"{role}：{'、'.join(_place(reading, clause_id) for clause_id in dict.fromkeys(a.clause_id for a in found))}"
        for role, found in by_role.items()
    )
    return f"<tr><td>{esc(body)}</td><td class='k'>{counts}</td><td>{places}</td></tr>"


def _place(reading: Reading, clause_id: str) -> str:
    clause = reading.clause(clause_id)
    return f'<a href="{esc(clause_href(clause_id))}">{esc(reading.citation(clause) or clause.label)}</a>'


def _folded(name: str, count: str, table: str, rows: int) -> str:
    rest = f'<p class="soft small">表中是前 {_MOST} 行；全部可用 tiaoli export 导出。</p>' if rows > _MOST else ""
    return (
        f'<details class="kind"><summary><strong>{name}</strong> <span class="soft">{count}</span></summary>'
        f'<div class="wrap"><table class="list cards">{table}</table></div>{rest}</details>'
    )
