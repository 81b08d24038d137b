"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

StoreOption = Annotated[Path | None, typer.Option("--store", help="库所在的文件夹，默认取 TIAOLI_STORE 或 .tiaoli")]
