"""Work on a file in a process of its own, within the memory that it may take: `python -P bounded.py SCRIPT < FILE`.

Some libraries end their process over a damaged file, or make room for whatever a file asks for. A script has a function
`answer` from the bytes of a file to what JSON can hold; like this module, it imports none of ours.
"""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from typing import Any

MOST_MEMORY = 1 << 30  # bytes of address space


class NoAnswer(Exception):
    """The process died, or took too long."""


def answer(script: str, data: bytes, seconds: float) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return what a script answers to the bytes of a file; NoAnswer where it dies over them or takes longer."""
    command = [sys.executable, "-P", __file__, script]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoAnswer from error
    return json.loads(done.stdout)


def _bound_memory() -> None:
    """Take no more memory than a file may, where the system can see to that."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _main() -> None:
    _bound_memory()
    found = runpy.run_path(sys.argv[1])["answer"](sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    _main()
