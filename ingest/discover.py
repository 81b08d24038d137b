"""Which files there are below the paths given, which known ones are gone, and what to say of those that are no texts."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tiaoli.errors import TiaoliError

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A file, or something that stands where a file was expected."""

    path: str  # absolute and free of links: the identity of the file
    folder: Path  # where it was found; a manifest there speaks of it
    name: str  # in that folder
    source: str  # as shown
    reason: str = ""  # why it cannot be read


def find_files(paths: Iterable[str | Path], skip: Callable[[str], bool]) -> Iterator[Found]:
    """Yield each file once in the order of names, also where links lead to it twice or in a circle.

    Folders are searched without hidden entries and without the names that `skip` tells.
    """
    seen: set[str] = set()
    for top in map(_top, paths):
        for found in _walk(top, skip) if top.is_dir() else [_look(top, top.name)]:
            if found.path not in seen:
                seen.add(found.path)
                yield found


def find_gone(paths: Iterable[str | Path], known: Iterable[str], listed: Iterable[str]) -> list[str]:
    """Return those of the `known` files below `paths` that were not listed and are certainly not there any more."""
    tops = [Path(os.path.realpath(path)) for path in paths]
    there = set(listed)
    return [p for p in known if p not in there and any(Path(p).is_relative_to(top) for top in tops) and _is_gone(p)]


def reason(error: BaseException) -> str:
    """Return one Chinese line for the result list."""
    if isinstance(error, TiaoliError):
        return str(error)
    if isinstance(error, PermissionError):
        return "没有读取权限，请检查权限设置"
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件，请检查路径"
    if isinstance(error, OSError):
        return f"读取失败：{error.strerror or error}"
    if isinstance(error, MemoryError):
        return "内存不足，请拆分文件或关闭其他程序后再导入一次"
    words = " ".join(str(error).split())
    return f"处理这个文件时程序出错（{type(error).__name__}: {words}），请把文件和这一行反馈给我们"


def _top(path: str | Path) -> Path:
    """Return the absolute path under which a given path is shown."""
    given = Path(os.path.abspath(path))
    return Path(os.path.realpath(given.parent)) / given.name


def _walk(top: Path, skip: Callable[[str], bool]) -> Iterator[Found]:
    entered: set[str] = set()
    folders, links = [top], list[Path]()
    while folders or links:
        path = folders.pop() if folders else links.pop(0)
        if not path.is_dir():
            yield _look(path, path.relative_to(top.parent).as_posix())
            continue
        if (real := os.path.realpath(path)) in entered:
            continue
        entered.add(real)
        try:
            names = sorted(n for n in os.listdir(path) if not (n.startswith((".", "~$")) or skip(n)))
        except OSError as error:
            shown = path.relative_to(top.parent).as_posix()
            yield Found(_writable(real), path.parent, path.name, _printable(shown), reason(error))
            continue
        entries = [path / name for name in names]
        links.extend(entry for entry in entries if entry.is_symlink())  # after all that has a place of its own
        folders.extend(entry for entry in reversed(entries) if not entry.is_symlink())


def _look(path: Path, shown: str) -> Found:
    where = (path.parent, path.name, _printable(shown))
    real = os.path.realpath(path)
    if _writable(real) != real or _writable(shown) != shown:
        return Found(_writable(real), *where, "文件名不是 UTF-8 编码，请改名后再导入")
    try:
        if stat.S_ISREG(os.stat(path).st_mode):
            return Found(real, *where)
        return Found(real, *where, "不是普通文件（是管道、设备之类），不能导入")
    except FileNotFoundError:
        if path.is_symlink():
            return Found(str(path), *where, "链接指向的文件不存在")
        return Found(real, *where, "找不到这个文件，请检查路径")
    except OSError as error:
        return Found(str(path), *where, "链接绕成了圈，没有指向文件" if path.is_symlink() else reason(error))


def _is_gone(path: str) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return os.path.realpath(path) != path  # a link has taken its place


def _writable(path: str) -> str:
    """Return a path that can be stored: bytes that are no UTF-8 are written out."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _printable(shown: str) -> str:
    return _UNPRINTABLE.sub(lambda c: c[0].encode("unicode_escape").decode("ascii"), shown)
