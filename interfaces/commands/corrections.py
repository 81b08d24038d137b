"""The command group `corrections`: what persons said of norms, citations and names, out of the store, into it, and listed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interfaces.commands.options import StoreOption
from tiaoli import settings
from tiaoli.errors import TiaoliError
from tiaoli.records import About, Verb
from tiaoli.store import Store

if TYPE_CHECKING:
    from graph.standings import Standing
    from tiaoli.decisions import Read
    from tiaoli.records import Decision

_SOME_BAD = 3
_MOST_SHOWN = 20  # bad lines told one by one
_LONGEST_SHOWN = 40  # characters of the words that a decision is about
_VERBS = {Verb.CONFIRM: "确认", Verb.EDIT: "修改", Verb.REJECT: "否定", Verb.ADD: "增加"}
_ABOUT = {About.NORM: "规范", About.CITATION: "引用", About.BODY: "机构名称"}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(help="更正：人工确认、修改、否定或增加的规范、引用和机构名称。", no_args_is_help=True)
    group.command(name="list")(list_corrections)
    group.command(name="export")(export_corrections)
    group.command(name="import")(import_corrections)
    app.add_typer(group, name="corrections")


def list_corrections(
    hanging: Annotated[bool, typer.Option("--hanging", help="只列悬空的：现行文本中找不到位置的更正")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON 行")] = False,
    store: StoreOption = None,
) -> None:
    """列出更正：在哪里有效，哪些悬空及其原因，哪些被后来的更正取代。"""
    with Store(settings.store_folder(store), read_only=True) as source:
        found = _standings(source)
    shown = [one for one in found if one.hanging or not hanging]
    if as_json:
        _write_json(shown)
        return
    for one in shown:
        typer.echo("\n".join(map(_visible, _lines(one))))
    typer.echo(_sum(found))


def export_corrections(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入的文件，默认写到屏幕")] = None,
    store: StoreOption = None,
) -> None:
    """导出全部更正，每行一个 JSON，可导入别的库。"""
    from tiaoli.decisions import as_lines
    from tiaoli.exports import write_lines

    with Store(settings.store_folder(store), read_only=True) as source:
        write_lines(as_lines(source.decisions()), output)


def import_corrections(
    file: Annotated[Path, typer.Argument(help="corrections export 导出的 JSON 行文件")],
    store: StoreOption = None,
) -> None:
    """导入更正；已有的不会重复，不合格式的行逐行说明。"""
    read = _read(file)
    with Store(settings.store_folder(store)) as target:
        new = target.put_decisions(read.decisions)
        found = _standings(target)
    for number, reason in read.refused[:_MOST_SHOWN]:
        typer.echo(_visible(f"第 {number} 行不能用：{reason}"), err=True)
    if len(read.refused) > _MOST_SHOWN:
        typer.echo(f"……还有 {len(read.refused) - _MOST_SHOWN} 行", err=True)
    known = len(read.decisions) - new
    typer.echo(f"新增 {new} 条更正，{known} 条已有，{len(read.refused)} 行不能用。{_sum(found)}")
    if read.refused:
        raise typer.Exit(_SOME_BAD)


def _read(file: Path) -> Read:
    from tiaoli.decisions import read_lines

    try:
        with file.open("rb") as lines:
            return read_lines(lines)
    except OSError as error:
        raise TiaoliError(f"读不了 {file}：{error.strerror or error}。请检查路径和权限。") from error


def _standings(store: Store) -> list[Standing]:
    from compare.becoming import became
    from graph.corrected import corrected
    from graph.standings import standings

    return standings(corrected(store, became))


def _write_json(found: list[Standing]) -> None:
    from tiaoli.decisions import as_lines
    from tiaoli.exports import write_lines

    lines = as_lines(one.decision for one in found)
    write_lines(
        (
            line
            | {
                "holds": one.holds,
                "hanging": [{"doc_id": left.doc_id, "reason": left.reason} for left in one.hanging],
                "overruled_by": [by.decision_id for by in one.overruled],
            }
            for line, one in zip(lines, found, strict=True)
        ),
        None,
    )


def _lines(one: Standing) -> list[str]:
    """Return what is shown of one decision: what was said, then where it holds and where not."""
    said = one.decision
    words = said.words if len(said.words) <= _LONGEST_SHOWN else f"{said.words[:_LONGEST_SHOWN]}…"
    place = said.clause_id or said.doc_id or "全部文件"
    lines = [f"{_when(said)} {said.who} {_VERBS[said.verb]}{_ABOUT[said.about]} {place}“{words}”"]
    if said.why:
        lines.append(f"  理由：{said.why}")
    if one.holds:
        lines.append(f"  有效：{'、'.join(one.holds)}")
    lines += [f"  悬空：{left.doc_id or ''} {left.reason}" for left in one.hanging]
    for by in one.overruled:
        other = "" if by.who == said.who else "，意见不同"
        lines.append(f"  已被 {by.who} {_when(by)} 的更正取代{other}")
    return lines


def _when(decision: Decision) -> str:
    return decision.when.astimezone().strftime("%Y-%m-%d %H:%M")


def _sum(found: list[Standing]) -> str:
    overruled = sum(bool(one.overruled) for one in found)
    conflicts = sum(any(by.who != one.decision.who for by in one.overruled) for one in found)
    holds = sum(bool(one.holds) and not one.overruled for one in found)
    hanging = sum(bool(one.hanging) for one in found)
    counts = f"库中共 {len(found)} 条更正：{holds} 条有效，{hanging} 条悬空，{overruled} 条已被后来的更正取代"
    return f"{counts}（其中 {conflicts} 条是不同的人意见不同）。" if conflicts else f"{counts}。"


def _visible(line: str) -> str:
    """Return a line without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "�" for sign in line)
