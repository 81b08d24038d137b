"""What the corpus page lists and counts; plain functions and HTML made with `esc`, no widgets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.pipeline import FileResult
from interfaces.pages.address import COMPARE, CORPUS, Params, doc_href, href, page_in
from interfaces.pages.import_job import OUTCOMES
from interfaces.pages.library import LEVELS, Library
from interfaces.parts import badge, pages, title_link
from interfaces.theme import esc
from tiaoli.records import Document, Problem
from tiaoli.validity import in_force_from

PER_PAGE = 50
VIEWS = {"files": "文件", "import": "导入", "charts": "统计", "problems": "待核问题"}
ORDERS = {"new": "公布日期，新的在前", "old": "公布日期，旧的在前", "title": "标题", "long": "条款多的在前"}
UNKNOWN = "未知"
_KINDS = {
    "unreadable": "读不了的文件",
    "number_gap": "编号不连续",
    "number_repeated": "编号重复",
    "bad_bytes": "有不能识别的字节",
    "manifest_member": "登记表与文件不符",
}
_MOST_PROBLEMS = 200  # shown of one kind
_MOST_ISSUERS = 15


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents to list, as the address tells it."""

    find: str = ""
    doc_type: str = ""
    status: str = ""
    order: str = "new"
    doubtful: bool = False  # only those with problems
    past: bool = False  # earlier readings and withdrawn files too
    page: int = 1

    def params(self) -> dict[str, str]:
        """What stands in the address."""
        flags = {name: "1" for name in ("doubtful", "past") if getattr(self, name)}
        order = {} if self.order == "new" else {"order": self.order}
        return {"find": self.find, "type": self.doc_type, "status": self.status, **order, **flags}


def wanted_in(params: Params) -> Wanted:
    """Return which documents an address asks for."""
    one = {name: next(iter(values), "") for name, values in params.items()}
    order = one.get("order", "new")
    return Wanted(
        one.get("find", "").strip(),
        one.get("type", ""),
        one.get("status", ""),
        order if order in ORDERS else "new",
        one.get("doubtful") == "1",
        one.get("past") == "1",
        page_in(params),
    )


def status_of(document: Document) -> str:
    """The status as it is filtered by."""
    return document.status.value if document.status else UNKNOWN


def select(library: Library, wanted: Wanted) -> list[Document]:
    """Return the documents that are wanted, in the order that is wanted."""
    documents: Sequence[Document] = library.documents if wanted.past else library.current
    if wanted.find:
        documents = library.find(wanted.find, documents)
    documents = [
        d
        for d in documents
        if (not wanted.doc_type or d.doc_type.value == wanted.doc_type)
        and (not wanted.status or status_of(d) == wanted.status)
        and (not wanted.doubtful or library.problem_count[d.doc_id])
    ]
    return _ordered(documents, wanted.order)


def _ordered(documents: Iterable[Document], order: str) -> list[Document]:
    by_title = sorted(documents, key=lambda d: (d.title, d.doc_id))
    if order == "title":
        return by_title
    if order == "long":
        return sorted(by_title, key=lambda d: -d.n_clauses)
    known = sorted((d for d in by_title if _day(d)), key=lambda d: _day(d) or date.min, reverse=order == "new")
    return known + [d for d in by_title if not _day(d)]


def _day(document: Document) -> date | None:
    return document.promulgated or in_force_from(document)


# --- lists -----------------------------------------------------------------------------------------------------------


def tabs(view: str) -> str:
    """Links to the views of the page."""
    links = "".join(
        f'<a href="{esc(href(CORPUS, view=key))}"{" aria-current=page" if key == view else ""}>{name}</a>'
        for key, name in VIEWS.items()
    )
    return f'<nav class="tabs" aria-label="语料">{links}</nav>'


def listing(library: Library, wanted: Wanted) -> str:
    """One page of the documents that are wanted."""
    found = select(library, wanted)
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(wanted.page, last)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    turn = pages(page, last, lambda number: href(CORPUS, **wanted.params(), page=str(number)))
    clauses = sum(d.n_clauses for d in found)
    versions = f'<a href="{esc(href(COMPARE, find=wanted.find))}">对照各版本</a>'
    count = f'<p class="soft small">{len(found):,} 件文件，{clauses:,} 个条款　{versions}</p>'
    if not found:
        return count + "<p>没有符合条件的文件，请放宽上面的条件。</p>"
    return count + document_table(shown, library) + turn


def document_table(documents: Sequence[Document], library: Library) -> str:
    """Documents with what one tells them apart by."""
    rows = "".join(_row(document, library) for document in documents)
    head = _heads("标题", "文号", "制定机关", "文种", "公布", "施行", "条款>", "待核")
    table = f'<table class="list cards documents"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="wrap">{table}</div>'


def _row(document: Document, library: Library) -> str:
    past = None if document.current else library.past(document)
    doubts = library.problem_count[document.doc_id]
    link = f'<a href="{esc(doc_href(document.doc_id))}">{doubts} 处</a>' if doubts else ""
    cells = (
        _cell(f"{title_link(document)} {badge(document, withdrawn=bool(past and past.withdrawn))}"),
        _cell(esc(document.doc_number or "")),
        _cell(esc(document.issuer or "")),
        _cell(document.doc_type.value, "k"),
        _cell(_short(document.promulgated), "k", "公布"),
        _cell(_short(document.effective), "k", "施行"),
        _cell(f"{document.n_clauses:,}", "n", "条款"),
        _cell(link, "k", "待核"),
    )
    return f"<tr>{''.join(cells)}</tr>"


