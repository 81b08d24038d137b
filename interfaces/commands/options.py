"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tiaoli.errors import TiaoliError

StoreOption = Annotated[Path | None, typer.Option("--store", help="库所在的文件夹，默认取 TIAOLI_STORE 或 .tiaoli")]

# which documents an answer looks at; see answers.scope
DocsOption = Annotated[list[str] | None, typer.Option("--doc", help="只看这些文件（编号，可多次给出）")]
TypesOption = Annotated[list[str] | None, typer.Option("--type", help="只看这种文种，如 行政规范性文件（可多次给出）")]
RegionOption = Annotated[str, typer.Option("--region", help="只看这个地区的文件，如 广东省（含所属市县）")]
TitleOption = Annotated[str, typer.Option("--title", help="只看标题或文号含这些字的文件")]
PastOption = Annotated[bool, typer.Option("--past", help="也看已修改、已废止和失效的文本")]


def day_of(option: str, text: str | None) -> date | None:
    """Return the day that an option gives, None where it was not given; a TiaoliError says how a day is written."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise TiaoliError(f"{option} 要写成 2023-03-15 这样的日期，不能是“{text}”。") from None
