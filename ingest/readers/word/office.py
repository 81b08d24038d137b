"""LibreOffice as a converter, where a computer has it: without its macros, its links and the user's own settings."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tiaoli.errors import UnreadableFile

LONGEST = 120  # seconds for one file
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_FILTERS = {"docx": "MS Word 2007 XML", "doc": "MS Word 97", "txt": "Text (encoded):UTF8"}
_SAVE_AGAIN = "请用 Word 或 WPS 打开后另存为 .docx 再导入"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def convert(data: bytes, suffix: str, target: str = "docx") -> bytes:
    """Return a document in another format; UnreadableFile where LibreOffice is missing or cannot read it."""
    program = find_program()
    if program is None:
        raise UnreadableFile(
            f"读 {suffix} 文件要用 LibreOffice，这台电脑上没有；请安装 LibreOffice，或用 Word 或 WPS 打开后另存为 .docx 再导入"
        )
    with TemporaryDirectory(prefix="tiaoli-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"in{suffix}"
        source.write_bytes(data)
        _run(program, source, target, _profile(folder))
        converted = folder / "out" / f"in.{target}"
        if not converted.is_file():
            raise UnreadableFile(f"LibreOffice 打不开这个文件（可能设有密码或已损坏）；{_SAVE_AGAIN}")
        return converted.read_bytes()


def find_program() -> str | None:
    """Return the path of LibreOffice, or None."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def _profile(folder: Path) -> str:
    """Return the address of a fresh profile, in which macros do not run and links are not followed."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    return (folder / "profile").as_uri()


def _run(program: str, source: Path, target: str, profile: str) -> None:
    """Convert a file into the folder `out` beside it."""
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", f"{target}:{_FILTERS[target]}", "--outdir", str(source.parent / "out"), str(source)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        try:
            process.wait(LONGEST)
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise UnreadableFile(f"LibreOffice 转换了 {LONGEST} 秒还没有完成；{_SAVE_AGAIN}") from None
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with those it has started; `soffice` is only a script that starts the true one."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
