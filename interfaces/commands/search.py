"""The commands search, batch-search and import-clauses, and keeping the index of a store up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interfaces.commands.options import StoreOption
from interfaces.commands.progress import bar
from tiaoli import settings
from tiaoli.errors import NotFound, StoreError, TiaoliError
from tiaoli.records import Document, Hit
from tiaoli.store import Store

if TYPE_CHECKING:
    from search.contract import Results
    from search.index import Index

_SOME_BAD = 3
_MOST_SHOWN = 20  # bad rows told one by one
_SMALL = 200  # documents that a search indexes by the way; more are left to ingest
_LONGEST_SHOWN = 300  # characters of a hit on the terminal

TopOption = Annotated[int, typer.Option("--top", min=1, max=10_000, help="给出前几条")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(search)
    app.command(name="batch-search")(batch_search)
    app.command(name="import-clauses")(import_clauses)


# --- commands --------------------------------------------------------------------------------------------------------


def search(
    query: Annotated[str, typer.Argument(help="词句、法名条号（行政处罚法第十条）或文号（国办发〔2018〕37号）")],
    top: TopOption = 10,
    offset: Annotated[int, typer.Option(min=0, help="跳过前几条")] = 0,
    filters: Annotated[list[str] | None, typer.Option("--filter", help="筛选，写成 字段=值，可多次使用")] = None,
    day: Annotated[
        datetime | None, typer.Option("--at", formats=["%Y-%m-%d"], help="按哪一天判断效力状态，默认今天")
    ] = None,
    facets: Annotated[bool, typer.Option("--facets", help="同时给出各字段的分布")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    store: StoreOption = None,
) -> None:
    """检索条款。"""
    from search.contract import Query
    from search.facets import parse_filters

    index = ready_index(settings.store_folder(store))
    words = clean(query)
    at = day.date() if day else None
    results = index.search(Query(words, parse_filters(filters or ()), top, offset, at, facets))
    if as_json:
        typer.echo(_json(words, offset, results))
    else:
        _show(results)


def batch_search(
    file: Annotated[str, typer.Argument(help="JSON 行文件，每行 {qid, text}；- 表示标准输入")],
    top: TopOption = 100,
    store: StoreOption = None,
) -> None:
    """逐行检索，输出 JSON 行 {qid, hits: [{clause_id, score}]}。"""
    import msgspec

    from search.contract import Query

    index, bad = ready_index(settings.store_folder(store)), 0
    out = sys.stdout.buffer
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            qid, text = _question(line)
        except ValueError as error:
            typer.echo(f"第 {number} 行不能用：{error}", err=True)
            bad += 1
            continue
        hits = [{"clause_id": clause_id, "score": score} for clause_id, score in index.rank(Query(text, limit=top))]
        out.write(msgspec.json.encode({"qid": qid, "hits": hits}) + b"\n")
    out.flush()
    if bad:
        raise typer.Exit(_SOME_BAD)


def import_clauses(
    file: Annotated[Path, typer.Argument(help="JSON 行文件，可用 gzip 压缩")],
    store: StoreOption = None,
) -> None:
    """导入现成的条款，每行 {id, law, article, heading, text, category, date}。"""
    from ingest import import_clauses as importer

    with Store(settings.store_folder(store)) as target, keep_index(target):
        done = importer.import_clauses(file, target)
    for problem in done.problems[:_MOST_SHOWN]:
        typer.echo(problem.message, err=True)
    if len(done.problems) > _MOST_SHOWN:
        typer.echo(f"……还有 {len(done.problems) - _MOST_SHOWN} 行", err=True)
    if done.unchanged:
        typer.echo("这个文件已经导入过，没有变化。")
        return
    typer.echo(f"导入 {done.documents} 件文件、{done.clauses} 个条款，{len(done.problems)} 行不能用。")
    if done.problems:
        raise typer.Exit(_SOME_BAD)


# --- keeping the index ------------------------------------------------------------------------------------------------


@contextmanager
def keep_index(store: Store) -> Iterator[None]:
    """Bring the index up to date after the block. During the block no search tries to: it would be behind at once."""
    from search.update import locked

    with locked(store.folder, wait=False) as mine:
        yield
        if mine:
            _update(store)
    if not mine:  # another import was first; its index does not hold what came after it
        with locked(store.folder):
            _update(store)


def ready_index(folder: Path) -> Index:
    """Return the open index of a store, brought up to date where that is quickly done; else say what it lacks."""
    from search.index import open_index
    from search.update import locked

    with Store(folder, read_only=True) as store:
        try:
            index = open_index(folder)
        except TiaoliError:  # there is none yet, or it is damaged or of another version of this program
            if not store.documents():
                raise NotFound(f"{folder} 里还没有文件。请先运行 tiaoli ingest 文件夹。") from None
            with locked(folder):
                _update(store)
            return open_index(folder)
        if index.generation.revision != store.revision():
            _catch_up(store)
    return index


def _catch_up(store: Store) -> None:
    """Index what is missing where that is little and nobody else writes; else say how much is missing."""
    from search.update import behind, locked

    missing, advice = behind(store), "请运行 tiaoli ingest 补上"
    try:
        with locked(store.folder, wait=False) as mine:
            if mine and missing <= _SMALL:
                _update(store)
                return
        advice = advice if mine else "另一个程序正在导入，完成后即可查到"
    except StoreError:  # a store that we may read and not write
        pass
    if missing:
        typer.echo(f"注意：有 {missing} 件文件还没有编入索引，{advice}。", err=True)


def _update(store: Store) -> None:
    from graph.resolve import repealed_dates
    from search.update import update

    with bar("编入索引") as told:
        update(store, told, repealed=repealed_dates)


# --- in and out ------------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """Text that can be printed again: bytes of the command line that are no UTF-8 become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from sys.stdin.buffer
        return
    try:
        with open(file, "rb") as lines:
            yield from lines
    except OSError as error:
        raise TiaoliError(f"读不了 {file}：{error.strerror or error}") from error


