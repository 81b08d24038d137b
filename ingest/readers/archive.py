"""Archives: their members one by one, each within limits. Nothing is written to disk, and no name leads anywhere."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from ingest.readers import plain
from ingest.readers.zipped import BROKEN, is_encrypted, is_too_dense
from tiaoli.errors import TookTooLong, UnreadableFile
from tiaoli.ids import document_id

ENDING = ".zip"
OTHER_ENDINGS = frozenset({".7z", ".bz2", ".cab", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zipx"})
MOST_MEMBERS = 2_000
LARGEST_MEMBER = 16 * 1024 * 1024  # bytes, unpacked; as large as any file may be
LARGEST_TOTAL = 64 * 1024 * 1024  # bytes of all members that are unpacked
DEEPEST = 2  # archives within each other

_UNPACK = "请解压后再导入"
_UTF8 = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_SYSTEM_FOLDER = "__MACOSX"
_SYSTEM_FILES = frozenset({"desktop.ini", "thumbs.db"})
_LONGEST_NAME = 200  # characters shown of a path
_CHUNK = 1 << 20  # bytes unpacked at a time

Content = bytes | UnreadableFile


class NoDocument(UnreadableFile):
    """What a system or a program left in an archive beside the documents."""


@dataclass(slots=True)
class _Budget:
    """What may still be taken out of an archive and of those in it."""

    members: int
    size: int


def unpack(data: bytes, check: Callable[[str], object] = lambda name: None) -> Iterator[tuple[str, Content]]:
    """Yield path and content of each member, those of archives in it too, or why it cannot be read.

    `check` is asked for each path before anything is unpacked, and raises UnreadableFile for what is not wanted.
    UnreadableFile where the whole archive cannot be read.
    """
    taken: Counter[str] = Counter()
    for path, content in _unpack(data, "", 1, _Budget(MOST_MEMBERS, LARGEST_TOTAL), check):
        key = document_id(path)  # what paths look like in ids
        taken[key] += 1
        yield (_counted(path, taken[key]) if taken[key] > 1 else path), content


def _counted(path: str, count: int) -> str:
    stem, dot, ending = path.rpartition(".")
    return f"{stem}({count}).{ending}" if dot and "/" not in ending else f"{path}({count})"


def _unpack(
    data: bytes, folder: str, depth: int, budget: _Budget, check: Callable[[str], object]
) -> Iterator[tuple[str, Content]]:
    archive = _opened(data)
    members = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_overlaps(archive.infolist())
    budget.members -= len(members)
    if budget.members < 0:
        raise UnreadableFile(f"压缩包里的文件超过 {MOST_MEMBERS:,} 个，请解压后导入文件夹")
    for info in members:
        path = folder + _path(info)
        try:
            if _is_system_file(path):
                raise NoDocument("系统或程序留下的文件")
            nested = path.lower().endswith(ENDING)
            if not nested:
                check(path)
            elif depth == DEEPEST:
                raise UnreadableFile(f"压缩包一层套一层，超过 {DEEPEST} 层，{_UNPACK}")
            content = _content(archive, info, budget)
            inner = _unpack(content, f"{path}/", depth + 1, budget, check) if nested else iter([(path, content)])
            yield from inner
        except TookTooLong:
            raise
        except UnreadableFile as error:
            yield path, error


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BROKEN:
        raise UnreadableFile("压缩包不完整或已损坏，请重新下载或重新压缩为 .zip 后再导入") from None


def _refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive whose members share bytes: a small one could be unpacked without end."""
    ordered = sorted(members, key=lambda info: info.header_offset)
    for one, other in pairwise(ordered):
        if one.header_offset + one.compress_size >= other.header_offset:
            raise UnreadableFile("压缩包的目录有误（几个文件占用同一段数据），不是正常的压缩包，请重新压缩后再导入")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """Return the content of a member; what it says of its size is not believed."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableFile("是一个链接，不是文件，没有导入")
    if is_encrypted(info):
        raise UnreadableFile(f"设有密码，{_UNPACK}")
    if is_too_dense(info):
        raise UnreadableFile(f"压缩比高得不合常理，可能是恶意文件，没有解压；如确是文件，{_UNPACK}")
    try:
        with archive.open(info) as member:
            return _within(member, budget)
    except NotImplementedError:
        raise UnreadableFile(f"压缩方式不受支持，{_UNPACK}") from None
    except BROKEN:
        raise UnreadableFile("在压缩包里已损坏，请重新下载或重新压缩后再导入") from None


def _within(member: IO[bytes], budget: _Budget) -> bytes:
    pieces, size = [], 0
    while piece := member.read(_CHUNK):
        size += len(piece)
        budget.size -= len(piece)
        if size > LARGEST_MEMBER:
            raise UnreadableFile(f"超过 {LARGEST_MEMBER >> 20} MB 的上限，请拆分后再导入")
        if budget.size < 0:
            raise UnreadableFile(f"压缩包里的文件解压后合计超过 {LARGEST_TOTAL >> 20} MB，{_UNPACK}")
        pieces.append(piece)
    return b"".join(pieces)


# --- names -----------------------------------------------------------------------------------------------------------


def _path(info: zipfile.ZipInfo) -> str:
    """Return the path of a member as shown: printable, below the archive, without drives and ways upwards."""
    given = _name(info).replace("\\", "/")
    parts = (_UNPRINTABLE.sub("", part).strip() for part in _DRIVE.sub("", given).split("/"))
    path = "/".join(part for part in parts if part.strip("."))
    if len(path) > _LONGEST_NAME:
        path = f"{path[: _LONGEST_NAME // 2]}…{path[-_LONGEST_NAME // 2 :]}"
    return path or "未命名"


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; one that is not marked as UTF-8 is in the encoding of the system that packed it."""
    name = info.orig_filename.partition("\0")[0]
    if info.flag_bits & _UTF8:
        return name
    try:
        return plain.read(name.encode("cp437")).text
    except (UnicodeEncodeError, UnreadableFile):
        return name


def _is_system_file(path: str) -> bool:
    *folders, name = path.split("/")
    hidden = any(part.startswith(".") for part in (*folders, name))
    return hidden or _SYSTEM_FOLDER in folders or name.startswith("~$") or name.lower() in _SYSTEM_FILES
