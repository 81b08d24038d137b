"""Records as JSON lines for the outside: the one door through which they leave. The names are those of the records."""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from tiaoli.errors import TiaoliError

_ENCODER = msgspec.json.Encoder()


def as_dict(record: object) -> dict[str, Any]:
    """Return a record as JSON holds it: dates in ISO form, paths as lists, what is not known as null.

    >>> from tiaoli.records import Edge
    >>> as_dict(Edge("a", "b", "cites"))["weight"]
    1.0
    """
    values: dict[str, Any] = msgspec.to_builtins(record)
    return values


def json_line(record: object) -> bytes:
    """Return a record as one line of JSON in UTF-8; the same record always gives the same bytes."""
    return _ENCODER.encode(record) + b"\n"


def write_lines(records: Iterable[object], path: Path | None) -> None:
    """Write records as JSON lines to `path`, or to standard output; a file appears whole or not at all."""
    write_chunks(map(json_line, records), path)


def write_chunks(chunks: Iterable[bytes], path: Path | None) -> None:
    """Write bytes as they come to `path`, or to standard output; a file appears whole or not at all."""
    with writing(path) as out:
        for chunk in chunks:
            out.write(chunk)


def write_files(files: Iterable[tuple[str, Iterable[bytes]]], path: Path) -> int:
    """Write files, each a name and its bytes as they come, into the folder `path`, or into one archive where it ends in .zip.

    Returns how many were written. An archive appears whole or not at all, and so does each file of a folder.
    """
    count = 0
    if path.suffix.lower() == ".zip":
        with replacing(path) as out, zipfile.ZipFile(out, "w") as archive:
            for name, chunks in files:
                with archive.open(_member(name), "w", force_zip64=True) as member:
                    member.writelines(chunks)
                count += 1
        return count
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    for name, chunks in files:
        write_chunks(chunks, path / name)
        count += 1
    return count


def _member(name: str) -> zipfile.ZipInfo:
    """The place of a file in an archive, the same whenever it is written."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


def writing(path: Path | None) -> AbstractContextManager[BinaryIO]:
    """Return a context that gives the file to write to: standard output, or one that takes the place of `path` at the end."""
    return _standard_output() if path is None else replacing(path)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` that takes its place when the block has ended well."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> TiaoliError:
    return TiaoliError(
        f"写不了 {path}：{error.strerror or error}。请检查文件夹是否存在、是否有权限和空间，或换一个位置。"
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Standard output; a reader that has seen enough (head) ends the writing without an error."""
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