def _question(line: bytes) -> tuple[str | int, str]:
    import msgspec

    try:
        row = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"不是 JSON 对象（{error}）") from error
    qid, text = row.get("qid"), row.get("text")
    if not isinstance(qid, str | int) or not isinstance(text, str):
        raise ValueError("要有 qid 和 text")
    return qid, text


def _json(query: str, offset: int, results: Results) -> str:
    import msgspec

    facets = {field: dict(pairs) for field, pairs in results.facets.items()}
    body: dict[str, Any] = {
        "query": query,
        "total": results.total,
        "offset": offset,
        "hits": [_hit_fields(hit, results.documents) for hit in results.hits],
        "notes": results.notes,
    }
    body |= {"facets": facets, "covering": results.covering} if facets else {}
    return msgspec.json.encode(body).decode()


def _hit_fields(hit: Hit, documents: Mapping[str, Document]) -> dict[str, Any]:
    import msgspec

    fields: dict[str, Any] = msgspec.to_builtins(hit)
    document: dict[str, Any] = msgspec.to_builtins(documents[hit.doc_id])
    extra = ("doc_type", "level", "issuer", "region", "doc_number", "promulgated", "effective", "status", "source")
    return fields | {name: document[name] for name in extra}


def _show(results: Results) -> None:
    from rich.console import Console
    from rich.text import Text

    console, notes = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True, highlight=False)
    for note in results.notes:
        notes.print(Text(note))
    for hit in results.hits:
        head = Text(f"{hit.rank}. ", style="bold").append(hit.title).append("  " + " / ".join(hit.path), style="cyan")
        console.print(head)
        console.print(_excerpt(hit))
        console.print(Text(f"{hit.reason}  {hit.clause_id}\n", style="dim"))
    for field, pairs in results.facets.items():
        shown = "  ".join(f"{value} {count}" for value, count in pairs[:8])
        console.print(Text(f"{field}: ", style="bold").append(shown))
    if results.facets:
        console.print(Text(f"（以上按与查询高度相符的 {results.covering} 条统计）", style="dim"))


def _excerpt(hit: Hit) -> Any:  # noqa: ANN401
    """Text of a hit with its highlights; of a long one the stretch around the first of them."""
    from rich.text import Text

    shown = Text(hit.text)
    for span in hit.highlights:
        shown.stylize("bold red", span.start, span.end)
    if len(hit.text) <= _LONGEST_SHOWN:
        return shown
    first = hit.highlights[0].start if hit.highlights else 0
    start = 0 if first < _LONGEST_SHOWN // 2 else first - _LONGEST_SHOWN // 4
    end = start + _LONGEST_SHOWN
    return Text("…" if start else "").append_text(shown[start:end]).append("…" if end < len(hit.text) else "")
