"""The commands diff and history: two versions clause by clause, and which versions there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interfaces.commands.options import StoreOption, day_of
from tiaoli import settings
from tiaoli.errors import NotFound, TiaoliError
from tiaoli.records import Change, Comparison, Document, Version, Work
from tiaoli.store import Store

if TYPE_CHECKING:
    from compare.synopsis import Line, Row

_MARKS = {Change.DROPPED: ("[-", "-]"), Change.ADDED: ("{+", "+}")}  # where nothing can be struck out or underlined
_STYLES = {Change.SAME: "", Change.DROPPED: "red strike", Change.ADDED: "bold underline blue"}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(diff)
    app.command()(history)


# --- commands --------------------------------------------------------------------------------------------------------


def diff(
    old: Annotated[str, typer.Argument(help="原文本的文件编号；或标题，对照同一文件的两个版本")],
    new: Annotated[str | None, typer.Argument(help="新文本的文件编号")] = None,
    since: Annotated[str | None, typer.Option("--from", help="按标题对照：原文本是这一天有效的版本")] = None,
    until: Annotated[str | None, typer.Option("--to", help="按标题对照：新文本是这一天有效的版本")] = None,
    only_changed: Annotated[bool, typer.Option("--only-changed", help="只列字句有改动的条款")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    docx: Annotated[Path | None, typer.Option(help="存为 Word 对照表")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="存为 Excel 对照表")] = None,
    store: StoreOption = None,
) -> None:
    """逐条对照两个版本；只给标题时，对照最近的两个版本。"""
    from compare.alignment import compare

    with Store(settings.store_folder(store), read_only=True) as source:
        one, other = _chosen(source, old, new, day_of("--from", since), day_of("--to", until))
        comparison = compare(one, source.clauses(one.doc_id), other, source.clauses(other.doc_id))
    if docx is not None or xlsx is not None:
        _save(comparison, docx, xlsx, only_changed)
    if as_json:
        typer.echo(_json(comparison, only_changed))
    elif docx is None and xlsx is None:
        _show(comparison, only_changed)


def history(
    title: Annotated[str, typer.Argument(help="标题，全称或简称；也可以是文件编号")],
    at: Annotated[str | None, typer.Option(help="看这一天的时效，默认为今天")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    store: StoreOption = None,
) -> None:
    """列出同一文件的各个版本。"""
    day = day_of("--at", at) or date.today()
    with Store(settings.store_folder(store), read_only=True) as source:
        work = _work(_standing(source, day), title)
    if as_json:
        _print_json({"at": day, "name": work.name, "title": work.title, "versions": work.versions})
    else:
        _show_versions(work, day)


# --- which versions --------------------------------------------------------------------------------------------------


def _chosen(
    store: Store, old: str, new: str | None, since: date | None, until: date | None
) -> tuple[Document, Document]:
    """Return the two documents that are meant."""
    documents = store.documents(all_versions=True)
    if new is not None:
        if since or until:
            raise TiaoliError("已经给出两个文件编号，不能再用 --from、--to。")
        by_id = {document.doc_id: document for document in documents}
        return _document(by_id, old), _document(by_id, new)
    return _versions(documents, old, since, until)


def _document(by_id: dict[str, Document], doc_id: str) -> Document:
    if doc_id in by_id:
        return by_id[doc_id]
    advice = "用 tiaoli history 标题 可列出各版本的编号；只给一个标题，就对照它最近的两个版本。"
    raise NotFound(f"库中没有编号为 {doc_id} 的文件。{advice}")


def _versions(
    documents: Sequence[Document], name: str, since: date | None, until: date | None
) -> tuple[Document, Document]:
    from compare.works import version_at, version_before

    work = _work(documents, name)
    given = next((document for document in documents if document.doc_id == name), None)
    newest = given or _newest(work).document
    new = version_at(work, until).document if until else newest
    before = version_at(work, since) if since else version_before(work, new)
    if before is None:
        raise NotFound(f"库中没有《{work.title}》更早的版本。{_listed(work)}")
    if before.document.doc_id == new.doc_id:
        raise TiaoliError(f"所给的日期落在同一个版本上。{_listed(work)}")
    return before.document, new


def _newest(work: Work) -> Version:
    return next((v for v in reversed(work.versions) if v.begins), work.versions[-1])


def _listed(work: Work) -> str:
    known = "；".join(f"{version.begins or '日期不明'} {version.document.doc_id}" for version in work.versions)
    return f"库中的版本：{known}。"


def _work(documents: Sequence[Document], name: str) -> Work:
    from compare.works import work_named, work_of

    given = next((document for document in documents if document.doc_id == name), None)
    return work_of(documents, given) if given else work_named(documents, name)


def _standing(store: Store, day: date) -> list[Document]:
    """All documents with their status at a day."""
    from graph.resolve import repealed_dates
    from tiaoli.validity import statuses

    documents = store.documents(all_versions=True)
    found = statuses(documents, day, repealed=repealed_dates(store))
    return [replace(document, status=found.get(document.doc_id)) for document in documents]


# --- out -------------------------------------------------------------------------------------------------------------


def _save(comparison: Comparison, docx: Path | None, xlsx: Path | None, only_changed: bool) -> None:
    from compare.excel import excel_file
    from compare.word import word_file
    from tiaoli.exports import replacing

    makers: tuple[tuple[Path | None, Callable[..., bytes]], ...] = ((docx, word_file), (xlsx, excel_file))
    for path, make in makers:
        if path is not None:
            content = make(comparison, date.today(), only_changed=only_changed)
            with replacing(path) as out:
                out.write(content)
            typer.echo(f"已存为 {path}", err=True)


def _json(comparison: Comparison, only_changed: bool) -> str:
    """The comparison as JSON: the pairs with the words of each clause in pieces."""
    from compare.synopsis import counts, rows

    pairs = [_pair(row) for row in rows(comparison, only_changed=only_changed)]
    return _encoded({"old": comparison.old, "new": comparison.new, "counts": counts(comparison), "pairs": pairs})


def _pair(row: Row) -> dict[str, Any]:
    pair = row.pair
    below = [
        {"change": one.change, "old": _ids(one.old), "new": _ids(one.new), "likeness": one.likeness}
        for one in pair.below
    ]
    return {
        "change": pair.change,
        "remark": row.remark,
        "crossed": pair.crossed,
        "likeness": pair.likeness,
        "old": _ids(pair.old),
        "new": _ids(pair.new),
        "old_lines": _lines(row.old),
        "new_lines": _lines(row.new),
        "below": below,
    }


def _ids(clauses: Iterable[Any]) -> list[str]:
    return [clause.clause_id for clause in clauses]


def _lines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{"clause_id": line.clause.clause_id, "label": line.clause.label, "pieces": line.pieces} for line in lines]


def _print_json(value: object) -> None:
    typer.echo(_encoded(value))


def _encoded(value: object) -> str:
    import msgspec

    return msgspec.json.encode(value).decode("utf-8")


def _show(comparison: Comparison, only_changed: bool) -> None:
    """Print the pairs; of those whose words are the same only what they are called."""
    from rich.console import Console
    from rich.text import Text

    from compare.synopsis import SAME_WORDS, counted, described, heading, rows

    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(heading(comparison), style="bold"))
    for name, document in (("原文本", comparison.old), ("新文本", comparison.new)):
        console.print(Text(f"{name}：{described(document)}  {document.doc_id}", style="dim"))
    console.print(Text(counted(comparison) + "\n"))
    for row in rows(comparison, only_changed=only_changed):
        name = "、".join(clause.label for clause in row.pair.new or row.pair.old)
        console.print(Text(name, style="bold").append(f"  {row.remark}", style="cyan"))
        if row.pair.change not in SAME_WORDS:
            for sign, lines in (("- ", row.old), ("+ ", row.new)):
                if lines:
                    console.print(_printed(sign, lines, {} if console.is_terminal else _MARKS))
            console.print()


def _printed(sign: str, lines: Iterable[Line], marks: Mapping[Change, tuple[str, str]]) -> Any:  # noqa: ANN401
    from rich.text import Text

    text = Text(sign, style="dim")
    ends = False
    for line in lines:
        text.append("\n  " if ends else "").append(line.label, style="bold")
        for piece in line.pieces:
            before, after = marks.get(piece.change, ("", ""))
            text.append(before + piece.text.replace("\n", "\n  ") + after, style=_STYLES[piece.change])
        ends = bool(line.pieces)
    return text


def _show_versions(work: Work, day: date) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(f"《{work.title}》的 {len(work.versions)} 个版本（时效截至 {day}）", style="bold"))
    for version in work.versions:
        document = version.document
        status = "征求意见稿" if document.draft else document.status.value if document.status else "时效未知"
        days = ((document.promulgated, "公布"), (document.effective, "施行"))
        known = [f"{value} {what}" for value, what in days if value] or ["日期不明"]
        line = Text("  ".join([*known, status])).append(f"  {document.doc_id}", style="cyan")
        console.print(line.append("".join(f"（同 {copy.doc_id}）" for copy in version.copies), style="dim"))