def _cell(html: str, css: str = "", name: str = "") -> str:
    """A cell; on small screens, where there is no row of names, `name` stands before it."""
    return f'<td class="{css}"{f" data-name={name}" if name else ""}>{html}</td>'


def _heads(*names: str) -> str:
    """The names of columns; > stands after those of numbers."""
    return "".join(f'<th class="n">{name[:-1]}</th>' if name.endswith(">") else f"<th>{name}</th>" for name in names)


def _short(value: date | None) -> str:
    return value.isoformat() if value else ""


def result_table(results: Sequence[FileResult]) -> str:
    """What became of each file, those that could not be read first."""
    ordered = sorted(results, key=lambda r: (r.outcome != "unreadable", r.outcome == "unchanged"))
    rows = "".join(_result(result) for result in ordered[:_MOST_PROBLEMS])
    more = len(ordered) - _MOST_PROBLEMS
    rest = f'<p class="soft small">还有 {more:,} 个文件没有列出。</p>' if more > 0 else ""
    head = _heads("文件", "结果", "文件数>", "条款>", "待核>", "说明")
    return f'<div class="wrap"><table class="list cards"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{rest}'


def _result(result: FileResult) -> str:
    tone = {"unreadable": "over", "new": "good", "changed": "good"}.get(result.outcome, "")
    counts = [f"{n:,}" if n else "" for n in (result.documents, result.clauses, result.problems)]
    return (
        f'<tr><td>{esc(result.source)}</td><td class="k"><span class="badge {tone}">{OUTCOMES.get(result.outcome, esc(result.outcome))}</span></td>'
        f'<td class="n">{counts[0]}</td><td class="n">{counts[1]}</td><td class="n">{counts[2]}</td><td>{esc(result.reason)}</td></tr>'
    )


def problem_list(library: Library) -> str:
    """All problems of the store by kind."""
    kinds: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in library.problems:
        kinds[problem.code].append(problem)
    if not kinds:
        return "<p>没有待核的问题：所有文件都读得了，编号也都连续。</p>"
    ordered = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    return "".join(_kind(code, problems, library) for code, problems in ordered)


def _kind(code: str, problems: Sequence[Problem], library: Library) -> str:
    rows = "".join(
        f"<tr><td>{_where(p, library)}</td><td>{esc(p.message)}</td></tr>" for p in problems[:_MOST_PROBLEMS]
    )
    rest = len(problems) - _MOST_PROBLEMS
    more = f'<p class="soft small">还有 {rest:,} 处没有列出。</p>' if rest > 0 else ""
    name = esc(_KINDS.get(code, code))
    return (
        f'<details class="kind"><summary><strong>{name}</strong> {len(problems):,} 处</summary>'
        f'<div class="wrap"><table class="list"><tbody>{rows}</tbody></table></div>{more}</details>'
    )


def _where(problem: Problem, library: Library) -> str:
    document = library.by_id.get(problem.doc_id or "")
    return title_link(document) if document else esc(problem.source)


# --- figures ---------------------------------------------------------------------------------------------------------


def by_year(library: Library) -> list[dict[str, object]]:
    """Documents by year of promulgation and type; those without a date are left out."""
    counts = Counter((_year(d), d.doc_type.value) for d in library.current if _day(d))
    return [{"年份": year, "文种": kind, "件数": n} for (year, kind), n in sorted(counts.items())]


def _year(document: Document) -> int:
    found = _day(document)
    return found.year if found else 0


def by_level(library: Library) -> list[dict[str, object]]:
    """Documents by rank, the highest first."""
    counts = Counter(d.level for d in library.current)
    return [{"位阶": LEVELS.get(level, str(level)), "件数": n} for level, n in sorted(counts.items())]


def by_issuer(library: Library) -> list[dict[str, object]]:
    """The issuers of most documents."""
    counts = Counter(d.issuer or UNKNOWN for d in library.current)
    return [{"制定机关": name, "件数": n} for name, n in counts.most_common(_MOST_ISSUERS)]


def figures(library: Library) -> str:
    """The numbers at a glance."""
    numbers = {
        "文件": len(library.current),
        "条款": library.n_clauses,
        "待核问题": len(library.problems),
        "没有日期的文件": sum(1 for d in library.current if not _day(d)),
    }
    cells = "".join(f"<div><dt>{name}</dt><dd>{number:,}</dd></div>" for name, number in numbers.items())
    return f'<dl class="figures">{cells}</dl>'


def choices(library: Library) -> tuple[list[str], list[str]]:
    """The types and the statuses that occur."""
    return (
        list(dict.fromkeys(_most(d.doc_type.value for d in library.documents))),
        list(dict.fromkeys(_most(status_of(d) for d in library.documents))),
    )


def _most(values: Iterable[str]) -> Iterator[str]:
    for value, _ in Counter(values).most_common():
        yield value
